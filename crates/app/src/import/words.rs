//! Words of headers: which field a title stands for, in which kind of ledger.

use super::field::Field;
use crate::dto::import::ImportKind;

/// A title for comparison: full-width to half-width, without spaces, remarks in brackets and end marks.
pub(super) fn normal(title: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    for c in title.chars().map(half_width) {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}') => {}
            _ => out.push(c),
        }
    }
    out.trim_matches([':', '*', '★', '、', '.', ';']).to_owned()
}

/// The half-width form of a full-width letter, digit or sign.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

type Words = &'static [(Field, &'static [&'static str])];

const ROSTER: Words = &[
    (Field::Name, &["姓名", "名字", "党员姓名", "党员", "党员名字"]),
    (Field::Sex, &["性别"]),
    (Field::BirthMonth, &["出生年月", "出生日期", "出生时间", "出生年月日", "生日", "出生"]),
    (
        Field::Kind,
        &["类别", "党员类别", "党员类型", "人员类别", "正式/预备", "正式或预备", "党员身份", "党籍", "是否正式党员"],
    ),
    (
        Field::Joined,
        &[
            "入党时间",
            "入党日期",
            "入党年月",
            "入党年月日",
            "加入党组织日期",
            "加入党组织时间",
            "加入中共组织日期",
            "入党",
        ],
    ),
    (Field::Group, &["党小组", "所在党小组", "所属党小组", "所属小组", "所在小组", "小组", "组别"]),
    (Field::Posts, &["职务", "党内职务", "支部职务", "党支部职务", "担任职务", "党内任职", "支部分工"]),
];

const DUES: Words = &[
    (Field::Name, &["姓名", "名字", "党员姓名", "党员", "缴费人"]),
    (Field::Group, &["党小组", "所在党小组", "所属党小组", "小组", "组别"]),
    (Field::Class, &["类别", "人员类别", "缴费类别", "党员类别", "身份", "人员类型", "缴纳类别"]),
    (
        Field::Base,
        &[
            "党费基数",
            "缴纳基数",
            "交纳基数",
            "缴费基数",
            "基数",
            "工资基数",
            "计算基数",
            "月工资",
            "月收入",
            "工资收入",
            "月工资收入",
            "党费缴纳基数",
            "党费计算基数",
        ],
    ),
    (
        Field::Monthly,
        &[
            "月应缴",
            "月应交",
            "每月应缴",
            "每月应交",
            "月应缴额",
            "月应缴党费",
            "月应交党费",
            "每月应缴党费",
            "每月应交党费",
            "月缴额",
            "月缴纳额",
            "月党费",
            "月标准",
            "月缴标准",
            "应缴党费",
            "应交党费",
            "应缴额",
            "应缴金额",
            "月应缴金额",
            "月缴纳金额",
            "月应缴数",
        ],
    ),
    (
        Field::PaidOn,
        &["缴纳日期", "缴纳时间", "交纳日期", "交纳时间", "缴费日期", "缴费时间", "收缴日期", "收缴时间", "日期"],
    ),
    (Field::HandedBy, &["代缴人", "代交人", "代缴"]),
];

const MEETINGS: Words = &[
    (
        Field::Date,
        &["时间", "日期", "会议时间", "会议日期", "开会时间", "召开时间", "召开日期", "活动时间", "活动日期"],
    ),
    (Field::Start, &["开始时间", "几点", "时刻"]),
    (
        Field::Kinds,
        &[
            "会议类型",
            "会议类别",
            "类型",
            "类别",
            "会议种类",
            "活动类型",
            "活动类别",
            "会议形式",
            "会议名称",
            "名称",
            "三会一课类型",
        ],
    ),
    (Field::Place, &["地点", "会议地点", "活动地点", "召开地点"]),
    (Field::Chair, &["主持人", "主持", "会议主持", "会议主持人", "主讲人"]),
    (Field::Recorder, &["记录人", "会议记录人", "记录员"]),
    (Field::Topic, &["议题", "主题", "会议议题", "会议主题", "主要议题", "活动主题", "内容摘要", "题目"]),
    (Field::Minutes, &["会议内容", "内容", "主要内容", "会议记录", "活动内容", "记录", "发言", "发言摘要"]),
    (Field::Resolution, &["决议", "会议决议", "决定事项", "形成决议", "决议事项"]),
    (Field::Group, &["党小组", "小组", "组别"]),
    (Field::Hours, &["学时", "课时"]),
    (Field::DueCount, &["应到", "应到人数", "应参加人数", "应到会人数"]),
    (Field::PresentCount, &["实到", "实到人数", "实际参加人数", "实到会人数", "到会人数", "出席人数"]),
    (Field::Present, &["参会人员", "参加人员", "出席人员", "到会人员", "实到人员", "参加人", "出席人", "参会党员"]),
    (
        Field::Absent,
        &[
            "缺席及原因",
            "缺席人员",
            "缺席",
            "缺席人员及原因",
            "未到人员及原因",
            "未到人员",
            "缺席原因",
            "缺席名单",
            "缺席名单及原因",
            "缺席人员名单及原因",
        ],
    ),
    (Field::Excused, &["请假", "请假人员", "请假及原因", "请假人员及原因", "请假名单"]),
    (Field::NonVoting, &["列席", "列席人员", "列席人"]),
    (Field::Name, &["姓名", "名字", "党员姓名", "党员"]),
];

const VISITS: Words = &[
    (Field::Date, &["时间", "日期", "走访时间", "走访日期", "夜谈时间", "夜谈日期", "慰问时间", "入户时间"]),
    (Field::VisitKind, &["类型", "走访类型", "形式", "走访形式", "走访方式", "方式"]),
    (
        Field::Household,
        &[
            "走访户",
            "户主",
            "户主姓名",
            "走访对象",
            "被走访人",
            "被走访户",
            "被走访人姓名",
            "走访户姓名",
            "走访户主",
            "受访人",
            "受访户",
            "受访户主",
            "农户",
            "群众姓名",
            "走访群众",
            "慰问对象",
            "夜谈对象",
            "走访户/户主",
            "姓名",
            "村民姓名",
        ],
    ),
    (Field::Door, &["门牌", "门牌号", "住址", "家庭住址", "户号", "地址", "家庭地址"]),
    (Field::Phone, &["电话", "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话号码"]),
    (Field::Place, &["地点", "走访地点", "夜谈地点"]),
    (Field::Theme, &["主题", "夜谈主题", "走访主题", "谈话主题", "议题"]),
    (
        Field::Visitors,
        &[
            "走访人",
            "走访人员",
            "走访干部",
            "参加人",
            "参加人员",
            "参加干部",
            "干部",
            "干部姓名",
            "夜谈人员",
            "走访人姓名",
        ],
    ),
    (Field::Recorder, &["记录人", "记录", "记录员"]),
    (
        Field::Situation,
        &["情况", "走访情况", "家庭情况", "基本情况", "走访内容", "了解情况", "谈话内容", "户情", "家庭基本情况"],
    ),
    (Field::Difficulty, &["困难", "存在困难", "主要困难", "困难情况", "实际困难", "家庭困难"]),
    (
        Field::Request,
        &[
            "诉求",
            "群众诉求",
            "意见建议",
            "反映问题",
            "反映的问题",
            "需求",
            "诉求内容",
            "意见诉求",
            "意见和诉求",
            "困难诉求",
            "问题诉求",
            "意见",
            "诉求及建议",
        ],
    ),
    (Field::Category, &["类别", "诉求类别", "诉求类型", "问题类别", "问题类型", "诉求分类"]),
    (Field::NextStep, &["下一步", "措施", "解决措施", "办理措施", "处理意见", "下步措施", "下一步措施", "处理措施"]),
    (Field::Owner, &["责任人", "办理人", "承办人", "包办人", "责任干部"]),
    (Field::Deadline, &["时限", "办理时限", "完成时限", "期限", "办结时限", "完成时间", "办理期限"]),
    (
        Field::FollowUp,
        &[
            "后续",
            "后续情况",
            "办理情况",
            "办结情况",
            "跟踪情况",
            "后续跟踪",
            "结果",
            "办理结果",
            "落实情况",
            "后续跟进",
        ],
    ),
    (Field::Duration, &["时长", "时长分钟"]),
];

fn words(kind: ImportKind) -> Words {
    match kind {
        ImportKind::Roster => ROSTER,
        ImportKind::Dues => DUES,
        ImportKind::Meetings => MEETINGS,
        ImportKind::Visits => VISITS,
    }
}

/// All kinds.
pub(super) const KINDS: [ImportKind; 4] =
    [ImportKind::Roster, ImportKind::Dues, ImportKind::Meetings, ImportKind::Visits];

/// Titles that are known and never imported: counters, remarks, and what the law says to collect only where a form
/// demands it.
const IGNORED: [&str; 24] = [
    "序号",
    "编号",
    "备注",
    "民族",
    "学历",
    "籍贯",
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "签名",
    "签字",
    "照片",
    "合计",
    "小计",
    "总计",
    "费率",
    "比例",
    "缴纳比例",
    "缴费比例",
    "年应缴",
    "年实缴",
    "全年应缴",
    "全年实缴",
    "文化程度",
];

/// Whether the title is that of a column which is known but not imported.
pub(super) fn is_ignored(title: &str) -> bool {
    IGNORED.contains(&normal(title).as_str())
}

fn exact(kind: ImportKind, title: &str) -> Option<Field> {
    words(kind).iter().find(|(_, titles)| titles.contains(&title)).map(|(field, _)| *field)
}

/// Whether any ledger uses the word as a title.
pub(super) fn is_title_word(title: &str) -> bool {
    let title = normal(title);
    KINDS.iter().any(|kind| exact(*kind, &title).is_some()) || is_ignored(&title) || month(&title).is_some()
}

/// The field of a title in one kind of ledger; `parts` are the header rows from above.
pub(super) fn field(kind: ImportKind, parts: &[String]) -> Option<Field> {
    let parts: Vec<String> = parts.iter().map(|part| normal(part)).collect();
    let last = parts.last()?;
    if kind == ImportKind::Dues {
        let whole = parts.concat();
        if ["全年", "年度应", "年度实", "累计", "合计", "小计", "总额", "年应", "年实"]
            .iter()
            .any(|word| whole.contains(word))
        {
            return None;
        }
        if let Some(month) = dues_month(&parts) {
            return month;
        }
    }
    if is_ignored(last) {
        return None;
    }
    exact(kind, last).or_else(|| parts.first().filter(|_| parts.len() > 1).and_then(|first| exact(kind, first)))
}

/// `Some(None)`: a column of a month that is not imported, such as the month's assessment.
fn dues_month(parts: &[String]) -> Option<Option<Field>> {
    let last = parts.last()?;
    let under = parts.len() > 1;
    if let Some(found) = month(last).or_else(|| last.parse().ok().filter(|value| under && (1..=12).contains(value))) {
        return Some(Some(Field::Month(found)));
    }
    let above = parts.first().filter(|_| under).and_then(|first| month(first))?;
    Some(match last.as_str() {
        "金额" | "实缴" | "实交" | "缴纳" | "已缴" | "缴费" | "实缴金额" | "缴纳金额" | "实收" => {
            Some(Field::Month(above))
        }
        "日期" | "时间" | "缴纳日期" | "缴纳时间" | "交纳日期" => Some(Field::MonthOn(above)),
        _ => None,
    })
}

/// The month of a title: `1月`, `01月份`, `十二月`, `2026年3月`, `2026-03-01`.
pub(super) fn month(title: &str) -> Option<u8> {
    let title = title.trim();
    let year_less = match title.get(..4).and_then(|head| head.parse::<u16>().ok()) {
        Some(year) if (1990..2100).contains(&year) => {
            let rest = title.get(4..).unwrap_or("");
            let rest = rest.strip_prefix(['年', '-', '.', '/'])?;
            if !rest.contains('月') {
                let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
                let tail = rest.get(number.len()..).unwrap_or("");
                return number
                    .parse()
                    .ok()
                    .filter(|value| (1..=12).contains(value) && matches!(tail, "" | "-01" | "/1"));
            }
            rest
        }
        _ => title,
    };
    let (number, tail) = year_less.split_once('月')?;
    if !matches!(tail, "" | "份" | "实缴" | "实交" | "缴纳" | "党费" | "份党费" | "已缴" | "金额") {
        return None;
    }
    let value = match number {
        "一" => 1,
        "二" => 2,
        "三" => 3,
        "四" => 4,
        "五" => 5,
        "六" => 6,
        "七" => 7,
        "八" => 8,
        "九" => 9,
        "十" => 10,
        "十一" => 11,
        "十二" => 12,
        digits => digits.parse().ok()?,
    };
    (1..=12).contains(&value).then_some(value)
}

/// The year in a sheet's title or name: `2026年度党费台账`, `二〇二六年`.
pub(super) fn year(text: &str) -> Option<i16> {
    let text: String = text.chars().map(half_width).map(digit).collect();
    let chars: Vec<char> = text.chars().collect();
    let mut found = None;
    for (place, window) in chars.windows(4).enumerate() {
        let alone = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|c| !c.is_ascii_digit());
        if window.iter().all(char::is_ascii_digit) && alone(place.checked_sub(1)) && alone(Some(place + 4)) {
            let value = window.iter().collect::<String>().parse().ok().filter(|year| (1990..2100).contains(year));
            let marked = chars.get(place + 4) == Some(&'年');
            match (value, found) {
                (Some(value), _) if marked => return Some(value),
                (Some(value), None) => found = Some(value),
                _ => {}
            }
        }
    }
    found
}

fn digit(c: char) -> char {
    match c {
        '〇' | '○' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        other => other,
    }
}

/// How strongly a sheet's name and title point to a kind.
pub(super) fn hints(kind: ImportKind, text: &str) -> usize {
    let words: &[&str] = match kind {
        ImportKind::Roster => &["名册", "花名册", "党员信息", "基本信息", "党员名单"],
        ImportKind::Dues => &["党费", "缴费", "收缴"],
        ImportKind::Meetings => &["三会一课", "会议", "签到", "点名", "考勤", "出勤", "到会", "党课", "主题党日"],
        ImportKind::Visits => &["走访", "夜谈", "入户", "慰问", "民情"],
    };
    words.iter().filter(|word| text.contains(**word)).count()
}
