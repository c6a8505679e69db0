//! 任期、换届、活动经费.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;

/// `term.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// First day, as typed.
    pub start: String,
    /// Years; none: as the rule has it for villages.
    #[serde(default)]
    pub years: Option<u32>,
    /// Months by which the end was shifted; negative: earlier.
    #[serde(default)]
    pub shift: i32,
    /// The approval of a shift.
    #[serde(default)]
    pub decision: String,
    /// Members of the committee that was elected.
    #[serde(default)]
    pub size: Option<u32>,
    /// Day on which the newly elected had been trained.
    #[serde(default)]
    pub trained: String,
}

/// A term.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermRow {
    /// Record id.
    pub id: String,
    /// ISO date.
    pub start: String,
    /// Years.
    pub years: u32,
    /// Months of a shift.
    pub shift: i32,
    /// Its approval.
    pub decision: String,
    /// Members of the committee.
    pub size: Option<u32>,
    /// ISO date.
    pub trained: Option<String>,
    /// ISO date.
    pub end: Option<String>,
    /// Days to the end; negative: it is over.
    pub days: Option<i32>,
    /// `remind`, `over`, `shift_beyond`, `shift_unapproved`, `not_trained`, and of the size `committee_needed`,
    /// `no_committee`, `too_small`, `above_normal`, `too_large`.
    pub notes: Vec<String>,
}

/// `term.post`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostInput {
    /// Record to end; none: a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// The member; of a record that is ended it stays.
    #[serde(default)]
    pub member: String,
    /// Code of the post; of a record that is ended it stays.
    #[serde(default)]
    pub post: String,
    /// From, as typed; of a record that is ended it stays.
    #[serde(default)]
    pub from: String,
    /// Until, as typed; empty: still.
    #[serde(default)]
    pub until: String,
}

/// A post held.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostRow {
    /// Record id.
    pub id: String,
    /// The member.
    pub member: String,
    /// Name.
    pub name: String,
    /// Code.
    pub post: String,
    /// ISO date.
    pub from: String,
    /// ISO date.
    pub until: Option<String>,
}

/// `term.list`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TermView {
    /// Terms, newest first.
    pub terms: Vec<TermRow>,
    /// Posts, those held now first.
    pub posts: Vec<PostRow>,
    /// Full members today.
    pub full_members: u32,
    /// Years of a term in a village.
    pub village_years: u32,
    /// Years of a term elsewhere.
    pub other_years: u32,
    /// Rule for terms.
    pub term_rule: RuleRef,
    /// Rule for sizes.
    pub size_rule: RuleRef,
}

/// `fund.save`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FundInput {
    /// Day as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// Fen; negative: spent.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// What for.
    pub title: String,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// An entry of the fund.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FundRow {
    /// Record id.
    pub id: String,
    /// ISO date.
    pub on: String,
    /// Fen; negative: spent.
    #[ts(type = "number")]
    pub amount_fen: i64,
    /// What for.
    pub title: String,
    /// Another entry takes it back.
    pub reversed: bool,
    /// Entry that this one takes back.
    pub reverses: Option<String>,
}

/// `fund.list`: a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FundView {
    /// Year.
    pub year: i16,
    /// Entries, oldest first.
    pub rows: Vec<FundRow>,
    /// Came in.
    #[ts(type = "number")]
    pub in_fen: i64,
    /// Spent, as a positive number.
    #[ts(type = "number")]
    pub out_fen: i64,
    /// Fen a year for each member who serves.
    #[ts(type = "number")]
    pub per_head_fen: i64,
    /// Rule.
    pub rule: RuleRef,
}
