//! `ybz ledger`: the ledgers of those below, side by side.

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Page;
use ybz_app::dto::committee::{Matrix, MatrixInput, MergedGroups, MergedGroupsInput, MergedInput, MergedRow};
use ybz_app::dto::snapshot::FileOutput;

use super::super::{Outcome, files};
use super::unit_of;
use crate::args::Common;
use crate::args::desk::{Ledger, Part};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(crate) async fn run(common: &Common, command: Ledger) -> Outcome {
    if let Ledger::Export { xlsx, .. } = &command {
        files::is_new(xlsx)?;
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = with(&mut client, common, command).await;
    client.close().await;
    done
}

async fn with(client: &mut Client, common: &Common, command: Ledger) -> Outcome {
    let office = client.office(common).await?;
    let of = Some(office.id.as_str());
    match command {
        Ledger::Matrix { ledger, year } => {
            let matrix: Matrix = client.ask("matrix", of, &MatrixInput { ledger, year }).await?;
            match common.json {
                true => print::json(&matrix),
                false => print::out(print::desk::matrix(&matrix)),
            }
        }
        Ledger::List { part, sort, limit } => {
            let input = MergedInput { sort, limit, ..input(client, of, part).await? };
            let page: Page<MergedRow> = client.ask("merged.list", of, &input).await?;
            match common.json {
                true => print::json(&page),
                false => print::out(print::desk::merged(&page)),
            }
        }
        Ledger::Groups { part, by } => {
            let asked = input(client, of, part).await?;
            let input = MergedGroupsInput {
                ledger: asked.ledger,
                office: asked.office,
                month: asked.month,
                year: asked.year,
                text: asked.text,
                state: asked.state,
                kind: asked.kind,
                late: None,
                by,
            };
            let groups: MergedGroups = client.ask("merged.groups", of, &input).await?;
            match common.json {
                true => print::json(&groups),
                false => print::out(print::desk::merged_groups(&groups)),
            }
        }
        Ledger::Export { part, xlsx } => {
            let input = input(client, of, part).await?;
            let file: FileOutput = client.ask("merged.export", of, &input).await?;
            let odd = |error| ErrorDto::new("internal").with("what", "base64").with("detail", error);
            let bytes = BASE64.decode(file.base64.as_bytes()).map_err(odd)?;
            files::write_new(&xlsx, &bytes)?;
            match common.json {
                true => print::json(&serde_json::json!({ "file": xlsx, "bytes": bytes.len() })),
                false => print::out(format!("已写入 Written: {} ({} bytes)", xlsx.display(), bytes.len())),
            }
        }
    }
    Ok(Exit::Done)
}

async fn input(client: &mut Client, of: Option<&str>, part: Part) -> Result<MergedInput, ErrorDto> {
    Ok(MergedInput {
        office: unit_of(client, of, part.unit.as_deref()).await?,
        ledger: part.ledger,
        month: part.month,
        year: part.year,
        text: part.text,
        state: part.state,
        kind: part.kind,
        late: None,
        sort: None,
        offset: 0,
        limit: 0,
    })
}
