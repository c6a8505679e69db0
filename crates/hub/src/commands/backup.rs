//! `ybz backup`, `ybz restore`

use std::path::Path;

use ybz_app::dto::Nothing;
use ybz_app::dto::security::{BackupFileInput, BackupInput, BackupRow, BackupSchedule, BackupStatus};
use ybz_app::host::{self, KeyPlace, With};
use ybz_app::{DatabaseKey, ErrorDto};

use super::Outcome;
use crate::args::{Backup, Common, RestoreArgs, RestoreWith};
use crate::client::{Books, Client, open};
use crate::exit::Exit;
use crate::{print, secret};

pub(super) async fn run(common: &Common, command: Backup) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = act(&mut client, common, command).await;
    client.close().await;
    done
}

async fn act(client: &mut Client, common: &Common, command: Backup) -> Outcome {
    match command {
        Backup::Make { folder } => {
            let input = BackupInput { folder: absolute(&folder)? };
            let row: BackupRow = client.ask("backup.make", None, &input).await?;
            say(common, &row, || {
                format!("已备份并核对 Backed up and verified: {} ({} KB)", row.file, row.bytes / 1024)
            });
        }
        Backup::Status => {
            let status: BackupStatus = client.ask("backup.status", None, &Nothing {}).await?;
            say(common, &status, || print::key::backups(&status));
        }
        Backup::Schedule { folder, off: _, every_days, keep } => {
            let input = match folder {
                Some(folder) => BackupSchedule { folder: absolute(&folder)?, every_days, keep },
                None => BackupSchedule { folder: String::new(), every_days: 0, keep: 0 },
            };
            client.ask::<Nothing>("backup.schedule", None, &input).await?;
            say(common, &Nothing {}, || match input.every_days {
                0 => "定期备份已停。 The schedule is ended.".to_owned(),
                days => format!("程序运行时,每 {days} 天备份一次。 A running node backs up every {days} days."),
            });
        }
        Backup::Verify { file } => {
            let input = BackupFileInput { file: absolute(&file)? };
            let row: BackupRow = client.ask("backup.verify", None, &input).await?;
            say(common, &row, || format!("备份完好,做于 Sound, made on: {}", row.on));
        }
    }
    Ok(Exit::Done)
}

fn say(common: &Common, value: &impl serde::Serialize, text: impl FnOnce() -> String) {
    match common.json {
        true => print::json(value),
        false => print::out(text()),
    }
}

/// The node may run in another folder.
fn absolute(path: &Path) -> Result<String, ErrorDto> {
    let path = std::path::absolute(path);
    path.map(|path| path.display().to_string()).map_err(|_| ErrorDto::new("required").at("folder"))
}

pub(super) async fn restore(common: &Common, args: RestoreArgs) -> Outcome {
    let key = put_back(common, &args)?;
    // Opened once: it says of whom the books are.
    let mut client = Client::here(open(common, key, Books::Kept).await?);
    let node = client.overview().await;
    client.close().await;
    let names = super::key::names(&node?);
    say(common, &serde_json::json!({ "offices": names }), || {
        format!(
            "已恢复:{names}。这台是一台新设备:加入过上级的,先请上级或本单位另一台电脑给一张设备邀请,运行 ybz join;\n\
             私密记录等第一次联系之后才打开。\n\
             Restored: {names}. This is a new device: take a ticket of the superior or of another device of the office\n\
             (`ybz join`); private records open after the first session with one of them."
        )
    });
    Ok(Exit::Done)
}

fn put_back(common: &Common, args: &RestoreArgs) -> Result<DatabaseKey, ErrorDto> {
    let (today, _) = host::system_clock();
    let place = KeyPlace::of(common.data(), common.key_file());
    let (first, second);
    let with = match args.with {
        RestoreWith::Key => With::System,
        RestoreWith::Passphrase => {
            first = secret::passphrase(common)?;
            With::Passphrase(&first)
        }
        RestoreWith::Words => {
            first = secret::words(args.words_file.as_deref(), secret::SHEET_WORDS)?;
            second = secret::new_passphrase(args.new_passphrase_file.as_deref())?;
            With::Words(&first, &second)
        }
    };
    host::restore(&args.file, common.data(), &place, with, &host::boot_dir(), today)
}
