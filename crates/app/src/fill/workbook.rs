//! The workbook's own part: which sheets there are and where, and the flag that makes programs compute anew.

use std::collections::BTreeMap;

use super::error::{damaged, too_much};
use super::limits;
use super::package::Package;
use super::place::Area;
use super::xml::{Step, Walk};
use crate::ErrorDto;
use crate::error::Answer;

/// A sheet that a person sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetName {
    /// As the tab shows it.
    pub(super) name: String,
    /// Its part.
    pub(super) part: String,
    /// Not shown.
    pub(super) hidden: bool,
    /// 打印区域, where one is set; of several the first.
    pub(super) print_area: Option<Area>,
}

/// What the workbook says of itself.
#[derive(Debug, Clone)]
pub(super) struct WorkbookPart {
    /// Its part.
    pub(super) part: String,
    /// Sheets in their order.
    pub(super) sheets: Vec<SheetName>,
    /// Days are counted from 1904.
    pub(super) from_1904: bool,
    /// `styles.xml`, where there is one.
    pub(super) styles: Option<String>,
    /// The table of shared texts, where there is one.
    pub(super) strings: Option<String>,
    /// Where the element with the flags of computing stands, or where one goes.
    calc: Calc,
}

#[derive(Debug, Clone)]
enum Calc {
    /// The tag's bytes, its name with other attributes, and whether it closes itself.
    Tag(std::ops::Range<usize>, String, bool),
    /// Behind this byte, with this prefix.
    Missing(usize, String),
}

/// Elements that stand before the flags of computing.
const BEFORE: [&str; 9] = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
];

/// Targets by id, with the last word of their type.
type Relations = BTreeMap<String, (String, String)>;

fn relations(package: &Package, of: &str, left: &mut usize) -> Answer<Relations> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let path = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut out = Relations::new();
    let Some(part) = package.part(&path, left)? else { return Ok(out) };
    let mut walk = Walk::new(&part)?;
    loop {
        match walk.next()? {
            Step::End => return Ok(out),
            Step::Open(tag) if tag.name() == "Relationship" => {
                let kind = tag.get("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let outside = tag.get("TargetMode").is_some_and(|mode| mode == "External");
                if let (Some(id), Some(target), false) = (tag.get("Id"), tag.get("Target"), outside) {
                    out.insert(id, (kind, joined(folder, &target)));
                }
                if out.len() > limits::PARTS {
                    return Err(too_much("parts", limits::PARTS));
                }
            }
            _ => {}
        }
    }
}

/// A target as the name of a part.
fn joined(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|piece| !piece.is_empty()).collect(),
    };
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => drop(path.pop()),
            piece => path.push(piece),
        }
    }
    path.join("/")
}

impl WorkbookPart {
    /// Finds and reads the workbook of a package.
    ///
    /// # Errors
    /// `template_not_xlsx`, `template_damaged`, `template_too_large`.
    pub(super) fn read(package: &Package, left: &mut usize) -> Answer<(Self, Vec<u8>)> {
        let top = relations(package, "", left)?;
        let part = top.into_values().find(|(kind, _)| kind == "officeDocument").map(|(_, path)| path);
        let part = part.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let not_xlsx = || ErrorDto::new("template_not_xlsx").at("file");
        let bytes = package.part(&part, left)?.ok_or_else(not_xlsx)?;
        if part.ends_with(".bin") {
            return Err(not_xlsx());
        }
        let relations = relations(package, &part, left)?;
        let of_kind = |wanted: &str| relations.values().find(|(kind, _)| kind == wanted).map(|(_, path)| path.clone());
        let found = scan(&bytes)?;
        let mut sheets = Vec::new();
        for (id, name, hidden) in found.sheets {
            // Sheets of charts have no cells.
            let Some((_, path)) = relations.get(&id).filter(|(kind, _)| kind == "worksheet") else {
                sheets.push(None);
                continue;
            };
            sheets.push(Some(SheetName { name, part: path.clone(), hidden, print_area: None }));
        }
        for (place, text) in found.areas {
            if let Some(Some(sheet)) = sheets.get_mut(place) {
                sheet.print_area = sheet.print_area.or_else(|| print_area(&text));
            }
        }
        let sheets: Vec<SheetName> = sheets.into_iter().flatten().collect();
        if sheets.is_empty() {
            return Err(not_xlsx());
        }
        let calc = found.calc.ok_or_else(damaged)?;
        let (styles, strings) = (of_kind("styles"), of_kind("sharedStrings"));
        Ok((Self { part, sheets, from_1904: found.from_1904, styles, strings, calc }, bytes))
    }

