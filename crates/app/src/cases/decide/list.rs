//! 待我决定 as one list: parts of one kind each, counted, and pages cut across them.

use std::collections::BTreeMap;

use ybz_store::{ItemQuery, ItemSort, UntakenQuery};

use super::{concerns, matters, rows};
use crate::cases::flow::FlowQuery;
use crate::cases::{admission, alike, conflict, item_list, org, transfer, troubles};
use crate::cx::Cx;
use crate::dto::decide::{DecideCount, DecideKind, DecideList, DecideListInput, DecideRow};
use crate::error::Answer;
use crate::node::store_error;

/// Rows of one kind: all of them, or what asks the read model for a page.
enum Rows {
    Here(Vec<DecideRow>),
    Items(Box<ItemQuery>),
    Flows(Box<FlowQuery>),
    Concerns(Box<UntakenQuery>),
}

/// Some rows of a kind; a kind may have several parts.
struct Part {
    kind: DecideKind,
    count: u32,
    rows: Rows,
}

impl Part {
    fn here(kind: DecideKind, rows: Vec<DecideRow>) -> Self {
        Self { kind, count: u32::try_from(rows.len()).unwrap_or(u32::MAX), rows: Rows::Here(rows) }
    }

    fn items(cx: &Cx<'_>, kind: DecideKind, query: ItemQuery) -> Answer<Self> {
        let count = match query.offices.is_empty() {
            true => 0,
            false => cx.node.store.read(|reader| reader.count_items(&query)).map_err(store_error)?,
        };
        Ok(Self { kind, count, rows: Rows::Items(Box::new(query)) })
    }

    fn flows(cx: &Cx<'_>, kind: DecideKind, query: FlowQuery) -> Answer<Self> {
        Ok(Self { kind, count: matters::count(cx, &query)?, rows: Rows::Flows(Box::new(query)) })
    }

    fn concerns(cx: &Cx<'_>, query: UntakenQuery) -> Answer<Self> {
        let count = concerns::count(cx, &query)?;
        Ok(Self { kind: DecideKind::Concern, count, rows: Rows::Concerns(Box::new(query)) })
    }

    fn page(self, cx: &Cx<'_>, offset: u32, limit: u32) -> Answer<Vec<DecideRow>> {
        Ok(match self.rows {
            Rows::Here(rows) => {
                let (skip, take) = (usize::try_from(offset), usize::try_from(limit));
                rows.into_iter().skip(skip.unwrap_or(usize::MAX)).take(take.unwrap_or(usize::MAX)).collect()
            }
            Rows::Items(query) => {
                let query = ItemQuery { offset, limit, ..*query };
                item_list::page(cx, &query)?.rows.iter().map(|row| rows::of_item(self.kind, row)).collect()
            }
            Rows::Flows(query) => matters::page(cx, self.kind, &FlowQuery { offset, limit, ..*query })?,
            Rows::Concerns(query) => concerns::page(cx, &UntakenQuery { offset, limit, ..*query })?,
        })
    }
}

/// Items of those below that were reported as done, or on which decisions crossed.
fn items(cx: &Cx<'_>, disputed: bool) -> ItemQuery {
    ItemQuery {
        offices: cx.offices_below(),
        origin: Some("superior".to_owned()),
        states: if disputed { Vec::new() } else { vec!["done".to_owned()] },
        disputed: Some(disputed),
        sort: ItemSort::Deadline,
        ..ItemQuery::default()
    }
}

/// What waits, without the proposals.
fn waiting(cx: &Cx<'_>) -> Answer<Vec<Part>> {
    let (mut crossed, mut submitted) = (Vec::new(), Vec::new());
    for known in super::submissions_waiting(cx)? {
        let row = rows::of_submission(cx, &known);
        if known.outcome.disputed { crossed.push(row) } else { submitted.push(row) }
    }
    crossed.sort_by(|a, b| (&a.title, &a.office_name, &a.id).cmp(&(&b.title, &b.office_name, &b.id)));
    submitted.sort_by(|a, b| (&a.title, &a.office_name, &a.id).cmp(&(&b.title, &b.office_name, &b.id)));
    let cases = admission::committee::cases(cx)?;
    let moves = transfer::waiting(cx)?;
    let mut parts =
        vec![Part::here(DecideKind::Disputed, crossed), Part::items(cx, DecideKind::Disputed, items(cx, true))?];
    for query in matters::disputed(cx) {
        parts.push(Part::flows(cx, DecideKind::Disputed, query)?);
    }
    parts.extend([Part::here(DecideKind::Submission, submitted), Part::items(cx, DecideKind::Item, items(cx, false))?]);
    parts.push(Part::flows(cx, DecideKind::Flow, matters::reported(cx))?);
    if let Some(query) = concerns::untaken(cx)? {
        parts.push(Part::concerns(cx, query)?);
    }
    let (taken_in, answered) = matters::cases(cx)?;
    parts.extend([
        Part::here(DecideKind::Case, taken_in),
        Part::here(DecideKind::Answer, answered),
        Part::here(DecideKind::Admission, cases.into_iter().map(rows::of_admission).collect()),
        Part::here(DecideKind::Transfer, moves.into_iter().filter_map(rows::of_transfer).collect()),
        Part::here(DecideKind::Join, org::pending(cx)?.into_iter().map(rows::of_join).collect()),
        Part::here(DecideKind::Conflict, conflict::named(cx)?.iter().map(|row| rows::of_conflict(cx, row)).collect()),
        Part::here(DecideKind::Trouble, troubles::list(cx)?.iter().map(rows::of_trouble).collect()),
    ]);
    Ok(parts)
}

/// How much waits, for 今日.
pub(crate) fn count(cx: &Cx<'_>) -> Answer<u32> {
    Ok(waiting(cx)?.iter().fold(0, |sum, part| sum.saturating_add(part.count)))
}

/// `decide.list`
pub(crate) fn list(cx: &Cx<'_>, input: DecideListInput) -> Answer<DecideList> {
    let mut parts = waiting(cx)?;
    let waiting = parts.iter().fold(0u32, |sum, part| sum.saturating_add(part.count));
    let pairs = alike::waiting(cx)?.into_iter().map(|(kind, count)| rows::of_alike(kind, count)).collect();
    parts.push(Part::here(DecideKind::Alike, pairs));
    let mut counts: BTreeMap<DecideKind, u32> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.count > 0) {
        let count = counts.entry(part.kind).or_default();
        *count = count.saturating_add(part.count);
    }
    parts.retain(|part| input.kind.is_none_or(|kind| kind == part.kind));
    let total = parts.iter().fold(0u32, |sum, part| sum.saturating_add(part.count));
    let mut left = if input.limit == 0 { 50 } else { input.limit.min(500) };
    let mut offset = input.offset;
    let mut rows = Vec::new();
    for part in parts {
        if offset >= part.count {
            offset -= part.count;
            continue;
        }
        let take = left.min(part.count - offset);
        if take == 0 {
            break;
        }
        rows.extend(part.page(cx, offset, take)?);
        (offset, left) = (0, left - take);
    }
    let kinds = counts.into_iter().map(|(kind, count)| DecideCount { kind, count }).collect();
    Ok(DecideList { waiting, kinds, total, rows })
}
