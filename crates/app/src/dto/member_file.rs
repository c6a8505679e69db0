//! A member's file: changes of the place in the branch, what is private, records of one person entered twice, stays elsewhere.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;
use super::member::MemberRow;

/// `member.past`: who was on the roster on a day.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PastInput {
    /// The day as typed.
    pub on: String,
    /// Name, pinyin or initials.
    pub text: String,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// `member.change`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeInput {
    /// The member.
    pub member: String,
    /// `probationary`, `full`, `extended`, `disqualified`, `transferred_in`, `transferred_out`, `died`, `withdrew`,
    /// `removed`, `expelled`.
    pub event: String,
    /// Day as typed.
    pub on: String,
    /// Last day of an extended probation.
    #[serde(default)]
    pub until: String,
    /// Decision, letter or number.
    #[serde(default)]
    pub note: String,
    /// Keep a note that names a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// A dated change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeRow {
    /// Record id.
    pub id: String,
    /// What happened.
    pub event: String,
    /// ISO date.
    pub on: String,
    /// Last day of an extended probation.
    pub until: Option<String>,
    /// Decision, letter or number.
    pub note: String,
    /// Entered by mistake.
    pub void: bool,
}

/// Somebody named by record and name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonRef {
    /// Record id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// `member.file`: a member with all that is told of the person under whatever record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberFile {
    /// The member.
    pub row: MemberRow,
    /// Changes, oldest first.
    pub changes: Vec<ChangeRow>,
    /// Records that this one stands for.
    pub merged: Vec<PersonRef>,
    /// The record that stands for this one.
    pub merged_into: Option<PersonRef>,
    /// The year of the sums.
    pub year: i16,
    /// Sessions of the year for which the person was due, under any of the records.
    pub due: u32,
    /// And present.
    pub present: u32,
    /// Fen paid for months of the year, under any of the records.
    #[ts(type = "number")]
    pub paid_fen: i64,
    /// A transfer out that has not ended.
    pub moving: bool,
    /// Rule for an extension of the probation.
    pub extension_rule: RuleRef,
}

/// What is private, masked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivateView {
    /// First and last character only.
    pub id_number: Option<String>,
    /// First and last character only.
    pub phone: Option<String>,
    /// It is kept, and does not open on this device.
    pub closed: bool,
    /// Two devices kept different ones; the newer is shown.
    pub differs: bool,
    /// What the ID number says otherwise than the roster: `birth_month`, `sex`.
    pub contradicts: Vec<String>,
}

/// `member.private_save`; what is missing stays as it is, an empty text is taken away.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivateInput {
    /// The member.
    pub id: String,
    /// 公民身份号码
    #[serde(default)]
    pub id_number: Option<String>,
    /// 手机
    #[serde(default)]
    pub phone: Option<String>,
    /// The person has seen that it contradicts the roster, or that another member has the same.
    #[serde(default)]
    pub keep: bool,
}

impl std::fmt::Debug for PrivateInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateInput").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What `member.private_save` put into the roster because it was empty there.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivateSaved {
    /// `birth_month`, `sex`.
    pub filled: Vec<String>,
}

/// `member.reveal`: one value of one member, told to the local log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RevealInput {
    /// The member.
    pub id: String,
    /// `id_number` or `phone`.
    pub what: String,
}

/// The value asked for.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Revealed {
    /// All its characters.
    pub value: String,
}

/// Two records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairInput {
    /// The one that is to stand for nobody, or the first.
    pub id: String,
    /// The one that stands for both, or the second.
    pub other: String,
}

/// Two records that may be one person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateRow {
    /// The older record.
    pub first: MemberRow,
    /// The newer one.
    pub second: MemberRow,
    /// `id_number`, `name`, `pinyin`.
    pub reasons: Vec<String>,
}

/// `mobile.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MobileInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// The member; of a record that is changed it stays.
    pub member: String,
    /// First day away, as typed.
    pub since: String,
    /// Day of return; empty: still away.
    #[serde(default)]
    pub until: String,
    /// 流入地
    pub region: String,
    /// 具体地点或单位
    #[serde(default)]
    pub place: String,
    /// 地点相对固定
    #[serde(default)]
    pub fixed: bool,
    /// 联系人
    pub person: String,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `mobile.contact`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactInput {
    /// The stay.
    pub stay: String,
    /// Day as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// How, and what was agreed.
    #[serde(default)]
    pub note: String,
    /// Keep texts that name a household, and note it.
    #[serde(default)]
    pub keep_matches: bool,
}

/// There was contact.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactRow {
    /// ISO date.
    pub on: String,
    /// How, and what was agreed.
    pub note: String,
}

/// A stay elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MobileRow {
    /// Record id.
    pub id: String,
    /// The member.
    pub member: String,
    /// Name.
    pub name: String,
    /// ISO date.
    pub since: String,
    /// ISO date.
    pub until: Option<String>,
    /// 流入地
    pub region: String,
    /// 具体地点或单位
    pub place: String,
    /// 地点相对固定
    pub fixed: bool,
    /// 联系人
    pub person: String,
    /// Contacts, newest first.
    pub contacts: Vec<ContactRow>,
    /// Day of the last contact, or of leaving while there was none.
    pub last: Option<String>,
    /// Long enough at a fixed place: the rule whose remedy is a transfer.
    pub transfer_rule: Option<RuleRef>,
    /// No contact for long: the rule by which the branch meeting deals with it.
    pub lost_rule: Option<RuleRef>,
}
