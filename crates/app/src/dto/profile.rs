//! 使用者: people who share this computer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `profile.list`: also answered while the seat is locked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileState {
    /// Everybody, by name; empty: nobody has to choose.
    pub profiles: Vec<ProfileRow>,
    /// Id of the profile chosen at this seat.
    pub current: Option<String>,
    /// Nothing else is answered before somebody chooses.
    pub locked: bool,
    /// Minutes without a key or a click after which the screen locks; none: never.
    pub lock_minutes: Option<u32>,
    /// `zh-CN` or `en`, so that the screen before the choice speaks it.
    pub language: Option<String>,
    /// 大字
    pub large_type: bool,
    /// `light` or `dark`; none: as the system has it.
    pub theme: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileRow {
    /// Id.
    pub id: String,
    /// Declared in what it changes, never proved.
    pub name: String,
    /// Areas that it does not see: `households`, `dues`, `totals`, `organisation`.
    pub hidden: Vec<String>,
    /// Seconds to wait after wrong PINs.
    pub wait_s: u32,
    /// Unfinished entries that go with it when it is removed; those of the last profile stay.
    pub drafts: u32,
}

/// `profile.save`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileInput {
    /// Which; none: a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// Name of the person.
    pub name: String,
    /// 4 to 12 digits; none: it stays.
    #[serde(default)]
    pub pin: Option<String>,
    /// Areas that it does not see.
    #[serde(default)]
    pub hidden: Vec<String>,
}

/// `profile.choose`: also unlocks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChooseInput {
    /// Which.
    pub id: String,
    /// Its PIN.
    pub pin: String,
}

/// `profile.lock_after`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LockAfterInput {
    /// Minutes, 1 to 240; none: never.
    pub minutes: Option<u32>,
}
