//! `ledger/visit-save`: a visit saved, command to durable and projected, in a book of a full year.

use std::time::Instant;

use scenarios::workload::{Outcome, Random, Scene, Village, call};

use crate::Stage;
use crate::figure::{RUNS, percentile, print, since};

/// Visits of one run: the 99th percentile is its second worst.
const VISITS: usize = 200;

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
