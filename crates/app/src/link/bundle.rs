//! Bundles: deliveries as files. Which offices and devices they may go to, how they are closed and opened.

use std::sync::Arc;

use ybz_domain::envelope::{self, EnvelopeError, EnvelopeKind, EnvelopeSeed, MAX_DEVICES};
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::trust::Reader;
use ybz_store::{LogEntry, SideWrites};
use ybz_sync::bundle::{self, MAX_BUNDLE, Manifest};

use super::answer::{Peer, Unpacked, Way};
use super::scope::{Pair, may_carry, near};
use super::sheets;
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::bundle::{
    BundleExport, BundleExportInput, BundleImport, BundleImportInput, BundleRelation, BundleTarget,
};
use crate::dto::snapshot::FileOutput;
use crate::error::Answer;
use crate::natural;
use crate::node::{Inner, blocking, store_error};

/// Bytes of a file: the bundle, and what closes it.
const MAX_FILE: usize = MAX_BUNDLE + 1024 * 1024;

/// An office, or a colleague's device, that a bundle can be made for.
struct Target {
    office: OfficeId,
    devices: Vec<DeviceId>,
    shown: BundleTarget,
}

/// Everyone who stands next to this office and has a device: the superior first, then subordinates, then the office's other
/// devices.
fn targets(cx: &Cx<'_>) -> Vec<Target> {
    let (membership, me) = (cx.membership(), cx.device().id());
    let carries = |office: OfficeId, device: DeviceId| {
        may_carry(membership, Reader { office: cx.office, device: me }, Reader { office, device })
    };
    let mut out = Vec::new();
    for (office, view) in &membership.offices {
        if !near(membership, &cx.office, office) {
            continue;
        }
        let relation = if *office == cx.office {
            BundleRelation::Colleague
        } else if membership.is_above(office, &cx.office) {
            BundleRelation::Superior
        } else if membership.is_above(&cx.office, office) {
            BundleRelation::Subordinate
        } else {
            // Only an order related the two; it travels with the others.
            continue;
        };
        let devices: Vec<DeviceId> =
            view.devices.keys().filter(|device| **device != me && carries(*office, **device)).copied().collect();
        let shown = |id: String, devices: &[DeviceId], holder| BundleTarget {
            id,
            name: view.name.clone(),
            relation,
            devices: u32::try_from(devices.len()).unwrap_or(u32::MAX),
            holder,
        };
        if relation == BundleRelation::Colleague {
            for device in devices {
                let holder = view.devices.get(&device).and_then(|certificate| certificate.holder.clone());
                let shown = shown(device.to_string(), &[device], holder);
                out.push(Target { office: *office, devices: vec![device], shown });
            }
        } else if !devices.is_empty() {
            let shown = shown(office.to_string(), &devices, None);
            out.push(Target { office: *office, devices, shown });
        }
    }
    out.sort_by_cached_key(|target| (target.shown.relation, natural::key(&target.shown.name), target.shown.id.clone()));
    out
}

/// `bundle.list_targets`
pub(crate) fn list_targets(cx: &Cx<'_>) -> Answer<Vec<BundleTarget>> {
    Ok(targets(cx).into_iter().map(|target| target.shown).collect())
}

/// The one that is meant: by its id, or by a name that only one has.
fn target(cx: &Cx<'_>, to: &str) -> Answer<Target> {
    let (to, all) = (to.trim(), targets(cx));
    let by = |is: &dyn Fn(&BundleTarget) -> bool| all.iter().filter(|target| is(&target.shown)).count();
    let is: &dyn Fn(&BundleTarget) -> bool = if by(&|shown| shown.id == to) == 1 {
        &|shown| shown.id == to
    } else if by(&|shown| shown.name == to) == 1 {
        &|shown| shown.name == to
    } else {
        return Err(ErrorDto::new("bundle_no_target").at("to").with("name", to));
    };
    let found = all.into_iter().find(|target| is(&target.shown));
    found.ok_or_else(|| ErrorDto::new("bundle_no_target").at("to").with("name", to))
}

/// `bundle.export`: needs no right to write. Whoever gave the office up takes along what was written until then.
pub(crate) async fn export(node: Arc<Inner>, office: Option<String>, input: BundleExportInput) -> Answer<BundleExport> {
    blocking(move || {
        let made = make(&node, office.as_deref(), &input);
        node.link.wrote(&made);
        made
    })
    .await
}

