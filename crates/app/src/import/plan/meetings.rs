//! Sessions and their marks against those recorded.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::people::{People, Person, which};
use super::{Draft, NewSession, PersonRef, PlannedMark, SessionCompletion, agree, filled};
use crate::dto::meeting::{Mark, SessionKind};
use crate::import::known::KnownSession;
use crate::import::rows::{MarkEntry, MeetingRow, Origin};
use crate::import::value::person;
use crate::sheet::session_word;

/// One session while rows of the file are folded into it: a list and a roll call often describe the same one.
struct Folded {
    known: Option<usize>,
    row: MeetingRow,
    marks: BTreeMap<PersonRef, (Mark, String)>,
    /// 列席 of people who are not on the roster.
    beside: BTreeSet<String>,
}

fn same_kinds(one: &[SessionKind], other: &[SessionKind]) -> bool {
    one.len() == other.len() && one.iter().all(|kind| other.contains(kind))
}

fn is_same(row: &MeetingRow, folded: &MeetingRow) -> bool {
    row.date == folded.date
        && same_kinds(&row.kinds, &folded.kinds)
        && agree(&row.topic, &folded.topic)
        && agree(&row.group, &folded.group)
}

fn is_recorded(row: &MeetingRow, known: &KnownSession) -> bool {
    row.date == known.date
        && same_kinds(&row.kinds, &known.kinds)
        && agree(&row.topic, &known.topic)
        && agree(&row.group, &known.group)
}

pub(super) fn plan(draft: &mut Draft<'_>, people: &People, rows: Vec<MeetingRow>) {
    let mut sessions: Vec<Folded> = Vec::new();
    let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    let mut unknown: BTreeSet<(String, String, String)> = BTreeSet::new();
    for row in rows {
        let of_day = by_day.entry(row.date).or_default();
        let same = of_day.iter().copied().find(|at| sessions.get(*at).is_some_and(|folded| is_same(&row, &folded.row)));
        let place = same.unwrap_or_else(|| {
            let known = best(&draft.known.sessions, &row);
            of_day.push(sessions.len());
            let mut blank = row.clone();
            if let Some(known) = known.and_then(|place| draft.known.sessions.get(place)) {
                blank.topic.clone_from(&known.topic);
                blank.group.clone_from(&known.group);
            }
            sessions.push(Folded { known, row: blank, marks: BTreeMap::new(), beside: BTreeSet::new() });
            sessions.len() - 1
        });
        let Some(folded) = sessions.get_mut(place) else { continue };
        let recorded = folded.known.and_then(|place| draft.known.sessions.get(place));
        fold_text(&mut folded.row, &row);
        let mut met: BTreeSet<PersonRef> = BTreeSet::new();
        for entry in &row.marks {
            // Guests need not be on the roster.
            if entry.mark == Mark::NonVoting && people.named(&entry.name).is_empty() {
                folded.beside.insert(entry.name.clone());
                continue;
            }
            let origin = Origin { sheet: row.origin.sheet.clone(), row: entry.row, column: entry.column.clone() };
            let Some(person) = find(draft, people, &origin, entry, recorded, &met, &mut unknown) else { continue };
            met.insert(person.reference.clone());
            let planned = folded.marks.get(&person.reference).map(|(mark, _)| *mark);
            if planned.is_some_and(|mark| mark != entry.mark) {
                draft.warn(&origin, "marked_twice", &[("found", entry.name.clone())]);
            } else if planned.is_none() {
                folded.marks.insert(person.reference.clone(), (entry.mark, entry.reason.clone()));
            }
        }
    }
    for folded in sessions {
        let recorded = folded.known.and_then(|place| draft.known.sessions.get(place));
        match recorded {
            Some(known) => complete(draft, folded, known),
            None => add(draft, folded),
        }
    }
}

/// The recorded session of a row; a written topic and group weigh more than blank ones.
fn best(sessions: &[KnownSession], row: &MeetingRow) -> Option<usize> {
    let weight = |known: &KnownSession| {
        usize::from(!known.topic.is_empty() && !row.topic.is_empty())
            + usize::from(!known.group.is_empty() && !row.group.is_empty())
    };
    sessions
        .iter()
        .enumerate()
        .filter(|(_, known)| is_recorded(row, known))
        .max_by_key(|(place, known)| (weight(known), usize::MAX - place))
        .map(|(place, _)| place)
}

fn fold_text(folded: &mut MeetingRow, row: &MeetingRow) {
    let fields = [
        (&mut folded.topic, &row.topic),
        (&mut folded.group, &row.group),
        (&mut folded.start, &row.start),
        (&mut folded.place, &row.place),
        (&mut folded.chair, &row.chair),
        (&mut folded.recorder, &row.recorder),
        (&mut folded.minutes, &row.minutes),
        (&mut folded.resolution, &row.resolution),
    ];
    for (folded, read) in fields {
        if let Some(text) = filled(folded, read) {
            *folded = text;
        }
    }
    folded.hours = folded.hours.or(row.hours);
}

