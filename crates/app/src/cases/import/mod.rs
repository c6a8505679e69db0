//! 导入: what the import engine planned becomes records.

mod batch;
mod progress;
mod recorded;
mod writer;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::import::{
    ImportFile, ImportInspection, ImportMapping, ImportPreview, ImportRequest, ImportResult, ImportStage, InspectInput,
};
use crate::error::Answer;
use crate::import::plan::Plan;
use crate::import::sheet::Workbook;
use crate::import::{self, RememberedMapping, header_fingerprint, plan, read, remember};
use crate::node::store_error;

pub(crate) use progress::{cancel, progress};

use progress::Watched;

/// Two clicks on one button must not plan against the same books.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn open(file: &ImportFile) -> Answer<Workbook> {
    let bytes = data_encoding::BASE64
        .decode(file.base64.trim().as_bytes())
        .map_err(|_| ErrorDto::new("file_unreadable").at("file"))?;
    Ok(read(&file.name, &bytes)?)
}

fn remembered(cx: &Cx<'_>, workbook: &Workbook) -> Answer<BTreeMap<String, RememberedMapping>> {
    let mut out = BTreeMap::new();
    for fingerprint in workbook.sheets.iter().map(header_fingerprint).filter(|fingerprint| !fingerprint.is_empty()) {
        let kept = cx.node.store.mapping(&fingerprint).map_err(store_error)?;
        if let Some(mapping) = kept.and_then(|json| serde_json::from_str(&json).ok()) {
            out.insert(fingerprint, mapping);
        }
    }
    Ok(out)
}

/// `import.inspect`: sheets, columns, and what they seem to be; for a kind that the user said, the columns of that kind.
pub(crate) fn inspect(cx: &Cx<'_>, input: InspectInput) -> Answer<ImportInspection> {
    let workbook = open(&ImportFile { name: input.name, base64: input.base64 })?;
    Ok(import::inspect(&workbook, &remembered(cx, &workbook)?, &input.kinds))
}

fn planned(cx: &Cx<'_>, workbook: &Workbook, input: &ImportRequest) -> Answer<Plan> {
    let known = recorded::known(cx, &input.mappings)?;
    Ok(plan(&known, workbook, &input.mappings, &input.answers, cx.today))
}

/// `import.preview`: what would happen; nothing is written.
pub(crate) fn preview(cx: &Cx<'_>, input: ImportRequest) -> Answer<ImportPreview> {
    let watched = Watched::begin(input.token.as_deref())?;
    let workbook = open(&input.file)?;
    watched.stage(ImportStage::Comparing, 0)?;
    let plan = planned(cx, &workbook, &input)?;
    watched.step()?;
    Ok(ImportPreview::from(&plan))
}

/// `import.commit`: writes what was previewed, as one user action.
pub(crate) fn commit(cx: &Cx<'_>, input: ImportRequest) -> Answer<ImportResult> {
    let watched = Watched::begin(input.token.as_deref())?;
    let workbook = open(&input.file)?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    watched.stage(ImportStage::Comparing, 0)?;
    let plan = planned(cx, &workbook, &input)?;
    if !plan.is_answered() {
        return Err(ErrorDto::new("import_unanswered").at("answers").with("count", plan.questions.len()));
    }
    if !plan.is_empty() {
        writer::write(cx, &plan, &watched)?;
    }
    for mapping in &input.mappings {
        keep(cx, &workbook, mapping);
    }
    Ok(ImportResult {
        new_rows: plan.new_rows,
        changed_rows: plan.changed_rows,
        same_rows: plan.same_rows,
        skipped_rows: plan.skipped_rows,
    })
}

/// Remembers how a sheet was read. The records stand already, so a failure here fails nothing.
fn keep(cx: &Cx<'_>, workbook: &Workbook, mapping: &ImportMapping) {
    let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == mapping.sheet) else { return };
    let fingerprint = header_fingerprint(sheet);
    if fingerprint.is_empty() {
        return;
    }
    if let Ok(json) = serde_json::to_string(&remember(sheet, mapping))
        && cx.node.store.put_mapping(&fingerprint, &json).is_err()
    {
        tracing::warn!("the mapping of a sheet was not kept");
    }
}
