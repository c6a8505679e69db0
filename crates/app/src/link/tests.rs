//! The session machine on the shipped store, over simulated links that stutter, repeat and break.

mod compared;
mod custody;
mod stick;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use serde_json::json;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::visit::VISIT_LINK;
use ybz_domain::sign::Signed;
use ybz_domain::snapshot::FactSheet;
use ybz_domain::trust::{Body, Entry, Nonces, Ticket, compare_code};
use ybz_store::DatabaseKey;
use ybz_sync::machine::{Answer, Ask, JoinAnswer, Session};
use ybz_sync::sim::{Link, Plan, Rng};
use ybz_sync::wire::HelloData;

use super::answer::Peer;
use super::join;
use crate::cases::{invite, office, org, snapshot, visit};
use crate::cx::Cx;
use crate::dto::IdInput;
use crate::dto::node::InitInput;
use crate::dto::sync::InviteOfficeInput;
use crate::join_start::prepare;
use crate::node::{Inner, Node, OpenOptions};

struct Place {
    inner: Arc<Inner>,
    _folder: tempfile::TempDir,
}

fn clock() -> (Date, u64) {
    static MILLIS: AtomicU64 = AtomicU64::new(1_774_000_000_000);
    (Date::constant(2026, 3, 20), MILLIS.fetch_add(1, Ordering::Relaxed))
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(OpenOptions {
        data: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: folder.path().join("boot"),
        clock,
        random: crate::host::system_random,
    })
    .unwrap();
    Place { inner: node.0, _folder: folder }
}

fn start(name: &str, kind: &str) -> Place {
    let place = place();
    let input: InitInput = serde_json::from_value(json!({"name": name, "kind": kind})).unwrap();
    office::init(&place.inner, input).unwrap();
    place
}

fn cx(place: &Place) -> Cx<'_> {
    Cx::new(&place.inner, None).unwrap()
}

fn adopt(above: &Place, below: &Place, name: &str, kind: &str) {
    let input: InviteOfficeInput =
        serde_json::from_value(json!({"name": name, "kind": kind, "autoApprove": true})).unwrap();
    let ticket = Ticket::from_text(&invite::office(&cx(above), input).unwrap().text).unwrap();
    let (ticket, request, _) = prepare(&below.inner, None, ticket, None).unwrap();
    let peer = below.inner.store.device().id();
    let Answer::Join(JoinAnswer::Granted(grant)) = join::asked(&above.inner, peer, &request, None) else {
        panic!("the ticket is good");
    };
    join::keep_grant(&below.inner, &ticket, &grant).unwrap();
}

#[test]
fn a_join_is_decided_for_the_digits_that_were_seen_and_the_ticket_goes_with_the_certificate() {
    let street = start("示范一村", "branch");
    let ticket = Ticket::from_text(
        &invite::device(&cx(&street), serde_json::from_value(json!({"role": "clerk"})).unwrap()).unwrap().text,
    )
    .unwrap();
    let laptop = place();
    let peer = laptop.inner.store.device().id();
    let come = || {
        let (_, request, nonce) = prepare(&laptop.inner, None, ticket.clone(), Some("李乙二".to_owned())).unwrap();
        let Answer::Join(JoinAnswer::Challenge(inviter)) = join::asked(&street.inner, peer, &request, None) else {
            panic!("digits are to be compared");
        };
        let nonces = Nonces { inviter, joiner: nonce };
        let known = org::pending(&cx(&street)).unwrap();
        assert!(
            known.iter().all(|row| row.code != compare_code(&ticket, &peer, None, &nonces)),
            "not before both know"
        );
        let answer = join::asked(&street.inner, peer, &request, Some(nonces));
        assert_eq!(answer, Answer::Join(JoinAnswer::Waiting));
        let [row] = &org::pending(&cx(&street)).unwrap()[..] else { panic!("one device, one row") };
        assert_eq!(row.code, compare_code(&ticket, &peer, None, &nonces), "both sides show the same digits");
        (row.id.clone(), row.code.clone(), request)
    };
    let (first, _, _) = come();
    let (second, _, request) = come();
    assert_ne!(first, second);
    let approve = |id: &str| org::approve(&cx(&street), IdInput { id: id.to_owned() });
    assert_eq!(approve(&first).unwrap_err().code, "not_found", "those digits are not on the screen any more");
    assert_eq!(street.inner.store.ticket(&ticket.slot).unwrap().unwrap().used_by, None);
    approve(&second).unwrap();
    let Answer::Join(JoinAnswer::Granted(_)) = join::asked(&street.inner, peer, &request, None) else {
        panic!("the place is given");
    };
    let membership = street.inner.store.membership().unwrap();
    assert!(membership.certificate(&cx(&street).office, &peer).unwrap().confirmed, "a person compared");
    assert!(org::pending(&cx(&street)).unwrap().is_empty());
}

