//! 组织关系转接 at the committee: what was written out below it is passed on or returned, and once the target took the member
//! in, the branch that wrote out is told. Adding up, each member counts once at any time.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKey;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::member::{MEMBER, Member, settle_merges};
use ybz_domain::ledger::transfer::{TRANSFER_OUT, TRANSFER_PASS, TRANSFER_WORD, Transfer, Word, counted_once, latest};

use crate::cases::alike::Overlay;
use crate::cases::member::transfer::{OUTSIDE, transfer_row};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::transfer::{MembersBelow, MembersOf, TransferPassInput, TransferReturnInput, TransferRow};
use crate::dto::{IdInput, Nothing};
use crate::error::{Answer, required};
use crate::{ErrorDto, natural};

/// One device of the committee or two: passed on to one target it is one record.
const PASS_TAG: &str = "ybz transfer pass 1";

/// A transfer below with what became of it.
struct Case {
    office: OfficeId,
    out: Transfer,
    target: Option<OfficeId>,
    taken_in: bool,
    word: Option<Word>,
}

impl Case {
    fn state(&self) -> &'static str {
        let said = self.word.as_ref().map_or("", |word| word.state.as_str());
        match (said, self.taken_in) {
            ("accepted", _) => "accepted",
            (_, true) => "to_tell",
            _ if self.out.withdrawn => "withdrawn",
            ("returned", _) => "returned",
            _ if self.target.is_some() => "passed",
            _ => "waiting",
        }
    }
}

fn cases(cx: &Cx<'_>) -> Answer<Vec<Case>> {
    let outs = cx.below(TRANSFER_OUT, None)?;
    if outs.is_empty() {
        return Ok(Vec::new());
    }
    let mut words: BTreeMap<String, Vec<(RecordId, Word)>> = BTreeMap::new();
    for stored in cx.below(TRANSFER_WORD, None)? {
        if let Some(word) = Word::read(&stored.view) {
            words.entry(word.transfer.clone()).or_default().push((stored.view.id, word));
        }
    }
    let passes = cx.below(TRANSFER_PASS, None)?;
    let targets: BTreeMap<String, OfficeId> =
        passes.iter().filter_map(|stored| Some((Transfer::read(&stored.view)?.id, stored.book.office))).collect();
    let taken_in: BTreeSet<String> =
        cx.below(MEMBER, None)?.iter().map(|stored| stored.view.str("transfer").to_owned()).collect();
    let case = |stored: &Stored| {
        let out = Transfer::read(&stored.view).filter(|out| out.office != OUTSIDE)?;
        Some(Case {
            office: stored.book.office,
            target: targets.get(&out.id).copied(),
            taken_in: taken_in.contains(&out.id),
            word: words.get(&out.id).and_then(latest).cloned(),
            out,
        })
    };
    Ok(outs.iter().filter_map(case).collect())
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
        "to_tell" => 0,
        "waiting" => 1,
        "passed" => 2,
        _ => 3,
    };
    let mut rows: Vec<TransferRow> = cases(cx)?
        .into_iter()
        .map(|case| {
            let state = case.state();
            let note = case.word.as_ref().filter(|_| state == "returned").map(|word| word.note.clone());
            let counted_by = if case.taken_in { "target" } else { "source" };
            let row = transfer_row(case.out, "below", state.to_owned(), note.unwrap_or_default(), counted_by);
            TransferRow { from: cx.name_of(&case.office), to: case.target.map(|target| cx.name_of(&target)), ..row }
        })
        .collect();
    rows.sort_by(|a, b| (rank(&a.state), &b.on, &b.id).cmp(&(rank(&b.state), &a.on, &a.id)));
    Ok(rows)
}

fn tell(cx: &Cx<'_>, edits: &mut Edits, case: &Case, state: &str, note: String) {
    let word = Word {
        transfer: case.out.id.clone(),
        state: state.to_owned(),
        on: cx.today_text(),
        note,
        recorded_on: cx.today_text(),
    };
    let book = BookKey::dispatch(case.office, cx.office, cx.today.year());
    edits.push(book, word.create(cx.new_id()));
}

/// `transfer.pass`: to an office below this one; the branch that wrote out is told where to.
pub(crate) fn pass(cx: &Cx<'_>, input: TransferPassInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["waiting"])?;
    let unknown = || ErrorDto::new("office_unknown").at("to");
    let to: OfficeId = input.to.parse().map_err(|_| unknown())?;
    if to == case.office || !cx.membership().children(&cx.office).contains(&to) {
        return Err(unknown());
    }
    let id = RecordId::natural(PASS_TAG, &[case.out.id.as_bytes(), to.as_bytes()]);
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
    tell(cx, &mut edits, &case, "passed", cx.name_of(&to));
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `transfer.return`: before it was passed on.
pub(crate) fn give_back(cx: &Cx<'_>, input: TransferReturnInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["waiting"])?;
    let mut edits = Edits::default();
    tell(cx, &mut edits, &case, "returned", required("note", &input.note, 200)?);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `transfer.told`: the branch that wrote out learns that the member was taken in.
pub(crate) fn told(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let case = find(cx, &input.id, &["to_tell"])?;
    let mut edits = Edits::default();
    let to = case.target.map(|target| cx.name_of(&target)).unwrap_or_default();
    tell(cx, &mut edits, &case, "accepted", to);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `member.below`
pub(crate) fn below(cx: &Cx<'_>) -> Answer<MembersBelow> {
    let records = cx.below(MEMBER, None)?;
    let homes: BTreeMap<RecordId, OfficeId> = records.iter().map(|s| (s.view.id, s.book.office)).collect();
    let mut members: Vec<(RecordId, Member)> =
        records.iter().filter_map(|stored| Some((stored.view.id, Member::read(&stored.view)?))).collect();
    settle_merges(&mut members);
    let counted = counted_once(&members.into_iter().collect(), &cx.today_text());
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
    let moving = cases(cx)?.iter().filter(|case| matches!(case.state(), "waiting" | "passed" | "to_tell")).count();
    Ok(MembersBelow {
        total: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        moving: u32::try_from(moving).unwrap_or(u32::MAX),
        offices,
    })
}
