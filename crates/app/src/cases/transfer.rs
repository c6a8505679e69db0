//! 组织关系转接 at the committee: what was written out below it is passed on or returned, and once the target took the member
//! in, the branch that wrote out is told. Adding up, each member counts once at any time.

mod keep;

use std::collections::BTreeMap;

use ybz_domain::book::BookKey;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::member::{MEMBER, Member, settle_merges};
use ybz_domain::ledger::standing::{Change, Event, MEMBER_CHANGE};
use ybz_domain::ledger::transfer::{
    TRANSFER_OUT, TRANSFER_PASS, TRANSFER_WORD, Transfer, Word, counted_once, ended, latest, told_elsewhere,
};

use crate::cases::alike::Overlay;
use crate::cases::member::transfer::{OUTSIDE, transfer_row};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::transfer::{MembersBelow, MembersOf, TransferPassInput, TransferReturnInput, TransferRow};
use crate::dto::{IdInput, Nothing};
use crate::error::{Answer, required};
use crate::{ErrorDto, natural};

pub(crate) use keep::keep;

/// One device of the committee or two: passed on to one target it is one record.
const PASS_TAG: &str = "ybz transfer pass 1";
/// The same once more, after it was ended.
const AGAIN_TAG: &str = "ybz transfer pass again 1";

/// Merges of a member's records that are followed.
const MERGES: usize = 16;

/// One passing-on.
struct Pass {
    id: RecordId,
    to: OfficeId,
    /// The word that ended it; none: it is open.
    ended: Option<(RecordId, Word)>,
}

/// A target that took the member in.
struct Holder {
    office: OfficeId,
    /// Its own record of the member.
    member: RecordId,
    /// The member is on its roster today.
    here: bool,
    /// Words that tell it that another keeps the member.
    told: Vec<RecordId>,
}

/// A transfer below with what became of it.
struct Case {
    office: OfficeId,
    out: Transfer,
    passes: Vec<Pass>,
    took: Vec<Holder>,
    word: Option<Word>,
}

impl Case {
    /// The passing-on that a target has still to answer; not of one that took the member in.
    fn open(&self) -> Option<&Pass> {
        let took = |pass: &&Pass| self.took.iter().any(|holder| holder.office == pass.to);
        self.passes.iter().find(|pass| pass.ended.is_none() && !took(pass))
    }

    /// The target that has the member: of several the one that was not told to write it out.
    fn taken_in(&self) -> Option<&Holder> {
        self.took.iter().min_by_key(|holder| (!holder.here, !holder.told.is_empty(), holder.office))
    }

    /// Targets on whose rosters the member is, where there are several; else none.
    fn holders(&self) -> Vec<&Holder> {
        let here: Vec<&Holder> = self.took.iter().filter(|holder| holder.here).collect();
        if here.len() > 1 { here } else { Vec::new() }
    }

    /// Of several holders it is not settled which one keeps the member.
    fn twice(&self) -> bool {
        let holders = self.holders();
        !holders.is_empty() && holders.iter().filter(|holder| holder.told.is_empty()).count() != 1
    }

    /// The last that was declined, where nobody has it now.
    fn declined(&self) -> Option<&Word> {
        let ended = self.passes.iter().filter_map(|pass| pass.ended.as_ref());
        let (_, last) = ended.max_by_key(|(id, word)| (&word.on, *id))?;
        Some(last).filter(|word| word.state == "declined" && self.open().is_none())
    }

    fn target(&self) -> Option<OfficeId> {
        self.taken_in().map(|holder| holder.office).or_else(|| self.open().map(|pass| pass.to))
    }

