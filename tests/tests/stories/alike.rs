//! 疑似重复: what two villages recorded of one person or one matter is proposed with reasons, laid together on the street's desk,
//! said to be two, and taken back; no village's book is touched by any of it.

use scenarios::{Device, stage};
use serde_json::{Value, json};

struct Street {
    _department: Device,
    street: Device,
    first: Device,
    second: Device,
}

async fn street() -> Street {
    let (department, street) = stage::street().await;
    street.serve().await;
    let first = Device::below(&street, "示范一村", "branch").await;
    let second = Device::below(&street, "示范二村", "branch").await;
    Street { _department: department, street, first, second }
}

async fn member(village: &Device, name: &str, birth: &str, joined: &str) -> Value {
    let input = json!({"name": name, "kind": "full", "birthMonth": birth, "joined": joined, "distinct": true});
    village.ok("member.save", input).await["id"].clone()
}

/// A concern of a round table, handed in at once.
async fn concern(village: &Device, text: &str) -> Value {
    let mut visit = stage::round_table("村部");
    visit["concern"] =
        json!({"category": "roads", "text": text, "nextStep": "报修", "owner": "赵甲一", "deadline": "2026-04-01"});
    village.ok("visit.save", visit).await;
    let preview = village.ok("concern.hand_in_preview", json!({})).await;
    let item = &preview["items"][0];
    village.ok("concern.hand_in", json!({"items": [{"id": item["id"], "text": item["text"]}]})).await;
    village.sync().await;
    let rows = village.ok("concern.list", json!({})).await;
    let row = rows["rows"].as_array().unwrap().iter().find(|row| row["text"] == text);
    row.unwrap_or_else(|| panic!("{text} in {rows}"))["id"].clone()
}

async fn pairs(street: &Device, kind: &str) -> Value {
    street.ok("alike.list", json!({"kind": kind})).await
}

fn total(wanted: u64) -> impl Fn(&Value) -> bool {
    move |answer| answer["total"] == wanted
}

