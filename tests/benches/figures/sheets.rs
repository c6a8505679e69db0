//! `ledger/xlsx-export`: 工作清单 of 50,000 items as a workbook, by a node that has done nothing else.

use std::path::Path;
use std::time::Instant;

use jiff::civil::Date;
use scenarios::workload::{Outcome, Peer, Random, YEAR};
use serde_json::json;

use crate::Stage;
use crate::figure::{memory, print, since};
use crate::items::{AT_ONCE, entries};

/// Years of items, none of which is finished: the last year's ledger has them all.
const YEARS: i16 = 5;
/// Items of a year.
const OF_A_YEAR: usize = 10_000;
/// One in so many has a step.
const STEPS: usize = 10;
/// Runs: each in a process of its own, since memory at its peak is that of its whole life.
const RUNS: usize = 3;

/// A year's items, made on a day of that year by a node of its own.
fn fill(folder: &Path, random: &mut Random, seed: u64, year: i16) -> Outcome {
    let mut node = Peer::start(folder, Date::constant(year, 7, 1), seed + u64::from(year.unsigned_abs()))?;
    if year == YEAR - YEARS + 1 {
        node.call("office.init", json!({"name": "某村", "kind": "branch"}))?;
    }
    for made in (0..OF_A_YEAR).step_by(AT_ONCE) {
        let entries = entries(random, year, made, AT_ONCE);
        node.call("template.make", json!({"id": "branch-year", "period": year.to_string(), "entries": entries}))?;
    }
    let all =
        node.call("checklist.list", json!({"year": year, "from": format!("{year}-01-01"), "limit": OF_A_YEAR}))?;
    for row in all["rows"].as_array().into_iter().flatten().step_by(STEPS) {
        node.call("checklist.progress", json!({"id": row["id"], "note": "已办一半", "state": "in_progress"}))?;
    }
    node.stop()
}

pub(crate) async fn xlsx_export(stage: &Stage) -> Outcome {
    stage.folders.clear()?;
    let folder = stage.folders.live("sheets");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let mut random = Random::new(stage.folders.seed, "sheets");
    for year in YEAR - YEARS + 1..=YEAR {
        eprintln!("  {OF_A_YEAR} items of {year}");
        fill(&folder, &mut random, stage.folders.seed, year)?;
    }
    let (mut walls, mut peaks) = (Vec::new(), Vec::new());
    for run in 0..RUNS as u64 {
        let mut node = Peer::start(&folder, Date::constant(YEAR, 7, 1), stage.folders.seed + 10_000 + run)?;
        node.call("node.overview", json!({}))?;
        let resting = memory(node.id(), "VmHWM")?;
        let started = Instant::now();
        let file = node.call("sheet.export", json!({"kind": "checklist", "year": YEAR}))?;
        let wall = since(started);
        let peak = memory(node.id(), "VmHWM")?;
        let bytes = file["base64"].as_str().map_or(0, str::len) / 4 * 3;
        eprintln!("  {wall:.0} ms, {resting:.0} MiB before and {peak:.0} MiB at its peak, {bytes} bytes");
        walls.push(wall);
        peaks.push(peak);
        node.stop()?;
    }
    print("ledger/xlsx-export", "wall_ms", walls, 5_000);
    print("ledger/xlsx-export", "peak_mb", peaks, 300);
    Ok(())
}
