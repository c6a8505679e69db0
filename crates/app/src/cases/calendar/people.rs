//! Times of admissions, ends of terms, limits of back-payments of dues.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::dues::Account;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::standing::note_away;
use ybz_domain::ledger::term::{TERM, Term};
use ybz_domain::rules::Who;
use ybz_store::RecordQuery;

use super::{Due, Source, Window, is_branch, month_later};
use crate::cases::{admission, dues};
use crate::cx::{Cx, Stored};
use crate::error::Answer;

pub(super) fn due(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let mut out = admissions(cx, window)?;
    out.extend(terms(cx, window)?);
    out.extend(back_payments(cx, window)?);
    Ok(out)
}

/// Stages that are open and have a latest day. What the committee decides stands at the committee.
fn admissions(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let mut out = Vec::new();
    for open in admission::times::open_stages(cx, window.here, &window.below)? {
        let here = open.office == cx.office;
        let day = open.latest;
        if !window.has(day) || (here && open.by == Who::Committee) {
            continue;
        }
        let office = if open.by == Who::Committee { cx.office } else { open.office };
        out.push(Due {
            code: open.code,
            title: open.name,
            record: Some(open.applicant),
            told_after: Some(day),
            source: Source::Article(open.article),
            ..Due::new(day, "admission", office)
        });
    }
    Ok(out)
}

/// The end of the term that runs; one that a later term replaced is over.
fn terms(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    let mut runs: BTreeMap<OfficeId, (String, RecordId, Term)> = BTreeMap::new();
    for stored in of_type(cx, window, TERM)? {
        let Some(term) = Term::read(&stored.view).filter(|term| term.start <= cx.today_text()) else { continue };
        let kept = runs.get(&stored.book.office);
        if kept.is_none_or(|(start, id, _)| (start, id) < (&term.start, &stored.view.id)) {
            runs.insert(stored.book.office, (term.start.clone(), stored.view.id, term));
        }
    }
    let due = |(office, (_, id, term)): (OfficeId, (String, RecordId, Term))| {
        let day = term.end()?;
        Some(Due { record: Some(id.to_string()), told_after: Some(day), ..Due::new(day, "term", office) })
    };
    Ok(runs.into_iter().filter_map(due).collect())
}

/// Records of a type of this office and of those below, as far as they are asked for.
fn of_type(cx: &Cx<'_>, window: &Window, rtype: &str) -> Answer<Vec<Stored>> {
    let mut all = if window.here { cx.records(rtype, None)? } else { Vec::new() };
    if !window.below.is_empty() {
        let offices = Some(window.below.clone());
        let query = RecordQuery { rtype: Some(rtype.to_owned()), offices, ..RecordQuery::default() };
        let own = |stored: &Stored| stored.book.writer() == stored.book.office;
        all.extend(cx.query(&query)?.1.into_iter().filter(own));
    }
    Ok(all)
}

/// Months that were not paid, each by the last day on which a back-payment is still normal. How many members, never who: that
/// stands on the sheet of dues. Of those below it is found where one of them is asked for, since it reads its whole account.
fn back_payments(cx: &Cx<'_>, window: &Window) -> Answer<Vec<Due>> {
    if !cx.sees(&BookKind::dues()) || !window.one {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for office in window.offices(cx) {
        let kind = cx.membership().offices.get(&office).map(|view| view.kind);
        if !kind.is_some_and(is_branch) {
            continue;
        }
        let (account, members) = accounts(cx, office)?;
        let mut counts: BTreeMap<(Date, String), u32> = BTreeMap::new();
        let (this_month, today) = (cx.today.first_of_month(), cx.today_text());
        let last = this_month.yesterday().unwrap_or(this_month).to_string();
        let past = last.get(..7).unwrap_or_default();
        for (id, member) in members.iter().filter(|(_, member)| member.belongs_on(&today)) {
            for (month, _) in account.open_months(&id.to_string(), Some(member), past) {
                let months = i32::try_from(cx.rules().dues.back_pay_months).unwrap_or_default();
                let first = format!("{month}-01").parse::<Date>().ok();
                let Some(limit) = first.and_then(|first| month_later(first, months)) else { continue };
                *counts.entry((limit.last_of_month(), month)).or_default() += 1;
            }
        }
        out.extend(counts.into_iter().map(|((day, month), count)| Due {
            code: month,
            count,
            told_after: Some(day),
            ..Due::new(day, "dues_back_payment", office)
        }));
    }
    Ok(out)
}

/// The account and the members of an office.
type Accounts = (Arc<Account>, Vec<(RecordId, Member)>);

fn accounts(cx: &Cx<'_>, office: OfficeId) -> Answer<Accounts> {
    if office == cx.office {
        return Ok((dues::account(cx)?, cx.members()?));
    }
    let query =
        |kind: BookKind| RecordQuery { offices: Some(vec![office]), book_kind: Some(kind), ..RecordQuery::default() };
    let own = |stored: &Stored| stored.book.writer() == office;
    let dues: Vec<Stored> = cx.query(&query(BookKind::dues()))?.1.into_iter().filter(own).collect();
    let roster: Vec<Stored> = cx.query(&query(BookKind::roster()))?.1.into_iter().filter(own).collect();
    let stands = |stored: &&Stored| stored.view.rtype == MEMBER && stored.view.str("merged_into").is_empty();
    let members = roster.iter().filter(stands);
    let mut members: Vec<_> =
        members.filter_map(|stored| Some((stored.view.id, Member::read(&stored.view)?))).collect();
    note_away(&mut members, roster.iter().map(|stored| &stored.view));
    Ok((Arc::new(Account::read(dues.iter().map(|stored| &stored.view))), members))
}
