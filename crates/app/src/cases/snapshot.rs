//! 汇总: fact sheets made at the branch, snapshots made at the committee, checked at the department.

mod sheet;

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::ids::{OfficeId, TreeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::snapshot::{
    Cause, FactRow, FactSheet, Finding, Held, Input, Snapshot, digest, find_metric, publish_atom, totals,
    verify as check, verify_knowing,
};
use ybz_store::ConcernDay;

use crate::ErrorDto;
use crate::cases::alike::Overlay;
use crate::cases::{concern, org, transfer};
use crate::cx::{Carrier, Cx};
use crate::dto::IdInput;
use crate::dto::snapshot::{
    Check, ConcernsOnce, SnapshotCard, SnapshotInput, SnapshotPreviewInput, SnapshotRow, SnapshotView, VerifyInput,
    VerifyReport,
};
use crate::error::Answer;
use crate::node::store_error;

#[cfg(test)]
pub(crate) use sheet::lacks_links;
use sheet::signs_for;
pub(crate) use sheet::{refresh_sheet, replaces};

/// Kind of carrier that holds a branch's fact sheet; a period is a year.
pub(crate) const FACT_SHEET: &str = "fact-sheet";
/// Kind of carrier that holds a snapshot.
pub(crate) const SNAPSHOT: &str = "snapshot";
/// A snapshot file is at most this large.
const MAX_FILE: usize = 16 * 1024 * 1024;

fn encode<T>(signed: &Signed<T>) -> Answer<Vec<u8>> {
    postcard::to_stdvec(signed).map_err(|error| ErrorDto::internal("snapshot", &error))
}

fn decode<T>(bytes: &[u8]) -> Answer<Signed<T>> {
    postcard::from_bytes(bytes).map_err(|_| garbled())
}

fn garbled() -> ErrorDto {
    ErrorDto::new("file_unreadable").with("what", "snapshot")
}

/// Reads a signed snapshot's bytes.
pub(crate) fn read(bytes: &[u8]) -> Answer<Signed<Snapshot>> {
    if bytes.len() > MAX_FILE {
        return Err(ErrorDto::new("file_too_large").with("max", MAX_FILE));
    }
    decode(bytes)
}

/// Builds the snapshot of a year from the sheets held; not signed yet.
fn draft(cx: &Cx<'_>, year: i16) -> Answer<Snapshot> {
    if cx.kind() != OfficeKind::Committee {
        return Err(ErrorDto::new("not_allowed").with("kind", cx.kind().as_str()));
    }
    let tree = cx.tree().ok_or_else(|| ErrorDto::new("not_joined"))?;
    let mut inputs = Vec::new();
    let mut sheets = Vec::new();
    for node in org::tree_on(cx, cx.end_of(year))?.into_iter().filter(|node| node.depth > 0) {
        let name = node.name;
        let Some(office) = node.id.as_deref().and_then(|id| id.parse::<OfficeId>().ok()) else {
            inputs.push(Input::Missing { name, office: None, cause: Cause::NeverJoined, last: None });
            continue;
        };
        let sheet = cx.carrier(FACT_SHEET, &office, &year.to_string())?.and_then(|carrier| {
            let signed: Signed<FactSheet> = decode(&carrier.bytes).ok()?;
            let sheet = signed.open().ok()?;
            signs_for(cx.membership(), &office, &signed.signer).then_some((signed, sheet))
        });
        match sheet {
            Some((signed, sheet)) => {
                sheets.push(sheet);
                inputs.push(Input::Included { name, sheet: signed });
            }
            None => {
                let last = cx.last_received(&office)?;
                let cause = if last.is_some() { Cause::Stale } else { Cause::NeverSynced };
                inputs.push(Input::Missing { name, office: Some(office), cause, last });
            }
        }
    }
    let signers = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Included { sheet, .. } => Some(sheet.signer),
            Input::Missing { .. } => None,
        })
        .collect();
    let (charters, entries, withheld) = cx.proof_below(&signers)?;
    Ok(Snapshot {
        tree,
        office: cx.office,
        name: cx.office_name(),
        year,
        made_on: cx.today,
        rules: cx.rules().version.clone(),
        rows: totals(&sheets),
        digest: digest(&tree, &cx.office, year, &sheets, &inputs),
        inputs,
        charters,
        entries,
        withheld,
    })
}

