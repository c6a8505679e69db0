//! Free text that goes up or down: it names no household of this office, by name or by phone.

mod all;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::flow::FLOW_ITEM;
use ybz_domain::ledger::visit::{VISIT, Visit, VisitKind};
use ybz_domain::trust::Certificate;
use ybz_store::RecordQuery;

use crate::ErrorDto;
use crate::cases::case::callers;
use crate::cases::flow::CASE;
use crate::cases::{erase, unsealed};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::concern::PrivateMatch;
use crate::error::Answer;

use words::{Found, HomeWords, Words, digits, letters};

pub(crate) use all::{check_all, clean};

/// Code of a text that cannot be checked.
const UNREADABLE: &str = "households_unreadable";
/// What a match is replaced by: "that household".
const INSTEAD: &str = "该户";
/// Visits that are looked at together.
const LOOKED: u32 = 200;

/// Whether this device has the office's `own/` books.
pub(crate) fn reads_own_books(cx: &Cx<'_>) -> bool {
    cx.membership().certificate(&cx.office, &cx.device().id()).is_some_and(Certificate::reads_own)
}

/// Households by what must not go up.
pub(crate) struct Private {
    /// Of the households of this office; none of one alone.
    homes: Option<Arc<HomeWords>>,
    more: Words,
    /// Households exist that do not open on this device.
    unopened: bool,
}

/// Whether this office has sent a case up or down, or was sent one.
fn handles_cases(cx: &Cx<'_>) -> Answer<bool> {
    let mut offices = cx.offices_below();
    offices.push(cx.office);
    let query = RecordQuery {
        kind: Some(CASE.to_owned()),
        offices: Some(offices),
        limit: 1,
        ..RecordQuery::of_type(FLOW_ITEM)
    };
    Ok(cx.query(&query)?.0 > 0)
}

/// Whether a visit to a household is recorded.
fn visited_homes(cx: &Cx<'_>) -> Answer<bool> {
    let at_home = |stored: &Stored| {
        Visit::read(&stored.view).is_some_and(|visit| visit.kind != VisitKind::RoundTable && !visit.public_place)
    };
    let mut offset = 0;
    loop {
        let query = RecordQuery { offset, limit: LOOKED, ..RecordQuery::of_type(VISIT) };
        let (total, found) = cx.own_page(query)?;
        offset = offset.saturating_add(LOOKED);
        if found.iter().any(at_home) || offset >= total {
            return Ok(found.iter().any(at_home));
        }
    }
}

impl Private {
    /// One household alone.
    pub(crate) fn of_one(name: &str, phone: &str) -> Self {
        let mut out = Self { homes: None, more: Words::default(), unopened: false };
        out.add(name, phone);
        out
    }

    /// Names and phones of this office's households.
    pub(crate) fn load(cx: &Cx<'_>) -> Answer<Self> {
        // Whoever is at the screen: a name that a profile does not see stays here all the same.
        let cx = &cx.unlimited();
        let homes = unsealed::opened::<HomeWords>(cx)?;
        let mut out = Self { homes: None, more: Words::default(), unopened: false };
        if !homes.closed.is_empty() {
            // Of an erased household nobody can tell the name any more. A device that came after it knows it by its mark alone.
            let erased = cx.erased()?;
            for household in homes.closed.iter().filter(|household| !erased.contains_key(household)) {
                if !erase::is_marked(cx, household)? {
                    out.unopened = true;
                    break;
                }
            }
        }
        out.homes = Some(homes);
        // Who asked for something, as the office above took it down or was told by it.
        for caller in callers(cx)? {
            match caller {
                Some((name, phone)) => out.add(&name, &phone),
                None => out.unopened = true,
            }
        }
        if !reads_own_books(cx) {
            // `own/` books are not on this device: what visits there were says whether there are households.
            // Whoever asked a committee stands there sealed: cases that it sent on say that it takes some in.
            out.unopened |= handles_cases(cx)? || visited_homes(cx)?;
        }
        Ok(out)
    }

    /// A household that is not kept yet.
    pub(crate) fn add(&mut self, name: &str, phone: &str) {
        self.more.add(name, phone);
    }

    fn find(&self, text: &str) -> Vec<Found<'_>> {
        let (letters, digits) = (letters(text), digits(text));
        let words = self.homes.iter().map(|homes| &homes.words).chain([&self.more]);
        words.flat_map(|words| words.find(&letters, &digits)).collect()
    }

    /// What a text names, the longest first.
    pub(crate) fn matches(&self, text: &str) -> Vec<PrivateMatch> {
        let mut found: Vec<PrivateMatch> = self
            .find(text)
            .iter()
            .map(|found| PrivateMatch { kind: found.word.kind.to_owned(), text: found.word.shown.clone() })
            .collect();
        found.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(a.text.cmp(&b.text)));
        found.dedup_by(|a, b| a.text == b.text);
        found
    }

    /// A text with every name and phone replaced, however it is written.
    pub(crate) fn without(&self, text: &str) -> String {
        let mut spans: Vec<(usize, usize)> = self.find(text).iter().map(|found| (found.from, found.to)).collect();
        spans.sort_unstable();
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        for (from, to) in spans {
            if from >= at {
                out.push_str(text.get(at..from).unwrap_or_default());
                out.push_str(INSTEAD);
            }
            at = at.max(to);
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    /// Refuses when some households' names are not known here, so that a text cannot be checked.
    ///
    /// # Errors
    /// `households_unreadable`
    pub(crate) fn must_know(&self) -> Answer<()> {
        if self.unopened { Err(ErrorDto::new(UNREADABLE)) } else { Ok(()) }
    }

    /// Refuses a text that names a household, or that cannot be checked; an empty one needs no check.
    ///
    /// # Errors
    /// `name_private_match` at the field with the word found; `households_unreadable` at the field.
    pub(crate) fn check(&self, field: &str, text: &str) -> Answer<()> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.must_know().map_err(|error| error.at(field))?;
        match self.matches(text).first() {
            Some(found) => Err(ErrorDto::new("name_private_match").at(field).with("word", &found.text)),
            None => Ok(()),
        }
    }
}

