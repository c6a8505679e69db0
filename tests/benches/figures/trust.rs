//! `trust/*`: what it costs that everything is verified.
//!
//! No build of the product can leave verification out, so nothing is compared with one that does. The rounds are the ones of
//! `sync/*`; what verifies in them (checksums and quotas of chunks, attestations, the rules of acceptance, receipts signed,
//! checked and kept) is done once more on the same bytes, alone and timed, and taken off. In a round some of it runs beside
//! other work: what is printed is never less than the truth.

use std::collections::BTreeMap;
use std::time::Instant;

use automerge::Change;
use scenarios::workload::{Outcome, Scene, closing_day, open};
use sha2::{Digest, Sha256};
use ybz_domain::accept::{Attestation, ChangeMeta, Known, ParsedChange, judge, parse_change, verify_attestation};
use ybz_domain::book::Scope;
use ybz_domain::ids::{BookId, ChangeHash};
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Receipt, Received};
use ybz_store::{DatabaseKey, Options, Store};

use crate::Stage;
use crate::figure::{RUNS, print, since};
use crate::sync::round;

type Heads = BTreeMap<BookId, Vec<ChangeHash>>;

/// What verification of one delivery costs.
#[derive(Debug, Default, Clone, Copy)]
struct Work {
    /// Chunks: checksums and quotas.
    chunks: f64,
    /// Signatures of attestations.
    attestations: f64,
    /// Rules of acceptance.
    rules: f64,
    /// A receipt signed and kept above, checked and kept below.
    receipt: f64,
    /// Bytes of attestations and receipt, before compression.
    bytes: f64,
}

impl Work {
    fn wall(&self) -> f64 {
        self.chunks + self.attestations + self.rules + self.receipt
    }

    fn tell(&self) {
        let Self { chunks, attestations, rules, receipt, bytes } = self;
        eprintln!(
            "  chunks {chunks:.2} ms, attestations {attestations:.2} ms, rules {rules:.2} ms, receipt {receipt:.2} ms, {bytes:.0} bytes"
        );
    }
}

/// First sync of a village-year: time and bytes with verification, over those without.
pub(crate) async fn first_year(stage: &Stage) -> Outcome {
    let (mut ratios, mut wire) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (wall, bytes, work) = delivery(stage, Scene::FirstYear).await?;
        ratios.push(wall / (wall - work.wall()));
        wire.push(bytes / (bytes - work.bytes));
    }
    print("trust/first-year", "ratio", ratios, 1.15);
    print("trust/wire", "ratio", wire, 1.02);
    Ok(())
}

/// The same of an offline-month, in milliseconds.
pub(crate) async fn offline_month(stage: &Stage) -> Outcome {
    let (mut extra, mut wire) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (_, bytes, work) = delivery(stage, Scene::OfflineMonth).await?;
        extra.push(work.wall());
        wire.push(bytes / (bytes - work.bytes));
    }
    print("trust/offline-month", "extra_ms", extra, 5);
    print("trust/offline-month", "wire_ratio", wire, None);
    Ok(())
}

/// Everything of a village-year checked from disk by its own node.
pub(crate) async fn doctor(stage: &Stage) -> Outcome {
    let mut walls = Vec::new();
    for _ in 0..RUNS {
        stage.set(Scene::Equal).await?;
        let node = open(&stage.folders.live("village"))?;
        let started = Instant::now();
        let report = node.doctor().map_err(|error| error.to_string())?;
        walls.push(since(started));
        if !report.sound {
            return Err(format!("{:?}", report.findings));
        }
        eprintln!("  {} changes in {} books, {} records", report.changes, report.books, report.records);
    }
    print("trust/doctor", "wall_ms", walls, 300);
    Ok(())
}

/// A round, with its time and bytes, and what verifies in it.
async fn delivery(stage: &Stage, scene: Scene) -> Outcome<(f64, f64, Work)> {
    stage.set(scene).await?;
    let before = heads(&store(stage, "street")?)?;
    let cost = round(stage).await?;
    let (street, village) = (store(stage, "street")?, store(stage, "village")?);
    let mut work = Work::default();
    let mut received = Vec::new();
    for (id, now) in heads(&village)? {
        let had = before.get(&id).cloned().unwrap_or_default();
        if had != now {
            verify(&village, id, &had, &mut work)?;
            received.push((id, now));
        }
    }
    receipt(&street, &village, received, &mut work)?;
    work.tell();
    Ok((cost.wall, cost.bytes, work))
}

