//! 角色说明: what each role may do, made from the rules.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `roles`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Roles {
    /// Who, in the order of every list below.
    pub standings: Vec<RoleStanding>,
    /// Each kind of book.
    pub books: Vec<RoleBook>,
    /// What is done with certificates.
    pub acts: Vec<RoleAct>,
}

/// How a device stands in its office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleStanding {
    /// `keeper`, `clerk`, `custodian` or `viewer`.
    pub role: String,
    /// Compared by six digits on another device of the office.
    pub compared: bool,
    /// A keeper let it read residents and talks.
    pub granted: bool,
}

/// A kind of book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleBook {
    /// `up/visits`, …
    pub kind: String,
    /// `down/` only: written for a subordinate.
    pub sent: bool,
    /// For each standing `rw`, `r` or empty.
    pub rights: Vec<String>,
}

/// What is done with certificates.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleAct {
    /// `enrol`, `grant`, `adopt`, `remove`, `remove_keeper` or `remove_below`.
    pub act: String,
    /// For each standing.
    pub may: Vec<bool>,
}

/// `device.readers`: a device of this office, with what it has of residents and talks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceReader {
    /// Its key.
    pub device: String,
    /// Who holds it, as declared.
    pub holder: Option<String>,
    /// It is this one.
    pub here: bool,
    /// `keeper`, `clerk`, `custodian` or `viewer`.
    pub role: String,
    /// 代管: it keeps the books in the place of the office's people.
    pub custody: bool,
    /// Compared by six digits.
    pub compared: bool,
    /// A keeper let it.
    pub granted: bool,
    /// It has them.
    pub reads: bool,
    /// A keeper may let it: a clerk or custodian without a grant.
    pub may_be_granted: bool,
}
