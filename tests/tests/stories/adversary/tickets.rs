//! Invitations in the wrong hands, and at the wrong time.

use jiff::civil::Date;
use scenarios::Device;
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};
use ybz_domain::ids::Serial;
use ybz_domain::trust::{Role, Ticket, TicketKind};
use ybz_sync::Reason;

use super::puppet::{Puppet, Victim};
use super::world::{World, invitation};

fn read(ticket: &Value) -> Ticket {
    Ticket::from_text(ticket["text"].as_str().unwrap()).unwrap()
}

/// It was refused, holds nothing, and is nobody at the street.
async fn got_nothing(puppet: &Puppet, ticket: &Ticket, victim: &Victim) {
    let (report, grant) = puppet.ask_to_join(ticket).await;
    assert_eq!((report.reason, grant), (Reason::Refused, None));
    assert!(puppet.is_refused(victim).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_that_gave_a_place_gives_no_second_one() {
    let world = World::new().await;
    let ticket = invitation(&world.street, "示范二村", "branch").await;
    let mut first = Puppet::new(111).await;
    first.join(&ticket).await;
    let before = world.state().await;
    got_nothing(&Puppet::new(112).await, &read(&ticket), &world.victim).await;
    first.office = ybz_domain::ids::OfficeId([0x77; 16]);
    let (report, grant) = first.ask_to_join(&read(&ticket)).await;
    assert_eq!((report.reason, grant), (Reason::Refused, None), "nor one for another office of the same device");
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_ticket_opens_nothing() {
    let world = World::new().await;
    let written = invitation(&world.street, "示范二村", "branch").await;
    let ticket = read(&written);
    let before = world.state().await;
    let others = [
        Ticket { secret: [0; 16], ..ticket.clone() },
        Ticket { slot: Serial([0; 16]), ..ticket.clone() },
        Ticket { kind: TicketKind::Device { role: Role::Keeper }, ..ticket.clone() },
        Ticket {
            kind: TicketKind::Office {
                name: "示范二村".to_owned(),
                kind: ybz_domain::office::OfficeKind::GeneralBranch,
            },
            ..ticket
        },
    ];
    for (number, altered) in (113..).zip(others) {
        got_nothing(&Puppet::new(number).await, &altered, &world.victim).await;
    }
    // One letter of the text, as it is typed.
    let text = written["text"].as_str().unwrap();
    let letter = if text.ends_with('A') { "B" } else { "A" };
    let typed = format!("{}{letter}", &text[..text.len() - 1]);
    let error = Device::new().call("join.start", json!({"ticket": typed})).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("ticket_invalid", Some("ticket")));
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_ticket_opens_nothing_at_its_issuer_whatever_the_joiners_clock_says() {
    let World { street, village, victim } = World::new().await;
    let ticket = invitation(&street, "示范二村", "branch").await;
    let Device { node, folder } = street;
    node.shutdown().await;
    drop(node);
    let later = || OpenOptions {
        data: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: false,
        boot: folder.path().join("boot"),
        clock: || (Date::constant(2026, 3, 28), 1_774_700_000_000),
        random: ybz_app::host::system_random,
    };
    let node = loop {
        match Node::open(later()) {
            Ok(node) => break node,
            Err(error) => assert_eq!(error.code, "directory_in_use", "{error}"),
        }
        tokio::task::yield_now().await;
    };
    let street = Device { node, folder };
    let victim = Victim { addresses: Victim::listening(&street).await.addresses, ..victim };
    let world = World { street, village, victim };
    let before = world.state().await;
    let addresses = world.victim.addresses.iter().map(ToString::to_string).collect();
    let ticket = Ticket { addresses, ..read(&ticket) };
    got_nothing(&Puppet::new(117).await, &ticket, &world.victim).await;
    world.unharmed(before).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_hold_a_photographed_ticket_only_the_one_whose_digits_were_compared_gets_the_place() {
    let world = World::new().await;
    let ticket = world.street.ok("invite.office", json!({"name": "示范二村", "kind": "branch"})).await;
    let thief = Puppet::new(118).await;
    let photographed = read(&ticket);
    let (caught, stolen) = (std::sync::Arc::new(thief), photographed.clone());
    let asking = tokio::spawn({
        let thief = caught.clone();
        async move { thief.ask_to_join(&stolen).await }
    });
    let pending = world.street.until("join.pending", json!({}), |rows| rows.as_array().unwrap().len() == 1).await;
    let of_thief = pending[0]["code"].clone();
    let owner = Device::with_office("示范二村", "branch").await;
    owner.ok("join.start", json!({"ticket": ticket["text"]})).await;
    let code = owner.wait_join("waiting_approval").await["code"].clone();
    assert_ne!(code, of_thief);
    let pending = world.street.ok("join.pending", json!({})).await;
    let row = pending.as_array().unwrap().iter().find(|row| row["code"] == code).unwrap();
    world.street.ok("join.approve", json!({"id": row["id"]})).await;
    owner.wait_join("joined").await;
    let (report, grant) = asking.await.unwrap();
    assert_eq!((report.reason, grant), (Reason::Refused, None), "the thief hears no");
    got_nothing(&caught, &photographed, &world.victim).await;
    assert_eq!(world.street.ok("join.pending", json!({})).await, json!([]));
    let before = world.state().await;
    world.unharmed(before).await;
}
