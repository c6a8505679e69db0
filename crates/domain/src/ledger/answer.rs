//! The answer from above to a concern: a record of the superior in `down/dispatch` of the branch that handed it in. Answers
//! are only ever added; what the branch does next stands in its own book.

use crate::book::{RecordOp, RecordView};
use crate::ids::RecordId;
use crate::ledger::visit::Step;

/// An answer to a concern, in `down/dispatch`.
pub const ANSWER: &str = "concern_answer";

/// What the superior says about a concern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerState {
    /// 办理中: taken up, no result yet.
    #[default]
    Handling,
    /// 已答复: with a result that the resident can be told.
    Answered,
    /// 不能办理: with the reason that the resident can be told.
    Declined,
}

impl AnswerState {
    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Handling => "handling",
            Self::Answered => "answered",
            Self::Declined => "declined",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Handling, Self::Answered, Self::Declined].into_iter().find(|state| state.as_str() == word)
    }

    /// There is something to tell the resident.
    pub fn is_final(self) -> bool {
        self != Self::Handling
    }
}

/// An answer; nothing in it names a resident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The concern.
    pub concern: String,
    /// ISO date.
    pub on: String,
    /// 答复内容
    pub text: String,
    /// State.
    pub state: AnswerState,
    /// 承办单位
    pub unit: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Answer {
    /// Reads an answer; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == ANSWER).then(|| Self {
            concern: record.str("ref").to_owned(),
            on: record.str("date").to_owned(),
            text: record.str("text").to_owned(),
            state: AnswerState::from_word(record.str("state")).unwrap_or_default(),
            unit: record.str("unit").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let fields = [
            ("ref", self.concern.as_str()),
            ("date", &self.on),
            ("text", &self.text),
            ("state", self.state.as_str()),
            ("unit", &self.unit),
            ("recorded_on", &self.recorded_on),
        ]
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| (name.to_owned(), word.into()))
        .collect();
        RecordOp::Create { id, rtype: ANSWER.to_owned(), fields }
    }
}

/// Word of a step that opens a closed or answered concern again.
pub const REOPENED: &str = "reopened";

/// Where a handed-in concern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// 已上报
    HandedIn,
    /// 办理中
    InProgress,
    /// 上级已答复: the resident is to be told.
    Answered,
    /// 已办结
    Closed,
}

impl Standing {
    /// Stable word of lists.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HandedIn => "handed_in",
            Self::InProgress => "in_progress",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

/// Where a concern stands by the branch's steps and the answers from above. Closed is the branch's word alone; an answer
/// waits to be told until a step closes the concern or opens it again. Equal days are told apart by id.
pub fn standing(steps: &[(RecordId, Step)], answers: &[(RecordId, Answer)]) -> Standing {
    let step = steps.iter().max_by_key(|(id, step)| (&step.on, *id));
    let answer = answers.iter().max_by_key(|(id, answer)| (&answer.on, *id));
    let state = step.map_or("", |(_, step)| step.state.as_str());
    let answered = answer.is_some_and(|(id, answer)| {
        let told = state == REOPENED && step.is_some_and(|(other, step)| (&step.on, other) > (&answer.on, id));
        answer.state.is_final() && !told
    });
    match (state, answered) {
        ("closed", _) => Standing::Closed,
        (_, true) => Standing::Answered,
        ("", false) if answer.is_none() => Standing::HandedIn,
        (_, false) => Standing::InProgress,
    }
}

/// Whether a concern waits for a word from above: nobody closed it, and nothing was said to it since it was handed in or last
/// opened again. 办理中 is such a word: whoever said it has it in hand.
pub fn waits(steps: &[(RecordId, Step)], answers: &[(RecordId, Answer)]) -> bool {
    let said = answers.iter().map(|(id, answer)| (&answer.on, *id)).max();
    let opened = steps.iter().filter(|(_, step)| step.state == REOPENED).map(|(id, step)| (&step.on, *id)).max();
    standing(steps, answers) != Standing::Closed && said.is_none_or(|said| opened.is_some_and(|opened| opened > said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: u8, on: &str, state: &str) -> (RecordId, Step) {
        let step = Step { on: on.to_owned(), state: state.to_owned(), ..Step::default() };
        (RecordId([id; 16]), step)
    }

    fn answer(id: u8, on: &str, state: AnswerState) -> (RecordId, Answer) {
        (RecordId([id; 16]), Answer { on: on.to_owned(), state, ..Answer::default() })
    }

    #[test]
    fn a_concern_is_answered_from_above_and_closed_by_the_branch_alone() {
        let handling = answer(1, "2026-03-02", AnswerState::Handling);
        let answered = answer(2, "2026-03-05", AnswerState::Answered);
        assert_eq!(standing(&[], &[]), Standing::HandedIn);
        assert_eq!(standing(&[], std::slice::from_ref(&handling)), Standing::InProgress);
        assert_eq!(standing(&[step(3, "2026-03-01", "in_progress")], &[]), Standing::InProgress);
        assert_eq!(standing(&[], &[answered.clone(), handling.clone()]), Standing::Answered, "the latest counts");
        // A step written offline after the answer, and not knowing of it, does not swallow the answer.
        let working = step(4, "2026-03-09", "in_progress");
        assert_eq!(standing(std::slice::from_ref(&working), std::slice::from_ref(&answered)), Standing::Answered);
        let closed = step(5, "2026-03-10", "closed");
        assert_eq!(standing(&[working, closed.clone()], std::slice::from_ref(&answered)), Standing::Closed);
        let declined = answer(6, "2026-03-12", AnswerState::Declined);
        assert_eq!(
            standing(std::slice::from_ref(&closed), std::slice::from_ref(&declined)),
            Standing::Closed,
            "nothing reopens by itself"
        );
        let reopened = step(7, "2026-03-11", REOPENED);
        assert_eq!(
            standing(&[closed.clone(), reopened.clone()], std::slice::from_ref(&answered)),
            Standing::InProgress
        );
        assert_eq!(standing(&[closed, reopened], &[answered, declined]), Standing::Answered, "a new answer came");
    }

    #[test]
    fn on_one_day_the_later_record_counts() {
        let closed = step(1, "2026-03-10", "closed");
        let reopened = step(2, "2026-03-10", REOPENED);
        assert_eq!(standing(&[reopened, closed], &[]), Standing::InProgress);
    }

    #[test]
    fn a_concern_waits_until_somebody_above_says_a_word_and_again_once_it_is_opened_again() {
        assert!(waits(&[], &[]));
        assert!(waits(&[step(1, "2026-03-01", "in_progress")], &[]), "what the branch does is not what it waits for");
        assert!(!waits(&[step(1, "2026-03-01", "closed")], &[]));
        for state in [AnswerState::Handling, AnswerState::Answered, AnswerState::Declined] {
            let said = [answer(2, "2026-03-02", state)];
            assert!(!waits(&[step(1, "2026-03-01", REOPENED)], &said), "{state:?}");
            assert!(waits(&[step(3, "2026-03-03", REOPENED)], &said), "{state:?}");
            let later = [step(3, "2026-03-03", REOPENED), step(4, "2026-03-04", "in_progress")];
            assert!(waits(&later, &said), "the branch goes on, and still nobody above has said a word: {state:?}");
            assert!(!waits(&later, &[said[0].clone(), answer(5, "2026-03-05", AnswerState::Handling)]));
        }
    }
}
