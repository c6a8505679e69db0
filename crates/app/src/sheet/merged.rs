//! 合并台账 as a workbook: what the list shows, every row of it, and who is absent.

use ybz_domain::ledger::session::SessionKind;
use ybz_domain::ledger::visit::VisitKind as Kind;

use super::build::{day, of_table, several, table, text};
use super::words;
use crate::cx::Cx;
use crate::dto::committee::{MergedAbsent, MergedRow};
use crate::dto::sheet::{Sheet, SheetCell, SheetPart};

/// What a ledger is called.
pub(crate) fn ledger(code: &str) -> &str {
    match code {
        "meetings" => "三会一课",
        "dues" => "党费",
        "visits" => "夜谈走访",
        "concerns" => "诉求",
        "checklists" => "清单",
        other => other,
    }
}

/// A kind or category of a ledger.
fn kind<'a>(of: &str, code: &'a str) -> &'a str {
    match of {
        "meetings" => match SessionKind::from_word(code) {
            Some(kind) => words::session(kind),
            None => code,
        },
        "visits" => match Kind::from_word(code) {
            Some(kind) => words::visit(kind.into()),
            None => code,
        },
        "concerns" => words::category(code),
        "dues" => match code {
            "payment" => "收款",
            "reversal" => "冲正",
            "extra" => "自愿多交",
            other => other,
        },
        _ => match code {
            "rectification" => "整改",
            "own" => "本支部",
            other => other,
        },
    }
}

fn state(of: &str, code: &str) -> String {
    let word = match (of, code) {
        ("concerns", "handed_in") => "已上报",
        ("concerns", "in_progress") => "办理中",
        ("concerns", "answered") => "上级已答复",
        ("concerns", "closed") => "已办结",
        ("checklists", "open") => "未开始",
        ("checklists", "in_progress") => "进行中",
        ("checklists", "done") => "已办结",
        ("meetings", "closed") => "已结束",
        ("meetings", "merged") => "已并入",
        (_, other) => other,
    };
    word.to_owned()
}

/// Why a unit's rows are not here, or not all of them.
pub(crate) fn absence(unit: &MergedAbsent) -> String {
    match unit.state.as_str() {
        "never_joined" => "未加入".to_owned(),
        "never_synced" => "未同步（从未送达）".to_owned(),
        "not_synced" => format!("未同步（自{}）", unit.as_of.as_deref().unwrap_or_default()),
        _ => {
            let months: Vec<String> = unit.months.iter().map(|month| format!("{month}月")).collect();
            format!("未提交（{}）", months.join("、"))
        }
    }
}

/// The workbook's sheet: rows in the order of the list, then those who are absent, in tree order.
pub(crate) fn sheet(cx: &Cx<'_>, of: &str, title: String, rows: &[MergedRow], absent: &[MergedAbsent]) -> Sheet {
    let mut columns: Vec<(&str, &str, u16)> = vec![
        ("unit", "单位", 12),
        ("date", "日期", 8),
        ("kind", "类别", 8),
        ("title", "内容", 26),
        ("state", "状态", 8),
    ];
    if of == "dues" {
        columns.push(("amount", "金额（元）", 7));
    }
    columns.push(("marks", "备注", 9));
    let line = |row: &MergedRow| -> Vec<SheetCell> {
        let kinds = several(row.kind.split(',').map(|code| kind(of, code)));
        let marks = [(row.late, "补录"), (row.custodian, "代录"), (row.conflict, "有冲突")];
        let marks = several(marks.into_iter().filter(|(on, _)| *on).map(|(_, word)| word));
        let mut cells = vec![
            text(row.office_name.as_str()),
            day(&row.date),
            text(kinds),
            text(row.title.as_str()),
            text(state(of, &row.state)),
        ];
        if of == "dues" {
            cells.push(row.amount_fen.map_or(SheetCell::Empty, SheetCell::Fen));
        }
        cells.push(text(marks));
        cells
    };
    let mut parts = vec![of_table(table("rows", "", &columns, rows.iter().map(line).collect()), Vec::new(), &[])];
    if !absent.is_empty() {
        let columns = [("unit", "单位", 14u16), ("state", "情况", 20), ("as_of", "最后送达", 10)];
        let line = |unit: &MergedAbsent| {
            let as_of = unit.as_of.as_deref().map_or(SheetCell::Empty, day);
            vec![text(unit.name.as_str()), text(absence(unit)), as_of]
        };
        let note = "缺席不等于没做：这些单位的记录没有送到，或者还没有提交。".to_owned();
        let table = table("absent", "", &columns, absent.iter().map(line).collect());
        parts.push(SheetPart { heading: "缺席单位".to_owned(), ..of_table(table, vec![note], &[]) });
    }
    Sheet {
        kind: "merged".to_owned(),
        title,
        office: cx.office_name(),
        made_on: cx.today_text(),
        landscape: true,
        private: false,
        left_out: 0,
        parts,
    }
}
