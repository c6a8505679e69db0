//! Values into the part of a sheet.
//!
//! **Invariant:** bytes outside the cells that are written, and outside results of formulas, stay as they are. A formula is
//! never written over; its last result goes, so that no program shows a number that is not true any more.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::damaged;
use super::place::Place;
use super::scan::{CellAt, RowAt, SheetAt};
use super::value::Content;
use super::xml::escaped;
use crate::error::Answer;

/// What to write, by cell.
pub(super) type Writes = BTreeMap<Place, Content>;

/// Bytes that take the place of others.
type Splice = (Range<usize>, String);

/// The part with the values written.
///
/// # Errors
/// `template_damaged` when places do not fit the part.
pub(super) fn written(part: &[u8], at: &SheetAt, writes: &Writes) -> Answer<Vec<u8>> {
    let mut splices: Vec<Splice> = Vec::new();
    // Places that are not said follow from those before; where something comes between, they are said.
    let say = !writes.is_empty();
    for row in &at.rows {
        let mut new = writes_of(writes, row.number);
        for cell in &row.cells {
            let place = Place { row: row.number, column: cell.column };
            let write = new.remove(&cell.column);
            if cell.formula.is_some() || at.has_formula(place) {
                splices.extend(cell.value_bytes.clone().map(|range| (range, String::new())));
            } else if let Some(content) = write {
                splices.extend(over(part, at, cell, place, content)?);
                continue;
            }
            if cell.implicit && say {
                splices.push((cell.named..cell.named, format!(" r=\"{place}\"")));
            }
        }
        let added = added(at, row, &new);
        if !added.is_empty() && (row.empty || row.spans) {
            let number = if row.implicit { format!(" r=\"{}\"", row.number) } else { String::new() };
            let rest = row.kept.split_once(' ').map(|(_, rest)| format!(" {rest}")).unwrap_or_default();
            splices.push((row.tag.clone(), format!("<{}row{number}{rest}>", at.prefix)));
            splices.extend(added);
            // Behind its tag: of splices at one place, those that were found first go first.
            splices.extend(row.empty.then(|| (row.close..row.close, format!("</{}row>", at.prefix))));
        } else {
            if row.implicit && say {
                splices.push((named(row, &at.prefix), format!(" r=\"{}\"", row.number)));
            }
            splices.extend(added);
        }
    }
    splices.extend(new_rows(at, writes));
    applied(part, splices)
}

fn writes_of(writes: &Writes, row: u32) -> BTreeMap<u32, &Content> {
    let from = Place { row, column: 0 };
    let to = Place { row, column: u32::MAX };
    writes.range(from..=to).map(|(place, content)| (place.column, content)).collect()
}

/// Behind the name of a row's tag.
fn named(row: &RowAt, prefix: &str) -> Range<usize> {
    let at = row.tag.start + 1 + prefix.len() + "row".len();
    at..at
}

/// A cell of the file with another value.
fn over(part: &[u8], at: &SheetAt, cell: &CellAt, place: Place, content: &Content) -> Answer<Option<Splice>> {
    let blank = cell.value_bytes.is_none();
    if *content == Content::Empty && blank {
        let named = cell.named..cell.named;
        return Ok(cell.implicit.then(|| (named, format!(" r=\"{place}\""))));
    }
    let mut others = String::new();
    for range in &cell.others {
        let bytes = part.get(range.clone()).ok_or_else(damaged)?;
        others.push_str(std::str::from_utf8(bytes).map_err(|_| damaged())?);
    }
    let (name, attributes) = cell.tag.split_once(' ').unwrap_or((&cell.tag, ""));
    let space = if attributes.is_empty() { "" } else { " " };
    let head = format!("{name} r=\"{place}\"{space}{attributes}");
    Ok(Some((cell.bytes.clone(), element(&at.prefix, &head, name, content, &others))))
}

