//! Strangers, joiners and hostile peers.

use ybz_domain::book::BookKind;
use ybz_domain::ids::{BookId, ChangeHash, DeviceId, Incarnation, Serial};
use ybz_domain::trust::{Nonces, Withheld, join_commitment};
use ybz_sync::machine::{Answer, Effect, Event};
use ybz_sync::sim::{Link, Plan, Rng};
use ybz_sync::wire::{Changes, Frame, Hello, HelloData, JoinGrant, JoinRequest, Statements, Versions, join_proof};
use ybz_sync::{Ask, JoinAnswer, Progress, Reason, Session};

use crate::node::{Node, Shared};
use crate::{HUB, backend, committee, for_seeds, link, sync, up};

/// The joiner's.
const NONCE: [u8; 32] = [0x4e; 32];
const SECRET: [u8; 16] = *b"a ticket's words";

fn hello_data() -> HelloData {
    HelloData {
        tree: None,
        statements: Statements::default(),
        logs: Vec::new(),
        incarnation: Incarnation([3; 16]),
        counter: 0,
        seen: Vec::new(),
        entries: Vec::new(),
        addresses: Vec::new(),
    }
}

#[test]
fn a_stranger_and_a_bad_invitation_get_the_same_refusal_and_nothing_else() {
    let rng = &mut Rng::new(1);
    let (hub, villages) = committee(1);
    villages[0].borrow_mut().edit(&up(1, BookKind::visits()), 3, 10, rng);
    sync(&villages[0], &hub, Plan::SMOOTH, rng);
    let stranger = Node::new(77, 77);
    let said = |trace: &ybz_sync::sim::Trace| -> Vec<Frame> {
        trace.frames.iter().filter(|(end, _)| *end == 1).map(|(_, frame)| frame.clone()).collect()
    };
    let knocking = sync(&stranger, &hub, Plan::SMOOTH, rng);
    assert_eq!(said(&knocking), [Frame::Refused(Versions::OURS)]);
    assert_eq!(knocking.reasons, [Some(Reason::Refused), Some(Reason::NotAdmitted)]);
    let joining = join(&stranger, &hub, Serial([1; 16]), rng);
    assert_eq!(said(&joining), said(&knocking), "the refusals cannot be told apart");
}

#[test]
fn a_peer_whose_place_was_ended_is_shown_what_ended_it_before_the_same_refusal() {
    let statements = Statements { withheld: vec![withheld()], ..Statements::default() };
    let ask_of = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask(id, ask) => Some((*id, ask.clone())),
            _ => None,
        })
    };
    let sent = |effects: Vec<Effect>| -> Vec<Frame> {
        effects
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Send(frame) => Some(frame),
                _ => None,
            })
            .collect()
    };
    let mut hub = Session::accept(DeviceId([1; 32]));
    hub.handle(Event::Started);
    let hello = Hello { versions: Versions::OURS, live: false, digest: None, data: hello_data() };
    let effects = hub.handle(Event::Frame(Frame::Hello(Box::new(hello))));
    let (id, _) = ask_of(&effects).unwrap();
    let effects = hub.handle(Event::Answer(id, Answer::Farewell(Box::new(statements.clone()))));
    assert!(effects.contains(&Effect::End(Reason::NotAdmitted)));
    let frames = sent(effects);
    assert_eq!(frames, [Frame::Statements(Box::new(statements.clone())), Frame::Refused(Versions::OURS)]);

    let mut gone = Session::dial(DeviceId([2; 32]), false);
    let (id, _) = ask_of(&gone.handle(Event::Started)).unwrap();
    gone.handle(Event::Answer(id, Answer::Hello { data: Box::new(hello_data()), digest: None }));
    let [farewell, refusal] = <[Frame; 2]>::try_from(frames).unwrap();
    let effects = gone.handle(Event::Frame(farewell));
    let (id, ask) = ask_of(&effects).unwrap();
    assert_eq!(ask, Ask::Learn(Box::new(statements)));
    assert!(!gone.wants_frame(), "it is kept before anything else is heard");
    gone.handle(Event::Answer(id, Answer::Done));
    assert!(gone.handle(Event::Frame(refusal)).contains(&Effect::End(Reason::Refused)));
}

fn withheld() -> Withheld {
    Withheld { issuer: DeviceId([3; 32]), from: 1, previous: None, entries: vec![[4; 32]] }
}

fn request(slot: Serial, inviter: &Shared, joiner: &Shared) -> JoinRequest {
    let (inviter, joiner) = (inviter.borrow(), joiner.borrow());
    JoinRequest {
        versions: Versions::OURS,
        slot,
        proof: join_proof(&slot, &SECRET, &inviter.id(), &joiner.id()),
        commitment: join_commitment(&slot, &joiner.id(), &NONCE),
        office: Some(joiner.office),
        statements: Statements::default(),
        holder: None,
        confirm: false,
        restored: None,
    }
}

