//! 历史: every value of a record with who wrote it, on which day, and whether that can be checked.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKey, BookKind, COPIED, Copied, RecordView, Scope, Standing, Value, plain_type};
use ybz_domain::ids::{BookId, ChangeHash, RecordId};
use ybz_domain::ledger::contents::CUSTODIAN;
use ybz_domain::ledger::desk::case::CASE_TOLD;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::seal::{self, Place};
use ybz_domain::trust::{Certificate, Reader, Role, may_read};
use ybz_store::{AuthoredValue, Check, RecordQuery};

use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::history::{CopiedFrom, HistoryField, HistoryInput, HistoryValue, OpenedPart, RecordHistory};
use crate::error::Answer;
use crate::node::store_error;

/// Values told of one record.
const VALUES: usize = 500;

/// `record.history`: of any record in a book that this office may read, its subordinates' among them.
pub(crate) fn history(cx: &Cx<'_>, input: HistoryInput) -> Answer<RecordHistory> {
    let missing = || ErrorDto::new("not_found").with("id", &input.id);
    let id: RecordId = input.id.parse().map_err(|_| missing())?;
    let wanted = input.book.as_deref().map(Wanted::read).transpose()?;
    let (key, view) = locate(cx, &id, wanted.as_ref())?.ok_or_else(missing)?;
    // Who asked: as with `case.private`.
    let names_caller = plain_type(&view.rtype) == CASE_TOLD;
    if names_caller && !cx.sees(&BookKind::desk()) {
        return Err(missing());
    }
    let found = cx.node.store.history(&key.id(), &id, VALUES).map_err(store_error)?.ok_or_else(missing)?;
    if key.kind.scope() == Scope::Own || names_caller {
        cx.note_opened([id])?;
    }
    let actions = actions_of(cx, &key)?;
    let names = names(cx, &key)?;
    let subjects = subjects(&id, &found.values);
    let custody = custody(cx, &key, &view, &found.values).to_owned();
    let sound = found.values.iter().all(|one| one.check == Check::Sound);
    let mut fields: Vec<HistoryField> = Vec::new();
    for one in found.values.iter().filter(|one| !COPIED.contains(&one.written.field.as_str())) {
        let name = &one.written.field;
        let action = actions.get(&one.written.change).copied();
        let value = HistoryValue { action, ..told(cx, &key, &id, &names, &subjects, one) };
        match fields.iter_mut().find(|field| field.field == *name) {
            // The newest comes first.
            Some(field) => field.values.insert(0, value),
            None => {
                let subject = name.split_once('/').and_then(|(_, member)| names.get(member)).cloned();
                fields.push(HistoryField { field: name.clone(), subject, values: vec![value] });
            }
        }
    }
    Ok(RecordHistory {
        record: input.id,
        title: title(&view),
        copied: Copied::read(&view).map(|from| copied(cx, &key, from)),
        record_type: view.rtype,
        book: key.id().to_string(),
        kind: key.kind.to_string(),
        year: key.year,
        office: cx.name_of(&key.writer()),
        fields,
        custody,
        omitted: u32::try_from(found.omitted).unwrap_or(u32::MAX),
        sound,
    })
}

fn copied(cx: &Cx<'_>, key: &BookKey, from: Copied) -> CopiedFrom {
    let certificate = from.device.and_then(|device| cx.membership().certificate(&key.writer(), &device));
    CopiedFrom {
        holder: certificate.and_then(|certificate| certificate.holder.clone()),
        here: from.device == Some(cx.device().id()),
        device: from.device.map(|device| device.to_string()),
        on: from.on,
        without: from.without,
    }
}

pub(crate) fn role_word(certificate: &Certificate) -> String {
    let role = if certificate.custody { Role::Custodian } else { certificate.role };
    role.as_str().to_owned()
}

