//! 委员会的案头: what a committee lays over its subordinates' records without writing in their books: cases that are passed on
//! and merged, problems that are common, rounds of interviews, the year's lists.

pub mod body;
pub mod case;
pub mod common;
pub mod group;
pub mod lists;
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
