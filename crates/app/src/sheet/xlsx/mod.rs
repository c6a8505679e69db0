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
