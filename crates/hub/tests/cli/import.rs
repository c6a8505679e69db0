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
