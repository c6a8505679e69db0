//! Bytes of a file to a [`Workbook`]. What the file is decides its content, not its ending.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsx};
use jiff::civil::{Date, DateTime};

use super::error::ImportError;
use super::limits;
use super::sheet::{Cell, Format, Merge, Sheet, Workbook};
use super::{archive, compound, delimited, garbled, open_document};

/// Reads a chosen file.
///
/// # Errors
/// `file_empty`, `file_too_large`, `file_not_a_sheet`, `format_not_read`, `encoding_not_read`, `file_damaged`,
/// `file_protected`, `file_unpacks_too_large`, `too_many_sheets`, `too_many_rows`, `too_many_columns`,
/// `too_many_cells`, `garbled_text`, `no_rows`; the parameter `todo` says what to do. Never panics.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Workbook, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::new("file_empty", "choose_xlsx"));
    }
    if bytes.len() > limits::FILE_BYTES {
        return Err(
            ImportError::new("file_too_large", "split_file").with("max_mib", limits::FILE_BYTES / (1024 * 1024))
        );
    }
    // The readers are other people's code and the file may be anything: a panic there is a damaged file here.
    let workbook =
        catch_unwind(AssertUnwindSafe(|| sniff(name, bytes))).unwrap_or_else(|_| Err(ImportError::damaged()))?;
    check(workbook)
}

fn sniff(name: &str, bytes: &[u8]) -> Result<Workbook, ImportError> {
    if bytes.starts_with(b"PK") {
        let unpacked = archive::unpack(bytes)?;
        let has = |part: &str| unpacked.names.iter().any(|name| name.eq_ignore_ascii_case(part));
        if has("xl/workbook.bin") {
            return Err(not_read("xlsb"));
        }
        let mimetype = unpacked.parts.get("mimetype").map(Vec::as_slice).unwrap_or_default();
        if mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            if let Some(content) = unpacked.parts.get("content.xml") {
                open_document::check(content)?;
            }
            return ods(archive::pack(&unpacked.parts));
        }
        if has("xl/workbook.xml") || has("_rels/.rels") && !has("word/document.xml") && !has("ppt/presentation.xml") {
            return xlsx(archive::pack(&unpacked.parts));
        }
        return Err(ImportError::new("file_not_a_sheet", "choose_xlsx"));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        compound::check(bytes)?;
        return xls(bytes);
    }
    let head: String = String::from_utf8_lossy(bytes.get(..bytes.len().min(512)).unwrap_or(bytes))
        .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
        .to_ascii_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml", "<meta", "mime-version:"].iter().any(|mark| head.starts_with(mark)) {
        // Web systems hand out pages and XML that are named .xls.
        return Err(not_read("html"));
    }
    let old = [[0x09, 0x00].as_slice(), &[0x09, 0x02], &[0x09, 0x04], &[0x09, 0x08]];
    if old.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(not_read("xls-95"));
    }
    let others: [&[u8]; 8] =
        [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b"];
    if others.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(ImportError::new("file_not_a_sheet", "choose_xlsx"));
    }
    let lower = name.to_ascii_lowercase();
    if [".xlsx", ".xls", ".ods", ".et", ".xlsm"].iter().any(|ending| lower.ends_with(ending)) {
        return Err(ImportError::damaged());
    }
    delimited::read(name, bytes)
}

fn not_read(found: &str) -> ImportError {
    ImportError::new("format_not_read", "save_as_xlsx").with("found", found)
}

/// Blank sheets are left out; text of any format must be sound.
fn check(mut workbook: Workbook) -> Result<Workbook, ImportError> {
    workbook.sheets.retain(|sheet| sheet.cells.iter().flatten().any(|cell| !cell.is_empty()));
    if workbook.sheets.is_empty() {
        return Err(ImportError::new("no_rows", "choose_other"));
    }
    for sheet in &workbook.sheets {
        let texts = || {
            sheet.cells.iter().flatten().filter_map(|cell| match cell {
                Cell::Text(text) => Some(text.as_str()),
                _ => None,
            })
        };
        if let Some(found) = garbled::first_garbled(texts()) {
            let row = sheet
                .cells
                .iter()
                .position(|cells| cells.iter().any(|cell| matches!(cell, Cell::Text(text) if text == found)));
            return Err(ImportError::new("garbled_text", "save_as_xlsx")
                .with("sheet", &sheet.name)
                .with("row", row.unwrap_or(0) + 1)
                .with("found", found.chars().take(20).collect::<String>()));
        }
    }
    Ok(workbook)
}

/// Puts cells at their places, within limits.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Cell>>,
    cells: usize,
    text: usize,
}

