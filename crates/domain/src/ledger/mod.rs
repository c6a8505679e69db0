//! The four ledgers (清单, 三会一课, 党费, 夜谈走访) and the roster: what each record type holds, how it is read and edited.
//!
//! Every record is flat. Field names shared by all types make one read model serve them all:
//! `date` (ISO 8601), `kind`, `state`, `ref` (the record it is about), `amount` (fen), `title`, `recorded_on`.

pub mod admission;
pub mod alike;
pub mod answer;
pub mod appraisal;
pub mod cadence;
pub mod care;
pub mod checklist;
pub mod closing;
pub mod contents;
pub mod deletion;
pub mod desk;
pub mod dues;
pub mod flow;
pub mod fund;
pub mod matter;
pub mod member;
pub mod mobile;
pub mod plan;
pub mod rule_pack;
pub mod session;
pub mod standing;
pub mod submission;
pub mod talk;
pub mod template;
pub mod term;
pub mod training;
pub mod transfer;
pub mod twice;
pub mod verdict;
pub mod visit;
pub mod vote;

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value, is_deleted};
use crate::ids::RecordId;

/// The step that makes a record out of its texts, without the empty ones, and whatever else it has.
pub(crate) fn made<const N: usize>(
    id: RecordId,
    rtype: &str,
    texts: [(&str, &str); N],
    more: impl IntoIterator<Item = (&'static str, Value)>,
) -> RecordOp {
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let mut fields: Vec<(String, Value)> = texts.map(|(name, text)| (name.to_owned(), text.into())).collect();
    fields.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    RecordOp::Create { id, rtype: rtype.to_owned(), fields }
}

/// What lists filter and sort by, derived from one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexRow {
    /// ISO 8601 date of the event (`2026-03-05`, or a month `2026-03`); empty when it has none.
    pub date: String,
    /// Kind within the type; several are joined by `,` in alphabetical order. Of a private record without one, the subject
    /// whom it is about.
    pub kind: String,
    /// State word.
    pub state: String,
    /// Id of the record it is about.
    pub about: String,
    /// Fen.
    pub amount: i64,
    /// Lowercase text that searches look into; never the text of a sealed value.
    pub text: String,
    /// Entered after the event's month (补录).
    pub late: bool,
    /// A field has differing concurrent values.
    pub conflict: bool,
}

/// Derives the row of the read model. Of a record that is marked as deleted nothing is derived by which lists, sums and searches
/// could find it; its date and words stand in the text alone, for the list of what was deleted.
pub fn index_row(record: &RecordView) -> IndexRow {
    let row = standing_row(record);
    if !is_deleted(&record.rtype) {
        return row;
    }
    IndexRow { text: format!("{} {}", row.date, row.text).trim().to_owned(), ..IndexRow::default() }
}

fn standing_row(record: &RecordView) -> IndexRow {
    let date = record.str("date").to_owned();
    let mut kinds: Vec<&str> =
        record.below("kind/").filter(|(_, field)| field.shown().is_some()).map(|(kind, _)| kind).collect();
    if kinds.is_empty() {
        let words = ["kind", "subject", "household", "member", "month"].map(|field| record.str(field));
        kinds.push(words.into_iter().find(|word| !word.is_empty()).unwrap_or_default());
    }
    // Who took part is looked for as what was written is.
    let took_part = record.below("with/").filter(|(_, field)| field.shown() == Some(&Value::Bool(true)));
    let text: Vec<String> = ["title", "text", "place", "theme", "name", "note"]
        .map(|field| record.str(field))
        .into_iter()
        .chain(took_part.map(|(name, _)| name))
        .map(str::to_lowercase)
        // Who asked is opened by a call that is logged, and found by no list.
        .filter(|text| !text.is_empty() && record.rtype != desk::case::CASE_TOLD)
        .collect();
    IndexRow {
        kind: kinds.join(","),
        // A session that was entered twice counts where it was merged into.
        state: match record.str("state") {
            "" if !record.str("merged_into").is_empty() => twice::MERGED.to_owned(),
            state => state.to_owned(),
        },
        about: record.str("ref").to_owned(),
        amount: record.int("amount").unwrap_or_default(),
        text: text.join(" "),
        late: is_late(&date, record.str("recorded_on")),
        conflict: record.conflicts().next().is_some(),
        date,
    }
}

/// Steps that turn some fields into others: what differs is written, what is not there any more is removed.
fn changed(id: RecordId, before: &[(String, Value)], after: Vec<(String, Value)>) -> Vec<RecordOp> {
    let gone = before.iter().filter(|(name, _)| after.iter().all(|(other, _)| other != name));
    let mut ops: Vec<RecordOp> = gone.map(|(name, _)| RecordOp::Clear { id, field: name.clone() }).collect();
    let new = after.into_iter().filter(|field| !before.contains(field));
    ops.extend(new.map(|(field, value)| RecordOp::Set { id, field, value }));
    ops
}

/// Fields with a text in them.
fn words<const N: usize>(words: [(&str, &str); N]) -> Vec<(String, Value)> {
    words.into_iter().filter(|(_, word)| !word.is_empty()).map(|(name, word)| (name.to_owned(), word.into())).collect()
}

/// A flag of a record, such as one under `with/`.
fn flags(record: &RecordView, prefix: &str) -> std::collections::BTreeSet<RecordId> {
    let set = record.below(prefix).filter(|(_, field)| field.shown() == Some(&Value::Bool(true)));
    set.filter_map(|(id, _)| id.parse().ok()).collect()
}

/// A number that is not negative.
fn count(record: &RecordView, field: &str) -> Option<u32> {
    record.int(field).and_then(|number| u32::try_from(number).ok())
}

/// Recorded after the event's month: 补录. Dates compare as text because they are ISO 8601.
fn is_late(date: &str, recorded_on: &str) -> bool {
    match (date.get(..7), recorded_on.get(..7)) {
        (Some(event), Some(recorded)) => recorded > event,
        _ => false,
    }
}
