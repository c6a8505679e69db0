//! A rule pack: what a committee sets otherwise, as text that travels. It is laid over the built-in data as a whole or not
//! at all.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dues::{DuesRules, Rounding, Tier};
use super::{Article, Rules};
use crate::ledger::flow::{Flow, FlowError, FlowPatch, Flows};

/// Longest text of a pack.
pub const MAX_PACK_BYTES: usize = 16 * 1024;
/// Articles that say what a pack may set otherwise.
const ARTICLES: &[&str] = &[
    "vote",
    "dues_salaried",
    "dues_retired",
    "dues_farmer",
    "dues_relief",
    "dues_yearly",
    "dues_arrears",
    "dues_back_payment",
    "dues_extra",
];
/// Longest single word of a pack, in characters.
const MAX_WORD: usize = 600;

/// A committee's rules that differ from the built-in ones. Every word of it must be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Version shown with every verdict made by it.
    pub version: String,
    /// From this day on, ISO.
    pub valid_from: String,
    /// The document it rests on.
    pub citation: String,
    /// Voting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VotePack>,
    /// Dues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dues: Option<DuesPack>,
    /// Articles in place of built-in ones.
    #[serde(default, rename = "article", skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
    /// Flows of the committee's own, or in place of built-in ones; their version is the pack's.
    #[serde(default, rename = "flow", skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<Flow>,
    /// Deadlines, figures and words of flows that are set otherwise.
    #[serde(default, rename = "flow_patch", skip_serializing_if = "Vec::is_empty")]
    pub flow_patches: Vec<FlowPatch>,
}

/// What a pack may say of votes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotePack {
    half_opens: Option<bool>,
}

/// What a pack may say of dues; what it leaves out stays as built in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuesPack {
    cap_fen: Option<i64>,
    farmer_min_fen: Option<i64>,
    farmer_max_fen: Option<i64>,
    relief_fen: Option<i64>,
    arrears_months: Option<u32>,
    back_pay_months: Option<u32>,
    centre_extra_fen: Option<i64>,
    rounding: Option<Rounding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salaried: Option<Vec<Tier>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retired: Option<Vec<Tier>>,
}

