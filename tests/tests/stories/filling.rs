//! 上级模板: a form that a street sent is kept, mapped and filled from one branch's books.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use data_encoding::BASE64;
use scenarios::Device;
use serde_json::{Value, json};

/// A form for dues: an office, a day, three lines with names and amounts, and sums.
const FORM: &[u8] = include_bytes!("../../../crates/app/src/fill/tests/form.xlsx");
const SHEET: &str = "收缴登记表";

fn file(name: &str, bytes: &[u8]) -> Value {
    json!({"name": name, "base64": BASE64.encode(bytes)})
}

async fn branch() -> Device {
    let branch = Device::with_office("示范一村", "branch").await;
    let mut entries = Vec::new();
    for (n, name) in ["李丁四", "钱乙二", "孙丙三", "赵甲一", "周戊五"].into_iter().enumerate() {
        let member = json!({"name": name, "kind": "full", "joined": "2001-07"});
        let id = branch.ok("member.save", member).await["id"].clone();
        let class = json!({"member": id, "class": "farmer", "fixedFen": 50, "fromMonth": "2026-01"});
        branch.ok("dues.assess", class).await;
        entries.push(json!({"member": id, "month": "2026-01", "amountFen": 50 + n * 10}));
    }
    branch.ok("dues.collect", json!({"on": "2026-01-26", "entries": entries})).await;
    branch
}

fn places(last: Option<u32>) -> Value {
    let place =
        |key: &str, cell: &str, last: Option<u32>| json!({"key": key, "sheet": SHEET, "cell": cell, "lastRow": last});
    json!([
        place("office", "C2", None),
        place("made_on", "E2", None),
        place("column/dues/name", "B4", last),
        place("column/dues/amount", "D4", last),
        place("total/dues/amount", "A9", None),
    ])
}