fn year_of(cx: &Cx<'_>, input: &SnapshotPreviewInput) -> i16 {
    input.year.unwrap_or_else(|| cx.today.year())
}

/// `snapshot.preview` (将要上报)
pub(crate) fn preview(cx: &Cx<'_>, input: SnapshotPreviewInput) -> Answer<SnapshotView> {
    let snapshot = draft(cx, year_of(cx, &input))?;
    let faults = faults(cx, &snapshot);
    Ok(view(cx, &snapshot, None, None, faults))
}

/// Faults stop signing; missing villages are none.
fn faults(cx: &Cx<'_>, snapshot: &Snapshot) -> Vec<String> {
    let signed = Signed::sign(&cx.device(), snapshot);
    check(&signed, &snapshot.tree).into_iter().filter(|finding| !finding.ok).map(|f| f.code.to_owned()).collect()
}

/// `snapshot.make` (签名并上报)
pub(crate) fn make(cx: &Cx<'_>, input: SnapshotPreviewInput) -> Answer<SnapshotView> {
    cx.must_write()?;
    let snapshot = draft(cx, year_of(cx, &input))?;
    let faults = faults(cx, &snapshot);
    if let Some(first) = faults.first() {
        return Err(ErrorDto::new("snapshot_fault").with("fault", first));
    }
    let signed = Signed::sign(&cx.device(), &snapshot);
    let period = snapshot.year.to_string();
    cx.put_carrier(carrier_of(SNAPSHOT, cx.office, &period, encode(&signed)?, cx.today))?;
    Ok(view(cx, &snapshot, Some(id_of(&signed)), Some(signed.signer.to_string()), Vec::new()))
}

fn id_of(signed: &Signed<Snapshot>) -> String {
    data_encoding::HEXLOWER.encode(&signed.hash())
}

fn view(
    cx: &Cx<'_>,
    snapshot: &Snapshot,
    id: Option<String>,
    signed_by: Option<String>,
    faults: Vec<String>,
) -> SnapshotView {
    let mut inputs = Vec::new();
    let mut sources: BTreeMap<(String, Option<u8>), u32> = BTreeMap::new();
    for input in &snapshot.inputs {
        match input {
            Input::Included { name, sheet } => {
                let Ok(sheet) = sheet.peek() else { continue };
                for row in sheet.rows.iter().filter(|row| row.numerator.is_some()) {
                    *sources.entry((row.metric.clone(), row.month)).or_default() += 1;
                }
                inputs.push(SnapshotInput {
                    office: Some(sheet.office.to_string()),
                    name: name.clone(),
                    cause: None,
                    as_of: Some(sheet.as_of.to_string()),
                    heads: Some(data_encoding::HEXLOWER.encode(&sheet.heads_digest())),
                });
            }
            Input::Missing { name, office, cause, last } => inputs.push(SnapshotInput {
                office: office.map(|office| office.to_string()),
                name: name.clone(),
                cause: Some(cause_code(*cause).to_owned()),
                as_of: last.map(|last: Date| last.to_string()),
                heads: None,
            }),
        }
    }
    let previous = previous_rows(cx, snapshot, id.as_deref());
    let rows = snapshot.rows.iter().map(|row| row_view(snapshot.year, row, &sources, &previous)).collect();
    let included = snapshot.inputs.iter().filter(|input| matches!(input, Input::Included { .. })).count();
    SnapshotView {
        id,
        office: snapshot.office.to_string(),
        office_name: snapshot.name.clone(),
        year: snapshot.year,
        made_on: snapshot.made_on.to_string(),
        included: u32::try_from(included).unwrap_or(u32::MAX),
        inputs,
        rows,
        signed_by,
        faults,
        rule_version: snapshot.rules.clone(),
        members_once: members_once(cx, snapshot),
        concerns_once: concerns_once(cx, snapshot).unwrap_or_default(),
    }
}

