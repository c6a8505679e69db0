//! Calendar, reminders, what is sent down and ledgers side by side, on the command line.

use crate::machine::Machine;

#[test]
fn a_branch_sees_its_deadlines_with_what_follows_what_helps_and_the_source() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    let item =
        r#"{"title": "修路灯", "origin": "own", "person": "赵甲一", "deadline": "2099-01-15", "confirmDate": true}"#;
    machine.ybz("village", &["rpc", "checklist.save", item]).done();
    let days = ["calendar", "--from", "2099-01-01", "--to", "2099-01-31"];
    let told = machine.ybz("village", &days);
    assert_eq!(told.code, 0, "{}", told.err);
    for part in ["2099-01-15", "清单事项 · 修路灯", "月底核对", "Record what was done", "本单位自己定的时限"]
    {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    let view = machine.ybz("village", &[&days[..], &["--json"]].concat()).done();
    assert_eq!(view["entries"].as_array().unwrap().len(), 1, "{view}");
    assert_eq!((&view["entries"][0]["kind"], &view["entries"][0]["units"][0]["here"]), (&"item".into(), &true.into()));
    let none = machine.ybz("village", &[&days[..], &["--kind", "term"]].concat());
    assert!(none.out.contains("Nothing is due"), "{}", none.out);
    let odd = machine.ybz("village", &["calendar", "--from", "2099-01-31", "--to", "2099-01-01", "--json"]);
    assert_eq!((odd.code, odd.json()["err"]["code"].as_str()), (1, Some("dates_reversed")));
}

#[test]
fn a_street_without_branches_is_told_so_and_nothing_is_made_up() {
    let machine = Machine::new();
    machine.init("street", "河东街道", "committee");
    let urge = machine.ybz("street", &["urge"]);
    assert_eq!((urge.code, urge.out.trim()), (0, "没有要催的。 Nothing is late."));
    let send = machine
        .ybz("street", &["dispatch", "send", "防汛检查", "--to", "示范一村", "--deadline", "2099-04-10", "--json"]);
    assert_eq!((send.code, send.json()["err"]["code"].as_str()), (1, Some("office_unknown")));
    let nobody =
        machine.ybz("street", &["dispatch", "send", "防汛检查", "--all", "--deadline", "2099-04-10", "--json"]);
    assert_eq!(nobody.json()["err"]["field"], "to");
    let groups = machine.ybz("street", &["ledger", "groups", "visits", "--json"]).done();
    assert_eq!((&groups["total"]["count"], &groups["groups"]), (&0.into(), &serde_json::json!([])));
    let matrix = machine.ybz("street", &["ledger", "matrix", "visits", "--year", "2026"]);
    assert_eq!(matrix.out, "visits 2026  1–12\n");
    let file = machine.path("ledger.xlsx");
    let file = file.to_str().unwrap();
    machine.ybz("street", &["ledger", "export", "visits", "--xlsx", file]);
    assert_eq!(&std::fs::read(file).unwrap()[..2], b"PK");
    let again = machine.ybz("street", &["ledger", "export", "visits", "--xlsx", file, "--json"]);
    assert_eq!(again.json()["err"]["code"], "file_exists");
    assert_eq!(machine.ybz("street", &["dispatch", "groups", "--json"]).done(), serde_json::json!([]));
}
