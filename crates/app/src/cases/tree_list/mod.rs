//! 从名单建树: a whole tree out of a list. What the list leaves open is asked, each at its cell; what is confirmed is made as far
//! as it is made here: bodies in this office's books and those it keeps in custody, villages in custody, invitations for the rest.
//!
//! Bodies of one office are one commit, each village in custody is one, the invitations are all or none. Whatever was made before
//! is found by its name and not made again, so that the same list goes on where it was cut off.

mod place;
mod plan;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::body::{Body, on_day};

use super::bulk::list::{Village, key};
use super::upward::Upward;
use super::{body, bulk, custody};
use crate::ErrorDto;
use crate::cases::org::must_keep;
use crate::cx::{Cx, Edits};
use crate::dto::bulk::BulkOutput;
use crate::dto::tree_list::{TreeListInput, TreeListOutput, TreeListRow};
use crate::error::{Answer, optional};
use crate::import;
use crate::link::bundle::file_bytes;
use place::Above;
use plan::{Action, Host, Known, Plan, Planned, plan};
use read::{Kind, List, Row};

/// Bytes of a list.
const MAX_LIST: usize = 8 * 1024 * 1024;

/// `org.list_preview`
pub(crate) fn preview(cx: &Cx<'_>, input: TreeListInput) -> Answer<TreeListOutput> {
    let (list, mut plan) = read(cx, &input)?;
    there(cx, &list, &mut plan)?;
    Ok(output(cx, &list, plan))
}

/// `org.list_import`: nothing while a question is open.
pub(crate) fn make(cx: &Cx<'_>, input: TreeListInput) -> Answer<TreeListOutput> {
    must_keep(cx)?;
    let phone = optional("phone", &input.phone, 60)?;
    let (list, mut plan) = read(cx, &input)?;
    if plan.unanswered() > 0 {
        return Err(ErrorDto::new("import_unanswered").at("answers").with("count", plan.unanswered()));
    }
    there(cx, &list, &mut plan)?;
    let offices = plan.rows.iter().any(|row| matches!(row.action, Action::Invite | Action::Custody));
    if offices && cx.tree().is_none() {
        return Err(ErrorDto::new("not_joined"));
    }
    bodies(cx, &list, &plan, &Host::Own)?;
    for host in hosts(&plan) {
        bodies(cx, &list, &plan, &host)?;
    }
    for (at, row) in list.rows.iter().enumerate() {
        let Some(planned) = plan.rows.get(at).filter(|planned| planned.action == Action::Custody) else { continue };
        let Some(Kind::Office(kind)) = planned.kind else { continue };
        let superior = cx.office.to_string();
        let made = custody::found(cx.node, row.name.text.clone(), kind, planned.region.clone(), Some(&superior))?;
        let office: OfficeId = made.office.parse().map_err(|_| ErrorDto::internal("custody", &made.office))?;
        bodies_in(&Cx::of(cx.node, office)?, &list, &plan, &Host::Row(at))?;
    }
    let invited = villages(&list, &plan);
    let made = if invited.is_empty() { None } else { Some(bulk::each(cx, invited, false, &phone)?) };
    let out = output(cx, &list, plan);
    Ok(match made {
        Some(BulkOutput { files, packed, addresses, .. }) => TreeListOutput { files, packed, addresses, ..out },
        None => out,
    })
}

fn read(cx: &Cx<'_>, input: &TreeListInput) -> Answer<(List, Plan)> {
    let bytes = file_bytes(&input.file.base64, MAX_LIST)?;
    let list = read::read(&import::read(&input.file.name, &bytes)?)?;
    let plan = plan(&list, &known(cx)?, &input.answers);
    Ok((list, plan))
}

