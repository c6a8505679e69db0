//! Hello and admission: who the peer is, and what its statements change.

use std::collections::BTreeSet;
use std::sync::Arc;

use ybz_domain::ids::OfficeId;
use ybz_domain::sign::{Signed, Statement};
use ybz_domain::trust::{Charter, Founding, Link, Membership, Withheld, charter_chain};
use ybz_store::{Kept, SideWrites};
use ybz_sync::machine::{Admission, Answer};
use ybz_sync::wire::{HelloData, Statements};

use super::{Done, Peer};
use crate::ErrorDto;
use crate::link::heard_setting;
use crate::link::proof::{Holds, Part, Proof, farewell};
use crate::link::scope::pairs;
use crate::node::store_error;

/// Addresses kept of one device.
const MAX_ADDRESSES: usize = 8;

impl Peer {
    pub(super) fn statements(&self, peer_offices: &[OfficeId], part: Part) -> Done<Statements> {
        let kept = self.kept()?;
        let membership = &kept.membership;
        // Once the peer is known it hears of the offices next to it, not of others on this node.
        let local = self.near()?;
        // An adopted office is proved by its adoption; the founding says more only to the office's own devices: which of
        // them was there first.
        let tells = |founding: &Founding| {
            local.contains(&founding.office)
                && (!membership.joined(&founding.office) || peer_offices.contains(&founding.office))
        };
        let foundings = kept.foundings.iter().filter(|signed| signed.peek().is_ok_and(|founding| tells(&founding)));
        let proof = Proof::new(&kept, &local, peer_offices);
        let (entries, withheld) = proof.news(part, &self.state().holds);
        Ok(Statements { charters: kept.charters.clone(), foundings: foundings.cloned().collect(), entries, withheld })
    }

    fn kept(&self) -> Done<Arc<Kept>> {
        self.inner.store.kept().map_err(store_error)
    }

    /// This node's offices that the peer stands next to; all of them as long as it is not known.
    fn near(&self) -> Done<Vec<OfficeId>> {
        let mut near: Vec<OfficeId> = self.pairs().into_iter().map(|pair| pair.mine).collect();
        near.dedup();
        if near.is_empty() { self.inner.offices() } else { Ok(near) }
    }

    /// What this node says of itself: before the peer has said who it is, and after.
    pub(super) fn hello(&self, theirs: Option<&HelloData>) -> Done<Answer> {
        let kept = self.kept()?;
        let membership = Arc::clone(&kept.membership);
        let pairs = pairs(&membership, &self.me(), &self.inner.offices()?, &self.device);
        let peer_offices: Vec<OfficeId> = pairs.iter().map(|pair| pair.theirs).collect();
        // Of a peer that is known, only what stands next to it is spoken.
        let known = !pairs.is_empty();
        self.set_pairs(&membership, pairs);
        let (logs, entries) = Proof::new(&kept, &self.near()?, &peer_offices).held();
        let part = if theirs.is_some() { Part::All } else { Part::Place };
        let data = HelloData {
            tree: membership.tree,
            statements: self.statements(&peer_offices, part)?,
            logs,
            entries,
            addresses: self.inner.link.callable(),
            incarnation: self.inner.store.incarnation(),
            counter: self.inner.store.receipt_counter().map_err(store_error)?.1,
            seen: self.inner.store.seen_of(&self.device).map_err(store_error)?,
        };
        let digest = if known { Some(self.catalog()?.digest()) } else { None };
        Ok(Answer::Hello { data: Box::new(data), digest })
    }

    /// The peer holds higher numbers of this device's actors than this database does: it is an old copy.
    pub(super) fn notice_clone(&self, theirs: &HelloData) -> Done<()> {
        self.inner.store.notice_seen(self.inner.today(), &theirs.seen).map_err(store_error).map(|_| ())
    }

    /// Keeps where the peer says that it can be called. Who answers there must still prove that it is this device.
    fn note_addresses(&self, hello: &HelloData) -> Done<()> {
        let said: Vec<String> = hello.addresses.iter().take(MAX_ADDRESSES).map(ToString::to_string).collect();
        let (setting, value) = (heard_setting(&self.device), serde_json::json!(said));
        let store = &self.inner.store;
        if said.is_empty() || store.setting(&setting).map_err(store_error)?.as_ref() == Some(&value) {
            return Ok(());
        }
        store.put_setting(&setting, &value).map_err(store_error)
    }

    pub(super) fn admit(&self, hello: &HelloData) -> Done<Answer> {
        let membership = self.membership()?;
        if let (Some(ours), Some(theirs)) = (membership.tree, hello.tree)
            && ours != theirs
        {
            return Ok(Answer::Admit(None));
        }
        // First see whether the statements give the peer a place; only then keep what holds.
        let combined = self.combined(&hello.statements)?;
        let found = pairs(&combined, &self.me(), &self.inner.offices()?, &self.device);
        if found.is_empty() {
            // Its key is proved by the connection: it is told that it was removed, and by whom.
            let kept = self.kept()?;
            let farewell = farewell(&kept, &self.device);
            return Ok(farewell.map_or(Answer::Admit(None), |statements| Answer::Farewell(Box::new(statements))));
        }
        if moves_an_office(&membership, &combined) {
            return Ok(Answer::Admit(None));
        }
        self.state().holds = Holds::of(hello);
        self.notice_clone(hello)?;
        self.inner.store.note_life(&self.device, &hello.incarnation).map_err(store_error)?;
        self.note_addresses(hello)?;
        self.keep(&hello.statements, &combined)?;
        for pair in &found {
            if combined.is_hub(&pair.theirs, &self.device) {
                self.inner
                    .store
                    .note_hub(&pair.theirs, &self.device, &hello.incarnation, hello.counter)
                    .map_err(store_error)?;
            }
        }
        self.recheck()
    }

