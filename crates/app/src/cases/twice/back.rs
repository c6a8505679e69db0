//! 撤销合并: the session counts by itself again, and what was taken over from it goes back, where nobody wrote into it since. What the
//! merge wrote is read from the change that wrote it, so that any device of the office may take it back.

use std::collections::BTreeSet;

use ybz_domain::book::{RecordOp, UndoStanding as Standing};
use ybz_domain::ids::{BookId, ChangeHash, RecordId};
use ybz_domain::ledger::session::SESSION;
use ybz_domain::ledger::vote::VOTE;
use ybz_store::{Action, ActionChange};

use crate::ErrorDto;
use crate::cases::undo::{Plan, actions, plan, seen};
use crate::cx::{Cx, Edits, Names, Stored};
use crate::dto::twice::{UnmergeInput, UnmergePreview};
use crate::dto::undo::UndoRecord;
use crate::dto::{IdInput, Nothing};
use crate::error::Answer;

const INTO: &str = "merged_into";

/// What taking a merge back means.
struct Back {
    stored: Stored,
    plan: Plan,
}

impl Back {
    /// What is told: without the word that it was merged, which goes in any case.
    fn told(&self) -> Vec<UndoRecord> {
        let own = self.stored.view.id.to_string();
        self.plan.records.iter().filter(|one| one.record != own).cloned().collect()
    }
}

fn load(cx: &Cx<'_>, id: &str) -> Answer<Back> {
    let stored = cx.own_record(id, SESSION)?;
    // What the one that it was merged into gave on with a merge of its own would count twice. Two that were merged into each other
    // are taken apart one by one.
    for next in into(&stored) {
        let Ok(next) = cx.own_record(&next.to_string(), SESSION) else { continue };
        if into(&next).iter().any(|on| *on != stored.view.id) {
            return Err(ErrorDto::new("merged_on"));
        }
    }
    let mut all = Plan::default();
    for change in written(&stored) {
        let of = merging(cx, stored.book.id(), change, stored.view.id)?;
        let found = plan(cx, &of)?;
        // What is not here any more, or not to be seen, says nothing: then the session counts by itself, and no more.
        if found.refused.is_empty() && merges_alone(&stored, &found) {
            all.records.extend(found.records);
            all.back.extend(found.back);
            all.heads.extend(found.heads);
        }
    }
    Ok(Back { stored, plan: all })
}

/// Changes that merged it: two devices may have done so at once.
fn written(stored: &Stored) -> Vec<ChangeHash> {
    let values = stored.view.fields.get(INTO).map(|field| field.values.as_slice()).unwrap_or_default();
    values.iter().filter_map(|seen| seen.change).collect()
}

/// The change as an action. Where this profile merged them here, with what the merge wrote into books of other years.
fn merging(cx: &Cx<'_>, book: BookId, hash: ChangeHash, record: RecordId) -> Answer<Action> {
    let here = actions(cx)?.into_iter().find(|action| action.changes.iter().any(|change| change.hash == hash));
    let alone = || Action {
        id: 0,
        on: cx.today,
        profile: String::new(),
        call: "meeting.merge".to_owned(),
        undoes: None,
        changes: vec![ActionChange { book, hash, record, records: 1 }],
    };
    Ok(here.unwrap_or_else(alone))
}

/// The sessions that it was merged into.
fn into(stored: &Stored) -> BTreeSet<RecordId> {
    let values = stored.view.fields.get(INTO).into_iter().flat_map(|field| &field.values);
    values.filter_map(|seen| seen.value.as_str()?.parse().ok()).collect()
}

/// A change that did anything else beside (a book was copied anew, or work carried over into it) is no merge: nothing else may go
/// back with it.
fn merges_alone(stored: &Stored, plan: &Plan) -> bool {
    let into = into(stored);
    let own = stored.view.id;
    let from = own.to_string();
    let fits = |(_, id, field, _): &(_, RecordId, ybz_domain::book::FieldUndo, _)| match id {
        id if *id == own => field.field == INTO,
        id if into.contains(id) => field.field != "date" && field.field != INTO,
        // A vote that came from it.
        id => match field.field.as_str() {
            "ref" => field.was.iter().all(|was| was.as_str() == Some(&from)),
            "date" => plan.records.iter().any(|one| one.record == id.to_string() && one.record_type == VOTE),
            _ => false,
        },
    };
    plan.delete.is_empty() && plan.back.iter().all(fits)
}

/// `meeting.unmerge_preview`
pub(crate) fn unmerge_preview(cx: &Cx<'_>, input: IdInput) -> Answer<UnmergePreview> {
    let records = load(cx, &input.id)?.told();
    let seen = seen(&records, &[])?;
    Ok(UnmergePreview { records, seen })
}

/// `meeting.unmerge`
///
/// # Errors
/// `changed_since` when it is not what was looked at; `merged_on` while the session that it was merged into is itself merged.
pub(crate) fn unmerge(cx: &Cx<'_>, input: UnmergeInput) -> Answer<Nothing> {
    let back = load(cx, &input.id)?;
    if let Some(looked_at) = &input.seen
        && *looked_at != seen(&back.told(), &[])?
    {
        return Err(ErrorDto::new("changed_since"));
    }
    let Back { stored, plan } = back;
    let own = stored.view.id;
    let mut edits = Edits::default();
    // What goes back stood in the books and was looked at then.
    edits.names = Names::Stood;
    if stored.view.get(INTO).is_some() {
        edits.push(stored.book.clone(), RecordOp::Clear { id: own, field: INTO.to_owned() });
    }
    let mut votes = BTreeSet::new();
    for (key, id, field, ops) in plan.back {
        if id == own || field.standing == Standing::Changed {
            continue;
        }
        let vote = plan.records.iter().any(|one| one.record == id.to_string() && one.record_type == VOTE);
        if vote && field.field == "date" {
            continue;
        }
        if vote && votes.insert(id) {
            // It has the day of its session, whatever became of either since.
            let date = stored.view.str("date").into();
            edits.push(key.clone(), RecordOp::Set { id, field: "date".to_owned(), value: date });
        }
        ops.into_iter().for_each(|op| edits.push(key.clone(), op));
    }
    plan.heads.into_iter().for_each(|(key, heads)| edits.unmoved(key, heads));
    cx.commit(edits)?;
    Ok(Nothing {})
}
