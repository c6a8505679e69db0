//! Payments and assessments of a dues ledger against those recorded.

mod quarter;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::people::{People, Person, which};
use super::{Draft, NewAssessment, NewPayment, PersonRef};
use crate::dto::dues::DuesClass;
use crate::import::known::{Known, KnownAssessment};
use crate::import::rows::{DuesRow, Origin, PaidMonth, months_of};
use crate::import::value::amount::yuan;

/// What is recorded for one member and month: the sum that stands, and the amounts that were reversed.
#[derive(Default)]
struct Recorded {
    standing_fen: i64,
    reversed_fen: Vec<i64>,
}

/// Payments and assessments by member, and what this plan adds.
struct Books<'a> {
    recorded: BTreeMap<&'a str, BTreeMap<&'a str, Recorded>>,
    assessments: BTreeMap<&'a str, Vec<&'a KnownAssessment>>,
    planned: BTreeSet<(PersonRef, String)>,
}

impl<'a> Books<'a> {
    fn of(known: &'a Known) -> Self {
        let mut recorded: BTreeMap<&str, BTreeMap<&str, Recorded>> = BTreeMap::new();
        for payment in &known.payments {
            let month = recorded.entry(&payment.member).or_default().entry(&payment.month).or_default();
            if payment.reversed {
                month.reversed_fen.push(payment.amount_fen);
            } else {
                month.standing_fen += payment.amount_fen;
            }
        }
        let mut assessments: BTreeMap<&str, Vec<&KnownAssessment>> = BTreeMap::new();
        for assessment in &known.assessments {
            assessments.entry(&assessment.member).or_default().push(assessment);
        }
        Self { recorded, assessments, planned: BTreeSet::new() }
    }

    fn recorded(&self, member: &PersonRef, month: &str) -> Option<&Recorded> {
        match member {
            PersonRef::Known(id) => self.recorded.get(id.as_str())?.get(month),
            PersonRef::New(_) => None,
        }
    }

    /// What stands for all months of a quarter.
    fn standing_in(&self, row: &DuesRow, member: &PersonRef, quarter: u8) -> i64 {
        months_of(quarter).map(|month| self.standing(member, &month_of(row, month))).sum()
    }

    fn standing(&self, member: &PersonRef, month: &str) -> i64 {
        self.recorded(member, month).map_or(0, |recorded| recorded.standing_fen)
    }
}

fn month_of(row: &DuesRow, month: u8) -> String {
    format!("{:04}-{month:02}", row.year)
}

pub(super) fn plan(draft: &mut Draft<'_>, people: &People, rows: Vec<DuesRow>) {
    let mut books = Books::of(draft.known);
    // People of one name whose payments are all recorded are met once each, so that no question comes up again.
    let mut met: BTreeSet<(String, PersonRef)> = BTreeSet::new();
    let mut seen: BTreeSet<(String, PersonRef, i16)> = BTreeSet::new();
    for row in rows {
        let candidates = people.in_group(&row.name, &row.group);
        let person: &Person = match candidates.as_slice() {
            [] => {
                draft.error(&row.origin, "person_unknown", &row.name);
                continue;
            }
            [one] => one,
            several => {
                let paid = !row.paid.is_empty() || !row.quarters.is_empty();
                let free = several.iter().copied().find(|person| {
                    paid && !met.contains(&(row.origin.sheet.clone(), person.reference.clone()))
                        && row.paid.iter().all(|paid| {
                            let month = month_of(&row, paid.month);
                            books.standing(&person.reference, &month) == paid.amount_fen
                        })
                        && row
                            .quarters
                            .iter()
                            .all(|paid| books.standing_in(&row, &person.reference, paid.quarter) == paid.amount_fen)
                });
                let anchor = row.origin.row.to_string();
                match free.or_else(|| which(draft, &row.origin, &anchor, &row.name, several)) {
                    Some(person) => person,
                    None => continue,
                }
            }
        };
        met.insert((row.origin.sheet.clone(), person.reference.clone()));
        if !seen.insert((row.origin.sheet.clone(), person.reference.clone(), row.year)) {
            draft.error(&row.origin, "row_repeated", &row.name);
            continue;
        }
        for paid in &row.paid {
            payment(draft, &mut books, &row, person, paid);
        }
        for paid in &row.quarters {
            for month in quarter::months(draft, &books, &row, person, paid) {
                payment(draft, &mut books, &row, person, &month);
            }
        }
        assessment(draft, &books, &row, person);
    }
}

