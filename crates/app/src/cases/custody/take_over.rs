//! At the village: its own computer takes its books over out of the file.
//!
//! Until everything of the file is here the office is not one of this node: a crash leaves what came where it is, unseen, and
//! the same file goes on from there.

use std::sync::Arc;

use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::parcel::{self, ParcelError};
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Entry, Link, Membership, Role, Withheld};
use ybz_store::{LocalOffice, LogEntry, SideWrites};
use ybz_sync::bundle::{self, MAX_BUNDLE};
use ybz_sync::wire::{Frame, Statements};

use super::hand_back::Parcel;
use super::turn;
use crate::ErrorDto;
use crate::dto::custody::{TakeOverInput, TakenOver};
use crate::error::{Answer, optional};
use crate::link::address_setting;
use crate::link::answer::{Peer, Unpacked, Way};
use crate::link::bundle::file_bytes;
use crate::link::scope::Pair;
use crate::node::{Inner, blocking, store_error};

/// Bytes of a file: the bundle, and what stands around it.
const MAX_FILE: usize = MAX_BUNDLE + 1024 * 1024;
/// Addresses kept of one device, and devices.
const MAX_ADDRESSES: usize = 8;
/// Bytes of one address at most.
const MAX_ADDRESS: usize = 200;

/// `custody.take_over`
pub(crate) async fn take_over(node: Arc<Inner>, _: Option<String>, input: TakeOverInput) -> Answer<TakenOver> {
    blocking(move || {
        let taken = take(&node, &input);
        node.link.wrote(&taken);
        taken
    })
    .await
}

fn altered(detail: impl ToString) -> ErrorDto {
    ErrorDto::new("custody_altered").with("detail", detail)
}

fn take(node: &Arc<Inner>, input: &TakeOverInput) -> Answer<TakenOver> {
    let holder = optional("holder", &input.holder, 40)?;
    let bytes = file_bytes(&input.base64, MAX_FILE)?;
    let content = parcel::open(&input.code, &bytes).map_err(|error| match error {
        ParcelError::Form => ErrorDto::new("custody_not_one"),
        ParcelError::Newer => ErrorDto::new("bundle_newer"),
        ParcelError::Altered => altered("sum"),
        ParcelError::Code => ErrorDto::new("custody_code").at("code"),
    })?;
    let Parcel { carrier, bundle, addresses } = postcard::from_bytes(&content).map_err(altered)?;
    let carrier = DeviceKey::from_bytes(&carrier);
    let (signed, manifest, mut frames) = bundle::read(&bundle).map_err(altered)?;
    let office = manifest.to;
    if manifest.from != office {
        return Err(altered("manifest"));
    }
    let Some(Ok(Frame::Hello(hello))) = frames.next() else { return Err(altered("hello")) };
    if hello.data.tree != manifest.tree {
        return Err(altered("tree"));
    }
    if node.offices()?.contains(&office) {
        return Err(ErrorDto::new("custody_here"));
    }
    let from = signed.signer;
    {
        let _turn = turn(node);
        let known = (!holder.is_empty()).then_some(holder);
        enter(node, office, from, &carrier, known, &hello.data.statements, manifest.tree)?;
    }
    let pair = Pair { mine: office, theirs: office };
    let peer = Peer::by_file(node.clone(), from, pair, Way::FileIn);
    let (_, _, frames) = bundle::read(&bundle).map_err(altered)?;
    let Unpacked { accepted, refused, waiting, .. } = peer.unpack(frames, manifest.on)?;
    crate::sync_now::settle_reading(node)?;
    let missing = missing(node, &bundle)?;
    if refused > 0 || waiting > 0 || missing > 0 {
        let waiting = missing.max(waiting);
        return Err(ErrorDto::new("custody_incomplete").with("refused", refused).with("waiting", waiting));
    }
    let membership = node.store.membership().map_err(store_error)?;
    let above = membership.parent(&office);
    let name_of = |office: &OfficeId| membership.offices.get(office).map(|view| view.name.clone()).unwrap_or_default();
    let params = vec![("office".to_owned(), office.to_string())];
    let line =
        LogEntry { on: node.today(), code: "custody_taken_over".to_owned(), params: params.into_iter().collect() };
    let mut settings = Vec::new();
    let of_superior = |device: &DeviceId| above.is_some_and(|above| membership.certificate(&above, device).is_some());
    for (device, known) in addresses.into_iter().filter(|(device, _)| of_superior(device)).take(MAX_ADDRESSES) {
        let known = known.into_iter().filter(|address| address.len() <= MAX_ADDRESS);
        let known: Vec<String> = known.take(MAX_ADDRESSES).collect();
        settings.push((address_setting(&device), serde_json::json!(known)));
    }
    // Only now, with everything here, the carrier says its last word: by it the superior lets go of what is the village's alone.
    let _turn = turn(node);
    let entries: Vec<_> = last_word(node, office, &carrier)?.into_iter().collect();
    let local_offices = vec![LocalOffice { office, joined: node.today() }];
    let side = SideWrites { local_offices, settings, entries, log: vec![line], ..SideWrites::default() };
    node.store.commit(node.today(), Vec::new(), side).map_err(store_error)?;
    node.feed.publish(["office", "sync"]);
    Ok(TakenOver {
        office: office.to_string(),
        name: name_of(&office),
        from: above.as_ref().map(name_of).unwrap_or_default(),
        made_on: manifest.on.to_string(),
        changes: u32::try_from(accepted).unwrap_or(u32::MAX),
    })
}

