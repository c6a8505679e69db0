//! Lists with no row, with one, and with fifty thousand: how many there are is told, one page is answered, the last one too, in
//! order and filtered. The rows are put straight into the read model, as copies of a real one with words and days of their own.

use crate::database::{ended, rows_of};
use rusqlite::{Connection, params};
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};
use ybz_domain::book::{FieldView, RecordView, SeenValue};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::index_row;
use ybz_domain::ledger::submission::row_hash;

const MANY: u32 = 50_000;

/// The types that are multiplied, each with the field that gets a number.
const TYPES: [(&str, &str); 7] = [
    ("visit", "place"),
    ("session", "title"),
    ("item", "title"),
    ("concern", "text"),
    ("dues_payment", "note"),
    ("talk", ""),
    ("member", "name"),
];

fn set(view: &mut RecordView, field: &str, text: String) {
    let actor = view.fields.values().find_map(|field| field.values.first()).expect("a record has a value").actor;
    let value = SeenValue { value: text.into(), actor, change: None };
    view.fields.insert(field.to_owned(), FieldView { values: vec![value] });
}

/// One of each type is there; afterwards there are [`MANY`].
fn multiply(conn: &Connection) {
    conn.execute_batch("BEGIN").unwrap();
    for (kind, (rtype, field)) in (1..).zip(TYPES) {
        let one = conn.query_row("SELECT book, view FROM records WHERE rtype = ?1", [rtype], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        });
        let Ok((book, bytes)) = one else { continue };
        let first: RecordView = postcard::from_bytes(&bytes).unwrap();
        let mut insert = conn
            .prepare(
                "INSERT INTO records (book, id, rtype, date, kind, state, about, amount, text, late, conflict, hash, view)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )
            .unwrap();
        for n in 1..MANY {
            let mut view = first.clone();
            let mut id = [kind; 16];
            id[12..].copy_from_slice(&n.to_be_bytes());
            view.id = RecordId(id);
            if !field.is_empty() {
                set(&mut view, field, format!("第{n}号"));
            }
            if rtype != "member" {
                set(&mut view, "date", format!("2026-{:02}-{:02}", n % 12 + 1, n / 12 % 28 + 1));
            }
            let row = index_row(&view);
            let values = params![
                book,
                view.id.0,
                view.rtype,
                row.date,
                row.kind,
                row.state,
                row.about,
                row.amount,
                row.text,
                row.late,
                row.conflict,
                row_hash(&view),
                postcard::to_stdvec(&view).unwrap()
            ];
            insert.execute(values).unwrap();
        }
    }
    conn.execute_batch(
        "INSERT INTO items SELECT r.id, r.book, i.office, i.year, i.origin, i.state, i.finished, i.acknowledged, i.disputed,
             r.date, r.text, i.leader, i.person, r.text FROM records r JOIN items i ON i.book = r.book
         WHERE r.rtype = 'item' AND r.id <> i.id;
         COMMIT",
    )
    .unwrap();
}

/// The device with its lists grown.
fn grown(device: Device) -> Device {
    let folder = ended(device);
    multiply(&rows_of(folder.path()));
    let node = scenarios::open(folder.path()).unwrap();
    Device { node, folder }
}

