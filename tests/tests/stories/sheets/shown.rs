//! Sheets and workbooks as lines of text, the same on every run: what stands in them, and no id.

use std::io::Cursor;

use calamine::{Data, Reader, Sheets};
use serde_json::Value;

pub type Book = Sheets<Cursor<Vec<u8>>>;

/// Opens an exported workbook. With YBZ_XLSX_DIR it is also written there, to be looked at.
pub fn open(file: &Value) -> Book {
    let bytes = data_encoding::BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap();
    if let Some(folder) = std::env::var_os("YBZ_XLSX_DIR") {
        std::fs::write(std::path::Path::new(&folder).join(file["name"].as_str().unwrap()), &bytes).unwrap();
    }
    calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap()
}

/// Keys of this device are others on every run: eight hexadecimal digits in a cell of their own.
fn plain(text: &str) -> String {
    let key = text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit());
    if key { "(key)".to_owned() } else { text.to_owned() }
}

/// Ids of records are others on every run: they are numbered as they come.
fn numbered(sheet: &Value) -> Value {
    let mut sheet = sheet.clone();
    let kind = sheet["kind"].as_str().unwrap().to_owned();
    for (at, part) in sheet["parts"].as_array_mut().unwrap().iter_mut().enumerate() {
        if part["record"].is_string() {
            part["record"] = format!("{kind}-{}", at + 1).into();
        }
        for row in
            part["tables"].as_array_mut().unwrap().iter_mut().flat_map(|table| table["rows"].as_array_mut().unwrap())
        {
            for cell in row.as_array_mut().unwrap() {
                if let Some(text) = cell["value"].as_str() {
                    cell["value"] = plain(text).into();
                }
            }
        }
    }
    sheet
}

fn each(list: &Value, indent: &str) -> String {
    let lines: Vec<String> = list.as_array().unwrap().iter().map(|one| format!("{indent}{one}")).collect();
    if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n{}]", lines.join(",\n"), &indent[1..]) }
}

/// A sheet as JSON of one line a value, a column and a row, so that a difference is read in the line in which it is.
pub fn json(sheet: &Value) -> String {
    let sheet = numbered(sheet);
    assert_eq!(sheet["leftOut"], 0);
    let table = |table: &Value| {
        for row in table["rows"]
            .as_array()
            .unwrap()
            .iter()
            .chain(std::iter::once(&table["total"]).filter(|row| row.is_array()))
        {
            assert_eq!(row.as_array().unwrap().len(), table["columns"].as_array().unwrap().len(), "{row}");
        }
        format!(
            "    {{ \"key\": {}, \"heading\": {}, \"columns\": {}, \"rows\": {}, \"total\": {} }}",
            table["key"],
            table["heading"],
            each(&table["columns"], "      "),
            each(&table["rows"], "      "),
            table["total"],
        )
    };
    let part = |part: &Value| {
        let tables: Vec<String> = part["tables"].as_array().unwrap().iter().map(table).collect();
        let tables = if tables.is_empty() { "[]".to_owned() } else { format!("[\n{}\n   ]", tables.join(",\n")) };
        format!(
            "  {{ \"record\": {}, \"heading\": {},\n   \"facts\": {},\n   \"tables\": {tables},\n   \"notes\": {},\n   \"signatures\": {} }}",
            part["record"],
            part["heading"],
            each(&part["facts"], "    "),
            part["notes"],
            part["signatures"],
        )
    };
    let parts: Vec<String> = sheet["parts"].as_array().unwrap().iter().map(part).collect();
    let head = ["kind", "title", "office", "madeOn", "landscape", "private", "leftOut"];
    let head: Vec<String> = head.iter().map(|name| format!("\"{name}\": {}", sheet[*name])).collect();
    format!("{{ {},\n \"parts\": [\n{}\n] }}\n", head.join(", "), parts.join(",\n"))
}

/// Compares with what is kept beside this file; with YBZ_WRITE_SHEETS=1 it is kept anew. The stand-in node of the browser
/// tests answers with the same files.
pub fn kept(name: &str, text: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/sheets/golden").join(name);
    if std::env::var_os("YBZ_WRITE_SHEETS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(text, kept, "{} differs; YBZ_WRITE_SHEETS=1 keeps it anew", file.display());
}

/// Every cell of a workbook that holds something, with what prints of it.
pub fn cells(book: &mut Book) -> String {
    let mut out = String::new();
    for name in book.sheet_names() {
        out.push_str(&format!("== {name}\n"));
        let range = book.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (at, row) in range.rows().enumerate() {
            let cells: Vec<String> = (u32::try_from(at).unwrap()..)
                .take(1)
                .flat_map(|down| row.iter().enumerate().map(move |(across, data)| (down, across, data)))
                .filter(|(_, _, data)| **data != Data::Empty)
                .map(|(down, across, data)| format!("{}{} {}", letter(left, across), top + down + 1, said(data)))
                .collect();
            if !cells.is_empty() {
                out.push_str(&format!("{}\n", cells.join(" | ")));
            }
        }
    }
    out
}

fn letter(left: u32, across: usize) -> char {
    char::from_u32('A' as u32 + left + u32::try_from(across).unwrap()).unwrap()
}

fn said(data: &Data) -> String {
    match data {
        Data::String(text) => format!("{:?}", plain(text)),
        Data::DateTime(day) => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{date:02}")
        }
        other => other.to_string(),
    }
}

/// Each worksheet has the area that prints; a worksheet of one table repeats its header.
pub fn assert_set_up(book: &Book, kind: &str) {
    let names = book.defined_names();
    let of = |what: &str| names.iter().filter(|(name, _)| name.contains(what)).count();
    let sheets = book.sheet_names().len();
    assert_eq!(of("Print_Area"), sheets, "{kind}: {names:?}");
    let forms = ["meetings", "visits", "handover"].contains(&kind);
    assert_eq!(of("Print_Titles"), if forms { 0 } else { sheets }, "{kind}: {names:?}");
}
