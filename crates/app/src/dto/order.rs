//! 机构调整: moves, mergers and dissolutions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an order makes of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// 划转: another superior.
    Move,
    /// 合并: part of another office.
    Merge,
    /// 撤销: it ends.
    Dissolve,
}

/// `order.preview` and `order.give`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderInput {
    /// What.
    pub kind: OrderKind,
    /// The office that is moved, merged or dissolved; below the one that orders.
    pub office: String,
    /// The new superior, or the office that goes on.
    #[serde(default)]
    pub to: Option<String>,
    /// From which day; none: today. No later day.
    #[serde(default)]
    pub from: Option<String>,
}

/// What an order would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderPreview {
    /// Name of the office.
    pub office: String,
    /// Name of its superior now: it keeps what it has and gets nothing new.
    pub former: Option<String>,
    /// Name of the new superior, or of the office that goes on.
    pub to: Option<String>,
    /// From which day.
    pub from: String,
    /// Offices below it; in a merger they go along.
    pub below: Vec<String>,
}
