//! What a list comes to: each row with what would be made of it, what has to be asked, and what cannot be used, at its cell.

mod cells;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::ids::OfficeId;
use ybz_domain::office::OfficeKind;

use super::place::{Above, Placed, Unclear, is_self, place};
use super::read::{Kind, List, Place, Row};
use crate::cases::bulk::list::key;
use crate::dto::bulk::BulkFault;
use crate::dto::tree_list::{TreeListChoice, TreeListQuestion};

/// Characters of a name.
const MAX_NAME: usize = 60;
/// Rows that one question offers at most.
const OFFERED: usize = 50;
/// The answer that leaves a row out.
pub(super) const SKIP: &str = "skip";

/// What is known beside the list.
pub(super) struct Known {
    /// Key of this office's name.
    pub(super) own: String,
    pub(super) kind: OfficeKind,
    /// Offices anywhere below, by the keys of their names; one that two bear is none's.
    pub(super) below: BTreeMap<String, OfficeId>,
    /// Offices right below by the keys of their names, with whether they are kept in custody here.
    pub(super) children: BTreeMap<String, (OfficeId, bool)>,
    /// Open invitations.
    pub(super) open: BTreeSet<String>,
    /// Kinds of the offices below.
    pub(super) kinds: BTreeMap<OfficeId, OfficeKind>,
    pub(super) today: Date,
}

/// Where a body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    Own,
    /// A village that is kept in custody here.
    Known(OfficeId),
    /// A village that this list brings into custody, by its row.
    Row(usize),
}

/// What is made of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// It is this office.
    Itself,
    /// A body, in the books of its host.
    Body(Host),
    Invite,
    Custody,
    There,
    Open,
    NotHere,
    Asked,
    Skipped,
    /// A fault tells why.
    Fault,
}

impl Action {
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::Body(_) => "body",
            Self::Invite => "invite",
            Self::Custody => "custody",
            Self::There => "there",
            Self::Open => "open",
            Self::NotHere => "not_here",
            Self::Asked => "asked",
            Self::Skipped | Self::Fault => "skipped",
        }
    }
}

/// A row with all that is known of it.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) kind: Option<Kind>,
    pub(super) kind_from_name: bool,
    pub(super) above: Above,
    pub(super) depth: u32,
    pub(super) action: Action,
    pub(super) region: Option<String>,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) units: Vec<String>,
    pub(super) basis: &'static str,
}

/// The whole list.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) rows: Vec<Planned>,
    pub(super) questions: Vec<TreeListQuestion>,
    pub(super) faults: Vec<BulkFault>,
}

impl Plan {
    /// Questions that nobody has answered.
    pub(super) fn unanswered(&self) -> usize {
        self.questions.iter().filter(|one| one.answer.is_none()).count()
    }
}

struct Reading<'a> {
    list: &'a List,
    known: &'a Known,
    answers: &'a BTreeMap<String, String>,
    plan: Plan,
}

/// Plans a list.
pub(super) fn plan(list: &List, known: &Known, answers: &BTreeMap<String, String>) -> Plan {
    let mut reading = Reading { list, known, answers, plan: Plan::default() };
    for (sheet, cell) in &list.nameless {
        reading.fault(sheet, cell, "name_missing");
    }
    let mut placed = place(list, &known.own, &known.below);
    reading.ask_places(&mut placed);
    for row in 0..list.rows.len() {
        let planned = reading.row(row, &placed);
        reading.plan.rows.push(planned);
    }
    reading.twice();
    reading.regions();
    reading.settle(&placed);
    let mut plan = reading.plan;
    // As they stand in the list, so that a person goes through it once.
    let row =
        |cell: &str| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().unwrap_or(u32::MAX);
    plan.questions.sort_by(|a, b| (&a.sheet, row(&a.cell), &a.cell).cmp(&(&b.sheet, row(&b.cell), &b.cell)));
    plan
}

