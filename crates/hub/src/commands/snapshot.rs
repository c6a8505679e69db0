//! `ybz snapshot`

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::snapshot::{
    FileOutput, SnapshotCard, SnapshotExportInput, SnapshotPreviewInput, SnapshotView, VerifyInput, VerifyReport,
};
use ybz_app::dto::sync::SyncNowInput;

use super::{Outcome, files};
use crate::args::{Common, Format, Snapshot};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a snapshot file.
const LARGEST: u64 = 16 * 1024 * 1024;

pub(super) async fn run(common: &Common, command: Snapshot) -> Outcome {
    if let Snapshot::Verify { what, tree: Some(tree) } = &command {
        let bytes = files::read(Path::new(what), LARGEST)?;
        return Ok(say_report(common, &ybz_app::verify_snapshot_offline(&bytes, tree)?));
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let outcome = with_books(&mut client, common, command).await;
    client.close().await;
    outcome
}

async fn with_books(client: &mut Client, common: &Common, command: Snapshot) -> Outcome {
    let office = client.office(common).await?.id;
    let office = Some(office.as_str());
    match command {
        Snapshot::Make { year } => {
            let made: SnapshotView = client.ask("snapshot.make", office, &SnapshotPreviewInput { year }).await?;
            if common.json {
                print::json(&made)
            } else {
                print::out(print::snapshot::made(&made))
            }
            Ok(Exit::Done)
        }
        Snapshot::List => {
            say_cards(common, &client.ask::<Vec<SnapshotCard>>("snapshot.list", office, &Nothing {}).await?);
            Ok(Exit::Done)
        }
        Snapshot::Pull { timeout } => {
            let input = SyncNowInput { timeout_s: timeout, device: None };
            say_cards(common, &client.ask::<Vec<SnapshotCard>>("snapshot.pull", office, &input).await?);
            Ok(Exit::Done)
        }
        Snapshot::Verify { what, .. } => {
            let file = Path::new(&what);
            let input = if file.is_file() {
                VerifyInput { id: None, base64: Some(BASE64.encode(&files::read(file, LARGEST)?)) }
            } else {
                VerifyInput { id: Some(what), base64: None }
            };
            Ok(say_report(common, &client.ask::<VerifyReport>("snapshot.verify", office, &input).await?))
        }
        Snapshot::Export { id, format, out } => export(client, common, office, id, format, out).await,
    }
}

async fn export(
    client: &mut Client,
    common: &Common,
    office: Option<&str>,
    id: String,
    format: Format,
    out: Option<PathBuf>,
) -> Outcome {
    let input = SnapshotExportInput { id, format: format.word().to_owned() };
    let file: FileOutput = client.ask("snapshot.export", office, &input).await?;
    let bytes = BASE64.decode(file.base64.as_bytes());
    let bytes = bytes.map_err(|error| ErrorDto::new("internal").with("what", "base64").with("detail", error))?;
    // The suggested name is a name, never a way to another folder.
    let suggested = Path::new(&file.name).file_name().unwrap_or(std::ffi::OsStr::new("snapshot"));
    let out = out.unwrap_or_else(|| PathBuf::from(suggested));
    files::write_new(&out, &bytes)?;
    if common.json {
        print::json(&serde_json::json!({ "file": out, "bytes": bytes.len() }));
    } else {
        print::out(format!("已写入 Written: {} ({} bytes)", out.display(), bytes.len()));
    }
    Ok(Exit::Done)
}

fn say_cards(common: &Common, cards: &[SnapshotCard]) {
    if common.json { print::json(&cards) } else { print::out(print::snapshot::cards(cards)) }
}

fn say_report(common: &Common, report: &VerifyReport) -> Exit {
    if common.json {
        print::json(report)
    } else {
        print::out(print::snapshot::report(report))
    }
    if report.ok { Exit::Done } else { Exit::NotSound }
}
