//! The four ledgers (清单, 三会一课, 党费, 夜谈走访) and the roster: what each record type holds, how it is read and edited.
//!
//! Every record is flat. Field names shared by all types make one read model serve them all:
//! `date` (ISO 8601), `kind`, `state`, `ref` (the record it is about), `amount` (fen), `title`, `recorded_on`.

pub mod checklist;
pub mod closing;
pub mod contents;
pub mod dues;
pub mod member;
pub mod session;
pub mod submission;
pub mod template;
pub mod verdict;
pub mod visit;

use serde::{Deserialize, Serialize};

use crate::book::RecordView;

/// What lists filter and sort by, derived from one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexRow {
    /// ISO 8601 date of the event (`2026-03-05`, or a month `2026-03`); empty when it has none.
    pub date: String,
    /// Kind within the type; several are joined by `,` in alphabetical order.
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

/// Derives the row of the read model.
pub fn index_row(record: &RecordView) -> IndexRow {
    let date = record.str("date").to_owned();
    let mut kinds: Vec<&str> =
        record.below("kind/").filter(|(_, field)| field.shown().is_some()).map(|(kind, _)| kind).collect();
    if kinds.is_empty() {
        kinds.push(record.str("kind"));
    }
    let text: Vec<String> = ["title", "text", "place", "theme", "name", "note"]
        .iter()
        .map(|field| record.str(field).to_lowercase())
        .filter(|text| !text.is_empty())
        .collect();
    IndexRow {
        kind: kinds.join(","),
        state: record.str("state").to_owned(),
        about: record.str("ref").to_owned(),
        amount: record.int("amount").unwrap_or_default(),
        text: text.join(" "),
        late: is_late(&date, record.str("recorded_on")),
        conflict: record.conflicts().next().is_some(),
        date,
    }
}

/// Recorded after the event's month: 补录. Dates compare as text because they are ISO 8601.
fn is_late(date: &str, recorded_on: &str) -> bool {
    match (date.get(..7), recorded_on.get(..7)) {
        (Some(event), Some(recorded)) => recorded > event,
        _ => false,
    }
}
