//! 三会一课记录: a list of sessions, and the roll call of the large ones as members × sessions.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::random::Random;
use super::village::{GROUPS, Village};
use super::{Scope, boxed, line, tall, title};

struct Session {
    month: u8,
    day: u8,
    kind: &'static str,
    topic: &'static str,
    group: Option<usize>,
    /// Mark of each member due: `√`, `×`, `假`, or a reason.
    marks: Vec<(usize, &'static str)>,
}

const TOPICS: [&str; 4] = ["学习上级文件精神", "审议支部工作报告", "讨论发展党员工作", "通报党费收缴情况"];
const COMMITTEE_TOPICS: [&str; 4] = ["研究本月支部工作", "研究发展党员事项", "商议困难群众帮扶", "安排主题党日活动"];
const LESSONS: [&str; 4] = ["讲好入党故事", "学党章守纪律", "乡村治理怎么干", "党员先锋作用"];
const THEME_DAYS: [&str; 4] = ["清理村道垃圾", "重温入党誓词", "看望老党员", "春耕互助"];
const REASONS: [&str; 3] = ["外出务工", "病假", "事假"];

fn sessions(village: &Village, scope: &Scope, random: &mut Random) -> Vec<Session> {
    let mut sessions = Vec::new();
    let everyone: Vec<usize> = (0..village.members.len()).collect();
    for month in 1..=scope.months.clamp(1, 12) {
        let turn = usize::from(month);
        let topic = |topics: &[&'static str; 4]| topics.get(turn % 4).copied().unwrap_or("学习");
        let mut add = |day, kind, topic, group: Option<usize>, due: &[usize], full: bool| {
            let marks = due.iter().map(|member| (*member, mark(random, full))).collect();
            sessions.push(Session { month, day, kind, topic, group, marks });
        };
        let committee: Vec<usize> = (0..5).collect();
        add(3, "支委会", topic(&COMMITTEE_TOPICS), None, &committee, true);
        if month % 3 == 1 {
            add(8, "支部党员大会", topic(&TOPICS), None, &everyone, false);
        }
        if month % 3 == 2 {
            add(10, "党课", topic(&LESSONS), None, &everyone, false);
        }
        add(15, "主题党日", topic(&THEME_DAYS), None, &everyone, false);
        for (group, _) in GROUPS.iter().enumerate() {
            let due: Vec<usize> = everyone.iter().copied().filter(|member| member % GROUPS.len() == group).collect();
            add(18, "党小组会", topic(&TOPICS), Some(group), &due, false);
        }
    }
    sessions
}

fn mark(random: &mut Random, full: bool) -> &'static str {
    match random.below(12) {
        0 if !full => random.pick(&REASONS, "事假"),
        1 if !full => "假",
        2 if !full => "×",
        _ => "√",
    }
}

pub(crate) fn write(
    book: &mut Workbook,
    village: &Village,
    scope: &Scope,
    random: &mut Random,
) -> Result<(), XlsxError> {
    let sessions = sessions(village, scope, random);
    let sheet = book.add_worksheet();
    sheet.set_name("会议记录")?;
    list(sheet, village, scope, &sessions)?;
    let sheet = book.add_worksheet();
    sheet.set_name("出勤表")?;
    roll(sheet, village, scope, &sessions)
}

fn list(sheet: &mut Worksheet, village: &Village, scope: &Scope, sessions: &[Session]) -> Result<(), XlsxError> {
    title(sheet, 0, 12, &format!("{}党支部{}年“三会一课”记录", village.name, scope.year))?;
    let heads = ["序号", "时间", "会议类型", "党小组", "地点", "主持人", "记录人", "议题", "会议内容"];
    for (column, text) in (0u16..).zip(heads) {
        tall(sheet, 1, column, text)?;
    }
    sheet.merge_range(1, 9, 1, 12, "到会情况", &boxed().set_bold())?;
    line(sheet, 2, 9, &["应到", "实到", "参加人员", "缺席及原因"])?;
    for (at, session) in sessions.iter().enumerate() {
        let row = 3 + at as u32;
        let (month, day) = (session.month, session.day);
        let date = match at % 3 {
            0 => format!("{month}月{day}日"),
            1 => format!("{}.{month}.{day}", scope.year),
            _ => format!("{}年{month}月{day}日 19:30", scope.year),
        };
        let place = if session.kind == "主题党日" { "文化广场" } else { "村部会议室" };
        let chair = match session.group {
            Some(group) => village.name_at(5 + group),
            None => village.name_at(0),
        };
        let group = session.group.and_then(|group| GROUPS.get(group)).copied().unwrap_or("");
        let here: Vec<&str> =
            session.marks.iter().filter(|(_, mark)| *mark == "√").map(|(member, _)| village.name_at(*member)).collect();
        let away: Vec<String> = session
            .marks
            .iter()
            .filter(|(_, mark)| *mark != "√")
            .map(|(member, mark)| match *mark {
                "×" => format!("{}（无故）", village.name_at(*member)),
                "假" => format!("{}（请假）", village.name_at(*member)),
                reason => format!("{}（{reason}）", village.name_at(*member)),
            })
            .collect();
        sheet.write_number_with_format(row, 0, (at + 1) as f64, &boxed())?;
        // Large sessions have their roll call on the other sheet.
        let listed = if session.marks.len() > 30 { String::new() } else { here.join("、") };
        let away = if away.is_empty() { "无".to_owned() } else { away.join("、") };
        line(
            sheet,
            row,
            1,
            &[
                &date,
                session.kind,
                group,
                place,
                chair,
                village.name_at(2),
                session.topic,
                &format!("{}主持，与会人员围绕“{}”发言讨论。", chair, session.topic),
                &session.marks.len().to_string(),
                &here.len().to_string(),
                &listed,
                &away,
            ],
        )?;
    }
    let row = 3 + sessions.len() as u32;
    sheet.merge_range(row, 0, row, 8, "合 计", &boxed())?;
    line(sheet, row, 9, &[&sessions.iter().map(|session| session.marks.len()).sum::<usize>().to_string()])
}

fn roll(sheet: &mut Worksheet, village: &Village, scope: &Scope, sessions: &[Session]) -> Result<(), XlsxError> {
    let mut large: Vec<&Session> = sessions.iter().filter(|session| session.marks.len() > 30).collect();
    large.sort_by_key(|session| (session.kind, session.month));
    let last = 2 + large.len() as u16;
    title(sheet, 0, last - 1, &format!("{}党支部{}年党员大会、党课、主题党日出勤表", village.name, scope.year))?;
    tall(sheet, 1, 0, "序号")?;
    tall(sheet, 1, 1, "姓 名")?;
    let mut column = 2u16;
    for of_kind in large.chunk_by(|one, other| one.kind == other.kind) {
        let kind = of_kind.first().map_or("", |session| session.kind);
        let width = of_kind.len() as u16;
        if width > 1 {
            sheet.merge_range(1, column, 1, column + width - 1, kind, &boxed().set_bold())?;
        } else {
            line(sheet, 1, column, &[kind])?;
        }
        for session in of_kind {
            line(sheet, 2, column, &[&format!("{}月{}日", session.month, session.day)])?;
            column += 1;
        }
    }
    for (at, member) in village.members.iter().enumerate() {
        let row = 3 + at as u32;
        sheet.write_number_with_format(row, 0, (at + 1) as f64, &boxed())?;
        line(sheet, row, 1, &[&member.spaced()])?;
        for (column, session) in (2u16..).zip(&large) {
            let mark = session.marks.iter().find(|(due, _)| *due == at).map_or("", |(_, mark)| *mark);
            line(sheet, row, column, &[mark])?;
        }
    }
    let row = 3 + village.members.len() as u32;
    line(sheet, row, 0, &["合计", ""])?;
    for (column, session) in (2u16..).zip(&large) {
        let here = session.marks.iter().filter(|(_, mark)| *mark == "√").count();
        line(sheet, row, column, &[&format!("{here}人")])?;
    }
    Ok(())
}
