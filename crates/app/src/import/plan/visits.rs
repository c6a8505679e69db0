//! Visits and households against those recorded.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::ledger::closing::covering;

use super::{Draft, HouseholdCompletion, HouseholdRef, NewHousehold, NewVisit, SKIP, agree, filled};
use crate::dto::import::ImportOption;
use crate::import::rows::VisitRow;
use crate::import::value::{person, squeezed};

/// A household that a name may mean.
#[derive(Debug, Clone)]
struct Home {
    reference: HouseholdRef,
    name: String,
    door: String,
    phone: String,
    value: String,
    /// Blank fields that this file has filled.
    completed: Option<HouseholdCompletion>,
}

/// A visit of one day, recorded or planned.
struct Met {
    household: Option<HouseholdRef>,
    place: String,
    theme: String,
    text: String,
    planned: bool,
}

/// Households by name.
struct Homes {
    list: Vec<Home>,
    by_key: BTreeMap<String, Vec<usize>>,
}

impl Homes {
    fn of(list: Vec<Home>) -> Self {
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, home) in list.iter().enumerate() {
            by_key.entry(person::key(&home.name)).or_default().push(place);
        }
        Self { list, by_key }
    }

    fn get(&self, place: usize) -> Option<&Home> {
        self.list.get(place)
    }

    fn add(&mut self, home: Home) -> usize {
        let place = self.list.len();
        self.by_key.entry(person::key(&home.name)).or_default().push(place);
        self.list.push(home);
        place
    }
}

/// A text that goes up, without the household's name and phone.
fn veiled(text: &str, name: &str, phone: &str) -> String {
    let mut out = text.to_owned();
    // One character would match everything, and few digits are no phone.
    for (word, least, instead) in [(phone, 7, ""), (name, 2, "该户")] {
        if word.chars().count() >= least {
            out = out.replace(word, instead);
        }
    }
    out
}

/// Takes the household's name and phone out of what goes up, and tells so.
fn veil(draft: &mut Draft<'_>, row: &mut VisitRow) {
    let (name, phone) = (row.household.as_str(), row.phone.as_str());
    let mut found = false;
    for text in [&mut row.place, &mut row.theme, &mut row.situation] {
        let without = veiled(text, name, phone);
        found |= *text != without;
        *text = without;
    }
    if found {
        draft.warn(&row.origin, "name_left_out", &[("name", name.to_owned())]);
    }
}

fn door_key(door: &str) -> String {
    squeezed(door).trim_end_matches(['号', '户']).to_lowercase()
}

pub(super) fn plan(draft: &mut Draft<'_>, rows: Vec<VisitRow>) {
    let homes: Vec<Home> = draft
        .known
        .households
        .iter()
        .map(|known| Home {
            reference: HouseholdRef::Known(known.id.clone()),
            name: known.name.clone(),
            door: known.door.clone(),
            phone: known.phone.clone(),
            value: known.id.clone(),
            completed: None,
        })
        .collect();
    let mut homes = Homes::of(homes);
    let mut visits: BTreeMap<Date, Vec<Met>> = BTreeMap::new();
    let known_homes: BTreeMap<&str, (&str, &str)> = draft
        .known
        .households
        .iter()
        .map(|home| (home.id.as_str(), (home.name.as_str(), home.phone.as_str())))
        .collect();
    for known in &draft.known.visits {
        let home = known.household.as_deref().and_then(|id| known_homes.get(id).copied());
        let (name, phone) = home.unwrap_or_default();
        visits.entry(known.date).or_default().push(Met {
            household: known.household.clone().map(HouseholdRef::Known),
            place: veiled(&known.place, name, phone),
            theme: veiled(&known.theme, name, phone),
            text: veiled(&known.text, name, phone),
            planned: false,
        });
    }
    for mut row in rows {
        veil(draft, &mut row);
        if covering(&draft.known.closed, &row.date.to_string()).is_some() {
            // Nothing is added there, so no household is made for it either.
            if is_recorded(&homes, visits.get(&row.date).map_or(&[], Vec::as_slice), &row) {
                draft.plan.same_rows += 1;
            } else {
                draft.is_closed(&row.origin, &row.date.to_string());
            }
            continue;
        }
        let of_day = visits.entry(row.date).or_default();
        let household = match household(draft, &mut homes, of_day, &row) {
            Found::Home(place) => place,
            Found::Open => continue,
        };
        let reference = household.and_then(|place| homes.get(place)).map(|home| home.reference.clone());
        let here = |met: &&Met| met.household == reference && (reference.is_some() || agree(&met.place, &row.place));
        let same =
            of_day.iter().filter(here).find(|met| agree(&met.theme, &row.theme) && agree(&met.text, &row.situation));
        if let Some(met) = same {
            if met.planned {
                draft.warn(&row.origin, "row_repeated", &[("name", row.household.clone())]);
            } else {
                draft.plan.same_rows += 1;
            }
            continue;
        }
        if of_day.iter().filter(here).any(|met| !met.planned) {
            draft.warn(&row.origin, "visit_same_day", &[("name", row.household.clone())]);
        }
        of_day.push(Met {
            household: reference.clone(),
            place: row.place.clone(),
            theme: row.theme.clone(),
            text: row.situation.clone(),
            planned: true,
        });
        draft.sample(draft.plan.visits.len(), || {
            let whom = if row.household.is_empty() { &row.place } else { &row.household };
            let concern = row.concern.as_ref().map(|concern| format!("，诉求：{}", concern.text)).unwrap_or_default();
            format!("{} 走访 {whom}{concern}", row.date)
        });
        draft.plan.new_rows += 1;
        draft.plan.visits.push(NewVisit { row, household: reference });
    }
    for home in homes.list {
        match (home.reference, home.completed) {
            (HouseholdRef::New(place), _) => {
                if let Some(household) = draft.plan.households.get_mut(place) {
                    household.door = home.door;
                    household.phone = home.phone;
                }
            }
            (HouseholdRef::Known(_), Some(completion)) => draft.plan.household_completions.push(completion),
            (HouseholdRef::Known(_), None) => {}
        }
    }
}