/// Whether the mark 代录 is what the certificate of the device that made the record says.
fn custody(cx: &Cx<'_>, key: &BookKey, view: &RecordView, values: &[AuthoredValue]) -> &'static str {
    let certificate = |one: &AuthoredValue| {
        cx.membership().certificate(&key.writer(), &one.device?).map(|found| (found.custody, found.role))
    };
    if let Some(from) = Copied::read(view) {
        // Whoever copied it carried the mark along; it is the first writer's.
        let first = from.device.and_then(|device| cx.membership().certificate(&key.writer(), &device));
        return match (cx.is_custodian(view), first.is_some_and(|found| found.custody)) {
            (true, true) => "marked",
            (true, false) => "false",
            (false, _) => "none",
        };
    }
    if cx.is_custodian(view) {
        let marks: Vec<_> =
            values.iter().filter(|one| one.written.field == CUSTODIAN).filter_map(certificate).collect();
        return if marks.iter().all(|(custody, _)| *custody) { "marked" } else { "false" };
    }
    // Who is a custodian by its enrolment was one before its first record.
    let by_custodian = values.first().and_then(certificate).is_some_and(|(_, role)| role == Role::Custodian);
    if by_custodian { "missing" } else { "none" }
}

/// Which books a caller means.
enum Wanted {
    Id(BookId),
    Kind(BookKind, Option<i16>),
}

impl Wanted {
    fn read(text: &str) -> Answer<Self> {
        let odd = || ErrorDto::new("invalid_input").at("book").with("value", text);
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        let parts: Vec<&str> = text.trim().split('/').collect();
        let (kind, year) = match parts.as_slice() {
            [scope, name] => (format!("{scope}/{name}"), None),
            [scope, name, year] => (format!("{scope}/{name}"), Some(year.parse().map_err(|_| odd())?)),
            _ => return Err(odd()),
        };
        Ok(Self::Kind(BookKind::try_from(kind).map_err(|_| odd())?, year))
    }

    fn admits(&self, key: &BookKey) -> bool {
        match self {
            Self::Id(id) => key.id() == *id,
            Self::Kind(kind, year) => key.kind == *kind && (year.is_none() || key.year == *year),
        }
    }
}

/// The book that holds the record, among those that this device may read for this office; the office's own come first.
fn locate(cx: &Cx<'_>, id: &RecordId, wanted: Option<&Wanted>) -> Answer<Option<(BookKey, RecordView)>> {
    let me = Reader { office: cx.office, device: cx.device().id() };
    let readable = |key: &BookKey| {
        may_read(cx.membership(), me, key) && cx.sees(&key.kind) && wanted.is_none_or(|wanted| wanted.admits(key))
    };
    let mut books: Vec<BookKey> =
        cx.node.store.catalog(&readable).map_err(store_error)?.into_iter().map(|(key, _)| key).collect();
    books.sort_by_key(|key| (key.office != cx.office, key.clone()));
    let found = cx.node.store.read(|reader| {
        for key in books {
            if let Some(stored) = reader.record(Some(&key.id()), id)? {
                return Ok(Some((key, stored.view)));
            }
        }
        Ok(None)
    });
    found.map_err(store_error)
}

/// What this person did here, by the changes of a book.
fn actions_of(cx: &Cx<'_>, key: &BookKey) -> Answer<BTreeMap<ChangeHash, i64>> {
    let book = key.id();
    let all = crate::cases::undo::actions(cx)?.into_iter().flat_map(|action| {
        let id = action.id;
        action.changes.into_iter().filter(move |change| change.book == book).map(move |change| (change.hash, id))
    });
    Ok(all.collect())
}

/// Members of the book's office by id: keys and values name them so.
fn names(cx: &Cx<'_>, key: &BookKey) -> Answer<BTreeMap<String, String>> {
    let query = RecordQuery { offices: Some(vec![key.office]), ..RecordQuery::of_type(MEMBER) };
    let (_, found) = cx.node.store.read(|reader| reader.query(&query)).map_err(store_error)?;
    Ok(found.iter().filter_map(|s| Some((s.view.id.to_string(), Member::read(&s.view)?.name))).collect())
}

/// Whose keys may open the record's sealed values: its own, or those of whom it was ever about.
pub(crate) fn subjects(id: &RecordId, values: &[AuthoredValue]) -> Vec<RecordId> {
    let named = values.iter().filter(|one| one.written.field == "subject");
    let named = named.filter_map(|one| one.written.value.as_ref()?.as_str()?.parse().ok());
    let mut subjects: Vec<RecordId> = named.chain([*id]).collect();
    subjects.sort();
    subjects.dedup();
    subjects
}

/// A record's date and what it is called; nothing of what is sealed.
pub(crate) fn title(view: &RecordView) -> String {
    let name = ["title", "name", "place", "text"].iter().map(|field| view.str(field)).find(|text| !text.is_empty());
    format!("{} {}", view.str("date"), name.unwrap_or_default()).trim().to_owned()
}

fn told(
    cx: &Cx<'_>,
    key: &BookKey,
    record: &RecordId,
    names: &BTreeMap<String, String>,
    subjects: &[RecordId],
    one: &AuthoredValue,
) -> HistoryValue {
    let written = &one.written;
    let (mut value, mut sealed, mut opened) = (None, false, Vec::new());
    match &written.value {
        None => {}
        Some(Value::Bytes(bytes)) => {
            sealed = true;
            opened = open(cx, key, record, &written.field, subjects, bytes);
        }
        Some(Value::Str(text) | Value::Text(text)) => value = Some(names.get(text).unwrap_or(text).clone()),
        Some(Value::Int(number)) => value = Some(number.to_string()),
        Some(Value::Bool(flag)) => value = Some(flag.to_string()),
        Some(Value::Unknown) => value = Some("?".to_owned()),
    }
    let certificate = one.device.and_then(|device| cx.membership().certificate(&key.writer(), &device));
    HistoryValue {
        value,
        sealed,
        opened,
        holder: certificate.and_then(|certificate| certificate.holder.clone()),
        device: one.device.map(|device| device.to_string()),
        here: one.device == Some(cx.device().id()),
        role: certificate.map(role_word),
        // A name is told with the device that it stands beside, or not at all.
        profile: written.declared.clone().filter(|_| one.device.is_some()),
        action: None,
        on: written.on.map(|on| on.to_string()),
        standing: match written.standing {
            Standing::Stands => "stands",
            Standing::Conflict => "conflict",
            Standing::Merged => "merged",
            Standing::Replaced => "replaced",
            Standing::Reopened => "reopened",
        }
        .to_owned(),
        check: one.check.as_str().to_owned(),
    }
}

/// Opens a sealed value with the key it names, if that is on this device.
pub(crate) fn open(
    cx: &Cx<'_>,
    key: &BookKey,
    record: &RecordId,
    field: &str,
    subjects: &[RecordId],
    bytes: &[u8],
) -> Vec<OpenedPart> {
    plain(cx, key, record, field, subjects, bytes).map(|(_, plain)| parts(&plain)).unwrap_or_default()
}

/// What a sealed value holds, with the subject under whose key it opened; none when that key is not on this device.
pub(crate) fn plain(
    cx: &Cx<'_>,
    key: &BookKey,
    record: &RecordId,
    field: &str,
    subjects: &[RecordId],
    bytes: &[u8],
) -> Option<(RecordId, serde_json::Value)> {
    let key_id = seal::key_id(bytes).ok()?;
    let book = key.id();
    subjects.iter().find_map(|subject| {
        let place = Place { book: &book, record, field, subject };
        let plain = seal::open(&cx.key(subject, &key_id)?, place, bytes).ok()?;
        Some((*subject, serde_json::from_slice(&plain).ok()?))
    })
}

/// The parts of an opened value that say something.
pub(crate) fn parts(plain: &serde_json::Value) -> Vec<OpenedPart> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    match plain {
        serde_json::Value::Object(parts) => parts
            .iter()
            .map(|(name, value)| OpenedPart { name: name.clone(), value: text(value) })
            .filter(|part| !part.value.is_empty())
            .collect(),
        // The income base is a number alone.
        value => vec![OpenedPart { name: "base".to_owned(), value: text(value) }],
    }
}

#[cfg(test)]
mod tests {
    use ybz_domain::ids::OfficeId;

    use super::*;

    #[test]
    fn a_book_is_named_by_its_id_or_by_kind_and_year() {
        let key = BookKey::new(OfficeId([1; 16]), BookKind::visits(), 2026);
        let admits = |text: &str| Wanted::read(text).unwrap().admits(&key);
        assert!(admits(&key.id().to_string()) && admits("up/visits/2026") && admits("up/visits"));
        assert!(!admits("up/visits/2025") && !admits("up/dues/2026") && !admits(&"0".repeat(64)));
        for odd in ["visits", "up/visits/now", "", "up/visits/2026/1", "side/visits"] {
            assert!(Wanted::read(odd).is_err(), "{odd}");
        }
    }
}
