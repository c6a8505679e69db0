//! 组织关系转接: a recall crosses an acceptance, and two branches have one member on their rosters. The committee says which one keeps
//! it, the other writes it out, and all the while the member is counted once. Every number is counted by hand.

use crate::members::{Street, street};
use scenarios::Device;
use serde_json::{Value, json};

/// The rows of a page, or of a list that is answered whole.
fn listed(answer: &Value) -> &Value {
    answer.get("rows").unwrap_or(answer)
}

fn at<'a>(answer: &'a Value, id: &Value) -> &'a Value {
    let rows = listed(answer);
    let found = rows.as_array().unwrap().iter().find(|row| row["id"] == *id);
    found.unwrap_or_else(|| panic!("no {id} in {rows}"))
}

async fn state(device: &Device, call: &str, id: &Value) -> String {
    at(&device.ok(call, json!({})).await, id)["state"].as_str().unwrap().to_owned()
}

async fn until_state(device: &Device, call: &str, id: &Value, wanted: &str) {
    let is = |answer: &Value| {
        listed(answer).as_array().is_some_and(|rows| rows.iter().any(|row| row["id"] == *id && row["state"] == wanted))
    };
    device.until(call, json!({}), is).await;
}

fn leaving(today: &Value) -> bool {
    today["due"].as_array().is_some_and(|due| due.iter().any(|item| item["code"] == "transfer_leaving"))
}

/// Members of the street and of each village, as the street counts them.
async fn counted(street: &Device, villages: [&str; 3]) -> (u64, [u64; 3]) {
    let below = street.ok("member.below", json!({})).await;
    let of = |name: &str| {
        let rows = below["offices"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).map_or(0, |row| row["count"].as_u64().unwrap())
    };
    (below["total"].as_u64().unwrap(), villages.map(of))
}

const VILLAGES: [&str; 3] = ["示范一村", "示范二村", "示范三村"];

/// The first village has two members, the others one each; 赵甲一 of the first is taken in by the second, which does not hear that it
/// was recalled, and by the third.
async fn taken_twice() -> (Street, Device, Value) {
    let all = street().await;
    let Street { street, first, second, .. } = &all;
    let third = Device::below(street, VILLAGES[2], "branch").await;
    let save = |name: &str| json!({"name": name, "kind": "full", "joined": "1998-07"});
    let member = first.ok("member.save", save("赵甲一")).await["id"].clone();
    first.ok("member.save", save("钱乙二")).await;
    second.ok("member.save", save("孙丙三")).await;
    third.ok("member.save", save("李丁四")).await;
    let id = first.ok("transfer.out", json!({"member": member, "place": "示范二村"})).await["id"].clone();
    for village in [first, second, &third] {
        village.sync().await;
    }
    until_state(street, "transfer.waiting", &id, "waiting").await;
    street.until("member.below", json!({}), |below| below["total"] == 4).await;
    assert_eq!(counted(street, VILLAGES).await, (4, [2, 1, 1]));

    street.ok("transfer.pass", json!({"id": id, "to": second.office_id().await})).await;
    second.sync().await;
    until_state(second, "transfer.list", &id, "passed").await;
    // The second village takes the member in without a network; the street recalls and passes on to the third.
    second.ok("transfer.accept", json!({"id": id, "on": "2026-03-12"})).await;
    street.ok("transfer.recall", json!({"id": id, "note": "应转三村"})).await;
    street.ok("transfer.pass", json!({"id": id, "to": third.office_id().await})).await;
    assert_eq!(counted(street, VILLAGES).await, (4, [2, 1, 1]));
    third.sync().await;
    until_state(&third, "transfer.list", &id, "passed").await;
    third.ok("transfer.accept", json!({"id": id, "on": "2026-03-15"})).await;
    third.sync().await;
    until_state(street, "transfer.waiting", &id, "to_tell").await;
    assert_eq!(counted(street, VILLAGES).await, (4, [1, 1, 2]));
    second.sync().await;
    until_state(street, "transfer.waiting", &id, "taken_twice").await;
    (all, third, id)
}

