//! Databases of every released version open, and everything in them is there. They are checked in and never made anew;
//! a new version of the durable tables adds one: `cargo test -p ybz-store --test golden -- --ignored` writes it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{OFFICE, TODAY, anyone, changes_of, commit, home, id, options, set, visit};
use ybz_domain::book::{BookKey, BookKind, create};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId, OfficeId, Serial, TreeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Founding, Link, Received, Role, Ticket, TicketKind};
use ybz_store::{
    BookEdit, Carrier, Draft, ErasedHousehold, HouseholdKeyRow, LocalOffice, LogEntry, NewAction, Notice, Peer,
    PendingJoin, SCHEMA_VERSION, SideWrites, Store, TicketSlot,
};

const KEY: u8 = 42;
const PARENT: OfficeId = OfficeId([1; 16]);

fn golden(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{version}"))
}

fn visits() -> BookKey {
    common::visits()
}

fn roster() -> BookKey {
    BookKey::new(OFFICE, BookKind::roster(), 2026)
}

fn ticket() -> TicketSlot {
    let ticket = Ticket {
        slot: Serial([1; 16]),
        secret: [2; 16],
        tree: Some(TreeId([3; 32])),
        office: OFFICE,
        office_name: "示范一村".to_owned(),
        device: DeviceId([5; 32]),
        addresses: vec!["192.0.2.1:4000".to_owned()],
        kind: TicketKind::Device { role: Role::Clerk },
    };
    TicketSlot { ticket, expires: TODAY, used_by: None }
}

fn draft() -> Draft {
    Draft { form: "visit".into(), key: "new".into(), json: "{}".into(), saved: TODAY }
}

fn carrier() -> Carrier {
    let period = "2026-03".to_owned();
    Carrier { kind: "snapshot".into(), office: OFFICE, period, digest: [1; 32], bytes: vec![7; 99], signed: TODAY }
}

fn key() -> HouseholdKeyRow {
    HouseholdKeyRow { household: id(50), key_id: Serial([6; 16]), key: HouseholdKey([7; 32]) }
}

fn erased() -> ErasedHousehold {
    ErasedHousehold { household: id(51), on: String::new(), order: None }
}

fn join() -> PendingJoin {
    PendingJoin { slot: Serial([1; 16]), device: DeviceId([8; 32]), asked: TODAY, request: vec![1, 2, 3] }
}

fn log_links() -> Vec<Link> {
    let of = |seq, previous| Link { issuer: DeviceId([8; 32]), seq, previous, entry: [9; 32] };
    vec![of(1, None), of(2, Some([3; 32]))]
}

#[test]
#[ignore = "writes the database of the present version; never overwrites one"]
fn write() {
    let place = golden(SCHEMA_VERSION);
    assert!(!place.exists(), "a released database is never made anew");
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(options(dir.path(), KEY)).unwrap();
    let founding =
        Founding { office: OFFICE, name: "示范一村".to_owned(), kind: OfficeKind::Branch, region: None, on: TODAY };
    let side = SideWrites {
        household_keys: vec![key()],
        erase_households: vec![erased()],
        settings: vec![("size".into(), serde_json::json!("large"))],
        log: vec![LogEntry { on: TODAY, code: "init".into(), params: Default::default() }],
        foundings: vec![Signed::sign(&store.device(), &founding)],
        local_offices: vec![LocalOffice { office: OFFICE, joined: TODAY }],
        log_links: log_links(),
        ..SideWrites::default()
    };
    let member = create(id(60), "member", [("name", "张三".into()), ("joined", "2001-07".into())]);
    let edits = vec![
        BookEdit { key: visits(), ops: vec![visit(1, "村部"), visit(2, "祠堂")] },
        BookEdit { key: roster(), ops: vec![member] },
    ];
    store.commit(TODAY, edits, side).unwrap();
    store.compact(&visits().id()).unwrap();
    commit(&store, vec![set(1, "place", "学校")]);
    store.put_draft(&draft()).unwrap();
    store.put_mapping("sheet", "{}").unwrap();
    store.put_carrier(&carrier()).unwrap();
    store.put_ticket(&ticket()).unwrap();
    store.put_join(&join(), 4).unwrap();
    let heads = store.heads(&visits().id()).unwrap();
    store.share_heads(&Peer::Office(PARENT), &[(visits().id(), heads.clone())]).unwrap();

    let (peer, hub) = (home(), home());
    let received = Received::Books(vec![(visits().id(), heads)]);
    let receipt = hub.sign_receipt(TreeId([3; 32]), PARENT, OFFICE, TODAY, received, None).unwrap();
    store.put_receipt(&receipt, &[], None).unwrap();
    commit(&peer, vec![visit(3, "田头")]);
    commit(&peer, vec![visit(4, "渠边")]);
    let outgoing = peer.missing_for(&visits().id(), &[]).unwrap();
    let batch = changes_of(&outgoing);
    store.accept(&visits(), None, vec![batch[1].clone()], outgoing.attestations, &anyone).unwrap();
    let stranger = home();
    commit(&stranger, vec![visit(5, "路口")]);
    let outgoing = stranger.missing_for(&visits().id(), &[]).unwrap();
    let may = |device: &DeviceId, _: &ActorId, _: u64, _: &ChangeHash| *device != stranger.device().id();
    store.accept(&visits(), None, changes_of(&outgoing), outgoing.attestations, &may).unwrap();
    drop(store);
    fs::create_dir_all(&place).unwrap();
    for name in ["ybz.db", "ybz.json"] {
        fs::copy(dir.path().join("data").join(name), place.join(name)).unwrap();
    }
}