/// A pack that is not applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Longer than a pack may be.
    #[error("longer than {MAX_PACK_BYTES} bytes")]
    TooLong,
    /// Not TOML of this form, or with a word that is not known.
    #[error("not understood: {0}")]
    Form(String),
    /// Without version, citation or a day of the calendar.
    #[error("`{0}` is missing or no day of the calendar")]
    Field(&'static str),
    /// Its version is the built-in one's.
    #[error("the version is that of the built-in rules")]
    Version,
    /// Values changed without the article that says so.
    #[error("the article `{0}` has to say what was changed")]
    ArticleMissing(&'static str),
    /// An article that no rule refers to.
    #[error("there is no article `{0}`")]
    ArticleUnknown(String),
    /// Out of order or out of range.
    #[error("not sound: {0}")]
    Unsound(String),
}

impl Pack {
    /// Reads a pack and lays it over the built-in data: the pack and the rules that come of it.
    pub fn apply(text: &str, builtin: &Rules) -> Result<(Self, Rules), PackError> {
        if text.len() > MAX_PACK_BYTES {
            return Err(PackError::TooLong);
        }
        let pack: Self = toml::from_str(text).map_err(|error| PackError::Form(error.message().to_owned()))?;
        let word = |text: &str| !text.trim().is_empty() && text.chars().count() <= MAX_WORD;
        if !word(&pack.version) || pack.version.chars().count() > 60 {
            return Err(PackError::Field("version"));
        }
        if !word(&pack.citation) {
            return Err(PackError::Field("citation"));
        }
        // Written in full, since days are compared as text.
        if pack.valid_from.parse::<Date>().ok().map(|day| day.to_string()).as_ref() != Some(&pack.valid_from) {
            return Err(PackError::Field("valid_from"));
        }
        if pack.version == builtin.version {
            return Err(PackError::Version);
        }
        let rules = pack.over(builtin)?;
        if !pack.flows.is_empty() || !pack.flow_patches.is_empty() {
            let flows = Flows::builtin().and_then(|flows| pack.flows_over(&flows));
            flows.map_err(|error| PackError::Unsound(error.to_string()))?;
        }
        Ok((pack, rules))
    }

    /// The flows that are known once this pack is laid over others; items that were opened before keep theirs.
    ///
    /// # Errors
    /// A flow that does not hold.
    pub fn flows_over(&self, flows: &Flows) -> Result<Flows, FlowError> {
        flows.laid_over(&self.version, &self.flows, &self.flow_patches)
    }

    /// Everything of the built-in data that a committee may set otherwise, to begin from.
    pub fn template(rules: &Rules, version: &str, valid_from: &str, citation: &str) -> String {
        let dues = &rules.dues;
        let pack = Self {
            version: version.to_owned(),
            valid_from: valid_from.to_owned(),
            citation: citation.to_owned(),
            vote: Some(VotePack { half_opens: Some(rules.vote.half_opens) }),
            dues: Some(DuesPack {
                cap_fen: Some(dues.cap_fen),
                farmer_min_fen: Some(dues.farmer_min_fen),
                farmer_max_fen: Some(dues.farmer_max_fen),
                relief_fen: Some(dues.relief_fen),
                arrears_months: Some(dues.arrears_months),
                back_pay_months: Some(dues.back_pay_months),
                centre_extra_fen: Some(dues.centre_extra_fen),
                rounding: Some(dues.rounding),
                salaried: Some(dues.salaried.clone()),
                retired: Some(dues.retired.clone()),
            }),
            articles: rules.articles.iter().filter(|one| ARTICLES.contains(&one.id.as_str())).cloned().collect(),
            flows: Vec::new(),
            flow_patches: Vec::new(),
        };
        toml::to_string(&pack).unwrap_or_default()
    }

    fn over(&self, builtin: &Rules) -> Result<Rules, PackError> {
        let mut rules = builtin.clone();
        rules.version.clone_from(&self.version);
        rules.valid_from.clone_from(&self.valid_from);
        for article in &self.articles {
            if [&article.citation, &article.text]
                .iter()
                .any(|text| text.trim().is_empty() || text.chars().count() > MAX_WORD)
            {
                return Err(PackError::Unsound(format!("the article `{}` has no words, or too many", article.id)));
            }
            match rules.articles.iter_mut().find(|known| known.id == article.id) {
                Some(known) => known.clone_from(article),
                None => return Err(PackError::ArticleUnknown(article.id.clone())),
            }
        }
        if let Some(half_opens) = self.vote.as_ref().and_then(|vote| vote.half_opens) {
            rules.vote.half_opens = half_opens;
        }
        if let Some(dues) = &self.dues {
            dues.over(&mut rules.dues);
        }
        rules.dues.check().map_err(PackError::Unsound)?;
        // A verdict shows an article: it may not say what no longer holds.
        let (new, old) = (&rules.dues, &builtin.dues);
        let changed = [
            ("vote", rules.vote.half_opens != builtin.vote.half_opens),
            ("dues_salaried", new.salaried != old.salaried),
            ("dues_retired", new.retired != old.retired),
            ("dues_farmer", (new.farmer_min_fen, new.farmer_max_fen) != (old.farmer_min_fen, old.farmer_max_fen)),
            ("dues_relief", new.relief_fen != old.relief_fen),
            ("dues_yearly", new.cap_fen != old.cap_fen),
            ("dues_arrears", new.arrears_months != old.arrears_months),
            ("dues_back_payment", new.back_pay_months != old.back_pay_months),
            ("dues_extra", new.centre_extra_fen != old.centre_extra_fen),
        ];
        match changed.iter().find(|(id, changed)| *changed && self.articles.iter().all(|article| article.id != *id)) {
            Some((id, _)) => Err(PackError::ArticleMissing(id)),
            None => Ok(rules),
        }
    }
}

impl DuesPack {
    fn over(&self, dues: &mut DuesRules) {
        fn set<T: Clone>(to: &mut T, from: &Option<T>) {
            if let Some(from) = from {
                to.clone_from(from);
            }
        }
        set(&mut dues.cap_fen, &self.cap_fen);
        set(&mut dues.farmer_min_fen, &self.farmer_min_fen);
        set(&mut dues.farmer_max_fen, &self.farmer_max_fen);
        set(&mut dues.relief_fen, &self.relief_fen);
        set(&mut dues.arrears_months, &self.arrears_months);
        set(&mut dues.back_pay_months, &self.back_pay_months);
        set(&mut dues.centre_extra_fen, &self.centre_extra_fen);
        set(&mut dues.rounding, &self.rounding);
        set(&mut dues.salaried, &self.salaried);
        set(&mut dues.retired, &self.retired);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "version = \"街道 1\"\nvalid_from = \"2026-07-01\"\ncitation = \"示范街道〔2026〕5号\"\n";
    const FARMER: &str =
        "[[article]]\nid = \"dues_farmer\"\ncitation = \"示范街道〔2026〕5号\"\ntext = \"每月0.5元\"\n";

    fn apply(text: &str) -> Result<(Pack, Rules), PackError> {
        Pack::apply(text, &Rules::builtin().unwrap())
    }

    #[test]
    fn a_pack_changes_what_it_names_and_nothing_else() {
        let builtin = Rules::builtin().unwrap();
        let text = format!("{HEAD}[dues]\nrounding = \"down\"\nfarmer_min_fen = 50\nfarmer_max_fen = 50\n{FARMER}");
        let (_, rules) = apply(&text).unwrap();
        assert_eq!((rules.dues.farmer_min_fen, rules.dues.rounding), (50, Rounding::Down));
        assert_eq!((rules.version.as_str(), rules.valid_from.as_str()), ("街道 1", "2026-07-01"));
        assert_eq!(rules.article("dues_farmer").unwrap().text, "每月0.5元");
        assert_eq!(rules.dues.salaried, builtin.dues.salaried);
        assert_eq!(rules.frequency, builtin.frequency);
    }

    #[test]
    fn what_is_not_understood_is_not_applied_by_half() {
        let unsound = "[dues]\nfarmer_min_fen = 200\nfarmer_max_fen = 50\n";
        for (text, expected) in [
            (format!("{HEAD}[dues]\nfarmer_fen = 50\n"), "form"),
            (format!("{HEAD}[magic]\nx = 1\n"), "form"),
            (format!("{HEAD}[dues]\nfarmer_max_fen = 80\n"), "article"),
            (format!("{HEAD}{unsound}{FARMER}"), "unsound"),
            (HEAD.replace("街道 1", "2026.1"), "version"),
            (HEAD.replace("2026-07-01", "2026-7-1"), "field"),
            (HEAD.replace("2026-07-01", "2026-02-30"), "field"),
            (HEAD.replace("示范街道〔2026〕5号", " "), "field"),
            (format!("{HEAD}[[article]]\nid = \"x\"\ncitation = \"x\"\ntext = \"x\"\n"), "unknown"),
            (format!("{HEAD}# {}", "x".repeat(MAX_PACK_BYTES)), "long"),
        ] {
            let got = match apply(&text).unwrap_err() {
                PackError::TooLong => "long",
                PackError::Form(_) => "form",
                PackError::Field(_) => "field",
                PackError::Version => "version",
                PackError::ArticleMissing(_) => "article",
                PackError::ArticleUnknown(_) => "unknown",
                PackError::Unsound(_) => "unsound",
            };
            assert_eq!(got, expected, "{text:.200}");
        }
    }

    #[test]
    fn the_template_is_a_pack_that_changes_nothing_but_its_name() {
        let builtin = Rules::builtin().unwrap();
        let text = Pack::template(&builtin, "街道 2", "2026-07-01", "示范街道〔2026〕6号");
        let (_, rules) = apply(&text).unwrap();
        assert_eq!((&rules.dues, &rules.vote, &rules.articles), (&builtin.dues, &builtin.vote, &builtin.articles));
    }
}
