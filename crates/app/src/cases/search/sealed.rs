//! What is sealed, as it is looked through: opened once and kept until something in it changes (`cases/unsealed`).
//!
//! Not looked through are income bases and ID numbers, which are told by their own calls alone, and who asked in a case, whose
//! opening is logged.

use serde::de::DeserializeOwned;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::care::{AID, Aid, CARE, Care, PAIRING, Pairing};
use ybz_domain::ledger::dues::{HANDED_IN, HandedIn};
use ybz_domain::ledger::member::{MEMBER, MEMBER_PRIVATE, MemberPrivate};
use ybz_domain::ledger::talk::{TALK, TALK_NOTE, TalkNote};
use ybz_domain::ledger::visit::{HOUSEHOLD, KEPT_CONCERN, KeptConcern};
use zeroize::Zeroize;

use crate::cases::household;
use crate::cases::unsealed::{Line, Lines, Opened, Opener, Wipe, said};
use crate::cx::{Cx, Stored};
use crate::error::Answer;

/// Digits of a phone that must be typed: fewer stand in most of them.
const DIGITS: usize = 4;

/// A sealed record.
pub(super) struct Sealed {
    pub(super) id: RecordId,
    pub(super) rtype: &'static str,
    /// What is opened for it: its id and type.
    pub(super) target: String,
    pub(super) target_type: &'static str,
    /// Whom it is about, where that is a household or member.
    pub(super) subject: String,
    pub(super) date: String,
    /// The record beside which it stands, such as a visit or a talk: that has its day where it has none itself.
    pub(super) beside: Option<RecordId>,
    /// As they were typed, what it is called first.
    pub(super) texts: Vec<String>,
    /// A number that is found by its digits and never shown.
    phone: String,
}

impl Wipe for Sealed {
    fn wipe(&mut self) {
        self.texts.iter_mut().for_each(Zeroize::zeroize);
        self.phone.zeroize();
    }
}

/// Whether every word is part of what is looked through of a line. Words are in lowercase.
pub(super) fn holds(line: &Line<Sealed>, words: &[String]) -> bool {
    let digits = |word: &str| word.len() >= DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
    words.iter().all(|word| line.said.contains(word) || digits(word) && line.row.phone.contains(word))
}

impl Opened for Lines<Sealed> {
    const MADE_OF: &'static [&'static str] = &["own/private"];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let mut lines = Vec::new();
        for home in household::homes(cx)?.all() {
            let known = &home.identity;
            let id = home.id.to_string();
            let mut named = format!("{} {}", known.name, known.door);
            let texts = [named.trim_end(), &known.note];
            let mut one = sealed(home.id, HOUSEHOLD, id.clone(), HOUSEHOLD, "", &texts);
            one.row.subject = id;
            named.zeroize();
            // It is shown with the household, so that any part of it is found.
            one.said.push_str(&said(&[&known.phone]));
            lines.push(one);
        }
        let opener = Opener::new(cx)?;
        each(cx, &opener, KEPT_CONCERN, &mut lines, |stored, one: KeptConcern| {
            let texts = [&one.private_note, &one.text, &one.next_step, &one.owner, &one.unit];
            line(stored, KEPT_CONCERN, "", KEPT_CONCERN, &texts)
        })?;
        each(cx, &opener, TALK_NOTE, &mut lines, |stored, one: TalkNote| {
            let about = stored.view.str("ref");
            let mut line =
                line(stored, TALK_NOTE, about, TALK, &[&one.text, &one.follow_up, &one.name, &one.by, &one.place]);
            line.row.subject = if one.member.is_empty() { one.household.clone() } else { one.member.clone() };
            line
        })?;
        each(cx, &opener, PAIRING, &mut lines, |stored, one: Pairing| {
            line(stored, PAIRING, "", PAIRING, &[&one.note, &one.cadre])
        })?;
        each(cx, &opener, AID, &mut lines, |stored, one: Aid| {
            line(stored, AID, "", AID, &[&one.reason, &one.decision])
        })?;
        each(cx, &opener, CARE, &mut lines, |stored, one: Care| line(stored, CARE, "", CARE, &[&one.reason]))?;
        each(cx, &opener, HANDED_IN, &mut lines, |stored, one: HandedIn| {
            line(stored, HANDED_IN, stored.view.str("subject"), MEMBER, &[&one.name])
        })?;
        each(cx, &opener, MEMBER_PRIVATE, &mut lines, |stored, one: MemberPrivate| {
            let mut line = line(stored, MEMBER_PRIVATE, stored.view.str("ref"), MEMBER, &[]);
            line.row.phone = one.phone.chars().filter(char::is_ascii_digit).collect();
            line
        })?;
        // The newest first; households have no day and stand before.
        lines.sort_by(|a, b| (&b.row.date, b.row.id).cmp(&(&a.row.date, a.row.id)));
        Ok(Self(lines))
    }
}

/// Opens every record of a type.
fn each<T: DeserializeOwned>(
    cx: &Cx<'_>,
    opener: &Opener,
    rtype: &str,
    lines: &mut Vec<Line<Sealed>>,
    of: impl Fn(&Stored, T) -> Line<Sealed>,
) -> Answer<()> {
    let all = cx.records(rtype, None)?;
    lines.extend(all.iter().filter_map(|stored| Some(of(stored, opener.open_own(stored)?))));
    Ok(())
}

/// A record that is itself what is opened for it, where nothing else is named.
fn line(
    stored: &Stored,
    rtype: &'static str,
    target: &str,
    target_type: &'static str,
    texts: &[&String],
) -> Line<Sealed> {
    let id = stored.view.id;
    let target = if target.is_empty() { id.to_string() } else { target.to_owned() };
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let mut one = sealed(id, rtype, target, target_type, &stored.row.date, &texts);
    stored.view.str("subject").clone_into(&mut one.row.subject);
    one.row.beside = stored.view.str("ref").parse().ok();
    one
}

fn sealed(
    id: RecordId,
    rtype: &'static str,
    target: String,
    target_type: &'static str,
    date: &str,
    texts: &[&str],
) -> Line<Sealed> {
    let texts: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    let row = Sealed {
        id,
        rtype,
        target,
        target_type,
        subject: String::new(),
        date: date.to_owned(),
        beside: None,
        texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        phone: String::new(),
    };
    Line { row, said: said(&texts), year: None }
}
