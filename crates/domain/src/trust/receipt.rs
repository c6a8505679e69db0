//! Receipts (签收): a hub's signed word that it holds changes durably. Nothing is green without one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{BookId, ChangeHash, Incarnation, OfficeId, TreeId};
use crate::sign::Statement;

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Received {
    /// Equal catalogs over the scope of the two offices.
    Catalog {
        /// The digest that was equal.
        digest: [u8; 32],
    },
    /// Books with all changes up to these heads.
    Books(Vec<(BookId, Vec<ChangeHash>)>),
    /// Some of what was accepted cannot be read in there: it is told back, so that nobody takes it for delivered.
    Held {
        /// Books with all changes up to these heads, none of them held.
        sound: Vec<(BookId, Vec<ChangeHash>)>,
        /// Books with changes that are held.
        held: Vec<(BookId, Vec<ChangeHash>)>,
    },
}

/// A receipt, signed by a device with the hub mark after durable acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The tree.
    pub tree: TreeId,
    /// The office that received.
    pub office: OfficeId,
    /// The office whose books were received.
    pub from: OfficeId,
    /// Life of the hub's database; a new one voids what an earlier one received.
    pub incarnation: Incarnation,
    /// Receipts signed in this life; a lower one than seen before voids too.
    pub counter: u64,
    /// The hub's date, shown to people.
    pub on: Date,
    /// Head of the hub's local log: whoever keeps the receipt can tell later whether that line is gone.
    pub log_head: Option<[u8; 32]>,
    /// What was received.
    pub received: Received,
}

impl Statement for Receipt {
    const TAG: &'static str = "ybz receipt 1";
}
