//! 常用分组: groups of offices below that are addressed together; the office's own working papers.

use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::units::{MAX_UNITS, UNIT_GROUP, UnitGroup};

use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Saved;
use crate::dto::sent::{UnitGroupInput, UnitGroupRow, UnitName};
use crate::error::{Answer, required};
use crate::natural;

/// `dispatch.groups`: by name, each with its offices in tree order.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<UnitGroupRow>> {
    let below = cx.children(&cx.office);
    let mut rows: Vec<UnitGroupRow> = cx
        .records(UNIT_GROUP, None)?
        .iter()
        .filter_map(|stored| Some((stored.view.id, UnitGroup::read(&stored.view)?)))
        .map(|(id, group)| row(cx, id, &group, &below))
        .collect();
    rows.sort_by_cached_key(|row| (natural::key(&row.name), row.id.clone()));
    Ok(rows)
}

fn row(cx: &Cx<'_>, id: RecordId, group: &UnitGroup, below: &[OfficeId]) -> UnitGroupRow {
    let here: Vec<UnitName> = below
        .iter()
        .filter(|office| group.units.contains(office))
        .map(|office| UnitName { id: office.to_string(), name: cx.name_of(office) })
        .collect();
    let gone = group.units.len().saturating_sub(here.len());
    UnitGroupRow {
        id: id.to_string(),
        name: group.title.clone(),
        units: here,
        gone: u32::try_from(gone).unwrap_or(u32::MAX),
    }
}

/// `dispatch.group_save`
pub(crate) fn save(cx: &Cx<'_>, input: UnitGroupInput) -> Answer<Saved> {
    if input.units.is_empty() {
        return Err(ErrorDto::new("required").at("units"));
    }
    if input.units.len() > MAX_UNITS {
        return Err(ErrorDto::new("too_many").at("units").with("max", MAX_UNITS));
    }
    let below = cx.membership().children(&cx.office);
    let mut group =
        UnitGroup { title: required("name", &input.name, 60)?, recorded_on: cx.today_text(), ..UnitGroup::default() };
    for (n, id) in input.units.iter().enumerate() {
        let office = id.parse().ok().filter(|office| below.contains(office));
        group.units.insert(office.ok_or_else(|| ErrorDto::new("office_unknown").at(&format!("units.{n}")))?);
    }
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, UNIT_GROUP)?;
            let before = UnitGroup::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
            for op in group.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::desk(), cx.today.year()), group.create(id));
            id
        }
    };
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
