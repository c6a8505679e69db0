use rust_xlsxwriter::Worksheet;

use super::*;
use crate::dto::meeting::{Mark, SessionKind};

const NAMES: [&str; 4] = ["赵甲", "钱乙二", "孙丙三", "李丁四"];

/// 三会一课记录: one row for each session, members across the top under a merged title.
fn record(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    let bytes = xlsx("三会一课", |sheet| {
        title(sheet, 0, 13, "示范一村党支部2026年“三会一课”记录");
        let heads = ["序号", "时间", "会议类型", "地点", "主持人", "记录人", "议题", "应到", "实到", "缺席及原因"];
        for (column, text) in heads.iter().enumerate() {
            sheet.merge_range(1, column as u16, 2, column as u16, text, &centred()).unwrap();
        }
        sheet.merge_range(1, 10, 1, 13, "到会情况", &centred()).unwrap();
        line(sheet, 2, &["", "", "", "", "", "", "", "", "", "", "赵 甲", "钱乙二", "孙丙三", "李丁四"]);
        fill(sheet);
    });
    super::super::read("三会一课.xlsx", &bytes).unwrap()
}

fn usual(sheet: &mut Worksheet) {
    line(
        sheet,
        3,
        &[
            "1",
            "3月5日",
            "支部党员大会",
            "村部会议室",
            "赵甲",
            "钱乙二",
            "学习条例",
            "4",
            "2",
            "李丁四（外出务工）",
            "√",
            "√",
            "假",
            "",
        ],
    );
    line(
        sheet,
        4,
        &[
            "2",
            "2026.3.12 19:30",
            "支委会",
            "村部",
            "赵甲",
            "钱乙二",
            "研究发展党员",
            "",
            "",
            "无",
            "到",
            "到",
            "",
            "×",
        ],
    );
    line(sheet, 5, &["合计"]);
}

fn marks(plan: &Plan, session: usize) -> Vec<(String, Mark, String)> {
    let mut marks: Vec<_> = plan.sessions[session]
        .marks
        .iter()
        .map(|mark| match &mark.member {
            PersonRef::Known(id) => (id.clone(), mark.mark, mark.reason.clone()),
            PersonRef::New(at) => (format!("new{at}"), mark.mark, mark.reason.clone()),
        })
        .collect();
    marks.sort_by(|one, other| one.0.cmp(&other.0));
    marks
}

fn entry(id: &str, mark: Mark, reason: &str) -> (String, Mark, String) {
    (id.to_owned(), mark, reason.to_owned())
}

