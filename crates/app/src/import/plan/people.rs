//! Finding people by name: never by guess when two have one name.

use std::collections::BTreeMap;

use super::{Draft, PersonRef, SKIP};
use crate::cases::member::duplicates::sound;
use crate::dto::import::ImportOption;
use crate::import::known::Known;
use crate::import::rows::Origin;
use crate::import::value::{person, squeezed};

/// Someone a name may mean.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) reference: PersonRef,
    pub(super) name: String,
    pub(super) birth_month: String,
    pub(super) joined: String,
    pub(super) group: String,
    /// Value of an answer: the id, or the row that brings the person.
    pub(super) value: String,
    /// Where a new person stands.
    pub(super) row: Option<u32>,
}

impl Person {
    /// Name with what tells people apart.
    pub(super) fn label(&self) -> String {
        let mut parts = Vec::new();
        if !self.birth_month.is_empty() {
            parts.push(format!("{}生", self.birth_month));
        }
        if !self.joined.is_empty() {
            parts.push(format!("{}入党", self.joined));
        }
        if !self.group.is_empty() {
            parts.push(self.group.clone());
        }
        if let Some(row) = self.row {
            parts.push(format!("名册第{row}行"));
        }
        if parts.is_empty() { self.name.clone() } else { format!("{}（{}）", self.name, parts.join("，")) }
    }

    pub(super) fn option(&self) -> ImportOption {
        ImportOption::naming(&self.value, self.label())
    }
}

/// Everyone known and everyone the roster of this file brings.
pub(super) struct People {
    list: Vec<Person>,
    by_key: BTreeMap<String, Vec<usize>>,
    by_sound: BTreeMap<String, Vec<usize>>,
}

impl People {
    pub(super) fn of(known: &Known) -> Self {
        let mut people = Self { list: Vec::new(), by_key: BTreeMap::new(), by_sound: BTreeMap::new() };
        for member in &known.members {
            people.add(Person {
                reference: PersonRef::Known(member.id.clone()),
                name: member.name.clone(),
                birth_month: member.birth_month.clone(),
                joined: member.joined.clone(),
                group: member.group.clone(),
                value: member.id.clone(),
                row: None,
            });
        }
        people
    }

    pub(super) fn add(&mut self, person: Person) {
        self.by_key.entry(person::key(&person.name)).or_default().push(self.list.len());
        self.by_sound.entry(sound(&person.name)).or_default().push(self.list.len());
        self.list.push(person);
    }

    /// Puts a group where none was recorded.
    pub(super) fn set_group(&mut self, name: &str, value: &str, group: &str) {
        let places = self.by_key.get(&person::key(name)).cloned().unwrap_or_default();
        for place in places {
            if let Some(person) = self.list.get_mut(place).filter(|person| person.value == value) {
                group.clone_into(&mut person.group);
            }
        }
    }

    /// Everyone whose name sounds like this one.
    pub(super) fn sounding(&self, name: &str) -> impl Iterator<Item = &Person> {
        let places = self.by_sound.get(&sound(name)).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.list.get(*place))
    }

    pub(super) fn named(&self, name: &str) -> Vec<&Person> {
        let places = self.by_key.get(&person::key(name)).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.list.get(*place)).collect()
    }

    /// Those of the name, narrowed to the group when that tells them apart.
    pub(super) fn in_group(&self, name: &str, group: &str) -> Vec<&Person> {
        let named = self.named(name);
        let group = squeezed(group);
        let inside: Vec<&Person> =
            named.iter().copied().filter(|person| !group.is_empty() && squeezed(&person.group) == group).collect();
        if inside.len() == 1 { inside } else { named }
    }
}

/// Asks which of several people is meant. `None`: not answered yet, or not to be imported.
pub(super) fn which<'a>(
    draft: &mut Draft<'_>,
    origin: &Origin,
    anchor: &str,
    name: &str,
    candidates: &[&'a Person],
) -> Option<&'a Person> {
    let id = format!("which_person|{}|{anchor}|{}", origin.sheet, person::key(name));
    let mut options: Vec<ImportOption> = candidates.iter().map(|person| person.option()).collect();
    options.push(ImportOption::skip(SKIP));
    let answer = draft.ask("which_person", origin, id, name, options)?;
    candidates.iter().copied().find(|person| person.value == answer)
}
