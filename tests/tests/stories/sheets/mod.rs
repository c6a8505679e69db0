//! 打印导出: each kind of sheet out of one branch's books, compared with what is kept here, as values and as a workbook.

mod shown;
mod village;

use scenarios::Device;
use serde_json::{Value, json};

use shown::{cells, kept, open};
use village::{Village, village};

const KINDS: [&str; 9] = [
    "meetings",
    "dues_ledger",
    "dues_notice",
    "board",
    "visits",
    "visit_ledger",
    "rectification",
    "checklist",
    "handover",
];

async fn sheet(device: &Device, kind: &str, more: Value) -> Value {
    let mut input = json!({"kind": kind, "year": 2026});
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    device.ok("sheet.get", input).await
}

/// A value of a row by the key of its column.
fn value<'a>(sheet: &'a Value, part: usize, row: usize, key: &str) -> &'a Value {
    let table = &sheet["parts"][part]["tables"][0];
    let column = table["columns"].as_array().unwrap().iter().position(|column| column["key"] == key).unwrap();
    &table["rows"][row][column]["value"]
}

fn total<'a>(sheet: &'a Value, key: &str) -> &'a Value {
    let table = &sheet["parts"][0]["tables"][0];
    let column = table["columns"].as_array().unwrap().iter().position(|column| column["key"] == key).unwrap();
    &table["total"][column]["value"]
}

