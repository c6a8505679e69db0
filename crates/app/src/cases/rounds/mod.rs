//! What a committee does with flows beside taking single steps: interviews by rounds, common problems, lists, letters. Each
//! makes whole sets of items in one commit, under ids that follow from what they are, so that nothing is made twice.

pub(crate) mod calendar;
pub(crate) mod common;
pub(crate) mod group;
pub(crate) mod interview;
pub(crate) mod issue;
pub(crate) mod letter;
pub(crate) mod listed;
pub(crate) mod project;
mod told;
pub(crate) mod weak;

use std::collections::BTreeMap;

use ybz_domain::book::{BookKey, RecordOp};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::Off;
use ybz_domain::ledger::flow::{Flow, Item};

pub(crate) use interview::INTERVIEW;

use crate::ErrorDto;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::interview::{MadeOnce, OffRow};
use crate::error::Answer;
use crate::node::store_error;

/// Records of one call at most; what is more is sent in parts.
const MAX_MADE: usize = 20_000;

/// Figures that do not hold, as they are told.
fn offs(offs: impl IntoIterator<Item = Off>) -> Vec<OffRow> {
    let told = |off: Off| OffRow { figure: off.figure, has: off.has, says: off.says, citation: off.citation };
    offs.into_iter().map(told).collect()
}

/// Offices right below, as they were named; none named: all of them.
///
/// # Errors
/// `office_unknown` for one that is not right below, `required` where there is none.
fn units(cx: &Cx<'_>, named: &[String], field: &str) -> Answer<Vec<OfficeId>> {
    let children = cx.children(&cx.office);
    if named.is_empty() {
        return if children.is_empty() { Err(ErrorDto::new("required").at(field)) } else { Ok(children) };
    }
    let mut out = Vec::new();
    for (n, one) in named.iter().enumerate() {
        let office = one.parse().ok().filter(|office| children.contains(office));
        let office = office.ok_or_else(|| ErrorDto::new("office_unknown").at(&format!("{field}.{n}")))?;
        if !out.contains(&office) {
            out.push(office);
        }
    }
    Ok(out)
}

/// The template that holds for what this office sends down, or for what was sent to it: its figures and words.
fn template(cx: &Cx<'_>, flow: &str, own: bool) -> Answer<Flow> {
    cx.flow_for(flow, &cx.office, !own)
}

/// Units by their place in the tree; those that are gone come last.
fn places(cx: &Cx<'_>) -> BTreeMap<OfficeId, usize> {
    cx.children(&cx.office).into_iter().enumerate().map(|(place, office)| (office, place)).collect()
}

/// Items that are made once, whoever makes them and how often.
#[derive(Default)]
struct Once {
    edits: Edits,
    count: MadeOnce,
    /// Looks through what somebody typed.
    upward: Option<Upward>,
}

impl Once {
    /// For items with texts that somebody typed; `keep` is the person's word (确认保留并留痕).
    fn typed(cx: &Cx<'_>, keep: bool) -> Answer<Self> {
        Ok(Self { upward: Some(Upward::load(cx, keep)?), ..Self::default() })
    }

    /// Refuses a text at its field. The commit looks through all of them, and logs what is let through.
    ///
    /// # Errors
    /// As [`Upward::check`].
    fn check(&mut self, field: &str, text: &str) -> Answer<()> {
        self.upward.as_mut().map_or(Ok(()), |upward| upward.check(field, text))
    }

    /// Adds an item to the book of a unit, unless it is there. True: it was not.
    fn put(&mut self, cx: &Cx<'_>, book: BookKey, id: RecordId, item: &Item) -> Answer<bool> {
        let key = book.id();
        let known = cx.node.store.read(|reader| reader.record(Some(&key), &id)).map_err(store_error)?;
        if known.is_some() {
            self.count.before += 1;
            return Ok(false);
        }
        if self.count.made as usize >= MAX_MADE {
            return Err(ErrorDto::new("too_many").with("max", MAX_MADE));
        }
        self.count.made += 1;
        let kept = self.upward.as_ref().is_some_and(|upward| upward.keeps(&item.title) || upward.keeps(&item.text));
        let item = if kept { &Item { kept_match: true, ..item.clone() } } else { item };
        self.edits.push(book, item.create(id));
        Ok(true)
    }

    fn push(&mut self, book: BookKey, op: RecordOp) {
        self.edits.push(book, op);
    }

    /// Commits what is new; where nothing is, nothing is written.
    fn commit(self, cx: &Cx<'_>) -> Answer<MadeOnce> {
        if self.edits.parts() > 0 {
            cx.commit(self.edits)?;
        }
        Ok(self.count)
    }
}

/// The book in which what is sent down to a unit in a year stands.
fn dispatch(cx: &Cx<'_>, unit: OfficeId, year: i16) -> BookKey {
    BookKey::dispatch(unit, cx.office, year)
}
