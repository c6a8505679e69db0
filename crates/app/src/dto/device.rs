//! 设备: who may read and write for an office, and how that ends.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a device stands in its office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// 使用中
    Active,
    /// 已暂停登记: writes and registers nobody.
    Suspended,
    /// 已交接: reads; its last changes still count when they come.
    Retired,
    /// 已移除
    Removed,
}

/// One row of `device.list`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceRow {
    /// The office for which it is certified.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// The device's public key.
    pub device: String,
    /// It is this device.
    pub me: bool,
    /// Holder by its certificate.
    pub holder: Option<String>,
    /// `keeper`, `clerk` or `viewer`.
    pub role: String,
    /// Digits were compared on a device of the office: it has the `own/` books.
    pub confirmed: bool,
    /// It signs receipts for the office.
    pub hub: bool,
    /// The superior enrolled it.
    pub installed: bool,
    /// Day of its certificate.
    pub since: Option<String>,
    /// Day on which it was last heard of here.
    pub last_heard: Option<String>,
    /// How it stands.
    pub state: DeviceState,
    /// Changes made after its end that wait for a decision here.
    pub undecided: u32,
    /// This device may remove it.
    pub may_remove: bool,
    /// This device may suspend it.
    pub may_suspend: bool,
}

/// Names a device of an office: this one's or a direct subordinate's.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceInput {
    /// The device's office; none: the calling office.
    #[serde(default)]
    pub office: Option<String>,
    /// The device's public key.
    pub device: String,
}

/// `device.remove_preview` and `device.remove`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveInput {
    /// The device's office; none: the calling office.
    #[serde(default)]
    pub office: Option<String>,
    /// The device's public key.
    pub device: String,
    /// Last day whose work counts, as typed; none: all that is here.
    #[serde(default)]
    pub until: Option<String>,
}

/// `device.remove_preview`: what a removal would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemovePreview {
    /// The device.
    pub device: DeviceRow,
    /// Its work by book.
    pub books: Vec<DeviceWork>,
    /// Changes that go on to count.
    pub kept: u32,
    /// Changes that would be taken out.
    pub cut: u32,
    /// Of these, changes on which others have built: they stay and wait to be adopted.
    pub built_on: u32,
    /// Last day of the work that counts.
    pub last_on: Option<String>,
    /// Certificates it issued that stand.
    pub issued: u32,
    /// The `own/` books of its office are not here: its keepers decide about its work in them.
    pub own_elsewhere: bool,
    /// Computers that go on from this one's backup and would lose the private books if it is removed from here; removed by
    /// the computer that enrolled them, they keep them.
    pub unconfirms: Vec<DeviceRow>,
}

/// A device's work in one book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceWork {
    /// Kind such as `up/visits`.
    pub kind: String,
    /// Year; none: evergreen.
    pub year: Option<i16>,
    /// Changes that go on to count.
    pub kept: u32,
    /// Changes that would be taken out.
    pub cut: u32,
    /// First day, as its device had it.
    pub first_on: Option<String>,
    /// Last day.
    pub last_on: Option<String>,
}

/// `device.adopt` and `device.discard`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// Changes that the decision is about.
    pub changes: u32,
    /// Changes that wait for a decision still.
    pub left: u32,
}

/// `device.notices`: what people at this device must know about the devices of their office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceNotices {
    /// How this device itself stands; none while it has no office.
    pub state: Option<DeviceState>,
    /// Keepers that the superior enrolled and nobody here has acknowledged.
    pub installed: Vec<DeviceRow>,
}
