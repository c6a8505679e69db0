use super::*;
use crate::dto::import::ImportKind;
use crate::import::{RememberedMapping, header_fingerprint, inspect, remember};

fn ledger(year: &str, months: &[&str]) -> Workbook {
    let title = format!("{year}年党费台账");
    let mut header = vec!["党员", "档次", "月数"];
    header.extend(months);
    let mut row = vec!["赵甲", "农民", "0.20"];
    row.extend(months.iter().map(|_| "0.20"));
    grid("党费", &[&[title.as_str()], &header, &row])
}

#[test]
fn columns_mapped_once_are_found_next_year() {
    let first = ledger("2025", &["2025年1月", "2025年2月"]);
    let sheet = &first.sheets[0];
    let mut mapping = propose(sheet, None, None).unwrap();
    mapping.columns.insert(1, "class".to_owned());
    mapping.columns.insert(2, "monthly".to_owned());
    let memory = remember(sheet, &mapping);
    let json = serde_json::to_string(&memory).unwrap();
    let memory: RememberedMapping = serde_json::from_str(&json).unwrap();

    let next = ledger("2026", &["2026年1月", "2026年2月"]);
    assert_eq!(header_fingerprint(sheet), header_fingerprint(&next.sheets[0]), "the form is the same");
    let again = propose(&next.sheets[0], None, Some(&memory)).unwrap();
    assert_eq!((again.columns[&1].as_str(), again.columns[&2].as_str()), ("class", "monthly"));
    assert_eq!((again.columns[&3].as_str(), again.year), ("month_01", Some(2026)));

    let store = BTreeMap::from([(header_fingerprint(sheet), memory)]);
    let inspection = inspect(&next, &store, &BTreeMap::new());
    assert!(inspection.sheets[0].remembered);
    assert_eq!(inspection.sheets[0].columns[2].field.as_deref(), Some("monthly"));
}

#[test]
fn a_column_left_out_stays_left_out() {
    let workbook = ledger("2026", &["1月", "2月"]);
    let sheet = &workbook.sheets[0];
    let mut mapping = propose(sheet, None, None).unwrap();
    mapping.columns.remove(&3);
    let again = propose(sheet, None, Some(&remember(sheet, &mapping))).unwrap();
    assert!(!again.columns.contains_key(&3));
    assert!(again.columns.contains_key(&4));
}

#[test]
fn the_fingerprint_of_a_roll_call_does_not_hang_on_its_members() {
    let form = |names: [&'static str; 2]| {
        let mut header = vec!["时间", "地点", "主持人", "议题"];
        header.extend(names);
        let rows = [header, vec!["2026.3.5", "村部", "赵甲", "学习党课", "√", "×"]];
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        header_fingerprint(&grid("会议", &rows).sheets[0])
    };
    assert_eq!(form(["赵甲", "钱乙二"]), form(["孙丙三", "李丁四"]));
    assert_ne!(form(["赵甲", "钱乙二"]), header_fingerprint(&ledger("2026", &["1月"]).sheets[0]));
}

#[test]
fn a_memory_does_not_name_members() {
    let workbook =
        grid("会议", &[&["时间", "地点", "主持人", "议题", "赵甲"], &["2026.3.5", "村部", "赵甲", "学习党课", "√"]]);
    let sheet = &workbook.sheets[0];
    let memory = remember(sheet, &propose(sheet, None, None).unwrap());
    assert!(!memory.fields.keys().any(|title| title.contains("赵甲")));
}

#[test]
fn a_kind_that_is_said_gets_its_own_columns() {
    let workbook = grid("表", &[&["姓名", "日期", "入党时间", "3月"], &["张甲一", "2026-03-05", "2008-07", "5"]]);
    let fields = |kind: ImportKind, remembered: &BTreeMap<String, RememberedMapping>| {
        let kinds = BTreeMap::from([("表".to_owned(), kind)]);
        let found = inspect(&workbook, remembered, &kinds).sheets.remove(0);
        assert_eq!(found.kind, Some(kind));
        let mapped: Vec<Option<String>> = found.columns.into_iter().map(|column| column.field).collect();
        (mapped, found.fields, found.remembered)
    };
    let none = BTreeMap::new();
    let some = |code: &str| Some(code.to_owned());
    let (roster, roster_fields, _) = fields(ImportKind::Roster, &none);
    assert_eq!((&roster[0], &roster[2], &roster[3]), (&some("name"), &some("joined"), &None));
    assert!(roster_fields.iter().any(|field| field.code == "name" && field.required));
    let (dues, dues_fields, _) = fields(ImportKind::Dues, &none);
    assert_eq!((&dues[0], &dues[2], &dues[3]), (&some("name"), &None, &some("month_03")));
    assert!(dues_fields.iter().any(|field| field.code == "month_12"));
    let (visits, visit_fields, _) = fields(ImportKind::Visits, &none);
    assert_eq!((&visits[1], &visits[3]), (&some("date"), &None));
    assert!(visit_fields.iter().any(|field| field.code == "date" && field.required));

    let mut mapping = propose(&workbook.sheets[0], Some(ImportKind::Dues), None).unwrap();
    mapping.columns.remove(&3);
    let memory = remember(&workbook.sheets[0], &mapping);
    let kept = BTreeMap::from([(header_fingerprint(&workbook.sheets[0]), memory)]);
    let (dues, _, remembered) = fields(ImportKind::Dues, &kept);
    assert_eq!((&dues[3], remembered), (&None, true), "what was left out last time stays out");
    let (roster, _, remembered) = fields(ImportKind::Roster, &kept);
    assert_eq!((&roster[2], remembered), (&some("joined"), false), "what is remembered for another kind is left aside");
}
