//! Rule packs as records: in `down/dispatch` what a superior sets for an office, in `up/tasks` what an office without a
//! superior sets for itself. The text alone counts; version and day stand beside it for lists.

use crate::book::{RecordOp, RecordView};
use crate::ids::{OfficeId, RecordId};

/// Record type.
pub const RULE_PACK: &str = "rule_pack";

/// A rule pack as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulePack {
    /// As in the text.
    pub version: String,
    /// As in the text, ISO.
    pub valid_from: String,
    /// TOML, read by [`crate::rules::Pack::apply`].
    pub text: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl RulePack {
    /// Reads a pack; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == RULE_PACK).then(|| Self {
            version: record.str("title").to_owned(),
            valid_from: record.str("date").to_owned(),
            text: record.str("text").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The id of a pack for an office: sent once more, the same text is the same record.
    pub fn id(&self, to: &OfficeId) -> RecordId {
        RecordId::natural("ybz rule pack 1", &[&to.0, self.text.as_bytes()])
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let fields = [
            ("title", &self.version),
            ("date", &self.valid_from),
            ("text", &self.text),
            ("recorded_on", &self.recorded_on),
        ];
        let fields = fields.into_iter().map(|(name, word)| (name.to_owned(), word.as_str().into())).collect();
        RecordOp::Create { id, rtype: RULE_PACK.to_owned(), fields }
    }
}