/// The person of a mark. Among several of one name, the one whose recorded mark is the same needs no question.
fn find<'a>(
    draft: &mut Draft<'_>,
    people: &'a People,
    origin: &Origin,
    entry: &MarkEntry,
    recorded: Option<&KnownSession>,
    met: &BTreeSet<PersonRef>,
    unknown: &mut BTreeSet<(String, String, String)>,
) -> Option<&'a Person> {
    let candidates = people.named(&entry.name);
    match candidates.as_slice() {
        [] => {
            let place = (origin.sheet.clone(), entry.anchor.clone(), person::key(&entry.name));
            if unknown.insert(place) {
                draft.warn(origin, "person_unknown", &[("found", entry.name.clone())]);
            }
            None
        }
        [one] => Some(one),
        several => {
            let alike = several.iter().copied().find(|person| match &person.reference {
                PersonRef::Known(id) => {
                    !met.contains(&person.reference)
                        && recorded.is_some_and(|session| session.marks.get(id) == Some(&entry.mark))
                }
                PersonRef::New(_) => false,
            });
            alike.or_else(|| which(draft, origin, &entry.anchor, &entry.name, several))
        }
    }
}

fn planned(marks: BTreeMap<PersonRef, (Mark, String)>) -> Vec<PlannedMark> {
    marks.into_iter().map(|(member, (mark, reason))| PlannedMark { member, mark, reason }).collect()
}

fn add(draft: &mut Draft<'_>, folded: Folded) {
    if draft.is_closed(&folded.row.origin, &folded.row.date.to_string()) {
        return;
    }
    draft.sample(draft.plan.sessions.len(), || {
        let kinds: Vec<&str> = folded.row.kinds.iter().map(|kind| session_word((*kind).into())).collect();
        let mut words = format!("{} {}", folded.row.date, kinds.join("、"));
        if !folded.row.topic.is_empty() {
            words.push('：');
            words.push_str(&folded.row.topic);
        }
        if !folded.marks.is_empty() {
            let present = folded.marks.values().filter(|(mark, _)| *mark == Mark::Present).count();
            words.push_str(&format!("，到{present}人"));
        }
        words
    });
    draft.plan.new_rows += 1;
    draft.plan.sessions.push(NewSession {
        row: folded.row,
        marks: planned(folded.marks),
        beside: folded.beside.into_iter().collect(),
    });
}

fn complete(draft: &mut Draft<'_>, folded: Folded, known: &KnownSession) {
    let row = &folded.row;
    for (field, recorded, read) in [
        ("start", &known.start, &row.start),
        ("place", &known.place, &row.place),
        ("chair", &known.chair, &row.chair),
        ("recorder", &known.recorder, &row.recorder),
    ] {
        if !agree(recorded, read) {
            let params = [("field", field.to_owned()), ("recorded", recorded.clone()), ("found", read.clone())];
            draft.warn(&row.origin, "value_differs_kept", &params);
        }
    }
    let mut marks = Vec::new();
    let mut differing = 0usize;
    for (member, (mark, reason)) in folded.marks {
        let recorded = match &member {
            PersonRef::Known(id) => known.marks.get(id).copied().unwrap_or(Mark::Unconfirmed),
            PersonRef::New(_) => Mark::Unconfirmed,
        };
        if recorded == Mark::Unconfirmed {
            marks.push(PlannedMark { member, mark, reason });
        } else if recorded != mark {
            differing += 1;
        }
    }
    if differing > 0 {
        draft.warn(&row.origin, "mark_differs_kept", &[("count", differing.to_string())]);
    }
    let completion = SessionCompletion {
        id: known.id.clone(),
        start: filled(&known.start, &row.start),
        place: filled(&known.place, &row.place),
        chair: filled(&known.chair, &row.chair),
        recorder: filled(&known.recorder, &row.recorder),
        topic: filled(&known.topic, &row.topic),
        minutes: filled(&known.minutes, &row.minutes),
        resolution: filled(&known.resolution, &row.resolution),
        marks,
        beside: folded.beside.difference(&known.beside).cloned().collect(),
    };
    if completion == (SessionCompletion { id: known.id.clone(), ..SessionCompletion::default() }) {
        draft.plan.same_rows += 1;
    } else if !draft.is_closed(&folded.row.origin, &folded.row.date.to_string()) {
        draft.plan.changed_rows += 1;
        draft.plan.session_completions.push(completion);
    }
}
