//! 同步, 组织与邀请: honest status, tickets, joins.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Colour of the sync status; always with words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StatusLight {
    /// 未加入上级 · 已存本机
    Grey,
    /// n条待送
    Blue,
    /// 已全部签收: a receipt for the current heads, and only then
    Green,
    /// n条需处理
    Yellow,
    /// 停住了
    Red,
}

/// `sync.status`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// The colour.
    pub light: StatusLight,
    /// Changes of this office without a receipt.
    pub unsent: u32,
    /// A session that is delivering now.
    pub sending: Option<Sending>,
    /// The last receipt.
    pub last_receipt: Option<ReceiptInfo>,
    /// Held, quarantined and conflicting changes.
    pub problems: u32,
    /// Changes accepted from elsewhere that are not in the lists yet.
    pub reading: u32,
    /// Changes of this office that the superior has and cannot read: they are among the problems and not delivered.
    pub held_above: u32,
    /// Code of what stopped it: `disk_full`, `clock`, `device_removed`.
    pub stopped: Option<String>,
    /// None: not joined.
    pub superior_reachable: Option<bool>,
    /// Each book that travels, and the ones that never do.
    pub books: Vec<BookStatus>,
    /// Devices known, and when they were last heard of.
    pub peers: Vec<PeerStatus>,
    /// Where this node listens; empty when it does not.
    pub addresses: Vec<String>,
    /// Kinds of books that never leave the office and of which this further device has nothing: a backup or a confirmed
    /// device of the office gives them, nobody above does.
    pub own_missing: Vec<String>,
    /// Day of the last verified backup of this machine.
    pub last_backup: Option<String>,
    /// Code of what kept the schedule of backups from being met.
    pub backup_trouble: Option<String>,
}

/// Progress of a delivery.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sending {
    /// Changes receipted in this session.
    pub done: u32,
    /// Changes to deliver.
    pub total: u32,
}

/// A receipt.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptInfo {
    /// Date.
    pub on: String,
    /// Local time `21:04`, shown, never decided by.
    pub at: String,
    /// Office that signed it.
    pub by: String,
}

/// One book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BookStatus {
    /// Book id.
    pub book: String,
    /// Office name.
    pub office: String,
    /// `up/visits`, …
    pub kind: String,
    /// Period; none: evergreen.
    pub year: Option<i16>,
    /// Changes accepted.
    pub changes: u32,
    /// Of them without a receipt.
    pub unsent: u32,
    /// Accepted, but cannot be read in.
    pub held: u32,
    /// 🔒 `own/` books.
    pub never_leaves: bool,
    /// Who gets it: office names.
    pub readers: Vec<String>,
}

/// One device of a neighbouring office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeerStatus {
    /// Device id.
    pub device: String,
    /// Office name.
    pub office: String,
    /// A session is open.
    pub connected: bool,
    /// Date.
    pub last_seen: Option<String>,
}

/// `sync.now`
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SyncNowInput {
    /// Seconds at most; 0 means 30.
    pub timeout_s: u32,
    /// With this device alone, a colleague's or one of the superior's or of a subordinate; none: with all that can be reached.
    #[ts(optional)]
    pub device: Option<String>,
}

/// One round.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncOutcome {
    /// The superior (if any) receipted everything.
    pub delivered: bool,
    /// There is a superior.
    pub has_superior: bool,
    /// Changes sent, to all.
    pub sent: u32,
    /// Changes accepted, from all.
    pub received: u32,
    /// Why not delivered: `superior_unreachable`, `timeout`, `refused`, `not_receipted`.
    pub reason: Option<String>,
    /// What was exchanged with each device that was called, also when it did not go through.
    pub exchanged: Vec<SyncExchange>,
    /// The status after it.
    pub status: SyncStatus,
}

/// What a round exchanged with one device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncExchange {
    /// Device id.
    pub device: String,
    /// Name of its office.
    pub office: String,
    /// It is the superior's.
    pub superior: bool,
    /// It answered.
    pub reached: bool,
    /// The round went through.
    pub complete: bool,
    /// Changes sent to it.
    pub sent: u32,
    /// Changes accepted from it.
    pub received: u32,
}

/// `invite.office`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteOfficeInput {
    /// Name of the subordinate.
    pub name: String,
    /// Its kind.
    pub kind: super::node::OfficeKindDto,
    /// For scripts and demos.
    #[serde(default)]
    pub auto_approve: bool,
}

