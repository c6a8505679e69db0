//! Where attacks happen: a street that listens, a village below it that does its work, and a place for the puppet.

use scenarios::Device;
use scenarios::stage::street;
use serde_json::{Value, json};
use ybz_app::Round;

use super::puppet::{Puppet, Victim};

/// See the module's documentation.
pub struct World {
    pub street: Device,
    pub village: Device,
    pub victim: Victim,
}

/// A visit of the honest village.
pub fn visit(place: &str) -> Value {
    json!({
        "date": "2026-03-05", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": place,
        "situationText": place,
    })
}

/// An invitation of a subordinate that asks nobody.
pub async fn invitation(from: &Device, name: &str, kind: &str) -> Value {
    from.ok("invite.office", json!({"name": name, "kind": kind, "autoApprove": true})).await
}

impl World {
    /// A street below a department that sleeps, and a village that has delivered a visit.
    pub async fn new() -> Self {
        let (department, street) = street().await;
        department.node.shutdown().await;
        let victim = Victim::listening(&street).await;
        let village = Device::below(&street, "示范一村", "branch").await;
        let world = Self { street, village, victim };
        world.works("村部").await;
        world
    }

    /// A puppet with a branch of its own below the street.
    pub async fn branch(&self, number: u8) -> Puppet {
        let mut puppet = Puppet::new(number).await;
        puppet.join(&invitation(&self.street, "示范二村", "branch").await).await;
        puppet
    }

    /// All that the street holds and shows, once everything accepted is read in.
    pub async fn state(&self) -> Value {
        state(&self.street).await
    }

    /// Reasons of what the street lists as without effect, with how many changes each.
    pub async fn troubles(&self) -> Vec<(String, u64)> {
        let rows = self.street.ok("sync.troubles", json!({})).await;
        let row = |row: &Value| (row["reason"].as_str().unwrap().to_owned(), row["count"].as_u64().unwrap());
        rows.as_array().unwrap().iter().map(row).collect()
    }

    /// The village records and delivers a visit, turns green by it, and the street reads it.
    pub async fn works(&self, place: &str) {
        self.village.ok("visit.save", visit(place)).await;
        self.deliver(&self.village).await;
        self.street.until("merged.list", visits(), |answer| answer.to_string().contains(place)).await;
    }

    /// One round of a device of the village with the street, wherever it listens now; all is receipted by it.
    pub async fn deliver(&self, device: &Device) -> Round {
        let addresses: Vec<String> = self.victim.addresses.iter().map(ToString::to_string).collect();
        // A device that calls right after another one of the same key may be cut off once; like everybody it calls again.
        let mut rounds = Vec::new();
        while rounds.len() < 3 && !matches!(rounds.last(), Some(Ok(_))) {
            let line = device.node.line(&addresses).await.unwrap();
            rounds.push(device.node.round(&line).await);
            line.close().await;
        }
        let round = rounds.pop().expect("it called").unwrap();
        let status = device.ok("sync.status", json!({})).await;
        assert_eq!((round.delivered, &status["light"]), (true, &json!("green")), "{round:?} {status}");
        round
    }

    /// The same, where the attack taught the street devices of the puppet's office.
    pub async fn unharmed_but_for_devices(&self, mut before: Value) {
        before["offices"] = self.state().await["offices"].clone();
        self.unharmed(before).await;
    }

    /// Nothing that the attack touched moved the street's books, and its work goes on.
    pub async fn unharmed(&self, before: Value) {
        assert_eq!(self.state().await, before, "the books are as they were");
        self.works("祠堂").await;
        let report = doctor(&self.street).await;
        assert_eq!(report["findings"], json!([]), "{report}");
    }
}

fn visits() -> Value {
    json!({"ledger": "visits", "year": 2026})
}

/// What the doctor finds.
pub async fn doctor(device: &Device) -> Value {
    let node = device.node.clone();
    let report = tokio::task::spawn_blocking(move || node.doctor()).await.unwrap().unwrap();
    serde_json::to_value(report).unwrap()
}

/// All that a street holds and shows, once everything accepted is read in.
pub async fn state(street: &Device) -> Value {
    street.until("sync.status", json!({}), |status| status["reading"] == 0).await;
    let report = doctor(street).await;
    let tree = street.ok("org.tree", json!({})).await;
    let offices: Vec<_> = tree
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["name"].clone(), row["state"].clone(), row["devices"].clone()))
        .collect();
    json!({
        "changes": report["changes"], "held": report["held"], "records": report["records"],
        "attestations": report["attestations"], "findings": report["findings"], "offices": offices,
        "visits": street.ok("merged.list", visits()).await,
    })
}