/// Books of the file whose last changes are not all here.
fn missing(node: &Arc<Inner>, bundle: &[u8]) -> Answer<u32> {
    let (_, _, mut frames) = bundle::read(bundle).map_err(altered)?;
    let Some(Ok(Frame::Listing(listing))) = frames.nth(1) else { return Err(altered("listing")) };
    let mut missing = 0u32;
    for entry in listing.books {
        let unknown = node.store.unknown(&entry.key.id(), &entry.heads).map_err(store_error)?;
        missing = missing.saturating_add(u32::from(!unknown.is_empty()));
    }
    Ok(missing)
}

/// Keeps what proves the village's place, and gives this device the one that the carrier holds. The caller has the turn to issue.
fn enter(
    node: &Arc<Inner>,
    office: OfficeId,
    from: DeviceId,
    carrier: &DeviceKey,
    holder: Option<String>,
    said: &Statements,
    tree: Option<ybz_domain::ids::TreeId>,
) -> Answer<()> {
    let me = node.store.device().id();
    let kept = node.store.kept().map_err(store_error)?;
    if let Some(pinned) = kept.membership.tree
        && Some(pinned) != tree
    {
        return Err(ErrorDto::new("bundle_other_tree"));
    }
    let tree = tree.ok_or_else(|| altered("tree"))?;
    let told: Vec<Link> = said.withheld.iter().flat_map(Withheld::links).collect();
    let build = |more: &[Signed<Entry>]| {
        let charters: Vec<_> = kept.charters.iter().chain(&said.charters).cloned().collect();
        let foundings: Vec<_> = kept.foundings.iter().chain(&said.foundings).cloned().collect();
        let entries: Vec<_> = kept.entries.iter().chain(&said.entries).chain(more).cloned().collect();
        let links: Vec<_> = kept.links.iter().chain(&told).cloned().collect();
        Membership::build(Some(tree), &charters, &foundings, &entries, &links)
    };
    let before = build(&[]);
    // Whoever made the file kept the books, and said its last word before it made it.
    let gave = before.certificate(&office, &from).filter(|known| known.custody && known.retired.is_some());
    if gave.is_none() || from == me {
        return Err(if from == me { ErrorDto::new("custody_own") } else { altered("signer") });
    }
    let place =
        before.certificate(&office, &carrier.id()).filter(|known| known.confirmed && known.role == Role::Keeper);
    let place = place.ok_or_else(|| altered("carrier"))?;
    let mine = before.certificate(&office, &me).filter(|known| known.is_active() && known.role == Role::Keeper);
    // A file that went through here before and was cut off has given this device its place.
    let fresh = match mine {
        Some(_) => Vec::new(),
        None if !place.is_active() => return Err(ErrorDto::new("custody_stale")),
        None => vec![first_word(node, office, carrier, holder, tree)],
    };
    let after = build(&fresh);
    let stands =
        |known: &ybz_domain::trust::Certificate| known.is_active() && known.reads_own() && known.role == Role::Keeper;
    if !after.certificate(&office, &me).is_some_and(stands) || after.tree != Some(tree) {
        return Err(altered("certificate"));
    }
    let valid = said.entries.iter().chain(&fresh).filter(|signed| after.valid.contains(&signed.hash()));
    let side = SideWrites {
        tree: Some(tree),
        charters: said.charters.clone(),
        foundings: said.foundings.clone(),
        entries: valid.cloned().collect(),
        log_links: told.iter().filter(|link| after.links.contains(&link.hash())).cloned().collect(),
        ..SideWrites::default()
    };
    node.store.put_side(&side).map_err(store_error)
}

/// The carrier's first word: this device keeps the office.
fn first_word(
    node: &Arc<Inner>,
    office: OfficeId,
    carrier: &DeviceKey,
    holder: Option<String>,
    tree: ybz_domain::ids::TreeId,
) -> Signed<Entry> {
    let device = node.store.device().id();
    let serial = Serial(node.bytes());
    let body = Body::Enrol { serial, device, role: Role::Keeper, hub: true, confirmed: true, holder };
    Signed::sign(carrier, &Entry { tree: Some(tree), office, seq: 1, previous: None, on: node.today(), body })
}

/// The carrier's last word, that it does no more; none where it has said it.
fn last_word(node: &Arc<Inner>, office: OfficeId, carrier: &DeviceKey) -> Answer<Option<Signed<Entry>>> {
    let kept = node.store.kept().map_err(store_error)?;
    let active = kept.membership.certificate(&office, &carrier.id()).is_some_and(|known| known.is_active());
    if !active {
        return Ok(None);
    }
    let said = kept.entries.iter().filter(|signed| signed.signer == carrier.id());
    let first = said.filter_map(|signed| Some((signed, signed.peek().ok()?))).find(|(_, entry)| entry.seq == 1);
    let (signed, first) = first.ok_or_else(|| altered("carrier"))?;
    let previous = Some(Link::of(signed, &first).hash());
    let body = Body::Retire { cut: Vec::new() };
    let last = Entry { tree: first.tree, office, seq: 2, previous, on: node.today(), body };
    Ok(Some(Signed::sign(carrier, &last)))
}
