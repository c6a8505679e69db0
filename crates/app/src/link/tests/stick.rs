//! Bundles from inside: what is in one once it is open, what a removed device's one brings, and how one goes on.

use serde_json::json;
use ybz_domain::envelope::{self, EnvelopeKind};
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId};
use ybz_domain::trust::{Body, Link as LogLink};
use ybz_sync::bundle::{self, Packer};
use ybz_sync::wire::Frame;

use super::*;
use crate::cases::issue::{issue, turn};
use crate::cases::{concern, household};
use crate::cx::Edits;
use crate::dto::bundle::{BundleExport, BundleExportInput, BundleImport, BundleImportInput};
use crate::link::answer::Way;
use crate::link::bundle as files;
use crate::link::scope::Pair;

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn export(from: &Place, to: &str) -> BundleExport {
    let input = BundleExportInput { to: to.to_owned(), whole: false };
    wait(files::export(from.inner.clone(), None, input)).unwrap()
}

fn import(to: &Place, file: &BundleExport) -> Result<BundleImport, String> {
    let input = BundleImportInput { base64: file.file.base64.clone() };
    wait(files::import(to.inner.clone(), None, input)).map_err(|error| error.code)
}

/// What a device of the addressee sees in a file.
fn opened(by: &Place, file: &BundleExport) -> Vec<u8> {
    let bytes = data_encoding::BASE64.decode(file.file.base64.as_bytes()).unwrap();
    envelope::open(EnvelopeKind::Bundle, &by.inner.store.device(), &bytes).unwrap()
}

fn frames(bytes: &[u8]) -> Vec<Frame> {
    bundle::read(bytes).unwrap().2.map(Result::unwrap).collect()
}

#[test]
fn no_private_word_is_in_a_file_for_the_superior_even_once_it_is_open() {
    let (_department, street, village) = line();
    let input = json!({
        "date": "0305", "kind": "household", "place": "地点金丝雀", "situationText": "情况金丝雀",
        "newHousehold": {"name": "户主金丝雀", "door": "门牌金丝雀", "phone": "13912340001", "note": "户备注金丝雀"},
        "participants": ["赵甲一"],
        "concern": {"category": "roads", "text": "未上报金丝雀", "privateNote": "私密备注金丝雀", "nextStep": "下一步金丝雀",
                    "owner": "村干部", "deadline": "2026-03-31"},
    });
    visit::save(&cx(&village), serde_json::from_value(input).unwrap()).unwrap();
    assert_eq!(concern::preview(&cx(&village)).unwrap().items.len(), 1);
    assert_eq!(household::list(&cx(&village), Default::default()).unwrap().total, 1);
    let file = export(&village, "河东街道");
    let inside: Vec<u8> =
        frames(&opened(&street, &file)).iter().flat_map(|frame| postcard::to_stdvec(frame).unwrap()).collect();
    let has = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    for word in ["地点金丝雀", "情况金丝雀"] {
        assert!(has(&inside, word), "the search is real: {word} goes up");
    }
    for word in
        ["户主金丝雀", "门牌金丝雀", "13912340001", "户备注金丝雀", "未上报金丝雀", "私密备注金丝雀", "下一步金丝雀"]
    {
        assert!(!has(&inside, word), "{word} is in the file");
    }
    assert!(!frames(&opened(&street, &file)).iter().any(|frame| matches!(frame, Frame::Keys(_))));
    let closed = data_encoding::BASE64.decode(file.file.base64.as_bytes()).unwrap();
    for id in [&cx(&village).office.0[..], &cx(&street).office.0[..], &village.inner.store.device().id().0[..]] {
        assert!(!closed.windows(id.len()).any(|window| window == id), "a stick that is found names nobody");
    }
}

