//! Concerns as lists show them: the kept one, the one handed in, what was done and what came from above.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKind, RecordView, Scope};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::answer::{ANSWER, Answer as FromAbove, Standing, standing};
use ybz_domain::ledger::visit::{CONCERN, Concern, KEPT_CONCERN, KeptConcern, STEP, Step};
use ybz_store::{ConcernDay, ConcernQuery};

use super::handed_id;
use super::kept::{Kept, OneKept};
use crate::ErrorDto;
use crate::cases::household::open_sealed;
use crate::cx::{Cx, Stored};
use crate::dto::concern::{AnswerRow, ConcernRow, ConcernState, ProgressRow};
use crate::error::Answer;
use crate::node::store_error;

impl From<Standing> for ConcernState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::HandedIn => Self::HandedIn,
            Standing::InProgress => Self::InProgress,
            Standing::Answered => Self::Answered,
            Standing::Closed => Self::Closed,
        }
    }
}

/// Steps as rows, oldest first.
pub(crate) fn progress(steps: Option<&Vec<(RecordId, Step)>>) -> Vec<ProgressRow> {
    let mut rows: Vec<(&RecordId, &Step)> = steps.into_iter().flatten().map(|(id, step)| (id, step)).collect();
    rows.sort_by_key(|(id, step)| (&step.on, &step.recorded_on, *id));
    let row = |step: &Step| ProgressRow { on: step.on.clone(), note: step.note.clone(), state: step.state.clone() };
    rows.into_iter().map(|(_, step)| row(step)).collect()
}

/// Steps about a record of an office, from that office's own books.
pub(crate) fn steps_about(cx: &Cx<'_>, office: OfficeId, id: &RecordId) -> Answer<Vec<(RecordId, Step)>> {
    let all = cx.about_in(STEP, office, &id.to_string())?;
    Ok(all
        .iter()
        .filter(|stored| stored.book.kind.scope() == Scope::Up)
        .filter_map(|stored| Some((stored.view.id, Step::read(&stored.view)?)))
        .collect())
}

/// Answers to a concern of an office, oldest first, with the office that gave each.
pub(crate) fn answers_about(
    cx: &Cx<'_>,
    office: OfficeId,
    id: &RecordId,
) -> Answer<Vec<(RecordId, FromAbove, OfficeId)>> {
    let mut out: Vec<_> = cx
        .about_in(ANSWER, office, &id.to_string())?
        .iter()
        .filter(|stored| stored.book.kind.scope() == Scope::Down)
        .filter_map(|stored| Some((stored.view.id, FromAbove::read(&stored.view)?, stored.book.writer())))
        .collect();
    out.sort_by(|(a, one, _), (b, other, _)| (&one.on, a).cmp(&(&other.on, b)));
    Ok(out)
}

/// Opens a kept concern; none where its key is not here, or was destroyed.
pub(crate) fn opened(cx: &Cx<'_>, stored: &Stored) -> Option<KeptConcern> {
    let subject = stored.view.str("subject").parse().ok()?;
    open_sealed(cx, &stored.book, &stored.view, &subject)
}

/// A handed-in concern of this office or of one below it.
pub(crate) fn handed_row(cx: &Cx<'_>, stored: &Stored) -> Answer<Option<ConcernRow>> {
    let Some(concern) = Concern::read(&stored.view) else { return Ok(None) };
    let (id, office) = (stored.view.id, stored.book.office);
    let steps = steps_about(cx, office, &id)?;
    let answers = answers_about(cx, office, &id)?;
    let told: Vec<(RecordId, FromAbove)> = answers.iter().map(|(id, answer, _)| (*id, answer.clone())).collect();
    let mut private_note = String::new();
    if office == cx.office {
        let kept = cx.about(KEPT_CONCERN, &concern.visit)?.into_iter().find(|kept| handed_id(&kept.view.id) == id);
        private_note = kept.and_then(|kept| opened(cx, &kept)).map(|kept| kept.private_note).unwrap_or_default();
    }
    Ok(Some(ConcernRow {
        id: id.to_string(),
        office: office.to_string(),
        office_name: cx.name_of(&office),
        date: concern.date,
        category: concern.category,
        text: concern.text,
        private_note,
        next_step: concern.next_step,
        owner: concern.owner,
        deadline: (!concern.deadline.is_empty()).then_some(concern.deadline),
        unit: concern.unit,
        state: standing(&steps, &told).into(),
        visit: concern.visit,
        progress: progress(Some(&steps)),
        answers: answers
            .into_iter()
            .map(|(id, answer, by)| AnswerRow {
                id: id.to_string(),
                on: answer.on,
                text: answer.text,
                state: answer.state.as_str().to_owned(),
                unit: answer.unit,
                office_name: cx.name_of(&by),
            })
            .collect(),
        answerable: cx.membership().parent(&office) == Some(cx.office),
        conflict: stored.row.conflict,
        answered_with: Vec::new(),
    }))
}

