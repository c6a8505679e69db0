//! What most stories begin with: a department, a street below it and a village below that; further devices whose digits were
//! compared; the evening's visits.

use serde_json::{Value, json};

use crate::Device;

/// A department, a street below it and a branch below that.
pub struct Line {
    /// 县委组织部
    pub department: Device,
    /// 河东街道
    pub street: Device,
    /// 示范一村
    pub village: Device,
}

impl Line {
    /// All three joined; department and street listen, the village calls.
    pub async fn new() -> Self {
        let (department, street) = street().await;
        street.serve().await;
        let village = Device::below(&street, "示范一村", "branch").await;
        Self { department, street, village }
    }
}

/// A department that listens, and a street that has joined it.
pub async fn street() -> (Device, Device) {
    let department = Device::with_office("县委组织部", "organization-department").await;
    department.serve().await;
    let street = Device::below(&department, "河东街道", "committee").await;
    (department, street)
}

/// A visit to a public place, as most evenings have one.
pub fn round_table(place: &str) -> Value {
    json!({"date": "0305", "kind": "round_table", "publicPlace": true, "participants": ["赵甲一"], "place": place})
}

impl Device {
    /// A new office on a device of its own, below another that listens.
    pub async fn below(superior: &Self, name: &str, kind: &str) -> Self {
        let device = Self::with_office(name, kind).await;
        let ticket = superior.ok("invite.office", json!({"name": name, "kind": kind, "autoApprove": true})).await;
        device.join(&ticket).await;
        device
    }

    /// Another device takes up an invitation that `call` makes; the digits on both screens are compared.
    ///
    /// # Panics
    /// When they differ.
    pub async fn compare(&self, joiner: &Self, call: &str, input: Value, holder: &str) {
        let ticket = self.ok(call, input).await;
        joiner.ok("join.start", json!({"ticket": ticket["text"], "name": holder})).await;
        let waiting = joiner.wait_join("waiting_approval").await;
        let pending = self.ok("join.pending", json!({})).await;
        assert_eq!(pending[0]["code"], waiting["code"], "both screens show the same six digits");
        self.ok("join.approve", json!({"id": pending[0]["id"]})).await;
        joiner.wait_join("joined").await;
    }

    /// A further device of the office, compared.
    pub async fn further(&self, invitation: Value) -> Self {
        let device = Self::new();
        self.compare(&device, "invite.device", invitation, "李乙二").await;
        device
    }

    /// The device's id.
    pub async fn id(&self) -> String {
        self.ok("node.overview", json!({})).await["device"].as_str().unwrap_or_default().to_owned()
    }

    /// The device's only office, as the overview tells it.
    pub async fn office(&self) -> Value {
        self.ok("node.overview", json!({})).await["offices"][0].clone()
    }

    /// Its id.
    pub async fn office_id(&self) -> String {
        self.office().await["id"].as_str().unwrap_or_default().to_owned()
    }

    /// A round with one other device and nobody else, which listens.
    pub async fn meet(&self, other: &Self) -> Value {
        self.ok("sync.now", json!({"timeoutS": 20, "device": other.id().await})).await
    }

    /// Records a visit to a public place.
    pub async fn visit(&self, place: &str) -> Value {
        self.ok("visit.save", round_table(place)).await
    }

    /// How many visits are listed.
    pub async fn visits(&self) -> Value {
        self.ok("visit.list", json!({})).await["total"].clone()
    }
}
