//! `sync/*` between a village in this process and its street in another, on loopback.

use std::time::Instant;

use scenarios::workload::{Outcome, Peer, Scene, call, closing_day, open};
use serde_json::json;

use crate::Stage;
use crate::figure::{RUNS, print, since};

/// One round: milliseconds from dial to done, and bytes both ways.
pub(crate) struct Cost {
    pub(crate) wall: f64,
    pub(crate) bytes: f64,
    changes: u64,
}

pub(crate) async fn offline_month(stage: &Stage) -> Outcome {
    let costs = rounds(stage, Scene::OfflineMonth).await?;
    report("sync/offline-month", costs, 60, 40_000);
    Ok(())
}

pub(crate) async fn idle(stage: &Stage) -> Outcome {
    let costs = rounds(stage, Scene::Equal).await?;
    report("sync/idle-6", costs, 15, 10_240);
    Ok(())
}

/// What the transport costs before a word is said: no round can be below it.
pub(crate) async fn ring(stage: &Stage) -> Outcome {
    stage.set(Scene::Equal).await?;
    let street = Peer::start(&stage.folders.live("street"), closing_day(), stage.folders.seed)?;
    let node = open(&stage.folders.live("village"))?;
    let line = node.line(&street.addresses).await.map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    for _ in 0..RUNS {
        bytes.push(node.ring(&line).await.map_err(|error| error.to_string())? as f64);
    }
    line.close().await;
    street.stop()?;
    print("sync/ring", "wire_bytes", bytes, None);
    Ok(())
}

pub(crate) async fn first_year(stage: &Stage) -> Outcome {
    let costs = rounds(stage, Scene::FirstYear).await?;
    report("sync/first-year", costs, 300, 300_000);
    Ok(())
}

fn report(bench: &str, costs: Vec<Cost>, wall: u32, bytes: u32) {
    eprintln!("  {} changes", costs.first().map_or(0, |cost| cost.changes));
    print(bench, "wall_ms", costs.iter().map(|cost| cost.wall).collect(), wall);
    print(bench, "wire_bytes", costs.iter().map(|cost| cost.bytes).collect(), bytes);
}

async fn rounds(stage: &Stage, scene: Scene) -> Outcome<Vec<Cost>> {
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        stage.set(scene).await?;
        costs.push(round(stage).await?);
    }
    Ok(costs)
}

/// Both nodes are open and have answered something; nothing of the scene has been read for sending.
pub(crate) async fn round(stage: &Stage) -> Outcome<Cost> {
    let mut street = Peer::start(&stage.folders.live("street"), closing_day(), stage.folders.seed)?;
    let node = open(&stage.folders.live("village"))?;
    street.call("org.tree", json!({}))?;
    call(&node, "sync.status", json!({})).await?;
    node.rest().await.map_err(|error| error.to_string())?;
    let line = node.line(&street.addresses).await.map_err(|error| error.to_string())?;
    let started = Instant::now();
    let round = node.round(&line).await.map_err(|error| error.to_string())?;
    let wall = since(started);
    line.close().await;
    if !round.delivered {
        return Err("the street did not receipt everything".to_owned());
    }
    street.stop()?;
    Ok(Cost { wall, bytes: round.wire_bytes as f64, changes: round.changes })
}
