//! 疑似重复: what may be one, what was laid together, and what was said to be two.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlikeKind {
    /// Members on the rosters below.
    #[default]
    Members,
    /// Concerns that were handed in below.
    Concerns,
    /// Cases of this office.
    Cases,
}

/// `alike.list`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AlikeListInput {
    /// What is compared.
    pub kind: AlikeKind,
    /// Only pairs with a record of this office.
    pub office: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50, at most 200.
    pub limit: u32,
}

/// Pairs that may be one, those with the most reasons first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikeList {
    /// Pairs in all.
    pub total: u32,
    /// Records that were compared.
    pub compared: u32,
    /// Older ones that were not, since there are too many.
    pub left_out: u32,
    /// From which day on; none: all.
    pub since: Option<String>,
    /// The pairs asked for.
    pub rows: Vec<AlikePair>,
}

/// Two records that may be one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikePair {
    /// Names the pair: both ids.
    pub id: String,
    /// One of them.
    pub one: AlikeSide,
    /// The other.
    pub other: AlikeSide,
    /// Why: `name`, `sound`, `near_name`, `birth_month`, `near_birth_month`, `joined`, `text`, `category`.
    pub why: Vec<String>,
    /// How much speaks for it; only to be compared with others of the kind.
    pub points: i32,
}

/// One record of a pair or of a group.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikeSide {
    /// Record id.
    pub id: String,
    /// Office in whose book it stands; of a case the office that brought it.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// 姓名, 上报内容 or 事项.
    pub title: String,
    /// What a case says; else empty.
    pub text: String,
    /// Category of a concern or a case; of a member `full` or `probationary`.
    pub category: String,
    /// Day handed in or taken in; of a member the day or month of joining. May be empty.
    pub on: String,
    /// `1980-05`, of members.
    pub birth_month: String,
    /// 1 男, 2 女, of members.
    pub sex: Option<u8>,
    /// Records in the group of this one, itself included; 1: it stands by itself.
    pub together: u32,
    /// It is not here any more; only its id is known.
    pub gone: bool,
}

/// `alike.apart`: 不是同一个, or taking that back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikeApartInput {
    /// What is compared.
    pub kind: AlikeKind,
    /// One record.
    pub one: String,
    /// The other.
    pub other: String,
    /// They are two; false: it is taken back.
    pub apart: bool,
}

/// `alike.preview`, `alike.merge`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikeMergeInput {
    /// What is merged.
    pub kind: AlikeKind,
    /// The record that stands for all.
    pub main: String,
    /// All records, the main one included; from two to 500.
    pub parts: Vec<String>,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// What merging would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikePreview {
    /// The record that would stand for all.
    pub main: AlikeSide,
    /// Everything that would lie together, what was merged before included.
    pub parts: Vec<AlikeSide>,
    /// Of these, how many count here now.
    pub before: u32,
    /// How many would count here.
    pub after: u32,
    /// Each office, which goes on counting its own.
    pub offices: Vec<AlikeOffice>,
    /// Each source that gets an answer, by office; empty for members.
    pub answers: Vec<AlikeOffice>,
    /// Categories that would lie together, where there is more than one.
    pub categories: Vec<String>,
    /// Fields in which members differ: `name`, `sex`, `birth_month`, `joined`, `category`.
    pub differs: Vec<String>,
    /// Some were merged already.
    pub again: bool,
}

/// An office with a number of records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikeOffice {
    /// The office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Its records.
    pub count: u32,
}

/// `alike.groups`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AlikeGroupsInput {
    /// What was compared.
    pub kind: AlikeKind,
    /// What was said to be two; else what was merged.
    pub apart: bool,
    /// Only groups with this record; none: all.
    pub record: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50, at most 200.
    pub limit: u32,
}

/// What was laid together, or said to be two.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlikeGroup {
    /// The record on the desk, for `alike.undo`.
    pub id: String,
    /// The record that stands for all, by its id; empty where they are two.
    pub main: String,
    /// Records in it.
    pub count: u32,
    /// The first 20 of them, the main one first.
    pub parts: Vec<AlikeSide>,
    /// Day, ISO.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// Why.
    pub note: String,
}
