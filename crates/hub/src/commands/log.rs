//! `ybz log`: the local log.

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::log::{LogAnchorRow, LogInput, LogPage, LogReport, LogRow, LogVerifyInput};
use ybz_app::dto::snapshot::FileOutput;

use super::{Outcome, files};
use crate::args::Common;
use crate::args::people::Log;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a log file that are read.
const MAX_FILE: u64 = 256 * 1024 * 1024;

pub(super) async fn run(common: &Common, log: Log) -> Outcome {
    if let Log::Verify { file: Some(file), anchor } = &log {
        let bytes = files::read(file, MAX_FILE)?;
        let text = String::from_utf8(bytes).map_err(|_| ErrorDto::new("log_file_unreadable").with("line", 1))?;
        return Ok(told(common, &ybz_app::verify_log_file(&text, anchor)?));
    }
    if let Log::Export { out: Some(file) } = &log {
        files::is_new(file)?;
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = act(&mut client, common, log).await;
    client.close().await;
    done
}

async fn act(client: &mut Client, common: &Common, log: Log) -> Outcome {
    match log {
        Log::List { limit, offset } => {
            let page: LogPage = client.ask("log.list", None, &LogInput { offset, limit }).await?;
            match common.json {
                true => print::json(&page),
                false => page.rows.iter().for_each(|row| print::out(line(row))),
            }
        }
        Log::Verify { anchor, .. } => {
            let report = client.ask("log.verify", None, &LogVerifyInput { anchors: anchor }).await?;
            return Ok(told(common, &report));
        }
        Log::Anchors => {
            let anchors: Vec<LogAnchorRow> = client.ask("log.anchors", None, &Nothing {}).await?;
            match common.json {
                true => print::json(&anchors),
                false => anchors.iter().for_each(|one| print::out(format!("{} {} {}", one.head, one.on, one.office))),
            }
        }
        Log::Export { out } => {
            let file: FileOutput = client.ask("log.export", None, &Nothing {}).await?;
            let place = out.unwrap_or_else(|| file.name.clone().into());
            let odd = |error| ErrorDto::new("internal").with("what", "log.export").with("detail", error);
            files::write_new(&place, &BASE64.decode(file.base64.as_bytes()).map_err(odd)?)?;
            match common.json {
                true => print::json(&serde_json::json!({ "file": place })),
                false => print::out(format!("日志已写入 Log written: {}", place.display())),
            }
        }
    }
    Ok(Exit::Done)
}

fn line(row: &LogRow) -> String {
    let params: Vec<String> = row.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let by = row.profile.as_ref().map_or_else(String::new, |name| format!(" · {name}"));
    format!("{} {} {} {}{by}", row.seq, row.on, row.code, params.join(" "))
}

fn told(common: &Common, report: &LogReport) -> Exit {
    if common.json {
        print::json(report);
    } else {
        let lines = report.lines;
        print::out(match report.broken {
            None => format!("日志完整,共 {lines} 行 The log is whole: {lines} lines"),
            Some(at) => format!(
                "日志从第 {at} 行起不对:被改过,或少了 From line {at} on the log was altered or lines are missing"
            ),
        });
        for anchor in &report.missing {
            print::out(format!("没有这一行 No line has this hash: {anchor}"));
        }
    }
    if report.sound { Exit::Done } else { Exit::NotSound }
}
