//! 群众诉求办理: what a case can do beside what every item can.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who asked.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CaseCaller {
    /// 姓名
    pub name: String,
    /// 电话
    pub phone: String,
    /// 住址
    pub address: String,
    /// 备注
    pub note: String,
}

impl std::fmt::Debug for CaseCaller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CaseCaller(…)")
    }
}

/// `case.accept` (受理): takes in what a branch handed in or passed up, or what reached this office by itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CaseAcceptInput {
    /// The concern, or the case that was passed up; empty: it came to this office by itself.
    pub source: String,
    /// 事项; empty: the beginning of the source's text.
    pub title: String,
    /// 内容; empty: the source's text.
    pub text: String,
    /// 类别; empty: the source's.
    pub category: String,
    /// 来源渠道: `visit`, `walk_in`, `hotline`, `letter`, `online`.
    pub channel: String,
    /// Day on which it was taken in, as typed; empty: today.
    pub on: String,
    /// The day by which it has to be answered, as typed.
    pub due: String,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 承办单位
    pub unit: String,
    /// Who asked: sealed among the office's papers, never copied along.
    pub caller: CaseCaller,
    /// A day more than a year away is meant.
    pub confirm_date: bool,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// `case.pass` (上交, 下交): a linked case of its own is made of what was previewed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CasePassInput {
    /// The case.
    pub id: String,
    /// `seen` of `flow.get`, as the screen had it.
    pub seen: Vec<String>,
    /// `up` or `down`.
    pub way: String,
    /// The office right below to which it goes down.
    pub to: String,
    /// 事项, as previewed.
    pub title: String,
    /// 内容, as previewed.
    pub text: String,
    /// Day, as typed; empty: today.
    pub on: String,
    /// The day by which it has to be answered, as typed.
    pub due: String,
    /// Who there has to handle it; given, it is assigned at once (交办), which only a superior does.
    pub person: String,
    /// 承办单位 there.
    pub unit: String,
    /// A day more than a year away is meant.
    pub confirm_date: bool,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// What `case.pass` made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CasePassed {
    /// The linked case.
    pub id: String,
    /// The office whose case it is.
    pub office: String,
    /// The event of the case that was passed on.
    pub event: String,
}

/// `case.tell` (随单告知): who asked is told to the one branch that handles the case.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CaseTellInput {
    /// The linked case, as it was sent down.
    pub id: String,
    /// `seen` of `flow.get`, as the screen had it.
    pub seen: Vec<String>,
    /// Day, as typed; empty: today.
    pub on: String,
    /// Who tells it.
    pub person: String,
    /// Why the branch has to know.
    pub note: String,
    /// The phone is told too.
    pub phone: bool,
    /// The address is told too.
    pub address: bool,
    /// A person was shown what is told and to whom, and said yes.
    pub confirmed: bool,
}

/// `case.private`: who asked, as far as it is known here. The local log tells that it was opened.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CasePrivate {
    /// As it was sealed here; none: nothing is, or it does not open on this device.
    pub caller: Option<CaseCaller>,
    /// Something is sealed that does not open on this device.
    pub closed: bool,
    /// As it was told to the branch that handles the case.
    pub told: Vec<CaseTold>,
}

impl std::fmt::Debug for CasePrivate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CasePrivate(…)")
    }
}

/// Who asked, as it was told.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseTold {
    /// The linked case.
    pub case: String,
    /// The branch to which it was told.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// 姓名
    pub name: String,
    /// 联系方式
    pub contact: String,
    /// Day.
    pub on: String,
    /// Why.
    pub reason: String,
}

impl std::fmt::Debug for CaseTold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaseTold({}, …)", self.case)
    }
}

/// `case.answer` (反馈办结): the answer goes to every source of the case, and of all that it stands for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CaseAnswerInput {
    /// The case.
    pub id: String,
    /// `seen` of `flow.get`, as the screen had it.
    pub seen: Vec<String>,
    /// Day, as typed; empty: today.
    pub on: String,
    /// Who.
    pub person: String,
    /// 答复内容: it goes down with these words.
    pub note: String,
    /// 承办单位
    pub unit: String,
    /// 不能办理: the words say why.
    pub declined: bool,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// What `case.answer` wrote.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseAnswered {
    /// The event of the case.
    pub event: String,
    /// Offices to which the answer goes, each with its record.
    pub told: Vec<CaseAnsweredTo>,
    /// Sources that did not get it: their office is not right below, or their case stands elsewhere.
    pub missed: Vec<CaseAnsweredTo>,
}

/// A source of a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseAnsweredTo {
    /// Office.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// The concern, or the case that was passed up.
    pub record: String,
}

/// `case.answer_back` (收到答复): the answer of a linked case is taken over.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CaseAnswerBackInput {
    /// The case that was passed on.
    pub id: String,
    /// The linked case whose answer it is.
    pub linked: String,
    /// `seen` of `flow.get`, as the screen had it.
    pub seen: Vec<String>,
    /// Day, as typed; empty: today.
    pub on: String,
    /// Who.
    pub person: String,
    /// 答复内容; empty: as it came.
    pub note: String,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}
