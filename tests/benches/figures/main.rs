//! The figures of docs/PERFORMANCE.md: `cargo xtask bench [PREFIX…] [--seed N]`. One JSON line a figure on standard
//! output; what else happens is told on standard error.

mod committee;
mod dues;
mod figure;
mod importing;
mod items;
mod ledger;
mod node;
mod sheets;
mod storm;
mod sync;
mod trust;

use std::path::PathBuf;
use std::process::ExitCode;

use scenarios::workload::{Folders, NODE_ARGUMENT, Outcome, Scene, serve_lines};

/// A figure's name, and what measures it.
const FIGURES: &[&str] = &[
    "ledger/visit-save",
    "ledger/roll-call",
    "ledger/today",
    "ledger/dues-year",
    "ledger/list",
    "ledger/search",
    "ledger/xlsx-import",
    "ledger/xlsx-export",
    "committee/case-rates",
    "committee/matrix",
    "committee/merged-ledger",
    "sync/offline-month",
    "sync/idle-6",
    "sync/ring",
    "sync/first-year",
    "sync/storm-50",
    "trust/first-year",
    "trust/offline-month",
    "trust/doctor",
    "node/start",
    "node/rss",
];

/// What measurements need to know.
struct Stage {
    folders: Folders,
    /// The program `ybz` of the same build.
    ybz: PathBuf,
}

impl Stage {
    async fn set(&self, scene: Scene) -> Outcome {
        scene.set(&self.folders, &|line| eprintln!("  {line}")).await
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        match arguments.split_first() {
            Some((first, rest)) if first == NODE_ARGUMENT => serve_lines(rest).await,
            _ => run(&arguments).await,
        }
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[String]) -> Outcome {
    let mut seed = 1;
    let mut prefixes: Vec<&str> = Vec::new();
    let mut left = arguments.iter();
    while let Some(argument) = left.next() {
        match argument.as_str() {
            "--seed" => seed = left.next().and_then(|text| text.parse().ok()).ok_or("--seed needs a number")?,
            // Cargo says so to every bench.
            "--bench" => {}
            prefix => prefixes.push(prefix),
        }
    }
    let chosen = |name: &str| prefixes.is_empty() || prefixes.iter().any(|prefix| name.starts_with(prefix));
    if !FIGURES.iter().any(|name| chosen(name)) {
        return Err(format!("no figure begins so; the figures are: {}", FIGURES.join(" ")));
    }
    let stage = stage(seed)?;
    for name in FIGURES.iter().filter(|name| chosen(name)) {
        eprintln!("{name}");
        match *name {
            "ledger/visit-save" => ledger::visit_save(&stage).await?,
            "ledger/roll-call" => ledger::roll_call(&stage).await?,
            "ledger/today" => ledger::today(&stage).await?,
            "ledger/dues-year" => dues::dues_year().await?,
            "ledger/list" => items::list(&stage).await?,
            "ledger/search" => items::search(&stage).await?,
            "ledger/xlsx-import" => importing::xlsx_import().await?,
            "ledger/xlsx-export" => sheets::xlsx_export(&stage).await?,
            "committee/case-rates" => committee::case_rates(&stage).await?,
            // Measured together: they have one scene.
            "committee/matrix" => committee::below(&stage, chosen).await?,
            "committee/merged-ledger" if chosen("committee/matrix") => {}
            "committee/merged-ledger" => committee::below(&stage, chosen).await?,
            "sync/offline-month" => sync::offline_month(&stage).await?,
            "sync/idle-6" => sync::idle(&stage).await?,
            "sync/ring" => sync::ring(&stage).await?,
            "sync/first-year" => sync::first_year(&stage).await?,
            "sync/storm-50" => storm::storm(&stage).await?,
            "trust/first-year" => trust::first_year(&stage).await?,
            "trust/offline-month" => trust::offline_month(&stage).await?,
            "trust/doctor" => trust::doctor(&stage).await?,
            "node/start" => node::start(&stage).await?,
            _ => node::rss(&stage).await?,
        }
    }
    stage.folders.clear()
}

/// Finds the build that this program belongs to: it stands in `target/PROFILE/deps`.
fn stage(seed: u64) -> Outcome<Stage> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let odd = || format!("{} does not stand in a target folder", here.display());
    let profile = here.ancestors().nth(2).ok_or_else(odd)?;
    let target = profile.parent().ok_or_else(odd)?;
    Ok(Stage {
        folders: Folders::new(&target.join("bench-data"), seed),
        ybz: profile.join(format!("ybz{}", std::env::consts::EXE_SUFFIX)),
    })
}
