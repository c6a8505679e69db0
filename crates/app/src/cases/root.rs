//! 根: who keeps the root of the tree, and the next charter when a root device is lost.
//!
//! The recovery words sign charters and nothing else. A renewal names the keepers from now on; a lost one keeps what it issued
//! up to an entry that a person chooses, so that no subordinate has to join again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use data_encoding::BASE64;
use ybz_domain::ids::{DeviceId, OfficeId, TreeId};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{
    Body, Charter, Ended, Entry, Founding, Link, LinkHash, Membership, RecoveryKey, Role, Withheld, charter_chain,
};
use ybz_store::{LocalOffice, LogEntry, SideWrites};

use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::Nothing;
use crate::dto::root::{
    IssuedEntry, LostKeeper, RootKeeper, RootRenewInput, RootRenewed, RootState, TreeTakeInput, TreeTaken,
};
use crate::dto::snapshot::FileOutput;
use crate::error::Answer;
use crate::link::card::{Card, MAX_CARD};
use crate::node::{Inner, store_error};

/// Cards that one renewal reads.
const MAX_CARDS: usize = 64;

/// `root.state`
pub(crate) fn state(cx: &Cx<'_>) -> Answer<RootState> {
    let kept = cx.node.store.kept().map_err(store_error)?;
    let membership = &kept.membership;
    let not_joined = || ErrorDto::new("not_joined");
    let (tree, root) = (membership.tree.ok_or_else(not_joined)?, membership.root.ok_or_else(not_joined)?);
    let last = kept.charters.last().and_then(|signed| signed.peek().ok()).ok_or_else(not_joined)?;
    let me = cx.device().id();
    let view = membership.offices.get(&root).ok_or_else(not_joined)?;
    let mut keepers: Vec<RootKeeper> = view
        .devices
        .iter()
        .filter(|(_, certificate)| certificate.role == Role::Keeper)
        .map(|(device, certificate)| RootKeeper {
            device: device.to_string(),
            here: *device == me,
            in_charter: last.keepers.contains(device),
            holder: certificate.holder.clone(),
            ended: certificate.removed.is_some(),
            issued: issued(membership, &kept.entries, device),
        })
        .collect();
    keepers.sort_by_key(|keeper| (!keeper.here, keeper.ended));
    let here = cx.node.offices()?.contains(&root);
    Ok(RootState { tree: tree.to_string(), office: view.name.clone(), version: last.version, here, keepers })
}

fn issued(membership: &Membership, entries: &[Signed<Entry>], device: &DeviceId) -> Vec<IssuedEntry> {
    let name = |office: &OfficeId| membership.offices.get(office).map(|view| view.name.clone()).unwrap_or_default();
    let of = entries.iter().filter(|signed| signed.signer == *device).filter_map(|signed| signed.peek().ok());
    let mut out: Vec<IssuedEntry> = of
        .map(|entry| {
            let (what, about) = match &entry.body {
                Body::Adopt { office, .. } => ("adopt", name(office)),
                Body::Enrol { device, holder, .. } => ("enrol", holder.clone().unwrap_or_else(|| device.to_string())),
                Body::Remove { .. } => ("remove", String::new()),
                Body::Order { office, .. } => ("order", name(office)),
                Body::Grant { .. } => ("grant", String::new()),
                Body::Custody => ("custody", String::new()),
                Body::Renew { .. } => ("renew", String::new()),
                Body::Install { office, .. } => ("install", name(office)),
                Body::Suspend { .. } => ("suspend", String::new()),
                Body::Retire { .. } => ("retire", String::new()),
                Body::Vouch { office, .. } => ("vouch", name(office)),
                Body::Discard { office, .. } => ("discard", name(office)),
            };
            IssuedEntry {
                seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
                on: entry.on.to_string(),
                what: what.to_owned(),
                about,
            }
        })
        .collect();
    out.sort_by_key(|entry| entry.seq);
    out
}

/// `tree.card`: what this node knows of the tree, as a file for a stick.
pub(crate) fn card(cx: &Cx<'_>) -> Answer<FileOutput> {
    let bytes = Card::of(cx.node, cx.office)?.to_bytes();
    Ok(FileOutput { name: format!("ybz-tree-{}.ybzcard", cx.today), base64: BASE64.encode(&bytes) })
}

