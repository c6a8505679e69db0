//! 民主评议

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;

/// A grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 优秀
    Excellent,
    /// 合格
    Qualified,
    /// 基本合格
    BasicallyQualified,
    /// 不合格
    Unqualified,
}

/// `appraisal.get`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppraisalView {
    /// The session.
    pub session: String,
    /// Everyone due.
    pub rows: Vec<AppraisalRow>,
    /// Full members: the share is taken of them.
    pub full: u32,
    /// Graded 优秀.
    pub excellent: u32,
    /// At most so many by the rule.
    pub most: u32,
    /// More than that: told, never refused.
    pub over: bool,
    /// The rule.
    pub rule: RuleRef,
}

/// One member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppraisalRow {
    /// Member id.
    pub member: String,
    /// 姓名
    pub name: String,
    /// 党小组
    pub group: String,
    /// A full member when grades were entered; probationary members take part ungraded.
    pub full: bool,
    /// Grade.
    pub grade: Option<Grade>,
    /// Devices entered different grades.
    pub conflict: bool,
}

/// `appraisal.save`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppraisalInput {
    /// The session.
    pub id: String,
    /// Only those that changed.
    pub grades: Vec<GradeInput>,
}

/// One grade.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GradeInput {
    /// Member id.
    pub member: String,
    /// None takes it back.
    pub grade: Option<Grade>,
}
