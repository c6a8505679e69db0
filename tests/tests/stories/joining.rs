//! Invitations as the inviter sees them, and joining that outlives a closed program.

use scenarios::{Device, open};
use serde_json::{Value, json};

/// Waits until joining failed, and gives back the state.
async fn failed(device: &Device) -> Value {
    let mut cursor = 0;
    loop {
        let state = device.ok("join.state", json!({})).await;
        if state["state"] == "failed" {
            return state;
        }
        assert_ne!(state["state"], "joined", "{state}");
        let changes = device.ok("changes.wait", json!({"cursor": cursor, "timeoutMs": 5000})).await;
        cursor = changes["cursor"].as_u64().unwrap_or_default();
    }
}

/// The device after its program was closed and opened again.
async fn opened_again(device: Device) -> Device {
    let Device { node, folder } = device;
    node.shutdown().await;
    drop(node);
    // What was under way holds the books until it ends.
    let node = loop {
        match open(folder.path()) {
            Ok(node) => break node,
            Err(error) => assert_eq!(error.code, "directory_in_use", "{error}"),
        }
        tokio::task::yield_now().await;
    };
    Device { node, folder }
}

async fn invite(from: &Device, name: &str) -> Value {
    from.ok("invite.office", json!({"name": name, "kind": "committee"})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_inviter_sees_its_invitations_and_what_asks() {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let ticket = invite(&department, "河东街道").await;
    let device = department.ok("invite.device", json!({"role": "viewer"})).await;
    for name in ["三街道", "一街道", "十二街道", "二街道"] {
        invite(&department, name).await;
    }
    let names = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|one| one["officeName"].as_str().unwrap().to_owned()).collect()
    };
    let list = department.ok("invite.list", json!({})).await;
    assert_eq!(names(&list), ["一街道", "二街道", "三街道", "十二街道", "河东街道", "县委组织部"], "{list}");
    let tree = department.ok("org.tree", json!({})).await;
    let tree: Vec<&str> = tree.as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect();
    assert_eq!(tree, ["县委组织部", "一街道", "二街道", "三街道", "十二街道", "河东街道"]);
    let own = list.as_array().unwrap().iter().find(|one| one["id"] == device["id"]).unwrap();
    assert_eq!((&own["invites"], &own["role"], &own["waiting"]), (&json!("device"), &json!("viewer"), &json!(0)));
    assert!(!list.to_string().contains(ticket["text"].as_str().unwrap()), "no ticket is shown again");

    let street = Device::with_office("河东街道党工委", "committee").await;
    street.ok("join.start", json!({"ticket": ticket["text"], "name": "孙丁四"})).await;
    let waiting = street.wait_join("waiting_approval").await;
    let pending = department.ok("join.pending", json!({})).await;
    assert_eq!(pending[0]["invites"], "office");
    assert_eq!(pending[0]["officeName"], "河东街道党工委", "as it calls itself");
    assert_eq!(pending[0]["invitedAs"], "河东街道", "as the inviter named it");
    assert_eq!(
        (&pending[0]["kind"], &pending[0]["role"], &pending[0]["holder"], &pending[0]["code"]),
        (&json!("committee"), &json!("keeper"), &json!("孙丁四"), &waiting["code"]),
    );
    let laptop = Device::new();
    laptop.ok("join.start", json!({"ticket": device["text"]})).await;
    laptop.wait_join("waiting_approval").await;
    let pending = department.ok("join.pending", json!({})).await;
    let asks = pending.as_array().unwrap().iter().find(|one| one["invites"] == "device").unwrap();
    assert_eq!(
        (&asks["officeName"], &asks["kind"], &asks["role"], &asks["holder"], &asks["invitedAs"]),
        (&json!("县委组织部"), &json!("organization-department"), &json!("viewer"), &Value::Null, &Value::Null),
    );
    let list = department.ok("invite.list", json!({})).await;
    let asking = |id: &Value| list.as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap()["waiting"].clone();
    assert_eq!((asking(&ticket["id"]), asking(&device["id"])), (json!(1), json!(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawn_ticket_opens_nothing_for_who_waits_and_for_who_comes_later() {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let ticket = invite(&department, "河东街道").await;
    let street = Device::with_office("河东街道", "committee").await;
    street.ok("join.start", json!({"ticket": ticket["text"]})).await;
    street.wait_join("waiting_approval").await;
    let pending = department.ok("join.pending", json!({})).await;
    department.ok("invite.withdraw", json!({"id": ticket["id"]})).await;
    let state = failed(&street).await;
    assert_eq!(state["error"]["code"], "ticket_refused", "who waits hears of it: {state}");
    assert_eq!(department.ok("join.pending", json!({})).await, json!([]));
    assert_eq!(department.ok("invite.list", json!({})).await, json!([]));
    let tree = department.ok("org.tree", json!({})).await;
    assert_eq!(tree.as_array().unwrap().len(), 1, "{tree}");
    let late = department.call("join.approve", json!({"id": pending[0]["id"]})).await.unwrap_err();
    assert_eq!(late.code, "not_found", "a click that comes too late lets nobody in");
    let twice = department.call("invite.withdraw", json!({"id": ticket["id"]})).await.unwrap_err();
    assert_eq!(twice.code, "not_found");

    let other = Device::with_office("河东街道", "committee").await;
    other.ok("join.start", json!({"ticket": ticket["text"]})).await;
    assert_eq!(failed(&other).await["error"]["code"], "ticket_refused");

    let used =
        department.ok("invite.office", json!({"name": "河西街道", "kind": "committee", "autoApprove": true})).await;
    let west = Device::with_office("河西街道", "committee").await;
    west.join(&used).await;
    let error = department.call("invite.withdraw", json!({"id": used["id"]})).await.unwrap_err();
    assert_eq!(error.code, "ticket_used", "who has joined is not thrown out by it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_keeper_of_the_office_withdraws() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let clerk = computer.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let laptop = Device::new();
    laptop.join(&clerk).await;
    let error = laptop.call("invite.withdraw", json!({"id": clerk["id"]})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.params["need"].as_str()), ("not_allowed", "keeper"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_joining_stands_outlives_a_closed_program() {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let ticket = invite(&department, "河东街道").await;
    let street = Device::with_office("河东街道", "committee").await;
    assert_eq!(street.ok("join.state", json!({})).await["state"], "none");
    street.ok("join.start", json!({"ticket": ticket["text"]})).await;
    let waiting = street.wait_join("waiting_approval").await;

    let street = opened_again(street).await;
    let state = street.ok("join.state", json!({})).await;
    assert_eq!(
        (state["state"].clone(), state["code"].clone()),
        (waiting["state"].clone(), json!(null)),
        "digits are good for one session: {state}"
    );
    assert_eq!(state["superior"], "县委组织部");
    assert_eq!(state["error"]["code"], "join_interrupted", "nobody asks now, and it says so: {state}");

    let pending = department.ok("join.pending", json!({})).await;
    department.ok("join.approve", json!({"id": pending[0]["id"]})).await;
    street.join(&ticket).await;
    assert_eq!(street.ok("join.state", json!({})).await["error"], Value::Null);
    let street = opened_again(street).await;
    assert_eq!(street.ok("join.state", json!({})).await["state"], "none", "what is decided is not waited for");

    let other = Device::with_office("河西街道", "committee").await;
    other.ok("join.start", json!({"ticket": ticket["text"]})).await;
    let before = failed(&other).await;
    let other = opened_again(other).await;
    assert_eq!(other.ok("join.state", json!({})).await, before, "why it failed is still known");
    drop(street);
}
