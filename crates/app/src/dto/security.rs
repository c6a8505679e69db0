//! 安全与备份: how the key is kept, the recovery sheet, backups and restores.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ErrorDto;

/// `key.status`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyStatus {
    /// `keychain`, `file` or `passphrase`; `unknown` where the host does not say.
    pub holder: String,
    /// Day on which the passphrase was set; none: there is none.
    pub passphrase_on: Option<String>,
    /// Day of the recovery sheet that opens these books; none: there is none.
    pub sheet_on: Option<String>,
    /// Number of the books, printed on sheets and in names of backups.
    pub number: String,
    /// Offices that were restored from a backup and wait to be let in again.
    pub waiting: Vec<String>,
    /// Offices whose private records are locked until another device was met.
    pub locked: Vec<String>,
}

/// `key.set_passphrase`
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PassphraseInput {
    /// The passphrase in force; empty when there is none.
    pub current: String,
    /// The new one.
    pub passphrase: String,
}

/// `key.use_keychain`, `key.recovery_sheet`
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CurrentInput {
    /// The passphrase in force; empty when there is none.
    pub current: String,
}

/// `key.recovery_sheet`: shown once, kept nowhere.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecoverySheet {
    /// 24 words.
    pub words: Vec<String>,
    /// Number of the books that they open.
    pub number: String,
    /// Day on which they were made; sheets of earlier days open nothing but earlier backups.
    pub on: String,
    /// Offices whose books are there.
    pub offices: Vec<String>,
}

/// `node.unlock`
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnlockInput {
    /// The passphrase.
    pub passphrase: String,
}

/// `key.recover`
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecoverInput {
    /// The 24 words of the sheet.
    pub words: String,
    /// The passphrase from now on.
    pub passphrase: String,
}

/// `backup.make`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupInput {
    /// The folder, which must be there.
    pub folder: String,
}

/// `backup.verify`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupFileInput {
    /// The file.
    pub file: String,
}

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupRow {
    /// The file.
    pub file: String,
    /// Day on which it was made.
    pub on: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// `backup.schedule`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupSchedule {
    /// The folder, such as one on a stick.
    pub folder: String,
    /// Days between two; 0 ends the schedule.
    pub every_days: u32,
    /// Backups kept there; older ones are deleted after a newer one was verified.
    pub keep: u32,
}

/// `backup.status`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupStatus {
    /// What is done by itself.
    pub schedule: Option<BackupSchedule>,
    /// The last backup that was written and verified.
    pub last: Option<BackupRow>,
    /// Days since then.
    pub days: Option<u32>,
    /// Why the last one did not come about.
    pub trouble: Option<ErrorDto>,
    /// Folders of sticks and other disks that are in now.
    pub places: Vec<String>,
}

/// `backup.restore`: with the passphrase or the words of the day on which the backup was made, else with the key that the
/// system keeps.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RestoreInput {
    /// The backup.
    pub file: String,
    /// Its passphrase.
    pub passphrase: String,
    /// Or the words of its recovery sheet, and
    pub words: String,
    /// the passphrase from now on.
    pub new_passphrase: String,
}
