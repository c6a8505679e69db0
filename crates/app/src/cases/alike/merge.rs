//! Laying together under preview, taking it back at any time, and saying that two are two.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::group::{self, DESK_GROUP, Group, GroupKind, MAX_PARTS};
use ybz_domain::ledger::flow::Item;
use ybz_domain::ledger::visit::Concern;

use super::{Overlay, limit, must_see, side};
use crate::cx::{Cx, Edits};
use crate::dto::alike::{
    AlikeApartInput, AlikeGroup, AlikeGroupsInput, AlikeKind, AlikeMergeInput, AlikeOffice, AlikePreview, AlikeSide,
};
use crate::dto::{IdInput, Nothing, Page, Saved};
use crate::error::{Answer, optional};
use crate::{ErrorDto, natural};

/// Records of a group that are told; how many there are is told beside.
const TOLD: usize = 20;

/// The merge that was asked for, once everything in it holds.
fn asked(cx: &Cx<'_>, overlay: &Overlay, input: &AlikeMergeInput) -> Answer<Group> {
    if input.parts.len() > MAX_PARTS {
        return Err(ErrorDto::new("too_many").at("parts").with("max", MAX_PARTS));
    }
    let main = side::named(cx, input.kind, &input.main, "main")?.view.id;
    let mut parts = BTreeSet::from([main]);
    for part in &input.parts {
        parts.insert(side::named(cx, input.kind, part, "parts")?.view.id);
    }
    if parts.len() < 2 {
        return Err(ErrorDto::new("invalid_input").at("parts").with("value", &input.main));
    }
    for one in &parts {
        if parts.range(*one..).skip(1).any(|other| overlay.are_two(one, other)) {
            return Err(ErrorDto::new("alike_apart").at("parts"));
        }
    }
    if parts.iter().map(|part| overlay.main_of(part)).collect::<BTreeSet<_>>().len() < 2 {
        return Err(ErrorDto::new("already_merged").at("parts"));
    }
    Ok(Group {
        kind: Some(GroupKind::Merge),
        main: main.to_string(),
        parts,
        on: cx.today_text(),
        person: cx.who.name.clone().unwrap_or_default(),
        note: optional("note", &input.note, 200)?,
        recorded_on: cx.today_text(),
        ..Group::default()
    })
}

/// Records as items, so that all kinds are merged by one rule: a concern is its own source, a member has none.
fn as_item(cx: &Cx<'_>, id: &RecordId) -> Answer<Option<Item>> {
    let Some((_, stored)) = side::find(cx, id)? else { return Ok(None) };
    if let Some(concern) = Concern::read(&stored.view) {
        return Ok(Some(Item {
            category: concern.category,
            source: id.to_string(),
            source_office: stored.book.office.to_string(),
            ..Item::default()
        }));
    }
    Ok(Some(Item::read(&stored.view).unwrap_or_default()))
}

/// `alike.preview`: what a merge would do, told before it is done.
///
/// # Errors
/// `not_found` at `main` or `parts`, `alike_apart`, `already_merged`, `invalid_input` and `too_many` at `parts`.
pub(crate) fn preview(cx: &Cx<'_>, input: AlikeMergeInput) -> Answer<AlikePreview> {
    must_see(cx)?;
    let overlay = Overlay::load(cx)?;
    let merge = asked(cx, &overlay, &input)?;
    let groups: Vec<Group> = overlay.groups.iter().map(|(_, group)| group.clone()).collect();
    let touched: BTreeSet<RecordId> = merge.parts.iter().flat_map(|part| overlay.with(part)).collect();
    let mut items = BTreeMap::new();
    for id in &touched {
        if let Some(item) = as_item(cx, id)? {
            items.insert(*id, item);
        }
    }
    let told = group::preview(&items, &groups, &merge);
    let main = told.main.or_else(|| merge.main.parse().ok());
    let main = main.ok_or_else(|| ErrorDto::new("not_found").at("main").with("id", &input.main))?;
    let parts = told.together.iter().map(|id| side::of(cx, &overlay, input.kind, id));
    let mut parts = parts.collect::<Answer<Vec<AlikeSide>>>()?;
    parts.sort_by_key(|part| (part.id != main.to_string(), part.id.clone()));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let answered = told.answers_to.iter().filter_map(|(office, _)| office.parse().ok());
    Ok(AlikePreview {
        main: side::of(cx, &overlay, input.kind, &main)?,
        before: count(told.counted.0),
        after: count(told.counted.1),
        offices: by_office(cx, parts.iter().filter_map(|part| part.office.parse().ok())),
        answers: by_office(cx, answered),
        categories: told.categories.into_iter().filter(|_| input.kind != AlikeKind::Members).collect(),
        differs: if input.kind == AlikeKind::Members { differs(&parts) } else { Vec::new() },
        again: told.again,
        parts,
    })
}

fn by_office(cx: &Cx<'_>, offices: impl Iterator<Item = OfficeId>) -> Vec<AlikeOffice> {
    let mut of: BTreeMap<OfficeId, u32> = BTreeMap::new();
    for office in offices {
        *of.entry(office).or_default() += 1;
    }
    let row =
        |(office, count): (OfficeId, u32)| AlikeOffice { office: office.to_string(), name: cx.name_of(&office), count };
    let mut rows: Vec<AlikeOffice> = of.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| natural::key(&row.name));
    rows
}

