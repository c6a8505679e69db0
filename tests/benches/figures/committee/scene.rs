//! What the figures of a committee are measured on: 300 branches with cases of four years, or with one year of everything. Written
//! into the books directly, in large changes; nobody travels.

use std::path::PathBuf;

use scenarios::workload::{Outcome, Random, YEAR, closing_day, open, random_bytes, set_today};
use serde_json::json;
use ybz_domain::book::{BookKey, BookKind, RecordOp, Value, create};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Event, Flow, Flows, Item, Side};
use ybz_domain::ledger::submission::{DECISION, Ledger, ON_SUBMISSION, Rows, Submission, Word};
use ybz_domain::ledger::visit::{Concern, Step};
use ybz_store::{BookEdit, DatabaseKey, Options, SideWrites, Store};

use crate::Stage;

/// A build that is not optimised measures nothing: it looks whether the measuring works, with so much less.
const PART: usize = if cfg!(debug_assertions) { 50 } else { 1 };
/// Branches below the committee.
pub(crate) const BRANCHES: usize = 300 / PART;
/// Years of cases.
const YEARS: usize = 4;
/// Cases of a branch in a year.
const CASES_A_YEAR: usize = 100;
/// Cases in all.
pub(crate) const CASES: usize = BRANCHES * YEARS * CASES_A_YEAR;
/// Concerns of a branch in a year.
const CONCERNS: usize = 60;
/// Records of one change.
const AT_ONCE: usize = 500;
const CATEGORIES: [&str; 6] = ["基础设施", "邻里纠纷", "民生保障", "环境卫生", "政策咨询", "其他"];
const THINGS: [&str; 8] = ["路灯", "水渠", "机耕路", "垃圾桶", "变压器", "护栏", "窨井盖", "公厕"];
const TROUBLES: [&str; 6] =
    ["坏了有半个月", "雨后积水过不了人", "夜里看不清", "堵了没人疏通", "被车压塌一角", "时通时不通"];

/// A committee on a node of its own, with what stands below it.
pub(crate) struct Street {
    pub(crate) folder: PathBuf,
    pub(crate) office: String,
    pub(crate) branches: Vec<OfficeId>,
}

fn id(random: &mut Random) -> RecordId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&random.number().to_le_bytes());
    bytes[8..].copy_from_slice(&random.number().to_le_bytes());
    RecordId(bytes)
}

fn day(random: &mut Random, year: i16, month: usize) -> String {
    format!("{year}-{month:02}-{:02}", 1 + random.below(28))
}

fn trouble(random: &mut Random, number: usize) -> String {
    format!("{number}号{}{}", random.pick(&THINGS), random.pick(&TROUBLES))
}

