//! The tree on a day: offices as they stood, and in each the bodies that its books tell of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::member::{MEMBER, Member, MemberKind};
use ybz_domain::office::OfficeKind;
use ybz_domain::rules::Bodies;
use ybz_store::RecordQuery;

use super::{BODY, BODY_CHANGE, BodyKind, Known, day, notes, rules, tree_on};
use crate::cx::Cx;
use crate::dto::body::{BodyTree, BodyTreeInput, TreeLine};
use crate::dto::node::OfficeKindDto;
use crate::error::Answer;

/// Levels at most.
const MAX_DEPTH: u32 = 64;

struct Look<'a, 'b> {
    cx: &'a Cx<'b>,
    rules: Bodies,
    on: Date,
    bodies: BTreeMap<OfficeId, Known>,
    /// Full members by office, where they were counted and a roster is here.
    full: BTreeMap<OfficeId, usize>,
    seen: BTreeSet<OfficeId>,
    lines: Vec<TreeLine>,
}

/// `body.tree`
pub(crate) fn tree(cx: &Cx<'_>, input: BodyTreeInput) -> Answer<BodyTree> {
    let on = match input.on.trim() {
        "" => cx.today,
        text => day(cx, "on", text)?,
    };
    let (bodies, full) = (bodies(cx)?, if input.sizes { full_members(cx, on)? } else { BTreeMap::new() });
    let (seen, lines) = (BTreeSet::new(), Vec::new());
    let mut look = Look { cx, rules: rules()?, on, bodies, full, seen, lines };
    look.office(cx.office, 0)?;
    Ok(BodyTree { on: on.to_string(), past: on < cx.today, lines: look.lines })
}

/// What the rosters here tell of bodies, by the office that keeps them.
fn bodies(cx: &Cx<'_>) -> Answer<BTreeMap<OfficeId, Known>> {
    let mut out: BTreeMap<OfficeId, Known> = BTreeMap::new();
    for rtype in [BODY, BODY_CHANGE] {
        let query = RecordQuery {
            rtype: Some(rtype.to_owned()),
            book_kind: Some(BookKind::roster()),
            ..RecordQuery::default()
        };
        for stored in cx.query(&query)?.1 {
            if stored.book.writer() == stored.book.office {
                out.entry(stored.book.office).or_default().add(&stored);
            }
        }
    }
    Ok(out)
}

fn full_members(cx: &Cx<'_>, on: Date) -> Answer<BTreeMap<OfficeId, usize>> {
    let query =
        RecordQuery { rtype: Some(MEMBER.to_owned()), book_kind: Some(BookKind::roster()), ..RecordQuery::default() };
    let on = on.to_string();
    let mut out: BTreeMap<OfficeId, usize> = BTreeMap::new();
    for stored in cx.query(&query)?.1 {
        let Some(member) = Member::read(&stored.view).filter(|_| stored.book.writer() == stored.book.office) else {
            continue;
        };
        let counts = member.kind == MemberKind::Full && member.merged_into.is_empty() && member.belongs_on(&on);
        *out.entry(stored.book.office).or_default() += usize::from(counts);
    }
    Ok(out)
}

impl Look<'_, '_> {
    fn office(&mut self, office: OfficeId, depth: u32) -> Answer<()> {
        let membership = self.cx.membership();
        let Some(view) = membership.offices.get(&office) else { return Ok(()) };
        let here = depth == 0 || membership.was_there(&office, self.on);
        if !here || depth > MAX_DEPTH || !self.seen.insert(office) {
            return Ok(());
        }
        let full = self.full.get(&office).copied().filter(|_| view.kind == OfficeKind::Branch);
        let size = full.and_then(|full| notes::of_size(&self.rules, full));
        self.lines.push(TreeLine {
            id: office.to_string(),
            depth,
            name: view.name.clone(),
            office_kind: Some(OfficeKindDto::from(view.kind)),
            body_kind: None,
            office: office.to_string(),
            basis: String::new(),
            units: Vec::new(),
            from: view.course.since.map(|since| since.to_string()),
            until: view.course.closed.map(|closed| closed.on.to_string()),
            full_members: full.map(|full| u32::try_from(full).unwrap_or(u32::MAX)),
            notes: size.into_iter().collect(),
        });
        self.bodies_of(office, depth)?;
        for child in self.cx.children_on(&office, self.on) {
            self.office(child, depth + 1)?;
        }
        Ok(())
    }

    fn bodies_of(&mut self, office: OfficeId, depth: u32) -> Answer<()> {
        let Some(known) = self.bodies.get(&office) else { return Ok(()) };
        for (id, below, body) in tree_on(&known.bodies, &known.changes, &self.on.to_string()) {
            let below = u32::try_from(below).unwrap_or(u32::MAX);
            self.lines.push(TreeLine {
                id: id.to_string(),
                depth: depth.saturating_add(1).saturating_add(below),
                notes: notes::of_body(self.cx, &self.rules, &body)?,
                name: body.name,
                office_kind: None,
                body_kind: Some(body.kind.map_or("", BodyKind::as_str).to_owned()),
                office: office.to_string(),
                basis: body.basis,
                units: body.units.into_iter().collect(),
                from: Some(body.from),
                until: Some(body.until).filter(|until| !until.is_empty()),
                full_members: None,
            });
        }
        Ok(())
    }
}
