//! 备份: by hand, and by a schedule that a running node keeps.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::json;
use ybz_store::{BackupMade, LogEntry, Secret, SideWrites, verify_backup};

use crate::ErrorDto;
use crate::dto::Nothing;
use crate::dto::security::{BackupFileInput, BackupInput, BackupRow, BackupSchedule, BackupStatus};
use crate::error::{Answer, required};
use crate::host::places;
use crate::keys::backup_error;
use crate::node::{Inner, store_error};

const SCHEDULE: &str = "backup/schedule";
const LAST: &str = "backup/last";
const TROUBLE: &str = "backup/trouble";
/// Backups that a schedule keeps at most, and days between two.
const MOST: u32 = 365;
/// Folders that are looked into for backups, below a stick: itself and those right in it.
const MOST_FOLDERS: usize = 200;

fn failed(error: &ybz_store::BackupError) -> ErrorDto {
    backup_error(error, Secret::Passphrase)
}

fn folder(text: &str) -> Answer<PathBuf> {
    let text = required("folder", text, 1000)?;
    let path = PathBuf::from(text);
    if path.is_absolute() { Ok(path) } else { Err(ErrorDto::new("folder_not_absolute").at("folder")) }
}

fn row(made: &BackupMade, today: Date) -> BackupRow {
    BackupRow { file: made.file.display().to_string(), on: today.to_string(), bytes: made.bytes }
}

/// Writes a backup, and what the status shows of it.
fn write(node: &Inner, folder: &Path) -> Answer<BackupRow> {
    let today = node.today();
    let made = node.store.back_up(folder, today).map_err(|error| failed(&error))?;
    let row = row(&made, today);
    let entry = LogEntry { on: today, code: "backup_made".to_owned(), params: std::collections::BTreeMap::new() };
    let side = SideWrites {
        settings: vec![(LAST.to_owned(), json!(row)), (TROUBLE.to_owned(), json!(null))],
        log: vec![entry],
        ..SideWrites::default()
    };
    node.store.put_side(&side).map_err(store_error)?;
    node.feed.publish(["backup", "sync"]);
    Ok(row)
}

/// `backup.make`: into a folder that is there. One level of it is made when only that is missing.
pub(crate) fn make(node: &Arc<Inner>, input: BackupInput) -> Answer<BackupRow> {
    let folder = folder(&input.folder)?;
    prepare(&folder)?;
    write(node, &folder)
}

/// Makes the last level of a folder on a disk that is in; more could be a stick that is not.
fn prepare(folder: &Path) -> Answer<()> {
    if !folder.is_dir() && folder.parent().is_some_and(Path::is_dir) {
        // What keeps it from being made is said by what is written there.
        let _ = std::fs::create_dir(folder);
    }
    if folder.is_dir() {
        return Ok(());
    }
    Err(ErrorDto::new("backup_folder_missing").at("folder").with("folder", folder.display()))
}

/// `backup.schedule`: by itself every so many days, as long as a node runs; 0 days end it.
pub(crate) fn schedule(node: &Arc<Inner>, input: BackupSchedule) -> Answer<Nothing> {
    if input.every_days == 0 {
        node.store.put_setting(SCHEDULE, &json!(null)).map_err(store_error)?;
        node.store.put_setting(TROUBLE, &json!(null)).map_err(store_error)?;
    } else {
        let path = folder(&input.folder)?;
        for (field, value) in [("everyDays", input.every_days), ("keep", input.keep)] {
            if !(1..=MOST).contains(&value) {
                return Err(ErrorDto::new("invalid_input").at(field).with("value", value));
            }
        }
        prepare(&path)?;
        let kept = BackupSchedule { folder: path.display().to_string(), ..input };
        node.store.put_setting(SCHEDULE, &json!(kept)).map_err(store_error)?;
    }
    node.feed.publish(["backup"]);
    node.backups.notify_one();
    Ok(Nothing {})
}

fn setting<T: serde::de::DeserializeOwned>(node: &Inner, name: &str) -> Answer<Option<T>> {
    let kept = node.store.setting(name).map_err(store_error)?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()))
}

/// Day of the last backup that was verified.
pub(crate) fn last_on(node: &Inner) -> Answer<Option<String>> {
    Ok(setting::<BackupRow>(node, LAST)?.map(|row| row.on))
}

