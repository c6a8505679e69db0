//! One machine, one office, no network.

use serde_json::json;

use crate::golden::steady;
use crate::machine::Machine;

#[test]
fn init_prints_the_office_and_at_a_root_the_words_once() {
    let machine = Machine::new();
    insta::assert_snapshot!("init", steady(&machine.init("village", "李家沟村党支部", "branch")));
    let root = machine.init("root", "区委组织部", "organization-department");
    let words = root["recoveryWords"].as_array().expect("a root has recovery words");
    assert_eq!(words.len(), 24);
    let again = machine.ybz("root", &["status", "--json"]);
    assert!(!again.out.contains(words[0].as_str().unwrap()), "they are not stored");

    let human = machine.ybz("other", &["init", "--office", "市委组织部", "--kind", "organization-department"]);
    assert_eq!(human.code, 0, "{}", human.err);
    assert!(human.out.contains("  24. ") && human.out.contains("抄在纸上"), "{}", human.out);
}

#[test]
fn status_of_an_office_without_a_superior_is_grey() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    insta::assert_snapshot!("status", steady(&machine.ybz("village", &["status", "--json"]).done()));
    let human = machine.ybz("village", &["status"]);
    assert!(human.out.contains("灰 未加入上级 · 已存本机"), "{}", human.out);
}

#[test]
fn failures_are_said_in_both_languages_and_as_json() {
    let machine = Machine::new();
    let none = machine.ybz("village", &["status", "--json"]);
    assert_eq!(none.code, 1);
    insta::assert_snapshot!("not_initialised", steady(&none.json()));
    assert!(none.err.starts_with("错误 [not_initialised] ") && none.err.contains("\nerror [not_initialised] "));
    assert!(machine.ybz("village", &["status"]).out.is_empty(), "words go to standard error");

    machine.init("village", "李家沟村党支部", "branch");
    std::fs::write(machine.path("village.key"), "11".repeat(32)).unwrap();
    let wrong = machine.ybz("village", &["status", "--json"]);
    assert_eq!((wrong.code, wrong.json()["err"]["code"].as_str()), (1, Some("wrong_key")));
    std::fs::write(machine.path("village.key"), "x").unwrap();
    assert_eq!(machine.ybz("village", &["status", "--json"]).json()["err"]["code"], "key_unreadable");
    std::fs::remove_file(machine.path("village.key")).unwrap();
    assert_eq!(machine.ybz("village", &["status", "--json"]).json()["err"]["code"], "key_missing");
}

#[test]
fn usage_errors_end_with_two() {
    let machine = Machine::new();
    for args in [&["status", "--nonsense"][..], &["init"], &["serve", "--ui", "0.0.0.0:80"], &[]] {
        let ended = machine.ybz("village", args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{args:?}");
    }
    let without = machine.command("village", &[]);
    let without = std::process::Command::new(without.get_program()).arg("status").env_clear().output();
    assert_eq!(without.unwrap().status.code(), Some(2), "a folder is needed");
}

#[test]
fn rpc_answers_any_call_of_the_table() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    insta::assert_snapshot!("overview", steady(&machine.ybz("village", &["rpc", "node.overview"]).done()));
    let list = machine.ybz("village", &["rpc", "member.list", "{}"]).done();
    assert_eq!(list, json!({"total": 0, "rows": []}));
    let piped = machine.feed("village", &["rpc", "settings.set", "-"], r#"{"largeType": true}"#);
    assert_eq!(piped.done(), json!({}));
    assert_eq!(machine.ybz("village", &["rpc", "settings.get"]).done()["largeType"], true);

    let unknown = machine.ybz("village", &["rpc", "no.such"]);
    assert_eq!((unknown.code, unknown.json()["err"]["code"].as_str()), (1, Some("not_found")));
    let garbled = machine.ybz("village", &["rpc", "member.list", "{"]);
    assert_eq!((garbled.code, garbled.json()["err"]["code"].as_str()), (1, Some("json_invalid")));
    let other = machine.ybz("village", &["rpc", "member.list", "--for", "王家湾"]);
    insta::assert_snapshot!("office_unknown", steady(&other.json()));
}

#[test]
fn rpc_lists_every_name_with_its_types() {
    let machine = Machine::new();
    let list = machine.ybz("none", &["rpc", "--list"]);
    assert!(list.out.lines().any(|line| line.starts_with("visit.save ") && line.ends_with("VisitInput -> Saved")));
    let rows = machine.ybz("none", &["rpc", "--list", "--json"]).done();
    let row = rows.as_array().unwrap().iter().find(|row| row["name"] == "visit.save").cloned().unwrap();
    insta::assert_snapshot!("rpc_list_row", steady(&row));
}

#[test]
fn several_offices_are_told_apart_by_name_or_id() {
    let machine = Machine::new();
    machine.init("home", "甲村党支部", "branch");
    let second = machine.init("home", "乙村党支部", "branch");
    let unclear = machine.ybz("home", &["rpc", "member.list"]);
    assert_eq!((unclear.code, unclear.json()["err"]["code"].as_str()), (1, Some("office_not_chosen")));
    for meant in ["乙村党支部", second["office"].as_str().unwrap()] {
        let status = machine.ybz("home", &["status", "--json", "--for", meant]).done();
        assert_eq!(status["offices"].as_array().unwrap().len(), 1);
        assert_eq!(status["offices"][0]["office"]["id"], second["office"]);
    }
}

#[test]
fn doctor_of_fresh_books_finds_them_sound() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    insta::assert_snapshot!("doctor", steady(&machine.ybz("village", &["doctor", "--json"]).done()));
}
