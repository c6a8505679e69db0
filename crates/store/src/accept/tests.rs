//! Quotas of what is staged.

use jiff::civil::date;
use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, Serial};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::DeviceKey;
use ybz_domain::trust::{Body, Entry, Founding, Role};

use super::*;

fn change(number: u8, bytes: usize) -> ParsedChange {
    let meta = ChangeMeta {
        hash: ChangeHash([number; 32]),
        actor: ActorId([1; 16]),
        seq: u64::from(number),
        start_op: 3,
        max_op: 3,
        deps: Vec::new(),
    };
    ParsedChange { meta, bytes: vec![number; bytes] }
}

#[test]
fn devices_of_one_office_share_its_quota() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(crate::Options {
        dir: dir.path().join("data"),
        key: crate::DatabaseKey::from_bytes([1; 32]),
        boot_dir: dir.path().join("boot"),
        today: date(2026, 3, 9),
        random: |bytes| bytes.fill(7),
        cache_bytes: 1 << 20,
    })
    .unwrap();
    let (first, second) = (DeviceKey::from_bytes(&[1; 32]), DeviceKey::from_bytes(&[2; 32]));
    let office = OfficeId([9; 16]);
    let founding =
        Founding { office, name: "村".to_owned(), kind: OfficeKind::Branch, region: None, on: date(2026, 3, 9) };
    let entry = Entry {
        tree: None,
        office,
        seq: 1,
        previous: None,
        on: date(2026, 3, 9),
        body: Body::Enrol {
            serial: Serial([1; 16]),
            device: second.id(),
            role: Role::Clerk,
            hub: false,
            confirmed: false,
            holder: None,
        },
    };
    let (founding, entry) = (Signed::sign(&first, &founding), Signed::sign(&first, &entry));
    store.put_statements(&[], &[founding], &[entry]).unwrap();
    let key = BookKey::new(office, BookKind::visits(), 2026);
    let of = |device: DeviceId| store.sender(&key, Some(&Peer::Device(device))).unwrap();
    assert_eq!(of(first.id()), office.as_bytes());
    assert_eq!(of(second.id()), of(first.id()));
    assert_ne!(of(DeviceId([5; 32])), of(first.id()), "a device of no office known here is apart");
}

#[test]
fn who_brings_too_much_pushes_out_its_own_and_nobody_elses() {
    let mut conn = Connection::open_in_memory().unwrap();
    crate::schema::migrate(&mut conn).unwrap();
    let row = |office: u8, year: i16| {
        let key = BookKey::new(OfficeId([office; 16]), BookKind::visits(), year);
        books::find_or_insert(&conn, &key).unwrap()
    };
    let quota = Quota { rows: 8, book: 4_000, sender: 6_000, total: 20_000 };
    let left = |sender: &[u8]| staged::weight(&conn, sender, None).unwrap();
    let honest = row(1, 2026);
    for number in 0..4 {
        staged::insert(&conn, honest.id, b"honest", &change(number, 300)).unwrap();
    }
    trim(&conn, &honest, b"honest", quota).unwrap();
    let before = left(b"honest");
    assert_eq!(before.0, 4);
    for year in 2000..2060 {
        let flood = row(2, year);
        for number in 0..20 {
            staged::insert(&conn, flood.id, b"flood", &change(number, 500)).unwrap();
        }
        trim(&conn, &flood, b"flood", quota).unwrap();
    }
    // The flooding neighbour shares the honest one's book as well: its superior, say.
    for number in 100..140 {
        staged::insert(&conn, honest.id, b"flood", &change(number, 500)).unwrap();
    }
    trim(&conn, &honest, b"flood", quota).unwrap();
    assert_eq!(left(b"honest"), before);
    assert!(left(b"flood").1 <= quota.sender);
    // Many neighbours at once: the total holds, the small ones stay.
    for sender in 0..10u8 {
        let row = row(10 + sender, 2026);
        for number in 0..6 {
            staged::insert(&conn, row.id, &[sender], &change(number, 500)).unwrap();
        }
        trim(&conn, &row, &[sender], quota).unwrap();
    }
    assert!(staged::heaviest(&conn).unwrap().unwrap().0 <= quota.total);
    assert_eq!(left(b"honest"), before);
}