#[test]
fn no_ticket_lets_a_crowd_wait() {
    let street = start("示范一村", "branch");
    let invited = invite::device(&cx(&street), serde_json::from_value(json!({"role": "clerk"})).unwrap()).unwrap();
    let ticket = Ticket::from_text(&invited.text).unwrap();
    let answers: Vec<_> = (0..6)
        .map(|_| {
            let device = place();
            let (_, request, joiner) = prepare(&device.inner, None, ticket.clone(), None).unwrap();
            let nonces = Nonces { inviter: [1; 32], joiner };
            join::asked(&street.inner, device.inner.store.device().id(), &request, Some(nonces))
        })
        .collect();
    assert_eq!(answers.iter().filter(|answer| **answer == Answer::Join(JoinAnswer::Waiting)).count(), 4);
    assert_eq!(org::pending(&cx(&street)).unwrap().len(), 4);
}

/// A department, a street below it and a village below that.
fn line() -> (Place, Place, Place) {
    let department = start("县委组织部", "organization-department");
    let street = start("河东街道", "committee");
    adopt(&department, &street, "河东街道", "committee");
    let village = start("示范一村", "branch");
    adopt(&street, &village, "示范一村", "branch");
    (department, street, village)
}

fn sheets(place: &Place, office: OfficeId) -> Vec<Signed<FactSheet>> {
    let all = place.inner.store.carriers_for(snapshot::FACT_SHEET, &office, "2026").unwrap();
    all.iter().map(|carrier| postcard::from_bytes(&carrier.bytes).unwrap()).collect()
}

