//! 提交, as both sides read it: which submission of a month counts, what was said on it, what differs since.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKind, RecordView};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::submission::{
    Counting, DECISION, Difference, EXPLAINED, Ledger, ON_SUBMISSION, Part, Rows, SUBMISSION, SUBMISSION_STEP,
    Submission, Word, counting, id_end, judged,
};
use ybz_domain::ledger::verdict::{Act, Outcome, Standing};
use ybz_store::RowHash;

use crate::cx::{Cx, Stored};
use crate::dto::month::{DifferentRow, MonthState, SubmissionView, SubmissionWord, SubmittedPart};
use crate::error::Answer;
use crate::node::store_error;

/// Rows of a difference that are listed.
const SHOWN: usize = 100;

/// A submission with what was said on it.
pub(crate) struct Known {
    pub(crate) id: RecordId,
    pub(crate) office: OfficeId,
    pub(crate) year: i16,
    pub(crate) submission: Submission,
    pub(crate) digest: String,
    pub(crate) outcome: Outcome,
    /// Two computers submitted the month without knowing of each other.
    pub(crate) doubled: bool,
    /// Other submissions of the month that nobody had seen when this one was made, and this one.
    pub(crate) tips: BTreeSet<RecordId>,
    words: Vec<(Stored, Word)>,
}

/// The submission that counts of each month, by office and month.
pub(crate) type Months = BTreeMap<(OfficeId, String), Known>;

impl Known {
    pub(crate) fn state(&self) -> MonthState {
        month_state(self.outcome.standing)
    }

    /// The comment of the return that counts.
    pub(crate) fn comment(&self) -> String {
        let returned = self.words.iter().rev().find(|(stored, word)| {
            self.outcome.tips.get(&stored.view.id) == Some(&Act::Return) && !word.note.is_empty()
        });
        returned.map(|(_, word)| word.note.clone()).unwrap_or_default()
    }

    /// The rows as they were submitted.
    pub(crate) fn then(&self) -> Then<'_> {
        Then { office: self.office, period: &self.submission.month, parts: &self.submission.parts }
    }

    /// Rows in all four ledgers.
    pub(crate) fn count(&self) -> u32 {
        self.submission.parts.values().fold(0, |sum, part| sum.saturating_add(part.count))
    }

    fn explained(&self, now: &str) -> bool {
        self.words.iter().rev().find(|(_, word)| word.state == EXPLAINED).is_some_and(|(_, word)| word.digest == now)
    }
}

/// How a month that was submitted stands, in the words of the screens.
pub(crate) fn month_state(standing: Standing) -> MonthState {
    match standing {
        Standing::Open | Standing::Pending => MonthState::Pending,
        Standing::Accepted => MonthState::Accepted,
        Standing::Withdrawn => MonthState::Withdrawn,
        Standing::Returned => MonthState::Returned,
    }
}

/// Where each month of a year stands that was submitted, by office and month.
pub(crate) fn states(cx: &Cx<'_>, year: i16) -> Answer<BTreeMap<(OfficeId, String), MonthState>> {
    if !cx.sees(&BookKind::tasks()) {
        return Ok(BTreeMap::new());
    }
    let all = cx.node.store.read(|reader| reader.submitted(year)).map_err(store_error)?;
    Ok(all.into_iter().map(|(office, month, standing)| ((office, month), month_state(standing))).collect())
}

/// The submissions of a year: of this office, or of those below.
pub(crate) fn load(cx: &Cx<'_>, below: bool, year: i16) -> Answer<Months> {
    let records = |rtype: &'static str, kind: BookKind| -> Answer<Vec<Stored>> {
        let all = if below { cx.below(rtype, Some(year))? } else { cx.records(rtype, Some(year))? };
        Ok(all.into_iter().filter(|stored| stored.book.kind == kind && stored.view.rtype == rtype).collect())
    };
    let mut said: BTreeMap<(OfficeId, String), Vec<(Stored, Word)>> = BTreeMap::new();
    let steps = records(SUBMISSION_STEP, BookKind::tasks())?;
    let decisions = records(DECISION, BookKind::dispatch())?;
    for stored in steps.into_iter().chain(decisions) {
        let Some(word) = Word::read(&stored.view) else { continue };
        if stored.view.rtype == SUBMISSION_STEP || word.kind == ON_SUBMISSION {
            said.entry((stored.book.office, word.about.clone())).or_default().push((stored, word));
        }
    }
    let mut by_month: BTreeMap<(OfficeId, String), Vec<(RecordId, Submission)>> = BTreeMap::new();
    for stored in records(SUBMISSION, BookKind::tasks())? {
        if let Some(submission) = Submission::read(&stored.view) {
            let key = (stored.book.office, submission.month.clone());
            by_month.entry(key).or_default().push((stored.view.id, submission));
        }
    }
    let mut out = Months::new();
    for ((office, month), all) in by_month {
        let Some(Counting { id, submission, tips }) = counting(all) else { continue };
        let digest = data_encoding::HEXLOWER.encode(&submission.digest(&office));
        let mut words = said.remove(&(office, id.to_string())).unwrap_or_default();
        words.sort_by(|(a, x), (b, y)| (&x.on, a.view.id).cmp(&(&y.on, b.view.id)));
        let outcome = judged(words.iter().map(|(stored, word)| (&stored.view, word)), &digest);
        let doubled = tips.len() > 1;
        out.insert((office, month), Known { id, office, year, submission, digest, outcome, doubled, tips, words });
    }
    Ok(out)
}

