//! `ledger/visit-save`: a visit saved, command to durable and projected, in a book of a full year. `ledger/roll-call`: the
//! marks of a whole branch saved as one change. `ledger/today`: 今日 in a branch with five years of books.

use std::time::Instant;

use scenarios::workload::{Outcome, Random, Scene, Village, call};
use serde_json::{Value, json};

use crate::Stage;
use crate::figure::{RUNS, percentile, print, since};

/// Visits of one run: the 99th percentile is its second worst.
const VISITS: usize = 200;
/// People of the roll.
const ROLL: usize = 60;
/// Rolls of one run; the slowest of them counts.
const ROLLS: usize = 20;
/// How often 今日 is opened in one run; the slowest counts.
const OPENED: usize = 20;

pub(crate) async fn visit_save(stage: &Stage) -> Outcome {
    let mut slowest = Vec::new();
    for run in 0..RUNS {
        stage.set(Scene::Equal).await?;
        let random = Random::new(stage.folders.seed, &format!("visits {run}"));
        let mut village = Village::load(&stage.folders.live("village"), random).await?;
        // The first save loads the books; a person pays that once a day.
        let visit = village.next_visit();
        call(&village.node, "visit.save", visit).await?;
        let mut times = Vec::with_capacity(VISITS);
        for _ in 0..VISITS {
            let visit = village.next_visit();
            let started = Instant::now();
            call(&village.node, "visit.save", visit).await?;
            times.push(since(started));
        }
        let p99 = percentile(&mut times, 0.99);
        eprintln!(
            "  p50 {:.2} ms, p99 {p99:.2} ms, max {:.2} ms",
            percentile(&mut times, 0.5),
            percentile(&mut times, 1.0)
        );
        slowest.push(p99);
    }
    print("ledger/visit-save", "p99_ms", slowest, 15);
    Ok(())
}

pub(crate) async fn roll_call(stage: &Stage) -> Outcome {
    let mut slowest = Vec::new();
    for run in 0..RUNS {
        stage.set(Scene::Equal).await?;
        let random = Random::new(stage.folders.seed, &format!("roll {run}"));
        let village = Village::load(&stage.folders.live("village"), random).await?;
        let node = &village.node;
        let known = call(node, "member.list", json!({"limit": ROLL})).await?["total"].as_u64().unwrap_or_default();
        for number in usize::try_from(known).unwrap_or(ROLL)..ROLL {
            call(node, "member.save", json!({"name": format!("新党员{number}"), "kind": "full"})).await?;
        }
        let mut times = Vec::with_capacity(ROLLS);
        // The first loads the book; a person pays that once a day.
        for number in 0..=ROLLS {
            let session = json!({"kinds": ["members_meeting"], "date": "2026-03-20", "topic": format!("点名{number}")});
            let id = call(node, "meeting.save", session).await?["id"].clone();
            let view = call(node, "meeting.get", json!({"id": id})).await?;
            let roll: &[Value] = view["roll"].as_array().map_or(&[], Vec::as_slice);
            if roll.len() < ROLL {
                return Err(format!("{} people are due, not {ROLL}", roll.len()));
            }
            let mark = |row: &Value| json!({"member": row["member"], "mark": "present"});
            let marks: Vec<Value> = roll.iter().take(ROLL).map(mark).collect();
            let started = Instant::now();
            call(node, "meeting.roll", json!({"id": id, "marks": marks, "close": true})).await?;
            if number > 0 {
                times.push(since(started));
            }
        }
        let worst = percentile(&mut times, 1.0);
        eprintln!("  p50 {:.2} ms, max {worst:.2} ms", percentile(&mut times, 0.5));
        slowest.push(worst);
    }
    print("ledger/roll-call", "wall_ms", slowest, 50);
    Ok(())
}

pub(crate) async fn today(stage: &Stage) -> Outcome {
    stage.set(Scene::FiveYears).await?;
    let random = Random::new(stage.folders.seed, "today");
    let mut village = Village::load(&stage.folders.live("village"), random).await?;
    let mut slowest = Vec::new();
    for _ in 0..RUNS {
        let mut times = Vec::with_capacity(OPENED);
        for _ in 0..OPENED {
            // Something was saved since it was last looked at.
            let visit = village.next_visit();
            call(&village.node, "visit.save", visit).await?;
            let started = Instant::now();
            call(&village.node, "today", json!({})).await?;
            times.push(since(started));
        }
        let worst = percentile(&mut times, 1.0);
        eprintln!("  p50 {:.2} ms, max {worst:.2} ms", percentile(&mut times, 0.5));
        slowest.push(worst);
    }
    print("ledger/today", "wall_ms", slowest, 50);
    Ok(())
}
