//! Households (户): sealed identities in `own/households`, each under a key of its own.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKey, BookKind, RecordOp, RecordView, Value};
use ybz_domain::ids::{RecordId, Serial};
use ybz_domain::ledger::visit::{HOUSEHOLD, HouseholdIdentity, SEALED, VISIT, VISIT_LINK};
use ybz_domain::seal::{self, HouseholdKey, Place};

use crate::cx::{Cx, Edits, Stored};
use crate::dto::visit::{HouseholdInput, HouseholdRow};
use crate::dto::{ListInput, Page, Saved};
use crate::error::{Answer, optional, required};
use crate::node::store_error;
use crate::{ErrorDto, pinyin};

/// A household as opened.
#[derive(Debug, Clone)]
pub(crate) struct Household {
    /// Record id, which is also the subject of its key.
    pub(crate) id: RecordId,
    /// Identity.
    pub(crate) identity: HouseholdIdentity,
}

/// Seals `plain` for a subject under its newest key here, or under a new one that is stored in the same transaction.
pub(crate) fn seal_for(
    cx: &Cx<'_>,
    edits: &mut Edits,
    book: &BookKey,
    record: RecordId,
    subject: RecordId,
    plain: &[u8],
) -> Answer<Value> {
    cx.must_open_private()?;
    if cx.node.store.is_erased(&subject).map_err(store_error)? {
        // A key made now would be refused, and what it seals lost.
        return Err(ErrorDto::new("household_erased").at("household"));
    }
    let (key_id, key) = match edits.key_of(&subject).or_else(|| cx.household_key(&subject)) {
        Some(known) => known,
        None => {
            let fresh = (Serial(cx.random()), HouseholdKey(cx.random()));
            edits.new_key(subject, fresh.0, fresh.1.clone());
            fresh
        }
    };
    let book = book.id();
    let place = Place { book: &book, record: &record, field: SEALED, subject: &subject };
    seal::seal(&key_id, &key, cx.random(), place, plain)
        .map(Value::Bytes)
        .map_err(|error| ErrorDto::internal("seal", &error))
}

/// Opens a sealed record; none when its key is not on this device, or was destroyed.
pub(crate) fn open_sealed<T: serde::de::DeserializeOwned>(
    cx: &Cx<'_>,
    book: &BookKey,
    record: &RecordView,
    subject: &RecordId,
) -> Option<T> {
    let sealed = record.bytes(SEALED)?;
    let key = cx.key(subject, &seal::key_id(sealed).ok()?)?;
    let book = book.id();
    let place = Place { book: &book, record: &record.id, field: SEALED, subject };
    let plain = seal::open(&key, place, sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

/// The sealed form of anything that serialises.
pub(crate) fn plain_of<T: serde::Serialize>(value: &T) -> Answer<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| ErrorDto::internal("seal", &error))
}

/// A household's record as opened; none where its key is not here, or was destroyed.
pub(crate) fn opened(cx: &Cx<'_>, stored: &Stored) -> Option<Household> {
    let identity = open_sealed(cx, &stored.book, &stored.view, &stored.view.id)?;
    Some(Household { id: stored.view.id, identity })
}

/// All households that open here, by name.
pub(crate) fn all(cx: &Cx<'_>) -> Answer<Vec<Household>> {
    let mut households: Vec<Household> =
        cx.records(HOUSEHOLD, None)?.iter().filter_map(|stored| opened(cx, stored)).collect();
    households.sort_by_cached_key(|one| {
        (crate::pinyin::key(&one.identity.name), crate::natural::key(&one.identity.door), one.id)
    });
    Ok(households)
}

/// `household.save`
pub(crate) fn save(cx: &Cx<'_>, input: HouseholdInput) -> Answer<Saved> {
    let mut edits = Edits::default();
    let id = stage(cx, &mut edits, &input)?;
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// Adds the steps for a household to an edit and returns its id.
pub(crate) fn stage(cx: &Cx<'_>, edits: &mut Edits, input: &HouseholdInput) -> Answer<RecordId> {
    let identity = HouseholdIdentity {
        name: required("household.name", &input.name, 50)?,
        door: optional("household.door", &input.door, 100)?,
        phone: optional("household.phone", &input.phone, 40)?,
        note: optional("household.note", &input.note, 500)?,
    };
    let book = cx.book(BookKind::households(), cx.today.year());
    let existing = match &input.id {
        Some(id) => Some(cx.own_record(id, HOUSEHOLD)?),
        None => None,
    };
    let id = existing.as_ref().map_or_else(|| cx.new_id(), |stored| stored.view.id);
    let sealed = seal_for(cx, edits, &book, id, id, &plain_of(&identity)?)?;
    match existing {
        Some(_) => edits.push(book, RecordOp::Set { id, field: SEALED.to_owned(), value: sealed }),
        None => {
            let fields = vec![(SEALED.to_owned(), sealed), ("recorded_on".to_owned(), cx.today_text().into())];
            edits.push(book, RecordOp::Create { id, rtype: HOUSEHOLD.to_owned(), fields });
        }
    }
    Ok(id)
}

/// `household.list`: by name, pinyin, initials or door.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<HouseholdRow>> {
    cx.must_open_private()?;
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let rows: Vec<HouseholdRow> = all(cx)?
        .into_iter()
        .filter(|household| {
            let identity = &household.identity;
            wanted.is_empty()
                || identity.door.to_lowercase().contains(&wanted)
                || identity.phone.contains(&wanted)
                || pinyin::matches(&identity.name, &wanted)
        })
        .map(|household| HouseholdRow {
            id: household.id.to_string(),
            name: household.identity.name,
            door: household.identity.door,
            phone: household.identity.phone,
            note: household.identity.note,
            last_visit: None,
            visits: 0,
        })
        .collect();
    let mut page = cx.page(rows, &input);
    count_visits(cx, year, &mut page.rows)?;
    Ok(page)
}

/// Fills in the visits of a year; those of other households are not looked at.
fn count_visits(cx: &Cx<'_>, year: i16, rows: &mut [HouseholdRow]) -> Answer<()> {
    let mut of: BTreeMap<String, &mut HouseholdRow> = rows.iter_mut().map(|row| (row.id.clone(), row)).collect();
    if of.is_empty() {
        return Ok(());
    }
    for link in cx.records(VISIT_LINK, Some(year))? {
        let Some(row) = of.get_mut(link.view.str("household")) else { continue };
        let visit = cx.find(link.view.str("ref"))?;
        let Some(visit) = visit.filter(|one| one.view.rtype == VISIT && one.book.year == Some(year)) else { continue };
        row.visits += 1;
        row.last_visit = row.last_visit.take().max(Some(visit.row.date));
    }
    Ok(())
}
