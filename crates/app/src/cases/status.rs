//! 同步状态: honest. Green only with a receipt of the superior for the current heads.

use ybz_domain::book::{BookKey, BookKind, Scope};
use ybz_domain::ids::OfficeId;
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::Founding;

use crate::cases::{adoption, backup, conflict};
use crate::cx::Cx;
use crate::dto::sync::{BookStatus, PeerStatus, ReceiptInfo, Sending, StatusLight, SyncStatus};
use crate::error::Answer;
use crate::natural;
use crate::node::store_error;

/// Setting that keeps the last receipt shown for an office.
pub(crate) fn receipt_setting(office: &OfficeId) -> String {
    format!("receipt/{office}")
}

/// Setting that counts the changes of an office that its superior has and cannot read.
pub(crate) fn held_above_setting(office: &OfficeId) -> String {
    format!("held_above/{office}")
}

/// `sync.status`
pub(crate) fn status(cx: &Cx<'_>) -> Answer<SyncStatus> {
    let joined = cx.superior().is_some();
    let mut books = Vec::new();
    let mut reading = 0u32;
    let (mut unsent, mut problems) = (0u32, u32::try_from(conflict::count(cx)?).unwrap_or(u32::MAX));
    for info in cx.node.store.read(|reader| reader.books()).map_err(store_error)? {
        reading = reading.saturating_add(info.unread);
        if info.key.office != cx.office && info.key.writer() != cx.office {
            continue;
        }
        let own = info.key.writer() == cx.office && info.key.kind.scope() != Scope::Own;
        let owed = if joined && own && info.key.kind.scope() == Scope::Up {
            cx.node.store.unsent(&info.id, cx.superior().as_ref()).map_err(store_error)?
        } else {
            0
        };
        unsent = unsent.saturating_add(owed);
        problems = problems.saturating_add(info.held).saturating_add(info.quarantined);
        books.push(BookStatus {
            book: info.id.to_string(),
            office: cx.name_of(&info.key.office),
            kind: info.key.kind.to_string(),
            year: info.key.year,
            changes: info.changes,
            unsent: owed,
            held: info.held,
            never_leaves: info.key.kind.scope() == Scope::Own,
            readers: readers(cx, &info.key),
        });
    }
    let held_above = held_above(cx)?;
    problems = problems.saturating_add(held_above);
    let in_place = adoption::undecided(cx)?.iter().filter(|one| one.accepted.is_some()).count();
    problems = problems.saturating_add(u32::try_from(in_place).unwrap_or(u32::MAX));
    let sending = cx.node.link.sending(&cx.office).map(|(done, total)| Sending { done, total });
    let mine = cx.membership().certificate(&cx.office, &cx.device().id());
    let removed = mine.is_some_and(|certificate| certificate.removed.is_some());
    let stopped = if removed { Some("device_removed".to_owned()) } else { cx.node.link.stopped() };
    let last_receipt = last_receipt(cx)?;
    let light = if stopped.is_some() {
        StatusLight::Red
    } else if !joined {
        if cx.membership().root == Some(cx.office) && problems == 0 {
            StatusLight::Grey
        } else {
            grey_or_yellow(problems)
        }
    } else if problems > 0 {
        StatusLight::Yellow
    } else if unsent > 0 || sending.is_some() || last_receipt.is_none() {
        StatusLight::Blue
    } else {
        StatusLight::Green
    };
    let peers = peers(cx);
    let superior_reachable =
        cx.superior().map(|superior| cx.node.link.connected_offices(cx.membership()).contains(&superior));
    Ok(SyncStatus {
        light,
        unsent,
        sending,
        last_receipt,
        problems,
        reading,
        held_above,
        stopped,
        superior_reachable,
        books,
        peers,
        addresses: cx.node.link.addresses(),
        own_missing: own_missing(cx)?,
        last_backup: backup::last_on(cx.node)?,
        backup_trouble: backup::trouble(cx.node)?.map(|error| error.code),
    })
}

/// Books of the office alone that a device which came later has not got. Where it was the first, there is nobody to have
/// them from.
fn own_missing(cx: &Cx<'_>) -> Answer<Vec<String>> {
    let me = cx.device().id();
    let foundings = cx.node.store.foundings().map_err(store_error)?;
    let first = |signed: &Signed<Founding>| {
        signed.signer == me && signed.peek().is_ok_and(|founding| founding.office == cx.office)
    };
    if foundings.iter().any(first) || cx.membership().certificate(&cx.office, &me).is_none() {
        return Ok(Vec::new());
    }
    let kinds = match cx.kind() {
        OfficeKind::Branch | OfficeKind::GeneralBranch => vec![BookKind::households(), BookKind::private()],
        OfficeKind::Committee | OfficeKind::OrganizationDepartment => vec![BookKind::desk()],
    };
    let here = cx.node.store.read(|reader| reader.books()).map_err(store_error)?;
    let has = |kind: &BookKind| here.iter().any(|info| info.key.office == cx.office && info.key.kind == *kind);
    Ok(kinds.into_iter().filter(|kind| !has(kind)).map(|kind| kind.to_string()).collect())
}

fn grey_or_yellow(problems: u32) -> StatusLight {
    if problems > 0 { StatusLight::Yellow } else { StatusLight::Grey }
}

fn held_above(cx: &Cx<'_>) -> Answer<u32> {
    let kept = cx.node.store.setting(&held_above_setting(&cx.office)).map_err(store_error)?;
    let count = kept.and_then(|value| value.as_u64()).unwrap_or_default();
    Ok(if cx.superior().is_some() { u32::try_from(count).unwrap_or(u32::MAX) } else { 0 })
}

fn last_receipt(cx: &Cx<'_>) -> Answer<Option<ReceiptInfo>> {
    let kept = cx.node.store.setting(&receipt_setting(&cx.office)).map_err(store_error)?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()))
}

/// Offices that get a book, by the same function that serves it, by name.
fn readers(cx: &Cx<'_>, key: &BookKey) -> Vec<String> {
    use ybz_domain::trust::{Reader, may_read};
    let membership = cx.membership();
    let mut names: Vec<String> = membership
        .offices
        .iter()
        .filter(|(office, view)| {
            view.devices.keys().any(|device| may_read(membership, Reader { office: **office, device: *device }, key))
        })
        .map(|(_, view)| view.name.clone())
        .collect();
    names.sort_by_cached_key(|name| natural::key(name));
    names
}

fn peers(cx: &Cx<'_>) -> Vec<PeerStatus> {
    let membership = cx.membership();
    let own = cx.device().id();
    let near: Vec<OfficeId> = cx.superior().into_iter().chain([cx.office]).chain(cx.children(&cx.office)).collect();
    let connected = cx.node.link.connected();
    let mut peers = Vec::new();
    for office in near {
        let Some(view) = membership.offices.get(&office) else { continue };
        for (device, certificate) in &view.devices {
            if *device != own && certificate.removed.is_none() {
                peers.push(PeerStatus {
                    device: device.to_string(),
                    office: view.name.clone(),
                    connected: connected.contains(device),
                    last_seen: cx.node.link.last_seen(&cx.node.store, device),
                });
            }
        }
    }
    peers
}
