//! Two devices of one branch assess the same member's dues while they do not see each other: both are shown, one call settles it.

use scenarios::Device;
use serde_json::{Value, json};

/// What a value holds under a name.
fn part<'a>(value: &'a Value, name: &str) -> &'a str {
    let parts = value["opened"].as_array().unwrap();
    parts.iter().find(|one| one["name"] == name).and_then(|one| one["value"].as_str()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_bases_stand_side_by_side_until_one_is_entered_over_both() {
    let computer = Device::with_office("示范一村", "branch").await;
    computer.serve().await;
    let laptop = computer.further(json!({"role": "clerk", "ownBooks": true})).await;
    let member = computer.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2001-07"})).await;
    let base = |fen: i64| json!({"member": member["id"], "fromMonth": "2026-01", "class": "salaried", "baseFen": fen});
    computer.ok("dues.assess", base(400_000)).await;
    computer.ok("dues.assess", base(410_000)).await;
    laptop.sync().await;
    assert_eq!(computer.ok("conflict.list", json!({})).await, json!([]), "what is put right is no conflict");

    computer.ok("dues.assess", base(420_000)).await;
    laptop.ok("dues.assess", base(450_000)).await;
    laptop.sync().await;
    for device in [&computer, &laptop] {
        let list = device.until("conflict.list", json!({}), |list| list[0].is_object()).await;
        let [row] = list.as_array().unwrap().as_slice() else { panic!("{list}") };
        assert_eq!((&row["recordType"], &row["field"]), (&json!("dues_assessment"), &json!("over/2026-01")), "{row}");
        assert_eq!((&row["subject"], &row["sealed"]), (&json!("赵甲一"), &json!(true)), "{row}");
        let mut said: Vec<_> = row["values"].as_array().unwrap().iter().collect();
        said.sort_by_key(|value| part(value, "base"));
        assert_eq!(said.iter().map(|value| part(value, "base")).collect::<Vec<_>>(), ["420000", "450000"]);
        assert_eq!(said.iter().map(|value| part(value, "amount")).collect::<Vec<_>>(), ["4200", "4500"]);
        assert_eq!((&said[0]["device"], &said[1]["holder"]), (&json!(computer.id().await), &json!("李乙二")), "{row}");
        assert_eq!((&said[0]["on"], &said[1]["closed"]), (&json!(scenarios::TODAY), &json!(false)), "{row}");
        let today = device.ok("today", json!({})).await;
        assert_eq!(today["conflicts"][0]["subject"], "赵甲一");
        assert!(!today.to_string().contains("420000"), "lists only name it: {today}");
    }

    let list = laptop.ok("conflict.list", json!({})).await;
    let row = &list[0];
    let value = row["values"].as_array().unwrap().iter().find(|value| part(value, "base") == "420000").unwrap();
    let choice = json!({"book": row["book"], "record": row["record"], "field": row["field"], "value": value["value"], "seen": row["seen"]});
    let other = json!({"book": row["book"], "record": row["record"], "field": row["field"], "value": member["id"], "seen": row["seen"]});
    assert_eq!(laptop.call("conflict.settle", other).await.unwrap_err().code, "invalid_input");
    laptop.ok("conflict.settle", choice.clone()).await;
    assert_eq!(
        laptop.call("conflict.settle", choice).await.unwrap_err().code,
        "changed_since",
        "nothing waits any more"
    );
    laptop.sync().await;
    for device in [&computer, &laptop] {
        device.until("conflict.list", json!({}), |list| *list == json!([])).await;
        let sheet = device.ok("dues.sheet", json!({"year": 2026})).await;
        assert_eq!((&sheet["rows"][0]["monthlyFen"], &sheet["rows"][0]["baseFen"]), (&json!(4_200), &json!(420_000)));
    }
}