/// The committee's own adding up, for the year that runs.
fn members_once(cx: &Cx<'_>, snapshot: &Snapshot) -> Option<u32> {
    let now = snapshot.office == cx.office && snapshot.year == cx.today.year();
    now.then(|| transfer::below(cx).ok()).flatten().map(|below| below.total)
}

/// Merged concerns, counted once here; a branch's sheet goes on counting its own. They come of residents: the numbers are
/// published as those of a sheet are.
fn concerns_once(cx: &Cx<'_>, snapshot: &Snapshot) -> Answer<Option<ConcernsOnce>> {
    if snapshot.office != cx.office || snapshot.year != cx.today.year() {
        return Ok(None);
    }
    let overlay = Overlay::load(cx)?;
    if overlay.into.is_empty() {
        return Ok(None);
    }
    let year = format!("{:04}-", snapshot.year);
    let all = concern::below(&cx.unlimited(), ConcernDay::Raised, &year, &year)?;
    Ok(published(all.len(), overlay.once(&all).len()))
}

/// Two counts of the same concerns, with merged ones once and without; none where nothing is merged.
fn published(each: usize, once: usize) -> Option<ConcernsOnce> {
    let atom = |count: usize| {
        let count = publish_atom(i64::try_from(count).unwrap_or(i64::MAX))?;
        Some(u32::try_from(count).unwrap_or(u32::MAX))
    };
    (once != each).then(|| ConcernsOnce { once: atom(once), each: atom(each) })
}

fn cause_code(cause: Cause) -> &'static str {
    match cause {
        Cause::NeverJoined => "never_joined",
        Cause::NeverSynced => "never_synced",
        Cause::Stale => "stale",
    }
}

type Previous = BTreeMap<(String, Option<u8>), Option<i64>>;

fn previous_rows(cx: &Cx<'_>, snapshot: &Snapshot, id: Option<&str>) -> Previous {
    let kept = stored(cx).unwrap_or_default();
    kept.into_iter()
        .filter(|(signed, other)| {
            other.office == snapshot.office && other.year == snapshot.year && Some(id_of(signed).as_str()) != id
        })
        .rfind(|(_, other)| other.made_on <= snapshot.made_on)
        .map(|(_, other)| other.rows.into_iter().map(|row| ((row.metric, row.month), row.numerator)).collect())
        .unwrap_or_default()
}

fn row_view(
    year: i16,
    row: &FactRow,
    sources: &BTreeMap<(String, Option<u8>), u32>,
    previous: &Previous,
) -> SnapshotRow {
    let key = (row.metric.clone(), row.month);
    let metric = find_metric(&row.metric);
    SnapshotRow {
        metric: row.metric.clone(),
        name: metric.map_or_else(|| row.metric.clone(), |metric| metric.name.to_owned()),
        month: row.month.map(|month| format!("{year:04}-{month:02}")),
        numerator: row.numerator,
        denominator: row.denominator,
        sources: sources.get(&key).copied().unwrap_or_default(),
        previous: previous.get(&key).copied().flatten(),
        definition: metric.map(|metric| metric.definition.to_owned()).unwrap_or_default(),
    }
}

/// Snapshots held here, oldest first: own ones and pulled ones.
fn stored(cx: &Cx<'_>) -> Answer<Vec<(Signed<Snapshot>, Snapshot)>> {
    let mut found: Vec<(Signed<Snapshot>, Snapshot)> = cx
        .carriers(SNAPSHOT)?
        .into_iter()
        .filter_map(|carrier| {
            let signed: Signed<Snapshot> = decode(&carrier.bytes).ok()?;
            let snapshot = signed.peek().ok()?;
            Some((signed, snapshot))
        })
        .filter(|(_, snapshot)| {
            snapshot.office == cx.office || cx.membership().parent(&snapshot.office) == Some(cx.office)
        })
        .collect();
    found.sort_by_key(|(signed, snapshot)| (snapshot.made_on, signed.hash()));
    Ok(found)
}

/// `snapshot.list`, newest first.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<SnapshotCard>> {
    Ok(stored(cx)?.iter().rev().map(|(signed, snapshot)| card(cx, signed, snapshot)).collect())
}