/// The database of a node that is closed.
pub(crate) fn store(street: &Street) -> Outcome<Store> {
    let options = || Options {
        dir: street.folder.join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        boot_dir: street.folder.join("boot"),
        today: closing_day(),
        random: random_bytes,
        cache_bytes: 64 << 20,
    };
    let started = std::time::Instant::now();
    loop {
        match Store::open(options()) {
            Ok(store) => return Ok(store),
            Err(error) if started.elapsed().as_secs() > 20 => return Err(error.to_string()),
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

fn commit(store: &Store, books: Vec<(BookKey, Vec<RecordOp>)>) -> Outcome {
    let parts = |(key, ops): (BookKey, Vec<RecordOp>)| -> Vec<BookEdit> {
        ops.chunks(AT_ONCE).map(|part| BookEdit { key: key.clone(), ops: part.to_vec() }).collect()
    };
    let edits = books.into_iter().flat_map(parts).collect();
    store.commit_each(closing_day(), None, edits, SideWrites::default()).map(drop).map_err(|error| error.to_string())
}

/// A department with a committee below it and so many branches below that, all kept on one node.
pub(crate) async fn found(stage: &Stage, name: &str, branches: usize) -> Outcome<Street> {
    stage.folders.clear()?;
    let folder = stage.folders.live(name);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    set_today(closing_day());
    let node = open(&folder)?;
    let init = async |input: serde_json::Value| -> Outcome<String> {
        let made = node.call("office.init", None, input).await.map_err(|error| format!("office.init: {error}"))?;
        made["office"].as_str().map(str::to_owned).ok_or_else(|| "an office has no id".to_owned())
    };
    let above = init(json!({"name": "某县委组织部", "kind": "organization-department"})).await?;
    let committee = json!({"name": "某街道", "kind": "committee", "custody": true, "superior": above});
    let office = init(committee).await?;
    let mut made = Vec::new();
    for number in 1..=branches {
        let branch = json!({"name": format!("第{number}村"), "kind": "branch", "custody": true, "superior": office});
        made.push(init(branch).await?.parse().map_err(|_| "an office has an odd id".to_owned())?);
    }
    node.shutdown().await;
    Ok(Street { folder, office, branches: made })
}

/// The committee's own id.
pub(crate) fn committee(street: &Street) -> Outcome<OfficeId> {
    street.office.parse().map_err(|_| "the committee has an odd id".to_owned())
}

/// Cases that the branches took in in four years: nine of ten answered, three of five of these rated.
pub(crate) fn cases(stage: &Stage, street: &Street) -> Outcome {
    let flows = Flows::builtin().map_err(|error| error.to_string())?;
    let case = flows.current("case").ok_or("there is no template of cases")?;
    let store = store(street)?;
    for (at, office) in street.branches.iter().enumerate() {
        if at % 50 == 0 {
            eprintln!("  {at} of {} branches", street.branches.len());
        }
        let mut random = Random::new(stage.folders.seed, &format!("cases {at}"));
        let mut books = Vec::new();
        for year in (YEAR - 3..=YEAR).take(YEARS) {
            let mut ops = Vec::new();
            for number in 0..CASES_A_YEAR {
                one_case(&mut random, case, (number, year), &mut ops);
            }
            books.push((BookKey::new(*office, BookKind::tasks(), year), ops));
        }
        commit(&store, books)?;
    }
    Ok(())
}

fn one_case(random: &mut Random, case: &Flow, (number, year): (usize, i16), ops: &mut Vec<RecordOp>) {
    let about = id(random);
    let month = 1 + random.below(12);
    let on = day(random, year, month);
    let item = Item {
        flow: case.id.clone(),
        version: case.version.clone(),
        title: trouble(random, number),
        category: random.pick(&CATEGORIES).to_owned(),
        channel: random.pick(&["visit", "walk_in", "hotline"]).to_owned(),
        due: format!("{year}-12-31"),
        recorded_on: on.clone(),
        on: on.clone(),
        ..Item::default()
    };
    ops.push(item.create(about));
    let unit = format!("{}组", 1 + random.below(6));
    let mut after = Vec::new();
    let mut say = |random: &mut Random, kind: &str, value: &str| {
        let mut event = Event::new(id(random), kind, Side::Unit, &on);
        event.about = about.to_string();
        event.after = after.iter().copied().collect();
        (event.person, event.due, event.note) = ("张某".to_owned(), format!("{year}-12-31"), "已办".to_owned());
        value.clone_into(&mut event.value);
        if kind == "assign" {
            event.data.insert("unit".to_owned(), unit.clone());
        }
        after = vec![event.id];
        ops.push(event.create(case));
    };
    say(random, "assign", "");
    if random.percent(90) {
        say(random, "answer", "");
        if random.percent(60) {
            let value = if random.percent(88) { "satisfied" } else { "dissatisfied" };
            say(random, "rate", value);
        }
    }
}

/// A year of each branch: sessions, payments, visits, concerns with their steps, items, and eleven months that were submitted, most
/// of them accepted.
pub(crate) fn years(stage: &Stage, street: &Street) -> Outcome {
    let above = committee(street)?;
    let store = store(street)?;
    for (at, office) in street.branches.iter().enumerate() {
        if at % 50 == 0 {
            eprintln!("  {at} of {} branches", street.branches.len());
        }
        let mut random = Random::new(stage.folders.seed, &format!("branch {at}"));
        year(&store, &mut random, *office, above)?;
        store
            .put_setting(&format!("received/{office}"), &json!(closing_day().to_string()))
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn year(store: &Store, random: &mut Random, office: OfficeId, above: OfficeId) -> Outcome {
    let key = |kind: BookKind| BookKey::new(office, kind, YEAR);
    let [mut meetings, mut dues, mut visits, mut tasks] = [const { Vec::new() }; 4];
    for n in 0..70 {
        let on = day(random, YEAR, 1 + n % 12);
        let fields = [("date", on.into()), ("kind/branch_meeting", true.into()), ("title", "支部党员大会".into())];
        meetings.push(create(id(random), "session", fields));
    }
    let members: Vec<RecordId> = (0..54).map(|_| id(random)).collect();
    for month in 1..=12 {
        for member in &members {
            let fields = [
                ("ref", member.to_string().into()),
                ("amount", Value::Int(1000)),
                ("date", day(random, YEAR, month).into()),
                ("month", format!("{YEAR}-{month:02}").into()),
            ];
            dues.push(create(id(random), "payment", fields));
        }
    }
    for n in 0..132 {
        let on = day(random, YEAR, 1 + n % 12);
        let fields = [("date", on.into()), ("kind", "household".into()), ("place", random.pick(&THINGS).into())];
        visits.push(create(id(random), "visit", fields));
    }
    for n in 0..CONCERNS {
        let (about, on) = (id(random), day(random, YEAR, 1 + n % 12));
        let category = random.pick(&CATEGORIES).to_owned();
        let concern = Concern { date: on.clone(), category, text: trouble(random, n), ..Concern::default() };
        visits.push(concern.create(about));
        for state in ["in_progress", "closed"].into_iter().take(random.below(3)) {
            let step = Step { about: about.to_string(), on: on.clone(), state: state.to_owned(), ..Step::default() };
            visits.push(step.create(id(random)));
        }
    }
    for n in 0..48 {
        let fields = [("date", day(random, YEAR, 1 + n % 12).into()), ("title", trouble(random, n).into())];
        tasks.push(create(id(random), "item", fields));
    }
    commit(
        store,
        vec![
            (key(BookKind::meetings()), meetings),
            (key(BookKind::dues()), dues),
            (key(BookKind::visits()), visits),
            (key(BookKind::tasks()), tasks),
        ],
    )?;
    submitted(store, random, office, above)
}

/// Eleven months handed in with their rows as they stand; nine of ten accepted.
fn submitted(store: &Store, random: &mut Random, office: OfficeId, above: OfficeId) -> Outcome {
    let failed = |error: ybz_store::StoreError| error.to_string();
    let (mut own, mut down) = (Vec::new(), Vec::new());
    for month in 1..=11 {
        let text = format!("{YEAR}-{month:02}");
        let mut submission = Submission { month: text.clone(), on: format!("{text}-28"), ..Submission::default() };
        for ledger in Ledger::ALL {
            let rows = store.read(|reader| reader.row_hashes(&[office], &ledger.book(), &text)).map_err(failed)?;
            let rows = Rows::known(rows.into_iter().map(|row| (row.id, row.hash)));
            submission.parts.insert(ledger, Submission::part(&office, &text, ledger, &rows, Vec::new()));
        }
        let about = id(random);
        if random.percent(90) {
            let word = Word {
                about: about.to_string(),
                kind: ON_SUBMISSION.to_owned(),
                state: "accepted".to_owned(),
                on: submission.on.clone(),
                digest: data_encoding::HEXLOWER.encode(&submission.digest(&office)),
                ..Word::default()
            };
            down.push(word.create(id(random), DECISION));
        }
        own.push(submission.create(about));
    }
    commit(
        store,
        vec![(BookKey::new(office, BookKind::tasks(), YEAR), own), (BookKey::dispatch(office, above, YEAR), down)],
    )
}
