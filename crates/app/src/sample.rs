//! 示例: an office that nobody has, to look at before one begins.
//!
//! **Invariant:** the sample is a database of its own in `sample/` inside the data directory, with a key and a device key of
//! its own, and no endpoint. Nothing of it is in the real books, so that no session, list, sum, search, backup or snapshot
//! can hold it; removing it removes the folder, and the key that stood in the real database.

mod fill;
mod people;
mod words;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use serde_json::{Value, json};
use ybz_store::{DatabaseKey, LogEntry, SideWrites};

use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::Nothing;
use crate::dto::node::{OfficeCard, SampleMade};
use crate::error::Answer;
use crate::node::{Inner, Node, OpenOptions, asked, store_error};
use crate::table::{Entry, Kind, Run};

/// The folder of the sample inside the data directory.
const FOLDER: &str = "sample";
/// Setting of the real database with office and key of the sample; null when there is none.
const SETTING: &str = "sample";

/// Words of calls that lead out of this computer, or bring something in: the sample answers none of their commands.
const OUTWARD: [&str; 14] = [
    "invite", "join", "request", "bundle", "order", "root", "tree", "handover", "device", "sync", "snapshot", "import",
    "org", "custody",
];
/// Of those also the questions: they make files for other offices.
const FILES: [&str; 5] = ["request", "bundle", "root", "tree", "snapshot"];

/// The open sample.
struct Held {
    node: Node,
    office: String,
}

/// Where a node keeps its sample.
pub(crate) struct Sample {
    folder: PathBuf,
    clock: fn() -> (Date, u64),
    random: fn(&mut [u8]),
    /// Held for reading by each call on the sample, so that removing it waits for them.
    held: RwLock<Option<Held>>,
    /// Held while the sample is made or removed. Making takes its time, and calls on real offices ask `held` meanwhile.
    changing: Mutex<()>,
}

impl Sample {
    /// The place in a data directory; nothing is opened.
    pub(crate) fn of(data: &Path, clock: fn() -> (Date, u64), random: fn(&mut [u8])) -> Self {
        Self { folder: data.join(FOLDER), clock, random, held: RwLock::default(), changing: Mutex::default() }
    }

    /// Opens the sample that was made before. What cannot be opened, or is nobody's, is removed.
    pub(crate) fn reopen(&self, inner: &Inner) {
        let kept = inner.store.setting(SETTING).ok().flatten().filter(|kept| !kept.is_null());
        if kept.is_none() && !self.folder.exists() {
            return;
        }
        let opened = kept.as_ref().and_then(|kept| {
            let key: [u8; 32] = HEXLOWER.decode(kept.get("key")?.as_str()?.as_bytes()).ok()?.try_into().ok()?;
            let node = self.open(DatabaseKey::from_bytes(key), false).ok()?;
            Some(Held { node, office: kept.get("office")?.as_str()?.to_owned() })
        });
        if opened.is_none() {
            tracing::warn!("what was left of a sample is removed");
            let _ = std::fs::remove_dir_all(&self.folder);
            if kept.is_some() {
                let _ = inner.store.put_setting(SETTING, &Value::Null);
            }
        }
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = opened;
    }

    fn open(&self, key: DatabaseKey, create: bool) -> Answer<Node> {
        Node::open(OpenOptions {
            data: self.folder.clone(),
            key,
            create,
            boot: self.folder.join("boot"),
            clock: self.clock,
            random: self.random,
        })
    }

    /// Whether an id is the sample's.
    pub(crate) fn is(&self, office: Option<&str>) -> bool {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().is_some_and(|held| office == Some(held.office.as_str()))
    }

    /// One at a time makes or removes the sample. Taken before `held`.
    fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on the open sample.
    fn with<T>(&self, work: impl FnOnce(&Arc<Inner>, &str) -> Answer<T>) -> Answer<Option<T>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|held| work(&held.node.0, &held.office)).transpose()
    }

    /// The card of the sample and its years, if there is one.
    pub(crate) fn card(&self) -> Answer<Option<(OfficeCard, Vec<i16>)>> {
        self.with(|inner, office| {
            let cx = Cx::new(inner, Some(office))?;
            Ok((OfficeCard { sample: true, ..crate::cases::office::card(&cx)? }, cx.years()?.into_iter().collect()))
        })
    }
}

/// Whether a call may be made on the sample.
fn stays_here(entry: &Entry) -> bool {
    let word = entry.name.split('.').next().unwrap_or_default();
    match entry.run {
        Run::Later(_) => false,
        Run::LaterNode(_) => entry.name == "changes.wait",
        _ => !(FILES.contains(&word) || OUTWARD.contains(&word) && entry.kind == Kind::Command),
    }
}

/// Refuses what would lead out of the sample.
///
/// # Errors
/// `sample_stays_here`.
pub(crate) fn admit(entry: &Entry) -> Answer<()> {
    if stays_here(entry) { Ok(()) } else { Err(ErrorDto::new("sample_stays_here")) }
}

