//! 组织卡片: what a node knows of the tree, as a file: charters, entries and where it listens. It proves itself by the
//! signatures in it; the checksum tells a damaged file from a forged one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ybz_domain::ids::{DeviceId, OfficeId, TreeId, tagged_hash};
use ybz_domain::trust::Founding;
use ybz_sync::wire::Statements;

use super::proof::Proof;
use super::{answer, heard_setting};
use crate::ErrorDto;
use crate::node::{Inner, store_error};

const MAGIC: &[u8] = b"YBZT\x01";
/// Bytes of a card at most.
pub(crate) const MAX_CARD: usize = 4 << 20;
/// Devices whose addresses are taken from a card.
const MAX_DEVICES: usize = 16;

/// The content of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) tree: TreeId,
    pub(crate) statements: Statements,
    /// Where devices listen, as `ip:port`.
    pub(crate) addresses: Vec<(DeviceId, Vec<String>)>,
}

impl Card {
    /// What this node knows that concerns an office of it and the tree above, and everything below; for a root, only
    /// what stands for the root itself, so that no card names one subordinate to another.
    pub(crate) fn of(node: &Arc<Inner>, office: OfficeId) -> Result<Self, ErrorDto> {
        let kept = node.store.kept().map_err(store_error)?;
        let membership = &kept.membership;
        let tree = membership.tree.ok_or_else(|| ErrorDto::new("not_joined"))?;
        let root = membership.root.ok_or_else(|| ErrorDto::new("not_joined"))?;
        let (local, theirs) = ([office], if office == root { Vec::new() } else { vec![root] });
        let (entries, withheld) = Proof::new(&kept, &local, &theirs).whole();
        let tells = |founding: &Founding| founding.office == office;
        let foundings = kept.foundings.iter().filter(|signed| signed.peek().is_ok_and(|founding| tells(&founding)));
        let statements =
            Statements { charters: kept.charters.clone(), foundings: foundings.cloned().collect(), entries, withheld };
        let me = node.store.device().id();
        let listens: Vec<String> = node.link.callable().iter().map(ToString::to_string).collect();
        Ok(Self { tree, statements, addresses: vec![(me, listens)] })
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let body = postcard::to_stdvec(self).unwrap_or_default();
        [MAGIC, &tagged_hash("ybz tree card 1", &[&body]), &body].concat()
    }

    /// Reads a card.
    ///
    /// # Errors
    /// `card_unreadable`: another file, a damaged one, or one that is too large.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, ErrorDto> {
        let unreadable = || ErrorDto::new("card_unreadable");
        let body = bytes.strip_prefix(MAGIC).filter(|_| bytes.len() <= MAX_CARD).ok_or_else(unreadable)?;
        let (check, body) = body.split_at_checked(32).ok_or_else(unreadable)?;
        if tagged_hash("ybz tree card 1", &[body]) != check {
            return Err(unreadable());
        }
        postcard::from_bytes(body).map_err(|_| unreadable())
    }

    /// Learns what the card tells, as from a neighbour: what does not hold has no effect.
    ///
    /// # Errors
    /// `not_joined` on a node without a tree, `card_of_other_tree`, and what keeping statements says.
    pub(crate) fn take(&self, node: &Arc<Inner>) -> Result<(), ErrorDto> {
        let pinned = node.store.tree().map_err(store_error)?.ok_or_else(|| ErrorDto::new("not_joined"))?;
        if pinned != self.tree {
            return Err(ErrorDto::new("card_of_other_tree"));
        }
        answer::learn(node, &self.statements)?;
        let membership = node.store.membership().map_err(store_error)?;
        for (device, listens) in self.addresses.iter().take(MAX_DEVICES) {
            if !listens.is_empty() && !membership.offices_of(device).is_empty() {
                let listens: Vec<&String> = listens.iter().take(8).collect();
                node.store.put_setting(&heard_setting(device), &serde_json::json!(listens)).map_err(store_error)?;
            }
        }
        Ok(())
    }
}