/// `tree.take`: learns from a card.
pub(crate) fn take(node: &Arc<Inner>, input: TreeTakeInput) -> Answer<TreeTaken> {
    let before = node.store.kept().map_err(store_error)?;
    read_card(&input.base64)?.take(node)?;
    let after = node.store.kept().map_err(store_error)?;
    let count = |kept: &ybz_store::Kept| kept.charters.len() + kept.entries.len();
    let learned = count(&after).saturating_sub(count(&before));
    if learned > 0 {
        node.link.refresh_all();
    }
    let version = u32::try_from(after.charters.len()).unwrap_or(u32::MAX);
    Ok(TreeTaken { learned: u32::try_from(learned).unwrap_or(u32::MAX), version })
}

fn read_card(base64: &str) -> Answer<Card> {
    let unreadable = || ErrorDto::new("card_unreadable");
    let text: String = base64.chars().filter(|c| !c.is_whitespace()).collect();
    if text.len() > MAX_CARD * 2 {
        return Err(unreadable());
    }
    Card::from_bytes(&BASE64.decode(text.as_bytes()).map_err(|_| unreadable())?)
}

/// What is known of the tree, here and on cards.
struct Known {
    tree: TreeId,
    charters: Vec<Signed<Charter>>,
    foundings: Vec<Signed<Founding>>,
    entries: Vec<Signed<Entry>>,
    links: Vec<Link>,
}

impl Known {
    fn gather(node: &Arc<Inner>, cards: &[String]) -> Answer<Self> {
        let kept = node.store.kept().map_err(store_error)?;
        let mut tree = kept.membership.tree;
        let mut out = Self {
            tree: TreeId([0; 32]),
            charters: kept.charters.clone(),
            foundings: kept.foundings.clone(),
            entries: kept.entries.clone(),
            links: kept.links.clone(),
        };
        for text in cards.iter().take(MAX_CARDS) {
            let card = read_card(text)?;
            if *tree.get_or_insert(card.tree) != card.tree {
                return Err(ErrorDto::new("card_of_other_tree"));
            }
            out.charters.extend(card.statements.charters);
            out.foundings.extend(card.statements.foundings);
            out.entries.extend(card.statements.entries);
            out.links.extend(card.statements.withheld.iter().flat_map(Withheld::links));
        }
        out.tree = tree.ok_or_else(|| ErrorDto::new("root_card_needed"))?;
        out.charters = charter_chain(&out.charters, &out.tree);
        Ok(out)
    }

    fn membership(&self, charters: &[Signed<Charter>]) -> Membership {
        Membership::build(Some(self.tree), charters, &self.foundings, &self.entries, &self.links)
    }

    /// The place of an issuer's entry: of the one with the number, or of the last that is known without a gap.
    fn place(&self, membership: &Membership, lost: &DeviceId, seq: Option<u64>) -> Option<(u64, LinkHash)> {
        let of_entries = self.entries.iter().filter_map(|signed| Some(Link::of(signed, &signed.peek().ok()?)));
        let places: BTreeMap<u64, LinkHash> = of_entries
            .chain(self.links.iter().cloned())
            .filter(|link| link.issuer == *lost)
            .map(|link| (link.seq, link.hash()))
            .filter(|(_, hash)| membership.links.contains(hash))
            .collect();
        match seq {
            Some(seq) => places.get(&seq).map(|hash| (seq, *hash)),
            None => places.last_key_value().map(|(seq, hash)| (*seq, *hash)),
        }
    }
}

