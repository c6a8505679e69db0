//! One person entered twice, by two devices or an import: proposed, never merged by itself. A merge marks one record and
//! moves nothing, so that it can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, Member};

use super::private::id_numbers;
use super::row;
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::member_file::{DuplicateRow, PairInput};
use crate::dto::{IdInput, Nothing};
use crate::error::Answer;
pub(crate) use ybz_domain::pinyin::sound;

/// Pairs shown at most; the rest comes once these are settled.
const SHOWN: usize = 100;
/// So many of one sound are no longer compared with one another.
const GROUP: usize = 20;

/// Two months of birth that may be one: the same, or one of them unknown.
fn may_agree(a: &Member, b: &Member) -> bool {
    a.birth_month.is_empty() || b.birth_month.is_empty() || a.birth_month == b.birth_month
}

/// `member.duplicates`
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<DuplicateRow>> {
    let today = cx.today_text();
    let all: Vec<(RecordId, Member, bool)> =
        cx.roster()?.into_iter().filter(|(_, member, _)| member.belongs_on(&today)).collect();
    let apart: BTreeSet<(RecordId, RecordId)> = cx
        .records(MEMBER, None)?
        .iter()
        .flat_map(|stored| {
            let others = stored.view.below("distinct/").filter(|(_, f)| f.shown() == Some(&Value::Bool(true)));
            let ids = others.filter_map(|(other, _)| other.parse::<RecordId>().ok());
            ids.map(|other| pair(stored.view.id, other)).collect::<Vec<_>>()
        })
        .collect();
    let numbers = id_numbers(cx)?;
    let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (place, (id, member, _)) in all.iter().enumerate() {
        groups.entry(("pinyin", sound(&member.name))).or_default().push(place);
        if let Some(number) = numbers.get(id) {
            groups.entry(("id_number", number.clone())).or_default().push(place);
        }
    }
    let mut pairs: BTreeMap<(RecordId, RecordId), BTreeSet<&str>> = BTreeMap::new();
    for ((why, _), places) in groups {
        for (at, a) in places.iter().enumerate().take(GROUP) {
            for b in places.iter().skip(at + 1).take(GROUP) {
                let (Some((a, one, _)), Some((b, other, _))) = (all.get(*a), all.get(*b)) else { continue };
                let reason = match why {
                    "pinyin" if !may_agree(one, other) => continue,
                    "pinyin" if super::same_name(&one.name, &other.name) => "name",
                    // Names that only sound alike are common: the month of birth has to speak for it.
                    "pinyin" if one.birth_month.is_empty() || one.birth_month != other.birth_month => continue,
                    why => why,
                };
                if !apart.contains(&pair(*a, *b)) {
                    pairs.entry(pair(*a, *b)).or_default().insert(reason);
                }
            }
        }
    }
    let find = |id: &RecordId| all.iter().find(|(other, ..)| other == id).cloned().map(|(id, m, c)| row(id, m, c));
    let rows = pairs.into_iter().take(SHOWN).filter_map(|((first, second), reasons)| {
        let reasons = reasons.into_iter().map(str::to_owned).collect();
        Some(DuplicateRow { first: find(&first)?, second: find(&second)?, reasons })
    });
    Ok(rows.collect())
}

fn pair(a: RecordId, b: RecordId) -> (RecordId, RecordId) {
    (a.min(b), a.max(b))
}

fn set(cx: &Cx<'_>, id: &str, field: String, value: Value) -> Answer<Nothing> {
    let stored = cx.own_record(id, MEMBER)?;
    let mut edits = Edits::default();
    edits.push(stored.book, RecordOp::Set { id: stored.view.id, field, value });
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `member.merge`: `id` stands for nobody from here on, `other` for both.
pub(crate) fn merge(cx: &Cx<'_>, input: PairInput) -> Answer<Nothing> {
    let other = cx.own_record(&input.other, MEMBER)?.view.id.to_string();
    let merged = cx.merged()?;
    let into = merged.get(&other).unwrap_or(&other).clone();
    if into == input.id || merged.contains_key(&input.id) {
        return Err(ErrorDto::new("already_merged").at("other"));
    }
    set(cx, &input.id, "merged_into".to_owned(), into.into())
}

/// `member.unmerge`
pub(crate) fn unmerge(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    set(cx, &input.id, "merged_into".to_owned(), "".into())
}

/// `member.keep_apart`: two persons; they are proposed no more.
pub(crate) fn keep_apart(cx: &Cx<'_>, input: PairInput) -> Answer<Nothing> {
    let other = cx.own_record(&input.other, MEMBER)?.view.id;
    set(cx, &input.id, format!("distinct/{other}"), Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_are_found_and_others_are_not() {
        assert_eq!(sound("张林"), sound("章 琳"));
        assert_eq!(sound("张森"), sound("臧森"));
        assert_ne!(sound("张林"), sound("王林"));
    }
}
