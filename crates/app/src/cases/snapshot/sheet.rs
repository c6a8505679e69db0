//! Fact sheets, made at the branch.

use std::collections::BTreeSet;

use ybz_domain::book::{RecordView, Scope};
use ybz_domain::ids::{BookId, DeviceId, OfficeId, TreeId, tagged_hash};
use ybz_domain::ledger::visit::{VISIT_LINK, Visit, VisitKind};
use ybz_domain::sign::Signed;
use ybz_domain::snapshot::{FactSheet, Sources, compute, supersedes};
use ybz_domain::trust::Membership;

use super::{FACT_SHEET, carrier_of, decode, encode};
use crate::cases::upward::reads_own_books;
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Makes the branch's fact sheet of a year from its books as they are now and keeps it for the superior; nothing is made
/// when figures and heads are the same as in the one kept, nor on a device without the office's `own/` books: counts of
/// households would be missing from it.
pub(crate) fn refresh_sheet(cx: &Cx<'_>, tree: TreeId, year: i16) -> Answer<()> {
    if !reads_own_books(cx) {
        return Ok(());
    }
    let Ground { heads, changes } = ground(cx, year)?;
    if heads.is_empty() {
        return Ok(());
    }
    let period = year.to_string();
    let before = cx
        .carrier(FACT_SHEET, &cx.office, &period)?
        .and_then(|kept| decode::<FactSheet>(&kept.bytes).ok())
        .and_then(|signed| signed.peek().ok())
        .filter(|before| before.tree == tree && before.rules == cx.rules().version && before.heads == heads);
    // The same books on the same day give the same figures; reading two years of records to see that is dear.
    if before.as_ref().is_some_and(|before| before.as_of == cx.today) {
        return Ok(());
    }
    let as_of = cx.today_text();
    let records: Vec<RecordView> = cx.all_records(year)?.into_iter().map(|stored| stored.view).collect();
    if lacks_links(&records, &period) {
        return Ok(());
    }
    let rows = compute(Sources { year, as_of: &as_of, records: &records });
    if before.is_some_and(|before| before.rows == rows) {
        return Ok(());
    }
    let rules = cx.rules().version.clone();
    let incarnation = cx.node.store.incarnation();
    let counter = next_counter(cx, year)?;
    let sheet =
        FactSheet { tree, office: cx.office, year, as_of: cx.today, rules, incarnation, counter, changes, heads, rows };
    let signed = Signed::sign(&cx.device(), &sheet);
    // Another device of the office may have signed one that knows more.
    if !replaces(cx.node, cx.membership(), &signed, &period)? {
        return Ok(());
    }
    cx.put_carrier(carrier_of(FACT_SHEET, cx.office, &period, encode(&signed)?, cx.today))
}

/// A household was visited in the year, and nothing here says which: the office's `own/` books have not come, or not wholly.
pub(crate) fn lacks_links(records: &[RecordView], year: &str) -> bool {
    let links = records.iter().filter(|record| record.rtype == VISIT_LINK);
    let linked: BTreeSet<String> = links.map(|record| record.str("ref").to_owned()).collect();
    let at_home =
        |visit: &Visit| visit.kind != VisitKind::RoundTable && !visit.public_place && visit.date.starts_with(year);
    records
        .iter()
        .filter(|record| Visit::read(record).as_ref().is_some_and(at_home))
        .any(|record| !linked.contains(&record.id.to_string()))
}

/// The number of the next sheet of this life. It is kept first: a number lost is no harm, one used twice is.
fn next_counter(cx: &Cx<'_>, year: i16) -> Answer<u64> {
    let name = format!("sheets/{}/{}/{year}", cx.node.store.incarnation(), cx.office);
    let last = cx.node.store.setting(&name).map_err(store_error)?.and_then(|value| value.as_u64()).unwrap_or_default();
    cx.node.store.put_setting(&name, &serde_json::json!(last + 1)).map_err(store_error)?;
    Ok(last + 1)
}

/// Whether a sheet that came takes the place of the one kept. One whose signer was removed stands in nobody's way.
pub(crate) fn replaces(node: &Inner, membership: &Membership, sheet: &Signed<FactSheet>, period: &str) -> Answer<bool> {
    let Ok(content) = sheet.peek() else { return Ok(false) };
    let kept = node.store.carriers_for(FACT_SHEET, &content.office, period).map_err(store_error)?;
    Ok(kept.iter().filter_map(|carrier| decode::<FactSheet>(&carrier.bytes).ok()).all(|kept| {
        !signs_for(membership, &content.office, &kept.signer) || kept == *sheet || supersedes(sheet, &kept)
    }))
}

pub(super) fn signs_for(membership: &Membership, office: &OfficeId, device: &DeviceId) -> bool {
    membership.certificate(office, device).is_some_and(|c| c.role.writes() && c.removed.is_none())
}

/// What figures are computed from.
struct Ground {
    /// Digests of the heads of the office's `up/` and `down/` books of a year, sorted by book.
    heads: Vec<(BookId, [u8; 32])>,
    /// Changes in them.
    changes: u64,
}

fn ground(cx: &Cx<'_>, year: i16) -> Answer<Ground> {
    let mut out = Ground { heads: Vec::new(), changes: 0 };
    for book in cx.node.store.read(|reader| reader.books()).map_err(store_error)? {
        let key = &book.key;
        if key.office == cx.office && key.kind.scope() != Scope::Own && key.year.is_none_or(|of| of == year) {
            // They come sorted.
            let parts: Vec<&[u8]> = book.heads.iter().map(|head| head.as_bytes().as_slice()).collect();
            out.heads.push((book.id, tagged_hash("ybz book heads 1", &parts)));
            out.changes += u64::from(book.changes);
        }
    }
    out.heads.sort();
    Ok(out)
}
