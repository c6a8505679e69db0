//! Keys and backups as scripts see them: passphrases come from files and standard input, never from arguments.

use serde_json::json;

use crate::machine::Machine;

const FIRST: &str = "老井边的槐树开花了";
const SECOND: &str = "新的一句话八个字";

#[test]
fn a_village_keeps_its_key_under_a_passphrase_backs_up_and_restores_elsewhere() {
    let machine = Machine::new();
    machine.init("village", "示范一村", "branch");
    let status = machine.ybz("village", &["key", "status", "--json"]).done();
    assert_eq!((&status["holder"], &status["sheetOn"]), (&json!("file"), &json!(null)), "{status}");
    machine.feed("village", &["key", "set-passphrase", "--json"], &format!("{FIRST}\n")).done();
    assert!(!machine.path("village.key").exists(), "the file opens nothing any more, so it goes");
    let locked = machine.ybz("village", &["status"]);
    assert!(locked.code == 1 && locked.err.contains("wrong_passphrase"), "{}", locked.err);
    let status = machine.feed("village", &["key", "status", "--json"], &format!("{FIRST}\n")).done();
    assert_eq!(status["holder"], "passphrase");

    // A node that runs is reached by who knows the passphrase.
    std::fs::write(machine.path("first.txt"), format!("{FIRST}\n")).unwrap();
    let node = machine.serve("village", &["--passphrase-file", "first.txt"]);
    let with_file = ["--passphrase-file", "first.txt", "--json"];
    let run = |args: &[&str]| machine.ybz("village", &[args, &with_file].concat());
    let sheet = run(&["key", "recovery-sheet"]).done();
    assert_eq!(sheet["words"].as_array().map(Vec::len), Some(24));
    std::fs::create_dir(machine.path("stick")).unwrap();
    let made = run(&["backup", "make", "stick"]).done();
    let file = made["file"].as_str().unwrap();
    assert_eq!(run(&["backup", "verify", file]).done()["on"], made["on"]);
    run(&["backup", "schedule", "stick", "--every-days", "7", "--keep", "2"]).done();
    assert_eq!(run(&["backup", "status"]).done()["schedule"]["everyDays"], 7);
    drop(node);

    let words: Vec<&str> = sheet["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    std::fs::write(machine.path("words.txt"), words.join("\n")).unwrap();
    let wrong = machine.feed("new", &["restore", file, "--json"], "不是这个口令\n");
    assert_eq!((wrong.code, &wrong.json()["err"]["code"]), (1, &json!("wrong_passphrase")));
    let args = ["restore", file, "--with", "words", "--words-file", "words.txt", "--json"];
    let restored = machine.feed("new", &args, &format!("{SECOND}\n")).done();
    assert_eq!(restored["offices"], "示范一村");
    let again = machine.feed("new", &args, &format!("{SECOND}\n"));
    assert_eq!(again.json()["err"]["code"], "directory_not_empty");
    assert_eq!(machine.feed("new", &["doctor", "--json"], &format!("{SECOND}\n")).done()["sound"], true);
}

#[test]
fn another_key_and_a_forgotten_passphrase() {
    let machine = Machine::new();
    machine.init("village", "示范一村", "branch");
    let before = std::fs::read_to_string(machine.path("village.key")).unwrap();
    let words = machine.ybz("village", &["key", "rekey", "--json"]).done()["words"].clone();
    assert_ne!(std::fs::read_to_string(machine.path("village.key")).unwrap(), before);
    assert_eq!(machine.ybz("village", &["status", "--json"]).done()["offices"][0]["office"]["name"], "示范一村");
    std::fs::write(machine.path("old.key"), before).unwrap();
    let words: Vec<&str> = words.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    // The words and the new passphrase, a line each.
    let recovered = machine.feed("village", &["key", "recover", "--json"], &format!("{}\n{FIRST}\n", words.join(" ")));
    recovered.done();
    let opened = machine.feed("village", &["status", "--json"], &format!("{FIRST}\n")).done();
    assert_eq!(opened["running"], false);
    let change = format!("{FIRST}\n{SECOND}\n");
    machine.feed("village", &["key", "change-passphrase", "--json"], &change).done();
    let back = machine.feed("village", &["key", "use-keychain", "--json"], &format!("{SECOND}\n"));
    back.done();
    assert!(machine.path("village.key").exists(), "the file that is named holds the key again");
    assert_eq!(machine.ybz("village", &["key", "status", "--json"]).done()["holder"], "file");
}
