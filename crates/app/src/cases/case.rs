//! 群众诉求办理: taking in, passing on, telling who asked, answering. A case is an item of the flow `case`; only what a case can do
//! beside what every item can is here.

mod accept;
mod answer;
mod caller;
mod links;
mod pass;

pub(crate) use accept::{accept, taken_in};
pub(crate) use answer::{answer, answer_back};
pub(crate) use caller::{callers, has_caller, private, tell};
pub(crate) use links::{links, sources_of};
pub(crate) use pass::pass;

use ybz_domain::ledger::flow::Item;

use crate::ErrorDto;
use crate::cases::flow::{CASE, Found};
use crate::error::Answer;

/// An item that is a case.
///
/// # Errors
/// `not_found`
fn must_be_case(found: Found) -> Answer<Found> {
    if found.item.flow == CASE { Ok(found) } else { Err(ErrorDto::new("not_found").with("id", found.id())) }
}

/// The beginning of a text as a title.
fn title_of(title: &str, text: &str) -> String {
    let line = if title.trim().is_empty() { text.trim().lines().next().unwrap_or_default() } else { title.trim() };
    let mut out: String = line.chars().take(40).collect();
    if line.chars().count() > 40 {
        out.push('…');
    }
    out
}

/// The title of a case, or the beginning of its text.
fn called(item: &Item) -> String {
    title_of(&item.title, &item.text)
}
