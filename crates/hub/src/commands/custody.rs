//! `ybz custody`: villages that are kept in the place of their people, and how they get their books.

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use serde_json::json;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::custody::{CustodyRow, HandBack, HandBackInput, TakeOverInput, TakenOver};

use super::{Outcome, bundle, files};
use crate::args::Common;
use crate::args::body::Custody;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::{print, secret};

/// Bytes of a file.
const LARGEST: u64 = 42 * 1024 * 1024;

pub(super) async fn run(common: &Common, command: Custody) -> Outcome {
    match command {
        Custody::List => list(common).await,
        Custody::HandBack { office, out } => hand_back(common, office, out.as_deref()).await,
        Custody::TakeOver { file, code_file, holder } => take_over(common, &file, code_file.as_deref(), holder).await,
    }
}

async fn kept(client: &mut Client, common: &Common) -> Result<(String, Vec<CustodyRow>), ErrorDto> {
    let office = client.office(common).await?.id;
    let rows = client.ask("custody.list", Some(&office), &Nothing {}).await?;
    Ok((office, rows))
}

async fn list(common: &Common) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let rows = kept(&mut client, common).await;
    client.close().await;
    let (_, rows) = rows?;
    if common.json {
        print::json(&rows);
        return Ok(Exit::Done);
    }
    for row in rows {
        let on = row.on.as_deref().unwrap_or_default();
        let state = match row.state.as_str() {
            "handed" => format!("已交回,对方还没接手 handed back, not taken over yet, {on}"),
            "taken" => format!("对方已接手 taken over, {on}"),
            _ => "代管中 kept here".to_owned(),
        };
        print::out(format!("{}\t{}\t{state}", row.office, row.name));
    }
    Ok(Exit::Done)
}

async fn hand_back(common: &Common, meant: String, out: Option<&Path>) -> Outcome {
    // Custody ends by this: where the file goes has to be good before.
    if let Some(file) = out.filter(|file| !file.is_dir()) {
        files::is_new(file)?;
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let made = ask(&mut client, common, meant).await;
    client.close().await;
    let made = made?;
    let file: PathBuf = bundle::keep(&made.file, out)?;
    if common.json {
        let (name, code) = (&made.name, &made.code);
        print::json(&json!({ "file": file, "name": name, "code": code, "books": made.books, "changes": made.changes }));
        return Ok(Exit::Done);
    }
    print::out(format!("{} 的账本已写入 Written: {}", made.name, file.display()));
    print::out(format!("打开码(只显示这一次) Code, shown this once: {}", made.code));
    print::note(
        "打开码和文件分开送。从现在起本机不再替它记账;接手以后,私密账本从本机清除。\n\
         以前的备份里还有,本机够不着:请另行销毁。\n\
         Send code and file apart. This computer records nothing for it any more, and forgets its private books once it was\n\
         taken over. Older backups still hold them: destroy those yourself.",
    );
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common, meant: String) -> Result<HandBack, ErrorDto> {
    let (office, rows) = kept(client, common).await?;
    let mut fitting = rows.iter().filter(|row| row.office == meant || row.name == meant);
    let (Some(row), None) = (fitting.next(), fitting.next()) else {
        return Err(ErrorDto::new("custody_none").with("office", meant));
    };
    client.ask("custody.hand_back", Some(&office), &HandBackInput { office: row.office.clone() }).await
}

async fn take_over(common: &Common, file: &Path, code_file: Option<&Path>, holder: String) -> Outcome {
    let base64 = BASE64.encode(&files::read(file, LARGEST)?);
    let code = secret::line(code_file, "打开码 Code: ")?;
    let mut client = Client::reach(common, Books::KeptOrNew).await?;
    let input = TakeOverInput { base64, code: code.to_string(), holder };
    let taken = client.ask::<TakenOver>("custody.take_over", None, &input).await;
    client.close().await;
    let taken = taken?;
    if common.json {
        print::json(&taken);
        return Ok(Exit::Done);
    }
    print::out(format!("已接手 Taken over: {} ({})", taken.name, taken.office));
    print::note(format!(
        "以前由 {} 代录的记录仍标着“代录”。请尽快和上级同步一次。 Records made in custody stay marked. Sync with the superior soon.",
        taken.from
    ));
    Ok(Exit::Done)
}
