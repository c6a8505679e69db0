//! The driver over real endpoints on loopback.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
use ybz_domain::book::BookKind;
use ybz_domain::ids::{DeviceId, Serial};
use ybz_domain::trust::join_commitment;
use ybz_sync::sim::Rng;
use ybz_sync::wire::{JoinGrant, JoinRequest, Statements, Versions, join_proof};
use ybz_sync::{
    Answer, Ask, BindOptions, Connection, JoinAnswer, Local, Network, Progress, Reason, Report, Session, run_session,
};

use crate::node::{Node, World};
use crate::{HUB, down, up};

type Held = Arc<Mutex<Node>>;

async fn network(node: &Held) -> Network {
    let secret = node.lock().unwrap().key.to_bytes();
    let listen = Some("127.0.0.1:0".parse().unwrap());
    let network = Network::bind(BindOptions { secret, listen, mdns: false, relay: None }).await.unwrap();
    assert_eq!(network.device(), node.lock().unwrap().id(), "the endpoint is the device");
    network
}

fn world(hub: &Held, villages: &[Held]) {
    let mut world = World::default();
    let top = hub.lock().unwrap().office;
    for node in villages.iter().chain([hub]) {
        world.add(&node.lock().unwrap(), top);
    }
    for node in villages.iter().chain([hub]) {
        node.lock().unwrap().world = world.clone();
    }
}

fn held(seed: u8, office: u8) -> Held {
    Arc::new(Mutex::new(Node::alone(seed, office)))
}

fn backend(node: &Held, peer: DeviceId) -> impl Fn(Ask) -> std::future::Ready<Answer> + use<> {
    let node = Arc::clone(node);
    move |ask| std::future::ready(node.lock().unwrap().answer(&peer, ask))
}

async fn run(node: &Held, connection: &Connection, session: Session) -> Report {
    let (_open, local) = mpsc::channel(8);
    run_session(connection, session, backend(node, connection.peer()), local, |_| {}).await.unwrap()
}

/// Serves whoever calls.
fn serve(node: &Held, network: &Network) -> tokio::task::JoinHandle<Vec<Report>> {
    let (node, network) = (Arc::clone(node), network.clone());
    tokio::spawn(async move {
        let mut sessions = tokio::task::JoinSet::new();
        while let Some(incoming) = network.accept().await {
            let node = Arc::clone(&node);
            sessions.spawn(async move {
                let connection = incoming.connect().await?;
                Some(run(&node, &connection, Session::accept(connection.peer())).await)
            });
        }
        sessions.join_all().await.into_iter().flatten().collect()
    })
}

async fn call(node: &Held, network: &Network, to: &Network) -> Report {
    let connection = network.dial(to.device(), &to.addresses()).await.unwrap();
    run(node, &connection, Session::dial(to.device(), false)).await
}

