//! 委员会的案头: what a committee lays over its subordinates' records without writing in their books: cases that are passed on
//! and merged, problems that are common, rounds of interviews, the year's lists.

pub mod body;
pub mod case;
pub mod common;
pub mod group;
pub mod round;
pub mod units;

use crate::ledger::flow::Flow;

/// A figure that a template sets and that does not hold, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Off {
    /// Which figure of the template.
    pub figure: String,
    /// What there is.
    pub has: u32,
    /// What the template says.
    pub says: u32,
    /// The template's source.
    pub citation: String,
}

/// Whether a number is within what a template says: at least, at most, or exactly. None where the template says nothing.
fn off(flow: &Flow, figure: &str, has: u32, holds: impl Fn(u32, u32) -> bool) -> Option<Off> {
    let says = *flow.figures.get(figure)?;
    let off = Off { figure: figure.to_owned(), has, says, citation: flow.citation.clone() };
    (!holds(has, says)).then_some(off)
}

/// 6+X: whether a unit's year has the common lists and as many of its own choice as the template says.
pub fn check_lists(letter: &Flow, base: u32, chosen: u32) -> Vec<Off> {
    let found = [
        off(letter, "base_lists", base, |has, says| has == says),
        off(letter, "chosen_min", chosen, |has, says| has >= says),
        off(letter, "chosen_max", chosen, |has, says| has <= says),
    ];
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::flow::testing::flow;

    #[test]
    fn six_lists_are_common_and_one_or_two_are_chosen() {
        let letter = flow("letter");
        let figures = |base, chosen| -> Vec<String> {
            check_lists(&letter, base, chosen).into_iter().map(|off| off.figure).collect()
        };
        assert!(figures(6, 1).is_empty() && figures(6, 2).is_empty());
        assert_eq!(figures(6, 0), ["chosen_min"]);
        assert_eq!(figures(5, 3), ["base_lists", "chosen_max"]);
        let first = &check_lists(&letter, 5, 1)[0];
        assert_eq!((first.has, first.says), (5, 6));
        assert_eq!(first.citation, letter.citation, "what is said to a person names its source");
    }
}
