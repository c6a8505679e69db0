//! 上级模板: forms of higher bodies are kept on this machine with what was pointed at in them, and filled from the books.

use serde::{Deserialize, Serialize};

use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::fill::{
    FillAddInput, FillAdded, FillField, FillGrid, FillGridInput, FillMakeInput, FillMapInput, FillMapped, FillOutput,
    FillPlace, FillPreview, FillTemplate,
};
use crate::dto::sheet::{Sheet, SheetInput};
use crate::dto::snapshot::FileOutput;
use crate::dto::{IdInput, Nothing};
use crate::error::{Answer, required};
use crate::fill::{self, FILE_BYTES, Filled, Template};
use crate::import::archive;
use crate::node::store_error;
use crate::sheet;

/// Forms of an office.
const TEMPLATES: usize = 40;
/// Bytes of all of them.
const ALL_BYTES: u64 = 32 * 1024 * 1024;
/// Parts that are looked at for what there is to point at.
const LOOKED_AT: u32 = 50;

/// What is kept beside the bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    name: String,
    kind: String,
    file: String,
    bytes: u32,
    added_on: String,
    places: Vec<FillPlace>,
}

impl Kept {
    fn row(&self, id: &str) -> FillTemplate {
        FillTemplate {
            id: id.to_owned(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            file: self.file.clone(),
            bytes: self.bytes,
            added_on: self.added_on.clone(),
            places: u32::try_from(self.places.len()).unwrap_or(u32::MAX),
        }
    }

    /// `xlsx`, or `xlsm` for a form that brings its own commands.
    fn ending(&self) -> &'static str {
        if self.file.to_ascii_lowercase().ends_with(".xlsm") { "xlsm" } else { "xlsx" }
    }

    fn json(&self) -> Answer<String> {
        serde_json::to_string(self).map_err(|error| ErrorDto::internal("template", &error))
    }
}

fn prefix(cx: &Cx<'_>) -> String {
    format!("fill/{}/", cx.office)
}

fn row_name(cx: &Cx<'_>, id: &str) -> String {
    format!("{}{id}", prefix(cx))
}

/// The bytes stand apart, so that a list need not read them.
fn file_name(cx: &Cx<'_>, id: &str) -> String {
    format!("file/{}/{id}", cx.office)
}

