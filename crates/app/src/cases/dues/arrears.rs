//! Who owes, the rule of six months in words, and one member's account. No status is changed by a rule.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ybz_domain::date::month_text;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{Account, arithmetic};
use ybz_domain::ledger::member::{MEMBER, Member};

use super::{account, bases, hand, payment_rows, relief};
use crate::ErrorDto;
use crate::cx::{Cx, rule_in};
use crate::dto::dues::{ArrearsMonth, ArrearsRow, ArrearsSheet, DuesMember, DuesMemberInput, DuesStanding};
use crate::error::Answer;

fn months(today: Date) -> (String, String) {
    let last = today.first_of_month().yesterday().unwrap_or(today);
    (month_text(today.year(), today.month()), month_text(last.year(), last.month()))
}

/// What one member owes up to today; months without payment are counted up to the last whole month.
pub(crate) fn row(cx: &Cx<'_>, account: &Account, id: &RecordId, member: &Member) -> ArrearsRow {
    let (this_month, last_month) = months(cx.today);
    let id = id.to_string();
    let open = account.open_months(&id, Some(member), &this_month);
    let run = account.unpaid_run(&id, Some(member), &last_month);
    ArrearsRow {
        name: member.name.clone(),
        owed_fen: open.iter().map(|(_, fen)| fen).sum(),
        months: open
            .into_iter()
            .map(|(month, open_fen)| ArrearsMonth {
                reason: account.reason(&id, &month).map(|reason| reason.code.clone()).unwrap_or_default(),
                month,
                open_fen,
            })
            .collect(),
        run,
        remind: run >= cx.rules().dues.arrears_months,
        member: id,
    }
}

/// `dues.arrears`: members of today who owe, and what.
pub(crate) fn arrears(cx: &Cx<'_>) -> Answer<ArrearsSheet> {
    let account = account(cx)?;
    of(cx, &account, &cx.members()?)
}

/// The list out of an account that was read already.
pub(crate) fn of(cx: &Cx<'_>, account: &Account, members: &[(RecordId, Member)]) -> Answer<ArrearsSheet> {
    let today = cx.today_text();
    let (here, others): (Vec<_>, Vec<_>) = members.iter().partition(|(_, member)| member.belongs_on(&today));
    let left = others.into_iter().filter(|(_, member)| member.merged_into.is_empty());
    let left: Vec<ArrearsRow> =
        left.map(|(id, member)| row(cx, account, id, member)).filter(|row| !row.months.is_empty()).collect();
    // Who was admitted here, or came from elsewhere, is asked for nothing before that.
    let since = |member: &Member| member.away.iter().any(|(from, _)| from.is_empty());
    let undated = here.iter().filter(|(_, member)| member.joined.is_empty() && !since(member)).count();
    let mut rows: Vec<ArrearsRow> = here
        .into_iter()
        .map(|(id, member)| row(cx, account, id, member))
        .filter(|row| !row.months.is_empty())
        .collect();
    rows.sort_by_cached_key(|row| (!row.remind, crate::pinyin::key(&row.name), row.member.clone()));
    Ok(ArrearsSheet {
        as_of: today,
        limit: cx.rules().dues.arrears_months,
        rule: cx.rule("dues_arrears")?,
        owed_fen: rows.iter().map(|row| row.owed_fen).sum(),
        left: crate::cases::device::count(left.len()),
        left_fen: left.iter().map(|row| row.owed_fen).sum(),
        undated: crate::cases::device::count(undated),
        rows,
    })
}

/// `dues.member`: each amount of a member's year with its arithmetic and article, reliefs, extras, arrears.
pub(crate) fn member(cx: &Cx<'_>, input: DuesMemberInput) -> Answer<DuesMember> {
    let stored = cx.own_record(&input.member, MEMBER)?;
    let found = cx.members()?.into_iter().find(|(id, _)| *id == stored.view.id);
    let (_, member) = found.ok_or_else(|| ErrorDto::new("not_found").at("member"))?;
    let (id, year, account) = (stored.view.id, input.year.unwrap_or_else(|| cx.today.year()), account(cx)?);
    let key = id.to_string();
    let held = (1..=12u8).filter_map(|month| account.assessment(&key, &format!("{year:04}-{month:02}")));
    let ids: BTreeSet<RecordId> = held.map(|(id, _)| *id).collect();
    let bases = bases(cx, &ids.iter().map(RecordId::to_string).collect())?;
    let mut standings = Vec::new();
    for (id, one) in account.assessments(&key).iter().filter(|(id, _)| ids.contains(id)) {
        let base_fen = bases.get(&id.to_string()).copied();
        let rules = cx.rules_of(&one.rules)?;
        standings.push(DuesStanding {
            id: id.to_string(),
            from_month: one.from_month.clone(),
            class: one.class.into(),
            base_fen,
            monthly_fen: one.monthly_fen,
            arithmetic: arithmetic(one, base_fen),
            rule: rule_in(rules.unwrap_or_else(|| cx.rules()), one.class.article())?,
            rule_unknown: rules.is_none(),
        });
    }
    let (first, last) = (format!("{year:04}-01"), format!("{year:04}-12"));
    let touching = account.reliefs(&key).iter().filter(|(_, one)| one.from_month <= last && one.to_month >= first);
    let (extras, hands) = (account.extras(&key, year), hand::names(cx)?);
    Ok(DuesMember {
        standings,
        reliefs: touching.map(|(id, one)| relief::row(id, one)).collect(),
        relief_rule: cx.rule("dues_hardship")?,
        extras: extras.iter().flat_map(|slot| payment_rows(slot, &hands)).collect(),
        extras_double: extras.iter().any(|slot| slot.double),
        arrears: row(cx, &account, &id, &member),
        name: member.name,
        member: key,
    })
}