#[test]
fn a_record_with_a_roll_call_is_read() {
    let workbook = record(usual);
    let people = known(&NAMES);
    let plan = planned(&people, &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    assert_eq!(at(&plan.warnings), Vec::<String>::new());
    assert_eq!(plan.sessions.len(), 2);
    let first = &plan.sessions[0].row;
    assert_eq!((first.date, first.kinds.as_slice()), (date(2026, 3, 5), [SessionKind::MembersMeeting].as_slice()));
    assert_eq!((first.place.as_str(), first.chair.as_str(), first.topic.as_str()), ("村部会议室", "赵甲", "学习条例"));
    assert_eq!(
        marks(&plan, 0),
        [
            entry("m0", Mark::Present, ""),
            entry("m1", Mark::Present, ""),
            entry("m2", Mark::Excused, ""),
            entry("m3", Mark::Excused, "外出务工"),
        ]
    );
    assert_eq!(plan.sessions[1].row.start, "19:30");
    assert_eq!(
        marks(&plan, 1),
        [entry("m0", Mark::Present, ""), entry("m1", Mark::Present, ""), entry("m3", Mark::Absent, "")],
        "a blank cell is unconfirmed, never present"
    );
    assert_eq!(plan.samples[0], "2026-03-05 支部党员大会：学习条例，到2人");
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn errors_of_a_record_name_the_cell() {
    let workbook = record(|sheet| {
        usual(sheet);
        line(sheet, 6, &["3", "2026.13.1", "党课", "", "", "", "讲党课"]);
        line(sheet, 7, &["4", "4月2日", "座谈", "", "", "", "闲谈"]);
        line(sheet, 8, &["5", "4月9日", "支委会", "", "", "", "议事", "", "3", "", "√", "√", "？"]);
        line(sheet, 9, &["6", "12月9日", "支委会", "", "", "", "议事"]);
        line(sheet, 10, &["7", "", "支委会", "", "", "", "议事"]);
    });
    let plan = planned(&known(&NAMES), &workbook);
    assert_eq!(
        at(&plan.errors),
        [
            "三会一课 7 B 时间 month_out_of_range",
            "三会一课 8 C 会议类型 meeting_kind_missing",
            "三会一课 9 M 到会情况/孙丙三 mark_not_understood",
            "三会一课 10 B 时间 date_in_future",
            "三会一课 11 B 时间 date_missing",
        ]
    );
    assert_eq!(at(&plan.warnings), ["三会一课 9 I 实到 count_differs"]);
    assert_eq!(plan.sessions.len(), 2);
}

#[test]
fn an_unknown_name_in_a_roll_call_is_told_once_and_the_session_is_taken() {
    let workbook = record(usual);
    let plan = planned(&known(&["赵甲", "钱乙二", "孙丙三"]), &workbook);
    assert_eq!(plan.sessions.len(), 2);
    assert_eq!(
        at(&plan.warnings),
        ["三会一课 4 J 缺席及原因 person_unknown", "三会一课 5 N 到会情况/李丁四 person_unknown"]
    );
}

/// Members down the side, sessions across the top.
fn across(fill: impl FnOnce(&mut Worksheet)) -> Workbook {
    let bytes = xlsx("签到表", |sheet| {
        title(sheet, 0, 4, "2026年党员大会、党课出勤表");
        sheet.merge_range(1, 0, 2, 0, "姓名", &centred()).unwrap();
        sheet.merge_range(1, 1, 2, 1, "党小组", &centred()).unwrap();
        sheet.merge_range(1, 2, 1, 3, "支部党员大会", &centred()).unwrap();
        line(sheet, 1, &["", "", "", "", "党课"]);
        line(sheet, 2, &["", "", "3月5日", "6.18", "2026年5月20日"]);
        fill(sheet);
    });
    super::super::read("签到.xlsx", &bytes).unwrap()
}

#[test]
fn members_by_sessions_is_read() {
    let workbook = across(|sheet| {
        line(sheet, 3, &["赵 甲", "一组", "√", "√", "√"]);
        line(sheet, 4, &["钱乙二", "一组", "×", "病假", "√"]);
        line(sheet, 5, &["合计", "", "1", "1", "2"]);
    });
    let people = known(&NAMES);
    let plan = planned(&people, &workbook);
    assert_eq!(at(&plan.errors), Vec::<String>::new());
    let dates: Vec<_> = plan.sessions.iter().map(|session| (session.row.date, session.row.kinds[0])).collect();
    assert_eq!(
        dates,
        [
            (date(2026, 3, 5), SessionKind::MembersMeeting),
            (date(2026, 6, 18), SessionKind::MembersMeeting),
            (date(2026, 5, 20), SessionKind::Lesson),
        ]
    );
    assert_eq!(marks(&plan, 1), [entry("m0", Mark::Present, ""), entry("m1", Mark::Excused, "病假")]);
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn a_list_and_a_roll_call_of_one_session_make_one_session() {
    let mut workbook = record(usual);
    workbook.sheets.extend(across(|sheet| line(sheet, 3, &["李丁四", "", "请假", "√", "√"])).sheets);
    let people = known(&NAMES);
    let plan = planned(&people, &workbook);
    assert_eq!(plan.sessions.len(), 4, "3月5日 stands in both sheets");
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn two_of_one_name_in_a_roll_call_are_asked_about_by_column() {
    let workbook = record(usual);
    let mut people = known(&NAMES);
    people.members.push(member("b", "赵甲", "1990-02", "第二党小组"));
    let open = planned(&people, &workbook);
    let ids: Vec<&str> = open.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["which_person|三会一课|K|赵甲"], "one column, one question");
    let plan = answered(&people, &workbook, |_, values| values[1].clone());
    assert!(marks(&plan, 0).contains(&entry("b", Mark::Present, "")));
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn a_recorded_session_gets_what_is_missing_and_keeps_what_it_has() {
    let workbook = record(usual);
    let mut people = known(&NAMES);
    people.sessions.push(KnownSession {
        id: "s0".to_owned(),
        date: date(2026, 3, 5),
        kinds: vec![SessionKind::MembersMeeting],
        topic: String::new(),
        group: String::new(),
        start: String::new(),
        place: "文化广场".to_owned(),
        chair: String::new(),
        recorder: String::new(),
        minutes: String::new(),
        resolution: String::new(),
        marks: BTreeMap::from([("m0".to_owned(), Mark::Absent), ("m1".to_owned(), Mark::Present)]),
        beside: std::collections::BTreeSet::new(),
    });
    let plan = planned(&people, &workbook);
    assert_eq!((plan.new_rows, plan.changed_rows), (1, 1));
    let completion = &plan.session_completions[0];
    assert_eq!((completion.topic.as_deref(), completion.place.as_deref()), (Some("学习条例"), None));
    let filled: Vec<_> = completion.marks.iter().map(|mark| mark.member.clone()).collect();
    assert_eq!(filled, [PersonRef::Known("m2".to_owned()), PersonRef::Known("m3".to_owned())]);
    assert_eq!(at(&plan.warnings), ["三会一课 4 B 时间 value_differs_kept", "三会一课 4 B 时间 mark_differs_kept"]);
}

#[test]
fn group_meetings_of_one_day_are_several() {
    let workbook = grid(
        "党小组会",
        &[
            &["时间", "会议类型", "党小组", "议题", "参加人员"],
            &["2026.3.5", "党小组会", "第一党小组", "学习", "赵甲、钱乙二"],
            &["2026.3.5", "党小组会", "第二党小组", "学习", "孙丙三"],
        ],
    );
    let people = known(&NAMES);
    let plan = planned(&people, &workbook);
    assert_eq!(plan.sessions.len(), 2);
    assert_eq!(marks(&plan, 0), [entry("m0", Mark::Present, ""), entry("m1", Mark::Present, "")]);
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}

#[test]
fn guests_who_sat_in_are_kept_by_their_names() {
    let workbook = grid(
        "支委会",
        &[
            &["时间", "会议类型", "议题", "参加人员", "列席人员"],
            &["2026.3.5", "支委会", "研究工作", "赵甲、钱乙二", "孙丙三、驻村干部"],
        ],
    );
    let people = known(&NAMES);
    let plan = planned(&people, &workbook);
    assert_eq!(at(&plan.warnings), Vec::<String>::new(), "a guest need not be on the roster");
    assert_eq!(plan.sessions[0].beside, ["驻村干部"]);
    assert!(marks(&plan, 0).contains(&entry("m2", Mark::NonVoting, "")));
    assert_second_time_changes_nothing(&people, &plan, &workbook);
}