fn known(cx: &Cx<'_>) -> Answer<Known> {
    let here: BTreeSet<OfficeId> = cx.node.offices()?.into_iter().collect();
    let mut names: BTreeMap<String, Vec<OfficeId>> = BTreeMap::new();
    let mut kinds = BTreeMap::new();
    for placed in cx.membership().tree_on(&cx.office, cx.today).into_iter().filter(|placed| placed.parent.is_some()) {
        names.entry(key(&cx.name_of(&placed.office))).or_default().push(placed.office);
        kinds.extend(cx.membership().offices.get(&placed.office).map(|view| (placed.office, view.kind)));
    }
    let below = names.into_iter().filter_map(|(name, of)| match of.as_slice() {
        [only] => Some((name, *only)),
        _ => None,
    });
    let mut children: BTreeMap<String, Vec<(OfficeId, bool)>> = BTreeMap::new();
    for child in cx.children(&cx.office) {
        let custody = here.contains(&child) && Cx::of(cx.node, child)?.in_custody();
        children.entry(key(&cx.name_of(&child))).or_default().push((child, custody));
    }
    // A name that two bear names neither of them.
    let children = children.into_iter().filter_map(|(name, of)| match of.as_slice() {
        [only] => Some((name, *only)),
        _ => None,
    });
    Ok(Known {
        own: key(&cx.office_name()),
        kind: cx.kind(),
        below: below.collect(),
        children: children.collect(),
        open: bulk::open(cx)?.into_keys().collect(),
        kinds,
        today: cx.today,
    })
}

/// Villages in custody in whose books the list writes bodies.
fn hosts(plan: &Plan) -> Vec<Host> {
    let of = plan.rows.iter().filter_map(|row| match &row.action {
        Action::Body(Host::Known(office)) => Some(*office),
        _ => None,
    });
    of.collect::<BTreeSet<OfficeId>>().into_iter().map(Host::Known).collect()
}

/// Bodies that stand in the books already, by name, kind and what they stand below.
fn there(cx: &Cx<'_>, list: &List, plan: &mut Plan) -> Answer<()> {
    for host in std::iter::once(Host::Own).chain(hosts(plan)) {
        let office = match host {
            Host::Known(office) => office,
            _ => cx.office,
        };
        let found = by_name(&Cx::of(cx.node, office)?)?;
        for (at, row) in list.rows.iter().enumerate() {
            let above = plan.rows.get(at).and_then(|planned| body_above(plan, list, planned));
            let Some(planned) = plan.rows.get_mut(at).filter(|planned| planned.action == Action::Body(host.clone()))
            else {
                continue;
            };
            let Some(Kind::Body(kind)) = planned.kind else { continue };
            if found
                .iter()
                .any(|(_, name, of, known)| *name == key(&row.name.text) && *of == Some(kind) && *known == above)
            {
                planned.action = Action::There;
            }
        }
    }
    Ok(())
}

type Found = (RecordId, String, Option<ybz_domain::ledger::desk::body::BodyKind>, Option<String>);

/// Bodies that are there today: id, key of the name, kind, key of the name of the body above.
fn by_name(cx: &Cx<'_>) -> Answer<Vec<Found>> {
    let known = body::known(cx)?;
    let today = cx.today_text();
    let now = |id: &RecordId| {
        let changes = known.changes.get(id).map(Vec::as_slice).unwrap_or_default();
        let body = known.bodies.get(id)?;
        on_day(body, changes, &today).or_else(|| (body.from > today).then(|| body.clone()))
    };
    let above = |body: &Body| body.above.parse().ok().and_then(|above| now(&above)).map(|above| key(&above.name));
    Ok(known
        .bodies
        .keys()
        .filter_map(|id| now(id).map(|body| (*id, key(&body.name), body.kind, above(&body))))
        .collect())
}

/// Key of the name of the body that a row stands below, if it is one.
fn body_above(plan: &Plan, list: &List, planned: &Planned) -> Option<String> {
    let Above::Row(parent) = planned.above else { return None };
    let of = plan.rows.get(parent).filter(|known| matches!(known.kind, Some(Kind::Body(_))))?;
    let _ = of;
    list.rows.get(parent).map(|row| key(&row.name.text))
}

fn bodies(cx: &Cx<'_>, list: &List, plan: &Plan, host: &Host) -> Answer<()> {
    match host {
        Host::Own => bodies_in(cx, list, plan, host),
        Host::Known(office) => bodies_in(&Cx::of(cx.node, *office)?, list, plan, host),
        // It is made when the village is.
        Host::Row(_) => Ok(()),
    }
}