fn all(cx: &Cx<'_>) -> Answer<Vec<(String, Kept)>> {
    let prefix = prefix(cx);
    let rows = cx.node.store.mappings_under(&prefix).map_err(store_error)?;
    let read = |(name, json): (String, String)| {
        Some((name.strip_prefix(&prefix)?.to_owned(), serde_json::from_str(&json).ok()?))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

fn not_found(id: &str) -> ErrorDto {
    ErrorDto::new("not_found").at("id").with("id", id)
}

fn kept(cx: &Cx<'_>, id: &str) -> Answer<Kept> {
    let json = cx.node.store.mapping(&row_name(cx, id)).map_err(store_error)?;
    json.and_then(|json| serde_json::from_str(&json).ok()).ok_or_else(|| not_found(id))
}

fn opened(cx: &Cx<'_>, id: &str) -> Answer<Template> {
    let text = cx.node.store.mapping(&file_name(cx, id)).map_err(store_error)?.ok_or_else(|| not_found(id))?;
    Template::open(decoded(&text)?)
}

fn decoded(base64: &str) -> Answer<Vec<u8>> {
    let text = base64.trim();
    // Four letters for three bytes: what is too large is not unpacked to find that out.
    if text.len() / 4 > FILE_BYTES / 3 + 1 {
        return Err(ErrorDto::new("template_too_large").at("file").with("what", "bytes").with("max", FILE_BYTES));
    }
    data_encoding::BASE64.decode(text.as_bytes()).map_err(|_| ErrorDto::new("file_unreadable").at("file"))
}

/// `fill.list`: by name.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<FillTemplate>> {
    let mut rows: Vec<FillTemplate> = all(cx)?.iter().map(|(id, kept)| kept.row(id)).collect();
    rows.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(rows)
}

/// `fill.add`: a new form, or a new version of one, which takes over what was pointed at.
pub(crate) fn add(cx: &Cx<'_>, input: FillAddInput) -> Answer<FillAdded> {
    let name = required("name", &input.name, 60)?;
    sheet_kind(cx, &input.kind)?;
    let bytes = decoded(&input.file.base64)?;
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let template = Template::open(bytes)?;
    let before = all(cx)?;
    let (id, places, lost) = match &input.replaces {
        Some(id) => {
            let former = kept(cx, id)?;
            let (places, lost) = template.carry(&opened(cx, id)?, &former.places);
            (id.clone(), places, lost)
        }
        None => (cx.new_id().to_string(), Vec::new(), Vec::new()),
    };
    let others = || before.iter().filter(|(other, _)| *other != id);
    if others().count() >= TEMPLATES {
        return Err(ErrorDto::new("too_many").at("file").with("max", TEMPLATES));
    }
    if others().map(|(_, kept)| u64::from(kept.bytes)).sum::<u64>() + u64::from(size) > ALL_BYTES {
        return Err(ErrorDto::new("templates_too_large").at("file").with("max_mib", ALL_BYTES >> 20));
    }
    let places = if places.is_empty() { places } else { template.map(&places)?.places };
    let carried = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let file = input.file.name.chars().filter(|c| !c.is_control()).take(200).collect();
    let kept = Kept { name, kind: input.kind, file, bytes: size, added_on: cx.today_text(), places };
    let rows = [(row_name(cx, &id), kept.json()?), (file_name(cx, &id), input.file.base64.trim().to_owned())];
    cx.node.store.put_mappings(&rows, &[]).map_err(store_error)?;
    Ok(FillAdded { id, carried, lost })
}

/// The kind is one that this office has and the profile sees.
fn sheet_kind(cx: &Cx<'_>, kind: &str) -> Answer<()> {
    let known = sheet::kinds(cx)?.iter().any(|one| one.kind == kind);
    if known { Ok(()) } else { Err(ErrorDto::new("sheet_unknown").at("kind").with("kind", kind)) }
}

/// What the sheet can give: of this year, else of the one before, where January has nothing yet.
fn fields(cx: &Cx<'_>, kind: &str) -> Answer<Vec<FillField>> {
    let year = i32::from(cx.today.year());
    let of = |year: i32| -> Answer<Vec<FillField>> {
        let input =
            SheetInput { kind: kind.to_owned(), year: Some(year), limit: Some(LOOKED_AT), ..SheetInput::default() };
        Ok(fill::fields(&sheet::make(cx, &input)?))
    };
    let own = |fields: &[FillField]| fields.iter().any(|field| field.group != "head");
    let now = of(year)?;
    if own(&now) {
        return Ok(now);
    }
    let before = of(year - 1)?;
    Ok(if own(&before) { before } else { now })
}

/// `fill.grid`: the form as a table to point at, with what there is to point at.
pub(crate) fn grid(cx: &Cx<'_>, input: FillGridInput) -> Answer<FillGrid> {
    let kept = kept(cx, &input.id)?;
    let fields = fields(cx, &kept.kind)?;
    opened(cx, &input.id)?.grid(kept.row(&input.id), input.sheet.as_deref(), kept.places, fields)
}

/// `fill.map`
pub(crate) fn map(cx: &Cx<'_>, input: FillMapInput) -> Answer<FillMapped> {
    let kept = kept(cx, &input.id)?;
    let mapped = opened(cx, &input.id)?.map(&input.places)?;
    let json = Kept { places: mapped.places.clone(), ..kept }.json()?;
    cx.node.store.put_mappings(&[(row_name(cx, &input.id), json)], &[]).map_err(store_error)?;
    Ok(mapped)
}

/// `fill.remove`
pub(crate) fn remove(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    kept(cx, &input.id)?;
    cx.node.store.put_mappings(&[], &[row_name(cx, &input.id), file_name(cx, &input.id)]).map_err(store_error)?;
    Ok(Nothing {})
}

fn made(cx: &Cx<'_>, kept: &Kept, input: &SheetInput) -> Answer<Sheet> {
    sheet::make(cx, &SheetInput { kind: kept.kind.clone(), limit: None, ..input.clone() })
}

/// The form's name and the period. Neither a record nor a person is in the name: it ends up in lists of files.
fn stem(kept: &Kept, sheet: &Sheet, input: &SheetInput) -> String {
    let year =
        input.year.map_or_else(|| sheet.made_on.get(..4).unwrap_or_default().to_owned(), |year| year.to_string());
    let months = match (input.from_month, input.to_month) {
        (None, None) => String::new(),
        (from, to) => {
            let (from, to) = (from.unwrap_or(1), to.unwrap_or(12));
            if from == to { format!("-{from:02}") } else { format!("-{from:02}至{to:02}") }
        }
    };
    let plain: String = kept.name.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).collect();
    format!("{}-{year}{months}", plain.trim())
}

/// `fill.preview`
pub(crate) fn preview(cx: &Cx<'_>, input: FillMakeInput) -> Answer<FillPreview> {
    let kept = kept(cx, &input.id)?;
    let sheet = made(cx, &kept, &input.sheet)?;
    let stem = stem(&kept, &sheet, &input.sheet);
    opened(cx, &input.id)?.preview(&kept.places, &sheet, &stem, kept.ending(), input.look)
}

/// `fill.make`: the workbooks. The local log learns of the kind and how many they are.
pub(crate) fn make(cx: &Cx<'_>, input: FillMakeInput) -> Answer<FillOutput> {
    let kept = kept(cx, &input.id)?;
    let sheet = made(cx, &kept, &input.sheet)?;
    let stem = stem(&kept, &sheet, &input.sheet);
    let filled = opened(cx, &input.id)?.fill(&kept.places, &sheet, &stem, kept.ending())?;
    let workbooks = u32::try_from(filled.len()).unwrap_or(u32::MAX);
    cx.note("template_filled", &[("kind", kept.kind.clone()), ("count", workbooks.to_string())])?;
    let file = |name: String, bytes: &[u8]| FileOutput { name, base64: data_encoding::BASE64.encode(bytes) };
    let files = match filled.len() {
        2.. if input.packed => {
            let parts = filled.into_iter().map(|Filled { name, bytes }| (name, bytes)).collect();
            vec![file(format!("{stem}.zip"), &archive::pack(&parts))]
        }
        _ => filled.into_iter().map(|Filled { name, bytes }| file(name, &bytes)).collect(),
    };
    Ok(FillOutput { files, workbooks })
}
