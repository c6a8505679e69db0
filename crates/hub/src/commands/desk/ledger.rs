//! `ybz ledger`: the ledgers of those below, side by side.

use data_encoding::BASE64;
use serde_json::json;
use ybz_app::ErrorDto;
use ybz_app::dto::Page;
use ybz_app::dto::committee::{Matrix, MatrixInput, MergedGroups, MergedGroupsInput, MergedInput, MergedRow};
use ybz_app::dto::snapshot::FileOutput;

use super::super::line::Line;
use super::super::{Outcome, files};
use super::unit_of;
use crate::args::Common;
use crate::args::desk::{Ledger, Part};
use crate::print::desk as shown;

pub(crate) async fn run(common: &Common, command: Ledger) -> Outcome {
    if let Ledger::Export { xlsx, .. } = &command {
        files::is_new(xlsx)?;
    }
    let mut line = Line::open(common).await?;
    let done = ask(&mut line, command).await;
    line.end(done).await
}

async fn ask(line: &mut Line, command: Ledger) -> Result<(), ErrorDto> {
    match command {
        Ledger::Matrix { ledger, year } => {
            let matrix: Matrix = line.ask("matrix", &MatrixInput { ledger, year }).await?;
            line.tell(&matrix, shown::matrix);
        }
        Ledger::List { part, sort, limit } => {
            let input = MergedInput { sort, limit, ..input(line, part).await? };
            let page: Page<MergedRow> = line.ask("merged.list", &input).await?;
            line.tell(&page, shown::merged);
        }
        Ledger::Groups { part, by } => {
            let asked = input(line, part).await?;
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
            let groups: MergedGroups = line.ask("merged.groups", &input).await?;
            line.tell(&groups, shown::merged_groups);
        }
        Ledger::Export { part, xlsx } => {
            let input = input(line, part).await?;
            let file: FileOutput = line.ask("merged.export", &input).await?;
            let odd = |error| ErrorDto::new("internal").with("what", "base64").with("detail", error);
            let bytes = BASE64.decode(file.base64.as_bytes()).map_err(odd)?;
            files::write_new(&xlsx, &bytes)?;
            line.tell(&json!({ "file": xlsx, "bytes": bytes.len() }), |_| {
                format!("已写入 Written: {} ({} bytes)", xlsx.display(), bytes.len())
            });
        }
    }
    Ok(())
}

async fn input(line: &mut Line, part: Part) -> Result<MergedInput, ErrorDto> {
    Ok(MergedInput {
        office: unit_of(line, part.unit.as_deref()).await?,
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