    fn state(&self) -> &'static str {
        let said = self.word.as_ref().map_or("", |word| word.state.as_str());
        match (said, self.taken_in()) {
            // A recall crossed an acceptance.
            _ if self.twice() => "taken_twice",
            // Somebody else may still wait for the member.
            _ if self.out.withdrawn && self.took.is_empty() && self.open().is_some() => "to_recall",
            ("accepted", _) if self.open().is_some() => "to_recall",
            ("accepted", _) if !self.holders().is_empty() => "leaving",
            ("accepted", _) => "accepted",
            (_, Some(_)) => "to_tell",
            _ if self.out.withdrawn => "withdrawn",
            // Two computers of the committee may have given it back and passed it on.
            ("returned", _) if self.open().is_some() => "to_recall",
            ("returned", _) => "returned",
            _ if self.open().is_some() => "passed",
            _ if self.declined().is_some() => "declined",
            _ => "waiting",
        }
    }
}

fn cases(cx: &Cx<'_>) -> Answer<Vec<Case>> {
    let outs = cx.below(TRANSFER_OUT, None)?;
    if outs.is_empty() {
        return Ok(Vec::new());
    }
    // Of an office its own words and those to it.
    let mut words: BTreeMap<(OfficeId, String), Vec<(RecordId, Word)>> = BTreeMap::new();
    for stored in cx.below(TRANSFER_WORD, None)? {
        if let Some(word) = Word::read(&stored.view) {
            words.entry((stored.book.office, word.transfer.clone())).or_default().push((stored.view.id, word));
        }
    }
    let mut passes: BTreeMap<String, Vec<Pass>> = BTreeMap::new();
    for stored in cx.below(TRANSFER_PASS, None)? {
        if let Some(passed) = Transfer::read(&stored.view) {
            let (id, to) = (stored.view.id, stored.book.office);
            let about = words.get(&(to, passed.id.clone()));
            let ended = ended(&id, about.into_iter().flatten()).cloned();
            passes.entry(passed.id).or_default().push(Pass { id, to, ended });
        }
    }
    let members = cx.below(MEMBER, None)?;
    let at: BTreeMap<(OfficeId, RecordId), &Stored> =
        members.iter().map(|stored| ((stored.book.office, stored.view.id), stored)).collect();
    let read = |key: (OfficeId, RecordId)| at.get(&key).and_then(|stored| Member::read(&stored.view));
    let moved = members.iter().filter(|stored| !stored.view.str("transfer").is_empty());
    let mut took: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for (office, id) in moved.map(|stored| (stored.book.office, stored.view.id)) {
        let Some(member) = read((office, id)) else { continue };
        let about = words.get(&(office, member.transfer.clone()));
        let told = about.map(|words| told_elsewhere(&member.transfer, words)).unwrap_or_default();
        // Merged there with another record, the member is on the roster as that one.
        let into = |one: &Member| one.merged_into.parse().ok().and_then(|next| read((office, next)));
        let last = std::iter::successors(Some(member.clone()), into).take(MERGES).last();
        let holder = Holder {
            office,
            member: id,
            here: last.is_some_and(|last| last.belongs_on(&cx.today_text())),
            told: told.into_iter().map(|(id, _)| *id).collect(),
        };
        took.entry(member.transfer).or_default().push(holder);
    }
    let mut case = |stored: &Stored| {
        let out = Transfer::read(&stored.view).filter(|out| out.office != OUTSIDE)?;
        let told = words.get(&(stored.book.office, out.id.clone()));
        let told: Vec<_> = told.into_iter().flatten().filter(|(_, word)| word.pass.is_empty()).collect();
        Some(Case {
            office: stored.book.office,
            passes: passes.remove(&out.id).unwrap_or_default(),
            took: took.remove(&out.id).unwrap_or_default(),
            word: latest(told).cloned(),
            out,
        })
    };
    Ok(outs.iter().filter_map(&mut case).collect())
}

fn find(cx: &Cx<'_>, id: &str, states: &[&str]) -> Answer<Case> {
    let case = cases(cx)?.into_iter().find(|case| case.out.id == id);
    let case = case.ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
    if states.contains(&case.state()) {
        Ok(case)
    } else {
        Err(ErrorDto::new("transfer_ended").with("state", case.state()))
    }
}

