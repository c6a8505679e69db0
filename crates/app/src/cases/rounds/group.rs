//! Problems put together as a common one, in `own/desk`: an overlay that writes in no unit's book.

use std::collections::BTreeSet;

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::desk::group::{Group, GroupKind, MAX_PARTS};

use super::common::{groups, problems};
use crate::ErrorDto;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::common_problem::{CommonGroupInput, CommonPartInput};
use crate::dto::{IdInput, Nothing, Saved};
use crate::error::{Answer, optional, required};

/// Problems as they were named.
///
/// # Errors
/// `not_found` for one that is not a problem of a unit, `too_many`, `required`.
fn parts(cx: &Cx<'_>, named: &[String]) -> Answer<BTreeSet<RecordId>> {
    let known = problems(cx)?;
    let mut out = BTreeSet::new();
    for (n, one) in named.iter().enumerate() {
        let id = one.parse().ok().filter(|id| known.contains_key(id));
        out.insert(id.ok_or_else(|| ErrorDto::new("not_found").at(&format!("parts.{n}")).with("id", one))?);
    }
    match out.len() {
        0 => Err(ErrorDto::new("required").at("parts")),
        many if many > MAX_PARTS => Err(ErrorDto::new("too_many").at("parts").with("max", MAX_PARTS)),
        _ => Ok(out),
    }
}

fn find(cx: &Cx<'_>, id: &str) -> Answer<(Stored, Group)> {
    let found = groups(cx)?.into_iter().find(|(stored, _)| stored.view.id.to_string() == id);
    found.ok_or_else(|| ErrorDto::new("not_found").with("id", id))
}

/// `common.group`
///
/// # Errors
/// As for parts, and those of texts.
pub(crate) fn group(cx: &Cx<'_>, input: CommonGroupInput) -> Answer<Saved> {
    let group = Group {
        kind: Some(GroupKind::Common),
        title: required("title", &input.title, 200)?,
        parts: parts(cx, &input.parts)?,
        on: cx.today_text(),
        person: cx.who.name.clone().unwrap_or_default(),
        note: optional("note", &input.note, 500)?,
        recorded_on: cx.today_text(),
        ..Group::default()
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::desk(), cx.today.year()), group.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `common.part`: problems put in or taken out. What was sent of the group stays sent.
///
/// # Errors
/// As for parts; `not_found` for the group.
pub(crate) fn part(cx: &Cx<'_>, input: CommonPartInput) -> Answer<Nothing> {
    let (stored, group) = find(cx, &input.id)?;
    let chosen = parts(cx, &input.parts)?;
    let after = group.parts.iter().chain(&chosen).collect::<BTreeSet<_>>().len();
    if input.inside && after > MAX_PARTS {
        return Err(ErrorDto::new("too_many").at("parts").with("max", MAX_PARTS));
    }
    let mut edits = Edits::default();
    for part in chosen.iter().filter(|part| group.parts.contains(part) != input.inside) {
        edits.push(stored.book.clone(), Group::set_part(stored.view.id, part, input.inside));
    }
    if edits.parts() > 0 {
        cx.commit(edits)?;
    }
    Ok(Nothing {})
}

/// `common.undo`: the group is taken back, as if it had not been. The tasks that were sent stay with the units.
///
/// # Errors
/// `not_found`
pub(crate) fn undo(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let (stored, _) = find(cx, &input.id)?;
    let mut edits = Edits::default();
    edits.push(stored.book, Group::undo(stored.view.id));
    cx.commit(edits)?;
    Ok(Nothing {})
}
