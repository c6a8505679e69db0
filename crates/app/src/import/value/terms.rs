//! Words with a fixed meaning: sex, kinds, posts, classes, categories.

use super::{ValueError, says_nothing, squeezed, with_note};
use crate::dto::dues::DuesClass;
use crate::dto::meeting::SessionKind;
use crate::dto::member::MemberKind;
use crate::dto::visit::VisitKind;

/// 性别: 1 男, 2 女; `None` for blank.
///
/// # Errors
/// `sex_not_understood`.
pub(crate) fn sex(text: &str) -> Result<Option<u8>, ValueError> {
    match squeezed(text).as_str() {
        "" | "-" | "—" => Ok(None),
        "男" | "1" | "男性" | "M" | "m" => Ok(Some(1)),
        "女" | "2" | "女性" | "F" | "f" => Ok(Some(2)),
        _ => Err(ValueError::new("sex_not_understood", text).example("男")),
    }
}

/// 正式 or 预备; `None` for blank.
///
/// # Errors
/// `not_a_member` for activists and applicants, `kind_not_understood`.
pub(crate) fn member_kind(text: &str) -> Result<Option<MemberKind>, ValueError> {
    let word = squeezed(text);
    if ["积极分子", "发展对象", "申请人", "群众"].iter().any(|other| word.contains(other)) {
        return Err(ValueError::new("not_a_member", text));
    }
    if word.contains("预备") {
        return Ok(Some(MemberKind::Probationary));
    }
    match word.as_str() {
        "" | "-" | "—" => Ok(None),
        "是" | "党员" | "中共党员" => Ok(Some(MemberKind::Full)),
        _ if word.contains("正式") => Ok(Some(MemberKind::Full)),
        _ => Err(ValueError::new("kind_not_understood", text).example("正式")),
    }
}

/// 党内职务 as codes of [`crate::dto::member::MemberInput::posts`], and the words that are none of them.
#[must_use]
pub(crate) fn posts(text: &str) -> (Vec<String>, Vec<String>) {
    let mut known: Vec<String> = Vec::new();
    let mut unknown = Vec::new();
    if says_nothing(text) {
        return (known, unknown);
    }
    for word in text.split(['、', ',', '，', ';', '；', '/', ' ', '\u{3000}', '\n', '兼']) {
        let word = squeezed(word);
        let code = match word.as_str() {
            "" | "党员" | "普通党员" | "正式党员" | "预备党员" => continue,
            w if w.contains("副书记") => "deputy_secretary",
            w if w.ends_with("书记") => "secretary",
            w if w.contains("组织委员") => "organization",
            w if w.contains("宣传委员") => "publicity",
            w if w.contains("纪检委员") || w.contains("纪律检查委员") => "discipline",
            w if w.ends_with("支委") || w.ends_with("支部委员") || w == "委员" || w.ends_with("支委委员") => {
                "committee_member"
            }
            w if w.contains("组长") && !w.contains("村民") => "group_leader",
            _ => {
                unknown.push(word);
                continue;
            }
        };
        if !known.iter().any(|post| post == code) {
            known.push(code.to_owned());
        }
    }
    (known, unknown)
}

/// 会议类型; a combined session names several. Empty when no kind is named.
#[must_use]
pub(crate) fn session_kinds(text: &str) -> Vec<SessionKind> {
    let word = squeezed(text);
    let has = |words: &[&str]| words.iter().any(|wanted| word.contains(wanted));
    let mut kinds = Vec::new();
    if has(&["党员大会", "支部大会", "全体党员会"]) {
        kinds.push(SessionKind::MembersMeeting);
    }
    if has(&["支委会", "支部委员会", "支委扩大会"]) {
        kinds.push(SessionKind::CommitteeMeeting);
    }
    if has(&["小组会"]) {
        kinds.push(SessionKind::GroupMeeting);
    }
    if has(&["党课"]) {
        kinds.push(SessionKind::Lesson);
    }
    if has(&["主题党日"]) {
        kinds.push(SessionKind::ThemeDay);
    }
    if has(&["组织生活会"]) {
        kinds.push(SessionKind::OrganizationLife);
    }
    if has(&["民主评议"]) {
        kinds.push(SessionKind::Appraisal);
    }
    if has(&["学习日"]) {
        kinds.push(SessionKind::StudyDay);
    }
    kinds
}

