//! Canaries beyond the books: private words stand in no log line, no message of a crash, no error and no file in the clear.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use crate::database::contains;
use scenarios::Device;
use serde_json::json;

const PRIVATE: [&str; 8] = [
    "户主金丝雀",
    "门牌金丝雀",
    "13912340001",
    "户备注金丝雀",
    "私密备注金丝雀",
    "结对金丝雀",
    "救助金丝雀",
    "谈话金丝雀",
];

/// Collects what is logged and what a crash prints.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn taken(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Every file below a folder, with its name.
fn files(folder: &std::path::Path) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        out.extend(entry.file_name().to_string_lossy().as_bytes());
        if entry.file_type().unwrap().is_dir() {
            out.extend(files(&entry.path()));
        } else {
            out.extend(std::fs::read(entry.path()).unwrap());
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn private_words_are_in_no_log_no_crash_no_error_and_no_file_in_the_clear() {
    let lines = Lines::default();
    let writer = lines.clone();
    tracing_subscriber::fmt()
        .with_env_filter("debug,ybz_app=trace,ybz_store=trace,ybz_sync=trace")
        .with_writer(move || writer.clone())
        .try_init()
        .expect("this process logs nowhere else");

    let village = Device::with_office("示范一村", "branch").await;
    let addresses = village.serve().await;
    assert!(!addresses.is_empty());
    let household = json!({"name": "户主金丝雀", "door": "门牌金丝雀", "phone": "13912340001", "note": "户备注金丝雀"});
    let visit = json!({
        "date": "0305", "kind": "household", "newHousehold": household, "participants": ["赵甲一"],
        "concern": {"category": "roads", "text": "路灯坏了", "privateNote": "私密备注金丝雀", "nextStep": "报修",
                    "owner": "村干部", "deadline": "2026-03-31"},
    });
    village.ok("visit.save", visit).await;
    let home = village.ok("household.list", json!({})).await["rows"][0]["id"].clone();
    village.ok("pairing.save", json!({"household": home, "cadre": "赵甲一", "note": "结对金丝雀"})).await;
    village.ok("aid.save", json!({"subject": home, "reason": "救助金丝雀", "state": "asked"})).await;
    let talk = json!({"date": "0306", "trigger": "difficulty", "household": home, "text": "谈话金丝雀"});
    let talk = village.ok("talk.save", talk).await["id"].clone();
    village.ok("talk.get", json!({"id": talk})).await;
    village.ok("household.get", json!({"id": home})).await;
    let long = json!({"subject": home, "reason": format!("救助金丝雀{}", "长".repeat(600)), "state": "asked"});
    let error = village.call("aid.save", long).await.unwrap_err();
    assert!(PRIVATE.iter().all(|word| !error.to_string().contains(word)), "{error}");
    village.ok("draft.save", json!({"form": "visit", "key": "new", "value": {"note": "户主金丝雀"}})).await;
    // Errors name the place and not the words; the one word a person needs to find it is the exception of name checks.
    let long = format!("户备注金丝雀{}", "长".repeat(600));
    let error = village.call("household.save", json!({"name": "户主金丝雀", "note": long})).await.unwrap_err();
    assert_eq!(error.code, "text_too_long");
    assert!(PRIVATE.iter().all(|word| !error.to_string().contains(word)), "{error}");
    let error = village.call("household.save", json!({"name": "户主金丝雀", "door": 7})).await.unwrap_err();
    assert!(PRIVATE.iter().all(|word| !error.to_string().contains(word)), "{error}");

    // A second device takes all of it over the wire, and a crash happens while a household is open.
    let ticket = village.ok("invite.device", json!({"role": "clerk", "ownBooks": true})).await;
    let laptop = Device::new();
    laptop.ok("join.start", json!({"ticket": ticket["text"], "name": "李乙二"})).await;
    laptop.wait_join("waiting_approval").await;
    let pending = village.ok("join.pending", json!({})).await;
    village.ok("join.approve", json!({"id": pending[0]["id"]})).await;
    laptop.wait_join("joined").await;
    laptop.sync().await;
    let list = laptop.until("household.list", json!({}), |list| list["total"] == 1).await;
    assert_eq!(list["rows"][0]["note"], "户备注金丝雀");
    let crashed = lines.clone();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |what| {
        let _ = write!(crashed.clone(), "{what}");
    }));
    let node = laptop.node.clone();
    let crash = tokio::spawn(async move {
        let open = node.call("household.list", None, json!({})).await;
        let kept = open.map(|list| list["total"].clone());
        panic!("a crash while a household is open: {kept:?}, {node}", node = std::any::type_name_of_val(&node));
    });
    assert!(crash.await.unwrap_err().is_panic());
    std::panic::set_hook(before);
    laptop.ok("household.erase", json!({"id": list["rows"][0]["id"]})).await;
    laptop.sync().await;

    village.node.close().await;
    laptop.node.close().await;
    let said = lines.taken();
    assert!(
        contains(&said, "a crash while a household is open"),
        "the search is real: the crash is among what was said"
    );
    for word in PRIVATE {
        assert!(!contains(&said, word), "{word} was logged");
        for device in [&village, &laptop] {
            assert!(!contains(&files(device.folder.path()), word), "{word} stands in a file in the clear");
        }
    }
    let temporary = std::env::temp_dir();
    for entry in std::fs::read_dir(temporary).unwrap().flatten() {
        let named = entry.file_name().to_string_lossy().into_owned();
        assert!(PRIVATE.iter().all(|word| !named.contains(word)), "{named}");
    }
}