fn cells(file: &Value) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = BASE64.decode(file["base64"].as_str().unwrap().as_bytes()).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn cell(book: &mut Xlsx<Cursor<Vec<u8>>>, row: u32, column: u32) -> Data {
    let range = book.worksheet_range(SHEET).unwrap();
    range.get_value((row, column)).cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_kept_mapped_and_filled_with_what_stands_in_the_books() {
    let branch = branch().await;
    let form = json!({"name": "收缴表", "kind": "dues_notice", "file": file("表.xlsx", FORM)});
    let id = branch.ok("fill.add", form.clone()).await["id"].clone();
    let grid = branch.ok("fill.grid", json!({"id": id})).await;
    assert_eq!(grid["sheets"], json!([SHEET, "汇总"]));
    assert_eq!(grid["printArea"], "A1:E12");
    // 姓 名 in the form is 姓名 of the sheet; beside 制表日期 is nothing that a sheet calls so.
    assert_eq!(
        grid["suggestions"],
        json!([{"key": "column/dues/name", "sheet": SHEET, "cell": "B4", "lastRow": null}])
    );

    let refused = branch.call("fill.make", json!({"id": id, "sheet": {"kind": ""}})).await.unwrap_err();
    assert_eq!(refused.code, "fill_not_mapped");
    let formula = json!([{"key": "title", "sheet": SHEET, "cell": "E5"}]);
    let refused = branch.call("fill.map", json!({"id": id, "places": formula})).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["cell"].as_str()), ("cell_has_formula", "E5"));
    let mapped = branch.ok("fill.map", json!({"id": id, "places": places(None)})).await;
    // The first of two merged cells, and the last line above the sums.
    assert_eq!((&mapped["places"][0]["cell"], &mapped["places"][2]["lastRow"]), (&json!("B2"), &json!(6)));
    assert_eq!(branch.ok("fill.list", json!({})).await[0]["places"], 5);

    let asked = json!({"id": id, "sheet": {"kind": "", "year": 2026, "fromMonth": 1, "toMonth": 1}, "packed": false});
    let preview = branch.ok("fill.preview", asked.clone()).await;
    assert_eq!(preview["files"], json!(["收缴表-2026-01.xlsx", "收缴表-2026-01-2.xlsx"]));
    assert_eq!(preview["tables"], json!([{"table": "dues", "heading": "", "rows": 5, "room": 3}]));
    let made = branch.ok("fill.make", asked.clone()).await;
    assert_eq!(made["workbooks"], 2);
    let mut first = cells(&made["files"][0]);
    let mut second = cells(&made["files"][1]);
    assert_eq!(cell(&mut first, 1, 1), Data::String("示范一村".to_owned()));
    assert_eq!(cell(&mut first, 1, 4).to_string(), "46101", "20 March 2026 as the cell counts days");
    assert_eq!(cell(&mut first, 3, 1), Data::String("李丁四".to_owned()));
    assert_eq!(cell(&mut first, 3, 3), Data::Float(0.5));
    assert_eq!(cell(&mut first, 5, 3), Data::Float(0.7));
    assert_eq!(cell(&mut first, 8, 0), Data::Empty, "the sum stands on the last workbook");
    assert_eq!(cell(&mut second, 3, 1), Data::String("赵甲一".to_owned()));
    assert_eq!(cell(&mut second, 4, 3), Data::Float(0.9));
    assert_eq!(cell(&mut second, 5, 1), Data::Empty);
    assert_eq!(cell(&mut second, 8, 0), Data::Float(3.5));
    assert_eq!(second.worksheet_formula(SHEET).unwrap().get_value((6, 3)).unwrap(), "SUM(D4:D6)");
    let packed = branch.ok("fill.make", json!({"id": id, "sheet": asked["sheet"], "packed": true})).await;
    assert_eq!((&packed["files"][0]["name"], &packed["files"][1]), (&json!("收缴表-2026-01.zip"), &Value::Null));
    let log = branch.ok("log.list", json!({})).await.to_string();
    assert!(log.contains("template_filled") && !log.contains("收缴表"), "{log}");

    branch.ok("fill.remove", json!({"id": id})).await;
    assert_eq!(branch.ok("fill.list", json!({})).await, json!([]));
    assert_eq!(branch.call("fill.grid", json!({"id": id})).await.unwrap_err().code, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_stays_across_a_restart_and_a_new_version_keeps_its_places() {
    let branch = branch().await;
    let form = json!({"name": "收缴表", "kind": "dues_notice", "file": file("表.xlsx", FORM)});
    let id = branch.ok("fill.add", form).await["id"].clone();
    branch.ok("fill.map", json!({"id": id, "places": places(Some(5))})).await;
    branch.node.close().await;
    let Device { node, folder } = branch;
    drop(node);
    let branch = Device { node: scenarios::open(folder.path()).unwrap(), folder };
    let next = json!({"name": "收缴表", "kind": "dues_notice", "file": file("新表.xlsx", FORM), "replaces": id});
    let added = branch.ok("fill.add", next).await;
    assert_eq!((&added["id"], &added["carried"], &added["lost"]), (&id, &json!(5), &json!([])));
    let kept = branch.ok("fill.grid", json!({"id": id})).await;
    assert_eq!((&kept["places"][2]["lastRow"], &kept["template"]["file"]), (&json!(5), &json!("新表.xlsx")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_form_or_no_sheet_of_this_office_is_refused() {
    let branch = branch().await;
    let add =
        |kind: &str, name: &str, bytes: &[u8]| json!({"name": name, "kind": kind, "file": file("表.xlsx", bytes)});
    for (input, code) in [
        (add("dues_notice", "表", b"PK no package"), "template_damaged"),
        (add("dues_notice", "表", b"words"), "template_not_xlsx"),
        (add("dues_notice", " ", FORM), "required"),
        (add("no_such_sheet", "表", FORM), "sheet_unknown"),
        (json!({"name": "表", "kind": "dues_notice", "file": file("a.xlsx", FORM), "replaces": "none"}), "not_found"),
    ] {
        assert_eq!(branch.call("fill.add", input).await.unwrap_err().code, code);
    }
    let large = vec![b'P'; 5 * 1024 * 1024];
    assert_eq!(branch.call("fill.add", add("dues_notice", "表", &large)).await.unwrap_err().code, "template_too_large");
    assert_eq!(branch.ok("fill.list", json!({})).await, json!([]));
}
