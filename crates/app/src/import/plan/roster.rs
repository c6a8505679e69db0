//! Members of a roster against those recorded.

mod private;

use std::collections::{BTreeMap, BTreeSet};

use super::people::{People, Person};
use super::{Draft, MemberCompletion, NEW, NewMember, PersonRef, SKIP};
use crate::dto::import::ImportOption;
use crate::dto::member::{MemberInput, MemberKind};
use crate::import::known::KnownMember;
use crate::import::rows::MemberRow;
use crate::import::value::person;

/// How a row and a person of the same name go together: `None` when they contradict each other, else how many of
/// birth month and joining date are the same.
fn likeness(row: &MemberRow, birth_month: &str, joined: &str) -> Option<usize> {
    let mut same = 0;
    for (one, other) in [(row.birth_month.as_str(), birth_month), (row.joined.as_str(), joined)] {
        if one.is_empty() || other.is_empty() {
            continue;
        }
        // A month agrees with each of its days.
        if !(one.starts_with(other) || other.starts_with(one)) {
            return None;
        }
        same += 1;
    }
    Some(same)
}

pub(super) fn plan(draft: &mut Draft<'_>, people: &mut People, mut rows: Vec<MemberRow>) {
    private::look(draft, &mut rows);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut matched: Vec<Option<String>> = vec![None; rows.len()];
    // First those whose dates say that they are the same, whatever their order: both dates before one.
    for wanted in [2, 1] {
        for (row, matched) in rows.iter().zip(&mut matched).filter(|(_, matched)| matched.is_none()) {
            let found = people.named(&row.name).into_iter().find(|person| {
                !taken.contains(&person.value) && likeness(row, &person.birth_month, &person.joined) == Some(wanted)
            });
            if let Some(person) = found {
                taken.insert(person.value.clone());
                *matched = Some(person.value.clone());
            }
        }
    }
    // Then as many undated ones as there are on both sides, in their order.
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, (row, _)) in rows.iter().zip(&matched).enumerate().filter(|(_, (_, matched))| matched.is_none()) {
        open.entry(person::key(&row.name)).or_default().push(place);
    }
    for (key, open) in open {
        let free: Vec<&Person> =
            people.named(&key).into_iter().filter(|person| !taken.contains(&person.value)).collect();
        let pairs: Vec<(usize, String)> = open
            .iter()
            .zip(&free)
            .filter(|(place, person)| {
                rows.get(**place).is_some_and(|row| likeness(row, &person.birth_month, &person.joined).is_some())
            })
            .map(|(place, person)| (*place, person.value.clone()))
            .collect();
        if open.len() == free.len() && pairs.len() == open.len() {
            for (place, value) in pairs {
                taken.insert(value.clone());
                if let Some(matched) = matched.get_mut(place) {
                    *matched = Some(value);
                }
            }
        }
    }
    for (row, matched) in rows.into_iter().zip(matched) {
        match matched {
            Some(value) => meet(draft, people, &row, &value),
            None => decide(draft, people, row),
        }
    }
}

/// A row that is none of the recorded members by itself.
fn decide(draft: &mut Draft<'_>, people: &mut People, row: MemberRow) {
    let others = people.named(&row.name);
    if others.is_empty() {
        // Perhaps one person with a character typed otherwise: told, and decided on the roster.
        let other = people.sounding(&row.name).find(|one| one.birth_month == row.birth_month);
        if let Some(other) = other.filter(|_| !row.birth_month.is_empty()) {
            let params = [("name", row.name.clone()), ("recorded", other.label())];
            draft.warn(&row.origin, "name_similar", &params);
        }
        return add(draft, people, row, false);
    }
    // The same row twice in one file.
    let twin = others.iter().find(|person| {
        matches!(person.reference, PersonRef::New(_))
            && !row.birth_month.is_empty()
            && row.birth_month == person.birth_month
            && row.joined == person.joined
    });
    if let Some(twin) = twin {
        let first = twin.row.unwrap_or(0).to_string();
        draft.warn(&row.origin, "row_repeated", &[("name", row.name.clone()), ("row", first)]);
        return;
    }
    let mut options: Vec<ImportOption> = others.iter().map(|person| person.option()).collect();
    options.push(ImportOption::coded("new", NEW, format!("另一位{}，新增", row.name), &[("name", row.name.clone())]));
    options.push(ImportOption::skip(SKIP));
    let id = format!("same_person|{}|{}|{}", row.origin.sheet, row.origin.row, person::key(&row.name));
    match draft.ask("same_person", &row.origin, id, &row.name, options) {
        Some(answer) if answer == NEW => add(draft, people, row, true),
        Some(answer) if answer == SKIP => draft.plan.skipped_rows += 1,
        Some(answer) => meet(draft, people, &row, &answer),
        None => {}
    }
}

