//! Where a month stands: which of its submissions counts, and what was said on just that one.

use std::collections::{BTreeMap, BTreeSet};

use super::{DECISION, ON_SUBMISSION, SUBMISSION_STEP, Submission, Word};
use crate::book::RecordView;
use crate::ids::{OfficeId, RecordId};
use crate::ledger::verdict::{Act, Event, Outcome, Standing, outcome};

/// The submission of a month that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// Its record.
    pub id: RecordId,
    /// What it says.
    pub submission: Submission,
    /// Submissions that no other one names, this one among them: more than one where two computers submitted the month without
    /// knowing of each other.
    pub tips: BTreeSet<RecordId>,
}

/// Of all submissions of a month the one that counts: of those that no other names the last by day, then by id.
pub fn counting(all: Vec<(RecordId, Submission)>) -> Option<Counting> {
    let named: BTreeSet<RecordId> =
        all.iter().flat_map(|(id, one)| one.after.iter().filter(move |other| *other != id)).copied().collect();
    let mut tips: Vec<(RecordId, Submission)> = all.into_iter().filter(|(id, _)| !named.contains(id)).collect();
    tips.sort_by(|(a, x), (b, y)| (&x.on, a).cmp(&(&y.on, b)));
    let ids = tips.iter().map(|(id, _)| *id).collect();
    tips.pop().map(|(id, submission)| Counting { id, submission, tips: ids })
}

/// What words amount to, each with the record that it was read from: a word from below stands in the office's own book, one from
/// above in the superior's, and names by its digest (hexadecimal) what was submitted.
pub fn judged<'a>(words: impl IntoIterator<Item = (&'a RecordView, &'a Word)>, digest: &str) -> Outcome {
    let act = |(record, word): (&RecordView, &Word)| {
        let above = record.rtype == DECISION;
        let act = Act::from_word(&word.state).filter(|act| act.from_above() == above && *act != Act::HandIn)?;
        (!above || word.digest == digest).then(|| Event::of(record, act))
    };
    let events: Vec<Event> = words.into_iter().filter_map(act).collect();
    outcome(Standing::Pending, &events)
}

/// Where each month of an office stands, by its records of one year: those of its own book of tasks, and those that were sent down
/// to it.
pub fn months<'a>(
    office: &OfficeId,
    own: impl IntoIterator<Item = &'a RecordView>,
    sent_down: impl IntoIterator<Item = &'a RecordView>,
) -> BTreeMap<String, Standing> {
    let mut by_month: BTreeMap<String, Vec<(RecordId, Submission)>> = BTreeMap::new();
    let mut said: BTreeMap<String, Vec<(&RecordView, Word)>> = BTreeMap::new();
    let mut hear = |record: &'a RecordView| {
        if let Some(word) = Word::read(record) {
            said.entry(word.about.clone()).or_default().push((record, word));
        }
    };
    for record in own {
        match Submission::read(record) {
            Some(submission) => by_month.entry(submission.month.clone()).or_default().push((record.id, submission)),
            None if record.rtype == SUBMISSION_STEP => hear(record),
            None => {}
        }
    }
    for record in sent_down.into_iter().filter(|record| record.rtype == DECISION) {
        hear(record);
    }
    let stands = |(month, all): (String, Vec<(RecordId, Submission)>)| {
        let counts = counting(all)?;
        let digest = data_encoding::HEXLOWER.encode(&counts.submission.digest(office));
        let words = said.get(&counts.id.to_string()).into_iter().flatten();
        let words = words.filter(|(record, word)| record.rtype == SUBMISSION_STEP || word.kind == ON_SUBMISSION);
        Some((month, judged(words.map(|(record, word)| (*record, word)), &digest).standing))
    };
    by_month.into_iter().filter_map(stands).collect()
}
