//! A department, a committee and a village on one machine: joining, delivering, signing and checking.

use crate::golden::steady;
use crate::machine::{Machine, Process};

/// A department and a committee that run, the committee joined.
fn two_levels(machine: &Machine) -> (Process, Process) {
    machine.init("department", "区委组织部", "organization-department");
    let department = machine.serve("department", &[]);
    let args = ["invite", "--office", "清河街道党工委", "--kind", "committee", "--auto-approve", "--json"];
    let ticket = machine.ybz("department", &args).done();
    insta::assert_snapshot!("ticket", steady(&ticket));
    let joined = machine.ybz("committee", &["join", ticket["text"].as_str().unwrap(), "--json"]).done();
    assert_eq!((joined["state"].as_str(), joined["superior"].as_str()), (Some("joined"), Some("区委组织部")));
    (department, machine.serve("committee", &[]))
}

#[test]
fn a_village_waits_for_approval_delivers_and_is_told_when_it_cannot() {
    let machine = Machine::new();
    let (_department, mut committee) = two_levels(&machine);
    let invite = ["invite", "--office", "李家沟村党支部", "--kind", "branch", "--out", "ticket.txt"];
    assert_eq!(machine.ybz("committee", &invite).code, 0);
    let again = machine.ybz("committee", &invite);
    assert_eq!(again.code, 1, "a file is never replaced");

    machine.init("village", "李家沟村党支部", "branch");
    let alone = machine.ybz("village", &["sync", "--json"]).done();
    assert_eq!((alone["hasSuperior"].as_bool(), alone["sent"].as_u64()), (Some(false), Some(0)));

    // Stopped while it waits, and run again: it goes on waiting.
    let join = ["join", "ticket.txt", "--json"];
    let mut waiting = Process::start(&mut machine.command("village", &join));
    let code = waiting.line();
    assert_eq!(waiting.signal("-INT"), 130);
    let mut waiting = Process::start(&mut machine.command("village", &join));
    let again = waiting.line();
    assert_ne!(again, code, "digits are good for one session");
    let code = again;
    let pending = machine.ybz("committee", &["rpc", "join.pending"]).done();
    assert!(code.contains(pending[0]["code"].as_str().unwrap()), "both sides show the same digits");
    let id = serde_json::json!({ "id": pending[0]["id"] }).to_string();
    machine.ybz("committee", &["rpc", "join.approve", &id]).done();
    assert!(waiting.line().contains("\"joined\""));
    assert_eq!(waiting.wait(), 0);
    assert_eq!(machine.ybz("village", &join).done()["state"], "joined", "there is nothing left to do");
    let human = machine.ybz("village", &["join", "ticket.txt"]);
    assert_eq!(human.code, 0, "{}", human.err);
    assert!(human.out.contains("以前已经加入") && human.out.contains("清河街道党工委"), "{}", human.out);

    let member = r#"{"name": "张三", "sex": 1, "kind": "full"}"#;
    machine.ybz("village", &["rpc", "member.save", member]).done();
    let sent = machine.ybz("village", &["sync", "--json"]).done();
    assert_eq!(sent["delivered"], true, "{sent}");
    insta::assert_snapshot!("sync", steady(&sent));
    let human = machine.ybz("village", &["status"]);
    assert!(human.out.contains("绿 已全部签收 · ") && human.out.contains(" · 清河街道党工委"), "{}", human.out);

    assert_eq!(committee.signal("-TERM"), 0);
    let unreachable = machine.ybz("village", &["sync", "--timeout", "1", "--json"]);
    assert_eq!(unreachable.code, 3, "{}", unreachable.out);
    let round = unreachable.json();
    assert_eq!((round["delivered"].as_bool(), round["reason"].as_str()), (Some(false), Some("superior_unreachable")));
    assert_eq!(round["exchanged"][0]["reached"], false, "{round}");
}

#[test]
fn totals_are_signed_fetched_checked_and_exported() {
    let machine = Machine::new();
    let (_department, _committee) = two_levels(&machine);
    let invite = ["invite", "--office", "王家湾村党支部", "--kind", "branch", "--json"];
    machine.ybz("committee", &invite).done();
    let made = machine.ybz("committee", &["snapshot", "make", "--json"]).done();
    let id = made["id"].as_str().expect("a snapshot that was made has an id");
    assert_eq!(
        (made["inputs"][0]["name"].as_str(), made["inputs"][0]["cause"].as_str()),
        (Some("王家湾村党支部"), Some("never_joined"))
    );
    assert_eq!(machine.ybz("committee", &["sync", "--json"]).done()["delivered"], true);

    let pulled = machine.ybz("department", &["snapshot", "pull", "--json"]).done();
    insta::assert_snapshot!("snapshot_pull", steady(&pulled));
    assert_eq!(pulled[0]["id"], id);
    let report = machine.ybz("department", &["snapshot", "verify", id, "--json"]).done();
    insta::assert_snapshot!("snapshot_verify", steady(&report));

    let export =
        machine.ybz("department", &["snapshot", "export", id, "--format", "ybzs", "--out", "s.ybzs", "--json"]);
    assert_eq!(export.done()["file"], "s.ybzs");
    // Offline, in a folder without books, with nothing but the tree id.
    let tree = report["tree"].as_str().unwrap();
    let offline = machine.ybz("none", &["snapshot", "verify", "s.ybzs", "--tree", tree, "--json"]);
    assert_eq!(offline.done(), report);
    assert!(!machine.path("none").exists());

    let mut bytes = std::fs::read(machine.path("s.ybzs")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(machine.path("bad.ybzs"), bytes).unwrap();
    let bad = machine.ybz("none", &["snapshot", "verify", "bad.ybzs", "--tree", tree, "--json"]);
    assert_eq!((bad.code, bad.json()["ok"].as_bool()), (4, Some(false)));
    let bad = machine.ybz("department", &["snapshot", "verify", "bad.ybzs", "--json"]);
    assert_eq!(bad.code, 4, "against the pinned tree too");
}
