//! 待我决定: what waits for a street stands in one list, by kind, each with unit, since when and by when; what is decided leaves it.

use scenarios::{Device, stage};
use serde_json::{Value, json};

/// A street with two villages below it.
async fn street() -> (Device, Device, Device, Device) {
    let (department, street) = stage::street().await;
    street.serve().await;
    let first = Device::below(&street, "示范一村", "branch").await;
    let second = Device::below(&street, "示范二村", "branch").await;
    (department, street, first, second)
}

/// How many rows each kind has, in the order of the list.
fn kinds(list: &Value) -> Vec<(String, u64)> {
    let of = |one: &Value| (one["kind"].as_str().unwrap().to_owned(), one["count"].as_u64().unwrap());
    list["kinds"].as_array().unwrap().iter().map(of).collect()
}

fn count(list: &Value, kind: &str) -> u64 {
    kinds(list).into_iter().find(|(known, _)| known == kind).map_or(0, |(_, count)| count)
}

async fn waits(street: &Device, kind: &str, wanted: u64) -> Value {
    street.until("decide.list", json!({"kind": kind}), |list| count(list, kind) == wanted).await
}

/// Takes a step on an item as it is here.
async fn act(device: &Device, id: &Value, event: &str, mut said: Value) {
    said["seen"] = device.ok("flow.get", json!({"id": id})).await["seen"].clone();
    said["id"] = id.clone();
    said["event"] = json!(event);
    device.ok("flow.act", said).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn months_items_transfers_and_joins_wait_in_one_list_and_leave_it_once_decided() {
    let (_department, street, first, second) = street().await;
    let empty = street.ok("decide.list", json!({})).await;
    assert_eq!((&empty["waiting"], &empty["total"], &empty["rows"]), (&json!(0), &json!(0), &json!([])), "{empty}");

    first.ok("visit.save", stage::round_table("村部")).await;
    first.ok("month.submit", json!({"month": "2026-03"})).await;
    second.ok("month.submit", json!({"month": "2026-03"})).await;
    let to = json!([first.office_id().await]);
    street
        .ok("dispatch.send", json!({"to": to, "title": "防汛检查", "deadline": "2026-03-10", "confirmDate": true}))
        .await;
    first.sync().await;
    let item = first.ok("checklist.list", json!({"origin": "superior"})).await["rows"][0]["id"].clone();
    first.ok("checklist.progress", json!({"id": item, "note": "已排查", "state": "done", "person": "赵甲一"})).await;
    let member = first.ok("member.save", json!({"name": "钱乙二", "kind": "full"})).await["id"].clone();
    first.ok("transfer.out", json!({"member": member, "place": "示范二村"})).await;
    for village in [&first, &second] {
        village.sync().await;
    }
    waits(&street, "submission", 2).await;
    waits(&street, "item", 1).await;
    waits(&street, "transfer", 1).await;
    // Somebody asks to join, and nobody has compared the digits.
    let ticket = street.ok("invite.office", json!({"name": "示范三村", "kind": "branch"})).await;
    let third = Device::with_office("示范三村", "branch").await;
    third.ok("join.start", json!({"ticket": ticket["text"], "name": "孙丙三"})).await;
    third.wait_join("waiting_approval").await;

    let list = street.ok("decide.list", json!({})).await;
    let expected = [("submission", 2), ("item", 1), ("transfer", 1), ("join", 1)];
    assert_eq!(kinds(&list), expected.map(|(kind, count)| (kind.to_owned(), count)), "{list}");
    assert_eq!((&list["waiting"], &list["total"]), (&json!(5), &json!(5)));
    assert_eq!(street.ok("today", json!({})).await["committee"]["toDecide"], 5, "今日 says the same number");
    let rows = list["rows"].as_array().unwrap();
    let told = |row: &Value| {
        [&row["officeName"], &row["title"], &row["since"]].map(|word| word.as_str().unwrap_or("-").to_owned())
    };
    assert_eq!(told(&rows[0]), ["示范一村", "2026-03", scenarios::TODAY]);
    assert_eq!(told(&rows[2]), ["示范一村", "防汛检查", scenarios::TODAY]);
    assert_eq!(
        (&rows[2]["until"], &rows[2]["overdue"]),
        (&json!("2026-03-10"), &json!(true)),
        "its day is past: {rows:?}"
    );
    assert_eq!(
        (&rows[3]["title"], &rows[3]["note"], &rows[3]["about"]),
        (&json!("钱乙二"), &json!("示范二村"), &json!("waiting"))
    );
    assert_eq!((&rows[4]["officeName"], &rows[4]["about"]), (&json!("示范三村"), &json!("office")));

    // Pages are cut across the kinds, and one kind alone has its own.
    let page = street.ok("decide.list", json!({"offset": 1, "limit": 3})).await;
    let ids = |list: &Value| list["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!((ids(&page), &page["total"]), (ids(&list)[1..4].to_vec(), &json!(5)));
    let joins = street.ok("decide.list", json!({"kind": "join"})).await;
    assert_eq!((ids(&joins), &joins["total"]), (ids(&list)[4..].to_vec(), &json!(1)));

    // Each is decided by the call that its screen uses, with what the row has.
    for row in &rows[..2] {
        let input = json!({"id": row["target"], "accept": true, "note": "", "digest": row["digest"]});
        street.ok("submission.decide", input).await;
    }
    street.ok("dispatch.decide", json!({"id": rows[2]["target"], "accept": true})).await;
    let to = second.office_id().await;
    street.ok("transfer.pass", json!({"id": rows[3]["target"], "to": to})).await;
    street.ok("join.refuse", json!({"id": rows[4]["target"]})).await;
    assert_eq!(street.ok("decide.list", json!({})).await["total"], 0);
    assert_eq!(street.ok("today", json!({})).await["committee"]["toDecide"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_reported_waits_for_acceptance_and_what_crossed_for_settling() {
    let (_department, street, first, _second) = street().await;
    let village = first.office_id().await;
    let opened = json!({"flow": "rectification", "to": [village], "title": "公开栏更新不及时", "text": "还是上季度的"});
    let id = street.ok("flow.open", opened).await["items"][0]["id"].clone();
    let list = json!({"person": "李乙二", "due": "2026-04-10", "data": {"measure": "每月更新"}});
    act(&street, &id, "list", list).await;
    first.sync().await;
    first.until("flow.get", json!({"id": id}), |view| view["row"]["state"] == "listed").await;
    assert_eq!(street.ok("decide.list", json!({})).await["total"], 0, "the village is at it");
    act(&first, &id, "begin", json!({})).await;
    act(&first, &id, "rectify", json!({"note": "已更新", "person": "李乙二"})).await;
    act(&first, &id, "report", json!({"note": "书面报告", "person": "李乙二"})).await;
    first.sync().await;
    let waiting = waits(&street, "flow", 1).await;
    let row = &waiting["rows"][0];
    assert_eq!(
        (&row["target"], &row["about"], &row["event"], &row["officeName"]),
        (&id, &json!("rectification"), &json!("accept"), &json!("示范一村")),
        "{row}"
    );

    // Accepted here while the village took its report back: both see it, and it waits for whoever settles it.
    act(&street, &id, "accept", json!({"person": "孙丁四", "role": "组织委员"})).await;
    assert_eq!(street.ok("decide.list", json!({})).await["total"], 0);
    act(&first, &id, "withdraw", json!({})).await;
    first.sync().await;
    let waiting = waits(&street, "disputed", 1).await;
    assert_eq!((&waiting["rows"][0]["about"], &waiting["rows"][0]["target"]), (&json!("flow"), &id), "{waiting}");
    assert_eq!(count(&waiting, "flow"), 0, "once in the list");
    // By its template the unit settles it: what the street is shown says so, and names no step of its own.
    assert_eq!(waiting["rows"][0]["event"], "", "{waiting}");
    act(&first, &id, "stand", json!({})).await;
    first.sync().await;
    waits(&street, "disputed", 0).await;
    assert_eq!(street.ok("flow.get", json!({"id": id})).await["row"]["state"], "accepted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cases_wait_until_somebody_handles_them_and_again_when_their_answer_comes_back() {
    let (_department, street, first, _second) = street().await;
    let below = first.office_id().await;
    let accept = |title: &str| json!({"title": title, "text": title, "channel": "walk_in", "due": "2026-04-20"});
    let one = street.ok("case.accept", accept("青柳路路灯坏了三盏,晚上出行不便")).await["id"].clone();
    let other = street.ok("case.accept", accept("青柳路三盏路灯坏了,晚上出行不便")).await["id"].clone();
    let waiting = street.ok("decide.list", json!({})).await;
    assert_eq!(
        (count(&waiting, "case"), count(&waiting, "alike"), &waiting["waiting"]),
        (2, 1, &json!(2)),
        "{waiting}"
    );
    let proposal = waiting["rows"].as_array().unwrap().last().unwrap();
    assert_eq!((&proposal["about"], &proposal["count"]), (&json!("cases"), &json!(1)), "{proposal}");

    // Merged they wait once, as the one that stands for both; taken back each waits by itself again.
    let merge = json!({"kind": "cases", "main": one, "parts": [one, other]});
    let merged = street.ok("alike.merge", merge).await["id"].clone();
    let waiting = street.ok("decide.list", json!({})).await;
    assert_eq!((count(&waiting, "case"), count(&waiting, "alike")), (1, 0), "{waiting}");
    assert_eq!(waiting["rows"][0]["target"], one);
    street.ok("alike.undo", json!({"id": merged})).await;
    assert_eq!(count(&street.ok("decide.list", json!({})).await, "case"), 2);

    let seen = street.ok("flow.get", json!({"id": one})).await["seen"].clone();
    let pass = json!({"id": one, "seen": seen, "way": "down", "to": below, "title": "路灯坏了", "text": "三盏", "due": "2026-04-10",
                      "person": "赵甲一"});
    let linked = street.ok("case.pass", pass).await["id"].clone();
    assert_eq!(count(&street.ok("decide.list", json!({})).await, "case"), 1, "the village handles it");
    first.sync().await;
    first.until("flow.get", json!({"id": linked}), |view| view["row"]["state"] == "assigned").await;
    // Not the village's matter: handed back it waits here, until it is assigned anew.
    act(&first, &linked, "hand_back", json!({"note": "路灯归城建办"})).await;
    first.sync().await;
    let back = waits(&street, "case", 2).await;
    let handed = back["rows"].as_array().unwrap().iter().find(|row| row["about"] == "handed_back");
    assert_eq!(handed.unwrap_or_else(|| panic!("nothing handed back in {back}"))["target"], linked);
    act(&street, &linked, "assign", json!({"person": "赵甲一", "due": "2026-04-12"})).await;
    assert_eq!(count(&street.ok("decide.list", json!({})).await, "case"), 1);
    first.sync().await;
    first.until("flow.get", json!({"id": linked}), |view| view["row"]["state"] == "assigned").await;
    let seen = first.ok("flow.get", json!({"id": linked})).await["seen"].clone();
    first.ok("case.answer", json!({"id": linked, "seen": seen, "note": "已换好"})).await;
    first.sync().await;
    let waiting = waits(&street, "answer", 1).await;
    assert_eq!(
        (&waiting["rows"][0]["target"], &waiting["rows"][0]["until"]),
        (&one, &json!("2026-04-20")),
        "{waiting}"
    );
    let seen = street.ok("flow.get", json!({"id": one})).await["seen"].clone();
    street.ok("case.answer_back", json!({"id": one, "seen": seen, "linked": linked})).await;
    assert_eq!(count(&street.ok("decide.list", json!({})).await, "answer"), 0, "taken over it waits no more");
}
