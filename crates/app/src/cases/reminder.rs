//! 到期提醒: one summary a day for each profile, of counts and kinds alone: no name, no title, no word that somebody wrote.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use jiff::civil::Date;
use serde_json::json;
use ybz_domain::office::OfficeKind;

use crate::ErrorDto;
use crate::cases::{frame, returned, today};
use crate::cx::Cx;
use crate::dto::Nothing;
use crate::dto::node::{Reminder, ReminderInput, ReminderKind, ReminderTaken, Settings};
use crate::error::Answer;
use crate::node::{Inner, store_error};
use crate::seat;

/// From when on the summary comes, unless the settings say otherwise: 19:30, in minutes since midnight.
const EVENING: u16 = 19 * 60 + 30;
/// Setting with the day of the last summary, for each profile.
const TOLD: &str = "reminder_told/";

/// Kinds in the order of the summary, with the beginnings of the codes of 今日 that belong to each.
const KINDS: [(&str, &[&str]); 9] = [
    ("returned", &["submission_returned", "submission_disputed", "item_returned", "item_disputed"]),
    ("above", &["dispatched", "concern_answered"]),
    ("dues", &["dues_"]),
    ("visits", &["round_table_", "consolation_"]),
    ("concerns", &["concern_"]),
    ("items", &["checklist_"]),
    ("members", &["term_", "transfer_", "admission_", "mobile_"]),
    ("month", &["month_end"]),
    // What the frequency rules miss, each named after its kind of session.
    (
        "sessions",
        &[
            "session_today",
            "members_meeting_",
            "committee_meeting_",
            "group_meeting_",
            "lesson_",
            "theme_day_",
            "organization_life_",
            "appraisal_",
            "study_day_",
        ],
    ),
];

/// Minutes since midnight of `19:30`.
///
/// # Errors
/// `invalid_input` for anything else.
pub(crate) fn read_time(text: &str) -> Answer<u16> {
    let wrong = || ErrorDto::new("invalid_input").at("reminderAt").with("value", text);
    let (hours, minutes) = text.trim().split_once(':').ok_or_else(wrong)?;
    let (hours, minutes): (u16, u16) = (hours.parse().map_err(|_| wrong())?, minutes.parse().map_err(|_| wrong())?);
    if hours < 24 && minutes < 60 { Ok(hours * 60 + minutes) } else { Err(wrong()) }
}

/// Whether the summary of `day` is to be shown at `minute`: it is on, its time has come, and none was shown on that day.
fn comes(settings: &Settings, told: Option<Date>, day: Date, minute: u16) -> bool {
    let at = settings.reminder_at.as_deref().and_then(|at| read_time(at).ok()).unwrap_or(EVENING);
    !settings.reminder_off && minute >= at && told != Some(day)
}

/// Counts codes of 今日 by kind. A code that is newer than this table counts nowhere rather than wrongly.
fn counted<'a>(codes: impl Iterator<Item = &'a str>, to_decide: u32) -> Reminder {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for code in codes {
        let kind = KINDS.iter().find(|(_, begins)| begins.iter().any(|begin| code.starts_with(begin)));
        if let Some((kind, _)) = kind {
            *counts.entry(kind).or_default() += 1;
        }
    }
    counts.insert("decide", to_decide);
    let order = KINDS.iter().map(|(kind, _)| *kind).chain(["decide"]);
    let kinds: Vec<ReminderKind> = order
        .filter_map(|kind| counts.get(kind).map(|count| ReminderKind { code: kind.to_owned(), count: *count }))
        .filter(|kind| kind.count > 0)
        .collect();
    Reminder { total: kinds.iter().map(|kind| kind.count).sum(), kinds }
}

