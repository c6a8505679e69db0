//! What is not written stays as it was.

use super::*;

/// The same with the lines below the heading, as a person says.
fn further() -> Vec<FillPlace> {
    let mut places = pointed();
    for place in places.iter_mut().filter(|place| place.key.starts_with("column/")) {
        place.last_row = Some(12);
    }
    places
}

fn filled(form: &Template, places: &[FillPlace], sheet: &Sheet) -> Vec<Filled> {
    let places = form.map(places).unwrap().places;
    form.fill(&places, sheet, "记录表-2026", "xlsx").unwrap()
}

#[test]
fn every_part_but_written_sheets_and_the_flag_keeps_its_bytes() {
    let before = parts();
    let out = filled(&form(&before), &further(), &sheet(3));
    assert_eq!(out.len(), 1);
    assert_eq!(out[0].name, "记录表-2026.xlsx");
    let after = unpacked(&out[0].bytes);
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    let changed: Vec<&str> =
        before.iter().filter(|(name, part)| after[*name] != **part).map(|(name, _)| name.as_str()).collect();
    assert_eq!(changed, ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]);
    let text = |name: &str| String::from_utf8(after[name].clone()).unwrap();
    assert_eq!(
        text("xl/workbook.xml"),
        WORKBOOK.replace("<calcPr calcId=\"191029\"/>", "<calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/>")
    );
    // Only the result of the formula goes.
    assert_eq!(text("xl/worksheets/sheet2.xml"), OTHER.replace("</f><v>0</v>", "</f>"));
}

#[test]
fn cells_that_nothing_is_written_into_keep_their_bytes() {
    let out = filled(&form(&parts()), &further(), &sheet(3));
    let after = String::from_utf8(unpacked(&out[0].bytes)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    let inline = |text: &str| format!(r#" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#);
    let expected = SHEET
        .replace(r#"<c r="B2" s="1"/>"#, r#"<c r="B2" s="1"><v>46086</v></c>"#)
        .replace(r#"<c r="D2"><v>99</v></c>"#, &format!(r#"<c r="D2"{}"#, inline("某某&lt;甲&gt; &amp; 乙")))
        .replace(r#"<c r="B3" s="3"/>"#, &format!(r#"<c r="B3" s="3"{}"#, inline("7")))
        .replace(r#"<c r="B5"/>"#, &format!(r#"<c r="B5"{}"#, inline("党员1")))
        .replace(r#"<c r="D5" s="2"/>"#, r#"<c r="D5" s="2"><v>10.50</v></c>"#)
        .replace(r#"<c r="B7"/>"#, &format!(r#"<c r="B7"{}"#, inline("党员2")))
        .replace(r#"<c r="D7" s="2"/>"#, r#"<c r="D7" s="2"><v>11.50</v></c>"#)
        .replace(r#"<c r="D10" s="2"/>"#, &format!(r#"<c r="B10"{}<c r="D10" s="2"><v>12.50</v></c>"#, inline("党员3")))
        .replace("</f><v>0</v>", "</f>");
    assert_eq!(after, expected);
}

#[test]
fn a_workbook_without_formulas_changes_in_one_part_alone() {
    let mut before = parts();
    let plain = SHEET.replace("<f>SUM(D5:D11)</f>", "");
    before.insert("xl/worksheets/sheet1.xml".to_owned(), plain.into_bytes());
    before.insert("xl/worksheets/sheet2.xml".to_owned(), WORDS.as_bytes().to_vec());
    let out = filled(&form(&before), &[place("title", "记录表", "A1")], &sheet(0));
    let after = unpacked(&out[0].bytes);
    let changed: Vec<&str> =
        before.iter().filter(|(name, part)| after[*name] != **part).map(|(name, _)| name.as_str()).collect();
    assert_eq!(changed, ["xl/worksheets/sheet1.xml"]);
}

#[test]
fn the_flag_is_put_where_it_belongs_when_the_workbook_has_none() {
    let mut before = parts();
    let without = WORKBOOK.replace("<calcPr calcId=\"191029\"/>", "<oleSize ref=\"A1\"/>");
    before.insert("xl/workbook.xml".to_owned(), without.clone().into_bytes());
    let out = filled(&form(&before), &pointed(), &sheet(1));
    let after = String::from_utf8(unpacked(&out[0].bytes)["xl/workbook.xml"].clone()).unwrap();
    assert_eq!(after, without.replace("<oleSize", "<calcPr fullCalcOnLoad=\"1\"/><oleSize"));
}

#[test]
fn what_was_filled_can_be_filled_again_and_gives_the_same() {
    let first = form(&parts());
    let places = first.map(&further()).unwrap().places;
    let once = first.fill(&places, &sheet(3), "a", "xlsx").unwrap();
    let again = Template::open(once[0].bytes.clone()).unwrap();
    assert_eq!(again.fill(&places, &sheet(3), "a", "xlsx").unwrap()[0].bytes, once[0].bytes);
    // Cells of rows that are fewer now are emptied.
    let fewer = again.fill(&places, &sheet(1), "a", "xlsx").unwrap();
    let part = String::from_utf8(unpacked(&fewer[0].bytes)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert!(part.contains(r#"<c r="B7"/>"#) && part.contains(r#"<c r="D10" s="2"/>"#), "{part}");
}
