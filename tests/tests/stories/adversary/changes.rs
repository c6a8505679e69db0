//! Changes that are not what they say, from a branch with a certificate of its own.

use ybz_domain::accept::{Attestation, MAX_OP, ParsedChange, Refusal};
use ybz_domain::book::BookKind;
use ybz_domain::ids::{ActorId, ChangeHash, Incarnation};
use ybz_domain::sign::Signed;

use super::forge::{Writer, altered, compressed, dep, start_op};
use super::world::World;

fn one(change: &ParsedChange) -> Vec<Vec<u8>> {
    vec![change.bytes.clone()]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_actor_that_nobody_is_bound_to_waits_aside_and_enters_no_book() {
    let world = World::new().await;
    let puppet = world.branch(41).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let change = Writer::new(ActorId([0x66; 16])).visit("假账");
    let told = puppet.deliver(&world.victim, &book, (one(&change), vec![puppet.attest(book.id(), &change)])).await;
    let ack = told.ack(&book).unwrap();
    assert_eq!((ack.heads.as_slice(), ack.aside.as_slice()), ([].as_slice(), [change.meta.hash].as_slice()));
    assert!(told.receipted().is_empty(), "what waits is not receipted");
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleagues_actor_attested_by_another_key_waits_aside_and_the_colleagues_own_change_takes_its_place() {
    let world = World::new().await;
    let puppet = world.branch(42).await;
    let colleague = world.branch(43).await;
    let book = puppet.book(BookKind::visits());
    // The colleague's key may write in a book of its own; here its actor is used in the puppet's.
    let change = Writer::new(colleague.actor(&book)).visit("假账");
    let before = world.state().await;
    let told = puppet.deliver(&world.victim, &book, (one(&change), vec![puppet.attest(book.id(), &change)])).await;
    assert_eq!(told.ack(&book).unwrap().aside, [change.meta.hash]);
    let forged = {
        // The colleague's name over the puppet's signature.
        let mut bytes = postcard::to_stdvec(&puppet.attest(book.id(), &change)).unwrap();
        bytes[..32].copy_from_slice(colleague.id().as_bytes());
        postcard::from_bytes::<Signed<Attestation>>(&bytes).unwrap()
    };
    let told = puppet.deliver(&world.victim, &book, (one(&change), vec![forged])).await;
    assert_eq!(told.reasons(), [Refusal::Attestation]);
    assert!(told.ack(&book).unwrap().heads.is_empty());
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attestation_for_another_book_is_refused_as_not_bound_and_one_for_another_nonce_covers_nothing() {
    let world = World::new().await;
    let puppet = world.branch(44).await;
    let before = world.state().await;
    let (book, other) = (puppet.book(BookKind::visits()), puppet.book(BookKind::meetings()));
    let change = Writer::new(puppet.actor(&book)).visit("假账");
    let told = puppet.deliver(&world.victim, &book, (one(&change), vec![puppet.attest(other.id(), &change)])).await;
    assert_eq!(told.reasons(), [Refusal::NotBound]);
    let (seq, hash) = (change.meta.seq, change.meta.hash);
    let content = Attestation { book: book.id(), nonce: Incarnation([9; 16]), seq, hash };
    let elsewhere = Signed::sign(&puppet.key, &content);
    let told = puppet.deliver(&world.victim, &book, (one(&change), vec![elsewhere])).await;
    let ack = told.ack(&book).unwrap();
    assert_eq!((ack.heads.as_slice(), ack.aside.as_slice()), ([].as_slice(), [hash].as_slice()));
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replayed_batch_is_known_and_changes_nothing() {
    let world = World::new().await;
    let puppet = world.branch(45).await;
    let book = puppet.book(BookKind::visits());
    let change = Writer::new(puppet.actor(&book)).visit("二组");
    let batch = (one(&change), vec![puppet.attest(book.id(), &change)]);
    let told = puppet.deliver(&world.victim, &book, batch.clone()).await;
    assert_eq!(told.receipted(), [change.meta.hash], "it is sound, and is receipted");
    let before = world.state().await;
    let told = puppet.deliver_all(&world.victim, &book, vec![batch.clone(), batch.clone(), batch]).await;
    assert_eq!(told.ack(&book).unwrap().heads, [change.meta.hash]);
    assert!(told.reasons().is_empty());
    assert_eq!(world.troubles().await, []);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_second_of_two_changes_with_one_number_is_refused_and_kept_as_proof() {
    let world = World::new().await;
    let puppet = world.branch(46).await;
    let book = puppet.book(BookKind::visits());
    let first = Writer::new(puppet.actor(&book)).visit("二组");
    let second = Writer::new(puppet.actor(&book)).visit("三组");
    assert_ne!(first.meta.hash, second.meta.hash);
    puppet.deliver(&world.victim, &book, (one(&first), vec![puppet.attest(book.id(), &first)])).await;
    let before = world.state().await;
    let told = puppet.deliver(&world.victim, &book, (one(&second), vec![puppet.attest(book.id(), &second)])).await;
    assert_eq!(told.reasons(), [Refusal::Equivocation { seq: 1 }]);
    assert_eq!(told.ack(&book).unwrap().heads, [first.meta.hash], "the first one stands");
    assert_eq!(world.troubles().await, [("equivocation".to_owned(), 1)]);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_that_leaves_a_number_out_is_refused_as_broken() {
    let world = World::new().await;
    let puppet = world.branch(47).await;
    let book = puppet.book(BookKind::visits());
    let mut writer = Writer::new(puppet.actor(&book));
    let (first, second) = (writer.visit("二组"), writer.visit("三组"));
    puppet.deliver(&world.victim, &book, (one(&first), vec![puppet.attest(book.id(), &first)])).await;
    let before = world.state().await;
    let third = altered(&second, |change| change.seq = 3);
    let told = puppet.deliver(&world.victim, &book, (one(&third), vec![puppet.attest(book.id(), &third)])).await;
    assert_eq!(told.reasons(), [Refusal::Chain { seq: 3 }]);
    let alone = altered(&second, |change| change.deps = vec![dep(ybz_domain::book::genesis_hash(&book.kind))]);
    let told = puppet.deliver(&world.victim, &book, (one(&alone), vec![puppet.attest(book.id(), &alone)])).await;
    assert_eq!(told.reasons(), [Refusal::Chain { seq: 2 }], "the change before is not among the dependencies");
    assert_eq!(world.troubles().await, [("chain".to_owned(), 2)]);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_on_something_that_never_comes_asks_for_it_once_and_stays_out_of_the_book() {
    let world = World::new().await;
    let puppet = world.branch(48).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let gone = ChangeHash([0xab; 32]);
    let first = Writer::new(puppet.actor(&book)).visit("二组");
    let change = altered(&first, |change| change.deps.push(dep(gone)));
    let told = puppet.deliver(&world.victim, &book, (one(&change), vec![puppet.attest(book.id(), &change)])).await;
    assert_eq!(told.needs(), [gone]);
    let ack = told.ack(&book).unwrap();
    assert!(ack.heads.is_empty() && ack.refused.is_empty(), "it may still come right: {ack:?}");
    assert!(ack.aside.is_empty(), "and is not held with all it builds on");
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operation_numbers_at_the_ceiling_are_refused_before_automerge_counts_on() {
    let world = World::new().await;
    let puppet = world.branch(49).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let honest = Writer::new(puppet.actor(&book)).visit("二组");
    let mut reasons = Vec::new();
    for number in [MAX_OP - 100, u64::from(u32::MAX)] {
        let change = altered(&honest, |change| change.start_op = start_op(number));
        let told = puppet.deliver(&world.victim, &book, (one(&change), vec![puppet.attest(book.id(), &change)])).await;
        reasons.extend(told.reasons());
        assert!(told.ack(&book).unwrap().heads.is_empty());
    }
    let too_high = Refusal::StartOp { found: MAX_OP - 100, expected: honest.meta.start_op };
    assert_eq!(reasons, [too_high, Refusal::Quota("operation numbers".to_owned())]);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_on_an_object_that_is_not_there_is_held_with_its_descendants_and_nobody_crashes() {
    let world = World::new().await;
    let puppet = world.branch(50).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let mut writer = Writer::new(puppet.actor(&book));
    let (made, moved) = (writer.visit("二组"), writer.moved("三组"));
    // What moves the visit, in place of what makes it: sound by its structure.
    let orphan = altered(&moved, |change| {
        change.seq = 1;
        change.start_op = start_op(made.meta.start_op);
        change.deps = vec![dep(ybz_domain::book::genesis_hash(&book.kind))];
    });
    let told = puppet.deliver(&world.victim, &book, (one(&orphan), vec![puppet.attest(book.id(), &orphan)])).await;
    assert!(told.reasons().is_empty());
    let after = world.state().await;
    assert_eq!((&after["visits"], &after["records"]), (&before["visits"], &before["records"]));
    assert_eq!((after["held"].as_u64(), before["held"].as_u64()), (Some(1), Some(0)));
    assert_eq!(world.troubles().await, [("held".to_owned(), 1)]);
    world.unharmed(after).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn compressed_and_garbled_chunks_are_refused_as_malformed_without_being_inflated() {
    let world = World::new().await;
    let puppet = world.branch(51).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let change = Writer::new(puppet.actor(&book)).visit("二组");
    let mut cut = change.bytes.clone();
    cut.truncate(change.bytes.len() - 5);
    let batch = vec![compressed(&change), cut, vec![0x85, 0x6f, 0x4a, 0x83], Vec::new()];
    let told = puppet.deliver(&world.victim, &book, (batch, vec![puppet.attest(book.id(), &change)])).await;
    assert_eq!(told.reasons(), vec![Refusal::Malformed; 4]);
    assert!(told.ack(&book).unwrap().heads.is_empty());
    world.unharmed(before).await;
}
