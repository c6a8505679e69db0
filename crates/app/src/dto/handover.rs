//! 换届交接.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::device::DeviceRow;

/// `handover.install`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InstallInput {
    /// The direct subordinate that gets a further keeper; none: this office, whose device here hands over.
    #[serde(default)]
    pub office: Option<String>,
    /// Lets the device in without comparing digits; only for a subordinate.
    #[serde(default)]
    pub auto_approve: bool,
}

/// `handover.sheet`: what is open on the day of a handover. Counts and categories; no name of a resident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverSheet {
    /// 机构名称
    pub office: String,
    /// The superior.
    pub superior: Option<String>,
    /// The day.
    pub on: String,
    /// Checklist items that are not done, the next deadline first.
    pub items: Vec<OpenItem>,
    /// Concerns that are not closed, by category.
    pub concerns: Vec<OpenConcerns>,
    /// Concerns that were not handed in.
    pub concerns_kept: u32,
    /// Changes that the superior has not receipted.
    pub unsent: u32,
    /// Drafts on this device.
    pub drafts: u32,
    /// Members with dues unpaid this year up to this month.
    pub arrears_members: u32,
    /// Their months.
    pub arrears_months: u32,
    /// What is owed, in fen.
    #[ts(type = "number")]
    pub arrears_fen: i64,
    /// Values that await a person's choice, and changes without effect.
    pub problems: u32,
    /// Devices of the office.
    pub devices: Vec<DeviceRow>,
    /// Day of the last backup, if this device knows of one.
    pub last_backup: Option<String>,
}

/// An item that is not done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenItem {
    /// 事项
    pub title: String,
    /// 时限
    pub deadline: Option<String>,
    /// It came from above.
    pub from_above: bool,
    /// It was begun.
    pub begun: bool,
}

/// Open concerns of one category.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenConcerns {
    /// 类别
    pub category: String,
    /// How many.
    pub count: u32,
}
