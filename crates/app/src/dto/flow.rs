//! 流程: templates, items, what happened to them, and what the viewer may do now. Screens are made from these alone.

mod input;
mod rates;
mod template;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dto::ErrorDto;

pub use input::{FlowActInput, FlowListInput, FlowOpenInput, FlowOpened, FlowOpenedItem, FlowPart, FlowTemplatesInput};
pub use rates::{FlowRate, FlowRateRow, FlowRates, FlowRatesInput};
pub use template::{FlowDeadline, FlowKind, FlowState, FlowTemplate, FlowValue, FlowWord};

/// Whose hand an event is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlowSide {
    /// The office whose matter it is.
    Unit,
    /// The office above it; of an office's own papers, the office itself.
    Superior,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlowPlace {
    /// 本级案头: the office's own papers, which nobody else reads.
    Desk,
    /// 上级交办: sent down to the office.
    Sent,
    /// 本单位: the office's own, or passed up by it.
    Own,
}

/// How a deadline stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlowDueState {
    /// Not due yet; today is the last day at `days` 0.
    Ahead,
    /// Not done, and over.
    Overdue,
    /// Done in time.
    Met,
    /// Done too late.
    Late,
}

/// A deadline of an item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowDue {
    /// Word of the template.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The day from which it is counted.
    pub from: String,
    /// The day by which it is due.
    pub by: String,
    /// The day on which it was done.
    pub met_on: Option<String>,
    /// How it stands today.
    pub state: FlowDueState,
    /// Days left, or since.
    pub days: u32,
    /// Days that were set without knowing of each other differ: the earlier one counts.
    pub disputed: bool,
    /// It runs in the item's state.
    pub running: bool,
    /// The template's source for it.
    pub citation: String,
}

/// An item on a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowRow {
    /// Record id.
    pub id: String,
    /// The office whose item it is.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// Where it stands.
    pub place: FlowPlace,
    /// Template.
    pub flow: String,
    /// Its name; the word where the template is not here.
    pub flow_name: String,
    /// Version of the template under which it was opened.
    pub version: String,
    /// The template is here. Where it is not, nothing is told of where the item stands, and nothing can be done.
    pub known: bool,
    /// 事项
    pub title: String,
    /// 内容
    pub text: String,
    /// 类别
    pub category: String,
    /// 表现
    pub form: String,
    /// 来源渠道
    pub channel: String,
    /// Its own day.
    pub on: String,
    /// The day that it set as its end when it was opened.
    pub due: Option<String>,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 承办单位
    pub unit: String,
    /// The record that it comes from; empty: none.
    pub source: String,
    /// The office in whose book that record stands.
    pub source_office: String,
    /// Its name.
    pub source_office_name: String,
    /// What it belongs to; empty: nothing.
    pub group: String,
    /// 并案: the case that stands for it too; empty: it stands for itself.
    pub merged_into: String,
    /// State by the template.
    pub state: String,
    /// Its name.
    pub state_name: String,
    /// What it counts as: `open`, `closed`, `rated`, and so on.
    pub counts: Vec<String>,
    /// It waits for nobody.
    pub ended: bool,
    /// Steps that crossed lead to different states: a person has to settle it.
    pub disputed: bool,
    /// The deadline that runs now.
    pub deadline: Option<FlowDue>,
    /// Day of entry.
    pub recorded_on: String,
    /// 代录
    pub custodian: bool,
    /// Concurrent values wait for a choice.
    pub conflict: bool,
}

/// An event of an item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowEventRow {
    /// Record id.
    pub id: String,
    /// Word of the template.
    pub event: String,
    /// Its name; the word where the template does not know it.
    pub name: String,
    /// Day.
    pub on: String,
    /// Who, as far as it was said.
    pub person: String,
    /// In which role.
    pub role: String,
    /// A day that it sets.
    pub due: Option<String>,
    /// One of the template's values.
    pub value: String,
    /// Its name.
    pub value_name: String,
    /// In words.
    pub note: String,
    /// What else the template asks for, by its key.
    pub data: BTreeMap<String, String>,
    /// Whose hand it is from.
    pub side: FlowSide,
    /// The office that wrote it.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// The state that it led to, or in which it was made; empty where it does not count.
    pub state: String,
    /// Its name.
    pub state_name: String,
    /// It speaks about the state: it changed it, or settled a dispute.
    pub moves: bool,
    /// It counts.
    pub counted: bool,
    /// Why it does not, where that can be told.
    pub why: Option<ErrorDto>,
    /// One of those that crossed, as long as nobody settled it.
    pub crossed: bool,
    /// Day of entry.
    pub recorded_on: String,
    /// 代录
    pub custodian: bool,
}

/// What the viewer may do now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowMay {
    /// Word of the template.
    pub event: String,
    /// Its name.
    pub name: String,
    /// What has to be said: `person`, `role`, `due`, `value`, `note`, or a key of the template's own.
    pub needs: Vec<String>,
    /// Keys that may be said besides.
    pub may: Vec<String>,
    /// Values to choose from.
    pub values: Vec<FlowValue>,
    /// The state to which it leads; that of now, where it is only noted.
    pub leads_to: String,
    /// Its name.
    pub leads_to_name: String,
    /// It settles what crossed.
    pub settles: bool,
    /// Only in another role than those who made these.
    pub apart_from: Vec<String>,
    /// The call that makes it: `flow.act`, or one of its own.
    pub call: String,
}

/// A value that was given, such as a rating.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowMark {
    /// The event that gives it.
    pub event: String,
    /// Its name.
    pub name: String,
    /// The value that counts.
    pub value: String,
    /// Its name.
    pub value_name: String,
    /// Another was given at the same time.
    pub disputed: bool,
}

/// What an item is linked to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowLink {
    /// `source` (it comes from it), `passed` (it was passed on as), `merged` (it stands for this one too), `merged_into`.
    pub kind: String,
    /// Type of the record: `flow_item`, `concern`, or another.
    pub rtype: String,
    /// Record id.
    pub id: String,
    /// The office in whose book it stands.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// It is here to be read.
    pub here: bool,
    /// 事项, or the beginning of its text.
    pub title: String,
    /// Name of its state.
    pub state_name: String,
    /// `up` or `down`, where it was passed on.
    pub way: String,
    /// The answer to it, where one was given.
    pub answer: Option<FlowAnswer>,
}

/// An answer of a linked case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowAnswer {
    /// The event.
    pub id: String,
    /// Day.
    pub on: String,
    /// 答复内容
    pub note: String,
    /// Nobody has taken it over yet (`case.answer_back`).
    pub waiting: bool,
}

/// `flow.get`: an item with all that happened to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowView {
    /// The item.
    pub row: FlowRow,
    /// Its template; none where it is not here.
    pub template: Option<FlowTemplate>,
    /// On which side the viewer stands; none: it only reads.
    pub side: Option<FlowSide>,
    /// What happened, each after all that its maker had seen; what does not count comes last.
    pub events: Vec<FlowEventRow>,
    /// To be given back with `flow.act`, which refuses when somebody wrote meanwhile.
    pub seen: Vec<String>,
    /// Every deadline that has begun.
    pub deadlines: Vec<FlowDue>,
    /// Values that were given.
    pub marks: Vec<FlowMark>,
    /// What the viewer may do now.
    pub may: Vec<FlowMay>,
    /// What it is linked to.
    pub links: Vec<FlowLink>,
    /// Offices that get the answer to it, each with its record.
    pub answers_to: Vec<FlowWord>,
    /// Who asked is kept here under seal, or was told to this office (`case.private`).
    pub caller: bool,
}
