//! `ybz import`: inspect, map by default, preview, commit.

use std::path::Path;

use data_encoding::BASE64;
use serde_json::json;
use ybz_app::ErrorDto;
use ybz_app::dto::import::{
    ImportFile, ImportInspection, ImportKind, ImportMapping, ImportPreview, ImportQuestion, ImportRequest,
    ImportResult, ImportSheet, InspectInput,
};

use super::{Outcome, files};
use crate::args::{Common, Import};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a sheet: as base64 it fits into one call.
const LARGEST: u64 = 45 * 1024 * 1024;
/// The answer that leaves a row out.
const SKIP: &str = "skip";

pub(super) async fn run(common: &Common, import: Import) -> Outcome {
    let file = ImportFile { name: name(&import.file), base64: BASE64.encode(&files::read(&import.file, LARGEST)?) };
    let mut client = Client::reach(common, Books::Kept).await?;
    let outcome = with_books(&mut client, common, import, file).await;
    client.close().await;
    outcome
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

async fn with_books(client: &mut Client, common: &Common, import: Import, file: ImportFile) -> Outcome {
    let office = client.office(common).await?.id;
    let office = Some(office.as_str());
    let found = inspect(client, office, &file, import.kind.map(Into::into)).await?;
    let mappings = map(&found.sheets, import.kind.map(Into::into), import.year);
    if mappings.is_empty() {
        let sheets = found.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、");
        return Err(ErrorDto::new("sheet_kind_unknown").with("file", file.name).with("sheets", sheets));
    }
    let mut request = ImportRequest { file, mappings, answers: import.answer.into_iter().collect(), token: None };
    let preview: ImportPreview = client.ask("import.preview", office, &request).await?;
    if !common.json {
        print::out(print::import::preview(&request.mappings, &preview));
    }
    if import.dry_run {
        if common.json {
            let mappings = request.mappings;
            print::json(&json!({ "mappings": mappings, "preview": preview, "skipped": [], "result": null }));
        } else {
            print::out("只预览,没有写入。 Preview only, nothing was written.");
        }
        return Ok(Exit::Done);
    }
    let skipped = skip(client, office, &mut request, &preview).await?;
    let result: ImportResult = client.ask("import.commit", office, &request).await?;
    if common.json {
        let mappings = request.mappings;
        print::json(&json!({ "mappings": mappings, "preview": preview, "skipped": skipped, "result": result }));
    } else {
        print::out(print::import::result(&result, skipped.len()));
    }
    Ok(Exit::Done)
}

/// What is in the file. When no sheet looks like the kind that is asked for, all of them are read as that kind.
async fn inspect(
    client: &mut Client,
    office: Option<&str>,
    file: &ImportFile,
    kind: Option<ImportKind>,
) -> Result<ImportInspection, ErrorDto> {
    let mut input =
        InspectInput { name: file.name.clone(), base64: file.base64.clone(), kinds: std::collections::BTreeMap::new() };
    let found: ImportInspection = client.ask("import.inspect", office, &input).await?;
    match kind {
        Some(kind) if found.sheets.iter().all(|sheet| sheet.kind != Some(kind)) => {
            input.kinds = found.sheets.into_iter().map(|sheet| (sheet.name, kind)).collect();
            client.ask("import.inspect", office, &input).await
        }
        _ => Ok(found),
    }
}

/// Answers open questions by leaving their rows out, where the question offers that, and names them. What remains open
/// keeps the file from being written.
async fn skip(
    client: &mut Client,
    office: Option<&str>,
    request: &mut ImportRequest,
    first: &ImportPreview,
) -> Result<Vec<String>, ErrorDto> {
    let mut skipped = Vec::new();
    let mut open = skippable(first);
    // A row that is left out may raise a question about another one; each round leaves out at least one row.
    while !open.is_empty() {
        for id in open {
            request.answers.insert(id.clone(), SKIP.to_owned());
            skipped.push(id);
        }
        let next: ImportPreview = client.ask("import.preview", office, &request).await?;
        open = skippable(&next);
        open.retain(|id| !request.answers.contains_key(id));
    }
    Ok(skipped)
}

fn skippable(preview: &ImportPreview) -> Vec<String> {
    let offers = |question: &&ImportQuestion| question.options.iter().any(|option| option.value == SKIP);
    preview.questions.iter().filter(offers).map(|question| question.id.clone()).collect()
}

/// The mapping that the headers suggest. A kind that is asked for picks its sheets; when none looks like it, all of them
/// were read as that kind, and the preview says what does not fit.
fn map(sheets: &[ImportSheet], kind: Option<ImportKind>, year: Option<i16>) -> Vec<ImportMapping> {
    let of = |sheet: &ImportSheet, kind: ImportKind| ImportMapping {
        sheet: sheet.name.clone(),
        kind,
        year,
        columns: sheet.columns.iter().filter_map(|column| Some((column.index, column.field.clone()?))).collect(),
    };
    let fitting: Vec<_> = sheets
        .iter()
        .filter_map(|sheet| Some((sheet, sheet.kind?)))
        .filter(|(_, found)| kind.is_none_or(|kind| kind == *found))
        .map(|(sheet, kind)| of(sheet, kind))
        .collect();
    match kind {
        // A sheet without any header tells nothing either way.
        Some(kind) if fitting.is_empty() => sheets.iter().map(|sheet| of(sheet, kind)).collect(),
        _ => fitting,
    }
}

#[cfg(test)]
mod tests {
    use ybz_app::dto::import::ImportColumn;

    use super::*;

    fn sheet(name: &str, kind: Option<ImportKind>) -> ImportSheet {
        let column = |index, field: Option<&str>| ImportColumn {
            index,
            letter: String::new(),
            title: String::new(),
            field: field.map(str::to_owned),
            samples: Vec::new(),
        };
        ImportSheet {
            name: name.to_owned(),
            kind,
            header_row: 1,
            header_rows: 1,
            form: false,
            year: None,
            rows: 1,
            columns: vec![column(0, Some("name")), column(1, None)],
            remembered: false,
            fields: Vec::new(),
        }
    }

    #[test]
    fn sheets_are_taken_for_what_their_headers_say() {
        let sheets =
            [sheet("名册", Some(ImportKind::Roster)), sheet("说明", None), sheet("党费", Some(ImportKind::Dues))];
        let all = map(&sheets, None, Some(2026));
        assert_eq!(all.iter().map(|mapping| mapping.sheet.as_str()).collect::<Vec<_>>(), ["名册", "党费"]);
        assert_eq!((all[0].year, all[0].columns.len()), (Some(2026), 1), "a column without a field is left out");
        let dues = map(&sheets, Some(ImportKind::Dues), None);
        assert_eq!(dues.len(), 1);
        let forced = map(&sheets[1..2], Some(ImportKind::Visits), None);
        assert_eq!(forced[0].kind, ImportKind::Visits, "the person knows better");
        assert!(map(&sheets[1..2], None, None).is_empty());
    }
}
