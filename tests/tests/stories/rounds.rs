//! What the stories of interviews, lists, projects and letters have in common: offices that live on given days, apart from each
//! other, and meet when it is told.

use scenarios::Device;
use scenarios::workload::{set_today, system_clock};
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

/// From now on it is this day, for everybody.
pub fn live(day: &str) {
    set_today(day.parse().unwrap());
}

/// An office on a device of its own.
pub async fn office(name: &str, kind: &str) -> Device {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(OpenOptions {
        data: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: folder.path().join("boot"),
        clock: system_clock,
        random: ybz_app::host::system_random,
    });
    let device = Device { node: node.unwrap(), folder };
    device.ok("office.init", json!({"name": name, "kind": kind})).await;
    device
}

/// An office right below another that listens.
pub async fn below(superior: &Device, name: &str, kind: &str) -> Device {
    let device = office(name, kind).await;
    let invitation = json!({"name": name, "kind": kind, "autoApprove": true});
    device.join(&superior.ok("invite.office", invitation).await).await;
    device
}

/// A department, a street below it, and villages below that. Everybody has gone offline.
pub struct Three {
    /// 县委组织部
    pub department: Device,
    /// 河东街道
    pub street: Device,
    /// 示范一村, 示范二村 and so on.
    pub villages: Vec<Device>,
}

impl Three {
    /// On a day, with so many villages.
    pub async fn on(day: &str, villages: &[&str]) -> Self {
        live(day);
        let department = office("县委组织部", "organization-department").await;
        department.serve().await;
        let street = below(&department, "河东街道", "committee").await;
        street.serve().await;
        let mut all = Vec::new();
        for name in villages {
            all.push(below(&street, name, "branch").await);
        }
        department.node.close().await;
        street.node.close().await;
        Self { department, street, villages: all }
    }

    /// A village reaches the street for a moment: both have what the other had.
    pub async fn meet(&self, village: usize) {
        meet(&self.villages[village], &self.street).await;
    }
}

/// An office reaches its superior for a moment.
pub async fn meet(below: &Device, above: &Device) {
    above.serve().await;
    below.learns_where(above).await;
    let outcome = below.meet(above).await;
    assert_eq!(outcome["delivered"], true, "{outcome}");
    above.node.close().await;
    for device in [below, above] {
        device.until("sync.status", json!({}), |status| status["reading"] == 0).await;
    }
}

/// Takes a step on what stands on the screen now.
pub async fn act(device: &Device, id: &Value, event: &str, mut words: Value) -> Value {
    let view = device.ok("flow.get", json!({"id": id})).await;
    words["id"] = id.clone();
    words["event"] = json!(event);
    words["seen"] = view["seen"].clone();
    device.ok("flow.act", words).await
}

/// Why a step is not taken.
pub async fn refused(device: &Device, id: &Value, event: &str, mut words: Value) -> String {
    let view = device.ok("flow.get", json!({"id": id})).await;
    words["id"] = id.clone();
    words["event"] = json!(event);
    words["seen"] = view["seen"].clone();
    device.call("flow.act", words).await.unwrap_err().code
}

/// The state of a matter, as a device has it.
pub async fn state(device: &Device, id: &Value) -> String {
    let view = device.ok("flow.get", json!({"id": id})).await;
    view["row"]["state"].as_str().unwrap().to_owned()
}

/// Values of a field, in the order of the rows.
pub fn all<'a>(rows: &'a Value, field: &str) -> Vec<&'a str> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

/// An office's database is sound.
pub fn sound(devices: &[&Device]) {
    for device in devices {
        assert!(device.node.doctor().unwrap().sound);
    }
}
