//! Which rows below the header hold data.

use std::collections::BTreeSet;

use super::{Column, DataRow};
use crate::import::sheet::{Cell, Sheet};
use crate::import::{value, words};

const TOTALS: [&str; 8] = ["合计", "小计", "总计", "共计", "累计", "本页合计", "本月合计", "全年合计"];
const NOTES: [&str; 14] = [
    "注",
    "说明",
    "备注",
    "填表",
    "制表",
    "审核",
    "填报",
    "单位",
    "支部书记",
    "记录人:",
    "统计",
    "负责人",
    "经办",
    "编制",
];

pub(super) fn data_rows(sheet: &Sheet, from: usize, columns: &[Column]) -> Vec<DataRow> {
    let header: Vec<(usize, String)> = columns
        .iter()
        .filter_map(|column| column.parts.last().map(|part| (column.index, words::normal(part))))
        .collect();
    let numbering: BTreeSet<usize> = columns
        .iter()
        .filter(|column| {
            column.parts.last().is_some_and(|part| matches!(words::normal(part).as_str(), "序号" | "编号" | "No"))
        })
        .map(|column| column.index)
        .collect();
    let mut rows = Vec::new();
    let mut section = String::new();
    for index in from..sheet.cells.len() {
        let filled: Vec<(usize, String)> = sheet
            .cells
            .get(index)
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column, cell.text()))
            .filter(|(column, text)| {
                !(numbering.contains(column) && text.chars().all(|c| c.is_ascii_digit() || c == '.'))
            })
            .collect();
        let Some((first_column, first)) = filled.first() else { continue };
        let squeezed = value::squeezed(first);
        if is_total(sheet, index) {
            continue;
        }
        if filled.len() == 1 {
            let plain = squeezed.trim_end_matches([':', '：']);
            if plain.ends_with("小组") || plain.ends_with("党小组") {
                plain.clone_into(&mut section);
                continue;
            }
            let wide = sheet.merge_at(index, *first_column).is_some_and(|merge| merge.right > merge.left);
            if columns.len() > 2
                && (wide || squeezed.contains(':') || NOTES.iter().any(|note| squeezed.starts_with(note)))
            {
                continue;
            }
        }
        // Signatures and remarks below the table, such as `制表人:… 审核人:…`.
        let signed = filled.iter().all(|(_, text)| {
            let text = value::squeezed(text);
            text.contains(':') && NOTES.iter().any(|note| text.starts_with(note))
        });
        // A header that is printed again on the next page.
        let repeated = filled.len() >= 2
            && filled.iter().all(|(column, text)| {
                header.iter().any(|(index, title)| index == column && *title == words::normal(text))
            });
        if !signed && !repeated {
            rows.push(DataRow { index, section: section.clone(), page: None });
        }
    }
    rows
}

fn is_total(sheet: &Sheet, row: usize) -> bool {
    let texts = sheet.cells.get(row).into_iter().flatten().filter_map(|cell| match cell {
        Cell::Text(text) => Some(value::squeezed(text)),
        _ => None,
    });
    texts.take(3).any(|text| {
        let text = text.trim_end_matches([':', '：']);
        TOTALS.contains(&text) || text.starts_with("合计") && text.chars().count() <= 8
    })
}
