//! Commands reach the node of their directory, and nobody else does.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use ybz_app::{DatabaseKey, Node, OpenOptions, host};

use super::*;

fn open(dir: &Path, key: [u8; 32]) -> Node {
    let options = OpenOptions {
        data: dir.join("data"),
        key: DatabaseKey::from_bytes(key),
        create: true,
        boot: dir.join("boot"),
        clock: host::system_clock,
        random: host::system_random,
    };
    Node::open(options).expect("the folder is new")
}

struct Running {
    dir: TempDir,
    _task: tokio::task::JoinSet<()>,
}

impl Running {
    fn start(mint: Option<Mint>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let node = open(dir.path(), [7; 32]);
        let door = Door::open(&dir.path().join("data")).unwrap();
        let mut task = tokio::task::JoinSet::new();
        task.spawn(door.answer(Served { node, mint }, key(7)));
        Self { dir, _task: task }
    }

    fn data(&self) -> std::path::PathBuf {
        self.dir.path().join("data")
    }
}

fn key(byte: u8) -> SocketKey {
    SocketKey::of(&DatabaseKey::from_bytes([byte; 32]))
}

#[tokio::test]
async fn a_command_with_the_key_calls_the_running_node() {
    let running = Running::start(None);
    let mut line = Line::reach(&running.data(), &key(7)).await.unwrap().expect("it runs");
    let overview = line.call("node.overview", None, json!({})).await.unwrap();
    assert_eq!(overview["offices"], json!([]));
    let made = line.call("office.init", None, json!({"name": "李家沟村党支部", "kind": "branch"})).await.unwrap();
    assert!(made["office"].is_string(), "one line takes many calls");
    let error = line.call("no.such", None, Value::Null).await.unwrap_err();
    assert_eq!(error.code, "not_found");
    assert_eq!(line.ui_url().await.unwrap_err().code, "ui_not_shown");
}

#[tokio::test]
async fn a_command_with_another_key_is_told_that_it_is_wrong() {
    let running = Running::start(None);
    let error = Line::reach(&running.data(), &key(8)).await.expect_err("it holds another key");
    assert_eq!(error.code, "wrong_key");
}

#[tokio::test]
async fn nothing_is_answered_before_the_greeting() {
    use tokio::io::AsyncReadExt;

    let running = Running::start(None);
    let mut stream = system::knock(&running.data()).await.unwrap().expect("it runs");
    let greeting: Option<Value> = frame::read(&mut stream, frame::GREETING).await.unwrap();
    assert!(greeting.is_some_and(|greeting| greeting["nonce"].is_string()));
    let ask = Ask::Call { name: "node.overview".into(), office: None, input: Value::Null };
    frame::write(&mut stream, &ask, frame::GREETING).await.unwrap();
    let mut rest = Vec::new();
    // A reset is as good as an end: nothing came.
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty(), "a call without the proof is not answered");
}

#[tokio::test]
async fn another_browser_gets_its_own_address() {
    let minted = std::sync::atomic::AtomicU32::new(0);
    let next = move || minted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let running = Running::start(Some(std::sync::Arc::new(move || format!("http://127.0.0.1:4180/?token={}", next()))));
    let mut line = Line::reach(&running.data(), &key(7)).await.unwrap().expect("it runs");
    let (first, second) = (line.ui_url().await.unwrap(), line.ui_url().await.unwrap());
    assert!(first.as_str().unwrap().starts_with("http://127.0.0.1:4180/?token="));
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_socket_left_behind_means_that_nobody_is_there_and_is_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    drop(std::os::unix::net::UnixListener::bind(data.join("ybz.sock")).unwrap());
    assert!(data.join("ybz.sock").exists(), "a program that was killed leaves it");
    assert!(Line::reach(&data, &key(7)).await.unwrap().is_none());
    let door = Door::open(&data).unwrap();
    drop(door);
    assert!(!data.join("ybz.sock").exists(), "who stops in order leaves nothing");
}