/// `transfer.waiting`: what was written out below this committee, what waits for it first.
pub(crate) fn waiting(cx: &Cx<'_>) -> Answer<Vec<TransferRow>> {
    let rank = |state: &str| match state {
        "taken_twice" | "to_tell" | "to_recall" => 0,
        "waiting" | "declined" => 1,
        "passed" => 2,
        _ => 3,
    };
    let mut rows = cases(cx)?.into_iter().map(|case| row(cx, case)).collect::<Answer<Vec<TransferRow>>>()?;
    rows.sort_by(|a, b| (rank(&a.state), &b.on, &b.id).cmp(&(rank(&b.state), &a.on, &a.id)));
    Ok(rows)
}

fn row(cx: &Cx<'_>, case: Case) -> Answer<TransferRow> {
    let state = case.state();
    let said = match state {
        "returned" => case.word.as_ref(),
        "declined" => case.declined(),
        _ => None,
    };
    let note = said.map(|word| word.note.clone()).unwrap_or_default();
    let counted_by = if case.took.is_empty() { "source" } else { "target" };
    // Who is to be told that the member does not come, where that is open.
    let to = if state == "to_recall" { case.open().map(|pass| pass.to) } else { case.target() };
    let to = to.filter(|_| state != "taken_twice").map(|target| cx.name_of(&target));
    let holders = keep::rows(cx, &case)?;
    let row = transfer_row(case.out, "below", state.to_owned(), note, counted_by);
    Ok(TransferRow { from: cx.name_of(&case.office), to, holders, ..row })
}

fn word(cx: &Cx<'_>, case: &Case, state: &str, note: String) -> Word {
    Word {
        transfer: case.out.id.clone(),
        pass: String::new(),
        state: state.to_owned(),
        on: cx.today_text(),
        note,
        recorded_on: cx.today_text(),
    }
}

/// Tells the branch that wrote out.
fn tell(cx: &Cx<'_>, edits: &mut Edits, case: &Case, word: &Word) {
    let book = BookKey::dispatch(case.office, cx.office, cx.today.year());
    edits.push(book, word.create(cx.new_id()));
}

