//! A computer breaks: what a backup, a colleague and the superior give back, and what each of them cannot.

use std::path::{Path, PathBuf};

use scenarios::stage::{Line, round_table};
use scenarios::{Device, open};
use serde_json::{Value, json};
use ybz_app::Node;
use ybz_app::host::{self, KeyPlace, With};

const PASSPHRASE: &str = "老井边的槐树开花了";

async fn record(village: &Device) {
    village.visit("老井边").await;
    village.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
}

/// A backup of the device under the passphrase, in a folder of its own.
async fn back_up(device: &Device) -> PathBuf {
    let folder = device.folder.path().join("stick");
    std::fs::create_dir_all(&folder).unwrap();
    device.ok("key.set_passphrase", json!({"current": "", "passphrase": PASSPHRASE})).await;
    let row = device.ok("backup.make", json!({"folder": folder})).await;
    PathBuf::from(row["file"].as_str().unwrap())
}

/// The backup on a new computer, whose key is the one of all stories.
fn restored(file: &Path, with: With<'_>) -> Device {
    let folder = tempfile::tempdir().unwrap();
    let place = KeyPlace::File(folder.path().join("key"));
    let today = scenarios::today();
    let (data, boot) = (folder.path().join("data"), folder.path().join("boot"));
    host::restore(file, &data, &place, with, &boot, today).unwrap();
    let node: Node = open(folder.path()).unwrap();
    Device { node, folder }
}

