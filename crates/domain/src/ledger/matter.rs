//! 四议两公开: the six steps of one decision of the village, in `up/meetings`. Each step's values stand under keys of their own.

use std::collections::BTreeMap;

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::rules::Rules;

/// Record type.
pub const MATTER: &str = "village_matter";

/// One of the six steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatterStep {
    /// 党支部提议
    Proposal,
    /// 村“两委”商议
    Consultation,
    /// 党员大会审议
    MembersReview,
    /// 村民会议或村民代表会议决议
    VillagersResolution,
    /// 决议公开
    ResolutionPublished,
    /// 实施结果公开
    ResultPublished,
}

impl MatterStep {
    /// In their order.
    pub const ALL: [Self; 6] = [
        Self::Proposal,
        Self::Consultation,
        Self::MembersReview,
        Self::VillagersResolution,
        Self::ResolutionPublished,
        Self::ResultPublished,
    ];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Consultation => "consultation",
            Self::MembersReview => "members_review",
            Self::VillagersResolution => "villagers_resolution",
            Self::ResolutionPublished => "resolution_published",
            Self::ResultPublished => "result_published",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }

    /// People vote at this step.
    pub fn votes(self) -> bool {
        matches!(self, Self::MembersReview | Self::VillagersResolution)
    }
}

/// What was done at a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// ISO date; empty: not done yet.
    pub on: String,
    /// 说明
    pub note: String,
    /// Present.
    pub present: Option<u32>,
    /// In favour.
    pub in_favour: Option<u32>,
    /// The session at which it was.
    pub session: String,
}

/// A decision of the village.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matter {
    /// 事项
    pub title: String,
    /// Day of the first entry, ISO.
    pub date: String,
    /// Steps with something in them.
    pub steps: BTreeMap<MatterStep, Done>,
    /// 作废
    pub dropped: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Matter {
    /// Reads a matter; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != MATTER {
            return None;
        }
        let steps = MatterStep::ALL.into_iter().map(|step| {
            let at = |prefix: &str| format!("{prefix}/{}", step.as_str());
            let word = |prefix: &str| record.str(&at(prefix)).to_owned();
            let number = |prefix: &str| super::count(record, &at(prefix));
            let done = Done {
                on: word("on"),
                note: word("note"),
                present: number("present"),
                in_favour: number("for"),
                session: word("session"),
            };
            (step, done)
        });
        Some(Self {
            title: record.str("title").to_owned(),
            date: record.str("date").to_owned(),
            steps: steps.filter(|(_, done)| *done != Done::default()).collect(),
            dropped: record.flag("dropped"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: MATTER.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        super::changed(id, &before.fields(), self.fields())
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields = super::words([("title", &self.title), ("date", &self.date)]);
        fields.extend(self.dropped.then(|| ("dropped".to_owned(), Value::Bool(true))));
        for (step, done) in &self.steps {
            let named = |(name, value): (String, Value)| (format!("{name}/{}", step.as_str()), value);
            let words = super::words([("on", &done.on), ("note", &done.note), ("session", &done.session)]);
            let numbers = [("present", done.present), ("for", done.in_favour)];
            let numbers = numbers.into_iter().filter_map(|(name, n)| Some((name.to_owned(), Value::Int(n?.into()))));
            fields.extend(words.into_iter().chain(numbers).map(named));
        }
        fields
    }

    /// Steps that are dated before one that comes before them.
    pub fn out_of_order(&self) -> Vec<MatterStep> {
        let mut last = "";
        let mut out = Vec::new();
        for (step, done) in self.steps.iter().filter(|(_, done)| !done.on.is_empty()) {
            if done.on.as_str() < last {
                out.push(*step);
            }
            last = last.max(&done.on);
        }
        out
    }
}

/// What comes out of the numbers of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// In favour, at least.
    pub needed: u32,
    /// So many were.
    pub carried: bool,
}

/// Compares a step's numbers with the share of those present that the rules name; none where nobody counted.
pub fn carried(rules: &Rules, step: MatterStep, done: &Done) -> Option<Carried> {
    let (present, in_favour) = (done.present?, done.in_favour?);
    let (share, of) = (u64::from(rules.matter.share), u64::from(rules.matter.of.max(1)));
    let needed = u32::try_from((u64::from(present) * share).div_ceil(of)).unwrap_or(u32::MAX);
    step.votes().then_some(Carried { needed, carried: present > 0 && in_favour >= needed && in_favour <= present })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_thirds_of_those_present_carry_a_step_at_which_people_vote() {
        let rules = Rules::builtin().unwrap();
        let of = |step, present, in_favour| {
            let done = Done { present: Some(present), in_favour: Some(in_favour), ..Done::default() };
            carried(&rules, step, &done).map(|found| (found.needed, found.carried))
        };
        let review = MatterStep::MembersReview;
        assert_eq!(of(review, 36, 24), Some((24, true)));
        assert_eq!(of(review, 36, 23), Some((24, false)));
        assert_eq!(of(review, 37, 24), Some((25, false)), "two thirds of 37 are 24.67: 25");
        assert_eq!(of(review, 0, 0), Some((0, false)));
        assert_eq!(of(review, 3, 4), Some((2, false)), "more than were there");
        assert_eq!(of(MatterStep::Consultation, 36, 36), None);
    }

    #[test]
    fn a_step_dated_before_an_earlier_one_is_told() {
        let done = |on: &str| Done { on: on.to_owned(), ..Done::default() };
        let dates = ["2026-03-01", "2026-03-05", "2026-03-04", "", "2026-03-05"];
        let steps = MatterStep::ALL.into_iter().zip(dates).map(|(step, on)| (step, done(on))).collect();
        let matter = Matter { steps, ..Matter::default() };
        assert_eq!(matter.out_of_order(), [MatterStep::MembersReview]);
    }
}