fn card(cx: &Cx<'_>, signed: &Signed<Snapshot>, snapshot: &Snapshot) -> SnapshotCard {
    let included = snapshot.inputs.iter().filter(|input| matches!(input, Input::Included { .. })).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    SnapshotCard {
        id: id_of(signed),
        office_name: snapshot.name.clone(),
        year: snapshot.year,
        made_on: snapshot.made_on.to_string(),
        included: count(included),
        missing: count(snapshot.inputs.len() - included),
        verified: cx
            .tree()
            .is_some_and(|tree| knowing(cx, signed, &tree).is_ok_and(|found| found.iter().all(|finding| finding.ok))),
    }
}

/// Finds a snapshot held here by its id or a prefix of at least eight digits.
pub(crate) fn find(cx: &Cx<'_>, id: &str) -> Answer<(Signed<Snapshot>, Snapshot)> {
    stored(cx)?
        .into_iter()
        .rev()
        .find(|(signed, _)| id.len() >= 8 && id_of(signed).starts_with(id))
        .ok_or_else(|| ErrorDto::new("not_found").at("id"))
}

/// `snapshot.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<SnapshotView> {
    let (signed, snapshot) = find(cx, &input.id)?;
    Ok(view(cx, &snapshot, Some(id_of(&signed)), Some(signed.signer.to_string()), Vec::new()))
}

/// `snapshot.verify`: a stored one or a file, against the pinned tree.
pub(crate) fn verify(cx: &Cx<'_>, input: VerifyInput) -> Answer<VerifyReport> {
    let tree = cx.tree().ok_or_else(|| ErrorDto::new("not_joined"))?;
    let signed = match (&input.base64, &input.id) {
        (Some(file), _) => {
            let bytes = data_encoding::BASE64.decode(file.as_bytes()).map_err(|_| garbled())?;
            read(&bytes)?
        }
        (None, Some(id)) => find(cx, id)?.0,
        (None, None) => return Err(ErrorDto::new("required").at("id")),
    };
    Ok(report_of(&signed, &tree, knowing(cx, &signed, &tree)?))
}

/// The findings by what the snapshot carries and what this node knows of the tree.
fn knowing(cx: &Cx<'_>, signed: &Signed<Snapshot>, tree: &TreeId) -> Answer<Vec<Finding>> {
    let charters = cx.node.store.charters().map_err(store_error)?;
    let entries = cx.node.store.entries().map_err(store_error)?;
    let links = cx.node.store.log_links().map_err(store_error)?;
    Ok(verify_knowing(signed, tree, Held { charters: &charters, entries: &entries, links: &links }))
}

/// Checks a signed snapshot with nothing but the tree id.
pub(crate) fn report(signed: &Signed<Snapshot>, tree: &TreeId) -> VerifyReport {
    report_of(signed, tree, check(signed, tree))
}

fn report_of(signed: &Signed<Snapshot>, tree: &TreeId, findings: Vec<Finding>) -> VerifyReport {
    let digest = signed.peek().map(|snapshot| data_encoding::HEXLOWER.encode(&snapshot.digest)).unwrap_or_default();
    VerifyReport {
        ok: findings.iter().all(|finding| finding.ok),
        digest,
        tree: tree.to_string(),
        checks: findings
            .into_iter()
            .map(|finding| Check { code: finding.code.to_owned(), subject: finding.subject, ok: finding.ok })
            .collect(),
    }
}

fn carrier_of(kind: &str, office: OfficeId, period: &str, bytes: Vec<u8>, signed: Date) -> Carrier {
    Carrier {
        kind: kind.to_owned(),
        office,
        period: period.to_owned(),
        digest: *blake3::hash(&bytes).as_bytes(),
        bytes,
        signed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_concerns_are_told_as_a_sheet_tells_residents() {
        let told = |each: usize, once: usize| published(each, once).map(|told| (told.each, told.once));
        assert_eq!(told(3, 3), None, "nothing is merged");
        assert_eq!(told(4, 3), Some((None, None)));
        assert_eq!(told(5, 4), Some((Some(5), None)));
        assert_eq!(told(8, 7), Some((Some(10), Some(5))));
        assert_eq!(told(123, 121), Some((Some(125), Some(120))));
    }
}
