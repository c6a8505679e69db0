//! 接收, 退回, 撤回, 验收: what offices decide about one thing, each in its own book and without knowing of the other.
//!
//! Every event names those that its maker had seen (`after`). An event counts when what its maker had seen permitted it;
//! those that no other counted event had seen are the *tips*, and they say where the thing stands. Tips that disagree are a
//! dispute: a return beats a withdrawal, a withdrawal beats what is still open, and an acceptance counts last, until a person
//! makes an event that has seen them all. The outcome is a function of the set of events alone, so that everybody who
//! has the same books tells the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::flow::causal::{Causal, Named};

/// The field that names the events seen.
pub const AFTER: &str = "after";
/// Events that one event names at most.
const MAX_AFTER: usize = 64;

/// What an event does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// 报完成: hands in what was sent down. A submission is handed in by being made.
    HandIn,
    /// 撤回, by the office below.
    Withdraw,
    /// The office below lets the acceptance stand that crossed its withdrawal.
    Stand,
    /// 接收, 验收通过, by the superior.
    Accept,
    /// 退回, by the superior.
    Return,
}

impl Act {
    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HandIn => "done",
            Self::Withdraw => "withdrawn",
            Self::Stand => "stands",
            Self::Accept => "accepted",
            Self::Return => "returned",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::HandIn, Self::Withdraw, Self::Stand, Self::Accept, Self::Return]
            .into_iter()
            .find(|act| act.as_str() == word)
    }

    /// The superior's word; the others are those of the office below.
    pub fn from_above(self) -> bool {
        matches!(self, Self::Accept | Self::Return)
    }

    fn leads_to(self) -> Standing {
        match self {
            Self::HandIn => Standing::Pending,
            Self::Withdraw => Standing::Withdrawn,
            Self::Stand | Self::Accept => Standing::Accepted,
            Self::Return => Standing::Returned,
        }
    }
}

/// Where a thing stands. The order is that of a dispute: the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Not handed in.
    Open,
    /// 已接收, 验收通过
    Accepted,
    /// 已提交, 待验收
    Pending,
    /// 已撤回
    Withdrawn,
    /// 已退回
    Returned,
}

impl Standing {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Pending => "pending",
            Self::Withdrawn => "withdrawn",
            Self::Returned => "returned",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Accepted, Self::Pending, Self::Withdrawn, Self::Returned]
            .into_iter()
            .find(|standing| standing.as_str() == word)
    }
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its record.
    pub id: RecordId,
    /// What it does.
    pub act: Act,
    /// The events that its maker had seen.
    pub after: BTreeSet<RecordId>,
}

impl Event {
    /// An event of a record.
    pub fn of(record: &RecordView, act: Act) -> Self {
        Self { id: record.id, act, after: seen(record) }
    }
}

/// The events that a record's maker had seen.
pub fn seen(record: &RecordView) -> BTreeSet<RecordId> {
    record.str(AFTER).split(' ').take(MAX_AFTER).filter_map(|id| id.parse().ok()).collect()
}

/// The field that names events; none when there are none to name.
pub fn after_field<'a>(ids: impl IntoIterator<Item = &'a RecordId>) -> Option<(String, Value)> {
    let ids: Vec<String> = ids.into_iter().map(RecordId::to_string).collect();
    (!ids.is_empty()).then(|| (AFTER.to_owned(), ids.join(" ").into()))
}

/// Where a thing stands, by which events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What counts.
    pub standing: Standing,
    /// The tips disagree, and nobody has settled it.
    pub disputed: bool,
    /// The events that say so, with what each says; the next event names them.
    pub tips: BTreeMap<RecordId, Act>,
}

impl Outcome {
    fn by(start: Standing, tips: BTreeMap<RecordId, Act>) -> Self {
        let standing = tips.values().map(|act| act.leads_to()).max().unwrap_or(start);
        // Withdrawn and returned: either way it is with the office below again.
        let same = |act: &Act| match act.leads_to() {
            Standing::Withdrawn => Standing::Returned,
            other => other,
        };
        let said: BTreeSet<Standing> = tips.values().map(same).collect();
        Self { standing, disputed: said.len() > 1, tips }
    }

    fn says(&self, standing: Standing) -> bool {
        self.tips.values().any(|act| act.leads_to() == standing)
    }

    /// Whether somebody who knows this may do it.
    pub fn permits(&self, act: Act) -> bool {
        let crossed = self.disputed && self.says(Standing::Withdrawn);
        match act {
            Act::HandIn => matches!(self.standing, Standing::Open | Standing::Returned),
            Act::Withdraw => !self.disputed && self.standing == Standing::Pending,
            // Nobody below overrules a return, nor accepts what nobody accepted.
            Act::Stand => crossed && self.says(Standing::Accepted) && !self.says(Standing::Returned),
            Act::Accept if self.disputed => !crossed,
            Act::Accept => matches!(self.standing, Standing::Pending | Standing::Returned),
            Act::Return => self.disputed || matches!(self.standing, Standing::Pending | Standing::Accepted),
        }
    }
}

/// Tells where a thing stands that began so. Events in a circle and those that were not permitted count nothing; an event
/// that is named and not here yet may change the outcome when it comes.
pub fn outcome(start: Standing, events: &[Event]) -> Outcome {
    let causal = Causal::of(events, |event| Named { id: event.id, after: &event.after, above: event.act.from_above() });
    let counted = causal.counted(|event: &Event, before| {
        Outcome::by(start, causal.tips(before)).permits(event.act).then_some(event.act)
    });
    Outcome::by(start, causal.tips(&counted))
}

#[cfg(test)]
mod tests;
