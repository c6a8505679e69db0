//! Relief with its two decisions, and reasons for months unpaid.

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::date::read_date;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{RELIEF, Reason, Relief};
use ybz_domain::ledger::member::MEMBER;

use super::{account, month, near_month, year_of};
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Saved;
use crate::dto::dues::{ReasonInput, ReliefInput, ReliefRow};
use crate::error::{Answer, optional};

pub(super) fn row(id: &RecordId, relief: &Relief) -> ReliefRow {
    ReliefRow {
        id: id.to_string(),
        complete: relief.complete(),
        from_month: relief.from_month.clone(),
        to_month: relief.to_month.clone(),
        monthly_fen: relief.monthly_fen,
        decided_on: relief.decided_on.clone(),
        decision: relief.decision.clone(),
        approved_on: relief.approved_on.clone(),
        approval: relief.approval.clone(),
        withdrawn_on: relief.withdrawn_on.clone(),
        withdrawn_from: relief.withdrawn_from.clone(),
    }
}

/// A day of a decision, which is not to come; empty: not decided yet.
fn decided(cx: &Cx<'_>, text: &str, field: &str) -> Answer<Option<Date>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day =
        read_date(text, cx.today).map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text))?;
    if day > cx.today {
        return Err(ErrorDto::new("date_in_future").at(field).with("date", day));
    }
    Ok(Some(day))
}

/// The last of a stretch of months that must not end before it begins.
fn last_month(from: &str, to: &str, otherwise: String) -> Answer<String> {
    let to = if to.trim().is_empty() { otherwise } else { month(to, "toMonth")? };
    if to.as_str() < from {
        return Err(ErrorDto::new("months_reversed").at("toMonth"));
    }
    Ok(to)
}

/// The first month without the relief: one of its own months, so that months before keep what was decided for them.
fn ending(text: &str, from: &str, to: &str) -> Answer<String> {
    if text.trim().is_empty() {
        return Err(ErrorDto::new("required").at("withdrawFrom"));
    }
    let first = month(text, "withdrawFrom")?;
    if first.as_str() < from || first.as_str() > to {
        return Err(ErrorDto::new("relief_month").at("withdrawFrom").with("from", from).with("to", to));
    }
    Ok(first)
}

/// `dues.relief`: records a relief, or adds to it the decision that came later. The full due stands until both are there.
pub(crate) fn save(cx: &Cx<'_>, input: ReliefInput) -> Answer<Saved> {
    let member = cx.own_record(&input.member, MEMBER)?.view.id;
    let from_month = near_month(cx, &input.from_month, "fromMonth")?;
    let year = year_of(&from_month).unwrap_or_else(|| cx.today.year());
    // A relief is decided anew each year, so it ends with one.
    let to_month = last_month(&from_month, &input.to_month, format!("{year:04}-12"))?;
    if year_of(&to_month) != Some(year) {
        return Err(ErrorDto::new("relief_one_year").at("toMonth"));
    }
    let withdrawn_from = match input.withdraw {
        true => Some(ending(&input.withdraw_from, &from_month, &to_month)?),
        false => None,
    };
    let full = account(cx)?.due(&member.to_string(), None, &from_month);
    if full.assessment.is_none() {
        return Err(ErrorDto::new("not_assessed").at("member"));
    }
    if input.monthly_fen < 0 || input.monthly_fen >= full.full_fen {
        let error = ErrorDto::new("relief_not_less").at("monthlyFen");
        return Err(error.with("full", full.full_fen));
    }
    let decided_on = decided(cx, &input.decided_on, "decidedOn")?;
    let approved_on = decided(cx, &input.approved_on, "approvedOn")?;
    if let Some(approved) = approved_on
        && decided_on.is_none_or(|decided| approved < decided)
    {
        return Err(ErrorDto::new("approval_before_decision").at("approvedOn"));
    }
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut relief = Relief {
        member: member.to_string(),
        from_month,
        to_month,
        monthly_fen: input.monthly_fen,
        decided_on: day(decided_on),
        decision: optional("decision", &input.decision, 100)?,
        approved_on: day(approved_on),
        approval: optional("approval", &input.approval, 100)?,
        withdrawn_on: if input.withdraw { cx.today_text() } else { String::new() },
        withdrawn_from: withdrawn_from.unwrap_or_default(),
        recorded_on: cx.today_text(),
    };
    let mut edits = Edits::default();
    let id = match &input.id {
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::dues(), year), relief.create(id));
            id
        }
        Some(id) => {
            let stored = cx.own_record(id, RELIEF)?;
            let before = Relief::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            if before.member != relief.member {
                return Err(ErrorDto::new("not_found").at("member"));
            }
            if before.complete() && !input.withdraw {
                // Both decisions were about this amount and these months: another is decided anew.
                return Err(ErrorDto::new("relief_decided").at("id"));
            }
            if !before.withdrawn_on.is_empty() {
                relief.withdrawn_on.clone_from(&before.withdrawn_on);
                relief.withdrawn_from.clone_from(&before.withdrawn_from);
            }
            for op in relief.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
    };
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `dues.reason`: why months are unpaid, as a code; no free words, since dues go up.
pub(crate) fn reason(cx: &Cx<'_>, input: ReasonInput) -> Answer<Saved> {
    let member = cx.own_record(&input.member, MEMBER)?.view.id;
    let from_month = near_month(cx, &input.from_month, "fromMonth")?;
    let to_month = last_month(&from_month, &input.to_month, from_month.clone())?;
    if !Reason::CODES.contains(&input.code.as_str()) {
        return Err(ErrorDto::new("invalid_input").at("code").with("value", &input.code));
    }
    let reason =
        Reason { member: member.to_string(), from_month, to_month, code: input.code, recorded_on: cx.today_text() };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::dues(), cx.today.year()), reason.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}
