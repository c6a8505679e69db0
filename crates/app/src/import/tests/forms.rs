//! 记录本: one page for each session.

use rust_xlsxwriter::Worksheet;

use super::*;
use crate::dto::import::ImportKind;
use crate::dto::meeting::{Mark, SessionKind};
use crate::import::{inspect, read};

const NAMES: [&str; 3] = ["赵甲", "钱乙二", "孙丙三"];

/// One page of the printed book, as it is typed off: four columns, long texts over three of them.
fn page(sheet: &mut Worksheet, top: u32, title_text: &str, values: &[&str; 10]) {
    title(sheet, top, 3, title_text);
    let [date, place, chair, recorder, due, present, names, absent, topic, minutes] = *values;
    line(sheet, top + 1, &["时 间", date, "地 点", place]);
    line(sheet, top + 2, &["主持人", chair, "记录人", recorder]);
    line(sheet, top + 3, &["应到人数", due, "实到人数", present]);
    for (row, label, value) in
        [(4, "参加人员", names), (5, "缺席人员及原因", absent), (6, "议题", topic), (7, "内\n容", minutes)]
    {
        sheet.write_string(top + row, 0, label).unwrap();
        sheet.merge_range(top + row, 1, top + row, 3, value, &centred()).unwrap();
    }
}

fn book(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    read("三会一课记录本.xlsx", &xlsx("记录本", fill)).unwrap()
}

const MARCH: [&str; 10] = [
    "2026年3月5日 19:30",
    "村部会议室",
    "赵甲",
    "钱乙二",
    "3",
    "2",
    "赵甲、钱乙二",
    "孙丙三(外出务工)",
    "学习条例",
    "书记领学条例全文。\n时间:会后另行通知。",
];
const APRIL: [&str; 10] =
    ["4月9日", "村部", "赵甲", "钱乙二", "3", "3", "赵甲 钱乙二 孙丙三", "无", "研究发展党员", "逐一讨论。"];

