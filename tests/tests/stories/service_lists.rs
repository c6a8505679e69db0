//! 三个清单: a work list by role, a service list of forty items and a month's list of ten, sent down line by line. Two villages work
//! on them apart from the street, one line crosses, and what is sent twice is one.

use serde_json::{Value, json};

use crate::rounds::{Three, act, live, sound, state};

fn lines(count: usize, name: &str, due: &str) -> Vec<Value> {
    let line = |n| json!({"title": format!("{name}{n}"), "measure": "按要求办", "leader": "陈书记", "person": "李秀兰", "due": due});
    (1..=count).map(line).collect()
}

fn row<'a>(lists: &'a Value, group: &str) -> &'a Value {
    let rows = lists["rows"].as_array().unwrap();
    rows.iter().find(|row| row["group"] == group).unwrap_or_else(|| panic!("no {group} in {lists}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_by_role_service_lists_and_the_months_list_go_down_line_by_line_and_come_back_done() {
    let three = Three::on("2026-04-01", &["示范一村", "示范二村"]).await;
    let (street, one, two) = (&three.street, &three.villages[0], &three.villages[1]);
    let to = [one.office_id().await, two.office_id().await];

    // A service list of forty, a month's list of ten, and the secretary's own list of three.
    let service = json!({"name": "服务清单", "period": "2026", "to": to, "lines": lines(40, "服务", "2026-12-20")});
    assert_eq!(street.ok("listed.send", service.clone()).await, json!({"made": 80, "before": 0}));
    assert_eq!(street.ok("listed.send", service).await, json!({"made": 0, "before": 80}), "sent twice is one");
    let month =
        json!({"name": "月度项目清单", "period": "2026-04", "to": to, "lines": lines(10, "四月项目", "2026-04-25")});
    assert_eq!(street.ok("listed.send", month).await["made"], 20);
    let work = json!({"name": "工作清单", "role": "书记", "period": "2026-04", "to": [to[0]], "lines": lines(3, "书记工作", "2026-04-30")});
    assert_eq!(street.ok("listed.send", work).await["made"], 3);
    // An eleventh line of the month is one more than the rule says: told with its source, and sent all the same.
    let eleventh = json!({"name": "月度项目清单", "period": "2026-04", "to": [to[0]], "lines": lines(11, "四月项目", "2026-04-25")});
    assert_eq!(street.ok("listed.send", eleventh).await, json!({"made": 1, "before": 10}));
    let lists = street.ok("listed.lists", json!({})).await;
    let names: Vec<&str> = lists["rows"].as_array().unwrap().iter().map(|row| row["group"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["工作清单/2026-04/书记", "服务清单/2026", "月度项目清单/2026-04"],
        "in the order of the rule's names"
    );
    let of = row(&lists, "服务清单/2026");
    assert_eq!(
        [&of["lines"], &of["units"], &of["total"], &of["off"]],
        [&json!(40), &json!(2), &json!(80), &Value::Null]
    );
    let of = row(&lists, "月度项目清单/2026-04");
    assert_eq!([&of["lines"], &of["total"]], [&json!(11), &json!(21)]);
    assert_eq!(
        [&of["off"]["figure"], &of["off"]["has"], &of["off"]["says"]],
        [&json!("monthly_items"), &json!(11), &json!(10)]
    );
    assert_eq!(of["off"]["citation"], lists["citation"]);
    assert_eq!(row(&lists, "工作清单/2026-04/书记")["role"], "书记");

    // Faults are told at the line, and nothing is sent by half.
    let mut wrong = json!({"name": "服务清单", "period": "2026-05", "to": to, "lines": lines(2, "x", "2026-05-20")});
    wrong["lines"][1]["due"] = json!("某天");
    let error = street.call("listed.send", wrong.clone()).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("date_not_understood", Some("lines.1.due")));
    wrong["to"] = json!([three.department.office_id().await]);
    assert_eq!(street.call("listed.send", wrong).await.unwrap_err().code, "office_unknown");
    assert_eq!(street.ok("listed.lists", json!({})).await["rows"].as_array().unwrap().len(), 3);

    // Offline: the first village does four of its eleven of the month, the second only takes two up.
    three.meet(0).await;
    three.meet(1).await;
    live("2026-04-20");
    let of_month = json!({"flows": ["listed"], "group": "月度项目清单/2026-04", "sort": "title"});
    let mine = one.ok("flow.list", of_month.clone()).await;
    assert_eq!(mine["total"], 11);
    let first = &mine["rows"][0];
    assert_eq!(
        [&first["leader"], &first["person"], &first["due"]],
        [&json!("陈书记"), &json!("李秀兰"), &json!("2026-04-25")]
    );
    let ids: Vec<Value> = mine["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    for id in &ids[..4] {
        act(one, id, "begin", json!({})).await;
        act(one, id, "report", json!({"note": "做完了"})).await;
    }
    let theirs = two.ok("flow.list", of_month).await;
    for row in &theirs["rows"].as_array().unwrap()[..2] {
        act(two, &row["id"], "begin", json!({})).await;
    }
    // Meanwhile the street gives the first line of the first village more time: a note that crosses the report moves nothing.
    act(street, &ids[0], "extend", json!({"due": "2026-04-28", "note": "下雨"})).await;
    three.meet(0).await;
    three.meet(1).await;
    assert_eq!(state(street, &ids[0]).await, "reported");
    for id in &ids[..3] {
        act(street, id, "accept", json!({})).await;
    }
    act(street, &ids[3], "return", json!({"note": "照片不清,请说明位置"})).await;
    live("2026-04-26");
    let lists = street.ok("listed.lists", json!({})).await;
    let of = row(&lists, "月度项目清单/2026-04");
    // 21 lines: 3 accepted, 1 returned, 2 taken up, 15 not touched; those that are not reported are past 25 April.
    assert_eq!([&of["begun"], &of["closed"], &of["overdue"]], [&json!(6), &json!(3), &json!(18)], "{of}");
    three.meet(0).await;
    let own = one.ok("listed.lists", json!({"own": true})).await;
    let of = row(&own, "月度项目清单/2026-04");
    assert_eq!([&of["total"], &of["closed"], &of["units"]], [&json!(11), &json!(3), &json!(1)]);
    assert_eq!(state(one, &ids[3]).await, "returned");
    // The rate, as it is defined: 3 of 21.
    let rates =
        street.ok("flow.rates", json!({"flow": "listed", "below": true, "from": "2026-04", "to": "2026-04"})).await;
    let closure = &rates["total"][0];
    assert_eq!(
        [&closure["numerator"], &closure["denominator"]],
        [&json!(3), &json!(104)],
        "80 of the year and 3 by role too"
    );
    assert_eq!(closure["tenths"], 29, "3 of 104 is 2.88 %");
    sound(&[street, one, two]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_in_a_line_is_told_at_its_line_and_one_that_is_kept_is_not_repeated_when_urging() {
    let three = Three::on("2026-04-01", &["示范一村"]).await;
    let street = &three.street;
    let to = [three.villages[0].office_id().await];
    let caller = json!({"name": "钱多多", "phone": "13900002222", "address": "", "note": ""});
    let called = json!({"title": "水管漏水", "text": "主街水管漏水", "category": "water", "channel": "hotline", "due": "2026-04-20", "caller": caller});
    street.ok("case.accept", called).await;

    let mut list = json!({"name": "服务清单", "period": "2026-04", "to": to, "lines": lines(2, "服务", "2026-04-25")});
    list["lines"][1]["measure"] = json!("给钱多多家接水管");
    let error = street.call("listed.send", list.clone()).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("name_private_match", Some("lines.1.measure")));
    list["lines"][1]["title"] = json!("钱多多家通水");
    list["keepMatches"] = json!(true);
    assert_eq!(street.ok("listed.send", list).await, json!({"made": 2, "before": 0}));
    let error = street.call("letter.send", json!({"base": ["班子建设", "联系13900002222"]})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("name_private_match", Some("base.1")));
    let error = street.call("weak.add", json!({"offices": to, "why": "钱多多反映没人管事"})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("name_private_match", Some("why")));

    live("2026-04-28");
    let urged = street.ok("desk.urge", json!({})).await.to_string();
    assert!(urged.contains("服务1"), "{urged}");
    assert!(!urged.contains("钱多多"), "{urged}");
    let log = street.ok("log.list", json!({"limit": 50})).await;
    let kept = log["rows"].as_array().unwrap().iter().filter(|row| row["code"] == "private_match_kept").count();
    assert_eq!(kept, 1, "one line of the two: {log}");
}
