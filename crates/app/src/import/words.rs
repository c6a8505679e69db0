//! Words of headers: which field a title stands for, in which kind of ledger.

mod dues;
mod meetings;
mod period;
mod roster;
mod visits;

use super::field::Field;
use crate::dto::import::ImportKind;
pub(super) use period::{month, quarter, year};

/// A title for comparison: full-width to half-width, without spaces, remarks in brackets and end marks.
pub(super) fn normal(title: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    for c in title.chars().map(half_width) {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}') => {}
            _ => out.push(c),
        }
    }
    out.trim_matches([':', '*', '★', '、', '.', ';']).to_owned()
}

/// The half-width form of a full-width letter, digit or sign.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

type Words = &'static [(Field, &'static [&'static str])];

fn words(kind: ImportKind) -> Words {
    match kind {
        ImportKind::Roster => roster::TITLES,
        ImportKind::Dues => dues::TITLES,
        ImportKind::Meetings => meetings::TITLES,
        ImportKind::Visits => visits::TITLES,
    }
}

/// All kinds.
pub(super) const KINDS: [ImportKind; 4] =
    [ImportKind::Roster, ImportKind::Dues, ImportKind::Meetings, ImportKind::Visits];

/// Titles that are known and not imported unless a kind of ledger has them: counters, remarks, and what the law says to
/// collect only where a form demands it.
const IGNORED: [&str; 24] = [
    "序号",
    "编号",
    "备注",
    "民族",
    "学历",
    "籍贯",
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "签名",
    "签字",
    "照片",
    "合计",
    "小计",
    "总计",
    "费率",
    "比例",
    "缴纳比例",
    "缴费比例",
    "年应缴",
    "年实缴",
    "全年应缴",
    "全年实缴",
    "文化程度",
];

/// Whether the title is that of a column which is known but not imported.
pub(super) fn is_ignored(title: &str) -> bool {
    IGNORED.contains(&normal(title).as_str())
}

fn exact(kind: ImportKind, title: &str) -> Option<Field> {
    words(kind).iter().find(|(_, titles)| titles.contains(&title)).map(|(field, _)| *field)
}

/// Whether any ledger uses the word as a title.
pub(super) fn is_title_word(title: &str) -> bool {
    let title = normal(title);
    KINDS.iter().any(|kind| exact(*kind, &title).is_some())
        || is_ignored(&title)
        || month(&title).is_some()
        || quarter(&title).is_some()
}

/// Whether a form has the word as the label of a value: those of the ledgers that are kept page by page.
pub(super) fn is_label(title: &str) -> bool {
    let title = normal(title);
    [ImportKind::Meetings, ImportKind::Visits].iter().any(|kind| exact(*kind, &title).is_some()) || is_ignored(&title)
}

/// Whether a form has the word as the label of its day.
pub(super) fn is_date_label(title: &str) -> bool {
    let title = normal(title);
    [ImportKind::Meetings, ImportKind::Visits].iter().any(|kind| exact(*kind, &title) == Some(Field::Date))
}

/// The field of a title in one kind of ledger; `parts` are the header rows from above.
pub(super) fn field(kind: ImportKind, parts: &[String]) -> Option<Field> {
    let parts: Vec<String> = parts.iter().map(|part| normal(part)).collect();
    let last = parts.last()?;
    if kind == ImportKind::Dues {
        let whole = parts.concat();
        if ["全年", "年度应", "年度实", "累计", "合计", "小计", "总额", "年应", "年实"]
            .iter()
            .any(|word| whole.contains(word))
        {
            return None;
        }
        if let Some(period) = dues_period(&parts) {
            return period;
        }
    }
    // What one ledger reads, another one leaves out.
    let own = exact(kind, last);
    if own.is_none() && is_ignored(last) {
        return None;
    }
    own.or_else(|| parts.first().filter(|_| parts.len() > 1).and_then(|first| exact(kind, first)))
}

/// `Some(None)`: a column of a month or a quarter that is not imported, such as its assessment.
fn dues_period(parts: &[String]) -> Option<Option<Field>> {
    let (last, above) = parts.split_last()?;
    let under = !above.is_empty();
    if above.iter().any(|part| is_assessed(part))
        && (month(last).or_else(|| quarter(last)).is_some() || is_number(last))
    {
        return Some(None);
    }
    if let Some(found) = month(last).or_else(|| last.parse().ok().filter(|_| under && is_number(last))) {
        return Some(Some(Field::Month(found)));
    }
    if let Some(found) = quarter(last) {
        return Some(Some(Field::Quarter(found)));
    }
    let first = parts.first().filter(|_| under)?;
    let (paid, on) = match (month(first), quarter(first)) {
        (Some(month), _) => (Field::Month(month), Field::MonthOn(month)),
        (None, Some(quarter)) => (Field::Quarter(quarter), Field::QuarterOn(quarter)),
        (None, None) => return None,
    };
    Some(match last.as_str() {
        "金额" | "实缴" | "实交" | "缴纳" | "已缴" | "缴费" | "实缴金额" | "缴纳金额" | "实收" => {
            Some(paid)
        }
        "日期" | "时间" | "缴纳日期" | "缴纳时间" | "交纳日期" => Some(on),
        _ => None,
    })
}

/// `1` to `12`: a month below a group's title.
fn is_number(title: &str) -> bool {
    title.parse::<u8>().is_ok_and(|value| (1..=12).contains(&value))
}

/// Whether a group's title says that below it stands what is due, not what was paid.
fn is_assessed(title: &str) -> bool {
    let due = ["应缴", "应交", "应收"].iter().find_map(|word| title.strip_prefix(word));
    due.is_some_and(|rest| {
        matches!(rest, "" | "党费" | "金额" | "额" | "数" | "数额" | "情况" | "明细" | "标准" | "党费金额")
    }) || title.ends_with("标准")
}

/// Whether a title of an amount speaks of one month; one that does not may mean the quarter or the year.
pub(super) fn is_by_month(parts: &[String]) -> bool {
    parts.iter().any(|part| part.contains('月'))
}

/// How strongly a sheet's name and title point to a kind.
pub(super) fn hints(kind: ImportKind, text: &str) -> usize {
    let words: &[&str] = match kind {
        ImportKind::Roster => &["名册", "花名册", "党员信息", "基本信息", "党员名单"],
        ImportKind::Dues => &["党费", "缴费", "收缴"],
        ImportKind::Meetings => &["三会一课", "会议", "签到", "点名", "考勤", "出勤", "到会", "党课", "主题党日"],
        ImportKind::Visits => &["走访", "夜谈", "入户", "慰问", "民情"],
    };
    words.iter().filter(|word| text.contains(**word)).count()
}
