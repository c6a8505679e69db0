//! Two devices of one branch: enrolment by compared code, the same record edited offline, nothing hidden.

use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// The office computer and the secretary's laptop of one branch; the laptop's holder was approved at the computer.
async fn branch_with_two_devices() -> (Device, Device) {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let laptop = computer.further(json!({"role": "clerk", "ownBooks": true})).await;
    laptop.sync().await;
    (computer, laptop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_made_differently_on_two_devices_counts_unconfirmed_until_somebody_settles_it() {
    let (computer, laptop) = branch_with_two_devices().await;
    let member = computer.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    let session =
        computer.ok("meeting.save", json!({"kinds": ["members_meeting"], "date": "0305", "minutes": "开会"})).await;
    laptop.sync().await;
    let mark = |word: &str| json!({"id": session["id"], "marks": [{"member": member["id"], "mark": word}]});
    computer.ok("meeting.roll", mark("present")).await;
    laptop.ok("meeting.roll", mark("excused")).await;
    let edit = |text: &str| json!({"id": session["id"], "kinds": ["members_meeting"], "date": "0305", "minutes": text});
    computer.ok("meeting.save", edit("上午开会")).await;
    laptop.ok("meeting.save", edit("开会三项")).await;
    laptop.sync().await;

    for device in [&computer, &laptop] {
        device
            .until("conflict.list", json!({}), |list| list[0]["values"].as_array().is_some_and(|v| v.len() == 2))
            .await;
        let view = device.ok("meeting.get", json!({"id": session["id"]})).await;
        assert_eq!(view["row"]["present"], 0, "neither value is taken silently: {view}");
        assert_eq!(view["row"]["unconfirmed"], 1, "{view}");
        assert_eq!(view["minutes"], "上午开会三项", "minutes of two writers merge");
        let conflicts = device.ok("conflict.list", json!({})).await;
        assert_eq!(conflicts[0]["subject"], "赵甲一", "{conflicts}");
        let values = conflicts[0]["values"].as_array().unwrap();
        assert_eq!(values.len(), 2, "both values are shown: {conflicts}");
        assert!(values.iter().any(|value| value["holder"] == "李乙二"), "the holder is named: {conflicts}");
        assert!(values.iter().all(|value| value["on"] == scenarios::TODAY), "{conflicts}");
    }
    let conflicts = laptop.ok("conflict.list", json!({})).await;
    let row = &conflicts[0];
    let excused = json!({"book": row["book"], "record": row["record"], "field": row["field"], "value": "excused", "seen": row["seen"]});
    let undo = laptop.ok("conflict.settle", excused).await["undo"].clone();
    assert_eq!(laptop.ok("conflict.list", json!({})).await, json!([]));
    laptop.sync().await;
    computer.until("conflict.list", json!({}), |list| *list == json!([])).await;
    laptop.ok("conflict.reopen", undo.clone()).await;
    assert_eq!(laptop.ok("conflict.list", json!({})).await, conflicts, "the same values by the same writers");
    laptop.sync().await;
    // Which of the devices is "this computer" is the one difference.
    let written = |list: &Value| {
        let values = list[0]["values"].as_array().into_iter().flatten();
        values.map(|one| [one["value"].clone(), one["device"].clone(), one["on"].clone()]).collect::<Vec<_>>()
    };
    computer.until("conflict.list", json!({}), |list| written(list) == written(&conflicts)).await;
    let view = computer.ok("meeting.get", json!({"id": session["id"]})).await;
    assert_eq!(view["row"]["unconfirmed"], 1, "it is undecided again, on the other device too: {view}");
    let again = laptop.call("conflict.reopen", undo).await.unwrap_err();
    assert_eq!(again.code, "changed_since", "a choice is taken back once");
    let settle = json!({"book": row["book"], "record": row["record"], "field": row["field"], "value": "present", "seen": row["seen"]});
    let undo = laptop.ok("conflict.settle", settle).await["undo"].clone();
    laptop.ok("meeting.roll", mark("absent")).await;
    let late = laptop.call("conflict.reopen", undo).await.unwrap_err();
    assert_eq!(late.code, "changed_since", "what was written after the choice is not thrown away");
    laptop.ok("meeting.roll", mark("present")).await;
    laptop.sync().await;
    for device in [&computer, &laptop] {
        device.until("conflict.list", json!({}), |list| *list == json!([])).await;
        let view = device.ok("meeting.get", json!({"id": session["id"]})).await;
        assert_eq!(view["row"]["present"], 1, "{view}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmed_device_has_the_households_and_one_approved_without_comparing_has_not() {
    let (computer, laptop) = branch_with_two_devices().await;
    computer.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    laptop.sync().await;
    let seen = laptop.ok("household.list", json!({})).await;
    assert_eq!(seen["rows"][0]["name"], "钱乙二", "a device whose code was compared reads own books: {seen}");

    let ticket = computer.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let stray = Device::new();
    stray.join(&ticket).await;
    stray.sync().await;
    let seen = stray.ok("household.list", json!({})).await;
    assert_eq!(seen["total"], 0, "nobody compared its code: own books stay away: {seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_opens_once_and_a_refused_joiner_learns_nothing() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let ticket = computer.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let first = Device::new();
    first.join(&ticket).await;
    let second = Device::new();
    second.ok("join.start", json!({"ticket": ticket["text"]})).await;
    let mut cursor = 0;
    let state = loop {
        let state = second.ok("join.state", json!({})).await;
        if state["state"] == "failed" {
            break state;
        }
        assert_ne!(state["state"], "joined", "the ticket was used");
        let changes = second.ok("changes.wait", json!({"cursor": cursor, "timeoutMs": 5000})).await;
        cursor = changes["cursor"].as_u64().unwrap_or_default();
    };
    assert_eq!(state["error"]["code"], "ticket_refused", "{state}");
    assert_eq!(second.ok("node.overview", json!({})).await["offices"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_without_the_superior_still_says_what_another_device_brought() {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let street = Device::with_office("河东街道", "committee").await;
    let invitation = json!({"name": "河东街道", "kind": "committee", "autoApprove": true});
    street.join(&department.ok("invite.office", invitation).await).await;
    street.serve().await;
    let computer = Device::with_office("示范一村", "branch").await;
    let invitation = json!({"name": "示范一村", "kind": "branch", "autoApprove": true});
    let ticket = street.ok("invite.office", invitation).await;
    computer.join(&ticket).await;
    let again = computer.ok("join.start", json!({"ticket": ticket["text"]})).await;
    assert_eq!((&again["state"], &again["superior"]), (&json!("joined"), &json!("河东街道")), "{again}");
    computer.serve().await;
    let invitation = json!({"role": "clerk", "autoApprove": true});
    let laptop = Device::new();
    let ticket = computer.ok("invite.device", invitation).await;
    laptop.join(&ticket).await;
    let again = laptop.ok("join.start", json!({"ticket": ticket["text"]})).await;
    assert_eq!(again["state"], "joined", "{again}");
    street.node.close().await;
    computer.visit("老井边").await;

    let round = laptop.ok("sync.now", json!({"timeoutS": 2})).await;
    assert_eq!((&round["delivered"], &round["reason"]), (&json!(false), &json!("superior_unreachable")), "{round}");
    let exchanged = round["exchanged"].as_array().unwrap();
    let with = |superior: bool| exchanged.iter().find(|one| one["superior"] == superior).expect("it was called");
    assert_eq!((&with(true)["reached"], &with(true)["office"]), (&json!(false), &json!("河东街道")), "{round}");
    assert_eq!((&with(false)["complete"], &with(false)["office"]), (&json!(true), &json!("示范一村")), "{round}");
    assert!(round["received"].as_u64().unwrap() > 0, "{round}");
    assert_eq!(round["received"], with(false)["received"], "{round}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_no_effect_above_holds_up_nothing_that_follows_it() {
    let Line { street, village: computer, .. } = Line::new().await;
    computer.serve().await;
    // The street cannot tell whom the village compared, so the grant means nothing there.
    computer.further(json!({"role": "clerk", "ownBooks": true})).await;
    computer.sync().await;
    let later = computer.further(json!({"role": "clerk"})).await;
    later.visit("老井边").await;
    let round = later.sync().await;
    assert_eq!(round["delivered"], true, "{round}");
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 1).await;
    assert_eq!(street.ok("sync.troubles", json!({})).await, json!([]));
}
