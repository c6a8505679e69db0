//! 三会一课记录: one row for each session, or members × sessions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Origin, Source, line};
use crate::dto::meeting::{Mark, SessionKind};
use crate::import::field::Field;
use crate::import::issue::Findings;
use crate::import::layout::DataRow;
use crate::import::sheet::{Cell, letter};
use crate::import::value::{self, ValueError, date, mark, person, terms};

/// One session as the record has it. Empty text: nothing stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeetingRow {
    /// Where it stands.
    pub origin: Origin,
    /// At least one.
    pub kinds: Vec<SessionKind>,
    /// 日期
    pub date: Date,
    /// `19:30`
    pub start: String,
    /// 地点
    pub place: String,
    /// 主持人
    pub chair: String,
    /// 记录人
    pub recorder: String,
    /// 议题
    pub topic: String,
    /// 会议内容
    pub minutes: String,
    /// 决议
    pub resolution: String,
    /// 党小组
    pub group: String,
    /// Tenths of an hour.
    pub hours: Option<u32>,
    /// Everyone whose attendance stands there; nobody is present by default.
    pub marks: Vec<MarkEntry>,
}

/// The attendance of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MarkEntry {
    /// 姓名
    pub name: String,
    /// 出勤; never unconfirmed.
    pub mark: Mark,
    /// 请假事由
    pub reason: String,
    /// Row of the mark, from 1.
    pub row: u32,
    /// Letter and title of the column.
    pub column: String,
    /// The line or column of the sheet that stands for the person: `7` or `F`.
    pub anchor: String,
}

pub(super) fn read(source: &Source<'_>, findings: &mut Findings) -> Vec<MeetingRow> {
    if source.has(Field::Session) {
        return across(source, findings);
    }
    source.layout.rows.iter().filter_map(|row| session(source, row, findings)).collect()
}

fn kind_of_title(title: &str) -> Vec<SessionKind> {
    let kinds = terms::session_kinds(title);
    // A title that names several kinds is a title of the whole book.
    if kinds.len() == 1 { kinds } else { Vec::new() }
}

fn session(source: &Source<'_>, row: &DataRow, findings: &mut Findings) -> Option<MeetingRow> {
    if source.is_blank(row) {
        return None;
    }
    let before = findings.errors.len();
    source.doubled(findings, row);
    source.loose(findings, row);
    let moment = source.day(findings, row);
    let topic = source.text(row, Field::Topic);
    let kind_text = source.text(row, Field::Kinds);
    let mut kinds = terms::session_kinds(&kind_text);
    if kinds.is_empty() {
        // A page has a title of its own; that of the sheet is the first page's.
        kinds = kind_of_title(if row.page.is_some() { &row.section } else { &source.layout.title });
    }
    if kinds.is_empty() {
        kinds = terms::session_kinds(&topic);
    }
    if kinds.is_empty() {
        let error = ValueError::new("meeting_kind_missing", &kind_text).example("支部党员大会");
        source.report(findings, row, Field::Kinds, error);
    }
    let mut marks = columns(source, row, findings);
    let listed = [
        (Field::Present, Mark::Present),
        (Field::NonVoting, Mark::NonVoting),
        (Field::Excused, Mark::Excused),
        (Field::Absent, Mark::Absent),
    ];
    for (field, mark) in listed {
        names(source, row, field, mark, &mut marks, findings);
    }
    compare(source, row, &marks, findings);
    let start_cell = source.text(row, Field::Start);
    let start = date::time(&start_cell).unwrap_or_default();
    let moment = moment?;
    let place = source.text(row, Field::Place);
    let chair = person::shown(&source.text(row, Field::Chair));
    let recorder = person::shown(&source.text(row, Field::Recorder));
    let minutes = source.cell(row, Field::Minutes).text();
    let resolution = source.cell(row, Field::Resolution).text();
    let group = value::squeezed(&source.text(row, Field::Group));
    let texts = [
        (Field::Place, place.as_str(), 100),
        (Field::Chair, &chair, 40),
        (Field::Recorder, &recorder, 40),
        (Field::Topic, &topic, 200),
        // A letter is an operation of a change, and a change has a quota of them.
        (Field::Minutes, &minutes, 10_000),
        (Field::Resolution, &resolution, 4_000),
        (Field::Group, &group, 40),
    ];
    source.bounded(findings, row, &texts);
    if Source::failed(findings, before) {
        return None;
    }
    Some(MeetingRow {
        origin: source.origin(row, Field::Date),
        kinds,
        date: moment.date,
        start: if start.is_empty() { moment.start } else { start },
        place,
        chair,
        recorder,
        topic,
        minutes,
        resolution,
        group,
        hours: hours(&source.text(row, Field::Hours)),
        marks,
    })
}

/// `2学时`, `1.5` as tenths of an hour.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the filter")]
fn hours(text: &str) -> Option<u32> {
    let text = value::squeezed(text);
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.');
    let hours = number.parse::<f64>().ok().filter(|hours| (0.0..100.0).contains(hours))?;
    Some((hours * 10.0).round() as u32)
}

/// Marks of the columns that carry a member's name.
fn columns(source: &Source<'_>, row: &DataRow, findings: &mut Findings) -> Vec<MarkEntry> {
    let mut marks = Vec::new();
    for (index, _) in source.fields.iter().filter(|(_, field)| **field == Field::Attendee) {
        let title = source.layout.column(*index).and_then(|column| column.parts.last()).cloned().unwrap_or_default();
        let (name, _) = value::with_note(&title);
        match mark::mark(row.cell(source.sheet, *index)) {
            Ok((Mark::Unconfirmed, _)) => {}
            Ok((mark, reason)) => marks.push(MarkEntry {
                name: person::shown(&name),
                mark,
                reason,
                row: line(row.index),
                column: source.place_of(*index),
                anchor: letter(*index),
            }),
            Err(error) => findings.error(&source.sheet.name, line(row.index), &source.place_of(*index), error),
        }
    }
    marks
}