#[test]
fn a_database_of_every_version_opens_with_all_that_is_in_it() {
    for version in 1..=SCHEMA_VERSION {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        fs::create_dir_all(&data).unwrap();
        for name in ["ybz.db", "ybz.json"] {
            fs::copy(golden(version).join(name), data.join(name)).unwrap();
        }
        let store = Store::open(options(dir.path(), KEY)).unwrap();
        assert!(store.notices().contains(&Notice::Copied), "version {version}");
        let places = [(1, "学校"), (2, "祠堂")];
        for (number, place) in places {
            assert_eq!(common::place(&store, number), place, "version {version}");
        }
        let books = store.read(|r| r.books()).unwrap();
        assert_eq!(books.len(), 2);
        let info = books.iter().find(|book| book.key == visits()).unwrap();
        assert_eq!((info.changes, info.staged, info.quarantined), (2, 1, 1));
        assert_eq!(store.unsent(&visits().id(), Some(&PARENT)).unwrap(), 0);
        assert_eq!(store.shared_heads(&Peer::Office(PARENT), &visits().id()).unwrap(), info.heads);
        assert_eq!(store.receipts(&visits().id()).unwrap().len(), 1);
        assert_eq!(store.draft("visit", "new").unwrap(), Some(draft()));
        assert_eq!(store.setting("size").unwrap(), Some(serde_json::json!("large")));
        assert_eq!(store.mapping("sheet").unwrap().as_deref(), Some("{}"));
        assert_eq!(store.carriers_for("snapshot", &OFFICE, "2026-03").unwrap(), [carrier()]);
        assert_eq!(store.tickets().unwrap(), [ticket()]);
        assert_eq!(store.joins().unwrap(), [join()]);
        assert_eq!(store.household_keys().unwrap(), [key()]);
        assert_eq!(store.erased_households().unwrap(), [erased()]);
        assert_eq!(store.local_offices().unwrap(), [LocalOffice { office: OFFICE, joined: TODAY }]);
        let since_2 = if version < 2 { Vec::new() } else { log_links() };
        assert_eq!(store.log_links().unwrap(), since_2);
        let membership = store.membership().unwrap();
        assert!(membership.certificate(&OFFICE, &store.device().id()).is_some());
        assert_eq!(store.log_lines(0, 9).unwrap().last().unwrap().entry.code, "init");
        assert_eq!(store.check().unwrap().problems, [], "version {version}");
        let action = NewAction { office: OFFICE, profile: String::new(), call: "visit.save".into(), undoes: None };
        let side = SideWrites { action: Some(action), ..SideWrites::default() };
        store.commit(TODAY, vec![BookEdit { key: visits(), ops: vec![set(2, "place", "村口")] }], side).unwrap();
        assert_eq!(common::place(&store, 2), "村口");
        assert_eq!(store.check().unwrap().problems, [], "version {version} goes on soundly");
    }
}
