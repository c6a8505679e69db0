//! 根: the keepers of the tree's root, the next charter, and the card by which others learn of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `root.state`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RootState {
    /// The tree.
    pub tree: String,
    /// Name of the root office.
    pub office: String,
    /// Number of the charter in force, from 1.
    pub version: u32,
    /// This node keeps the root's books.
    pub here: bool,
    /// Devices that are or were keepers of the root, this one first.
    pub keepers: Vec<RootKeeper>,
}

/// A keeper of the root.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RootKeeper {
    /// Device id.
    pub device: String,
    /// It is this device.
    pub here: bool,
    /// The charter in force names it; else another keeper let it in.
    pub in_charter: bool,
    /// Holder, when the certificate names one.
    pub holder: Option<String>,
    /// It is shut out.
    pub ended: bool,
    /// What it issued, as far as it is told here, oldest first.
    pub issued: Vec<IssuedEntry>,
}

/// An entry of an issuance log, for people.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssuedEntry {
    /// Its number in the log.
    pub seq: u32,
    /// Its date.
    pub on: String,
    /// `adopt`, `enrol`, `remove`, `order`, `install`, `suspend`, `retire`, `vouch`, `discard`.
    pub what: String,
    /// The office or device it is about.
    pub about: String,
}

/// `root.renew`; it has the words, so it is never printed.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RootRenewInput {
    /// The 24 recovery words, with spaces between.
    pub words: String,
    /// Keepers of the root to shut out: lost or in wrong hands. A device that merely broke need not be named.
    pub lost: Vec<LostKeeper>,
    /// Cards of subordinates, base64: needed on a machine that holds nothing of the tree.
    pub cards: Vec<String>,
}

/// A keeper to shut out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LostKeeper {
    /// Device id.
    pub device: String,
    /// Number of its last good entry; none: all that is known here is good. What it issued after that is void.
    #[serde(default)]
    pub last_seq: Option<u32>,
}

/// What `root.renew` did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RootRenewed {
    /// Number of the new charter.
    pub version: u32,
    /// Offices that stand directly below the root by what is known here: one that is missing has to show its card.
    pub below: Vec<String>,
}

/// `tree.take`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeTakeInput {
    /// The card, base64.
    pub base64: String,
}

/// `root.words`; it has the words, so it is never printed.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RootWordsInput {
    /// The 24 recovery words, with spaces between.
    pub words: String,
}

/// What a card taught.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeTaken {
    /// Charters and entries that were not known here.
    pub learned: u32,
    /// Number of the charter in force now.
    pub version: u32,
}