    /// The part with the flag that makes programs compute all formulas when they open it.
    pub(super) fn computing_anew(&self, bytes: &[u8]) -> Answer<Vec<u8>> {
        let (range, text) = match &self.calc {
            Calc::Tag(range, tag, empty) => {
                let end = if *empty { "/>" } else { ">" };
                (range.clone(), format!("<{tag} fullCalcOnLoad=\"1\"{end}"))
            }
            Calc::Missing(at, prefix) => (*at..*at, format!("<{prefix}calcPr fullCalcOnLoad=\"1\"/>")),
        };
        let mut out = bytes.get(..range.start).ok_or_else(damaged)?.to_vec();
        out.extend_from_slice(text.as_bytes());
        out.extend_from_slice(bytes.get(range.end..).ok_or_else(damaged)?);
        Ok(out)
    }
}

#[derive(Default)]
struct Found {
    /// Relation, name, hidden.
    sheets: Vec<(String, String, bool)>,
    /// Place of the sheet, and the formula of its print area.
    areas: Vec<(usize, String)>,
    from_1904: bool,
    calc: Option<Calc>,
}

fn scan(bytes: &[u8]) -> Answer<Found> {
    let mut walk = Walk::new(bytes)?;
    let mut found = Found::default();
    let mut depth = 0usize;
    loop {
        match walk.next()? {
            Step::End => break,
            Step::Text(_) => {}
            Step::Close(..) => depth = depth.saturating_sub(1),
            Step::Open(tag) => {
                let top = depth == 1;
                match tag.name() {
                    "workbookPr" if top => found.from_1904 = tag.on("date1904"),
                    "sheet" => {
                        let id = tag.get_prefixed("id").ok_or_else(damaged)?;
                        let hidden = tag.get("state").is_some_and(|state| state != "visible");
                        found.sheets.push((id, tag.get("name").ok_or_else(damaged)?, hidden));
                        if found.sheets.len() > limits::SHEETS {
                            return Err(too_much("sheets", limits::SHEETS));
                        }
                    }
                    "definedName" if tag.get("name").as_deref() == Some("_xlnm.Print_Area") => {
                        let place = tag.number("localSheetId").and_then(|place| usize::try_from(place).ok());
                        let mut text = String::new();
                        walk.skip(&tag, |piece| text.push_str(piece))?;
                        if let Some(place) = place.filter(|_| found.areas.len() < limits::SHEETS) {
                            found.areas.push((place, text));
                        }
                        continue;
                    }
                    "calcPr" if top => {
                        let kept = tag.without(&["fullCalcOnLoad"])?;
                        found.calc = Some(Calc::Tag(tag.start..tag.end, kept, tag.empty));
                    }
                    _ => {}
                }
                depth += usize::from(!tag.empty);
            }
        }
    }
    if found.calc.is_none() {
        found.calc = ends(bytes)?;
    }
    Ok(found)
}

/// Behind the last element that stands before the flags of computing.
fn ends(bytes: &[u8]) -> Answer<Option<Calc>> {
    let mut walk = Walk::new(bytes)?;
    let mut at = None;
    let mut root = true;
    loop {
        match walk.next()? {
            Step::End => return Ok(at),
            Step::Open(_) if root => root = false,
            Step::Open(tag) => {
                let (_, end) = walk.skip(&tag, |_| {})?;
                if BEFORE.contains(&tag.name()) {
                    at = Some(Calc::Missing(end, tag.prefix()));
                }
            }
            Step::Close(..) | Step::Text(_) => {}
        }
    }
}

/// `'表一'!$A$1:$F$20` as an area.
fn print_area(formula: &str) -> Option<Area> {
    let first = formula.split(',').next()?;
    Area::read(first.rsplit('!').next()?)
}
