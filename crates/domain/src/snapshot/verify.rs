//! Verifying a snapshot offline, with nothing but the tree id; or with what its reader knows of the tree besides.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::ids::{DeviceId, OfficeId, TreeId};
use crate::sign::Signed;
use crate::snapshot::sheet::{FactSheet, Input, Snapshot, digest, totals};
use crate::snapshot::{ATOM_FLOOR, find_metric};
use crate::trust::{Charter, Entry, Link, Membership, Withheld, check_charters};

/// One check and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `committee_signature`, `charter`, `committee_certificate`, `digest`, `branch_signature`, `branch_certificate`,
    /// `atoms`, `totals`, `missing_listed`; when something is wrong also `missing_office` and `issuer_forked`.
    pub code: &'static str,
    /// What it is about.
    pub subject: String,
    /// Result.
    pub ok: bool,
}

/// What a reader holds of the tree itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Held<'a> {
    /// Charters.
    pub charters: &'a [Signed<Charter>],
    /// Entries of issuance logs.
    pub entries: &'a [Signed<Entry>],
    /// Links of entries that are not told here.
    pub links: &'a [Link],
}

/// Runs every check. A snapshot is good only when all findings are.
pub fn verify(signed: &Signed<Snapshot>, tree: &TreeId) -> Vec<Finding> {
    verify_knowing(signed, tree, Held::default())
}

/// The same, by what the snapshot carries and what its reader holds together: a removal, a later charter or an adoption
/// that the snapshot leaves out still counts.
pub fn verify_knowing(signed: &Signed<Snapshot>, tree: &TreeId, held: Held<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |code: &'static str, subject: &str, ok: bool| {
        findings.push(Finding { code, subject: subject.to_owned(), ok });
    };
    let opened = signed.open();
    note("committee_signature", &signed.signer.to_string(), opened.is_ok());
    let Ok(snapshot) = opened else { return findings };
    let charter = check_charters(&snapshot.charters, tree).is_ok() && snapshot.tree == *tree;
    note("charter", &tree.to_string(), charter);
    let charters: Vec<Signed<Charter>> = snapshot.charters.iter().chain(held.charters).cloned().collect();
    let entries: Vec<Signed<Entry>> = snapshot.entries.iter().chain(held.entries).cloned().collect();
    let links: Vec<Link> =
        snapshot.withheld.iter().flat_map(Withheld::links).chain(held.links.iter().cloned()).collect();
    let membership = Membership::build(Some(*tree), &charters, &[], &entries, &links);
    let writes = |office: &OfficeId, device: &DeviceId| {
        membership
            .certificate(office, device)
            .is_some_and(|certificate| certificate.removed.is_none() && certificate.role.writes())
    };
    let committee = membership.joined(&snapshot.office) && writes(&snapshot.office, &signed.signer);
    note("committee_certificate", &snapshot.name, committee);
    // An order that came later does not make a snapshot false: the tree counts as it was at the end of what it is about.
    let day = snapshot.made_on.min(Date::constant(snapshot.year.clamp(1900, 2200), 12, 31));
    // On the day of an order itself the committee may not have heard of it yet.
    let eve = day.yesterday().unwrap_or(day);
    let mut sheets: Vec<FactSheet> = Vec::new();
    let mut listed: BTreeSet<OfficeId> = BTreeSet::new();
    let mut twice = false;
    for input in &snapshot.inputs {
        match input {
            Input::Included { name, sheet } => {
                let opened = sheet.open();
                note("branch_signature", name, opened.is_ok());
                let Ok(content) = opened else { continue };
                // A committee never reports on itself, and a sheet stands under its branch's own name.
                let below = content.office != snapshot.office
                    && [day, eve].iter().any(|day| membership.was_above(&snapshot.office, &content.office, *day))
                    && membership.offices.get(&content.office).is_some_and(|view| view.name == *name);
                let certified = below && writes(&content.office, &sheet.signer) && content.tree == *tree;
                note("branch_certificate", name, certified && content.year == snapshot.year);
                note("atoms", name, atoms_hold(&content));
                twice |= !listed.insert(content.office);
                sheets.push(content);
            }
            Input::Missing { office, .. } => {
                if let Some(office) = office {
                    twice |= !listed.insert(*office);
                }
            }
        }
    }
    let all = digest(tree, &snapshot.office, snapshot.year, &sheets, &snapshot.inputs) == snapshot.digest;
    note("digest", &data_encoding::HEXLOWER.encode(&snapshot.digest), all);
    note("totals", &snapshot.name, totals(&sheets) == snapshot.rows);
    // An office that came below the committee on the day of the snapshot or after is none that it left out.
    let told = Membership::build(Some(*tree), &snapshot.charters, &[], &snapshot.entries, &links);
    let due = |office: &OfficeId| {
        let adoption = |of: &Membership| of.offices.get(office).and_then(|view| view.adoption.clone());
        adoption(&told).is_some() || adoption(&membership).is_some_and(|known| known.valid_from < snapshot.made_on)
    };
    let unlisted: Vec<OfficeId> = below(&membership, &snapshot.office, day)
        .into_iter()
        .filter(|office| !listed.contains(office) && due(office) && membership.was_above(&snapshot.office, office, eve))
        .collect();
    note("missing_listed", &snapshot.name, unlisted.is_empty() && !twice);
    for office in unlisted {
        let name = membership.offices.get(&office).map(|view| view.name.as_str()).unwrap_or_default();
        note("missing_office", name, false);
    }
    // A removed one's entries stand up to the last that its removal names, whatever else it signed.
    let concerned = |issuer: &DeviceId| {
        membership.offices.iter().any(|(office, view)| {
            (membership.is_above(office, &snapshot.office) || membership.is_above(&snapshot.office, office))
                && view
                    .devices
                    .get(issuer)
                    .is_some_and(|certificate| certificate.role.issues() && certificate.removed.is_none())
        })
    };
    for issuer in membership.forked.iter().filter(|issuer| concerned(issuer)) {
        note("issuer_forked", &issuer.to_string(), false);
    }
    findings
}

/// Every office below another on a day, through general branches.
fn below(membership: &Membership, office: &OfficeId, day: Date) -> Vec<OfficeId> {
    let mut out = Vec::new();
    let mut open = membership.children_on(office, day);
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(membership.children_on(&next, day));
            out.push(next);
        }
    }
    out.sort();
    out
}

/// Counts about residents must be published atoms, and every metric a known one.
fn atoms_hold(sheet: &FactSheet) -> bool {
    sheet.rows.is_sorted()
        && sheet.rows.iter().all(|row| match find_metric(&row.metric) {
            Some(metric) if metric.residents => {
                [row.numerator, row.denominator].into_iter().flatten().all(|cell| cell >= ATOM_FLOOR && cell % 5 == 0)
            }
            Some(_) => true,
            None => false,
        })
}
