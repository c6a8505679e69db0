//! 月底核对: a branch and its street, both offline for weeks, submit, return, correct and accept a month; what crosses has one
//! outcome on both sides; items go down and come back; periods are closed; the year turns and nothing is copied.

use jiff::civil::Date;
use scenarios::Device;
use scenarios::workload::{set_today, system_clock};
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

/// A street with two computers and a branch below it. Only the first computer listens.
struct Line {
    _department: Device,
    street: Device,
    second: Device,
    village: Device,
}

async fn joined(department: Device, street: Device, second: Device, village: Device) -> Line {
    department.serve().await;
    let ticket = json!({"name": "河东街道", "kind": "committee", "autoApprove": true});
    street.join(&department.ok("invite.office", ticket).await).await;
    street.serve().await;
    let ticket = street.ok("invite.office", json!({"name": "示范一村", "kind": "branch", "autoApprove": true})).await;
    village.join(&ticket).await;
    let ticket = street.ok("invite.device", json!({"role": "keeper", "autoApprove": true})).await;
    second.join(&ticket).await;
    let member = json!({"name": "赵甲一", "kind": "full", "posts": ["secretary"]});
    village.ok("member.save", member).await;
    Line { _department: department, street, second, village }
}

async fn line() -> Line {
    let department = Device::with_office("县委组织部", "organization-department").await;
    let street = Device::with_office("河东街道", "committee").await;
    joined(department, street, Device::new(), Device::with_office("示范一村", "branch").await).await
}

fn round_table(date: &str, place: &str) -> Value {
    json!({"date": date, "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": place})
}

fn meeting(date: &str, topic: &str) -> Value {
    json!({"date": date, "kinds": ["committee_meeting"], "topic": topic})
}

/// How a month stands at the branch: state, dispute, rows that differ.
async fn stands(village: &Device, month: &str) -> (String, bool, u64) {
    let check = village.ok("month.check", json!({"month": month})).await;
    let of = &check["submission"];
    let different = of["different"].as_u64().unwrap_or_default();
    (check["state"].as_str().unwrap().to_owned(), of["disputed"] == true, different)
}

/// The same at the street, once it has read what was delivered.
async fn seen(street: &Device, month: &str, state: &str, disputed: bool) -> Value {
    let wanted = |rows: &Value| rows[0]["state"] == state && rows[0]["disputed"] == disputed;
    street.until("submission.list", json!({"month": month}), wanted).await[0].clone()
}

async fn view(street: &Device, id: &Value) -> Value {
    street.ok("submission.get", json!({"id": id})).await
}

async fn decide(street: &Device, id: &Value, accept: bool, note: &str) {
    let digest = view(street, id).await["digest"].clone();
    street.ok("submission.decide", json!({"id": id, "accept": accept, "note": note, "digest": digest})).await;
}

async fn cell(street: &Device, month: usize) -> Value {
    let matrix = street.ok("matrix", json!({"ledger": "visits", "year": 2026})).await;
    matrix["rows"][0]["cells"][month - 1]["state"].clone()
}

