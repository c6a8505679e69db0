//! `node/*`: the program `ybz` on a database with five village-years.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use scenarios::workload::{KEY_TEXT, Outcome, Scene, YEAR};
use serde_json::{Value, json};

use crate::Stage;
use crate::figure::{RUNS, memory, print, since};

/// What the screens of a branch ask for when they open, beside lists of a year.
const ONCE: &[&str] = &[
    "node.overview",
    "settings.get",
    "today",
    "draft.list",
    "conflict.list",
    "visit.defaults",
    "concern.hand_in_preview",
    "sync.status",
    "org.tree",
    "join.state",
    "join.pending",
    "snapshot.list",
];
/// Lists of a year.
const YEARLY: &[&str] =
    &["visit.list", "household.list", "concern.list", "meeting.list", "dues.sheet", "checklist.list", "member.list"];
/// Lists whose first row is opened.
const OPENED: &[(&str, &str)] = &[("visit.list", "visit.get"), ("meeting.list", "meeting.get")];

impl Stage {
    fn ybz(&self, arguments: &[&str]) -> Outcome<Command> {
        if !self.ybz.exists() {
            return Err(format!("{} is not built", self.ybz.display()));
        }
        let village = self.folders.live("village");
        let key = village.join("key");
        std::fs::write(&key, KEY_TEXT).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.ybz);
        command.args(arguments).env("YBZ_DATA", village.join("data")).env("YBZ_KEY_FILE", key);
        command.env("YBZ_BOOT_DIR", village.join("boot"));
        Ok(command)
    }

    /// Asks the program, which goes to the running node if there is one.
    fn ask(&self, name: &str, input: &Value) -> Outcome<Value> {
        let output = self.ybz(&["rpc", name, &input.to_string()])?.output().map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)));
        }
        serde_json::from_slice(&output.stdout).map_err(|error| format!("{name}: {error}"))
    }
}

/// Process start to first answer: what the first screen asks, by a program that opens the database itself.
pub(crate) async fn start(stage: &Stage) -> Outcome {
    stage.set(Scene::FiveYears).await?;
    let mut walls = Vec::new();
    for _ in 0..RUNS {
        let mut command = stage.ybz(&["rpc", "today"])?;
        let started = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let line = first_line(&mut child)?;
        walls.push(since(started));
        if !line.starts_with('{') || !child.wait().is_ok_and(|status| status.success()) {
            return Err(format!("no answer but {line}"));
        }
    }
    print("node/start", "wall_ms", walls, 500);
    Ok(())
}

/// Resident memory of a branch's running node after each screen's data was read once, for each of its years.
pub(crate) async fn rss(stage: &Stage) -> Outcome {
    let mut sizes = Vec::new();
    for _ in 0..RUNS {
        stage.set(Scene::FiveYears).await?;
        let mut command = stage.ybz(&["serve", "--listen", "127.0.0.1:0"])?;
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let ready = first_line(&mut child);
        let size = ready.and_then(|_| read_all(stage, child.id()));
        // It has nothing to lose: the folder is put back for the next run.
        let _ = child.kill();
        let _ = child.wait();
        sizes.push(size?);
    }
    print("node/rss", "mb", sizes, 120);
    Ok(())
}

fn read_all(stage: &Stage, process: u32) -> Outcome<f64> {
    let before = memory(process, "VmRSS")?;
    for name in ONCE {
        stage.ask(name, &json!({}))?;
    }
    for year in YEAR - 4..=YEAR {
        for name in YEARLY {
            let page = stage.ask(name, &json!({"year": year}))?;
            let first = page["rows"].as_array().and_then(|rows| rows.first());
            let opened = OPENED.iter().find(|(list, _)| list == name);
            if let (Some(row), Some((_, get))) = (first, opened) {
                stage.ask(get, &json!({"id": row["id"]}))?;
            }
        }
    }
    let after = memory(process, "VmRSS")?;
    eprintln!("  {before:.0} MiB before, {after:.0} MiB after, {:.0} MiB at its peak", memory(process, "VmHWM")?);
    Ok(after)
}

fn first_line(child: &mut Child) -> Outcome<String> {
    let out = child.stdout.take().ok_or("no pipe")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).map_err(|error| error.to_string())?;
    if line.is_empty() { Err("ybz said nothing".to_owned()) } else { Ok(line) }
}
