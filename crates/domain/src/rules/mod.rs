//! Rules as data: versioned and cited, never constants scattered in code; every verdict shows the rule it used.

mod bodies;
mod deadlines;
mod dues;
mod meeting;
mod members;
mod pack;
mod visits;

use serde::{Deserialize, Serialize};

pub use bodies::{Bodies, BodyOff, BodyRule, SizeRule};
pub use deadlines::{DEADLINE_KINDS, DeadlineRule, Deadlines, Said};
pub use dues::{DuesRules, Rounding, Tier};
pub use meeting::{AdmissionVoteRules, AppraisalRules, ElectionRules, HoursRules, MajorityOf, MatterRules, Period};
pub use members::{AdmissionRules, AdmissionStage, MobileRules, TermRules, Who};
pub use pack::{MAX_PACK_BYTES, Pack, PackError};
pub use visits::{Occasion, VisitRules};

use crate::ledger::session::SessionKind;

const BUILTIN: &str = include_str!("rules.toml");

/// A version of the rule data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Version shown with every verdict.
    pub version: String,
    /// First day for which these data are meant, ISO. The built-in data have no predecessor: they hold for earlier days too.
    pub valid_from: String,
    /// Voting.
    pub vote: VoteRules,
    /// Votes on who becomes a member.
    pub admission_vote: AdmissionVoteRules,
    /// Elections.
    pub election: ElectionRules,
    /// Training hours.
    pub hours: HoursRules,
    /// Democratic appraisal.
    pub appraisal: AppraisalRules,
    /// Decisions of the village.
    pub matter: MatterRules,
    /// Dues.
    pub dues: DuesRules,
    /// How often sessions are held.
    pub frequency: Vec<Frequency>,
    /// 慰问 and talks.
    pub visits: VisitRules,
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

/// How often a session of a kind is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// Kind of session.
    pub kind: SessionKind,
    /// Once in which period.
    pub every: Every,
    /// The usual day of the month, for suggestions.
    #[serde(default)]
    pub day: Option<i8>,
    /// The usual month of a year's session, for suggestions.
    #[serde(default)]
    pub month: Option<i8>,
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
#[serde(deny_unknown_fields)]
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
        let visits = [rules.visits.article.as_str(), rules.visits.talk_article.as_str()];
        if !rules.visits.is_sound() {
            return Err(RulesError::Unsound("occasions must rise and name their articles".to_owned()));
        }
        let frequencies = rules.frequency.iter().map(|frequency| frequency.article.as_str());
        for article in frequencies.chain(rules.meeting_articles()).chain(visits) {
            if rules.article(article).is_none() {
                return Err(RulesError::Unsound(format!("no article `{article}`")));
            }
        }
        rules.check_members()?;
        rules.dues.check().map_err(RulesError::Unsound)?;
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
        assert_eq!(rules.frequency.len(), 8);
    }

    #[test]
    fn the_list_of_what_was_compared_names_each_article_as_it_is_cited() {
        let told = include_str!("../../../../docs/rules.md");
        let line = |article: &Article| format!("| `{}` | {} | ", article.id, article.citation);
        let missing: Vec<String> =
            Rules::builtin().unwrap().articles.iter().map(line).filter(|line| !told.contains(line)).collect();
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn tiers_out_of_order_are_refused() {
        let text = BUILTIN.replace("up_to_fen = 300000", "up_to_fen = 900000");
        assert!(matches!(Rules::parse(&text), Err(RulesError::Unsound(_))));
    }
}
