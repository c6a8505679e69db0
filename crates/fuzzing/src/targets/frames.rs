//! The wire: bytes as they come from a connection, through the codec into a session that listens.

use std::collections::VecDeque;

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, Incarnation, OfficeId, Serial};
use ybz_sync::catalog::{BookState, Catalog, CatalogEntry, Holding};
use ybz_sync::limits::{MAX_FRAME, MAX_RAW, SESSION_CREDIT};
use ybz_sync::machine::{Effect, Event};
use ybz_sync::wire::{
    Announced, Blob, Changes, Codec, Frame, HEADER, Header, Hello, HelloData, JoinRequest, Listing, Reply, Statements,
    Versions,
};
use ybz_sync::{Admission, Answer, Ask, Compared, JoinAnswer, Session, Verdict};

/// A frame grows to 1 MiB, and an empty change in it, one byte on the wire, is 24 bytes in memory; it is packed and unpacked
/// once more for the way back, and windows of 1 MiB are open for both directions.
pub const BOUND: usize = 96 << 20;

/// Reads the bytes as a stream of frames, and as one frame before it is encoded.
pub fn run(data: &[u8]) {
    let (mut codec, mut left) = (Codec::default(), data);
    let mut session = Session::accept(DeviceId([9; 32]));
    settle(&mut session, Event::Started);
    while let Some((header, rest)) = left.split_first_chunk::<HEADER>() {
        let Ok(header) = Header::read(*header, session.max_frame()) else { break };
        let Some((body, rest)) = rest.split_at_checked(header.length) else { break };
        left = rest;
        match codec.decode(header, body) {
            Ok(frame) if session.wants_frame() => settle(&mut session, Event::Frame(frame)),
            _ => break,
        }
    }
    let Ok((frame, _)) = postcard::take_from_bytes::<Frame>(data) else { return };
    if let Ok(encoded) = Codec::default().encode(frame.clone())
        && let Some((header, body)) = encoded.bytes.split_first_chunk::<HEADER>()
        && let Ok(header) = Header::read(*header, MAX_FRAME)
    {
        assert_eq!(Codec::default().decode(header, body), Ok(frame), "what was encoded is not what is decoded");
    }
}

/// Lets a session go on as far as it can, with an application that says yes to everything.
fn settle(session: &mut Session, event: Event) {
    let mut effects: VecDeque<Effect> = session.handle(event).into();
    while let Some(effect) = effects.pop_front() {
        assert!(session.backlog() <= SESSION_CREDIT + 4 * MAX_RAW, "more is held than there is credit for");
        let next = match effect {
            Effect::Ask(id, ask) => answer(&ask).map(|answer| Event::Answer(id, answer)),
            Effect::Send(frame) => Some(Event::Written(frame.weight())),
            Effect::Progress(_) | Effect::End(_) => None,
        };
        if let Some(next) = next {
            effects.extend(session.handle(next));
        }
    }
}

/// None: it is not answered while the session lasts.
fn answer(ask: &Ask) -> Option<Answer> {
    Some(match ask {
        Ask::Hello { .. } => Answer::Hello { data: Box::new(hello()), digest: None },
        Ask::Admit { .. } | Ask::Recheck { .. } => {
            Answer::Admit(Some(Admission { statements: Statements::default(), confirmed: true }))
        }
        Ask::Learn(_) | Ask::Acked(_) | Ask::TakeKeys(_) | Ask::Joined(_) => Answer::Done,
        Ask::Catalog => Answer::Catalog(Catalog {
            books: vec![Holding { entry: entry(1), owed: true }],
            carriers: Vec::new(),
            keys: Some([1; 32]),
        }),
        Ask::Books(_) => Answer::Books(Vec::new()),
        Ask::Compare { books, .. } => {
            Answer::Compared { books: vec![Compared::Beyond { samples: Vec::new() }; books.len()], wants: Vec::new() }
        }
        Ask::Missing { .. } => Answer::Missing(ybz_sync::machine::Batch::default()),
        Ask::Accept { .. } => Answer::Verdict(Verdict::default()),
        Ask::SignReceipt(_) => Answer::Receipt(None),
        Ask::TakeReceipt(_) => Answer::ReceiptTaken(None),
        Ask::Keys => Answer::Keys(Vec::new()),
        Ask::ReadCarrier { .. } => Answer::Carrier(vec![1]),
        Ask::PutCarrier { .. } => Answer::Put(true),
        Ask::Join { nonces: None, .. } => Answer::Join(JoinAnswer::Challenge([3; 32])),
        Ask::Join { .. } => Answer::Join(JoinAnswer::Waiting),
        Ask::JoinDecision { .. } => return None,
    })
}

