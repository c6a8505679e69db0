//! Snapshots that leave something out, before a reader who knows of it.

use crate::book::{FieldView, RecordView, SeenValue};
use crate::ids::{ActorId, Incarnation, RecordId};
use crate::office::OfficeKind;
use crate::sign::Signed;
use crate::snapshot::{
    FactSheet, Held, Input, Snapshot, Sources, compute, digest, publish_atom, totals, verify, verify_knowing,
};
use crate::trust::testing::{Issuer, ROOT, TODAY, charter, device, key, office, serial};
use crate::trust::{Body, Entry, Role};

/// The root's, the street's (2) and a general branch's (3) log; branches: 4 below the street, 5 below the general branch.
struct World {
    root: Issuer,
    street: Issuer,
    general: Issuer,
}

fn world() -> World {
    let mut out =
        World { root: Issuer::new(1, ROOT), street: Issuer::new(2, office(2)), general: Issuer::new(3, office(3)) };
    out.root.adopt(2, OfficeKind::Committee, 2);
    out.street.adopt(3, OfficeKind::GeneralBranch, 3);
    out.street.adopt(4, OfficeKind::Branch, 4);
    out.general.adopt(5, OfficeKind::Branch, 5);
    out
}

fn sheet(of: u8, signer: u8) -> Input {
    let content = FactSheet {
        tree: charter().0,
        office: office(of),
        year: 2026,
        as_of: TODAY,
        rules: "1".to_owned(),
        incarnation: Incarnation([1; 16]),
        counter: 1,
        changes: 1,
        heads: Vec::new(),
        rows: Vec::new(),
    };
    Input::Included { name: format!("office {of}"), sheet: Signed::sign(&key(signer), &content) }
}

fn snapshot(inputs: Vec<Input>, entries: Vec<Signed<Entry>>) -> Signed<Snapshot> {
    let (tree, charter) = charter();
    let sheets: Vec<FactSheet> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Included { sheet, .. } => sheet.open().ok(),
            Input::Missing { .. } => None,
        })
        .collect();
    let snapshot = Snapshot {
        tree,
        office: office(2),
        name: "office 2".to_owned(),
        year: 2026,
        made_on: TODAY.tomorrow().unwrap(),
        rules: "1".to_owned(),
        rows: totals(&sheets),
        digest: digest(&tree, &office(2), 2026, &sheets, &inputs),
        inputs,
        charters: vec![charter],
        entries,
        withheld: Vec::new(),
    };
    Signed::sign(&key(2), &snapshot)
}

/// Codes and subjects of what does not hold.
fn wrong(signed: &Signed<Snapshot>, held: &[Signed<Entry>]) -> Vec<(&'static str, String)> {
    let held = Held { entries: held, ..Held::default() };
    let findings = verify_knowing(signed, &charter().0, held).into_iter().filter(|finding| !finding.ok);
    findings.map(|finding| (finding.code, finding.subject)).collect()
}

#[test]
fn an_office_that_is_left_out_is_missed_by_who_knows_of_it() {
    let World { root, street, general } = world();
    let all = [root.log.clone(), street.log.clone(), general.log.clone()].concat();
    let whole = snapshot(vec![sheet(3, 3), sheet(4, 4), sheet(5, 5)], all.clone());
    assert_eq!(wrong(&whole, &all), []);
    // A branch below the general branch: neither listed nor certified in the snapshot.
    let without = [root.log.clone(), street.log.clone()].concat();
    let hidden = snapshot(vec![sheet(3, 3), sheet(4, 4)], without);
    assert!(verify(&hidden, &charter().0).iter().all(|finding| finding.ok), "by itself nothing shows");
    let found = wrong(&hidden, &all);
    assert!(found.contains(&("missing_office", "office 5".to_owned())), "{found:?}");
    assert!(found.iter().any(|(code, _)| *code == "missing_listed"), "{found:?}");
    // One that came on the day itself may have come after the snapshot.
    let mut street = street;
    street.issue(Body::Adopt {
        serial: serial(6),
        office: office(6),
        name: "office 6".to_owned(),
        kind: OfficeKind::Branch,
        keeper: device(6),
        valid_from: TODAY.tomorrow().unwrap(),
    });
    assert_eq!(wrong(&whole, &street.log), []);
    // Certified and not listed shows by itself, also below a general branch.
    let unlisted = snapshot(vec![sheet(3, 3), sheet(4, 4)], all);
    assert!(wrong(&unlisted, &[]).contains(&("missing_office", "office 5".to_owned())));
}

#[test]
fn a_removal_that_is_left_out_still_counts() {
    let World { root, mut street, general } = world();
    let told = [root.log.clone(), street.log.clone(), general.log.clone()].concat();
    let signed = snapshot(vec![sheet(3, 3), sheet(4, 4), sheet(5, 5)], told);
    street.remove(4, None);
    let found = wrong(&signed, &street.log);
    assert_eq!(found, [("branch_certificate", "office 4".to_owned())]);
}

#[test]
fn an_issuer_known_to_have_forked_is_a_fault() {
    let World { root, street, general } = world();
    let mut other = street.fork(0);
    other.enrol(9, Role::Clerk);
    let told = [root.log.clone(), street.log.clone(), general.log.clone()].concat();
    let signed = snapshot(vec![sheet(3, 3), sheet(4, 4), sheet(5, 5)], told);
    assert_eq!(wrong(&signed, &[]), []);
    let found = wrong(&signed, &other.log);
    assert!(found.contains(&("issuer_forked", key(2).id().to_string())), "{found:?}");
}

#[test]
fn small_counts_are_hidden_and_others_rounded_to_five() {
    let published: Vec<_> = [0, 1, 4, 5, 7, 8, 12, 13].into_iter().map(publish_atom).collect();
    assert_eq!(published, [None, None, None, Some(5), Some(5), Some(10), Some(10), Some(15)]);
}

fn record(n: u8, rtype: &str, fields: &[(&str, &str)]) -> RecordView {
    let seen = |text: &str| SeenValue { value: text.into(), actor: ActorId([0; 16]), change: None };
    let fields = fields.iter().map(|(name, text)| ((*name).to_owned(), FieldView { values: vec![seen(text)] }));
    RecordView { id: RecordId([n; 16]), rtype: rtype.to_owned(), fields: fields.collect() }
}

#[test]
fn an_item_that_was_handed_in_and_returned_is_not_counted_as_finished() {
    let item = RecordId([1; 16]).to_string();
    let mut records = vec![
        record(1, "dispatched_item", &[("title", "河道清理"), ("date", "2026-07-31")]),
        record(2, "item", &[("title", "修路"), ("date", "2026-07-20"), ("kind", "own")]),
        record(3, "step", &[("ref", &item), ("date", "2026-07-08"), ("state", "done")]),
    ];
    let july = |records: &[RecordView]| {
        let rows = compute(Sources { year: 2026, as_of: "2026-08-01", records });
        let row = rows.into_iter().find(|row| row.metric == "checklist").unwrap();
        (row.month, row.numerator, row.denominator)
    };
    assert_eq!(july(&records), (Some(7), Some(1), Some(2)), "handed in");
    let before = RecordId([3; 16]).to_string();
    let word =
        [("ref", item.as_str()), ("kind", "item"), ("state", "returned"), ("after", &before), ("date", "2026-07-15")];
    records.push(record(4, "decision", &word));
    assert_eq!(july(&records), (Some(7), Some(0), Some(2)), "returned");
}
