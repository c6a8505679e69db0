//! 群众诉求: kept here until handed in (上报), then followed up.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKey, BookKind, RecordView};
use ybz_domain::date::read_date;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{CONCERN, Concern, KEPT_CONCERN, KeptConcern, STEP, Step, VISIT};

use crate::ErrorDto;
use crate::cases::household::open_sealed;
use crate::cases::upward::{Private, Upward};
use crate::cases::visit::{state_word, steps_by_record};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::visit::{
    ConcernProgressInput, ConcernRow, ConcernState, HandInInput, HandInItem, HandInPreview, ProgressRow,
};
use crate::dto::{ListInput, Nothing, Page, Saved};
use crate::error::{Answer, required};

/// State of a handed-in concern from its steps.
pub(crate) fn state_of(steps: Option<&Vec<(RecordId, Step)>>) -> ConcernState {
    match state_word(steps) {
        "closed" => ConcernState::Closed,
        "in_progress" => ConcernState::InProgress,
        _ => ConcernState::HandedIn,
    }
}

/// Steps as rows, oldest first.
pub(crate) fn progress(steps: Option<&Vec<(RecordId, Step)>>) -> Vec<ProgressRow> {
    let mut rows: Vec<(&RecordId, &Step)> = steps.into_iter().flatten().map(|(id, step)| (id, step)).collect();
    rows.sort_by_key(|(id, step)| (&step.on, &step.recorded_on, *id));
    rows.into_iter().map(|(_, step)| ProgressRow { on: step.on.clone(), note: step.note.clone() }).collect()
}

fn opened(cx: &Cx<'_>, stored: &Stored) -> Option<KeptConcern> {
    let subject = stored.view.str("subject").parse().ok()?;
    open_sealed(cx, &stored.book, &stored.view, &subject)
}

/// Concerns of a year: kept ones and handed-in ones, one row each.
fn rows(cx: &Cx<'_>, year: i16) -> Answer<Vec<ConcernRow>> {
    let office_name = cx.office_name();
    let dates: BTreeMap<String, String> =
        cx.records(VISIT, Some(year))?.into_iter().map(|s| (s.view.id.to_string(), s.row.date)).collect();
    let mut steps = steps_by_record(&cx.records(STEP, Some(year))?);
    for later in cx.records(STEP, Some(year + 1))? {
        if let Some(step) = Step::read(&later.view) {
            steps.entry(step.about.clone()).or_default().push((later.view.id, step));
        }
    }
    let mut notes: BTreeMap<String, (String, KeptConcern)> = BTreeMap::new();
    for kept in cx.records(KEPT_CONCERN, Some(year))? {
        if let Some(concern) = opened(cx, &kept) {
            notes.insert(kept.view.str("ref").to_owned(), (kept.view.id.to_string(), concern));
        }
    }
    let mut out = Vec::new();
    for handed in cx.records(CONCERN, Some(year))? {
        let Some(concern) = Concern::read(&handed.view) else { continue };
        let private_note = notes.remove(&concern.visit).map(|(_, kept)| kept.private_note).unwrap_or_default();
        let steps = steps.get(&handed.view.id.to_string());
        out.push(ConcernRow {
            id: handed.view.id.to_string(),
            office: handed.book.office.to_string(),
            office_name: office_name.clone(),
            date: concern.date,
            category: concern.category,
            text: concern.text,
            private_note,
            next_step: concern.next_step,
            owner: concern.owner,
            deadline: (!concern.deadline.is_empty()).then_some(concern.deadline),
            state: state_of(steps),
            progress: progress(steps),
        });
    }
    for (visit, (id, kept)) in notes {
        out.push(ConcernRow {
            id,
            office: cx.office.to_string(),
            office_name: office_name.clone(),
            date: dates.get(&visit).cloned().unwrap_or_default(),
            category: kept.category,
            text: kept.text,
            private_note: kept.private_note,
            next_step: kept.next_step,
            owner: kept.owner,
            deadline: (!kept.deadline.is_empty()).then_some(kept.deadline),
            state: ConcernState::Kept,
            progress: Vec::new(),
        });
    }
    out.sort_by(|a, b| b.date.cmp(&a.date).then(b.id.cmp(&a.id)));
    Ok(out)
}

fn state_name(state: ConcernState) -> &'static str {
    match state {
        ConcernState::Kept => "kept",
        ConcernState::HandedIn => "handed_in",
        ConcernState::InProgress => "in_progress",
        ConcernState::Closed => "closed",
    }
}

/// `concern.list`: the local log tells that private notes were opened.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<ConcernRow>> {
    let page = find(cx, input)?;
    let noted = page.rows.iter().filter(|row| !row.private_note.is_empty());
    cx.note_opened(noted.filter_map(|row| row.id.parse().ok()))?;
    Ok(page)
}

