//! A superior that wants more than it is given, against a branch that listens.

use scenarios::Device;
use serde_json::json;
use tokio::sync::mpsc;
use ybz_domain::accept::Refusal;
use ybz_domain::book::{BookKey, BookKind, Scope};
use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::office::OfficeKind;
use ybz_domain::trust::{Body, Charter, RecoveryKey, Role, Ticket, TicketKind, tree_id};
use ybz_sync::wire::{Frame, JoinGrant, Reply};
use ybz_sync::{Answer, Ask, JoinAnswer, Session, run_session};

use super::deliver::claims;
use super::forge::Writer;
use super::puppet::{Puppet, TODAY, Victim, enrol};
use super::world::doctor;

fn adoption(office: OfficeId, kind: OfficeKind, keeper: DeviceId) -> Body {
    let serial = Serial(keeper.0[..16].try_into().unwrap());
    Body::Adopt { serial, office, name: "示范一村".to_owned(), kind, keeper, valid_from: TODAY }
}

/// A street that is a puppet, with a root of its own above it.
async fn street(number: u8) -> Puppet {
    let mut root = Puppet::new(number).await;
    let mut street = Puppet::new(number + 1).await;
    let name = "县委组织部".to_owned();
    let charter =
        Charter { version: 1, previous: None, office: root.office, name, keepers: vec![root.id()], ended: Vec::new() };
    let charter = RecoveryKey::from_entropy(&[number; 32]).sign(&charter);
    root.tree = Some(tree_id(&charter));
    street.tree = root.tree;
    street.says.charters = vec![charter];
    let adopted = root.issue(adoption(street.office, OfficeKind::Committee, street.id()));
    street.says.entries = vec![adopted];
    street
}

/// An honest branch joins below it. The street names whom it likes as the branch's first keeper.
async fn branch_below(street: &mut Puppet, keeper: impl FnOnce(DeviceId) -> DeviceId) -> (Device, OfficeId) {
    let village = Device::with_office("示范一村", "branch").await;
    let overview = village.ok("node.overview", json!({})).await;
    let office: OfficeId = overview["offices"][0]["id"].as_str().unwrap().parse().unwrap();
    let device: DeviceId = overview["device"].as_str().unwrap().parse().unwrap();
    let adopted = street.issue(adoption(office, OfficeKind::Branch, keeper(device)));
    street.says.entries.push(adopted);
    let ticket = Ticket {
        slot: Serial([1; 16]),
        secret: [2; 16],
        tree: street.tree,
        office: street.office,
        office_name: "河东街道".to_owned(),
        device: street.id(),
        addresses: street.network.addresses().iter().map(ToString::to_string).collect(),
        kind: TicketKind::Office { name: "示范一村".to_owned(), kind: OfficeKind::Branch },
    };
    village.ok("join.start", json!({"ticket": ticket.to_text()})).await;
    let connection = street.network.accept().await.unwrap().connect().await.unwrap();
    let grant = JoinGrant { tree: street.tree, statements: street.says.clone(), addresses: Vec::new() };
    let backend = move |ask| {
        std::future::ready(match ask {
            Ask::Join { .. } => Answer::Join(JoinAnswer::Granted(Box::new(grant.clone()))),
            _ => Answer::Failed("nothing else".to_owned()),
        })
    };
    let (_open, local) = mpsc::channel(1);
    run_session(&connection, Session::accept(connection.peer()), backend, local, |_| {}).await.unwrap();
    village.wait_join("joined").await;
    (village, office)
}

/// A visit to a household, with what the branch keeps to itself.
async fn visit(village: &Device) {
    let visit = json!({
        "date": "2026-03-05", "kind": "household", "place": "村部", "participants": ["赵甲一"],
        "newHousehold": {"name": "钱乙二", "door": "3-1"},
        "concern": {"category": "roads", "text": "路灯", "privateNote": "私密", "nextStep": "报修", "owner": "赵甲一",
                    "deadline": "2026-03-31"},
    });
    village.ok("visit.save", visit).await;
}

/// Nothing moved, and a further device of the branch gets its books.
async fn unharmed(village: &Device, before: serde_json::Value) {
    let after = doctor(village).await;
    let of =
        |report: &serde_json::Value| (report["changes"].clone(), report["records"].clone(), report["findings"].clone());
    assert_eq!(of(&after), of(&before), "the books are as they were");
    let clerk = Device::new();
    let ticket = village.ok("invite.device", json!({"role": "clerk", "autoApprove": true})).await;
    clerk.join(&ticket).await;
    clerk.sync().await;
    clerk.until("visit.list", json!({"year": 2026}), |list| list.to_string().contains("村部")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_superior_that_enrols_itself_as_keeper_is_served_no_own_book_and_no_household_key() {
    let mut street = street(101).await;
    let mut spy = Puppet::new(103).await;
    let (village, office) = branch_below(&mut street, |_| spy.id()).await;
    visit(&village).await;
    let victim = Victim::listening(&village).await;
    let before = doctor(&village).await;
    (spy.office, spy.tree) = (office, street.tree);
    // It says of itself that somebody compared it, and of a friend too.
    let (of_itself, friend) = (enrol(spy.id(), Role::Keeper), Puppet::new(104).await);
    let of_friend = enrol(friend.id(), Role::Keeper);
    spy.says.entries = vec![spy.issue(of_itself), spy.issue(of_friend)];
    let friend = Puppet { office, tree: street.tree, says: spy.says.clone(), ..friend };
    for (who, caller) in [("the superior", &street), ("its keeper", &spy), ("its keeper's friend", &friend)] {
        let mut call = caller.call(&victim).await;
        assert!(call.until(|frame| matches!(frame, Frame::Listing(_))).await, "{who} has a place");
        let listed: Vec<Scope> = call.told.listing().unwrap().books.iter().map(|book| book.key.kind.scope()).collect();
        assert!(listed.contains(&Scope::Up) && !listed.contains(&Scope::Own), "{who} is listed {listed:?}");
        let own = BookKind::known().into_iter().filter(|kind| kind.scope() == Scope::Own);
        let Frame::Reply(reply) = claims(own.map(|kind| BookKey::new(office, kind, 2026))) else { panic!("a reply") };
        call.raw.say(Frame::Reply(Box::new(Reply { keys: Some([9; 32]), ..*reply }))).await;
        call.raw.say(Frame::Sent).await;
        assert!(call.until(|frame| matches!(frame, Frame::Sent)).await);
        let told = &call.told;
        let keys = told.frames.iter().any(|frame| matches!(frame, Frame::Keys(_)));
        assert!(told.changes().is_empty() && !keys, "{who} is sent nothing of what the branch keeps");
    }
    unharmed(&village, before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_superior_writes_into_a_branchs_ledgers_is_refused_as_not_authorised() {
    let mut street = street(105).await;
    let (village, office) = branch_below(&mut street, |device| device).await;
    visit(&village).await;
    let victim = Victim::listening(&village).await;
    let before = doctor(&village).await;
    for kind in BookKind::known().into_iter().filter(|kind| kind.scope() == Scope::Up) {
        let book = BookKey::new(office, kind, 2026);
        let change = Writer::new(street.actor(&book)).visit("假账");
        let batch = (vec![change.bytes.clone()], vec![street.attest(book.id(), &change)]);
        let told = street.deliver(&victim, &book, batch).await;
        assert_eq!(told.reasons(), [Refusal::NotAuthorised(street.id())], "{}", book.kind);
    }
    unharmed(&village, before).await;
}
