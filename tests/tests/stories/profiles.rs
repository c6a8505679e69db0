//! People who share a computer: a PIN each, what each sees, and whose name stands in what was changed.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use scenarios::Device;
use scenarios::stage::{Line, round_table};
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, ErrorDto, Kind, Node, OpenOptions, TABLE};

async fn profile(device: &Device, name: &str, pin: &str, hidden: Value) -> String {
    let saved = device.ok("profile.save", json!({"name": name, "pin": pin, "hidden": hidden})).await;
    saved["id"].as_str().unwrap().to_owned()
}

async fn from(node: &Node, seat: &str, name: &str, input: Value) -> Result<Value, ErrorDto> {
    node.call_from(seat, name, None, input).await
}

async fn code(node: &Node, seat: &str, name: &str, input: Value) -> String {
    from(node, seat, name, input).await.unwrap_err().code
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_profiles_a_seat_gets_nothing_before_a_pin_and_nothing_once_it_is_locked() {
    let device = Device::with_office("示范一村", "branch").await;
    let node = &device.node;
    from(node, "a", "visit.list", json!({})).await.unwrap();
    assert_eq!(code(node, "a", "profile.lock", json!({})).await, "profile_none");
    let wang = profile(&device, "王甲一", "2468", json!([])).await;
    let open = ["profile.list", "profile.choose", "profile.lock"];
    for entry in TABLE.iter().filter(|entry| !open.contains(&entry.name)) {
        assert_eq!(code(node, "a", entry.name, json!({})).await, "locked", "{}", entry.name);
    }
    let state = from(node, "a", "profile.list", json!({})).await.unwrap();
    assert_eq!((&state["locked"], &state["current"]), (&json!(true), &Value::Null));
    assert!(!state.to_string().contains("2468"));
    assert_eq!(code(node, "a", "profile.choose", json!({"id": wang, "pin": "1111"})).await, "pin_wrong");
    from(node, "a", "profile.choose", json!({"id": wang, "pin": "2468"})).await.unwrap();
    from(node, "a", "visit.save", round_table("老井边")).await.unwrap();
    assert_eq!(code(node, "b", "visit.list", json!({})).await, "locked", "another browser is another seat");
    // A call that waits when the seat is locked brings nothing any more.
    let cursor = from(node, "a", "changes.wait", json!({"cursor": 0, "timeoutMs": 0})).await.unwrap()["cursor"].clone();
    let waits = {
        let node = node.clone();
        tokio::spawn(
            async move { from(&node, "a", "changes.wait", json!({"cursor": cursor, "timeoutMs": 20_000})).await },
        )
    };
    tokio::task::yield_now().await;
    from(node, "a", "profile.lock", json!({})).await.unwrap();
    device.ok("visit.save", round_table("村部")).await;
    let ended = waits.await.unwrap();
    assert_eq!(ended.unwrap_err().code, "locked");
    assert_eq!(code(node, "a", "visit.list", json!({})).await, "locked");
    assert_eq!(device.ok("visit.list", json!({})).await["total"], 2, "the command line has the key and needs no PIN");
    device.ok("profile.remove", json!({"id": wang})).await;
    from(node, "a", "visit.list", json!({})).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_sees_and_changes_only_its_areas_whatever_it_asks() {
    let device = Device::with_office("示范一村", "branch").await;
    let node = &device.node;
    let member = device.ok("member.save", json!({"name": "孙丙三", "kind": "full"})).await;
    device
        .ok("dues.assess", json!({"member": member["id"], "fromMonth": "2026-01", "class": "farmer", "fixedFen": 20}))
        .await;
    let visit = device
        .ok(
            "visit.save",
            json!({"date": "0305", "kind": "household", "participants": ["王某"], "place": "祠堂",
                "newHousehold": {"name": "钱乙二", "door": "3-1"},
                "concern": {"category": "roads", "text": "路灯", "privateNote": "私密", "nextStep": "报修", "owner": "王某",
                            "deadline": "2026-03-21"}}),
        )
        .await;
    let concern = device.ok("concern.list", json!({})).await["rows"][0]["id"].clone();
    let hidden = json!(["households", "dues", "organisation"]);
    assert_eq!(
        device.call("profile.save", json!({"name": "李乙二", "pin": "1357", "hidden": hidden})).await.unwrap_err().code,
        "profile_last_organiser"
    );
    profile(&device, "王甲一", "2468", json!([])).await;
    let li = profile(&device, "李乙二", "1357", hidden).await;
    from(node, "a", "profile.choose", json!({"id": li, "pin": "1357"})).await.unwrap();
    for (call, input) in [
        ("household.list", json!({})),
        ("concern.list", json!({})),
        ("pairing.list", json!({})),
        ("aid.list", json!({})),
        ("care.list", json!({})),
        ("talk.list", json!({})),
        ("dues.sheet", json!({})),
        ("invite.device", json!({"role": "keeper"})),
        ("profile.save", json!({"name": "李乙二", "id": li, "pin": "1357", "hidden": []})),
        ("log.list", json!({})),
        ("merged.list", json!({"ledger": "dues"})),
    ] {
        assert_eq!(code(node, "a", call, input).await, "profile_hides", "{call}");
    }
    let id = json!({"id": visit["id"]});
    let seen = from(node, "a", "visit.get", id.clone()).await.unwrap();
    assert_eq!((&seen["row"]["household"], &seen["concern"]), (&Value::Null, &Value::Null));
    let mut all = seen.to_string();
    for (call, input) in
        [("visit.list", json!({})), ("today", json!({})), ("visit.defaults", json!({})), ("draft.list", json!({}))]
    {
        all += &from(node, "a", call, input).await.unwrap().to_string();
    }
    assert!(!all.contains("钱乙二") && !all.contains("私密") && !all.contains("dues_unpaid"), "{all}");
    assert_eq!(code(node, "a", "record.history", json!({"id": concern})).await, "not_found");
    let with_household = json!({"date": "0306", "kind": "household", "participants": ["王某"],
        "newHousehold": {"name": "周丁四", "door": "1"}});
    assert_eq!(code(node, "a", "visit.save", with_household).await, "profile_hides");
    // The check of what goes up knows the household all the same.
    assert_eq!(code(node, "a", "visit.save", round_table("钱乙二家")).await, "name_private_match");
    from(node, "a", "visit.save", round_table("村部")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_is_declared_in_what_is_changed_and_seen_above() {
    let Line { department: _department, street, village } = Line::new().await;
    let wang = profile(&village, "王甲一", "2468", json!([])).await;
    from(&village.node, "a", "profile.choose", json!({"id": wang, "pin": "2468"})).await.unwrap();
    let saved = from(&village.node, "a", "visit.save", round_table("老井边")).await.unwrap();
    assert_eq!(village.sync().await["delivered"], true);
    let listed = json!({"ledger": "visits", "year": 2026});
    street.until("merged.list", listed, |answer| answer["total"] == 1).await;
    let told = street.ok("record.history", json!({"id": saved["id"]})).await;
    let value = &told["fields"][0]["values"][0];
    assert_eq!((&value["profile"], &value["check"]), (&json!("王甲一"), &json!("sound")), "{told}");
    let lines = village.ok("log.list", json!({})).await["rows"].to_string();
    assert!(lines.contains("profile_chosen") && lines.contains(&wang), "{lines}");
    assert!(village.ok("sync.leaves", json!({})).await["about"].to_string().contains("profiles"));
}

static NOW: AtomicU64 = AtomicU64::new(1_774_000_000_000);

/// A node with a clock that the test moves.
fn open(folder: &Path) -> Node {
    let options = OpenOptions {
        data: folder.join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: folder.join("boot"),
        clock: || (scenarios::today(), NOW.load(Ordering::SeqCst)),
        random: ybz_app::host::system_random,
    };
    Node::open(options).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_pins_are_slowed_down_also_by_a_restart_and_by_a_clock_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let node = open(folder.path());
    node.call("office.init", None, json!({"name": "示范一村", "kind": "branch"})).await.unwrap();
    let saved = node.call("profile.save", None, json!({"name": "王甲一", "pin": "2468"})).await.unwrap();
    let pin = |pin: &str| json!({"id": saved["id"], "pin": pin});
    for left in ["4", "3", "2", "1"] {
        let error = from(&node, "a", "profile.choose", pin("0000")).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.params["left"].as_str()), ("pin_wrong", left));
    }
    let fifth = from(&node, "b", "profile.choose", pin("0000")).await.unwrap_err();
    assert_eq!((fifth.code.as_str(), fifth.params["seconds"].as_str()), ("pin_wait", "30"));
    assert_eq!(code(&node, "a", "profile.choose", pin("2468")).await, "pin_wait", "the right one waits too");
    node.close().await;
    drop(node);
    let node = open(folder.path());
    NOW.fetch_add(29_000, Ordering::SeqCst);
    let later = from(&node, "a", "profile.choose", pin("2468")).await.unwrap_err();
    assert_eq!((later.code.as_str(), later.params["seconds"].as_str()), ("pin_wait", "1"));
    NOW.fetch_sub(3_600_000, Ordering::SeqCst);
    let back = from(&node, "a", "profile.choose", pin("2468")).await.unwrap_err();
    assert_eq!(back.params["seconds"], "30");
    NOW.fetch_add(3_602_000, Ordering::SeqCst);
    let sixth = from(&node, "a", "profile.choose", pin("0000")).await.unwrap_err();
    assert_eq!((sixth.code.as_str(), sixth.params["seconds"].as_str()), ("pin_wait", "60"));
    NOW.fetch_add(61_000, Ordering::SeqCst);
    from(&node, "a", "profile.choose", pin("2468")).await.unwrap();
    let lines = node.call("log.list", None, json!({})).await.unwrap()["rows"].to_string();
    assert!(lines.contains("profile_wrong_pin") && !lines.contains("0000\""), "{lines}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_and_pins_of_other_forms_are_refused() {
    let device = Device::with_office("示范一村", "branch").await;
    for (input, wanted, field) in [
        (json!({"name": " ", "pin": "2468"}), "required", "name"),
        (json!({"name": "王", "pin": "246"}), "pin_form", "pin"),
        (json!({"name": "王", "pin": "24a8"}), "pin_form", "pin"),
        (json!({"name": "王"}), "required", "pin"),
        (json!({"name": "王".repeat(21), "pin": "2468"}), "text_too_long", "name"),
        (json!({"name": "王", "pin": "2468", "hidden": ["visits"]}), "invalid_input", "hidden"),
    ] {
        let error = device.call("profile.save", input.clone()).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), (wanted, Some(field)), "{input}");
    }
    profile(&device, "王", "2468", json!([])).await;
    assert_eq!(
        device.call("profile.save", json!({"name": "王", "pin": "2468"})).await.unwrap_err().code,
        "profile_name_taken"
    );
    assert!(TABLE.iter().any(|entry| entry.name == "profile.choose" && entry.kind == Kind::Command));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unfinished_entries_stay_with_their_person_and_are_not_left_behind() {
    let device = Device::with_office("示范一村", "branch").await;
    let node = &device.node;
    let draft = |note: &str| json!({"form": "visit", "key": "new", "value": {"note": note}});
    device.ok("draft.save", draft("还没有使用者时")).await;
    let li = profile(&device, "李乙二", "2468", json!([])).await;
    let wang = profile(&device, "王甲一", "1357", json!([])).await;
    from(node, "a", "profile.choose", json!({"id": li, "pin": "2468"})).await.unwrap();
    let kept = from(node, "a", "draft.list", json!({})).await.unwrap();
    assert_eq!(kept[0]["value"]["note"], "还没有使用者时", "the first profile is who sat here: {kept}");
    from(node, "b", "profile.choose", json!({"id": wang, "pin": "1357"})).await.unwrap();
    assert_eq!(from(node, "b", "draft.list", json!({})).await.unwrap(), json!([]));
    from(node, "b", "draft.save", draft("王的")).await.unwrap();
    let rows = from(node, "a", "profile.list", json!({})).await.unwrap()["profiles"].clone();
    let counts: Vec<_> = rows.as_array().unwrap().iter().map(|row| (row["name"].as_str(), &row["drafts"])).collect();
    assert!(counts.contains(&(Some("王甲一"), &json!(1))), "{rows}");
    from(node, "a", "profile.remove", json!({"id": wang})).await.unwrap();
    assert_eq!(from(node, "a", "draft.list", json!({})).await.unwrap().as_array().map(Vec::len), Some(1));
    from(node, "a", "profile.remove", json!({"id": li})).await.unwrap();
    let left = device.ok("draft.list", json!({})).await;
    assert_eq!(left.as_array().map(Vec::len), Some(1), "the last person's are there for whoever sits here: {left}");
    assert_eq!(left[0]["value"]["note"], "还没有使用者时");
}