/// Texts of one record that go up. Who saves may let through what names a household, or what cannot be checked, as with a
/// household entered as 敬老院: nobody is kept from saving, and the log tells of it, never with the text.
pub(crate) struct Upward {
    private: Private,
    keep: bool,
    passed: BTreeSet<&'static str>,
    seen: BTreeSet<String>,
}

impl Upward {
    /// Names and phones of this office's households; `keep` is the person's word (确认保留并留痕).
    pub(crate) fn load(cx: &Cx<'_>, keep: bool) -> Answer<Self> {
        Ok(Self::of(Private::load(cx)?, keep))
    }

    fn of(private: Private, keep: bool) -> Self {
        Self { private, keep, passed: BTreeSet::new(), seen: BTreeSet::new() }
    }

    /// A household that is not kept yet.
    pub(crate) fn add(&mut self, name: &str, phone: &str) {
        self.private.add(name, phone);
    }

    /// Lets a text through, or refuses it.
    ///
    /// # Errors
    /// As [`Private::check`], without the person's word.
    pub(crate) fn check(&mut self, field: &str, text: &str) -> Answer<()> {
        self.seen.insert(text.to_owned());
        let refused = match self.private.check(field, text) {
            Err(refused) if self.keep => refused,
            settled => return settled,
        };
        if refused.code == UNREADABLE {
            self.passed.insert("private_unchecked_kept");
        }
        if !self.private.matches(text).is_empty() {
            self.passed.insert("private_match_kept");
        }
        Ok(())
    }

    /// A text that is the id of a record: nobody typed it, and its digits are nobody's phone.
    pub(crate) fn names_a_record(&mut self, id: &str) {
        self.seen.insert(id.to_owned());
    }

    /// This text names a household, and stays as it is by the person's word.
    pub(crate) fn keeps(&self, text: &str) -> bool {
        self.keep && !self.private.matches(text).is_empty()
    }

    /// A name or phone was let through.
    pub(crate) fn kept(&self) -> bool {
        self.passed.contains("private_match_kept")
    }

    /// Notes what was let through, by the record alone.
    pub(crate) fn log(&self, edits: &mut Edits, record: RecordId) {
        edits.checked.extend(self.seen.iter().cloned());
        for code in &self.passed {
            edits.log(code, &[("record", record.to_string())]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private() -> Private {
        let mut out = Private { homes: None, more: Words::default(), unopened: false };
        out.add("周丙三", "138 0000 1234");
        out.add("阿依·古丽", "+86 13900005678、0310-1234567");
        out.add("李", "12345");
        out
    }

    #[test]
    fn a_name_or_phone_is_found_however_it_is_written() {
        let private = private();
        for text in [
            "周丙三家门口",
            "周 丙 三",
            "周\u{200b}丙三",
            "周丙\u{3000}三",
            "电话\u{ff11}\u{ff13}\u{ff18}\u{ff10}\u{ff10}\u{ff10}\u{ff10}\u{ff11}\u{ff12}\u{ff13}\u{ff14}",
            "电话13800001234",
            "138-0000-1234",
            "138.0000.1234",
            "138 0000 1234",
            "138 – 0000 – 1234",
            "找一三八零零零零一二三四",
            "阿依古丽",
            "阿依.古丽",
            "139-0000-5678",
            "1234567",
        ] {
            assert!(!private.matches(text).is_empty(), "{text}");
            assert_eq!(private.check("place", text).unwrap_err().code, "name_private_match", "{text}");
            let clean = private.without(text);
            assert!(private.matches(&clean).is_empty() && clean.contains("该户"), "{text} → {clean}");
        }
        for text in ["村部", "周三晚上", "李家沟", "走访12户,123元", "", "2026年3月5日"] {
            assert!(private.check("place", text).is_ok(), "{text}");
            assert_eq!(private.without(text), text);
        }
        assert_eq!(private.without("周丙三,周 丙三,电话138-0000-1234。"), "该户,该户,电话该户。");
    }

    #[test]
    fn what_cannot_be_checked_does_not_pass() {
        let sealed = Private { unopened: true, ..private() };
        let error = sealed.check("theme", "村部").unwrap_err();
        assert_eq!((error.code.as_str(), error.field.as_deref()), ("households_unreadable", Some("theme")));
        assert!(sealed.check("theme", "  ").is_ok(), "no text, nothing to check");
    }

    #[test]
    fn a_person_lets_through_what_is_found_or_cannot_be_checked_and_each_is_noted() {
        let mut strict = Upward::of(private(), false);
        assert!(strict.check("place", "周丙三家").is_err() && strict.passed.is_empty());
        let mut kept = Upward::of(private(), true);
        assert!(kept.check("place", "村部").is_ok() && kept.passed.is_empty(), "nothing was let through");
        assert!(kept.check("theme", "周丙三家").is_ok());
        assert_eq!(kept.passed, BTreeSet::from(["private_match_kept"]));
        let mut unchecked = Upward::of(Private { unopened: true, ..private() }, true);
        assert!(unchecked.check("place", "村部").is_ok());
        assert_eq!(unchecked.passed, BTreeSet::from(["private_unchecked_kept"]));
        assert!(unchecked.check("theme", "周丙三家").is_ok());
        assert_eq!(unchecked.passed, BTreeSet::from(["private_match_kept", "private_unchecked_kept"]));
    }
}
