//! 月底核对: a branch and its street, both offline for weeks, submit, return, correct and accept a month; what crosses has one
//! outcome on both sides; items go down and come back; periods are closed; the year turns and nothing is copied.

mod items;
mod periods;

use scenarios::Device;
use scenarios::stage;
use serde_json::{Value, json};

/// A street with two computers and a branch below it. Only the first computer listens.
struct Line {
    _department: Device,
    street: Device,
    second: Device,
    village: Device,
}

/// A second computer of the street, and a branch below it with its secretary.
async fn joined(department: Device, street: Device, second: Device, village: Device) -> Line {
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
    let (department, street) = stage::street().await;
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
    let waiting = street.ok("decide.list", json!({"kind": "disputed"})).await;
    assert_eq!(waiting["rows"][0]["about"], "submission", "{waiting}");
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
