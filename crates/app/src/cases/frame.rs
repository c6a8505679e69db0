//! The frame: settings, drafts, dates as typed.

use std::sync::Arc;

use ybz_domain::date::{CLOCK_FLOOR, clock_plausible, is_late, read_date, read_deadline};

use ybz_store::Draft;

use crate::ErrorDto;
use crate::cases::reminder;
use crate::cx::Cx;
use crate::dto::Nothing;
use crate::dto::node::{Changes, DateInput, DateOutput, DraftInput, DraftRow, Settings, WaitInput};
use crate::error::Answer;
use crate::node::{Inner, store_error};

const SETTINGS: &str = "settings";
/// A draft may weigh this many bytes; a form never does.
const MAX_DRAFT: usize = 512 * 1024;

/// `settings.get`
pub(crate) fn settings(node: &Inner, _: Nothing) -> Answer<Settings> {
    let kept = node.store.setting(SETTINGS).map_err(store_error)?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// `settings.set`
pub(crate) fn set_settings(node: &Arc<Inner>, input: Settings) -> Answer<Nothing> {
    if let Some(at) = &input.reminder_at {
        reminder::read_time(at)?;
    }
    if let Some(theme) = input.theme.as_deref().filter(|theme| !["light", "dark"].contains(theme)) {
        return Err(ErrorDto::new("invalid_input").at("theme").with("value", theme));
    }
    let value = serde_json::to_value(&input).map_err(|error| ErrorDto::internal("settings", &error))?;
    node.store.put_setting(SETTINGS, &value).map_err(store_error)?;
    Ok(Nothing {})
}

/// `changes.wait`
pub(crate) async fn wait(node: Arc<Inner>, _: Option<String>, input: WaitInput) -> Answer<Changes> {
    Ok(node.feed.wait(input).await)
}

/// `draft.list`: of this office, the newest first.
pub(crate) fn drafts(cx: &Cx<'_>) -> Answer<Vec<DraftRow>> {
    let prefix = cx.draft_prefix();
    let mut rows: Vec<DraftRow> = cx
        .node
        .store
        .drafts()
        .map_err(store_error)?
        .into_iter()
        .filter_map(|draft| {
            let form = draft.form.strip_prefix(&prefix)?.to_owned();
            let value = serde_json::from_str(&draft.json).ok()?;
            Some(DraftRow { form, key: draft.key, value, saved_on: draft.saved.to_string() })
        })
        .collect();
    rows.sort_by(|a, b| b.saved_on.cmp(&a.saved_on));
    Ok(rows)
}

/// `draft.save`: kept on this machine as typed, never part of a book; null discards.
pub(crate) fn save_draft(cx: &Cx<'_>, input: DraftInput) -> Answer<Nothing> {
    let form = cx.draft_form(&input.form);
    if input.value.is_null() {
        cx.node.store.delete_draft(&form, &input.key).map_err(store_error)?;
        return Ok(Nothing {});
    }
    let text = serde_json::to_string(&input.value).map_err(|error| ErrorDto::internal("draft", &error))?;
    if text.len() > MAX_DRAFT || input.form.len() > 64 || input.key.len() > 128 {
        return Err(ErrorDto::new("text_too_long").at("value").with("max", MAX_DRAFT).with("length", text.len()));
    }
    let draft = Draft { form, key: input.key, json: text, saved: cx.today };
    cx.node.store.put_draft(&draft).map_err(store_error)?;
    Ok(Nothing {})
}

/// `date.read`
pub(crate) fn date(node: &Arc<Inner>, input: DateInput) -> Answer<DateOutput> {
    let today = node.today();
    let read = if input.ahead { read_deadline } else { read_date };
    let date = read(&input.text, today)
        .map_err(|_| ErrorDto::new("date_not_understood").at("text").with("text", &input.text))?;
    Ok(DateOutput { date: date.to_string(), late: !input.ahead && is_late(date, today) })
}

/// Whether the clock may pre-fill dates.
pub(crate) fn clock_ok(node: &Inner) -> Answer<bool> {
    let floor = node.store.clock_floor().map_err(store_error)?.unwrap_or(CLOCK_FLOOR);
    Ok(clock_plausible(node.today(), floor))
}
