//! 表决: votes of a session, several of them, in `up/meetings`. Counts only, never who voted how.
//!
//! What comes out is computed from the session's roll and the rules each time it is shown, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::session::{Light, Mark, RollEntry};
use crate::rules::{MajorityOf, Rules};

/// Record type.
pub const VOTE: &str = "vote";
/// Candidates of one vote, at most.
pub const MAX_CHOICES: usize = 40;

/// The rule that a vote follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum VoteRule {
    /// 党员大会一般表决
    #[default]
    Ordinary,
    /// 支委会表决
    Committee,
    /// 发展党员
    Admission,
    /// 选举
    Election,
}

impl VoteRule {
    /// All rules.
    pub const ALL: [Self; 4] = [Self::Ordinary, Self::Committee, Self::Admission, Self::Election];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Committee => "committee",
            Self::Admission => "admission",
            Self::Election => "election",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == word)
    }
}

/// Why somebody is not counted among those due at an election.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// 长期卧床
    Bedridden,
    /// 在国(境)外
    Abroad,
    /// 服刑
    ServingSentence,
    /// 应转未转组织关系
    ShouldHaveTransferred,
}

impl Exclusion {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::Bedridden, Self::Abroad, Self::ServingSentence, Self::ShouldHaveTransferred];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bedridden => "bedridden",
            Self::Abroad => "abroad",
            Self::ServingSentence => "serving_sentence",
            Self::ShouldHaveTransferred => "should_have_transferred",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// A candidate, or the matter itself, with its counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Candidate; empty where the subject itself is voted on.
    pub name: String,
    /// 赞成; none: not counted yet.
    pub in_favour: Option<u32>,
    /// 反对
    pub against: Option<u32>,
    /// 弃权
    pub abstain: Option<u32>,
}

impl Choice {
    fn cast(&self) -> u32 {
        [self.in_favour, self.against, self.abstain].into_iter().flatten().fold(0, u32::saturating_add)
    }
}

/// A vote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vote {
    /// The session.
    pub session: String,
    /// The session's day, ISO: by it the vote is a row of its month. Votes of before have none.
    pub date: String,
    /// Its rule.
    pub rule: VoteRule,
    /// 表决事项
    pub subject: String,
    /// At least one.
    pub choices: Vec<Choice>,
    /// 无记名
    pub secret: bool,
    /// 发出选票
    pub issued: Option<u32>,
    /// 收回选票
    pub returned: Option<u32>,
    /// Written opinions received before, in favour (admission).
    pub written_for: Option<u32>,
    /// Written opinions received before, against (admission).
    pub written_against: Option<u32>,
    /// Not counted among those due, with the reason (election).
    pub excluded: BTreeMap<RecordId, Exclusion>,
    /// 上级同意: day or document; exclusions count only with it.
    pub consent: String,
    /// 会议通过; exclusions count only with it.
    pub approved: bool,
    /// Who may vote, where those are fewer than the session's roll says: the committee in a combined session.
    pub electors: BTreeSet<RecordId>,
    /// 作废
    pub dropped: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Vote {
    /// Reads a vote; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != VOTE {
            return None;
        }
        let number = |field: &str| super::count(record, field);
        let mut choices = Vec::new();
        while choices.len() < MAX_CHOICES && record.get(&format!("choice/{}", choices.len())).is_some() {
            let at = choices.len();
            choices.push(Choice {
                name: record.str(&format!("choice/{at}")).to_owned(),
                in_favour: number(&format!("for/{at}")),
                against: number(&format!("against/{at}")),
                abstain: number(&format!("abstain/{at}")),
            });
        }
        let reason = |value: Option<&Value>| value.and_then(Value::as_str).and_then(Exclusion::from_word);
        Some(Self {
            session: record.str("ref").to_owned(),
            date: record.str("date").to_owned(),
            rule: VoteRule::from_word(record.str("kind")).unwrap_or_default(),
            subject: record.str("title").to_owned(),
            choices,
            secret: record.flag("secret"),
            issued: number("issued"),
            returned: number("returned"),
            written_for: number("written_for"),
            written_against: number("written_against"),
            excluded: record
                .below("excluded/")
                .filter_map(|(member, field)| Some((member.parse().ok()?, reason(field.shown())?)))
                .collect(),
            consent: record.str("consent").to_owned(),
            approved: record.flag("approved"),
            electors: super::flags(record, "elector/"),
            dropped: record.flag("dropped"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: VOTE.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        super::changed(id, &before.fields(), self.fields())
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields = super::words([
            ("ref", &self.session),
            ("date", &self.date),
            ("kind", self.rule.as_str()),
            ("title", &self.subject),
            ("consent", &self.consent),
        ]);
        let mut number = |name: String, number: Option<u32>| {
            fields.extend(number.map(|number| (name, Value::Int(number.into()))));
        };
        for (name, count) in [
            ("issued", self.issued),
            ("returned", self.returned),
            ("written_for", self.written_for),
            ("written_against", self.written_against),
        ] {
            number(name.to_owned(), count);
        }
        for (at, choice) in self.choices.iter().enumerate() {
            number(format!("for/{at}"), choice.in_favour);
            number(format!("against/{at}"), choice.against);
            number(format!("abstain/{at}"), choice.abstain);
        }
        for (at, choice) in self.choices.iter().enumerate() {
            fields.push((format!("choice/{at}"), choice.name.as_str().into()));
        }
        for (name, flag) in [("secret", self.secret), ("approved", self.approved), ("dropped", self.dropped)] {
            fields.extend(flag.then(|| (name.to_owned(), Value::Bool(true))));
        }
        let excluded = self.excluded.iter();
        fields.extend(excluded.map(|(member, reason)| (format!("excluded/{member}"), reason.as_str().into())));
        fields.extend(self.electors.iter().map(|member| (format!("elector/{member}"), Value::Bool(true))));
        fields
    }

    fn written(&self) -> u32 {
        if self.rule != VoteRule::Admission {
            return 0;
        }
        self.written_for.unwrap_or_default().saturating_add(self.written_against.unwrap_or_default())
    }
}

/// The light before a vote, by its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteLight {
    /// Colour.
    pub light: Light,
    /// With a vote, due, without those excluded.
    pub due: u32,
    /// Of them here.
    pub present: u32,
    /// Written opinions that count as votes.
    pub written: u32,
    /// So many must be here.
    pub needed_to_open: u32,
    /// So many must be in favour.
    pub needed_to_pass: u32,
    /// Due and not here.
    pub missing: Vec<RecordId>,
    /// Left out of those due.
    pub excluded: Vec<(RecordId, Exclusion)>,
    /// To be left out, once the superior's consent and the meeting's approval are noted.
    pub not_excluded_yet: Vec<(RecordId, Exclusion)>,
    /// The rule.
    pub article: String,
}

