//! `ledger/xlsx-import`: a workbook of 10,000 visits becomes records, from the command to durable and projected, while
//! somebody asks how far it is; one that is called off leaves nothing.

use std::time::{Duration, Instant};

use data_encoding::BASE64;
use rust_xlsxwriter::Workbook;
use scenarios::Device;
use scenarios::workload::{Outcome, call};
use serde_json::{Value, json};

use crate::figure::{RUNS, print, since};

/// Rows of the workbook.
const ROWS: u32 = 10_000;
/// Households that they are about.
const HOMES: u32 = 400;
/// How often the window asks how far it is.
const ASKED: Duration = Duration::from_millis(300);

const TITLES: [&str; 6] = ["日期", "户主", "门牌", "走访人", "主题", "情况"];

fn workbook() -> Outcome<Vec<u8>> {
    let failed = |error: rust_xlsxwriter::XlsxError| error.to_string();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("走访记录").map_err(failed)?;
    for (column, title) in (0..).zip(TITLES) {
        sheet.write(0, column, title).map_err(failed)?;
    }
    for row in 1..=ROWS {
        let (home, day) = (row % HOMES, row / HOMES);
        let cells = [
            format!("2026-{:02}-{:02}", 1 + day % 2, 1 + day / 2 % 28),
            format!("住户{home}"),
            format!("{home}号"),
            "张某、李某".to_owned(),
            "夜谈".to_owned(),
            format!("家中老人一切都好,第{row}次记录,说起门前的路灯和水渠"),
        ];
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).map_err(failed)?;
        }
    }
    book.save_to_buffer().map_err(failed)
}

/// What is asked for: the workbook with the columns that its titles suggest.
async fn request(branch: &Device, file: &Value) -> Outcome<Value> {
    let found = call(&branch.node, "import.inspect", file.clone()).await?;
    let sheet = &found["sheets"][0];
    let columns: serde_json::Map<String, Value> = sheet["columns"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|column| !column["field"].is_null())
        .map(|column| (column["index"].to_string(), column["field"].clone()))
        .collect();
    let mapping = json!({"sheet": sheet["name"], "kind": "visits", "year": 2026, "columns": columns});
    Ok(json!({"file": file, "mappings": [mapping], "answers": {}}))
}

/// Runs an import while its progress is asked for; `stop` calls it off as soon as records are being made.
async fn watched(
    branch: &Device,
    mut request: Value,
    token: &str,
    stop: bool,
) -> Outcome<(Result<Value, String>, u32)> {
    request["token"] = json!(token);
    let node = branch.node.clone();
    let run = tokio::spawn(async move { call(&node, "import.commit", request).await });
    let mut asked = 0;
    while !run.is_finished() {
        let at = call(&branch.node, "import.progress", json!({"token": token})).await?;
        asked += u32::from(at["running"] == true);
        if stop && at["stage"] != "reading" && at["running"] == true {
            call(&branch.node, "import.cancel", json!({"token": token})).await?;
        }
        tokio::time::sleep(if stop { Duration::from_millis(5) } else { ASKED }).await;
    }
    Ok((run.await.map_err(|error| error.to_string())?, asked))
}

pub(crate) async fn xlsx_import() -> Outcome {
    let file = json!({"name": "走访记录.xlsx", "base64": BASE64.encode(&workbook()?)});
    let mut times = Vec::with_capacity(RUNS);
    for run in 0..RUNS {
        let branch = Device::with_office("示范一村", "branch").await;
        let request = request(&branch, &file).await?;
        if run == 0 {
            let (outcome, _) = watched(&branch, request.clone(), "called off", true).await?;
            let left = call(&branch.node, "visit.list", json!({})).await?["total"].clone();
            if outcome.is_ok() || left != 0 {
                return Err(format!("called off, {left} visits were left: {outcome:?}"));
            }
        }
        let started = Instant::now();
        let (outcome, asked) = watched(&branch, request, "measured", false).await?;
        times.push(since(started));
        let made = outcome?["newRows"].clone();
        if made != ROWS {
            return Err(format!("{made} rows became records, not {ROWS}"));
        }
        eprintln!("  asked {asked} times how far it is");
    }
    print("ledger/xlsx-import", "wall_ms", times, 5000);
    Ok(())
}
