//! 组织关系转接 that went wrong on the way: declined, recalled, withdrawn; and who asks a member who moved for which months.

use crate::members::{Street, street};
use scenarios::Device;
use serde_json::{Value, json};

fn at<'a>(rows: &'a Value, id: &Value) -> &'a Value {
    let found = rows.as_array().unwrap().iter().find(|row| row["id"] == *id);
    found.unwrap_or_else(|| panic!("no {id} in {rows}"))
}

fn arriving(today: &Value) -> bool {
    today["due"].as_array().is_some_and(|due| due.iter().any(|item| item["code"] == "transfer_arriving"))
}

/// Written out by the first village and passed on by the street.
async fn passed(street: &Device, from: &Device, to: &Device, name: &str) -> Value {
    let member = from.ok("member.save", json!({"name": name, "kind": "full", "joined": "1998-07"})).await;
    let out = from.ok("transfer.out", json!({"member": member["id"], "place": "示范二村"})).await["id"].clone();
    from.sync().await;
    street
        .until("transfer.waiting", json!({}), |rows| {
            rows.as_array().is_some_and(|rows| rows.iter().any(|row| row["id"] == out))
        })
        .await;
    street.ok("transfer.pass", json!({"id": out, "to": to.office_id().await})).await;
    to.sync().await;
    to.until("transfer.list", json!({}), |page| {
        listed(page).as_array().is_some_and(|rows| rows.iter().any(|row| row["id"] == out))
    })
    .await;
    out
}

/// The rows of a page, or of a list that is answered whole.
fn listed(answer: &Value) -> &Value {
    answer.get("rows").unwrap_or(answer)
}

async fn state(device: &Device, call: &str, id: &Value) -> String {
    at(listed(&device.ok(call, json!({})).await), id)["state"].as_str().unwrap().to_owned()
}