fn hello() -> HelloData {
    HelloData {
        tree: None,
        statements: Statements::default(),
        logs: Vec::new(),
        entries: vec![[1; 8]],
        addresses: "127.0.0.1:4000".parse().into_iter().collect(),
        incarnation: Incarnation([3; 16]),
        counter: 0,
        seen: Vec::new(),
    }
}

fn entry(number: u8) -> CatalogEntry {
    let key = BookKey::new(OfficeId([number; 16]), BookKind::visits(), 2026);
    CatalogEntry { key, state: BookState::Open, heads: vec![ChangeHash([number; 32])], aside: Vec::new() }
}

/// Sessions as they go, as streams; and each frame alone, before it is encoded.
pub fn seeds() -> Vec<Vec<u8>> {
    let greeting =
        |live| Frame::Hello(Box::new(Hello { versions: Versions::OURS, live, digest: Some([5; 32]), data: hello() }));
    let changes = |count: u8, more| {
        let changes = (0..count).map(|number| vec![number; 60]).collect();
        Frame::Changes(Box::new(Changes { book: entry(1).key.id(), changes, attestations: Vec::new(), more }))
    };
    let announced = Announced { entry: entry(2), covers: true, samples: vec![ChangeHash([4; 32])] };
    let reply = Frame::Reply(Box::new(Reply { books: vec![announced], keys: Some([2; 32]), ..Reply::default() }));
    let request = JoinRequest {
        versions: Versions::OURS,
        slot: Serial([1; 16]),
        proof: [2; 32],
        commitment: [3; 32],
        office: Some(OfficeId([4; 16])),
        statements: Statements::default(),
        holder: Some("赵甲一".to_owned()),
        confirm: false,
        restored: None,
    };
    let blob = Frame::Blob(Box::new(Blob { digest: [1; 32], at: 0, bytes: vec![7; 300], last: true }));
    let listing = Listing { books: vec![entry(1), entry(2)], carriers: Vec::new(), keys: None };
    let sessions = [
        vec![greeting(false), reply.clone(), changes(3, true), changes(2, false), Frame::Sent, Frame::Done],
        vec![greeting(true), reply, blob, Frame::Sent, Frame::Done, Frame::Announce(vec![entry(3)]), changes(1, false)],
        vec![greeting(true), Frame::Need(BookId([1; 32]), vec![ChangeHash([1; 32])])],
        vec![Frame::Join(Box::new(request)), Frame::JoinReveal([5; 32])],
        vec![greeting(false), Frame::Summary([5; 32]), Frame::Differing(vec![OfficeId([1; 16])])],
        vec![Frame::Listing(Box::new(listing)), Frame::Keys(Vec::new()), Frame::Offices(Vec::new(), [0; 32])],
    ];
    let mut out = Vec::new();
    for frames in &sessions {
        let mut codec = Codec::default();
        let encoded = frames.iter().filter_map(|frame| codec.encode(frame.clone()).ok());
        out.push(encoded.flat_map(|encoded| encoded.bytes).collect());
    }
    out.extend(sessions.iter().flatten().filter_map(|frame| postcard::to_stdvec(frame).ok()));
    out
}
