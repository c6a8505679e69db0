//! Computing a branch's figures from its records.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::RecordView;
use crate::ids::RecordId;
use crate::ledger::care::{AID, CareFrame, PAIRING};
use crate::ledger::checklist::{DISPATCHED, ITEM, Item, progress};
use crate::ledger::dues::{Account, Payment};
use crate::ledger::member::{Member, settle_merges, stood_for};
use crate::ledger::session::{SESSION, Session, SessionKind};
use crate::ledger::standing::note_away;
use crate::ledger::submission::DECISION;
use crate::ledger::talk::Talk;
use crate::ledger::transfer::gone;
use crate::ledger::twice::merged_away;
use crate::ledger::visit::{CONCERN, Concern, STEP, Step, VISIT_LINK, Visit, VisitKind, latest};
use crate::snapshot::sheet::FactRow;
use crate::snapshot::{METRICS, MetricKind, publish_atom};
use crate::trust::ErasureMark;

/// Exact figures before publication: (metric, month) to (numerator, denominator).
pub type Figures = BTreeMap<(&'static str, Option<u8>), (i64, Option<i64>)>;

/// The records of one branch and year that figures are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// Year of the figures.
    pub year: i16,
    /// As-of day, ISO.
    pub as_of: &'a str,
    /// Records of `up/` books, dispatch books and, for household counts, `own/private`.
    pub records: &'a [RecordView],
}

/// Computes the published rows of a fact sheet, sorted by metric and month.
pub fn compute(sources: Sources<'_>) -> Vec<FactRow> {
    let figures = figures(sources);
    let mut rows = Vec::new();
    for metric in METRICS {
        for (&(_, month), &(numerator, denominator)) in figures.iter().filter(|((code, _), _)| *code == metric.code) {
            let (numerator, denominator) = if metric.residents {
                let published = (publish_atom(numerator), denominator.map(publish_atom));
                match published {
                    (Some(numerator), None) => (Some(numerator), None),
                    // A rate of rounded figures can exceed one; and a hidden cell and its partner look alike.
                    (Some(numerator), Some(Some(denominator))) => (Some(numerator.min(denominator)), Some(denominator)),
                    _ => (None, None),
                }
            } else {
                (Some(numerator), denominator)
            };
            rows.push(FactRow { metric: metric.code.to_owned(), month, numerator, denominator });
        }
    }
    rows.sort();
    rows
}

/// Subjects of private records whose erasure is marked.
fn erased(records: &[RecordView]) -> BTreeSet<String> {
    let marks: BTreeSet<ErasureMark> = records.iter().filter_map(ErasureMark::read).map(|(mark, _)| mark).collect();
    if marks.is_empty() {
        return BTreeSet::new();
    }
    let subjects = records.iter().filter_map(|record| record.str("subject").parse::<RecordId>().ok());
    subjects.filter(|subject| marks.contains(&ErasureMark::of(subject))).map(|subject| subject.to_string()).collect()
}

/// 已完成: finished, or handed in and not returned by the superior.
fn finished(item: &RecordView, about: Option<&Vec<&RecordView>>) -> bool {
    let of = |rtype: &'static str| about.into_iter().flatten().copied().filter(move |one| one.rtype == rtype);
    matches!(progress(item, of(STEP), of(DECISION)).state, "done" | "accepted")
}

