use rust_xlsxwriter::Worksheet;

use super::*;
use crate::dto::visit::VisitKind;

fn record(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    let bytes = xlsx("走访记录", |sheet| {
        title(sheet, 0, 13, "示范一村2026年圆桌夜谈走访记录");
        for (column, text) in
            ["序号", "时间", "地点", "户主", "门牌号", "联系电话", "走访人", "情况", "困难"].iter().enumerate()
        {
            sheet.merge_range(1, column as u16, 2, column as u16, text, &centred()).unwrap();
        }
        sheet.merge_range(1, 9, 1, 12, "诉求", &centred()).unwrap();
        line(sheet, 2, &["", "", "", "", "", "", "", "", "", "内容", "类别", "责任人", "时限"]);
        sheet.merge_range(1, 13, 2, 13, "后续", &centred()).unwrap();
        fill(sheet);
    });
    super::super::read("走访.xlsx", &bytes).unwrap()
}

fn usual(sheet: &mut Worksheet) {
    line(
        sheet,
        3,
        &[
            "1",
            "3月5日",
            "",
            "冯 甲",
            "12号",
            "138 0000 0000",
            "赵甲、钱乙二",
            "家中三口",
            "无",
            "门前路灯不亮",
            "道路",
            "赵甲",
            "3月底前",
        ],
    );
    line(sheet, 4, &["2", "3月5日", "", "冯甲", "", "", "赵甲", "", "缺劳力", "无"]);
    line(sheet, 5, &["3", "2026.3.20", "村文化广场", "", "", "", "赵甲", "乘凉群众十余人", "", "", "", "", ""]);
    line(
        sheet,
        6,
        &[
            "4",
            "4月2日",
            "",
            "陈乙",
            "15",
            "",
            "钱乙二",
            "正常",
            "",
            "想学养蜂",
            "",
            "钱乙二",
            "2026.5.1",
            "已联系培训",
        ],
    );
}

#[test]
fn a_record_of_visits_is_read() {
    let workbook = record(|sheet| {
        usual(sheet);
        sheet.write_string(3, 12, "2026.3.31").unwrap();
    });
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert_eq!((plan.visits.len(), plan.households.len()), (4, 2));
    let first = &plan.visits[0];
    assert_eq!((first.row.date, first.row.kind), (date(2026, 3, 5), VisitKind::RoundTable), "the title says the kind");
    assert_eq!(
        (first.row.household.as_str(), first.row.door.as_str(), first.row.phone.as_str()),
        ("冯甲", "12号", "13800000000")
    );
    assert_eq!(first.row.visitors, ["赵甲", "钱乙二"]);
    let concern = first.row.concern.as_ref().unwrap();
    assert_eq!(
        (concern.text.as_str(), concern.category.as_str(), concern.owner.as_str()),
        ("门前路灯不亮", "roads", "赵甲")
    );
    assert_eq!(concern.deadline, Some(date(2026, 3, 31)));
    let second = &plan.visits[1];
    assert_eq!(
        (second.row.situation.as_str(), second.row.concern.is_none()),
        ("困难：缺劳力", true),
        "无 is no concern"
    );
    assert_eq!(second.household, first.household, "the same household without its door");
    assert_eq!((plan.visits[2].household.is_none(), plan.visits[2].row.place.as_str()), (true, "村文化广场"));
    assert_eq!(plan.visits[3].row.concern.as_ref().unwrap().follow_up, "已联系培训");
    assert_second_time_changes_nothing(&Known::default(), &plan, &workbook);
}

#[test]
fn errors_of_visits_name_the_cell() {
    let workbook = record(|sheet| {
        usual(sheet);
        line(sheet, 7, &["5", "2026.13", "", "陈乙", "15"]);
        line(sheet, 8, &["6", "4月31日", "", "陈乙", "15"]);
        line(sheet, 9, &["7", "4月30日", "", "", "", "", "赵甲", "闲聊"]);
    });
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(
        at(&plan.errors),
        [
            "走访记录 4 M 诉求/时限 date_not_understood",
            "走访记录 8 B 时间 month_out_of_range",
            "走访记录 9 B 时间 day_out_of_range",
            "走访记录 10 D 户主 household_missing",
        ]
    );
    assert_eq!(plan.visits.len(), 3);
}

#[test]
fn a_recorded_household_gets_its_phone_and_two_of_one_name_are_asked_about() {
    let workbook = grid(
        "走访",
        &[&["时间", "户主", "门牌", "电话", "走访人", "情况"], &["2026.3.5", "冯甲", "", "13800000000", "赵甲", "好"]],
    );
    let home = |id: &str, door: &str| KnownHousehold {
        id: id.to_owned(),
        name: "冯甲".to_owned(),
        door: door.to_owned(),
        phone: String::new(),
    };
    let one = Known { households: vec![home("h0", "12号")], ..Known::default() };
    let plan = planned(&one, &workbook);
    assert_eq!(plan.household_completions[0].phone.as_deref(), Some("13800000000"));
    assert_second_time_changes_nothing(&one, &plan, &workbook);
    let two = Known { households: vec![home("h0", "12号"), home("h1", "15号")], ..Known::default() };
    let open = planned(&two, &workbook);
    assert_eq!(open.questions[0].code, "which_household");
    let plan = answered(&two, &workbook, |_, values| values[1].clone());
    assert_eq!(plan.visits[0].household, Some(HouseholdRef::Known("h1".to_owned())));
    assert_second_time_changes_nothing(&two, &plan, &workbook);
}

#[test]
fn what_goes_up_does_not_name_the_household() {
    let workbook = grid(
        "走访",
        &[
            &["时间", "地点", "户主", "门牌", "电话", "走访人", "情况"],
            &["2026.3.5", "冯甲家", "冯 甲", "12号", "13800000000", "赵甲", "冯甲一人在家，电话13800000000"],
        ],
    );
    let nobody = Known::default();
    let plan = planned(&nobody, &workbook);
    let row = &plan.visits[0].row;
    assert_eq!((row.place.as_str(), row.situation.as_str()), ("该户家", "该户一人在家，电话"));
    assert_eq!(at(&plan.warnings), ["走访 2 A 时间 name_left_out"]);
    assert_second_time_changes_nothing(&nobody, &plan, &workbook);

    // The same visit as somebody typed it.
    let mut typed = written(&nobody, &plan);
    typed.visits[0].text = "冯甲一人在家，电话13800000000".to_owned();
    assert_eq!(planned(&typed, &workbook).same_rows, 1);
}

#[test]
fn a_text_longer_than_the_form_takes_blocks_its_row() {
    let long = "长".repeat(501);
    let workbook = grid(
        "走访",
        &[
            &["时间", "户主", "走访人", "情况"],
            &["2026.3.5", "冯甲", "赵甲", &long],
            &["2026.3.5", "陈乙", "赵甲", "好"],
        ],
    );
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(at(&plan.errors), ["走访 2 D 情况 text_too_long"]);
    assert_eq!(plan.errors[0].params["max"], "500");
    assert_eq!((plan.visits.len(), plan.skipped_rows), (1, 1));
}
