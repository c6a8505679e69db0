//! 表决: votes of a session with the light before them and what came out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::{Light, RuleRef};

/// The rule that a vote follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoteRule {
    /// 党员大会一般表决
    Ordinary,
    /// 支委会表决
    Committee,
    /// 发展党员
    Admission,
    /// 选举
    Election,
}

/// Why somebody is not counted among those due at an election.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// 长期卧床
    Bedridden,
    /// 在国(境)外
    Abroad,
    /// 服刑
    ServingSentence,
    /// 应转未转组织关系
    ShouldHaveTransferred,
}

/// `vote.save` and `vote.check`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoteInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// The session.
    pub session: String,
    /// Its rule.
    pub rule: VoteRule,
    /// 表决事项
    pub subject: String,
    /// Candidates with their counts; of an ordinary vote one without a name.
    pub choices: Vec<VoteChoiceInput>,
    /// 无记名
    #[serde(default)]
    pub secret: bool,
    /// 发出选票
    #[serde(default)]
    pub issued: Option<u32>,
    /// 收回选票
    #[serde(default)]
    pub returned: Option<u32>,
    /// Written opinions received before, in favour (admission).
    #[serde(default)]
    pub written_for: Option<u32>,
    /// Written opinions received before, against (admission).
    #[serde(default)]
    pub written_against: Option<u32>,
    /// Not counted among those due (election).
    #[serde(default)]
    pub excluded: Vec<VoteExclusionInput>,
    /// 上级同意: its day or document.
    #[serde(default)]
    pub consent: String,
    /// 会议通过
    #[serde(default)]
    pub approved: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// A candidate, or the matter itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoteChoiceInput {
    /// Candidate; empty where the subject itself is voted on.
    #[serde(default)]
    pub name: String,
    /// 赞成; none: not counted yet.
    #[serde(default)]
    pub in_favour: Option<u32>,
    /// 反对
    #[serde(default)]
    pub against: Option<u32>,
    /// 弃权
    #[serde(default)]
    pub abstain: Option<u32>,
}

/// Somebody not counted among those due.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoteExclusionInput {
    /// Member id.
    pub member: String,
    /// Why.
    pub reason: Exclusion,
}

/// A vote with its light and what came out. Nothing is decided by it: it tells numbers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoteRow {
    /// Record id; none: not saved.
    pub id: Option<String>,
    /// The session.
    pub session: String,
    /// Its rule.
    pub rule: VoteRule,
    /// 表决事项
    pub subject: String,
    /// Choices with their counts.
    pub choices: Vec<VoteChoiceRow>,
    /// 无记名
    pub secret: bool,
    /// 发出选票
    pub issued: Option<u32>,
    /// 收回选票
    pub returned: Option<u32>,
    /// Written opinions in favour.
    pub written_for: Option<u32>,
    /// Written opinions against.
    pub written_against: Option<u32>,
    /// Whoever is left out, whether or not it counts yet.
    pub excluded: Vec<VotePerson>,
    /// 上级同意
    pub consent: String,
    /// 会议通过
    pub approved: bool,
    /// The light before the vote.
    pub quorum: VoteQuorum,
    /// 作废
    pub dropped: bool,
    /// 代录
    pub custodian: bool,
    /// A field has concurrent values.
    pub conflict: bool,
}

/// One choice.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoteChoiceRow {
    /// Candidate.
    pub name: String,
    /// 赞成 in the hall.
    pub in_favour: Option<u32>,
    /// 反对
    pub against: Option<u32>,
    /// 弃权
    pub abstain: Option<u32>,
    /// In favour with written opinions.
    pub in_favour_all: u32,
    /// `open`, `passed`, `not_passed`, `no_quorum`, `void` or `unclear`.
    pub verdict: String,
}

/// The light before a vote.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VoteQuorum {
    /// The colour; never alone.
    pub light: Light,
    /// With a vote, due, without those left out.
    pub due: u32,
    /// Of them here.
    pub present: u32,
    /// Written opinions that count as votes.
    pub written: u32,
    /// So many must be here.
    pub needed_to_open: u32,
    /// So many must be in favour.
    pub needed_to_pass: u32,
    /// Due and not here.
    pub missing: Vec<VotePerson>,
    /// Left out of those due, with the reason.
    pub excluded: Vec<VotePerson>,
    /// Not left out yet: consent or approval is not noted.
    pub not_excluded_yet: Vec<VotePerson>,
    /// On the roll without a vote, with the reason: `probationary`, `on_probation_inside_party`, `detained` or empty.
    pub no_vote: Vec<VotePerson>,
    /// The roll was made for another kind, day or group: the light is of that, and gives no colour.
    pub roll_of_other: bool,
    /// The rule it used.
    pub rule: RuleRef,
}

/// A member, with a reason where there is one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VotePerson {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// Why.
    pub reason: String,
}

/// Takes an entry back (作废), or takes that back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DropInput {
    /// Record id.
    pub id: String,
    /// 作废
    pub dropped: bool,
}