/// Who is on a roster today.
async fn roster(village: &Device) -> Vec<String> {
    let list = village.ok("member.list", json!({})).await;
    list["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_whom_two_villages_took_in_stays_with_the_one_that_the_street_names() {
    let (Street { _department, street, first, second }, third, id) = taken_twice().await;
    let waits = street.ok("decide.list", json!({"kind": "transfer", "limit": 50})).await;
    let row = &waits["rows"][0];
    assert_eq!((&row["about"], &row["note"]), (&json!("taken_twice"), &json!("示范二村 · 示范三村")), "{waits}");
    assert_eq!(waits["total"], 1, "{waits}");
    let case = at(&street.ok("transfer.waiting", json!({})).await, &id).clone();
    let holders: Vec<_> = case["holders"].as_array().unwrap().iter().map(|one| (&one["name"], &one["on"])).collect();
    let (two, three) = ((json!("示范二村"), json!("2026-03-12")), (json!("示范三村"), json!("2026-03-15")));
    assert!(holders.contains(&(&two.0, &two.1)) && holders.contains(&(&three.0, &three.1)), "{case}");
    assert_eq!(holders.len(), 2);
    // On two rosters, counted once: 4 members in all.
    assert_eq!((roster(&second).await.len(), roster(&third).await.len()), (2, 2));
    assert_eq!(counted(&street, VILLAGES).await.0, 4);
    let stranger = street.call("transfer.keep", json!({"id": id, "to": first.office_id().await})).await.unwrap_err();
    assert_eq!((stranger.code.as_str(), stranger.field.as_deref()), ("office_unknown", Some("to")));
    let early = second.call("transfer.leave", json!({"id": id})).await.unwrap_err();
    assert_eq!(early.code, "transfer_ended", "nobody told it to");

    street.ok("transfer.keep", json!({"id": id, "to": third.office_id().await})).await;
    assert_eq!(state(&street, "transfer.waiting", &id).await, "to_tell", "the first village is still to be told");
    street.ok("transfer.told", json!({"id": id})).await;
    let case = at(&street.ok("transfer.waiting", json!({})).await, &id).clone();
    assert_eq!((&case["state"], &case["to"]), (&json!("leaving"), &json!("示范三村")), "{case}");
    assert_eq!(street.ok("decide.list", json!({"kind": "transfer", "limit": 50})).await["total"], 0);
    assert_eq!(counted(&street, VILLAGES).await.0, 4);

    // Each village hears its part.
    first.sync().await;
    until_state(&first, "transfer.list", &id, "accepted").await;
    assert_eq!(roster(&first).await, ["钱乙二"]);
    third.sync().await;
    assert_eq!(state(&third, "transfer.list", &id).await, "accepted");
    let refused = third.call("transfer.leave", json!({"id": id})).await.unwrap_err();
    assert_eq!(refused.code, "transfer_ended", "it keeps the member");
    second.sync().await;
    until_state(&second, "transfer.list", &id, "taken_twice").await;
    let told = at(&second.ok("transfer.list", json!({})).await, &id).clone();
    assert_eq!((&told["note"], &told["countedBy"]), (&json!("示范三村"), &json!("other")), "{told}");
    assert!(leaving(&second.ok("today", json!({})).await));
    assert_eq!(roster(&second).await.len(), 2, "nobody but the village writes its roster");

    second.ok("transfer.leave", json!({"id": id})).await;
    assert_eq!(state(&second, "transfer.list", &id).await, "left");
    assert!(!leaving(&second.ok("today", json!({})).await));
    assert_eq!((roster(&second).await, roster(&third).await.len()), (vec!["孙丙三".to_owned()], 2));
    let past = second.ok("member.past", json!({"on": "2026-03-14"})).await;
    assert_eq!(past["total"], 2, "until the day before the third village took in: {past}");
    assert_eq!(second.ok("member.past", json!({"on": "2026-03-15"})).await["total"], 1);
    let twice = second.call("transfer.leave", json!({"id": id})).await.unwrap_err();
    assert_eq!(twice.code, "transfer_ended");
    assert_eq!(counted(&street, VILLAGES).await.0, 4, "before the street knows");
    second.sync().await;
    until_state(&street, "transfer.waiting", &id, "accepted").await;
    assert_eq!(counted(&street, VILLAGES).await, (4, [1, 1, 2]));
    let late = street.call("transfer.keep", json!({"id": id, "to": second.office_id().await})).await.unwrap_err();
    assert_eq!(late.code, "transfer_ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn until_a_village_has_written_the_member_out_the_street_may_name_the_other_one() {
    let (Street { _department, street, second, .. }, third, id) = taken_twice().await;
    let keep = async |village: &Device| {
        street.ok("transfer.keep", json!({"id": id, "to": village.office_id().await})).await;
    };
    keep(&third).await;
    second.sync().await;
    until_state(&second, "transfer.list", &id, "taken_twice").await;
    keep(&second).await;
    second.sync().await;
    until_state(&second, "transfer.list", &id, "accepted").await;
    let refused = second.call("transfer.leave", json!({"id": id})).await.unwrap_err();
    assert_eq!(refused.code, "transfer_ended", "that was taken back");
    third.sync().await;
    until_state(&third, "transfer.list", &id, "taken_twice").await;
    third.ok("transfer.leave", json!({"id": id})).await;
    third.sync().await;
    until_state(&street, "transfer.waiting", &id, "to_tell").await;
    assert_eq!((roster(&second).await.len(), roster(&third).await), (2, vec!["李丁四".to_owned()]));
    assert_eq!(third.ok("member.past", json!({"on": "2026-03-15"})).await["total"], 1, "not before it took in");
    assert_eq!(counted(&street, VILLAGES).await, (4, [1, 2, 1]));
}
