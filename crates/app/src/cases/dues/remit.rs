//! 上缴: what goes up, with its slip, and what is retained; reconciled with what was collected.

use std::collections::BTreeSet;

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{Account, Balance, MAX_AMOUNT_FEN, REMITTANCE, Remittance, balance};

use super::collect::paid_day;
use super::{account, near_month};
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::dues::{DuesBalance, RemitInput, RemitMonth, RemitRow, RemitSheet, ReverseInput};
use crate::dto::{ListInput, Saved};
use crate::error::{Answer, optional, required};

/// `dues.remit`
pub(crate) fn remit(cx: &Cx<'_>, input: RemitInput) -> Answer<Saved> {
    let on = paid_day(cx, &input.on, input.confirm_date)?;
    let from_month = near_month(cx, &input.from_month, "fromMonth")?;
    let to_month =
        if input.to_month.trim().is_empty() { from_month.clone() } else { near_month(cx, &input.to_month, "toMonth")? };
    if to_month < from_month {
        return Err(ErrorDto::new("months_reversed").at("toMonth"));
    }
    for (field, amount, from) in [("amountFen", input.amount_fen, 1), ("retainedFen", input.retained_fen, 0)] {
        if !(from..=MAX_AMOUNT_FEN).contains(&amount) {
            return Err(ErrorDto::new("amount_out_of_range").at(field).with("from", from).with("to", MAX_AMOUNT_FEN));
        }
    }
    if input.centre && input.retained_fen != 0 {
        return Err(ErrorDto::new("centre_retains_nothing").at("retainedFen"));
    }
    let slip = required("slip", &input.slip, 60)?;
    let account = account(cx)?;
    let reversed = reversed(&account);
    let used = |(id, one): &(RecordId, Remittance)| {
        one.slip == slip && one.reverses.is_none() && !reversed.contains(&id.to_string())
    };
    if account.remittances().iter().any(used) {
        return Err(ErrorDto::new("slip_used").at("slip").with("slip", &slip));
    }
    let remittance = Remittance {
        on: on.to_string(),
        from_month,
        to_month,
        amount_fen: input.amount_fen,
        retained_fen: input.retained_fen,
        centre: input.centre,
        slip,
        reverses: None,
        note: optional("note", &input.note, 200)?,
        recorded_on: cx.today_text(),
    };
    let id = cx.new_id();
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::dues(), on.year()), remittance.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: ybz_domain::date::is_late(on, cx.today) })
}

/// `dues.remit_reverse`: a negative entry beside it; two devices that reverse one make one entry.
pub(crate) fn reverse(cx: &Cx<'_>, input: ReverseInput) -> Answer<Saved> {
    let stored = cx.own_record(&input.payment, REMITTANCE)?;
    let one = Remittance::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").at("payment"))?;
    let id = RecordId::natural("ybz remittance reversal 1", &[stored.view.id.as_bytes()]);
    if one.reverses.is_some() || cx.find(&id.to_string())?.is_some() {
        return Err(ErrorDto::new("already_reversed").at("payment"));
    }
    let reversal = Remittance {
        on: cx.today_text(),
        amount_fen: -one.amount_fen,
        retained_fen: -one.retained_fen,
        reverses: Some(stored.view.id.to_string()),
        note: required("reason", &input.reason, 200)?,
        recorded_on: cx.today_text(),
        ..one
    };
    let mut edits = Edits::default();
    edits.push(stored.book, reversal.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

fn reversed(account: &Account) -> BTreeSet<String> {
    account.remittances().iter().filter_map(|(_, one)| one.reverses.clone()).collect()
}

fn shown(balance: Balance) -> DuesBalance {
    DuesBalance {
        opening_fen: balance.opening_fen,
        collected_fen: balance.collected_fen,
        remitted_fen: balance.remitted_fen,
        retained_fen: balance.retained_fen,
        in_hand_fen: balance.in_hand_fen(),
    }
}

/// `dues.remittances`: collected against remitted and retained, by day; a difference is shown and never evened out.
pub(crate) fn sheet(cx: &Cx<'_>, input: ListInput) -> Answer<RemitSheet> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let account = account(cx)?;
    let collected = |from: &str, to: &str, centre: bool| {
        let cash = account.cash(from, to, year);
        if centre { cash.centre_fen } else { cash.ordinary_fen() }
    };
    let months = (1..=12u8).map(|month| {
        let text = format!("{year:04}-{month:02}");
        let (ordinary_fen, centre_fen) = (collected(&text, &text, false), collected(&text, &text, true));
        RemitMonth { month, ordinary_fen, centre_fen }
    });
    let (own, reversed) = (format!("{year:04}-"), reversed(&account));
    let of_year = account.remittances().iter().filter(|(_, one)| one.on.starts_with(&own));
    let rows = of_year.map(|(id, one)| {
        let collected_fen = collected(&one.from_month, &one.to_month, one.centre);
        let same = account.remittances().iter().filter(|(_, other)| {
            (&other.from_month, &other.to_month, other.centre) == (&one.from_month, &one.to_month, one.centre)
        });
        let gone: i64 = same.map(|(_, other)| other.amount_fen + other.retained_fen).sum();
        RemitRow {
            id: id.to_string(),
            on: one.on.clone(),
            from_month: one.from_month.clone(),
            to_month: one.to_month.clone(),
            amount_fen: one.amount_fen,
            retained_fen: one.retained_fen,
            centre: one.centre,
            slip: one.slip.clone(),
            note: one.note.clone(),
            reversed: reversed.contains(&id.to_string()),
            reverses: one.reverses.clone(),
            collected_fen,
            difference_fen: collected_fen - gone,
        }
    });
    Ok(RemitSheet {
        year,
        ordinary: shown(balance(&account, year, false)),
        centre: shown(balance(&account, year, true)),
        months: months.collect(),
        rows: rows.collect(),
        rule: cx.rule("dues_remittance")?,
    })
}