/// A device's database; its node is closed, or about to be.
fn store(stage: &Stage, device: &str) -> Outcome<Store> {
    let folder = stage.folders.live(device);
    let started = Instant::now();
    loop {
        let opened = Store::open(Options {
            dir: folder.join("data"),
            key: DatabaseKey::from_bytes([7; 32]),
            boot_dir: folder.join("boot"),
            today: closing_day(),
            random: scenarios::workload::random_bytes,
            cache_bytes: 1 << 20,
        });
        match opened {
            Ok(store) => return Ok(store),
            Err(error) if started.elapsed().as_secs() > 20 => return Err(error.to_string()),
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}

/// Heads of the books that go up.
fn heads(store: &Store) -> Outcome<Heads> {
    let all = store.catalog(&|key| key.kind.scope() == Scope::Up).map_err(|error| error.to_string())?;
    Ok(all.into_iter().map(|(key, heads)| (key.id(), heads)).collect())
}

/// Verifies what one book delivers beyond some heads, as the receiving side does.
fn verify(store: &Store, book: BookId, had: &[ChangeHash], work: &mut Work) -> Outcome {
    let failed = |error: ybz_store::StoreError| error.to_string();
    let sent = store.missing_for(&book, had).map_err(failed)?;
    let known = known(&store.missing_for(&book, &[]).map_err(failed)?.changes, &sent.changes);
    let refused = |error: ybz_domain::accept::Refusal| error.to_string();

    // A change is read in any case, to find its place in the index; what comes on top is timed.
    let started = Instant::now();
    for bytes in &sent.changes {
        Change::from_bytes(bytes.clone()).map_err(|error| error.to_string())?;
    }
    let read = since(started);
    let started = Instant::now();
    let parsed: Vec<ParsedChange> =
        sent.changes.iter().map(|bytes| parse_change(bytes)).collect::<Result<_, _>>().map_err(refused)?;
    let checked = since(started);
    let started = Instant::now();
    for bytes in &sent.changes {
        std::hint::black_box(Sha256::digest(bytes));
    }
    work.chunks += (checked - read).max(0.0) + since(started);

    let started = Instant::now();
    let attested = sent.attestations.iter().map(|signed| verify_attestation(signed, &book));
    let attested: BTreeMap<_, _> = attested.collect::<Result<_, _>>().map_err(refused)?;
    work.attestations += since(started);

    let started = Instant::now();
    let judged = judge(&parsed, &known, &attested);
    work.rules += since(started);
    if judged.accept.len() != sent.changes.len() {
        return Err(format!("of {} changes {} would be accepted", sent.changes.len(), judged.accept.len()));
    }
    work.bytes += sent.attestations.iter().map(size::<Attestation>).sum::<f64>();
    Ok(())
}

/// What the receiving side knew of a book: everything that was not sent.
fn known(all: &[Vec<u8>], sent: &[Vec<u8>]) -> Known {
    let metas = |changes: &[Vec<u8>]| -> Vec<ChangeMeta> {
        changes.iter().filter_map(|bytes| parse_change(bytes).ok()).map(|change| change.meta).collect()
    };
    let sent: std::collections::BTreeSet<ChangeHash> = metas(sent).into_iter().map(|meta| meta.hash).collect();
    let mut known = Known::default();
    for meta in metas(all).into_iter().filter(|meta| !sent.contains(&meta.hash)) {
        let tip = known.tips.entry(meta.actor).or_insert((meta.seq, meta.hash));
        if tip.0 < meta.seq {
            *tip = (meta.seq, meta.hash);
        }
        known.deps.insert(meta.hash, meta);
    }
    known
}

/// A receipt for all of it, from one disk to the other.
fn receipt(street: &Store, village: &Store, received: Vec<(BookId, Vec<ChangeHash>)>, work: &mut Work) -> Outcome {
    let failed = |error: ybz_store::StoreError| error.to_string();
    let office =
        |store: &Store| -> Outcome<_> { Ok(store.local_offices().map_err(failed)?.first().ok_or("no office")?.office) };
    let (to, from) = (office(street)?, office(village)?);
    let tree = street.tree().map_err(failed)?.ok_or("no tree")?;
    let started = Instant::now();
    let signed = street.sign_receipt(tree, to, from, closing_day(), Received::Books(received), None).map_err(failed)?;
    village.put_receipt(&signed, &[], None).map_err(failed)?;
    work.receipt += since(started);
    work.bytes += size::<Receipt>(&signed);
    Ok(())
}

fn size<T>(signed: &Signed<T>) -> f64 {
    postcard::to_stdvec(signed).map_or(0.0, |bytes| bytes.len() as f64)
}
