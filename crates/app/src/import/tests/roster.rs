use rust_xlsxwriter::Worksheet;

use super::*;
use crate::dto::member::MemberKind;

fn roster(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    let bytes = xlsx("党员名册", |sheet| {
        title(sheet, 0, 7, "示范一村党支部党员名册");
        title(sheet, 1, 7, "（截至2026年3月）");
        line(sheet, 2, &["序号", "姓 名", "性别", "出生\n年月", "党员类别", "入党时间", "所在党小组", "党内职务"]);
        fill(sheet);
    });
    super::super::read("名册.xlsx", &bytes).unwrap()
}

fn usual(sheet: &mut Worksheet) {
    line(sheet, 3, &["1", "赵 甲", "男", "1975.8", "正式", "1998.7.1", "第一党小组", "支部书记"]);
    line(sheet, 4, &["2", "钱乙二", "女", "1982年10月", "正式党员", "2005-07", "第一党小组", "组织委员"]);
    sheet.write_number(5, 0, 3).unwrap();
    line(sheet, 5, &["", "孙丙三", "男", "", "预备", "", "第二党小组", ""]);
    sheet.write_number(5, 3, 1990.12).unwrap();
    sheet.write_number(5, 5, 45800).unwrap();
    line(sheet, 6, &["4"]);
    line(sheet, 7, &["合 计", "3人"]);
    line(sheet, 8, &["制表人：赵甲", "", "", "", "审核人：钱乙二"]);
}

#[test]
fn a_roster_with_titles_spaces_and_a_total_is_read() {
    let workbook = roster(usual);
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert_eq!(plan.new_rows, 3, "the numbered blank row, the total and the signatures are no members");
    let first = &plan.members[0].input;
    assert_eq!((first.name.as_str(), first.sex, first.birth_month.as_str()), ("赵甲", Some(1), "1975-08"));
    assert_eq!((first.joined.as_str(), first.group.as_str()), ("1998-07-01", "第一党小组"));
    assert_eq!(first.posts, ["secretary"]);
    assert_eq!(plan.members[1].input.birth_month, "1982-10");
    let third = &plan.members[2].input;
    assert_eq!((third.birth_month.as_str(), third.joined.as_str()), ("1990-12", "2025-05-23"), "numbers are read");
    assert_eq!(third.kind, MemberKind::Probationary);
    assert_eq!(plan.samples[0], "赵甲，男，1975-08，正式党员，1998-07-01入党，第一党小组");
    assert_second_time_changes_nothing(&Known::default(), &plan, &workbook);
}

#[test]
fn an_error_names_the_cell_and_blocks_only_its_row() {
    let workbook = roster(|sheet| {
        usual(sheet);
        line(sheet, 9, &["5", "李丁四", "男", "1980.5", "正式", "2026.13", "第二党小组", ""]);
        line(sheet, 10, &["6", "", "女", "1980.5", "正式", "2010.7", "", ""]);
        line(sheet, 11, &["7", "周戊五", "不详", "1980.5", "入党积极分子", "2010.7", "", ""]);
    });
    let plan = planned(&Known::default(), &workbook);
    assert_eq!(
        at(&plan.errors),
        [
            "党员名册 10 F 入党时间 month_out_of_range",
            "党员名册 11 B 姓 名 name_missing",
            "党员名册 12 C 性别 sex_not_understood",
            "党员名册 12 E 党员类别 not_a_member",
        ]
    );
    let params = &plan.errors[0].params;
    assert_eq!(
        (params["found"].as_str(), params["example"].as_str(), params["todo"].as_str()),
        ("2026.13", "2026.3", "correct_cell"),
        "what stands there, how to write it and what to do"
    );
    assert_eq!((plan.new_rows, plan.skipped_rows), (3, 3));
}

#[test]
fn two_people_of_one_name_are_asked_about() {
    let workbook = roster(|sheet| {
        usual(sheet);
        line(sheet, 9, &["5", "赵甲", "男", "1990.2", "正式", "2015.6", "第二党小组", ""]);
    });
    let open = planned(&Known::default(), &workbook);
    assert_eq!(open.questions.len(), 1);
    let question = &open.questions[0];
    assert_eq!((question.code.as_str(), question.row), ("same_person", 10));
    assert_eq!(question.id, "same_person|党员名册|10|赵甲", "the id is stable");
    let labels: Vec<&str> = question.options.iter().map(|option| option.label.as_str()).collect();
    assert_eq!(labels, ["赵甲（1975-08生，1998-07-01入党，第一党小组，名册第4行）", "另一位赵甲，新增", "不导入"]);
    let left = answered(&Known::default(), &workbook, |_, values| values.last().unwrap().clone());
    assert_eq!((left.new_rows, left.skipped_rows, left.questions.len()), (3, 1, 0), "a row may be left out for now");
    let other = answered(&Known::default(), &workbook, |_, _| "new".to_owned());
    assert_eq!((other.new_rows, other.questions.len()), (4, 0));
    assert!(other.members[3].input.distinct, "the user confirmed another person");
    assert_second_time_changes_nothing(&Known::default(), &other, &workbook);
    let same = answered(&Known::default(), &workbook, |_, values| values[0].clone());
    assert_eq!(same.new_rows, 3);
}