fn join(joiner: &Shared, inviter: &Shared, slot: Serial, rng: &mut Rng) -> ybz_sync::sim::Trace {
    let dialer = Session::join(inviter.borrow().id(), request(slot, inviter, joiner), NONCE);
    let acceptor = Session::accept(joiner.borrow().id());
    let mut link = Link::new((dialer, backend(joiner, inviter)), (acceptor, backend(inviter, joiner)), Plan::SMOOTH);
    link.run(rng);
    link.trace().clone()
}

#[test]
fn an_invitation_is_taken_up_after_a_person_has_decided() {
    let rng = &mut Rng::new(2);
    let (hub, joiner) = (Node::new(HUB, HUB), Node::new(5, 5));
    let grant = JoinGrant { tree: None, statements: Statements::default(), addresses: Vec::new() };
    hub.borrow_mut().join = Some((Serial([1; 16]), JoinAnswer::Granted(Box::new(grant.clone()))));
    let trace = join(&joiner, &hub, Serial([1; 16]), rng);
    assert_eq!(trace.reasons, [Some(Reason::Complete), Some(Reason::Complete)]);
    assert_eq!(joiner.borrow().joined, Some(grant));
    let nonces = Nonces { inviter: [0x5a; 32], joiner: NONCE };
    let pending = [Progress::JoinPending { nonces, office: Some(joiner.borrow().office) }];
    assert_eq!(trace.progress[0], pending);
    assert_eq!(trace.progress[1], pending, "the same on both sides, after both said their nonce");
    let bytes = postcard::to_stdvec(&trace.frames[0].1).unwrap();
    assert!(!bytes.windows(16).any(|window| window == SECRET), "the secret does not travel");
    hub.borrow_mut().join = Some((Serial([1; 16]), JoinAnswer::Refused));
    let declined = join(&joiner, &hub, Serial([1; 16]), rng);
    assert_eq!(declined.reasons, [Some(Reason::Refused), Some(Reason::NotAdmitted)]);
}

#[test]
fn a_nonce_that_was_not_committed_to_is_refused_like_any_stranger() {
    let (hub, joiner) = (Node::new(HUB, HUB), Node::new(5, 5));
    let grant = JoinGrant { tree: None, statements: Statements::default(), addresses: Vec::new() };
    hub.borrow_mut().join = Some((Serial([1; 16]), JoinAnswer::Granted(Box::new(grant))));
    let peer = joiner.borrow().id();
    let answer = |session: &mut Session, effects: Vec<Effect>| -> Vec<Effect> {
        let mut out = Vec::new();
        let mut open: std::collections::VecDeque<_> = effects.into();
        while let Some(effect) = open.pop_front() {
            match effect {
                Effect::Ask(_, Ask::JoinDecision { .. }) => {}
                Effect::Ask(id, ask) => {
                    let answer = hub.borrow_mut().answer(&peer, ask);
                    open.extend(session.handle(Event::Answer(id, answer)));
                }
                effect => out.push(effect),
            }
        }
        out
    };
    let begun = || {
        let mut session = Session::accept(peer);
        session.handle(Event::Started);
        let request = request(Serial([1; 16]), &hub, &joiner);
        let effects = session.handle(Event::Frame(Frame::Join(Box::new(request))));
        assert_eq!(answer(&mut session, effects), [Effect::Send(Frame::JoinPending([0x5a; 32]))]);
        session
    };
    let mut session = begun();
    // Drawn after the inviter's nonce was heard: whatever digits it gives, it is not the one committed to.
    let effects = session.handle(Event::Frame(Frame::JoinReveal([0x77; 32])));
    let refusal = [Effect::Send(Frame::Refused(Versions::OURS)), Effect::End(Reason::NotAdmitted)];
    assert_eq!(answer(&mut session, effects), refusal);

    let mut session = begun();
    let effects = session.handle(Event::Frame(Frame::JoinReveal(NONCE)));
    let said = answer(&mut session, effects);
    assert_eq!(said.first(), Some(&Effect::Send(Frame::JoinWaiting)));
    let effects = session.handle(Event::Frame(Frame::JoinReveal(NONCE)));
    assert!(matches!(effects[..], [Effect::End(Reason::Violation(_))]), "once only: {effects:?}");

    // A joiner answers one nonce; an inviter that tries a second to steer the digits is left.
    let mut session = Session::join(hub.borrow().id(), request(Serial([1; 16]), &hub, &joiner), NONCE);
    session.handle(Event::Started);
    let effects = session.handle(Event::Frame(Frame::JoinPending([1; 32])));
    assert_eq!(effects, [Effect::Send(Frame::JoinReveal(NONCE))]);
    let effects = session.handle(Event::Frame(Frame::JoinPending([2; 32])));
    assert!(matches!(effects[..], [Effect::End(Reason::Violation(_))]), "{effects:?}");
    let mut session = Session::join(hub.borrow().id(), request(Serial([1; 16]), &hub, &joiner), NONCE);
    session.handle(Event::Started);
    let effects = session.handle(Event::Frame(Frame::JoinWaiting));
    assert!(matches!(effects[..], [Effect::End(Reason::Violation(_))]), "no digits without nonces: {effects:?}");
}

