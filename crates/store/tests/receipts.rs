//! Receipts: green is only what a hub signed for and still holds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{OFFICE, TODAY, commit, home, send, set, visit, visits};
use jiff::civil::date;
use ybz_domain::ids::{Incarnation, OfficeId, TreeId};
use ybz_domain::trust::Received;
use ybz_store::{HubWord, Peer};

const PARENT: OfficeId = OfficeId([1; 16]);
const TREE: TreeId = TreeId([2; 32]);

#[test]
fn a_receipt_makes_green_what_it_covers_and_nothing_later() {
    let (branch, hub) = (home(), home());
    let book = visits().id();
    commit(&branch, vec![visit(1, "村部")]);
    commit(&branch, vec![set(1, "place", "祠堂")]);
    assert_eq!(branch.unsent(&book, Some(&PARENT)).unwrap(), 2);
    let heads = send(&branch, &hub, &visits()).heads;
    let received = Received::Books(vec![(book, heads.clone())]);
    let receipt = hub.sign_receipt(TREE, PARENT, OFFICE, date(2026, 3, 10), received, None).unwrap();
    assert_eq!(branch.put_receipt(&receipt, &[], None).unwrap(), HubWord::Follows);
    assert_eq!(branch.unsent(&book, Some(&PARENT)).unwrap(), 0);
    assert_eq!(branch.unsent(&book, Some(&OFFICE)).unwrap(), 2, "another office signed for nothing");
    assert_eq!(branch.receipted_heads(&book, None).unwrap(), heads);
    assert_eq!(branch.clock_floor().unwrap(), Some(date(2026, 3, 10)));
    let shown = branch.receipts(&book).unwrap();
    assert_eq!((shown[0].office, shown[0].device, shown[0].on), (PARENT, hub.device().id(), date(2026, 3, 10)));
    commit(&branch, vec![set(1, "place", "学校")]);
    assert_eq!(branch.unsent(&book, None).unwrap(), 1);
    let heads = send(&branch, &hub, &visits()).heads;
    let equal = Received::Catalog { digest: [5; 32] };
    let receipt = hub.sign_receipt(TREE, PARENT, OFFICE, TODAY, equal, None).unwrap();
    assert_eq!(branch.put_receipt(&receipt, &[(book, heads.clone())], None).unwrap(), HubWord::Follows);
    assert_eq!((branch.unsent(&book, None).unwrap(), branch.receipted_heads(&book, None).unwrap()), (0, heads));
}

#[test]
fn a_receipt_that_travelled_long_takes_nothing_back() {
    let (branch, hub) = (home(), home());
    let book = visits().id();
    commit(&branch, vec![visit(1, "村部")]);
    let first = send(&branch, &hub, &visits()).heads;
    let late = hub.sign_receipt(TREE, PARENT, OFFICE, TODAY, Received::Books(vec![(book, first)]), None).unwrap();
    commit(&branch, vec![set(1, "place", "祠堂")]);
    let second = send(&branch, &hub, &visits()).heads;
    let receipt =
        hub.sign_receipt(TREE, PARENT, OFFICE, TODAY, Received::Books(vec![(book, second.clone())]), None).unwrap();
    branch.put_receipt(&receipt, &[], None).unwrap();
    assert_eq!(branch.put_receipt(&late, &[], None).unwrap(), HubWord::Follows);
    assert_eq!(branch.receipted_heads(&book, None).unwrap(), second);
}

#[test]
fn a_hub_that_lost_what_it_held_makes_everything_yellow() {
    let (branch, hub) = (home(), home());
    let book = visits().id();
    commit(&branch, vec![visit(1, "村部")]);
    let heads = send(&branch, &hub, &visits()).heads;
    let received = || Received::Books(vec![(book, heads.clone())]);
    let old = hub.sign_receipt(TREE, PARENT, OFFICE, TODAY, received(), None).unwrap();
    branch.put_receipt(&old, &[], None).unwrap();
    let device = hub.device().id();
    for peer in [Peer::Office(PARENT), Peer::Device(device)] {
        branch.share_heads(&peer, &[(book, heads.clone())]).unwrap();
    }
    let (life, counter) = hub.receipt_counter().unwrap();
    assert_eq!(counter, 1);
    assert_eq!(branch.note_hub(&PARENT, &device, &life, counter).unwrap(), HubWord::Follows);
    assert_eq!(branch.unsent(&book, None).unwrap(), 0);
    assert_eq!(branch.note_hub(&PARENT, &device, &life, 0).unwrap(), HubWord::Voided, "the counter fell");
    assert_eq!(branch.unsent(&book, None).unwrap(), 1);
    for peer in [Peer::Office(PARENT), Peer::Device(device)] {
        assert!(branch.shared_heads(&peer, &book).unwrap().is_empty());
    }
    let next = hub.begin_new_incarnation(TODAY).unwrap();
    assert_eq!(hub.receipt_counter().unwrap(), (next, 0));
    let new = hub.sign_receipt(TREE, PARENT, OFFICE, TODAY, received(), None).unwrap();
    assert_eq!(branch.put_receipt(&new, &[], None).unwrap(), HubWord::Voided);
    assert_eq!(branch.unsent(&book, None).unwrap(), 0, "the new life signed for it");
    assert_eq!(
        branch.put_receipt(&old, &[], None).unwrap(),
        HubWord::Stale,
        "a life that is over says nothing any more"
    );
    assert_eq!(branch.unsent(&book, None).unwrap(), 0);
    assert_eq!(branch.note_hub(&PARENT, &device, &Incarnation([9; 16]), 5).unwrap(), HubWord::Voided);
    assert_eq!(branch.unsent(&book, None).unwrap(), 1);
}