async fn submitted(line: &Line, month: &str) -> Value {
    let saved = line.village.ok("month.submit", json!({"month": month})).await;
    line.village.sync().await;
    seen(&line.street, month, "pending", false).await;
    line.second.sync().await;
    seen(&line.second, month, "pending", false).await;
    saved["id"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_returned_corrected_accepted_and_what_is_changed_afterwards_is_shown_with_its_reason() {
    let line = line().await;
    let Line { street, second, village, .. } = &line;
    let session = village.ok("meeting.save", meeting("2026-03-05", "")).await;
    let visit = village.ok("visit.save", round_table("2026-03-06", "村部")).await;
    village.ok("visit.save", round_table("2026-02-06", "村部")).await;
    let check = village.ok("month.check", json!({"month": "2026-03"})).await;
    assert_eq!((&check["state"], &check["maySubmit"]), (&json!("none"), &json!(true)), "{check}");
    let counts: Vec<&Value> = check["ledgers"].as_array().unwrap().iter().map(|one| &one["count"]).collect();
    assert_eq!(counts, [1, 0, 1, 0], "the rows of March in each ledger");
    let gaps: Vec<&str> =
        check["ledgers"][0]["gaps"].as_array().unwrap().iter().map(|gap| gap["code"].as_str().unwrap()).collect();
    assert!(gaps.contains(&"members_meeting") && !gaps.contains(&"committee_meeting"), "{gaps:?}");
    assert!(check["ledgers"][0]["gaps"][0]["rule"]["citation"].as_str().unwrap().starts_with('《'));
    assert_eq!(check["unconfirmed"][0]["count"], 1, "one person is not marked");
    let error = village.call("month.submit", json!({"month": "2026-04"})).await.unwrap_err();
    assert_eq!(error.code, "month_to_come");

    let first = submitted(&line, "2026-03").await;
    let error = village.call("month.submit", json!({"month": "2026-03"})).await.unwrap_err();
    assert_eq!(error.code, "month_submitted");
    assert_eq!(cell(street, 3).await, "submitted");
    assert_eq!(cell(street, 2).await, "recorded");
    let today = street.ok("today", json!({})).await;
    assert_eq!(today["committee"]["toDecide"], 1, "{today}");
    let shown = view(street, &first).await;
    assert_eq!((&shown["different"], &shown["may"]), (&json!(0), &json!(["accept", "return"])), "{shown}");
    let stale = json!({"id": first, "accept": true, "digest": "00"});
    assert_eq!(street.call("submission.decide", stale).await.unwrap_err().code, "changed_since");
    let silent = json!({"id": first, "accept": false, "digest": shown["digest"]});
    assert_eq!(street.call("submission.decide", silent).await.unwrap_err().field.as_deref(), Some("note"));

    // Weeks later they meet: the branch hears why it came back.
    decide(street, &first, false, "支委会缺议题").await;
    assert_eq!(stands(village, "2026-03").await, ("pending".to_owned(), false, 0), "nothing has reached it yet");
    village.sync().await;
    let today = village.until("today", json!({}), |today| today["returned"][0]["code"].is_string()).await;
    assert_eq!(today["returned"][0]["code"], "submission_returned");
    assert_eq!(today["returned"][0]["params"]["note"], "支委会缺议题");
    assert_eq!(cell(street, 3).await, "returned");
    let corrected =
        json!({"id": session["id"], "date": "2026-03-05", "kinds": ["committee_meeting"], "topic": "研究计划"});
    village.ok("meeting.save", corrected).await;
    assert_eq!(stands(village, "2026-03").await, ("returned".to_owned(), false, 1), "what was corrected is told");
    let again = submitted(&line, "2026-03").await;

    // Another computer of the street accepts it.
    decide(second, &again, true, "").await;
    second.sync().await;
    seen(street, "2026-03", "accepted", false).await;
    village.sync().await;
    village.until("month.check", json!({"month": "2026-03"}), |check| check["state"] == "accepted").await;
    assert_eq!(stands(village, "2026-03").await, ("accepted".to_owned(), false, 0));
    assert_eq!(cell(street, 3).await, "accepted");
    let late = village.call("month.withdraw", json!({"id": again})).await.unwrap_err();
    assert_eq!(late.code, "decision_late", "what was accepted is not taken back");

    // Edited, added and gone to another month after that: shown on both sides, with the reason.
    let nothing = village.call("month.explain", json!({"id": again, "note": "x"})).await.unwrap_err();
    assert_eq!(nothing.code, "nothing_to_explain");
    let moved = json!({"id": session["id"], "date": "2026-02-27", "kinds": ["committee_meeting"], "topic": "研究计划"});
    village.ok("meeting.save", moved).await;
    let mut changed = round_table("2026-03-06", "老井边");
    changed["id"] = visit["id"].clone();
    village.ok("visit.save", changed).await;
    village.ok("visit.save", round_table("2026-03-09", "村口")).await;
    let check = village.ok("month.check", json!({"month": "2026-03"})).await;
    let of = |ledger: usize| -> Vec<(String, String)> {
        let rows = check["submission"]["parts"][ledger]["rows"].as_array().unwrap();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        rows.iter().map(|row| (text(row, "how"), text(row, "title"))).collect()
    };
    let row = |how: &str, title: &str| (how.to_owned(), title.to_owned());
    assert_eq!(of(2), [row("added", "村口"), row("changed", "老井边")]);
    assert_eq!(of(0), [row("removed", "研究计划")], "it is told where it went");
    assert_eq!((&check["submission"]["different"], &check["submission"]["explained"]), (&json!(3), &json!(false)));
    village.ok("month.explain", json!({"id": again, "note": "会议日期记错,补一次走访"})).await;
    village.sync().await;
    let differs = |rows: &Value| rows[0]["different"] == 3;
    street.until("submission.list", json!({"month": "2026-03"}), differs).await;
    let shown = street.until("submission.get", json!({"id": again}), |one| one["explained"] == true).await;
    let said: Vec<&str> =
        shown["words"].as_array().unwrap().iter().map(|word| word["state"].as_str().unwrap()).collect();
    assert_eq!(said, ["accepted", "explained"]);
    village.ok("visit.save", round_table("2026-03-10", "村口")).await;
    let check = village.ok("month.check", json!({"month": "2026-03"})).await;
    assert_eq!(check["submission"]["explained"], false, "the reason was of other rows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_crosses_has_the_stated_outcome_on_both_sides_until_a_person_settles_it() {
    let line = line().await;
    let Line { street, second, village, .. } = &line;
    village.ok("visit.save", round_table("2026-02-06", "村部")).await;
    let february = submitted(&line, "2026-02").await;
    // 接收 and 退回 by two computers of the street that do not meet.
    decide(street, &february, true, "").await;
    decide(second, &february, false, "走访太少").await;
    assert_eq!(view(street, &february).await["state"], "accepted");
    second.sync().await;
    seen(street, "2026-02", "returned", true).await;
    seen(second, "2026-02", "returned", true).await;
    village.sync().await;
    let crossed = |check: &Value| check["submission"]["disputed"] == true;
    village.until("month.check", json!({"month": "2026-02"}), crossed).await;
    assert_eq!(stands(village, "2026-02").await, ("returned".to_owned(), true, 0), "a return beats an acceptance");
    let today = village.ok("today", json!({})).await;
    assert_eq!(today["returned"][0]["code"], "submission_disputed", "{today}");
    assert_eq!(cell(street, 2).await, "returned");
    assert_eq!(street.ok("decide.waiting", json!({})).await["submissions"][0]["disputed"], true);
    decide(street, &february, true, "两人商量过,接收").await;
    seen(street, "2026-02", "accepted", false).await;
    for device in [second, village] {
        device.sync().await;
    }
    seen(second, "2026-02", "accepted", false).await;
    village.until("month.check", json!({"month": "2026-02"}), |check| check["state"] == "accepted").await;
    assert_eq!(stands(village, "2026-02").await, ("accepted".to_owned(), false, 0));

    // 撤回 at the branch and 接收 at the street.
    for (month, settled) in [("2026-01", "accepted"), ("2026-03", "returned")] {
        let id = submitted(&line, month).await;
        village.ok("month.withdraw", json!({"id": id, "note": "还有一条没记"})).await;
        decide(street, &id, true, "").await;
        village.sync().await;
        seen(street, month, "withdrawn", true).await;
        village.until("month.check", json!({"month": month}), crossed).await;
        assert_eq!(stands(village, month).await.0, "withdrawn", "a withdrawal beats an acceptance");
        let shown = view(street, &id).await;
        assert_eq!(shown["may"], json!(["return"]), "the street gives way, or the branch does");
        if settled == "accepted" {
            village.ok("month.stand", json!({"id": id})).await;
            village.sync().await;
        } else {
            decide(street, &id, false, "请补记后再提交").await;
            village.sync().await;
        }
        seen(street, month, settled, false).await;
        village.until("month.check", json!({"month": month}), |check| check["state"] == settled).await;
    }

    // A branch that knows of the crossing may also simply submit again.
    let again = submitted(&line, "2026-03").await;
    decide(second, &again, true, "").await;
    second.sync().await;
    seen(street, "2026-03", "accepted", false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_item_goes_down_is_handed_in_returned_handed_in_again_and_accepted() {
    let line = line().await;
    let Line { street, second, village, .. } = &line;
    let office = village.ok("node.overview", json!({})).await["offices"][0]["id"].clone();
    street.ok("dispatch.send", json!({"to": [office], "title": "防汛检查", "deadline": "2026-04-10"})).await;
    village.sync().await;
    let item = village.ok("checklist.list", json!({"origin": "superior"})).await["rows"][0].clone();
    assert_eq!((&item["state"], &item["acknowledged"]), (&json!("open"), &json!(false)), "{item}");
    let id = item["id"].clone();
    let early = street.call("dispatch.decide", json!({"id": id, "accept": true})).await.unwrap_err();
    assert_eq!(early.code, "decision_late", "there is nothing to accept yet");
    let step = |note: &str, state: &str| json!({"id": id, "note": note, "state": state, "person": "赵甲一"});
    village.ok("checklist.progress", step("签收", "in_progress")).await;
    village.ok("checklist.progress", step("已排查", "done")).await;
    let twice = village.call("checklist.progress", step("已排查", "done")).await.unwrap_err();
    assert_eq!(twice.code, "item_handed_in");
    assert_eq!(village.call("checklist.progress", step("过", "accepted")).await.unwrap_err().code, "not_allowed");
    assert_eq!(village.call("dispatch.decide", json!({"id": id, "accept": true})).await.unwrap_err().code, "not_found");
    village.sync().await;
    let waits = |waiting: &Value| waiting["itemsCount"] == 1;
    street.until("decide.waiting", json!({}), waits).await;
    street.ok("dispatch.decide", json!({"id": id, "accept": false, "note": "缺照片以外的说明"})).await;
    village.sync().await;
    let back = |row: &Value| row["state"] == "returned";
    let row = village.until("checklist.get", json!({"id": id}), back).await;
    assert_eq!((&row["decisions"][0]["note"], &row["finished"]), (&json!("缺照片以外的说明"), &json!(false)));
    let today = village.ok("today", json!({})).await;
    assert_eq!(today["returned"][0]["code"], "item_returned", "{today}");
    village.ok("checklist.progress", step("已补说明", "done")).await;
    village.sync().await;
    second.sync().await;
    street.until("decide.waiting", json!({}), waits).await;
    second.until("decide.waiting", json!({}), waits).await;

    // Both computers decide at once: the return counts until somebody settles it.
    street.ok("dispatch.decide", json!({"id": id, "accept": true})).await;
    second.ok("dispatch.decide", json!({"id": id, "accept": false, "note": "再看一次"})).await;
    second.sync().await;
    let crossed = |row: &Value| row["state"] == "returned" && row["disputed"] == true;
    street.until("checklist.get", json!({"id": id}), crossed).await;
    village.sync().await;
    village.until("checklist.get", json!({"id": id}), crossed).await;
    second.ok("dispatch.decide", json!({"id": id, "accept": true, "note": "看过了"})).await;
    second.sync().await;
    let done = |row: &Value| row["state"] == "accepted" && row["disputed"] == false && row["finished"] == true;
    street.until("checklist.get", json!({"id": id}), done).await;
    village.sync().await;
    village.until("checklist.get", json!({"id": id}), done).await;
    let below = street.ok("checklist.list", json!({"below": true, "state": "finished"})).await;
    assert_eq!((&below["total"], &below["rows"][0]["officeName"]), (&json!(1), &json!("示范一村")));
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_makes_items_in_one_action_and_an_office_keeps_its_own() {
    let village = Device::with_office("示范一村", "branch").await;
    let templates = village.ok("template.list", json!({})).await;
    let ids: Vec<&str> = templates.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"secretary-month") && ids.contains(&"branch-year"), "{ids:?}");
    let wanted = json!({"id": "secretary-month", "period": "2026-03"});
    let mut made = village.ok("template.expand", wanted.clone()).await;
    assert_eq!((made["entries"].as_array().unwrap().len(), &made["madeBefore"]), (10, &json!(0)), "{made}");
    for entry in made["entries"].as_array_mut().unwrap() {
        entry["person"] = json!("赵甲一");
    }
    made["entries"][0]["deadline"] = json!("3.12");
    let mut input = json!({"id": "secretary-month", "period": "2026-03", "entries": made["entries"]});
    assert_eq!(village.ok("template.make", input.clone()).await["count"], 10);
    let list = village.ok("checklist.list", json!({"origin": "own", "sort": "deadline"})).await;
    assert_eq!((&list["total"], &list["rows"][0]["deadline"]), (&json!(10), &json!("2026-03-12")), "{list}");
    assert_eq!(list["rows"][0]["template"], "secretary-month/2026-03");
    assert_eq!(village.ok("template.expand", wanted).await["madeBefore"], 10, "a second making is told");
    input["entries"][3]["person"] = json!("");
    let error = village.call("template.make", input).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("entries.3.person"));
    assert_eq!(village.ok("checklist.list", json!({})).await["total"], 10, "all or nothing");

    let line = |title: &str, day: u8| json!({"title": title, "every": "month", "day": day});
    let own = json!({"name": "我支部每月清单", "role": "secretary", "every": "month", "entries": [line("查井盖", 5), line("查路灯", 20)]});
    let saved = village.ok("template.save", own).await;
    let own = json!({"id": saved["id"], "name": "我支部每月清单", "every": "month", "entries": [line("查井盖", 6)]});
    village.ok("template.save", own).await;
    let made = village.ok("template.expand", json!({"id": saved["id"], "period": "2026-04"})).await;
    assert_eq!(made["entries"].as_array().unwrap().len(), 1, "{made}");
    assert_eq!(made["entries"][0]["deadline"], "2026-04-06");
    let all = village.ok("template.list", json!({})).await;
    assert_eq!((&all[0]["own"], &all[0]["name"]), (&json!(true), &json!("我支部每月清单")), "{all}");
    let gone = json!({"id": saved["id"], "name": "我支部每月清单", "every": "month", "entries": []});
    village.ok("template.save", gone).await;
    assert_eq!(village.ok("template.list", json!({})).await[0]["own"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_items_are_filtered_and_sorted_as_asked() {
    let village = Device::with_office("示范一村", "branch").await;
    for (title, person, leader, deadline) in [
        ("修路", "张某", "王某", "2026-03-10"),
        ("清渠", "李某", "王某", "2026-03-25"),
        ("补录", "李某", "赵某", "2026-04-01"),
    ] {
        let item = json!({"title": title, "origin": "own", "person": person, "leader": leader, "deadline": deadline});
        village.ok("checklist.save", item).await;
    }
    let first = village.ok("checklist.list", json!({"text": "修路"})).await["rows"][0]["id"].clone();
    village.ok("checklist.progress", json!({"id": first, "note": "修好", "state": "done"})).await;
    for (input, expected) in [
        (json!({}), vec!["清渠", "补录", "修路"]),
        (json!({"sort": "deadline"}), vec!["修路", "清渠", "补录"]),
        (json!({"sort": "-deadline"}), vec!["补录", "清渠", "修路"]),
        (json!({"text": "zhangm", "sort": "-person"}), vec!["修路"]),
        (json!({"state": "unfinished"}), vec!["清渠", "补录"]),
        (json!({"state": "done"}), vec!["修路"]),
        (json!({"leader": "赵某"}), vec!["补录"]),
        (json!({"person": "李某", "from": "2026-03-26"}), vec!["补录"]),
        (json!({"to": "2026-03-25", "sort": "deadline"}), vec!["修路", "清渠"]),
        (json!({"overdue": true}), vec![]),
        (json!({"text": "zhang"}), vec!["修路"]),
        (json!({"text": "渠"}), vec!["清渠"]),
        (json!({"origin": "superior"}), vec![]),
    ] {
        let page = village.ok("checklist.list", input.clone()).await;
        let titles: Vec<&str> =
            page["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
        assert_eq!(titles, expected, "{input}");
    }
    let error = village.call("checklist.list", json!({"sort": "colour"})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("invalid_input", Some("sort")));
}
