//! 群众诉求: kept here until handed in (上报), then followed up, answered from above and closed by the branch.

mod follow;
mod kept;
mod rows;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{Concern, KEPT_CONCERN, VISIT};

use crate::ErrorDto;
use crate::cases::upward::Private;
use crate::cx::{Cx, Edits};
use crate::dto::concern::{ConcernRow, HandInInput, HandInItem, HandInPreview};
use crate::dto::{IdInput, ListInput, Nothing, Page};
use crate::error::{Answer, required};

pub(crate) use follow::{add, add_progress, day, plan, tell};
pub(crate) use kept::Kept;
pub(crate) use rows::{Handed, below, by_id, handed_row, of_visit, open, open_now, opened, states_of_visit};

/// A concern that two devices hand in is one record.
pub(crate) fn handed_id(kept: &RecordId) -> RecordId {
    RecordId::natural("ybz concern 1", &[kept.as_bytes()])
}

/// `concern.list`: those that are kept here first, then those handed in, each the newest first. The local log tells that
/// private notes were opened.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<ConcernRow>> {
    cx.must_open_private()?;
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let state = input.state.as_deref().unwrap_or_default();
    let (limit, offset) = (if input.limit == 0 { 50 } else { input.limit }, input.offset);
    let (mut rows, mut here) = (Vec::new(), 0);
    if matches!(state, "" | "open" | "kept") {
        let all = Kept::load(cx, Some(year))?;
        let found: Vec<_> = all
            .newest()
            .filter(|(_, one)| {
                let concern = &one.concern;
                wanted.is_empty() || concern.text.to_lowercase().contains(&wanted) || concern.owner.contains(&wanted)
            })
            .collect();
        here = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let page = found.iter().skip(offset as usize).take(limit as usize);
        rows.extend(page.map(|(day, one)| one.row(cx, day)));
    }
    let taken = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut total = here;
    if state != "kept" {
        let handed = Handed {
            year: Some(year),
            state,
            text: &wanted,
            offset: offset.saturating_sub(here),
            limit: limit - taken,
        };
        let (count, found) = handed.rows(cx)?;
        total = total.saturating_add(count);
        rows.extend(found);
    }
    let noted = rows.iter().filter(|row| !row.private_note.is_empty());
    cx.note_opened(noted.filter_map(|row| row.id.parse().ok()))?;
    Ok(Page { total, rows })
}

/// `concern.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<ConcernRow> {
    cx.must_open_private()?;
    let row = by_id(cx, &input.id)?;
    if !row.private_note.is_empty() {
        cx.note_opened([input.id.parse().unwrap_or(RecordId([0; 16]))])?;
    }
    Ok(row)
}

/// `concern.hand_in_preview`: what would leave this machine, and to whom.
pub(crate) fn preview(cx: &Cx<'_>) -> Answer<HandInPreview> {
    cx.must_open_private()?;
    let private = Private::load(cx)?;
    let mut items = Vec::new();
    for row in Kept::load(cx, None)?.rows(cx) {
        let matches = private.matches(&row.text);
        let suggestion = if matches.is_empty() { row.text.clone() } else { private.without(&row.text) };
        items.push(HandInItem {
            matches,
            suggestion,
            id: row.id,
            date: row.date,
            category: row.category,
            text: row.text,
        });
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
        // Nothing open goes up that nobody has to do by some day.
        if kept.owner.is_empty() || kept.deadline.is_empty() {
            return Err(ErrorDto::new("concern_incomplete").at(&at("id")));
        }
        let found = private.matches(&text);
        if let Some(first) = found.first()
            && !choice.keep_matches
        {
            return Err(ErrorDto::new("name_private_match").at(&at("text")).with("word", &first.text));
        }
        let visit = stored.view.str("ref").to_owned();
        let record = cx.own_record(&visit, VISIT)?;
        let id = handed_id(&stored.view.id);
        if cx.find(&id.to_string())?.is_some() {
            continue;
        }
        let concern = Concern {
            visit: visit.clone(),
            date: record.row.date.clone(),
            category: kept.category,
            text,
            // These go up with the text and are not edited at the hand-in: names in them are replaced.
            next_step: private.without(&kept.next_step),
            owner: private.without(&kept.owner),
            deadline: kept.deadline,
            unit: private.without(&kept.unit),
            kept_match: !found.is_empty(),
            recorded_on: cx.today_text(),
        };
        let book = record.book.clone();
        // Looked through above; the rest has its names replaced.
        let texts = [&concern.text, &concern.next_step, &concern.unit];
        edits.checked.extend(texts.into_iter().cloned());
        edits.push(book, concern.create(id));
        if !found.is_empty() {
            edits.log("private_match_kept", &[("record", id.to_string())]);
        }
    }
    cx.commit(edits)?;
    Ok(Nothing {})
}
