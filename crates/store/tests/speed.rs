//! Measures a village-year. Run by hand: `cargo test -p ybz-store --test speed -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod common;

use std::time::{Duration, Instant};

use common::{anyone, changes_of, counted, home, options};
use ybz_domain::book::{BookKey, BookKind, RecordOp, create};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_store::{BookEdit, RecordQuery, SideWrites, Store};

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or_default()
}

fn fresh() -> RecordId {
    let mut bytes = [0; 16];
    counted(&mut bytes);
    RecordId(bytes)
}

fn year(store: &Store, office: OfficeId) -> Vec<Duration> {
    let kinds = [
        BookKind::roster(),
        BookKind::meetings(),
        BookKind::dues(),
        BookKind::visits(),
        BookKind::tasks(),
        BookKind::private(),
    ];
    let mut times = Vec::new();
    let mut made = vec![Vec::new(); kinds.len()];
    for round in 0..4_000 {
        let at = round % kinds.len();
        let key = BookKey::new(office, kinds[at].clone(), 2026);
        let month = round / 334 + 1;
        let ops = if round % 7 < 5 || made[at].is_empty() {
            let id = fresh();
            made[at].push(id);
            let fields = [
                ("date", format!("2026-{month:02}-05").into()),
                ("recorded_on", format!("2026-{month:02}-06").into()),
                ("title", "圆桌夜谈 村民反映灌溉渠漏水".into()),
                ("place", "村部".into()),
                ("state", "open".into()),
            ];
            vec![create(id, "visit", fields)]
        } else {
            let id = made[at][round % made[at].len()];
            let set = |field: &str, value: &str| RecordOp::Set { id, field: field.to_owned(), value: value.into() };
            vec![set("state", "done"), set("result", &round.to_string()), set("closed_on", "2026-12-01")]
        };
        let started = Instant::now();
        store.commit(common::TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
        times.push(started.elapsed());
    }
    times
}

fn percentile(times: &[Duration], part: f64) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted[((sorted.len() - 1) as f64 * part) as usize]
}

#[test]
#[ignore = "a measurement"]
fn a_village_year() {
    println!("start: {} kB resident", resident());
    let a = home();
    let offices: Vec<OfficeId> = (1..=5).map(|number| OfficeId([number; 16])).collect();
    for office in &offices {
        let times = year(&a, *office);
        let late = &times[3_000..];
        println!(
            "commit p50 {:?} p99 {:?} max {:?}, loaded {:?}, {} kB resident",
            percentile(late, 0.5),
            percentile(late, 0.99),
            percentile(late, 1.0),
            a.loaded(),
            resident()
        );
    }
    let visits = BookKey::new(offices[0], BookKind::visits(), 2026);
    let started = Instant::now();
    let listed = a.read(|r| r.query(&RecordQuery { limit: 50, ..RecordQuery::of_type("visit") })).unwrap();
    println!("list 50 of {}: {:?}", listed.0, started.elapsed());

    let b = home();
    let all = |key: &BookKey| a.missing_for(&key.id(), &[]).unwrap();
    let started = Instant::now();
    let outgoing = all(&visits);
    println!("missing_for {} of all: {:?}", outgoing.changes.len(), started.elapsed());
    let batch = changes_of(&outgoing);
    let started = Instant::now();
    b.accept(&visits, None, batch, outgoing.attestations, &anyone).unwrap();
    println!("accept: {:?}", started.elapsed());
    let started = Instant::now();
    b.read_in(usize::MAX).unwrap();
    println!("read in: {:?}", started.elapsed());
    let heads = b.heads(&visits.id()).unwrap();
    for round in 0..300 {
        let ops = vec![create(fresh(), "visit", [("title", round.to_string().into())])];
        a.commit(common::TODAY, vec![BookEdit { key: visits.clone(), ops }], SideWrites::default()).unwrap();
    }
    let started = Instant::now();
    let outgoing = a.missing_for(&visits.id(), &heads).unwrap();
    println!("missing_for {} of {}: {:?}", outgoing.changes.len(), 967, started.elapsed());
    let batch = changes_of(&outgoing);
    let started = Instant::now();
    let done = b.accept(&visits, None, batch, outgoing.attestations, &anyone).unwrap();
    println!("accept {}: {:?}", done.accepted, started.elapsed());
    let dir = a.dir;
    drop(a.store);
    let started = Instant::now();
    let a = Store::open(options(dir.path(), 1)).unwrap();
    println!("open: {:?}, {} kB resident", started.elapsed(), resident());
    let started = Instant::now();
    for kind in [
        BookKind::roster(),
        BookKind::meetings(),
        BookKind::dues(),
        BookKind::visits(),
        BookKind::tasks(),
        BookKind::private(),
    ] {
        let key = BookKey::new(offices[1], kind, 2026);
        let ops = vec![create(fresh(), "visit", [("title", "一".into())])];
        a.commit(common::TODAY, vec![BookEdit { key, ops }], SideWrites::default()).unwrap();
    }
    println!("first commit into six books, loading them: {:?}", started.elapsed());
    for office in &offices {
        let started = Instant::now();
        for kind in [
            BookKind::roster(),
            BookKind::meetings(),
            BookKind::dues(),
            BookKind::visits(),
            BookKind::tasks(),
            BookKind::private(),
        ] {
            a.compact(&BookKey::new(*office, kind, 2026).id()).unwrap();
        }
        println!("compact six books: {:?}, loaded {:?}, {} kB resident", started.elapsed(), a.loaded(), resident());
    }
    let started = Instant::now();
    a.rebuild_read_model().unwrap();
    println!("rebuild: {:?}, {} kB resident", started.elapsed(), resident());
    let started = Instant::now();
    let report = a.check().unwrap();
    println!(
        "check {} changes, {} records: {:?}, {} kB resident",
        report.changes,
        report.records,
        started.elapsed(),
        resident()
    );
    let size: u64 = std::fs::read_dir(a.dir()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    println!("on disk: {} kB", size / 1024);
}
