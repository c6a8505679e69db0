//! A whole tree out of a street's list: what it leaves open is asked at its cell, what is confirmed is made, once.

use data_encoding::BASE64;
use rust_xlsxwriter::Workbook;
use scenarios::Device;
use scenarios::stage::street;
use serde_json::{Value, json};

fn workbook(rows: &[&[&str]]) -> Value {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in (0u32..).zip(rows) {
        for (column, text) in (0u16..).zip(*row) {
            sheet.write_string(at, column, *text).unwrap();
        }
    }
    json!({"name": "组织.xlsx", "base64": BASE64.encode(&book.save_to_buffer().unwrap())})
}

fn list() -> Value {
    workbook(&[
        &["某街道党组织一览", "", "", "", "", "", ""],
        &["名称", "类别", "上级", "区划代码", "成立时间", "代管", "覆盖单位"],
        &["河东街道", "党工委", "", "", "", "", ""],
        &["示范一村", "党支部", "河东街道", "510121001201", "", "", ""],
        &["示范二村", "党支部", "河东街道", "51012100120", "", "是", ""],
        &["一组", "党小组", "示范二村", "", "2025-01-01", "", ""],
        &["园区联合党支部", "", "河东街道", "", "2024.5.1", "", "甲厂、乙厂"],
        &["红心驿站", "", "园区联合党支部", "", "不详", "", ""],
        &["示范三村", "车间", "河东街道", "", "", "", ""],
        &["示范四村", "党支部", "丁街道", "", "", "", ""],
        &["甲", "党支部", "乙", "", "", "", ""],
        &["乙", "党支部", "甲", "", "", "", ""],
        &["示范一村", "党支部", "河东街道", "", "", "", ""],
    ])
}

fn actions(out: &Value) -> Vec<(&str, &str)> {
    let rows = out["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["cell"].as_str().unwrap(), row["action"].as_str().unwrap())).collect()
}

async fn preview(street: &Device, answers: &Value) -> Value {
    street.ok("org.list_preview", json!({"file": list(), "answers": answers})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_list_leaves_open_is_asked_and_what_is_confirmed_is_made_once() {
    let (_department, street) = street().await;
    let seen = preview(&street, &json!({})).await;
    let questions = seen["questions"].as_array().unwrap();
    let mut asked: Vec<(&str, &str)> =
        questions.iter().map(|one| (one["cell"].as_str().unwrap(), one["code"].as_str().unwrap())).collect();
    asked.sort_unstable();
    assert_eq!(
        asked,
        [
            ("A13", "name_twice"),
            ("B9", "kind_unknown"),
            ("C10", "parent_unknown"),
            ("D5", "region_form"),
            ("E8", "date_unknown"),
        ],
        "{seen:#}"
    );
    let faults: Vec<(&str, &str)> = seen["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["cell"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(faults, [("C11", "circle"), ("C12", "circle")]);
    assert_eq!(seen["rows"][4]["kindFromName"], true, "园区联合党支部 says what it is");
    let refused = street.call("org.list_import", json!({"file": list()})).await.unwrap_err();
    assert_eq!(refused.code, "import_unanswered");
    assert_eq!(street.ok("org.tree", json!({})).await.as_array().unwrap().len(), 1, "nothing was made");

    let answer = |code: &str, value: &str| -> (String, Value) {
        let id = questions.iter().find(|one| one["code"] == code).unwrap()["id"].as_str().unwrap();
        (id.to_owned(), json!(value))
    };
    let answers: Value = [
        answer("name_twice", "skip"),
        answer("kind_unknown", "skip"),
        answer("parent_unknown", "own"),
        answer("region_form", "without"),
        answer("date_unknown", "today"),
    ]
    .into_iter()
    .collect::<serde_json::Map<String, Value>>()
    .into();
    let seen = preview(&street, &answers).await;
    let wanted = [
        ("A3", "self"),
        ("A4", "invite"),
        ("A5", "custody"),
        ("A6", "body"),
        ("A7", "body"),
        ("A8", "body"),
        ("A9", "skipped"),
        ("A10", "invite"),
        ("A11", "skipped"),
        ("A12", "skipped"),
        ("A13", "skipped"),
    ];
    assert_eq!(actions(&seen), wanted, "{seen:#}");

    let above = street.office_id().await;
    let input = json!({"file": list(), "answers": answers, "phone": "0830-1234567"});
    let made = street.ok("org.list_import", input.clone()).await;
    assert_eq!((&made["bodies"], &made["custody"], &made["invited"]), (&json!(3), &json!(1), &json!(2)), "{made:#}");
    let files = made["files"].as_array().unwrap();
    let named = |part: &str| files.iter().any(|file| file["name"].as_str().unwrap().contains(part));
    assert!(named("示范一村") && named("示范四村") && !named("示范二村"), "a page for each that is invited");
    assert!(made["packed"]["base64"].as_str().is_some_and(|bytes| !bytes.is_empty()));

    let at = |name: &'static str, input: Value| {
        let (node, above) = (street.node.clone(), above.clone());
        async move { node.call(name, Some(&above), input).await.unwrap_or_else(|error| panic!("{name}: {error}")) }
    };
    let tree = at("body.tree", json!({})).await;
    let lines: Vec<(&str, u64)> = tree["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["name"].as_str().unwrap(), line["depth"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [("河东街道", 0), ("园区联合党支部", 1), ("红心驿站", 2), ("示范二村", 1), ("一组", 2)]);
    let offices = at("node.overview", json!({})).await["offices"].clone();
    assert_eq!(
        [&offices[0]["name"], &offices[1]["name"]],
        [&json!("河东街道"), &json!("示范二村")],
        "its own stands first"
    );
    let custody = at("custody.list", json!({})).await;
    assert_eq!((&custody[0]["name"], &custody[0]["state"]), (&json!("示范二村"), &json!("kept")));

    // The same list again makes nothing twice, whatever of it was made before.
    let again = at("org.list_import", input).await;
    assert_eq!(
        (&again["bodies"], &again["custody"], &again["invited"]),
        (&json!(0), &json!(0), &json!(0)),
        "{again:#}"
    );
    let done: Vec<&str> = actions(&again).into_iter().map(|(_, action)| action).take(6).collect();
    assert_eq!(done, ["self", "open", "there", "there", "there", "there"], "{again:#}");
    assert_eq!(at("body.tree", json!({})).await["lines"].as_array().unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_breaks_off_goes_on_where_it_stopped() {
    let (_department, street) = street().await;
    // The first half was made from a shorter list, as after a cut.
    let half = workbook(&[&["名称", "类别", "层级", "成立时间"], &["园区联合党支部", "联合党支部", "1", "2024-05-01"]]);
    street.ok("org.list_import", json!({"file": half})).await;
    let whole = workbook(&[
        &["名称", "类别", "层级", "成立时间"],
        &["园区联合党支部", "联合党支部", "1", "2024-05-01"],
        &["一组", "党小组", "2", "2024-06-01"],
        &["二组", "党小组", "2", "2024-06-01"],
    ]);
    let made = street.ok("org.list_import", json!({"file": whole})).await;
    assert_eq!((&made["bodies"], &made["rows"][0]["action"]), (&json!(2), &json!("there")), "{made:#}");
    let list = street.ok("body.list", json!({})).await;
    let above: Vec<&str> =
        list["rows"].as_array().unwrap().iter().map(|row| row["aboveName"].as_str().unwrap()).collect();
    assert_eq!(
        above.iter().filter(|name| **name == "园区联合党支部").count(),
        2,
        "below the one that was there: {list:#}"
    );
    assert_eq!(list["rows"].as_array().unwrap().len(), 3);
}
