//! Areas of the program that a profile may hide. They are enforced where calls run, not on the screen alone.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKind, Scope};

/// A part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Area {
    /// Residents and talks: `own/` books.
    Households,
    /// 党费
    Dues,
    /// 汇总
    Totals,
    /// Devices, invitations, profiles, keys, backups, the local log.
    Organisation,
}

impl Area {
    /// Every area.
    pub(crate) const ALL: [Self; 4] = [Self::Households, Self::Dues, Self::Totals, Self::Organisation];

    /// Stable word, also used in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Dues => "dues",
            Self::Totals => "totals",
            Self::Organisation => "organisation",
        }
    }

    /// The area of this word, if there is one.
    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.as_str() == word)
    }
}

/// Calls of everybody by the word before the dot. What they tell of a hidden area is left out where books are read.
const FREE: &[&str] = &[
    "node",
    "settings",
    "today",
    "date",
    "changes",
    "draft",
    "conflict",
    "visit",
    "answer",
    "meeting",
    "vote",
    "appraisal",
    "training",
    "matter",
    "checklist",
    "dispatch",
    // Papers of the desk are left out where books are read.
    "flow",
    "case",
    "interview",
    "common",
    "weak",
    "listed",
    "project",
    "letter",
    "member",
    "mobile",
    "transfer",
    "admission",
    "term",
    "body",
    "fund",
    "import",
    "sync",
    "record",
    "month",
    "submission",
    "decide",
    "period",
    "turn",
    "template",
    "matrix",
    "merged",
    "roles",
    // What a profile does not see is left out where books are read.
    "desk",
    "search",
    "rules",
    "undo",
    "deleted",
    "past",
    "names",
    // What a profile does not see is not counted.
    "reminder",
    // Nobody's books.
    "sample",
    // Each kind of sheet says itself which areas it shows.
    "sheet",
    // The same: a form is filled from a sheet.
    "fill",
];
/// Calls of everybody by their whole name.
const FREE_CALLS: &[&str] = &[
    "profile.list",
    "profile.choose",
    "profile.lock",
    "join.state",
    "join.pending",
    "org.tree",
    // Whoever is at the screen has to see that this computer was removed or handed over.
    "device.notices",
];

/// The area that a call belongs to; none: everybody's. A call that is not named here belongs to the organisation, so that
/// one that is forgotten is hidden rather than shown.
pub(crate) fn area_of(call: &str) -> Option<Area> {
    let word = call.split('.').next().unwrap_or_default();
    match word {
        _ if FREE_CALLS.contains(&call) => None,
        "member" if ["member.private", "member.private_save", "member.reveal"].contains(&call) => {
            Some(Area::Households)
        }
        "case" if call == "case.private" => Some(Area::Households),
        "record" if call != "record.history" => Some(Area::Organisation),
        _ if FREE.contains(&word) => None,
        // Likely duplicates are told from what stands on the desk, which is an `own/` book.
        "household" | "concern" | "pairing" | "aid" | "care" | "talk" | "alike" if call != "household.erase" => {
            Some(Area::Households)
        }
        "dues" => Some(Area::Dues),
        "snapshot" => Some(Area::Totals),
        _ => Some(Area::Organisation),
    }
}

/// Whether books of a kind are in a hidden area.
pub(crate) fn hides(hidden: &BTreeSet<Area>, kind: &BookKind) -> bool {
    (hidden.contains(&Area::Households) && kind.scope() == Scope::Own)
        || (hidden.contains(&Area::Dues) && *kind == BookKind::dues())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TABLE;

    #[test]
    fn calls_on_residents_dues_totals_and_devices_belong_to_their_area() {
        for (call, area) in [
            ("household.list", Some(Area::Households)),
            ("concern.hand_in", Some(Area::Households)),
            ("aid.list", Some(Area::Households)),
            ("talk.save", Some(Area::Households)),
            ("alike.list", Some(Area::Households)),
            ("answer.save", None),
            ("household.erase", Some(Area::Organisation)),
            ("member.private", Some(Area::Households)),
            ("member.private_save", Some(Area::Households)),
            ("member.reveal", Some(Area::Households)),
            ("member.file", None),
            ("case.private", Some(Area::Households)),
            ("case.accept", None),
            ("flow.act", None),
            ("dues.sheet", Some(Area::Dues)),
            ("snapshot.make", Some(Area::Totals)),
            ("invite.device", Some(Area::Organisation)),
            ("profile.save", Some(Area::Organisation)),
            ("profile.choose", None),
            ("device.notices", None),
            ("device.list", Some(Area::Organisation)),
            ("something.new", Some(Area::Organisation)),
            ("visit.get", None),
        ] {
            assert_eq!(area_of(call), area, "{call}");
        }
        assert!(TABLE.iter().filter(|entry| area_of(entry.name).is_none()).count() > 20);
    }

    #[test]
    fn words_are_read_back() {
        for area in Area::ALL {
            assert_eq!(Area::read(area.as_str()), Some(area));
        }
        assert_eq!(Area::read("visits"), None);
    }
}
