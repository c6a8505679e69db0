//! Scope: which office reads and writes which book, decided by the book's kind and the relation of offices alone.

use crate::book::{BookKey, Scope};
use crate::ids::{DeviceId, OfficeId};
use crate::office::OfficeKind;
use crate::trust::membership::Membership;

/// A device as a member of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The office it reads for.
    pub office: OfficeId,
    /// The device.
    pub device: DeviceId,
}

/// Whether a device may have a book. `up/` books go to the office and its superior, through a general branch up to the
/// nearest committee; `down/` books to the superior and the office; `own/` books to confirmed keepers and to
/// those whom a keeper granted it ([`Certificate::reads_own`](crate::trust::Certificate::reads_own)).
pub fn may_read(membership: &Membership, reader: Reader, book: &BookKey) -> bool {
    let Some(certificate) = membership.certificate(&reader.office, &reader.device) else { return false };
    if certificate.removed.is_some() || !book.is_sound() {
        return false;
    }
    match book.kind.scope() {
        Scope::Up => reader.office == book.office || reads_below(membership, &reader.office, &book.office),
        Scope::Down => {
            reader.office == book.office
                || membership.heir(&book.office) == reader.office
                || (book.superior == Some(reader.office) && membership.is_above(&reader.office, &book.office))
        }
        Scope::Own => reader.office == book.office && certificate.reads_own(),
    }
}

/// Whether a device may write a book now: it must be a clerk or keeper of the office that writes it, which was not closed,
/// and for `down/` that office must be the addressee's direct superior.
pub fn may_write(membership: &Membership, writer: Reader, book: &BookKey) -> bool {
    may_have_written(membership, writer, book)
        && !membership.is_closed(&writer.office)
        && (book.kind.scope() != Scope::Down || membership.parent(&book.office) == Some(writer.office))
}

/// Whether a device may have written a book at any time: what an office wrote before it was moved or closed stays good, also
/// when it arrives later.
pub fn may_have_written(membership: &Membership, writer: Reader, book: &BookKey) -> bool {
    let Some(certificate) = membership.certificate(&writer.office, &writer.device) else { return false };
    if !certificate.role.writes() || writer.office != book.writer() || !book.is_sound() {
        return false;
    }
    match book.kind.scope() {
        Scope::Up => true,
        Scope::Down => {
            membership.parent(&book.office) == Some(writer.office)
                || membership.was_parent(&writer.office, &book.office)
        }
        Scope::Own => certificate.had_own(),
    }
}

fn reads_below(membership: &Membership, reader: &OfficeId, office: &OfficeId) -> bool {
    let mut at = membership.heir(office);
    if at != *office && at == *reader {
        return true;
    }
    for _ in 0..64 {
        let Some(parent) = membership.parent(&at) else { return false };
        if parent == *reader {
            // Records of a branch go to a committee or general branch; a department never sees them.
            return membership.offices.get(reader).is_some_and(|view| view.kind != OfficeKind::OrganizationDepartment)
                || membership.offices.get(office).is_some_and(|view| view.kind != OfficeKind::Branch);
        }
        if membership.offices.get(&parent).is_none_or(|view| view.kind != OfficeKind::GeneralBranch) {
            return false;
        }
        at = parent;
    }
    false
}
