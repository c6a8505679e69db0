//! The books as they were on a day: what was written until its end, by the days of those who wrote, and nothing that was taken
//! back or erased since.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::ToSpan;
use jiff::civil::Date;
use scenarios::Device;
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

/// Days since the first of March 2026, as this story's clock shows them.
static DAY: AtomicI64 = AtomicI64::new(0);

fn clock() -> (Date, u64) {
    static MILLIS: AtomicU64 = AtomicU64::new(1_772_000_000_000);
    let day = Date::constant(2026, 3, 1).saturating_add(DAY.load(Ordering::SeqCst).days());
    (day, MILLIS.fetch_add(1, Ordering::Relaxed))
}

fn device() -> Device {
    let folder = tempfile::tempdir().unwrap();
    let options = OpenOptions {
        data: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: folder.path().join("boot"),
        clock,
        random: ybz_app::host::system_random,
    };
    Device { node: Node::open(options).unwrap(), folder }
}

fn table(id: &Value, place: &str) -> Value {
    json!({"id": id, "date": "2026-03-02", "kind": "round_table", "publicPlace": true, "participants": ["王某"],
           "place": place})
}

async fn past(device: &Device, day: &str, ledger: &str) -> Value {
    device.ok("past.page", json!({"day": day, "ledger": ledger})).await
}

fn told(page: &Value) -> Vec<(String, String)> {
    let rows = page["rows"].as_array().unwrap().iter();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.map(|row| (text(row, "title"), text(row, "since"))).collect()
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(title, since)| ((*title).to_owned(), (*since).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ledger_on_a_day_shows_what_stood_then_and_what_became_of_it() {
    let village = device();
    village.ok("office.init", json!({"name": "示范一村", "kind": "branch"})).await;
    DAY.store(4, Ordering::SeqCst);
    let first = village.ok("visit.save", table(&Value::Null, "村部")).await["id"].clone();
    let second = village.ok("visit.save", table(&Value::Null, "学校")).await["id"].clone();
    let member = village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2010-07"})).await;
    let pay = |fen: i64| json!({"on": "2026-03-05", "entries": [{"member": member["id"], "month": "2026-03", "amountFen": fen}]});
    village.ok("dues.collect", pay(500)).await;
    DAY.store(9, Ordering::SeqCst);
    village.ok("visit.save", table(&first, "祠堂")).await;
    village.ok("dues.collect", pay(300)).await;
    village.ok("member.save", json!({"id": member["id"], "name": "赵甲乙", "kind": "full", "joined": "2010-07"})).await;
    DAY.store(14, Ordering::SeqCst);
    village.ok("visit.save", table(&Value::Null, "渠边")).await;
    village.ok("deleted.mark", json!({"id": second})).await;

    assert_eq!(past(&village, "2026-03-04", "visits").await["total"], 0);
    let fifth = past(&village, "2026-03-05", "visits").await;
    assert_eq!(told(&fifth), pairs(&[("学校", "deleted"), ("村部", "changed")]));
    assert_eq!(
        (&fifth["addedSince"], &fifth["from"], &fifth["renewed"]),
        (&json!(1), &json!("2026-03-05"), &json!(false))
    );
    let place = fifth["rows"][1]["fields"].as_array().unwrap().iter().find(|field| field["field"] == "place").unwrap();
    assert_eq!((&place["values"], &place["now"]), (&json!(["村部"]), &json!(["祠堂"])));
    assert_eq!(told(&past(&village, "10日", "visits").await), pairs(&[("学校", "deleted"), ("祠堂", "same")]));
    assert_eq!(told(&past(&village, "2026-03-15", "visits").await), pairs(&[("渠边", "same"), ("祠堂", "same")]));
    let changed = json!({"day": "2026-03-10", "ledger": "visits", "changedOnly": true, "text": "学"});
    assert_eq!(village.ok("past.page", changed).await["total"], 1);

    assert_eq!(past(&village, "2026-03-05", "dues").await["paidFen"], 500);
    assert_eq!(past(&village, "2026-03-10", "dues").await["paidFen"], 800);
    assert_eq!(told(&past(&village, "2026-03-05", "members").await), pairs(&[("赵甲一", "changed")]));
    assert_eq!(told(&past(&village, "2026-03-10", "members").await), pairs(&[("赵甲乙", "same")]));
    let future = json!({"day": "2026-03-16", "ledger": "visits"});
    assert_eq!(village.call("past.page", future).await.unwrap_err().code, "past_future");

    // A text that is taken back is nowhere any more: the book begins anew on that day and cannot tell of an earlier one.
    DAY.store(19, Ordering::SeqCst);
    village.ok("record.redact", json!({"record": first, "fields": ["place"]})).await;
    let gone = village.call("past.page", json!({"day": "2026-03-10", "ledger": "visits"})).await.unwrap_err();
    assert_eq!((gone.code.as_str(), gone.params["date"].as_str()), ("past_before", "2026-03-20"));
    let now = past(&village, "2026-03-20", "visits").await;
    assert_eq!((&now["total"], &now["renewed"]), (&json!(2), &json!(true)));
    assert!(!now.to_string().contains("祠堂"));
    // What was deleted went along and is still there to be restored.
    village.ok("deleted.restore", json!({"id": second})).await;
    assert_eq!(village.visits().await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn households_on_a_day_are_told_at_home_alone_and_an_erased_one_has_no_name() {
    let village = Device::with_office("示范一村", "branch").await;
    village.serve().await;
    let save = |name: &str| {
        json!({"date": "0305", "kind": "household", "place": "渠边", "participants": ["王某"],
               "newHousehold": {"name": name, "door": "3-1"}})
    };
    let visit = village.ok("visit.save", save("钱乙二")).await;
    village.ok("visit.save", save("孙丙三")).await;
    let page = past(&village, "2026-03-20", "households").await;
    assert_eq!((&page["total"], page.to_string().contains("钱乙二 3-1")), (&json!(2), true));
    let household = village.ok("visit.get", json!({"id": visit["id"]})).await["householdId"].clone();
    village.ok("household.erase", json!({"id": household, "reason": "本人要求"})).await;
    let page = past(&village, "2026-03-20", "households").await;
    assert_eq!((&page["total"], page.to_string().contains("钱乙二")), (&json!(2), false));
    assert!(page.to_string().contains("孙丙三"));

    let ticket = village.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    let clerk = Device::new();
    clerk.join(&ticket).await;
    clerk.sync().await;
    let visits = past(&clerk, "2026-03-20", "visits").await;
    assert_eq!(visits["total"], 2);
    let hidden = json!({"day": "2026-03-20", "ledger": "households"});
    assert_eq!(clerk.call("past.page", hidden).await.unwrap_err().code, "not_allowed");
}
