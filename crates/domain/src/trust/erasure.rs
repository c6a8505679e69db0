//! Erasure (删除) of a household: a signed order that beats every key of it, whenever that key comes.
//!
//! Between the office's own devices the order travels whole. In `up/visits` only a *mark* travels, a hash of the
//! household's id: whoever reads that book learns that something was erased and not what, and a restored backup of the
//! office's own, which has the id, learns what it must not open any more.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::membership::Membership;
use super::scope::{Reader, may_write};
use crate::book::{BookKey, BookKind, RecordOp, RecordView};
use crate::ids::{DeviceId, OfficeId, RecordId, tagged_hash};
use crate::sign::Statement;

/// An erased household's mark, in `up/visits`.
pub const ERASURE: &str = "erasure";
const MARK: &str = "erased_mark";

/// A household of an office is erased: every key of it is destroyed, and refused from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The office.
    pub office: OfficeId,
    /// The household, or whoever else is the subject of keys.
    pub household: RecordId,
    /// When, for people.
    pub on: Date,
}

impl Statement for Erasure {
    const TAG: &'static str = "ybz erasure 1";
}

/// What a signer's word about an erasure is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraseRight {
    /// It may write the office's private books.
    Holds,
    /// It might, and was removed: the order holds if the household's mark stands in the office's book, where only what
    /// the removal left standing is accepted.
    IfMarked,
    /// It never might.
    Void,
}

impl Erasure {
    /// What the order is worth by this signer.
    pub fn right(&self, membership: &Membership, signer: &DeviceId) -> EraseRight {
        let book = BookKey::new(self.office, BookKind::households(), self.on.year());
        let writer = Reader { office: self.office, device: *signer };
        // One that has handed over orders no more either; what it ordered before has left its mark.
        let ended = membership.certificate(&self.office, signer).is_some_and(|held| !held.is_active());
        match (may_write(membership, writer, &book), ended) {
            (true, false) => EraseRight::Holds,
            (true, true) => EraseRight::IfMarked,
            (false, _) => EraseRight::Void,
        }
    }
}

/// Names an erased household to those alone who know its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ErasureMark(pub [u8; 32]);

impl ErasureMark {
    /// The mark of a household. Its id holds 74 random bits, so nobody finds it by trying.
    pub fn of(household: &RecordId) -> Self {
        Self(tagged_hash("ybz erasure mark 1", &[household.as_bytes()]))
    }

    /// The mark of a record of `up/visits`, with the day on which it was set; none when the record is another one.
    pub fn read(record: &RecordView) -> Option<(Self, String)> {
        let hex = (record.rtype == ERASURE).then(|| record.str(MARK))?;
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?;
        Some((Self(bytes.try_into().ok()?), record.str("recorded_on").to_owned()))
    }

    /// The step that sets it. Two devices that erase one household make one record.
    pub fn create(&self, recorded_on: &str) -> RecordOp {
        let fields = vec![
            (MARK.to_owned(), data_encoding::HEXLOWER.encode(&self.0).into()),
            ("recorded_on".to_owned(), recorded_on.into()),
        ];
        RecordOp::Create { id: self.record(), rtype: ERASURE.to_owned(), fields }
    }

    /// Id of the record.
    pub fn record(&self) -> RecordId {
        RecordId::natural("ybz erasure record 1", &[&self.0])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::book::{apply, new_document, read_record};
    use crate::ids::ActorId;
    use crate::office::OfficeKind;
    use crate::trust::testing::{TODAY, device, office};
    use crate::trust::{Certificate, Course, OfficeView, Role};

    #[test]
    fn a_mark_reads_back_and_two_devices_make_one_record_of_it() {
        let mark = ErasureMark::of(&RecordId([7; 16]));
        let mut doc = new_document(&BookKind::visits()).unwrap();
        apply(&mut doc, &ActorId([1; 16]), TODAY, &[mark.create("2026-03-20")]).unwrap();
        let record = read_record(&doc, mark.record()).unwrap();
        assert_eq!(ErasureMark::read(&record), Some((mark, "2026-03-20".to_owned())));
        assert_ne!(mark, ErasureMark::of(&RecordId([8; 16])));
    }

    #[test]
    fn whoever_may_write_private_books_may_erase_and_a_removed_device_only_with_the_mark() {
        let certificate = |role, confirmed, removed: bool| Certificate {
            confirmed,
            granted: true,
            removed: removed.then(BTreeMap::new),
            ..Certificate::new(role)
        };
        let devices = BTreeMap::from([
            (device(1), certificate(Role::Clerk, true, false)),
            (device(2), certificate(Role::Clerk, false, false)),
            (device(3), certificate(Role::Viewer, true, false)),
            (device(4), certificate(Role::Keeper, true, true)),
        ]);
        let mut known = Membership::default();
        let view = OfficeView {
            name: String::new(),
            kind: OfficeKind::Branch,
            adoption: None,
            devices,
            course: Course::default(),
        };
        known.offices.insert(office(7), view);
        let order = Erasure { office: office(7), household: RecordId([7; 16]), on: TODAY };
        let right = |number| order.right(&known, &device(number));
        assert_eq!([right(1), right(4)], [EraseRight::Holds, EraseRight::IfMarked]);
        assert_eq!([right(2), right(3), right(9)], [EraseRight::Void; 3]);
        let elsewhere = Erasure { office: office(8), ..order };
        assert_eq!(elsewhere.right(&known, &device(1)), EraseRight::Void, "of no other office");
    }
}