/// What came out for one choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Not counted yet.
    Open,
    /// Enough in favour.
    Passed,
    /// Too few in favour.
    NotPassed,
    /// Too few people: the vote could not be held.
    NoQuorum,
    /// More ballots came back than went out.
    Void,
    /// The numbers do not fit one another or the roll.
    Unclear,
}

impl Verdict {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Passed => "passed",
            Self::NotPassed => "not_passed",
            Self::NoQuorum => "no_quorum",
            Self::Void => "void",
            Self::Unclear => "unclear",
        }
    }
}

/// Looks at a roll with the rule of a vote.
pub fn light(rules: &Rules, vote: &Vote, roll: &BTreeMap<RecordId, RollEntry>) -> VoteLight {
    let settled = vote.rule == VoteRule::Election && vote.approved && !vote.consent.is_empty();
    let elects = |id: &RecordId| vote.electors.is_empty() || vote.electors.contains(id);
    let (mut due, mut present) = (0u32, 0u32);
    let (mut missing, mut excluded, mut not_excluded_yet) = (Vec::new(), Vec::new(), Vec::new());
    for (id, entry) in roll.iter().filter(|(id, entry)| entry.due && entry.votes && elects(id)) {
        let here = entry.mark == Mark::Present;
        // Who comes nevertheless is counted.
        match vote.excluded.get(id).filter(|_| vote.rule == VoteRule::Election && !here) {
            Some(reason) if settled => {
                excluded.push((*id, *reason));
                continue;
            }
            Some(reason) => not_excluded_yet.push((*id, *reason)),
            None => {}
        }
        due += 1;
        present += u32::from(here);
        if !here {
            missing.push(*id);
        }
    }
    let half = |of: u32| of / 2 + 1;
    let (needed_to_open, needed_to_pass, article) = match vote.rule {
        VoteRule::Ordinary | VoteRule::Committee => {
            let open = if rules.vote.half_opens { due.div_ceil(2) } else { half(due) };
            (open, half(due), if vote.rule == VoteRule::Committee { "vote_committee" } else { "vote" })
        }
        VoteRule::Admission => (half(due), half(due), rules.admission_vote.article.as_str()),
        VoteRule::Election => {
            let rule = &rules.election;
            let share = u64::from(due) * u64::from(rule.attendance);
            let open = u32::try_from(share.div_ceil(u64::from(rule.attendance_of.max(1)))).unwrap_or(u32::MAX);
            let of = if rule.majority_of == MajorityOf::Due { due } else { present };
            (open, half(of), rule.article.as_str())
        }
    };
    let written = vote.written();
    let light = if due == 0 || present < needed_to_open {
        Light::Red
    } else if present.saturating_add(written) < needed_to_pass {
        Light::Yellow
    } else {
        Light::Green
    };
    let article = article.to_owned();
    VoteLight {
        light,
        due,
        present,
        written,
        needed_to_open,
        needed_to_pass,
        missing,
        excluded,
        not_excluded_yet,
        article,
    }
}

/// What came out for each choice, with the votes in favour that count.
pub fn verdicts(vote: &Vote, light: &VoteLight) -> Vec<(Verdict, u32)> {
    let more = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a > b);
    let written_for = if vote.rule == VoteRule::Admission { vote.written_for.unwrap_or_default() } else { 0 };
    let absent = light.due.saturating_sub(light.present);
    let verdict = |choice: &Choice| {
        let in_favour = choice.in_favour.unwrap_or_default().saturating_add(written_for);
        let cast = choice.cast();
        let verdict = if choice.in_favour.is_none() {
            Verdict::Open
        } else if light.light == Light::Red {
            Verdict::NoQuorum
        } else if more(vote.returned, vote.issued) {
            Verdict::Void
        } else if more(Some(cast), vote.returned) || cast > light.present || light.written > absent {
            Verdict::Unclear
        } else if in_favour >= light.needed_to_pass {
            Verdict::Passed
        } else {
            Verdict::NotPassed
        };
        (verdict, in_favour)
    };
    vote.choices.iter().map(verdict).collect()
}

#[cfg(test)]
mod tests;
