//! `sync/storm-50`: 50 branches with an offline-month each reconnect at once to one hub, until every receipt.
//!
//! The branches run in this process, on the same processors as the hub: their work is part of the time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use scenarios::workload::{BRANCHES, Outcome, Peer, Scene, branch, call, closing_day, open};
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::Stage;
use crate::figure::{memory, print, since};

/// Runs: each copies 51 databases.
const RUNS: usize = 3;
/// Calls of a branch until it gives up.
const CALLS: usize = 20;

pub(crate) async fn storm(stage: &Stage) -> Outcome {
    let (mut walls, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        stage.set(Scene::Storm).await?;
        let (wall, peak) = once(stage).await?;
        walls.push(wall);
        peaks.push(peak);
    }
    print("sync/storm-50", "wall_ms", walls, 1_500);
    print("sync/storm-50", "hub_peak_mb", peaks, 150);
    Ok(())
}

async fn once(stage: &Stage) -> Outcome<(f64, f64)> {
    let mut street = Peer::start(&stage.folders.live("street"), closing_day(), stage.folders.seed)?;
    street.call("org.tree", json!({}))?;
    let resting = memory(street.id(), "VmHWM")?;
    let start = Arc::new(Barrier::new(BRANCHES + 1));
    let mut branches = JoinSet::new();
    for number in 0..BRANCHES {
        let node = open(&stage.folders.live(&branch(number)))?;
        call(&node, "sync.status", json!({})).await?;
        node.rest().await.map_err(|error| error.to_string())?;
        let line = node.line(&street.addresses).await.map_err(|error| error.to_string())?;
        let start = start.clone();
        branches.spawn(async move {
            start.wait().await;
            let mut failures = Vec::new();
            loop {
                match node.round(&line).await {
                    // The endpoint is closed after everybody is done.
                    Ok(round) if round.delivered => break Ok((failures, line, Instant::now())),
                    Ok(_) => failures.push("no receipt".to_owned()),
                    Err(error) => failures.push(error.to_string()),
                }
                if failures.len() == CALLS {
                    break Err(failures.join("; "));
                }
            }
        });
    }
    start.wait().await;
    let started = Instant::now();
    let (mut again, mut lines, mut last) = (BTreeMap::<String, u32>::new(), Vec::new(), started);
    while let Some(joined) = branches.join_next().await {
        let (failures, line, done) = joined.map_err(|error| error.to_string())??;
        for failure in failures {
            *again.entry(failure).or_default() += 1;
        }
        last = last.max(done);
        lines.push(line);
    }
    let wall = since(started) - since(last);
    let peak = memory(street.id(), "VmHWM")?;
    eprintln!("  {wall:.0} ms, hub {resting:.0} MiB before and {peak:.0} MiB at its peak, calls again: {again:?}");
    for line in lines {
        line.close().await;
    }
    street.stop()?;
    Ok((wall, peak))
}