async fn code(device: &Device, name: &str, input: Value) -> String {
    device.call(name, input).await.unwrap_err().code
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_office_that_stands_alone_goes_on_as_a_new_device() {
    let village = Device::with_office("示范一村", "branch").await;
    record(&village).await;
    let old = village.ok("node.overview", json!({})).await["device"].clone();
    let file = back_up(&village).await;
    let there = restored(&file, With::Passphrase(PASSPHRASE));
    let overview = there.ok("node.overview", json!({})).await;
    assert_ne!(overview["device"], old);
    assert_eq!(overview["offices"][0]["role"], "keeper", "{overview}");
    assert_eq!(there.ok("household.list", json!({})).await["rows"][0]["name"], "钱乙二");
    there.ok("household.save", json!({"name": "孙丙三", "door": "4-2"})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_device_reads_only_and_keeps_private_records_locked_until_a_colleague_has_let_it_in() {
    let Line { department: _department, street: _street, village } = Line::new().await;
    village.serve().await;
    record(&village).await;
    village.sync().await;
    let laptop = village.further(json!({"role": "keeper"})).await;
    laptop.sync().await;
    laptop.until("household.list", json!({}), |list| list["total"] == 1).await;
    let file = back_up(&laptop).await;

    let there = restored(&file, With::Passphrase(PASSPHRASE));
    assert_eq!(there.ok("visit.list", json!({})).await["total"], 1, "the books are there");
    for (name, input) in
        [("household.list", json!({})), ("concern.list", json!({})), ("concern.hand_in_preview", json!({}))]
    {
        assert_eq!(code(&there, name, input).await, "private_locked", "{name}");
    }
    let member = json!({"name": "周丁四", "kind": "full"});
    assert_eq!(code(&there, "member.save", member.clone()).await, "restored_not_approved");
    let status = there.ok("key.status", json!({})).await;
    assert_eq!((&status["waiting"], &status["locked"]), (&json!(["示范一村"]), &json!(["示范一村"])), "{status}");

    // The colleague lets it in without comparing: that it could open the backup stands for the digits.
    let ticket = village.ok("invite.device", json!({"role": "keeper", "autoApprove": true})).await;
    there.join(&ticket).await;
    assert_eq!(code(&there, "household.list", json!({})).await, "private_locked", "nobody was met yet");
    there.ok("member.save", member).await;
    village.ok("household.save", json!({"name": "吴戊五", "door": "5-3"})).await;
    there.sync().await;
    let households = there.until("household.list", json!({}), |list| list["total"] == 2).await;
    assert_eq!(households["rows"].as_array().map(Vec::len), Some(2), "it is a confirmed device: {households}");
    let status = there.ok("key.status", json!({})).await;
    assert_eq!((&status["waiting"], &status["locked"]), (&json!([]), &json!([])), "{status}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_village_with_one_computer_goes_on_from_its_backup_by_the_word_of_its_superior() {
    let Line { department: _department, street, village } = Line::new().await;
    record(&village).await;
    assert_eq!(village.sync().await["delivered"], true);
    let file = back_up(&village).await;
    let (office, broken) = (village.office_id().await, village.id().await);
    village.node.close().await;

    let there = restored(&file, With::Passphrase(PASSPHRASE));
    assert_eq!(there.ok("key.status", json!({})).await["waiting"], json!(["示范一村"]));
    assert_eq!(code(&there, "visit.save", round_table("村口")).await, "restored_not_approved");
    street.compare(&there, "handover.install", json!({"office": office}), "李乙二").await;
    let round = there.sync().await;
    assert_eq!(round["delivered"], true, "{round}");
    // That it could open the backup stands for a colleague's comparison: nobody else is there to give one.
    let households = there.until("household.list", json!({}), |list| list["total"] == 1).await;
    assert_eq!(households["rows"][0]["name"], "钱乙二", "{households}");
    let status = there.ok("key.status", json!({})).await;
    assert_eq!((&status["waiting"], &status["locked"]), (&json!([]), &json!([])), "{status}");
    there.visit("村口").await;
    assert_eq!(there.sync().await["delivered"], true);
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 2).await;
    street.ok("device.remove", json!({"office": office, "device": broken})).await;
    there.sync().await;
    assert_eq!(there.visits().await, 2, "what the broken computer had delivered stays");
    // The street could name nothing of the private books: they stay as they are, and the village says that they count.
    assert_eq!(there.ok("household.list", json!({})).await["total"], 1);
    let troubles = there.ok("sync.troubles", json!({})).await;
    assert_eq!(troubles[0]["remedy"], "adopt", "{troubles}");
    let adopted = there.ok("device.adopt", json!({"device": broken})).await;
    assert_eq!(adopted["left"], 0, "{adopted}");
    assert_eq!(there.ok("sync.troubles", json!({})).await, json!([]));
    let report = there.node.doctor().unwrap();
    assert!(report.sound, "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleagues_file_opens_the_private_records_of_a_restored_device_without_what_was_erased() {
    let Line { department: _department, street: _street, village } = Line::new().await;
    record(&village).await;
    village.ok("household.save", json!({"name": "吴戊五", "door": "5-3"})).await;
    let file = back_up(&village).await;
    let list = village.ok("household.list", json!({})).await;
    let erased = list["rows"].as_array().unwrap().iter().find(|row| row["name"] == "钱乙二").unwrap()["id"].clone();
    let earlier = village.ok("invite.device", json!({"role": "keeper"})).await;
    village.ok("household.erase", json!({"id": erased})).await;

    let there = restored(&file, With::Passphrase(PASSPHRASE));
    crate::stick::carry_request(&village, &there, &earlier).await;
    assert_eq!(code(&there, "household.list", json!({})).await, "private_locked", "let in, and nothing was brought");
    let targets = village.ok("bundle.list_targets", json!({})).await;
    let colleague = targets.as_array().unwrap().iter().find(|one| one["relation"] == "colleague").unwrap();
    let bundle = crate::stick::export(&village, colleague["id"].as_str().unwrap()).await;
    crate::stick::import(&there, &bundle).await;
    let households = there.ok("household.list", json!({})).await;
    assert_eq!(households["total"], 1, "{households}");
    assert_eq!(households["rows"][0]["name"], "吴戊五", "what was erased since the backup is not there again");
    assert_eq!(there.ok("key.status", json!({})).await["locked"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_says_whose_backup_it_comes_from() {
    let village = Device::with_office("示范一村", "branch").await;
    village.serve().await;
    let invitation = json!({"role": "keeper", "autoApprove": true});
    let laptop = Device::new();
    laptop.join(&village.ok("invite.device", invitation.clone()).await).await;
    let unseen = restored(&back_up(&laptop).await, With::Passphrase(PASSPHRASE));
    unseen.join(&village.ok("invite.device", invitation).await).await;
    village.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await;
    unseen.sync().await;
    let households = unseen.ok("household.list", json!({})).await;
    assert_eq!(households["total"], 0, "a device that nobody compared vouches for none: {households}");

    let known = restored(&back_up(&village).await, With::Passphrase(PASSPHRASE));
    let ticket = village.ok("invite.device", json!({"role": "keeper"})).await;
    known.ok("join.start", json!({"ticket": ticket["text"]})).await;
    known.wait_join("waiting_approval").await;
    let pending = village.ok("join.pending", json!({})).await;
    let old = village.ok("node.overview", json!({})).await["device"].clone();
    assert_eq!(pending[0]["after"], old, "the approver sees it: {pending}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_superior_alone_gives_back_what_went_up_and_came_down_and_the_screen_says_what_it_cannot() {
    let Line { department: _department, street, village } = Line::new().await;
    village.serve().await;
    record(&village).await;
    village.sync().await;
    let id = village.ok("node.overview", json!({})).await["offices"][0]["id"].clone();
    street.ok("dispatch.send", json!({"to": [id], "title": "排查用电", "deadline": "0401"})).await;
    village.sync().await;
    let further = Device::new();
    let ticket = village.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    further.join(&ticket).await;
    // Nobody of the office is there any more.
    village.node.close().await;
    drop(village);
    further.ok("sync.now", json!({"timeoutS": 20})).await;
    let visits = further.until("visit.list", json!({}), |list| list["total"] == 1).await;
    assert_eq!(visits["rows"][0]["place"], "老井边", "{visits}");
    let items = further.until("checklist.list", json!({}), |list| list["total"] == 1).await;
    assert_eq!(items["rows"][0]["title"], "排查用电", "{items}");
    assert_eq!(further.ok("household.list", json!({})).await["total"], 0);
    let status = further.ok("sync.status", json!({})).await;
    assert_eq!(status["ownMissing"], json!(["own/households", "own/private"]), "{status}");
    drop(street);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_passphrase_is_opened_by_the_sheet_and_changes_need_the_one_in_force() {
    let village = Device::with_office("示范一村", "branch").await;
    record(&village).await;
    let first = village.ok("key.recovery_sheet", json!({})).await;
    assert_eq!((first["words"].as_array().map(Vec::len), &first["offices"]), (Some(24), &json!(["示范一村"])));
    let short = village.call("key.set_passphrase", json!({"passphrase": "短口令"})).await.unwrap_err();
    assert_eq!((short.code.as_str(), short.field.as_deref()), ("passphrase_short", Some("passphrase")));
    village.ok("key.set_passphrase", json!({"passphrase": PASSPHRASE})).await;
    for (name, input) in [
        ("key.set_passphrase", json!({"current": "猜一猜猜一猜", "passphrase": "新的一句话八个字"})),
        ("key.recovery_sheet", json!({"current": ""})),
        ("key.use_keychain", json!({"current": "猜一猜猜一猜"})),
    ] {
        let error = village.call(name, input).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), ("wrong_passphrase", Some("current")), "{name}");
    }
    let words = |sheet: &Value| {
        let words: Vec<&str> = sheet["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        words.join(" ")
    };
    let second = village.ok("key.recovery_sheet", json!({"current": PASSPHRASE})).await;
    let Device { node, folder } = village;
    node.close().await;
    drop(node);
    let (data, today) = (folder.path().join("data"), scenarios::today());
    let failed = host::recover(&data, &words(&first), "新的一句话八个字", today).unwrap_err();
    assert_eq!(failed.code, "words_wrong", "a sheet that was renewed opens nothing");
    assert_eq!(host::recover(&data, "不是词", "新的一句话八个字", today).unwrap_err().code, "words_wrong");
    host::unlock(&data, PASSPHRASE).unwrap();
    // Typed as printed: numbered, with capitals.
    let typed: Vec<String> =
        words(&second).split(' ').enumerate().map(|(n, word)| format!("{}. {}", n + 1, word.to_uppercase())).collect();
    host::recover(&data, &typed.join("\n"), "新的一句话八个字", today).unwrap();
    assert_eq!(host::unlock(&data, PASSPHRASE).unwrap_err().code, "wrong_passphrase");
    // Full width and half width are one passphrase.
    host::unlock(&data, "新的一句话八个字 ").unwrap();
}
