use rust_xlsxwriter::Worksheet;

use super::*;
use crate::dto::dues::DuesClass;

const MONTHS: [&str; 12] = ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"];

/// 党费台账 with a title, a header of two rows merged over each other, and a total with formulas.
fn ledger(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    let bytes = xlsx("党费", |sheet| {
        title(sheet, 0, 18, "示范一村党支部2026年度党费收缴台账");
        for (column, text) in ["序号", "姓名", "缴费类别", "党费基数（元）", "月应缴（元）"].iter().enumerate()
        {
            sheet.merge_range(1, column as u16, 2, column as u16, text, &centred()).unwrap();
        }
        sheet.merge_range(1, 5, 1, 16, "实缴情况", &centred()).unwrap();
        for (place, month) in MONTHS.iter().enumerate() {
            sheet.write_string(2, 5 + place as u16, *month).unwrap();
        }
        sheet.merge_range(1, 17, 2, 17, "全年实缴", &centred()).unwrap();
        sheet.merge_range(1, 18, 2, 18, "备注", &centred()).unwrap();
        fill(sheet);
    });
    super::super::read("党费台账.xlsx", &bytes).unwrap()
}

fn usual(sheet: &mut Worksheet) {
    line(sheet, 3, &["1", "赵 甲", "在职", "4,500元", "45.00", "45", "45.00", "￥45"]);
    sum(sheet, 3, 17, "SUM(F4:Q4)", "135");
    line(sheet, 4, &["2", "钱乙二", "农民", "", "0.2元", "√", "√", "×"]);
    sheet.write_number(5, 0, 3).unwrap();
    line(sheet, 5, &["", "孙丙三", "离退休", "", "", "", "", ""]);
    sheet.write_number(5, 3, 4000).unwrap();
    sheet.write_number(5, 4, 20).unwrap();
    sheet.write_number(5, 5, 20).unwrap();
    line(sheet, 6, &["合计"]);
    sum(sheet, 6, 4, "SUM(E4:E6)", "65.2");
    for column in 5..17 {
        sum(sheet, 6, column, "SUM(F4:F6)", "65.2");
    }
}

