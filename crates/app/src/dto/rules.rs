//! Rule data: what holds here, from whom, and since when.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::meeting::RuleRef;

/// Rule data in numbers and words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulesView {
    /// Version.
    pub version: String,
    /// First day.
    pub valid_from: String,
    /// `builtin`, `superior` or `own`.
    pub source: String,
    /// Whose they are, when not built in.
    pub from: String,
    /// The document they rest on; empty: as each article cites.
    pub citation: String,
    /// Exactly half opens a meeting.
    pub half_opens: bool,
    /// `half_up`, `half_even`, `up` or `down`.
    pub rounding: String,
    /// Normal cap a month.
    #[ts(type = "number")]
    pub cap_fen: i64,
    /// Least a farmer pays.
    #[ts(type = "number")]
    pub farmer_min_fen: i64,
    /// Most a farmer pays.
    #[ts(type = "number")]
    pub farmer_max_fen: i64,
    /// Students, laid-off, relief.
    #[ts(type = "number")]
    pub relief_fen: i64,
    /// Extras of at least this go to the centre.
    #[ts(type = "number")]
    pub centre_extra_fen: i64,
    /// Months unpaid after which the rule is shown.
    pub arrears_months: u32,
    /// Months after which a back-payment is beyond what is normal.
    pub back_pay_months: u32,
    /// Tiers of salaried members.
    pub salaried: Vec<TierRow>,
    /// Tiers of retired members.
    pub retired: Vec<TierRow>,
    /// Articles on dues and votes.
    pub articles: Vec<RuleRef>,
}

/// A tier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TierRow {
    /// Bases up to this, inclusive; none: all above.
    #[ts(type = "number | null")]
    pub up_to_fen: Option<i64>,
    /// Rate in hundredths of a percent.
    pub rate_bp: u32,
}

/// `rules.list`: what holds today, and every pack that was set for this office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RulesList {
    /// What holds today.
    pub current: RulesView,
    /// Packs, the newest first.
    pub packs: Vec<PackRow>,
    /// This office has no superior and may set its own.
    pub may_set_own: bool,
    /// Offices below to which packs may be sent.
    pub below: u32,
}

/// A pack that was set for this office.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PackRow {
    /// Record id.
    pub id: String,
    /// Version as its record says.
    pub version: String,
    /// First day as its record says.
    pub valid_from: String,
    /// Whose it is.
    pub from: String,
    /// Day of entry.
    pub recorded_on: String,
    /// The document it rests on; empty when it is not understood.
    pub citation: String,
    /// It holds today.
    pub holds: bool,
    /// Why it is not applied: `form`, `unsound`, `article`, `version`, `field`, `too_long`, `unknown_article`; empty: it is.
    pub fault: String,
    /// More on the fault, from the reader of the text.
    pub detail: String,
}

/// `rules.preview`, `rules.send`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PackInput {
    /// TOML.
    pub text: String,
    /// Offices below; empty: all. For this office itself, where it has no superior, `own` says so.
    #[serde(default)]
    pub to: Vec<String>,
    /// For this office itself.
    #[serde(default)]
    pub own: bool,
}

/// What `rules.send` did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PackOutput {
    /// Offices to which it goes now.
    pub sent: u32,
    /// Offices that had it already.
    pub already: u32,
}

/// `rules.template`: text to begin from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PackText {
    /// TOML.
    pub text: String,
}

/// `rules.sent`: a pack that this office sent down.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SentPack {
    /// Version.
    pub version: String,
    /// First day.
    pub valid_from: String,
    /// Day of the first sending.
    pub sent_on: String,
    /// Its text.
    pub text: String,
    /// Offices below that it was sent to.
    pub sent: u32,
    /// Names of offices below that it was not sent to, such as those that came later.
    pub missing: Vec<String>,
}