/// Whether a visit of one day says what the row says, in whichever household of that name.
fn is_recorded(homes: &Homes, of_day: &[Met], row: &VisitRow) -> bool {
    let named = homes.by_key.get(&person::key(&row.household)).map_or(&[][..], Vec::as_slice);
    let meant = |met: &Met| match &met.household {
        None => row.household.is_empty() && agree(&met.place, &row.place),
        Some(home) => named.iter().filter_map(|at| homes.get(*at)).any(|one| one.reference == *home),
    };
    of_day.iter().any(|met| meant(met) && agree(&met.theme, &row.theme) && agree(&met.text, &row.situation))
}

enum Found {
    /// Place among the homes; none for a public place.
    Home(Option<usize>),
    /// A question is open, or the row is not to be imported.
    Open,
}

fn household(draft: &mut Draft<'_>, homes: &mut Homes, visits: &[Met], row: &VisitRow) -> Found {
    if row.household.is_empty() {
        return Found::Home(None);
    }
    let key = person::key(&row.household);
    let door = door_key(&row.door);
    let named: Vec<usize> = homes.by_key.get(&key).cloned().unwrap_or_default();
    let with = |wanted: &dyn Fn(&Home) -> bool| -> Vec<usize> {
        named.iter().copied().filter(|at| homes.get(*at).is_some_and(wanted)).collect()
    };
    let found = if door.is_empty() {
        let by_phone = with(&|home| !row.phone.is_empty() && home.phone == row.phone);
        match (named.as_slice(), by_phone.as_slice()) {
            ([], _) => None,
            ([one], _) | (_, [one]) => Some(*one),
            _ => {
                let recorded = with(&|home| {
                    visits.iter().any(|met| {
                        met.household.as_ref() == Some(&home.reference)
                            && agree(&met.theme, &row.theme)
                            && agree(&met.text, &row.situation)
                    })
                });
                match recorded.first() {
                    Some(one) => Some(*one),
                    None => match ask(draft, homes, &named, row) {
                        Some(one) => Some(one),
                        None => return Found::Open,
                    },
                }
            }
        }
    } else {
        let exact = with(&|home| door_key(&home.door) == door);
        let blank = with(&|home| home.door.is_empty());
        exact.first().or(if blank.len() == 1 { blank.first() } else { None }).copied()
    };
    let at = found.unwrap_or_else(|| {
        let place = draft.plan.households.len();
        draft.plan.households.push(NewHousehold {
            origin: row.origin.clone(),
            name: row.household.clone(),
            door: row.door.clone(),
            phone: row.phone.clone(),
        });
        homes.add(Home {
            reference: HouseholdRef::New(place),
            name: row.household.clone(),
            door: row.door.clone(),
            phone: row.phone.clone(),
            value: format!("row:{}:{}", row.origin.sheet, row.origin.row),
            completed: None,
        })
    });
    if let Some(home) = homes.list.get_mut(at) {
        let (door, phone) = (filled(&home.door, &row.door), filled(&home.phone, &row.phone));
        if let HouseholdRef::Known(id) = &home.reference
            && (door.is_some() || phone.is_some())
        {
            let completion = home
                .completed
                .get_or_insert_with(|| HouseholdCompletion { id: id.clone(), ..HouseholdCompletion::default() });
            completion.door = completion.door.take().or_else(|| door.clone());
            completion.phone = completion.phone.take().or_else(|| phone.clone());
        }
        home.door = door.unwrap_or_else(|| home.door.clone());
        home.phone = phone.unwrap_or_else(|| home.phone.clone());
    }
    Found::Home(Some(at))
}

fn ask(draft: &mut Draft<'_>, homes: &Homes, named: &[usize], row: &VisitRow) -> Option<usize> {
    let id = format!("which_household|{}|{}|{}", row.origin.sheet, row.origin.row, person::key(&row.household));
    let mut options: Vec<ImportOption> = named
        .iter()
        .filter_map(|at| homes.get(*at))
        .map(|home| ImportOption::naming(&home.value, format!("{}（{}）", home.name, home.door)))
        .collect();
    options.push(ImportOption::skip(SKIP));
    let answer = draft.ask("which_household", &row.origin, id, &row.household, options)?;
    named.iter().copied().find(|at| homes.get(*at).is_some_and(|home| home.value == answer))
}
