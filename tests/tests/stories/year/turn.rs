//! The turn of the year: what is open and owed is listed and nothing copied; months are closed; a later change is shown with its
//! reason; and in the end everybody holds the same books.

use serde_json::{Value, json};
use ybz_store::Store;

use super::{Story, live, one};
use crate::database::store_of;

pub async fn turn_of_the_year(story: &Story) {
    let Story { computer, street, .. } = story;
    live("2027-01-04");
    for month in ["2026-10", "2026-11", "2026-12"] {
        story.decide(month, true, "").await;
    }
    live("2027-01-06");
    story.deliver().await;
    let turn = computer.ok("turn.year", json!({})).await;
    assert_eq!((&turn["year"], &turn["openCount"], &turn["mayClose"]), (&json!(2026), &json!(2), &json!(false)));
    let mut open: Vec<&str> =
        turn["openItems"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
    open.sort_unstable();
    assert_eq!(open, ["支部书记述职", "档案整理"]);
    let states: Vec<&Value> = turn["months"].as_array().unwrap().iter().map(|month| &month["state"]).collect();
    assert_eq!(states, ["accepted"; 12]);
    // November and December, 0.20 each.
    let arrears = turn["arrears"].as_array().unwrap();
    assert_eq!(arrears.len(), 1, "{turn}");
    assert_eq!(
        (&arrears[0]["name"], &arrears[0]["months"], &arrears[0]["owedFen"]),
        (&json!("周戊五"), &json!(2), &json!(40))
    );
    let next = computer.ok("checklist.list", json!({"year": 2027})).await;
    assert_eq!(next["total"], 2, "what is open is shown in the new year: {next}");

    // Paid in the new year's book for months of the old one.
    let entry = |month: &str| json!({"member": story.id("周戊五"), "month": month, "amountFen": 20});
    computer.ok("dues.collect", json!({"entries": [entry("2026-11"), entry("2026-12")]})).await;
    let old = computer.ok("dues.ledger", json!({"year": 2026})).await;
    assert_eq!(
        (&old["dueFen"], &old["paidFen"], &old["elsewhereFen"], &old["cash"]["totalFen"]),
        (&json!(1_046_034), &json!(1_046_034), &json!(40), &json!(1_150_994)),
        "{old}"
    );
    let new = computer.ok("dues.ledger", json!({"year": 2027})).await;
    assert_eq!((&new["cash"]["earlierFen"], &new["cash"]["totalFen"]), (&json!(40), &json!(40)), "{new}");
    assert_eq!(computer.ok("turn.year", json!({})).await["arrears"], json!([]));
    changed_afterwards(story).await;
    closed(story).await;
    story.deliver().await;
    let held = street.ok("submission.list", json!({"month": "2026-08"})).await;
    assert_eq!(one(&held, "officeName", "示范一村")["different"], 1, "{held}");
}

/// An evening of August is put right after the month was accepted: a difference, with its reason.
async fn changed_afterwards(story: &Story) {
    let Story { computer, street, .. } = story;
    let evenings = computer.ok("visit.list", json!({"year": 2026, "state": "round_table", "limit": 100})).await;
    let id = one(&evenings["rows"], "date", "2026-08-20")["id"].clone();
    let right = json!({"id": id, "date": "2026-08-20", "kind": "round_table", "publicPlace": true, "place": "老井边",
                       "participants": ["赵甲一", "钱乙二"], "theme": "听民声"});
    computer.ok("visit.save", right).await;
    let check = computer.ok("month.check", json!({"month": "2026-08"})).await;
    assert_eq!((&check["state"], &check["submission"]["different"]), (&json!("accepted"), &json!(1)), "{check}");
    let submission = check["submission"]["id"].clone();
    computer.ok("month.explain", json!({"id": submission, "note": "地点记错"})).await;
    story.deliver().await;
    let shown = street.ok("submission.get", json!({"id": submission})).await;
    assert_eq!((&shown["different"], &shown["explained"]), (&json!(1), &json!(true)), "{shown}");
    let rows = shown["parts"][2]["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["how"], &rows[0]["date"]), (&json!("changed"), &json!("2026-08-20")));
}

/// The branch closes a month, the street another; the year stays open while items are.
async fn closed(story: &Story) {
    let Story { computer, street, .. } = story;
    computer.ok("period.close", json!({"period": "2026-01"})).await;
    let office = computer.office_id().await;
    street.ok("period.close", json!({"period": "2026-02", "office": office})).await;
    story.deliver().await;
    let session = |day: &str| json!({"kinds": ["group_meeting"], "date": day, "topic": "补录", "group": "第一党小组"});
    for (day, code) in [("2026-01-30", "period_closed"), ("2026-02-27", "period_closed_above")] {
        for device in [computer, &story.laptop] {
            assert_eq!(device.call("meeting.save", session(day)).await.unwrap_err().code, code, "{day}");
        }
    }
    // A vote is a row of its session's month.
    let sessions = computer.ok("meeting.list", json!({"year": 2026, "limit": 100})).await;
    let january = one(&sessions["rows"], "date", "2026-01-08");
    let vote = json!({"session": january["id"], "rule": "ordinary", "subject": "补记", "choices": [{"name": "", "inFavour": 12}]});
    assert_eq!(computer.call("vote.save", vote).await.unwrap_err().code, "period_closed");
    let year = computer.call("period.close", json!({"period": "2026"})).await.unwrap_err();
    assert_eq!((year.code.as_str(), year.params["count"].as_str()), ("items_not_finished", "2"), "{year}");
}

/// Books of the branch by kind and year with their heads, below the nodes.
fn heads(store: &Store, private: bool) -> Vec<(String, Vec<String>)> {
    let mut out = Vec::new();
    for (key, heads) in store.catalog(&|_| true).unwrap() {
        let kind = key.kind.to_string();
        let wanted = kind.starts_with("up/") || (private && kind.starts_with("own/"));
        if !wanted {
            continue;
        }
        let mut heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
        heads.sort();
        out.push((format!("{} {kind} {:?}", key.office, key.year), heads));
    }
    out.sort();
    out
}

pub async fn the_same_everywhere(story: Story) {
    let office = story.computer.office_id().await;
    let Story { department, street, neighbour, computer, laptop, .. } = story;
    for device in [&department, &street, &neighbour, &computer, &laptop] {
        device.node.close().await;
    }
    let (computer, _one) = store_of(computer);
    let (laptop, _two) = store_of(laptop);
    let (street, _three) = store_of(street);
    let here = heads(&computer, true);
    assert!(here.iter().any(|(book, _)| book.contains("own/")), "{here:?}");
    assert_eq!(here, heads(&laptop, true), "two computers of the branch");
    let of_branch = |books: Vec<(String, Vec<String>)>| -> Vec<_> {
        books.into_iter().filter(|(book, _)| book.starts_with(&office)).collect()
    };
    // Five kinds of books: the roster, and four ledgers of each year that has something in it.
    let delivered = of_branch(heads(&computer, false));
    assert!(delivered.len() >= 6, "{delivered:?}");
    assert_eq!(delivered, of_branch(heads(&street, false)), "the street");
}
