//! The roster, admissions, transfers and terms on the command line.

use serde_json::json;

use crate::machine::{Ended, Machine};

fn saved(ended: &Ended) -> String {
    ended.done()["id"].as_str().unwrap().to_owned()
}

fn code(ended: &Ended) -> String {
    assert_eq!(ended.code, 1, "{}", ended.out);
    ended.json()["err"]["code"].as_str().unwrap().to_owned()
}

fn branch() -> Machine {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    machine
}

#[test]
fn a_member_is_added_shown_masked_changed_and_found_on_a_past_day() {
    let machine = branch();
    let ybz = |args: &[&str]| machine.ybz("village", args);
    let args = ["member", "add", "赵甲一", "--group", "一组", "--joined", "2001-07", "--post", "secretary", "--json"];
    let id = saved(&ybz(&args));
    let other = saved(&ybz(&["member", "add", "钱乙二", "--probationary", "--json"]));
    assert_eq!(code(&ybz(&["member", "add", "赵甲一", "--json"])), "member_duplicate");
    let twin = saved(&ybz(&["member", "add", "赵甲一", "--distinct", "--json"]));
    let list = ybz(&["member", "list"]);
    assert!(list.out.contains(&format!("{id}\t赵甲一\t正式党员 full\t一组\t2001-07\tsecretary\n")), "{}", list.out);
    assert!(list.out.ends_with("共 3 人 3 members\n"), "{}", list.out);
    assert_eq!(ybz(&["member", "list", "--text", "qye", "--json"]).done()["total"], 1);

    let number = json!({"id": id, "idNumber": "11010519491231002X", "phone": "13900000001", "keep": true}).to_string();
    ybz(&["rpc", "member.private_save", &number]).done();
    let shown = ybz(&["member", "show", &id]);
    assert!(shown.out.contains("1****************X") && shown.out.contains("1*********1"), "{}", shown.out);
    assert!(!shown.out.contains("110105") && !shown.out.contains("139"), "{}", shown.out);
    assert_eq!(code(&ybz(&["member", "show", "赵甲一", "--json"])), "member_ambiguous");

    let change =
        saved(&ybz(&["member", "change", "钱乙二", "full", "--on", "2025-07-01", "--note", "支部大会", "--json"]));
    let file = ybz(&["member", "show", "钱乙二", "--json"]).done();
    assert_eq!((&file["file"]["row"]["kind"], &file["file"]["changes"][0]["id"]), (&json!("full"), &json!(change)));
    saved(&ybz(&["member", "change", &twin, "died", "--on", "2025-08-01", "--json"]));
    assert_eq!(ybz(&["member", "list", "--json"]).done()["total"], 2);
    assert_eq!(ybz(&["member", "list", "--on", "2025-07-31", "--json"]).done()["total"], 3);
    ybz(&["member", "void", &change, "--json"]).done();
    assert_eq!(ybz(&["member", "show", &other, "--json"]).done()["file"]["row"]["kind"], "probationary");
    assert_eq!(ybz(&["member", "change", "钱乙二", "promoted", "--on", "2025-07-01"]).code, 2, "no such event");
}

#[test]
fn somebody_away_is_contacted_and_comes_back_and_the_rules_stand_beside() {
    let machine = branch();
    let ybz = |args: &[&str]| machine.ybz("village", args);
    saved(&ybz(&["member", "add", "赵甲一", "--json"]));
    let stay =
        ["member", "stay", "赵甲一", "--since", "2025-01-10", "--region", "某省某市", "--person", "钱乙二", "--fixed"];
    let stay = saved(&ybz(&[&stay[..], &["--json"]].concat()));
    let stays = ybz(&["member", "stays"]);
    assert!(stays.out.contains("转移组织关系") && stays.out.contains("支部大会"), "{}", stays.out);
    saved(&ybz(&["member", "contact", &stay, "--note", "电话", "--json"]));
    let row = ybz(&["member", "stays", "--json"]).done()["rows"][0].clone();
    assert_eq!((&row["lostRule"], &row["contacts"][0]["note"]), (&json!(null), &json!("电话")));
    saved(&ybz(&["member", "back", &stay, "--on", "2025-06-01", "--json"]));
    let row = ybz(&["member", "stays", "--all", "--json"]).done()["rows"][0].clone();
    assert_eq!((&row["until"], &row["person"]), (&json!("2025-06-01"), &json!("钱乙二")));
    assert_eq!(code(&ybz(&["member", "back", &"0".repeat(32), "--on", "2025-06-01", "--json"])), "not_found");
}

