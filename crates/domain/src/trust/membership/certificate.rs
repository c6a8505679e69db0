//! A device's standing in its office, and how much of its work counts.

use std::collections::BTreeMap;

use crate::ids::{ActorId, BookId, ChangeHash, Serial};
use crate::trust::entry::{Mark, Role};

/// Per (book, actor) the last valid change.
pub type Cut = BTreeMap<(BookId, ActorId), (u64, ChangeHash)>;

/// A device's standing in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its role.
    pub role: Role,
    /// Signs receipts for the office.
    pub hub: bool,
    /// May have `own/` books.
    pub confirmed: bool,
    /// Holder's name.
    pub holder: Option<String>,
    /// Number to remove it by; none for founding devices and charter keepers.
    pub serial: Option<Serial>,
    /// A keeper let it read `own/` books.
    pub granted: bool,
    /// 代管: it keeps the books in the place of the office's people.
    pub custody: bool,
    /// Removed, with the last valid change per (book, actor).
    pub removed: Option<Cut>,
    /// Handed over, with its last changes: it writes and issues no more, and is not removed.
    pub retired: Option<Cut>,
    /// May issue no more; what it writes counts.
    pub suspended: bool,
    /// Enrolled as a further keeper by the superior.
    pub installed: bool,
    /// Removed by the superior, which knows nothing of `own/` books.
    pub removed_above: bool,
    /// What it made beyond its cut is not wanted.
    pub discarded: bool,
}

/// How far an actor's changes in a book count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All of them.
    Open,
    /// Up to this change, and no other of its number.
    UpTo(u64, ChangeHash),
    /// None.
    Closed,
}

impl Standing {
    /// Whether a change of the actor counts. At the last one the hash must be the one named, so that no other change takes
    /// its place.
    pub fn covers(&self, seq: u64, hash: &ChangeHash) -> bool {
        match self {
            Self::Open => true,
            Self::UpTo(last, named) => seq < *last || (seq == *last && hash == named),
            Self::Closed => false,
        }
    }
}

impl Certificate {
    /// A certificate in force, not confirmed, without mark or number.
    pub fn new(role: Role) -> Self {
        Self {
            role,
            hub: false,
            confirmed: false,
            holder: None,
            serial: None,
            granted: false,
            custody: role == Role::Custodian,
            removed: None,
            retired: None,
            suspended: false,
            installed: false,
            removed_above: false,
            discarded: false,
        }
    }

    /// Neither removed nor retired: its device writes.
    pub fn is_active(&self) -> bool {
        self.removed.is_none() && self.retired.is_none()
    }

    /// How far an actor's changes in a book count. What a device said as it retired stands after its removal too.
    pub fn standing(&self, book: &BookId, actor: &ActorId) -> Standing {
        if self.is_active() {
            return Standing::Open;
        }
        let last = |cut: &Option<Cut>| cut.as_ref().and_then(|cut| cut.get(&(*book, *actor)).copied());
        match last(&self.removed).max(last(&self.retired)) {
            Some((seq, hash)) => Standing::UpTo(seq, hash),
            None => Standing::Closed,
        }
    }

    /// Whether a change of the device still counts.
    pub fn covers(&self, book: &BookId, actor: &ActorId, seq: u64, hash: &ChangeHash) -> bool {
        self.standing(book, actor).covers(seq, hash)
    }
}

/// Lets a cut grow to these changes. It never shrinks, and the order in which it grows does not matter.
pub(super) fn grow(cut: &mut Cut, marks: &[Mark]) {
    for (book, actor, seq, hash) in marks {
        let known = cut.entry((*book, *actor)).or_insert((*seq, *hash));
        *known = (*known).max((*seq, *hash));
    }
}