#[test]
fn a_file_that_broke_off_in_the_middle_goes_on_the_next_time() {
    let (_department, street, village) = line();
    let mut rng = Rng::new(7);
    record_visits(&village, &mut rng, 40);
    let file = export(&village, "河东街道");
    let all = frames(&opened(&street, &file));
    let pair = Pair { mine: cx(&street).office, theirs: cx(&village).office };
    let device = village.inner.store.device();
    // The same up to the first changes: as if the program had been closed there.
    let first = all.iter().position(|frame| matches!(frame, Frame::Changes(_))).unwrap();
    let mut packer = Packer::default();
    for frame in all.iter().take(first + 1).cloned() {
        let frame = match frame {
            // Without the attestations, which come last.
            Frame::Changes(mut changes) => {
                changes.attestations.clear();
                changes.more = true;
                Frame::Changes(changes)
            }
            frame => frame,
        };
        packer.push(frame).unwrap();
    }
    let tree = street.inner.store.tree().unwrap();
    let (from, to) = (pair.theirs, pair.mine);
    let cut = packer
        .sign(&device, |frames| bundle::Manifest { tree, from, to, on: Date::constant(2026, 3, 20), frames })
        .unwrap();
    let peer = Peer::by_file(street.inner.clone(), device.id(), pair, Way::FileIn);
    let begun = peer.unpack(bundle::read(&cut).unwrap().2, Date::constant(2026, 3, 20)).unwrap();
    assert_eq!(begun.accepted, 0, "what nobody vouched for yet is staged");
    assert_eq!(visits_of(&street, pair.theirs), 0);
    let taken = import(&street, &file).unwrap();
    assert_eq!((taken.accepted, taken.refused), (file.changes, 0));
    assert_eq!(visits_of(&street, pair.theirs), 40);
}

/// The cut of a device as somebody knows it: everything of it that is held there.
fn cut(known_by: &Place, device: &DeviceId) -> Vec<(BookId, ActorId, u64, ChangeHash)> {
    let store = &known_by.inner.store;
    let mut cut = Vec::new();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        for signed in store.attestations(&key.id()).unwrap().iter().filter(|signed| signed.signer == *device) {
            let attestation = signed.peek().unwrap();
            let actor = ActorId::bind(device, &key.id(), &attestation.nonce);
            cut.push((key.id(), actor, attestation.seq, attestation.hash));
        }
    }
    cut
}

fn remove(by: &Place, device: &DeviceId, cut: Vec<(BookId, ActorId, u64, ChangeHash)>) {
    let village = by.inner.store.membership().unwrap();
    let below = cx(by).children(&cx(by).office)[0];
    let serial = village.certificate(&below, device).unwrap().serial.unwrap();
    let entries = by.inner.store.entries().unwrap();
    let last = entries.iter().filter(|signed| signed.signer == *device).map(|signed| {
        let entry = signed.peek().unwrap();
        (entry.seq, LogLink::of(signed, &entry).hash())
    });
    let last = last.max();
    let _turn = turn(&by.inner);
    let cx = cx(by);
    let mut edits = Edits::default();
    issue(&cx, &mut edits, Body::Remove { serial, cut, last }).unwrap();
    cx.commit(edits).unwrap();
}

#[test]
fn a_device_that_gave_its_place_up_carries_what_it_wrote_until_then_and_nothing_after() {
    let (_department, street, village) = line();
    let mut rng = Rng::new(8);
    record_visits(&village, &mut rng, 3);
    let device = village.inner.store.device().id();
    // What was written until the place ended; it is still to be delivered.
    let until = cut(&village, &device);
    let within = export(&village, "河东街道");
    record_visits(&village, &mut rng, 2);
    let beyond = export(&village, "河东街道");
    remove(&street, &device, until);
    assert!(import(&street, &within).is_ok_and(|taken| taken.accepted == within.changes && taken.refused == 0));
    let office = street.inner.store.membership().unwrap().children(&cx(&street).office)[0];
    assert_eq!(visits_of(&street, office), 3);
    let taken = import(&street, &beyond).unwrap();
    assert_eq!(taken.accepted, 0, "what came after the cut does not count: {taken:?}");
    assert!(taken.refused > 0, "and is kept aside with the reason");
    assert_eq!(visits_of(&street, office), 3);

    // The device hears of it, may write no more, and still hands over what it has.
    let told = street.inner.store.entries().unwrap();
    village.inner.store.put_statements(&[], &[], &told).unwrap();
    assert!(cx(&village).must_write().is_err());
    let last = export(&village, "河东街道");
    assert_eq!(last.changes, beyond.changes, "it goes on delivering");
    assert_eq!(import(&street, &last).unwrap().accepted, 0, "all that counts is there already");
    let input = BundleExportInput { to: "示范一村".to_owned(), whole: false };
    let nobody = wait(files::export(street.inner.clone(), None, input)).unwrap_err();
    assert_eq!(nobody.code, "bundle_no_target", "nothing is closed for a device without a place");
}