    /// Membership with what the peer states; nothing is derived again when all of it is known.
    pub(super) fn combined(&self, statements: &Statements) -> Done<Arc<Membership>> {
        let kept = self.kept()?;
        let charters = unknown(&statements.charters, &kept.charters);
        let foundings = unknown(&statements.foundings, &kept.foundings);
        let entries = unknown(&statements.entries, &kept.entries);
        let links = new_links(statements, &kept);
        if charters.is_empty() && foundings.is_empty() && entries.is_empty() && links.is_empty() {
            return Ok(Arc::clone(&kept.membership));
        }
        let charters: Vec<_> = kept.charters.iter().cloned().chain(charters).collect();
        let foundings: Vec<_> = kept.foundings.iter().cloned().chain(foundings).collect();
        let entries: Vec<_> = kept.entries.iter().cloned().chain(entries).collect();
        let links: Vec<_> = kept.links.iter().cloned().chain(links).collect();
        Ok(Arc::new(Membership::build(kept.membership.tree, &charters, &foundings, &entries, &links)))
    }

    /// Keeps entries that hold; foundings of strangers are not kept.
    pub(super) fn keep(&self, statements: &Statements, combined: &Membership) -> Done<()> {
        let kept = self.kept()?;
        let fresh: Vec<_> = unknown(&statements.entries, &kept.entries)
            .into_iter()
            // A fork is kept as well: it is the proof against its issuer.
            .filter(|signed| combined.valid.contains(&signed.hash()) || combined.forked.contains(&signed.signer))
            .collect();
        let mut log_links = new_links(statements, &kept);
        // One that has no effect here still has its place in its log, and what follows it must not wait for it for ever.
        let told: BTreeSet<_> = fresh.iter().map(Signed::hash).collect();
        let without_effect = unknown(&statements.entries, &kept.entries).into_iter();
        let without_effect = without_effect.filter(|signed| !told.contains(&signed.hash()));
        let known: BTreeSet<_> = kept.links.iter().map(Link::hash).collect();
        log_links.extend(without_effect.filter_map(|signed| Some(Link::of(&signed, &signed.peek().ok()?))));
        log_links.retain(|link| combined.links.contains(&link.hash()) && !known.contains(&link.hash()));
        let charters = Self::later_charters(statements, &kept);
        if fresh.is_empty() && log_links.is_empty() && charters.is_empty() {
            return Ok(());
        }
        let side = SideWrites { charters, entries: fresh, log_links, ..SideWrites::default() };
        self.inner.store.commit(self.inner.today(), Vec::new(), side).map_err(store_error)?;
        Ok(())
    }

    /// Charters that the peer brings and that are in force: whoever has lost its root learns of the new one from anybody.
    fn later_charters(statements: &Statements, kept: &Kept) -> Vec<Signed<Charter>> {
        let all: Vec<_> = kept.charters.iter().chain(&statements.charters).cloned().collect();
        let chain = kept.membership.tree.map(|tree| charter_chain(&all, &tree)).unwrap_or_default();
        unknown(&chain, &kept.charters)
    }

    pub(super) fn recheck(&self) -> Done<Answer> {
        let membership = self.membership()?;
        let me = self.me();
        let pairs = pairs(&membership, &me, &self.inner.offices()?, &self.device);
        if pairs.is_empty() {
            return Ok(Answer::Admit(None));
        }
        let peer_offices: Vec<OfficeId> = pairs.iter().map(|pair| pair.theirs).collect();
        self.set_pairs(&membership, pairs);
        let confirmed = !self.confirmed_offices()?.is_empty();
        Ok(Answer::Admit(Some(Admission { statements: self.statements(&peer_offices, Part::All)?, confirmed })))
    }

    pub(super) fn learn(&self, statements: &Statements) -> Done<()> {
        let combined = self.combined(statements)?;
        let membership = self.membership()?;
        if moves_an_office(&membership, &combined) {
            return Err(ErrorDto::new("not_allowed"));
        }
        self.keep(statements, &combined)?;
        self.recheck().map(|_| ())
    }
}

/// Those of the statements that are not kept yet.
fn unknown<T: Statement + Clone>(said: &[Signed<T>], kept: &[Signed<T>]) -> Vec<Signed<T>> {
    let kept: BTreeSet<_> = kept.iter().map(Signed::hash).collect();
    said.iter().filter(|signed| !kept.contains(&signed.hash())).cloned().collect()
}

/// Places in logs that the peer tells without their entries, as far as neither they nor the entries are kept.
fn new_links(statements: &Statements, kept: &Kept) -> Vec<Link> {
    let entries: BTreeSet<_> = kept.entries.iter().map(Signed::hash).collect();
    let links: BTreeSet<_> = kept.links.iter().map(Link::hash).collect();
    let said = statements.withheld.iter().flat_map(Withheld::links);
    said.filter(|link| !entries.contains(&link.entry) && !links.contains(&link.hash())).collect()
}

/// An office known here would hang below another superior without an order: no peer brings that about by what it says of
/// itself. That it hangs below none any more can follow from a removal, which anybody may bring.
pub(super) fn moves_an_office(before: &Membership, after: &Membership) -> bool {
    before.offices.iter().any(|(office, view)| match (before.parent(office), after.parent(office)) {
        (Some(was), Some(is)) if was != is => {
            let heir = after.heir(office);
            let ordered = after.offices.get(office).is_some_and(|now| now.course != view.course)
                || after.offices.get(&heir).map(|now| &now.course) != before.offices.get(&heir).map(|was| &was.course);
            !ordered
        }
        _ => false,
    })
}
