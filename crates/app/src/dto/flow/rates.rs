//! 办结率, 满意率: never without numerator, denominator and the day as of which they hold.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FlowWord;

/// `flow.rates`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowRatesInput {
    /// Template.
    pub flow: String,
    /// Items of subordinates, an office each, instead of this office's.
    pub below: bool,
    /// One subordinate's.
    pub office: Option<String>,
    /// Only the office's own papers, or never those; none: the papers of a committee, and what a branch reads with its
    /// superior.
    pub desk: Option<bool>,
    /// First month of the items' own days (`2026-01`).
    pub from: Option<String>,
    /// Last month.
    pub to: Option<String>,
    /// As it was at the end of a day, as typed; empty: today.
    pub as_of: String,
    /// Rows by these: `office`, `unit`, `month`.
    pub by: Vec<String>,
}

/// A rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowRate {
    /// Word of the template.
    pub id: String,
    /// Items that count.
    pub numerator: u32,
    /// Items of which.
    pub denominator: u32,
    /// Tenths of a percent, rounded half up: 900 is 90.0 %. None where there is nothing to divide by.
    pub tenths: Option<u32>,
}

/// Rates of an office, a unit or a month.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowRateRow {
    /// Office; empty where rows are not by office.
    pub office: String,
    /// Its name.
    pub office_name: String,
    /// 承办单位; empty where rows are not by unit, or none was named.
    pub unit: String,
    /// Month; empty where rows are not by month.
    pub month: String,
    /// In the template's order.
    pub rates: Vec<FlowRate>,
}

/// Rates of a template.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowRates {
    /// Template.
    pub flow: String,
    /// Its name.
    pub name: String,
    /// As of which day.
    pub as_of: String,
    /// The rates that the template has.
    pub rates: Vec<FlowWord>,
    /// Of all items, in the same order.
    pub total: Vec<FlowRate>,
    /// Offices in the order in which people look for them, then units, then months. Nobody is ranked.
    pub rows: Vec<FlowRateRow>,
}