fn kept_row(cx: &Cx<'_>, stored: &Stored, concern: KeptConcern) -> Answer<ConcernRow> {
    let one = OneKept::of(cx, stored, concern)?;
    let date = cx.find(&one.visit)?.map(|visit| visit.row.date).unwrap_or_default();
    Ok(one.row(cx, &date))
}

/// Which of this office's handed-in concerns.
pub(crate) struct Handed<'a> {
    pub(crate) year: Option<i16>,
    pub(crate) state: &'a str,
    pub(crate) text: &'a str,
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

impl Handed<'_> {
    /// One page with the number of all.
    pub(crate) fn rows(&self, cx: &Cx<'_>) -> Answer<(u32, Vec<ConcernRow>)> {
        let query = ConcernQuery {
            offices: vec![cx.office],
            year: self.year,
            state: Some(self.state.to_owned()),
            text: Some(self.text.to_owned()),
            offset: self.offset,
            limit: self.limit,
        };
        let (total, found) = cx.concerns(&query)?;
        let mut rows = Vec::with_capacity(found.len());
        for stored in &found {
            rows.extend(handed_row(cx, stored)?);
        }
        Ok((total, rows))
    }
}

/// Ids of concerns that were handed in below, by a day of theirs, both days included. No record is read for it.
pub(crate) fn below(cx: &Cx<'_>, by: ConcernDay, from: &str, to: &str) -> Answer<BTreeSet<RecordId>> {
    if !cx.sees(&BookKind::visits()) {
        return Ok(BTreeSet::new());
    }
    let offices = cx.offices_below();
    cx.node.store.read(|reader| reader.concern_ids(&offices, by, from, to)).map_err(store_error)
}

/// An open concern, as far as 今日 speaks of it.
pub(crate) struct OpenConcern {
    pub(crate) id: RecordId,
    pub(crate) text: String,
    pub(crate) deadline: String,
    pub(crate) answered: bool,
}

/// How many concerns are kept here and not handed in, with what is open of those and of the ones that were handed in, of
/// whatever year, by deadline. Unlike [`open`] it asks nothing for a single concern.
pub(crate) fn open_now(cx: &Cx<'_>) -> Answer<(usize, Vec<OpenConcern>)> {
    let mut out = Vec::new();
    if cx.must_open_private().is_ok() {
        let here = Kept::load(cx, None)?;
        out.extend(here.newest().map(|(_, one)| OpenConcern {
            id: one.id,
            text: one.concern.text.clone(),
            deadline: one.concern.deadline.clone(),
            answered: false,
        }));
    }
    let kept = out.len();
    let query = |state: &str| ConcernQuery {
        offices: vec![cx.office],
        state: Some(state.to_owned()),
        limit: 500,
        ..ConcernQuery::default()
    };
    let answered = cx.concerns(&query("answered"))?.1;
    let answered: BTreeSet<RecordId> = answered.iter().map(|stored| stored.view.id).collect();
    for stored in cx.concerns(&query("open"))?.1 {
        let Some(concern) = Concern::read(&stored.view) else { continue };
        let id = stored.view.id;
        let answered = answered.contains(&id);
        out.push(OpenConcern { id, text: concern.text, deadline: concern.deadline, answered });
    }
    out.sort_by(|a, b| (&a.deadline, a.id).cmp(&(&b.deadline, b.id)));
    Ok((kept, out))
}

