//! Sheets and workbooks as lines of text, the same on every run: what stands in them, and no id.

use std::io::Cursor;

use calamine::{Data, Reader, Sheets};
use serde_json::Value;

pub type Book = Sheets<Cursor<Vec<u8>>>;

/// Opens an exported workbook.
pub fn open(file: &Value) -> Book {
    let bytes = data_encoding::BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap();
    calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap()
}

/// Keys of this device are others on every run: eight hexadecimal digits in a cell of their own.
fn plain(text: &str) -> String {
    let key = text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit());
    if key { "(key)".to_owned() } else { text.to_owned() }
}

fn cell(cell: &Value) -> String {
    match (&cell["type"], &cell["value"]) {
        (kind, _) if kind == "empty" => "·".to_owned(),
        (kind, value) if kind == "text" => format!("{:?}", plain(value.as_str().unwrap())),
        (kind, value) => format!("{} {}", kind.as_str().unwrap(), value.to_string().trim_matches('"')),
    }
}

fn words(list: &Value) -> String {
    let words: Vec<&str> = list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    words.join(" | ")
}

fn row(cells: &Value) -> String {
    cells.as_array().unwrap().iter().map(cell).collect::<Vec<_>>().join(" | ")
}

/// A sheet: its head, then each part with values, tables, notes and signatures.
pub fn lines(sheet: &Value) -> String {
    let flag = |name: &str| sheet[name].as_bool().unwrap();
    let mut out = format!(
        "{} · {} · {} · {}{}{}\n",
        sheet["kind"].as_str().unwrap(),
        sheet["title"].as_str().unwrap(),
        sheet["office"].as_str().unwrap(),
        sheet["madeOn"].as_str().unwrap(),
        if flag("landscape") { " · landscape" } else { "" },
        if flag("private") { " · private" } else { "" },
    );
    assert_eq!(sheet["leftOut"], 0);
    for part in sheet["parts"].as_array().unwrap() {
        let record = if part["record"].is_null() { "" } else { " (a record)" };
        out.push_str(&format!("== {}{record}\n", part["heading"].as_str().unwrap()));
        for fact in part["facts"].as_array().unwrap() {
            let wide = if fact["wide"] == true { " wide" } else { "" };
            let (key, label) = (fact["key"].as_str().unwrap(), fact["label"].as_str().unwrap());
            out.push_str(&format!("{key} [{label}]{wide}: {}\n", cell(&fact["value"])));
        }
        for table in part["tables"].as_array().unwrap() {
            out.push_str(&format!("-- {} {}\n", table["key"].as_str().unwrap(), table["heading"].as_str().unwrap()));
            let name =
                |column: &Value| format!("{} {}", column["key"].as_str().unwrap(), column["label"].as_str().unwrap());
            let columns: Vec<String> = table["columns"].as_array().unwrap().iter().map(name).collect();
            out.push_str(&format!("{}\n", columns.join(" | ")));
            for cells in table["rows"].as_array().unwrap() {
                assert_eq!(cells.as_array().unwrap().len(), columns.len(), "a row is as long as the columns");
                out.push_str(&format!("{}\n", row(cells)));
            }
            if !table["total"].is_null() {
                out.push_str(&format!("= {}\n", row(&table["total"])));
            }
        }
        for note in part["notes"].as_array().unwrap() {
            out.push_str(&format!("note: {}\n", note.as_str().unwrap()));
        }
        out.push_str(&format!("signed: {}\n", words(&part["signatures"])));
    }
    out
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
