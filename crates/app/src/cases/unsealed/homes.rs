//! The households of an office as they open here.

use std::collections::BTreeMap;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{HOUSEHOLD, HouseholdIdentity};
use ybz_domain::pinyin;
use zeroize::Zeroize;

use super::{Line, Opened, Opener, Wipe, said};
use crate::cases::household::Household;
use crate::cx::Cx;
use crate::error::Answer;
use crate::natural;

/// All that open, by name.
pub(crate) struct Homes {
    lines: Vec<Line<Household>>,
    places: BTreeMap<RecordId, usize>,
}

impl Wipe for HouseholdIdentity {
    fn wipe(&mut self) {
        let Self { name, door, phone, note } = self;
        [name, door, phone, note].into_iter().for_each(Zeroize::zeroize);
    }
}

impl Wipe for Household {
    fn wipe(&mut self) {
        self.identity.wipe();
    }
}

impl Homes {
    /// All, by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Household> {
        self.lines.iter().map(|line| &line.row)
    }

    /// One by its id; none that does not open.
    pub(crate) fn get(&self, id: &RecordId) -> Option<&Household> {
        self.places.get(id).and_then(|place| self.lines.get(*place)).map(|line| &line.row)
    }

    /// Those whose name, door or phone a query in lowercase is part of, by name; the name also by sound.
    pub(crate) fn found(&self, wanted: &str) -> Vec<&Household> {
        let fits = |line: &&Line<Household>| {
            let identity = &line.row.identity;
            line.matches(wanted) || identity.door.to_lowercase().contains(wanted) || identity.phone.contains(wanted)
        };
        self.lines.iter().filter(fits).map(|line| &line.row).collect()
    }

    /// Those whose name a query in lowercase is part of, also by sound.
    pub(crate) fn named<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a Household> {
        self.lines.iter().filter(move |line| line.matches(wanted)).map(|line| &line.row)
    }
}

impl Opened for Homes {
    const MADE_OF: &'static [&'static str] = &[];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let opener = Opener::new(cx)?;
        let stored = cx.records(HOUSEHOLD, None)?;
        let opened = stored.iter().filter_map(|stored| {
            let id = stored.view.id;
            let identity: HouseholdIdentity = opener.open(stored, &id)?;
            Some(Line { said: said(&[&identity.name]), row: Household { id, identity }, year: None })
        });
        let mut lines: Vec<Line<Household>> = opened.collect();
        lines.sort_by_cached_key(|line| {
            let Household { id, identity } = &line.row;
            (pinyin::key(&identity.name), natural::key(&identity.door), *id)
        });
        let places = lines.iter().enumerate().map(|(place, line)| (line.row.id, place)).collect();
        Ok(Self { lines, places })
    }
}
