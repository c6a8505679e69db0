//! Commands on a directory whose node runs.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::machine::Machine;

#[test]
fn commands_go_through_the_running_node_and_it_stops_cleanly() {
    let machine = Machine::new();
    let office = machine.init("village", "李家沟村党支部", "branch");
    let mut node = machine.serve("village", &[]);
    assert_eq!(node.ready["office"], office["office"].as_str().unwrap());
    assert_eq!(node.ready["ui"], "-");
    assert!(node.ready["listen"].starts_with("127.0.0.1:"));

    let status = machine.ybz("village", &["status", "--json"]).done();
    assert_eq!(status["running"], true);
    assert_eq!(status["offices"][0]["sync"]["addresses"][0], node.ready["listen"].as_str());
    assert_eq!(machine.ybz("village", &["doctor", "--json"]).done()["sound"], true);

    let second = machine.ybz("village", &["serve", "--json"]);
    assert_eq!((second.code, second.json()["err"]["code"].as_str()), (1, Some("directory_in_use")));
    let ticket = machine.ybz("village", &["invite", "--device", "--auto-approve", "--json"]).done();
    let _empty = machine.serve("laptop", &[]);
    let input = serde_json::json!({ "ticket": ticket["text"] }).to_string();
    let begun = machine.ybz("laptop", &["rpc", "join.start", &input]).done();
    assert!(["connecting", "joined"].contains(&begun["state"].as_str().unwrap()), "no office is needed: {begun}");

    let no_ui = machine.ybz("village", &["ui-url", "--json"]);
    assert_eq!((no_ui.code, no_ui.json()["err"]["code"].as_str()), (1, Some("ui_not_shown")));

    let key = std::fs::read(machine.path("village.key")).unwrap();
    std::fs::write(machine.path("village.key"), "11".repeat(32)).unwrap();
    let stranger = machine.ybz("village", &["status", "--json"]);
    assert_eq!(stranger.json()["err"]["code"], "wrong_key", "the node tells nothing to who has not its key");
    std::fs::write(machine.path("village.key"), key).unwrap();

    assert_eq!(node.signal("-TERM"), 0);
    assert!(!machine.path("village").join("ybz.sock").exists());
    assert_eq!(machine.ybz("village", &["status", "--json"]).done()["running"], false);
}

#[test]
fn a_node_that_was_killed_leaves_nothing_that_is_in_the_way() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    let mut node = machine.serve("village", &[]);
    node.signal("-KILL");
    assert!(machine.path("village").join("ybz.sock").exists());
    assert_eq!(machine.ybz("village", &["status", "--json"]).done()["running"], false);
    let mut again = machine.serve("village", &[]);
    assert_eq!(machine.ybz("village", &["status", "--json"]).done()["running"], true);
    assert_eq!(again.signal("-INT"), 0);
}

#[test]
fn a_browser_comes_in_by_the_address_of_the_ready_line_once() {
    let machine = Machine::new();
    // Without books: the first use can be in the browser.
    let mut node = machine.serve("village", &["--ui"]);
    assert_eq!(node.ready["office"], "-");
    let first = get(&node.ready["ui"]);
    assert!(first.starts_with("HTTP/1.1 303 ") && first.contains("HttpOnly; SameSite=Strict"), "{first}");
    assert!(get(&node.ready["ui"]).starts_with("HTTP/1.1 403 "), "the token is used up");
    let another = machine.ybz("village", &["ui-url"]);
    assert_eq!(another.code, 0, "{}", another.err);
    assert!(get(another.out.trim()).starts_with("HTTP/1.1 303 "));
    assert_eq!(node.signal("-TERM"), 0);
    let gone = machine.ybz("village", &["ui-url", "--json"]);
    assert_eq!((gone.code, gone.json()["err"]["code"].as_str()), (1, Some("node_not_running")));
}

#[test]
fn a_path_too_long_for_a_socket_is_no_hindrance() {
    let machine = Machine::new();
    let long = "很长的文件夹名字".repeat(6);
    machine.init(&long, "李家沟村党支部", "branch");
    std::fs::create_dir(machine.path("run")).unwrap();
    let _node = machine.serve(&long, &[]);
    assert_eq!(machine.ybz(&long, &["status", "--json"]).done()["running"], true);
}

fn get(url: &str) -> String {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
