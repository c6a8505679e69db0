//! Bytes and frames that break the protocol, and peers that take what others need.

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{BookId, ChangeHash, OfficeId};
use ybz_sync::driver::Raw;
use ybz_sync::limits::{MAX_BOOKS, MAX_CHANGES, MAX_FRAME, MAX_RAW};
use ybz_sync::wire::{Changes, Frame};

use super::deliver::claims;
use super::puppet::{Call, Puppet, Victim};
use super::world::World;

/// A header that says so many compressed bytes follow.
fn bulk(length: usize) -> [u8; 4] {
    (u32::try_from(length).unwrap() | 1 << 31).to_be_bytes()
}

/// A branch that is known at the street, after both said hello and the street listed what it holds.
async fn known(puppet: &Puppet, victim: &Victim) -> Call {
    let mut call = puppet.call(victim).await;
    assert!(call.until(|frame| matches!(frame, Frame::Listing(_))).await);
    call
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_length_of_four_gigabytes_ends_the_session_by_its_header_before_and_after_hello() {
    let world = World::new().await;
    let puppet = world.branch(61).await;
    let before = world.state().await;
    // The mark of compressed frames is the highest bit: what is left of it says two gigabytes.
    for header in [[0xff; 4], [0x7f, 0xff, 0xff, 0xff], [0, 1, 0, 1]] {
        let connection = puppet.dial(&world.victim).await;
        let mut stranger = Raw::open(&connection).await.unwrap();
        stranger.say_bytes(&header).await;
        assert!(stranger.hear().await.is_none(), "hung up without a body: {header:?}");
    }
    for header in [[0xff; 4], [0x7f, 0xff, 0xff, 0xff], [0, 0x10, 0, 1]] {
        let mut call = known(&puppet, &world.victim).await;
        call.raw.say_bytes(&header).await;
        assert!(call.ended().await.gone, "hung up without a body: {header:?}");
    }
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_that_inflates_above_the_bound_ends_the_session_and_nothing_of_it_is_judged() {
    let world = World::new().await;
    let puppet = world.branch(62).await;
    let before = world.state().await;
    let mut encoder = zstd::stream::Encoder::new(Vec::new(), 19).unwrap();
    encoder.window_log(20).unwrap();
    std::io::Write::write_all(&mut encoder, &vec![0; 256 * MAX_RAW]).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < MAX_FRAME, "it fits a frame: {} bytes", bomb.len());
    let mut call = known(&puppet, &world.victim).await;
    call.raw.say(claims([puppet.book(BookKind::visits())])).await;
    call.raw.say_bytes(&bulk(bomb.len())).await;
    call.raw.say_bytes(&bomb).await;
    let told = call.ended().await;
    assert!(told.gone && told.ack(&puppet.book(BookKind::visits())).is_none());
    assert_eq!(world.troubles().await, [], "there was nothing to keep");
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_after_a_valid_hello_ends_that_session_alone() {
    let world = World::new().await;
    let puppet = world.branch(63).await;
    let before = world.state().await;
    let garbage: [&[u8]; 4] =
        [&[0, 0, 0, 2, 0xff, 0xff], &[0, 0, 0, 0], &[0x80, 0, 0, 3, 1, 2, 3], b"GET / HTTP/1.1\r\n"];
    for bytes in garbage {
        let mut call = known(&puppet, &world.victim).await;
        call.raw.say_bytes(bytes).await;
        let told = call.ended().await;
        assert!(told.gone && !told.frames.iter().any(|frame| matches!(frame, Frame::Done)), "{bytes:?}");
    }
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_out_of_turn_end_the_session() {
    let world = World::new().await;
    let puppet = world.branch(64).await;
    let before = world.state().await;
    let book = puppet.book(BookKind::visits());
    let changes = |count: usize| {
        let changes = vec![Vec::new(); count];
        Frame::Changes(Box::new(Changes { book: book.id(), changes, attestations: Vec::new(), more: false }))
    };
    let stray = [
        changes(1),
        Frame::Done,
        Frame::Sent,
        Frame::Keys(Vec::new()),
        Frame::Differing(vec![OfficeId([1; 16])]),
        Frame::Need(book.id(), vec![ChangeHash([1; 32])]),
        Frame::JoinReveal([0; 32]),
    ];
    for frame in stray {
        let name = frame.name();
        let mut call = known(&puppet, &world.victim).await;
        call.raw.say(frame).await;
        let told = call.ended().await;
        assert!(!told.frames.iter().any(|frame| matches!(frame, Frame::Done | Frame::Ack(_))), "a stray {name}");
    }
    let mut call = known(&puppet, &world.victim).await;
    call.raw.say(claims([book.clone()])).await;
    call.raw.say(changes(MAX_CHANGES + 1)).await;
    assert!(call.ended().await.ack(&book).is_none(), "more changes than a frame may have");
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_announced_books_end_the_session_and_as_many_as_may_come_make_none() {
    let world = World::new().await;
    let puppet = world.branch(65).await;
    let before = world.state().await;
    let books = |count: usize| {
        let generation = |generation| BookKey {
            generation: u32::try_from(generation).unwrap(),
            office: OfficeId([0x99; 16]),
            ..puppet.book(BookKind::visits())
        };
        claims((0..count).map(generation))
    };
    let mut call = known(&puppet, &world.victim).await;
    call.raw.say(books(10_000)).await;
    let told = call.ended().await;
    assert!(told.gone && !told.frames.iter().any(|frame| matches!(frame, Frame::Sent)));

    let mut call = known(&puppet, &world.victim).await;
    call.raw.say(books(MAX_BOOKS)).await;
    call.raw.say(Frame::Sent).await;
    assert!(call.until(|frame| matches!(frame, Frame::Done)).await, "within the quota: out of scope, and passed over");
    drop(call);
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_open_sessions_and_readers_that_take_nothing_keep_nobody_from_delivering() {
    let world = World::new().await;
    let puppet = world.branch(66).await;
    let before = world.state().await;
    let mut open = Vec::new();
    for _ in 0..24 {
        // A connection without a stream, a stream without a hello, a hello without an answer, half a frame.
        let silent = puppet.dial(&world.victim).await;
        let connection = puppet.dial(&world.victim).await;
        let mut begun = Raw::open(&connection).await.unwrap();
        begun.say_bytes(&[0, 0]).await;
        let greeted = puppet.call(&world.victim).await;
        let mut half = known(&puppet, &world.victim).await;
        half.raw.say_bytes(&bulk(MAX_FRAME)).await;
        open.push((silent, connection, begun, greeted, half));
    }
    // 24 halves of compressed frames hold 24 MiB of the credit that all sessions share; there is enough for the others.
    world.unharmed(before).await;
    assert_eq!(open.len(), 24);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn books_asked_for_by_guessed_ids_are_not_served() {
    let world = World::new().await;
    let puppet = world.branch(67).await;
    let before = world.state().await;
    let guesses: Vec<BookId> = (0..200).map(|number| BookId([number; 32])).collect();
    for book in guesses.iter().take(3) {
        let mut call = known(&puppet, &world.victim).await;
        call.raw.say(claims([puppet.book(BookKind::visits())])).await;
        call.raw.say(Frame::Need(*book, vec![ChangeHash([1; 32])])).await;
        let told = call.ended().await;
        assert!(told.gone && told.changes().is_empty(), "a book that is not on the shelf");
    }
    world.unharmed(before).await;
}
