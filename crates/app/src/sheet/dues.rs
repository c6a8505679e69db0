//! 党费台账 and 党费公示表, out of the account from which every screen reads.

use ybz_domain::money::yuan;

use super::build::{fen_or_empty, number, of_table, table, text};
use super::{Asked, Made};
use crate::cases::dues::report;
use crate::cases::upward::reads_own_books;
use crate::cx::Cx;
use crate::dto::ListInput;
use crate::dto::dues::{DuesLedger, DuesLedgerRow, DuesNotice, NoticeInput};
use crate::dto::sheet::{SheetCell, SheetTable};
use crate::error::Answer;

const LEDGER: [(&str, &str, u16); 18] = [
    ("no", "序号", 5),
    ("name", "姓名", 7),
    ("base", "基数(元)", 8),
    ("standard", "标准", 12),
    ("m1", "1月", 6),
    ("m2", "2月", 6),
    ("m3", "3月", 6),
    ("m4", "4月", 6),
    ("m5", "5月", 6),
    ("m6", "6月", 6),
    ("m7", "7月", 6),
    ("m8", "8月", 6),
    ("m9", "9月", 6),
    ("m10", "10月", 6),
    ("m11", "11月", 6),
    ("m12", "12月", 6),
    ("due", "全年应缴", 8),
    ("paid", "全年实缴", 8),
];
const NOTE: (&str, &str, u16) = ("note", "备注", 14);

/// 党费台账 of a year. The base stands in it where this machine and this profile have it, else the column is empty.
pub(super) fn ledger(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let input = ListInput { year: Some(asked.period.year), ..ListInput::default() };
    let ledger = report::book(cx, input)?;
    let columns: Vec<_> = LEDGER.into_iter().chain([NOTE]).collect();
    let rows = ledger.rows.iter().map(ledger_row).collect();
    let mut total = vec![SheetCell::Empty; columns.len()];
    let months = (1..=12u8).map(|month| ledger.rows.iter().filter_map(|row| due_of(row, month)).sum::<i64>());
    let sums = months.map(fen_or_empty).chain([SheetCell::Fen(ledger.due_fen), SheetCell::Fen(ledger.paid_fen)]);
    for (cell, sum) in total.iter_mut().skip(4).zip(sums) {
        *cell = sum;
    }
    if let Some(cell) = total.get_mut(1) {
        *cell = text("合计");
    }
    let sheet = SheetTable { total: Some(total), ..table("ledger", "", &columns, rows) };
    let mut notes = vec![till(&ledger)];
    if ledger.doubles > 0 {
        notes.push(format!("有{}处疑似重复,按原样计入。", ledger.doubles));
    }
    if !reads_own_books(cx) || ledger.rows.iter().all(|row| row.base_fen.is_none()) {
        notes.push("基数只留在本支部;本机没有,或不显示。".to_owned());
    }
    let part = of_table(sheet, notes, &["书记", "组织委员", "经手人"]);
    Ok(Made { title: asked.titled(), landscape: true, private: true, parts: vec![part], left_out: 0 })
}

/// The due of a month; none where the member owed nothing because nobody assessed it.
fn due_of(row: &DuesLedgerRow, month: u8) -> Option<i64> {
    row.monthly.iter().find(|span| (span.from..=span.to).contains(&month)).map(|span| span.fen)
}

fn ledger_row(row: &DuesLedgerRow) -> Vec<SheetCell> {
    let mut cells = vec![
        number(row.no),
        text(row.name.as_str()),
        row.base_fen.map_or(SheetCell::Empty, SheetCell::Fen),
        text(standard(row)),
    ];
    cells.extend((1..=12).map(|month| due_of(row, month).map_or(SheetCell::Empty, SheetCell::Fen)));
    cells.extend([SheetCell::Fen(row.due_fen), SheetCell::Fen(row.paid_fen), text(notes(row))]);
    cells
}

fn standard(row: &DuesLedgerRow) -> String {
    let class = row.class.map_or("未核定", super::words::dues);
    match row.rate_bp {
        Some(rate) if rate % 100 == 0 => format!("{class} {}%", rate / 100),
        Some(rate) => format!("{class} {}.{}%", rate / 100, format!("{:02}", rate % 100).trim_end_matches('0')),
        None => class.to_owned(),
    }
}

fn notes(row: &DuesLedgerRow) -> String {
    let money = |label: &str, fen: i64| (fen != 0).then(|| format!("{label}{}", yuan(fen)));
    let said = |word: &str, holds: bool| holds.then(|| word.to_owned());
    let all = [
        money("补交以前年度", row.back_fen),
        money("预交以后年度", row.ahead_fen),
        row.elsewhere_fen.ne(&0).then(|| format!("其中{}在其他年度交", yuan(row.elsewhere_fen))),
        money("自愿多交", row.extra_fen),
        money("上缴中央", row.centre_fen),
        said("减免", row.relieved),
        said("减免手续不全", row.incomplete),
        said("疑似重复", row.doubles > 0),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(";")
}

/// What came in during the year, so that the ledger and the till can be laid side by side.
fn till(ledger: &DuesLedger) -> String {
    let cash = &ledger.cash;
    let parts = [
        ("本年度", cash.own_fen),
        ("补交以前年度", cash.earlier_fen),
        ("预交以后年度", cash.later_fen),
        ("自愿多交", cash.extra_fen),
        ("上缴中央", cash.centre_fen),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(_, fen)| *fen != 0).map(|(label, fen)| format!("{label}{}元", yuan(*fen))).collect();
    let of = if parts.is_empty() { String::new() } else { format!(",其中{}", parts.join("、")) };
    format!("本年实收现金合计{}元{of}。", yuan(cash.total_fen))
}

/// 党费公示表: names, the period and sums; never a base, a rate or a number of a paper.
pub(super) fn notice(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let found = published(cx, asked)?;
    let note = format!("{}({})", found.rule.text, found.rule.citation);
    let part = of_table(notice_table(&found, asked, ""), vec![note], &["党支部书记", "公示日期"]);
    Ok(Made { title: asked.titled(), parts: vec![part], ..Made::default() })
}

pub(super) fn published(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<DuesNotice> {
    report::published(cx, NoticeInput { from_month: asked.period.first(), to_month: asked.period.last() })
}

pub(super) fn notice_table(found: &DuesNotice, asked: &Asked<'_>, heading: &str) -> SheetTable {
    let extras = found.extra_fen != 0;
    let mut columns =
        vec![("no", "序号", 4u16), ("name", "姓名", 10), ("period", "所属时间", 14), ("amount", "金额(元)", 10)];
    if extras {
        columns.push(("extra", "自愿多交(元)", 10));
    }
    let row = |(no, row): (u32, &crate::dto::dues::DuesNoticeRow)| {
        let mut cells =
            vec![number(no), text(row.name.as_str()), text(asked.period.text()), SheetCell::Fen(row.amount_fen)];
        cells.extend(extras.then(|| fen_or_empty(row.extra_fen)));
        cells
    };
    let mut total = vec![SheetCell::Empty, text("合计"), SheetCell::Empty, SheetCell::Fen(found.sum_fen)];
    total.extend(extras.then_some(SheetCell::Fen(found.extra_fen)));
    let rows = (1..).zip(&found.rows).map(row).collect();
    SheetTable { total: Some(total), ..table("dues", heading, &columns, rows) }
}
