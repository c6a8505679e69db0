//! 催办文字: a polite text for each office, which says what is late, until when it was due, by which rule, and what helps. It is
//! copied by a person and sent wherever people talk; nothing is sent from here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::session::SessionKind;

use super::{CalendarInput, Tree, calendar, words};
use crate::ErrorDto;
use crate::cases::{committee, sent};
use crate::cx::Cx;
use crate::dto::calendar::{CalendarEntry, CalendarUnit, Urge, UrgeInput, UrgeText};
use crate::dto::committee::{CellState, MatrixInput};
use crate::error::Answer;
use crate::node::store_error;

/// Lines of one text at most; what is more is said as a number.
const MOST_LINES: usize = 12;

/// What one office is asked for.
#[derive(Default)]
struct Asked {
    lines: Vec<String>,
    /// Nothing has come from it for so many days; none: it delivers, or never did.
    silent: Option<i32>,
    /// Nothing has ever come from it.
    never: bool,
}

type ByOffice = BTreeMap<OfficeId, Asked>;

/// A day as people write it.
pub(crate) fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn month_written(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{year}年{}月", month.trim_start_matches('0')),
        None => month.to_owned(),
    }
}

/// `desk.urge`
pub(crate) fn urge(cx: &Cx<'_>, input: UrgeInput) -> Answer<Urge> {
    let tree = Tree::read(cx)?;
    let only = match input.office.as_deref().filter(|id| !id.is_empty()) {
        None => None,
        Some(id) => {
            let known = id.parse::<OfficeId>().ok().filter(|office| cx.offices_below().contains(office));
            Some(known.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?)
        }
    };
    let mut asked = ByOffice::new();
    if let Some(batch) = input.batch.as_deref().filter(|id| !id.is_empty()) {
        of_batch(cx, batch, only, &mut asked)?;
    } else if let Some(ledger) = input.ledger.as_deref().filter(|ledger| !ledger.is_empty()) {
        of_months(cx, &input, ledger, &mut asked)?;
    } else {
        of_calendar(cx, &input, &mut asked)?;
    }
    if let Some(only) = only {
        asked.retain(|office, _| *office == only);
    }
    let mut all: Vec<(usize, OfficeId, Asked)> =
        asked.into_iter().map(|(office, asked)| (tree.place(cx, &office), office, asked)).collect();
    all.sort_by_key(|(place, office, _)| (*place, *office));
    let rows: Vec<UrgeText> = all
        .into_iter()
        .map(|(_, office, asked)| UrgeText {
            name: cx.name_of(&office),
            text: letter(cx, &cx.name_of(&office), asked),
            office: office.to_string(),
        })
        .collect();
    let all = rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n\n");
    Ok(Urge { rows, all })
}

/// What was sent down together: who has not finished it. As long as its day has not come, only who has not acknowledged it,
/// unless one office is named.
fn of_batch(cx: &Cx<'_>, batch: &str, only: Option<OfficeId>, asked: &mut ByOffice) -> Answer<()> {
    let view = sent::batch(cx, crate::dto::IdInput { id: batch.to_owned() })?;
    let due: Option<Date> = view.deadline.as_deref().and_then(|day| day.parse().ok());
    let over = due.is_some_and(|due| due < cx.today);
    let rule = words()?.rule("dispatched").ok_or_else(|| ErrorDto::internal("deadlines", &"dispatched"))?;
    for row in view.rows {
        let Ok(office) = row.office.parse::<OfficeId>() else { continue };
        let waits = !row.finished && row.state != "done";
        if waits && (over || !row.acknowledged || only.is_some()) {
            let how = if row.acknowledged { "" } else { "，还没有签收" };
            let line = format!("交办“{}”{how}{}{}", view.title, until(cx, due), helps(&rule.citation, &rule.remedy.zh));
            asked.entry(office).or_default().lines.push(line);
        }
    }
    Ok(())
}

/// Months of a ledger in which the rule expects something and nothing is here, and offices of which nothing new is known.
fn of_months(cx: &Cx<'_>, input: &UrgeInput, ledger: &str, asked: &mut ByOffice) -> Answer<()> {
    let name = match ledger {
        "meetings" => "三会一课",
        "dues" => "党费",
        "visits" => "夜谈走访",
        _ => "清单",
    };
    let matrix = committee::matrix(cx, MatrixInput { ledger: ledger.to_owned(), year: input.year })?;
    let article = if ledger == "dues" { "dues_collection" } else { "frequency" };
    let citation = cx.rule(article)?.citation;
    for row in matrix.rows {
        let Some(office) = row.office.as_deref().and_then(|id| id.parse::<OfficeId>().ok()) else { continue };
        let mut months = Vec::new();
        let mut unknown = false;
        for (month, cell) in (1u8..).zip(&row.cells).filter(|(month, _)| input.month.is_none_or(|only| only == *month))
        {
            match cell.state {
                CellState::Missing => months.push(format!("{month}月")),
                CellState::Unknown => unknown = true,
                _ => {}
            }
        }
        if !months.is_empty() {
            let line = format!(
                "{}年{}的{name}还没有记录。依据：{citation}。已经做了的请补录，没做的请安排一次",
                matrix.year,
                months.join("、")
            );
            asked.entry(office).or_default().lines.push(line);
        }
        if unknown {
            silent(cx, row.as_of.as_deref(), asked.entry(office).or_default());
        }
    }
    Ok(())
}

