//! Certificates that give no place, or no longer, or not this one.

use serde_json::json;
use ybz_domain::accept::Refusal;
use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Charter, Entry, RecoveryKey, Role, tree_id};
use ybz_sync::wire::Frame;

use super::forge::Writer;
use super::puppet::{Puppet, TODAY, enrol, remove};
use super::world::World;

fn device(number: u8) -> DeviceId {
    DeviceKey::from_bytes(&[number; 32]).id()
}

/// A further device of the puppet's office, which says what the puppet says.
async fn colleague(puppet: &Puppet, number: u8) -> Puppet {
    let mut colleague = Puppet::with_key(DeviceKey::from_bytes(&[number; 32]), puppet.office).await;
    colleague.tree = puppet.tree;
    colleague.says = puppet.says.clone();
    colleague
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_of_another_tree_get_the_one_refusal() {
    let world = World::new().await;
    let street = street_office(&world).await;
    let known = world.branch(72).await.tree;
    let before = world.state().await;
    // A root of its own that adopts a branch, and one that claims the street's id.
    let mut root = Puppet::new(71).await;
    let charter = Charter {
        version: 1,
        previous: None,
        office: street,
        name: "河东街道".to_owned(),
        keepers: vec![root.id()],
        ended: Vec::new(),
    };
    let charter = RecoveryKey::from_entropy(&[71; 32]).sign(&charter);
    (root.office, root.tree) = (street, Some(tree_id(&charter)));
    root.says.charters = vec![charter];
    let enrolled = root.issue(enrol(device(73), Role::Keeper));
    root.says.entries = vec![enrolled];
    assert!(root.is_refused(&world.victim).await, "the other tree by its own name");
    let mut clerk = colleague(&root, 73).await;
    assert!(clerk.is_refused(&world.victim).await);
    clerk.tree = known;
    assert!(clerk.is_refused(&world.victim).await, "the other tree's certificates in this tree's name");
    root.tree = known;
    assert!(root.is_refused(&world.victim).await);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_self_signed_keeper_of_a_known_office_gets_the_one_refusal() {
    let world = World::new().await;
    let puppet = world.branch(74).await;
    let before = world.state().await;
    let mut stranger = Puppet::new(75).await;
    stranger.tree = puppet.tree;
    for office in [puppet.office, street_office(&world).await] {
        stranger.office = office;
        stranger.log.clear();
        let own = enrol(stranger.id(), Role::Keeper);
        let entry = stranger.issue(own);
        stranger.says.entries = vec![entry];
        stranger.says.foundings = vec![stranger.found(office, "示范二村", OfficeKind::Branch)];
        assert!(stranger.is_refused(&world.victim).await);
    }
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_branch_keeper_certifies_for_nobody_but_its_own_office() {
    let world = World::new().await;
    let street = street_office(&world).await;
    let mut puppet = world.branch(76).await;
    let before = world.state().await;
    let own = puppet.office;
    // For the street, with the branch's key; and a branch below the branch.
    puppet.office = street;
    let above = puppet.issue(enrol(device(77), Role::Keeper));
    puppet.office = own;
    let below = puppet.issue(Body::Adopt {
        serial: ybz_domain::ids::Serial([78; 16]),
        office: OfficeId([78; 16]),
        name: "示范三村".to_owned(),
        kind: OfficeKind::Branch,
        keeper: device(78),
        valid_from: TODAY,
    });
    puppet.says.entries = vec![above, below];
    for (number, office) in [(77, street), (78, OfficeId([78; 16]))] {
        let mut certified = colleague(&puppet, number).await;
        certified.office = office;
        assert!(certified.is_refused(&world.victim).await, "device {number}");
    }
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_and_a_viewer_certify_nobody() {
    let world = World::new().await;
    let mut puppet = world.branch(79).await;
    let (clerk, viewer) = (enrol(device(80), Role::Clerk), enrol(device(81), Role::Viewer));
    puppet.says.entries = vec![puppet.issue(clerk), puppet.issue(viewer)];
    let told = puppet.call(&world.victim).await;
    drop(told);
    let before = world.state().await;
    for number in [80, 81] {
        let mut issuer = colleague(&puppet, number).await;
        let friend = issuer.issue(enrol(device(number + 10), Role::Keeper));
        issuer.says.entries.push(friend);
        let mut friend = colleague(&issuer, number + 10).await;
        assert!(friend.is_refused(&world.victim).await, "certified by device {number}");
        friend.says = issuer.says.clone();
        assert!(friend.is_refused(&world.victim).await);
    }
    world.unharmed_but_for_devices(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_viewer_writes_is_refused_as_not_authorised() {
    let world = World::new().await;
    let mut puppet = world.branch(82).await;
    let entry = puppet.issue(enrol(device(83), Role::Viewer));
    puppet.says.entries = vec![entry];
    let viewer = colleague(&puppet, 83).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let change = Writer::new(viewer.actor(&book)).visit("假账");
    let batch = (vec![change.bytes.clone()], vec![viewer.attest(book.id(), &change)]);
    let told = viewer.deliver(&world.victim, &book, batch.clone()).await;
    assert_eq!(told.reasons(), [Refusal::NotAuthorised(viewer.id())]);
    let told = puppet.deliver(&world.victim, &book, batch).await;
    assert_eq!(told.reasons(), [Refusal::NotAuthorised(viewer.id())], "nor when the keeper brings it");
    assert_eq!(world.troubles().await, [("not_authorised".to_owned(), 1)]);
    world.unharmed_but_for_devices(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removed_device_is_refused_for_ever_and_of_its_work_only_what_the_cut_names_stands() {
    let world = World::new().await;
    let mut puppet = world.branch(84).await;
    let entry = puppet.issue(enrol(device(85), Role::Clerk));
    puppet.says.entries = vec![entry];
    let clerk = colleague(&puppet, 85).await;
    let book = puppet.book(BookKind::visits());
    let mut writer = Writer::new(clerk.actor(&book));
    let (kept, late) = (writer.visit("二组"), writer.visit("三组"));
    let told =
        clerk.deliver(&world.victim, &book, (vec![kept.bytes.clone()], vec![clerk.attest(book.id(), &kept)])).await;
    assert_eq!(told.ack(&book).unwrap().heads, [kept.meta.hash]);

    let end = puppet.issue(remove(device(85), vec![(book.id(), clerk.actor(&book), 1, kept.meta.hash)]));
    puppet.says.entries.push(end);
    drop(puppet.deliver(&world.victim, &book, (Vec::new(), Vec::new())).await);
    let before = world.state().await;
    let told = clerk.farewell(&world.victim).await.expect("it says what it was, and is nobody");
    let about = |entry: &Signed<Entry>| matches!(entry.peek().unwrap().body, Body::Remove { .. });
    assert_eq!(told.iter().filter(|entry| about(entry)).count(), 1, "it is told why");
    let batch = (vec![late.bytes.clone()], vec![clerk.attest(book.id(), &late)]);
    let told = puppet.deliver(&world.victim, &book, batch).await;
    assert_eq!(told.reasons(), [Refusal::NotAuthorised(clerk.id())], "brought by a colleague");
    assert_eq!(told.ack(&book).unwrap().heads, [kept.meta.hash], "what the cut names stands");

    // Enrolled anew with the same key, in a longer log.
    let again = puppet.issue(Body::Enrol {
        serial: ybz_domain::ids::Serial([0xee; 16]),
        device: device(85),
        role: Role::Keeper,
        hub: false,
        confirmed: true,
        holder: None,
    });
    puppet.says.entries.push(again);
    let mut clerk = clerk;
    clerk.says = puppet.says.clone();
    assert!(clerk.farewell(&world.victim).await.is_some(), "removal wins for ever");
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keeper_whose_log_forks_certifies_nobody_from_the_fork_on_and_keeps_its_own_place() {
    let world = World::new().await;
    let mut puppet = world.branch(86).await;
    let first = puppet.issue(enrol(device(87), Role::Clerk));
    let one = puppet.issue(enrol(device(88), Role::Clerk));
    puppet.log.pop();
    let other = puppet.issue(enrol(device(89), Role::Clerk));
    puppet.says.entries = vec![first.clone(), one.clone()];
    let (early, mut of_one, mut of_other) =
        (colleague(&puppet, 87).await, colleague(&puppet, 88).await, colleague(&puppet, 89).await);
    assert!(is_known(&of_one, &world).await, "until the fork is known it holds");
    puppet.says.entries = vec![first, one, other];
    for certified in [&mut of_one, &mut of_other] {
        certified.says = puppet.says.clone();
        assert!(certified.is_refused(&world.victim).await, "of two entries with one number neither counts");
    }
    for from_before in [&early, &puppet] {
        assert!(
            is_known(from_before, &world).await,
            "what was certified before the fork stands, and so does the keeper"
        );
    }
    let before = world.state().await;
    for certified in [&mut of_one, &mut of_other] {
        certified.says = ybz_sync::wire::Statements::default();
        assert!(certified.is_refused(&world.victim).await, "the proof was kept");
    }
    world.unharmed(before).await;
}

/// The street lists what it holds for the caller.
async fn is_known(puppet: &Puppet, world: &World) -> bool {
    puppet.call(&world.victim).await.until(|frame| matches!(frame, Frame::Listing(_))).await
}

async fn street_office(world: &World) -> OfficeId {
    let overview = world.street.ok("node.overview", json!({})).await;
    overview["offices"][0]["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_branch_that_writes_into_what_comes_from_above_is_refused_as_not_authorised() {
    let world = World::new().await;
    let puppet = world.branch(90).await;
    let before = world.state().await;
    let book = BookKey::dispatch(puppet.office, street_office(&world).await, 2026);
    let change = Writer::new(puppet.actor(&book)).visit("假任务");
    let batch = (vec![change.bytes.clone()], vec![puppet.attest(book.id(), &change)]);
    let told = puppet.deliver(&world.victim, &book, batch).await;
    assert_eq!(told.reasons(), [Refusal::NotAuthorised(puppet.id())]);
    assert_eq!(world.troubles().await, [("not_authorised".to_owned(), 1)]);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sibling_is_listed_no_book_of_others_and_what_it_claims_or_sends_of_them_is_dropped_unread() {
    let world = World::new().await;
    let puppet = world.branch(91).await;
    let before = world.state().await;
    let village = world.village.ok("node.overview", json!({})).await;
    let village: OfficeId = village["offices"][0]["id"].as_str().unwrap().parse().unwrap();
    for kind in BookKind::known() {
        let book = match kind.scope() {
            ybz_domain::book::Scope::Down => BookKey::dispatch(village, street_office(&world).await, 2026),
            _ => BookKey::new(village, kind, 2026),
        };
        let change = Writer::new(puppet.actor(&book)).visit("假账");
        let batch = (vec![change.bytes.clone()], vec![puppet.attest(book.id(), &change)]);
        let told = puppet.deliver(&world.victim, &book, batch).await;
        let listed = &told.listing().unwrap().books;
        assert!(listed.iter().all(|entry| entry.key.office == puppet.office), "{listed:?}");
        assert!(told.changes().is_empty() && told.ack(&book).is_none() && told.receipted().is_empty(), "{book:?}");
    }
    assert_eq!(world.troubles().await, []);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retired_keeper_still_delivers_what_it_named_and_nothing_it_made_later_counts() {
    let world = World::new().await;
    let mut puppet = world.branch(86).await;
    let entry = puppet.issue(enrol(device(87), Role::Keeper));
    puppet.says.entries = vec![entry];
    let mut keeper = colleague(&puppet, 87).await;
    let book = puppet.book(BookKind::visits());
    let mut writer = Writer::new(keeper.actor(&book));
    let (named, late) = (writer.visit("二组"), writer.visit("三组"));
    let cut = vec![(book.id(), keeper.actor(&book), 1, named.meta.hash)];
    let end = keeper.issue(Body::Retire { cut });
    keeper.says.entries.push(end);
    let batch = (vec![named.bytes.clone()], vec![keeper.attest(book.id(), &named)]);
    let told = keeper.deliver(&world.victim, &book, batch).await;
    assert_eq!(told.ack(&book).unwrap().heads, [named.meta.hash], "what it named counts whenever it arrives");
    let before = world.state().await;
    let batch = (vec![late.bytes.clone()], vec![keeper.attest(book.id(), &late)]);
    let told = keeper.deliver(&world.victim, &book, batch).await;
    assert_eq!(told.reasons(), [Refusal::NotAuthorised(keeper.id())]);
    assert_eq!(told.ack(&book).unwrap().heads, [named.meta.hash]);
    // Whom it lets in after it retired is nobody.
    let entry = keeper.issue(enrol(device(88), Role::Keeper));
    keeper.says.entries.push(entry);
    let mut stranger = colleague(&puppet, 88).await;
    stranger.says = keeper.says.clone();
    assert!(stranger.is_refused(&world.victim).await);
    world.unharmed_but_for_devices(before).await;
}
