//! Which records name which: what goes along when one is deleted, and what stops it.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{RecordView, is_deleted, plain_type};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::deletion::{loose, rule_of};
use ybz_domain::ledger::visit::KEPT_CONCERN;

use crate::cases::concern::handed_id;
use crate::cx::{Cx, Stored};
use crate::error::Answer;

/// From this many records on, all records are read once instead of being asked for by each id.
const MANY: usize = 8;

/// What deleting some records means for others.
#[derive(Default)]
pub(crate) struct Closure {
    /// The records, and what goes along with them.
    pub(crate) set: BTreeMap<RecordId, Stored>,
    /// Records that name one of the set and stop it.
    pub(crate) stops: Vec<Stored>,
}

/// Records of this office that name one of these without being loose about it, each with those that it names.
fn naming(cx: &Cx<'_>, ids: &BTreeSet<RecordId>) -> Answer<Vec<(Stored, Vec<RecordId>)>> {
    let found = match ids.len() {
        0..MANY => {
            let mut found: BTreeMap<RecordId, Stored> = BTreeMap::new();
            for id in ids {
                found.extend(cx.naming(id)?.into_iter().map(|stored| (stored.view.id, stored)));
            }
            found.into_values().collect()
        }
        _ => cx.everything()?,
    };
    let named = found.into_iter().map(|stored| {
        let all = names(&stored.view, true);
        let these: Vec<RecordId> = all.into_iter().filter(|id| ids.contains(id) && *id != stored.view.id).collect();
        (stored, these)
    });
    Ok(named.filter(|(_, these)| !these.is_empty()).collect())
}

/// Ids that stand in a record: under a key such as `mark/<member>`, or in a value, alone or among others. With `strict` those
/// in fields that are loose about it do not count.
pub(crate) fn names(view: &RecordView, strict: bool) -> BTreeSet<RecordId> {
    let mut out = BTreeSet::new();
    let rtype = plain_type(&view.rtype);
    for (name, field) in view.fields.iter().filter(|(name, _)| !strict || !loose(rtype, name)) {
        let values = field.values.iter().filter_map(|seen| seen.value.as_str());
        for text in values.chain(name.split_once('/').map(|(_, key)| key)) {
            out.extend(text.split(|c: char| !c.is_ascii_hexdigit()).filter_map(|part| part.parse::<RecordId>().ok()));
        }
    }
    out
}

/// The records and what goes along with them by the rules of their types.
pub(crate) fn closure(cx: &Cx<'_>, roots: Vec<Stored>) -> Answer<Closure> {
    // Whoever is at the screen: what a profile does not see goes along, or stops it, all the same.
    let cx = &cx.unlimited();
    let mut out = Closure::default();
    let mut new: BTreeSet<RecordId> = roots.iter().map(|stored| stored.view.id).collect();
    out.set.extend(roots.into_iter().map(|stored| (stored.view.id, stored)));
    let mut stops: BTreeMap<RecordId, Stored> = BTreeMap::new();
    while !new.is_empty() {
        let found = naming(cx, &new)?;
        let mut next = BTreeSet::new();
        for (stored, these) in found {
            let along = these.iter().any(|id| {
                let rule = out.set.get(id).map(|one| rule_of(plain_type(&one.view.rtype)));
                rule.is_some_and(|rule| rule.deletion.along().contains(&stored.view.rtype.as_str()))
            });
            let id = stored.view.id;
            if out.set.contains_key(&id) {
                continue;
            }
            match along {
                true => {
                    next.insert(id);
                    stops.remove(&id);
                    out.set.insert(id, stored);
                }
                false => {
                    stops.insert(id, stored);
                }
            }
        }
        new = next;
    }
    // A concern that was handed in is bound to the kept one by its id alone.
    let kept = out.set.values().filter(|one| one.view.rtype == KEPT_CONCERN).map(|one| handed_id(&one.view.id));
    for id in kept.filter(|id| !out.set.contains_key(id)).collect::<Vec<_>>() {
        stops.extend(cx.find(&id.to_string())?.map(|stored| (id, stored)));
    }
    out.stops = stops.into_values().collect();
    Ok(out)
}

/// Records that these name, that are deleted, and that are not among them: without those they would stand on nothing.
pub(crate) fn missing(cx: &Cx<'_>, back: &BTreeMap<RecordId, Stored>) -> Answer<Option<Stored>> {
    let cx = &cx.unlimited();
    for stored in back.values() {
        for id in names(&stored.view, true).into_iter().filter(|id| !back.contains_key(id)) {
            let found = cx.find_any(&id.to_string())?;
            if let Some(gone) = found.filter(|one| is_deleted(&one.view.rtype)) {
                return Ok(Some(gone));
            }
        }
    }
    Ok(None)
}