#[test]
fn a_ledger_with_two_header_rows_and_month_columns_is_read() {
    let workbook = ledger(usual);
    let people = known(&["赵甲", "钱乙二", "孙丙三"]);
    let plan = planned(&people, &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    let payments: Vec<(String, i64)> =
        plan.payments.iter().map(|payment| (payment.month.clone(), payment.amount_fen)).collect();
    let expected =
        [("2026-01", 4500), ("2026-02", 4500), ("2026-03", 4500), ("2026-01", 20), ("2026-02", 20), ("2026-01", 2000)];
    assert_eq!(payments, expected.map(|(month, fen)| (month.to_owned(), fen)), "a tick is the monthly amount");
    let assessments: Vec<(DuesClass, Option<i64>, Option<i64>)> = plan
        .assessments
        .iter()
        .map(|assessment| (assessment.class, assessment.base_fen, assessment.monthly_fen))
        .collect();
    assert_eq!(
        assessments,
        [
            (DuesClass::Salaried, Some(450_000), Some(4500)),
            (DuesClass::Farmer, None, Some(20)),
            (DuesClass::Retired, Some(400_000), Some(2000)),
        ]
    );
    assert_eq!(plan.payments[0].origin.column, "F 实缴情况/1月");
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn errors_name_the_month_column() {
    let workbook = ledger(|sheet| {
        usual(sheet);
        line(sheet, 7, &["4", "李丁四", "农民", "", "", "√"]);
        line(sheet, 8, &["5", "周戊五", "农民", "4500.005", "0.20", "0.20", "两毛"]);
        line(sheet, 9, &["6", "吴己六", "农民", "", "0.20", "0.20"]);
    });
    let plan = planned(&known(&["赵甲", "钱乙二", "孙丙三", "李丁四", "周戊五"]), &workbook);
    assert_eq!(
        at(&plan.errors),
        [
            "党费 8 F 实缴情况/1月 amount_missing_for_tick",
            "党费 9 D 党费基数（元） amount_too_many_decimals",
            "党费 9 G 实缴情况/2月 amount_not_understood",
            "党费 10 B 姓名 person_unknown",
        ]
    );
    assert_eq!(plan.errors[3].params["todo"], "import_roster_first");
    assert_eq!((plan.payments.len(), plan.skipped_rows), (6, 3), "the other rows are taken");
}

#[test]
fn a_name_of_two_members_is_asked_about_once() {
    let workbook = ledger(|sheet| {
        line(sheet, 3, &["1", "赵 甲", "农民", "", "0.20", "√", "√"]);
        line(sheet, 4, &["2", "赵甲", "农民", "", "0.20", "√", "√"]);
    });
    let people = Known {
        members: vec![member("a", "赵甲", "1975-08", "第一党小组"), member("b", "赵甲", "1990-02", "第二党小组")],
        ..Known::default()
    };
    let open = planned(&people, &workbook);
    let ids: Vec<&str> = open.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["which_person|党费|4|赵甲", "which_person|党费|5|赵甲"]);
    assert_eq!(open.questions[0].options[1].label, "赵甲（1990-02生，第二党小组）");
    assert!(open.payments.is_empty(), "nothing is given to either before the answer");
    let plan = answered(&people, &workbook, |at, values| values[at].clone());
    assert_eq!(plan.payments.len(), 4);
    assert_second_time_changes_nothing(&people, &plan, &workbook);
    let skipped = answered(&people, &workbook, |_, values| values.last().unwrap().clone());
    assert!(skipped.payments.is_empty() && skipped.questions.is_empty());
}

#[test]
fn a_recorded_payment_is_never_added_to() {
    let workbook = ledger(usual);
    let mut people = known(&["赵甲", "钱乙二", "孙丙三"]);
    let payment = |month: &str, amount_fen, reversed| KnownPayment {
        member: "m0".to_owned(),
        month: month.to_owned(),
        amount_fen,
        reversed,
    };
    people.payments =
        vec![payment("2026-01", 4500, false), payment("2026-02", 3000, false), payment("2026-03", 4500, true)];
    let plan = planned(&people, &workbook);
    assert!(plan.payments.iter().all(|payment| payment.member != PersonRef::Known("m0".to_owned())));
    assert_eq!(
        at(&plan.warnings),
        ["党费 4 G 实缴情况/2月 paid_differs_kept", "党费 4 H 实缴情况/3月 payment_was_reversed"]
    );
    assert_eq!(
        (plan.warnings[0].params["recorded"].as_str(), plan.warnings[0].params["found"].as_str()),
        ("30.00", "45.00")
    );
}

#[test]
fn roster_and_dues_of_one_workbook_go_together() {
    let mut workbook = ledger(usual);
    let roster = grid(
        "名册",
        &[
            &["姓名", "性别", "出生年月"],
            &["赵甲", "男", "1975.8"],
            &["钱乙二", "女", "1980.1"],
            &["孙丙三", "男", "1955.1"],
        ],
    );
    workbook.sheets.extend(roster.sheets);
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(plan.members.len(), 3);
    assert_eq!(plan.payments[0].member, PersonRef::New(0), "the dues sheet stands before the roster, and still");
    assert_second_time_changes_nothing(&Known::default(), &plan, &workbook);
}

#[test]
fn a_ledger_without_a_year_asks_for_it() {
    let workbook = grid("党费", &[&["姓名", "月应缴", "1月", "2月", "3月"], &["赵甲", "0.2", "√", "√", "√"]]);
    let plan = planned(&known(&["赵甲"]), &workbook);
    assert_eq!(at(&plan.errors), ["党费 1  year_missing"]);
    let mut mappings = proposed(&workbook);
    mappings[0].year = Some(2025);
    let plan = super::super::plan(&known(&["赵甲"]), &workbook, &mappings, &BTreeMap::new(), TODAY);
    assert_eq!(plan.payments[0].month, "2025-01");
}

#[test]
fn months_with_amount_and_date_below_are_read() {
    let bytes = xlsx("党费", |sheet| {
        title(sheet, 0, 5, "2026年党费");
        sheet.merge_range(1, 0, 2, 0, "姓名", &centred()).unwrap();
        sheet.merge_range(1, 1, 2, 1, "月应缴", &centred()).unwrap();
        sheet.merge_range(1, 2, 1, 3, "一月", &centred()).unwrap();
        sheet.merge_range(1, 4, 1, 5, "二月", &centred()).unwrap();
        line(sheet, 2, &["", "", "金额", "日期", "金额", "日期"]);
        line(sheet, 3, &["赵甲", "0.20", "0.20", "1月15日", "0.20", "2.10"]);
    });
    let workbook = super::super::read("a.xlsx", &bytes).unwrap();
    let plan = planned(&known(&["赵甲"]), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    let days: Vec<_> = plan.payments.iter().map(|payment| payment.on.unwrap().to_string()).collect();
    assert_eq!(days, ["2026-01-15", "2026-02-10"]);
}

#[test]
fn a_class_without_an_amount_is_no_assessment() {
    let workbook = ledger(|sheet| {
        line(sheet, 3, &["1", "赵甲", "农民", "", "", "0.20"]);
        line(sheet, 4, &["2", "钱乙二", "学生"]);
    });
    let plan = planned(&known(&["赵甲", "钱乙二"]), &workbook);
    assert_eq!(plan.assessments.len(), 1, "a student's due is fixed by the rule");
    assert_eq!(at(&plan.warnings), ["党费 4 B 姓名 monthly_missing"]);
}
