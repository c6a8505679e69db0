//! Mapping columns once: what is remembered about a sheet, and how it is found again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::layout::{Layout, layout};
use super::sheet::Sheet;
use super::words;
use crate::dto::import::{ImportKind, ImportMapping};

/// A mapping by titles, so that it fits next year's sheet with another number of columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RememberedMapping {
    /// What the sheet holds.
    pub kind: ImportKind,
    /// Title to field; titles without a field were left out on purpose.
    pub fields: BTreeMap<String, Option<String>>,
}

/// A title without what changes from year to year.
fn lasting(title: &str) -> String {
    let title = words::normal(title);
    let chars: Vec<char> = title.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let year = chars.get(at..at + 4).is_some_and(|four| {
            four.iter().all(char::is_ascii_digit) && matches!(four, ['1', '9', ..] | ['2', '0', ..])
        });
        if year {
            at += 4;
            at += usize::from(matches!(chars.get(at), Some('年' | '.' | '-' | '/')));
        } else {
            out.push(*c);
            at += 1;
        }
    }
    out
}

fn key(parts: &[String]) -> String {
    parts.iter().map(|part| lasting(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// Fingerprint of a sheet's header: the same for last year's and this year's sheet of one form. It covers the titles
/// that any ledger knows and, when those are few, all titles; members' and sessions' columns of a roll call are left out.
#[must_use]
pub(crate) fn header_fingerprint(sheet: &Sheet) -> String {
    let Some(layout) = layout(sheet, None) else { return String::new() };
    let mut titles: Vec<String> = layout
        .columns
        .iter()
        .filter(|column| !layout.fields.get(&column.index).is_some_and(|field| field.repeats()))
        .map(|column| key(&column.parts))
        .filter(|title| !title.is_empty())
        .collect();
    titles.sort();
    titles.dedup();
    // FNV-1a with two starts: a short name for the titles, not a seal.
    let mut halves = [0xcbf2_9ce4_8422_2325u64, 0x9ae1_6a3b_2f90_404fu64];
    for byte in titles.join("\n").bytes() {
        for half in &mut halves {
            *half = (*half ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    halves.iter().map(|half| format!("{half:016x}")).collect()
}

/// What to remember of the user's choice for a sheet.
#[must_use]
pub(crate) fn remember(sheet: &Sheet, mapping: &ImportMapping) -> RememberedMapping {
    let mut fields = BTreeMap::new();
    if let Some(layout) = layout(sheet, Some(mapping.kind)) {
        for column in &layout.columns {
            let field = u32::try_from(column.index).ok().and_then(|index| mapping.columns.get(&index)).cloned();
            let repeats = field.as_deref().and_then(Field::parse).is_some_and(Field::repeats);
            let title = key(&column.parts);
            if !repeats && !title.is_empty() {
                fields.insert(title, field);
            }
        }
    }
    RememberedMapping { kind: mapping.kind, fields }
}

/// Fields by column for a sheet: as remembered, and where nothing is remembered as guessed.
#[must_use]
pub(crate) fn recall(layout: &Layout, remembered: &RememberedMapping) -> BTreeMap<usize, Field> {
    let mut fields: BTreeMap<usize, Field> = BTreeMap::new();
    for column in &layout.columns {
        let field = match remembered.fields.get(&key(&column.parts)) {
            Some(choice) => choice.as_deref().and_then(Field::parse),
            None => layout.fields.get(&column.index).copied(),
        };
        if let Some(field) = field
            && (field.repeats() || !fields.values().any(|taken| *taken == field))
        {
            fields.insert(column.index, field);
        }
    }
    fields
}

/// The mapping that a sheet starts with: remembered, else guessed; `None` when its kind is neither said nor clear. What is
/// remembered is of the kind that was said, if one was.
#[must_use]
pub(crate) fn propose(
    sheet: &Sheet,
    said: Option<ImportKind>,
    remembered: Option<&RememberedMapping>,
) -> Option<ImportMapping> {
    let layout = layout(sheet, said.or(remembered.map(|remembered| remembered.kind)))?;
    let kind = layout.kind?;
    let fields = remembered.map_or_else(|| layout.fields.clone(), |remembered| recall(&layout, remembered));
    let columns =
        fields.iter().filter_map(|(index, field)| Some((u32::try_from(*index).ok()?, field.code()))).collect();
    Some(ImportMapping { sheet: sheet.name.clone(), kind, year: layout.year, columns })
}