/// Makes the bodies of one office, in one commit.
fn bodies_in(cx: &Cx<'_>, list: &List, plan: &Plan, host: &Host) -> Answer<()> {
    let before = by_name(cx)?;
    let mut ids: BTreeMap<usize, RecordId> = BTreeMap::new();
    for (at, planned) in plan.rows.iter().enumerate() {
        if planned.action == Action::Body(host.clone()) {
            ids.insert(at, cx.new_id());
        } else if planned.action == Action::There
            && let (Some(Kind::Body(kind)), Some(row)) = (planned.kind, list.rows.get(at))
        {
            let above = body_above(plan, list, planned);
            let found = before
                .iter()
                .find(|(_, name, of, known)| *name == key(&row.name.text) && *of == Some(kind) && *known == above);
            ids.extend(found.map(|(id, ..)| (at, *id)));
        }
    }
    let mut edits = Edits::default();
    let mut upward = Upward::load(cx, false)?;
    for (at, planned) in
        plan.rows.iter().enumerate().filter(|(_, planned)| planned.action == Action::Body(host.clone()))
    {
        let (Some(id), Some(row), Some(Kind::Body(kind)), Some(from)) =
            (ids.get(&at), list.rows.get(at), planned.kind, planned.from)
        else {
            continue;
        };
        let above = match planned.above {
            Above::Row(parent) => ids.get(&parent).map(RecordId::to_string).unwrap_or_default(),
            _ => String::new(),
        };
        for unit in &planned.units {
            upward.check("units", unit)?;
        }
        let body = Body {
            name: row.name.text.clone(),
            kind: Some(kind),
            basis: planned.basis.to_owned(),
            above,
            office: String::new(),
            units: planned.units.iter().cloned().collect(),
            from: from.to_string(),
            until: planned.until.map(|until| until.to_string()).unwrap_or_default(),
            decision: String::new(),
            recorded_on: cx.today_text(),
        };
        edits.push(cx.book(BookKind::roster(), cx.today.year()), body.create(*id));
    }
    if edits.parts() == 0 {
        return Ok(());
    }
    cx.commit(edits)
}

fn villages(list: &List, plan: &Plan) -> Vec<Village> {
    let invited = list.rows.iter().zip(&plan.rows).filter(|(_, planned)| planned.action == Action::Invite);
    let village = |(row, planned): (&Row, &Planned)| {
        let Some(Kind::Office(kind)) = planned.kind else { return None };
        let (cell, name, contact) = (row.name.cell.clone(), row.name.text.clone(), row.contact.clone());
        Some(Village { cell, name, kind, contact })
    };
    invited.filter_map(village).collect()
}

fn output(cx: &Cx<'_>, list: &List, plan: Plan) -> TreeListOutput {
    let count = |is: &dyn Fn(&Action) -> bool| {
        u32::try_from(plan.rows.iter().filter(|planned| is(&planned.action)).count()).unwrap_or(u32::MAX)
    };
    let (made, kept, invited) = (
        count(&|action| matches!(action, Action::Body(_))),
        count(&|action| *action == Action::Custody),
        count(&|action| *action == Action::Invite),
    );
    let row = |(row, planned): (&Row, &Planned)| TreeListRow {
        sheet: row.sheet.clone(),
        cell: row.name.cell.clone(),
        name: row.name.text.clone(),
        kind: planned.kind.map_or("", Kind::word).to_owned(),
        body: matches!(planned.kind, Some(Kind::Body(_))),
        kind_from_name: planned.kind_from_name,
        above: match planned.above {
            Above::Own if planned.action == Action::Itself => String::new(),
            Above::Own => cx.office_name(),
            Above::Known(office) => cx.name_of(&office),
            Above::Row(parent) => list.rows.get(parent).map(|row| row.name.text.clone()).unwrap_or_default(),
            Above::Asked | Above::Skipped => String::new(),
        },
        depth: planned.depth,
        action: planned.action.word().to_owned(),
    };
    TreeListOutput {
        rows: list.rows.iter().zip(&plan.rows).map(row).collect(),
        faults: plan.faults,
        questions: plan.questions,
        bodies: made,
        custody: kept,
        invited,
        files: Vec::new(),
        packed: None,
        addresses: Vec::new(),
    }
}