/// The same, for what shows no notes.
pub(crate) fn find(cx: &Cx<'_>, input: ListInput) -> Answer<Page<ConcernRow>> {
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let state = input.state.as_deref().filter(|state| !state.is_empty());
    let rows = rows(cx, input.year.unwrap_or_else(|| cx.today.year()))?
        .into_iter()
        .filter(|row| state.is_none_or(|state| state_name(row.state) == state))
        .filter(|row| wanted.is_empty() || row.text.to_lowercase().contains(&wanted) || row.owner.contains(&wanted))
        .collect();
    Ok(cx.page(rows, &input))
}

/// The concern of a visit, kept or handed in.
pub(crate) fn of_visit(cx: &Cx<'_>, visit: &RecordView) -> Answer<Option<ConcernRow>> {
    let handed = crate::cases::visit::handed_in(cx, visit)?.map(|(stored, _)| stored.view.id.to_string());
    let kept = cx.about(KEPT_CONCERN, &visit.id.to_string())?.into_iter().next().map(|s| s.view.id.to_string());
    let Some(id) = handed.or(kept) else { return Ok(None) };
    let year = visit.str("date").get(..4).and_then(|year| year.parse().ok()).unwrap_or_else(|| cx.today.year());
    Ok(rows(cx, year)?.into_iter().find(|row| row.id == id))
}

/// `concern.hand_in_preview`: what would leave this machine, and to whom.
pub(crate) fn preview(cx: &Cx<'_>) -> Answer<HandInPreview> {
    let private = Private::load(cx)?;
    let mut items = Vec::new();
    for year in cx.years()? {
        for row in rows(cx, year)?.into_iter().filter(|row| row.state == ConcernState::Kept) {
            let found = private.matches(&row.text);
            let suggestion = private.without(&row.text);
            items.push(HandInItem {
                id: row.id,
                date: row.date,
                category: row.category,
                text: row.text,
                matches: found,
                suggestion,
            });
        }
    }
    items.sort_by(|a, b| a.date.cmp(&b.date).then(a.id.cmp(&b.id)));
    Ok(HandInPreview { items, recipient: cx.superior_name() })
}

/// `concern.hand_in` (上报): copies the chosen text to `up/visits`. A household's name or phone in it stops the hand-in
/// unless a person lets it through, which is logged; where households do not open nothing can be checked, nor let through.
pub(crate) fn hand_in(cx: &Cx<'_>, input: HandInInput) -> Answer<Nothing> {
    let private = Private::load(cx)?;
    private.must_know()?;
    let mut edits = Edits::default();
    for (index, choice) in input.items.iter().enumerate() {
        let at = |field: &str| format!("items.{index}.{field}");
        let stored = cx.own_record(&choice.id, KEPT_CONCERN)?;
        let kept = opened(cx, &stored).ok_or_else(|| ErrorDto::new("not_found").at(&at("id")))?;
        let text = required(&at("text"), &choice.text, 2_000)?;
        let found = private.matches(&text);
        if let Some(first) = found.first()
            && !choice.keep_matches
        {
            return Err(ErrorDto::new("name_private_match").at(&at("text")).with("word", &first.text));
        }
        let visit = stored.view.str("ref").to_owned();
        let record = cx.own_record(&visit, VISIT)?;
        if crate::cases::visit::handed_in(cx, &record.view)?.is_some() {
            continue;
        }
        let concern = Concern {
            visit: visit.clone(),
            date: record.row.date.clone(),
            category: kept.category,
            text,
            // These two go up with the text and are not edited at the hand-in: names in them are replaced.
            next_step: private.without(&kept.next_step),
            owner: private.without(&kept.owner),
            deadline: kept.deadline,
            kept_match: !found.is_empty(),
            recorded_on: cx.today_text(),
        };
        // Two devices that hand in one concern make one record.
        let id = RecordId::natural("ybz concern 1", &[stored.view.id.as_bytes()]);
        let book = BookKey { kind: BookKind::visits(), ..record.book.clone() };
        edits.push(book, concern.create(id));
        if !found.is_empty() {
            edits.log("private_match_kept", &[("record", id.to_string())]);
        }
    }
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `concern.progress`: a step is added; none is ever overwritten.
pub(crate) fn add_progress(cx: &Cx<'_>, input: ConcernProgressInput) -> Answer<Saved> {
    let concern = cx.own_record(&input.id, CONCERN)?;
    let on = if input.on.trim().is_empty() {
        cx.today
    } else {
        read_date(&input.on, cx.today)
            .map_err(|_| ErrorDto::new("date_not_understood").at("on").with("text", &input.on))?
    };
    let step = Step {
        about: input.id.clone(),
        on: on.to_string(),
        note: required("note", &input.note, 500)?,
        state: if input.close { "closed" } else { "in_progress" }.to_owned(),
        person: String::new(),
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("note", &step.note)?;
    let id = cx.new_id();
    let mut edits = Edits::default();
    upward.log(&mut edits, id);
    edits.push(concern.book, step.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
