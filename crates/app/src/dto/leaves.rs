//! 哪些内容会离开本机: which books and fields go to whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::node::OfficeKindDto;

/// `sync.leaves`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LeavesInput {
    /// Office id; none: the only one, or none yet.
    pub office: Option<String>,
    /// Its kind, when there is no office yet; none: a branch.
    pub kind: Option<OfficeKindDto>,
}

/// What leaves this machine, by the rules that serve it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Leaves {
    /// Name of the office, once there is one.
    pub office: Option<String>,
    /// Its kind.
    pub kind: OfficeKindDto,
    /// Name of its superior, once joined.
    pub superior: Option<String>,
    /// Every kind of book that the office writes.
    pub books: Vec<LeavesBook>,
    /// Figures that go above the superior; numbers only.
    pub figures: Vec<LeavesFigure>,
    /// Who gets the figures: `superior`, `department`.
    pub figures_to: Vec<String>,
    /// What every neighbour learns of the office: `office`, `devices`, `holders`, `receipts`, `renewals`.
    pub about: Vec<String>,
}

/// One kind of book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeavesBook {
    /// `up/visits`, …
    pub kind: String,
    /// `own_devices`, `own_confirmed`, `superior`, `committee_above`, `department`, `addressee`.
    pub to: Vec<String>,
    /// What it holds.
    pub records: Vec<LeavesRecord>,
}

/// One type of record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeavesRecord {
    /// `visit`, …
    pub name: String,
    /// Fields that stand open; `mark/` stands for one a member.
    pub fields: Vec<String>,
    /// Fields that stand sealed: who has the book without the key cannot read them.
    pub sealed: Vec<String>,
}

/// One figure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeavesFigure {
    /// `visits`, …
    pub code: String,
    /// Counts residents: below 5 hidden, else rounded to 5.
    pub rounded: bool,
}
