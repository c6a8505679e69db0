//! 疑似重复: records of several branches that may be one, proposed with reasons, laid together or said to be two by a person. All of
//! it stands on this office's desk (`own/desk`): nothing here writes into a branch's book, and taken back it is as if it had not been.

mod found;
mod merge;
mod overlay;
mod side;

use std::collections::BTreeSet;

use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::alike::Pair;

use crate::ErrorDto;
use crate::area::Area;
use crate::cases::upward::reads_own_books;
use crate::cx::Cx;
use crate::dto::alike::{AlikeKind, AlikeList, AlikeListInput, AlikePair};
use crate::error::Answer;

pub(crate) use found::Kept;
pub(crate) use merge::{apart, groups, merge, preview, undo};
pub(crate) use overlay::Overlay;

/// Rows of a page.
fn limit(asked: u32) -> u32 {
    if asked == 0 { 50 } else { asked.min(200) }
}

/// The desk is this office's own: who does not see its `own/` books sees no pairs either, not even those of members.
pub(crate) fn must_see(cx: &Cx<'_>) -> Answer<()> {
    if !cx.sees(&BookKind::desk()) {
        return Err(ErrorDto::new("profile_hides").with("area", Area::Households.as_str()));
    }
    if !reads_own_books(cx) {
        return Err(ErrorDto::new("grant_needed").with("book", BookKind::desk()));
    }
    Ok(())
}

/// What is proposed: of records that are merged already one pair, and nothing that somebody said of.
fn proposed<'f>(overlay: &Overlay, pairs: &'f [Pair]) -> Vec<&'f Pair> {
    let mut seen: BTreeSet<(RecordId, RecordId)> = BTreeSet::new();
    pairs.iter().filter(|pair| overlay.open(pair).is_some_and(|open| seen.insert(open))).collect()
}

/// `alike.list`: pairs, the best first.
///
/// # Errors
/// `profile_hides`, `grant_needed`; `office_unknown` at `office`.
pub(crate) fn list(cx: &Cx<'_>, input: AlikeListInput) -> Answer<AlikeList> {
    must_see(cx)?;
    let office = match input.office.as_deref().filter(|office| !office.is_empty()) {
        None => None,
        Some(text) => {
            let known = text.parse::<OfficeId>().ok().filter(|office| cx.offices_below().contains(office));
            Some(known.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?)
        }
    };
    let overlay = Overlay::load(cx)?;
    let found = found::of(cx, input.kind)?;
    let mut pairs = proposed(&overlay, &found.pairs);
    if let Some(office) = office {
        let of = |id: &RecordId| found.offices.get(id) == Some(&office);
        pairs.retain(|pair| of(&pair.one) || of(&pair.other));
    }
    let total = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let skip = usize::try_from(input.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit(input.limit)).unwrap_or(usize::MAX);
    let rows = pairs.into_iter().skip(skip).take(take).map(|pair| row(cx, &overlay, input.kind, pair));
    Ok(AlikeList {
        total,
        compared: found.compared,
        left_out: found.left_out,
        since: found.since.map(|since| since.to_string()),
        rows: rows.collect::<Answer<_>>()?,
    })
}

fn row(cx: &Cx<'_>, overlay: &Overlay, kind: AlikeKind, pair: &Pair) -> Answer<AlikePair> {
    Ok(AlikePair {
        id: format!("{}-{}", pair.one, pair.other),
        one: side::of(cx, overlay, kind, &pair.one)?,
        other: side::of(cx, overlay, kind, &pair.other)?,
        why: pair.why.iter().map(|why| why.as_str().to_owned()).collect(),
        points: pair.points,
    })
}

/// How many pairs of each kind wait, for 待我决定; nothing for who does not see them.
pub(crate) fn waiting(cx: &Cx<'_>) -> Answer<Vec<(AlikeKind, u32)>> {
    if must_see(cx).is_err() || cx.offices_below().is_empty() {
        return Ok(Vec::new());
    }
    let overlay = Overlay::load(cx)?;
    let kinds = [AlikeKind::Members, AlikeKind::Concerns, AlikeKind::Cases].into_iter();
    let counted = kinds.map(|kind| -> Answer<(AlikeKind, u32)> {
        let found = found::of(cx, kind)?;
        Ok((kind, u32::try_from(proposed(&overlay, &found.pairs).len()).unwrap_or(u32::MAX)))
    });
    counted.filter(|one| !matches!(one, Ok((_, 0)))).collect()
}
