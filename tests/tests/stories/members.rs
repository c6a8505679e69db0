//! 党员: a transfer between two branches with everything offline in between, an admission across a year and a half, and
//! what is private about a member.

use crate::database::{contains, store_of};
use scenarios::{Device, stage};
use serde_json::{Value, json};

/// A street with two villages below it, joined and met once.
pub(crate) struct Street {
    pub(crate) _department: Device,
    pub(crate) street: Device,
    pub(crate) first: Device,
    pub(crate) second: Device,
}

pub(crate) async fn street() -> Street {
    let (department, street) = stage::street().await;
    street.serve().await;
    let mut villages = Vec::new();
    for name in ["示范一村", "示范二村"] {
        villages.push(Device::below(&street, name, "branch").await);
    }
    let [first, second] = <[Device; 2]>::try_from(villages).ok().expect("two villages");
    Street { _department: department, street, first, second }
}

fn names(page: &Value) -> Vec<&str> {
    page["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn one<'a>(rows: &'a Value, field: &str, value: &str) -> &'a Value {
    let found = rows.as_array().unwrap().iter().find(|row| row[field] == value);
    found.unwrap_or_else(|| panic!("no {field} {value} in {rows}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_who_moves_is_counted_once_however_late_the_word_comes() {
    let Street { _department, street, first, second } = street().await;
    let member = first.ok("member.save", json!({"name": "赵甲一", "kind": "full", "birthMonth": "1980-05"})).await;
    first.ok("member.save", json!({"name": "钱乙二", "kind": "full"})).await;
    second.ok("member.save", json!({"name": "孙丙三", "kind": "full"})).await;
    first.sync().await;
    second.sync().await;
    let below = street.until("member.below", json!({}), |below| below["total"] == 3).await;
    assert_eq!(below["offices"][0]["count"], 2, "{below}");

    // Written out offline: the branch goes on counting.
    let out = json!({"member": member["id"], "place": "示范二村", "letter": "2026-7"});
    first.ok("transfer.out", out.clone()).await;
    let again = first.call("transfer.out", out).await.unwrap_err();
    assert_eq!(again.code, "already_moving");
    assert_eq!(first.ok("member.list", json!({})).await["total"], 2);
    assert_eq!(first.ok("transfer.list", json!({})).await["rows"][0]["state"], "waiting");
    first.sync().await;
    let waiting = street.until("transfer.waiting", json!({}), |rows| rows[0]["state"] == "waiting").await;
    assert_eq!((&waiting[0]["from"], &waiting[0]["place"]), (&json!("示范一村"), &json!("示范二村")), "{waiting}");
    assert_eq!(street.ok("member.below", json!({})).await["total"], 3);

    // Passed on while neither village is there.
    let id = waiting[0]["id"].clone();
    street.ok("transfer.pass", json!({"id": id, "to": second.office_id().await})).await;
    let twice = street.call("transfer.pass", json!({"id": id, "to": second.office_id().await})).await.unwrap_err();
    assert_eq!(twice.code, "transfer_ended");
    assert_eq!(street.ok("member.below", json!({})).await["total"], 3);

    // The target meets the street, goes offline, takes in.
    second.sync().await;
    let today = second.until("today", json!({}), |today| one_code(today, "transfer_arriving")).await;
    assert!(one_code(&today, "transfer_arriving"), "{today}");
    second.ok("transfer.accept", json!({"id": id, "group": "一组", "on": "2026-03-18"})).await;
    let list = second.ok("member.list", json!({})).await;
    assert_eq!(names(&list), ["孙丙三", "赵甲一"].as_slice(), "{list}");
    assert_eq!(one(&list["rows"], "name", "赵甲一")["birthMonth"], "1980-05");
    // Here both count, each from what it knows; the street has neither word yet and counts once.
    assert_eq!(first.ok("member.list", json!({})).await["total"], 2);
    assert_eq!(street.ok("member.below", json!({})).await["total"], 3);

    second.sync().await;
    let waiting = street.until("transfer.waiting", json!({}), |rows| rows[0]["state"] == "to_tell").await;
    assert_eq!(waiting[0]["countedBy"], "target", "{waiting}");
    let below = street.ok("member.below", json!({})).await;
    assert_eq!(below["total"], 3, "the target's record is here, the source still has its own: {below}");
    assert_eq!(one(&below["offices"], "name", "示范二村")["count"], 2, "{below}");

    // Meanwhile the source withdrew offline: whoever took in counts.
    first.ok("transfer.withdraw", json!({"id": id})).await;
    first.sync().await;
    assert_eq!(street.ok("member.below", json!({})).await["total"], 3);
    street.ok("transfer.told", json!({"id": id})).await;
    first.sync().await;
    let list = first.until("member.list", json!({}), |list| list["total"] == 1).await;
    assert_eq!(names(&list), ["钱乙二"].as_slice(), "{list}");
    assert_eq!(first.ok("transfer.list", json!({})).await["rows"][0]["state"], "accepted");
    let left = first.ok("member.get", json!({"id": member["id"]})).await;
    assert_eq!(left["leftOn"], "2026-03-18", "the day on which the other took in, not that of the word: {left}");
    let past = first.ok("member.past", json!({"on": "2026-03-17"})).await;
    assert_eq!(past["total"], 2, "the day before, the member was here: {past}");
    // The sheets that both sign now add up to the same.
    for village in [&first, &second] {
        village.sync().await;
    }
    let total = |view: &Value| one(&view["rows"], "metric", "members")["numerator"] == 3;
    let view = street.until("snapshot.preview", json!({"year": 2026}), total).await;
    assert_eq!(view["included"], 2, "{view}");
    assert_eq!(view["membersOnce"], 3, "{view}");
}

fn one_code(today: &Value, code: &str) -> bool {
    today["due"].as_array().is_some_and(|due| due.iter().any(|item| item["code"] == code))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admission_takes_a_year_and_a_half_and_two_offices() {
    let Street { _department, street, first: village, .. } = street().await;
    let applicant = village.ok("admission.save", json!({"name": "李丁四", "sex": 2, "applied": "2023-09-01"})).await;
    let id = &applicant["id"];
    let step = |code: &str, on: &str| json!({"applicant": id, "code": code, "on": on});
    let early = village.call("admission.step", step("activist", "2023-09-10")).await.unwrap_err();
    assert_eq!((early.code.as_str(), early.params["after"].as_str()), ("admission_too_early", "talk"));
    let late = village.call("admission.step", step("talk", "2023-10-09")).await.unwrap_err();
    assert_eq!((late.code.as_str(), late.params["date"].as_str()), ("admission_too_late", "2023-10-01"));
    assert!(late.params["citation"].contains("发展党员工作细则"), "{late}");
    let mut talk = step("talk", "2023-10-09");
    talk["reason"] = json!("外出务工,节后谈话");
    village.ok("admission.step", talk).await;
    village.ok("admission.step", step("activist", "2023-10-20")).await;
    for on in ["2024-04-10", "2024-10-08"] {
        village.ok("admission.step", step("review", on)).await;
    }
    let early = village.call("admission.step", step("development_object", "2024-10-19")).await.unwrap_err();
    assert_eq!((early.code.as_str(), early.params["date"].as_str()), ("admission_too_early", "2024-10-20"));
    village.ok("admission.step", step("development_object", "2024-10-20")).await;
    let mut training = step("training", "2024-11-05");
    training["days"] = json!(3);
    village.ok("admission.step", training).await;
    village.ok("admission.step", step("ask_pre_examination", "2024-11-20")).await;
    village.sync().await;

    // The committee refuses first, with a comment; the branch asks again.
    let cases = street.until("admission.cases", json!({}), |cases| cases[0]["code"] == "pre_examination").await;
    assert_eq!((&cases[0]["name"], &cases[0]["officeName"]), (&json!("李丁四"), &json!("示范一村")), "{cases}");
    let decide = |case: &Value, passed: bool, note: &str, on: &str| json!({"step": case["step"], "passed": passed, "note": note, "on": on});
    let refused = street.call("admission.decide", decide(&cases[0], false, "", "2024-11-25")).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("required", Some("note")));
    street.ok("admission.decide", decide(&cases[0], false, "缺政审材料", "2024-11-25")).await;
    assert_eq!(street.ok("admission.cases", json!({})).await, json!([]));
    village.sync().await;
    let stage = |view: &Value, code: &str| one(&view["stages"], "code", code).clone();
    let view = village
        .until("admission.get", json!({"id": id}), |view| stage(view, "pre_examination")["state"] == "refused")
        .await;
    assert_eq!(stage(&view, "pre_examination")["records"][0]["note"], "缺政审材料");
    assert_eq!(stage(&view, "vote")["state"], "blocked");
    village.ok("admission.step", step("ask_pre_examination", "2024-12-10")).await;
    village.sync().await;
    let cases = street.until("admission.cases", json!({}), |cases| cases[0]["asked"] == "2024-12-10").await;
    street.ok("admission.decide", decide(&cases[0], true, "", "2024-12-20")).await;
    village.sync().await;
    village.until("admission.get", json!({"id": id}), |view| stage(view, "pre_examination")["state"] == "done").await;

    let mut vote = step("vote", "2025-01-10");
    let missing = village.call("admission.step", vote.clone()).await.unwrap_err();
    assert_eq!(missing.field.as_deref(), Some("votes"));
    vote["votes"] = json!({"due": 10, "present": 9, "written": 2, "inFavour": 9});
    assert_eq!(village.call("admission.step", vote.clone()).await.unwrap_err().code, "votes_unsound");
    vote["votes"] = json!({"due": 10, "present": 7, "written": 1, "inFavour": 8});
    village.ok("admission.step", vote).await;
    village.ok("admission.step", step("ask_approval", "2025-01-15")).await;
    let nothing = village.call("admission.enrol", json!({"id": id})).await.unwrap_err();
    assert_eq!(nothing.code, "admission_not_approved", "nobody is entered by itself");
    village.sync().await;
    let cases = street.until("admission.cases", json!({}), |cases| cases[0]["code"] == "approval").await;
    assert_eq!((&cases[0]["latest"], &cases[0]["special"]), (&json!("2025-04-15"), &json!("2025-07-15")));
    assert_eq!(one(&cases[0]["before"], "code", "vote")["votes"]["inFavour"], 8);
    assert_eq!(street.ok("today", json!({})).await["committee"]["toDecide"], 1);
    street.ok("admission.decide", decide(&cases[0], true, "", "2025-02-10")).await;
    village.sync().await;
    let view = village.until("admission.get", json!({"id": id}), |view| view["roster"] == "enrol").await;
    // Probation runs from the vote, not from the approval.
    assert_eq!(stage(&view, "full_vote")["earliest"], "2026-01-10");
    let member = village.ok("admission.enrol", json!({"id": id})).await;
    let row = village.ok("member.get", json!({"id": member["id"]})).await;
    assert_eq!(
        (&row["kind"], &row["joined"], &row["votes"]),
        (&json!("probationary"), &json!("2025-01-10"), &json!(false))
    );
    assert_eq!(village.ok("member.past", json!({"on": "2025-01-09"})).await["total"], 0);

    let mut full = step("full_vote", "2026-01-12");
    full["votes"] = json!({"due": 10, "present": 8, "inFavour": 8});
    village.ok("admission.step", full).await;
    village.ok("admission.step", step("ask_full_approval", "2026-01-15")).await;
    village.sync().await;
    let cases = street.until("admission.cases", json!({}), |cases| cases[0]["code"] == "full_approval").await;
    street.ok("admission.decide", decide(&cases[0], true, "", "2026-02-01")).await;
    village.sync().await;
    village.until("admission.get", json!({"id": id}), |view| view["roster"] == "full").await;
    village.ok("admission.enrol", json!({"id": id})).await;
    let row = village.ok("member.get", json!({"id": member["id"]})).await;
    assert_eq!((&row["kind"], &row["votes"]), (&json!("full"), &json!(true)), "{row}");
    let past = village.ok("member.past", json!({"on": "2025-12-31"})).await;
    assert_eq!(past["rows"][0]["kind"], "probationary", "{past}");
    assert_eq!(village.ok("admission.get", json!({"id": id})).await["roster"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_and_phones_stay_sealed_masked_and_logged() {
    const NUMBER: &str = "11010519491231002X";
    const PHONE: &str = "13900000001";
    let Street { _department, street, first: village, .. } = street().await;
    let member = village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "birthMonth": "1950-01"})).await;
    let save = |number: &str, keep: bool| json!({"id": member["id"], "idNumber": number, "phone": PHONE, "keep": keep});
    for (number, code) in [
        ("110105194912310021", "id_number_check"),
        ("1101051949", "id_number_form"),
        (NUMBER, "id_number_other_birth_month"),
    ] {
        let error = village.call("member.private_save", save(number, false)).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), (code, Some("idNumber")));
        assert!(!format!("{error:?}").contains(number), "an error does not tell the number");
    }
    let saved = village.ok("member.private_save", save("11010519491231002x", true)).await;
    assert_eq!(saved["filled"], json!(["sex"]), "what the roster lacks is not typed twice");
    assert_eq!(village.ok("member.get", json!({"id": member["id"]})).await["sex"], 2);
    let masked = village.ok("member.private", json!({"id": member["id"]})).await;
    assert_eq!((&masked["idNumber"], &masked["phone"]), (&json!("1****************X"), &json!("1*********1")));
    assert_eq!(masked["contradicts"], json!(["birth_month"]));
    let revealed =
        |log: &Value| log["rows"].as_array().unwrap().iter().filter(|line| line["code"] == "member_revealed").count();
    assert_eq!(revealed(&village.ok("log.list", json!({})).await), 0, "masked, nothing was opened to anybody");
    let shown = village.ok("member.reveal", json!({"id": member["id"], "what": "id_number"})).await;
    assert_eq!(shown["value"], NUMBER);
    assert_eq!(revealed(&village.ok("log.list", json!({})).await), 1);

    // The same number under another name is proposed, and a person decides.
    let twin = village.ok("member.save", json!({"name": "赵佳怡", "kind": "full"})).await;
    let of_twin = |keep: bool| json!({"id": twin["id"], "idNumber": NUMBER, "keep": keep});
    let error = village.call("member.private_save", of_twin(false)).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.params["name"].as_str()), ("id_number_duplicate", "赵甲一"));
    village.ok("member.private_save", of_twin(true)).await;
    let pairs = village.ok("member.duplicates", json!({})).await;
    assert_eq!(pairs[0]["reasons"], json!(["id_number"]), "{pairs}");

    assert_eq!(village.sync().await["delivered"], true);
    street.until("member.below", json!({}), |below| below["total"] == 2).await;
    let log = village.ok("log.list", json!({})).await.to_string();
    for device in [&street, &village] {
        device.node.shutdown().await;
    }
    assert!(!log.contains(NUMBER) && !log.contains(PHONE), "{log}");
    let (store, _folder) = store_of(street);
    let mut bytes = Vec::new();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        bytes.extend(store.missing_for(&key.id(), &[]).unwrap().changes.into_iter().flatten());
    }
    assert!(contains(&bytes, "赵甲一"), "the search is real");
    assert!(!contains(&bytes, NUMBER) && !contains(&bytes, PHONE));
    // At home it is sealed in the books as well.
    let (store, _folder) = store_of(village);
    let mut bytes = format!("{:?}", store.log_lines(0, 10_000).unwrap()).into_bytes();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        bytes.extend(store.missing_for(&key.id(), &[]).unwrap().changes.into_iter().flatten());
    }
    assert!(contains(&bytes, "赵甲一") && !contains(&bytes, NUMBER) && !contains(&bytes, PHONE));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_entered_twice_is_proposed_merged_and_parted_again() {
    let village = Device::with_office("示范一村", "branch").await;
    let save = |name: &str, birth: &str| json!({"name": name, "kind": "full", "birthMonth": birth, "distinct": true});
    let first = village.ok("member.save", save("张林", "1980-05")).await;
    let second = village.ok("member.save", save("张 林", "")).await;
    village.ok("member.save", save("章琳", "1980-05")).await;
    village.ok("member.save", save("章琳", "1991-01")).await;
    let pairs = village.ok("member.duplicates", json!({})).await;
    let reasons: Vec<&Value> = pairs.as_array().unwrap().iter().map(|pair| &pair["reasons"]).collect();
    assert_eq!(reasons, [&json!(["name"]), &json!(["pinyin"])], "one name; one sound and one month of birth: {pairs}");
    let apart = json!({"id": pairs[1]["first"]["id"], "other": pairs[1]["second"]["id"]});
    village.ok("member.keep_apart", apart).await;
    assert_eq!(village.ok("member.duplicates", json!({})).await.as_array().unwrap().len(), 1);

    for (member, month) in [(&first, "2026-01"), (&second, "2026-02")] {
        let assess = json!({"member": member["id"], "fromMonth": "2026-01", "class": "farmer", "fixedFen": 50});
        village.ok("dues.assess", assess).await;
        let entry = json!({"member": member["id"], "month": month, "amountFen": 50});
        village.ok("dues.collect", json!({"entries": [entry]})).await;
    }
    village.ok("member.merge", json!({"id": second["id"], "other": first["id"]})).await;
    let back = village.call("member.merge", json!({"id": first["id"], "other": second["id"]})).await.unwrap_err();
    assert_eq!(back.code, "already_merged", "not in a ring");
    assert_eq!(village.ok("member.list", json!({})).await["total"], 3);
    let file = village.ok("member.file", json!({"id": first["id"]})).await;
    assert_eq!((&file["paidFen"], &file["merged"][0]["id"]), (&json!(100), &second["id"]), "{file}");
    let sheet = village.ok("dues.sheet", json!({})).await;
    assert_eq!((sheet["rows"].as_array().unwrap().len(), &sheet["paidFen"]), (3, &json!(100)), "{sheet}");
    assert_eq!(sheet["dueFen"], 150, "one person is due once: {sheet}");
    village.ok("member.unmerge", json!({"id": second["id"]})).await;
    assert_eq!(village.ok("member.list", json!({})).await["total"], 4);
    assert_eq!(village.ok("member.file", json!({"id": first["id"]})).await["paidFen"], 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stays_terms_and_funds_show_their_rules_and_change_nothing() {
    let village = Device::with_office("示范一村", "branch").await;
    let member = village.ok("member.save", json!({"name": "赵甲一", "kind": "full"})).await;
    let stay = json!({"member": member["id"], "since": "2025-08-01", "region": "某省某市", "place": "建筑工地", "fixed": true, "person": "钱乙二"});
    let stay = village.ok("mobile.save", stay).await;
    let row = village.ok("mobile.list", json!({})).await["rows"][0].clone();
    assert!(row["transferRule"]["text"].as_str().unwrap().contains("转移组织关系"), "{row}");
    assert!(row["lostRule"]["text"].as_str().unwrap().contains("支部大会"), "{row}");
    assert!(one_code(&village.ok("today", json!({})).await, "mobile_lost"));
    village.ok("mobile.contact", json!({"stay": stay["id"], "on": "2026-03-01", "note": "电话"})).await;
    let row = village.ok("mobile.list", json!({})).await["rows"][0].clone();
    assert_eq!((&row["lostRule"], &row["last"]), (&Value::Null, &json!("2026-03-01")), "{row}");
    assert_eq!(village.ok("member.list", json!({})).await["rows"][0]["votes"], true, "a rule changes no status");

    village.ok("term.save", json!({"start": "2021-05-01", "years": 5, "size": 3})).await;
    let view = village.ok("term.list", json!({})).await;
    assert_eq!((&view["terms"][0]["end"], &view["terms"][0]["days"]), (&json!("2026-05-01"), &json!(42)), "{view}");
    assert_eq!(view["terms"][0]["notes"], json!(["remind", "not_trained", "no_committee"]), "{view}");
    assert!(one_code(&village.ok("today", json!({"all": true})).await, "term_ending"));
    let post =
        village.ok("term.post", json!({"member": member["id"], "post": "secretary", "from": "2021-05-01"})).await;
    village.ok("term.post", json!({"id": post["id"], "until": "2026-03-01"})).await;
    assert_eq!(village.ok("term.list", json!({})).await["posts"][0]["until"], "2026-03-01");

    let income = village.ok("fund.save", json!({"amountFen": 300_000, "title": "上级拨付"})).await;
    let spent = village.ok("fund.save", json!({"amountFen": -12_345, "title": "购书"})).await;
    village.ok("fund.reverse", json!({"id": spent["id"]})).await;
    let again = village.call("fund.reverse", json!({"id": spent["id"]})).await.unwrap_err();
    assert_eq!(again.code, "already_reversed");
    let fund = village.ok("fund.list", json!({})).await;
    assert_eq!(
        (&fund["inFen"], &fund["outFen"], &fund["perHeadFen"]),
        (&json!(300_000), &json!(0), &json!(100_000)),
        "{fund}"
    );
    assert_eq!(fund["rows"][0]["id"], income["id"], "{fund}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_are_dated_and_what_was_entered_by_mistake_is_taken_back() {
    let village = Device::with_office("示范一村", "branch").await;
    let member = village.ok("member.save", json!({"name": "赵甲一", "kind": "probationary"})).await;
    let change = |event: &str, on: &str| json!({"member": member["id"], "event": event, "on": on});
    let late = village.call("member.change", change("full", "2026-12-01")).await;
    assert_eq!(late.unwrap_err().code, "date_in_future");
    let mut extended = change("extended", "2025-03-01");
    extended["until"] = json!("2025-04-01");
    let refused = village.call("member.change", extended).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["from"].as_str()), ("extension_length", "6"));
    village.ok("member.change", change("full", "2025-07-01")).await;
    let died = village.ok("member.change", change("died", "2026-02-01")).await;
    assert_eq!(village.ok("member.list", json!({})).await["total"], 0);
    let past = village.ok("member.past", json!({"on": "2025-06-30"})).await;
    assert_eq!(past["rows"][0]["kind"], "probationary", "{past}");
    village.ok("member.change_void", json!({"id": died["id"]})).await;
    let row = village.ok("member.get", json!({"id": member["id"]})).await;
    assert_eq!((&row["kind"], &row["leftOn"]), (&json!("full"), &Value::Null), "{row}");
    let file = village.ok("member.file", json!({"id": member["id"]})).await;
    assert_eq!(file["changes"][1]["void"], true, "{file}");
}
