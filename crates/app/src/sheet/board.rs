//! 党务公开栏: what is posted. Dues paid, attendance of the organization's life, and what 四议两公开 publishes. Reasons of
//! absence, bases and numbers of papers are not on it, and nobody is ranked: people stand in the order of their names.

use std::collections::BTreeMap;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::session::{Mark, Session};

use super::build::{day, number, table, text, words};
use super::{Asked, Made, dues};
use crate::cases::{matter, meeting};
use crate::cx::{Cx, Stored};
use crate::dto::matter::MatterStep;
use crate::dto::sheet::{SheetCell, SheetPart, SheetTable};
use crate::error::Answer;

pub(super) fn make(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let notice = dues::published(cx, asked)?;
    let mut sessions = meeting::counting(cx, asked.period.year)?;
    sessions.retain(|(_, session)| asked.period.has(&session.date));
    sessions.sort_by(|(a, one), (b, other)| (&one.date, a.view.id).cmp(&(&other.date, b.view.id)));
    let part = |table: SheetTable, notes: Vec<String>| SheetPart {
        heading: table.heading.clone(),
        tables: vec![SheetTable { heading: String::new(), ..table }],
        notes,
        signatures: words(&["党支部书记", "公示日期"]),
        ..SheetPart::default()
    };
    let rule = format!("{}({})", notice.rule.text, notice.rule.citation);
    let mut parts = vec![
        part(dues::notice_table(&notice, asked, "党费收缴"), vec![rule]),
        part(held(&sessions), Vec::new()),
        part(attendance(cx, &sessions)?, vec!["未确认:点名时没有确认,不等于缺席。".to_owned()]),
    ];
    let published = published(cx, asked)?;
    if !published.rows.is_empty() {
        parts.push(part(published, Vec::new()));
    }
    Ok(Made { title: asked.titled(), parts, ..Made::default() })
}

/// Sessions with how many were there.
fn held(sessions: &[(Stored, Session)]) -> SheetTable {
    let row = |(_, session): &(Stored, Session)| {
        let kinds: Vec<&str> = session.kinds.iter().map(|kind| super::words::session(*kind)).collect();
        let count = session.count();
        vec![
            day(&session.date),
            text(kinds.join("、")),
            text(session.topic.as_str()),
            number(count.due),
            number(count.present),
        ]
    };
    let columns = [
        ("date", "日期", 9u16),
        ("kinds", "类别", 10),
        ("topic", "议题", 20),
        ("due", "应到", 4),
        ("present", "实到", 4),
    ];
    table("sessions", "组织生活", &columns, sessions.iter().map(row).collect())
}

/// Attendance of each member: of how many sessions due.
fn attendance(cx: &Cx<'_>, sessions: &[(Stored, Session)]) -> Answer<SheetTable> {
    let mut counts: BTreeMap<RecordId, [u32; 5]> = BTreeMap::new();
    let stood = cx.stood_for()?;
    for (_, session) in sessions {
        for (member, entry) in session.with_people(&stood).roll.iter().filter(|(_, entry)| entry.due) {
            let of = counts.entry(*member).or_default();
            let [due, present, excused, absent, open] = of;
            *due += 1;
            *match entry.mark {
                Mark::Present => present,
                Mark::Excused => excused,
                Mark::Absent => absent,
                Mark::Unconfirmed | Mark::NonVoting => open,
            } += 1;
        }
    }
    let names: BTreeMap<RecordId, String> = cx.members()?.into_iter().map(|(id, member)| (id, member.name)).collect();
    let mut rows: Vec<(String, RecordId, [u32; 5])> =
        counts.into_iter().map(|(id, of)| (names.get(&id).cloned().unwrap_or_default(), id, of)).collect();
    rows.sort_by_cached_key(|(name, id, _)| (crate::pinyin::key(name), *id));
    let row = |(no, (name, _, of)): (u32, (String, RecordId, [u32; 5]))| {
        let mut cells: Vec<SheetCell> = vec![number(no), text(name)];
        cells.extend(of.map(number));
        cells
    };
    let columns = [
        ("no", "序号", 4u16),
        ("name", "姓名", 10),
        ("due", "应参加(次)", 8),
        ("present", "参加", 6),
        ("excused", "请假", 6),
        ("absent", "缺席", 6),
        ("unconfirmed", "未确认", 6),
    ];
    Ok(table("attendance", "党员参加组织生活", &columns, (1..).zip(rows).map(row).collect()))
}

/// 决议公开 and 实施结果公开 of the period.
fn published(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<SheetTable> {
    let found = matter::published(cx, |on| asked.period.has(on))?;
    let row = |(on, title, step, note): (String, String, MatterStep, String)| {
        vec![day(&on), text(title), text(super::words::step(step)), text(note)]
    };
    let columns = [("date", "日期", 9u16), ("title", "事项", 16), ("step", "公开内容", 10), ("note", "说明", 20)];
    Ok(table("matters", "四议两公开", &columns, found.into_iter().map(row).collect()))
}
