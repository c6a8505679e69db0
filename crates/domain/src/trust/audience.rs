//! Who gets the books of an office, told before it has joined anybody: asked of [`may_read`] itself on a model tree.

use std::collections::BTreeMap;

use crate::book::{BookKey, BookKind, Scope};
use crate::date::CLOCK_FLOOR;
use crate::ids::{DeviceId, OfficeId};
use crate::office::OfficeKind;
use crate::trust::entry::Role;
use crate::trust::membership::{Adoption, Certificate, Course, Membership, OfficeView};
use crate::trust::scope::{Reader, may_read};

/// Somebody who may get a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Every device of the office.
    OwnDevices,
    /// Devices of the office that were compared by six digits: keepers', and those that a keeper let in.
    OwnConfirmed,
    /// The direct superior.
    Superior,
    /// The committee above a general branch.
    CommitteeAbove,
    /// The organization department, where it is not the superior itself.
    Department,
    /// The subordinate to which it is addressed.
    Addressee,
    /// Another office below the same superior.
    Sibling,
}

impl Audience {
    /// Stable word, also used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnDevices => "own_devices",
            Self::OwnConfirmed => "own_confirmed",
            Self::Superior => "superior",
            Self::CommitteeAbove => "committee_above",
            Self::Department => "department",
            Self::Addressee => "addressee",
            Self::Sibling => "sibling",
        }
    }
}

const DEPARTMENT: OfficeId = OfficeId([1; 16]);
pub(super) const COMMITTEE: OfficeId = OfficeId([2; 16]);
const GENERAL: OfficeId = OfficeId([3; 16]);
pub(super) const BRANCH: OfficeId = OfficeId([4; 16]);
const BELOW_GENERAL: OfficeId = OfficeId([5; 16]);
const SIBLING: OfficeId = OfficeId([6; 16]);
const SIBLING_COMMITTEE: OfficeId = OfficeId([7; 16]);

pub(super) const CONFIRMED: u8 = 1;
const UNCONFIRMED: u8 = 2;
const VIEWER: u8 = 3;

pub(super) fn device(office: OfficeId, which: u8) -> DeviceId {
    let mut id = [which; 32];
    id[..16].copy_from_slice(&office.0);
    DeviceId(id)
}

/// A tree with every relation that the rules know.
pub(super) fn model() -> Membership {
    let places = [
        (DEPARTMENT, OfficeKind::OrganizationDepartment, None),
        (COMMITTEE, OfficeKind::Committee, Some(DEPARTMENT)),
        (GENERAL, OfficeKind::GeneralBranch, Some(COMMITTEE)),
        (BRANCH, OfficeKind::Branch, Some(COMMITTEE)),
        (BELOW_GENERAL, OfficeKind::Branch, Some(GENERAL)),
        (SIBLING, OfficeKind::Branch, Some(COMMITTEE)),
        (SIBLING_COMMITTEE, OfficeKind::Committee, Some(DEPARTMENT)),
    ];
    let certificate = |role, confirmed| Certificate { role, confirmed, ..Certificate::bare() };
    let offices = places.into_iter().map(|(office, kind, parent)| {
        let devices = BTreeMap::from([
            (device(office, CONFIRMED), certificate(Role::Keeper, true)),
            (device(office, UNCONFIRMED), certificate(Role::Keeper, false)),
            (device(office, VIEWER), certificate(Role::Viewer, true)),
        ]);
        let adoption = parent.map(|parent| Adoption { parent, valid_from: CLOCK_FLOOR });
        (office, OfficeView { name: String::new(), kind, adoption, devices, course: Course::default() })
    });
    let mut model = Membership::default();
    model.root = Some(DEPARTMENT);
    model.offices = offices.collect();
    model
}

/// Who gets books of a kind that belong to an office of a kind, or that it writes for a subordinate (`down/`).
pub fn audience(kind: &BookKind, office: OfficeKind) -> Vec<Audience> {
    let model = model();
    let me = match office {
        OfficeKind::OrganizationDepartment => DEPARTMENT,
        OfficeKind::Committee => COMMITTEE,
        OfficeKind::GeneralBranch => GENERAL,
        OfficeKind::Branch => BRANCH,
    };
    let year = 2026;
    let book = |of: OfficeId| match kind.scope() {
        Scope::Up | Scope::Own => Some(BookKey::new(of, kind.clone(), year)),
        // What it writes for the office below it; a branch writes none.
        Scope::Down => {
            let below = model.children(&of).first().copied()?;
            Some(BookKey { superior: Some(of), ..BookKey::new(below, kind.clone(), year) })
        }
    };
    let reads = |reader: OfficeId, which: u8, key: &BookKey| {
        may_read(&model, Reader { office: reader, device: device(reader, which) }, key)
    };
    let any =
        |reader: OfficeId, key: &BookKey| [CONFIRMED, UNCONFIRMED, VIEWER].iter().any(|one| reads(reader, *one, key));
    let Some(key) = book(me) else { return Vec::new() };
    let mut out = Vec::new();
    if reads(me, UNCONFIRMED, &key) || reads(me, VIEWER, &key) {
        out.push(Audience::OwnDevices);
    } else if reads(me, CONFIRMED, &key) {
        out.push(Audience::OwnConfirmed);
    }
    let superior = model.parent(&me);
    if superior.is_some_and(|superior| any(superior, &key)) {
        out.push(Audience::Superior);
    }
    if office == OfficeKind::Branch && book(BELOW_GENERAL).is_some_and(|key| any(COMMITTEE, &key)) {
        out.push(Audience::CommitteeAbove);
    }
    if superior != Some(DEPARTMENT) && me != DEPARTMENT && any(DEPARTMENT, &key) {
        out.push(Audience::Department);
    }
    if kind.scope() == Scope::Down && any(key.office, &key) {
        out.push(Audience::Addressee);
    }
    let beside = if office == OfficeKind::Committee { SIBLING_COMMITTEE } else { SIBLING };
    if key.office != beside && any(beside, &key) {
        out.push(Audience::Sibling);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_shows_its_ledgers_to_the_superior_and_its_own_books_to_compared_devices_alone() {
        use Audience::{CommitteeAbove, OwnConfirmed, OwnDevices, Superior};
        for kind in BookKind::known() {
            let expected = match kind.scope() {
                Scope::Up => vec![OwnDevices, Superior, CommitteeAbove],
                Scope::Own => vec![OwnConfirmed],
                Scope::Down => Vec::new(),
            };
            assert_eq!(audience(&kind, OfficeKind::Branch), expected, "{kind}");
        }
    }

    #[test]
    fn nobody_beside_reads_anything_and_no_department_reads_a_branch() {
        for kind in BookKind::known() {
            for office in [
                OfficeKind::OrganizationDepartment,
                OfficeKind::Committee,
                OfficeKind::GeneralBranch,
                OfficeKind::Branch,
            ] {
                let found = audience(&kind, office);
                assert!(
                    !found.contains(&Audience::Sibling) && !found.contains(&Audience::Department),
                    "{kind} {office:?}"
                );
            }
        }
    }

    #[test]
    fn what_a_committee_sends_down_goes_to_its_addressee() {
        let down = audience(&BookKind::dispatch(), OfficeKind::Committee);
        assert_eq!(down, [Audience::OwnDevices, Audience::Addressee]);
        assert_eq!(audience(&BookKind::tasks(), OfficeKind::Committee), [Audience::OwnDevices, Audience::Superior]);
    }
}
