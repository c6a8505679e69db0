//! `ybz sheet`: what is handed in, as text or as a workbook.

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::sheet::{Sheet, SheetInput, SheetKind};
use ybz_app::dto::snapshot::FileOutput;

use super::{Outcome, files};
use crate::args::Common;
use crate::args::sheet::Sheet as Args;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, args: Args) -> Outcome {
    if let Some(file) = &args.xlsx {
        files::is_new(file)?;
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = with(&mut client, common, args).await;
    client.close().await;
    done
}

async fn with(client: &mut Client, common: &Common, args: Args) -> Outcome {
    let office = client.office(common).await?;
    let office = Some(office.id.as_str());
    let Some(kind) = args.kind else {
        let kinds: Vec<SheetKind> = client.ask("sheet.list", office, &Nothing {}).await?;
        if common.json {
            print::json(&kinds)
        } else {
            print::out(print::sheet::kinds(&kinds))
        }
        return Ok(Exit::Done);
    };
    let input = SheetInput {
        kind,
        year: args.year,
        from_month: args.month.map(|(from, _)| from),
        to_month: args.month.map(|(_, to)| to),
        record: args.record,
        limit: None,
    };
    let Some(out) = args.xlsx else {
        let sheet: Sheet = client.ask("sheet.get", office, &input).await?;
        if common.json {
            print::json(&sheet)
        } else {
            print::out(print::sheet::sheet(&sheet))
        }
        return Ok(Exit::Done);
    };
    let file: FileOutput = client.ask("sheet.export", office, &input).await?;
    let bytes = BASE64.decode(file.base64.as_bytes());
    let bytes = bytes.map_err(|error| ErrorDto::new("internal").with("what", "base64").with("detail", error))?;
    files::write_new(&out, &bytes)?;
    if common.json {
        print::json(&serde_json::json!({ "file": out, "bytes": bytes.len() }));
    } else {
        print::out(format!("已写入 Written: {} ({} bytes)", out.display(), bytes.len()));
    }
    Ok(Exit::Done)
}
