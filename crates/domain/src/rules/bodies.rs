//! What bodies within an office may not do, as data (`bodies.toml`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::RulesError;
use crate::ledger::desk::body::BodyKind;

const BUILTIN: &str = include_str!("bodies.toml");
/// What a branch does that not every body may.
const DUTIES: [&str; 4] = ["dues", "admission", "discipline", "election"];

/// A version of the rules about bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bodies {
    /// Version shown with what rests on it.
    pub version: String,
    /// By kind.
    #[serde(rename = "body")]
    pub bodies: Vec<BodyRule>,
}

/// The rule about a kind of body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyRule {
    /// Kind.
    pub kind: BodyKind,
    /// Its name.
    pub name: String,
    /// It is a branch.
    #[serde(default)]
    pub branch: bool,
    /// `dues`, `admission`, `discipline`, `election`.
    #[serde(default)]
    pub may_not: BTreeSet<String>,
    /// Units that it covers at most.
    #[serde(default)]
    pub units_max: Option<u32>,
    /// Its source.
    pub citation: String,
}

impl Bodies {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// Data that do not parse, or that miss a kind.
    pub fn builtin() -> Result<Self, RulesError> {
        let bodies: Self = toml::from_str(BUILTIN).map_err(|error| RulesError::Form(error.to_string()))?;
        let known = |rule: &BodyRule| {
            rule.may_not.iter().all(|duty| DUTIES.contains(&duty.as_str())) && !rule.citation.is_empty()
        };
        if let Some(rule) = bodies.bodies.iter().find(|rule| !known(rule)) {
            return Err(RulesError::Unsound(format!("the rule about `{}`", rule.kind.as_str())));
        }
        match BodyKind::ALL.into_iter().find(|kind| bodies.rule(*kind).is_none()) {
            Some(kind) => Err(RulesError::Unsound(format!("no rule about `{}`", kind.as_str()))),
            None => Ok(bodies),
        }
    }

    /// The rule about a kind.
    pub fn rule(&self, kind: BodyKind) -> Option<&BodyRule> {
        self.bodies.iter().find(|rule| rule.kind == kind)
    }

    /// The rule that keeps a body of a kind from a duty; none: it may. Shown with what is refused.
    pub fn keeps_from(&self, kind: BodyKind, duty: &str) -> Option<&BodyRule> {
        self.rule(kind).filter(|rule| rule.may_not.contains(duty))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_branch_takes_no_dues_admits_nobody_punishes_nobody_and_elects_nobody() {
        let bodies = Bodies::builtin().unwrap();
        for duty in DUTIES {
            assert!(bodies.keeps_from(BodyKind::Temporary, duty).unwrap().citation.contains("临时党支部"));
            for kind in BodyKind::ALL.into_iter().filter(|kind| *kind != BodyKind::Temporary) {
                assert_eq!(bodies.keeps_from(kind, duty), None);
            }
        }
        assert_eq!(bodies.rule(BodyKind::Joint).unwrap().units_max, Some(5));
        let branches = BodyKind::ALL.into_iter().filter(|kind| bodies.rule(*kind).unwrap().branch);
        assert_eq!(branches.collect::<Vec<_>>(), [BodyKind::Temporary, BodyKind::Mobile, BodyKind::Joint]);
    }
}