/// Runs a call on the sample's books; none: the call is about the machine, and the real node answers it.
pub(crate) fn run(inner: &Arc<Inner>, seat: Option<&str>, entry: &'static Entry, input: Value) -> Answer<Value> {
    let who = crate::seat::admit(inner, seat, entry.name)?;
    let gone = || ErrorDto::new("office_unknown");
    match entry.run {
        Run::Books(run) => {
            let answer = inner.sample.with(|sample, office| {
                let cx = asked(sample, Some(office), entry, who, &input)?;
                run(&cx, input)
            })?;
            if entry.kind == Kind::Command {
                inner.feed.publish(entry.tags.iter().copied());
            }
            answer.ok_or_else(gone)
        }
        // What would leave this machine is asked of the office that is shown.
        Run::Node(run) if entry.name == "sync.leaves" => {
            inner.sample.with(|sample, _| run(sample, input))?.ok_or_else(gone)
        }
        _ => Err(ErrorDto::new("sample_stays_here")),
    }
}

/// Whether the sample's own books answer a call; the rest is about this machine.
pub(crate) fn answers(entry: &Entry) -> bool {
    matches!(entry.run, Run::Books(_)) || entry.name == "sync.leaves"
}

fn note(inner: &Inner, code: &str, kept: Value) -> Answer<()> {
    let log = LogEntry { on: inner.today(), code: code.to_owned(), params: std::collections::BTreeMap::new() };
    let side = SideWrites { settings: vec![(SETTING.to_owned(), kept)], log: vec![log], ..SideWrites::default() };
    inner.store.commit(inner.today(), Vec::new(), side).map_err(store_error)?;
    inner.feed.publish(["office"]);
    Ok(())
}

/// `sample.make`: the sample with some months of records up to today; the one that is there stays.
pub(crate) fn make(inner: &Arc<Inner>, _: Nothing) -> Answer<SampleMade> {
    let sample = &inner.sample;
    let _changes = sample.change();
    if let Some(office) = sample.with(|_, office| Ok(office.to_owned()))? {
        return Ok(SampleMade { office });
    }
    let _ = std::fs::remove_dir_all(&sample.folder);
    let key: [u8; 32] = inner.bytes();
    let made = sample.open(DatabaseKey::from_bytes(key), true).and_then(|node| {
        let office = fill::fill(&node.0, inner.today())?;
        Ok(Held { node, office })
    });
    let new = match made {
        Ok(new) => new,
        Err(error) => {
            let _ = std::fs::remove_dir_all(&sample.folder);
            return Err(error);
        }
    };
    note(inner, "sample_made", json!({"office": new.office, "key": HEXLOWER.encode(&key)}))?;
    let office = new.office.clone();
    *sample.held.write().unwrap_or_else(PoisonError::into_inner) = Some(new);
    Ok(SampleMade { office })
}

/// `sample.remove`: the folder and its key go; nothing of it was anywhere else.
pub(crate) fn remove(inner: &Arc<Inner>, _: Nothing) -> Answer<Nothing> {
    let sample = &inner.sample;
    let _changes = sample.change();
    let mut held = sample.held.write().unwrap_or_else(PoisonError::into_inner);
    if held.take().is_none() {
        return Err(ErrorDto::new("sample_none"));
    }
    // Without its key nobody opens it, should the system keep a file for a moment; the next start removes what is left.
    note(inner, "sample_removed", Value::Null)?;
    if let Err(error) = std::fs::remove_dir_all(&sample.folder) {
        tracing::warn!(%error, "the folder of the sample goes with the next start");
    }
    Ok(Nothing {})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TABLE;

    fn refused() -> Vec<&'static str> {
        TABLE.iter().filter(|entry| !stays_here(entry)).map(|entry| entry.name).collect()
    }

    #[test]
    fn no_call_leads_out_of_the_sample() {
        let refused = refused();
        for name in [
            "sync.now",
            "bundle.export",
            "bundle.import",
            "join.start",
            "request.make",
            "invite.office",
            "join.approve",
            "order.give",
            "tree.card",
            "snapshot.make",
            "snapshot.export",
            "device.remove",
            "handover.retire",
            "import.commit",
        ] {
            assert!(refused.contains(&name), "{name}");
        }
        for name in ["visit.save", "today", "search", "changes.wait", "dues.collect", "sync.status", "org.tree"] {
            assert!(!refused.contains(&name), "{name}");
        }
    }

    #[test]
    fn whatever_waits_for_the_network_is_refused() {
        for entry in TABLE {
            if matches!(entry.run, Run::Later(_) | Run::LaterNode(_)) && entry.name != "changes.wait" {
                assert!(!stays_here(entry), "{}", entry.name);
            }
        }
    }
}
