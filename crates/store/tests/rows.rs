//! Durable rows beside the books.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{OFFICE, TODAY, home, id, options};
use jiff::civil::date;
use ybz_domain::ids::{DeviceId, OfficeId, Serial, TreeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Charter, Entry, Founding, RecoveryKey, Role, Ticket, TicketKind, tree_id};
use ybz_store::{
    Carrier, Draft, Link, LocalOffice, LogEntry, PendingJoin, SideWrites, Store, StoreError, TicketSlot, TicketUse,
};

fn slot(number: u8) -> TicketSlot {
    let ticket = Ticket {
        slot: Serial([number; 16]),
        secret: [number; 16],
        tree: Some(TreeId([3; 32])),
        office: OFFICE,
        office_name: "某街道".to_owned(),
        device: DeviceId([5; 32]),
        addresses: vec!["127.0.0.1:4000".to_owned()],
        kind: TicketKind::Device { role: Role::Clerk },
    };
    TicketSlot { ticket, expires: date(2026, 3, 16), used_by: None }
}

#[test]
fn a_ticket_opens_once_and_only_until_it_expires() {
    let home = home();
    let (one, two) = (DeviceId([1; 32]), DeviceId([2; 32]));
    home.put_ticket(&slot(1)).unwrap();
    let take = |number: u8, secret: u8, device: &DeviceId, day| {
        home.check_ticket(&Serial([number; 16]), &[secret; 16], device, day).unwrap()
    };
    assert_eq!(take(1, 9, &one, TODAY), TicketUse::Unknown, "another secret looks like no ticket at all");
    assert_eq!(take(2, 2, &one, TODAY), TicketUse::Unknown);
    assert_eq!(take(1, 1, &one, date(2026, 3, 17)), TicketUse::Expired);
    assert_eq!(take(1, 1, &one, date(2026, 3, 16)), TicketUse::Open(Box::new(slot(1).ticket)));
    assert_eq!(take(1, 1, &two, date(2026, 3, 16)), TicketUse::Open(Box::new(slot(1).ticket)), "looking takes nothing");
    let admits = |device| SideWrites { admits: Some((Serial([1; 16]), device)), ..SideWrites::default() };
    home.put_side(&admits(one)).unwrap();
    home.put_side(&admits(one)).unwrap();
    let settings = vec![("certificate".to_owned(), serde_json::json!(2))];
    let late = SideWrites { settings, ..admits(two) };
    assert!(matches!(home.put_side(&late), Err(StoreError::TicketTaken(_))), "one device");
    assert_eq!(home.setting("certificate").unwrap(), None, "the ticket and what it gives go together or not at all");
    assert_eq!(
        take(1, 1, &one, date(2026, 4, 1)),
        TicketUse::Open(Box::new(slot(1).ticket)),
        "the same device may ask again"
    );
    assert_eq!(take(1, 1, &two, TODAY), TicketUse::Used(one));
    assert_eq!(home.ticket(&Serial([1; 16])).unwrap().unwrap().used_by, Some(one));
    assert!(home.delete_ticket(&Serial([1; 16])).unwrap());
    assert!(home.tickets().unwrap().is_empty());
    let join = PendingJoin { slot: Serial([1; 16]), device: one, asked: TODAY, request: vec![1, 2] };
    assert!(home.put_join(&PendingJoin { request: vec![9], ..join.clone() }, 2).unwrap());
    assert!(home.put_join(&join, 2).unwrap(), "asking again replaces");
    assert!(home.put_join(&PendingJoin { device: two, ..join.clone() }, 2).unwrap());
    let third = PendingJoin { device: DeviceId([3; 32]), ..join.clone() };
    assert!(!home.put_join(&third, 2).unwrap(), "no invitation lets a crowd wait");
    assert!(home.put_join(&PendingJoin { slot: Serial([2; 16]), ..third }, 2).unwrap(), "another invitation is apart");
    assert!(home.joins().unwrap().contains(&join));
    assert!(home.delete_join(&Serial([1; 16]), &one).unwrap());
}

#[test]
fn membership_follows_from_what_is_kept_and_is_derived_anew_when_that_grows() {
    let home = home();
    let keeper = home.device();
    let founding =
        Founding { office: OFFICE, name: "示范一村".to_owned(), kind: OfficeKind::Branch, region: None, on: TODAY };
    let side = SideWrites {
        foundings: vec![Signed::sign(&keeper, &founding)],
        local_offices: vec![LocalOffice { office: OFFICE, joined: TODAY }],
        ..SideWrites::default()
    };
    assert!(home.membership().unwrap().offices.is_empty());
    home.put_side(&side).unwrap();
    let membership = home.membership().unwrap();
    assert!(membership.certificate(&OFFICE, &keeper.id()).is_some());
    assert!(std::sync::Arc::ptr_eq(&membership, &home.membership().unwrap()), "derived once");
    let entry = Entry {
        tree: None,
        office: OFFICE,
        seq: 1,
        previous: None,
        on: TODAY,
        body: Body::Enrol {
            serial: Serial([1; 16]),
            device: DeviceId([9; 32]),
            role: Role::Clerk,
            hub: false,
            confirmed: false,
            holder: None,
        },
    };
    let signed = Signed::sign(&keeper, &entry);
    assert_eq!(home.put_statements(&[], &[], std::slice::from_ref(&signed)).unwrap(), 1);
    assert_eq!(home.put_statements(&[], &[], std::slice::from_ref(&signed)).unwrap(), 0, "what is known is not new");
    assert!(home.membership().unwrap().certificate(&OFFICE, &DeviceId([9; 32])).is_some());
    let link = ybz_domain::trust::Link::of(&signed, &entry).hash();
    let heads = &home.kept().unwrap().heads;
    assert_eq!((heads[0].issuer, heads[0].seq, heads[0].hash), (keeper.id(), 1, link));
    assert_eq!(home.entries().unwrap(), [signed]);
    assert_eq!(home.local_offices().unwrap(), [LocalOffice { office: OFFICE, joined: TODAY }]);
}

