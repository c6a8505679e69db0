//! Issuance logs as chains: what follows what, where a log forks, and how much of it is known.
//!
//! Each entry names the [`Link`] of the one before it. A link is a hash over the entry's place and its signed hash, so an
//! entry about somebody else's office can travel as its link alone: that names nobody, and still fills its place.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, tagged_hash};
use crate::sign::Signed;
use crate::trust::entry::{Entry, EntryHash, LogHead};

/// Hash of a [`Link`]: what the next entry names.
pub type LinkHash = [u8; 32];

/// Places of one log that are looked at; more than any office issues.
const MAX_SEQ: u64 = 1 << 16;

/// The place of an entry in its issuer's log, without what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// The issuing device.
    pub issuer: DeviceId,
    /// Number within its log, from 1.
    pub seq: u64,
    /// The link before.
    pub previous: Option<LinkHash>,
    /// Hash of the signed entry.
    pub entry: EntryHash,
}

impl Link {
    /// The link of an entry.
    pub fn of(signed: &Signed<Entry>, entry: &Entry) -> Self {
        Self { issuer: signed.signer, seq: entry.seq, previous: entry.previous, entry: signed.hash() }
    }

    /// What the next entry names.
    pub fn hash(&self) -> LinkHash {
        let previous = self.previous.as_ref().map(<[u8; 32]>::as_slice).unwrap_or_default();
        tagged_hash("ybz log link 1", &[self.issuer.as_bytes(), &self.seq.to_be_bytes(), previous, &self.entry])
    }
}

/// A run of links of one log as it travels: each names the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// The issuing device.
    pub issuer: DeviceId,
    /// Number of the first.
    pub from: u64,
    /// The link before the first.
    pub previous: Option<LinkHash>,
    /// Hashes of the signed entries.
    pub entries: Vec<EntryHash>,
}

impl Withheld {
    /// The links.
    pub fn links(&self) -> Vec<Link> {
        let mut previous = self.previous;
        (self.from..MAX_SEQ)
            .zip(&self.entries)
            .map(|(seq, entry)| {
                let link = Link { issuer: self.issuer, seq, previous, entry: *entry };
                previous = Some(link.hash());
                link
            })
            .collect()
    }

    /// What of the run lies above a number; none when nothing does.
    pub fn above(mut self, seq: u64) -> Option<Self> {
        let skip = usize::try_from(seq.saturating_add(1).saturating_sub(self.from)).unwrap_or(usize::MAX);
        if skip == 0 {
            return Some(self);
        }
        let last = self.links().get(skip - 1)?.hash();
        self.entries.drain(..skip);
        self.from = seq.saturating_add(1);
        self.previous = Some(last);
        (!self.entries.is_empty()).then_some(self)
    }

    fn pack(links: BTreeSet<Link>) -> Vec<Self> {
        let mut out: Vec<Self> = Vec::new();
        let mut last: Option<Link> = None;
        for link in links {
            let follows = last.as_ref().is_some_and(|last| {
                last.issuer == link.issuer && last.seq + 1 == link.seq && link.previous == Some(last.hash())
            });
            match out.last_mut().filter(|_| follows) {
                Some(run) => run.entries.push(link.entry),
                None => out.push(Self {
                    issuer: link.issuer,
                    from: link.seq,
                    previous: link.previous,
                    entries: vec![link.entry],
                }),
            }
            last = Some(link);
        }
        out
    }
}

/// What goes along with a choice of entries so that no log in it has a gap: of every issuer the links of those left out,
/// up to its last one chosen, and to where its removal says that it ended.
pub fn withhold(
    chosen: &[Signed<Entry>],
    all: &[Signed<Entry>],
    links: &[Link],
    ended: impl Fn(&DeviceId) -> Option<u64>,
) -> Vec<Withheld> {
    let mut tops: BTreeMap<DeviceId, u64> = BTreeMap::new();
    for signed in chosen {
        let seq = signed.peek().map(|entry| entry.seq).unwrap_or_default();
        let top = tops.entry(signed.signer).or_insert_with(|| ended(&signed.signer).unwrap_or_default());
        *top = (*top).max(seq);
    }
    let given: BTreeSet<EntryHash> = chosen.iter().map(Signed::hash).collect();
    let of_entries = all.iter().filter_map(|signed| signed.peek().ok().map(|entry| Link::of(signed, &entry)));
    Withheld::pack(
        of_entries
            .chain(links.iter().cloned())
            .filter(|link| tops.get(&link.issuer).is_some_and(|top| link.seq <= *top) && !given.contains(&link.entry))
            .collect(),
    )
}

