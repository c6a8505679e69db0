//! A sheet as a workbook that prints on A4. Text is written as text cells, so that nothing in it is ever run as a formula; a
//! workbook is put together in memory and touches no file of its own.

mod form;
mod ledger;
mod look;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::dto::sheet::{Sheet, SheetPart};
use look::Look;

/// A4 in the numbering of the format.
const A4: u8 = 9;
/// Longest name of a worksheet.
const MAX_NAME: usize = 31;

/// What stands at the head of each worksheet.
struct Head {
    title: String,
    line: String,
    landscape: bool,
    private: bool,
}

/// The bytes of a workbook.
pub(super) fn workbook(sheet: Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let look = Look::new();
    let line = format!("单位:{}    制表日期:{}", sheet.office, sheet.made_on);
    let line = if sheet.private { format!("{line}    只留本村") } else { line };
    let head = Head { title: sheet.title, line, landscape: sheet.landscape, private: sheet.private };
    let records = sheet.parts.iter().any(|part| part.record.is_some());
    if records || sheet.parts.is_empty() {
        // One under the other, a page each.
        let worksheet = named(&mut workbook, &head, &head.title)?;
        form::write(worksheet, &look, &head, sheet.parts)?;
    } else {
        for part in sheet.parts {
            let name = if part.heading.is_empty() { head.title.clone() } else { part.heading.clone() };
            let worksheet = named(&mut workbook, &head, &name)?;
            if ledger::fits(&part) {
                ledger::write(worksheet, &look, &head, part)?;
            } else {
                form::write(worksheet, &look, &head, vec![part])?;
            }
        }
    }
    workbook.save_to_buffer()
}

fn named<'a>(workbook: &'a mut Workbook, head: &Head, name: &str) -> Result<&'a mut Worksheet, XlsxError> {
    let name: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(MAX_NAME).collect();
    let worksheet = workbook.add_worksheet().set_name(name)?;
    worksheet.set_paper_size(A4).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    worksheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    worksheet.set_footer("&C第 &P 页 共 &N 页");
    if head.landscape {
        worksheet.set_landscape();
    }
    if head.private {
        worksheet.set_header("&R只留本村");
    }
    Ok(worksheet)
}

/// How many columns a sheet is wide in characters, so that the print is neither tiny nor cut.
fn width(head: &Head) -> f64 {
    if head.landscape { 128.0 } else { 86.0 }
}

/// Who signs, with room beside each.
fn signed(signatures: &[String]) -> String {
    let signs: Vec<String> = signatures.iter().map(|who| format!("{who}:________________")).collect();
    signs.join("      ")
}

/// The heading of a part where it says more than the title.
fn heading<'a>(part: &'a SheetPart, head: &Head) -> Option<&'a str> {
    Some(part.heading.as_str()).filter(|heading| !heading.is_empty() && *heading != head.title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::sheet::{SheetCell, SheetFact};
    use calamine::{Data, Reader};

    fn book(parts: Vec<SheetPart>) -> calamine::Xlsx<std::io::Cursor<Vec<u8>>> {
        let sheet = Sheet {
            kind: "meetings".to_owned(),
            title: "记录本[1]/2:3".to_owned(),
            office: "示范一村".to_owned(),
            made_on: "2026-03-20".to_owned(),
            landscape: false,
            private: false,
            left_out: 0,
            parts,
        };
        calamine::Xlsx::new(std::io::Cursor::new(workbook(sheet).unwrap())).unwrap()
    }

    #[test]
    fn minutes_longer_than_a_row_go_on_in_the_next_and_lose_nothing() {
        let words: String = (1..=400).map(|n| format!("第{n}段,讨论了道路、水沟和路灯。\n")).collect();
        let value = SheetCell::Text(words.clone());
        let minutes = SheetFact { key: "minutes".to_owned(), label: "记录".to_owned(), value, wide: true };
        let part = SheetPart { record: Some("1".to_owned()), facts: vec![minutes], ..SheetPart::default() };
        let mut book = book(vec![part]);
        assert_eq!(book.sheet_names(), ["记录本123"], "what a name of a worksheet may not hold is left out");
        let range = book.worksheet_range("记录本123").unwrap();
        let cell = |row: &[Data], at: usize| row.get(at).map(ToString::to_string).unwrap_or_default();
        let said: Vec<(String, String)> = range.rows().skip(2).map(|row| (cell(row, 0), cell(row, 2))).collect();
        assert!(said.len() > 15, "{}", said.len());
        assert_eq!((said[0].0.as_str(), said[1].0.as_str()), ("记录", "记录(续)"));
        let together: String = said.iter().map(|(_, value)| format!("{value}\n")).collect();
        assert_eq!(together, words);
    }

    #[test]
    fn a_sheet_without_a_part_is_a_workbook_all_the_same() {
        let mut book = book(Vec::new());
        let range = book.worksheet_range("记录本123").unwrap();
        assert_eq!(range.get_value((0, 0)).map(ToString::to_string).as_deref(), Some("记录本[1]/2:3"));
    }
}
