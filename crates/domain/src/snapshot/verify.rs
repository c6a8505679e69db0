//! Verifying a snapshot offline, with nothing but the tree id.

use std::collections::BTreeSet;

use crate::ids::{DeviceId, OfficeId, TreeId};
use crate::sign::Signed;
use crate::snapshot::sheet::{FactSheet, Input, Snapshot, digest, totals};
use crate::snapshot::{ATOM_FLOOR, find_metric};
use crate::trust::{Membership, Role, check_charters};

/// One check and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `committee_signature`, `charter`, `committee_certificate`, `digest`, `branch_signature`, `branch_certificate`,
    /// `atoms`, `totals`, `missing_listed`.
    pub code: &'static str,
    /// What it is about.
    pub subject: String,
    /// Result.
    pub ok: bool,
}

/// Runs every check. A snapshot is good only when all findings are.
pub fn verify(signed: &Signed<Snapshot>, tree: &TreeId) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |code: &'static str, subject: &str, ok: bool| {
        findings.push(Finding { code, subject: subject.to_owned(), ok });
    };
    let opened = signed.open();
    note("committee_signature", &signed.signer.to_string(), opened.is_ok());
    let Ok(snapshot) = opened else { return findings };
    let charter = check_charters(&snapshot.charters, tree).is_ok() && snapshot.tree == *tree;
    note("charter", &tree.to_string(), charter);
    let membership = Membership::build(Some(*tree), &snapshot.charters, &[], &snapshot.entries);
    let writes = |office: &OfficeId, device: &DeviceId| {
        membership
            .certificate(office, device)
            .is_some_and(|certificate| certificate.removed.is_none() && certificate.role >= Role::Clerk)
    };
    let committee = membership.joined(&snapshot.office) && writes(&snapshot.office, &signed.signer);
    note("committee_certificate", &snapshot.name, committee);
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
                    && membership.is_above(&snapshot.office, &content.office)
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
    let unlisted = membership.children(&snapshot.office).iter().any(|child| !listed.contains(child));
    note("missing_listed", &snapshot.name, !unlisted && !twice);
    findings
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
