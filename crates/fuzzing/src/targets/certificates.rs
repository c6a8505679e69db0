//! Signed statements: as bytes that may be anything, and as logs whose signatures hold and whose content does not.

use jiff::civil::Date;
use ybz_domain::ids::{ActorId, BookId, ChangeHash, DeviceId, OfficeId, Serial};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Change, Charter, Entry, Link, Membership, RecoveryKey, Role, Withheld, tree_id};
use ybz_sync::wire::Statements;

/// Statements of a frame, each copied, opened and indexed a few times.
pub const BOUND: usize = 64 << 20;

const DAY: Date = Date::constant(2026, 3, 20);
/// Entries of one run: each is signed here.
const MOST: usize = 48;
/// Bytes that make one entry.
const STEP: usize = 8;

/// Reads the bytes as statements, and as a recipe for logs.
pub fn run(data: &[u8]) {
    if let Ok(said) = postcard::from_bytes::<Statements>(data) {
        let links: Vec<Link> = said.withheld.iter().flat_map(Withheld::links).collect();
        let tree = said.charters.first().map(tree_id);
        build(&Membership::build(tree, &said.charters, &said.foundings, &said.entries, &links));
    }
    let (charter, entries) = recipe(data);
    let tree = Some(tree_id(&charter));
    let charters = [charter];
    let forwards = Membership::build(tree, &charters, &[], &entries, &[]);
    let backwards: Vec<Signed<Entry>> = entries.iter().rev().cloned().collect();
    assert_eq!(
        forwards.offices,
        Membership::build(tree, &charters, &[], &backwards, &[]).offices,
        "membership hangs on what is known, not on the order in which it came"
    );
    build(&forwards);
}

/// What holds of every membership.
fn build(membership: &Membership) {
    for (office, view) in &membership.offices {
        for (device, certificate) in &view.devices {
            assert!(certificate.removed.is_none() || certificate.serial.is_some(), "{office:?} {device:?}");
        }
        if let Some(parent) = membership.parent(office) {
            assert!(!membership.is_above(office, &parent), "an office stands above itself: {office:?}");
        }
    }
}

fn key(number: u8) -> DeviceKey {
    DeviceKey::from_bytes(&[number % 8 + 1; 32])
}

fn device(number: u8) -> DeviceId {
    key(number).id()
}

fn office(number: u8) -> OfficeId {
    OfficeId([number % 8; 16])
}

fn serial(number: u8) -> Serial {
    Serial([number % 16; 16])
}

/// A charter, and an entry for every few bytes: who signs, for which office, after which entry, what.
fn recipe(data: &[u8]) -> (Signed<Charter>, Vec<Signed<Entry>>) {
    let name = "县委组织部".to_owned();
    let charter =
        Charter { version: 1, previous: None, office: office(0), name, keepers: vec![device(0)], ended: Vec::new() };
    let charter = RecoveryKey::from_entropy(&[1; 32]).sign(&charter);
    let tree = tree_id(&charter);
    let mut entries: Vec<Signed<Entry>> = Vec::new();
    for step in data.chunks_exact(STEP).take(MOST) {
        let &[signer, of, after, kind, about, more, flags, number] = step else { continue };
        let signer = key(signer);
        // Mostly the log goes on; now and then it forks, leaves a gap or follows somebody else's.
        let own = entries.iter().rev().filter(|entry| entry.signer == signer.id());
        let before = match after {
            0..200 => own.into_iter().next(),
            200..230 => own.into_iter().nth(1),
            _ => entries.get(usize::from(more) % entries.len().max(1)),
        };
        let before = before.and_then(|signed| signed.peek().ok().map(|entry| Link::of(signed, &entry)));
        let gap = u64::from(after == 255);
        let entry = Entry {
            tree: (flags & 1 == 0).then_some(tree),
            office: office(of),
            seq: before.as_ref().map_or(1, |link| link.seq + 1) + gap,
            previous: before.map(|link| link.hash()),
            on: DAY,
            body: body(kind, about, more, flags, number),
        };
        entries.push(Signed::sign(&signer, &entry));
    }
    (charter, entries)
}

fn body(kind: u8, about: u8, more: u8, flags: u8, number: u8) -> Body {
    let role = [Role::Viewer, Role::Clerk, Role::Keeper, Role::Keeper].get(usize::from(more % 4)).copied();
    let role = role.unwrap_or(Role::Keeper);
    match kind % 6 {
        0 => Body::Enrol {
            serial: serial(number),
            device: device(about),
            role,
            hub: flags & 2 != 0,
            confirmed: flags & 4 != 0,
            holder: None,
        },
        1 | 2 => Body::Adopt {
            serial: serial(number),
            office: office(about),
            name: "示范一村".to_owned(),
            kind: match more % 3 {
                0 => OfficeKind::Committee,
                1 => OfficeKind::GeneralBranch,
                _ => OfficeKind::Branch,
            },
            keeper: device(more),
            valid_from: DAY,
        },
        4 | 5 => Body::Order {
            office: office(about),
            change: match more % 4 {
                0 => Change::Dissolve,
                1 => Change::Merge { into: office(number) },
                _ => Change::Move { parent: office(number), addresses: vec![(device(flags), vec![String::new()])] },
            },
            from: DAY,
            logs: vec![(device(flags), u64::from(number % 4))],
        },
        _ => Body::Remove {
            serial: serial(number),
            cut: vec![(BookId([about; 32]), ActorId([more; 16]), number.into(), ChangeHash([flags; 32]))],
            last: (flags & 8 != 0).then_some((u64::from(about), [more; 32])),
        },
    }
}

/// A tree of a department, a street and branches: as statements, and as the recipe for it.
pub fn seeds() -> Vec<Vec<u8>> {
    let recipes: [&[[u8; STEP]]; 4] = [
        // The root adopts a street (keeper 1), that two branches (2, 3), of which one enrols a clerk.
        &[[0, 0, 0, 1, 1, 0, 0, 1], [1, 1, 0, 1, 2, 2, 0, 2], [1, 1, 0, 1, 3, 5, 0, 3], [2, 2, 0, 0, 4, 1, 6, 4]],
        // Two keepers of one office, one removed by the other, and by who stands above.
        &[[0, 0, 0, 1, 1, 0, 0, 1], [1, 1, 0, 0, 2, 2, 4, 2], [2, 1, 0, 0, 3, 2, 4, 3], [0, 0, 0, 3, 1, 1, 8, 1]],
        // Two streets; a branch moves from one to the other, then ends.
        &[[0, 0, 0, 1, 1, 0, 0, 1], [0, 0, 0, 1, 2, 0, 0, 2], [1, 1, 0, 1, 3, 2, 0, 3], [0, 0, 0, 4, 3, 2, 1, 2]],
        // A fork, and what hangs on it.
        &[[0, 0, 0, 1, 1, 0, 0, 1], [1, 1, 0, 0, 2, 1, 4, 2], [1, 1, 210, 0, 3, 1, 4, 3], [2, 1, 0, 0, 4, 2, 4, 4]],
    ];
    let mut out: Vec<Vec<u8>> = recipes.iter().map(|recipe| recipe.concat()).collect();
    for recipe_bytes in out.clone() {
        let (charter, entries) = recipe(&recipe_bytes);
        let said = Statements { charters: vec![charter], entries, ..Statements::default() };
        out.extend(postcard::to_stdvec(&said));
    }
    out
}
