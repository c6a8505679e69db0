//! Likely duplicates and what waits, in lines; columns are set off by tabs.

use ybz_app::dto::Page;
use ybz_app::dto::alike::{AlikeGroup, AlikeList, AlikeOffice, AlikePreview, AlikeSide};
use ybz_app::dto::decide::{DecideKind, DecideList, DecideRow};

fn side(side: &AlikeSide) -> String {
    if side.gone {
        return format!("{}\t不在本机 not here\n", side.id);
    }
    let words = [side.category.as_str(), &side.birth_month, &side.on].into_iter().filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    format!("{}\t{}\t{}\t{}\n", side.id, side.office_name, side.title, words.join(" "))
}

fn why(code: &str) -> &str {
    match code {
        "name" => "姓名相同 same name",
        "sound" => "姓名同音 names sound alike",
        "near_name" => "姓名差一个字 names differ by one character",
        "birth_month" => "出生年月相同 same month of birth",
        "source" => "同一件来件 made of the same record",
        "near_birth_month" => "出生年月相近 months of birth nearly the same",
        "joined" => "入党时间相同 joined at the same time",
        "text" => "内容相近 texts say the same",
        "category" => "类别相同 same category",
        other => other,
    }
}

/// Pairs with their reasons.
pub(crate) fn list(list: &AlikeList) -> String {
    let mut text = String::new();
    for pair in &list.rows {
        let reasons: Vec<&str> = pair.why.iter().map(|code| why(code)).collect();
        text.push_str(&format!("{}{}\t{}\n\n", side(&pair.one), side(&pair.other), reasons.join("、")));
    }
    text.push_str(&format!("共 {} 对,比对了 {} 条 {0} pairs of {1} records compared\n", list.total, list.compared));
    if list.left_out > 0 {
        text.push_str(&format!("另有较早的 {} 条没有比对 {0} older ones were not compared\n", list.left_out));
    }
    text
}

fn offices(all: &[AlikeOffice]) -> String {
    let named: Vec<String> = all.iter().map(|one| format!("{} {}", one.name, one.count)).collect();
    named.join("、")
}

/// What merging would do.
pub(crate) fn preview(preview: &AlikePreview) -> String {
    let mut text = format!("代表 stands for all\n{}归在一起 together\n", side(&preview.main));
    for part in &preview.parts {
        text.push_str(&side(part));
    }
    text.push_str(&format!("本级计数 counted here\t{} -> {}\n", preview.before, preview.after));
    text.push_str(&format!("各村照旧计数 counted in each branch as before\t{}\n", offices(&preview.offices)));
    if !preview.answers.is_empty() {
        text.push_str(&format!("答复同时送 the answer goes to\t{}\n", offices(&preview.answers)));
    }
    if !preview.categories.is_empty() {
        text.push_str(&format!("类别不同 categories differ\t{}\n", preview.categories.join("、")));
    }
    if !preview.differs.is_empty() {
        text.push_str(&format!("不一样的 these differ\t{}\n", preview.differs.join("、")));
    }
    text
}

/// What is merged, or was said to be two.
pub(crate) fn groups(page: &Page<AlikeGroup>) -> String {
    let mut text = String::new();
    for group in &page.rows {
        text.push_str(&format!("{}\t{}\t{}\t{}\n", group.id, group.on, group.person, group.note));
        for part in &group.parts {
            text.push_str(&format!("  {}", side(part)));
        }
        let more = usize::try_from(group.count).unwrap_or_default().saturating_sub(group.parts.len());
        if more > 0 {
            text.push_str(&format!("  另有 {more} 条 {more} more\n"));
        }
    }
    text.push_str(&format!("共 {} 组 {0} groups\n", page.total));
    text
}

/// What waits, and what happens when nobody decides.
fn kind(kind: DecideKind) -> (&'static str, &'static str) {
    match kind {
        DecideKind::Disputed => {
            ("待商定 decided on both sides", "按退回或撤回算 counts as returned or withdrawn until decided again")
        }
        DecideKind::Submission => ("提交的月份 months", "一直是已提交 stays submitted, not accepted"),
        DecideKind::Item => ("报完成的交办 items done", "不算办结 does not count as finished"),
        DecideKind::Flow => ("等验收的 to be accepted", "不能销号 stays open"),
        DecideKind::Concern => {
            ("没有受理的诉求 concerns nobody took in", "没有人办,没有答复 nobody handles or answers it")
        }
        DecideKind::Case => ("没有交办的诉求 cases nobody handles", "没有人办 nobody handles it"),
        DecideKind::Answer => ("收到答复的诉求 answers come back", "来源收不到答复 the source gets no answer"),
        DecideKind::Admission => ("发展党员 admissions", "下一步不能走 the next stage waits"),
        DecideKind::Transfer => ("组织关系转接 transfers", "仍算在原支部 still counted where it came from"),
        DecideKind::Join => ("加入请求 requests to join", "对方一直等着 the other side waits"),
        DecideKind::Conflict => ("冲突 conflicts", "几个值都留着 all values stay"),
        DecideKind::Trouble => ("没有生效的改动 changes without effect", "不算数 they do not count"),
        DecideKind::Alike => ("疑似重复 likely duplicates", "各算各的 each is counted by itself"),
    }
}

fn row(row: &DecideRow) -> String {
    let since = row.since.as_deref().map_or(String::new(), |since| format!("自 since {since}"));
    let until = row.until.as_deref().map_or(String::new(), |until| format!("期限 until {until}"));
    let late = if row.overdue { " 已过期 overdue" } else { "" };
    let count = if row.count > 0 { row.count.to_string() } else { String::new() };
    let (office, title, note) = (&row.office_name, &row.title, &row.note);
    format!("{}\t{}\t{office}\t{title}\t{note}\t{count}\t{since}\t{until}{late}\n", row.target, row.about)
}

/// The list of what waits, by kind.
pub(crate) fn waiting(list: &DecideList) -> String {
    let mut text = String::new();
    let mut last = None;
    for one in &list.rows {
        if last != Some(one.kind) {
            let (name, otherwise) = kind(one.kind);
            let count = list.kinds.iter().find(|known| known.kind == one.kind).map_or(0, |known| known.count);
            text.push_str(&format!("{name} {count}\t不办 else: {otherwise}\n"));
            last = Some(one.kind);
        }
        text.push_str(&row(one));
    }
    text.push_str(&format!("等你决定 {} 件 {0} wait\n", list.waiting));
    text
}