/// `root.renew`: the recovery words make the next charter. This device becomes a keeper of the root; lost ones are shut out.
pub(crate) fn renew(node: &Arc<Inner>, input: RootRenewInput) -> Answer<RootRenewed> {
    let recovery = recovery_key(&input.words)?;
    let _turn = super::issue::turn(node);
    let known = Known::gather(node, &input.cards)?;
    let before = known.charters.last().ok_or_else(|| ErrorDto::new("root_card_needed"))?;
    if !recovery.signed(before) {
        return Err(ErrorDto::new("recovery_words_wrong").at("words"));
    }
    let now = before.open().map_err(|error| ErrorDto::internal("charter", &error))?;
    let membership = known.membership(&known.charters);
    let me = node.store.device().id();
    if membership.certificate(&now.office, &me).is_some_and(|certificate| certificate.removed.is_some()) {
        return Err(ErrorDto::new("device_removed"));
    }
    let ended = input.lost.iter().map(|lost| end(node, &known, &membership, &now, &me, lost));
    let ended: Vec<Ended> = ended.collect::<Answer<_>>()?;
    let gone: BTreeSet<DeviceId> = ended.iter().map(|ended| ended.device).collect();
    let mut keepers: Vec<DeviceId> = now.keepers.iter().filter(|device| !gone.contains(device)).copied().collect();
    if !keepers.contains(&me) {
        keepers.push(me);
    }
    let charter = Charter {
        version: now.version.saturating_add(1),
        previous: Some(before.hash()),
        office: now.office,
        name: now.name.clone(),
        keepers,
        ended,
    };
    let mut charters = known.charters.clone();
    charters.push(recovery.sign(&charter));
    let renewed = known.membership(&charters);
    let keeps = renewed.certificate(&now.office, &me).is_some_and(|c| c.role == Role::Keeper && c.removed.is_none());
    if !keeps || charter_chain(&charters, &known.tree).len() != charters.len() {
        return Err(ErrorDto::internal("charter", &"the next charter would not hold"));
    }
    let log = |device: &DeviceId| LogEntry {
        on: node.today(),
        code: "root_keeper_shut_out".to_owned(),
        params: [("device".to_owned(), device.to_string())].into(),
    };
    let new_office = !node.offices()?.contains(&now.office);
    let mut lines = vec![LogEntry {
        on: node.today(),
        code: "charter_renewed".to_owned(),
        params: [("version".to_owned(), charter.version.to_string())].into(),
    }];
    lines.extend(gone.iter().map(log));
    let (valid, void): (Vec<_>, Vec<_>) =
        known.entries.iter().cloned().partition(|signed| renewed.valid.contains(&signed.hash()));
    let places = void.iter().filter_map(|signed| Some(Link::of(signed, &signed.peek().ok()?)));
    let places = places.chain(known.links.iter().cloned());
    let side = SideWrites {
        tree: Some(known.tree),
        charters,
        foundings: known.foundings.clone(),
        entries: valid,
        // An entry without effect still has its place in its log.
        log_links: places.filter(|link| renewed.links.contains(&link.hash())).collect(),
        local_offices: new_office
            .then(|| LocalOffice { office: now.office, joined: node.today() })
            .into_iter()
            .collect(),
        log: lines,
        ..SideWrites::default()
    };
    node.store.commit(node.today(), Vec::new(), side).map_err(store_error)?;
    node.link.refresh_all();
    let below = renewed.children(&now.office);
    let name = |office: &OfficeId| renewed.offices.get(office).map(|view| view.name.clone()).unwrap_or_default();
    Ok(RootRenewed { version: charter.version, below: below.iter().map(name).collect() })
}

fn recovery_key(text: &str) -> Answer<RecoveryKey> {
    let wrong = || ErrorDto::new("recovery_words_wrong").at("words");
    let entropy = crate::keys::words(text).map_err(|_| wrong())?;
    let entropy: zeroize::Zeroizing<[u8; 32]> =
        zeroize::Zeroizing::new(entropy.as_slice().try_into().map_err(|_| wrong())?);
    Ok(RecoveryKey::from_entropy(&entropy))
}

fn end(
    node: &Arc<Inner>,
    known: &Known,
    membership: &Membership,
    now: &Charter,
    me: &DeviceId,
    lost: &LostKeeper,
) -> Answer<Ended> {
    let unknown = || ErrorDto::new("device_unknown").at("lost").with("device", &lost.device);
    let device: DeviceId = lost.device.parse().map_err(|_| unknown())?;
    let keeper = membership.certificate(&now.office, &device).is_some_and(|c| c.role == Role::Keeper);
    if !keeper || device == *me {
        return Err(unknown());
    }
    let last = match lost.last_seq {
        Some(0) => None,
        seq => match known.place(membership, &device, seq.map(u64::from)) {
            None if seq.is_some() => return Err(ErrorDto::new("entry_unknown").at("lost").with("device", device)),
            place => place,
        },
    };
    Ok(Ended { device, last, cut: node.store.tips_of(&device).map_err(store_error)? })
}

/// `root.words`: checks that the words written down are the tree's, without changing anything.
pub(crate) fn words(cx: &Cx<'_>, input: crate::dto::root::RootWordsInput) -> Answer<Nothing> {
    let recovery = recovery_key(&input.words)?;
    let kept = cx.node.store.kept().map_err(store_error)?;
    match kept.charters.last() {
        Some(charter) if recovery.signed(charter) => Ok(Nothing {}),
        Some(_) => Err(ErrorDto::new("recovery_words_wrong").at("words")),
        None => Err(ErrorDto::new("not_joined")),
    }
}