fn payment(draft: &mut Draft<'_>, books: &mut Books<'_>, row: &DuesRow, person: &Person, paid: &PaidMonth) {
    let month = month_of(row, paid.month);
    let origin = Origin { column: paid.column.clone(), ..row.origin.clone() };
    let standing_fen = books.standing(&person.reference, &month);
    let reversed = books
        .recorded(&person.reference, &month)
        .is_some_and(|recorded| recorded.reversed_fen.contains(&paid.amount_fen));
    let planned = books.planned.contains(&(person.reference.clone(), month.clone()));
    if standing_fen == paid.amount_fen || planned {
        draft.plan.same_rows += 1;
    } else if standing_fen == 0 && reversed {
        draft.plan.same_rows += 1;
        draft.warn(&origin, "payment_was_reversed", &[("name", row.name.clone()), ("month", month)]);
    } else if standing_fen > 0 {
        draft.plan.same_rows += 1;
        let params = [
            ("name", row.name.clone()),
            ("month", month),
            ("recorded", yuan(standing_fen)),
            ("found", yuan(paid.amount_fen)),
        ];
        draft.warn(&origin, "paid_differs_kept", &params);
    } else if !draft.is_closed(&origin, &paid_on(paid, &month, draft.today)) {
        draft
            .sample(draft.plan.payments.len(), || format!("{}，{month}党费，{}元", person.name, yuan(paid.amount_fen)));
        draft.plan.new_rows += 1;
        books.planned.insert((person.reference.clone(), month.clone()));
        draft.plan.payments.push(NewPayment {
            origin,
            member: person.reference.clone(),
            month,
            amount_fen: paid.amount_fen,
            on: paid.on,
            handed_by: row.handed_by.clone(),
        });
    }
}

/// The day on which a payment stands in the books: without one it was paid by the end of the month owed.
fn paid_on(paid: &PaidMonth, month: &str, today: Date) -> String {
    let owed = || format!("{month}-01").parse::<Date>().map_or(today, Date::last_of_month);
    paid.on.unwrap_or_else(owed).min(today).to_string()
}

fn assessment(draft: &mut Draft<'_>, books: &Books<'_>, row: &DuesRow, person: &Person) {
    if row.class.is_none() && row.base_fen.is_none() && row.monthly_fen.is_none() {
        return;
    }
    let from_month = month_of(row, 1);
    let year = format!("{:04}-", row.year);
    let of_member = match &person.reference {
        PersonRef::Known(id) => books.assessments.get(id.as_str()).cloned().unwrap_or_default(),
        PersonRef::New(_) => Vec::new(),
    };
    let mut earlier: Vec<&KnownAssessment> = of_member
        .into_iter()
        .filter(|known| known.from_month.starts_with(&year) || known.from_month <= from_month)
        .collect();
    earlier.sort_by(|one, other| one.from_month.cmp(&other.from_month));
    let Some(class) = class(draft, row, earlier.last().map(|known| known.class)) else { return };
    let same = |known: &KnownAssessment| {
        row.class.is_none_or(|class| class == known.class)
            && match row.base_fen {
                Some(base) => known.base_fen.is_none_or(|known| known == base),
                None => row.monthly_fen.is_none_or(|monthly| monthly == known.monthly_fen),
            }
    };
    // A later one of the year may have replaced what the ledger has.
    if earlier.last().is_some_and(|known| same(known))
        || earlier.iter().any(|known| known.from_month.starts_with(&year) && same(known))
    {
        draft.plan.same_rows += 1;
        return;
    }
    if let Some(known) = earlier.iter().rev().find(|known| known.from_month.starts_with(&year)) {
        draft.plan.same_rows += 1;
        let params = [
            ("name", row.name.clone()),
            ("recorded", yuan(known.monthly_fen)),
            ("found", row.monthly_fen.map(yuan).unwrap_or_default()),
        ];
        draft.warn(&row.origin, "assessment_differs_kept", &params);
        return;
    }
    let has_amount = row.monthly_fen.is_some()
        || match class {
            DuesClass::Student => true,
            DuesClass::Farmer | DuesClass::Hardship => false,
            DuesClass::Salaried | DuesClass::Retired | DuesClass::SelfEmployed | DuesClass::AnnualSalary => {
                row.base_fen.is_some()
            }
        };
    if !has_amount {
        draft.warn(&row.origin, "monthly_missing", &[("name", row.name.clone())]);
        return;
    }
    if draft.is_closed(&row.origin, &from_month) {
        return;
    }
    draft.plan.new_rows += 1;
    draft.plan.assessments.push(NewAssessment {
        origin: row.origin.clone(),
        member: person.reference.clone(),
        from_month,
        class,
        base_fen: row.base_fen,
        monthly_fen: row.monthly_fen,
    });
}

/// The class: as the ledger says, as recorded, or as base and amount plainly show.
fn class(draft: &mut Draft<'_>, row: &DuesRow, recorded: Option<DuesClass>) -> Option<DuesClass> {
    if let Some(class) = row.class.or(recorded) {
        return Some(class);
    }
    let assumed = match (row.base_fen, row.monthly_fen) {
        (Some(_), _) => Some((DuesClass::Salaried, "salaried")),
        (None, Some(20..=100)) => Some((DuesClass::Farmer, "farmer")),
        _ => None,
    };
    match assumed {
        Some((class, word)) => {
            draft.warn(&row.origin, "class_assumed", &[("name", row.name.clone()), ("class", word.to_owned())]);
            Some(class)
        }
        None => {
            draft.warn(&row.origin, "class_missing", &[("name", row.name.clone())]);
            None
        }
    }
}
