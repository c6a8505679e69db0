//! Lists with no row, with one, and with fifty thousand: how many there are is told, one page is answered, the last one too, in
//! order and filtered. The rows are put straight into the read model, as copies of a real one with words and days of their own.

mod grow;
mod sealed;
mod village;

use crate::database::{ended, rows_of};
use rusqlite::{Connection, params};
use scenarios::Device;
use scenarios::stage::Line;
use serde_json::{Value, json};
use ybz_domain::book::{FieldView, RecordView, SeenValue};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::index_row;

const MANY: u32 = 50_000;

/// The types that are multiplied at the village, each with the field that gets a number.
const AT_VILLAGE: &[(&str, &str)] = &[("visit", "place"), ("session", "title"), ("item", "title"), ("concern", "text")];
/// Those at the street.
const AT_STREET: &[(&str, &str)] = &[("visit", "place"), ("item", "title"), ("concern", "text")];

const NUMBER: &str = "第00000号";
const DAY: &str = "2000-01-01";

fn set(view: &mut RecordView, field: &str, text: &str) {
    let actor = view.fields.values().find_map(|field| field.values.first()).expect("a record has a value").actor;
    let value = SeenValue { value: text.into(), actor, change: None };
    view.fields.insert(field.to_owned(), FieldView { values: vec![value] });
}

fn place_of(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).expect("the pattern has it")
}

/// One of each type is there; afterwards there are [`MANY`]. The copies are made of bytes: the pattern is encoded once, and id,
/// number and day are written over it.
fn multiply(conn: &Connection, types: &[(&str, &str)]) {
    let mut indices = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'records' AND sql LIKE 'CREATE INDEX%'")
        .unwrap();
    let indices: Vec<(String, String)> =
        indices.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    conn.execute_batch("BEGIN").unwrap();
    for (name, _) in &indices {
        conn.execute_batch(&format!("DROP INDEX {name}")).unwrap();
    }
    for (kind, (rtype, field)) in (1..).zip(types) {
        let (book, bytes): (i64, Vec<u8>) = conn
            .query_row("SELECT book, view FROM records WHERE rtype = ?1", [rtype], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        let mut pattern: RecordView = postcard::from_bytes(&bytes).unwrap();
        pattern.id = RecordId([kind; 16]);
        set(&mut pattern, field, NUMBER);
        set(&mut pattern, "date", DAY);
        let row = index_row(&pattern);
        let mut view = postcard::to_stdvec(&pattern).unwrap();
        let (id, number) = (place_of(&view, &[kind; 16]), place_of(&view, NUMBER.as_bytes()) + "第".len());
        let day = place_of(&view, DAY.as_bytes());
        let mut insert = conn
            .prepare(
                "INSERT INTO records (book, id, rtype, date, kind, state, about, amount, text, late, conflict, hash, view)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, zeroblob(32), ?12)",
            )
            .unwrap();
        for n in 1..MANY {
            let digits = format!("{n:05}");
            view[id + 12..id + 16].copy_from_slice(&n.to_be_bytes());
            view[number..number + 5].copy_from_slice(digits.as_bytes());
            let date = format!("2026-{:02}-{:02}", n % 12 + 1, n / 12 % 28 + 1);
            view[day..day + 10].copy_from_slice(date.as_bytes());
            let text = row.text.replace("00000", &digits);
            let values = params![
                book,
                &view[id..id + 16],
                rtype,
                date,
                row.kind,
                row.state,
                row.about,
                row.amount,
                text,
                row.late,
                row.conflict,
                view
            ];
            insert.execute(values).unwrap();
        }
    }
    for (_, sql) in &indices {
        conn.execute_batch(sql).unwrap();
    }
    conn.execute_batch(
        "INSERT INTO items SELECT r.id, r.book, i.office, i.year, i.origin, i.state, i.finished, i.acknowledged, i.disputed,
             r.date, r.text, i.leader, i.person, r.about, r.text FROM records r JOIN items i ON i.book = r.book
         WHERE r.rtype = 'item' AND r.id <> i.id;
         INSERT INTO concern_states SELECT r.id, r.book, c.standing, c.waits, r.date, c.recorded FROM records r JOIN concern_states c ON c.book = r.book
         WHERE r.rtype = 'concern' AND r.id <> c.id;
         DELETE FROM record_months;
         INSERT INTO record_months SELECT rtype, substr(date, 1, 7), book, state, 0, count(*) FROM records WHERE date <> ''
         GROUP BY 1, 2, 3, 4;
         COMMIT",
    )
    .unwrap();
}

/// The device with its lists grown.
fn grown(device: Device, types: &[(&str, &str)]) -> Device {
    let folder = ended(device);
    multiply(&rows_of(folder.path()), types);
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
fn of_the_village() -> [(&'static str, Value, Option<Value>, bool); 4] {
    let number = json!({"text": "第00777号"});
    [
        ("visit.list", json!({"year": 2026}), Some(number.clone()), true),
        ("meeting.list", json!({"year": 2026}), Some(number.clone()), true),
        ("concern.list", json!({"year": 2026, "state": "handed_in"}), Some(number.clone()), false),
        ("checklist.list", json!({"year": 2026}), Some(number), false),
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
    village.ok("member.save", json!({"name": "赵甲一", "kind": "full", "posts": ["secretary"]})).await;
    let visit = json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": "村部",
                       "concern": {"category": "roads", "text": "路灯坏了", "nextStep": "报修", "owner": "赵甲一",
                                   "deadline": "2026-03-31"}});
    village.ok("visit.save", visit).await;
    let kept = village.ok("concern.list", json!({})).await["rows"][0].clone();
    village.ok("concern.hand_in", json!({"items": [{"id": kept["id"], "text": "路灯坏了"}]})).await;
    village.ok("meeting.save", json!({"kinds": ["committee_meeting"], "date": "0305", "topic": "计划"})).await;
    let item = json!({"title": "修路", "origin": "own", "person": "赵甲一", "deadline": "2026-03-25"});
    village.ok("checklist.save", item).await;
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

    let village = grown(village, AT_VILLAGE);
    for (call, input, filter, descends) in of_the_village() {
        pages(&village, call, &input, filter.as_ref(), descends).await;
    }
    for sort in ["-deadline", "title"] {
        pages(&village, "checklist.list", &json!({"year": 2026, "sort": sort}), None, false).await;
    }
    let street = grown(street, AT_STREET);
    for ledger in ["visits", "concerns", "checklists"] {
        let filter = json!({"text": "第00777号"});
        pages(&street, "merged.list", &json!({"ledger": ledger, "year": 2026}), Some(&filter), false).await;
    }
    let of_march = street.ok("merged.list", json!({"ledger": "visits", "year": 2026, "month": 3})).await;
    // n from 1 to 49,999 whose remainder by 12 is 2, that is 4,167 of them, and the one that was there.
    assert_eq!((ids(&of_march).len(), &of_march["total"]), (50, &json!(4_168)));
    pages(&street, "answer.list", &json!({"year": 2026}), Some(&json!({"text": "第00777号"})), false).await;
    // The matrix counts, and reads none of them.
    let matrix = street.ok("matrix", json!({"ledger": "visits", "year": 2026})).await;
    assert_eq!(matrix["rows"][0]["cells"][2]["count"], 4_168);
    // A month of that many rows is compared by hashes.
    let cards = street.ok("submission.list", json!({"month": "2026-03"})).await;
    assert_eq!((&cards[0]["state"], &cards[0]["different"]), (&json!("none"), &json!(0)), "{cards}");
}
