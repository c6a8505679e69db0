//! Where everything stands in the part of one sheet, so that a few cells can be written and all other bytes kept.

use std::collections::BTreeMap;
use std::ops::Range;

use super::error::{damaged, too_much};
use super::limits;
use super::place::{Area, Place};
use super::xml::{Step, Tag, Walk};
use crate::error::Answer;

/// What is counted over all sheets of a workbook.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    cells: usize,
    rows: usize,
}

/// A cell of the file.
#[derive(Debug, Clone)]
pub(super) struct CellAt {
    /// From 1.
    pub(super) column: u32,
    /// The whole element.
    pub(super) bytes: Range<usize>,
    /// Behind the name of the tag, where an attribute may be put.
    pub(super) named: usize,
    /// The place is not said, it follows from the cell before.
    pub(super) implicit: bool,
    /// The number of its style.
    pub(super) style: Option<u32>,
    /// The name of the tag and what is kept of its attributes.
    pub(super) tag: String,
    /// Type of the value: `s`, `str`, `inlineStr`, `n`, `b`, `e`, `d`.
    pub(super) kind: String,
    /// The formula; empty for one that is shared with another cell.
    pub(super) formula: Option<String>,
    /// The value as it stands, or the inline text.
    pub(super) value: String,
    /// The element of the value.
    pub(super) value_bytes: Option<Range<usize>>,
    /// Further elements that stay: extensions.
    pub(super) others: Vec<Range<usize>>,
}

/// A row of the file.
#[derive(Debug, Clone)]
pub(super) struct RowAt {
    /// From 1.
    pub(super) number: u32,
    /// The opening tag.
    pub(super) tag: Range<usize>,
    /// The name of the tag and its attributes, without the span of its cells.
    pub(super) kept: String,
    /// The tag says which columns its cells span.
    pub(super) spans: bool,
    /// First byte of the closing tag; behind the tag of a row without content.
    pub(super) close: usize,
    /// Closes itself.
    pub(super) empty: bool,
    /// The number is not said.
    pub(super) implicit: bool,
    /// Style of cells that are not in the file.
    pub(super) style: Option<u32>,
    /// Not shown.
    pub(super) hidden: bool,
    /// Cells from left to right.
    pub(super) cells: Vec<CellAt>,
}

/// Columns that look alike.
#[derive(Debug, Clone)]
pub(super) struct ColumnsAt {
    /// From 1.
    pub(super) from: u32,
    /// The last one.
    pub(super) to: u32,
    /// Width in characters.
    pub(super) width: Option<f64>,
    /// Not shown.
    pub(super) hidden: bool,
    /// Style of cells that are not in the file.
    pub(super) style: Option<u32>,
}

/// One sheet.
#[derive(Debug, Clone)]
pub(super) struct SheetAt {
    /// Prefix of its tags, with the colon.
    pub(super) prefix: String,
    /// The tag of the rows' element, and the first byte of its closing tag.
    pub(super) data: Range<usize>,
    /// First byte of the closing tag of the rows' element.
    pub(super) close: usize,
    /// The rows' element closes itself.
    pub(super) empty: bool,
    /// Rows from top to bottom.
    pub(super) rows: Vec<RowAt>,
    /// Merged areas.
    pub(super) merges: Vec<Area>,
    /// Merged areas by each row that they cover.
    merged_rows: BTreeMap<u32, Vec<usize>>,
    /// Widths and styles of columns.
    pub(super) columns: Vec<ColumnsAt>,
    /// Areas that one formula fills.
    arrays: Vec<Area>,
    /// Those areas by the first of the rows from which on they are the same ones, so that an area may be as tall as a sheet.
    array_rows: BTreeMap<u32, Vec<usize>>,
}

