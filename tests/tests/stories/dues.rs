//! 党费 over the years: what is paid late or ahead counts for the month that it names.

use scenarios::Device;
use serde_json::{Value, json};

fn cell(sheet: &Value, month: usize) -> (i64, i64) {
    let cell = &sheet["rows"][0]["months"][month - 1];
    (cell["dueFen"].as_i64().unwrap(), cell["paidFen"].as_i64().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_counts_for_its_month_however_late_or_early_and_hides_no_arrears() {
    let village = Device::with_office("示范一村", "branch").await;
    let member = village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2001-07"})).await;
    village
        .ok("dues.assess", json!({"member": member["id"], "fromMonth": "2022-01", "class": "farmer", "fixedFen": 100}))
        .await;
    let pay = |on: &str, month: &str| json!({"on": on, "entries": [{"member": member["id"], "month": month, "amountFen": 100}]});
    // Today is 2026-03-20: four years late; and all of the rest of the year ahead, with nothing for January to March.
    village.ok("dues.collect", pay("2026-03-20", "2022-05")).await;
    for month in 4..=12 {
        village.ok("dues.collect", pay("2026-03-20", &format!("2026-{month:02}"))).await;
    }
    let old = village.ok("dues.sheet", json!({"year": 2022})).await;
    assert_eq!(cell(&old, 5), (100, 100), "{old}");
    assert_eq!(old["owedFen"], 1_100);
    let now = village.ok("dues.sheet", json!({"year": 2026})).await;
    assert_eq!((cell(&now, 1), cell(&now, 4)), ((100, 0), (100, 100)));
    assert_eq!(now["owedFen"], 300, "what is paid ahead does not make January to March paid: {now}");
    // Paid twice for one month is shown as such and pays no other.
    for _ in 0..2 {
        village.ok("dues.collect", pay("2026-03-20", "2026-01")).await;
    }
    let now = village.ok("dues.sheet", json!({"year": 2026})).await;
    assert_eq!((now["owedFen"].as_i64(), now["rows"][0]["months"][0]["double"].as_bool()), (Some(200), Some(true)));
    // Every place is named, also 自愿多交 and other years, whichever year's sheet one looks at.
    for _ in 0..2 {
        let extra = json!({"member": member["id"], "amountFen": 5_000, "extra": true});
        village.ok("dues.collect", json!({"on": "2026-03-19", "entries": [extra]})).await;
    }
    village.ok("dues.collect", pay("2026-03-20", "2022-05")).await;
    let double =
        |year: i16, month: Value| json!({"member": member["id"], "name": "赵甲一", "year": year, "month": month});
    let places = json!([double(2026, Value::Null), double(2026, json!(1)), double(2022, json!(5))]);
    for year in [2022, 2026] {
        assert_eq!(village.ok("dues.sheet", json!({"year": year})).await["doubles"], places);
    }
    let due = village.ok("today", json!({"all": true})).await["due"].as_array().unwrap().clone();
    let told = due.iter().find(|one| one["code"] == "dues_double").unwrap();
    assert_eq!(told["params"]["count"], "3", "今日 counts the same places");
}