fn add(draft: &mut Draft<'_>, people: &mut People, row: MemberRow, distinct: bool) {
    let place = draft.plan.members.len();
    people.add(Person {
        reference: PersonRef::New(place),
        name: row.name.clone(),
        birth_month: row.birth_month.clone(),
        joined: row.joined.clone(),
        group: row.group.clone(),
        value: format!("row:{}:{}", row.origin.sheet, row.origin.row),
        row: Some(row.origin.row),
    });
    draft.sample(place, || {
        let sex = match row.sex {
            Some(1) => "男",
            Some(2) => "女",
            _ => "",
        };
        let kind = match row.kind {
            MemberKind::Full => "正式党员",
            MemberKind::Probationary => "预备党员",
        };
        let joined = if row.joined.is_empty() { String::new() } else { format!("{}入党", row.joined) };
        let parts = [row.name.as_str(), sex, row.birth_month.as_str(), kind, joined.as_str(), row.group.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
    });
    draft.plan.new_rows += 1;
    draft.plan.members.push(NewMember {
        input: MemberInput {
            id: None,
            name: row.name,
            sex: row.sex,
            birth_month: row.birth_month,
            kind: row.kind,
            joined: row.joined,
            group: row.group,
            posts: row.posts,
            no_vote_reason: String::new(),
            left_on: None,
            distinct,
        },
        private: row.private,
    });
}

/// A row that is a recorded member: blanks are filled, differences are told.
fn meet(draft: &mut Draft<'_>, people: &mut People, row: &MemberRow, value: &str) {
    let Some(member) = draft.known_member(value) else {
        // The same person as an earlier row of this file.
        return;
    };
    let completion = complete(draft, row, member);
    if completion == (MemberCompletion { id: member.id.clone(), ..MemberCompletion::default() }) {
        draft.plan.same_rows += 1;
        return;
    }
    if let Some(group) = &completion.group {
        people.set_group(&row.name, value, group);
    }
    draft.plan.changed_rows += 1;
    draft.plan.member_completions.push(completion);
}

fn complete(draft: &mut Draft<'_>, row: &MemberRow, member: &KnownMember) -> MemberCompletion {
    let mut differs = |field: &str, recorded: &str, read: &str| {
        let params = [
            ("name", row.name.clone()),
            ("field", field.to_owned()),
            ("recorded", recorded.to_owned()),
            ("found", read.to_owned()),
        ];
        draft.warn(&row.origin, "value_differs_kept", &params);
    };
    let mut text = |field: &str, recorded: &str, read: &str| {
        if !super::agree(recorded, read) {
            differs(field, recorded, read);
        }
        super::filled(recorded, read)
    };
    let birth_month = text("birth_month", &member.birth_month, &row.birth_month);
    let group = text("group", &member.group, &row.group);
    let joined = if !member.joined.is_empty() && member.joined != row.joined && row.joined.starts_with(&member.joined) {
        Some(row.joined.clone())
    } else if member.joined.starts_with(&row.joined) {
        None
    } else {
        text("joined", &member.joined, &row.joined)
    };
    let sex = match (member.sex, row.sex) {
        (None, read) => read,
        (Some(recorded), Some(read)) if recorded != read => {
            differs("sex", &recorded.to_string(), &read.to_string());
            None
        }
        _ => None,
    };
    if member.kind == MemberKind::Full && row.kind == MemberKind::Probationary {
        differs("kind", "full", "probationary");
    }
    let posts = (member.posts.is_empty() && !row.posts.is_empty()).then(|| row.posts.clone());
    let private = private::complete(draft, row, member);
    MemberCompletion { id: member.id.clone(), sex, birth_month, joined, group, posts, private }
}
