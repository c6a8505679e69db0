//! 党员 and their groups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Kind of membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// 正式党员
    Full,
    /// 预备党员: no vote
    Probationary,
}

/// `member.save`; `id` none makes a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberInput {
    /// Record to change.
    #[serde(default)]
    pub id: Option<String>,
    /// 姓名
    pub name: String,
    /// 性别: 1 男, 2 女 (GB/T 2261.1).
    #[serde(default)]
    pub sex: Option<u8>,
    /// 出生年月 `1980-05`; may be empty.
    #[serde(default)]
    pub birth_month: String,
    /// 类别
    pub kind: MemberKind,
    /// 入党时间: a date or a month; may be empty.
    #[serde(default)]
    pub joined: String,
    /// 党小组
    #[serde(default)]
    pub group: String,
    /// 职务: `secretary`, `deputy_secretary`, `organization`, `publicity`, `discipline`, `committee_member`, `group_leader`.
    #[serde(default)]
    pub posts: Vec<String>,
    /// Why a full member has no vote: `on_probation_inside_party` (留党察看), `detained`; empty: votes.
    #[serde(default)]
    pub no_vote_reason: String,
    /// 转出 or other end, as a date.
    #[serde(default)]
    pub left_on: Option<String>,
    /// The user has confirmed that this is another person of the same name.
    #[serde(default)]
    pub distinct: bool,
}

/// A member on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberRow {
    /// Record id.
    pub id: String,
    /// 姓名
    pub name: String,
    /// Initials and full pinyin, for search as typed.
    pub pinyin: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// 出生年月
    pub birth_month: Option<String>,
    /// 类别
    pub kind: MemberKind,
    /// 入党时间
    pub joined: Option<String>,
    /// 党小组
    pub group: Option<String>,
    /// 职务
    pub posts: Vec<String>,
    /// 有表决权
    pub votes: bool,
    /// Why not.
    pub no_vote_reason: Option<String>,
    /// 转出
    pub left_on: Option<String>,
    /// A field has concurrent values.
    pub conflict: bool,
    /// The record that stands for this person instead.
    pub merged_into: Option<String>,
}