fn ids(page: &Value) -> Vec<&str> {
    page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

fn with(input: &Value, more: Value) -> Value {
    let mut out = input.clone();
    out.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    out
}

/// The lists that grow: call, input, a filter that one row fits, and whether dates descend.
fn of_the_village() -> [(&'static str, Value, Option<Value>, bool); 6] {
    let number = json!({"text": "第777号"});
    [
        ("visit.list", json!({"year": 2026}), Some(number.clone()), true),
        ("meeting.list", json!({"year": 2026}), Some(number.clone()), true),
        ("concern.list", json!({"year": 2026, "state": "handed_in"}), Some(number.clone()), false),
        ("checklist.list", json!({"year": 2026}), Some(number), false),
        ("talk.list", json!({"year": 2026}), None, true),
        ("member.list", json!({}), Some(json!({"text": "第777号"})), false),
    ]
}

async fn pages(device: &Device, call: &str, input: &Value, filter: Option<&Value>, descends: bool) {
    let first = device.ok(call, input.clone()).await;
    assert_eq!(first["total"], MANY, "{call}");
    assert_eq!(ids(&first).len(), 50, "{call}: one page");
    let second = device.ok(call, with(input, json!({"offset": 50}))).await;
    assert!(ids(&second).len() == 50 && ids(&second).iter().all(|id| !ids(&first).contains(id)), "{call}");
    let last = device.ok(call, with(input, json!({"offset": MANY - 7}))).await;
    assert_eq!((ids(&last).len(), &last["total"]), (7, &json!(MANY)), "{call}: the last page");
    let beyond = device.ok(call, with(input, json!({"offset": MANY + 50}))).await;
    assert_eq!((ids(&beyond).len(), &beyond["total"]), (0, &json!(MANY)), "{call}: beyond the end");
    if descends {
        let days = |page: &Value| -> Vec<String> {
            page["rows"].as_array().unwrap().iter().map(|row| row["date"].as_str().unwrap().to_owned()).collect()
        };
        let all: Vec<String> = [&first, &second, &last].into_iter().flat_map(days).collect();
        assert!(all.is_sorted_by(|one, next| one >= next), "{call}: the newest first");
    }
    if let Some(filter) = filter {
        let found = device.ok(call, with(input, filter.clone())).await;
        assert_eq!((ids(&found).len(), &found["total"]), (1, &json!(1)), "{call}: one fits the filter");
        let none = device.ok(call, with(input, json!({"text": "没有这一条"}))).await;
        assert_eq!((ids(&none).len(), &none["total"]), (0, &json!(0)), "{call}: none fits");
    }
}

async fn one_of_each(village: &Device) {
    let member =
        village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "posts": ["secretary"]})).await["id"]
            .clone();
    let visit = json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": "村部",
                       "concern": {"category": "roads", "text": "路灯坏了", "nextStep": "报修", "owner": "赵甲一",
                                   "deadline": "2026-03-31"}});
    village.ok("visit.save", visit).await;
    let kept = village.ok("concern.list", json!({})).await["rows"][0].clone();
    village.ok("concern.hand_in", json!({"items": [{"id": kept["id"], "text": "路灯坏了"}]})).await;
    village.ok("meeting.save", json!({"kinds": ["committee_meeting"], "date": "0305", "topic": "计划"})).await;
    let item = json!({"title": "修路", "origin": "own", "person": "赵甲一", "deadline": "2026-03-25"});
    village.ok("checklist.save", item).await;
    village.ok("dues.collect", json!({"entries": [{"member": member, "month": "2026-03", "amountFen": 100}]})).await;
    village.ok("talk.save", json!({"date": "0306", "trigger": "ordinary", "member": member, "text": "谈心"})).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_of_no_row_of_one_and_of_fifty_thousand_are_answered_page_by_page() {
    let Line { department: _department, street, village } = Line::new().await;
    for (call, input, ..) in of_the_village() {
        assert_eq!(village.ok(call, input).await, json!({"total": 0, "rows": []}), "{call}");
    }
    one_of_each(&village).await;
    for (call, input, ..) in of_the_village() {
        let page = village.ok(call, input).await;
        assert_eq!((ids(&page).len(), &page["total"]), (1, &json!(1)), "{call}");
    }
    assert_eq!(village.sync().await["delivered"], true);
    street.until("merged.list", json!({"ledger": "visits"}), |page| page["total"] == 1).await;
    for device in [&street, &village] {
        device.node.close().await;
    }

    let village = grown(village);
    for (call, input, filter, descends) in of_the_village() {
        pages(&village, call, &input, filter.as_ref(), descends).await;
    }
    for sort in ["deadline", "-deadline", "title"] {
        pages(&village, "checklist.list", &json!({"year": 2026, "sort": sort}), None, false).await;
    }
    let street = grown(street);
    for ledger in ["visits", "meetings", "concerns", "checklists", "dues"] {
        let filter = json!({"text": "第777号"});
        pages(&street, "merged.list", &json!({"ledger": ledger, "year": 2026}), Some(&filter), false).await;
    }
    let of_march = street.ok("merged.list", json!({"ledger": "visits", "year": 2026, "month": 3})).await;
    // n from 1 to 49,999 whose remainder by 12 is 2, that is 4,167 of them, and the one that was there.
    assert_eq!((ids(&of_march).len(), &of_march["total"]), (50, &json!(4_168)));
    pages(&street, "answer.list", &json!({"year": 2026}), Some(&json!({"text": "第777号"})), false).await;
    // The matrix counts, and reads none of them.
    let matrix = street.ok("matrix", json!({"ledger": "visits", "year": 2026})).await;
    assert_eq!(matrix["rows"][0]["cells"][2]["count"], 4_168);
    // A month of that many rows is compared by hashes.
    let cards = street.ok("submission.list", json!({"month": "2026-03"})).await;
    assert_eq!((&cards[0]["state"], &cards[0]["different"]), (&json!("none"), &json!(0)), "{cards}");
}