fn silent(cx: &Cx<'_>, as_of: Option<&str>, asked: &mut Asked) {
    let days = as_of.and_then(|day| day.parse::<Date>().ok()).and_then(|day| day.until(cx.today).ok());
    asked.silent = days.map(|span| span.get_days());
    asked.never = as_of.is_none();
}

/// One entry of the calendar, or everything that is late there, with who has not delivered for long.
fn of_calendar(cx: &Cx<'_>, input: &UrgeInput, asked: &mut ByOffice) -> Answer<()> {
    let day = input.day.clone().filter(|day| !day.is_empty());
    let one = input.entry.as_deref().filter(|key| !key.is_empty());
    let window = CalendarInput {
        from: day.clone().unwrap_or_default(),
        to: day.unwrap_or_default(),
        office: input.office.clone(),
        kinds: Vec::new(),
    };
    let view = calendar(cx, window)?;
    let found = |entry: &&CalendarEntry| one.map_or(entry.days < 0, |key| entry.key == key);
    for entry in view.entries.iter().chain(&view.earlier).filter(found) {
        for unit in entry.units.iter().filter(|unit| !unit.here) {
            let Ok(office) = unit.office.parse::<OfficeId>() else { continue };
            let line = format!(
                "{}{}{}",
                what(entry, unit.count, named(cx, entry, unit)?),
                until(cx, entry.day.parse().ok()),
                helps(&entry.citation, &entry.remedy.zh)
            );
            asked.entry(office).or_default().lines.push(line);
        }
    }
    if one.is_none() {
        for unit in &view.absent {
            if let Some(office) = unit.office.as_deref().and_then(|id| id.parse::<OfficeId>().ok()) {
                silent(cx, unit.as_of.as_deref(), asked.entry(office).or_default());
            }
        }
    }
    Ok(())
}

/// Whether the title may name somebody: an applicant, or whoever a person let stand in a matter's text. Neither goes into a message.
fn named(cx: &Cx<'_>, entry: &CalendarEntry, unit: &CalendarUnit) -> Answer<bool> {
    let Some(id) = unit.record.as_deref().and_then(|id| id.parse::<RecordId>().ok()) else {
        return Ok(entry.kind == "admission");
    };
    let record = cx.node.store.read(|reader| reader.record(None, &id)).map_err(store_error)?;
    Ok(entry.kind == "admission" || record.is_some_and(|stored| stored.view.flag("kept_match")))
}

/// What it is about, in words.
fn what(entry: &CalendarEntry, count: u32, named: bool) -> String {
    match entry.kind.as_str() {
        "submission" => format!("{}的台账还没有提交", month_written(&entry.code)),
        "session" => format!("{}这一期还没有记录", session(&entry.code)),
        "dues_back_payment" => format!("{}的党费还有{count}人没有收齐", month_written(&entry.code)),
        _ if named || entry.title.is_empty() => entry.name.zh.clone(),
        _ => format!("{}“{}”", entry.name.zh, entry.title),
    }
}

fn session(code: &str) -> &str {
    match SessionKind::from_word(code) {
        Some(kind) => crate::sheet::session_word(kind),
        None => code,
    }
}

fn until(cx: &Cx<'_>, due: Option<Date>) -> String {
    let Some(due) = due else { return String::new() };
    let days = cx.today.until(due).map_or(0, |span| span.get_days());
    let far = match days {
        0 => "今天到期".to_owned(),
        1.. => format!("还有{days}天"),
        _ => format!("已过{}天", -days),
    };
    format!("，时限{}，{far}", written(due))
}

fn helps(citation: &str, remedy: &str) -> String {
    let source = if citation.is_empty() { String::new() } else { format!("依据：{citation}。") };
    format!("。{source}{}", remedy.trim_end_matches('。'))
}

fn letter(cx: &Cx<'_>, name: &str, asked: Asked) -> String {
    let mut text = format!("{name}：您好！");
    let Asked { mut lines, silent, never } = asked;
    if never {
        lines.insert(0, "台账还没有送达过，请打开一本账联网送一次".to_owned());
    } else if let Some(days) = silent.filter(|days| *days > 0) {
        lines.insert(0, format!("台账已有{days}天没有送达，可能已经办了只是没送来，请打开一本账联网送一次"));
    }
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    match lines.as_slice() {
        [one] => text.push_str(&format!("想提醒一件事：{one}。")),
        many => {
            text.push_str("想提醒下面几件事：");
            for (n, line) in (1..).zip(many) {
                text.push_str(&format!("\n{n}. {line}。"));
            }
            if more > 0 {
                text.push_str(&format!("\n另有{more}件，请在“日历”里看。"));
            }
            text.push('\n');
        }
    }
    text.push_str(&format!(
        "已经办好的，联网送一次就行；有困难请告诉我们，一起想办法。{} {}",
        cx.office_name(),
        written(cx.today)
    ));
    text
}
