//! Who wrote what.

use crate::golden::steady;
use crate::machine::Machine;

#[test]
fn each_value_of_a_record_is_told_with_its_writer() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    let saved = machine.ybz("village", &["rpc", "member.save", r#"{"name": "张三", "kind": "full"}"#]).done();
    let id = saved["id"].as_str().unwrap();
    let change = serde_json::json!({ "id": id, "name": "张三", "kind": "full", "group": "一组" }).to_string();
    machine.ybz("village", &["rpc", "member.save", &change]).done();

    let who = machine.ybz("village", &["who", "up/roster", id, "--json"]).done();
    insta::assert_snapshot!("who", steady(&who));
    let by_id = machine.ybz("village", &["who", who["book"].as_str().unwrap(), id, "--json"]).done();
    assert_eq!(by_id, who, "a book is named by its id or by its kind");
    let human = machine.ybz("village", &["who", "up/roster", id]);
    assert_eq!(human.code, 0, "{}", human.err);
    assert!(human.out.contains("group\n  一组 · 现在的值 · ") && human.out.contains("(本机)"), "{}", human.out);

    let nowhere = machine.ybz("village", &["who", "up/dues/2026", id, "--json"]);
    assert_eq!((nowhere.code, nowhere.json()["err"]["code"].as_str()), (1, Some("not_found")));
    let odd = machine.ybz("village", &["who", "dues", id, "--json"]);
    assert_eq!((odd.code, odd.json()["err"]["field"].as_str()), (1, Some("book")));
}