/// How far each log is known without a gap, of those links that `known` vouches for.
pub fn log_heads(entries: &[Signed<Entry>], links: &[Link], known: &BTreeSet<LinkHash>) -> Vec<LogHead> {
    let of_entries = entries.iter().filter_map(|signed| signed.peek().ok().map(|entry| Link::of(signed, &entry)));
    let mut places: BTreeMap<(DeviceId, u64), LinkHash> = BTreeMap::new();
    for link in of_entries.chain(links.iter().cloned()) {
        let hash = link.hash();
        if known.contains(&hash) {
            places.insert((link.issuer, link.seq), hash);
        }
    }
    let mut heads: Vec<LogHead> = Vec::new();
    for ((issuer, seq), hash) in places {
        match heads.last_mut().filter(|head| head.issuer == issuer) {
            Some(head) if head.seq + 1 == seq => (head.seq, head.hash) = (seq, hash),
            Some(_) => {}
            None if seq == 1 => heads.push(LogHead { issuer, seq, hash }),
            None => {}
        }
    }
    heads
}

/// The logs, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Logs {
    links: BTreeMap<LinkHash, Link>,
    /// Links with nothing missing before them.
    rooted: BTreeSet<LinkHash>,
    /// Links that a signed entry vouches for: its own, and all before it.
    vouched: BTreeSet<LinkHash>,
    /// Issuers with two entries of one number, and the lowest such number.
    forks: BTreeMap<DeviceId, u64>,
}

impl Logs {
    pub(super) fn read(entries: &[Link], bare: &[Link]) -> Self {
        let mut out = Self::default();
        out.links.extend(entries.iter().chain(bare).map(|link| (link.hash(), link.clone())));
        let mut order: Vec<(&LinkHash, &Link)> = out.links.iter().collect();
        order.sort_by_key(|(_, link)| (link.issuer, link.seq));
        for (hash, link) in order {
            let follows = match link.previous {
                None => link.seq == 1,
                Some(_) => out.before(link).is_some_and(|(before, _)| out.rooted.contains(&before)),
            };
            if follows && link.seq <= MAX_SEQ {
                out.rooted.insert(*hash);
            }
        }
        let mut vouched = BTreeSet::new();
        for link in entries {
            let mut at = Some((link.hash(), link));
            while let Some((_, link)) = at.filter(|(hash, _)| vouched.insert(*hash)) {
                at = out.before(link);
            }
        }
        out.vouched = vouched;
        let mut places: BTreeSet<(DeviceId, u64)> = BTreeSet::new();
        for link in out.vouched.iter().filter_map(|hash| out.links.get(hash)) {
            if !places.insert((link.issuer, link.seq)) {
                let at = out.forks.entry(link.issuer).or_insert(link.seq);
                *at = (*at).min(link.seq);
            }
        }
        out
    }

    /// The link that another one names, if it is known and stands just before it in the same log.
    fn before(&self, link: &Link) -> Option<(LinkHash, &Link)> {
        let hash = link.previous?;
        let before = self.links.get(&hash)?;
        (before.issuer == link.issuer && before.seq.checked_add(1) == Some(link.seq)).then_some((hash, before))
    }

    /// Issuers whose log forks.
    pub(super) fn forked(&self) -> BTreeSet<DeviceId> {
        self.forks.keys().copied().collect()
    }

    /// Nothing is missing before the entry, and the log does not fork up to it.
    pub(super) fn stands(&self, link: &Link) -> bool {
        self.rooted.contains(&link.hash()) && self.forks.get(&link.issuer).is_none_or(|at| link.seq < *at)
    }

    /// Links from the one named back to the first; none while something is missing between.
    pub(super) fn chain(&self, issuer: &DeviceId, last: &(u64, LinkHash)) -> BTreeSet<LinkHash> {
        let mut out = BTreeSet::new();
        let top = self.links.get(&last.1).filter(|link| link.issuer == *issuer && link.seq == last.0);
        let mut at = top.filter(|_| self.rooted.contains(&last.1)).map(|link| (last.1, link));
        while let Some((hash, link)) = at {
            out.insert(hash);
            at = self.before(link);
        }
        out
    }

    /// Links of these issuers that something signed vouches for, or that stand before where a removal says that a log ended.
    pub(super) fn sound(&self, ended: &BTreeSet<LinkHash>, of: &BTreeSet<DeviceId>) -> BTreeSet<LinkHash> {
        let by = |hash: &&LinkHash| self.links.get(*hash).is_some_and(|link| of.contains(&link.issuer));
        self.vouched.union(ended).filter(by).copied().collect()
    }
}