#[test]
fn which_fact_sheet_counts_rests_on_no_clock_and_a_device_without_own_books_signs_none() {
    let (_department, street, village) = line();
    let (office, mut rng) = (cx(&village).office, Rng::new(3));
    let membership = street.inner.store.membership().unwrap();
    let tree = membership.tree.unwrap();
    let refresh = |place: &Place| snapshot::refresh_sheet(&cx(place), tree, 2026).unwrap();
    let counts = |sheet: &Signed<FactSheet>| snapshot::replaces(&street.inner, &membership, sheet, "2026").unwrap();

    record_visits(&village, &mut rng, 1);
    refresh(&village);
    session(&village, &street, Plan::SMOOTH, &mut rng);
    let first = sheets(&street, office).remove(0);
    // The same device with its clock at 2099, and no more work than before.
    let ahead = FactSheet { as_of: Date::constant(2099, 1, 1), counter: 2, ..first.peek().unwrap() };
    let ahead = Signed::sign(&village.inner.store.device(), &ahead);
    assert!(counts(&ahead));
    let bytes = postcard::to_stdvec(&ahead).unwrap();
    let digest = *blake3::hash(&bytes).as_bytes();
    let (kind, period) = (snapshot::FACT_SHEET.to_owned(), "2026".to_owned());
    let signed = Date::constant(2099, 1, 1);
    street.inner.store.put_carrier(&ybz_store::Carrier { kind, office, period, digest, bytes, signed }).unwrap();
    assert!(!counts(&first), "an earlier one does not come back");
    for _ in 0..2 {
        record_visits(&village, &mut rng, 1);
        refresh(&village);
    }
    session(&village, &street, Plan::SMOOTH, &mut rng);
    let [now] = &sheets(&street, office)[..] else { panic!("one counts") };
    assert_eq!(*now, sheets(&village, office)[0], "the next one counts, whatever the date of the one before");
    assert_eq!((now.peek().unwrap().as_of, now.peek().unwrap().counter), (Date::constant(2026, 3, 20), 3));

    // Households were visited, and the books that say which have come in part.
    for day in ["2026-03-05", "2026-03-06"] {
        let input =
            json!({"date": day, "kind": "household", "participants": ["赵甲一"], "newHousehold": {"name": day}});
        visit::save(&cx(&village), serde_json::from_value(input).unwrap()).unwrap();
    }
    let mut records: Vec<_> = cx(&village).all_records(2026).unwrap().into_iter().map(|stored| stored.view).collect();
    assert!(!snapshot::lacks_links(&records, "2026"));
    let link = records.iter().position(|record| record.rtype == VISIT_LINK).unwrap();
    records.remove(link);
    assert!(snapshot::lacks_links(&records, "2026") && !snapshot::lacks_links(&records, "2025"));

    // A clerk's computer that nobody compared has the visits and not the households.
    let clerk = place();
    let input = serde_json::from_value(json!({"role": "clerk", "autoApprove": true})).unwrap();
    let ticket = Ticket::from_text(&invite::device(&cx(&village), input).unwrap().text).unwrap();
    let (ticket, request, _) = prepare(&clerk.inner, None, ticket, None).unwrap();
    let peer = clerk.inner.store.device().id();
    let Answer::Join(JoinAnswer::Granted(grant)) = join::asked(&village.inner, peer, &request, None) else {
        panic!("the ticket is good");
    };
    join::keep_grant(&clerk.inner, &ticket, &grant).unwrap();
    session(&clerk, &village, Plan::SMOOTH, &mut rng);
    while clerk.inner.store.read_in(1000).unwrap().remaining > 0 {}
    let bare = json!({"date": "2026-03-07", "kind": "round_table", "publicPlace": true, "participants": ["李乙二"]});
    visit::save(&cx(&clerk), serde_json::from_value(bare).unwrap()).unwrap();
    let before = sheets(&clerk, office);
    refresh(&clerk);
    assert_eq!(sheets(&clerk, office), before, "it signs no sheet in which they would be missing");
}

/// Text that does not compress away.
fn words(rng: &mut Rng) -> String {
    (0..1 + rng.at(300)).filter_map(|_| char::from_u32(0x4e00 + u32::try_from(rng.below(5000)).unwrap())).collect()
}

fn record_visits(village: &Place, rng: &mut Rng, count: u64) {
    for number in 0..count {
        let input = json!({
            "date": format!("2026-03-{:02}", 1 + rng.below(19)), "kind": "round_table", "publicPlace": true,
            "participants": ["赵甲一"], "situationText": words(rng), "place": number.to_string(),
        });
        visit::save(&cx(village), serde_json::from_value(input).unwrap()).unwrap();
    }
}

fn backend(place: &Place, peer: &Place) -> Box<dyn FnMut(Ask) -> Answer> {
    let answering = Peer::new(place.inner.clone(), peer.inner.store.device().id());
    Box::new(move |ask| answering.answer(ask))
}

/// One session from `caller` to `called` over a link with this plan.
fn session(caller: &Place, called: &Place, plan: Plan, rng: &mut Rng) -> ybz_sync::Outcome {
    let (from, to) = (caller.inner.store.device().id(), called.inner.store.device().id());
    let mut link = Link::new(
        (Session::dial(to, false), backend(caller, called)),
        (Session::accept(from), backend(called, caller)),
        plan,
    );
    link.run(rng);
    link.session(0).outcome()
}

