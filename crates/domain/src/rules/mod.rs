//! Rules as data: versioned and cited, never constants scattered in code; every verdict shows the rule it used.

mod members;

pub use members::{AdmissionRules, AdmissionStage, MobileRules, TermRules, Who};

use serde::{Deserialize, Serialize};

use crate::ledger::session::SessionKind;

const BUILTIN: &str = include_str!("rules.toml");

/// A version of the rule data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Version shown with every verdict.
    pub version: String,
    /// Voting.
    pub vote: VoteRules,
    /// Dues.
    pub dues: DuesRules,
    /// How often sessions are held.
    pub frequency: Vec<Frequency>,
    /// 发展党员
    pub admission: AdmissionRules,
    /// 流动党员
    pub mobile: MobileRules,
    /// 任期与换届
    pub term: TermRules,
    /// Sources.
    #[serde(rename = "article")]
    pub articles: Vec<Article>,
}

/// Voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRules {
    /// Exactly half of those due opens a meeting.
    pub half_opens: bool,
}

/// Dues, in fen and hundredths of a percent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuesRules {
    /// Normal cap a month.
    pub cap_fen: i64,
    /// Least a farmer pays.
    pub farmer_min_fen: i64,
    /// Most a farmer pays.
    pub farmer_max_fen: i64,
    /// Students, laid-off, relief.
    pub relief_fen: i64,
    /// Months unpaid after which the rule is shown; a status never changes by itself.
    pub arrears_months: u32,
    /// Tiers for salaried members.
    pub salaried: Vec<Tier>,
    /// Tiers for retired members.
    pub retired: Vec<Tier>,
}

/// A tier: its rate applies to the whole base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Bases up to this, inclusive; none: all above.
    pub up_to_fen: Option<i64>,
    /// Rate.
    pub rate_bp: u32,
}

/// How often a session of a kind is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// Kind of session.
    pub kind: SessionKind,
    /// Once in which period.
    pub every: Every,
    /// Its source.
    pub article: String,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Calendar month.
    Month,
    /// Calendar quarter.
    Quarter,
    /// Calendar year.
    Year,
}

/// A source of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Id that rules refer to.
    pub id: String,
    /// Document and article.
    pub citation: String,
    /// The rule in words.
    pub text: String,
}

/// Rule data that do not parse or refer to an article that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// Not TOML of this form.
    #[error("rule data do not parse: {0}")]
    Form(String),
    /// A reference without target, or tiers out of order.
    #[error("rule data are not sound: {0}")]
    Unsound(String),
}

impl Rules {
    /// The rules that come with the program.
    pub fn builtin() -> Result<Self, RulesError> {
        Self::parse(BUILTIN)
    }

    /// Reads rule data, such as a committee's override.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let rules: Self = toml::from_str(text).map_err(|error| RulesError::Form(error.to_string()))?;
        for frequency in &rules.frequency {
            if rules.article(&frequency.article).is_none() {
                return Err(RulesError::Unsound(format!("no article `{}`", frequency.article)));
            }
        }
        for tiers in [&rules.dues.salaried, &rules.dues.retired] {
            let rising = tiers
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.up_to_fen.is_some_and(|a| b.up_to_fen.is_none_or(|b| a < b))));
            if !rising || tiers.last().is_none_or(|tier| tier.up_to_fen.is_some()) {
                return Err(RulesError::Unsound("dues tiers must rise and end without a limit".to_owned()));
            }
        }
        rules.check_members()?;
        Ok(rules)
    }

    /// Finds a source.
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_rules_are_sound_and_cite_their_sources() {
        let rules = Rules::builtin().unwrap();
        assert!(rules.articles.iter().all(|article| article.citation.starts_with('《')));
        assert_eq!(rules.frequency.len(), 7);
    }

    #[test]
    fn tiers_out_of_order_are_refused() {
        let text = BUILTIN.replace("up_to_fen = 300000", "up_to_fen = 900000");
        assert!(matches!(Rules::parse(&text), Err(RulesError::Unsound(_))));
    }
}