#[test]
fn a_name_that_sounds_like_one_recorded_is_told_and_still_entered() {
    let workbook = roster(usual);
    let mut known = known(&["照假"]);
    known.members[0].birth_month = "1975-08".to_owned();
    let plan = planned(&known, &workbook);
    assert_eq!(at(&plan.warnings), ["党员名册 4 B 姓 名 name_similar"]);
    assert_eq!(plan.new_rows, 3, "a person decides on the roster");
    known.members[0].birth_month = "1975-09".to_owned();
    assert!(planned(&known, &workbook).warnings.is_empty(), "another month of birth is another person");
}

#[test]
fn a_recorded_member_is_completed_and_never_overwritten() {
    let workbook = roster(usual);
    let mut known = known(&["赵甲", "钱乙二"]);
    known.members[1].birth_month = "1982-10".to_owned();
    known.members[1].group = "第三党小组".to_owned();
    let plan = planned(&known, &workbook);
    assert_eq!((plan.new_rows, plan.changed_rows, plan.questions.len()), (1, 2, 0));
    let first = &plan.member_completions[0];
    assert_eq!((first.id.as_str(), first.birth_month.as_deref()), ("m0", Some("1975-08")));
    assert_eq!(plan.member_completions[1].group, None);
    assert_eq!(at(&plan.warnings), ["党员名册 5 B 姓 名 value_differs_kept"]);
    assert_eq!(plan.warnings[0].params["recorded"], "第三党小组");
    let after = written(&known, &plan);
    let again = planned(&after, &workbook);
    assert_eq!((again.new_rows, again.changed_rows, again.same_rows), (0, 0, 3));
}

#[test]
fn a_recorded_member_with_another_birth_month_is_asked_about() {
    let workbook = roster(usual);
    let mut known = known(&["赵甲"]);
    known.members[0].birth_month = "1960-01".to_owned();
    let open = planned(&known, &workbook);
    assert_eq!(open.questions[0].code, "same_person");
    let same = answered(&known, &workbook, |_, values| values[0].clone());
    assert_eq!(same.new_rows, 2);
    assert!(at(&same.warnings).contains(&"党员名册 4 B 姓 名 value_differs_kept".to_owned()));
}

#[test]
fn a_roster_without_dates_is_the_same_the_second_time_even_with_two_of_one_name() {
    let workbook =
        grid("党员名册", &[&["姓名", "性别", "党小组"], &["赵甲", "男", ""], &["赵甲", "男", ""], &["钱乙", "女", ""]]);
    let plan = answered(&Known::default(), &workbook, |_, _| "new".to_owned());
    assert_eq!(plan.new_rows, 3);
    assert_second_time_changes_nothing(&Known::default(), &plan, &workbook);
}

#[test]
fn a_divider_gives_the_group_to_the_rows_below() {
    let workbook = roster(|sheet| {
        title(sheet, 3, 7, "第一党小组");
        line(sheet, 4, &["1", "赵甲", "男", "1975.8", "正式", "1998.7.1", "", ""]);
        title(sheet, 5, 7, "第二党小组");
        line(sheet, 6, &["2", "钱乙", "女", "1985.8", "正式", "2008.7.1", "", ""]);
    });
    let plan = planned(&Known::default(), &workbook);
    let groups: Vec<&str> = plan.members.iter().map(|member| member.input.group.as_str()).collect();
    assert_eq!(groups, ["第一党小组", "第二党小组"]);
}

#[test]
fn a_group_merged_over_several_rows_counts_for_each() {
    let workbook = roster(|sheet| {
        line(sheet, 3, &["1", "赵甲", "男", "1975.8", "正式", "1998.7.1", "", ""]);
        line(sheet, 4, &["2", "钱乙", "女", "1985.8", "正式", "2008.7.1", "", ""]);
        sheet.merge_range(3, 6, 4, 6, "第一党小组", &centred()).unwrap();
    });
    let plan = planned(&Known::default(), &workbook);
    assert!(plan.members.iter().all(|member| member.input.group == "第一党小组"));
}

#[test]
fn id_numbers_are_found_by_their_title_and_shown_by_their_ends() {
    let rows: [&[&str]; 2] = [
        &["姓名", "党员类别", "入党时间", "身份证号", "联系电话"],
        &["赵甲一", "正式党员", "1970-07", "11010519491231002X", "13800000001"],
    ];
    let workbook = grid("名册", &rows);
    let inspection = crate::import::inspect(&workbook, &BTreeMap::new(), &BTreeMap::new());
    let columns = &inspection.sheets[0].columns;
    let found: Vec<(Option<&str>, &str)> =
        columns.iter().map(|column| (column.field.as_deref(), column.samples[0].as_str())).collect();
    assert_eq!(found[3..], [(Some("id_number"), "1****************X"), (Some("phone"), "13800000001")]);
    let known = Known { private_open: true, ..Known::default() };
    let planned = plan(&known, &workbook, &proposed(&workbook), &BTreeMap::new(), TODAY);
    assert_eq!(planned.members[0].private.id_number, "11010519491231002X");
    assert!(!format!("{planned:?}").contains("19491231002"), "what is printed has no number");
    let closed = plan(&Known::default(), &workbook, &proposed(&workbook), &BTreeMap::new(), TODAY);
    assert_eq!(closed.members[0].private, Default::default());
    assert!(at(&closed.warnings).iter().any(|place| place.ends_with("private_left_out")));
}
