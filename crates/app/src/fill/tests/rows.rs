//! Rows go down as the form has room, and on in further workbooks.

use super::*;

#[test]
fn rows_follow_merged_lines_and_leave_headings_and_hidden_rows_out() {
    let mapped = form(&parts()).map(&pointed()).unwrap();
    // The first cell of merged ones, and as far as the form has room by itself: a heading ends it.
    let cells: Vec<(&str, Option<u32>)> =
        mapped.places.iter().map(|place| (place.cell.as_str(), place.last_row)).collect();
    assert_eq!(cells, [("B2", None), ("D2", None), ("B3", None), ("B5", Some(7)), ("D5", Some(7))]);
    assert_eq!(mapped.notes.len(), 1, "an example that would be replaced is told");
    assert_eq!((mapped.notes[0].code.as_str(), mapped.notes[0].cell.as_str()), ("cell_has_text", "D2"));
}

#[test]
fn further_rows_go_into_further_workbooks_and_are_told_before() {
    let form = form(&parts());
    let mut places = pointed();
    for place in places.iter_mut().filter(|place| place.key.starts_with("column/")) {
        place.last_row = Some(12);
    }
    places.push(place("total/roll/amount", "统计", "C1"));
    places.push(place("copy", "统计", "C2"));
    let places = form.map(&places).unwrap().places;
    let sheet = sheet(7);
    let preview = form.preview(&places, &sheet, "表", "xlsx", 2).unwrap();
    assert_eq!(preview.files, ["表.xlsx", "表-2.xlsx", "表-3.xlsx"]);
    assert_eq!(preview.tables.len(), 1);
    assert_eq!((preview.tables[0].rows, preview.tables[0].room), (7, 3));
    let value = |cell: &str, sheet: &str| {
        preview.values.iter().find(|value| value.cell == cell && value.sheet == sheet).map(|value| value.text.as_str())
    };
    assert_eq!(value("B5", "记录表"), Some("党员7"));
    assert_eq!(value("B7", "记录表"), Some(""));
    assert_eq!(value("B2", "记录表"), Some("2026-03-05"));
    assert_eq!(value("C1", "统计"), Some("94.50"), "the sum stands on the last workbook");
    assert_eq!(value("C2", "统计"), Some("3/3"));
    let first = form.preview(&places, &sheet, "表", "xlsx", 0).unwrap();
    assert!(first.values.iter().any(|value| value.cell == "C1" && value.text.is_empty()));
    let made = form.fill(&places, &sheet, "表", "xlsx").unwrap();
    assert_eq!(made.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["表.xlsx", "表-2.xlsx", "表-3.xlsx"]);
}

#[test]
fn each_part_is_a_workbook_of_its_own() {
    let form = form(&parts());
    let places = form.map(&pointed()).unwrap().places;
    let mut many = sheet(1);
    many.parts = (1..=10).flat_map(|n| sheet(if n == 2 { 3 } else { 1 }).parts).collect();
    let names = form.preview(&places, &many, "表", "xlsx", 0).unwrap().files;
    assert_eq!(names.len(), 11);
    assert_eq!(names[..4], ["表-01.xlsx", "表-02.xlsx", "表-02-2.xlsx", "表-03.xlsx"]);
    many.parts.clear();
    assert_eq!(form.fill(&places, &many, "表", "xlsx").err().map(|error| error.code).as_deref(), Some("fill_nothing"));
}

#[test]
fn the_form_of_an_office_program_ends_above_its_sums() {
    let form = Template::open(OF_OFFICE.to_vec()).unwrap();
    let name = "收缴登记表";
    let mapped = form.map(&[place("column/roll/name", name, "B4"), place("column/roll/amount", name, "D4")]).unwrap();
    assert!(mapped.places.iter().all(|place| place.last_row == Some(6)), "{:?}", mapped.places);
    assert!(mapped.notes.is_empty());
}