impl Grid {
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), ImportError> {
        if cell.is_empty() {
            return Ok(());
        }
        let row = usize::try_from(row).unwrap_or(usize::MAX);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if row >= limits::ROWS {
            return Err(ImportError::new("too_many_rows", "split_file").with("max", limits::ROWS));
        }
        if column >= limits::COLUMNS {
            return Err(ImportError::new("too_many_columns", "remove_columns").with("max", limits::COLUMNS));
        }
        if let Cell::Text(text) = &cell {
            self.text += text.len();
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.rows.get_mut(row) else { return Ok(()) };
        if cells.len() <= column {
            self.cells += column + 1 - cells.len();
            cells.resize(column + 1, Cell::Empty);
        }
        if self.cells > limits::CELLS || self.text > limits::TEXT_BYTES {
            return Err(ImportError::too_many_cells());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }
}

fn reader_error(text: &str) -> ImportError {
    if text.contains("password") {
        ImportError::new("file_protected", "remove_password")
    } else {
        ImportError::damaged()
    }
}

/// Sheets that a person sees; hidden ones hold lists for the form's own use.
fn visible(sheets: &[calamine::Sheet]) -> Result<Vec<String>, ImportError> {
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let names: Vec<String> = sheets.iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    if names.len() > limits::SHEETS {
        return Err(ImportError::new("too_many_sheets", "split_file").with("max", limits::SHEETS));
    }
    Ok(names)
}

fn merge(dimensions: &calamine::Dimensions) -> Merge {
    let place = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    Merge {
        top: place(dimensions.start.0),
        left: place(dimensions.start.1),
        bottom: place(dimensions.end.0),
        right: place(dimensions.end.1),
    }
}

fn xlsx(bytes: Vec<u8>) -> Result<Workbook, ImportError> {
    let mut file = Xlsx::new(Cursor::new(bytes)).map_err(|error| reader_error(&error.to_string()))?;
    let mut sheets = Vec::new();
    let mut used = (0usize, 0usize);
    for name in visible(file.sheets_metadata())? {
        let mut grid = Grid { cells: used.0, text: used.1, ..Grid::default() };
        {
            let mut cells = file.worksheet_cells_reader(&name).map_err(|_| ImportError::damaged())?;
            while let Some(cell) = cells.next_cell().map_err(|_| ImportError::damaged())? {
                let (row, column) = cell.get_position();
                grid.put(row, column, of_reference(cell.get_value()))?;
            }
        }
        used = (grid.cells, grid.text);
        let merges = file.merge_cells_by_sheet_name(&name).map_err(|_| ImportError::damaged())?;
        sheets.push(Sheet::new(&name, grid.rows, merges.iter().map(merge).collect()));
    }
    Ok(Workbook { format: Format::Xlsx, sheets })
}

fn xls(bytes: &[u8]) -> Result<Workbook, ImportError> {
    let mut file = Xls::new(Cursor::new(bytes)).map_err(|error| reader_error(&error.to_string()))?;
    let mut sheets = Vec::new();
    let mut used = (0usize, 0usize);
    for name in visible(file.sheets_metadata())? {
        let range = file.worksheet_range(&name).map_err(|_| ImportError::damaged())?;
        let merges = file.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheets.push(of_range(&name, &range, merges.iter().map(merge).collect(), &mut used)?);
    }
    Ok(Workbook { format: Format::Xls, sheets })
}

fn ods(bytes: Vec<u8>) -> Result<Workbook, ImportError> {
    let mut file = Ods::new(Cursor::new(bytes)).map_err(|error| reader_error(&error.to_string()))?;
    let mut sheets = Vec::new();
    let mut used = (0usize, 0usize);
    for name in visible(file.sheets_metadata())? {
        let range = file.worksheet_range(&name).map_err(|_| ImportError::damaged())?;
        sheets.push(of_range(&name, &range, Vec::new(), &mut used)?);
    }
    Ok(Workbook { format: Format::Ods, sheets })
}

fn of_range(
    name: &str,
    range: &Range<Data>,
    merges: Vec<Merge>,
    used: &mut (usize, usize),
) -> Result<Sheet, ImportError> {
    let mut grid = Grid { cells: used.0, text: used.1, ..Grid::default() };
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        grid.put(row, column, of_data(value))?;
    }
    *used = (grid.cells, grid.text);
    Ok(Sheet::new(name, grid.rows, merges))
}

#[expect(clippy::cast_precision_loss, reason = "whole numbers of a sheet are far below 2^53")]
fn of_data(data: &Data) -> Cell {
    match data {
        Data::Int(value) => Cell::Number(*value as f64),
        Data::Float(value) => of_number(*value),
        Data::String(text) => Cell::of_text(text),
        Data::Bool(value) => Cell::Bool(*value),
        Data::DateTime(moment) => of_serial(moment),
        Data::DateTimeIso(text) => of_iso(text),
        Data::DurationIso(text) => of_duration(text),
        Data::Error(error) => Cell::Fault(error.to_string()),
        Data::Empty => Cell::Empty,
    }
}

fn of_reference(data: &DataRef<'_>) -> Cell {
    match data {
        DataRef::SharedString(text) => Cell::of_text(text),
        DataRef::String(text) => Cell::of_text(text),
        other => of_data(&Data::from(other.clone())),
    }
}

fn of_number(value: f64) -> Cell {
    if value.is_finite() { Cell::Number(value) } else { Cell::Fault("#NUM!".to_owned()) }
}

fn of_serial(moment: &ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    if !serial.is_finite() || serial < 0.0 {
        return Cell::Fault("#NUM!".to_owned());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.is_duration() || serial < 1.0 {
        return Cell::Text(format!("{hour:02}:{minute:02}"));
    }
    let small = |value: u8| i8::try_from(value).unwrap_or(0);
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    DateTime::new(year, small(month), small(day), small(hour), small(minute), small(second), 0)
        .map_or_else(|_| of_number(serial), Cell::Moment)
}

fn of_iso(text: &str) -> Cell {
    text.parse::<DateTime>()
        .or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)))
        .map_or_else(|_| Cell::of_text(text), Cell::Moment)
}

/// `PT19H30M00S` as `19:30`.
fn of_duration(text: &str) -> Cell {
    let digits = |from: char, to: char| {
        text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).and_then(|(value, _)| value.parse::<u8>().ok())
    };
    match (digits('T', 'H'), digits('H', 'M')) {
        (Some(hour), Some(minute)) => Cell::Text(format!("{hour:02}:{minute:02}")),
        _ => Cell::of_text(text),
    }
}