#[test]
fn each_page_of_a_book_is_a_session_and_its_cells_are_named_where_they_stand() {
    let people = known(&NAMES);
    let workbook = book(|sheet| {
        page(sheet, 0, "2026年示范一村支部党员大会记录", &MARCH);
        page(sheet, 9, "2026年示范一村支部委员会会议记录", &APRIL);
        // Printed and not filled in.
        page(sheet, 18, "支部党员大会记录", &[""; 10]);
    });
    let inspection = inspect(&workbook, &BTreeMap::new(), &BTreeMap::new());
    let seen = &inspection.sheets[0];
    assert_eq!((seen.kind, seen.rows), (Some(ImportKind::Meetings), 3));
    let columns: Vec<_> = seen
        .columns
        .iter()
        .map(|column| format!("{} {} {}", column.letter, column.title, column.field.clone().unwrap_or_default()))
        .collect();
    assert_eq!(
        columns,
        [
            "B2 时 间 date",
            "D2 地 点 place",
            "B3 主持人 chair",
            "D3 记录人 recorder",
            "B4 应到人数 due_count",
            "D4 实到人数 present_count",
            "B5 参加人员 present",
            "B6 缺席人员及原因 absent",
            "B7 议题 topic",
            "B8 内容 minutes",
        ]
    );
    let plan = planned(&people, &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert_eq!(at(&plan.warnings), Vec::<String>::new());
    assert_eq!(plan.sessions.len(), 2);
    let (first, second) = (&plan.sessions[0].row, &plan.sessions[1].row);
    assert_eq!((first.date, first.start.as_str()), (date(2026, 3, 5), "19:30"));
    assert_eq!((second.date, second.kinds.as_slice()), (date(2026, 4, 9), [SessionKind::CommitteeMeeting].as_slice()));
    assert_eq!(first.kinds, [SessionKind::MembersMeeting], "the page's own title tells the kind");
    assert_eq!((first.place.as_str(), first.chair.as_str(), first.recorder.as_str()), ("村部会议室", "赵甲", "钱乙二"));
    assert_eq!(first.minutes, "书记领学条例全文。\n时间:会后另行通知。", "what reads like a label in a text is text");
    let marks: Vec<_> = plan.sessions[0].row.marks.iter().map(|mark| (mark.name.as_str(), mark.mark)).collect();
    assert_eq!(marks, [("赵甲", Mark::Present), ("钱乙二", Mark::Present), ("孙丙三", Mark::Excused)]);
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn what_is_wrong_on_a_page_blocks_that_page_and_names_the_cell() {
    let people = known(&NAMES);
    let workbook = book(|sheet| {
        let mut wrong = MARCH;
        wrong[0] = "2026年13月5日";
        page(sheet, 0, "支部党员大会记录", &wrong);
        let mut unnamed = APRIL;
        unnamed[0] = "";
        page(sheet, 9, "支部委员会会议记录", &unnamed);
        let mut strange = APRIL;
        strange[0] = "2026.5.7";
        page(sheet, 18, "座谈记录", &strange);
        page(sheet, 27, "2026年支部委员会会议记录", &APRIL);
        // Whoever filled this in wrote the place twice, and not the same.
        line(sheet, 35, &["地点", "村小学"]);
    });
    let plan = planned(&people, &workbook);
    assert_eq!(
        at(&plan.errors),
        [
            "记录本 2 B 时 间 month_out_of_range",
            "记录本 11 B 时 间 date_missing",
            "记录本 20  meeting_kind_missing",
            "记录本 36 B 地 点 value_twice",
        ]
    );
    assert_eq!((plan.sessions.len(), plan.skipped_rows), (0, 4), "nothing is guessed");
}

#[test]
fn two_of_one_name_on_a_page_are_asked_for() {
    let people = known(&["赵甲", "赵甲", "钱乙二", "孙丙三"]);
    let workbook = book(|sheet| page(sheet, 0, "2026年支部党员大会记录", &MARCH));
    let plan = planned(&people, &workbook);
    assert_eq!(plan.questions.len(), 1, "{:?}", plan.questions);
    let question = &plan.questions[0];
    assert_eq!((question.code.as_str(), question.row), ("which_person", 5));
    assert_eq!(question.params["column"], "B 参加人员");
    let settled = answered(&people, &workbook, |_, values| values[1].clone());
    assert!(settled.sessions[0].marks.iter().any(|mark| mark.member == PersonRef::Known("m1".to_owned())));
}

#[test]
fn values_behind_a_colon_and_below_a_wide_label_are_read() {
    let workbook = book(|sheet| {
        title(sheet, 0, 1, "示范一村党课记录(2026年)");
        line(sheet, 1, &["时间:3月12日", "地点：党员活动室"]);
        line(sheet, 2, &["主持人:赵甲"]);
        line(sheet, 3, &["主题：乡村治理怎么干"]);
        title(sheet, 4, 1, "主要内容");
        title(sheet, 5, 1, "讲了三点。");
    });
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    let row = &plan.sessions[0].row;
    assert_eq!((row.date, row.kinds.as_slice()), (date(2026, 3, 12), [SessionKind::Lesson].as_slice()));
    assert_eq!(
        (row.place.as_str(), row.chair.as_str(), row.topic.as_str(), row.minutes.as_str()),
        ("党员活动室", "赵甲", "乡村治理怎么干", "讲了三点。")
    );
}

#[test]
fn a_text_without_a_label_is_an_error_of_its_page_and_no_title_of_the_next() {
    let workbook = book(|sheet| {
        title(sheet, 0, 3, "三会一课记录本(2026年)");
        page(sheet, 2, "支部党员大会记录", &MARCH);
        // The minutes went on below their cell.
        line(sheet, 10, &["2025年支部委员会的决定也传达了。"]);
        line(sheet, 11, &["", "", "第 1 页"]);
        page(sheet, 13, "支部党员大会记录", &APRIL);
        line(sheet, 21, &["", "", "第 2 页"]);
    });
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(at(&plan.errors), ["记录本 11 A text_without_label"]);
    assert_eq!(plan.errors[0].params["found"], "2025年支部委员会的决定也传达了。");
    let sessions: Vec<_> = plan.sessions.iter().map(|session| (session.row.date, session.row.kinds.clone())).collect();
    assert_eq!(sessions, [(date(2026, 4, 9), vec![SessionKind::MembersMeeting])]);
}

#[test]
fn a_printed_label_that_is_not_known_blocks_no_page() {
    let workbook = book(|sheet| {
        for (top, values) in [(0, &MARCH), (10, &APRIL)] {
            page(sheet, top, "2026年支部党员大会记录", values);
            line(sheet, top + 8, &["会场布置", "横幅一条"]);
        }
    });
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert_eq!(plan.sessions.len(), 2);
}

#[test]
fn a_value_that_begins_like_a_label_is_a_value() {
    let mut march = MARCH;
    march[9] = "主题:学习条例第三章";
    let workbook = book(|sheet| page(sheet, 0, "2026年支部党员大会记录", &march));
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    let row = &plan.sessions[0].row;
    assert_eq!((row.topic.as_str(), row.minutes.as_str()), ("学习条例", "主题:学习条例第三章"));
}

#[test]
fn a_label_above_all_pages_does_not_divide_them() {
    let workbook = book(|sheet| {
        line(sheet, 0, &["记录人", "孙丙三"]);
        page(sheet, 2, "2026年支部党员大会记录", &MARCH);
        page(sheet, 11, "2026年支部委员会会议记录", &APRIL);
    });
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert_eq!(at(&plan.warnings), ["记录本 1 B text_left_out"]);
    let sessions: Vec<_> =
        plan.sessions.iter().map(|session| (session.row.date, session.row.recorder.as_str())).collect();
    assert_eq!(sessions, [(date(2026, 3, 5), "钱乙二"), (date(2026, 4, 9), "钱乙二")]);
}
