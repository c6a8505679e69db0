//! 慰问, 结对, 求助 and a household's own history. All of it stays in the village.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::visit::HouseholdRow;

/// `pairing.save`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairingInput {
    /// Record to change; none: new.
    #[serde(default)]
    pub id: Option<String>,
    /// 户
    pub household: String,
    /// 结对干部
    pub cadre: String,
    /// What it is for.
    #[serde(default)]
    pub note: String,
    /// From which day, as typed; empty: today.
    #[serde(default)]
    pub since: String,
    /// The day on which it ended, as typed; empty: it stands.
    #[serde(default)]
    pub ended: String,
}

/// A pairing on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairingRow {
    /// Record id.
    pub id: String,
    /// Household's id.
    pub household: String,
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// 结对干部
    pub cadre: String,
    /// What it is for.
    pub note: String,
    /// From which day.
    pub since: String,
    /// Until which day; none: it stands.
    pub ended: Option<String>,
    /// The last visit to the household, of any year.
    pub last_visit: Option<String>,
}

/// `aid.save`: aid asked for, and what was decided.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AidInput {
    /// Record to change; none: new.
    #[serde(default)]
    pub id: Option<String>,
    /// A household's or member's id.
    pub subject: String,
    /// Asked for on, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 申请事由
    pub reason: String,
    /// Asked for, in fen.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub asked_fen: Option<i64>,
    /// `asked`, `granted` or `refused`.
    pub state: String,
    /// Granted, in fen; needed for `granted`.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub granted_fen: Option<i64>,
    /// 决定: by whom, with what reason; needed for `granted` and `refused`.
    #[serde(default)]
    pub decision: String,
    /// Decided on, as typed; empty: today.
    #[serde(default)]
    pub decided_on: String,
}

/// A request for aid on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AidRow {
    /// Record id.
    pub id: String,
    /// Household's or member's id.
    pub subject: String,
    /// Name of the household or member.
    pub name: String,
    /// Asked for on.
    pub on: String,
    /// 申请事由
    pub reason: String,
    /// Asked for, in fen.
    #[ts(type = "number | null")]
    pub asked_fen: Option<i64>,
    /// `asked`, `granted` or `refused`.
    pub state: String,
    /// Granted, in fen.
    #[ts(type = "number | null")]
    pub granted_fen: Option<i64>,
    /// 决定
    pub decision: String,
    /// Decided on.
    pub decided_on: Option<String>,
}

/// `care.save`: puts a household or member on the list of whom to visit, or takes it off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CareInput {
    /// Record to change; none: new.
    #[serde(default)]
    pub id: Option<String>,
    /// A household's or member's id.
    pub subject: String,
    /// `household`, `member_difficulty` or `old_member`.
    pub whom: String,
    /// 情况
    #[serde(default)]
    pub reason: String,
    /// Takes it off the list.
    #[serde(default)]
    pub end: bool,
}

/// Which part of `care.list`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CareListInput {
    /// This household or member alone.
    pub subject: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// `care.list`: the next occasion, and whom to visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CareList {
    /// The occasion: `new_year`, `spring_festival` or `july_first`.
    pub occasion: String,
    /// Its day.
    pub day: String,
    /// How many there are to visit.
    pub total: u32,
    /// Whom to visit, those on the list first, then those proposed.
    pub rows: Vec<CareRow>,
}

/// Somebody to visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CareRow {
    /// The record; empty: proposed by the rule, not on the list.
    pub id: String,
    /// A household's or member's id.
    pub subject: String,
    /// Name.
    pub name: String,
    /// 门牌, or the member's group.
    pub place: String,
    /// `household`, `member_difficulty` or `old_member`.
    pub whom: String,
    /// 情况
    pub reason: String,
    /// The last 慰问, of any year.
    pub last: Option<String>,
    /// A 慰问 at this occasion is recorded.
    pub visited: bool,
}

/// `household.get`: a household with everything that is known of it here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HouseholdView {
    /// The row as on the list.
    pub row: HouseholdRow,
    /// What happened, newest first.
    pub events: Vec<HouseholdEvent>,
    /// Pairings, those that stand first.
    pub pairings: Vec<PairingRow>,
}

/// One line of a household's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HouseholdEvent {
    /// Date.
    pub date: String,
    /// `visit`, `consolation`, `concern`, `note`, `progress`, `answer`, `pairing`, `aid`, `talk`.
    pub kind: String,
    /// What, in words as they were written.
    pub text: String,
    /// A state word of that kind of line; may be empty.
    pub state: String,
    /// The record behind it.
    pub record: String,
}