fn visits_of(street: &Place, office: OfficeId) -> usize {
    while street.inner.store.read_in(1000).unwrap().remaining > 0 {}
    cx(street).below("visit", None).unwrap().iter().filter(|stored| stored.book.office == office).count()
}

#[test]
fn whatever_the_link_does_everything_arrives_once_and_nothing_is_green_before() {
    let (_department, street, village) = line();
    let office = cx(&village).office;
    let mut recorded = 0;
    for seed in 0..24 {
        let mut rng = Rng::new(seed);
        let fresh = rng.below(8);
        record_visits(&village, &mut rng, fresh);
        recorded += fresh;
        let plan = Plan::random(&mut rng, 30_000);
        let outcome = session(&village, &street, plan, &mut rng);
        let unsent = cx(&village).unsent().unwrap();
        assert!(!outcome.delivered || unsent == 0, "seed {seed}: delivered was said with {unsent} unsent");
        assert!(visits_of(&street, office) <= usize::try_from(recorded).unwrap(), "seed {seed}: nothing arrives twice");
        assert_eq!(outcome.refused_there, 0, "seed {seed}: a broken link makes nothing look forged");
    }
    let mut rng = Rng::new(99);
    session(&village, &street, Plan::SMOOTH, &mut rng);
    assert_eq!(cx(&village).unsent().unwrap(), 0, "after a whole session all is receipted");
    assert_eq!(visits_of(&street, office), usize::try_from(recorded).unwrap());
    let report = street.inner.store.check().unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

#[test]
fn a_batch_cut_in_the_middle_is_not_sent_again() {
    let (_department, street, village) = line();
    let mut rng = Rng::new(5);
    record_visits(&village, &mut rng, 700);
    // Between the first batch, which is staged, and the end of the second.
    let cut = Plan { cut_after: Some(210_000), piece: 4_000, ..Plan::SMOOTH };
    let first = session(&village, &street, cut, &mut rng);
    assert!(!first.delivered);
    let second = session(&village, &street, Plan::SMOOTH, &mut rng);
    assert!(second.delivered, "{second:?}");
    let all = village.inner.store.read(|reader| reader.books()).unwrap();
    let changes: u64 =
        all.iter().filter(|book| book.key.kind.to_string() == "up/visits").map(|b| u64::from(b.changes)).sum();
    assert!(second.sent < changes, "what was staged is not sent again: {} sent of {changes}", second.sent);
    let third = session(&village, &street, Plan::SMOOTH, &mut rng);
    assert_eq!((third.sent, third.received), (0, 0), "nothing changed, nothing is sent");
}

#[test]
fn a_stranger_is_refused_and_a_sibling_hears_of_no_book_but_its_own() {
    let (_department, street, village) = line();
    let mut rng = Rng::new(1);
    record_visits(&village, &mut rng, 3);
    session(&village, &street, Plan::SMOOTH, &mut rng);

    let stranger = start("别处某村", "branch");
    let outcome = session(&stranger, &street, Plan::SMOOTH, &mut rng);
    assert_eq!((outcome.sent, outcome.received, outcome.owed), (0, 0, 0));
    let membership = stranger.inner.store.membership().unwrap();
    assert!(!membership.offices.contains_key(&cx(&street).office), "a stranger does not even learn the street's name");

    let sibling = start("示范二村", "branch");
    adopt(&street, &sibling, "示范二村", "branch");
    session(&sibling, &street, Plan::SMOOTH, &mut rng);
    let village_office = cx(&village).office;
    let membership = sibling.inner.store.membership().unwrap();
    assert!(!membership.offices.contains_key(&village_office), "no list names the siblings");
    let asked = Peer::new(street.inner.clone(), sibling.inner.store.device().id());
    let hello = Peer::new(sibling.inner.clone(), street.inner.store.device().id());
    let Answer::Hello { data, .. } = hello.answer(Ask::Hello { peer: street.inner.store.device().id(), theirs: None })
    else {
        panic!("a hello");
    };
    asked.answer(Ask::Admit { peer: sibling.inner.store.device().id(), hello: data });
    for (key, _) in street.inner.store.catalog(&|key| key.office == village_office).unwrap() {
        let missing = Ask::Missing { book: key.clone(), have: vec![], aside: vec![], wanted: vec![] };
        assert!(matches!(asked.answer(missing), Answer::Failed(_)), "{}: asked for by name, not given", key.kind);
        let Answer::Books(books) = asked.answer(Ask::Books(vec![key.id()])) else { panic!("books") };
        assert!(books.is_empty(), "{}: not even announced", key.kind);
    }
}

#[test]
fn what_comes_while_others_are_read_in_gets_another_pass() {
    let link = super::Link::default();
    let turn = link.reading_turn().expect("nobody reads in");
    assert!(link.reading_turn().is_none(), "one at a time");
    turn.begin();
    assert!(link.reading_turn().is_none());
    let turn = turn.end().expect("it was asked for during the pass");
    turn.begin();
    assert!(turn.end().is_none(), "nothing more came");
    drop(link.reading_turn().expect("given back"));
    assert!(link.reading_turn().is_some(), "given back also when reading in failed");
}

/// What one side says in its hello, before or after it has heard the other's.
fn hello(peer: &Peer, theirs: Option<&HelloData>) -> HelloData {
    let ask = Ask::Hello { peer: peer.device, theirs: theirs.map(|data| Box::new(data.clone())) };
    let Answer::Hello { data, .. } = peer.answer(ask) else { panic!("a hello") };
    *data
}

#[test]
fn what_both_hold_is_not_told_again_however_many_siblings_there_are() {
    let (_department, street, village) = line();
    for number in 2..8 {
        let name = format!("示范{number}村");
        adopt(&street, &start(&name, "branch"), &name, "branch");
    }
    let last = start("示范八村", "branch");
    adopt(&street, &last, "示范八村", "branch");
    let at_street = |place: &Place| Peer::new(street.inner.clone(), place.inner.store.device().id());
    let at_branch = |place: &Place| Peer::new(place.inner.clone(), street.inner.store.device().id());
    for place in [&village, &last] {
        session(place, &street, Plan::SMOOTH, &mut Rng::new(1));
        let (up, down) = (at_branch(place), at_street(place));
        let theirs = hello(&up, None);
        let told: Vec<Entry> = theirs.statements.entries.iter().map(|signed| signed.peek().unwrap()).collect();
        let own = cx(place).office;
        let adopts = |entry: &Entry| matches!(&entry.body, Body::Adopt { office, .. } if *office == own);
        assert!(told.len() == 1 && adopts(&told[0]), "a street knows what stands above it: {told:?}");
        let Answer::Admit(Some(admission)) =
            down.answer(Ask::Admit { peer: down.device, hello: Box::new(theirs.clone()) })
        else {
            panic!("a branch has its place");
        };
        assert!(admission.statements.entries.is_empty(), "{:?}", admission.statements);
        let told = hello(&down, Some(&theirs)).statements;
        assert!(told.entries.is_empty() && told.withheld.is_empty(), "the branch holds them already: {told:?}");
    }
    // Who says that it holds nothing, or a log nobody knows, is told everything it needs.
    let down = at_street(&last);
    let mut lost = hello(&at_branch(&last), None);
    lost.entries.clear();
    lost.logs.iter_mut().for_each(|head| head.hash = [9; 32]);
    down.answer(Ask::Admit { peer: down.device, hello: Box::new(lost.clone()) });
    let told = hello(&down, Some(&lost)).statements;
    assert!(told.entries.len() >= 2, "the way from the root: {told:?}");
    let siblings: usize = told.withheld.iter().map(|run| run.entries.len()).sum();
    assert_eq!(siblings, 7, "places of siblings are filled by hashes");
}
