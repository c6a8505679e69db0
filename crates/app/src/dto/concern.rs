//! 群众诉求: kept, handed in, followed up, answered from above.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A concern as typed with the visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernInput {
    /// 类别: `roads`, `water`, `housing`, `farming`, `welfare`, `health`, `schooling`, `environment`, `dispute`, `other`.
    pub category: String,
    /// 上报内容: stays here until handed in.
    pub text: String,
    /// 私密备注: 🔒只留本村.
    #[serde(default)]
    pub private_note: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天, as typed.
    pub deadline: String,
    /// 归口单位: the owner of the matter, where it is another unit; goes up.
    #[serde(default)]
    pub unit: String,
}

/// State of a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConcernState {
    /// 未上报: still only here.
    Kept,
    /// 已上报 (handed in), open.
    HandedIn,
    /// 办理中
    InProgress,
    /// 上级已答复: the resident is to be told.
    Answered,
    /// 已办结
    Closed,
}

/// A concern on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernRow {
    /// Record id.
    pub id: String,
    /// Office.
    pub office: String,
    /// Office name.
    pub office_name: String,
    /// Date of the visit.
    pub date: String,
    /// 类别
    pub category: String,
    /// 上报内容
    pub text: String,
    /// 私密备注; empty above the village.
    pub private_note: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天
    pub deadline: Option<String>,
    /// 归口单位
    pub unit: String,
    /// State.
    pub state: ConcernState,
    /// The visit.
    pub visit: String,
    /// What was done, newest last.
    pub progress: Vec<ProgressRow>,
    /// What came from above, newest last.
    pub answers: Vec<AnswerRow>,
    /// At a committee: this office answers it.
    pub answerable: bool,
    /// A field has concurrent values.
    pub conflict: bool,
    /// At the superior, of one concern alone: names of the other offices that get the answer too, since it was merged with
    /// theirs; an office for each record.
    pub answered_with: Vec<String>,
}

/// An answer from above.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnswerRow {
    /// Record id.
    pub id: String,
    /// Date.
    pub on: String,
    /// 答复内容
    pub text: String,
    /// `handling`, `answered` or `declined`.
    pub state: String,
    /// 承办单位
    pub unit: String,
    /// Who answered.
    pub office_name: String,
}

/// A step of follow-up.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProgressRow {
    /// Date.
    pub on: String,
    /// What was done.
    pub note: String,
    /// State from here on: `in_progress`, `reopened` or `closed`.
    pub state: String,
}

/// `concern.hand_in_preview`: what would leave this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInPreview {
    /// Concerns not yet handed in.
    pub items: Vec<HandInItem>,
    /// Who will see them; none: not joined, they stay here until then.
    pub recipient: Option<String>,
}

/// One concern before it leaves.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInItem {
    /// Concern id.
    pub id: String,
    /// Date of the visit.
    pub date: String,
    /// 类别
    pub category: String,
    /// The text that would go up.
    pub text: String,
    /// Names or phones of households found in it.
    pub matches: Vec<PrivateMatch>,
    /// The text with each match replaced (`该户`).
    pub suggestion: String,
}

/// `names.clean`: texts as they may go up, with every name and phone of a household replaced.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CleanInput {
    /// Texts as typed.
    pub texts: Vec<String>,
    /// Names and phones that are in no list yet, such as of a household that is new with the form that was refused.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A private word found in a text for above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivateMatch {
    /// `name` or `phone`.
    pub kind: String,
    /// The word.
    pub text: String,
}

/// `concern.hand_in` (上报)
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInInput {
    /// What goes up.
    pub items: Vec<HandInChoice>,
}

/// The text as finally chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandInChoice {
    /// Concern id.
    pub id: String,
    /// Text to send.
    pub text: String,
    /// 保留并留痕: lets matches through; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `concern.progress`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernProgressInput {
    /// Concern id.
    pub id: String,
    /// What was done.
    pub note: String,
    /// 办结
    #[serde(default)]
    pub close: bool,
    /// Date, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `concern.add`: one more concern of a visit, such as the second one of a round table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernAddInput {
    /// The visit.
    pub visit: String,
    /// Who raised it, where that is not the visit's own household; kept in the village only.
    #[serde(default)]
    pub household: Option<String>,
    /// The concern.
    pub concern: ConcernInput,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
}

/// `concern.plan`: who does what next, by when. Nothing of it may be empty while a concern is open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernPlanInput {
    /// Concern id, kept or handed in.
    pub id: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天, as typed.
    pub deadline: String,
    /// 归口单位
    #[serde(default)]
    pub unit: String,
    /// 重新办理: opens a closed or answered concern again; the reason.
    #[serde(default)]
    pub reopen: Option<String>,
    /// The user confirmed a date more than a year from today.
    #[serde(default)]
    pub confirm_date: bool,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `concern.tell` (反馈): the resident was told; the concern is closed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConcernTellInput {
    /// Concern id.
    pub id: String,
    /// How, and what was said to it; it goes to the street.
    pub note: String,
    /// Date, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 确认保留并留痕: lets through texts for above that name a household or cannot be checked; logged.
    #[serde(default)]
    pub keep_matches: bool,
}

/// `answer.list`: concerns that subordinates handed in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AnswerListInput {
    /// Book year; none: the current one.
    pub year: Option<i16>,
    /// Only this office.
    pub office: Option<String>,
    /// A state in the words of `ConcernState`, or `open`.
    pub state: Option<String>,
    /// Substring.
    pub text: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// `answer.save` (答复)
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnswerInput {
    /// The concern.
    pub id: String,
    /// 答复内容
    pub text: String,
    /// `handling`, `answered` or `declined`.
    pub state: String,
    /// 承办单位
    #[serde(default)]
    pub unit: String,
    /// Date, as typed; empty: today.
    #[serde(default)]
    pub on: String,
    /// 确认保留: what was found in the texts stays.
    #[serde(default)]
    pub keep_matches: bool,
}
