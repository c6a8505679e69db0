//! Ledgers go through the call table into the books of a node, and a second time without a trace.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions, host};
use ybz_domain::accept::parse_change;
use ybz_domain::book::{BookKey, Scope};
use ybz_store::{Options, Store};

#[path = "../examples/demo_data/mod.rs"]
mod demo_data;

const TODAY: Date = date(2026, 6, 30);
const KEY: [u8; 32] = [7; 32];

fn clock() -> (Date, u64) {
    (TODAY, host::system_clock().1)
}

async fn branch(dir: &Path) -> Node {
    let node = Node::open(OpenOptions {
        data: dir.join("data"),
        key: DatabaseKey::from_bytes(KEY),
        create: true,
        boot: dir.join("boot"),
        clock,
        random: host::system_random,
    })
    .unwrap();
    call(&node, "office.init", json!({ "name": "示范一村党支部", "kind": "branch" })).await;
    node
}

async fn call(node: &Node, name: &str, input: Value) -> Value {
    node.call(name, None, input).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The file with every sheet as the inspection proposes it.
async fn request(node: &Node, name: &str, bytes: &[u8]) -> Value {
    let file = json!({ "name": name, "base64": data_encoding::BASE64.encode(bytes) });
    let inspection = call(node, "import.inspect", file.clone()).await;
    let mappings: Vec<Value> = inspection["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sheet| {
            let mapped = sheet["columns"].as_array().unwrap().iter().filter(|column| !column["field"].is_null());
            let columns: serde_json::Map<String, Value> =
                mapped.map(|column| (column["index"].to_string(), column["field"].clone())).collect();
            json!({ "sheet": sheet["name"], "kind": sheet["kind"], "columns": columns })
        })
        .collect();
    json!({ "file": file, "mappings": mappings })
}

async fn import(node: &Node, name: &str, bytes: &[u8]) -> Value {
    let request = request(node, name, bytes).await;
    call(node, "import.commit", request).await
}

async fn total(node: &Node, list: &str) -> u64 {
    call(node, list, json!({ "year": 2026, "limit": 1 })).await["total"].as_u64().unwrap()
}

