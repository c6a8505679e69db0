//! Stories across several devices: named people, real nodes, real connections on loopback.

pub mod stage;
pub mod workload;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use ybz_app::{DatabaseKey, ErrorDto, Node, OpenOptions, ServeOptions};

/// A device of someone: its node, and the folder it lives in.
pub struct Device {
    /// The node.
    pub node: Node,
    /// The folder with its data and boot token.
    pub folder: tempfile::TempDir,
}

/// The day on which all stories happen.
pub const TODAY: &str = "2026-03-20";

/// [`TODAY`] as a date.
pub fn today() -> jiff::civil::Date {
    jiff::civil::Date::constant(2026, 3, 20)
}

fn clock() -> (jiff::civil::Date, u64) {
    static MILLIS: AtomicU64 = AtomicU64::new(1_774_000_000_000);
    (today(), MILLIS.fetch_add(1, Ordering::Relaxed))
}

fn random(bytes: &mut [u8]) {
    ybz_app::host::system_random(bytes);
}

/// Opens the node in a folder, making it when it is new.
///
/// # Panics
/// When it does not open.
pub fn open(folder: &Path) -> Result<Node, ErrorDto> {
    Node::open(OpenOptions {
        data: folder.join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        create: true,
        boot: folder.join("boot"),
        clock,
        random,
    })
}

impl Default for Device {
    fn default() -> Self {
        Self::new()
    }
}

impl Device {
    /// A new device with nothing on it.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the device");
        let node = open(folder.path()).expect("a new node opens");
        Self { node, folder }
    }

    /// A device with an office of its own.
    pub async fn with_office(name: &str, kind: &str) -> Self {
        let device = Self::new();
        device.ok("office.init", json!({"name": name, "kind": kind})).await;
        device
    }

    /// Calls the node for its only office.
    pub async fn call(&self, name: &str, input: Value) -> Result<Value, ErrorDto> {
        self.node.call(name, None, input).await
    }

    /// Calls the node and expects it to succeed.
    pub async fn ok(&self, name: &str, input: Value) -> Value {
        match self.call(name, input).await {
            Ok(value) => value,
            Err(error) => panic!("{name}: {error}"),
        }
    }

    /// Listens on loopback.
    pub async fn serve(&self) -> Vec<String> {
        let options = ServeOptions { listen: Some("127.0.0.1:0".parse().expect("an address")), mdns: false };
        self.node.serve(options).await.expect("it listens")
    }

    /// Takes up an invitation of another device that serves, and waits until it has joined.
    pub async fn join(&self, ticket: &Value) {
        self.ok("join.start", json!({"ticket": ticket["text"]})).await;
        self.wait_join("joined").await;
    }

    /// Waits until joining stands so.
    pub async fn wait_join(&self, wanted: &str) -> Value {
        let mut cursor = 0;
        loop {
            let state = self.ok("join.state", json!({})).await;
            if state["state"] == wanted {
                return state;
            }
            assert_ne!(state["state"], "failed", "joining failed: {state}");
            let changes = self.ok("changes.wait", json!({"cursor": cursor, "timeoutMs": 5000})).await;
            cursor = changes["cursor"].as_u64().unwrap_or_default();
        }
    }

    /// Asks until the answer is as wanted: what was accepted from elsewhere is read in behind the receipt.
    ///
    /// # Panics
    /// When nothing changes any more and the answer is another one.
    pub async fn until(&self, name: &str, input: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut cursor = 0;
        loop {
            let answer = self.ok(name, input.clone()).await;
            if wanted(&answer) {
                return answer;
            }
            let changes = self.ok("changes.wait", json!({"cursor": cursor, "timeoutMs": 20_000})).await;
            assert_ne!(changes["tags"], json!([]), "{name}: nothing changes any more, and the answer is {answer}");
            cursor = changes["cursor"].as_u64().unwrap_or_default();
        }
    }

    /// One round with the superior.
    pub async fn sync(&self) -> Value {
        self.ok("sync.now", json!({"timeoutS": 20})).await
    }
}
