//! Households (户): sealed identities in `own/households`, each under a key of its own.

use std::sync::Arc;

use ybz_domain::book::{BookKey, BookKind, RecordOp, RecordView, Value};
use ybz_domain::ids::{RecordId, Serial};
use ybz_domain::ledger::visit::{HOUSEHOLD, HouseholdIdentity, SEALED};
use ybz_domain::seal::{self, HouseholdKey, Place};

use crate::ErrorDto;
use crate::cases::unsealed::{self, homes::Homes, links};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::visit::{HouseholdInput, HouseholdRow};
use crate::dto::{ListInput, Page, Saved};
use crate::error::{Answer, optional, required};
use crate::node::store_error;

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

/// The households that open here.
pub(crate) fn homes(cx: &Cx<'_>) -> Answer<Arc<Homes>> {
    unsealed::opened(cx)
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
    let homes = homes(cx)?;
    let mut page = unsealed::page_of(&homes.found(&wanted), &input, |household| HouseholdRow {
        id: household.id.to_string(),
        name: household.identity.name.clone(),
        door: household.identity.door.clone(),
        phone: household.identity.phone.clone(),
        note: household.identity.note.clone(),
        last_visit: None,
        visits: 0,
    });
    count_visits(cx, year, &mut page.rows)?;
    Ok(page)
}

/// Fills in the visits of a year; those of other households are not looked at.
fn count_visits(cx: &Cx<'_>, year: i16, rows: &mut [HouseholdRow]) -> Answer<()> {
    let ids = rows.iter().map(|row| row.id.clone()).collect();
    let visits = links::visits(cx, ids, Some(year))?;
    for row in rows {
        let days: Vec<&String> = visits.to(&row.id).map(|visit| &visit.row.date).collect();
        row.visits = u32::try_from(days.len()).unwrap_or(u32::MAX);
        row.last_visit = days.into_iter().max().cloned();
    }
    Ok(())
}