#[test]
fn one_tree_is_pinned_for_ever() {
    let home = home();
    let recovery = RecoveryKey::from_entropy(&[1; 32]);
    let charter = Charter {
        version: 1,
        previous: None,
        office: OfficeId([1; 16]),
        name: "某区".to_owned(),
        keepers: Vec::new(),
        ended: Vec::new(),
    };
    let charter = recovery.sign(&charter);
    let tree = tree_id(&charter);
    let side = SideWrites { tree: Some(tree), charters: vec![charter.clone()], ..SideWrites::default() };
    home.put_side(&side).unwrap();
    assert_eq!((home.tree().unwrap(), home.charters().unwrap()), (Some(tree), vec![charter]));
    home.pin_tree(&tree).unwrap();
    assert!(matches!(home.pin_tree(&TreeId([9; 32])), Err(StoreError::OtherTree(pinned)) if pinned == tree));
    assert_eq!(home.membership().unwrap().root, Some(OfficeId([1; 16])));
}

#[test]
fn an_altered_statement_is_not_kept_and_nothing_of_its_batch_is() {
    let home = home();
    let founding = |office| Founding { office, name: "村".into(), kind: OfficeKind::Branch, region: None, on: TODAY };
    let good = Signed::sign(&DeviceKey::from_bytes(&[1; 32]), &founding(OfficeId([1; 16])));
    let mut bad = Signed::sign(&DeviceKey::from_bytes(&[1; 32]), &founding(OfficeId([2; 16])));
    bad.signer = DeviceId([2; 32]);
    assert!(matches!(home.put_statements(&[], &[good, bad], &[]), Err(StoreError::Signature(_))));
    assert!(home.foundings().unwrap().is_empty());
}

#[test]
fn mappings_are_kept_and_removed_together_and_found_by_how_their_names_begin() {
    let home = home();
    let row = |name: &str| (name.to_owned(), format!("\"{name}\""));
    home.put_mappings(&[row("fill/a/2"), row("fill/a/1"), row("fill/ab/1"), row("fil")], &[]).unwrap();
    let names = |prefix: &str| -> Vec<String> {
        home.mappings_under(prefix).unwrap().into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names("fill/a/"), ["fill/a/1", "fill/a/2"]);
    assert_eq!(names("fill/_/"), [""; 0], "no letter stands for others");
    home.put_mappings(&[row("fill/a/3")], &["fill/a/1".to_owned(), "gone".to_owned()]).unwrap();
    assert_eq!(names("fill/a/"), ["fill/a/2", "fill/a/3"]);
    assert_eq!(home.mapping("fill/a/2").unwrap().as_deref(), Some("\"fill/a/2\""));
}

#[test]
fn drafts_settings_mappings_carriers_links_and_the_log_are_kept_across_a_restart() {
    let home = home();
    let draft = Draft { form: "visit".into(), key: "1".into(), json: "{\"a\":1}".into(), saved: TODAY };
    home.put_draft(&draft).unwrap();
    home.put_setting("profile", &serde_json::json!({ "name": 1 })).unwrap();
    home.put_mapping("sheet", "{}").unwrap();
    let carrier = Carrier {
        kind: "snapshot".into(),
        office: OFFICE,
        period: "2026-03".into(),
        digest: [1; 32],
        bytes: vec![7; 10_000],
        signed: TODAY,
    };
    assert!(home.put_carrier(&carrier).unwrap());
    assert!(!home.put_carrier(&carrier).unwrap());
    let link = Link { kind: "seen".into(), source: id(1), target: id(2) };
    let log = |code: &str| LogEntry { on: TODAY, code: code.into(), params: [("n".to_owned(), "1".to_owned())].into() };
    let side =
        SideWrites { links: vec![link.clone()], log: vec![log("export"), log("restore")], ..SideWrites::default() };
    home.put_side(&side).unwrap();
    let head = home.log_head().unwrap();
    let dir = home.dir;
    drop(home.store);
    let store = Store::open(options(dir.path(), 1)).unwrap();
    assert_eq!(store.draft("visit", "1").unwrap(), Some(draft.clone()));
    assert_eq!(store.drafts().unwrap(), [draft]);
    assert!(store.delete_draft("visit", "1").unwrap());
    assert_eq!(store.setting("profile").unwrap(), Some(serde_json::json!({ "name": 1 })));
    assert_eq!(store.settings().unwrap().len(), 1);
    assert_eq!(store.mapping("sheet").unwrap().as_deref(), Some("{}"));
    assert!(store.carriers("snapshot", None).unwrap()[0].bytes.is_empty(), "lists carry no blobs");
    assert_eq!(store.carriers_for("snapshot", &OFFICE, "2026-03").unwrap(), [carrier]);
    assert_eq!(store.links("seen", &id(2)).unwrap(), [link]);
    let lines = store.log_lines(0, 10).unwrap();
    assert_eq!(lines.iter().map(|line| line.entry.code.as_str()).collect::<Vec<_>>(), ["restore", "export"]);
    assert_eq!((lines[0].previous, Some(lines[0].hash)), (lines[1].hash, head), "each line names the one before");
}