/// Every change of every book, as other devices would get it.
fn changes(dir: &Path) -> Vec<(BookKey, Vec<u8>)> {
    let store = Store::open(Options {
        dir: dir.join("data"),
        key: DatabaseKey::from_bytes(KEY),
        boot_dir: dir.join("boot"),
        today: TODAY,
        random: host::system_random,
        cache_bytes: ybz_store::DEFAULT_CACHE,
    })
    .unwrap();
    let mut out = Vec::new();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        for bytes in store.missing_for(&key.id(), &[]).unwrap().changes {
            parse_change(&bytes).unwrap_or_else(|refusal| panic!("{} is refused elsewhere: {refusal}", key.kind));
            out.push((key.clone(), bytes));
        }
    }
    out
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[tokio::test]
async fn demo_ledgers_become_records_once_and_name_no_household_above() {
    let dir = tempfile::tempdir().unwrap();
    let node = branch(dir.path()).await;
    let scope = demo_data::Scope { seed: 7, villages: 1, year: 2026, months: 6 };
    let files = demo_data::files(&scope).unwrap();
    let mut skipped = 0;
    for (path, bytes) in &files {
        let result = import(&node, path.file_name().unwrap().to_str().unwrap(), bytes).await;
        assert!(result["newRows"].as_u64().unwrap() > 0, "{path:?}: {result}");
        skipped += result["skippedRows"].as_u64().unwrap();
    }
    assert_eq!(skipped, 1, "the row with the thirteenth month");

    assert_eq!((total(&node, "member.list").await, total(&node, "meeting.list").await), (54, 34));
    let visits = total(&node, "visit.list").await;
    let households = call(&node, "household.list", json!({ "year": 2026, "limit": 100 })).await;
    assert!(visits > 24, "{visits}");
    assert!((20..=40).contains(&households["total"].as_u64().unwrap()));
    let listed = call(&node, "visit.list", json!({ "year": 2026, "limit": 500 })).await;
    assert!(
        listed["rows"].as_array().unwrap().iter().all(|row| row["household"].is_string()),
        "every visit has a link"
    );
    assert!(total(&node, "concern.list").await > 0);

    let sheet = call(&node, "dues.sheet", json!({ "year": 2026 })).await;
    let rows = sheet["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 54);
    assert!(rows.iter().all(|row| row["monthlyFen"].as_i64().unwrap() > 0));
    assert!(rows.iter().filter(|row| row["class"] == "salaried").all(|row| row["baseFen"].is_i64()), "bases open here");
    let (due, paid) = (sheet["dueFen"].as_i64().unwrap(), sheet["paidFen"].as_i64().unwrap());
    assert!(paid > 0 && paid <= due && sheet["owedFen"] == due - paid, "{due} due, {paid} paid");

    let meetings = call(&node, "meeting.list", json!({ "year": 2026, "limit": 100 })).await;
    for row in meetings["rows"].as_array().unwrap() {
        let due = if row["kinds"][0] == "committee_meeting" {
            5
        } else if row["kinds"][0] == "group_meeting" {
            18
        } else {
            54
        };
        assert_eq!((&row["due"], &row["unconfirmed"]), (&json!(due), &json!(0)), "{row}");
    }

    for (path, bytes) in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let request = request(&node, name, bytes).await;
        let preview = call(&node, "import.preview", request.clone()).await;
        assert_eq!((&preview["newRows"], &preview["changedRows"]), (&json!(0), &json!(0)), "{path:?}");
        let result = call(&node, "import.commit", request.clone()).await;
        assert_eq!((&result["newRows"], &result["changedRows"]), (&json!(0), &json!(0)), "{path:?}");
        let inspection = call(&node, "import.inspect", request["file"].clone()).await;
        assert!(inspection["sheets"].as_array().unwrap().iter().all(|sheet| sheet["remembered"] == true), "{path:?}");
    }
    assert_eq!(total(&node, "visit.list").await, visits);

    drop(node);
    let names: Vec<&str> =
        households["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    let changes = changes(dir.path());
    assert!(changes.iter().any(|(key, bytes)| key.kind.scope() == Scope::Up && contains(bytes, "家中三口")));
    for (key, bytes) in &changes {
        for name in &names {
            assert!(!contains(bytes, name), "{name} stands in {}", key.kind);
        }
    }
}

#[tokio::test]
async fn a_very_large_import_is_cut_into_changes_that_every_device_takes() {
    let dir = tempfile::tempdir().unwrap();
    let node = branch(dir.path()).await;
    let stems: Vec<char> = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳".chars().collect();
    let names: Vec<String> = (0..240).map(|at| format!("赵{}{}", stems[at / 16], stems[at % 16])).collect();
    let roster = names.iter().enumerate().map(|(at, name)| format!("{name},男,19{}-05\n", 50 + at % 40));
    let roster = format!("姓名,性别,出生年月\n{}", roster.collect::<String>());
    assert_eq!(import(&node, "名册.csv", roster.as_bytes()).await["newRows"], 240);

    let days: Vec<String> =
        (1..=6).flat_map(|month| (1..=5).map(move |day| format!("2026年{month}月{day}日主题党日"))).collect();
    let mut roll = format!("序号,姓名,{}\n", days.join(","));
    for (at, name) in names.iter().enumerate() {
        roll.push_str(&format!("{},{name}{}\n", at + 1, ",√".repeat(days.len())));
    }
    assert_eq!(import(&node, "出勤.csv", roll.as_bytes()).await["newRows"], 30);
    let again = import(&node, "出勤.csv", roll.as_bytes()).await;
    assert_eq!((&again["newRows"], &again["changedRows"]), (&json!(0), &json!(0)));
    let meetings = call(&node, "meeting.list", json!({ "year": 2026, "limit": 100 })).await;
    assert!(meetings["rows"].as_array().unwrap().iter().all(|row| row["present"] == 240));

    drop(node);
    let meetings = changes(dir.path()).into_iter().filter(|(key, _)| key.kind.to_string() == "up/meetings").count();
    assert!((2..=6).contains(&meetings), "{meetings} changes");
}

#[tokio::test]
async fn what_the_ledger_leaves_open_is_asked_filled_in_later_and_never_guessed() {
    let dir = tempfile::tempdir().unwrap();
    let node = branch(dir.path()).await;
    let garbage = json!({ "name": "a.xlsx", "base64": "不是" });
    assert_eq!(node.call("import.inspect", None, garbage).await.unwrap_err().code, "file_unreadable");

    let roster = "姓名,性别,出生年月,党小组,职务\n赵甲,男,1975-08,第一党小组,支部书记\n钱乙二,女,,,\n";
    import(&node, "名册.csv", roster.as_bytes()).await;
    let fuller = "姓名,性别,出生年月,党小组,职务\n钱乙二,女,1980-02,第一党小组,组织委员\n赵甲,男,1990-01,第二党小组,\n";
    let asked = request(&node, "新名册.csv", fuller.as_bytes()).await;
    let refused = node.call("import.commit", None, asked.clone()).await.unwrap_err();
    assert_eq!(refused.code, "import_unanswered");
    assert_eq!(total(&node, "member.list").await, 2, "nothing is written while a question is open");
    let preview = call(&node, "import.preview", asked.clone()).await;
    let mut answered = asked;
    answered["answers"] = json!({ preview["questions"][0]["id"].as_str().unwrap(): "new" });
    let result = call(&node, "import.commit", answered).await;
    assert_eq!((&result["newRows"], &result["changedRows"]), (&json!(1), &json!(1)), "{result}");
    let members = call(&node, "member.list", json!({})).await;
    let second = members["rows"].as_array().unwrap().iter().find(|row| row["name"] == "钱乙二").unwrap();
    assert_eq!((&second["birthMonth"], &second["posts"]), (&json!("1980-02"), &json!(["organization"])));

    // A session is completed with place and marks; the committee of that day had a member more than today's.
    let short = "时间,会议类型,议题\n2026.3.5,支委会,研究工作\n";
    import(&node, "会议.csv", short.as_bytes()).await;
    let long = "时间,会议类型,议题,地点,会议内容,参加人员\n2026.3.5,支委会,研究工作,村部,赵甲主持,钱乙二\n";
    assert_eq!(import(&node, "会议.csv", long.as_bytes()).await["changedRows"], 1);
    let listed = call(&node, "meeting.list", json!({ "year": 2026 })).await;
    let session = call(&node, "meeting.get", json!({ "id": listed["rows"][0]["id"] })).await;
    assert_eq!((&session["place"], &session["minutes"]), (&json!("村部"), &json!("赵甲主持")));
    assert_eq!((&session["row"]["due"], &session["row"]["present"]), (&json!(2), &json!(1)));

    // Without a date a payment is dated by the month owed, and not after today.
    let dues = "姓名,缴费类别,月应缴,2026年2月,2026年12月\n钱乙二,农民,0.50,0.50,0.50\n";
    assert_eq!(import(&node, "2026年党费.csv", dues.as_bytes()).await["newRows"], 3);
    let sheet = call(&node, "dues.sheet", json!({ "year": 2026 })).await;
    let row = sheet["rows"].as_array().unwrap().iter().find(|row| row["name"] == "钱乙二").unwrap().clone();
    assert_eq!(row["months"][1]["payments"][0]["on"], "2026-02-28");
    assert_eq!(row["months"][11]["payments"][0]["on"], "2026-06-30");
    // A reversed payment does not come back with its ledger.
    let payment = row["months"][1]["payments"][0]["id"].clone();
    call(&node, "dues.reverse", json!({ "payment": payment, "reason": "重复" })).await;
    assert_eq!(import(&node, "2026年党费.csv", dues.as_bytes()).await["newRows"], 0);

    // The phone of a household comes with a later visit; its name does not go up with either.
    let first = "时间,户主,门牌,走访人,情况,诉求\n2026.3.5,冯甲,12号,赵甲,冯甲一人在家,路灯不亮\n";
    import(&node, "走访.csv", first.as_bytes()).await;
    let next = "时间,户主,门牌,电话,走访人,情况\n2026.4.5,冯甲,12号,13800000000,赵甲,正常\n";
    import(&node, "走访.csv", next.as_bytes()).await;
    let households = call(&node, "household.list", json!({ "year": 2026 })).await;
    assert_eq!((&households["total"], &households["rows"][0]["phone"]), (&json!(1), &json!("13800000000")));
    let visits = call(&node, "visit.list", json!({ "year": 2026 })).await;
    assert_eq!(visits["rows"][1]["situationText"], "该户一人在家");
    assert_eq!(visits["rows"][1]["concern"], "kept");
}
