//! Pointing: what is refused, what labels propose, what a new version takes over.

use super::*;

fn refused(places: &[FillPlace]) -> (String, BTreeMap<String, String>) {
    let error = form(&parts()).map(places).expect_err("refused");
    assert_eq!(error.field.as_deref(), Some("places"));
    (error.code, error.params)
}

fn row() -> FillTemplate {
    let none = String::new;
    FillTemplate { id: none(), name: none(), kind: none(), file: none(), bytes: 0, added_on: none(), places: 0 }
}

#[test]
fn a_formula_is_never_pointed_at() {
    let (code, params) = refused(&[place("fact/date", "记录表", "D13")]);
    assert_eq!((code.as_str(), params["cell"].as_str()), ("cell_has_formula", "D13"));
    let mut down = place("column/roll/amount", "记录表", "D10");
    down.last_row = Some(13);
    let (code, params) = refused(&[down]);
    assert_eq!((code.as_str(), params["cell"].as_str()), ("cell_has_formula", "D13"), "nor reached by a column");
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let one = |key: &str, sheet: &str, cell: &str| refused(&[place(key, sheet, cell)]).0;
    assert_eq!(one("fact/", "记录表", "B2"), "fill_key_unknown");
    assert_eq!(one("column/roll", "记录表", "B2"), "fill_key_unknown");
    assert_eq!(one("title", "没有", "B2"), "fill_sheet_missing");
    assert_eq!(one("title", "记录表", "B0"), "fill_cell_unknown");
    let twice = [place("title", "记录表", "A1"), place("office", "记录表", "D1")];
    assert_eq!(refused(&twice).0, "cell_taken", "merged cells are one");
    let rows = [place("column/roll/name", "记录表", "B5"), place("column/roll/amount", "记录表", "D7")];
    let (code, params) = refused(&rows);
    assert_eq!((code.as_str(), params["row"].as_str()), ("fill_rows_differ", "5"));
    let mut above = place("column/roll/name", "记录表", "B7");
    above.last_row = Some(5);
    assert_eq!(refused(&[above]).0, "fill_no_room");
    let many = vec![place("title", "记录表", "A1"); 401];
    assert_eq!(refused(&many).0, "too_many");
    assert_eq!(
        form(&parts()).fill(&[], &sheet(1), "表", "xlsx").err().map(|error| error.code).as_deref(),
        Some("fill_not_mapped")
    );
}

#[test]
fn labels_propose_the_cell_beside_or_below_them() {
    let fields = fields(&sheet(2));
    let keys: Vec<&str> = fields.iter().filter(|field| field.group != "head").map(|field| field.key.as_str()).collect();
    assert_eq!(
        keys,
        ["fact/date", "fact/chair", "fact/number", "column/roll/name", "column/roll/amount", "total/roll/amount"]
    );
    let grid = form(&parts()).grid(row(), None, vec![place("fact/number", "记录表", "B3")], fields.clone()).unwrap();
    let proposed: Vec<(&str, &str)> =
        grid.suggestions.iter().map(|place| (place.key.as_str(), place.cell.as_str())).collect();
    // Beside 主持人 stands an example, so nothing is proposed for it; what was pointed at already is not proposed again.
    assert_eq!(proposed, [("fact/date", "B2"), ("column/roll/name", "B5"), ("column/roll/amount", "D5")]);
    let office = Template::open(OF_OFFICE.to_vec()).unwrap();
    let grid = office.grid(row(), None, Vec::new(), fields).unwrap();
    assert_eq!(grid.suggestions.len(), 1, "{:?}", grid.suggestions);
    assert_eq!((grid.suggestions[0].key.as_str(), grid.suggestions[0].cell.as_str()), ("column/roll/name", "B4"));
}

