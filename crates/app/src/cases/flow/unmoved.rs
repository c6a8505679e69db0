//! What a command read about an item stands still until the command is kept: of two at once the second sees what the first wrote.

use ybz_domain::book::BookKey;
use ybz_domain::ids::{ChangeHash, OfficeId};

use super::read::place_of;
use crate::cx::{Cx, Edits};
use crate::error::Answer;

/// Books that speak about items, as they stood before anything was read.
pub(crate) struct Heads(Vec<(BookKey, Vec<ChangeHash>)>);

impl Heads {
    /// As they stand now: called before the item is read.
    pub(crate) fn load(cx: &Cx<'_>) -> Answer<Self> {
        Ok(Self(cx.catalog()?.into_iter().filter(|(key, _)| place_of(key).is_some()).collect()))
    }

    /// Lets the steps be kept only while what these offices' books say of their items is what was read: `changed_since` otherwise.
    /// Called once all steps are there.
    pub(crate) fn hold(self, edits: &mut Edits, offices: &[OfficeId]) {
        let known = |key: &BookKey| self.0.iter().any(|(one, _)| one == key);
        // A book that was not there is empty, and another may be making it.
        let written: Vec<BookKey> = edits.steps().map(|(key, _)| key.clone()).collect();
        let new: Vec<BookKey> = written.into_iter().filter(|key| place_of(key).is_some() && !known(key)).collect();
        for key in new {
            edits.unmoved(key, Vec::new());
        }
        for (key, heads) in self.0 {
            if offices.contains(&key.office) {
                edits.unmoved(key, heads);
            }
        }
    }
}
