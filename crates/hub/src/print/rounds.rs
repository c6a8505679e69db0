//! Interviews, common problems, weak branches, lists, projects and letters, in lines.

use ybz_app::dto::common_problem::{CommonList, ProblemPage, WeakList};
use ybz_app::dto::interview::{InterviewCalendar, MadeOnce, OffRow, Round};
use ybz_app::dto::letter::LetterList;
use ybz_app::dto::listed::Lists;
use ybz_app::dto::project::ProjectList;

/// What was made, and what was there.
pub(crate) fn made(made: &MadeOnce) -> String {
    format!("已做 {} 条,原来就有 {} 条 made, were there before\n", made.made, made.before)
}

/// Figures that do not hold, each with its rule.
fn offs(text: &mut String, offs: &[OffRow]) {
    for off in offs {
        text.push_str(&format!("  ! {} {} ≠ {}  {}\n", off.figure, off.has, off.says, off.citation));
    }
}

/// A month's round.
pub(crate) fn round(round: &Round) -> String {
    let rules = &round.rules;
    let mut text = format!(
        "{}  {}–{} 个单位 units  {}+{} 分钟 minutes  {}\n",
        round.month, rules.units_min, rules.units_max, rules.report_minutes, rules.question_minutes, rules.citation
    );
    offs(&mut text, &round.offs);
    for unit in &round.units {
        let held = unit.held_on.as_deref().unwrap_or("—");
        text.push_str(&format!(
            "{}  {}  {}  约谈日 planned {}  已约谈 held {held}\n",
            unit.item.id, unit.item.office_name, unit.item.state_name, unit.planned_on
        ));
        offs(&mut text, &unit.offs);
        for finding in &unit.findings {
            let item = finding.item.as_deref().unwrap_or("未下发 not sent");
            text.push_str(&format!("    {} {}  {item} {}\n", finding.topic, finding.note, finding.state_name));
        }
    }
    if !round.without.is_empty() {
        let months: Vec<String> = round.without.iter().map(ToString::to_string).collect();
        text.push_str(&format!("没有约谈的月份 Months without one: {}\n", months.join(" ")));
    }
    text
}

/// Days by which lists are due.
pub(crate) fn calendar(found: &InterviewCalendar) -> String {
    let mut text = format!("{}\n", found.citation);
    for row in &found.rows {
        let how = match row.standing.as_str() {
            "ahead" => format!("还有 {} 天 days left", row.days),
            "overdue" => format!("过了 {} 天 days over", row.days),
            "late" => format!("晚了 {} 天 days late", row.days),
            _ => "已按时办到 in time".to_owned(),
        };
        text.push_str(&format!(
            "{}  {}  {} {}  {}  {how}\n",
            row.by, row.item.id, row.item.office_name, row.item.title, row.item.state_name
        ));
    }
    text
}

/// Common problems.
pub(crate) fn common(list: &CommonList) -> String {
    let mut text =
        format!("问题 {},{} 个单位,未归类 {} problems, units, in no group\n", list.problems, list.units, list.left);
    for group in &list.groups {
        text.push_str(&format!(
            "{}  {}  {} 个问题 {} 个单位  {}年任务 tasks {}/{} 已完成 done {}\n",
            group.id,
            group.title,
            group.problems,
            group.units.len(),
            list.year,
            group.tasks,
            group.tasks + group.tasks_missing,
            group.tasks_closed
        ));
    }
    text
}

/// Problems with their ids.
pub(crate) fn problems(page: &ProblemPage) -> String {
    let line = |row: &ybz_app::dto::common_problem::ProblemRow| {
        let groups = row.groups.join("、");
        format!("{}  {}  {} {}  {groups}\n", row.id, row.item.office_name, row.item.category, row.item.title)
    };
    page.rows.iter().map(line).collect()
}

/// 薄弱支部
pub(crate) fn weak(list: &WeakList) -> String {
    let mut text = format!(
        "{}: {} 个组织 bodies × {}% = {}  列入 on the list {}  {}\n",
        list.year, list.bodies, list.percent, list.says, list.total, list.citation
    );
    for row in &list.rows {
        text.push_str(&format!(
            "{}  {}  {}  第一书记 {}  帮扶 {}  方案 {}\n",
            row.item.id, row.item.office_name, row.item.state_name, row.first_secretary, row.helper, row.plan
        ));
    }
    text
}

/// Lists that were sent.
pub(crate) fn lists(lists: &Lists) -> String {
    let mut text = String::new();
    for row in &lists.rows {
        text.push_str(&format!(
            "{}  {} 条 lines × {} 个单位 units  签收 taken up {}  完成 done {} / {}  过时限 overdue {}\n",
            row.group, row.lines, row.units, row.begun, row.closed, row.total, row.overdue
        ));
        offs(&mut text, row.off.as_slice());
    }
    text
}

/// Projects.
pub(crate) fn projects(list: &ProjectList) -> String {
    let mut text = String::new();
    for row in &list.rows {
        text.push_str(&format!(
            "{}  {}  {}  {}  牵头 lead {}  实施 executor {}\n",
            row.item.id, row.item.office_name, row.item.title, row.item.state_name, row.lead, row.executor
        ));
        for due in &row.deadlines {
            let met = due.met_on.as_deref().unwrap_or("—");
            text.push_str(&format!("    {} {} {met}\n", due.name, due.by));
        }
        for note in &row.exchanges {
            text.push_str(&format!("    Q{} {} {} {}\n", note.quarter, note.on, note.comment_by, note.note));
        }
    }
    text.push_str(&format!("共 {} 个项目 {0} projects\n", list.total));
    text
}

/// Letters of a year.
pub(crate) fn letters(list: &LetterList) -> String {
    let mut text = format!(
        "{}: 共性 {} + 自选 {}–{}  共 {} 份 letters  {}\n",
        list.year, list.base_lists, list.chosen_min, list.chosen_max, list.total, list.citation
    );
    for row in &list.rows {
        text.push_str(&format!(
            "{}  {}  {}  共性 common {}  自选 chosen {}  签订 signed {}  承诺 pledged {}\n",
            row.item.id,
            row.item.office_name,
            row.item.state_name,
            row.base.len(),
            row.chosen.join("、"),
            row.signed_on.as_deref().unwrap_or("—"),
            row.pledged_on.as_deref().unwrap_or("—")
        ));
        offs(&mut text, &row.offs);
    }
    if !list.missing.is_empty() {
        text.push_str(&format!("没有责任书 Without a letter: {}\n", list.missing.join("、")));
    }
    text
}