/// Fields in which members differ that are said to be one.
fn differs(parts: &[AlikeSide]) -> Vec<String> {
    type Field = fn(&AlikeSide) -> String;
    let fields: [(&str, Field); 5] = [
        ("name", |side| side.title.clone()),
        ("sex", |side| side.sex.map(|sex| sex.to_string()).unwrap_or_default()),
        ("birth_month", |side| side.birth_month.clone()),
        ("joined", |side| side.on.clone()),
        ("category", |side| side.category.clone()),
    ];
    let here = || parts.iter().filter(|side| !side.gone);
    let differ = |of: Field| here().map(of).collect::<BTreeSet<_>>().len() > 1;
    fields.into_iter().filter(|(_, of)| differ(*of)).map(|(name, _)| name.to_owned()).collect()
}

/// `alike.merge` (归并): one group on the desk, and nothing else anywhere.
///
/// # Errors
/// As `alike.preview`.
pub(crate) fn merge(cx: &Cx<'_>, input: AlikeMergeInput) -> Answer<Saved> {
    must_see(cx)?;
    let merge = asked(cx, &Overlay::load(cx)?, &input)?;
    laid(cx, &merge)
}

fn laid(cx: &Cx<'_>, group: &Group) -> Answer<Saved> {
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::desk(), cx.today.year()), group.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `alike.undo`: as if it had not been, whatever was merged before and after. Of what is taken back already nothing is done.
///
/// # Errors
/// `not_found` when it is no merge of this desk.
pub(crate) fn undo(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    must_see(cx)?;
    let missing = || ErrorDto::new("not_found").with("id", &input.id);
    let stored = cx.own_record(&input.id, DESK_GROUP)?;
    let group =
        Group::read(&stored.view).filter(|group| matches!(group.kind, Some(GroupKind::Merge | GroupKind::Apart)));
    let group = group.ok_or_else(missing)?;
    let mut edits = Edits::default();
    if !group.undone {
        edits.push(stored.book.clone(), Group::undo(stored.view.id));
    }
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `alike.apart`: two that look like one are proposed no more, or again.
///
/// # Errors
/// `not_found` at `one` or `other`, `invalid_input` for a record with itself, `already_merged` where they lie together.
pub(crate) fn apart(cx: &Cx<'_>, input: AlikeApartInput) -> Answer<Nothing> {
    must_see(cx)?;
    let one = side::named(cx, input.kind, &input.one, "one")?.view.id;
    let other = side::named(cx, input.kind, &input.other, "other")?.view.id;
    if one == other {
        return Err(ErrorDto::new("invalid_input").at("other").with("value", &input.other));
    }
    let overlay = Overlay::load(cx)?;
    if !input.apart {
        let (one, other) = (overlay.main_of(&one), overlay.main_of(&other));
        let mut edits = Edits::default();
        for (stored, group) in overlay.standing(GroupKind::Apart) {
            let parts: BTreeSet<RecordId> = group.parts.iter().map(|part| overlay.main_of(part)).collect();
            if parts.contains(&one) && parts.contains(&other) {
                edits.push(stored.book.clone(), Group::undo(stored.view.id));
            }
        }
        cx.commit(edits)?;
        return Ok(Nothing {});
    }
    if overlay.main_of(&one) == overlay.main_of(&other) {
        return Err(ErrorDto::new("already_merged").at("other"));
    }
    if !overlay.are_two(&one, &other) {
        laid(
            cx,
            &Group {
                kind: Some(GroupKind::Apart),
                parts: BTreeSet::from([one, other]),
                on: cx.today_text(),
                person: cx.who.name.clone().unwrap_or_default(),
                recorded_on: cx.today_text(),
                ..Group::default()
            },
        )?;
    }
    Ok(Nothing {})
}

/// `alike.groups`: what is merged, or was said to be two, the newest first.
pub(crate) fn groups(cx: &Cx<'_>, input: AlikeGroupsInput) -> Answer<Page<AlikeGroup>> {
    must_see(cx)?;
    let overlay = Overlay::load(cx)?;
    let wanted = input.record.as_deref().filter(|id| !id.is_empty());
    let wanted: Option<RecordId> =
        wanted.map(|id| id.parse().map_err(|_| ErrorDto::new("not_found").at("record").with("id", id))).transpose()?;
    let kind = if input.apart { GroupKind::Apart } else { GroupKind::Merge };
    let mut found = Vec::new();
    for (stored, group) in overlay.standing(kind) {
        let named = wanted.is_none_or(|id| {
            group.parts.contains(&id) || overlay.with(&id).iter().any(|one| group.parts.contains(one))
        });
        // Of records that are all away nobody knows what they were: every list has them, so that they can be taken back.
        if named && kind_of_group(cx, group)?.is_none_or(|of| of == input.kind) {
            found.push((stored, group));
        }
    }
    found.sort_by(|(a, one), (b, other)| (&other.on, b.view.id).cmp(&(&one.on, a.view.id)));
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let skip = usize::try_from(input.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit(input.limit)).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    for (stored, group) in found.into_iter().skip(skip).take(take) {
        let mut parts: Vec<&RecordId> = group.parts.iter().collect();
        parts.sort_by_key(|part| (part.to_string() != group.main, **part));
        let shown = parts.iter().take(TOLD).map(|part| side::of(cx, &overlay, input.kind, part));
        rows.push(AlikeGroup {
            id: stored.view.id.to_string(),
            main: group.main.clone(),
            count: u32::try_from(parts.len()).unwrap_or(u32::MAX),
            parts: shown.collect::<Answer<_>>()?,
            on: group.on.clone(),
            person: group.person.clone(),
            note: group.note.clone(),
        });
    }
    Ok(Page { total, rows })
}

/// What a group is of, by the first of its records that is here.
fn kind_of_group(cx: &Cx<'_>, group: &Group) -> Answer<Option<AlikeKind>> {
    for part in group.parts.iter().take(TOLD) {
        if let Some((kind, _)) = side::find(cx, part)? {
            return Ok(Some(kind));
        }
    }
    Ok(None)
}