/// Cells that the file does not have, into a row that it has.
fn added(at: &SheetAt, row: &RowAt, new: &BTreeMap<u32, &Content>) -> Vec<Splice> {
    new.iter()
        .map(|(column, content)| (Place { row: row.number, column: *column }, *content))
        .filter(|(place, content)| **content != Content::Empty && !at.has_formula(*place))
        .map(|(place, content)| {
            let next = row.cells.iter().find(|cell| cell.column > place.column);
            let before = next.map_or(row.close, |cell| cell.bytes.start);
            (before..before, fresh(at, place, content))
        })
        .collect()
}

/// Rows that the file does not have.
fn new_rows(at: &SheetAt, writes: &Writes) -> Vec<Splice> {
    let mut rows: BTreeMap<u32, String> = BTreeMap::new();
    for (place, content) in writes {
        if *content != Content::Empty && at.row(place.row).is_none() && !at.has_formula(*place) {
            rows.entry(place.row).or_default().push_str(&fresh(at, *place, content));
        }
    }
    let prefix = &at.prefix;
    let text = |(row, cells): (&u32, &String)| format!("<{prefix}row r=\"{row}\">{cells}</{prefix}row>");
    if at.empty && !rows.is_empty() {
        let all: String = rows.iter().map(text).collect();
        return vec![(at.data.clone(), format!("<{prefix}sheetData>{all}</{prefix}sheetData>"))];
    }
    rows.iter()
        .map(|row| {
            let next = at.rows.get(at.rows.partition_point(|one| one.number <= *row.0));
            let before = next.map_or(at.close, |one| one.tag.start);
            (before..before, text(row))
        })
        .collect()
}

/// A cell that the file does not have, looking as its row or column says.
fn fresh(at: &SheetAt, place: Place, content: &Content) -> String {
    let name = format!("{}c", at.prefix);
    let style = at.style(place).map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
    element(&at.prefix, &format!("{name} r=\"{place}\"{style}"), &name, content, "")
}

fn element(prefix: &str, head: &str, name: &str, content: &Content, others: &str) -> String {
    match content {
        Content::Empty if others.is_empty() => format!("<{head}/>"),
        Content::Empty => format!("<{head}>{others}</{name}>"),
        Content::Number(digits) => format!("<{head}><{prefix}v>{digits}</{prefix}v>{others}</{name}>"),
        Content::Text(text) => format!(
            "<{head} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is>{others}</{name}>",
            escaped(&literal(text))
        ),
    }
}