impl Reading<'_> {
    fn fault(&mut self, sheet: &str, place: &Place, code: &str) {
        self.plan.faults.push(BulkFault {
            sheet: sheet.to_owned(),
            cell: place.cell.clone(),
            code: code.to_owned(),
            text: place.text.chars().take(40).collect(),
        });
    }

    /// Asks, or tells the answer that was given. One that is none of the choices is no answer.
    fn ask(&mut self, row: &Row, place: &Place, code: &str, choices: Vec<TreeListChoice>) -> Option<String> {
        let id = format!("{code}:{}!{}", row.sheet, place.cell);
        let answer = self.answers.get(&id).filter(|answer| choices.iter().any(|choice| choice.value == **answer));
        self.plan.questions.push(TreeListQuestion {
            id,
            sheet: row.sheet.clone(),
            cell: place.cell.clone(),
            code: code.to_owned(),
            name: row.name.text.clone(),
            text: place.text.chars().take(40).collect(),
            choices,
            answer: answer.cloned(),
        });
        answer.cloned()
    }

    /// The rows that a row may stand below: those that are meant, or some that come before it and after it. The list itself is the
    /// place to say another one.
    fn offered(&self, unclear: &Unclear) -> Vec<&Row> {
        let near = unclear.row.saturating_sub(OFFERED / 2)..=unclear.row.saturating_add(OFFERED / 2);
        let places: Vec<usize> = if unclear.rows.is_empty() { near.collect() } else { unclear.rows.clone() };
        let others = places.into_iter().filter(|at| *at != unclear.row).take(OFFERED);
        others.filter_map(|at| self.list.rows.get(at)).collect()
    }

    fn ask_places(&mut self, placed: &mut Placed) {
        for unclear in std::mem::take(&mut placed.unclear) {
            let Some(row) = self.list.rows.get(unclear.row) else { continue };
            let place = if unclear.code == "level_gap" { &row.level } else { &row.above };
            let mut choices = vec![TreeListChoice { value: "own".to_owned(), label: String::new() }];
            for other in self.offered(&unclear) {
                let label = format!("{} {}", other.name.text, other.name.cell);
                choices.push(TreeListChoice { value: format!("row:{}!{}", other.sheet, other.name.cell), label });
            }
            choices.push(TreeListChoice { value: SKIP.to_owned(), label: String::new() });
            let answer = self.ask(row, place, unclear.code, choices);
            let above = match answer.as_deref() {
                None => Above::Asked,
                Some("own") => Above::Own,
                Some(SKIP) => Above::Skipped,
                Some(value) => {
                    let named = |other: &Row| format!("row:{}!{}", other.sheet, other.name.cell) == value;
                    self.list.rows.iter().position(named).map_or(Above::Asked, Above::Row)
                }
            };
            if let Some(known) = placed.above.get_mut(unclear.row) {
                *known = above;
            }
        }
    }

    fn row(&mut self, at: usize, placed: &Placed) -> Planned {
        let above = placed.above.get(at).copied().unwrap_or(Above::Skipped);
        let mut planned = Planned {
            kind: None,
            kind_from_name: false,
            above,
            depth: 0,
            action: Action::NotHere,
            region: None,
            from: None,
            until: None,
            units: Vec::new(),
            basis: "",
        };
        let Some(row) = self.list.rows.get(at) else { return planned };
        if row.name.text.chars().count() > MAX_NAME {
            self.fault(&row.sheet, &row.name, "name_too_long");
            planned.action = Action::Fault;
            return planned;
        }
        if placed.unreadable.contains(&at) {
            self.fault(&row.sheet, &row.level, "level_unknown");
            planned.action = Action::Fault;
            return planned;
        }
        match above {
            Above::Skipped => planned.action = Action::Skipped,
            Above::Asked => planned.action = Action::Asked,
            _ => {}
        }
        if is_self(&self.list.rows, placed, at, &self.known.own) {
            planned.action = Action::Itself;
            planned.kind = Some(Kind::Office(self.known.kind));
            return planned;
        }
        self.kind(row, &mut planned);
        match planned.kind {
            Some(Kind::Body(_)) => self.body(row, &mut planned),
            Some(Kind::Office(kind)) => self.office(row, kind, &mut planned),
            None => {}
        }
        planned
    }

    /// A name that stands twice below the same: the second is asked about.
    fn twice(&mut self) {
        let mut seen = BTreeSet::new();
        for at in 0..self.plan.rows.len() {
            let (Some(planned), Some(row)) = (self.plan.rows.get(at), self.list.rows.get(at)) else { continue };
            if matches!(planned.action, Action::Skipped | Action::Fault | Action::Itself) {
                continue;
            }
            let above = match planned.above {
                Above::Own => "own".to_owned(),
                Above::Row(parent) => parent.to_string(),
                Above::Known(office) => office.to_string(),
                Above::Asked | Above::Skipped => continue,
            };
            if seen.insert((above, key(&row.name.text))) {
                continue;
            }
            // Two offices of one name cannot be told apart by whoever is invited; of bodies a person may want two.
            let office = matches!(planned.kind, Some(Kind::Office(_)));
            let words: &[&str] = if office { &[SKIP] } else { &[SKIP, "keep"] };
            let choices = words.iter().map(|word| choice(word)).collect();
            let action = match self.ask(row, &row.name, "name_twice", choices).as_deref() {
                None => Action::Asked,
                Some(SKIP) => Action::Skipped,
                Some(_) => continue,
            };
            if let Some(planned) = self.plan.rows.get_mut(at) {
                planned.action = action;
            }
        }
    }

    /// A region code that stands twice is one mistake: which of the two is for a person to see.
    fn regions(&mut self) {
        let mut seen = BTreeSet::new();
        for at in 0..self.plan.rows.len() {
            let Some(code) = self.plan.rows.get(at).and_then(|planned| planned.region.clone()) else { continue };
            if seen.insert(code) {
                continue;
            }
            let Some(row) = self.list.rows.get(at) else { continue };
            let action =
                match self.ask(row, &row.region, "region_twice", vec![choice("without"), choice(SKIP)]).as_deref() {
                    None => Some(Action::Asked),
                    Some(SKIP) => Some(Action::Skipped),
                    Some(_) => None,
                };
            if let Some(planned) = self.plan.rows.get_mut(at) {
                planned.region = None;
                if let Some(action) = action {
                    planned.action = action;
                }
            }
        }
    }
}

fn choice(value: &str) -> TreeListChoice {
    TreeListChoice { value: value.to_owned(), label: String::new() }
}
