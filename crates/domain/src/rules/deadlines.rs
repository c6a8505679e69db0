//! What a deadline is about, what follows when it passes and what helps then, as data (`deadlines.toml`): the calendar, reminders
//! and the text that asks a branch politely say the same.

use serde::{Deserialize, Serialize};

use super::{Rules, RulesError};

const BUILTIN: &str = include_str!("deadlines.toml");

/// A sentence in both languages of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A kind of deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// Stable word.
    pub id: String,
    /// What is due.
    pub name: Said,
    /// What follows when it passes.
    pub consequence: Said,
    /// What helps: first before the day, then after it.
    pub remedy: Said,
    /// The article of the rules that sets it; where it is none, `citation` says where it comes from.
    #[serde(default)]
    pub article: String,
    /// Where it comes from; empty: the article says it, or the matter itself (the template of a flow, who set the day).
    #[serde(default)]
    pub citation: String,
}

/// A version of the data about deadlines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// Version shown with what rests on it.
    pub version: String,
    /// The day of the following month by which a month is submitted.
    pub submission_day: i8,
    /// By kind.
    #[serde(rename = "deadline")]
    pub deadlines: Vec<DeadlineRule>,
}

/// Kinds that the calendar knows.
pub const DEADLINE_KINDS: [&str; 9] =
    ["item", "rectification", "dispatched", "flow", "submission", "session", "admission", "term", "dues_back_payment"];

impl Deadlines {
    /// The data that come with the program.
    ///
    /// # Errors
    /// Data that do not parse, that miss a kind or a sentence.
    pub fn builtin() -> Result<Self, RulesError> {
        let all: Self = toml::from_str(BUILTIN).map_err(|error| RulesError::Form(error.to_string()))?;
        let whole = |said: &Said| !said.zh.is_empty() && !said.en.is_empty();
        let sound = |rule: &DeadlineRule| whole(&rule.name) && whole(&rule.consequence) && whole(&rule.remedy);
        let missing = DEADLINE_KINDS.into_iter().find(|kind| !all.rule(kind).is_some_and(sound));
        if let Some(kind) = missing {
            return Err(RulesError::Unsound(format!("the deadline `{kind}`")));
        }
        if !(1..=28).contains(&all.submission_day) {
            return Err(RulesError::Unsound("the day by which a month is submitted".to_owned()));
        }
        Ok(all)
    }

    /// What is said of a kind.
    pub fn rule(&self, id: &str) -> Option<&DeadlineRule> {
        self.deadlines.iter().find(|rule| rule.id == id)
    }

    /// Articles that are named and that rules do not have.
    pub fn unknown_articles<'a>(&'a self, rules: &Rules) -> Vec<&'a str> {
        let named = self.deadlines.iter().map(|rule| rule.article.as_str()).filter(|article| !article.is_empty());
        named.filter(|article| rules.article(article).is_none()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_what_follows_and_what_helps_and_where_it_comes_from() {
        let all = Deadlines::builtin().unwrap();
        assert_eq!(all.deadlines.len(), DEADLINE_KINDS.len());
        assert_eq!(all.unknown_articles(&Rules::builtin().unwrap()), Vec::<&str>::new());
        assert!(all.deadlines.iter().all(|rule| rule.article.is_empty() || rule.citation.is_empty()), "one source");
        let polite = all.deadlines.iter().all(|rule| !rule.consequence.zh.contains("排名"));
        assert!(polite, "nobody is ranked");
    }
}
