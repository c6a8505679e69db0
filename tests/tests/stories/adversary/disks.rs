//! Disks that were copied, and disks that were put back.

use std::path::Path;

use scenarios::{Device, open};
use serde_json::json;
use ybz_domain::ids::Incarnation;
use ybz_sync::wire::Frame;

use super::puppet::{Puppet, Victim};
use super::world::{World, visit};
use crate::database::store_of;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Closes a device and gives its folder, at rest.
async fn closed(device: Device) -> tempfile::TempDir {
    device.node.shutdown().await;
    let (store, folder) = store_of(device);
    drop(store);
    folder
}

fn opened(folder: tempfile::TempDir) -> Device {
    Device { node: open(folder.path()).expect("it opens"), folder }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cloned_disk_goes_on_as_another_life_and_no_work_of_either_is_lost() {
    let World { street, village, victim } = World::new().await;
    let original = closed(village).await;
    let clone = tempfile::tempdir().unwrap();
    copy(original.path(), clone.path());
    let world = World { street, village: opened(original), victim };
    let clone = opened(clone);
    let id = |overview: serde_json::Value| overview["device"].clone();
    let (here, there) =
        (world.village.ok("node.overview", json!({})).await, clone.ok("node.overview", json!({})).await);
    assert_eq!(id(here), id(there), "one key, twice");
    world.village.ok("visit.save", visit("原盘记的")).await;
    clone.ok("visit.save", visit("副本记的")).await;
    for device in [&world.village, &clone, &world.village] {
        world.deliver(device).await;
    }
    for device in [&world.street, &world.village] {
        let (list, input) = match device.folder.path() == world.street.folder.path() {
            true => ("merged.list", json!({"ledger": "visits", "year": 2026})),
            false => ("visit.list", json!({"year": 2026})),
        };
        let both = |answer: &serde_json::Value| {
            let text = answer.to_string();
            text.contains("原盘记的") && text.contains("副本记的")
        };
        device.until(list, input, both).await;
    }
    assert_eq!(world.troubles().await, [], "no number was used twice");
    let before = world.state().await;
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_put_back_from_an_old_backup_is_delivered_to_again() {
    let World { street, village, .. } = World::new().await;
    let folder = closed(street).await;
    let backup = tempfile::tempdir().unwrap();
    copy(&folder.path().join("data"), &backup.path().join("data"));
    let street = opened(folder);
    let victim = Victim::listening(&street).await;
    let world = World { street, village, victim };
    world.works("备份之后").await;
    let later = world.state().await;

    let World { street, village, .. } = world;
    let folder = closed(street).await;
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    copy(&backup.path().join("data"), &folder.path().join("data"));
    let street = opened(folder);
    let victim = Victim::listening(&street).await;
    let world = World { street, village, victim };
    assert!(!world.state().await["visits"].to_string().contains("备份之后"), "the backup is older");
    let round = world.deliver(&world.village).await;
    assert!(round.changes > 0, "{round:?}");
    assert_eq!(world.state().await["visits"], later["visits"], "what the backup lacked is there again");
    let before = world.state().await;
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_green_survives_a_hub_of_another_life_or_of_a_lower_counter() {
    let World { street, village, .. } = World::new().await;
    let (store, _folder) = store_of(street);
    let (key, office) = (store.device(), store.local_offices().unwrap()[0].office);
    let (life, counter) = store.receipt_counter().unwrap();
    let tree = store.tree().unwrap();
    assert!(counter > 0);
    drop(store);
    let victim = Victim::listening(&village).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "green");
    // The street's own key, as after its disk was put back: it says hello and leaves.
    let mut hub = Puppet::with_key(key, office).await;
    (hub.tree, hub.incarnation) = (tree, life);
    let said = |hub: &Puppet, counter| ybz_sync::wire::HelloData { counter, ..hub.hello() };
    greet(&hub, &victim, said(&hub, counter)).await;
    assert_eq!(village.ok("sync.status", json!({})).await["light"], "green", "the same life, no lower counter");
    greet(&hub, &victim, said(&hub, counter - 1)).await;
    let status = village.ok("sync.status", json!({})).await;
    assert!(status["light"] == "blue" && status["unsent"].as_u64().unwrap() > 0, "a lower counter: {status}");
    hub.incarnation = Incarnation([0x55; 16]);
    greet(&hub, &victim, said(&hub, counter + 1)).await;
    let status = village.ok("sync.status", json!({})).await;
    assert!(status["light"] == "blue" && status["unsent"].as_u64().unwrap() > 0, "another life: {status}");
    village.ok("visit.save", visit("祠堂")).await;
    assert!(village.ok("visit.list", json!({"year": 2026})).await.to_string().contains("祠堂"), "its work goes on");
}

async fn greet(hub: &Puppet, victim: &Victim, said: ybz_sync::wire::HelloData) {
    let mut call = hub.call_saying(victim, said).await;
    assert!(call.until(|frame| matches!(frame, Frame::Listing(_))).await);
}