#[test]
fn an_admission_goes_by_stages_and_a_transfer_and_a_term_are_recorded() {
    let machine = branch();
    let ybz = |args: &[&str]| machine.ybz("village", args);
    saved(&ybz(&["admission", "add", "李丁四", "--applied", "2023-09-01", "--group", "一组", "--json"]));
    let step = |more: &[&str]| ybz(&[&["admission", "step", "李丁四"][..], more, &["--json"]].concat());
    assert_eq!(code(&step(&["talk", "--on", "2023-10-09"])), "admission_too_late");
    saved(&step(&["talk", "--on", "2023-10-09", "--reason", "外出务工,节后谈话"]));
    saved(&step(&["activist", "--on", "2023-10-20"]));
    assert_eq!(code(&step(&["development_object", "--on", "2024-10-19"])), "admission_too_early");
    let course = ybz(&["admission", "show", "李丁四"]);
    assert!(course.out.contains("activist\t已办 done\t2023-10-20"), "{}", course.out);
    assert!(course.out.contains("发展党员工作细则"), "{}", course.out);
    assert!(ybz(&["admission", "list"]).out.contains("李丁四\t2023-09-01"));
    assert_eq!(code(&ybz(&["admission", "enrol", "李丁四", "--json"])), "admission_not_approved");

    saved(&ybz(&["member", "add", "赵甲一", "--json"]));
    let out = ["transfer", "out", "赵甲一", "--place", "外省某支部", "--letter", "2026-7", "--outside", "--json"];
    saved(&ybz(&out));
    let list = ybz(&["transfer", "list"]);
    assert!(list.out.contains("赵甲一\t外省某支部\t已转往外单位 gone outside\t不再计"), "{}", list.out);
    saved(&ybz(&["member", "add", "钱乙二", "--json"]));
    saved(&ybz(&["term", "save", "2021-05-01", "--size", "3", "--json"]));
    let post = saved(&ybz(&["term", "post", "钱乙二", "secretary", "--from", "2021-05-01", "--json"]));
    saved(&ybz(&["term", "leave", &post, "--until", "2025-03-01", "--json"]));
    let terms = ybz(&["term", "list"]);
    assert!(terms.out.contains("2021-05-01 - 2026-05-01"), "{}", terms.out);
    assert!(terms.out.contains("secretary\t钱乙二\t2021-05-01 - 2025-03-01"), "{}", terms.out);
}

#[test]
fn a_committee_sees_what_waits_for_it_and_names_offices_by_name() {
    let machine = Machine::new();
    machine.init("street", "河东街道", "committee");
    let ybz = |args: &[&str]| machine.ybz("street", args);
    assert_eq!(ybz(&["admission", "cases", "--json"]).done(), json!([]));
    assert_eq!(ybz(&["transfer", "waiting", "--json"]).done(), json!([]));
    let pass = ybz(&["transfer", "pass", &"0".repeat(32), "示范九村", "--json"]);
    assert_eq!(code(&pass), "office_not_below");
    assert_eq!(code(&ybz(&["transfer", "told", &"0".repeat(32), "--json"])), "not_found");
    assert_eq!(code(&ybz(&["admission", "decide", &"0".repeat(32), "--json"])), "not_found");
}
