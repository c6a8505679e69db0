//! Concurrent values of a field, and the choice among them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::history::OpenedPart;

/// A field that two devices set differently without knowing of each other.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictRow {
    /// Book id.
    pub book: String,
    /// Record id.
    pub record: String,
    /// Record type: `visit`, `session`, …
    pub record_type: String,
    /// What the record is called on lists.
    pub title: String,
    /// Field; `attendance/<member>` carries the member's name in `subject`.
    pub field: String,
    /// Whom the field is about, when it is about someone; of a sealed one only where it is opened to be chosen among.
    pub subject: Option<String>,
    /// The values stand sealed in the book.
    pub sealed: bool,
    /// How another value is typed: `text`, `date`, `month`, `amount` (fen), `hours` (tenths) or `number`. None: it is chosen
    /// among those that are there.
    pub entry: Option<String>,
    /// All values, oldest first.
    pub values: Vec<ConflictValue>,
    /// Names these values, for `conflict.settle`.
    pub seen: String,
}

/// One of the concurrent values.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictValue {
    /// The value as `conflict.settle` takes it: as text; of a sealed one a word that stands for it.
    pub value: String,
    /// What the value names, where it is the id of a record.
    pub name: Option<String>,
    /// What a sealed value holds, where it is opened to be chosen among. Numbers and phones of members are masked where all
    /// values agree.
    pub opened: Vec<OpenedPart>,
    /// A sealed value whose key is not on this device.
    pub closed: bool,
    /// Holder by the device's certificate.
    pub holder: Option<String>,
    /// Device that wrote it; none: not known.
    pub device: Option<String>,
    /// It is this device.
    pub here: bool,
    /// Role of that device; 代管 counts as `custodian`, whatever else it is.
    pub role: Option<String>,
    /// Who the person said to be (profile), as declared.
    pub profile: Option<String>,
    /// Date of the change; empty: not known.
    pub on: String,
}

/// `conflict.settle`: one value is written over the others.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettleInput {
    /// Book id.
    pub book: String,
    /// Record id.
    pub record: String,
    /// Field.
    pub field: String,
    /// The value that holds: one of those listed, or another as `entry` says.
    pub value: String,
    /// The values that were shown, as [`ConflictRow`] named them: a choice is made among what was seen.
    pub seen: String,
    /// A date far from today was meant.
    #[serde(default)]
    pub confirm_date: bool,
    /// The person chooses although a sealed value does not open on this device; the local log tells of it.
    #[serde(default)]
    pub unread: bool,
}

/// What `conflict.settle` did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    /// Takes the choice back as long as nobody wrote the field again; none when another value came in meanwhile.
    pub undo: Option<ReopenInput>,
}

/// `conflict.reopen`: as one more edit, the values that were chosen among stand side by side again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReopenInput {
    /// Record id.
    pub record: String,
    /// Field.
    pub field: String,
    /// Change that made the choice.
    pub settled: String,
    /// Changes that wrote the values, in the order in which the book has them.
    pub values: Vec<String>,
}
