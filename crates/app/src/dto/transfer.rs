//! 组织关系转接.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `transfer.out`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferOutInput {
    /// The member.
    pub member: String,
    /// Name of the branch it goes to, in words.
    pub place: String,
    /// It is not below the same superior: nobody passes on, the letter ends it.
    #[serde(default)]
    pub outside: bool,
    /// 介绍信编号
    #[serde(default)]
    pub letter: String,
    /// Day as typed; empty: today.
    #[serde(default)]
    pub on: String,
}

/// `transfer.pass` and `transfer.keep`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferPassInput {
    /// The transfer.
    pub id: String,
    /// Office that is to take the member in, or of those that did the one that keeps it.
    pub to: String,
}

/// `transfer.return`, `transfer.recall` and `transfer.decline`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferReturnInput {
    /// The transfer.
    pub id: String,
    /// Why; not needed to tell a target of a withdrawal.
    #[serde(default)]
    pub note: String,
}

/// `transfer.accept`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferAcceptInput {
    /// The transfer.
    pub id: String,
    /// Day as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 党小组
    #[serde(default)]
    pub group: String,
}

/// A transfer as this office sees it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferRow {
    /// The transfer.
    pub id: String,
    /// `out` or `in` at a branch, `below` at the committee.
    pub direction: String,
    /// 姓名
    pub name: String,
    /// `full` or `probationary`.
    pub kind: String,
    /// At a branch the other place in words; at the committee where it is to go, as the branch wrote.
    pub place: String,
    /// At the committee: the branch that wrote out.
    pub from: String,
    /// At the committee: the office it was passed to.
    pub to: Option<String>,
    /// 介绍信编号
    pub letter: String,
    /// ISO date.
    pub on: String,
    /// `waiting` (nobody passed it on), `passed`, `returned`, `accepted`, `withdrawn`, `outside`; at the committee also
    /// `to_tell` (it was taken in, and the branch that wrote out has not been told), `declined` (by the target, and nobody has it
    /// now), `to_recall` (it was withdrawn or taken in elsewhere, and the target `to` waits for the member still), `taken_twice`
    /// (`holders` have it on their rosters, and nobody said which one keeps it) and `leaving` (that was said, and not all of them
    /// have written the member out); at the target also `recalled`, `declined`, `taken_twice` (another has the member and keeps it:
    /// it is to be written out here) and `left` (it was).
    pub state: String,
    /// Comment of a return, a recall or a refusal; at a target in `taken_twice` and `left` who keeps the member.
    pub note: String,
    /// Who counts the member now: `source`, `target`, `other` (another target) or `nobody`.
    pub counted_by: String,
    /// At the committee: the branches on whose rosters the member is, where there are several.
    pub holders: Vec<TransferHolder>,
}

/// A branch that took a member in whom another took in as well.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TransferHolder {
    /// The branch.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Day on which it took the member in, as it says; none: it does not.
    pub on: Option<String>,
    /// It was told to write the member out.
    pub told: bool,
}

/// `member.below`: members of all subordinates, each once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MembersBelow {
    /// Everybody.
    pub total: u32,
    /// Of them on the way from one subordinate to another.
    pub moving: u32,
    /// By office.
    pub offices: Vec<MembersOf>,
}

/// Members of one office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MembersOf {
    /// The office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Its members as counted here.
    pub count: u32,
}