impl SheetAt {
    /// Reads the part of a sheet.
    ///
    /// # Errors
    /// `template_damaged`, `template_too_large`.
    pub(super) fn read(part: &[u8], count: &mut Count) -> Answer<Self> {
        let mut walk = Walk::new(part)?;
        let mut out = Self {
            prefix: String::new(),
            data: 0..0,
            close: 0,
            empty: false,
            rows: Vec::new(),
            merges: Vec::new(),
            merged_rows: BTreeMap::new(),
            columns: Vec::new(),
            arrays: Vec::new(),
            array_rows: BTreeMap::new(),
        };
        let mut found = false;
        loop {
            match walk.next()? {
                Step::End => break,
                Step::Open(tag) => match tag.name() {
                    "col" if !found => out.columns.extend(columns(&tag)),
                    "sheetData" if !found => {
                        found = true;
                        out.prefix = tag.prefix();
                        (out.data, out.empty, out.close) = (tag.start..tag.end, tag.empty, tag.end);
                        if !tag.empty {
                            out.close = rows(&mut walk, &mut out, count)?;
                        }
                    }
                    "mergeCell" => out.merges.extend(tag.get("ref").as_deref().and_then(Area::read)),
                    _ => {}
                },
                Step::Close(..) | Step::Text(_) => {}
            }
            if out.merges.len() > limits::MERGES || out.columns.len() > limits::MERGES {
                return Err(too_much("merges", limits::MERGES));
            }
        }
        let mut left = limits::MERGED_ROWS;
        for (n, area) in out.merges.iter().enumerate() {
            let rows = area.to.row - area.from.row + 1;
            left = left.checked_sub(rows).ok_or_else(|| too_much("merges", limits::MERGES))?;
            for row in area.from.row..=area.to.row {
                out.merged_rows.entry(row).or_default().push(n);
            }
        }
        out.array_rows = by_rows(&out.arrays)?;
        if found { Ok(out) } else { Err(damaged()) }
    }

    /// The row of the file.
    pub(super) fn row(&self, number: u32) -> Option<&RowAt> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().and_then(|place| self.rows.get(place))
    }

    /// The cell of the file.
    pub(super) fn cell(&self, place: Place) -> Option<&CellAt> {
        let cells = &self.row(place.row)?.cells;
        cells.binary_search_by_key(&place.column, |cell| cell.column).ok().and_then(|found| cells.get(found))
    }

    /// The merged area of a cell.
    pub(super) fn merge(&self, place: Place) -> Option<Area> {
        let of_row = self.merged_rows.get(&place.row)?;
        of_row.iter().filter_map(|n| self.merges.get(*n)).find(|area| area.has(place)).copied()
    }

    /// Whether a formula fills the cell.
    pub(super) fn has_formula(&self, place: Place) -> bool {
        let arrays = || self.array_rows.range(..=place.row).next_back().into_iter().flat_map(|(_, these)| these);
        self.cell(place).is_some_and(|cell| cell.formula.is_some())
            || arrays().filter_map(|n| self.arrays.get(*n)).any(|area| area.has(place))
    }

    /// The style that a cell has, or would have if it were in the file.
    pub(super) fn style(&self, place: Place) -> Option<u32> {
        if let Some(cell) = self.cell(place) {
            return cell.style;
        }
        let of_column = || self.columns.iter().find(|columns| (columns.from..=columns.to).contains(&place.column));
        self.row(place.row).and_then(|row| row.style).or_else(|| of_column().and_then(|columns| columns.style))
    }
}

/// Areas by the rows at which one begins or ends.
fn by_rows(areas: &[Area]) -> Answer<BTreeMap<u32, Vec<usize>>> {
    let ends = areas.iter().flat_map(|area| [area.from.row, area.to.row.saturating_add(1)]);
    let mut out: BTreeMap<u32, Vec<usize>> = ends.map(|row| (row, Vec::new())).collect();
    // Arrays of a sound file never overlap; what lies over each other thousands of times is made for its cost.
    let mut left = limits::ARRAY_ROWS;
    for (n, area) in areas.iter().enumerate() {
        for (_, these) in out.range_mut(area.from.row..=area.to.row) {
            left = left.checked_sub(1).ok_or_else(|| too_much("cells", limits::CELLS))?;
            these.push(n);
        }
    }
    Ok(out)
}

fn columns(tag: &Tag<'_>) -> Option<ColumnsAt> {
    Some(ColumnsAt {
        from: tag.number("min")?,
        to: tag.number("max")?,
        width: tag.get("width").and_then(|width| width.parse().ok()).filter(|width: &f64| width.is_finite()),
        hidden: tag.on("hidden"),
        style: tag.number("style"),
    })
}

