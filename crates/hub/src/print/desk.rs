//! The desk in lines: calendar, what was sent down, ledgers side by side.

use ybz_app::dto::Page;
use ybz_app::dto::calendar::{Calendar, CalendarEntry};
use ybz_app::dto::committee::{CellState, Matrix, MergedGroup, MergedGroups, MergedRow};
use ybz_app::dto::sent::{SentBatch, SentView, UnitGroupRow};
use ybz_app::yuan;

/// Names of one line at most.
const NAMES: usize = 8;

/// Every deadline, the earliest first.
pub(crate) fn calendar(view: &Calendar) -> String {
    let mut text = format!("{} – {}\n", view.from, view.to);
    if !view.earlier.is_empty() {
        text.push_str("以前到期、还没办的 due earlier, still open:\n");
        view.earlier.iter().for_each(|one| entry(&mut text, one));
    }
    view.entries.iter().for_each(|one| entry(&mut text, one));
    if view.entries.is_empty() && view.earlier.is_empty() {
        text.push_str("没有到期的。 Nothing is due.\n");
    }
    for unit in &view.absent {
        let as_of = unit.as_of.as_deref().unwrap_or("-");
        text.push_str(&format!("?  {}  {} {as_of}\n", unit.name, absence(&unit.state)));
    }
    text
}

fn entry(text: &mut String, one: &CalendarEntry) {
    let far = match one.days {
        0 => "今天 today".to_owned(),
        1.. => format!("还有 {} 天 days left", one.days),
        _ => format!("已过 {} 天 days ago", -one.days),
    };
    let what: Vec<&str> =
        [one.name.zh.as_str(), &one.title, &one.code].into_iter().filter(|word| !word.is_empty()).collect();
    text.push_str(&format!("{}  {}  {far}\n", one.day, what.join(" · ")));
    let name = |unit: &ybz_app::dto::calendar::CalendarUnit| {
        let count = if unit.count > 0 { format!("({})", unit.count) } else { String::new() };
        format!("{}{count}{}", unit.name, if unit.unknown { "?" } else { "" })
    };
    let mut names: Vec<String> = one.units.iter().take(NAMES).map(name).collect();
    if one.units.len() > NAMES {
        names.push(format!("… {}", one.units.len()));
    }
    text.push_str(&format!("    {}\n", names.join("、")));
    text.push_str(&format!("    {} {}\n", one.consequence.zh, one.consequence.en));
    text.push_str(&format!("    {} {}\n", one.remedy.zh, one.remedy.en));
    if !one.citation.is_empty() {
        text.push_str(&format!("    {}\n", one.citation));
    }
}

fn absence(state: &str) -> &str {
    match state {
        "never_joined" => "未加入 not joined",
        "never_synced" => "从未送达 never delivered",
        "not_synced" => "未同步 not synced since",
        "not_submitted" => "未提交 not submitted",
        other => other,
    }
}

/// What was sent down.
pub(crate) fn sent(page: &Page<SentBatch>) -> String {
    let line = |one: &SentBatch| {
        format!(
            "{}  {}  {}  {} 家: 签收 acknowledged {}  进行 at it {}  待验收 reported {}  通过 accepted {}  退回 returned {}\n",
            one.id,
            one.deadline.as_deref().unwrap_or("-"),
            one.title,
            one.count,
            one.acknowledged,
            one.in_progress,
            one.done,
            one.accepted,
            one.returned
        )
    };
    page.rows.iter().map(line).collect()
}

/// One of them.
pub(crate) fn batch(view: &SentView) -> String {
    let mut text = format!("{}  {}  {}\n", view.title, view.deadline.as_deref().unwrap_or("-"), view.measure);
    for row in &view.rows {
        let state = match (row.state.as_str(), row.acknowledged) {
            _ if row.unknown => "? 未同步 not known",
            ("open", false) => "未签收 not acknowledged",
            ("open", true) => "已签收 acknowledged",
            ("in_progress", _) => "进行中 at it",
            ("done", _) => "报完成,等验收 reported as done",
            ("accepted", _) => "验收通过 accepted",
            ("returned", _) => "已退回 returned",
            (other, _) => other,
        };
        let late = if row.overdue { "  已过时限 late" } else { "" };
        let as_of = row.as_of.as_deref().unwrap_or("-");
        text.push_str(&format!("{}  {}  {state}  {}  截至 as of {as_of}{late}\n", row.id, row.office_name, row.person));
    }
    text
}

/// Saved groups.
pub(crate) fn groups(groups: &[UnitGroupRow]) -> String {
    let line = |group: &UnitGroupRow| {
        let names: Vec<&str> = group.units.iter().map(|unit| unit.name.as_str()).collect();
        format!("{}  {}  {}\n", group.id, group.name, names.join("、"))
    };
    groups.iter().map(line).collect()
}

/// Offices by months, a sign each.
pub(crate) fn matrix(matrix: &Matrix) -> String {
    let mut text = format!("{} {}  1–12\n", matrix.ledger, matrix.year);
    for row in &matrix.rows {
        let sign = |state: CellState| match state {
            CellState::Accepted => "●",
            CellState::Submitted => "◐",
            CellState::Returned => "↩",
            CellState::Recorded => "◔",
            CellState::Missing => "○",
            CellState::NotDue => "─",
            CellState::Unknown => "?",
        };
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| format!("{}{}", sign(cell.state), if cell.custodian { "✎" } else { "" }))
            .collect();
        let as_of = match (&row.office, &row.as_of) {
            (None, _) => "未加入 not joined".to_owned(),
            (Some(_), None) => "从未送达 never delivered".to_owned(),
            (Some(_), Some(day)) => format!("截至 as of {day}"),
        };
        text.push_str(&format!("{}  {}  {as_of}\n", cells.join(" "), row.name));
    }
    text
}

/// Records of a ledger.
pub(crate) fn merged(page: &Page<MergedRow>) -> String {
    let mut text = format!("{}\n", page.total);
    for row in &page.rows {
        let amount = row.amount_fen.map(|fen| format!("  {}", yuan(fen))).unwrap_or_default();
        let title = row.title.replace('\n', " ");
        text.push_str(&format!(
            "{}  {}  {}  {}  {title}{amount}  {}\n",
            row.id, row.office_name, row.date, row.kind, row.state
        ));
    }
    text
}

/// A ledger in numbers.
pub(crate) fn merged_groups(all: &MergedGroups) -> String {
    let line = |label: &str, group: &MergedGroup| {
        let amount = group.amount_fen.map(|fen| format!("  {}", yuan(fen))).unwrap_or_default();
        let absent = if group.absent.is_empty() { String::new() } else { format!("  {}", absence(&group.absent)) };
        format!("{label}\t{}{amount}{absent}\n", group.count)
    };
    let mut text: String = all
        .groups
        .iter()
        .map(|group| line(if group.name.is_empty() { &group.key } else { &group.name }, group))
        .collect();
    text.push_str(&line("合计 total", &all.total));
    for unit in &all.absent {
        let months: Vec<String> = unit.months.iter().map(u8::to_string).collect();
        let as_of = unit.as_of.as_deref().unwrap_or("-");
        text.push_str(&format!("?  {}  {} {as_of} {}\n", unit.name, absence(&unit.state), months.join(",")));
    }
    text
}
