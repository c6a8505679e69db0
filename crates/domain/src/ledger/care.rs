//! 慰问, 结对, 求助: what a branch does for households and members. Who it is, why and how much stays in `own/private`, sealed
//! under the household's or member's key; above it only counts are seen.

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::visit::SEALED;

/// 结对: a cadre and a household, in `own/private`, sealed.
pub const PAIRING: &str = "pairing";
/// 求助与救助: a request for aid and what was decided, in `own/private`, sealed.
pub const AID: &str = "aid";
/// 慰问对象: whom to visit at the occasions, in `own/private`, sealed.
pub const CARE: &str = "care";

/// A pairing; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pairing {
    /// 结对干部
    pub cadre: String,
    /// What it is for.
    pub note: String,
}

/// Aid asked for and decided; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aid {
    /// 申请事由
    pub reason: String,
    /// Asked for, in fen.
    pub asked_fen: Option<i64>,
    /// Granted, in fen.
    pub granted_fen: Option<i64>,
    /// 决定: by whom, with what reason.
    pub decision: String,
}

/// Why somebody is visited; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// `household`, `member_difficulty` or `old_member`.
    pub whom: String,
    /// 情况
    pub reason: String,
}

/// Whom a visit or list of 慰问 is about: the words of `whom`.
pub const WHOM: [&str; 3] = ["household", "member_difficulty", "old_member"];

/// The open part of such a record: nothing in it tells who or why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CareFrame {
    /// Subject of the key: a household or a member.
    pub subject: String,
    /// Day from which it counts, ISO.
    pub since: String,
    /// Day on which it ended, ISO; empty: it stands.
    pub ended: String,
    /// For aid: `asked`, `granted` or `refused`.
    pub state: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl CareFrame {
    /// Reads the open part; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        [PAIRING, AID, CARE].contains(&record.rtype.as_str()).then(|| Self {
            subject: record.str("subject").to_owned(),
            since: record.str("date").to_owned(),
            ended: record.str("ended").to_owned(),
            state: record.str("state").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes a record of a type with its sealed part.
    pub fn create(&self, id: RecordId, rtype: &str, sealed: Value) -> RecordOp {
        let mut fields: Vec<(String, Value)> = [
            ("subject", &self.subject),
            ("date", &self.since),
            ("ended", &self.ended),
            ("state", &self.state),
            ("recorded_on", &self.recorded_on),
        ]
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| (name.to_owned(), word.as_str().into()))
        .collect();
        fields.push((SEALED.to_owned(), sealed));
        RecordOp::Create { id, rtype: rtype.to_owned(), fields }
    }
}
