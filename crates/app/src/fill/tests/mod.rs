//! Forms made by hand and one made by LibreOffice, filled and looked at byte for byte and with LibreOffice itself.

mod bytes;
mod hostile;
mod maps;
mod office;
mod rows;

use std::collections::BTreeMap;

use super::*;
use crate::dto::sheet::{SheetCell, SheetColumn, SheetFact, SheetPart, SheetTable};
use crate::import::archive;

/// A form as LibreOffice writes it, out of `form.fods`.
const OF_OFFICE: &[u8] = include_bytes!("form.xlsx");

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet3.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/><Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>"#;
const TOP: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet name="记录表" sheetId="1" r:id="rId1"/><sheet name="统计" sheetId="2" r:id="rId2"/><sheet name="说明" sheetId="3" r:id="rId3"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'记录表'!$A$1:$D$14</definedName><definedName name="人数">'记录表'!$D$13</definedName></definedNames><calcPr calcId="191029"/></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet3.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId6" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="176" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9" uniqueCount="9"><si><t>会议记录表</t></si><si><r><t>会议</t></r><r><rPr><b/></rPr><t>日期</t></r></si><si><t>主持人:</t></si><si><t>序号</t></si><si><t>姓名</t></si><si><t>金额</t></si><si><t>合计</t></si><si><t>填表说明</t></si><si><t>编号</t></si></sst>"#;
/// Two lines of the form for each row of the table from row 5 on, a heading between, and sums below.
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><dimension ref="A1:D13"/><cols><col min="1" max="1" width="6.5" customWidth="1"/><col min="2" max="4" width="18.25" customWidth="1"/></cols><sheetData><row r="1" spans="1:4" ht="30" customHeight="1"><c r="A1" t="s"><v>0</v></c></row><row r="2" spans="1:4"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"/><c r="C2" t="s"><v>2</v></c><c r="D2"><v>99</v></c></row><row r="3" spans="1:4"><c r="A3" t="s"><v>8</v></c><c r="B3" s="3"/></row><row r="4" spans="1:4"><c r="A4" t="s"><v>3</v></c><c r="B4" t="s"><v>4</v></c><c r="D4" t="s"><v>5</v></c></row><row r="5"><c r="A5"><v>1</v></c><c r="B5"/><c r="D5" s="2"/></row><row r="6"/><row r="7"><c r="A7"><v>2</v></c><c r="B7"/><c r="D7" s="2"/></row><row r="9"><c r="A9" t="inlineStr"><is><t>第二组</t></is></c></row><row r="10"><c r="A10"><v>3</v></c><c r="D10" s="2"/></row><row r="12" hidden="1"><c r="D12" s="2"><v>1</v></c></row><row r="13"><c r="A13" t="s"><v>6</v></c><c r="D13" s="2"><f>SUM(D5:D11)</f><v>0</v></c></row></sheetData><mergeCells count="9"><mergeCell ref="A1:D1"/><mergeCell ref="B4:C4"/><mergeCell ref="A5:A6"/><mergeCell ref="B5:C6"/><mergeCell ref="D5:D6"/><mergeCell ref="B7:C8"/><mergeCell ref="D7:D8"/><mergeCell ref="A9:D9"/><mergeCell ref="B10:C11"/></mergeCells><pageSetup paperSize="9" orientation="landscape"/><drawing r:id="rId1"/></worksheet>"#;
const OTHER: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>6</v></c><c r="B1"><f>'记录表'!D13*2</f><v>0</v></c></row></sheetData></worksheet>"#;
const WORDS: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>"#;
const SHEET_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>"#;
const DRAWING: &str = r#"<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>"#;
const CHAIN: &str = r#"<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="D13" i="1"/><c r="B1" i="2"/></calcChain>"#;

type Parts = BTreeMap<String, Vec<u8>>;

fn parts() -> Parts {
    [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TOP),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", SHEET),
        ("xl/worksheets/_rels/sheet1.xml.rels", SHEET_RELATIONS),
        ("xl/worksheets/sheet2.xml", OTHER),
        ("xl/worksheets/sheet3.xml", WORDS),
        ("xl/drawings/drawing1.xml", DRAWING),
        ("xl/calcChain.xml", CHAIN),
        ("xl/media/image1.png", "\u{89}PNG no picture at all"),
        ("customXml/item1.xml", "<whatever/>"),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn form(parts: &Parts) -> Template {
    Template::open(archive::pack(parts)).expect("the form opens")
}

/// Every part of a package, unpacked.
fn unpacked(bytes: &[u8]) -> Parts {
    let package = package::Package::open(bytes.to_vec()).expect("a package");
    let part = |name: &str| {
        let part = package.part(name, &mut usize::MAX.clone());
        part.expect("a sound part").expect("a part that the directory has")
    };
    package.names().map(|name| (name.to_owned(), part(name))).collect()
}

fn place(key: &str, sheet: &str, cell: &str) -> FillPlace {
    FillPlace { key: key.to_owned(), sheet: sheet.to_owned(), cell: cell.to_owned(), last_row: None }
}

fn text(text: &str) -> SheetCell {
    SheetCell::Text(text.to_owned())
}

fn fact(key: &str, label: &str, value: SheetCell) -> SheetFact {
    SheetFact { key: key.to_owned(), label: label.to_owned(), value, wide: false }
}

fn column(key: &str, label: &str) -> SheetColumn {
    SheetColumn { key: key.to_owned(), label: label.to_owned(), weight: 1 }
}

/// A sheet of one part: a day, who led, and so many rows of names and amounts.
fn sheet(rows: usize) -> Sheet {
    let row =
        |n: usize| vec![text(&format!("党员{}", n + 1)), SheetCell::Fen(1050 + i64::try_from(n).unwrap_or(0) * 100)];
    let sum = (0..rows).map(|n| 1050 + i64::try_from(n).unwrap_or(0) * 100).sum();
    let table = SheetTable {
        key: "roll".to_owned(),
        heading: "名单".to_owned(),
        columns: vec![column("name", "姓 名"), column("amount", "金额")],
        rows: (0..rows).map(row).collect(),
        total: Some(vec![text("合计"), SheetCell::Fen(sum)]),
    };
    let facts = vec![
        fact("date", "会议日期", SheetCell::Date("2026-03-05".to_owned())),
        fact("chair", "主持人", text("某某<甲> & 乙")),
        fact("number", "编号", SheetCell::Integer(7)),
    ];
    Sheet {
        kind: "meetings".to_owned(),
        title: "2026年会议记录".to_owned(),
        office: "甲村党支部".to_owned(),
        made_on: "2026-04-01".to_owned(),
        landscape: false,
        private: false,
        left_out: 0,
        parts: vec![SheetPart { facts, tables: vec![table], ..SheetPart::default() }],
    }
}

/// What a person points at in the form made by hand.
fn pointed() -> Vec<FillPlace> {
    vec![
        place("fact/date", "记录表", "B2"),
        place("fact/chair", "记录表", "D2"),
        place("fact/number", "记录表", "B3"),
        place("column/roll/name", "记录表", "C5"),
        place("column/roll/amount", "记录表", "D6"),
    ]
}
