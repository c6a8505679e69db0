//! Sealed values side by side: compared by what they hold, since equal words look different sealed, and chosen by their
//! ciphertext, so that nothing is sealed anew and who wrote it stays plain.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use ybz_domain::book::{FieldView, SeenValue, Value};
use ybz_domain::id_number::masked;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::MEMBER_PRIVATE;
use ybz_domain::ledger::visit::SEALED;

use crate::cases::{care, history};
use crate::cx::{Cx, Stored};
use crate::dto::history::OpenedPart;
use crate::error::Answer;
use crate::node::store_error;

/// Values of a record that are read to find out whom it was ever about.
const VALUES: usize = 500;

/// One of the concurrent sealed values.
pub(super) struct Side<'a> {
    pub(super) seen: &'a SeenValue,
    /// Stands for the value in `conflict.settle`.
    pub(super) token: String,
    /// Under whose key it opened, and what it holds; none: its key is not here.
    pub(super) opened: Option<(RecordId, Json)>,
}

/// The values of a sealed field as they open here.
pub(super) fn sides<'a>(cx: &Cx<'_>, stored: &'a Stored, field: &'a FieldView) -> Answer<Vec<Side<'a>>> {
    let mut sides = open_all(cx, stored, field, &named(stored));
    if sides.iter().any(|side| side.opened.is_none()) {
        // It may be sealed for somebody whom no value names any more.
        let found = cx.node.store.history(&stored.book.id(), &stored.view.id, VALUES).map_err(store_error)?;
        let ever = found.map(|found| history::subjects(&stored.view.id, &found.values)).unwrap_or_default();
        sides = open_all(cx, stored, field, &ever);
        // Once somebody whom the record was about is erased, what opens nowhere is no more: nobody could ever choose it, and it would
        // stand in the way of what opens.
        let erased = cx.erased()?;
        if ever.iter().any(|subject| erased.contains_key(subject)) {
            sides.retain(|side| side.opened.is_some());
        }
    }
    Ok(sides)
}

fn open_all<'a>(cx: &Cx<'_>, stored: &Stored, field: &'a FieldView, subjects: &[RecordId]) -> Vec<Side<'a>> {
    let side = |seen: &'a SeenValue| {
        let Value::Bytes(bytes) = &seen.value else {
            return Side { seen, token: String::new(), opened: None };
        };
        let opened = history::plain(cx, &stored.book, &stored.view.id, SEALED, subjects, bytes);
        Side { seen, token: blake3::hash(bytes).to_hex().to_string(), opened }
    };
    field.values.iter().map(side).collect()
}

/// Whom the record is about, by every value that stands.
fn named(stored: &Stored) -> Vec<RecordId> {
    let values = stored.view.fields.get("subject").into_iter().flat_map(|field| &field.values);
    let named = values.filter_map(|seen| seen.value.as_str()?.parse().ok());
    named.chain([stored.view.id]).collect()
}

/// Whether somebody has to choose between sealed values: not where all hold the same about the same, nor where what was sealed
/// is erased and opens nowhere.
pub(super) fn waits(cx: &Cx<'_>, stored: &Stored) -> Answer<bool> {
    let Some(field) = stored.view.fields.get(SEALED).filter(|field| field.conflicted()) else { return Ok(false) };
    let sides = sides(cx, stored, field)?;
    Ok(!sides.is_empty() && differ(&sides))
}

fn differ(sides: &[Side<'_>]) -> bool {
    let mut all = sides.iter().map(|side| side.opened.as_ref());
    let first = all.next().flatten();
    first.is_none() || all.any(|one| one != first)
}

/// What each value holds, in the order of the sides, with the names of those whom it names.
pub(super) fn told(cx: &Cx<'_>, stored: &Stored, sides: &[Side<'_>]) -> Answer<Vec<Vec<OpenedPart>>> {
    let subjects: Vec<RecordId> = sides.iter().filter_map(|side| Some(side.opened.as_ref()?.0)).collect();
    let moved = subjects.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
    let mut told = Vec::new();
    for side in sides {
        let mut parts = Vec::new();
        if let Some((subject, plain)) = &side.opened {
            if moved && let Some(about) = care::subject(cx, &subject.to_string())? {
                parts.push(OpenedPart { name: "subject".to_owned(), value: about.name });
            }
            for mut part in history::parts(plain) {
                if part.value.parse::<RecordId>().is_ok() {
                    let Some(about) = care::subject(cx, &part.value)? else { continue };
                    part.value = about.name;
                }
                parts.push(part);
            }
        }
        told.push(parts);
    }
    if stored.view.rtype == MEMBER_PRIVATE {
        mask_alike(&mut told);
    }
    Ok(told)
}

/// Numbers and phones of a member where all values agree: there is nothing to see for whoever chooses.
fn mask_alike(told: &mut [Vec<OpenedPart>]) {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in told.iter().flatten() {
        known.entry(part.name.clone()).or_default().push(part.value.clone());
    }
    let sides = told.len();
    let alike = |name: &str| {
        known.get(name).is_some_and(|all| all.len() == sides && all.iter().all(|one| Some(one) == all.first()))
    };
    for part in told.iter_mut().flatten().filter(|part| alike(&part.name)) {
        part.value = masked(&part.value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, value: &str) -> OpenedPart {
        OpenedPart { name: name.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn a_members_number_is_shown_only_where_the_values_differ_in_it() {
        let number = "11010519491231002X";
        let mut told = vec![
            vec![part("id_number", number), part("phone", "13800000000")],
            vec![part("id_number", number), part("phone", "13900000000")],
        ];
        mask_alike(&mut told);
        let values: Vec<Vec<&str>> =
            told.iter().map(|parts| parts.iter().map(|one| one.value.as_str()).collect()).collect();
        assert_eq!(values, [["1****************X", "13800000000"], ["1****************X", "13900000000"]]);
        let mut told = vec![vec![part("id_number", number)], vec![]];
        mask_alike(&mut told);
        assert_eq!(told[0][0].value, number, "one that only one value has is a difference");
    }
}
