//! `ledger/list`: 20,000 checklist items, filtered and sorted in every way that the screen offers, first page.
//! `ledger/search`: five such years, looked through with every beginning of what somebody types.

use std::time::Instant;

use jiff::Span;
use jiff::civil::Date;
use scenarios::workload::{Outcome, Random, YEAR, call, open, set_today};
use serde_json::{Value, json};
use ybz_app::Node;

use crate::Stage;
use crate::figure::{RUNS, percentile, print, since};

/// Items of the list.
const ITEMS: usize = 20_000;
/// As many are made as one change.
pub(crate) const AT_ONCE: usize = 200;
/// One in so many has a step.
const STEPS: usize = 10;
const PEOPLE: [&str; 6] = ["张某", "李某", "王某", "赵某", "陈某", "刘某"];
const THINGS: [&str; 5] = ["修路", "清渠", "公示栏", "入户走访", "学习记录"];

/// The filters of the screen, each alone.
fn filters() -> Vec<Value> {
    let mut out = vec![json!({}), json!({"overdue": true}), json!({"person": "李某"}), json!({"leader": "王某"})];
    let states = ["unfinished", "finished", "open", "in_progress", "done", "returned", "disputed", "not_acknowledged"];
    out.extend(states.map(|state| json!({"state": state})));
    out.extend(["公示栏", "zhang", "没有这一项"].map(|text| json!({"text": text})));
    out.push(json!({"from": format!("{YEAR}-06-01"), "to": format!("{YEAR}-06-30")}));
    out.push(json!({"origin": "own", "state": "unfinished", "text": "路"}));
    out
}

/// Some items of a year, numbered from one on.
pub(crate) fn entries(random: &mut Random, year: i16, from: usize, count: usize) -> Vec<Value> {
    let first = Date::constant(year, 1, 1);
    let of = |words: &[&str], number: u64| words[(number % words.len() as u64) as usize].to_owned();
    let entry = |n: usize| {
        let day = first.checked_add(Span::new().days((random.number() % 365) as i64)).unwrap_or(first);
        json!({
            "title": format!("{}{}", of(&THINGS, random.number()), from + n), "measure": "专人负责,月底前办完",
            "leader": of(&PEOPLE, random.number()), "person": of(&PEOPLE, random.number()), "deadline": day.to_string(),
        })
    };
    (0..count).map(entry).collect()
}

/// Makes the items of a year, on a day of that year.
async fn make(node: &Node, random: &mut Random, year: i16) -> Outcome {
    set_today(Date::constant(year, 7, 1));
    let mut made = 0;
    while made < ITEMS {
        let entries = entries(random, year, made, AT_ONCE);
        let input = json!({"id": "branch-year", "period": year.to_string(), "entries": entries});
        call(node, "template.make", input).await?;
        made += AT_ONCE;
    }
    Ok(())
}

async fn fill(node: &Node, random: &mut Random) -> Outcome {
    call(node, "office.init", json!({"name": "某村", "kind": "branch"})).await?;
    make(node, random, YEAR).await?;
    let all = call(node, "checklist.list", json!({"limit": ITEMS})).await?;
    for row in all["rows"].as_array().into_iter().flatten().step_by(STEPS) {
        let state = if random.number().is_multiple_of(2) { "done" } else { "in_progress" };
        call(node, "checklist.progress", json!({"id": row["id"], "note": "已办", "state": state})).await?;
    }
    Ok(())
}

/// The 95th percentile of one run, which is told with the half and the slowest.
fn p95(mut times: Vec<f64>) -> f64 {
    let p95 = percentile(&mut times, 0.95);
    eprintln!(
        "  p50 {:.2} ms, p95 {p95:.2} ms, max {:.2} ms",
        percentile(&mut times, 0.5),
        percentile(&mut times, 1.0)
    );
    p95
}

pub(crate) async fn list(stage: &Stage) -> Outcome {
    stage.folders.clear()?;
    let folder = stage.folders.live("items");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let node = open(&folder)?;
    eprintln!("  {ITEMS} items");
    fill(&node, &mut Random::new(stage.folders.seed, "items")).await?;
    let sorts =
        [None, Some("deadline"), Some("-deadline"), Some("title"), Some("leader"), Some("person"), Some("state")];
    let mut slowest = Vec::new();
    for _ in 0..RUNS {
        let (mut times, mut longest) = (Vec::new(), (0.0, Value::Null));
        for filter in filters() {
            for sort in sorts {
                let mut input = filter.clone();
                input["sort"] = json!(sort);
                let started = Instant::now();
                call(&node, "checklist.list", input.clone()).await?;
                let took = since(started);
                times.push(took);
                if took > longest.0 {
                    longest = (took, input);
                }
            }
        }
        eprintln!("  longest: {}", longest.1);
        slowest.push(p95(times));
    }
    node.shutdown().await;
    print("ledger/list", "p95_ms", slowest, 100);
    Ok(())
}

/// What is typed: characters, syllables, initials, people, days, amounts, and what is nowhere.
const TYPED: [&str; 12] = [
    "公示栏",
    "入户走访12",
    "路 张某",
    "gongshilan",
    "ruhuzoufang",
    "rhzf",
    "zhangmou",
    "lm",
    "2026-06-15",
    "0615",
    "45.00",
    "没有这一项",
];

/// Years of items, which make 100,000 records.
const YEARS: i16 = 5;

pub(crate) async fn search(stage: &Stage) -> Outcome {
    stage.folders.clear()?;
    let folder = stage.folders.live("search");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let node = open(&folder)?;
    call(&node, "office.init", json!({"name": "某村", "kind": "branch"})).await?;
    let mut random = Random::new(stage.folders.seed, "search");
    for year in YEAR - YEARS + 1..=YEAR {
        eprintln!("  {ITEMS} items of {year}");
        make(&node, &mut random, year).await?;
    }
    let mut slowest = Vec::new();
    for _ in 0..RUNS {
        let mut times = Vec::new();
        for typed in TYPED {
            let mut so_far = String::new();
            for c in typed.chars() {
                so_far.push(c);
                let started = Instant::now();
                call(&node, "search", json!({"text": so_far})).await?;
                times.push(since(started));
            }
        }
        slowest.push(p95(times));
    }
    node.shutdown().await;
    print("ledger/search", "p95_ms", slowest, 50);
    Ok(())
}