/// What is open of whatever year: kept here, or handed in and not closed.
pub(crate) fn open(cx: &Cx<'_>) -> Answer<Vec<ConcernRow>> {
    let mut all = if cx.must_open_private().is_ok() { Kept::load(cx, None)?.rows(cx) } else { Vec::new() };
    all.extend(Handed { year: None, state: "open", text: "", offset: 0, limit: 500 }.rows(cx)?.1);
    Ok(all)
}

/// A concern of this office by its id, kept or handed in.
pub(crate) fn by_id(cx: &Cx<'_>, id: &str) -> Answer<ConcernRow> {
    let missing = || ErrorDto::new("not_found").with("id", id);
    let stored = cx.find(id)?.ok_or_else(missing)?;
    match stored.view.rtype.as_str() {
        CONCERN => handed_row(cx, &stored)?.ok_or_else(missing),
        KEPT_CONCERN => match cx.find(&handed_id(&stored.view.id).to_string())? {
            Some(handed) => handed_row(cx, &handed)?.ok_or_else(missing),
            None => kept_row(cx, &stored, opened(cx, &stored).ok_or_else(missing)?),
        },
        _ => Err(missing()),
    }
}

/// The concerns of a visit, in the order in which they were entered.
pub(crate) fn of_visit(cx: &Cx<'_>, visit: &RecordView) -> Answer<Vec<ConcernRow>> {
    let about = visit.id.to_string();
    let mut out: Vec<(RecordId, ConcernRow)> = Vec::new();
    let mut seen = BTreeSet::new();
    for stored in cx.about(KEPT_CONCERN, &about)? {
        let handed = handed_id(&stored.view.id);
        seen.insert(handed);
        let row = match (cx.find(&handed.to_string())?, opened(cx, &stored)) {
            (Some(handed), _) => handed_row(cx, &handed)?,
            (None, Some(concern)) => Some(kept_row(cx, &stored, concern)?),
            (None, None) => None,
        };
        out.extend(row.map(|row| (stored.view.id, row)));
    }
    // Where the private books are not, what was handed in is all there is.
    for stored in cx.about(CONCERN, &about)?.iter().filter(|stored| !seen.contains(&stored.view.id)) {
        out.extend(handed_row(cx, stored)?.map(|row| (stored.view.id, row)));
    }
    out.sort_by_key(|(id, _)| *id);
    Ok(out.into_iter().map(|(_, row)| row).collect())
}

/// How many concerns a visit has, and the state of the one that is least far. What an erased household raised and was not
/// handed in counts no more.
pub(crate) fn states_of_visit(cx: &Cx<'_>, visit: &RecordId) -> Answer<(u32, Option<ConcernState>)> {
    let about = visit.to_string();
    let (mut count, mut least) = (0, None);
    let mut add = |state: ConcernState| {
        count += 1;
        least = Some(least.map_or(state, |known: ConcernState| if rank(state) < rank(known) { state } else { known }));
    };
    let handed = cx.about(CONCERN, &about)?;
    let ids: BTreeSet<RecordId> = handed.iter().map(|stored| stored.view.id).collect();
    for stored in &handed {
        let steps = steps_about(cx, stored.book.office, &stored.view.id)?;
        let answers = answers_about(cx, stored.book.office, &stored.view.id)?;
        let answers: Vec<_> = answers.into_iter().map(|(id, answer, _)| (id, answer)).collect();
        add(standing(&steps, &answers).into());
    }
    let erased = cx.erased()?;
    for kept in cx.about(KEPT_CONCERN, &about)?.iter().filter(|kept| !ids.contains(&handed_id(&kept.view.id))) {
        let gone = kept.view.str("subject").parse().is_ok_and(|subject: RecordId| erased.contains_key(&subject));
        if !gone {
            add(ConcernState::Kept);
        }
    }
    Ok((count, least))
}

fn rank(state: ConcernState) -> u8 {
    match state {
        ConcernState::Kept => 0,
        ConcernState::HandedIn => 1,
        ConcernState::InProgress => 2,
        ConcernState::Answered => 3,
        ConcernState::Closed => 4,
    }
}
