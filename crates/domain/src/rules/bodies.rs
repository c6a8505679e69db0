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
    /// Of branches.
    pub size: SizeRule,
}

/// How many full members make a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRule {
    /// Fewer join with others.
    pub min: u32,
    /// Members of a branch, as a rule; of more a general branch may be made.
    pub max: u32,
    /// From this many on, and with the approval of the county, a committee may be made.
    pub committee_from: u32,
    /// Its source.
    pub citation: String,
}

/// What a rule about bodies has to say of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyOff {
    /// `units_many`, `few_members`, `many_members`, `committee_size`, or `kept_from`.
    pub code: &'static str,
    /// What there is.
    pub has: u32,
    /// What the rule says.
    pub says: u32,
    /// Its source.
    pub citation: String,
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
        let size = &bodies.size;
        if !(size.min < size.max && size.max < size.committee_from) || size.citation.is_empty() {
            return Err(RulesError::Unsound("the rule about sizes".to_owned()));
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

    /// Whether a body covers more units than its kind does as a rule.
    pub fn units_off(&self, kind: BodyKind, units: usize) -> Option<BodyOff> {
        let rule = self.rule(kind)?;
        let has = u32::try_from(units).unwrap_or(u32::MAX);
        let says = rule.units_max.filter(|max| has > *max)?;
        Some(BodyOff { code: "units_many", has, says, citation: rule.citation.clone() })
    }

    /// Whether a branch has fewer or more full members than a branch has as a rule.
    pub fn size_off(&self, full_members: usize) -> Option<BodyOff> {
        let SizeRule { min, max, committee_from, citation } = &self.size;
        let has = u32::try_from(full_members).unwrap_or(u32::MAX);
        let (code, says) = match has {
            has if has < *min => ("few_members", *min),
            has if has >= *committee_from => ("committee_size", *committee_from),
            has if has > *max => ("many_members", *max),
            _ => return None,
        };
        Some(BodyOff { code, has, says, citation: citation.clone() })
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
        assert_eq!(bodies.units_off(BodyKind::Joint, 5), None);
        let off = bodies.units_off(BodyKind::Joint, 6).unwrap();
        assert_eq!((off.code, off.has, off.says), ("units_many", 6, 5));
        assert!(off.citation.contains("联合党支部"), "what is said names its source");
        assert_eq!(bodies.units_off(BodyKind::Alliance, 40), None);
        let branches = BodyKind::ALL.into_iter().filter(|kind| bodies.rule(*kind).unwrap().branch);
        assert_eq!(branches.collect::<Vec<_>>(), [BodyKind::Temporary, BodyKind::Mobile, BodyKind::Joint]);
    }

    #[test]
    fn a_branch_has_three_full_members_and_as_a_rule_fifty_at_most() {
        let bodies = Bodies::builtin().unwrap();
        let said = |members| bodies.size_off(members).map(|off| (off.code, off.says));
        assert_eq!(said(2), Some(("few_members", 3)));
        assert_eq!((said(3), said(50)), (None, None));
        assert_eq!((said(51), said(99)), (Some(("many_members", 50)), Some(("many_members", 50))));
        assert_eq!(said(100), Some(("committee_size", 100)));
    }
}
