//! Books (账本): automerge documents whose kind decides who writes and who reads them.
//!
//! **Invariant:** scope is a property of a book's kind, never of a field in it; a kind that this program does not know
//! still tells its scope by its prefix.

mod copied;
mod genesis;
mod history;
mod past;
mod record;
mod texts;
mod touched;
mod undo;
mod write;

pub use copied::{COPIED, Copied, copy_ops, copy_record};
pub use genesis::{GENESIS_VERSION, genesis, genesis_hash, is_genesis};
pub use history::{RecordHistory, Standing, Written, day_of, record_history};
pub use past::{Past, past};
pub(crate) use record::UNDECIDED;
pub use record::{
    DELETED, FieldView, RecordView, SeenValue, Value, is_deleted, plain_type, read_record, record_ids, reopen,
    touched_records,
};
pub use texts::{MergedText, Order, TextWrite, merged_text, text_writes};
pub use touched::touched_fields;
pub use undo::{FieldUndo, RecordUndo, Standing as UndoStanding, put_back, three_way, undo_of};
pub use write::{MAX_DECLARED, RecordOp, WriteError, apply, apply_as, create, declared, new_document};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{BookId, OfficeId, tagged_hash};

/// Who writes and who reads a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Written by the office, read by it and its superior.
    Up,
    /// Written by the superior, read by it and the office.
    Down,
    /// Written and read by the office's own confirmed devices only.
    Own,
}

/// The kind of a book, such as `up/visits`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BookKind {
    scope: Scope,
    name: String,
}

/// A kind without a scope class before the slash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("book kind `{0}` is not of the form up/…, down/… or own/…")]
pub struct KindError(String);

