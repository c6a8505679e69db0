//! Bytes of others: refused with a code, within bounds, without a panic.

use super::*;

fn refusal(parts: &Parts) -> String {
    Template::open(archive::pack(parts)).err().map(|error| error.code).unwrap_or_default()
}

fn with(name: &str, text: &str) -> Parts {
    let mut parts = parts();
    parts.insert(name.to_owned(), text.as_bytes().to_vec());
    parts
}

#[test]
fn files_that_are_no_forms_are_refused() {
    let code = |bytes: &[u8]| Template::open(bytes.to_vec()).err().map(|error| error.code).unwrap_or_default();
    assert_eq!(code(b""), "template_not_xlsx");
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "template_not_xlsx");
    assert_eq!(code(b"PK\x03\x04"), "template_damaged");
    assert_eq!(code(&vec![b'P'; limits::FILE_BYTES + 1]), "template_too_large");
    let mut none = parts();
    none.remove("xl/workbook.xml");
    assert_eq!(refusal(&none), "template_not_xlsx");
    assert_eq!(refusal(&Parts::new()), "template_not_xlsx");
}

#[test]
fn sheets_that_programs_would_read_differently_are_refused() {
    let sheet =
        |data: &str| with("xl/worksheets/sheet3.xml", &format!("<worksheet><sheetData>{data}</sheetData></worksheet>"));
    for data in [
        r#"<row r="2"/><row r="1"/>"#,
        r#"<row r="2"/><row r="2"/>"#,
        r#"<row r="1"><c r="B1"/><c r="A1"/></row>"#,
        r#"<row r="1"><c r="A2"/></row>"#,
        r#"<row r="1"><c r="A0"/></row>"#,
        r#"<row r="1048577"/>"#,
        r#"<row r="1"><c r="A1"><v>&unknown;</v></c></row>"#,
        r#"<row r="1"><c r="A1"></row>"#,
    ] {
        assert_eq!(refusal(&sheet(data)), "template_damaged", "{data}");
    }
    assert_eq!(refusal(&with("xl/worksheets/sheet3.xml", "<worksheet/>")), "template_damaged");
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\">]><worksheet><sheetData/></worksheet>";
    assert_eq!(refusal(&with("xl/worksheets/sheet3.xml", entities)), "template_damaged");
    let deep = format!("<worksheet><sheetData/>{}{}</worksheet>", "<a>".repeat(1000), "</a>".repeat(1000));
    assert_eq!(refusal(&with("xl/worksheets/sheet3.xml", &deep)), "template_damaged");
}

