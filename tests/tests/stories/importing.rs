//! 导入: closed months, what is private of members, and an import that is called off.

use data_encoding::BASE64;
use scenarios::Device;
use serde_json::{Value, json};

fn csv(lines: &[&str]) -> Value {
    json!({"name": "表.csv", "base64": BASE64.encode(lines.join("\n").as_bytes())})
}

/// The request that the titles of the file suggest.
async fn request(branch: &Device, file: Value, kind: &str) -> Value {
    let mut input = file.clone();
    input["kinds"] = json!({"表": kind});
    let found = branch.ok("import.inspect", input).await;
    let sheet = &found["sheets"][0];
    let columns: serde_json::Map<String, Value> = sheet["columns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|column| !column["field"].is_null())
        .map(|column| (column["index"].to_string(), column["field"].clone()))
        .collect();
    json!({"file": file, "mappings": [{"sheet": sheet["name"], "kind": kind, "year": 2026, "columns": columns}]})
}

fn codes(list: &Value) -> Vec<(u64, &str)> {
    let one = |issue: &Value| (issue["row"].as_u64().unwrap(), issue["code"].as_str().unwrap().to_owned());
    let all: Vec<(u64, String)> = list.as_array().unwrap().iter().map(one).collect();
    all.into_iter().map(|(row, code)| (row, &*code.leak())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_a_closed_month_are_told_and_the_others_are_imported() {
    let branch = Device::with_office("示范一村", "branch").await;
    let january = csv(&["日期,户主,走访人,情况", "2026-01-05,住户一,张某,一切都好"]);
    let first = request(&branch, january.clone(), "visits").await;
    assert_eq!(branch.ok("import.commit", first).await["newRows"], 1);
    branch.ok("period.close", json!({"period": "2026-01"})).await;
    let both = csv(&[
        "日期,户主,走访人,情况",
        "2026-01-05,住户一,张某,一切都好",
        "2026-01-06,住户二,张某,屋顶漏雨",
        "2026-02-06,住户三,张某,一切都好",
    ]);
    let next = request(&branch, both, "visits").await;
    let preview = branch.ok("import.preview", next.clone()).await;
    assert_eq!(codes(&preview["errors"]), [(3, "period_closed")], "{preview}");
    assert_eq!(preview["errors"][0]["params"]["period"], "2026-01");
    assert_eq!((&preview["newRows"], &preview["sameRows"]), (&json!(1), &json!(1)), "what stands there is known");
    let result = branch.ok("import.commit", next).await;
    assert_eq!((&result["newRows"], &result["skippedRows"]), (&json!(1), &json!(1)));
    assert_eq!(branch.ok("visit.list", json!({"year": 2026})).await["total"], 2);
    assert_eq!(branch.ok("household.list", json!({})).await["total"], 2, "no household for what was left out");

    let dues = csv(&["姓名,1月,2月", "赵甲一,1,2"]);
    branch.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2001-07"})).await;
    let dues = request(&branch, dues, "dues").await;
    let preview = branch.ok("import.preview", dues.clone()).await;
    assert_eq!(codes(&preview["errors"]), [(2, "period_closed")], "{preview}");
    assert_eq!(branch.ok("import.commit", dues).await["newRows"], 1, "February alone");
    let meetings = csv(&["日期,会议类型,议题", "2026-01-08,支委会,学习", "2026-02-08,支委会,学习"]);
    let meetings = request(&branch, meetings, "meetings").await;
    let preview = branch.ok("import.preview", meetings.clone()).await;
    assert_eq!(codes(&preview["errors"]), [(2, "period_closed")], "{preview}");
    assert_eq!(branch.ok("import.commit", meetings).await["newRows"], 1);
}

/// Made up: the check characters hold, nobody has them.
const FIRST: &str = "11010519491231002X";
const SECOND: &str = "110105197505050017";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn id_numbers_and_phones_go_into_the_sealed_place_and_are_told_by_their_ends() {
    let branch = Device::with_office("示范一村", "branch").await;
    let lines = [
        "姓名,性别,出生年月,类别,身份证号,联系电话".to_owned(),
        format!("赵甲一,,,正式党员,{FIRST},13800000001"),
        format!("钱乙二,男,1975-06,正式党员,{SECOND},"),
        "孙丙三,男,1980-05,正式党员,110105198005050010,在外".to_owned(),
        format!("李丁四,女,1949-12,正式党员,{FIRST},13800000004"),
    ];
    let file = csv(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let input = request(&branch, file, "roster").await;
    let preview = branch.ok("import.preview", input.clone()).await;
    assert_eq!(
        codes(&preview["warnings"]),
        [(3, "id_number_contradicts"), (4, "id_number_check"), (4, "phone_not_understood"), (5, "id_number_taken"),],
        "{preview}"
    );
    let text = preview.to_string();
    assert!(!text.contains(FIRST) && !text.contains("198005050010") && !text.contains("13800000001"), "{text}");
    assert_eq!(branch.ok("import.commit", input.clone()).await["newRows"], 4);
    let members = branch.ok("member.list", json!({})).await;
    let of = |name: &str| members["rows"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap().clone();
    // What the number says of birth and sex fills the blanks of the roster.
    assert_eq!((&of("赵甲一")["birthMonth"], &of("赵甲一")["sex"]), (&json!("1949-12"), &json!(2)));
    let private = |name: &str| branch.ok("member.private", json!({"id": of(name)["id"]}));
    let shown = private("赵甲一").await;
    assert_eq!((&shown["idNumber"], &shown["phone"]), (&json!("1****************X"), &json!("1*********1")));
    assert_eq!(private("钱乙二").await["idNumber"], Value::Null);
    assert_eq!(private("李丁四").await["phone"], "1*********4");
    let whole = branch.ok("member.reveal", json!({"id": of("赵甲一")["id"], "what": "id_number"})).await;
    assert_eq!(whole["value"], FIRST);

    // Once more: everything is there, and what is wrong is told again.
    let again = branch.ok("import.preview", input).await;
    assert_eq!(
        (&again["newRows"], &again["changedRows"], &again["sameRows"]),
        (&json!(0), &json!(0), &json!(4)),
        "{again}"
    );
    // Another phone stays as it is recorded; a blank one is filled.
    let more =
        csv(&["姓名,出生年月,类别,电话", "赵甲一,1949-12,正式党员,13900000009", "孙丙三,1980-05,正式党员,13900000003"]);
    let more = request(&branch, more, "roster").await;
    let preview = branch.ok("import.preview", more.clone()).await;
    assert_eq!(codes(&preview["warnings"]), [(2, "private_differs_kept")], "{preview}");
    assert!(!preview.to_string().contains("13900000009"));
    assert_eq!(branch.ok("import.commit", more).await["changedRows"], 1);
    assert_eq!(private("孙丙三").await["phone"], "1*********3");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_is_called_off_leaves_nothing() {
    let branch = Device::with_office("示范一村", "branch").await;
    let mut lines = vec!["日期,户主,走访人,情况".to_owned()];
    lines.extend(
        (0..1_500).map(|n| format!("2026-02-{:02},住户{n},张某,第{n}次走访。门前的路灯和水渠都看过了", 1 + n % 28)),
    );
    let file = csv(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let mut input = request(&branch, file, "visits").await;
    input["token"] = json!("called off");
    let (node, whole) = (branch.node.clone(), input.clone());
    let run = tokio::spawn(async move { node.call("import.commit", None, whole).await });
    loop {
        let at = branch.ok("import.progress", json!({"token": "called off"})).await;
        if at["stage"] == "preparing" {
            assert_eq!((&at["running"], &at["total"]), (&json!(true), &json!(3_000)), "households and visits");
            break;
        }
        assert!(!run.is_finished(), "it was never seen on its way");
    }
    branch.ok("import.cancel", json!({"token": "called off"})).await;
    assert_eq!(run.await.unwrap().unwrap_err().code, "import_cancelled");
    assert_eq!(branch.ok("import.progress", json!({"token": "called off"})).await["running"], false);
    for (list, of) in [("visit.list", json!({"year": 2026})), ("household.list", json!({}))] {
        assert_eq!(branch.ok(list, of).await["total"], 0, "{list}");
    }
    // The same call once more writes all of it, in several changes of a book.
    assert_eq!(branch.ok("import.commit", input).await["newRows"], 1_500);
    assert_eq!(branch.ok("visit.list", json!({"year": 2026})).await["total"], 1_500);
    let report = branch.ok("doctor.check", json!({})).await;
    assert_eq!(report["findings"], json!([]), "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_of_several_changes_of_one_book_is_taken_back_as_one_and_brought_back() {
    const ROWS: usize = 300;
    let branch = Device::with_office("示范一村", "branch").await;
    let told = "说起门前的路灯和水渠".repeat(40);
    let rows = (0..ROWS)
        .map(|row| format!("2026-{:02}-{:02},住户{},张某,第{row}次{told}", 1 + row % 2, 1 + row / 2 % 28, row % 40));
    let lines: Vec<String> = std::iter::once("日期,户主,走访人,情况".to_owned()).chain(rows).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let import = request(&branch, csv(&lines), "visits").await;
    assert_eq!(branch.ok("import.commit", import).await["newRows"], ROWS);
    let listed = branch.ok("undo.list", json!({})).await;
    let action = &listed["rows"][0];
    assert_eq!((&action["call"], &action["id"]), (&json!("import.commit"), &listed["nextUndo"]));

    let preview = branch.ok("undo.preview", json!({"id": action["id"]})).await;
    let told = preview["records"].as_array().unwrap();
    assert_eq!(
        (preview["refused"].as_array().unwrap().len(), told.len()),
        (0, 2 * ROWS + 40),
        "visits, links, households"
    );
    assert!(told.iter().all(|one| one["what"] == "delete"), "{}", told[0]);
    let undone = branch.ok("undo.apply", json!({"id": action["id"], "seen": preview["seen"]})).await;
    let totals = async || {
        let visits = branch.visits().await;
        (visits, branch.ok("household.list", json!({})).await["total"].clone())
    };
    assert_eq!(totals().await, (json!(0), json!(0)));
    branch.ok("undo.apply", json!({"id": undone["id"]})).await;
    assert_eq!(totals().await, (json!(ROWS), json!(40)));

    let office: ybz_domain::ids::OfficeId = branch.office_id().await.parse().unwrap();
    branch.node.close().await;
    let (store, _folder) = crate::database::store_of(branch);
    let first = store.actions(&office, "", 3).unwrap().pop().unwrap();
    let book = first.changes[0].book;
    assert!(first.changes.iter().filter(|change| change.book == book).count() > 1, "{:?}", first.changes);
}
