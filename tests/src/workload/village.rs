//! A village: its node and what the generator knows of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use serde_json::{Value, json};
use ybz_app::{DatabaseKey, Node, OpenOptions};

use super::{Outcome, Random, call, clock, words};

/// Key of every database of a workload.
const KEY: [u8; 32] = [7; 32];
/// The same, as a key file has it.
pub const KEY_TEXT: &str = "0707070707070707070707070707070707070707070707070707070707070707";

/// Work in the background may keep a closed database open for a moment.
const CLOSING: Duration = Duration::from_secs(20);

/// How many people a village has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// 党员
    pub members: usize,
    /// 户
    pub households: usize,
}

impl Size {
    /// A village as the domain has it.
    pub const WHOLE: Self = Self { members: 54, households: 386 };
    /// The same roster, and only the households that a month visits.
    pub const LIGHT: Self = Self { members: 54, households: 24 };
}

/// A member as the generator needs it.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) group: String,
    pub(super) committee: bool,
}

/// A village's node, and what was recorded in it.
pub struct Village {
    /// The node.
    pub node: Node,
    pub(super) random: Random,
    pub(super) people: Vec<Person>,
    pub(super) households: Vec<String>,
    /// Calls that changed something.
    pub calls: u64,
}

/// Opens the node in a folder, making it when it is new. Waits for one that is being closed.
///
/// # Errors
/// What opening says.
pub fn open(folder: &Path) -> Outcome<Node> {
    let options = || OpenOptions {
        data: folder.join("data"),
        key: DatabaseKey::from_bytes(KEY),
        create: true,
        boot: folder.join("boot"),
        clock: clock::system_clock,
        random: clock::random_bytes,
    };
    let asked = Instant::now();
    loop {
        match Node::open(options()) {
            Err(error) if error.code == "directory_in_use" && asked.elapsed() < CLOSING => {
                std::thread::sleep(Duration::from_millis(10));
            }
            opened => return opened.map_err(|error| format!("{}: {error}", folder.display())),
        }
    }
}

/// Waits a little until nobody has the database of a folder open.
pub(super) fn wait_closed(folder: &Path) {
    let asked = Instant::now();
    let open = || std::fs::File::open(folder.join("data").join("ybz.lock")).is_ok_and(|lock| lock.try_lock().is_err());
    while open() && asked.elapsed() < Duration::from_secs(2) {
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Village {
    /// Starts an office with its roster, its assessments and its households.
    ///
    /// # Errors
    /// The call that failed.
    pub async fn found(folder: &Path, name: &str, size: Size, year: i16, random: Random) -> Outcome<Self> {
        clock::set_today(Date::constant(year - 1, 12, 30));
        let node = open(folder)?;
        call(&node, "office.init", json!({"name": name, "kind": "branch"})).await?;
        let mut village = Self { node, random, people: Vec::new(), households: Vec::new(), calls: 0 };
        village.roster(size.members).await?;
        for number in 0..size.households {
            let input = json!({
                "name": words::name(&mut village.random),
                "door": format!("{}-{}", number / 60 + 1, number % 60 + 1),
                "phone": format!("139{:08}", village.random.below(100_000_000)),
                "note": if village.random.percent(30) { words::situation(&mut village.random) } else { String::new() },
            });
            village.save("household.save", input).await?;
        }
        village.look().await?;
        Ok(village)
    }

    /// Takes up a village that is there.
    ///
    /// # Errors
    /// The call that failed.
    pub async fn load(folder: &Path, random: Random) -> Outcome<Self> {
        let node = open(folder)?;
        let mut village = Self { node, random, people: Vec::new(), households: Vec::new(), calls: 0 };
        village.look().await?;
        Ok(village)
    }

    async fn roster(&mut self, members: usize) -> Outcome {
        let mut taken = BTreeSet::new();
        for number in 0..members {
            let mut name = words::name(&mut self.random);
            while !taken.insert(name.clone()) {
                name = words::name(&mut self.random);
            }
            let posts: &[&str] = match number {
                0 => &["secretary"],
                1 => &["deputy_secretary"],
                2 => &["organization"],
                3 => &["publicity"],
                4 => &["discipline"],
                5..8 => &["group_leader"],
                _ => &[],
            };
            let input = json!({
                "name": name,
                "sex": self.random.below(2) + 1,
                "birthMonth": format!("{}-{:02}", 1945 + self.random.below(58), self.random.below(12) + 1),
                "kind": if number + 2 >= members { "probationary" } else { "full" },
                "joined": format!("{}-{:02}", 1965 + self.random.below(55), self.random.below(12) + 1),
                "group": format!("第{}党小组", number % 3 + 1),
                "posts": posts,
            });
            self.save("member.save", input).await?;
        }
        Ok(())
    }

    /// Learns who is here.
    async fn look(&mut self) -> Outcome {
        let members = call(&self.node, "member.list", json!({"limit": 1000})).await?;
        let text = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
        self.people = rows(&members)
            .map(|row| Person {
                id: text(row, "id"),
                name: text(row, "name"),
                group: text(row, "group"),
                committee: row["posts"].as_array().is_some_and(|posts| posts.iter().any(|post| post != "group_leader")),
            })
            .collect();
        let households = call(&self.node, "household.list", json!({"limit": 1000})).await?;
        self.households = rows(&households).map(|row| text(row, "id")).collect();
        Ok(())
    }

    /// A call that changes something; answers the id it saved.
    pub(super) async fn save(&mut self, name: &str, input: Value) -> Outcome<String> {
        self.calls += 1;
        let saved = call(&self.node, name, input).await?;
        Ok(saved["id"].as_str().unwrap_or_default().to_owned())
    }

    pub(super) fn someone(&mut self) -> Person {
        self.people[self.random.below(self.people.len())].clone()
    }

    /// The name of a member of the branch's committee.
    pub(super) fn cadre(&mut self) -> String {
        let names: Vec<&String> =
            self.people.iter().filter(|person| person.committee).map(|person| &person.name).collect();
        names.get(self.random.below(names.len())).map(|name| (*name).clone()).unwrap_or_default()
    }

    pub(super) fn household(&mut self) -> String {
        self.households[self.random.below(self.households.len())].clone()
    }

    /// Takes up an invitation of a superior that serves, and waits until it has joined.
    ///
    /// # Errors
    /// The call that failed, or what joining failed for.
    pub async fn join(&self, ticket: &Value) -> Outcome {
        join(&self.node, ticket).await
    }
}

/// Takes up an invitation and waits until the node has joined.
pub(super) async fn join(node: &Node, ticket: &Value) -> Outcome {
    call(node, "join.start", json!({"ticket": ticket["text"]})).await?;
    let mut cursor = 0;
    loop {
        let state = call(node, "join.state", json!({})).await?;
        match state["state"].as_str() {
            Some("joined") => return Ok(()),
            Some("failed") => return Err(format!("joining failed: {state}")),
            _ => {}
        }
        let changes = call(node, "changes.wait", json!({"cursor": cursor, "timeoutMs": 5000})).await?;
        cursor = changes["cursor"].as_u64().unwrap_or_default();
    }
}

/// Rows of a page.
pub(super) fn rows(page: &Value) -> impl Iterator<Item = &Value> {
    page["rows"].as_array().into_iter().flatten()
}