#[test]
fn a_unit_in_brackets_hides_no_label_unless_two_fields_differ_by_it() {
    let proposed = |labels: [&str; 2]| {
        let mut fields = fields(&sheet(2));
        let columns = fields.iter_mut().filter(|field| field.group == "column");
        for (field, label) in columns.zip(labels) {
            field.label = label.to_owned();
        }
        let grid = form(&parts()).grid(row(), None, Vec::new(), fields).unwrap();
        let columns = grid.suggestions.into_iter().filter(|place| place.key.starts_with("column/"));
        columns.map(|place| (place.key, place.cell)).collect::<Vec<_>>()
    };
    let found = [("column/roll/name".to_owned(), "B5".to_owned()), ("column/roll/amount".to_owned(), "D5".to_owned())];
    assert_eq!(proposed(["姓名", "金额(元)"]), found);
    assert_eq!(proposed(["姓名（全称）", "金额（元）"]), found, "wide brackets too");
    assert_eq!(proposed(["金额(元)", "金额(人)"]), [], "a person says which");
}

#[test]
fn the_grid_shows_words_formulas_merges_and_what_is_printed() {
    let grid = form(&parts()).grid(row(), None, Vec::new(), Vec::new()).unwrap();
    assert_eq!((grid.sheet.as_str(), grid.sheets.len(), grid.cut), ("记录表", 3, false));
    assert_eq!(grid.print_area.as_deref(), Some("A1:D14"));
    assert_eq!(grid.hidden_rows, [12]);
    assert_eq!((grid.rows, grid.widths.len()), (16, 5));
    let cell = |row: u32, column: u32| grid.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
    let title = cell(1, 1).unwrap();
    assert_eq!((title.text.as_str(), title.rows, title.columns), ("会议记录表", 1, 4));
    assert_eq!(cell(2, 1).unwrap().text, "会议日期", "rich text is one text");
    assert_eq!((cell(13, 4).unwrap().text.as_str(), cell(13, 4).unwrap().formula), ("=SUM(D5:D11)", true));
    assert_eq!((cell(5, 2).unwrap().rows, cell(5, 2).unwrap().columns), (2, 2), "merged cells without words too");
    assert_eq!(
        form(&parts()).grid(row(), Some("无"), vec![], vec![]).err().map(|e| e.code).as_deref(),
        Some("fill_sheet_missing")
    );
}

#[test]
fn a_new_version_takes_over_what_stands_in_the_same_cells_and_tells_the_rest() {
    let old = form(&parts());
    let mut places = pointed();
    places.push(place("office", "统计", "D1"));
    let places = old.map(&places).unwrap().places;
    let mut next = parts();
    // 主持人 became another label, a row of the table went, and a sheet has another name.
    next.insert("xl/sharedStrings.xml".to_owned(), STRINGS.replace("主持人:", "记录人:").into_bytes());
    next.insert("xl/workbook.xml".to_owned(), WORKBOOK.replace("name=\"统计\"", "name=\"统计表\"").into_bytes());
    let (kept, lost) = form(&next).carry(&old, &places);
    let keys: Vec<&str> = kept.iter().map(|place| place.key.as_str()).collect();
    assert_eq!(keys, ["fact/date", "fact/number", "column/roll/name", "column/roll/amount"]);
    let told: Vec<(&str, &str)> = lost.iter().map(|note| (note.key.as_str(), note.code.as_str())).collect();
    assert_eq!(told, [("fact/chair", "cell_differs"), ("office", "sheet_gone")]);
    // With a formula where a row went, the column ends above it.
    let shorter = SHEET.replace(r#"<c r="D7" s="2"/>"#, r#"<c r="D7" s="2"><f>SUM(D5)</f></c>"#);
    next.insert("xl/worksheets/sheet1.xml".to_owned(), shorter.into_bytes());
    let (kept, _) = form(&next).carry(&old, &places);
    let last: Vec<Option<u32>> = kept.iter().map(|place| place.last_row).collect();
    assert_eq!(form(&next).map(&kept).unwrap().places.last().and_then(|place| place.last_row), Some(5), "{last:?}");
}