async fn until_state(device: &Device, call: &str, id: &Value, wanted: &str) {
    let is = |answer: &Value| {
        listed(answer).as_array().is_some_and(|rows| rows.iter().any(|row| row["id"] == *id && row["state"] == wanted))
    };
    device.until(call, json!({}), is).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_passed_to_the_wrong_village_is_declined_passed_again_and_counted_once_all_the_time() {
    let Street { _department, street, first, second } = street().await;
    let id = passed(&street, &first, &second, "赵甲一").await;
    assert!(arriving(&second.ok("today", json!({})).await));
    let bare = second.call("transfer.decline", json!({"id": id})).await.unwrap_err();
    assert_eq!((bare.code.as_str(), bare.field.as_deref()), ("required", Some("note")));
    second.ok("transfer.decline", json!({"id": id, "note": "不是本村党员"})).await;
    assert_eq!(state(&second, "transfer.list", &id).await, "declined");
    assert!(!arriving(&second.ok("today", json!({})).await), "it waits here no more");
    let late = second.call("transfer.accept", json!({"id": id})).await.unwrap_err();
    assert_eq!((late.code.as_str(), &late.params["state"]), ("transfer_ended", &"declined".to_owned()));
    second.sync().await;
    until_state(&street, "transfer.waiting", &id, "declined").await;
    let row = at(&street.ok("transfer.waiting", json!({})).await, &id).clone();
    assert_eq!((&row["note"], &row["countedBy"]), (&json!("不是本村党员"), &json!("source")), "{row}");
    assert_eq!(street.ok("member.below", json!({})).await["total"], 1);

    // The same village again, since it was the right one after all.
    street.ok("transfer.pass", json!({"id": id, "to": second.office_id().await})).await;
    assert_eq!(state(&street, "transfer.waiting", &id).await, "passed");
    second.sync().await;
    until_state(&second, "transfer.list", &id, "passed").await;
    street.ok("transfer.recall", json!({"id": id, "note": "先等等"})).await;
    assert_eq!(state(&street, "transfer.waiting", &id).await, "waiting");
    second.sync().await;
    until_state(&second, "transfer.list", &id, "recalled").await;
    first.sync().await;
    until_state(&first, "transfer.list", &id, "waiting").await;
    street.ok("transfer.pass", json!({"id": id, "to": second.office_id().await})).await;
    second.sync().await;
    until_state(&second, "transfer.list", &id, "passed").await;
    second.ok("transfer.accept", json!({"id": id, "on": "2026-03-12"})).await;
    second.sync().await;
    until_state(&street, "transfer.waiting", &id, "to_tell").await;
    assert_eq!(street.ok("member.below", json!({})).await["total"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_is_told_to_the_target_and_a_taking_in_that_crossed_it_counts() {
    let Street { _department, street, first, second } = street().await;
    let id = passed(&street, &first, &second, "赵甲一").await;
    first.ok("transfer.withdraw", json!({"id": id})).await;
    first.sync().await;
    until_state(&street, "transfer.waiting", &id, "to_recall").await;
    let waits = street.ok("decide.list", json!({"kind": "transfer", "limit": 50})).await;
    assert_eq!(waits["rows"][0]["about"], "to_recall", "{waits}");
    street.ok("transfer.recall", json!({"id": id})).await;
    assert_eq!(state(&street, "transfer.waiting", &id).await, "withdrawn");
    let other = passed(&street, &first, &second, "钱乙二").await;
    until_state(&second, "transfer.list", &id, "withdrawn").await;

    // Recalled at the street while the target, offline, takes the member in: that counts.
    street.ok("transfer.recall", json!({"id": other, "note": "转错了"})).await;
    second.ok("transfer.accept", json!({"id": other})).await;
    second.sync().await;
    until_state(&street, "transfer.waiting", &other, "to_tell").await;
    assert_eq!(state(&second, "transfer.list", &other).await, "accepted");
    assert_eq!(street.ok("member.below", json!({})).await["total"], 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_who_moved_is_asked_for_each_month_by_one_branch() {
    let Street { _department, street, first, second } = street().await;
    let id = passed(&street, &first, &second, "赵甲一").await;
    let here = first.ok("member.list", json!({})).await["rows"][0]["id"].clone();
    let row = |member: &Value| json!({"year": 2026, "rows": [{"member": member, "class": "farmer", "fixedFen": 100}]});
    first.ok("dues.assess_year", row(&here)).await;
    let there = second.ok("transfer.accept", json!({"id": id, "on": "2026-02-10"})).await["id"].clone();
    second.ok("dues.assess_year", row(&there)).await;
    second.sync().await;
    until_state(&street, "transfer.waiting", &id, "to_tell").await;
    street.ok("transfer.told", json!({"id": id})).await;
    first.sync().await;
    until_state(&first, "transfer.list", &id, "accepted").await;
    let due = |sheet: &Value| -> Vec<u64> {
        let months = sheet["rows"][0]["months"].as_array().unwrap();
        months.iter().filter(|cell| cell["dueFen"] != 0).map(|cell| cell["month"].as_u64().unwrap()).collect()
    };
    assert_eq!(
        due(&first.ok("dues.sheet", json!({"year": 2026})).await),
        [1, 2],
        "the month of the move is the old branch's"
    );
    let sheet = second.ok("dues.sheet", json!({"year": 2026})).await;
    assert_eq!(due(&sheet), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "{sheet}");
    assert_eq!(second.ok("dues.arrears", json!({})).await["owedFen"], 100, "nothing of before the move");
    let plan = second.ok("dues.year_preview", json!({"year": 2026})).await;
    assert_eq!((&plan["rows"][0]["fromMonth"], &plan["rows"][0]["done"]), (&json!("2026-03"), &json!(true)), "{plan}");
    // Who left owing is told of, and not among those who are asked.
    let left = first.ok("dues.arrears", json!({})).await;
    assert_eq!(
        (left["rows"].as_array().map(Vec::len), &left["left"], &left["leftFen"]),
        (Some(0), &json!(1), &json!(200)),
        "{left}"
    );
}
