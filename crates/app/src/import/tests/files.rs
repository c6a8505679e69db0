use super::*;
use crate::import::archive::pack;
use crate::import::read;
use crate::import::sheet::Format;

fn code(name: &str, bytes: &[u8]) -> &'static str {
    let error = read(name, bytes).expect_err(name);
    assert!(error.params.contains_key("todo"), "{error:?} says what to do");
    error.code
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="名册">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    pack(&BTreeMap::from([
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("META-INF/manifest.xml".to_owned(), manifest.as_bytes().to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
    ]))
}

/// A small sound `.ods`.
pub(super) fn sample_ods() -> Vec<u8> {
    ods(&[ods_row(&["姓名", "性别", "出生年月"]), ods_row(&["赵甲", "男", "1980.5"])].concat())
}

fn ods_row(texts: &[&str]) -> String {
    let cells: String = texts
        .iter()
        .map(|text| {
            format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
        })
        .collect();
    format!(r#"<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16380"/></table:table-row>"#)
}

#[test]
fn an_open_document_sheet_is_read() {
    let blank = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let date = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>钱乙二</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>女</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="1985-06-01"><text:p>1985年6月</text:p></table:table-cell></table:table-row>"#;
    let tail = r#"<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let rows = [
        ods_row(&["姓名", "性别", "出生年月"]),
        blank.to_owned(),
        ods_row(&["赵 甲", "男", "2026.13"]),
        date.to_owned(),
        tail.to_owned(),
    ]
    .concat();
    let workbook = read("名册.ods", &ods(&rows)).unwrap();
    assert_eq!(workbook.format, Format::Ods);
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(at(&plan.errors), ["名册 4 C 出生年月 month_out_of_range"]);
    assert_eq!(plan.members[0].input.birth_month, "1985-06");
}

#[test]
fn cells_repeated_without_end_are_refused() {
    let wide = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(code("a.ods", &ods(wide)), "too_many_cells");
    let many = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>"#.repeat(300);
    assert_eq!(code("a.ods", &ods(&many)), "too_many_cells");
}

#[test]
fn an_old_excel_sheet_is_read() {
    let workbook = read("名册.xls", include_bytes!("roster.xls")).unwrap();
    assert_eq!(workbook.format, Format::Xls);
    assert!(!workbook.sheets[0].merges.is_empty());
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(at(&plan.errors), ["党员名册 6 D 入党时间 month_out_of_range"]);
    let names: Vec<_> = plan.members.iter().map(|member| member.input.name.as_str()).collect();
    assert_eq!(names, ["赵甲一", "钱乙二"]);
    assert_eq!(plan.members[1].input.joined, "2005-07-01", "a date cell is a date");
    assert_second_time_changes_nothing(&Known::default(), &plan, &workbook);
}

#[test]
fn what_is_no_sheet_is_refused_with_a_word() {
    assert_eq!(code("a.xlsx", b""), "file_empty");
    assert_eq!(code("a.xlsx", b"hello"), "file_damaged");
    assert_eq!(code("a.xls", b"hello"), "file_damaged");
    assert_eq!(code("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more"), "file_damaged");
    assert_eq!(code("a.xls", b"<html><table><tr><td>x</td></tr></table></html>"), "format_not_read");
    assert_eq!(code("a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00"), "format_not_read");
    assert_eq!(code("a.pdf", b"%PDF-1.7"), "file_not_a_sheet");
    assert_eq!(code("a.csv", b"\x01\x00\x02\x00"), "file_not_a_sheet");
    assert_eq!(code("a.csv", b" , ,\n"), "no_rows");
    assert_eq!(code("a.xlsx", &vec![b'P'; 21 * 1024 * 1024]), "file_too_large");
    let word =
        pack(&BTreeMap::from([("_rels/.rels".to_owned(), Vec::new()), ("word/document.xml".to_owned(), Vec::new())]));
    assert_eq!(code("a.docx", &word), "file_not_a_sheet");
    let binary = pack(&BTreeMap::from([("xl/workbook.bin".to_owned(), Vec::new())]));
    assert_eq!(code("a.xlsb", &binary), "format_not_read");
}

#[test]
fn the_content_counts_and_not_the_ending() {
    let bytes = xlsx("名册", |sheet| line(sheet, 0, &["姓名", "性别"]));
    assert_eq!(read("名册.xls", &bytes).unwrap().format, Format::Xlsx);
    assert_eq!(read("名册", &bytes).unwrap().format, Format::Xlsx);
}

#[test]
fn hidden_sheets_and_blank_sheets_are_left_out() {
    let mut writer = Writer::new();
    writer.add_worksheet().set_name("名册").unwrap().write_string(0, 0, "姓名").unwrap();
    writer.add_worksheet().set_name("字典").unwrap().set_hidden(true).write_string(0, 0, "男").unwrap();
    writer.add_worksheet().set_name("空").unwrap();
    let workbook = read("a.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    let names: Vec<_> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["名册"]);
}

#[test]
fn a_cell_far_away_is_refused_instead_of_filling_the_memory() {
    let far = |row, column| {
        xlsx("表", |sheet| {
            sheet.write_string(0, 0, "姓名").unwrap();
            sheet.write_string(row, column, "x").unwrap();
        })
    };
    assert_eq!(code("a.xlsx", &far(1_048_575, 0)), "too_many_rows");
    assert_eq!(code("a.xlsx", &far(1, 16_383)), "too_many_columns");
}

#[test]
fn garbled_text_in_a_workbook_is_refused_with_its_place() {
    let bytes = xlsx("名册", |sheet| {
        line(sheet, 0, &["姓名", "性别"]);
        line(sheet, 1, &["锟斤拷锟斤拷", "男"]);
    });
    let error = read("a.xlsx", &bytes).unwrap_err();
    assert_eq!(
        (error.code, error.params["sheet"].as_str(), error.params["row"].as_str()),
        ("garbled_text", "名册", "2")
    );
}
