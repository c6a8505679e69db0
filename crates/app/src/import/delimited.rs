//! Comma-, semicolon- or tab-separated text in UTF-8, GBK or GB 18030.

use encoding_rs::GB18030;

use super::error::ImportError;
use super::limits;
use super::sheet::{Cell, Format, Sheet, Workbook};

fn refused(code: &'static str) -> ImportError {
    ImportError::new(code, "save_as_xlsx")
}

/// Decodes the text and tells which encoding it was.
///
/// # Errors
/// `encoding_not_read` for UTF-16, `garbled_text` when bytes are missing or were decoded wrongly before.
fn decode(bytes: &[u8]) -> Result<(String, Format), ImportError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refused("encoding_not_read").with("found", "UTF-16"));
    }
    let body = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if body.contains(&0) {
        return Err(ImportError::new("file_not_a_sheet", "choose_xlsx"));
    }
    if let Ok(text) = std::str::from_utf8(body) {
        return Ok((text.to_owned(), Format::CsvUtf8));
    }
    // Mostly UTF-8 with broken places: reading it as GBK would only hide the damage.
    let lossy = String::from_utf8_lossy(body);
    let broken = lossy.chars().filter(|c| *c == '\u{fffd}').count();
    let sound = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if body.len() != bytes.len() || broken * 4 < sound {
        let line = 1 + lossy.chars().take_while(|c| *c != '\u{fffd}').filter(|c| *c == '\n').count();
        return Err(refused("garbled_text").with("row", line).with("found", "\u{fffd}"));
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) if !text.chars().any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c)) => {
            Ok((text.into_owned(), Format::CsvGbk))
        }
        _ => Err(refused("garbled_text").with("row", 1).with("found", "")),
    }
}

fn delimiter(text: &str) -> u8 {
    let count = |wanted: char| text.lines().take(20).map(|line| line.matches(wanted).count()).sum::<usize>();
    [('\t', b'\t'), (';', b';')]
        .into_iter()
        .filter(|(sign, _)| count(*sign) > count(','))
        .max_by_key(|(sign, _)| count(*sign))
        .map_or(b',', |(_, byte)| byte)
}

/// Reads delimited text as a workbook of one sheet. Blank lines keep their place, so rows count as on the screen.
///
/// # Errors
/// See [`super::file::read`].
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Workbook, ImportError> {
    let (mut text, format) = decode(bytes)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut cells = 0usize;
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).map_err(|_| ImportError::damaged())? {
            break;
        }
        let lines = usize::try_from(reader.position().line() - before).unwrap_or(0);
        let inside: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        let blank = lines.saturating_sub(1 + inside);
        if rows.len() + blank >= limits::ROWS {
            return Err(ImportError::new("too_many_rows", "split_file").with("max", limits::ROWS));
        }
        if record.len() > limits::COLUMNS {
            return Err(ImportError::new("too_many_columns", "remove_columns").with("max", limits::COLUMNS));
        }
        cells += record.len();
        if cells > limits::CELLS {
            return Err(ImportError::too_many_cells());
        }
        rows.resize_with(rows.len() + blank, Vec::new);
        rows.push(record.iter().map(Cell::of_text).collect());
    }
    let title = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = title.rsplit_once('.').map_or(title, |(stem, _)| stem);
    Ok(Workbook { format, sheets: vec![Sheet::new(title, rows, Vec::new())] })
}