/// What is due today in the offices that this device records for, as far as the person at the seat sees it.
fn due(node: &Arc<Inner>, who: &Arc<seat::Who>) -> Answer<Reminder> {
    let mut codes = Vec::new();
    let mut to_decide = 0;
    for office in node.offices()? {
        let mut cx = Cx::of(node, office)?;
        if cx.must_write().is_err() {
            continue;
        }
        cx.who = who.clone();
        let (due, above) = today::due(&cx)?;
        codes.extend(due.into_iter().chain(above).chain(returned::list(&cx)?).map(|item| item.code));
        if cx.kind() == OfficeKind::Committee {
            to_decide += today::to_decide(&cx)?;
        }
    }
    Ok(counted(codes.iter().map(String::as_str), to_decide))
}

/// `reminder.take`: the day's summary, if it is to be shown now; it is not answered again on that day.
pub(crate) fn take(node: &Arc<Inner>, seat: Option<&str>, input: ReminderInput) -> Answer<ReminderTaken> {
    let who = seat::admit(node, seat, "reminder.take")?;
    let settings = frame::settings(node, Nothing {})?;
    // Asked, made and marked in one step: two windows ask at the same minute.
    let _alone = node.reminding.lock().unwrap_or_else(PoisonError::into_inner);
    let setting = format!("{TOLD}{}", who.profile.as_deref().unwrap_or_default());
    let told = node.store.setting(&setting).map_err(store_error)?;
    let told = told.and_then(|told| told.as_str().and_then(|told| told.parse().ok()));
    let day = node.today();
    // A clock that is plainly wrong would use up a day that is to come, or tell what is long done.
    if !frame::clock_ok(node)? || !comes(&settings, told, day, input.minute) {
        return Ok(ReminderTaken { reminder: None });
    }
    let reminder = due(node, &who)?;
    if reminder.total == 0 {
        return Ok(ReminderTaken { reminder: None });
    }
    node.store.put_setting(&setting, &json!(day.to_string())).map_err(store_error)?;
    Ok(ReminderTaken { reminder: Some(reminder) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date::constant(2026, 3, 20);

    fn on(at: &str) -> Settings {
        Settings { reminder_at: Some(at.to_owned()), ..Settings::default() }
    }

    #[test]
    fn it_comes_once_a_day_from_its_time_on() {
        let evening = Settings::default();
        assert_eq!([EVENING - 1, EVENING, 1439].map(|minute| comes(&evening, None, DAY, minute)), [false, true, true]);
        assert!(!comes(&evening, Some(DAY), DAY, 1200), "it was shown today");
        assert!(comes(&evening, DAY.yesterday().ok(), DAY, 1200), "yesterday's is another");
        assert!(comes(&evening, DAY.tomorrow().ok(), DAY, 1200), "a clock that was set back does not end it");
        assert!(comes(&on("08:00"), None, DAY, 480) && !comes(&on("21:15"), None, DAY, 1274));
        assert!(!comes(&Settings { reminder_off: true, ..on("08:00") }, None, DAY, 1200));
        assert!(comes(&on("in the evening"), None, DAY, EVENING), "a time that nobody can read is the evening");
    }

    #[test]
    fn a_time_has_hours_and_minutes() {
        assert_eq!(["00:00", "19:30", " 7:05 "].map(|text| read_time(text).ok()), [Some(0), Some(1170), Some(425)]);
        for text in ["24:00", "12:60", "1930", "", "-1:00", "a:b"] {
            assert_eq!(read_time(text).unwrap_err().code, "invalid_input", "{text}");
        }
    }

    #[test]
    fn it_counts_kinds_and_tells_nothing_else() {
        let codes =
            ["dues_unpaid", "dues_remind", "lesson_missing", "concern_due", "concern_answered", "something_new"];
        let reminder = counted(codes.into_iter(), 2);
        let told: Vec<(&str, u32)> = reminder.kinds.iter().map(|kind| (kind.code.as_str(), kind.count)).collect();
        assert_eq!(told, [("above", 1), ("dues", 2), ("concerns", 1), ("sessions", 1), ("decide", 2)]);
        assert_eq!(reminder.total, 7);
        assert_eq!(counted(std::iter::empty(), 0), Reminder { total: 0, kinds: Vec::new() });
    }
}
