//! Snapshot files, checked with nothing but the tree id: as bytes that may be anything, and as content whose signature holds.

use jiff::civil::Date;
use ybz_domain::ids::{Incarnation, OfficeId, Serial, TreeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::snapshot::{FactRow, FactSheet, Input, Snapshot, digest, totals, verify};
use ybz_domain::trust::{Body, Charter, Entry, Link, RecoveryKey, tree_id};

/// A snapshot with its sheets and statements, each copied and opened a few times.
pub const BOUND: usize = 64 << 20;

const DAY: Date = Date::constant(2026, 3, 20);

fn key(number: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[number; 32])
}

fn charter() -> (TreeId, Signed<Charter>) {
    let name = "县委组织部".to_owned();
    let charter = Charter {
        version: 1,
        previous: None,
        office: OfficeId([1; 16]),
        name,
        keepers: vec![key(1).id()],
        ended: Vec::new(),
    };
    let charter = RecoveryKey::from_entropy(&[1; 32]).sign(&charter);
    (tree_id(&charter), charter)
}

/// Reads the bytes as a file, and as what somebody with a certificate signs.
pub fn run(data: &[u8]) {
    let (tree, _) = charter();
    let _ = ybz_app::verify_snapshot_offline(data, &tree.to_string());
    if let Ok((snapshot, _)) = postcard::take_from_bytes::<Snapshot>(data) {
        let sound = verify(&Signed::sign(&key(2), &snapshot), &tree).iter().all(|finding| finding.ok);
        let stranger = verify(&Signed::sign(&key(9), &snapshot), &tree).iter().all(|finding| finding.ok);
        assert!(!stranger, "signed by nobody of the committee");
        if sound {
            let sheets: Vec<FactSheet> = sheets(&snapshot.inputs);
            let counted = digest(&tree, &snapshot.office, snapshot.year, &sheets, &snapshot.inputs);
            assert_eq!((snapshot.rows, snapshot.digest), (totals(&sheets), counted), "it adds up");
        }
    }
}

fn sheets(inputs: &[Input]) -> Vec<FactSheet> {
    let opened = inputs.iter().filter_map(|input| match input {
        Input::Included { sheet, .. } => sheet.open().ok(),
        Input::Missing { .. } => None,
    });
    opened.collect()
}

/// A street's snapshot with one branch: the file, and its content.
pub fn seeds() -> Vec<Vec<u8>> {
    let (tree, charter) = charter();
    let adopt = |signer: u8, office: u8, kind, before: Option<&Signed<Entry>>| {
        let before = before.and_then(|signed| signed.peek().ok().map(|entry| Link::of(signed, &entry)));
        let body = Body::Adopt {
            serial: Serial([office; 16]),
            office: OfficeId([office; 16]),
            name: format!("office {office}"),
            kind,
            keeper: key(office).id(),
            valid_from: DAY,
        };
        let (seq, previous) = (before.as_ref().map_or(1, |link| link.seq + 1), before.map(|link| link.hash()));
        let entry = Entry { tree: Some(tree), office: OfficeId([signer; 16]), seq, previous, on: DAY, body };
        Signed::sign(&key(signer), &entry)
    };
    let street = adopt(1, 2, OfficeKind::Committee, None);
    let branch = adopt(2, 3, OfficeKind::Branch, None);
    let row = |month, numerator| FactRow { metric: "visits".to_owned(), month, numerator, denominator: None };
    let sheet = FactSheet {
        tree,
        office: OfficeId([3; 16]),
        year: 2026,
        as_of: DAY,
        rules: "1".to_owned(),
        incarnation: Incarnation([1; 16]),
        counter: 1,
        changes: 7,
        heads: Vec::new(),
        rows: vec![row(None, Some(7)), row(Some(3), Some(7))],
    };
    let inputs = vec![Input::Included { name: "office 3".to_owned(), sheet: Signed::sign(&key(3), &sheet) }];
    let snapshot = Snapshot {
        tree,
        office: OfficeId([2; 16]),
        name: "office 2".to_owned(),
        year: 2026,
        made_on: DAY,
        rules: "1".to_owned(),
        rows: totals(&sheets(&inputs)),
        digest: digest(&tree, &OfficeId([2; 16]), 2026, &sheets(&inputs), &inputs),
        inputs,
        charters: vec![charter],
        entries: vec![street, branch],
        withheld: Vec::new(),
    };
    let file = postcard::to_stdvec(&Signed::sign(&key(2), &snapshot));
    file.into_iter().chain(postcard::to_stdvec(&snapshot)).collect()
}
