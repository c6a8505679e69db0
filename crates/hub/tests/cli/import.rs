//! Sheets into books.

use crate::golden::steady;
use crate::machine::Machine;

const ROSTER: &str = "姓名,性别,出生年月,入党时间,类别\n\
                      张三,男,1975.03,1999-07-01,正式党员\n\
                      李四,女,1975.13,2001-07-01,正式党员\n";

#[test]
fn a_roster_is_previewed_and_written_and_its_errors_name_their_cells() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    std::fs::write(machine.path("名册.csv"), ROSTER).unwrap();
    let preview = machine.ybz("village", &["import", "名册.csv", "--dry-run", "--json"]).done();
    insta::assert_snapshot!("import_dry_run", steady(&preview));
    assert_eq!(machine.ybz("village", &["rpc", "member.list"]).done()["total"], 0, "nothing was written");

    let human = machine.ybz("village", &["import", "名册.csv"]);
    assert_eq!(human.code, 0, "{}", human.err);
    assert!(human.out.contains("第3行") && human.out.contains("month_out_of_range"), "{}", human.out);
    assert_eq!(machine.ybz("village", &["rpc", "member.list"]).done()["total"], 1);
    let again = machine.ybz("village", &["import", "名册.csv", "--json"]).done();
    insta::assert_snapshot!("import_again", steady(&again["result"]));
}

#[test]
fn a_file_that_is_no_sheet_is_refused() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    let none = machine.ybz("village", &["import", "none.xlsx", "--json"]);
    assert_eq!((none.code, none.json()["err"]["code"].as_str()), (1, Some("file_unreadable")));
}

#[test]
fn a_question_is_never_answered_by_guess() {
    let machine = Machine::new();
    machine.init("village", "李家沟村党支部", "branch");
    let twins = "姓名,性别,出生年月,类别\n张三,男,1975.03,正式党员\n张三,男,1980.01,正式党员\n";
    std::fs::write(machine.path("名册.csv"), twins).unwrap();
    let preview = machine.ybz("village", &["import", "名册.csv", "--dry-run", "--json"]).done();
    let question = &preview["preview"]["questions"][0];
    let id = question["id"].as_str().expect("two of one name raise a question");
    let answer = format!("{id}=new");
    let answered = machine.ybz("village", &["import", "名册.csv", "--answer", &answer, "--json"]).done();
    assert_eq!(answered["result"]["newRows"], 2);

    // Dues of one of them: without an answer the row is left out and named.
    let dues = "姓名,类别,每月应缴,1月\n张三,在职,10,10\n";
    std::fs::write(machine.path("党费.csv"), dues).unwrap();
    let args = ["import", "党费.csv", "--kind", "dues", "--year", "2026", "--json"];
    let left_out = machine.ybz("village", &args).done();
    assert_eq!(left_out["skipped"][0], left_out["preview"]["questions"][0]["id"]);
    assert_eq!(left_out["result"]["newRows"], 0);
    let human = machine.ybz("village", &args[..args.len() - 1]);
    assert!(human.out.contains("--answer 'which_person|"), "{}", human.out);
}
