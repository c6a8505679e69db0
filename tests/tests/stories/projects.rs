//! 项目化和三同步一汇报: a street leads, a village carries out; a report each half year, an exchange with comments each quarter, a
//! review by somebody who neither leads nor executes.

use serde_json::{Value, json};

use crate::rounds::{Three, act, all, live, refused, sound, state};

fn due<'a>(project: &'a Value, id: &str) -> &'a Value {
    let found = project["deadlines"].as_array().unwrap().iter().find(|due| due["id"] == id);
    found.unwrap_or_else(|| panic!("no {id} in {project}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_project_is_led_carried_out_reported_each_half_year_exchanged_each_quarter_and_reviewed_by_a_third() {
    let three = Three::on("2026-01-10", &["示范一村", "示范二村"]).await;
    let (street, one) = (&three.street, &three.villages[0]);
    let open = json!({
        "flow": "project", "to": [one.office_id().await], "title": "河道整治党建项目", "leader": "陈书记",
        "unit": "示范一村党支部", "due": "2026-12-20"
    });
    let id = street.ok("flow.open", open).await["items"][0]["id"].clone();
    three.meet(0).await;

    // The village begins it: from that day its half years and quarters are counted.
    live("2026-01-15");
    let data = json!({"measure": "清淤、护坡、管护", "lead": "河东街道党工委", "executor": "示范一村党支部"});
    act(one, &id, "begin", json!({"person": "王春生", "role": "书记", "data": data})).await;
    three.meet(0).await;
    let list = one.ok("project.list", json!({})).await;
    let project = &list["rows"][0];
    assert_eq!([&project["lead"], &project["executor"]], [&json!("河东街道党工委"), &json!("示范一村党支部")]);
    assert_eq!(
        [&due(project, "half_yearly")["by"], &due(project, "quarterly")["by"]],
        [&json!("2026-07-15"), &json!("2026-04-15")]
    );
    assert_eq!(list["inStep"], json!(["学习教育", "作风建设", "廉政建设"]));

    // Education, style and integrity are kept in step with the work.
    live("2026-03-20");
    let data = json!({"education": "专题学习2次", "integrity": "工程款公开"});
    act(one, &id, "progress", json!({"note": "清淤过半", "data": data})).await;
    // First quarter: the exchange, with a comment of the second village, which the street wrote down offline at the same time
    // as the first village its own words.
    live("2026-04-10");
    act(one, &id, "exchange", json!({"note": "交流清淤做法", "data": {"comment_by": "示范一村"}})).await;
    act(street, &id, "exchange", json!({"note": "护坡要赶在汛前", "data": {"comment_by": "示范二村"}})).await;
    three.meet(0).await;
    let seen = street.ok("project.list", json!({"below": true})).await;
    let project = &seen["rows"][0];
    let mut by = all(&project["exchanges"], "commentBy");
    by.sort_unstable();
    assert_eq!(by, ["示范一村", "示范二村"], "both words are there, and nothing is in dispute");
    assert_eq!(project["item"]["disputed"], false);
    let quarters: Vec<u64> =
        project["exchanges"].as_array().unwrap().iter().map(|one| one["quarter"].as_u64().unwrap()).collect();
    assert_eq!(quarters, [2, 2]);
    let steps: Vec<(&str, &str)> = project["inStep"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["key"].as_str().unwrap(), one["note"].as_str().unwrap()))
        .collect();
    assert_eq!(steps, [("education", "专题学习2次"), ("integrity", "工程款公开")]);

    // Half a year: 15 July is the day. Reported on 14 July, the next one is due on 15 January.
    live("2026-07-14");
    let before = one.ok("project.list", json!({})).await;
    assert_eq!(due(&before["rows"][0], "half_yearly")["by"], "2026-07-15");
    act(one, &id, "report", json!({"note": "上半年完成六成", "person": "王春生", "role": "书记"})).await;
    let after = one.ok("project.list", json!({})).await;
    assert_eq!(due(&after["rows"][0], "half_yearly")["by"], "2027-01-15");
    three.meet(0).await;

    // Whoever carries it out does not review it, in whatever role he says; a third does, and the street closes it.
    live("2026-12-10");
    let own = json!({"person": "王春生", "role": "评估人", "note": "很好"});
    assert_eq!(refused(one, &id, "review", own).await, "flow_same_role");
    act(street, &id, "review", json!({"person": "赵工", "role": "水利站", "note": "达到设计标准"})).await;
    act(street, &id, "close", json!({"note": "验收合格"})).await;
    three.meet(0).await;
    for device in [street, one] {
        assert_eq!(state(device, &id).await, "closed");
    }
    let list = one.ok("project.list", json!({})).await;
    let project = &list["rows"][0];
    assert_eq!(all(&project["reviews"], "role"), ["水利站"]);
    assert_eq!(due(project, "year")["metOn"], "2026-12-10", "before 20 December, which the street had set");
    let rates = street.ok("flow.rates", json!({"flow": "project", "below": true})).await;
    assert_eq!([&rates["total"][0]["numerator"], &rates["total"][0]["denominator"]], [&json!(1), &json!(1)]);
    sound(&[street, one]);
}
