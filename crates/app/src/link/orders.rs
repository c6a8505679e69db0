//! Where orders say that a new superior is found, until it is known by itself.

use std::net::SocketAddr;

use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::trust::{Body, Change};
use ybz_store::Kept;

/// Devices and addresses kept of one order.
const MAX_DEVICES: usize = 8;

fn told<'a>(
    kept: &'a Kept,
    fits: impl Fn(&OfficeId, &OfficeId) -> bool + 'a,
) -> impl Iterator<Item = (DeviceId, Vec<String>)> + 'a {
    kept.entries
        .iter()
        .filter(|signed| kept.membership.valid.contains(&signed.hash()))
        .filter_map(move |signed| match signed.peek().ok()?.body {
            Body::Order { office, change: Change::Move { parent, addresses }, .. } if fits(&office, &parent) => {
                Some(addresses)
            }
            _ => None,
        })
        .flat_map(|addresses| addresses.into_iter().take(MAX_DEVICES))
}

/// Devices of an office's superior that only an order names so far.
pub(super) fn called(kept: &Kept, office: &OfficeId, me: &DeviceId) -> Vec<DeviceId> {
    let Some(superior) = kept.membership.parent(office) else { return Vec::new() };
    if kept.membership.offices.contains_key(&superior) {
        return Vec::new();
    }
    let named = told(kept, move |of, parent| of == office && *parent == superior);
    named.map(|(device, _)| device).filter(|device| device != me).collect()
}

/// Addresses of a device that orders name.
pub(super) fn addresses(kept: &Kept, device: &DeviceId) -> Vec<SocketAddr> {
    let of = told(kept, |_, _| true).filter(|(named, _)| named == device);
    of.flat_map(|(_, addresses)| addresses).take(MAX_DEVICES).filter_map(|text| text.parse().ok()).collect()
}
