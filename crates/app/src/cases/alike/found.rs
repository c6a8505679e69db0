//! The pairs, looked for once and kept until a book that they come from changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::{Span, civil::Date};
use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::alike::{Concern as Told, Pair, Person, concerns, members, with_sources};
use ybz_domain::ledger::flow::{FLOW_ITEM, Item};
use ybz_domain::ledger::member::{MEMBER, Member, settle_merges};
use ybz_domain::ledger::transfer::counted_once;
use ybz_domain::ledger::visit::{CONCERN, Concern};
use ybz_store::{RecordQuery, Sort};

use crate::cases::flow::CASE;
use crate::cx::Cx;
use crate::dto::alike::AlikeKind;
use crate::error::Answer;

/// Days back from which concerns and cases are compared: those further apart than half of it are no longer taken for one.
const DAYS_BACK: i32 = 400;
/// Concerns or cases that are compared at most, the newest first; how many were left out is told.
const MOST: u32 = 20_000;

/// What was found among the records that are here.
pub(crate) struct Found {
    /// The best first.
    pub(super) pairs: Vec<Pair>,
    /// Offices of the records that stand in a pair.
    pub(super) offices: BTreeMap<RecordId, OfficeId>,
    /// Records compared.
    pub(super) compared: u32,
    /// Records that were too many.
    pub(super) left_out: u32,
    /// The first day looked at; none: all.
    pub(super) since: Option<Date>,
}

/// What was found, by office and kind, with the day and the store's version at which it was.
pub(crate) type Kept = BTreeMap<(OfficeId, AlikeKind), (u64, Date, Arc<Found>)>;

/// Changes after which pairs are looked for again: of the books that they come from, and of who stands below whom.
fn tags(kind: AlikeKind) -> [String; 2] {
    let book = match kind {
        AlikeKind::Members => BookKind::roster(),
        AlikeKind::Concerns => BookKind::visits(),
        AlikeKind::Cases => BookKind::desk(),
    };
    [book.to_string(), "trust".to_owned()]
}

/// The pairs of a kind among what is here now.
pub(super) fn of(cx: &Cx<'_>, kind: AlikeKind) -> Answer<Arc<Found>> {
    let key = (cx.office, kind);
    // Before anything is read: what changes meanwhile is looked at next time.
    let version = cx.node.store.version();
    let kept = cx.node.alike.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some((at, _, found)) = kept.filter(|(_, day, _)| *day == cx.today) {
        let changed = cx.node.store.wait(at, Duration::ZERO);
        if changed.tags.is_some_and(|changed| tags(kind).iter().all(|tag| !changed.contains(tag))) {
            keep(cx, key, version.max(at), found.clone());
            return Ok(found);
        }
    }
    let found = Arc::new(match kind {
        AlikeKind::Members => of_members(cx)?,
        AlikeKind::Concerns => of_concerns(cx)?,
        AlikeKind::Cases => of_cases(cx)?,
    });
    keep(cx, key, version, found.clone());
    Ok(found)
}

fn keep(cx: &Cx<'_>, key: (OfficeId, AlikeKind), version: u64, found: Arc<Found>) {
    let mut kept = cx.node.alike.lock().unwrap_or_else(PoisonError::into_inner);
    kept.insert(key, (version, cx.today, found));
}

impl Found {
    fn new(pairs: Vec<Pair>, homes: impl Iterator<Item = (RecordId, OfficeId)>, compared: usize) -> Self {
        let named: BTreeSet<RecordId> = pairs.iter().flat_map(|pair| [pair.one, pair.other]).collect();
        Self {
            offices: homes.filter(|(id, _)| named.contains(id)).collect(),
            compared: u32::try_from(compared).unwrap_or(u32::MAX),
            left_out: 0,
            since: None,
            pairs,
        }
    }
}

/// Members who count somewhere below: of those who moved the last record alone, and nobody whom another stands for.
fn of_members(cx: &Cx<'_>) -> Answer<Found> {
    let records = cx.below(MEMBER, None)?;
    let homes: BTreeMap<RecordId, OfficeId> = records.iter().map(|s| (s.view.id, s.book.office)).collect();
    let mut roster: Vec<(RecordId, Member)> =
        records.iter().filter_map(|stored| Some((stored.view.id, Member::read(&stored.view)?))).collect();
    settle_merges(&mut roster);
    let roster: BTreeMap<RecordId, Member> = roster.into_iter().collect();
    let counted = counted_once(&roster, &cx.today_text());
    let person = |id: &RecordId| {
        let member = roster.get(id)?;
        Some(Person {
            id: *id,
            office: homes.get(id).copied()?,
            name: member.name.clone(),
            sex: member.sex,
            birth_month: member.birth_month.clone(),
            joined: member.joined.clone(),
        })
    };
    let people: Vec<Person> = counted.iter().filter_map(person).collect();
    let pairs = members(&people, &BTreeSet::new());
    Ok(Found::new(pairs, people.iter().map(|one| (one.id, one.office)), people.len()))
}

/// From which day on.
fn since(today: Date) -> Date {
    today.saturating_sub(Span::new().days(DAYS_BACK))
}

fn newest(cx: &Cx<'_>, query: RecordQuery) -> RecordQuery {
    RecordQuery { from: Some(since(cx.today).to_string()), sort: Sort::DateDesc, limit: MOST, ..query }
}

fn of_texts(cx: &Cx<'_>, all: &[Told], sources: &BTreeMap<RecordId, String>, total: u32) -> Found {
    let pairs = with_sources(concerns(all, &BTreeSet::new()), sources);
    let left_out = total.saturating_sub(MOST);
    let homes = all.iter().map(|one| (one.id, one.office));
    Found { left_out, since: Some(since(cx.today)), ..Found::new(pairs, homes, all.len()) }
}

fn of_concerns(cx: &Cx<'_>) -> Answer<Found> {
    let query = RecordQuery {
        offices: Some(cx.offices_below()),
        book_kind: Some(BookKind::visits()),
        ..RecordQuery::of_type(CONCERN)
    };
    let (total, records) = cx.query(&newest(cx, query))?;
    let told = records.iter().filter_map(|stored| {
        let Concern { date, category, text, .. } = Concern::read(&stored.view)?;
        Some(Told { id: stored.view.id, office: stored.book.office, on: date, category, text })
    });
    Ok(of_texts(cx, &told.collect::<Vec<_>>(), &BTreeMap::new(), total))
}

/// Cases on this office's desk. What was brought by a branch is that branch's.
fn of_cases(cx: &Cx<'_>) -> Answer<Found> {
    let query = RecordQuery {
        offices: Some(vec![cx.office]),
        book_kind: Some(BookKind::desk()),
        kind: Some(CASE.to_owned()),
        ..RecordQuery::of_type(FLOW_ITEM)
    };
    let (total, records) = cx.query(&newest(cx, query))?;
    let mut sources = BTreeMap::new();
    let told = records.iter().filter_map(|stored| {
        let item = Item::read(&stored.view)?;
        sources.insert(stored.view.id, item.source.clone());
        let office = item.source_office.parse().unwrap_or(cx.office);
        let text = format!("{} {}", item.title, item.text);
        Some(Told { id: stored.view.id, office, on: item.on, category: item.category, text })
    });
    let told: Vec<Told> = told.collect();
    Ok(of_texts(cx, &told, &sources, total))
}