fn fact<'a>(sheet: &'a Value, part: usize, key: &str) -> &'a Value {
    let facts = sheet["parts"][part]["facts"].as_array().unwrap();
    &facts.iter().find(|fact| fact["key"] == key).unwrap()["value"]["value"]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_is_as_it_is_kept_here_on_screen_and_in_the_workbook() {
    let Village { village, .. } = village().await;
    for kind in KINDS {
        let found = sheet(&village, kind, json!({})).await;
        kept(&format!("{kind}.json"), &shown::json(&found));
        let file = village.ok("sheet.export", json!({"kind": kind, "year": 2026})).await;
        let name = file["name"].as_str().unwrap().to_owned();
        assert!(name.ends_with("-示范一村-2026-03-20.xlsx"), "{name}");
        let mut book = open(&file);
        kept(&format!("{kind}.cells.txt"), &cells(&mut book));
    }
    let log = village.ok("log.list", json!({"limit": 500})).await;
    let exports: Vec<&Value> =
        log["rows"].as_array().unwrap().iter().filter(|row| row["code"] == "sheet_exported").collect();
    assert_eq!(exports.len(), 9);
    assert!(exports.iter().all(|row| row["params"].as_object().unwrap().keys().eq(["kind"])), "{exports:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sums_are_those_counted_by_hand() {
    let Village { village, .. } = village().await;
    let ledger = sheet(&village, "dues_ledger", json!({})).await;
    // 12 × 45.00 + 12 × 75.02 + 12 × 1.00 + 1 × 1.00 + 10 × 0.20 = 540.00 + 900.24 + 12.00 + 1.00 + 2.00
    assert_eq!(total(&ledger, "due"), 145_524, "{ledger}");
    // 2 × 45.00 + 2 × 75.02 + 1.00 + 1.00; what was paid for December 2025 is not of this year.
    assert_eq!(total(&ledger, "paid"), 24_204);
    assert_eq!(
        (total(&ledger, "m1"), total(&ledger, "m2"), total(&ledger, "m3")),
        (&json!(12_202), &json!(12_102), &json!(12_122))
    );
    assert_eq!(value(&ledger, 0, 0, "name"), "李丁四");
    assert_eq!(value(&ledger, 0, 0, "note"), "补交以前年度1.00");
    assert_eq!(value(&ledger, 0, 1, "base"), 500_100);
    assert_eq!(value(&ledger, 0, 1, "standard"), "按月领工资 1.5%");

    let notice = sheet(&village, "dues_notice", json!({"fromMonth": 1, "toMonth": 1})).await;
    assert_eq!(notice["title"], "2026年1月党费公示表");
    assert_eq!(total(&notice, "amount"), 12_202);
    let quarter = sheet(&village, "dues_notice", json!({"fromMonth": 1, "toMonth": 3})).await;
    assert_eq!(total(&quarter, "amount"), 24_204);

    let board = sheet(&village, "board", json!({})).await;
    assert_eq!((value(&board, 1, 1, "due"), value(&board, 1, 1, "present")), (&json!(5), &json!(3)), "{board}");
    assert_eq!(
        board["parts"][1]["tables"][0]["rows"].as_array().unwrap().len(),
        2,
        "what was entered twice stands once"
    );
    // 赵甲一: both meetings; 孙丙三: one, excused.
    let attended = |row: usize| ["due", "present", "excused"].map(|key| value(&board, 2, row, key).as_i64().unwrap());
    assert_eq!((attended(3), attended(2)), ([2, 2, 0], [1, 0, 1]), "{board}");

    let meetings = sheet(&village, "meetings", json!({})).await;
    assert_eq!(meetings["parts"].as_array().unwrap().len(), 2);
    assert_eq!((fact(&meetings, 1, "due"), fact(&meetings, 1, "present")), (&json!(5), &json!(3)));
    assert_eq!(fact(&meetings, 1, "excused"), "孙丙三(外出务工)");
    assert_eq!(fact(&meetings, 1, "votes"), "道路硬化方案:有表决权4人,到会3人;赞成3票、反对0票、弃权0票,通过");

    let items = sheet(&village, "rectification", json!({})).await;
    assert_eq!(
        (value(&items, 0, 0, "close_out"), value(&items, 0, 1, "state")),
        (&json!("2026-03-16"), &json!("未开始"))
    );
    let all = sheet(&village, "checklist", json!({})).await;
    assert_eq!(value(&all, 0, 1, "acceptance"), "2026-03-20 验收通过:属实", "{all}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_a_record_and_a_limit_cut_a_sheet_and_what_is_not_there_is_refused() {
    let Village { village, street, .. } = village().await;
    let january = sheet(&village, "meetings", json!({"fromMonth": 1, "toMonth": 1})).await;
    assert_eq!((&january["title"], january["parts"].as_array().unwrap().len()), (&json!("2026年1月三会一课记录本"), 1));
    let one = january["parts"][0]["record"].clone();
    let alone = sheet(&village, "meetings", json!({"record": one})).await;
    assert_eq!(alone["parts"], january["parts"]);
    let march = sheet(&village, "visits", json!({"fromMonth": 3, "toMonth": 3})).await;
    assert_eq!(march["parts"].as_array().unwrap().len(), 2);
    let evening = sheet(&village, "visits", json!({"record": march["parts"][0]["record"]})).await;
    assert_eq!(evening["parts"].as_array().unwrap().len(), 2, "a round table with the visits of its evening");
    let cut = sheet(&village, "visits", json!({"limit": 1})).await;
    assert_eq!((cut["parts"].as_array().unwrap().len(), &cut["leftOut"]), (1, &json!(2)));
    let cut = sheet(&village, "checklist", json!({"limit": 1})).await;
    assert_eq!((cut["parts"][0]["tables"][0]["rows"].as_array().unwrap().len(), &cut["leftOut"]), (1, &json!(2)));
    let whole = village.ok("sheet.export", json!({"kind": "checklist", "year": 2026, "limit": 1})).await;
    assert!(cells(&mut open(&whole)).contains("防汛检查"), "a file is never cut");

    let code = async |device: &Device, input: Value| device.call("sheet.get", input).await.unwrap_err().code;
    assert_eq!(code(&village, json!({"kind": "grades"})).await, "sheet_unknown");
    assert_eq!(code(&village, json!({"kind": "meetings", "fromMonth": 4, "toMonth": 3})).await, "months_reversed");
    assert_eq!(code(&village, json!({"kind": "meetings", "fromMonth": 13})).await, "invalid_input");
    assert_eq!(code(&village, json!({"kind": "dues_ledger", "record": one})).await, "invalid_input");
    assert_eq!(code(&village, json!({"kind": "meetings", "record": "00"})).await, "not_found");
    assert_eq!(code(&village, json!({"kind": "visits", "record": one})).await, "not_found");
    let empty = sheet(&village, "meetings", json!({"year": 2019})).await;
    assert_eq!(empty["parts"], json!([]));
    let above = street.ok("sheet.list", json!({})).await;
    assert_eq!(
        above.as_array().unwrap().len(),
        2,
        "a committee hands over and sends letters; the rest is of branches: {above}"
    );
    assert_eq!(code(&street, json!({"kind": "dues_ledger"})).await, "sheet_unknown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn residents_and_bases_stand_on_private_sheets_alone_and_a_profile_gets_none_of_what_it_does_not_see() {
    let Village { village, .. } = village().await;
    for kind in KINDS {
        let found = sheet(&village, kind, json!({})).await.to_string();
        let private = ["visits", "visit_ledger"].contains(&kind);
        assert_eq!(found.contains("吴己六"), private, "{kind}");
        assert!(!found.contains("13900000001") && !found.contains("家里有病人"), "{kind}");
        assert_eq!(found.contains("450000"), kind == "dues_ledger", "{kind}: the base of 赵甲一");
        assert_eq!(found.contains("\"private\":true"), private || kind == "dues_ledger", "{kind}");
    }
    let board = sheet(&village, "board", json!({})).await.to_string();
    assert!(!board.contains("外出务工"), "why somebody was away is not posted: {board}");

    let hidden = json!(["households", "dues", "organisation"]);
    village.ok("profile.save", json!({"name": "王甲一", "pin": "2468", "hidden": []})).await;
    let clerk = village.ok("profile.save", json!({"name": "文乙二", "pin": "1357", "hidden": hidden})).await;
    let from = async |name: &str, input: Value| village.node.call_from("a", name, None, input).await;
    from("profile.choose", json!({"id": clerk["id"], "pin": "1357"})).await.unwrap();
    let listed = from("sheet.list", json!({})).await.unwrap();
    let kinds: Vec<&str> = listed.as_array().unwrap().iter().map(|kind| kind["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["meetings", "rectification", "checklist", "letter"]);
    for kind in KINDS {
        for call in ["sheet.get", "sheet.export"] {
            let answer = from(call, json!({"kind": kind})).await;
            let code = answer.err().map(|error| error.code);
            assert_eq!(code.as_deref(), (!kinds.contains(&kind)).then_some("profile_hides"), "{call} {kind}");
        }
    }
    village
        .ok("profile.save", json!({"id": clerk["id"], "name": "文乙二", "pin": "1357", "hidden": ["households"]}))
        .await;
    from("profile.choose", json!({"id": clerk["id"], "pin": "1357"})).await.unwrap();
    let ledger = from("sheet.get", json!({"kind": "dues_ledger", "year": 2026})).await.unwrap();
    assert_eq!((value(&ledger, 0, 1, "base"), total(&ledger, "due")), (&Value::Null, &json!(145_524)), "{ledger}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_says_what_prints_repeats_its_header_and_runs_nothing() {
    let Village { village, .. } = village().await;
    for kind in KINDS {
        let file = village.ok("sheet.export", json!({"kind": kind, "year": 2026})).await;
        let mut book = open(&file);
        shown::assert_set_up(&book, kind);
        let names = calamine::Reader::sheet_names(&book);
        for name in names {
            let formulas = calamine::Reader::worksheet_formula(&mut book, &name).unwrap();
            assert!(formulas.used_cells().next().is_none(), "{kind} {name}");
        }
    }
    let file = village.ok("sheet.export", json!({"kind": "rectification", "year": 2026})).await;
    assert!(cells(&mut open(&file)).contains("\"=1+1\""), "it stays text");
}
