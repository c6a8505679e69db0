//! Items of flows and cases on the command line.

use crate::machine::Machine;

fn id_of(ended: &str) -> String {
    ended.lines().next().unwrap_or_default().split('\t').next().unwrap_or_default().to_owned()
}

#[test]
fn a_case_is_taken_in_assigned_answered_and_counted() {
    let machine = Machine::new();
    machine.init("street", "河东街道", "committee");
    let templates = machine.ybz("street", &["flow", "templates"]);
    assert!(templates.out.contains("case\t2026.1\t群众诉求办理\tA7"), "{}", templates.out);
    let caller = "来电人\n13912349999\n某村9号\n";
    let accept = ["case", "accept", "--title", "楼道堆物", "--due", "1231", "--channel", "hotline", "--caller", "-"];
    let accepted = machine.feed("street", &accept, caller);
    assert_eq!(accepted.code, 0, "{}", accepted.err);
    let case = id_of(&accepted.out);
    let shown = machine.ybz("street", &["flow", "show", &case]);
    for words in ["楼道堆物\t已受理", "可办 may\tassign\t交办 → 已交办\tdue,person", "办结时限"] {
        assert!(shown.out.contains(words), "{words} in {}", shown.out);
    }
    assert!(!shown.out.contains("来电人") && !shown.out.contains("13912349999"), "{}", shown.out);
    let who = machine.ybz("street", &["case", "who", &case]);
    assert!(who.out.starts_with("来电人\t13912349999\t某村9号"), "{}", who.out);
    let log = machine.ybz("street", &["log", "list"]);
    assert!(log.out.contains("private_opened") && !log.out.contains("来电人"), "{}", log.out);

    let early = machine.ybz("street", &["case", "answer", &case, "已清理", "--json"]);
    assert_eq!((early.code, early.json()["err"]["code"].as_str()), (1, Some("flow_not_now")));
    let alone = machine.ybz("street", &["flow", "do", &case, "assign", "--person", "钱乙二", "--json"]).json();
    assert_eq!((alone["err"]["code"].as_str(), alone["err"]["field"].as_str()), (Some("required"), Some("due")));
    let assign = ["flow", "do", &case, "assign", "--person", "钱乙二", "--due", "1230", "--say", "unit=物业办"];
    assert_eq!(machine.ybz("street", &assign).code, 0);
    let answered = machine.ybz("street", &["case", "answer", &case, "已清理"]);
    assert_eq!(answered.code, 0, "{}", answered.err);
    let rate = machine.ybz("street", &["flow", "do", &case, "rate", "--value", "satisfied", "--json"]);
    rate.done();
    let rates = machine.ybz("street", &["flow", "rates", "--by", "unit"]);
    for words in ["办结率\t100.0 %\t1/1", "满意率\t100.0 %\t1/1", "\t物业办\t\t100.0 %"] {
        assert!(rates.out.contains(words), "{words} in {}", rates.out);
    }
    let listed = machine.ybz("street", &["flow", "list", "--open"]);
    assert!(listed.out.contains("共 0 件"), "{}", listed.out);
    let row = machine.ybz("street", &["flow", "list", "--json"]).done()["rows"][0].clone();
    let names: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(["deadline", "mergedInto", "sourceOffice", "stateName"].iter().all(|name| names.contains(name)), "{row}");
    assert_eq!(
        (row["state"].as_str(), row["place"].as_str(), row["unit"].as_str(), row["channel"].as_str()),
        (Some("answered"), Some("desk"), Some("物业办"), Some("hotline")),
        "{row}"
    );
    let up = machine.ybz("street", &["case", "pass", &case, "up", "--title", "楼道堆物", "--json"]);
    assert_eq!((up.code, up.json()["err"]["code"].as_str()), (1, Some("no_superior")));
    let own = machine.ybz("street", &["flow", "open", "rectification", "台账缺页", "--desk"]);
    assert_eq!(own.code, 0, "{}", own.err);
    let listed = machine.ybz("street", &["flow", "list", "--flow", "rectification", "--desk"]);
    assert!(listed.out.contains("台账缺页\t已发现") && listed.out.contains("共 1 件"), "{}", listed.out);
}

#[test]
fn a_name_in_what_leaves_the_office_stops_a_step_until_a_person_keeps_it() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    let visit = r#"{"date": "2026-03-05", "kind": "household", "participants": ["赵甲一"],
        "newHousehold": {"name": "周戊五", "phone": ""}}"#;
    machine.ybz("village", &["rpc", "visit.save", visit]).done();
    let open = ["flow", "open", "rectification", "帮周戊五家修屋", "--json"];
    let stopped = machine.ybz("village", &open).json();
    assert_eq!(
        (stopped["err"]["code"].as_str(), stopped["err"]["field"].as_str()),
        (Some("name_private_match"), Some("title")),
        "{stopped}"
    );
    assert!(machine.ybz("village", &["flow", "list"]).out.contains("共 0 件"), "nothing was written");
    let opened = machine.ybz("village", &[&open[..], &["--keep-names"]].concat()).done();
    let id = opened["items"][0]["id"].as_str().unwrap().to_owned();
    let step =
        ["flow", "do", &id, "list", "--person", "李乙二", "--due", "1231", "--say", "measure=帮周戊五家", "--json"];
    assert_eq!(machine.ybz("village", &step).json()["err"]["code"], "name_private_match");
    machine.ybz("village", &[&step[..], &["--keep-names"]].concat()).done();
    let log = machine.ybz("village", &["log", "list"]);
    assert_eq!(log.out.matches("private_match_kept").count(), 2, "{}", log.out);
    assert!(!log.out.contains("周戊五"), "the log has the records: {}", log.out);
}
