//! 走访记录 as the paper form has it, and the same as a ledger of one line a visit. 只留本村.

use super::build::{day, fact, number, of_table, several, table, text, wide, words};
use super::{Asked, Made};
use crate::cases::upward::reads_own_books;
use crate::cases::visit as records;
use crate::cx::Cx;
use crate::dto::IdInput;
use crate::dto::sheet::{SheetCell, SheetPart};
use crate::dto::visit::{VisitRecord, VisitRequest};
use crate::error::Answer;

/// Visits read at once.
const CHUNK: u32 = 1_000;

fn found(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<(u32, Vec<VisitRecord>)> {
    cx.must_open_private()?;
    if let Some(id) = asked.record {
        let mut one = records::record(cx, IdInput { id: id.to_owned() })?;
        let evening = std::mem::take(&mut one.visits);
        let all: Vec<VisitRecord> = std::iter::once(one).chain(evening).collect();
        return Ok((u32::try_from(all.len()).unwrap_or(u32::MAX), all));
    }
    let mut all = Vec::new();
    let most = asked.limit.unwrap_or(u32::MAX);
    loop {
        let at = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let months = (asked.period.first(), asked.period.last());
        let (total, rows) = records::of_months(cx, asked.period.year, months, at, CHUNK.min(most.saturating_sub(at)))?;
        let more = !rows.is_empty();
        all.extend(rows);
        if !more || u32::try_from(all.len()).unwrap_or(u32::MAX) >= total.min(most) {
            return Ok((total, all));
        }
    }
}

fn notes(cx: &Cx<'_>) -> Vec<String> {
    let here = reads_own_books(cx);
    if here {
        Vec::new()
    } else {
        vec!["本机没有“只留本村”的内容,走访对象和没有上报的诉求从略。".to_owned()]
    }
}

/// A page for each visit.
pub(super) fn forms(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let (total, all) = found(cx, asked)?;
    let left_out = total.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
    let parts = all.into_iter().map(|visit| part(visit, notes(cx))).collect();
    let title = if asked.record.is_some() { asked.title.to_owned() } else { asked.titled() };
    Ok(Made { title, private: true, parts, left_out, ..Made::default() })
}

fn part(visit: VisitRecord, notes: Vec<String>) -> SheetPart {
    let [situation, difficulty, requests, follow_up] = told(&visit);
    SheetPart {
        heading: super::words::visit(visit.kind).to_owned(),
        facts: vec![
            fact("date", "日期", day(&visit.date)),
            fact("start", "时间", text(visit.start.as_str())),
            fact("place", "地点", text(visit.place.as_str())),
            fact("kind", "类型", text(super::words::visit(visit.kind))),
            fact("visited", "走访对象", text(visit.visited.as_str())),
            fact("recorder", "记录人", text(visit.recorder.as_str())),
            wide("visitors", "走访人", text(visitors(&visit))),
            wide("situation", "基本情况", situation),
            wide("difficulty", "困难", difficulty),
            wide("requests", "诉求", requests),
            wide("follow_up", "后续办理", follow_up),
        ],
        record: Some(visit.id),
        notes,
        signatures: words(&["走访人", "记录人"]),
        ..SheetPart::default()
    }
}

fn visitors(visit: &VisitRecord) -> String {
    let names = several(visit.visitors.iter().map(String::as_str));
    if visit.unit.is_empty() { names } else { format!("{names}({})", visit.unit) }
}

/// 情况, 困难, 诉求, 后续.
fn told(visit: &VisitRecord) -> [SheetCell; 4] {
    let chips = several(visit.situation.iter().map(|chip| super::words::situation(chip)));
    let situation: Vec<&str> =
        [chips.as_str(), visit.situation_text.as_str()].into_iter().filter(|one| !one.is_empty()).collect();
    let many = visit.requests.len() > 1;
    let numbered = |(at, line): (usize, String)| match line.is_empty() {
        true => None,
        false if many => Some(format!("{}. {line}", at + 1)),
        false => Some(line),
    };
    let lines = |of: &dyn Fn(&VisitRequest) -> String| {
        let all = visit.requests.iter().map(of).enumerate();
        text(all.filter_map(numbered).collect::<Vec<_>>().join("\n"))
    };
    [
        text(situation.join(";")),
        text(if visit.difficulty { super::words::situation("difficulty") } else { "" }),
        lines(&|request| request.text.clone()),
        lines(&follow_up),
    ]
}

fn follow_up(request: &VisitRequest) -> String {
    let mut parts = Vec::new();
    if !request.next_step.is_empty() {
        let deadline = request.deadline.as_deref().map(|on| format!(",{on}前")).unwrap_or_default();
        let owner = if request.owner.is_empty() { String::new() } else { format!("({}{deadline})", request.owner) };
        parts.push(format!("{}{owner}", request.next_step));
    }
    parts.extend(request.done.iter().cloned());
    parts.push(super::words::concern(request.state).to_owned());
    parts.join(";")
}

/// One line a visit.
pub(super) fn ledger(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let (total, all) = found(cx, asked)?;
    let left_out = total.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
    let row = |(no, visit): (u32, VisitRecord)| {
        let [situation, difficulty, requests, follow_up] = told(&visit);
        vec![
            number(no),
            day(&visit.date),
            text(super::words::visit(visit.kind)),
            text(visit.place.as_str()),
            text(visit.visited.as_str()),
            text(visitors(&visit)),
            text(visit.recorder.as_str()),
            situation,
            difficulty,
            requests,
            follow_up,
        ]
    };
    let columns = [
        ("no", "序号", 5u16),
        ("date", "日期", 11),
        ("kind", "类型", 7),
        ("place", "地点", 8),
        ("visited", "走访对象", 9),
        ("visitors", "走访人", 10),
        ("recorder", "记录人", 6),
        ("situation", "基本情况", 16),
        ("difficulty", "困难", 7),
        ("requests", "诉求", 18),
        ("follow_up", "后续办理", 20),
    ];
    let rows = (1..).zip(all).map(row).collect();
    let part = of_table(table("visits", "", &columns, rows), notes(cx), &["书记", "记录人"]);
    Ok(Made { title: asked.titled(), landscape: true, private: true, parts: vec![part], left_out })
}
