//! What each kind of book may hold: record types and their fields. Local commits are held to this table, and the page
//! 哪些内容会离开本机 is made from it, so that what is shown there is what can be written.

mod tables;
mod words;

use tables::{DESK, DISPATCH, DUES, HOUSEHOLDS, MEETINGS, PRIVATE, ROSTER, TASKS, VISITS};

use crate::book::{BookKind, COPIED, DELETED, RecordOp, Scope, UNDECIDED, Value};
use crate::ledger::deletion::may_be_marked;
use crate::ledger::visit::SEALED;

pub use words::{free_text, is_free_text};

/// 代录: the record was made by a device that keeps the books in custody. Every type has it; the commit sets it.
pub const CUSTODIAN: &str = "custodian";

/// 看过: versions of a merging text, by the hashes of their changes, that a person has looked at side by side.
pub const SEEN_TEXT: &str = "seen/";

/// A record type with its fields. A name that ends in `/` stands for one key each, such as `mark/` for `mark/<member>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordType {
    /// Its name in books.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [&'static str],
    /// What the sealed field holds, by the names that people know; empty: nothing is sealed.
    pub sealed: &'static [&'static str],
}

impl RecordType {
    /// Whether a field of this name may be written.
    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|name| match name.strip_suffix('/') {
            Some(prefix) => field.strip_prefix(prefix).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')),
            None => *name == field,
        })
    }

    fn admits(&self, field: &str, value: Option<&Value>) -> bool {
        // What is sealed is never written open, and nothing else is written as bytes.
        let sealed = field == SEALED;
        if field == DELETED {
            // The mark of a deleted record names a record, or nothing; no table lists it.
            return may_be_marked(self.name) && value.is_none_or(|value| value.as_str().is_some());
        }
        self.has(field) && value.is_none_or(|value| matches!(value, Value::Bytes(_)) == sealed)
    }
}

const fn open(name: &'static str, fields: &'static [&'static str]) -> RecordType {
    RecordType { name, fields, sealed: &[] }
}

const fn sealed(name: &'static str, fields: &'static [&'static str], sealed: &'static [&'static str]) -> RecordType {
    RecordType { name, fields, sealed }
}

/// The record types of a kind; none for a kind that this program does not know, into which it writes nothing.
pub fn contents(kind: &BookKind) -> &'static [RecordType] {
    match kind.to_string().as_str() {
        "up/roster" => ROSTER,
        "up/meetings" => MEETINGS,
        "up/dues" => DUES,
        "up/visits" => VISITS,
        "up/tasks" => TASKS,
        "down/dispatch" => DISPATCH,
        "own/households" => HOUSEHOLDS,
        "own/private" => PRIVATE,
        "own/desk" => DESK,
        _ => &[],
    }
}

/// The first field of a step that does not belong into books of a kind; none when all of it does.
pub fn misplaced(kind: &BookKind, op: &RecordOp) -> Option<String> {
    let types = contents(kind);
    let any = |field: &str, value: Option<&Value>| types.iter().any(|one| one.admits(field, value));
    // A record that is carried into a new generation says where it was first.
    let copied =
        |field: &str, value: &Value| kind.scope() == Scope::Up && COPIED.contains(&field) && value.as_str().is_some();
    match op {
        RecordOp::Create { rtype, fields, .. } => match types.iter().find(|one| one.name == rtype) {
            None => Some(rtype.clone()),
            Some(one) => fields
                .iter()
                .find(|(name, value)| !one.admits(name, Some(value)) && !copied(name, value))
                .map(|(name, _)| name.clone()),
        },
        // These name a record and not its type: some type of the book must have the field.
        RecordOp::Set { field, value, .. } => {
            // A choice taken back names the changes that wrote the values, for a field of the table.
            let undecided = field.strip_prefix(UNDECIDED).is_some_and(|of| any(of, None) && value.as_str().is_some());
            (!undecided && !any(field, Some(value))).then(|| field.clone())
        }
        // What is taken away may be what a choice that was taken back had named.
        RecordOp::Clear { field, .. } => {
            (!any(field.strip_prefix(UNDECIDED).unwrap_or(field), None)).then(|| field.clone())
        }
        RecordOp::EditText { field, .. } => (!any(field, None)).then(|| field.clone()),
    }
}

#[cfg(test)]
mod tests;