/// 走访类型; `None` when none is named.
#[must_use]
pub(crate) fn visit_kind(text: &str) -> Option<VisitKind> {
    let word = squeezed(text);
    let has = |words: &[&str]| words.iter().any(|wanted| word.contains(wanted));
    if has(&["夜谈", "圆桌", "夜话", "院坝会"]) {
        Some(VisitKind::RoundTable)
    } else if has(&["慰问"]) {
        Some(VisitKind::Consolation)
    } else if has(&["走访", "入户", "家访", "民情"]) {
        Some(VisitKind::Household)
    } else {
        None
    }
}

/// 缴费类别; `None` for blank and for 正式 or 预备, which say nothing about the rule.
///
/// # Errors
/// `class_not_understood`.
pub(crate) fn dues_class(text: &str) -> Result<Option<DuesClass>, ValueError> {
    let word = squeezed(text);
    let has = |words: &[&str]| words.iter().any(|wanted| word.contains(wanted));
    if says_nothing(&word) || has(&["正式", "预备"]) {
        return Ok(None);
    }
    let class = if has(&["困难", "减免", "免缴", "免交"]) {
        DuesClass::Hardship
    } else if has(&["年薪"]) {
        DuesClass::AnnualSalary
    } else if has(&["退休", "离休", "离退", "退职"]) {
        DuesClass::Retired
    } else if has(&["个体", "经商", "私营", "企业主", "自由职业"]) {
        DuesClass::SelfEmployed
    } else if has(&["学生", "下岗", "失业", "低保", "抚恤"]) {
        DuesClass::Student
    } else if has(&["农民", "村民", "务农", "农村", "农业"]) {
        DuesClass::Farmer
    } else if has(&["工资", "在职", "职工", "干部", "教师", "事业", "公务"]) {
        DuesClass::Salaried
    } else {
        return Err(ValueError::new("class_not_understood", text).example("农民"));
    };
    Ok(Some(class))
}

/// 诉求类别 as a code of [`crate::dto::concern::ConcernInput::category`], from the category or else the text.
#[must_use]
pub(crate) fn category(text: &str) -> &'static str {
    const WORDS: [(&str, &[&str]); 9] = [
        ("dispute", &["纠纷", "矛盾", "邻里", "吵架"]),
        ("water", &["水", "灌溉", "沟渠"]),
        ("roads", &["路", "交通", "出行", "桥"]),
        ("housing", &["住房", "危房", "宅基地", "房屋", "建房"]),
        ("health", &["医", "看病", "卫生室", "药"]),
        ("schooling", &["上学", "教育", "就学", "学校", "入学"]),
        ("welfare", &["低保", "养老", "救助", "残疾", "社保", "补贴", "补助", "高龄"]),
        ("environment", &["环境", "垃圾", "污水", "厕所", "卫生"]),
        ("farming", &["农业", "种植", "养殖", "土地", "农资", "收成", "销路", "农田"]),
    ];
    let word = squeezed(text);
    if word.contains("污水") || word.contains("垃圾") {
        return "environment";
    }
    WORDS.iter().find(|(_, words)| words.iter().any(|wanted| word.contains(wanted))).map_or("other", |(code, _)| code)
}

/// A telephone number without spaces; numbers typed into cells come as they are.
#[must_use]
pub(crate) fn phone(text: &str) -> String {
    let (head, _) = with_note(text);
    let number = squeezed(&head);
    if says_nothing(&number) { String::new() } else { number }
}
