//! 整改台账 and 工作清单: one line an item, read in pieces, so that a ledger of tens of thousands fits.

use ybz_store::ItemQuery;

use super::build::{day, number, of_table, table, text};
use super::{Asked, Made};
use crate::cases::item_list;
use crate::cx::Cx;
use crate::dto::checklist::{ItemOrigin, ItemRow, ItemState};
use crate::dto::sheet::SheetCell;
use crate::error::Answer;

/// Items read at once.
const CHUNK: u32 = 5_000;

/// 整改台账 of a year, with what earlier years left unfinished: items of the list, then problems of the flow 整改.
pub(super) fn rectification(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let columns = [
        ("no", "序号", 5u16),
        ("task", "整改任务", 16),
        ("problem", "存在问题", 16),
        ("measure", "整改措施", 18),
        ("leader", "责任领导", 9),
        ("person", "责任人", 8),
        ("deadline", "完成时限", 11),
        ("state", "进度", 7),
        ("progress", "整改情况", 20),
        ("acceptance", "验收", 14),
        ("close_out", "销号", 11),
    ];
    let mut made = ledger(cx, asked, Some("rectification"), &columns, |no, item| {
        let [acceptance, close_out] = ended(&item);
        let progress = progress(&item);
        vec![
            number(no),
            text(item.title),
            text(item.problem),
            text(item.measure),
            text(item.leader),
            text(item.person),
            day(item.deadline.as_deref().unwrap_or_default()),
            text(super::words::item(item.state, item.origin)),
            progress,
            acceptance,
            close_out,
        ]
    })?;
    if let Some(table) = made.parts.first_mut().and_then(|part| part.tables.first_mut()) {
        let most = asked.limit.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        let mut more = super::rectified::rows(cx, asked.period.year, table.rows.len())?;
        let left = more.len().saturating_sub(most.saturating_sub(table.rows.len()));
        more.truncate(more.len() - left);
        table.rows.append(&mut more);
        made.left_out = made.left_out.saturating_add(u32::try_from(left).unwrap_or(u32::MAX));
    }
    Ok(made)
}

/// 工作清单: everything on the list, from above and of the branch's own.
pub(super) fn checklist(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let columns = [
        ("no", "序号", 5u16),
        ("task", "事项", 20),
        ("origin", "来源", 8),
        ("measure", "措施", 20),
        ("leader", "责任领导", 9),
        ("person", "责任人", 8),
        ("deadline", "完成时限", 11),
        ("state", "进度", 8),
        ("progress", "完成情况", 22),
        ("acceptance", "验收", 14),
        ("close_out", "办结", 11),
    ];
    ledger(cx, asked, None, &columns, |no, item| {
        let [acceptance, close_out] = ended(&item);
        let progress = progress(&item);
        vec![
            number(no),
            text(item.title),
            text(super::words::origin(item.origin)),
            text(item.measure),
            text(item.leader),
            text(item.person),
            day(item.deadline.as_deref().unwrap_or_default()),
            text(super::words::item(item.state, item.origin)),
            progress,
            acceptance,
            close_out,
        ]
    })
}

fn ledger(
    cx: &Cx<'_>,
    asked: &Asked<'_>,
    origin: Option<&str>,
    columns: &[(&str, &str, u16)],
    row: impl Fn(u32, ItemRow) -> Vec<SheetCell>,
) -> Answer<Made> {
    let most = asked.limit.unwrap_or(u32::MAX);
    let mut query = ItemQuery {
        offices: vec![cx.office],
        year: Some(asked.period.year),
        origin: origin.map(str::to_owned),
        sort: ybz_store::ItemSort::Deadline,
        ..ItemQuery::default()
    };
    let mut rows: Vec<Vec<SheetCell>> = Vec::new();
    let total = loop {
        query.limit = CHUNK.min(most.saturating_sub(query.offset));
        let page = item_list::page(cx, &query)?;
        // By what was asked for, not by what came: an item that cannot be read is passed over.
        query.offset = query.offset.saturating_add(query.limit);
        for item in page.rows {
            let no = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_add(1);
            rows.push(row(no, item));
        }
        if query.offset >= page.total.min(most) {
            break page.total;
        }
    };
    let left_out = total.saturating_sub(most);
    let part = of_table(table("items", "", columns, rows), Vec::new(), &["书记", "经办人"]);
    Ok(Made { title: asked.titled(), landscape: true, parts: vec![part], left_out, ..Made::default() })
}

/// What was done, oldest first.
fn progress(item: &ItemRow) -> SheetCell {
    let lines: Vec<String> = item
        .progress
        .iter()
        .filter(|step| !step.note.is_empty())
        .map(|step| format!("{} {}", step.on, step.note))
        .collect();
    text(lines.join("\n"))
}

/// 验收 as it was said last, by the superior or of a rectification by somebody of the branch, and the day on which the item was
/// closed: that of the acceptance, or of the branch's own word where nobody has to accept.
fn ended(item: &ItemRow) -> [SheetCell; 2] {
    let said = item.decisions.last().map(|last| {
        let word = if last.accepted { "验收通过" } else { "退回" };
        let note = if last.note.is_empty() { String::new() } else { format!(":{}", last.note) };
        let who = if last.person.is_empty() { String::new() } else { format!(" {}", last.person) };
        format!("{} {word}{who}{note}", last.on)
    });
    let closed = match item.state {
        _ if !item.finished => None,
        ItemState::Done if item.origin == ItemOrigin::Rectification => None,
        ItemState::Accepted => item.decisions.iter().rev().find(|one| one.accepted).map(|one| one.on.as_str()),
        _ => item.progress.iter().rev().find(|step| step.state == "done").map(|step| step.on.as_str()),
    };
    [text(said.unwrap_or_default()), day(closed.unwrap_or_default())]
}
