//! What forms and lists are made of: single records by their ids, names in the order in which people look for them.

use scenarios::Device;
use serde_json::{Value, json};

fn names<'a>(page: &'a Value, field: &str) -> Vec<&'a str> {
    page["rows"].as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_gets_its_record_by_id_whatever_the_lists_leave_out() {
    let village = Device::with_office("示范一村", "branch").await;
    let member = village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "group": "第十党小组"})).await;
    village.ok("member.save", json!({"name": "钱乙二", "kind": "full", "group": "第二党小组"})).await;
    village.ok("member.save", json!({"name": "安丙三", "kind": "full", "group": "第二党小组"})).await;
    let left =
        json!({"id": member["id"], "name": "赵甲一", "kind": "full", "group": "第十党小组", "leftOn": "2026-03-01"});
    village.ok("member.save", left).await;
    assert_eq!(village.ok("member.list", json!({})).await["total"], 2);
    let row = village.ok("member.get", json!({"id": member["id"]})).await;
    assert_eq!((&row["name"], &row["leftOn"]), (&json!("赵甲一"), &json!("2026-03-01")), "also who has left");
    assert_eq!(village.ok("member.groups", json!({})).await, json!(["第二党小组", "第十党小组"]));

    let item = json!({"title": "修路", "origin": "own", "person": "钱乙二", "deadline": "2026-04-01"});
    let item = village.ok("checklist.save", item).await;
    let step = json!({"id": item["id"], "note": "已量好", "state": "done"});
    village.ok("checklist.progress", step).await;
    let row = village.ok("checklist.get", json!({"id": item["id"]})).await;
    assert_eq!((&row["state"], &row["progress"][0]["note"]), (&json!("done"), &json!("已量好")), "{row}");
    assert_eq!(row, village.ok("checklist.list", json!({})).await["rows"][0], "as the list has it");

    for (name, id) in [("member.get", &item["id"]), ("checklist.get", &member["id"]), ("checklist.get", &json!("00"))] {
        assert_eq!(village.call(name, json!({"id": id})).await.unwrap_err().code, "not_found", "{name} {id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_and_doors_stand_in_the_order_of_their_numbers() {
    let village = Device::with_office("示范一村", "branch").await;
    for (name, group) in
        [("赵甲一", "第十一党小组"), ("钱乙二", "第三党小组"), ("孙丙三", "第一党小组"), ("李丁四", "第二党小组")]
    {
        village.ok("member.save", json!({"name": name, "kind": "full", "group": group})).await;
    }
    let order = ["第一党小组", "第二党小组", "第三党小组", "第十一党小组"];
    assert_eq!(names(&village.ok("member.list", json!({})).await, "group"), order);
    let session = village.ok("meeting.save", json!({"kinds": ["members_meeting"], "date": "0305"})).await;
    let view = village.ok("meeting.get", json!({"id": session["id"]})).await;
    let roll: Vec<&str> = view["roll"].as_array().unwrap().iter().map(|row| row["group"].as_str().unwrap()).collect();
    assert_eq!(roll, order, "the roll call too");
    for door in ["3-12", "12-1", "3-2"] {
        village.ok("household.save", json!({"name": "周某", "door": door})).await;
    }
    assert_eq!(names(&village.ok("household.list", json!({})).await, "door"), ["3-2", "3-12", "12-1"]);
}