fn figures(sources: Sources<'_>) -> Figures {
    let mut out = Figures::new();
    let month_of = |date: &str| -> Option<u8> {
        let (year, rest) = date.split_once('-')?;
        let month = rest.get(..2)?.parse().ok()?;
        (year.parse() == Ok(sources.year) && (1..=12).contains(&month)).then_some(month)
    };
    let mut add = |code: &'static str, month: Option<u8>, numerator: i64, denominator: Option<i64>| {
        let cell = out.entry((code, month)).or_insert((0, denominator.map(|_| 0)));
        cell.0 += numerator;
        if let (Some(sum), Some(denominator)) = (cell.1.as_mut(), denominator) {
            *sum += denominator;
        }
    };
    let mut steps: BTreeMap<String, Vec<(RecordId, Step)>> = BTreeMap::new();
    let mut members: BTreeMap<String, Member> = BTreeMap::new();
    let mut visit_months: BTreeMap<String, u8> = BTreeMap::new();
    // Taken in by another branch: counted there since the day that the committee told.
    let gone = gone(sources.records);
    let read = |record: &RecordView| Some((record.id, Member::read(record)?));
    let mut roster: Vec<(RecordId, Member)> = sources.records.iter().filter_map(read).collect();
    settle_merges(&mut roster);
    note_away(&mut roster, sources.records);
    let account = Account::of(sources.records, &stood_for(&roster));
    for (id, mut member) in roster {
        if let Some(on) = gone.get(&id).filter(|_| member.left_on.is_empty()) {
            on.clone_into(&mut member.left_on);
        }
        add("members", None, i64::from(member.belongs_on(sources.as_of)), None);
        members.insert(id.to_string(), member);
    }
    let mut merged: BTreeMap<RecordId, Option<RecordId>> = BTreeMap::new();
    for record in sources.records {
        if let Some(step) = Step::read(record) {
            steps.entry(step.about.clone()).or_default().push((record.id, step));
        } else if let Some(visit) = Visit::read(record)
            && let Some(month) = month_of(&visit.date)
        {
            visit_months.insert(record.id.to_string(), month);
        } else if record.rtype == SESSION {
            merged.insert(record.id, record.str("merged_into").parse().ok());
        }
    }
    // What was entered twice counts once.
    let merged = merged_away(&merged);
    let state = |id: &RecordId| steps.get(&id.to_string()).and_then(latest).map(|step| step.state.as_str());
    let mut about: BTreeMap<String, Vec<&RecordView>> = BTreeMap::new();
    for record in sources.records.iter().filter(|record| [STEP, DECISION].contains(&record.rtype.as_str())) {
        about.entry(record.str("ref").to_owned()).or_default().push(record);
    }
    let mut households: BTreeSet<(u8, String)> = BTreeSet::new();
    let mut paired: BTreeSet<String> = BTreeSet::new();
    let erased = erased(sources.records);
    for record in sources.records {
        if merged.contains(&record.id) {
            continue;
        }
        if let Some(session) = Session::read(record) {
            let Some(month) = month_of(&session.date) else { continue };
            for kind in &session.kinds {
                if !matches!(kind, SessionKind::OrganizationLife | SessionKind::Appraisal | SessionKind::StudyDay) {
                    add(kind.as_str(), Some(month), 1, None);
                }
            }
            let count = session.count();
            add("attendance", Some(month), count.present.into(), Some(count.due.into()));
        } else if let Some(payment) = Payment::read(record) {
            if let Some(month) = month_of(&payment.month) {
                add("dues", Some(month), payment.amount_fen, Some(0));
            }
        } else if let Some(visit) = Visit::read(record) {
            if let Some(month) = visit_months.get(&record.id.to_string()) {
                add("visits", Some(*month), 1, None);
                if visit.kind == VisitKind::Consolation {
                    add("consolations", Some(*month), 1, None);
                }
            }
        } else if let Some(talk) = Talk::read(record) {
            if let Some(month) = month_of(&talk.date) {
                add("talks", Some(month), 1, None);
            }
        } else if let Some(frame) = CareFrame::read(record) {
            let stands = frame.since.as_str() <= sources.as_of
                && (frame.ended.is_empty() || frame.ended.as_str() > sources.as_of);
            if record.rtype == PAIRING && stands && !erased.contains(&frame.subject) {
                paired.insert(frame.subject);
            } else if record.rtype == AID && frame.state == "granted" {
                // The day of the decision.
                if let Some(month) = month_of(&frame.ended) {
                    add("aid", Some(month), 1, None);
                }
            }
        } else if record.rtype == VISIT_LINK {
            if let Some(month) = visit_months.get(record.str("ref"))
                && !record.str("household").is_empty()
            {
                households.insert((*month, record.str("household").to_owned()));
            }
        } else if record.rtype == CONCERN {
            if let Some(month) = Concern::read(record).and_then(|concern| month_of(&concern.date)) {
                add("concerns", Some(month), i64::from(state(&record.id) == Some("closed")), Some(1));
            }
        } else if (record.rtype == ITEM || record.rtype == DISPATCHED)
            && let Some(month) = Item::read(record).and_then(|item| month_of(&item.deadline))
        {
            add("checklist", Some(month), i64::from(finished(record, about.get(&record.id.to_string()))), Some(1));
        }
    }
    for _ in paired {
        add("pairings", None, 1, None);
    }
    for (month, _) in households {
        add("households", Some(month), 1, None);
    }
    // Due: months up to the as-of day, for members who belonged to the branch then, less relief that both decisions allow.
    for member in account.members() {
        for month in 1..=12u8 {
            let text = format!("{:04}-{month:02}", sources.year);
            let began = sources.as_of.get(..7).is_some_and(|now| text.as_str() <= now);
            let due = account.due(member, members.get(member), &text);
            if began && due.assessment.is_some() {
                add("dues", Some(month), 0, Some(due.fen));
            }
        }
    }
    debug_assert!(out.keys().all(|(code, _)| METRICS.iter().any(|metric| metric.code == *code)));
    out.retain(|(code, _), (_, denominator)| {
        METRICS.iter().any(|metric| metric.code == *code && (metric.kind == MetricKind::Count) == denominator.is_none())
    });
    out
}
