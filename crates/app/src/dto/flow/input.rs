//! What is asked of flows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `flow.list`. Whatever is none or empty filters nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowListInput {
    /// Items of subordinates instead of this office's.
    pub below: bool,
    /// One subordinate's.
    pub office: Option<String>,
    /// Only the office's own papers, or never those.
    pub desk: Option<bool>,
    /// Templates.
    pub flows: Vec<String>,
    /// States by the templates.
    pub states: Vec<String>,
    /// What an item has to count as, all of these: `open`, `closed`, `rated`, and so on.
    pub counts: Vec<String>,
    /// What it may not count as, none of these.
    pub not_counts: Vec<String>,
    /// 类别
    pub category: Option<String>,
    /// 表现
    pub form: Option<String>,
    /// 来源渠道
    pub channel: Option<String>,
    /// What it belongs to.
    pub group: Option<String>,
    /// The record that it comes from.
    pub source: Option<String>,
    /// 承办单位
    pub unit: Option<String>,
    /// 责任领导
    pub leader: Option<String>,
    /// 责任人
    pub person: Option<String>,
    /// First day of items, ISO.
    pub from: Option<String>,
    /// Last day of items, ISO.
    pub to: Option<String>,
    /// First day on which the running deadline is due, ISO.
    pub due_from: Option<String>,
    /// Last day on which it is due, ISO.
    pub due_to: Option<String>,
    /// The running deadline is over.
    pub overdue: bool,
    /// Steps crossed and nobody settled it, or not.
    pub disputed: Option<bool>,
    /// Text that title or content contain.
    pub text: Option<String>,
    /// `due` (the default), `on`, `title`, `state`, `office`, `category`, `person`; with `-` before it the other way round.
    pub sort: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// Which of the items of one template a list is of, in which order; beside what the list itself asks for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowPart {
    /// Of this unit; none: of all.
    pub office: Option<String>,
    /// In this state.
    pub state: Option<String>,
    /// Substring of title, text or those who have it in hand.
    pub text: Option<String>,
    /// `office`, `due`, `on`, `title`, `state`, `category` or `person`, `-` before it turns it round; none: as the tree has the units.
    pub sort: Option<String>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50, at most 500.
    pub limit: u32,
}

/// `flow.open`: the same item once for each addressee, or once for this office.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowOpenInput {
    /// Template.
    pub flow: String,
    /// Offices right below to which it is sent; none: it is this office's own.
    pub to: Vec<String>,
    /// Of an own item: it stays among the office's papers, which nobody else reads. Otherwise it goes up.
    pub desk: bool,
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
    /// Its own day, as typed; empty: today.
    pub on: String,
    /// The day that it sets as its end, as typed; empty: none.
    pub due: String,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 承办单位
    pub unit: String,
    /// The record that it comes from.
    pub source: String,
    /// The office in whose book that record stands.
    pub source_office: String,
    /// What it belongs to.
    pub group: String,
    /// A day more than a year away is meant.
    pub confirm_date: bool,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// An item that was made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowOpenedItem {
    /// Record id.
    pub id: String,
    /// The office whose item it is.
    pub office: String,
}

/// What `flow.open` made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowOpened {
    /// The items, in the order of the addressees.
    pub items: Vec<FlowOpenedItem>,
}

/// `flow.act`: one event.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowActInput {
    /// The item.
    pub id: String,
    /// Word of the template.
    pub event: String,
    /// `seen` of `flow.get`, as the screen had it.
    pub seen: Vec<String>,
    /// Day, as typed; empty: today.
    pub on: String,
    /// Who.
    pub person: String,
    /// In which role.
    pub role: String,
    /// A day that it sets, as typed.
    pub due: String,
    /// One of the template's values.
    pub value: String,
    /// In words.
    pub note: String,
    /// What else the template asks for, by its key.
    pub data: BTreeMap<String, String>,
    /// A day more than a year away is meant.
    pub confirm_date: bool,
    /// 确认保留: what was found in the texts stays.
    pub keep_matches: bool,
}

/// `flow.templates`: those that hold for this office, or for one right below it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowTemplatesInput {
    /// An office right below, to which items are to be sent.
    pub office: Option<String>,
    /// For the office's own papers.
    pub desk: bool,
}
