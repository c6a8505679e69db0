//! `ybz fill`: forms of higher bodies.

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::fill::{
    FillAddInput, FillAdded, FillGrid, FillGridInput, FillMakeInput, FillMapInput, FillMapped, FillOutput, FillPlace,
    FillPreview, FillTemplate,
};
use ybz_app::dto::import::ImportFile;
use ybz_app::dto::sheet::SheetInput;
use ybz_app::dto::{IdInput, Nothing};

use super::{Outcome, files};
use crate::args::Common;
use crate::args::fill::Fill;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;
use crate::print::fill as shown;

/// Bytes of a form, above what the node takes.
const LARGEST: u64 = 8 * 1024 * 1024;

pub(super) async fn run(common: &Common, command: Fill) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let outcome = with_books(&mut client, common, command).await;
    client.close().await;
    outcome
}

async fn with_books(client: &mut Client, common: &Common, command: Fill) -> Outcome {
    let office = client.office(common).await?.id;
    let office = Some(office.as_str());
    match command {
        Fill::List => {
            let rows: Vec<FillTemplate> = client.ask("fill.list", office, &Nothing {}).await?;
            say(common, &rows, || shown::list(&rows));
        }
        Fill::Add { file, kind, name, replace } => {
            let former = match replace {
                Some(form) => Some(find(client, office, &form).await?),
                None => None,
            };
            let file_name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let input = FillAddInput {
                name: name.or_else(|| former.as_ref().map(|former| former.name.clone())).unwrap_or(stem),
                kind: kind.or_else(|| former.as_ref().map(|former| former.kind.clone())).unwrap_or_default(),
                file: ImportFile { name: file_name, base64: BASE64.encode(&files::read(&file, LARGEST)?) },
                replaces: former.map(|former| former.id),
            };
            let added: FillAdded = client.ask("fill.add", office, &input).await?;
            say(common, &added, || shown::added(&added));
        }
        Fill::Show { form, sheet } => {
            let id = find(client, office, &form).await?.id;
            let grid: FillGrid = client.ask("fill.grid", office, &FillGridInput { id, sheet }).await?;
            say(common, &grid, || shown::grid(&grid));
        }
        Fill::Map { form, places, drop, suggested } => {
            let id = find(client, office, &form).await?.id;
            let grid: FillGrid =
                client.ask("fill.grid", office, &FillGridInput { id: id.clone(), sheet: None }).await?;
            let mut all = grid.places;
            all.retain(|place| !drop.contains(&place.key));
            for (key, sheet, cell, last_row) in places {
                all.retain(|place| place.key != key);
                all.push(FillPlace { key, sheet, cell, last_row });
            }
            if suggested {
                let known: Vec<String> = all.iter().map(|place| place.key.clone()).collect();
                all.extend(grid.suggestions.into_iter().filter(|place| !known.contains(&place.key)));
            }
            let mapped: FillMapped = client.ask("fill.map", office, &FillMapInput { id, places: all }).await?;
            say(common, &mapped, || shown::mapped(&mapped));
        }
        Fill::Make { form, year, month, record, out, dry_run } => {
            let id = find(client, office, &form).await?.id;
            let sheet = SheetInput { year, from_month: month, to_month: month, record, ..SheetInput::default() };
            let input = FillMakeInput { id, sheet, packed: false, look: 0 };
            let preview: FillPreview = client.ask("fill.preview", office, &input).await?;
            if dry_run {
                say(common, &preview, || shown::preview(&preview));
                return Ok(Exit::Done);
            }
            let output: FillOutput = client.ask("fill.make", office, &input).await?;
            let written = write(&out.unwrap_or_default(), output)?;
            say(common, &serde_json::json!({ "files": written, "tables": preview.tables }), || {
                format!("{}{}", shown::room(&preview), shown::written(&written))
            });
        }
        Fill::Remove { form } => {
            let id = find(client, office, &form).await?.id;
            client.ask::<Nothing>("fill.remove", office, &IdInput { id: id.clone() }).await?;
            say(common, &serde_json::json!({ "removed": id }), || "已删除 Removed".to_owned());
        }
    }
    Ok(Exit::Done)
}

fn say<T: serde::Serialize>(common: &Common, value: &T, words: impl FnOnce() -> String) {
    if common.json { print::json(value) } else { print::out(words()) }
}

/// The form of this id or name; of several with one name none is meant.
async fn find(client: &mut Client, office: Option<&str>, form: &str) -> Result<FillTemplate, ErrorDto> {
    let rows: Vec<FillTemplate> = client.ask("fill.list", office, &Nothing {}).await?;
    let mut found = rows.into_iter().filter(|row| row.id == form || row.name == form);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(ErrorDto::new("template_ambiguous").with("name", form)),
        (None, _) => Err(ErrorDto::new("not_found").at("id").with("id", form)),
    }
}

fn write(folder: &Path, output: FillOutput) -> Result<Vec<PathBuf>, ErrorDto> {
    let mut written = Vec::new();
    let paths: Vec<(PathBuf, String)> = output
        .files
        .into_iter()
        .map(|file| {
            // The suggested name is a name, never a way to another folder.
            let name = Path::new(&file.name).file_name().unwrap_or(std::ffi::OsStr::new("form.xlsx"));
            (folder.join(name), file.base64)
        })
        .collect();
    // Either all of them are new, or none is written.
    for (path, _) in &paths {
        files::is_new(path)?;
    }
    for (path, base64) in paths {
        let bytes = BASE64.decode(base64.as_bytes());
        let bytes = bytes.map_err(|error| ErrorDto::new("internal").with("what", "base64").with("detail", error))?;
        files::write_new(&path, &bytes)?;
        written.push(path);
    }
    Ok(written)
}
