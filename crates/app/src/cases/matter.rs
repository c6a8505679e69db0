//! 四议两公开: decisions of the village, step by step.

use ybz_domain::book::BookKind;
use ybz_domain::date::read_date;
use ybz_domain::ledger::matter::{self, Done, MATTER, Matter};
use ybz_domain::ledger::session::SESSION;

use crate::ErrorDto;
use crate::cases::meeting::{link, same_names};
use crate::cases::upward::Upward;
use crate::cases::vote::drop_record;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::matter::{MatterInput, MatterRow, MatterStep, MatterStepInput, MatterStepRow};
use crate::dto::vote::DropInput;
use crate::dto::{IdInput, ListInput, Nothing, Saved};
use crate::error::{Answer, optional, required};

same_names!(
    MatterStep,
    matter::MatterStep: Proposal,
    Consultation,
    MembersReview,
    VillagersResolution,
    ResolutionPublished,
    ResultPublished
);

/// `matter.list`: matters of a year, and earlier ones that are not through all steps, the newest first.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Vec<MatterRow>> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let mut found: Vec<(Stored, Matter)> = cx
        .records(MATTER, None)?
        .into_iter()
        .filter_map(|stored| Matter::read(&stored.view).map(|matter| (stored, matter)))
        .filter(|(stored, matter)| {
            let open = !matter.dropped && done(matter) < matter::MatterStep::ALL.len();
            stored.book.year == Some(year) || (open && stored.book.year.is_some_and(|of| of < year))
        })
        .collect();
    found.sort_by(|(a, one), (b, other)| (&other.date, b.view.id).cmp(&(&one.date, a.view.id)));
    found.iter().map(|(stored, matter)| row(cx, stored, matter)).collect()
}

/// 决议公开 and 实施结果公开 whose day is wanted: day, matter, step and note, oldest first. A result is often published in a later
/// year than that in which the matter was begun.
pub(crate) fn published(
    cx: &Cx<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Answer<Vec<(String, String, MatterStep, String)>> {
    use matter::MatterStep::{ResolutionPublished, ResultPublished};
    let mut out = Vec::new();
    for matter in cx.records(MATTER, None)?.iter().filter_map(|stored| Matter::read(&stored.view)) {
        for step in [ResolutionPublished, ResultPublished].into_iter().filter(|_| !matter.dropped) {
            if let Some(done) = matter.steps.get(&step).filter(|done| !done.on.is_empty() && wanted(&done.on)) {
                out.push((done.on.clone(), matter.title.clone(), MatterStep::from(step), done.note.clone()));
            }
        }
    }
    out.sort_by(|(a, one, ..), (b, other, ..)| (a, one).cmp(&(b, other)));
    Ok(out)
}

/// `matter.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<MatterRow> {
    let stored = cx.own_record(&input.id, MATTER)?;
    let matter = Matter::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    row(cx, &stored, &matter)
}

fn done(matter: &Matter) -> usize {
    matter.steps.values().filter(|done| !done.on.is_empty()).count()
}

fn row(cx: &Cx<'_>, stored: &Stored, matter: &Matter) -> Answer<MatterRow> {
    let odd = matter.out_of_order();
    let mut steps = Vec::new();
    for step in matter::MatterStep::ALL {
        let done = matter.steps.get(&step).cloned().unwrap_or_default();
        let carried = matter::carried(cx.rules(), step, &done);
        steps.push(MatterStepRow {
            step: step.into(),
            on: (!done.on.is_empty()).then_some(done.on),
            note: done.note,
            present: done.present,
            in_favour: done.in_favour,
            session: link(cx, &done.session)?,
            needed: carried.map(|found| found.needed),
            carried: carried.map(|found| found.carried),
            out_of_order: odd.contains(&step),
            votes: step.votes(),
        });
    }
    Ok(MatterRow {
        id: stored.view.id.to_string(),
        title: matter.title.clone(),
        date: matter.date.clone(),
        steps,
        done: u32::try_from(done(matter)).unwrap_or(u32::MAX),
        dropped: matter.dropped,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
        rule: cx.rule(&cx.rules().matter.article)?,
    })
}

/// `matter.save`
pub(crate) fn save(cx: &Cx<'_>, input: MatterInput) -> Answer<Saved> {
    let title = required("title", &input.title, 200)?;
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("title", &title)?;
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, MATTER)?;
            let before = Matter::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            for op in (Matter { title, ..before.clone() }).update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            let (date, recorded_on) = (cx.today_text(), cx.today_text());
            let matter = Matter { title, date, recorded_on, ..Matter::default() };
            edits.push(cx.book(BookKind::meetings(), cx.today.year()), matter.create(id));
            id
        }
    };
    upward.log(&mut edits, id);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `matter.step`
///
/// # Errors
/// `not_found`, `date_not_understood`, `votes_exceed` when more are in favour than were there, and those of texts that go up.
pub(crate) fn step(cx: &Cx<'_>, input: MatterStepInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, MATTER)?;
    let before = Matter::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let step = matter::MatterStep::from(input.step);
    let mut after = before.clone();
    let mut upward = Upward::load(cx, input.keep_matches)?;
    if input.on.trim().is_empty() {
        after.steps.remove(&step);
    } else {
        let on = cx.check_far(read_date(&input.on, cx.today), "on", input.confirm_date)?;
        if let (Some(present), Some(in_favour)) = (input.present, input.in_favour)
            && in_favour > present
        {
            return Err(ErrorDto::new("votes_exceed")
                .at("inFavour")
                .with("votes", in_favour)
                .with("returned", present));
        }
        let session = match input.session.as_deref().filter(|id| !id.is_empty()) {
            Some(id) => cx.own_record(id, SESSION)?.view.id.to_string(),
            None => String::new(),
        };
        let note = optional("note", &input.note, 1_000)?;
        upward.check("note", &note)?;
        let (present, in_favour) = (input.present, input.in_favour);
        after.steps.insert(step, Done { on: on.to_string(), note, present, in_favour, session });
    }
    let mut edits = Edits::default();
    for op in after.update(stored.view.id, &before) {
        edits.push(stored.book.clone(), op);
    }
    upward.log(&mut edits, stored.view.id);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `matter.drop`: taken back, or that is taken back.
pub(crate) fn set_dropped(cx: &Cx<'_>, input: DropInput) -> Answer<Nothing> {
    drop_record(cx, MATTER, &input)
}
