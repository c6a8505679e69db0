//! Who wrote what: at the village, at the committee above it, and never more than each may read.

use crate::database::store_of;
use scenarios::stage::Line;
use scenarios::{Device, open};
use serde_json::{Value, json};

/// A street that serves, and a village that delivered a visit with a kept concern to it.
async fn street_and_village() -> (Device, Device, Value) {
    let Line { street, village, .. } = Line::new().await;
    let visit = village.ok("visit.save", visit(None, "村部")).await;
    village.ok("visit.save", visit_again(&visit)).await;
    assert_eq!(village.sync().await["delivered"], true);
    // Read in behind the receipt.
    let listed = json!({"ledger": "visits", "year": 2026});
    street.until("merged.list", listed, |answer| answer.to_string().contains("祠堂")).await;
    (street, village, visit)
}

fn visit(id: Option<&Value>, place: &str) -> Value {
    json!({
        "id": id, "date": "0305", "kind": "household", "place": place, "participants": ["王某"],
        "newHousehold": {"name": "钱乙二", "door": "3-1"},
        "concern": {"category": "roads", "text": "路灯", "privateNote": "私密", "nextStep": "报修", "owner": "王某",
                    "deadline": "2026-03-31"},
    })
}

fn visit_again(saved: &Value) -> Value {
    visit(Some(&saved["id"]), "祠堂")
}

fn field<'a>(history: &'a Value, name: &str) -> &'a Vec<Value> {
    let fields = history["fields"].as_array().unwrap();
    fields.iter().find(|field| field["field"] == name).unwrap()["values"].as_array().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_committee_sees_who_wrote_a_branchs_record_and_nothing_of_what_the_branch_keeps() {
    let (street, village, visit) = street_and_village().await;
    let id = json!({"id": visit["id"]});
    let here = village.ok("record.history", id.clone()).await;
    let there = street.ok("record.history", id.clone()).await;
    for (history, mine) in [(&here, true), (&there, false)] {
        assert_eq!(history["office"], "示范一村");
        assert_eq!((&history["sound"], &history["kind"]), (&json!(true), &json!("up/visits")));
        let place = field(history, "place");
        let told: Vec<_> = place.iter().map(|one| (one["value"].as_str(), one["standing"].as_str())).collect();
        assert_eq!(told, [(Some("祠堂"), Some("stands")), (Some("村部"), Some("replaced"))]);
        assert!(place.iter().all(|one| one["here"] == mine && one["on"] == "2026-03-20" && one["check"] == "sound"));
    }
    assert!(!there.to_string().contains("钱乙二") && !there.to_string().contains("私密"));

    // The kept concern is the village's: opened there, unknown above.
    let concerns = village.ok("concern.list", json!({})).await;
    let kept = json!({"id": concerns["rows"][0]["id"]});
    let opened = village.ok("record.history", kept.clone()).await;
    let sealed = &field(&opened, "sealed")[0];
    assert_eq!((&sealed["sealed"], &sealed["value"]), (&json!(true), &Value::Null));
    let parts = sealed["opened"].as_array().unwrap();
    assert!(parts.iter().any(|part| part["name"] == "private_note" && part["value"] == "私密"), "{sealed}");
    assert_eq!(street.call("record.history", kept).await.unwrap_err().code, "not_found");
    let named = json!({"id": visit["id"], "book": "own/private/2026"});
    assert_eq!(street.call("record.history", named).await.unwrap_err().code, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_was_not_compared_reads_no_history_of_own_books() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let visit = computer.ok("visit.save", visit(None, "村部")).await;
    let ticket = computer.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let clerk = Device::new();
    clerk.join(&ticket).await;
    clerk.sync().await;
    let seen = clerk.ok("record.history", json!({"id": visit["id"]})).await;
    assert_eq!(field(&seen, "place")[0]["here"], false);
    let concerns = computer.ok("concern.list", json!({})).await;
    let kept = json!({"id": concerns["rows"][0]["id"]});
    assert_eq!(clerk.call("record.history", kept).await.unwrap_err().code, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_refused_for_want_of_a_certificate_is_listed_and_comes_right_when_tried_again() {
    let (street, village, visit) = street_and_village().await;
    village
        .ok(
            "visit.save",
            json!({"date": "0306", "kind": "round_table", "publicPlace": true,
        "participants": ["王某"], "place": "后到的"}),
        )
        .await;
    assert_eq!(street.ok("sync.troubles", json!({})).await, json!([]));
    for device in [&street, &village] {
        device.node.shutdown().await;
    }
    let (from, _kept) = store_of(village);
    let (to, folder) = store_of(street);
    let (key, _) = from.catalog(&|key| key.kind.to_string() == "up/visits").unwrap().remove(0);
    let outgoing = from.missing_for(&key.id(), &to.heads(&key.id()).unwrap()).unwrap();
    let batch = outgoing.changes.iter().map(|bytes| ybz_domain::accept::parse_change(bytes).unwrap()).collect();
    let refused = to.accept(&key, None, batch, outgoing.attestations, &|_, _, _, _| false).unwrap();
    assert_eq!(refused.refused.len(), 1);
    drop(to);

    let street = Device { node: open(folder.path()).unwrap(), folder };
    let listed = street.ok("sync.troubles", json!({})).await;
    let row = &listed[0];
    assert_eq!((row["reason"].as_str(), row["remedy"].as_str()), (Some("not_authorised"), Some("certify")));
    assert_eq!((row["office"].as_str(), row["kind"].as_str()), (Some("示范一村"), Some("up/visits")));
    assert_eq!(
        (&row["count"], &row["firstOn"], &row["lastOn"]),
        (&json!(1), &json!("2026-03-20"), &json!("2026-03-20"))
    );
    assert_eq!(row["device"], from.device().id().to_string());
    let done = street.ok("sync.retry_troubles", json!({})).await;
    assert_eq!(done, json!({"tried": 1, "accepted": 1, "readIn": 1, "left": 0}));
    assert_eq!(street.ok("sync.troubles", json!({})).await, json!([]));
    let merged = street.ok("merged.list", json!({"ledger": "visits", "year": 2026})).await;
    assert!(merged.to_string().contains("后到的"), "{merged}");
    let history = street.ok("record.history", json!({"id": visit["id"]})).await;
    assert_eq!(history["sound"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_leaves_is_told_before_there_is_an_office_and_names_the_superior_once_there_is_one() {
    let nobody = Device::new();
    let before = nobody.ok("sync.leaves", json!({})).await;
    assert_eq!((&before["office"], &before["kind"]), (&Value::Null, &json!("branch")));
    let committee = nobody.ok("sync.leaves", json!({"kind": "committee"})).await;
    assert_eq!(committee["figuresTo"], json!(["department"]));
    let (_street, village, _) = street_and_village().await;
    let leaves = village.ok("sync.leaves", json!({})).await;
    assert_eq!((&leaves["office"], &leaves["superior"]), (&json!("示范一村"), &json!("河东街道")));
    assert_eq!(leaves["books"], before["books"], "joining changes nothing of what leaves");
}