fn fill(node: &Held, office: u8, each: usize, rng: &mut Rng) {
    let mut node = node.lock().unwrap();
    for kind in [BookKind::roster(), BookKind::meetings(), BookKind::dues(), BookKind::visits(), BookKind::tasks()] {
        node.edit(&up(office, kind), each, 24, rng);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_a_month_and_nothing_new_cost_what_they_should() {
    let rng = &mut Rng::new(1);
    let (hub, village) = (held(HUB, HUB), held(1, 1));
    world(&hub, std::slice::from_ref(&village));
    hub.lock().unwrap().edit(&down(1), 5, 20, rng);
    let (above, below) = (network(&hub).await, network(&village).await);
    let served = serve(&hub, &above);
    let mut sizes = Vec::new();
    for each in [200, 60, 0] {
        if each > 0 {
            fill(&village, 1, each, rng);
        }
        let started = std::time::Instant::now();
        let report = call(&village, &below, &above).await;
        let took = started.elapsed();
        assert_eq!(report.reason, Reason::Complete);
        assert!(report.outcome.delivered, "{:?}", report.outcome);
        sizes.push((each * 5, report.traffic.sent + report.traffic.received, took));
    }
    show(&sizes);
    let idle = sizes.last().unwrap().1;
    assert!(idle <= 10_240, "six unchanged books cost {idle} bytes");
    assert!(sizes[1].1 <= 40_000, "a month of 300 changes costs {} bytes", sizes[1].1);
    above.close().await;
    let reports = served.await.unwrap();
    assert!(reports.iter().all(|report| report.reason == Reason::Complete), "{reports:?}");
}

fn show(sizes: &[(usize, u64, std::time::Duration)]) {
    use std::io::Write;
    for (changes, bytes, took) in sizes {
        let _ = writeln!(std::io::stderr(), "{changes} changes: {bytes} bytes both ways, {took:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_branches_at_once_are_all_receipted() {
    let hub = held(HUB, HUB);
    let villages: Vec<_> = (1..=20).map(|number| held(number, number)).collect();
    world(&hub, &villages);
    let above = network(&hub).await;
    let served = serve(&hub, &above);
    let mut calls = tokio::task::JoinSet::new();
    for (number, village) in (1..).zip(villages) {
        fill(&village, number, 5, &mut Rng::new(number.into()));
        let above = above.clone();
        calls.spawn(async move {
            let below = network(&village).await;
            let report = call(&village, &below, &above).await;
            below.close().await;
            report
        });
    }
    let reports = calls.join_all().await;
    assert!(reports.iter().all(|report| report.outcome.delivered), "{reports:?}");
    above.close().await;
    assert_eq!(served.await.unwrap().len(), 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_reaches_a_live_session_and_a_closed_network_ends_it() {
    let rng = &mut Rng::new(3);
    let (hub, village) = (held(HUB, HUB), held(1, 1));
    world(&hub, std::slice::from_ref(&village));
    fill(&village, 1, 2, rng);
    let (above, below) = (network(&hub).await, network(&village).await);
    let served = serve(&hub, &above);
    let connection = below.dial(above.device(), &above.addresses()).await.unwrap();
    let (tell, local) = mpsc::channel(8);
    let (say, mut progress) = mpsc::unbounded_channel();
    let live = {
        let (node, connection) = (Arc::clone(&village), connection.clone());
        tokio::spawn(async move {
            let session = Session::dial(connection.peer(), true);
            let watch = move |progress: Progress| _ = say.send(progress);
            run_session(&connection, session, backend(&node, connection.peer()), local, watch).await.unwrap()
        })
    };
    let mut settled = async || loop {
        if let Progress::Settled(outcome) = progress.recv().await.unwrap() {
            break outcome;
        }
    };
    assert!(settled().await.delivered);
    let visits = up(1, BookKind::visits());
    village.lock().unwrap().edit(&visits, 1, 20, rng);
    let before = connection.traffic();
    tell.send(Local::Changed(vec![visits.id()])).await.unwrap();
    assert!(settled().await.delivered);
    let spent = connection.traffic().sent - before.sent;
    assert!(spent < 2_000, "one change costs {spent} bytes");
    assert_eq!(hub.lock().unwrap().books[&visits.id()].order.len(), 3);
    above.close().await;
    assert_eq!(live.await.unwrap().reason, Reason::Complete);
    served.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_joiner_waits_until_the_person_has_decided() {
    let (hub, joiner) = (held(HUB, HUB), held(5, 5));
    let (above, below) = (network(&hub).await, network(&joiner).await);
    let grant = JoinGrant { tree: None, statements: Statements::default(), addresses: Vec::new() };
    hub.lock().unwrap().join = Some((Serial([1; 16]), JoinAnswer::Granted(Box::new(grant.clone()))));
    let (decide, decided) = tokio::sync::watch::channel(false);
    let serving = {
        let (above, hub) = (above.clone(), Arc::clone(&hub));
        tokio::spawn(async move {
            let connection = above.accept().await.unwrap().connect().await.unwrap();
            let peer = connection.peer();
            let backend = move |ask: Ask| {
                let (hub, mut decided) = (Arc::clone(&hub), decided.clone());
                async move {
                    if matches!(ask, Ask::JoinDecision { .. }) {
                        decided.wait_for(|decided| *decided).await.unwrap();
                    }
                    hub.lock().unwrap().answer(&peer, ask)
                }
            };
            let (_open, local) = mpsc::channel(1);
            run_session(&connection, Session::accept(peer), backend, local, |_| {}).await.unwrap()
        })
    };
    let connection = below.dial(above.device(), &above.addresses()).await.unwrap();
    let slot = Serial([1; 16]);
    let request = JoinRequest {
        versions: Versions::OURS,
        slot,
        proof: join_proof(&slot, b"a ticket's words", &above.device(), &below.device()),
        commitment: join_commitment(&slot, &below.device(), &[8; 32]),
        office: None,
        statements: Statements::default(),
        holder: None,
        confirm: false,
        restored: None,
    };
    let (_open, local) = mpsc::channel(1);
    let watch = move |progress: Progress| {
        if matches!(progress, Progress::JoinPending { .. }) {
            decide.send_replace(true);
        }
    };
    let session = Session::join(above.device(), request, [8; 32]);
    let report = run_session(&connection, session, backend(&joiner, above.device()), local, watch).await.unwrap();
    assert_eq!((report.reason, report.outcome.joined), (Reason::Complete, true));
    assert_eq!(joiner.lock().unwrap().joined, Some(grant));
    let report = serving.await.unwrap();
    assert_eq!((report.reason, report.outcome.joined), (Reason::Complete, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_is_refused_and_an_unknown_address_is_an_error() {
    let (hub, stranger) = (held(HUB, HUB), held(7, 7));
    world(&hub, &[]);
    let (above, below) = (network(&hub).await, network(&stranger).await);
    let served = serve(&hub, &above);
    assert_eq!(call(&stranger, &below, &above).await.reason, Reason::Refused);
    let nobody = held(9, 9).lock().unwrap().id();
    assert!(below.dial(nobody, &above.addresses()).await.is_err(), "another device answers at this address");
    above.close().await;
    assert_eq!(served.await.unwrap()[0].reason, Reason::NotAdmitted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_without_a_fixed_address_binds_with_and_without_the_local_network() {
    for mdns in [false, true] {
        let options = BindOptions { secret: [1; 32], listen: None, mdns, relay: None };
        let network = Network::bind(options).await.unwrap();
        let addresses = network.addresses_within(std::time::Duration::from_secs(2)).await;
        assert!(addresses.iter().all(|address| address.port() != 0), "{addresses:?}");
        network.close().await;
    }
    let wrong = BindOptions { secret: [1; 32], listen: None, mdns: false, relay: Some("no relay".to_owned()) };
    assert!(Network::bind(wrong).await.is_err());
}
