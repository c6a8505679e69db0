//! A year of one branch as its secretary lives it: two computers that are apart for weeks, a street that is met twelve times,
//! and every number counted by hand beside the lines that ask for it. What a month is made of stands in `months`, who the
//! members are and what they owe in `people`; the quarters tell what else happened; `sums` has the numbers of the whole year.

mod fourth;
mod months;
mod people;
mod second;
mod start;
mod sums;
mod third;
mod turn;

use std::collections::BTreeMap;

use scenarios::Device;
use scenarios::workload::{set_today, system_clock};
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

/// Everybody, and how members of the branch are called.
pub struct Story {
    department: Device,
    /// 河东街道
    pub street: Device,
    /// 示范二村, from which somebody comes and to which somebody goes.
    pub neighbour: Device,
    /// The branch's computer.
    pub computer: Device,
    /// The secretary's laptop.
    pub laptop: Device,
    /// Members' ids by name.
    pub members: BTreeMap<String, Value>,
    /// Households' ids, in the order in which they were entered.
    pub homes: Vec<Value>,
}

/// From now on it is this day, for everybody.
pub fn live(day: &str) {
    set_today(day.parse().unwrap());
}

fn device() -> Device {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(OpenOptions {
        data: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: folder.path().join("boot"),
        clock: system_clock,
        random: ybz_app::host::system_random,
    });
    Device { node: node.unwrap(), folder }
}

/// What was accepted has been read in.
async fn settled(device: &Device) {
    device.until("sync.status", json!({}), |status| status["reading"] == 0).await;
}

async fn invited(superior: &Device, name: &str, kind: &str) -> Value {
    superior.ok("invite.office", json!({"name": name, "kind": kind, "autoApprove": true})).await
}

impl Story {
    /// A street, a branch with two computers and the village next to it.
    pub async fn new() -> Self {
        live("2026-01-04");
        let (department, street, neighbour, computer, laptop) = (device(), device(), device(), device(), device());
        for (device, name, kind) in [
            (&department, "县委组织部", "organization-department"),
            (&street, "河东街道", "committee"),
            (&computer, "示范一村", "branch"),
            (&neighbour, "示范二村", "branch"),
        ] {
            device.ok("office.init", json!({"name": name, "kind": kind})).await;
        }
        department.serve().await;
        street.join(&invited(&department, "河东街道", "committee").await).await;
        street.serve().await;
        for (below, name) in [(&computer, "示范一村"), (&neighbour, "示范二村")] {
            below.join(&invited(&street, name, "branch").await).await;
        }
        computer.serve().await;
        let invitation = json!({"role": "clerk", "ownBooks": true});
        computer.compare(&laptop, "invite.device", invitation, "钱乙二").await;
        // The laptop listens nowhere, and the street only when somebody is on the way to it.
        for device in [&department, &street] {
            device.node.close().await;
        }
        let (members, homes) = (BTreeMap::new(), Vec::new());
        Self { department, street, neighbour, computer, laptop, members, homes }
    }

    /// A member's id.
    pub fn id(&self, name: &str) -> &Value {
        &self.members[name]
    }

    /// The two computers of the branch stand in one room for a moment.
    pub async fn together(&self) {
        self.laptop.meet(&self.computer).await;
        for device in [&self.computer, &self.laptop] {
            settled(device).await;
        }
    }

    /// Somebody below reaches the street, and both have what the other had.
    async fn reach(&self, below: &Device) {
        let street = &self.street;
        street.serve().await;
        below.learns_where(street).await;
        let outcome = below.meet(street).await;
        assert_eq!(outcome["delivered"], true, "{outcome}");
        street.node.close().await;
        for device in [street, below] {
            settled(device).await;
        }
        let status = below.ok("sync.status", json!({})).await;
        assert_eq!((&status["light"], &status["unsent"]), (&json!("green"), &json!(0)), "{status}");
    }

    /// The village next to it reaches the street while the branch is away.
    pub async fn neighbour_reaches(&self) {
        self.computer.node.close().await;
        self.reach(&self.neighbour).await;
        self.computer.serve().await;
        self.laptop.learns_where(&self.computer).await;
    }

    /// The branch delivers: what the laptop has comes along, and what the street said reaches both.
    pub async fn deliver(&self) {
        self.together().await;
        self.reach(&self.computer).await;
        self.together().await;
    }

    /// The street's word on a month, as it is on its screen.
    pub async fn decide(&self, month: &str, accept: bool, note: &str) {
        let cards = self.street.ok("submission.list", json!({"month": month})).await;
        let card = one(&cards, "officeName", "示范一村");
        assert_eq!(card["state"], "pending", "{month}: {card}");
        let digest = self.street.ok("submission.get", json!({"id": card["id"]})).await["digest"].clone();
        let word = json!({"id": card["id"], "accept": accept, "note": note, "digest": digest});
        self.street.ok("submission.decide", word).await;
    }
}

/// The one row with a value.
pub fn one<'a>(rows: &'a Value, field: &str, value: &str) -> &'a Value {
    let found = rows.as_array().unwrap().iter().find(|row| row[field] == value);
    found.unwrap_or_else(|| panic!("no {field} {value} in {rows}"))
}

/// How many rows have a value.
pub fn count(rows: &Value, field: &str, value: &str) -> usize {
    rows.as_array().unwrap().iter().filter(|row| row[field] == value).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_of_one_branch_comes_out_to_the_fen_on_two_computers_and_at_the_street() {
    let mut story = Story::new().await;
    start::january(&mut story).await;
    start::february_and_march(&story).await;
    second::april(&mut story).await;
    second::may_and_june(&story).await;
    third::july_and_august(&story).await;
    third::september(&mut story).await;
    fourth::october_to_december(&story).await;
    sums::dues(&story).await;
    sums::meetings(&story).await;
    sums::training(&story).await;
    sums::evenings(&story).await;
    sums::items(&story).await;
    sums::figures(&story).await;
    turn::turn_of_the_year(&story).await;
    turn::the_same_everywhere(story).await;
}