/// Reads rows; answers the first byte of the closing tag.
fn rows(walk: &mut Walk<'_>, out: &mut SheetAt, count: &mut Count) -> Answer<usize> {
    let mut last = 0u32;
    loop {
        match walk.next()? {
            Step::End => return Err(damaged()),
            Step::Close(start, _) => return Ok(start),
            Step::Text(_) => {}
            Step::Open(tag) if tag.name() != "row" => drop(walk.skip(&tag, |_| {})?),
            Step::Open(tag) => {
                let said = tag.number("r");
                let number = said.unwrap_or(last + 1);
                // A row that comes again, or before its turn, is shown differently by each program.
                if number <= last || number > limits::LAST_ROW {
                    return Err(damaged());
                }
                last = number;
                let mut row = RowAt {
                    number,
                    tag: tag.start..tag.end,
                    kept: tag.without(&["spans"])?,
                    spans: tag.get("spans").is_some(),
                    close: tag.end,
                    empty: tag.empty,
                    implicit: said.is_none(),
                    style: tag.number("s").filter(|_| tag.on("customFormat")),
                    hidden: tag.on("hidden"),
                    cells: Vec::new(),
                };
                if !tag.empty {
                    row.close = cells(walk, &mut row, &mut out.arrays, count)?;
                }
                out.rows.push(row);
                count.rows += 1;
                if count.rows > limits::ROWS {
                    return Err(too_much("rows", limits::ROWS));
                }
            }
        }
    }
}

/// Reads the cells of a row; answers the first byte of its closing tag.
fn cells(walk: &mut Walk<'_>, row: &mut RowAt, arrays: &mut Vec<Area>, count: &mut Count) -> Answer<usize> {
    let mut last = 0u32;
    loop {
        match walk.next()? {
            Step::End => return Err(damaged()),
            Step::Close(start, _) => return Ok(start),
            Step::Text(_) => {}
            Step::Open(tag) if tag.name() != "c" => drop(walk.skip(&tag, |_| {})?),
            Step::Open(tag) => {
                let said = tag.get("r").map(|text| Place::read(&text).ok_or_else(damaged)).transpose()?;
                if said.is_some_and(|place| place.row != row.number) {
                    return Err(damaged());
                }
                let column = said.map_or(last + 1, |place| place.column);
                if column <= last || column > limits::LAST_COLUMN {
                    return Err(damaged());
                }
                last = column;
                row.cells.push(cell(walk, &tag, column, said.is_none(), arrays)?);
                count.cells += 1;
                if count.cells > limits::CELLS || arrays.len() > limits::ARRAYS {
                    return Err(too_much("cells", limits::CELLS));
                }
            }
        }
    }
}

fn cell(walk: &mut Walk<'_>, tag: &Tag<'_>, column: u32, implicit: bool, arrays: &mut Vec<Area>) -> Answer<CellAt> {
    let mut out = CellAt {
        column,
        bytes: tag.start..tag.end,
        named: tag.start + 1 + tag.prefix().len() + tag.name().len(),
        implicit,
        style: tag.number("s"),
        // What tells of the value goes with it.
        tag: tag.without(&["r", "t", "cm", "vm"])?,
        kind: tag.get("t").unwrap_or_default(),
        formula: None,
        value: String::new(),
        value_bytes: None,
        others: Vec::new(),
    };
    if tag.empty {
        return Ok(out);
    }
    loop {
        match walk.next()? {
            Step::End => return Err(damaged()),
            Step::Close(_, end) => {
                out.bytes.end = end;
                return Ok(out);
            }
            Step::Text(_) => {}
            Step::Open(inner) => {
                let mut text = String::new();
                match inner.name() {
                    "f" => {
                        let filled = inner.get("t").is_some_and(|kind| kind == "array" || kind == "dataTable");
                        let area = inner.get("ref").filter(|_| filled).as_deref().and_then(Area::read);
                        // One cell alone has its formula beside it.
                        arrays.extend(area.filter(|area| area.from != area.to));
                        walk.skip(&inner, |piece| text.push_str(piece))?;
                        out.formula = Some(text);
                    }
                    name @ ("v" | "is") => {
                        let inline = name == "is";
                        let (_, end) = walk.skip(&inner, |piece| text.push_str(piece))?;
                        // An inline text is told without the spaces between its own tags.
                        out.value = if inline { text.trim().to_owned() } else { text };
                        out.value_bytes = Some(inner.start..end);
                    }
                    _ => {
                        let (_, end) = walk.skip(&inner, |_| {})?;
                        out.others.push(inner.start..end);
                    }
                }
            }
        }
    }
}
