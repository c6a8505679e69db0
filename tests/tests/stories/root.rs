//! The root of the tree is lost: the recovery words make the next charter, and nobody below joins again.

use scenarios::Device;
use serde_json::{Value, json};
use ybz_app::host::{self, KeyPlace, With};

/// A department that founded a tree, with its words, and two streets below it.
async fn tree() -> (Device, String, Device, Device) {
    let department = Device::new();
    let made = department.ok("office.init", json!({"name": "县委组织部", "kind": "organization-department"})).await;
    let words: Vec<&str> =
        made["recoveryWords"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    department.serve().await;
    let east = Device::below(&department, "河东街道", "committee").await;
    let west = Device::below(&department, "河西街道", "committee").await;
    (department, words.join(" "), east, west)
}

async fn version(device: &Device) -> u64 {
    device.ok("root.state", json!({})).await["version"].as_u64().unwrap()
}

/// Whether a round with the superior went through.
async fn delivers(device: &Device) -> bool {
    let item = json!({"title": "季度督查", "category": "督查", "leader": "孙丁四", "person": "李丙三", "deadline": "2026-06-30", "origin": "own"});
    device.ok("checklist.save", item).await;
    device.sync().await["delivered"] == true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_root_device_shuts_out_the_stolen_one_and_everybody_follows_without_joining_again() {
    let (first, words, east, west) = tree().await;
    let ticket = first.ok("invite.device", json!({"role": "keeper", "autoApprove": true})).await;
    let second = Device::new();
    second.join(&ticket).await;
    assert!(delivers(&east).await);
    second.sync().await;
    let stolen = first.ok("node.overview", json!({})).await["device"].clone();

    // Whoever has the stolen laptop lets a street of his own in.
    let forged = Device::below(&first, "假街道", "committee").await;
    assert!(delivers(&forged).await);

    let wrong = format!("{} zoo", &words[..words.rfind(' ').unwrap()]);
    let error = second.call("root.renew", json!({"words": wrong, "lost": [{"device": stolen}]})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("recovery_words_wrong", Some("words")));
    assert_eq!(version(&second).await, 1, "what failed changed nothing");
    second.ok("root.words", json!({"words": words})).await;
    let renewed = second.ok("root.renew", json!({"words": words, "lost": [{"device": stolen}]})).await;
    assert_eq!(renewed["version"], 2);
    assert_eq!(renewed["below"], json!(["河东街道", "河西街道"]), "what was let in after the theft is not of the tree");

    // One street learns of it in a session with the new root device, the other by a card.
    let listens = second.serve().await;
    assert!(!listens.is_empty());
    let card = second.ok("tree.card", json!({})).await;
    for street in [&east, &west] {
        let taken = street.ok("tree.take", json!({"base64": card["base64"]})).await;
        assert_eq!(taken["version"], 2, "{taken}");
        assert!(delivers(street).await, "it goes on delivering, to the new root");
        assert_eq!(street.ok("node.overview", json!({})).await["offices"][0]["superior"], "县委组织部");
    }
    let state = east.ok("root.state", json!({})).await;
    let old = state["keepers"].as_array().unwrap().iter().find(|keeper| keeper["device"] == stolen).unwrap();
    assert_eq!((&old["ended"], &old["inCharter"]), (&json!(true), &json!(false)), "{state}");

    // The stolen laptop is a stranger to all of them now.
    let session = first.ok("sync.now", json!({"timeoutS": 5})).await;
    assert!(session["exchanged"].as_array().unwrap().iter().all(|one| one["complete"] == false), "{session}");
    let taken = forged.ok("tree.take", json!({"base64": card["base64"]})).await;
    assert_eq!(taken["version"], 2);
    assert_eq!(forged.ok("node.overview", json!({})).await["offices"][0]["superior"], Value::Null);

    // Nor does it come back by its own word or by the words once more.
    let back = first.ok("tree.card", json!({})).await;
    east.ok("tree.take", json!({"base64": back["base64"]})).await;
    assert_eq!(version(&east).await, 2);
    first.ok("tree.take", json!({"base64": card["base64"]})).await;
    let error = first.call("root.renew", json!({"words": words})).await.unwrap_err();
    assert_eq!(error.code, "device_removed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_machine_becomes_the_root_by_the_words_and_the_cards_of_its_streets() {
    let (first, words, east, west) = tree().await;
    assert!(delivers(&east).await && delivers(&west).await);
    let broken = first.ok("node.overview", json!({})).await["device"].clone();
    first.node.shutdown().await;
    let cards = [east.ok("tree.card", json!({})).await, west.ok("tree.card", json!({})).await];
    drop(first);

    let new = Device::new();
    let error = new.call("root.renew", json!({"words": words})).await.unwrap_err();
    assert_eq!(error.code, "root_card_needed");
    let mut damaged = cards[0]["base64"].as_str().unwrap().to_owned();
    damaged.replace_range(80..84, "AAAA");
    let error = new.call("root.renew", json!({"words": words, "cards": [damaged]})).await.unwrap_err();
    assert_eq!(error.code, "card_unreadable");
    assert_eq!(new.ok("node.overview", json!({})).await["offices"], json!([]), "nothing was made");

    // With one card it knows of one street, with the other of both.
    let renewed = new.ok("root.renew", json!({"words": words, "cards": [cards[0]["base64"]]})).await;
    assert_eq!((&renewed["version"], &renewed["below"]), (&json!(2), &json!(["河东街道"])));
    new.ok("tree.take", json!({"base64": cards[1]["base64"]})).await;
    let tree = new.ok("org.tree", json!({})).await;
    let names: Vec<&str> = tree.as_array().unwrap().iter().map(|office| office["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["县委组织部", "河东街道", "河西街道"]);
    let state = new.ok("root.state", json!({})).await;
    let old = state["keepers"].as_array().unwrap().iter().find(|keeper| keeper["device"] == broken).unwrap();
    assert_eq!(old["ended"], false, "a device that merely broke is not shut out");

    new.serve().await;
    let card = new.ok("tree.card", json!({})).await;
    for street in [&east, &west] {
        street.ok("tree.take", json!({"base64": card["base64"]})).await;
        assert!(delivers(street).await);
    }
    // It issues on: a third street joins the new root.
    let third = Device::below(&new, "河南街道", "committee").await;
    assert!(delivers(&third).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_root_restored_from_its_backup_goes_on_by_the_words_and_needs_no_card() {
    let (first, words, east, west) = tree().await;
    assert!(delivers(&east).await && delivers(&west).await);
    let stick = first.folder.path().join("stick");
    std::fs::create_dir_all(&stick).unwrap();
    first.ok("key.set_passphrase", json!({"passphrase": "老井边的槐树开花了"})).await;
    let made = first.ok("backup.make", json!({"folder": stick})).await;
    let broken = first.id().await;
    first.node.close().await;

    let folder = tempfile::tempdir().unwrap();
    let place = KeyPlace::File(folder.path().join("key"));
    let (data, boot) = (folder.path().join("data"), folder.path().join("boot"));
    let file = std::path::Path::new(made["file"].as_str().unwrap());
    host::restore(file, &data, &place, With::Passphrase("老井边的槐树开花了"), &boot, scenarios::today()).unwrap();
    let new = Device { node: scenarios::open(folder.path()).unwrap(), folder };
    assert_ne!(new.id().await, broken, "a restored database is another device");
    let early = new.call("invite.office", json!({"name": "河南街道", "kind": "committee"})).await.unwrap_err();
    assert_eq!(early.code, "restored_not_approved");
    let renewed = new.ok("root.renew", json!({"words": words, "lost": [{"device": broken}]})).await;
    assert_eq!(renewed["below"], json!(["河东街道", "河西街道"]), "the backup knows the tree");
    new.serve().await;
    let card = new.ok("tree.card", json!({})).await;
    for street in [&east, &west] {
        street.ok("tree.take", json!({"base64": card["base64"]})).await;
        assert!(delivers(street).await);
    }
    let third = Device::below(&new, "河南街道", "committee").await;
    assert!(delivers(&third).await);
    assert!(new.node.doctor().unwrap().sound);
}