/// `transfer.pass`: to an office below this one; the branch that wrote out is told where to.
pub(crate) fn pass(cx: &Cx<'_>, input: TransferPassInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["waiting", "declined"])?;
    let unknown = || ErrorDto::new("office_unknown").at("to");
    let to: OfficeId = input.to.parse().map_err(|_| unknown())?;
    if to == case.office || !cx.membership().children(&cx.office).contains(&to) {
        return Err(unknown());
    }
    let first = RecordId::natural(PASS_TAG, &[case.out.id.as_bytes(), to.as_bytes()]);
    // Declined or recalled before, it is another one: those that ended stay ended.
    let before = u32::try_from(case.passes.iter().filter(|pass| pass.to == to).count()).unwrap_or(u32::MAX);
    let id = match before {
        0 => first,
        times => RecordId::natural(AGAIN_TAG, &[first.as_bytes(), &times.to_be_bytes()]),
    };
    let passed = Transfer {
        on: cx.today_text(),
        office: String::new(),
        place: cx.name_of(&case.office),
        withdrawn: false,
        recorded_on: cx.today_text(),
        ..case.out.clone()
    };
    let mut edits = Edits::default();
    edits.push(BookKey::dispatch(to, cx.office, cx.today.year()), passed.pass_on(id));
    // The name of an office, which nobody typed.
    edits.checked.insert(cx.name_of(&to));
    tell(cx, &mut edits, &case, &word(cx, &case, "passed", cx.name_of(&to)));
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `transfer.return`: before it was passed on, or after the target declined.
pub(crate) fn give_back(cx: &Cx<'_>, input: TransferReturnInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["waiting", "declined"])?;
    let mut edits = Edits::default();
    tell(cx, &mut edits, &case, &word(cx, &case, "returned", required("note", &input.note, 200)?));
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `transfer.recall`: what was passed to the wrong office, or was withdrawn by the branch, is taken back from the target. Should the
/// target have taken the member in meanwhile, that counts.
pub(crate) fn recall(cx: &Cx<'_>, input: TransferReturnInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["passed", "to_recall"])?;
    let pass = case.open().ok_or_else(|| ErrorDto::new("transfer_ended").with("state", case.state()))?;
    let withdrawn = case.state() == "to_recall";
    let note = if withdrawn { String::new() } else { required("note", &input.note, 200)? };
    let state = if withdrawn { "withdrawn" } else { "recalled" };
    let ends = Word { pass: pass.id.to_string(), ..word(cx, &case, state, note) };
    let mut edits = Edits::default();
    edits.push(BookKey::dispatch(pass.to, cx.office, cx.today.year()), ends.create(cx.new_id()));
    if !withdrawn {
        tell(cx, &mut edits, &case, &word(cx, &case, "recalled", String::new()));
    }
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `transfer.told`: the branch that wrote out learns that the member was taken in, and from which day on.
pub(crate) fn told(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["to_tell"])?;
    let missing = || ErrorDto::new("not_found").with("id", &input.id);
    let Holder { office: target, member, .. } = case.taken_in().ok_or_else(missing)?;
    let on = taken_in_on(cx, *target, member)?.unwrap_or_else(|| cx.today_text());
    let mut edits = Edits::default();
    tell(cx, &mut edits, &case, &Word { on, ..word(cx, &case, "accepted", cx.name_of(target)) });
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// The day from which the target counts the member, by its own word: the first one that stands.
fn taken_in_on(cx: &Cx<'_>, target: OfficeId, member: &RecordId) -> Answer<Option<String>> {
    let changes = cx.about_in(MEMBER_CHANGE, target, &member.to_string())?;
    let own = changes.iter().filter(|stored| stored.book.writer() == target);
    let came = own.filter_map(|stored| Change::read(&stored.view));
    let came = came.filter(|change| !change.void && change.event == Some(Event::TransferredIn));
    Ok(came.map(|change| change.on).min())
}

/// `member.below`
pub(crate) fn below(cx: &Cx<'_>) -> Answer<MembersBelow> {
    let records = cx.below(MEMBER, None)?;
    let today = cx.today_text();
    // Two targets may have taken in under one transfer, when a recall crossed an acceptance: of those that have the member today one
    // counts, and which of the two is the order's, not the committee's choice.
    let mut known: BTreeMap<RecordId, (OfficeId, Member)> = BTreeMap::new();
    for stored in &records {
        let Some(member) = Member::read(&stored.view) else { continue };
        let before = known.get(&stored.view.id).is_some_and(|(_, before)| before.belongs_on(&today));
        if !before || member.belongs_on(&today) {
            known.insert(stored.view.id, (stored.book.office, member));
        }
    }
    let homes: BTreeMap<RecordId, OfficeId> = known.iter().map(|(id, (office, _))| (*id, *office)).collect();
    let mut members: Vec<(RecordId, Member)> = known.into_iter().map(|(id, (_, member))| (id, member)).collect();
    settle_merges(&mut members);
    let counted = counted_once(&members.into_iter().collect(), &today);
    // Who was merged on this office's desk counts once here; each branch goes on counting its own.
    let counted = Overlay::load(cx)?.once(&counted);
    let mut of: BTreeMap<OfficeId, u32> = homes.values().map(|office| (*office, 0)).collect();
    for home in counted.iter().filter_map(|id| homes.get(id)) {
        *of.entry(*home).or_default() += 1;
    }
    let mut offices: Vec<MembersOf> = of
        .into_iter()
        .map(|(office, count)| MembersOf { office: office.to_string(), name: cx.name_of(&office), count })
        .collect();
    offices.sort_by_cached_key(|row| natural::key(&row.name));
    let moving =
        cases(cx)?.iter().filter(|case| matches!(case.state(), "waiting" | "declined" | "passed" | "to_tell")).count();
    Ok(MembersBelow {
        total: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        moving: u32::try_from(moving).unwrap_or(u32::MAX),
        offices,
    })
}