/// Names listed in one cell, such as `张三（病假）、李四`.
fn names(
    source: &Source<'_>,
    row: &DataRow,
    field: Field,
    mark: Mark,
    marks: &mut Vec<MarkEntry>,
    findings: &mut Findings,
) {
    let cell = source.cell(row, field);
    let text = cell.text();
    let count = value::squeezed(&text);
    let is_count = count.trim_end_matches(['人', '名']).parse::<u32>().is_ok();
    if matches!(cell, Cell::Number(_)) || is_count || value::says_nothing(&text) {
        return;
    }
    if text.contains("全体") || text.contains("全部") {
        source.warn(findings, row, field, "names_not_listed", &[("found", text)]);
        return;
    }
    for (name, reason) in person::list(&text) {
        if !person::looks_like_name(&name) {
            source.warn(findings, row, field, "name_not_understood", &[("found", name)]);
            continue;
        }
        let excuse = ["假", "病", "事", "公", "差", "外出", "务工", "住院"].iter().any(|word| reason.contains(word));
        let mark = if mark == Mark::Absent && excuse { Mark::Excused } else { mark };
        let reason = reason.strip_prefix("请假").unwrap_or(&reason).trim_matches([':', '：', ',', '，']).to_owned();
        let anchor = source.index(field).map(letter).unwrap_or_default();
        let (at, column) = source.spot(row, field);
        let entry = MarkEntry { name, mark, reason, row: at, column, anchor };
        match marks.iter_mut().find(|known| person::key(&known.name) == person::key(&entry.name)) {
            // Listed twice: the list with a reason says more than the tick.
            Some(known) if known.mark == entry.mark && known.reason.is_empty() => *known = entry,
            Some(known) if known.mark != entry.mark => {
                let params = [("found", entry.name.clone())];
                source.warn(findings, row, field, "marked_twice", &params);
            }
            Some(_) => {}
            None => marks.push(entry),
        }
    }
}

/// Warns when the stated number of those present is not the number of marks.
fn compare(source: &Source<'_>, row: &DataRow, marks: &[MarkEntry], findings: &mut Findings) {
    let present = marks.iter().filter(|entry| entry.mark == Mark::Present).count();
    let stated = value::squeezed(&source.text(row, Field::PresentCount));
    let stated = stated.trim_end_matches(['人', '名']).parse::<usize>().ok();
    if let Some(stated) = stated.filter(|stated| present > 0 && *stated != present) {
        let params = [("found", stated.to_string()), ("counted", present.to_string())];
        source.warn(findings, row, Field::PresentCount, "count_differs", &params);
    }
}

/// Members down the side, sessions across the top.
fn across(source: &Source<'_>, findings: &mut Findings) -> Vec<MeetingRow> {
    let mut sessions: BTreeMap<usize, MeetingRow> = BTreeMap::new();
    for (index, _) in source.fields.iter().filter(|(_, field)| **field == Field::Session) {
        let title = source.layout.column(*index).map(super::super::layout::Column::title).unwrap_or_default();
        let place = source.place_of(*index);
        let header = source.header_line();
        let (moment, rest) = match date::leading(&title, source.context()) {
            Some(Ok(found)) => found,
            Some(Err(error)) => {
                findings.error(&source.sheet.name, header, &place, error);
                continue;
            }
            None => {
                let error = ValueError::new("date_not_understood", &title).example("2026.3.5");
                findings.error(&source.sheet.name, header, &place, error);
                continue;
            }
        };
        if moment.date > source.today {
            findings.error(&source.sheet.name, header, &place, ValueError::new("date_in_future", &title));
            continue;
        }
        let mut kinds = terms::session_kinds(&rest);
        if kinds.is_empty() {
            kinds = kind_of_title(&source.layout.title);
        }
        if kinds.is_empty() {
            let error = ValueError::new("meeting_kind_missing", &title).example("3月5日支部党员大会");
            findings.error(&source.sheet.name, header, &place, error);
            continue;
        }
        let origin = Origin { sheet: source.sheet.name.clone(), row: header, column: place };
        sessions.insert(
            *index,
            MeetingRow {
                origin,
                kinds,
                date: moment.date,
                start: moment.start,
                place: String::new(),
                chair: String::new(),
                recorder: String::new(),
                topic: String::new(),
                minutes: String::new(),
                resolution: String::new(),
                group: String::new(),
                hours: None,
                marks: Vec::new(),
            },
        );
    }
    for row in &source.layout.rows {
        if source.is_blank(row) {
            continue;
        }
        let Some((name, _)) = source.person(findings, row) else { continue };
        for (index, session) in &mut sessions {
            match mark::mark(source.sheet.cell(row.index, *index)) {
                Ok((Mark::Unconfirmed, _)) => {}
                Ok((mark, reason)) => session.marks.push(MarkEntry {
                    name: name.clone(),
                    mark,
                    reason,
                    row: line(row.index),
                    column: source.place_of(*index),
                    anchor: line(row.index).to_string(),
                }),
                Err(error) => findings.error(&source.sheet.name, line(row.index), &source.place_of(*index), error),
            }
        }
    }
    sessions.into_values().collect()
}