fn make(node: &Arc<Inner>, office: Option<&str>, input: &BundleExportInput) -> Answer<BundleExport> {
    if let Err(error) = sheets::refresh(node) {
        // What was recorded goes without it.
        tracing::warn!(code = %error.code, "fact sheets are not current");
    }
    let cx = Cx::new(node, office)?;
    let Target { office: to, devices, shown } = target(&cx, &input.to)?;
    let (Some(first), true) = (devices.first(), devices.len() <= MAX_DEVICES) else {
        return Err(ErrorDto::new("bundle_no_target").at("to").with("name", &shown.name));
    };
    let pair = Pair { mine: cx.office, theirs: to };
    let peer = Peer::by_file(node.clone(), *first, pair, Way::FileOut);
    let (packer, packed) = peer.pack(&devices, input.whole)?;
    let (tree, on) = (cx.membership().tree, cx.today);
    let say = |frames| Manifest { tree, from: cx.office, to, on, frames };
    let unfit = |_| ErrorDto::new("bundle_too_large");
    let bytes = packer.sign(&cx.device(), say).map_err(unfit)?;
    let seed = EnvelopeSeed { ephemeral: cx.random(), content: cx.random() };
    let bytes = envelope::close(EnvelopeKind::Bundle, &devices, seed, &bytes)
        .map_err(|error| ErrorDto::internal("bundle", &error))?;
    let params = vec![("to".to_owned(), to.to_string())];
    let log = vec![LogEntry { on: cx.today, code: "bundle_exported".to_owned(), params: params.into_iter().collect() }];
    node.store.commit(cx.today, Vec::new(), SideWrites { log, ..SideWrites::default() }).map_err(store_error)?;
    let name = file_name(&[&cx.office_name(), "送", &shown.name, &cx.today_text()], "ybzb");
    Ok(BundleExport {
        file: FileOutput { name, base64: data_encoding::BASE64.encode(&bytes) },
        to: shown.name,
        devices: shown.devices,
        books: packed.books,
        changes: packed.changes,
        receipt: packed.receipt,
        bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
    })
}

/// A name that every file system takes.
pub(crate) fn file_name(parts: &[&str], ending: &str) -> String {
    let safe = |part: &&str| -> String {
        let bad = |c: &char| c.is_control() || "/\\:*?\"<>|".contains(*c);
        part.chars().filter(|c| !bad(c)).take(40).collect::<String>().trim_matches(['.', ' ']).to_owned()
    };
    let parts: Vec<String> = parts.iter().map(safe).filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", parts.join("-"))
}

/// The bytes of a chosen file, within a bound that is looked at first.
pub(crate) fn file_bytes(base64: &str, max: usize) -> Answer<Vec<u8>> {
    if base64.len() > max.saturating_mul(4) / 3 + 4 {
        return Err(ErrorDto::new("file_too_large").with("max", max));
    }
    data_encoding::BASE64.decode(base64.as_bytes()).map_err(|_| ErrorDto::new("file_damaged"))
}

fn closed(error: EnvelopeError) -> ErrorDto {
    match error {
        EnvelopeError::Form => ErrorDto::new("bundle_not_one"),
        EnvelopeError::Newer => ErrorDto::new("bundle_newer"),
        EnvelopeError::Truncated => ErrorDto::new("bundle_truncated"),
        EnvelopeError::Foreign => ErrorDto::new("bundle_not_for_us"),
        EnvelopeError::Altered | EnvelopeError::Devices(_) | EnvelopeError::TooLarge => ErrorDto::new("bundle_altered"),
    }
}

/// `bundle.import`: needs no right to write either; a viewer's device keeps what its office gets.
pub(crate) async fn import(node: Arc<Inner>, _: Option<String>, input: BundleImportInput) -> Answer<BundleImport> {
    blocking(move || {
        let taken = take(&node, &input);
        node.link.wrote(&taken);
        taken
    })
    .await
}

fn take(node: &Arc<Inner>, input: &BundleImportInput) -> Answer<BundleImport> {
    let bytes = file_bytes(&input.base64, MAX_FILE)?;
    let device = node.store.device();
    let bytes = envelope::open(EnvelopeKind::Bundle, &device, &bytes).map_err(closed)?;
    let altered = |error| ErrorDto::new("bundle_altered").with("detail", error);
    let (signed, manifest, frames) = bundle::read(&bytes).map_err(altered)?;
    let membership = node.store.membership().map_err(store_error)?;
    if manifest.tree != membership.tree {
        return Err(ErrorDto::new("bundle_other_tree"));
    }
    if !node.offices()?.contains(&manifest.to) || signed.signer == device.id() {
        return Err(ErrorDto::new("bundle_not_for_us"));
    }
    let pair = Pair { mine: manifest.to, theirs: manifest.from };
    let peer = Peer::by_file(node.clone(), signed.signer, pair, Way::FileIn);
    let Unpacked { accepted, refused, waiting, receipt, delivered } = peer.unpack(frames, manifest.on)?;
    crate::sync_now::settle_reading(node)?;
    // A file for this device's key was made after it was restored, and for a new device it holds all that its maker has.
    if refused == 0 && waiting == 0 {
        peer.open_private()?;
    }
    let membership = node.store.membership().map_err(store_error)?;
    node.feed.publish(["sync", "office"]);
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(BundleImport {
        from: membership.offices.get(&manifest.from).map(|view| view.name.clone()).unwrap_or_default(),
        from_id: manifest.from.to_string(),
        on: manifest.on.to_string(),
        accepted: count(accepted),
        refused: count(refused),
        waiting,
        receipt,
        answer: delivered && membership.is_hub(&manifest.to, &device.id()),
    })
}
