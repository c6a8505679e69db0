//! `committee/*`: rates of 120,000 cases of 300 branches, their matrix and their merged ledgers.

mod scene;

use std::time::Instant;

use scenarios::workload::{Outcome, YEAR, open};
use serde_json::{Value, json};
use ybz_app::Node;

use self::scene::{BRANCHES, CASES, Street};
use crate::Stage;
use crate::figure::{RUNS, percentile, print, since};

/// Rates by unit and month, out of all cases; a branch is a unit.
pub(crate) async fn case_rates(stage: &Stage) -> Outcome {
    eprintln!("  {CASES} cases");
    let street = scene::found(stage, "rates", BRANCHES).await?;
    scene::cases(stage, &street)?;
    let node = open(&street.folder)?;
    let mut walls = Vec::new();
    for _ in 0..=RUNS {
        let started = Instant::now();
        let rates =
            ask(&node, &street, "flow.rates", json!({"flow": "case", "below": true, "by": ["office", "month"]}))
                .await?;
        walls.push(since(started));
        let all = rates["total"][0]["denominator"].as_u64().and_then(|all| usize::try_from(all).ok());
        if all != Some(CASES) {
            return Err(format!("{all:?} cases were counted of {CASES}"));
        }
        if walls.len() == 1 {
            eprintln!("  {} rows", rates["rows"].as_array().map_or(0, Vec::len));
        }
    }
    node.shutdown().await;
    // The first opens a connection.
    walls.remove(0);
    print("committee/case-rates", "wall_ms", walls, 300);
    Ok(())
}

async fn ask(node: &Node, street: &Street, name: &str, input: Value) -> Outcome<Value> {
    node.call(name, Some(&street.office), input).await.map_err(|error| format!("{name}: {error}"))
}

/// The matrix of each of the four ledgers, as the screen asks for them.
async fn matrix(node: &Node, street: &Street) -> Outcome {
    let mut walls = Vec::new();
    for _ in 0..=RUNS {
        let started = Instant::now();
        for ledger in ["meetings", "dues", "visits", "checklists"] {
            let matrix = ask(node, street, "matrix", json!({"ledger": ledger, "year": YEAR})).await?;
            let rows = matrix["rows"].as_array().map_or(0, Vec::len);
            if rows != BRANCHES {
                return Err(format!("the matrix has {rows} rows of {BRANCHES}"));
            }
        }
        walls.push(since(started));
    }
    walls.remove(0);
    print("committee/matrix", "wall_ms", walls, 150);
    Ok(())
}

/// Filters of the merged ledger of concerns, each alone and some together.
fn filters(street: &Street) -> Vec<Value> {
    let mut out = vec![json!({}), json!({"month": 3}), json!({"month": 11})];
    out.extend(["路灯", "积水", "没有这一项"].map(|text| json!({"text": text})));
    out.extend(street.branches.iter().take(2).map(|office| json!({"office": office.to_string()})));
    out.extend(["handed_in", "in_progress", "closed"].map(|state| json!({"state": state})));
    out.extend([
        json!({"kind": "环境卫生"}),
        json!({"late": true}),
        json!({"month": 6, "text": "水渠", "state": "closed"}),
    ]);
    out
}

async fn merged(node: &Node, street: &Street) -> Outcome {
    let sorts = [None, Some("date"), Some("-date"), Some("title"), Some("state"), Some("office")];
    let mut slowest = Vec::new();
    for _ in 0..RUNS {
        let mut times = Vec::new();
        for filter in filters(street) {
            for sort in sorts {
                let mut input = filter.clone();
                input["ledger"] = json!("concerns");
                input["year"] = json!(YEAR);
                input["sort"] = json!(sort);
                let started = Instant::now();
                ask(node, street, "merged.list", input.clone()).await?;
                times.push((since(started), input));
            }
        }
        times.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        for (took, input) in times.iter().take(5) {
            eprintln!("  {took:.2} ms, {input}");
        }
        let mut times: Vec<f64> = times.into_iter().map(|(took, _)| took).collect();
        slowest.push(percentile(&mut times, 0.95));
    }
    print("committee/merged-ledger", "p95_ms", slowest, 100);
    Ok(())
}

/// `committee/matrix` and `committee/merged-ledger` have one scene.
pub(crate) async fn below(stage: &Stage, wanted: impl Fn(&str) -> bool) -> Outcome {
    eprintln!("  {BRANCHES} branches");
    let street = scene::found(stage, "below", BRANCHES).await?;
    scene::years(stage, &street)?;
    let node = open(&street.folder)?;
    if wanted("committee/matrix") {
        matrix(&node, &street).await?;
    }
    if wanted("committee/merged-ledger") {
        merged(&node, &street).await?;
    }
    node.shutdown().await;
    Ok(())
}
