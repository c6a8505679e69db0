//! 党费台账 by quarters.

use rust_xlsxwriter::Worksheet;

use super::*;
use crate::import::read;

const NAMES: [&str; 5] = ["赵甲", "钱乙二", "孙丙三", "李丁四", "周戊五"];

fn ledger(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    let bytes = xlsx("党费", |sheet| {
        title(sheet, 0, 8, "示范一村党支部2026年度党费收缴台账");
        line(sheet, 1, &["序号", "姓名", "缴费类别", "月应缴", "一季度", "第二季度", "3季度", "四季度", "合计"]);
        fill(sheet);
    });
    read("党费台账.xlsx", &bytes).unwrap()
}

fn paid(plan: &Plan) -> Vec<String> {
    let of = |member: &PersonRef| match member {
        PersonRef::Known(id) => id.clone(),
        PersonRef::New(at) => format!("new{at}"),
    };
    plan.payments
        .iter()
        .map(|paid| format!("{} {} {} {}", of(&paid.member), paid.month, paid.amount_fen, paid.origin.column))
        .collect()
}

#[test]
fn a_quarter_of_three_monthly_amounts_is_paid_month_by_month() {
    let people = known(&NAMES);
    let workbook = ledger(|sheet| {
        line(sheet, 2, &["1", "赵甲", "在职", "10", "30", "30.00元"]);
        line(sheet, 3, &["2", "钱乙二", "农民", "0.2", "√", "×"]);
        line(sheet, 4, &["3", "孙丙三", "离退休", "20", "60(4月2日)"]);
        line(sheet, 5, &["合计", "", "", "", "90.6"]);
    });
    let plan = planned(&people, &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert!(plan.questions.is_empty(), "{:?}", plan.questions);
    assert_eq!(
        paid(&plan),
        [
            "m0 2026-01 1000 E 一季度",
            "m0 2026-02 1000 E 一季度",
            "m0 2026-03 1000 E 一季度",
            "m0 2026-04 1000 F 第二季度",
            "m0 2026-05 1000 F 第二季度",
            "m0 2026-06 1000 F 第二季度",
            "m1 2026-01 20 E 一季度",
            "m1 2026-02 20 E 一季度",
            "m1 2026-03 20 E 一季度",
            "m2 2026-01 2000 E 一季度",
            "m2 2026-02 2000 E 一季度",
            "m2 2026-03 2000 E 一季度",
        ]
    );
    assert!(plan.payments.iter().filter(|paid| paid.amount_fen == 2000).all(|paid| paid.on == Some(date(2026, 4, 2))));
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn a_quarter_that_is_no_three_monthly_amounts_is_asked_for_and_never_guessed() {
    let people = known(&NAMES);
    let workbook = ledger(|sheet| {
        line(sheet, 2, &["1", "赵甲", "在职", "10", "20"]);
        line(sheet, 3, &["2", "钱乙二", "", "", "9"]);
        line(sheet, 4, &["3", "孙丙三", "在职", "10", "10.01"]);
    });
    let open = planned(&people, &workbook);
    assert_eq!(open.payments, []);
    let asked: Vec<_> = open
        .questions
        .iter()
        .map(|question| {
            let values: Vec<_> = question.options.iter().map(|option| option.value.as_str()).collect();
            format!("{} {} {} {}", question.row, question.params["column"], question.code, values.join(" "))
        })
        .collect();
    assert_eq!(
        asked,
        [
            "3 E 一季度 quarter_months first last 01 02 03 skip",
            "4 E 一季度 quarter_months even 01 02 03 skip",
            "5 E 一季度 quarter_months 01 02 03 skip",
        ]
    );
    assert_eq!(open.questions[0].options[1].label, "2、3月各10.00元");
    let said: Vec<_> = open.questions[0].options.iter().filter_map(|option| option.code.as_deref()).collect();
    assert_eq!(said, ["two_months", "two_months", "one_month", "one_month", "one_month", "skip"]);
    assert_eq!(open.questions[0].options[1].params["amount"], "10.00");
    let wanted = ["last", "even", "02"];
    let plan = answered(&people, &workbook, |at, _| wanted[at].to_owned());
    assert_eq!(
        paid(&plan),
        [
            "m0 2026-02 1000 E 一季度",
            "m0 2026-03 1000 E 一季度",
            "m1 2026-01 300 E 一季度",
            "m1 2026-02 300 E 一季度",
            "m1 2026-03 300 E 一季度",
            "m2 2026-02 1001 E 一季度",
        ]
    );
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn what_cannot_be_read_in_a_quarter_names_the_cell() {
    let workbook = ledger(|sheet| {
        line(sheet, 2, &["1", "赵甲", "在职", "10", "已收"]);
        line(sheet, 3, &["2", "钱乙二", "", "", "", "√"]);
    });
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(
        at(&plan.errors),
        ["党费 3 E 一季度 amount_not_understood", "党费 4 F 第二季度 amount_missing_for_tick"]
    );
}

#[test]
fn a_quarter_recorded_otherwise_is_kept_and_beside_months_it_is_only_their_sum() {
    let mut people = known(&NAMES);
    people.payments.push(KnownPayment {
        member: "m0".into(),
        month: "2026-03".into(),
        amount_fen: 3000,
        reversed: false,
    });
    people.payments.push(KnownPayment {
        member: "m1".into(),
        month: "2026-03".into(),
        amount_fen: 500,
        reversed: false,
    });
    let workbook = ledger(|sheet| {
        line(sheet, 2, &["1", "赵甲", "在职", "10", "30"]);
        line(sheet, 3, &["2", "钱乙二", "在职", "10", "30"]);
    });
    let plan = planned(&people, &workbook);
    assert_eq!(plan.payments, [], "nothing is paid twice");
    assert_eq!(at(&plan.warnings), ["党费 4 E 一季度 paid_differs_kept"]);
    assert_eq!(plan.warnings[0].params["month"], "2026-01—03");

    let both = grid(
        "2026年党费",
        &[&["姓名", "月应缴", "1月", "2月", "3月", "一季度"], &["赵甲", "10", "10", "10", "", "20"]],
    );
    let plan = planned(&known(&NAMES), &both);
    assert_eq!(paid(&plan), ["m0 2026-01 1000 C 1月", "m0 2026-02 1000 D 2月"]);
    assert!(plan.questions.is_empty() && plan.warnings.iter().all(|issue| issue.code != "quarter_sum_differs"));
}

#[test]
fn a_quarter_beside_months_that_say_less_is_not_dropped() {
    let workbook = grid(
        "2026年党费",
        &[
            &["姓名", "月应缴", "1月", "2月", "3月", "一季度"],
            &["赵甲", "10", "", "", "", "30"],
            &["钱乙二", "10", "10", "", "", "30"],
            &["孙丙三", "10", "10", "10", "10", "√"],
        ],
    );
    let people = known(&NAMES);
    let plan = planned(&people, &workbook);
    assert_eq!(
        paid(&plan)[..4],
        ["m0 2026-01 1000 F 一季度", "m0 2026-02 1000 F 一季度", "m0 2026-03 1000 F 一季度", "m1 2026-01 1000 C 1月"]
    );
    let differs: Vec<_> = plan.warnings.iter().filter(|issue| issue.code == "quarter_sum_differs").collect();
    assert_eq!(differs.len(), 1);
    assert_eq!((differs[0].row, differs[0].params["sum"].as_str()), (3, "10.00"));
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn what_is_due_in_a_ledger_by_quarters_is_monthly_only_where_it_says_so() {
    for title in ["应缴党费", "应交党费", "应缴额", "应缴金额"] {
        let workbook = grid("2026年党费", &[&["姓名", title, "一季度", "二季度"], &["赵甲", "45", "√", "45"]]);
        let plan = planned(&known(&NAMES), &workbook);
        assert_eq!(at(&plan.errors), ["2026年党费 2 C 一季度 amount_missing_for_tick"], "{title}");
        let months = grid("2026年党费", &[&["姓名", title, "1月", "2月"], &["赵甲", "45", "√", "45"]]);
        assert_eq!(planned(&known(&NAMES), &months).payments.len(), 2, "{title}");
    }
    let workbook = grid("2026年党费", &[&["姓名", "每月应缴", "一季度"], &["赵甲", "15", "√"]]);
    assert_eq!(planned(&known(&NAMES), &workbook).payments.len(), 3);
}

#[test]
fn columns_of_what_is_due_are_no_payments() {
    for (due, periods) in [("应缴", ["一季度", "二季度"]), ("应交党费", ["1月", "2月"]), ("缴纳标准", ["1", "2"])]
    {
        let bytes = xlsx("党费", |sheet| {
            title(sheet, 0, 4, "2026年度党费收缴台账");
            sheet.merge_range(1, 0, 2, 0, "姓名", &centred()).unwrap();
            sheet.merge_range(1, 1, 1, 2, due, &centred()).unwrap();
            sheet.merge_range(1, 3, 1, 4, "实缴", &centred()).unwrap();
            line(sheet, 2, &["", periods[0], periods[1], periods[0], periods[1]]);
            line(sheet, 3, &["赵甲", "30", "30", "", "30"]);
        });
        let workbook = read("党费台账.xlsx", &bytes).unwrap();
        let mapping = proposed(&workbook).remove(0);
        let columns: Vec<u32> = mapping.columns.keys().copied().collect();
        assert_eq!(columns, [0, 3, 4], "{due}");
    }
}
