//! `ybz invite bulk`

use std::path::Path;

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::bulk::{BulkInput, BulkOutput, BulkState};
use ybz_app::dto::import::ImportFile;
use ybz_app::dto::{IdInput, Nothing};

use super::{Outcome, bundle, files};
use crate::args::{Common, InviteMany};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a list.
const LARGEST: u64 = 8 * 1024 * 1024;

pub(super) async fn run(common: &Common, command: InviteMany) -> Outcome {
    let InviteMany::Bulk { list, out, phone, dry_run } = command;
    let name = list.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = ImportFile { name, base64: BASE64.encode(&files::read(&list, LARGEST)?) };
    if let Some(folder) = out.as_deref().filter(|_| !dry_run) {
        new_folder(folder)?;
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let made = invite(&mut client, common, BulkInput { file, phone, dry_run }, out.as_deref()).await;
    client.close().await;
    let made = made?;
    if common.json {
        print::json(&serde_json::json!({ "rows": made.rows, "faults": made.faults, "addresses": made.addresses }));
    } else {
        say(&made, dry_run);
    }
    Ok(if made.faults.is_empty() { Exit::Done } else { Exit::NotSound })
}

/// The folder has to be there before anybody is invited: a ticket is told once.
pub(super) fn new_folder(folder: &Path) -> Result<(), ErrorDto> {
    std::fs::create_dir_all(folder)
        .map_err(|error| ErrorDto::new("file_not_written").with("file", folder.display()).with("detail", error))?;
    match std::fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        _ => Err(ErrorDto::new("file_exists").with("file", folder.display())),
    }
}

/// Invites all and writes their pages. If one cannot be written, all are withdrawn: nobody could use a ticket that is nowhere.
async fn invite(
    client: &mut Client,
    common: &Common,
    input: BulkInput,
    folder: Option<&Path>,
) -> Result<BulkOutput, ErrorDto> {
    let office = client.office(common).await?.id;
    let made: BulkOutput = client.ask("invite.bulk", Some(&office), &input).await?;
    let Some(folder) = folder.filter(|_| !input.dry_run) else { return Ok(made) };
    let mut written = Vec::new();
    for file in &made.files {
        match bundle::keep(file, Some(folder)) {
            Ok(path) => written.push(path),
            Err(error) => {
                for id in made.rows.iter().filter_map(|row| row.invitation.clone()) {
                    // The first error is the one to tell, and one that was used meanwhile stays.
                    let _ = client.ask::<Nothing>("invite.withdraw", Some(&office), &IdInput { id }).await;
                }
                for path in written {
                    let _ = std::fs::remove_file(path);
                }
                return Err(error);
            }
        }
    }
    Ok(made)
}

fn say(made: &BulkOutput, dry_run: bool) {
    for row in &made.rows {
        let until = row.expires_on.as_deref().unwrap_or_default();
        let state = match row.state {
            BulkState::Invited if dry_run => "会邀请 would be invited".to_owned(),
            BulkState::Invited => format!("已邀请 invited, {until}"),
            BulkState::Open => format!("以前的邀请还有效 has an open invitation, {until}"),
            BulkState::Joined => "已加入 has joined".to_owned(),
        };
        print::out(format!("{} {} · {state}", row.cell, row.name));
    }
    for fault in &made.faults {
        let why = match fault.code.as_str() {
            "name_missing" => "没有名称 no name",
            "name_too_long" => "名称太长 the name is too long",
            "name_twice" => "名称重复 the name is there twice",
            "kind_unknown" => "看不出类别 the kind is not known",
            _ => "这一类不能是本级的下级 this kind does not stand below this office",
        };
        print::out(format!("{} {} {}: {why}", fault.sheet, fault.cell, fault.text));
    }
    if !made.files.is_empty() && made.addresses.is_empty() {
        print::note("邀请里没有本机地址:对方可以用U盘加入,或在同一局域网里加入。 The tickets hold no address.");
    }
}
