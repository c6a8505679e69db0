//! 薄弱支部 (软弱涣散): which bodies are put right in a year, with whom. How many that is follows from the rule; which ones is
//! people's decision, and nobody is ranked.

use ybz_domain::ledger::desk::common::{weak, weakest};
use ybz_domain::ledger::flow::{Event, course};

use super::told::{Told, narrowed, rows, sent};
use super::{Once, dispatch, template, units};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::common_problem::{WeakAddInput, WeakInput, WeakList, WeakRow};
use crate::dto::interview::MadeOnce;
use crate::error::{Answer, required};

const WEAK: &str = "weak";
/// The event that names first secretary, helper and plan.
const SUPPORT: &str = "support";

fn row(told: &Told) -> WeakRow {
    let support: Option<Event> = told.flow().and_then(|flow| {
        let course = course(flow, &told.events);
        course.events().into_iter().rev().find(|event| event.kind == SUPPORT).cloned()
    });
    let said = |key: &str| support.as_ref().map(|event| event.says(key).to_owned()).unwrap_or_default();
    WeakRow {
        first_secretary: said("first_secretary"),
        helper: said("helper"),
        plan: said("plan"),
        item: told.row.clone(),
    }
}

/// `weak.list`
pub(crate) fn list(cx: &Cx<'_>, input: WeakInput) -> Answer<WeakList> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let flow = &template(cx, WEAK, input.own)?;
    let mut asked = narrowed(sent(cx, input.own, &[WEAK]), input.part)?;
    asked.group = Some(format!("{year:04}"));
    let (total, found) = rows(cx, &asked)?;
    let bodies = cx.offices_below().iter().filter(|office| !cx.membership().is_closed(office)).count();
    let bodies = u32::try_from(bodies).unwrap_or(u32::MAX);
    Ok(WeakList {
        year,
        bodies,
        percent: flow.figure("weakest_percent"),
        says: weakest(flow, bodies),
        citation: flow.citation.clone(),
        total,
        rows: found.iter().map(row).collect(),
    })
}

/// `weak.add`: bodies put on the year's list. One that is on it stays as it is.
///
/// # Errors
/// `required`, `office_unknown`, `invalid_input` for the year, those of the text and names in it.
pub(crate) fn add(cx: &Cx<'_>, input: WeakAddInput) -> Answer<MadeOnce> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    if !(cx.today.year() - 1..=cx.today.year() + 1).contains(&year) {
        return Err(ErrorDto::new("invalid_input").at("year").with("value", year));
    }
    if input.offices.is_empty() {
        return Err(ErrorDto::new("required").at("offices"));
    }
    let units = units(cx, &input.offices, "offices")?;
    let why = required("why", &input.why, 500)?;
    let mut once = Once::typed(cx, input.keep_matches)?;
    once.check("why", &why)?;
    for unit in units {
        let (id, item) = weak(
            &cx.flow_for(WEAK, &unit, false)?,
            (&cx.office, &unit),
            &cx.name_of(&unit),
            year,
            &why,
            &cx.today_text(),
        );
        once.put(cx, dispatch(cx, unit, year), id, &item)?;
    }
    once.commit(cx)
}
