//! One record of a pair or a group, as it is shown and looked up.

use ybz_domain::book::{BookKind, is_deleted};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::flow::{FLOW_ITEM, Item};
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::visit::{CONCERN, Concern};

use super::Overlay;
use crate::ErrorDto;
use crate::cases::flow::CASE;
use crate::cx::{Cx, Stored};
use crate::dto::alike::{AlikeKind, AlikeSide};
use crate::error::Answer;
use crate::node::store_error;

/// What a record is, if it is one that is compared here: a member or a concern of an office below, a case on this desk.
pub(super) fn kind_of(cx: &Cx<'_>, stored: &Stored) -> Option<AlikeKind> {
    let view = &stored.view;
    let below = || stored.book.writer() == stored.book.office && cx.offices_below().contains(&stored.book.office);
    match view.rtype.as_str() {
        MEMBER if stored.book.kind == BookKind::roster() && below() => Some(AlikeKind::Members),
        CONCERN if stored.book.kind == BookKind::visits() && below() => Some(AlikeKind::Concerns),
        FLOW_ITEM if stored.book.kind == BookKind::desk() && stored.book.office == cx.office => {
            (view.str("kind") == CASE).then_some(AlikeKind::Cases)
        }
        _ => None,
    }
}

/// A record that is compared, with what it is.
pub(super) fn find(cx: &Cx<'_>, id: &RecordId) -> Answer<Option<(AlikeKind, Stored)>> {
    let found = cx.node.store.read(|reader| reader.record(None, id)).map_err(store_error)?;
    let Some(first) = found.map(Stored::from) else { return Ok(None) };
    let known =
        |stored: Stored| kind_of(cx, &stored).map(|kind| (kind, stored)).filter(|(_, s)| !is_deleted(&s.view.rtype));
    if let Some(known) = known(first) {
        return Ok(Some(known));
    }
    // Another book may hold a record of the same id: it must not hide the one that is meant.
    let other = match cx.below_record(id)? {
        Some(stored) => Some(stored),
        None => cx.find(&id.to_string())?,
    };
    Ok(other.and_then(known))
}

/// A record of this kind by its id, as a person named it.
pub(super) fn named(cx: &Cx<'_>, kind: AlikeKind, id: &str, field: &str) -> Answer<Stored> {
    let missing = || ErrorDto::new("not_found").at(field).with("id", id);
    let found = find(cx, &id.parse().map_err(|_| missing())?)?;
    found.filter(|(of, _)| *of == kind).map(|(_, stored)| stored).ok_or_else(missing)
}

/// A record as it is shown; one that is not here any more by its id alone.
pub(super) fn of(cx: &Cx<'_>, overlay: &Overlay, kind: AlikeKind, id: &RecordId) -> Answer<AlikeSide> {
    let together = u32::try_from(overlay.with(id).len()).unwrap_or(u32::MAX);
    let side = find(cx, id)?.filter(|(of, _)| *of == kind).and_then(|(_, stored)| shown(cx, &stored));
    let gone = AlikeSide { id: id.to_string(), gone: true, ..AlikeSide::default() };
    Ok(AlikeSide { together, ..side.unwrap_or(gone) })
}

fn shown(cx: &Cx<'_>, stored: &Stored) -> Option<AlikeSide> {
    let side = AlikeSide {
        id: stored.view.id.to_string(),
        office: stored.book.office.to_string(),
        office_name: cx.name_of(&stored.book.office),
        ..AlikeSide::default()
    };
    if let Some(member) = Member::read(&stored.view) {
        return Some(AlikeSide {
            title: member.name,
            category: member.kind.as_str().to_owned(),
            on: member.joined,
            birth_month: member.birth_month,
            sex: member.sex,
            ..side
        });
    }
    if let Some(concern) = Concern::read(&stored.view) {
        return Some(AlikeSide { title: concern.text, category: concern.category, on: concern.date, ..side });
    }
    let item = Item::read(&stored.view)?;
    let (office, office_name) = match item.source_office.parse() {
        Ok(source) => (item.source_office, cx.name_of(&source)),
        Err(_) => (side.office.clone(), side.office_name.clone()),
    };
    Some(AlikeSide {
        office,
        office_name,
        title: item.title,
        text: item.text,
        category: item.category,
        on: item.on,
        ..side
    })
}
