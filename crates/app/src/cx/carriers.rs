//! Carriers, and what proves offices to whoever knows the tree.

use std::collections::BTreeSet;

use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Charter, Entry, Role, Withheld, withhold};
use ybz_store::Carrier;

use super::Cx;
use crate::error::Answer;
use crate::node::store_error;

/// What proves offices to whoever knows the tree.
pub(crate) type Proof = (Vec<Signed<Charter>>, Vec<Signed<Entry>>, Vec<Withheld>);

impl Cx<'_> {
    /// A carrier of a period; the one signed last.
    pub(crate) fn carrier(&self, kind: &str, office: &OfficeId, period: &str) -> Answer<Option<Carrier>> {
        let all = self.node.store.carriers_for(kind, office, period).map_err(store_error)?;
        Ok(all.into_iter().next())
    }

    pub(crate) fn put_carrier(&self, carrier: Carrier) -> Answer<()> {
        self.node.store.put_carrier(&carrier).map_err(store_error)?;
        Ok(())
    }

    /// Every carrier of a kind, with bytes.
    pub(crate) fn carriers(&self, kind: &str) -> Answer<Vec<Carrier>> {
        let mut out = Vec::new();
        let mut seen = BTreeSet::new();
        for listed in self.node.store.carriers(kind, None).map_err(store_error)? {
            if seen.insert((listed.office, listed.period.clone())) {
                out.extend(self.node.store.carriers_for(kind, &listed.office, &listed.period).map_err(store_error)?);
            }
        }
        Ok(out)
    }

    /// Charters and the entries that anyone needs to check this office and those below it: the way from the root with its
    /// devices, the adoptions below, the devices below that signed something, and removals. Nothing about other offices.
    pub(crate) fn proof_below(&self, signers: &BTreeSet<DeviceId>) -> Answer<Proof> {
        let membership = &self.membership;
        let on_the_way = |office: &OfficeId| membership.is_above(office, &self.office);
        let below = |office: &OfficeId| membership.was_above(&self.office, office, self.today);
        // Of those that came below by an order: who certified them before.
        let certifying = membership.lineage(membership.offices.keys().filter(|office| below(office)).copied());
        let mut entries = self.node.store.entries().map_err(store_error)?;
        let signers = certified_by(&entries, signers);
        entries.retain(|signed| {
            signed.peek().is_ok_and(|entry| match &entry.body {
                Body::Adopt { office, .. } | Body::Order { office, .. } => {
                    on_the_way(office) || below(office) || certifying.contains(office)
                }
                Body::Enrol { device, role, .. } => {
                    on_the_way(&entry.office)
                        || (below(&entry.office) && signers.contains(device))
                        || (certifying.contains(&entry.office) && !below(&entry.office) && *role == Role::Keeper)
                }
                Body::Install { office, device, .. } => {
                    on_the_way(office) || (below(office) && signers.contains(device))
                }
                Body::Suspend { device, .. } => on_the_way(&entry.office) || signers.contains(device),
                Body::Retire { .. } => on_the_way(&entry.office) || signers.contains(&signed.signer),
                Body::Remove { .. } => true,
                // Who reads what within an office is its own affair.
                Body::Grant { .. } => on_the_way(&entry.office),
                Body::Custody => on_the_way(&entry.office) || below(&entry.office),
                // Snapshots hang on certificates and not on changes.
                Body::Vouch { .. } | Body::Discard { .. } | Body::Renew { .. } => false,
            })
        });
        let all = self.node.store.entries().map_err(store_error)?;
        let links = self.node.store.log_links().map_err(store_error)?;
        let withheld = withhold(&entries, &all, &links, |issuer| membership.ended_at(issuer));
        Ok((self.node.store.charters().map_err(store_error)?, entries, withheld))
    }
}

/// Devices with those that let them in, and those that let those in.
fn certified_by(entries: &[Signed<Entry>], devices: &BTreeSet<DeviceId>) -> BTreeSet<DeviceId> {
    let mut out = devices.clone();
    loop {
        let by = entries.iter().filter(|signed| !out.contains(&signed.signer)).filter(|signed| {
            signed.peek().is_ok_and(|entry| {
                matches!(&entry.body, Body::Enrol { device, .. } | Body::Install { device, .. } if out.contains(device))
            })
        });
        let more: Vec<DeviceId> = by.map(|signed| signed.signer).collect();
        if more.is_empty() {
            return out;
        }
        out.extend(more);
    }
}
