//! 截至某日: the books as they were at the end of a day.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `past.page`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastPageInput {
    /// The day, as typed; not after today.
    pub day: String,
    /// `meetings`, `dues`, `visits`, `checklists`, `members` or `households`.
    pub ledger: String,
    /// Books of this year; none: the year of the day. Members and households have one book for all years.
    #[serde(default)]
    pub year: Option<i16>,
    /// Text that a row contains.
    #[serde(default)]
    pub text: Option<String>,
    /// Rows that differ from now alone.
    #[serde(default)]
    pub changed_only: bool,
    /// Rows to leave out.
    #[serde(default)]
    pub offset: u32,
    /// Most rows; 0: fifty.
    #[serde(default)]
    pub limit: u32,
}

/// A record as it was.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastRow {
    /// The record.
    pub id: String,
    /// Its type.
    pub record_type: String,
    /// Its date, ISO; empty: it has none.
    pub date: String,
    /// What it is called.
    pub title: String,
    /// Fields as they were, in the order of their names; nothing of what is sealed.
    pub fields: Vec<PastField>,
    /// Fen; none: it has no amount.
    #[ts(type = "number | null")]
    pub amount_fen: Option<i64>,
    /// How it stands now: `same`, `changed`, `deleted` or `gone`.
    pub since: String,
}

/// One field then.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastField {
    /// Its name.
    pub field: String,
    /// Whom it is about, where it names a member.
    pub subject: Option<String>,
    /// Its values; several: they were in conflict.
    pub values: Vec<String>,
    /// What stands there now, where it differs.
    pub now: Option<Vec<String>>,
}

/// A ledger on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastPage {
    /// The day, ISO.
    pub day: String,
    /// Rows in total.
    pub total: u32,
    /// One page of them, the newest first.
    pub rows: Vec<PastRow>,
    /// Sum of payments of the ledger then, reversals taken off; none: not the ledger of dues.
    #[ts(type = "number | null")]
    pub paid_fen: Option<i64>,
    /// Records that came into the ledger since.
    pub added_since: u32,
    /// First day that the book can tell of; later than its year when it was made anew. None: no book.
    pub from: Option<String>,
    /// The book was made anew: what stood in it before that day is told as of the making.
    pub renewed: bool,
}
