//! What only one of two sessions of one meeting has, shown before they are merged and taken over with it.

use std::collections::BTreeSet;

use ybz_domain::book::RecordOp;
use ybz_domain::ledger::session::Session;
use ybz_domain::ledger::twice::only_there;
use ybz_domain::ledger::vote::{VOTE, Vote};

use crate::cx::{Cx, Edits, Stored};
use crate::dto::twice::OnlyThere;
use crate::error::Answer;

type One<'a> = (&'a Stored, &'a Session);

/// Votes of a session that stand.
fn votes(cx: &Cx<'_>, of: &Stored) -> Answer<Vec<(Stored, Vote)>> {
    let found = cx.about(VOTE, &of.view.id.to_string())?;
    let read = |stored: Stored| Vote::read(&stored.view).map(|vote| (stored, vote));
    Ok(found.into_iter().filter_map(read).filter(|(_, vote)| !vote.dropped).collect())
}

/// Votes of `from` on matters on which `keep` has none.
fn only_votes(cx: &Cx<'_>, keep: &Stored, from: &Stored) -> Answer<Vec<(Stored, Vote)>> {
    let mut there = votes(cx, from)?;
    if !there.is_empty() {
        let here: BTreeSet<String> = votes(cx, keep)?.into_iter().map(|(_, vote)| vote.subject).collect();
        there.retain(|(_, vote)| !here.contains(&vote.subject));
    }
    Ok(there)
}

/// What `from` has and `keep` has not.
pub(super) fn only(cx: &Cx<'_>, keep: One<'_>, from: One<'_>) -> Answer<Vec<OnlyThere>> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut out: Vec<OnlyThere> = only_there(keep.0.view.id, keep.1, from.1)
        .into_iter()
        .map(|taken| OnlyThere { what: taken.what.to_owned(), count: count(taken.count) })
        .collect();
    let votes = only_votes(cx, keep.0, from.0)?.len();
    if votes > 0 {
        out.push(OnlyThere { what: "votes".to_owned(), count: count(votes) });
    }
    Ok(out)
}

/// Takes it over. Votes go over as they are, with the day of the session to which they belong from then on.
pub(super) fn take(cx: &Cx<'_>, edits: &mut Edits, keep: One<'_>, from: One<'_>) -> Answer<()> {
    for taken in only_there(keep.0.view.id, keep.1, from.1) {
        for op in taken.ops {
            edits.push(keep.0.book.clone(), op);
        }
    }
    for (stored, before) in only_votes(cx, keep.0, from.0)? {
        let vote = Vote { session: keep.0.view.id.to_string(), date: keep.1.date.clone(), ..before.clone() };
        let ops: Vec<RecordOp> = vote.update(stored.view.id, &before);
        for op in ops {
            edits.push(stored.book.clone(), op);
        }
    }
    Ok(())
}
