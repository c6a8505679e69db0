//! At the street: custody ends, and one file carries certificate, books and keys to the village.
//!
//! The street does not know the village's device. It certifies a device of its own making, whose key travels in the file and
//! nowhere else: whoever opens the file certifies his own device with it, and that carrier's place ends in the same breath.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ybz_domain::book::BookKind;
use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::parcel;
use ybz_domain::sign::DeviceKey;
use ybz_domain::trust::{Body, Role};
use ybz_store::{LogEntry, SideWrites};
use ybz_sync::bundle::Manifest;

use super::{Handed, handed, handover, issue, must_keep, setting, turn};
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::custody::{HandBack, HandBackInput};
use crate::dto::snapshot::FileOutput;
use crate::error::Answer;
use crate::link::answer::{Peer, Way};
use crate::link::bundle::file_name;
use crate::link::scope::Pair;
use crate::link::service::addresses_of;
use crate::link::sheets;
use crate::node::{Inner, store_error};

/// Devices of the street whose addresses go along.
const MAX_DEVICES: usize = 8;

/// What stands in the file.
#[derive(Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// Key of the carrier.
    pub(crate) carrier: [u8; 32],
    /// A bundle, signed by the device that kept the books.
    pub(crate) bundle: Vec<u8>,
    /// Where the superior listens.
    pub(crate) addresses: Vec<(DeviceId, Vec<String>)>,
}

/// `custody.hand_back`: ends custody of a village here and makes the file for it. Asked again it makes the same file with a new
/// code, as long as nobody is known to have taken it over.
pub(crate) fn hand_back(cx: &Cx<'_>, input: HandBackInput) -> Answer<HandBack> {
    must_keep(cx)?;
    let office: OfficeId = input.office.parse().map_err(|_| ErrorDto::new("office_unknown").at("office"))?;
    if cx.membership().parent(&office) != Some(cx.office) {
        return Err(ErrorDto::new("office_unknown").at("office"));
    }
    // The file opens all that the village keeps to itself: only for whoever sees it here.
    if !cx.sees(&BookKind::households()) {
        return Err(ErrorDto::new("profile_hides").with("area", "households"));
    }
    cx.must_open_private()?;
    let carrier = match handed(cx.node, &office)? {
        Some(Handed { taken_on: Some(on), .. }) => return Err(ErrorDto::new("custody_taken").with("on", on)),
        Some(Handed { carrier: Some(carrier), .. }) => DeviceKey::from_bytes(&carrier),
        _ => end(cx, office)?,
    };
    write(cx, office, &carrier)
}

/// Ends custody, in one commit: the carrier has its place, and this device's last word is said. From here on it writes nothing
/// for the village.
fn end(cx: &Cx<'_>, office: OfficeId) -> Answer<DeviceKey> {
    // What was recorded goes along with its figures.
    if let Err(error) = sheets::refresh(cx.node) {
        tracing::warn!(code = %error.code, "fact sheets are not current");
    }
    let _turn = turn(cx.node);
    let kept = Cx::of(cx.node, office)?;
    if !cx.node.offices()?.contains(&office) || !kept.in_custody() {
        return Err(ErrorDto::new("custody_none").at("office"));
    }
    must_keep(&kept)?;
    if kept.membership().tree.is_none() {
        return Err(ErrorDto::new("not_joined"));
    }
    kept.must_open_private()?;
    // What does not fit into a file is found out before custody ends.
    let (me, pair) = (cx.device().id(), Pair { mine: office, theirs: office });
    Peer::by_file(cx.node.clone(), me, pair, Way::FileOut).pack(&[me], true)?;
    let carrier = DeviceKey::from_bytes(&cx.random());
    let body = Body::Enrol {
        serial: Serial(cx.random()),
        device: carrier.id(),
        role: Role::Keeper,
        hub: false,
        confirmed: true,
        holder: None,
    };
    let mut edits = Edits::default();
    issue(&kept, &mut edits, body)?;
    let note = Handed { on: cx.today_text(), carrier: Some(carrier.to_bytes()), device: carrier.id(), taken_on: None };
    let note = serde_json::to_value(&note).map_err(|error| ErrorDto::internal("custody", &error))?;
    edits.setting(&setting(&office), note);
    edits.leave(office);
    edits.log("custody_handed_back", &[("office", office.to_string())]);
    handover::retire_with(&kept, edits)?;
    Ok(carrier)
}

/// Makes the file. It tells nothing that a session between two devices of the village would not tell.
fn write(cx: &Cx<'_>, office: OfficeId, carrier: &DeviceKey) -> Answer<HandBack> {
    let node = cx.node;
    let kept = Cx::of(node, office)?;
    let pair = Pair { mine: office, theirs: office };
    let peer = Peer::by_file(node.clone(), carrier.id(), pair, Way::FileOut);
    let (packer, packed) = peer.pack(&[carrier.id()], true)?;
    let (tree, on) = (kept.membership().tree, cx.today);
    let say = |frames| Manifest { tree, from: office, to: office, on, frames };
    let large = |_| ErrorDto::new("bundle_too_large");
    let bundle = packer.sign(&cx.device(), say).map_err(large)?;
    let parcel = Parcel { carrier: carrier.to_bytes(), bundle, addresses: addresses(node, cx) };
    let content =
        zeroize::Zeroizing::new(postcard::to_stdvec(&parcel).map_err(|error| ErrorDto::internal("custody", &error))?);
    let code = parcel::code(cx.random());
    let bytes = parcel::close(&code, cx.random(), &content).map_err(|error| ErrorDto::internal("custody", &error))?;
    let params = vec![("office".to_owned(), office.to_string())];
    let line = LogEntry { on, code: "custody_file".to_owned(), params: params.into_iter().collect() };
    let side = SideWrites { log: vec![line], ..SideWrites::default() };
    node.store.commit(on, Vec::new(), side).map_err(store_error)?;
    node.feed.publish(["office", "sync"]);
    let name = kept.office_name();
    Ok(HandBack {
        file: FileOutput {
            name: file_name(&[&name, "交回", &cx.today_text()], "ybzh"),
            base64: data_encoding::BASE64.encode(&bytes),
        },
        code,
        name,
        books: packed.books,
        changes: packed.changes,
        bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
    })
}

fn addresses(node: &Arc<Inner>, cx: &Cx<'_>) -> Vec<(DeviceId, Vec<String>)> {
    let me = cx.device().id();
    let devices = cx.membership().offices.get(&cx.office).into_iter().flat_map(|view| &view.devices);
    devices
        .filter(|(_, certificate)| certificate.is_active())
        .map(|(device, _)| {
            let known = if *device == me { node.link.callable() } else { addresses_of(node, device) };
            (*device, known.iter().map(ToString::to_string).collect::<Vec<_>>())
        })
        .filter(|(_, known)| !known.is_empty())
        .take(MAX_DEVICES)
        .collect()
}
