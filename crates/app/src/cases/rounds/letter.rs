//! 6+X清单责任书: the lists that all have and those of a unit's own choice, signed, pledged in public, looked at once a year.

use std::collections::BTreeSet;

use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::desk::lists::{CHOOSE, PLEDGE, SIGN, check_lists, letter, names_in};
use ybz_domain::ledger::flow::{Course, Event, course};

use super::told::{Told, narrowed, rows, sent};
use super::{Once, dispatch, offs, template, units};
use crate::ErrorDto;
use crate::cases::flow::{FlowQuery, FlowSort};
use crate::cx::Cx;
use crate::dto::interview::MadeOnce;
use crate::dto::letter::{LetterList, LetterListInput, LetterRow, LetterSendInput};
use crate::error::{Answer, required};
use crate::node::store_error;

const LETTER: &str = "letter";
/// Lists in one letter at most.
const MAX_BASE: usize = 20;

fn last<'a>(course: &Course<'a>, kind: &str) -> Option<&'a Event> {
    course.events().into_iter().rev().find(|event| event.kind == kind)
}

/// A letter with what was chosen, signed and pledged.
pub(crate) fn row(told: &Told) -> LetterRow {
    let base = names_in(&told.item.text);
    let course = told.flow().map(|flow| course(flow, &told.events));
    let of = |kind: &str| course.as_ref().and_then(|course| last(course, kind));
    // A choice that was sent back is none until the unit chooses again.
    let back = course.as_ref().zip(told.flow()).is_none_or(|(course, flow)| course.state == flow.start);
    let chosen = of(CHOOSE).filter(|_| !back).map(|event| names_in(event.says("chosen"))).unwrap_or_default();
    let said = |event: Option<&Event>, key: &str| event.map(|event| event.says(key).to_owned()).unwrap_or_default();
    let (signed, pledged) = (of(SIGN), of(PLEDGE));
    let checked = told.flow().map(|flow| check_lists(flow, &base, &chosen)).unwrap_or_default();
    LetterRow {
        // Before the unit chose, nothing is wrong with its choice.
        offs: offs(checked.into_iter().filter(|off| !back || !off.figure.starts_with("chosen"))),
        signed_by: said(signed, "person"),
        signed_for_unit: said(signed, "signed_by"),
        signed_on: signed.map(|event| event.on.clone()),
        pledged_on: pledged.map(|event| event.on.clone()),
        published_at: said(pledged, "published_at"),
        base,
        chosen,
        item: told.row.clone(),
    }
}

/// Letters of a year.
fn of_year(cx: &Cx<'_>, year: i16, below: bool) -> FlowQuery {
    FlowQuery { group: Some(format!("{year:04}")), sort: FlowSort::Office, ..sent(cx, !below, &[LETTER]) }
}

/// Letters of a year in the order of the tree.
pub(crate) fn letters(cx: &Cx<'_>, year: i16, below: bool) -> Answer<Vec<Told>> {
    Ok(rows(cx, &of_year(cx, year, below))?.1)
}

/// The rule that letters are looked at by.
pub(crate) fn rule(cx: &Cx<'_>) -> Answer<String> {
    Ok(template(cx, LETTER, cx.children(&cx.office).is_empty())?.citation)
}

/// `letter.list`
pub(crate) fn list(cx: &Cx<'_>, input: LetterListInput) -> Answer<LetterList> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let flow = &template(cx, LETTER, !input.below)?;
    let asked = of_year(cx, year, input.below);
    // Who has none is told of all units, whichever page is asked for.
    let missing = if input.below { cx.children(&cx.office) } else { Vec::new() };
    let have = match missing.as_slice() {
        [] => Vec::new(),
        _ => cx.node.store.read(|reader| reader.flow_groups(&asked, cx.today)).map_err(store_error)?,
    };
    let have: BTreeSet<OfficeId> = have.into_iter().map(|group| group.office).collect();
    let (total, found) = rows(cx, &narrowed(asked, input.part)?)?;
    Ok(LetterList {
        year,
        base: flow.words.get("base").cloned().unwrap_or_default(),
        base_lists: flow.figure("base_lists"),
        chosen_min: flow.figure("chosen_min"),
        chosen_max: flow.figure("chosen_max"),
        citation: flow.citation.clone(),
        total,
        rows: found.iter().map(row).collect(),
        missing: missing.iter().filter(|unit| !have.contains(unit)).map(|unit| cx.name_of(unit)).collect(),
    })
}

/// `letter.send`: the year's letter of each unit, with the lists that all have. One that was sent stays as it is.
///
/// # Errors
/// `required`, `office_unknown`, `invalid_input` for the year, those of texts and names in them, `too_many`.
pub(crate) fn send(cx: &Cx<'_>, input: LetterSendInput) -> Answer<MadeOnce> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    if !(cx.today.year() - 1..=cx.today.year() + 1).contains(&year) {
        return Err(ErrorDto::new("invalid_input").at("year").with("value", year));
    }
    let flow = &template(cx, LETTER, false)?;
    if input.base.len() > MAX_BASE {
        return Err(ErrorDto::new("too_many").at("base").with("max", MAX_BASE));
    }
    let mut once = Once::typed(cx, input.keep_matches)?;
    let mut base = Vec::new();
    for (n, name) in input.base.iter().enumerate() {
        let field = format!("base.{n}");
        let name = required(&field, name, 60)?;
        once.check(&field, &name)?;
        // A name is one list, also when it is read back.
        base.extend(names_in(&name));
    }
    if base.is_empty() {
        base = flow.words.get("base").cloned().unwrap_or_default();
    }
    for unit in units(cx, &input.to, "to")? {
        let (id, item) =
            letter(&cx.flow_for(LETTER, &unit, false)?, (&cx.office, &unit), year, &base, &cx.today_text());
        once.put(cx, dispatch(cx, unit, year), id, &item)?;
    }
    once.commit(cx)
}
