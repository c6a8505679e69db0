//! Lists by sealed names and by sound, and the ledgers of members: with no row, one, fifty and many.

use scenarios::Device;
use serde_json::{Value, json};
use ybz_domain::pinyin;

use super::grow::{Growing, name};
use super::village::{self, HOME};
use super::{ids, with};
use crate::database::ended;

/// Households, with a pairing, an aid, a talk, a visit and a concern each.
const MANY: u32 = 3_000;
/// Members, with a stay elsewhere and an application each. YBZ_MEMBERS names another number, to look at by hand: how long each
/// ledger of members then takes is told.
const MEMBERS: u32 = 300;
const OTHER: &str = "YBZ_MEMBERS";

/// A list that is answered page by page.
struct Listed {
    call: &'static str,
    input: Value,
    /// One row a member rather than one a household.
    of_members: bool,
    /// The field that names whom a row is about; none: the list is not looked through by names.
    named: Option<&'static str>,
    /// By what it is in order.
    sorted: fn(&Value) -> String,
    descends: bool,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn lists() -> [Listed; 9] {
    let list = |call, named, sorted, descends| Listed {
        call,
        input: json!({"year": 2026}),
        of_members: false,
        named,
        sorted,
        descends,
    };
    let by_name: fn(&Value) -> String = |row| pinyin::key(&text(&row["name"]));
    [
        list("household.list", Some("name"), by_name, false),
        list("pairing.list", Some("name"), |row| pinyin::key(&text(&row["cadre"])), false),
        list("aid.list", Some("name"), |row| text(&row["on"]), true),
        list("talk.list", Some("with"), |row| text(&row["date"]), true),
        list("visit.list", Some("household"), |row| text(&row["date"]), true),
        Listed { input: json!({"state": "kept"}), ..list("concern.list", None, |row| text(&row["date"]), true) },
        Listed { of_members: true, ..list("member.list", Some("name"), |row| text(&row["group"]), false) },
        Listed { of_members: true, ..list("mobile.list", Some("name"), |row| text(&row["last"]), false) },
        Listed { of_members: true, ..list("admission.list", Some("name"), |row| text(&row["applied"]), false) },
    ]
}

/// One record of each kind, through the calls of the screens.
async fn one_of_each(village: &Device) {
    let home = village.ok("household.save", json!({"name": "冯一", "door": "1"})).await["id"].clone();
    let concern = json!({"category": "roads", "text": "路灯坏了", "nextStep": "报修", "owner": "赵甲一", "deadline": "2026-03-31"});
    let visit =
        json!({"date": "0305", "kind": "household", "household": home, "participants": ["赵甲一"], "concern": concern});
    village.ok("visit.save", visit).await;
    village.ok("pairing.save", json!({"household": home, "cadre": "赵甲一", "since": "0305"})).await;
    village.ok("aid.save", json!({"subject": home, "reason": "看病", "state": "asked", "on": "0305"})).await;
    village.ok("talk.save", json!({"date": "0305", "trigger": "difficulty", "household": home, "text": "谈话"})).await;
    let member = village.ok("member.save", json!({"name": "褚三", "kind": "full"})).await["id"].clone();
    let stay = json!({"member": member, "since": "0305", "region": "某市", "person": "赵甲一"});
    village.ok("mobile.save", stay).await;
    village.ok("admission.save", json!({"name": "卫四", "applied": "2026-03-05"})).await;
    let assess = json!({"member": member, "fromMonth": "2026-01", "class": "farmer", "fixedFen": 100});
    village.ok("dues.assess", assess).await;
}

/// The village with so many households and members more.
fn grown(device: Device, homes: std::ops::Range<u32>, members: std::ops::Range<u32>) -> Device {
    let folder = ended(device);
    let growing = Growing::begin(folder.path());
    homes.for_each(|n| village::home(&growing, n));
    for n in members {
        village::member(&growing, n);
        (1..=10).for_each(|month| village::payment(&growing, n, month));
    }
    growing.end();
    let node = scenarios::open(folder.path()).unwrap();
    Device { node, folder }
}

async fn pages(village: &Device, list: &Listed, total: u32) {
    let Listed { call, input, .. } = list;
    let first = village.ok(call, input.clone()).await;
    assert_eq!(first["total"], total, "{call}");
    assert_eq!(ids(&first).len(), 50.min(total as usize), "{call}: one page");
    let second = village.ok(call, with(input, json!({"offset": 50}))).await;
    assert!(ids(&second).iter().all(|id| !ids(&first).contains(id)), "{call}: no row comes twice");
    let last = village.ok(call, with(input, json!({"offset": total - 1, "limit": 7}))).await;
    assert_eq!((ids(&last).len(), &last["total"]), (1, &json!(total)), "{call}: the last row");
    let beyond = village.ok(call, with(input, json!({"offset": total + 50}))).await;
    assert_eq!((ids(&beyond).len(), &beyond["total"]), (0, &json!(total)), "{call}: beyond the end");
    let rows = [&first, &second, &last].into_iter().flat_map(|page| page["rows"].as_array().unwrap());
    let keys: Vec<String> = rows.take(100).map(list.sorted).collect();
    assert!(keys.is_sorted_by(|a, b| if list.descends { a >= b } else { a <= b }), "{call}: in order {keys:?}");
}

/// How many rows fit a text, and that the first of them is about whom the text names.
async fn found(village: &Device, list: &Listed, name: &str) -> Value {
    let Some(field) = list.named else { return Value::Null };
    let page = village.ok(list.call, with(&list.input, json!({"text": name}))).await;
    let rows = page["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row[field] == name), "{}: {page}", list.call);
    page["total"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_by_names_have_no_row_one_fifty_and_many() {
    let mut village = Device::with_office("示范一村", "branch").await;
    for Listed { call, input, .. } in lists() {
        assert_eq!(village.ok(call, input).await, json!({"total": 0, "rows": []}), "{call}");
    }
    one_of_each(&village).await;
    for list in lists() {
        pages(&village, &list, 1).await;
    }
    let mut have = (0, 0);
    let most = std::env::var(OTHER).ok().and_then(|number| number.parse().ok()).unwrap_or(MEMBERS);
    for (homes, members) in [(50, 50), (MANY, most)] {
        village = grown(village, have.0..homes, have.1..members);
        have = (homes, members);
        for list in lists() {
            let count = if list.of_members { members } else { homes };
            pages(&village, &list, count + 1).await;
            if list.named.is_some() {
                assert_eq!(found(&village, &list, &name(count - 1)).await, 1, "{}", list.call);
                assert_eq!(found(&village, &list, "没有这一户").await, 0, "{}", list.call);
            }
        }
        of_all_members(&village, members).await;
    }
    // By syllables and by initials it is the same household.
    let last = name(MANY - 1);
    for word in pinyin::key(&last).split(' ') {
        let page = village.ok("household.list", json!({"text": word, "limit": 500})).await;
        assert!(page["rows"].as_array().unwrap().iter().any(|row| row["name"] == *last), "{word}: {}", page["total"]);
    }
    let page = village.ok("household.list", json!({"text": "13900002999"})).await;
    assert_eq!((&page["total"], &page["rows"][0]["name"]), (&json!(1), &json!(last)), "by phone");
    assert_eq!(
        (&page["rows"][0]["visits"], &page["rows"][0]["lastVisit"]),
        (&json!(1), &json!(village::day(MANY - 1)))
    );
    erased(&village, &last).await;
}

/// What is told of all members: as a whole up to a bound, a page of any length, and how many there are.
async fn of_all_members(village: &Device, members: u32) {
    let all = members as usize;
    if std::env::var_os(OTHER).is_some() {
        took(village).await;
    }
    let length = |answer: &Value, rows: &str| answer[rows].as_array().unwrap().len();
    for (call, rows, more) in [
        ("dues.sheet", "rows", 1),
        ("training.table", "rows", 1),
        ("training.list", "rows", 0),
        ("meeting.planned", "rows", 0),
        ("transfer.list", "rows", 0),
    ] {
        let found = village.ok(call, json!({"year": 2026, "limit": members + 1})).await;
        assert_eq!((&found["total"], length(&found, rows)), (&json!(all + more), all + more), "{call}");
        let last = village.ok(call, json!({"year": 2026, "offset": all + more - 1, "limit": 20})).await;
        assert_eq!((length(&last, rows), &last["rows"][0]), (1, &found["rows"][all + more - 1]), "{call}");
    }
    // With no bound named, what a branch has is whole and more is a page.
    for (call, rows, more) in [
        ("dues.sheet", "rows", 1),
        ("training.table", "rows", 1),
        ("training.table", "entries", 0),
        ("meeting.plan", "planned", 0),
    ] {
        let found = village.ok(call, json!({"year": 2026})).await;
        assert_eq!(length(&found, rows), (all + more).min(300), "{call}");
    }
    let sheet = village.ok("dues.sheet", json!({"year": 2026, "limit": 1})).await;
    assert_eq!(sheet["paidFen"], 100 * 10 * i64::from(members), "sums are those of all");
    let months = sheet["months"].as_array().unwrap();
    let paid: i64 = months.iter().map(|month| month["paidFen"].as_i64().unwrap()).sum();
    assert_eq!((months.len(), paid), (12, 100 * 10 * i64::from(members)));
}

/// Tells how long the calls of the screens take, the first time and again.
async fn took(village: &Device) {
    for call in [
        "dues.sheet",
        "dues.year_preview",
        "training.table",
        "training.list",
        "meeting.plan",
        "meeting.planned",
        "transfer.list",
    ] {
        for time in ["first", "again"] {
            let begun = std::time::Instant::now();
            village.ok(call, json!({"year": 2026})).await;
            eprintln!("{call} {time}: {:.2} s", begun.elapsed().as_secs_f64());
        }
    }
}

/// A household that is erased vanishes at once from every list, also from those that were opened before.
async fn erased(village: &Device, name: &str) {
    village.ok("household.erase", json!({"id": super::grow::id(HOME, MANY - 1).to_string()})).await;
    for list in lists().into_iter().filter(|list| !list.of_members) {
        let total = village.ok(list.call, list.input.clone()).await["total"].clone();
        // That there was a talk or a visit stays, and tells of nobody.
        let stays = matches!(list.call, "talk.list" | "visit.list");
        assert_eq!(total, if stays { MANY + 1 } else { MANY }, "{}", list.call);
        if list.named.is_some() {
            assert_eq!(found(village, &list, name).await, 0, "{}", list.call);
        }
    }
    assert_eq!(village.ok("search", json!({"text": name})).await, json!([]));
}
