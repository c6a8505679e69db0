//! 撤销合并: what a merge of two sessions took over goes back, by any computer of the branch, where nobody wrote since.

use super::rolls::{branch, get, mark, session};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_that_is_taken_back_gives_back_what_was_taken_over_and_leaves_what_was_changed_since() {
    let (office, members) = branch().await;
    let keep = session(&office, json!(["members_meeting"]), "0310").await;
    let other = session(&office, json!(["members_meeting", "lesson"]), "0310").await;
    let edit = |id: &Value, kinds: Value, minutes: &str, place: &str| json!({"id": id, "kinds": kinds, "date": "0310", "topic": "学习", "minutes": minutes, "place": place});
    office.ok("meeting.save", edit(&keep, json!(["members_meeting"]), "甲说。", "")).await;
    let mut there = edit(&other, json!(["members_meeting", "lesson"]), "讨论了年度计划。", "村部");
    there["hours"] = json!(20);
    office.ok("meeting.save", there).await;
    office
        .ok("meeting.roll", json!({"id": other, "marks": [mark(&members[0], "absent")], "beside": ["驻村干部"]}))
        .await;
    let vote =
        json!({"session": other, "rule": "ordinary", "subject": "年度计划", "choices": [{"name": "", "inFavour": 4}]});
    office.ok("vote.save", vote).await;
    office.ok("meeting.merge", json!({"keep": keep, "merge": other, "take": true})).await;
    let view = get(&office, &keep).await;
    assert_eq!((&view["place"], &view["minutes"]), (&json!("村部"), &json!("甲说。\n讨论了年度计划。")), "{view}");

    // Afterwards the place is corrected and something is added to the minutes; and the next session has nothing to do with it.
    let after = edit(&keep, json!(["members_meeting", "lesson"]), "甲说。\n讨论了年度计划。\n丙补充。", "祠堂");
    office.ok("meeting.save", after).await;
    let preview = office.ok("meeting.unmerge_preview", json!({"id": other})).await;
    let records = preview["records"].as_array().unwrap();
    let standing = |record: &Value, field: &str| {
        let one = records.iter().find(|one| one["record"] == *record).unwrap_or_else(|| panic!("{preview}"));
        let found = one["fields"].as_array().unwrap().iter().find(|one| one["field"] == field);
        found.unwrap_or_else(|| panic!("{field} in {one}"))["standing"].clone()
    };
    assert_eq!(standing(&keep, "place"), "changed");
    assert_eq!(standing(&keep, "minutes"), "merged");
    for field in ["hours", "kind/lesson", "beside/驻村干部"] {
        assert_eq!(standing(&keep, field), "free", "{field}");
    }
    assert!(records.iter().all(|one| one["record"] != other), "that it was merged goes in any case: {preview}");
    assert_eq!(records.len(), 2, "the session that stayed, and the vote: {preview}");

    let stale = office.call("meeting.unmerge", json!({"id": other, "seen": "00"})).await.unwrap_err();
    assert_eq!(stale.code, "changed_since");
    office.ok("meeting.unmerge", json!({"id": other, "seen": preview["seen"]})).await;
    let view = get(&office, &keep).await;
    assert_eq!((&view["place"], &view["hours"], &view["beside"]), (&json!("祠堂"), &Value::Null, &json!([])), "{view}");
    assert_eq!((&view["row"]["kinds"], &view["row"]["absent"]), (&json!(["members_meeting"]), &json!(0)), "{view}");
    let minutes = view["minutes"].as_str().unwrap();
    assert!(minutes.contains("甲说。") && minutes.contains("丙补充。") && !minutes.contains("年度计划"), "{minutes}");
    let back = get(&office, &other).await;
    assert_eq!((&back["row"]["mergedInto"], &back["minutes"]), (&Value::Null, &json!("讨论了年度计划。")), "{back}");
    assert_eq!(office.ok("vote.list", json!({"id": keep})).await, json!([]));
    let votes = office.ok("vote.list", json!({"id": other})).await;
    assert_eq!((votes.as_array().unwrap().len(), &votes[0]["subject"]), (1, &json!("年度计划")), "{votes}");
    // One action like any other: undone, they are merged again with all of it.
    let next = office.ok("undo.list", json!({})).await["nextUndo"].clone();
    office.ok("undo.apply", json!({"id": next})).await;
    let view = get(&office, &keep).await;
    assert_eq!((&view["hours"], &view["beside"]), (&json!(20), &json!(["驻村干部"])), "{view}");
    assert_eq!(office.ok("vote.list", json!({"id": keep})).await[0]["subject"], "年度计划");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_computer_of_the_branch_takes_a_merge_back_with_what_it_took_over() {
    let (office, members) = branch().await;
    office.serve().await;
    let keep = session(&office, json!(["members_meeting"]), "0310").await;
    let other = session(&office, json!(["members_meeting"]), "0310").await;
    office.ok("meeting.roll", json!({"id": other, "marks": [mark(&members[1], "present")]})).await;
    office.ok("meeting.merge", json!({"keep": keep, "merge": other, "take": true})).await;
    assert_eq!(get(&office, &keep).await["row"]["present"], 1);
    let laptop = office.further(json!({"role": "clerk"})).await;
    laptop.sync().await;
    laptop.until("meeting.get", json!({"id": keep}), |view| view["row"]["present"] == 1).await;
    let preview = laptop.ok("meeting.unmerge_preview", json!({"id": other})).await;
    assert_eq!(preview["records"].as_array().unwrap().len(), 1, "{preview}");
    laptop.ok("meeting.unmerge", json!({"id": other, "seen": preview["seen"]})).await;
    assert_eq!(get(&laptop, &keep).await["row"]["present"], 0);
    assert_eq!(get(&laptop, &other).await["row"]["present"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn meetings_of_two_groups_are_not_merged_into_one() {
    let (office, _) = branch().await;
    office.ok("member.save", json!({"name": "戊五", "kind": "full", "group": "第二党小组"})).await;
    let of = |group: &str| json!({"kinds": ["members_meeting", "group_meeting"], "date": "0310", "topic": "学习", "group": group});
    let one = office.ok("meeting.save", of("第一党小组")).await["id"].clone();
    let two = office.ok("meeting.save", of("第二党小组")).await["id"].clone();
    assert_eq!(office.ok("meeting.twice", json!({})).await.as_array().unwrap().len(), 1, "both are meetings of all");
    for take in [false, true] {
        let merge = json!({"keep": one, "merge": two, "take": take});
        let refused = office.call("meeting.merge", merge).await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.params["other"].as_str()), ("groups_apart", "第二党小组"));
    }
    // One of them was typed wrong: corrected, they are one.
    let mut same = of("第一党小组");
    same["id"] = two.clone();
    office.ok("meeting.save", same).await;
    office.ok("meeting.merge", json!({"keep": one, "merge": two, "take": true})).await;
    assert_eq!(get(&office, &two).await["row"]["mergedInto"], one);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_below_another_one_is_taken_back_after_it() {
    let (office, _) = branch().await;
    let [first, second, third] = [
        session(&office, json!(["members_meeting"]), "0310").await,
        session(&office, json!(["members_meeting"]), "0310").await,
        session(&office, json!(["members_meeting"]), "0310").await,
    ];
    office.ok("meeting.merge", json!({"keep": second, "merge": third, "take": true})).await;
    office.ok("meeting.merge", json!({"keep": first, "merge": second, "take": true})).await;
    // What went on to the first would count there and by itself.
    for call in ["meeting.unmerge_preview", "meeting.unmerge"] {
        assert_eq!(office.call(call, json!({"id": third})).await.unwrap_err().code, "merged_on");
    }
    for id in [&second, &third] {
        office.ok("meeting.unmerge", json!({"id": id})).await;
        assert_eq!(get(&office, id).await["row"]["mergedInto"], Value::Null);
    }
}
