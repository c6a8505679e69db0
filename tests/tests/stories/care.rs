//! Pairings, aid, whom to visit and talks: what stays in the village, what is counted above, what an erased household takes
//! along.

use crate::database::{contains, rows_of, store_of};
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};

/// Planted where nothing may leave the village.
const PRIVATE: [&str; 9] = [
    "结对金丝雀",
    "结对缘由金丝雀",
    "救助事由金丝雀",
    "救助决定金丝雀",
    "慰问缘由金丝雀",
    "谈话对象金丝雀",
    "谈话内容金丝雀",
    "谈话后续金丝雀",
    "谈话地点金丝雀",
];

async fn household(village: &Device, name: &str) -> Value {
    village.ok("household.save", json!({"name": name, "door": "3-1"})).await["id"].clone()
}

/// A pairing, aid, an entry of whom to visit and a talk about one household, all with words that are looked for.
async fn cared_for(village: &Device, home: &Value) {
    let pairing = json!({"household": home, "cadre": "结对金丝雀", "note": "结对缘由金丝雀", "since": "0301"});
    village.ok("pairing.save", pairing).await;
    let aid = json!({"subject": home, "on": "0302", "reason": "救助事由金丝雀", "askedFen": 500_000, "state": "granted",
                     "grantedFen": 300_000, "decision": "救助决定金丝雀", "decidedOn": "0310"});
    village.ok("aid.save", aid).await;
    village.ok("care.save", json!({"subject": home, "whom": "household", "reason": "慰问缘由金丝雀"})).await;
    let talk = json!({"date": "0305", "trigger": "difficulty", "household": home, "by": "赵甲一", "place": "谈话地点金丝雀",
                      "text": "谈话内容金丝雀", "followUp": "谈话后续金丝雀"});
    village.ok("talk.save", talk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_needs_its_words_and_a_grant_its_amount() {
    let village = Device::with_office("示范一村", "branch").await;
    let home = household(&village, "周丙三").await;
    let aid = |state: &str, part: Value| {
        let mut aid = json!({"subject": home, "reason": "住院", "state": state});
        for (key, value) in part.as_object().unwrap() {
            aid[key] = value.clone();
        }
        aid
    };
    for (state, part, code, field) in [
        ("granted", json!({"decision": "支委会同意"}), "required", "grantedFen"),
        ("granted", json!({"decision": "支委会同意", "grantedFen": 0}), "amount_out_of_range", "grantedFen"),
        ("refused", json!({}), "required", "decision"),
        ("forgotten", json!({}), "invalid_input", "state"),
    ] {
        let refused = village.call("aid.save", aid(state, part)).await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.field.as_deref()), (code, Some(field)), "{state}");
    }
    let asked = village.ok("aid.save", aid("asked", json!({"askedFen": 500_000}))).await;
    let mut granted = aid("granted", json!({"askedFen": 500_000, "grantedFen": 300_000, "decision": "支委会同意"}));
    granted["id"] = asked["id"].clone();
    village.ok("aid.save", granted).await;
    let list = village.ok("aid.list", json!({"state": "granted"})).await;
    assert_eq!((&list["total"], &list["rows"][0]["grantedFen"]), (&json!(1), &json!(300_000)), "{list}");
    assert_eq!(list["rows"][0]["decidedOn"], scenarios::TODAY);
    assert_eq!(village.ok("aid.list", json!({"state": "asked"})).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_to_visit_is_proposed_by_the_rule_and_marked_by_a_visit_at_the_occasion() {
    let village = Device::with_office("示范一村", "branch").await;
    let old = json!({"name": "李丁四", "kind": "full", "joined": "1970-07"});
    let old = village.ok("member.save", old).await["id"].clone();
    village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "joined": "2010-07"})).await;
    let home = household(&village, "周丙三").await;
    village.ok("care.save", json!({"subject": home, "whom": "household", "reason": "独居"})).await;
    let list = village.ok("care.list", json!({})).await;
    assert_eq!((&list["occasion"], &list["day"]), (&json!("july_first"), &json!("2026-07-01")), "{list}");
    let names: Vec<&str> = list["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["周丙三", "李丁四"], "the list first, then who has been a member for fifty years");
    assert_eq!(list["rows"][1]["id"], "", "nobody is put on the list by a rule");

    let visit = json!({"date": "0318", "kind": "consolation", "occasion": "july_first", "whom": "old_member", "member": old,
                       "participants": ["赵甲一"]});
    village.ok("visit.save", visit.clone()).await;
    let list = village.ok("care.list", json!({})).await;
    assert_eq!((&list["rows"][0]["visited"], &list["rows"][1]["visited"]), (&json!(false), &json!(true)), "{list}");
    let row = &village.ok("visit.list", json!({"state": "consolation"})).await["rows"][0];
    assert_eq!(
        (&row["member"], &row["household"], &row["whom"]),
        (&json!("李丁四"), &Value::Null, &json!("old_member"))
    );
    let mut unknown = visit;
    unknown["occasion"] = json!("birthday");
    assert_eq!(village.call("visit.save", unknown).await.unwrap_err().field.as_deref(), Some("occasion"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_took_a_post_is_to_be_talked_to_and_a_first_entry_is_no_news() {
    let village = Device::with_office("示范一村", "branch").await;
    village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "posts": ["secretary"]})).await;
    let member = village.ok("member.save", json!({"name": "钱乙二", "kind": "full"})).await["id"].clone();
    // Whoever was not talked to this year is listed after them, and told of elsewhere.
    let about_posts = async || {
        let due = village.ok("talk.due", json!({})).await;
        let about = due.as_array().unwrap().iter().filter(|one| one["post"] != "").cloned();
        Value::Array(about.collect())
    };
    assert_eq!(about_posts().await, json!([]));
    village.ok("member.save", json!({"id": member, "name": "钱乙二", "kind": "full", "posts": ["organization"]})).await;
    let due = about_posts().await;
    assert_eq!(
        (&due[0]["name"], &due[0]["post"], &due[0]["since"]),
        (&json!("钱乙二"), &json!("organization"), &json!(scenarios::TODAY))
    );
    assert_eq!(due.as_array().unwrap().len(), 1, "{due}");
    let talk = |trigger: &str| json!({"date": scenarios::TODAY, "trigger": trigger, "member": member, "by": "赵甲一", "text": "谈职责"});
    village.ok("talk.save", talk("ordinary")).await;
    assert_eq!(about_posts().await, due, "a talk about something else");
    let saved = village.ok("talk.save", talk("new_post")).await;
    assert_eq!(about_posts().await, json!([]));
    let list = village.ok("talk.list", json!({"text": "qye"})).await;
    assert_eq!((&list["total"], &list["rows"][0]["text"]), (&json!(2), &json!("")), "{list}");
    let talk = village.ok("talk.get", json!({"id": saved["id"]})).await;
    assert_eq!((&talk["with"], &talk["text"]), (&json!("钱乙二"), &json!("谈职责")), "{talk}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_it_reaches_the_street_but_dates_triggers_and_counts() {
    let Line { street, village, .. } = Line::new().await;
    for name in ["周丙三", "吴丁四", "郑戊五", "王己六", "冯庚七", "陈辛八"] {
        let home = household(&village, name).await;
        cared_for(&village, &home).await;
    }
    village.ok("talk.save", json!({"date": "0306", "trigger": "mistake", "name": "谈话对象金丝雀"})).await;
    assert_eq!(village.ok("pairing.list", json!({})).await["total"], 6);
    assert_eq!(village.sync().await["delivered"], true);
    street.until("matrix", json!({"ledger": "meetings"}), |matrix| matrix["rows"][0]["asOf"] != Value::Null).await;
    let made = street.ok("snapshot.make", json!({"year": 2026})).await;
    let figure = |metric: &str| {
        let row = made["rows"].as_array().unwrap().iter().find(|row| row["metric"] == metric).cloned();
        row.map(|row| row["numerator"].clone())
    };
    // Seven talks and six of each of the others, to the nearest five.
    assert_eq!(figure("pairings"), Some(json!(5)), "{made}");
    assert_eq!((figure("aid"), figure("talks")), (Some(json!(5)), Some(json!(5))), "{made}");
    street.node.shutdown().await;

    let (store, _folder) = store_of(street);
    let mut bytes = Vec::new();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        for change in store.missing_for(&key.id(), &[]).unwrap().changes {
            bytes.extend(change);
        }
    }
    for carrier in store.carriers("fact-sheet", None).unwrap() {
        for whole in store.carriers_for("fact-sheet", &carrier.office, &carrier.period).unwrap() {
            bytes.extend(whole.bytes);
        }
    }
    bytes.extend(format!("{:?}", store.log_lines(0, 10_000).unwrap()).into_bytes());
    for word in PRIVATE {
        assert!(!contains(&bytes, word), "{word} reached the street");
    }
    assert!(contains(&bytes, "mistake"), "the search is real: the trigger is known above");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_household_takes_its_pairing_aid_and_talks_along() {
    let village = Device::with_office("示范一村", "branch").await;
    let home = household(&village, "周丙三").await;
    cared_for(&village, &home).await;
    let page = village.ok("household.get", json!({"id": home})).await;
    let kinds: Vec<&str> =
        page["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["aid", "talk", "aid", "pairing"], "newest first: {page}");
    let preview = village.ok("household.erase_preview", json!({"id": home})).await;
    assert_eq!(preview["others"], 4, "{preview}");
    village.ok("household.erase", json!({"id": home})).await;
    for call in ["pairing.list", "aid.list"] {
        assert_eq!(village.ok(call, json!({})).await["total"], 0, "{call}");
    }
    assert_eq!(village.ok("care.list", json!({})).await["rows"], json!([]));
    let talks = village.ok("talk.list", json!({})).await;
    assert_eq!(
        (&talks["total"], &talks["rows"][0]["with"]),
        (&json!(1), &json!("")),
        "that they talked stands: {talks}"
    );
    for call in ["household.get", "pairing.save"] {
        let input = json!({"id": home, "household": home, "cadre": "赵甲一"});
        let input = if call == "household.get" {
            json!({"id": home})
        } else {
            json!({"household": input["household"], "cadre": "赵甲一"})
        };
        assert_eq!(village.call(call, input).await.unwrap_err().code, "household_erased", "{call}");
    }
    village.node.close().await;
    let (store, folder) = store_of(village);
    assert!(store.household_keys().unwrap().is_empty(), "no key of it is left");
    drop(store);
    let dump = crate::database::dump(&rows_of(folder.path()));
    for word in PRIVATE {
        assert!(!contains(&dump, word), "{word} is still readable");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_talk_that_was_linked_later_leaves_no_key_behind_when_its_household_is_erased() {
    let village = Device::with_office("示范一村", "branch").await;
    let home = village.ok("household.save", json!({"name": "钱乙二", "door": "3-1"})).await["id"].clone();
    let talk = json!({"date": "0305", "trigger": "difficulty", "name": "钱乙二", "by": "赵甲一", "text": "先记下的话"});
    let saved = village.ok("talk.save", talk).await;
    let linked = json!({"id": saved["id"], "date": "0305", "trigger": "difficulty", "household": home, "by": "赵甲一",
                        "text": "连到这一户"});
    village.ok("talk.save", linked.clone()).await;
    village.ok("household.erase", json!({"id": home})).await;
    let closed = village.call("talk.save", linked).await.unwrap_err();
    assert!(["private_closed", "household_erased", "not_found"].contains(&closed.code.as_str()), "{closed}");
    village.node.close().await;
    let (store, _folder) = crate::database::store_of(village);
    assert_eq!(store.household_keys().unwrap().len(), 0, "neither version opens any more");
    assert_eq!(store.erased_households().unwrap().len(), 2);
}