/// The rows of a month as they are now, with the records.
pub(crate) struct Now {
    rows: BTreeMap<Ledger, Vec<Stored>>,
}

impl Now {
    pub(crate) fn load(cx: &Cx<'_>, office: &OfficeId, month: &str) -> Answer<Self> {
        let mut rows = BTreeMap::new();
        for ledger in Ledger::ALL {
            rows.insert(ledger, cx.month_rows(&[*office], &ledger.book(), month)?);
        }
        Ok(Self { rows })
    }

    pub(crate) fn records(&self, ledger: Ledger) -> &[Stored] {
        self.rows.get(&ledger).map_or(&[], Vec::as_slice)
    }

    fn hashed(&self, ledger: Ledger) -> Rows {
        Rows::of(self.records(ledger).iter().map(|stored| &stored.view))
    }

    /// What would be submitted now.
    pub(crate) fn submission(&self, cx: &Cx<'_>, office: &OfficeId, month: &str) -> Answer<Submission> {
        let catalog = cx.catalog()?;
        let mut parts = BTreeMap::new();
        for ledger in Ledger::ALL {
            let rows = self.hashed(ledger);
            let books = self.records(ledger).iter().map(|stored| stored.book.clone()).collect::<BTreeSet<_>>();
            let heads = catalog.iter().filter(|(key, _)| books.contains(key)).flat_map(|(_, heads)| heads.clone());
            parts.insert(ledger, Submission::part(office, month, ledger, &rows, heads.collect()));
        }
        Ok(Submission { month: month.to_owned(), on: cx.today_text(), parts, ..Submission::default() })
    }

    /// Rows that differ from those that were told.
    pub(crate) fn different(&self, then: &Then<'_>) -> u32 {
        then.different(|ledger| self.hashed(ledger))
    }

    /// Each ledger as it was told, with the rows that differ now, and how many those are in all.
    pub(crate) fn compared(&self, cx: &Cx<'_>, then: &Then<'_>) -> Answer<(Vec<SubmittedPart>, u32)> {
        let mut parts = Vec::new();
        for ledger in Ledger::ALL {
            let found = then.difference(ledger, &self.hashed(ledger));
            let part = then.parts.get(&ledger).cloned().unwrap_or_default();
            parts.push(SubmittedPart {
                ledger: ledger.as_str().to_owned(),
                count: part.count,
                heads: part.heads.iter().map(ToString::to_string).collect(),
                untold: found.is_none(),
                // What a profile does not see is counted, and not told.
                rows: match found {
                    Some(found) if cx.sees(&ledger.book()) => self.rows(cx, then, ledger, &found)?,
                    _ => Vec::new(),
                },
            });
        }
        Ok((parts, self.different(then)))
    }

    fn rows(&self, cx: &Cx<'_>, then: &Then<'_>, ledger: Ledger, found: &Difference) -> Answer<Vec<DifferentRow>> {
        let here: BTreeMap<RecordId, &Stored> =
            self.records(ledger).iter().map(|stored| (stored.view.id, stored)).collect();
        let mut out: Vec<DifferentRow> = Vec::new();
        out.extend(found.added.iter().map(|id| different_row("added", here.get(id).copied())));
        out.extend(found.changed.iter().map(|id| different_row("changed", here.get(id).copied())));
        if !found.removed.is_empty() {
            // A row that left the period has another date now.
            let gone: BTreeSet<[u8; 8]> = found.removed.iter().copied().collect();
            let elsewhere = cx.month_rows(&[then.office], &ledger.book(), "")?;
            let moved: BTreeMap<[u8; 8], Stored> = elsewhere
                .into_iter()
                .map(|stored| (id_end(&stored.view.id), stored))
                .filter(|(end, _)| gone.contains(end))
                .collect();
            out.extend(found.removed.iter().map(|end| different_row("removed", moved.get(end))));
        }
        out.truncate(SHOWN);
        Ok(out)
    }
}

