//! 组织树: bodies within offices, what becomes of them, and the tree on a day.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;
use super::node::OfficeKindDto;

/// `body.save`; `id` none makes a new one, else its beginning is corrected.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyInput {
    /// Record to correct.
    #[serde(default)]
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// `temporary`, `mobile`, `joint`, `attached`, `group`, `station`, `alliance`.
    pub kind: String,
    /// `place`, `trade`, `interest`, or empty.
    #[serde(default)]
    pub basis: String,
    /// The body that it stands below; empty: the office itself.
    #[serde(default)]
    pub above: String,
    /// The office of the tree that it is, or empty.
    #[serde(default)]
    pub office: String,
    /// Units in it at the beginning.
    #[serde(default)]
    pub units: Vec<String>,
    /// First day, as typed.
    pub from: String,
    /// First day on which it is no more, as typed; empty: without end.
    #[serde(default)]
    pub until: String,
    /// The decision that it rests on.
    #[serde(default)]
    pub decision: String,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `body.change`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyChangeInput {
    /// The body.
    pub body: String,
    /// From which day, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// `renamed`, `moved`, `joined`, `left`, `extended`, `ended`; of a unit outside the line also `promised`, `comment_by`,
    /// `comment_on`, `review_by`, `review_on` (by it on this office, or of this office on it).
    pub kind: String,
    /// The new name, the body above, the unit, the new end as typed, or `good`, `fair`, `poor`.
    #[serde(default)]
    pub to: String,
    /// The decision, or what was promised or said.
    #[serde(default)]
    pub note: String,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// What became of a body.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyChangeRow {
    /// Record id.
    pub id: String,
    /// ISO date.
    pub on: String,
    /// Kind.
    pub kind: String,
    /// As it was entered; of a move the name of the body above.
    pub to: String,
    /// The decision, or what was said.
    pub note: String,
    /// Entered by mistake.
    pub void: bool,
    /// Day of entry.
    pub recorded_on: String,
    /// 代录
    pub custodian: bool,
}

/// What a rule has to say of a body or an office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyNote {
    /// `units_many`, `few_members`, `many_members`, `committee_size`, or `kept_from`: its books have what it may not do.
    pub code: String,
    /// Of `kept_from`: `dues`, `admission`, `discipline`, `election`.
    pub duty: Option<String>,
    /// What there is.
    pub has: u32,
    /// What the rule says.
    pub says: u32,
    /// The rule.
    pub rule: RuleRef,
}

/// A body.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyRow {
    /// Record id.
    pub id: String,
    /// The name it bears today, or bore last.
    pub name: String,
    /// Kind; empty: a newer program wrote it.
    pub kind: String,
    /// What binds its people.
    pub basis: String,
    /// The body above, or empty.
    pub above: String,
    /// The name of that body.
    pub above_name: String,
    /// The office of the tree that it is, or empty.
    pub office: String,
    /// The name of that office.
    pub office_name: String,
    /// Units in it.
    pub units: Vec<String>,
    /// ISO date.
    pub from: String,
    /// First day on which it is no more, ISO.
    pub until: Option<String>,
    /// The decision.
    pub decision: String,
    /// `planned`, `current` or `ended`.
    pub state: String,
    /// As it was entered, to correct it.
    pub entered: BodyInput,
    /// 代录
    pub custodian: bool,
    /// History, the newest first.
    pub changes: Vec<BodyChangeRow>,
    /// What the rules say.
    pub notes: Vec<BodyNote>,
}

/// What a kind of body is and may not do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyKindRow {
    /// Kind.
    pub kind: String,
    /// It is a branch.
    pub branch: bool,
    /// `dues`, `admission`, `discipline`, `election`.
    pub may_not: Vec<String>,
    /// Units at most, as a rule.
    pub units_max: Option<u32>,
    /// The rule.
    pub rule: RuleRef,
}

/// An office that a body may be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyOffice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// `body.list`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyList {
    /// Those there are first, then those planned and ended, each in natural order.
    pub rows: Vec<BodyRow>,
    /// Every kind.
    pub kinds: Vec<BodyKindRow>,
    /// Offices below this one.
    pub offices: Vec<BodyOffice>,
}

/// `body.tree`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyTreeInput {
    /// The day, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// Count full members against the rule about sizes.
    #[serde(default)]
    pub sizes: bool,
}

/// A line of the tree.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeLine {
    /// Id of the office, or of the body's record.
    pub id: String,
    /// Steps below the office that looks.
    pub depth: u32,
    /// Its name on that day; of an office its name.
    pub name: String,
    /// An office of the tree.
    pub office_kind: Option<OfficeKindDto>,
    /// A body within the office above it.
    pub body_kind: Option<String>,
    /// The office whose book a body stands in.
    pub office: String,
    /// What binds its people, or empty.
    pub basis: String,
    /// Units of a body.
    pub units: Vec<String>,
    /// Since when, ISO.
    pub from: Option<String>,
    /// First day on which it is no more, ISO.
    pub until: Option<String>,
    /// Full members, where they were counted and the roster is here.
    pub full_members: Option<u32>,
    /// What the rules say.
    pub notes: Vec<BodyNote>,
}

/// The tree on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BodyTree {
    /// ISO date.
    pub on: String,
    /// It is a day before today.
    pub past: bool,
    /// Offices and bodies, each below what it belongs to.
    pub lines: Vec<TreeLine>,
}