#[test]
fn more_than_a_form_can_have_is_refused() {
    let sheets: String = (0..70).map(|n| format!(r#"<sheet name="{n}" sheetId="{n}" r:id="rId1"/>"#)).collect();
    let many = format!(r#"<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>"#);
    assert_eq!(refusal(&with("xl/workbook.xml", &many)), "template_too_large");
    let rows = "<row/>".repeat(limits::ROWS + 1);
    let long = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    assert_eq!(refusal(&with("xl/worksheets/sheet3.xml", &long)), "template_too_large");
    let merges = "<mergeCell ref=\"A1:B2\"/>".repeat(limits::MERGES + 1);
    let merged = format!("<worksheet><sheetData/><mergeCells>{merges}</mergeCells></worksheet>");
    assert_eq!(refusal(&with("xl/worksheets/sheet3.xml", &merged)), "template_too_large");
}

#[test]
fn packages_that_lie_are_refused() {
    let honest = archive::pack(&parts());
    let find = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).position(|window| window == mark).unwrap();
    // A part that says it is small and is not, packed.
    let bomb = vec![b' '; 3 * 1024 * 1024];
    let mut big = parts();
    big.insert("xl/worksheets/sheet3.xml".to_owned(), bomb);
    let template = package::Package::open(archive::pack(&big)).unwrap();
    let mut packed =
        template.write(&BTreeMap::from([("xl/worksheets/sheet3.xml".to_owned(), vec![b' '; 3 << 20])])).unwrap();
    let entry = find(&packed, b"PK\x01\x02");
    let at = packed[entry..].windows(24).position(|window| window == b"xl/worksheets/sheet3.xml").unwrap() + entry - 46;
    packed[at + 24..at + 28].copy_from_slice(&100u32.to_le_bytes());
    assert_eq!(Template::open(packed).err().map(|error| error.code).as_deref(), Some("template_damaged"));
    // One part under two names that differ in their case.
    let mut twice = parts();
    twice.insert("XL/Workbook.xml".to_owned(), WORKBOOK.as_bytes().to_vec());
    assert_eq!(refusal(&twice), "template_damaged");
    // Under a password.
    let mut locked = honest.clone();
    let entry = find(&locked, b"PK\x01\x02");
    locked[entry + 8] |= 1;
    assert_eq!(Template::open(locked).err().map(|error| error.code).as_deref(), Some("template_protected"));
    // Cut off anywhere.
    for cut in (0..honest.len()).step_by(97) {
        assert!(Template::open(honest[..cut].to_vec()).is_err());
    }
}

#[test]
fn any_byte_may_be_another() {
    for seed in [archive::pack(&parts()), OF_OFFICE.to_vec()] {
        assert!(try_template(&seed).is_ok());
        for at in (0..seed.len()).step_by(13) {
            let mut bytes = seed.clone();
            bytes[at] ^= 0x15;
            // Whatever comes of it, nothing panics.
            let _ = try_template(&bytes);
        }
    }
}

#[test]
fn what_refers_outside_the_package_is_not_followed() {
    let away = RELATIONS.replace("worksheets/sheet3.xml", "../../../../etc/passwd");
    assert_eq!(refusal(&with("xl/_rels/workbook.xml.rels", &away)), "template_damaged", "no such part");
}

#[test]
fn a_form_full_of_labels_is_tried_so_often_and_no_more() {
    // Each label fits by itself and none fits with what was pointed at elsewhere.
    let label = |row: usize| format!(r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>姓名</t></is></c></row>"#);
    let rows: String =
        (0..20_000).map(|n| label(2 * n + 1) + &format!(r#"<row r="{0}"><c r="A{0}"/></row>"#, 2 * n + 2)).collect();
    let grid = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let template = form(&with("xl/worksheets/sheet3.xml", &grid));
    let (wanted, places) = (fields(&sheet(2)), [place("column/roll/amount", "统计", "D3")]);
    let (proposed, tries) = suggest::proposed(&template.0, &wanted, &places);
    assert!(proposed.iter().all(|place| place.key != "column/roll/name"), "{proposed:?}");
    assert!((limits::LABELS_OF_FIELD..=limits::LABELS_OF_FIELD * wanted.len()).contains(&tries), "{tries}");
}

#[test]
fn a_formula_fills_a_whole_column_and_thousands_over_each_other_are_refused() {
    let filled =
        |row: usize, area: &str| format!(r#"<row r="{row}"><c r="A{row}"><f t="array" ref="{area}">1</f></c></row>"#);
    let sheet =
        |rows: &str| with("xl/worksheets/sheet3.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    let tall = form(&sheet(&(filled(2, "A2:A1048576") + &filled(3, "C3:D5"))));
    let at = |cell: &str| tall.0.sheet("说明").unwrap().at.has_formula(place::Place::read(cell).unwrap());
    let told = ["A1", "A2", "A70000", "A1048576", "B3", "C2", "C3", "D5", "D6"].map(at);
    assert_eq!(told, [false, true, true, true, false, false, true, true, false]);
    let over: String = (1..2_000).map(|row| filled(row, &format!("A{row}:B4000"))).collect();
    assert_eq!(refusal(&sheet(&over)), "template_too_large");
}