#[test]
fn programs_without_a_common_version_part_and_say_so() {
    let mut session = Session::accept(DeviceId([1; 32]));
    session.handle(Event::Started);
    let versions = Versions { oldest: 7, newest: 9 };
    let hello = Hello { versions, live: false, digest: None, data: hello_data() };
    let effects = session.handle(Event::Frame(Frame::Hello(Box::new(hello))));
    assert_eq!(effects, [Effect::Send(Frame::Refused(Versions::OURS)), Effect::End(Reason::Version(versions))]);
}

#[test]
fn a_frame_that_claims_too_much_is_not_waited_for() {
    let rng = &mut Rng::new(3);
    let (hub, villages) = committee(1);
    let mut link = link(&villages[0], &hub, false, Plan::SMOOTH);
    // A stranger's frames are short; this one says 65 KiB and brings four bytes.
    link.inject(1, &[0, 1, 4, 0]);
    link.run(rng);
    assert!(matches!(&link.trace().reasons[1], Some(Reason::Violation(why)) if why.contains("66560")));
    assert_eq!(link.trace().reasons[0], Some(Reason::Cut));
    assert_eq!(hub.borrow().asked.len(), 0, "nothing of it was acted on");
}

#[test]
fn garbage_ends_the_session_without_harm() {
    for_seeds(300, |rng| {
        let (hub, villages) = committee(1);
        villages[0].borrow_mut().edit(&up(1, BookKind::visits()), 3, 10, rng);
        let mut link = link(&villages[0], &hub, rng.percent(50), Plan { piece: 1 + rng.at(600), ..Plan::SMOOTH });
        for _ in 0..rng.below(40) {
            link.step(rng);
        }
        let bytes: Vec<u8> = (0..rng.below(200)).map(|_| rng.bytes::<1>()[0]).collect();
        let at = rng.at(2);
        link.inject(at, &bytes);
        link.run(rng);
        assert!(link.trace().backlog.iter().all(|bytes| *bytes < 2 << 20));
        let held = hub.borrow().books.values().map(|book| book.accepted.len()).sum::<usize>();
        assert!(held == 0 || held == 3, "all or nothing of what was attested");
    });
}

/// Frames of all kinds, sound by themselves, in any order.
fn any_frame(rng: &mut Rng, book: BookId) -> Frame {
    let hashes = |rng: &mut Rng| (0..rng.below(3)).map(|_| ChangeHash(rng.bytes())).collect::<Vec<_>>();
    let id = if rng.percent(50) { book } else { BookId(rng.bytes()) };
    match rng.below(14) {
        0 => Frame::Hello(Box::new(Hello { versions: Versions::OURS, live: true, digest: None, data: hello_data() })),
        1 => Frame::Refused(Versions::OURS),
        2 => Frame::JoinPending(rng.bytes()),
        3 => Frame::Summary(rng.bytes()),
        4 => Frame::Equal(rng.bytes()),
        5 => Frame::Offices(Vec::new(), rng.bytes()),
        6 => Frame::Listing(Box::default()),
        7 => Frame::Reply(Box::default()),
        8 => Frame::Poke,
        9 => Frame::Changes(Box::new(Changes {
            book: id,
            changes: (0..rng.below(3)).map(|_| rng.bytes::<40>().to_vec()).collect(),
            attestations: Vec::new(),
            more: rng.percent(30),
        })),
        10 => Frame::Need(id, hashes(rng)),
        11 => Frame::Sent,
        12 => Frame::Done,
        _ => Frame::Want(Vec::new()),
    }
}

#[test]
fn an_admitted_peer_that_says_anything_at_all_does_no_harm() {
    for_seeds(400, |rng| {
        let (hub, villages) = committee(1);
        let peer = villages[0].borrow().id();
        let visits = up(1, BookKind::visits());
        hub.borrow_mut().edit(&crate::down(1), 2, 10, rng);
        let mut session = if rng.percent(50) { Session::accept(peer) } else { Session::dial(peer, rng.percent(50)) };
        let mut effects: std::collections::VecDeque<_> = session.handle(Event::Started).into();
        let (mut frames, mut over, mut sent) = (0, false, 0);
        while !over && frames < 60 {
            while let Some(effect) = effects.pop_front() {
                match effect {
                    Effect::Ask(id, ask) => {
                        if let Ask::Missing { book, .. } = &ask {
                            assert!(hub.borrow().in_scope(&peer, book));
                        }
                        let answer = hub.borrow_mut().answer(&peer, ask);
                        effects.extend(session.handle(Event::Answer(id, answer)));
                    }
                    Effect::End(_) => over = true,
                    Effect::Send(_) => sent += 1,
                    Effect::Progress(_) => {}
                }
            }
            if over || !session.wants_frame() {
                break;
            }
            let frame = if frames == 0 {
                Frame::Hello(Box::new(Hello { versions: Versions::OURS, live: true, digest: None, data: hello_data() }))
            } else {
                any_frame(rng, visits.id())
            };
            frames += 1;
            effects.extend(session.handle(Event::Frame(frame)));
        }
        assert!(sent < 400, "no frame draws an avalanche");
        assert!(hub.borrow().books.values().all(|book| book.key == crate::down(1) && book.accepted.len() == 2));
    });
}
