//! Rules about members: admission, mobile members, terms and funds.

use serde::{Deserialize, Serialize};

use super::{Rules, RulesError};

/// Who records or decides a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The branch.
    Branch,
    /// The committee above it.
    Committee,
}

/// 发展党员
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmissionRules {
    /// Code of the training stage.
    pub training_stage: String,
    /// Least days of training.
    pub training_days: u32,
    /// Or least tenths of an hour.
    pub training_hours_tenths: u32,
    /// Stages that are votes with counts.
    pub votes: Vec<String>,
    /// The stage that an extension of the probation puts off.
    pub extension_moves: String,
    /// Least months of an extension.
    pub extension_min_months: u32,
    /// Most months of an extension.
    pub extension_max_months: u32,
    /// Stages in their order.
    pub stage: Vec<AdmissionStage>,
}

/// A stage of an admission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmissionStage {
    /// Its code.
    pub code: String,
    /// The stage that must be done before it; empty: it is the application.
    #[serde(default)]
    pub after: String,
    /// The stage from which months count, where it is another one.
    #[serde(default)]
    pub from: Option<String>,
    /// Not before so many months.
    #[serde(default)]
    pub not_before_months: Option<u32>,
    /// Within so many months.
    #[serde(default)]
    pub within_months: Option<u32>,
    /// Within so many months where circumstances are special.
    #[serde(default)]
    pub special_months: Option<u32>,
    /// Repeated within so many months each time.
    #[serde(default)]
    pub every_months: Option<u32>,
    /// The stage with which the repetition ends.
    #[serde(default)]
    pub until: Option<String>,
    /// Not everybody needs it.
    #[serde(default)]
    pub optional: bool,
    /// Who records or decides it.
    pub by: Who,
    /// Its source.
    pub article: String,
}

/// 流动党员
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MobileRules {
    /// Months at a fixed place after which the membership should be transferred.
    pub transfer_months: u32,
    /// Months without contact after which the branch meeting deals with it.
    pub lost_months: u32,
}

/// 任期与换届
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermRules {
    /// Years in villages and communities.
    pub village_years: u32,
    /// Years elsewhere.
    pub other_years: u32,
    /// Months by which approval may shift the end.
    pub shift_months: u32,
    /// Days before the end from which it is mentioned.
    pub remind_days: u32,
    /// Full members from which there is a branch committee.
    pub committee_from: u32,
    /// Normal least and most members of a committee.
    pub committee_min: u32,
    /// See `committee_min`.
    pub committee_normal_max: u32,
    /// Most members at all.
    pub committee_max: u32,
    /// 活动经费: fen a year for each member who serves.
    pub fund_fen: i64,
}

impl Rules {
    /// Stages name stages before them, and every article is there.
    pub(super) fn check_members(&self) -> Result<(), RulesError> {
        let unsound = |text: String| Err(RulesError::Unsound(text));
        let mut known: Vec<&str> = Vec::new();
        for stage in &self.admission.stage {
            let named = [Some(stage.after.as_str()), stage.from.as_deref()];
            let missing = named.into_iter().flatten().find(|code| !code.is_empty() && !known.contains(code));
            if let Some(missing) = missing {
                return unsound(format!("stage `{}` follows `{missing}`, which is not before it", stage.code));
            }
            if self.article(&stage.article).is_none() {
                return unsound(format!("no article `{}`", stage.article));
            }
            known.push(&stage.code);
        }
        let named =
            self.admission.votes.iter().chain([&self.admission.training_stage, &self.admission.extension_moves]);
        if let Some(missing) = named.into_iter().find(|code| !known.contains(&code.as_str())) {
            return unsound(format!("no stage `{missing}`"));
        }
        let articles = ["mobile_transfer", "mobile_lost", "term", "committee_size", "activity_fund", "extension"];
        match articles.into_iter().find(|id| self.article(id).is_none()) {
            Some(missing) => unsound(format!("no article `{missing}`")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_follows_nothing_known_is_refused() {
        let text = super::super::BUILTIN.replace("after = \"talk\"", "after = \"nothing\"");
        assert!(matches!(Rules::parse(&text), Err(RulesError::Unsound(_))));
        let text = super::super::BUILTIN.replace("id = \"mobile_lost\"", "id = \"another\"");
        assert!(matches!(Rules::parse(&text), Err(RulesError::Unsound(_))));
    }
}