/// `invite.device`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteDeviceInput {
    /// `keeper`, `clerk`, `custodian` or `viewer`.
    pub role: String,
    /// For scripts and demos.
    #[serde(default)]
    pub auto_approve: bool,
    /// A clerk or custodian may read residents and talks (`own/` books), once it is compared.
    #[serde(default)]
    pub own_books: bool,
}

/// An invitation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// Slot id.
    pub id: String,
    /// The ticket as text; also the QR code's content.
    pub text: String,
    /// Date; decided by the issuer alone.
    pub expires_on: String,
    /// Addresses in it.
    pub addresses: Vec<String>,
}

/// `join.start`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JoinInput {
    /// Ticket text, or the content of a ticket file.
    pub ticket: String,
    /// What the device calls itself; also the name of the office that is made when the ticket has none.
    #[serde(default)]
    pub name: Option<String>,
}

/// `join.state`: where joining stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JoinState {
    /// `none`, `connecting`, `waiting_approval`, `joined`, `failed`, and `by_file`: a request was written into a file, and the
    /// certificate is to come in one. Kept while it is not decided, also when the node is
    /// closed meanwhile; then `waiting_approval` comes with the error `join_interrupted`: nobody asks until the same ticket
    /// is taken up again.
    pub state: String,
    /// The six digits to compare; fifteen `by_file`.
    pub code: Option<String>,
    /// Name of the inviting office.
    pub superior: Option<String>,
    /// Why it failed, or waits without asking.
    pub error: Option<super::ErrorDto>,
}

/// Whom an invitation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Invited {
    /// A subordinate office, by its first device.
    Office,
    /// A further device of the inviting office.
    Device,
}

/// `invite.list`: an invitation that nobody has used yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Slot id.
    pub id: String,
    /// Whom it is for.
    pub invites: Invited,
    /// The subordinate as the inviter names it, or this office for a further device.
    pub office_name: String,
    /// Kind of that office.
    pub kind: super::node::OfficeKindDto,
    /// What the device may do: `keeper`, `clerk`, `custodian` or `viewer`. An office's first device is its keeper.
    pub role: String,
    /// It may read residents and talks, once it is compared.
    pub own_books: bool,
    /// Last date on which it opens.
    pub expires_on: String,
    /// That date has passed: it opens no more.
    pub expired: bool,
    /// Why it opens no more before that date: `too_many_attempts`, when somebody tried again and again to join with it.
    pub closed: Option<String>,
    /// Whoever has the ticket is let in without comparing digits.
    pub auto_approve: bool,
    /// Devices that ask to join with it and wait for a decision.
    pub waiting: u32,
}

/// Someone with a ticket waits for approval.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PendingJoin {
    /// Slot id and device.
    pub id: String,
    /// What asks.
    pub invites: Invited,
    /// The office as it calls itself, or this office for a further device.
    pub office_name: String,
    /// The name in the invitation, where the office calls itself otherwise. It is the name that the tree will have.
    pub invited_as: Option<String>,
    /// Kind of that office.
    pub kind: super::node::OfficeKindDto,
    /// What the device may do once it is approved: `keeper`, `clerk`, `custodian` or `viewer`.
    pub role: String,
    /// It may read residents and talks, once it is approved.
    pub own_books: bool,
    /// Who holds the device; declared by it, not proved.
    pub holder: Option<String>,
    /// The confirmed device of the office whose backup it was restored from; proved.
    pub after: Option<String>,
    /// Its device.
    pub device: String,
    /// Date on which it asked first.
    pub asked_on: String,
    /// The six digits to compare; fifteen for one that came in a file.
    pub code: String,
    /// It came in a file, and gets its certificate in one (`request.approve`).
    pub by_file: bool,
}

/// `org.tree`: offices known here, in tree order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrgNode {
    /// Office id; none: invited, not joined.
    pub id: Option<String>,
    /// Slot id of an open invitation.
    pub slot: Option<String>,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: super::node::OfficeKindDto,
    /// 0 for this office.
    pub depth: u32,
    /// `self`, `invited`, `waiting`, `joined`.
    pub state: String,
    /// Devices known.
    pub devices: u32,
    /// Date of the last delivery from it.
    pub last_received: Option<String>,
    /// Since when it is part of the tree.
    pub valid_from: Option<String>,
}