fn different_row(how: &str, stored: Option<&Stored>) -> DifferentRow {
    DifferentRow {
        how: how.to_owned(),
        id: stored.map(|stored| stored.view.id.to_string()),
        record_type: stored.map(|stored| stored.view.rtype.clone()).unwrap_or_default(),
        date: stored.map(|stored| stored.row.date.clone()).unwrap_or_default(),
        title: stored.map(|stored| title(&stored.view)).unwrap_or_default(),
    }
}

/// The rows of a period as somebody told them.
pub(crate) struct Then<'a> {
    pub(crate) office: OfficeId,
    pub(crate) period: &'a str,
    pub(crate) parts: &'a BTreeMap<Ledger, Part>,
}

impl Then<'_> {
    fn difference(&self, ledger: Ledger, now: &Rows) -> Option<Difference> {
        let none = Part::default();
        let part = self.parts.get(&ledger).unwrap_or(&none);
        part.difference(&self.office, self.period, ledger, now)
    }

    fn different(&self, now: impl Fn(Ledger) -> Rows) -> u32 {
        Ledger::ALL.into_iter().fold(0u32, |sum, ledger| {
            let more = self.difference(ledger, &now(ledger)).map_or(1, |found| found.len());
            sum.saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
        })
    }
}

/// How many rows of a month differ now from those that were submitted, by office. The hashes that stand beside the rows tell it;
/// no record is read for it.
pub(crate) fn different(cx: &Cx<'_>, known: &[&Known], month: &str) -> Answer<BTreeMap<OfficeId, u32>> {
    let offices: Vec<OfficeId> = known.iter().map(|known| known.office).collect();
    let mut now: BTreeMap<(OfficeId, Ledger), Vec<RowHash>> = BTreeMap::new();
    for ledger in Ledger::ALL {
        for row in cx.month_hashes(&offices, &ledger.book(), month)? {
            now.entry((row.key.office, ledger)).or_default().push(row);
        }
    }
    let rows = |office, ledger| {
        let found = now.get(&(office, ledger)).into_iter().flatten();
        Rows::known(found.map(|row| (row.id, row.hash)))
    };
    Ok(known.iter().map(|one| (one.office, one.then().different(|ledger| rows(one.office, ledger)))).collect())
}

/// A submission as it is shown, with how the rows of now differ.
pub(crate) fn view(cx: &Cx<'_>, known: &Known, now: &Now) -> Answer<SubmissionView> {
    let (parts, different) = now.compared(cx, &known.then())?;
    let mut words = Vec::new();
    for (stored, word) in &known.words {
        let by = stored.view.fields.get("state").and_then(|field| field.values.last());
        words.push(SubmissionWord {
            state: word.state.clone(),
            from_above: stored.view.rtype == DECISION,
            note: word.note.clone(),
            on: word.on.clone(),
            person: word.person.clone(),
            by: by.map_or(Ok((String::new(), String::new())), |seen| cx.author(&stored.book, seen))?.0,
        });
    }
    let digest_now = now_digest(cx, known, now)?;
    Ok(SubmissionView {
        id: known.id.to_string(),
        office: known.office.to_string(),
        office_name: cx.name_of(&known.office),
        month: known.submission.month.clone(),
        on: known.submission.on.clone(),
        person: known.submission.person.clone(),
        digest: known.digest.clone(),
        state: known.state(),
        disputed: known.outcome.disputed,
        doubled: known.doubled,
        parts,
        different,
        explained: different > 0 && known.explained(&digest_now),
        words,
        may: may(cx, known, different),
    })
}

/// The digest of the rows as they are now.
pub(crate) fn now_digest(cx: &Cx<'_>, known: &Known, now: &Now) -> Answer<String> {
    let now = now.submission(cx, &known.office, &known.submission.month)?;
    Ok(data_encoding::HEXLOWER.encode(&now.digest(&known.office)))
}

fn may(cx: &Cx<'_>, known: &Known, different: u32) -> Vec<String> {
    let own = known.office == cx.office;
    let acts: &[(Act, &str)] = match own {
        true => &[(Act::Withdraw, "withdraw"), (Act::Stand, "stand")],
        false => &[(Act::Accept, "accept"), (Act::Return, "return")],
    };
    let mut out: Vec<String> =
        acts.iter().filter(|(act, _)| known.outcome.permits(*act)).map(|(_, word)| (*word).to_owned()).collect();
    if own && different > 0 && known.state() == MonthState::Accepted {
        out.push("explain".to_owned());
    }
    out
}

fn title(view: &RecordView) -> String {
    let words = ["title", "theme", "place", "text", "note", "month"].iter().map(|field| view.str(field));
    words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ").chars().take(80).collect()
}
