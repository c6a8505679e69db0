use super::*;
use crate::dto::import::ImportKind;
use crate::import::inspect;
use crate::import::layout::layout;

#[test]
fn titles_and_merged_headers_are_told_from_data() {
    let bytes = xlsx("Sheet1", |sheet| {
        title(sheet, 0, 4, "党费收缴台账");
        line(sheet, 1, &["单位：示范一村党支部", "", "", "2026年度"]);
        sheet.merge_range(2, 0, 3, 0, "姓 名", &centred()).unwrap();
        sheet.merge_range(2, 1, 3, 1, "党费\n基数", &centred()).unwrap();
        sheet.merge_range(2, 2, 2, 4, "缴纳情况", &centred()).unwrap();
        line(sheet, 3, &["", "", "1月", "2月", "3月"]);
        line(sheet, 4, &["赵甲", "4500", "45", "45", "45"]);
        line(sheet, 5, &["小 计", "", "45"]);
    });
    let workbook = super::super::read("a.xlsx", &bytes).unwrap();
    let inspection = inspect(&workbook, &BTreeMap::new(), &BTreeMap::new());
    let sheet = &inspection.sheets[0];
    assert_eq!((sheet.header_row, sheet.header_rows, sheet.rows), (3, 2, 1));
    assert_eq!(sheet.kind, Some(ImportKind::Dues));
    let columns: Vec<_> = sheet
        .columns
        .iter()
        .map(|column| format!("{} {} {}", column.letter, column.title, column.field.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        columns,
        [
            "A 姓 名 name",
            "B 党费基数 base",
            "C 缴纳情况/1月 month_01",
            "D 缴纳情况/2月 month_02",
            "E 缴纳情况/3月 month_03"
        ]
    );
    assert_eq!(sheet.columns[0].samples, ["赵甲"]);
    assert!(sheet.fields.iter().any(|field| field.code == "name" && field.required));
    assert_eq!(layout(&workbook.sheets[0], None).unwrap().year, Some(2026));
    assert_eq!(inspection.format, "xlsx");
}

#[test]
fn a_header_of_two_rows_is_found_without_merges() {
    let workbook = grid(
        "2026党费",
        &[
            &["序号", "姓名", "月应缴", "缴纳情况", "", ""],
            &["", "", "", "1月", "2月", "3月"],
            &["1", "赵甲", "0.2", "0.2", "0.2", "0.2"],
        ],
    );
    let layout = layout(&workbook.sheets[0], None).unwrap();
    assert_eq!((layout.header_row, layout.header_rows, layout.rows.len()), (0, 2, 1));
    let titles: Vec<String> = layout.columns.iter().map(|column| column.title()).collect();
    assert_eq!(titles, ["序号", "姓名", "月应缴", "缴纳情况/1月", "缴纳情况/2月", "缴纳情况/3月"]);
}

#[test]
fn each_kind_is_told_from_its_columns() {
    let cases: [(&str, &[&str], ImportKind); 6] = [
        ("Sheet1", &["姓名", "性别", "出生年月", "入党时间"], ImportKind::Roster),
        ("Sheet1", &["姓名", "党费基数", "月应缴", "1月", "2月"], ImportKind::Dues),
        ("Sheet1", &["时间", "地点", "主持人", "记录人", "议题", "应到", "实到"], ImportKind::Meetings),
        ("Sheet1", &["姓名", "2026年3月5日党员大会", "2026年3月20日支委会"], ImportKind::Meetings),
        ("Sheet1", &["时间", "地点", "户主", "走访人", "情况", "诉求"], ImportKind::Visits),
        ("党费", &["姓名", "类别", "1月", "2月", "3月"], ImportKind::Dues),
    ];
    for (name, header, kind) in cases {
        let workbook = grid(name, &[header, &["赵甲", "√", "√"]]);
        assert_eq!(layout(&workbook.sheets[0], None).and_then(|layout| layout.kind), Some(kind), "{header:?}");
    }
}

#[test]
fn totals_notes_repeated_headers_and_blank_forms_are_no_data() {
    let workbook = grid(
        "名册",
        &[
            &["序号", "姓名", "性别", "出生年月"],
            &["1", "赵甲", "男", "1980.1"],
            &["", "", "", ""],
            &["2", "", "", ""],
            &["序号", "姓名", "性别", "出生年月"],
            &["3", "钱乙", "女", "1981.1"],
            &["小计", "2人", "", ""],
            &["总 计：", "2", "", ""],
            &["注：本表一式两份", "", "", ""],
            &["填表人：赵甲", "", "审核人：钱乙", ""],
        ],
    );
    let rows: Vec<usize> = layout(&workbook.sheets[0], None).unwrap().rows.iter().map(|row| row.index + 1).collect();
    assert_eq!(rows, [2, 6]);
}

#[test]
fn a_sheet_of_unknown_words_can_be_mapped_by_hand() {
    let workbook = grid("表", &[&["甲项", "乙项"], &["赵甲", "男"]]);
    assert!(propose(&workbook.sheets[0], None, None).is_none());
    let mapping = ImportMapping {
        sheet: "表".to_owned(),
        kind: ImportKind::Roster,
        year: None,
        columns: BTreeMap::from([(0, "name".to_owned()), (1, "sex".to_owned())]),
    };
    let plan =
        super::super::plan(&Known::default(), &workbook, std::slice::from_ref(&mapping), &BTreeMap::new(), TODAY);
    assert_eq!((plan.members[0].input.name.as_str(), plan.members[0].input.sex), ("赵甲", Some(1)));
    let unmapped = ImportMapping { columns: BTreeMap::from([(1, "sex".to_owned())]), ..mapping.clone() };
    let plan = super::super::plan(&Known::default(), &workbook, &[unmapped], &BTreeMap::new(), TODAY);
    assert_eq!(at(&plan.errors), ["表 1  column_not_mapped"]);
    assert_eq!(plan.errors[0].params["field"], "name");
    let twice =
        ImportMapping { columns: BTreeMap::from([(0, "name".to_owned()), (1, "name".to_owned())]), ..mapping.clone() };
    let plan = super::super::plan(&Known::default(), &workbook, &[twice], &BTreeMap::new(), TODAY);
    assert_eq!(at(&plan.warnings)[0], "表 1  column_mapped_twice");
    let elsewhere = ImportMapping { sheet: "别处".to_owned(), ..mapping };
    let plan = super::super::plan(&Known::default(), &workbook, &[elsewhere], &BTreeMap::new(), TODAY);
    assert_eq!(plan.errors[0].code, "sheet_not_found");
}

#[test]
fn the_year_that_a_ledger_speaks_of_is_told() {
    let inspected = |name: &str| {
        let workbook = grid(name, &[&["姓名", "月应缴", "1月"], &["赵甲", "10", "10"]]);
        crate::import::inspect(&workbook, &BTreeMap::new(), &BTreeMap::new()).sheets.remove(0)
    };
    let told = inspected("2025年度党费台账");
    assert_eq!((told.year, told.form), (Some(2025), false));
    assert_eq!(inspected("党费台账").year, None);
}
