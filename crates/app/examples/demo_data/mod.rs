//! Demo ledgers: four workbooks a village, and one GBK text file for the first.
//!
//! They look as such ledgers do: titles over all columns, headers of two merged rows, months across, totals, names with
//! a space inside, dates in every form. One row of the first village's visits has a thirteenth month, to show what an
//! error looks like.

mod dues;
mod meetings;
mod random;
mod roster;
mod village;
mod visits;

use std::io;
use std::path::PathBuf;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use random::Random;
use village::Village;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    /// Same seed, same bytes.
    pub seed: u64,
    /// How many villages, 1–99.
    pub villages: usize,
    /// Year of the ledgers.
    pub year: i16,
    /// Months of the year that are filled, 1–12.
    pub months: u8,
}

/// The files in memory: path below the folder, and bytes.
///
/// # Errors
/// When a workbook cannot be built.
pub(crate) fn files(scope: &Scope) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for number in 1..=scope.villages.clamp(1, 99) {
        let mut random = Random::new(scope.seed ^ (number as u64).wrapping_mul(0x9e37_79b9));
        let village = Village::new(number, &mut random);
        let folder = PathBuf::from(&village.name);
        let mut book = |name: &str, fill: &mut dyn FnMut(&mut Workbook) -> Result<(), XlsxError>| {
            let bytes = workbook(scope.year, fill).map_err(io::Error::other)?;
            files.push((folder.join(name), bytes));
            io::Result::Ok(())
        };
        book("党员名册.xlsx", &mut |book| roster::write(book, &village, scope))?;
        book("党费台账.xlsx", &mut |book| dues::write(book, &village, scope, &mut random))?;
        book("三会一课记录.xlsx", &mut |book| meetings::write(book, &village, scope, &mut random))?;
        book("走访记录.xlsx", &mut |book| visits::write(book, &village, scope, number == 1, &mut random))?;
        if number == 1 {
            let text = visits::consolation(&village, scope);
            files.push((folder.join("七一慰问.csv"), encoding_rs::GBK.encode(&text).0.into_owned()));
        }
    }
    Ok(files)
}

fn workbook(year: i16, fill: &mut dyn FnMut(&mut Workbook) -> Result<(), XlsxError>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(year.unsigned_abs(), 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    fill(&mut book)?;
    book.save_to_buffer()
}

fn centred() -> Format {
    Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

fn boxed() -> Format {
    centred().set_border(FormatBorder::Thin)
}

/// A title over all columns.
fn title(sheet: &mut Worksheet, row: u32, last: u16, text: &str) -> Result<(), XlsxError> {
    sheet.merge_range(row, 0, row, last, text, &centred().set_bold().set_font_size(18))?;
    Ok(())
}

/// A header cell over two rows.
fn tall(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    sheet.merge_range(row, column, row + 1, column, text, &boxed().set_bold())?;
    Ok(())
}

/// Texts from a column on; blank ones leave a framed cell.
fn line(sheet: &mut Worksheet, row: u32, from: u16, texts: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in (from..).zip(texts) {
        sheet.write_string_with_format(row, column, *text, &boxed())?;
    }
    Ok(())
}

/// `A`, `B`, … for formulas.
fn letter(column: u16) -> String {
    rust_xlsxwriter::column_number_to_name(column)
}