/// `_x0041_` in a cell stands for a letter; as text it has to be said otherwise.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let digits = tail.get(2..6).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let escape = digits && tail.get(6..7) == Some("_");
        out.push_str(if escape { "_x005F_x" } else { "_x" });
        rest = tail.get(2..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn applied(part: &[u8], mut splices: Vec<Splice>) -> Answer<Vec<u8>> {
    // Of those at one place, the order in which they were found.
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = Vec::with_capacity(part.len() + 4096);
    let mut at = 0;
    for (range, text) in splices {
        out.extend_from_slice(part.get(at..range.start).ok_or_else(damaged)?);
        out.extend_from_slice(text.as_bytes());
        at = range.end;
    }
    out.extend_from_slice(part.get(at..).ok_or_else(damaged)?);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fill::scan::Count;

    fn put(part: &str, writes: &[(&str, Content)]) -> String {
        let at = SheetAt::read(part.as_bytes(), &mut Count::default()).unwrap();
        let writes =
            writes.iter().map(|(place, content)| (Place::read(place).unwrap(), content.clone())).collect::<Writes>();
        String::from_utf8(written(part.as_bytes(), &at, &writes).unwrap()).unwrap()
    }

    fn number(digits: &str) -> Content {
        Content::Number(digits.to_owned())
    }

    fn text(words: &str) -> Content {
        Content::Text(words.to_owned())
    }

    #[test]
    fn a_cell_keeps_its_style_and_everything_around_it_its_bytes() {
        let part = r#"<worksheet><sheetData><row r="1"  ht='20'><c r="A1" s="4" t="s"><v>3</v></c><c r="C1" s="2" /></row></sheetData><x/></worksheet>"#;
        assert_eq!(
            put(part, &[("A1", text("甲<乙 "))]),
            r#"<worksheet><sheetData><row r="1"  ht='20'><c r="A1" s="4" t="inlineStr"><is><t xml:space="preserve">甲&lt;乙 </t></is></c><c r="C1" s="2" /></row></sheetData><x/></worksheet>"#
        );
        assert_eq!(
            put(part, &[("B1", number("7")), ("C1", number("1.5")), ("D1", number("2"))]),
            r#"<worksheet><sheetData><row r="1"  ht='20'><c r="A1" s="4" t="s"><v>3</v></c><c r="B1"><v>7</v></c><c r="C1" s="2"><v>1.5</v></c><c r="D1"><v>2</v></c></row></sheetData><x/></worksheet>"#
        );
        assert_eq!(put(part, &[("C1", Content::Empty), ("D9", Content::Empty)]), part);
        assert!(put(part, &[("A1", Content::Empty)]).contains(r#"<c r="A1" s="4"/>"#));
    }

    #[test]
    fn rows_that_are_missing_are_made_in_their_order_and_look_as_their_column_says() {
        let part = r#"<x:worksheet><x:cols><x:col min="2" max="3" style="9"/></x:cols><x:sheetData><x:row r="2"/><x:row r="5" s="3" customFormat="1" spans="1:1"/></x:sheetData></x:worksheet>"#;
        let out = put(
            part,
            &[("B1", number("1")), ("B2", number("2")), ("A3", number("3")), ("B5", number("5")), ("C7", number("7"))],
        );
        let row = |number, cells: &str| format!(r#"<x:row r="{number}">{cells}</x:row>"#);
        let rows = [
            row(1, r#"<x:c r="B1" s="9"><x:v>1</x:v></x:c>"#),
            row(2, r#"<x:c r="B2" s="9"><x:v>2</x:v></x:c>"#),
            row(3, r#"<x:c r="A3"><x:v>3</x:v></x:c>"#),
            r#"<x:row r="5" s="3" customFormat="1"><x:c r="B5" s="3"><x:v>5</x:v></x:c></x:row>"#.to_owned(),
            row(7, r#"<x:c r="C7" s="9"><x:v>7</x:v></x:c>"#),
        ];
        assert!(out.contains(&format!("<x:sheetData>{}</x:sheetData>", rows.concat())), "{out}");
        let none = put("<worksheet><sheetData/></worksheet>", &[("A1", number("1"))]);
        assert_eq!(none, r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#);
    }

    #[test]
    fn formulas_stay_and_their_results_go() {
        let part = r#"<worksheet><sheetData><row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><v>2</v></c><c r="C1"><f t="array" ref="C1:C2">B1</f><v>2</v></c></row><row r="2"><c r="C2"><v>2</v></c></row></sheetData></worksheet>"#;
        let out = put(part, &[("A1", number("9")), ("B1", number("3")), ("C2", number("9"))]);
        assert_eq!(
            out,
            r#"<worksheet><sheetData><row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><v>3</v></c><c r="C1"><f t="array" ref="C1:C2">B1</f></c></row><row r="2"><c r="C2"></c></row></sheetData></worksheet>"#
        );
    }

    #[test]
    fn places_that_are_not_said_are_said_where_something_comes_between() {
        let part = r#"<worksheet><sheetData><row><c><v>1</v></c><c s="1"/></row><row/></sheetData></worksheet>"#;
        assert_eq!(
            put(part, &[("A2", number("2")), ("C1", number("3"))]),
            r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>"#
        );
    }

    #[test]
    fn text_that_looks_like_an_escape_is_said_as_text() {
        assert_eq!(literal("a_x0041_b_x_x00zz_"), "a_x005F_x0041_b_x_x00zz_");
        assert_eq!(literal("甲_x乙丙丁"), "甲_x乙丙丁");
    }
}
