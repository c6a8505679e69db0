//! 党费台账 and 公示表.

use std::collections::BTreeMap;

use ybz_domain::ledger::dues::{Cash, LedgerRow, ledger, months_between, notice};
use ybz_domain::ledger::member::Member;

use super::{account, bases, month};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::ListInput;
use crate::dto::dues::{DuesCash, DuesLedger, DuesLedgerRow, DuesMonthly, DuesNotice, DuesNoticeRow, NoticeInput};
use crate::error::Answer;

/// Most months of one notice.
const MOST_MONTHS: u32 = 24;

fn members(cx: &Cx<'_>) -> Answer<BTreeMap<String, Member>> {
    Ok(cx.members()?.into_iter().map(|(id, member)| (id.to_string(), member)).collect())
}

fn cash(cash: &Cash) -> DuesCash {
    DuesCash {
        own_fen: cash.own_fen,
        earlier_fen: cash.earlier_fen,
        later_fen: cash.later_fen,
        extra_fen: cash.extra_fen,
        centre_fen: cash.centre_fen,
        total_fen: cash.total_fen(),
    }
}

/// `dues.ledger`: 党费台账 of a year. The base is opened here and stands nowhere else.
pub(crate) fn book(cx: &Cx<'_>, input: ListInput) -> Answer<DuesLedger> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let members = members(cx)?;
    let account = account(cx)?;
    let ledger = ledger(&account, &members, year);
    let bases = bases(cx, &ledger.rows.iter().filter_map(|row| row.assessment).map(|id| id.to_string()).collect())?;
    let name = |row: &LedgerRow| members.get(&row.member).map(|member| member.name.clone()).unwrap_or_default();
    let mut rows: Vec<DuesLedgerRow> = ledger
        .rows
        .iter()
        .map(|row| DuesLedgerRow {
            no: 0,
            name: name(row),
            base_fen: row.assessment.and_then(|id| bases.get(&id.to_string()).copied()),
            class: row.class.map(Into::into),
            rate_bp: row.rate_bp,
            monthly: row
                .monthly
                .iter()
                .map(|(from, to, fen)| DuesMonthly { from: *from, to: *to, fen: *fen })
                .collect(),
            due_fen: row.due_fen,
            paid_fen: row.paid_fen,
            elsewhere_fen: row.elsewhere_fen,
            back_fen: row.back_fen,
            ahead_fen: row.ahead_fen,
            extra_fen: row.extra_fen,
            centre_fen: row.centre_fen,
            doubles: row.doubles,
            incomplete: row.incomplete,
            relieved: row.relieved,
            member: row.member.clone(),
        })
        .collect();
    rows.sort_by_cached_key(|row| (crate::pinyin::key(&row.name), row.member.clone()));
    for (no, row) in (1..).zip(&mut rows) {
        row.no = no;
    }
    Ok(DuesLedger {
        year,
        rows,
        due_fen: ledger.sum.due_fen,
        paid_fen: ledger.sum.paid_fen,
        elsewhere_fen: ledger.sum.elsewhere_fen,
        cash: cash(&ledger.cash),
        doubles: ledger.sum.doubles,
    })
}

/// `dues.notice`: 公示表 of some months. It holds names and sums alone.
pub(crate) fn published(cx: &Cx<'_>, input: NoticeInput) -> Answer<DuesNotice> {
    let from_month = month(&input.from_month, "fromMonth")?;
    let to_month = month(&input.to_month, "toMonth")?;
    if months_between(&from_month, &to_month, MOST_MONTHS).is_none() {
        return Err(ErrorDto::new("months_reversed").at("toMonth"));
    }
    let members = members(cx)?;
    let account = account(cx)?;
    let notice = notice(&account, &from_month, &to_month);
    let mut rows: Vec<(String, DuesNoticeRow)> = notice
        .rows
        .into_iter()
        .map(|row| {
            let name = members.get(&row.member).map(|member| member.name.clone()).unwrap_or_default();
            (row.member, DuesNoticeRow { name, amount_fen: row.amount_fen, extra_fen: row.extra_fen })
        })
        .collect();
    rows.sort_by_cached_key(|(id, row)| (crate::pinyin::key(&row.name), id.clone()));
    Ok(DuesNotice {
        from_month,
        to_month,
        office_name: cx.office_name(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        sum_fen: notice.sum_fen,
        extra_fen: notice.extra_fen,
        rule: cx.rule("dues_notice")?,
    })
}
