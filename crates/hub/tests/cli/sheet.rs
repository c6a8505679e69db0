//! Sheets out of the books, as text and as a workbook.

use crate::machine::Machine;

#[test]
fn a_sheet_is_listed_printed_and_written_once() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    for name in ["赵甲一", "钱乙二"] {
        let member = serde_json::json!({"name": name, "kind": "full", "joined": "2001-07"}).to_string();
        machine.ybz("village", &["rpc", "member.save", &member]).done();
    }
    let meeting = r#"{"date": "2026-03-05", "kinds": ["members_meeting"], "topic": "学习文件", "chair": "赵甲一", "confirmDate": true}"#;
    machine.ybz("village", &["rpc", "meeting.save", meeting]).done();

    let listed = machine.ybz("village", &["sheet"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.out.contains("meetings\t三会一课记录本\t--year --month --record (session)\n"), "{}", listed.out);
    let printed = machine.ybz("village", &["sheet", "meetings", "--year", "2026", "--month", "1-3"]);
    assert!(printed.out.starts_with("2026年1—3月三会一课记录本\n单位:李家沟村党支部"), "{}", printed.out);
    let said = |label: &str| {
        printed
            .out
            .lines()
            .find_map(|line| line.strip_prefix(label)?.strip_prefix(' '))
            .map(|value| value.trim().to_owned())
    };
    assert_eq!((said("应到"), said("未确认人员")), (Some("2".to_owned()), Some("钱乙二、赵甲一".to_owned())));
    let model = machine.ybz("village", &["sheet", "meetings", "--year", "2026", "--json"]).done();
    assert_eq!(model["parts"][0]["heading"], "支部党员大会");

    let file = machine.path("book.xlsx");
    let file = file.to_str().unwrap();
    let done = machine.ybz("village", &["sheet", "meetings", "--year", "2026", "--xlsx", file, "--json"]).done();
    assert_eq!(std::fs::metadata(file).unwrap().len(), done["bytes"].as_u64().unwrap());
    assert_eq!(&std::fs::read(file).unwrap()[..2], b"PK");
    let again = machine.ybz("village", &["sheet", "meetings", "--xlsx", file, "--json"]);
    assert_eq!((again.code, again.json()["err"]["code"].as_str()), (1, Some("file_exists")));
    let odd = machine.ybz("village", &["sheet", "grades", "--json"]);
    assert_eq!(odd.json()["err"]["code"], "sheet_unknown");
    assert_eq!(machine.ybz("village", &["sheet", "meetings", "--month", "4-3"]).code, 2);
    let log = machine.ybz("village", &["log", "list", "--limit", "5", "--json"]).done();
    assert_eq!(log["rows"][0]["code"], "sheet_exported");
}
