//! Profiles, roles, custody and the local log on the command line.

use crate::machine::{Ended, Machine};

const WANG: &str = "王甲一";

fn with_pin(machine: &Machine, pin: &str, args: &[&str]) -> Ended {
    let output = machine.command("village", args).env("YBZ_PIN", pin).output().expect("the program starts");
    Ended::of(&output)
}

#[test]
fn a_command_acts_as_a_profile_that_it_names_with_its_pin() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    with_pin(&machine, "2468", &["profile", "save", WANG, "--json"]).done();
    with_pin(&machine, "1357", &["profile", "save", "李乙二", "--hide", "dues", "--hide", "organisation", "--json"])
        .done();
    let member = r#"{"name": "张三", "kind": "full"}"#;
    let saved = with_pin(&machine, "2468", &["--profile", WANG, "rpc", "member.save", member]).done();
    let id = saved["id"].as_str().unwrap();
    let who = machine.ybz("village", &["who", "up/roster", id]);
    assert!(who.out.contains("声明 declared: 王甲一"), "{}", who.out);

    let wrong = with_pin(&machine, "0000", &["--profile", WANG, "rpc", "member.list"]);
    assert_eq!((wrong.code, wrong.json()["err"]["code"].as_str()), (1, Some("pin_wrong")));
    let hidden = with_pin(&machine, "1357", &["--profile", "李乙二", "rpc", "dues.sheet"]);
    assert_eq!((hidden.code, hidden.json()["err"]["code"].as_str()), (1, Some("profile_hides")));
    let nobody = machine.ybz("village", &["--profile", "周丁四", "rpc", "member.list"]);
    assert_eq!((nobody.code, nobody.json()["err"]["field"].as_str()), (1, Some("profile")));
    let listed = machine.ybz("village", &["profile", "list"]);
    assert!(listed.out.contains("李乙二") && listed.out.contains("dues"), "{}", listed.out);
    machine.ybz("village", &["profile", "remove", "李乙二", "--json"]).done();
}

#[test]
fn the_log_is_listed_taken_out_and_checked_without_the_folder() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    with_pin(&machine, "2468", &["profile", "save", WANG, "--json"]).done();
    let lines = machine.ybz("village", &["log", "list"]);
    assert!(lines.out.contains("profile_saved") && !lines.out.contains("2468"), "{}", lines.out);
    let file = machine.path("village.ybzl");
    let name = file.to_str().unwrap();
    machine.ybz("village", &["log", "export", "--out", name, "--json"]).done();
    let sound = machine.ybz("nowhere", &["log", "verify", name]);
    assert_eq!(sound.code, 0, "{} {}", sound.out, sound.err);
    let text = std::fs::read_to_string(&file).unwrap().replace("profile_saved", "profile_moved");
    std::fs::write(&file, text).unwrap();
    let altered = machine.ybz("nowhere", &["log", "verify", name, "--json"]);
    assert_eq!((altered.code, altered.json()["sound"].as_bool()), (4, Some(false)));
    let here = machine.ybz("village", &["log", "verify", "--json"]);
    assert_eq!((here.code, here.json()["sound"].as_bool()), (0, Some(true)));
    let gone = machine.ybz("village", &["log", "verify", "--anchor", &"ab".repeat(32)]);
    assert_eq!(gone.code, 4, "{}", gone.out);
}

#[test]
fn roles_are_printed_and_a_village_is_started_in_custody() {
    let machine = Machine::new();
    let roles = machine.ybz("nowhere", &["roles"]);
    assert!(roles.code == 0 && roles.out.contains("| `own/households` | read, write | – |"), "{}", roles.out);
    assert_eq!(machine.ybz("nowhere", &["roles", "--json"]).done()["acts"][0]["act"], "enrol");
    let args = ["init", "--office", "示范二村", "--kind", "branch", "--custody", "--json"];
    machine.ybz("village", &args).done();
    let saved = machine.ybz("village", &["rpc", "member.save", r#"{"name": "张三", "kind": "full"}"#]).done();
    let who = machine.ybz("village", &["who", "up/roster", saved["id"].as_str().unwrap(), "--json"]).done();
    assert_eq!((&who["custody"], &who["fields"][0]["values"][0]["role"]), (&"marked".into(), &"custodian".into()));
    let keeper = machine.ybz("village", &["grant", &"ab".repeat(32), "--json"]);
    assert_eq!((keeper.code, keeper.json()["err"]["code"].as_str()), (1, Some("not_found")));
}