macro_rules! kinds {
    ($($(#[$doc:meta])* $fn:ident = $scope:ident $name:literal;)*) => {
        impl BookKind {
            $($(#[$doc])* pub fn $fn() -> Self { Self { scope: Scope::$scope, name: $name.to_owned() } })*

            /// Every kind this program knows.
            pub fn known() -> Vec<Self> { vec![$(Self::$fn()),*] }
        }
    };
}

kinds! {
    /// Members, the office's own bodies and terms. Evergreen.
    roster = Up "roster";
    /// Sessions with who was due, attendance, votes, hours. Yearly.
    meetings = Up "meetings";
    /// Assessments, payments, reversals; no income base. Yearly.
    dues = Up "dues";
    /// Visits and concerns as handed in. Yearly.
    visits = Up "visits";
    /// Own checklists, progress on dispatched items. Yearly.
    tasks = Up "tasks";
    /// What the superior sends down. Yearly.
    dispatch = Down "dispatch";
    /// Household identities, members' phones and ID numbers, income bases; all sealed. Evergreen.
    households = Own "households";
    /// Private notes, contents of talks, concerns not yet handed in; sealed. Yearly.
    private = Own "private";
    /// The office's working papers. Yearly.
    desk = Own "desk";
}

impl BookKind {
    /// Who writes and who reads books of this kind.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// One book for all years.
    pub fn evergreen(&self) -> bool {
        matches!((self.scope, self.name.as_str()), (Scope::Up, "roster") | (Scope::Own, "households"))
    }

    /// This program knows what the kind holds.
    pub fn is_known(&self) -> bool {
        Self::known().contains(self)
    }
}

impl fmt::Display for BookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = match self.scope {
            Scope::Up => "up",
            Scope::Down => "down",
            Scope::Own => "own",
        };
        write!(f, "{scope}/{}", self.name)
    }
}

impl TryFrom<String> for BookKind {
    type Error = KindError;
    fn try_from(text: String) -> Result<Self, KindError> {
        let (scope, name) = match text.split_once('/') {
            Some(("up", name)) => (Scope::Up, name),
            Some(("down", name)) => (Scope::Down, name),
            Some(("own", name)) => (Scope::Own, name),
            _ => return Err(KindError(text)),
        };
        let plain = |c: char| c.is_ascii_lowercase() || c == '-';
        if name.is_empty() || name.len() > 32 || !name.chars().all(plain) {
            return Err(KindError(text));
        }
        Ok(Self { scope, name: name.to_owned() })
    }
}

impl From<BookKind> for String {
    fn from(kind: BookKind) -> Self {
        kind.to_string()
    }
}

/// Everything that names a book; its id is the hash of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BookKey {
    /// The office whose book it is; for `down/` the office addressed.
    pub office: OfficeId,
    /// Its kind.
    pub kind: BookKind,
    /// Calendar year; none for an evergreen book.
    pub year: Option<i16>,
    /// Raised by a keeper's signed order when a redaction makes a new book.
    pub generation: u32,
    /// The office that writes it, for `down/` only.
    pub superior: Option<OfficeId>,
}

impl BookKey {
    /// Names a book of an office; `year` is dropped for evergreen kinds.
    pub fn new(office: OfficeId, kind: BookKind, year: i16) -> Self {
        let year = (!kind.evergreen()).then_some(year);
        Self { office, kind, year, generation: 0, superior: None }
    }

    /// Names the dispatch book from `superior` to `office`.
    pub fn dispatch(office: OfficeId, superior: OfficeId, year: i16) -> Self {
        Self { superior: Some(superior), ..Self::new(office, BookKind::dispatch(), year) }
    }

    /// BLAKE3 over tag, office, kind, period, generation and, for `down/`, the superior. Neither root nor parent is part
    /// of it, so that moves and mergers of offices break nothing.
    pub fn id(&self) -> BookId {
        let year = self.year.map(i16::to_le_bytes);
        let kind = self.kind.to_string();
        let mut parts: Vec<&[u8]> =
            vec![self.office.as_bytes(), kind.as_bytes(), year.as_ref().map_or(&[], <[u8; 2]>::as_slice)];
        let generation = self.generation.to_le_bytes();
        parts.push(&generation);
        if let Some(superior) = &self.superior {
            parts.push(superior.as_bytes());
        }
        BookId(tagged_hash("ybz book 1", &parts))
    }

    /// Whether the parts fit together: a superior for `down/` and only there.
    pub fn is_sound(&self) -> bool {
        (self.kind.scope() == Scope::Down) == self.superior.is_some()
            && self.year.is_none_or(|year| (1900..=2200).contains(&year))
            && (!self.kind.is_known() || self.kind.evergreen() == self.year.is_none())
    }

    /// The office whose devices write this book.
    pub fn writer(&self) -> OfficeId {
        self.superior.unwrap_or(self.office)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_kind_still_tells_its_scope() {
        let kind = BookKind::try_from("own/something-new".to_owned()).unwrap();
        assert_eq!(kind.scope(), Scope::Own);
        assert!(!kind.is_known());
        assert!(BookKind::try_from("visits".to_owned()).is_err());
    }

    #[test]
    fn ids_differ_by_every_part_and_never_change() {
        let key = BookKey::new(OfficeId([1; 16]), BookKind::visits(), 2026);
        assert_ne!(key.id(), BookKey::new(OfficeId([1; 16]), BookKind::visits(), 2027).id());
        assert_ne!(key.id(), BookKey { generation: 1, ..key.clone() }.id());
        assert_eq!(
            key.id().to_string(),
            "c44e131b437a567f92cd91a601669676805031bed4017cc6cb03cba40debb6e0",
            "a book's id is part of the format and may never change"
        );
    }

    #[test]
    fn a_dispatch_book_is_written_by_the_superior() {
        let key = BookKey::dispatch(OfficeId([1; 16]), OfficeId([2; 16]), 2026);
        assert!(key.is_sound());
        assert_eq!(key.writer(), OfficeId([2; 16]));
        assert!(!BookKey { superior: None, ..key }.is_sound());
    }
}