/// Code of what kept the schedule from being met.
pub(crate) fn trouble(node: &Inner) -> Answer<Option<ErrorDto>> {
    setting(node, TROUBLE)
}

fn days_since(node: &Inner, on: &str) -> Option<u32> {
    let on: Date = on.parse().ok()?;
    let days = node.today().since(on).ok()?.get_days();
    Some(u32::try_from(days).unwrap_or_default())
}

/// `backup.status`
pub(crate) fn status(node: &Arc<Inner>, _: Nothing) -> Answer<BackupStatus> {
    let last: Option<BackupRow> = setting(node, LAST)?;
    Ok(BackupStatus {
        schedule: setting(node, SCHEDULE)?,
        days: last.as_ref().and_then(|last| days_since(node, &last.on)),
        last,
        trouble: trouble(node)?,
        places: places().iter().map(|place| place.display().to_string()).collect(),
    })
}

/// `backup.verify`: reads it to its end and opens it with the key of these books.
pub(crate) fn verify(node: &Arc<Inner>, input: BackupFileInput) -> Answer<BackupRow> {
    let file = PathBuf::from(required("file", &input.file, 1000)?);
    let header = verify_backup(&file, &node.store.key(), node.store.dir()).map_err(|error| failed(&error))?;
    let bytes = std::fs::metadata(&file).map(|found| found.len()).unwrap_or_default();
    Ok(BackupRow { file: file.display().to_string(), on: header.made, bytes })
}

/// `backup.found`: backups of any books on sticks and other disks that are in now, the newest first.
pub(crate) fn found(_: &Arc<Inner>, _: Nothing) -> Answer<Vec<BackupRow>> {
    Ok(lying_in(&places()))
}

/// Backups right in some folders, and in the folders right in them.
pub(crate) fn lying_in(places: &[PathBuf]) -> Vec<BackupRow> {
    let inside = |folder: &PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = places.iter().flat_map(inside).filter(|path| path.is_dir()).take(MOST_FOLDERS);
    let folders: Vec<PathBuf> = places.iter().cloned().chain(folders).collect();
    let files = folders
        .iter()
        .flat_map(inside)
        .filter(|path| path.extension().is_some_and(|end| end == ybz_store::BACKUP_ENDING));
    let mut rows: Vec<BackupRow> = files
        .filter_map(|file| {
            let header = ybz_store::read_backup_header(&file).ok()?;
            let bytes = std::fs::metadata(&file).map(|found| found.len()).unwrap_or_default();
            Some(BackupRow { file: file.display().to_string(), on: header.made, bytes })
        })
        .collect();
    rows.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| b.file.cmp(&a.file)));
    rows
}

/// Makes the backup that the schedule asks for, if the day has come. A folder that is missing is told in the status and
/// keeps nothing else from working; the next look tries again. Tells whether one was made.
pub(crate) fn make_if_due(node: &Inner) -> Answer<bool> {
    let Some(plan) = setting::<BackupSchedule>(node, SCHEDULE)? else { return Ok(false) };
    let last: Option<BackupRow> = setting(node, LAST)?;
    // A day in the future is of a clock that went wrong: it puts nothing off.
    let days = last.and_then(|last| last.on.parse::<Date>().ok()).map(|on| node.today().since(on));
    let since = days.and_then(Result::ok).map(|span| span.get_days());
    let every = i32::try_from(plan.every_days).unwrap_or(i32::MAX);
    if since.is_some_and(|days| (0..every).contains(&days)) {
        return Ok(false);
    }
    let folder = PathBuf::from(&plan.folder);
    let made = match write(node, &folder) {
        Ok(row) => PathBuf::from(row.file),
        Err(error) => {
            if trouble(node)?.is_none_or(|known| known.code != error.code) {
                node.store.put_setting(TROUBLE, &json!(error)).map_err(store_error)?;
                node.feed.publish(["backup", "sync"]);
            }
            return Ok(false);
        }
    };
    // Older ones go only now that a newer one was read again; that one is the first of those that are kept.
    let mut others = node.store.backups_in(&folder).map_err(|error| failed(&error))?;
    others.retain(|file| *file != made);
    let keep = usize::try_from(plan.keep.max(1)).unwrap_or(usize::MAX);
    for old in others.iter().rev().skip(keep - 1) {
        if let Err(error) = std::fs::remove_file(old) {
            tracing::warn!(%error, "an old backup stays");
        }
    }
    Ok(true)
}
