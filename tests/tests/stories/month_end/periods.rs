//! Closed months and years, and the year's turn.

use jiff::civil::Date;
use scenarios::Device;
use scenarios::workload::{set_today, system_clock};
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

use super::{Line, joined, round_table};

fn on(day: Date) -> impl Fn(&std::path::Path) -> Node {
    set_today(day);
    |folder| {
        Node::open(OpenOptions {
            data: folder.join("data"),
            key: DatabaseKey::from_bytes([7; 32]),
            create: true,
            boot: folder.join("boot"),
            clock: system_clock,
            random: ybz_app::host::system_random,
        })
        .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closed_periods_hold_here_open_by_decision_and_a_year_closes_when_nothing_is_open() {
    let open = on(Date::constant(2026, 12, 28));
    let device = || {
        let folder = tempfile::tempdir().unwrap();
        Device { node: open(folder.path()), folder }
    };
    let (department, street, second, village) = (device(), device(), device(), device());
    department.ok("office.init", json!({"name": "县委组织部", "kind": "organization-department"})).await;
    street.ok("office.init", json!({"name": "河东街道", "kind": "committee"})).await;
    village.ok("office.init", json!({"name": "示范一村", "kind": "branch"})).await;
    department.serve().await;
    let ticket = json!({"name": "河东街道", "kind": "committee", "autoApprove": true});
    street.join(&department.ok("invite.office", ticket).await).await;
    let line = joined(department, street, second, village).await;
    let Line { street, village, .. } = &line;
    let visit = village.ok("visit.save", round_table("2026-11-06", "村部")).await;
    village.ok("period.close", json!({"period": "2026-11"})).await;
    let mut edit = round_table("2026-11-06", "老井边");
    edit["id"] = visit["id"].clone();
    for refused in [edit.clone(), round_table("2026-11-07", "村部")] {
        let error = village.call("visit.save", refused).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.params["period"].as_str()), ("period_closed", "2026-11"), "{error}");
    }
    let mut moved = round_table("2026-12-01", "村部");
    moved["id"] = visit["id"].clone();
    assert_eq!(village.call("visit.save", moved).await.unwrap_err().code, "period_closed", "nor out of the month");
    village.ok("visit.save", round_table("2026-12-02", "村部")).await;
    village.ok("month.submit", json!({"month": "2026-11"})).await;
    let silent = village.call("period.reopen", json!({"period": "2026-11"})).await.unwrap_err();
    assert_eq!(silent.field.as_deref(), Some("note"), "a reason is asked for");
    village.ok("period.reopen", json!({"period": "2026-11", "note": "地点记错"})).await;
    village.ok("visit.save", edit).await;
    let periods = village.ok("period.list", json!({"year": 2026})).await;
    assert_eq!((&periods[0]["closedHere"], &periods[0]["words"][1]["note"]), (&json!(false), &json!("地点记错")));

    // The street closes a month of the branch; the branch cannot open it, and it holds once it has heard of it. What was
    // recorded meanwhile arrives all the same.
    let office = village.ok("node.overview", json!({})).await["offices"][0]["id"].clone();
    street.ok("period.close", json!({"period": "2026-10", "office": office})).await;
    village.ok("visit.save", round_table("2026-10-09", "村部")).await;
    village.sync().await;
    let closed = |check: &Value| check["closed"] == "2026-10";
    village.until("month.check", json!({"month": "2026-10"}), closed).await;
    let error = village.call("visit.save", round_table("2026-10-10", "村部")).await.unwrap_err();
    assert_eq!(error.code, "period_closed_above");
    let own = village.call("period.reopen", json!({"period": "2026-10", "note": "x"})).await.unwrap_err();
    assert_eq!(own.code, "period_is_open", "it was not the branch that closed it");
    let october = |page: &Value| page["total"] == 1;
    street.until("merged.list", json!({"ledger": "visits", "month": 10, "year": 2026}), october).await;

    let at_street = street.ok("period.list", json!({"year": 2026, "office": office})).await;
    let closing = at_street.as_array().unwrap().iter().find(|row| row["period"] == "2026-10").unwrap();
    assert_eq!((&closing["closedAbove"], &closing["different"]), (&json!(true), &json!(1)), "{at_street}");
    assert_eq!(closing["parts"][2]["rows"][0]["how"], "added", "an amendment, shown");
    let here = village.ok("period.list", json!({"year": 2026})).await;
    assert_eq!((&here[0]["period"], &here[0]["different"]), (&json!("2026-10"), &json!(1)), "on both sides: {here}");

    // The year's turn: what is open stays in its book, is shown next year, and keeps the year open.
    let item = json!({"title": "修路", "origin": "own", "person": "赵甲一", "deadline": "2026-12-20"});
    let item = village.ok("checklist.save", item).await;
    let assessed = json!({"member": village.ok("member.list", json!({})).await["rows"][0]["id"], "class": "farmer",
                          "fixedFen": 100, "fromMonth": "2026-01"});
    village.ok("dues.assess", assessed).await;
    set_today(Date::constant(2027, 1, 4));
    let turn = village.ok("turn.year", json!({})).await;
    assert_eq!((&turn["year"], &turn["openCount"], &turn["mayClose"]), (&json!(2026), &json!(1), &json!(false)));
    assert_eq!((&turn["arrears"][0]["months"], &turn["arrears"][0]["owedFen"]), (&json!(12), &json!(1200)), "{turn}");
    assert_eq!(turn["months"][10]["state"], "pending");
    let error = village.call("period.close", json!({"period": "2026"})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.params["count"].as_str()), ("items_not_finished", "1"), "{error}");
    let next = village.ok("checklist.list", json!({"year": 2027})).await;
    assert_eq!(next["rows"][0]["id"], item["id"], "it is shown in the next year");
    village.ok("checklist.progress", json!({"id": item["id"], "note": "已修好", "state": "done"})).await;
    assert_eq!(village.ok("checklist.list", json!({"year": 2027})).await["total"], 0, "and nothing was copied");
    village.ok("period.close", json!({"period": "2026"})).await;
    let error = village.call("visit.save", round_table("2026-12-03", "村部")).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.params["period"].as_str()), ("period_closed", "2026"));
    village.ok("visit.save", round_table("2027-01-03", "村部")).await;
    assert_eq!(village.ok("turn.year", json!({})).await["closed"], true);
}