/// Both names of a pair in order, so that it does not matter which record has the lower id.
fn names(pair: &Value) -> Vec<&str> {
    let mut names = vec![pair["one"]["officeName"].as_str().unwrap(), pair["other"]["officeName"].as_str().unwrap()];
    names.sort_unstable();
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_on_two_rosters_counts_once_at_the_street_and_once_in_each_village() {
    let Street { _department, street, first, second } = street().await;
    let here = member(&first, "赵晓明", "1980-05", "2008-07-01").await;
    member(&first, "钱乙二", "1975-02", "2001-07-01").await;
    let there = member(&second, "赵小明", "1980-05", "2008-07").await;
    let third = member(&second, "钱乙二", "1990-11", "2015-07-01").await;
    first.sync().await;
    second.sync().await;
    street.until("member.below", json!({}), total(4)).await;

    let found = street.until("alike.list", json!({"kind": "members"}), total(1)).await;
    let pair = &found["rows"][0];
    assert_eq!(names(pair), ["示范一村", "示范二村"]);
    let mut why: Vec<&str> = pair["why"].as_array().unwrap().iter().map(|why| why.as_str().unwrap()).collect();
    why.sort_unstable();
    assert_eq!(why, ["birth_month", "joined", "sound"], "{pair}");
    assert_eq!((&found["compared"], &found["leftOut"]), (&json!(4), &json!(0)), "{found}");

    let merge = json!({"kind": "members", "main": here, "parts": [here, there]});
    let told = street.ok("alike.preview", merge.clone()).await;
    assert_eq!((&told["before"], &told["after"], &told["again"]), (&json!(2), &json!(1), &json!(false)), "{told}");
    assert_eq!((&told["main"]["id"], told["parts"].as_array().unwrap().len()), (&here, 2), "{told}");
    assert_eq!(told["differs"], json!(["name", "joined"]), "{told}");
    assert_eq!(told["answers"], json!([]), "nobody answers a member");
    let each = told["offices"].as_array().unwrap();
    assert!(each.len() == 2 && each.iter().all(|office| office["count"] == 1), "{told}");
    assert_eq!(street.ok("member.below", json!({})).await["total"], 4, "a preview changes nothing");

    let merged = street.ok("alike.merge", merge.clone()).await;
    let below = street.ok("member.below", json!({})).await;
    assert_eq!(below["total"], 3, "{below}");
    assert_eq!((&below["offices"][0]["count"], &below["offices"][1]["count"]), (&json!(2), &json!(1)), "{below}");
    assert_eq!(pairs(&street, "members").await["total"], 0);
    let again = street.call("alike.merge", merge).await.unwrap_err();
    assert_eq!((again.code.as_str(), again.field.as_deref()), ("already_merged", Some("parts")));
    let groups = street.ok("alike.groups", json!({"kind": "members"})).await;
    assert_eq!((&groups["total"], &groups["rows"][0]["main"]), (&json!(1), &here), "{groups}");
    assert_eq!(street.ok("alike.groups", json!({"kind": "concerns"})).await["total"], 0);

    // Each village goes on counting its own, and nothing of the merge comes to it.
    for (village, own) in [(&first, &here), (&second, &there)] {
        let before = village.ok("record.history", json!({"book": "up/roster", "id": own})).await;
        village.sync().await;
        assert_eq!(village.ok("member.list", json!({})).await["total"], 2);
        assert_eq!(village.ok("record.history", json!({"book": "up/roster", "id": own})).await, before);
    }

    // Taken back it is as if it had not been; then it is said that they are two.
    street.ok("alike.undo", json!({"id": merged["id"]})).await;
    street.ok("alike.undo", json!({"id": merged["id"]})).await;
    assert_eq!(street.ok("member.below", json!({})).await["total"], 4);
    assert_eq!(pairs(&street, "members").await["total"], 1);
    let two = json!({"kind": "members", "one": there, "other": here, "apart": true});
    street.ok("alike.apart", two.clone()).await;
    street.ok("alike.apart", two).await;
    assert_eq!(pairs(&street, "members").await["total"], 0, "what was said to be two stays away");
    let said = street.ok("alike.groups", json!({"kind": "members", "apart": true})).await;
    assert_eq!(said["total"], 1, "said twice it is said once: {said}");
    let merge = json!({"kind": "members", "main": there, "parts": [here, there]});
    assert_eq!(street.call("alike.merge", merge.clone()).await.unwrap_err().code, "alike_apart");
    street.ok("alike.apart", json!({"kind": "members", "one": here, "other": there, "apart": false})).await;
    assert_eq!(pairs(&street, "members").await["total"], 1);

    // Whoever is two with the one is two with what the one was merged with.
    street.ok("alike.merge", merge).await;
    street.ok("alike.apart", json!({"kind": "members", "one": here, "other": third, "apart": true})).await;
    let three = json!({"kind": "members", "main": there, "parts": [there, third]});
    assert_eq!(street.call("alike.preview", three).await.unwrap_err().code, "alike_apart");
    for (input, field) in [
        (json!({"kind": "concerns", "main": here, "parts": [here, there]}), "main"),
        (json!({"kind": "members", "main": here, "parts": [here, "00"]}), "parts"),
    ] {
        let refused = street.call("alike.merge", input).await.unwrap_err();
        assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("not_found", Some(field)), "{refused}");
    }
    let alone = street.call("alike.merge", json!({"kind": "members", "main": third, "parts": [third]})).await;
    assert_eq!(alone.unwrap_err().code, "invalid_input");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_matter_of_two_villages_is_answered_once_and_each_gets_the_answer_at_its_own_record() {
    let Street { _department, street, first, second } = street().await;
    let one = concern(&first, "青柳路路灯坏了三盏,晚上出行不便,希望尽快维修").await;
    let other = concern(&second, "青柳路三盏路灯坏了,晚上出行不便,希望维修").await;
    let apart = concern(&second, "三组水渠淤塞,灌溉困难,希望尽快清淤").await;
    street.until("answer.list", json!({}), total(3)).await;
    let found = street.until("alike.list", json!({"kind": "concerns"}), total(1)).await;
    assert_eq!(names(&found["rows"][0]), ["示范一村", "示范二村"]);
    assert_eq!(found["rows"][0]["why"], json!(["text", "category"]), "{found}");
    let office = second.office_id().await;
    assert_eq!(street.ok("alike.list", json!({"kind": "concerns", "office": office})).await["total"], 1);
    let unknown = street.call("alike.list", json!({"kind": "concerns", "office": "00"})).await.unwrap_err();
    assert_eq!(unknown.code, "office_unknown");
    let new = |today: &Value| today["committee"]["newConcerns"].clone();
    assert_eq!(new(&street.ok("today", json!({})).await), 3);

    let merge = json!({"kind": "concerns", "main": one, "parts": [one, other], "note": "同一条路"});
    let told = street.ok("alike.preview", merge.clone()).await;
    assert_eq!((&told["before"], &told["after"]), (&json!(2), &json!(1)), "{told}");
    let sent: Vec<&Value> = told["answers"].as_array().unwrap().iter().map(|office| &office["name"]).collect();
    assert_eq!(sent, ["示范一村", "示范二村"], "each source gets the answer: {told}");
    let merged = street.ok("alike.merge", merge).await;
    assert_eq!(new(&street.ok("today", json!({})).await), 2, "here the matter counts once");
    let view = street.ok("snapshot.preview", json!({"year": 2026})).await;
    assert_eq!(view["concernsOnce"], json!({"once": null, "each": null}), "few as they are they are hidden: {view}");

    assert_eq!(
        street.ok("answer.get", json!({"id": other})).await["answeredWith"],
        json!(["示范一村"]),
        "it is said before"
    );
    // One answer, given at either record, with both villages offline; each finds it at its own.
    street.ok("answer.save", json!({"id": other, "state": "answered", "text": "四月更换路灯"})).await;
    for (village, own) in [(&first, &one), (&second, &other)] {
        village.sync().await;
        let answered = |row: &Value| row["answers"][0]["text"] == "四月更换路灯";
        let row = village.until("concern.get", json!({"id": own}), answered).await;
        assert_eq!(row["answers"].as_array().unwrap().len(), 1, "{row}");
        assert_eq!(row["officeName"], village.office().await["name"], "{row}");
    }
    let untouched = street.ok("answer.get", json!({"id": apart})).await;
    assert_eq!(untouched["answers"], json!([]), "what is not merged is not answered: {untouched}");

    // Taken back, the answers stay where they were given, and the next one goes to its own record alone.
    street.ok("alike.undo", json!({"id": merged["id"]})).await;
    assert_eq!(new(&street.ok("today", json!({})).await), 3);
    street.ok("answer.save", json!({"id": one, "state": "answered", "text": "已更换"})).await;
    let count = |row: &Value| row["answers"].as_array().unwrap().len();
    assert_eq!(count(&street.ok("answer.get", json!({"id": one})).await), 2);
    assert_eq!(count(&street.ok("answer.get", json!({"id": other})).await), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn merges_on_two_computers_of_the_street_add_up_and_are_taken_back_one_by_one() {
    let Street { _department, street, first, second } = street().await;
    let a = member(&first, "赵甲一", "1980-05", "2008-07-01").await;
    let b = member(&second, "赵甲一", "1980-05", "2008-07-01").await;
    let c = member(&second, "赵甲一", "1980-05", "2008-07-02").await;
    first.sync().await;
    second.sync().await;
    street.until("member.below", json!({}), total(3)).await;
    let other = street.further(json!({"role": "keeper"})).await;
    other.sync().await;
    other.until("member.below", json!({}), total(3)).await;

    // Neither knows of the other: one lays a to b, the other b to c.
    let left = street.ok("alike.merge", json!({"kind": "members", "main": a, "parts": [a, b]})).await;
    let right = other.ok("alike.merge", json!({"kind": "members", "main": c, "parts": [b, c]})).await;
    other.sync().await;
    for computer in [&street, &other] {
        let below = computer.until("member.below", json!({}), total(1)).await;
        assert_eq!(below["total"], 1, "all three are one, on both: {below}");
        assert_eq!(pairs(computer, "members").await["total"], 0);
    }
    let stands = |list: &Value| list["rows"][0]["parts"][0]["together"].clone();
    assert_eq!(stands(&street.ok("alike.groups", json!({"kind": "members"})).await), 3);
    other.ok("alike.undo", json!({"id": left["id"]})).await;
    other.sync().await;
    street.until("member.below", json!({}), total(2)).await;
    street.ok("alike.undo", json!({"id": right["id"]})).await;
    assert_eq!(street.ok("member.below", json!({})).await["total"], 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_see_the_desk_sees_no_pairs_and_counts_the_same() {
    let Street { _department, street, first, second } = street().await;
    let a = member(&first, "赵甲一", "1980-05", "2008-07-01").await;
    let b = member(&second, "赵甲一", "1980-05", "2008-07-01").await;
    first.sync().await;
    second.sync().await;
    street.until("member.below", json!({}), total(2)).await;
    street.ok("alike.merge", json!({"kind": "members", "main": a, "parts": [a, b]})).await;
    street.ok("profile.save", json!({"name": "王甲一", "pin": "2468", "hidden": []})).await;
    let hidden = json!({"name": "李乙二", "pin": "1357", "hidden": ["households", "organisation"]});
    let li = street.ok("profile.save", hidden).await["id"].clone();
    let from = |name: &'static str, input: Value| street.node.call_from("a", name, None, input);
    from("profile.choose", json!({"id": li, "pin": "1357"})).await.unwrap();
    for call in ["alike.list", "alike.groups", "alike.preview", "alike.merge", "alike.apart", "alike.undo"] {
        assert_eq!(from(call, json!({"kind": "members"})).await.unwrap_err().code, "profile_hides", "{call}");
    }
    assert_eq!(from("member.below", json!({})).await.unwrap()["total"], 1, "totals are made of everything");
    let waiting = from("decide.list", json!({})).await.unwrap();
    assert!(waiting["kinds"].as_array().unwrap().iter().all(|one| one["kind"] != "alike"), "{waiting}");

    // A computer that was not let read the office's own books has no desk, and is told so.
    let clerk = street.further(json!({"role": "clerk"})).await;
    clerk.sync().await;
    assert_eq!(clerk.call("alike.list", json!({"kind": "members"})).await.unwrap_err().code, "grant_needed");
    // A village has nobody below it: nothing is compared.
    assert_eq!(pairs(&first, "members").await["total"], 0);
}
