//! 党费台账, 公示表 and the balance of 上缴, out of one account, so that they agree to the fen.

use std::collections::BTreeMap;

use super::{Account, Cash, DuesClass, EXTRA_CENTRE};
use crate::ids::RecordId;
use crate::ledger::member::Member;

/// 党费台账 of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// One for each member who owed or paid, in the order of ids.
    pub rows: Vec<LedgerRow>,
    /// Sums of all rows; its text fields are empty.
    pub sum: LedgerRow,
    /// What came in during the year.
    pub cash: Cash,
}

/// One member's year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerRow {
    /// Member's record id.
    pub member: String,
    /// Class and rate at the end of the year.
    pub class: Option<DuesClass>,
    /// Rate at the end of the year.
    pub rate_bp: Option<u32>,
    /// The assessment at the end of the year.
    pub assessment: Option<RecordId>,
    /// Dues by month: first month, last month, fen a month. Months without dues are left out.
    pub monthly: Vec<(u8, u8, i64)>,
    /// Owed for the twelve months.
    pub due_fen: i64,
    /// Paid for the months of this year, whenever that was.
    pub paid_fen: i64,
    /// Of what was paid for this year: entered in other years.
    pub elsewhere_fen: i64,
    /// Paid in this year for months of earlier years (补交).
    pub back_fen: i64,
    /// Paid in this year for months of later years.
    pub ahead_fen: i64,
    /// Voluntary extras of this year.
    pub extra_fen: i64,
    /// Voluntary extras of this year for the centre.
    pub centre_fen: i64,
    /// Months with payments that look double.
    pub doubles: u32,
    /// A relief lacks a decision in some month.
    pub incomplete: bool,
    /// A relief holds in some month.
    pub relieved: bool,
}

impl LedgerRow {
    /// What came into the till in this year.
    pub fn cash_fen(&self) -> i64 {
        self.paid_fen - self.elsewhere_fen + self.back_fen + self.ahead_fen + self.extra_fen + self.centre_fen
    }
}

/// 党费台账: `members` are those of the roster by record id; whoever paid and is in no roster has a row all the same.
pub fn ledger(account: &Account, members: &BTreeMap<String, Member>, year: i16) -> Ledger {
    let mut out =
        Ledger { cash: account.cash(&format!("{year:04}-01"), &format!("{year:04}-12"), year), ..Ledger::default() };
    let mut paid: BTreeMap<&str, LedgerRow> = BTreeMap::new();
    let own = format!("{year:04}");
    for (_, payment) in account.payments() {
        let row = paid.entry(&payment.member).or_default();
        let (entered, owed) = (payment.on.get(..4).unwrap_or_default(), payment.month.get(..4).unwrap_or_default());
        let fen = payment.amount_fen;
        let here = entered == own;
        if payment.is_extra() {
            let sum = if payment.kind == EXTRA_CENTRE { &mut row.centre_fen } else { &mut row.extra_fen };
            *sum += if here { fen } else { 0 };
        } else if owed == own {
            row.paid_fen += fen;
            row.elsewhere_fen += if here { 0 } else { fen };
        } else if here {
            *(if owed < own.as_str() { &mut row.back_fen } else { &mut row.ahead_fen }) += fen;
        }
    }
    let ids = members.keys().map(String::as_str).chain(account.members());
    for member in ids.collect::<std::collections::BTreeSet<_>>() {
        let mut row = paid.remove(member).unwrap_or_default();
        row.member = member.to_owned();
        fill(&mut row, account, members.get(member), year);
        let moved = [row.paid_fen, row.elsewhere_fen, row.back_fen, row.ahead_fen, row.extra_fen, row.centre_fen];
        if row.due_fen == 0 && row.doubles == 0 && moved == [0; 6] {
            continue;
        }
        add(&mut out.sum, &row);
        out.rows.push(row);
    }
    out
}

fn fill(row: &mut LedgerRow, account: &Account, who: Option<&Member>, year: i16) {
    for month in 1..=12u8 {
        let text = format!("{year:04}-{month:02}");
        let due = account.due(&row.member, who, &text);
        row.due_fen += due.fen;
        row.incomplete |= due.incomplete;
        row.relieved |= due.relief.is_some() && !due.incomplete;
        row.doubles += u32::from(account.paid(&row.member, &text).double);
        match row.monthly.last_mut() {
            Some((_, to, fen)) if *to + 1 == month && *fen == due.fen => *to = month,
            _ if due.assessment.is_some() => row.monthly.push((month, month, due.fen)),
            _ => {}
        }
        if let Some(assessment) = due.assessment.and_then(|_| account.assessment(&row.member, &text)) {
            row.assessment = Some(assessment.0);
            row.class = Some(assessment.1.class);
            row.rate_bp = assessment.1.rate_bp;
        }
    }
    row.doubles += account.extras(&row.member, year).iter().map(|slot| u32::from(slot.double)).sum::<u32>();
}

fn add(sum: &mut LedgerRow, row: &LedgerRow) {
    sum.due_fen += row.due_fen;
    sum.paid_fen += row.paid_fen;
    sum.elsewhere_fen += row.elsewhere_fen;
    sum.back_fen += row.back_fen;
    sum.ahead_fen += row.ahead_fen;
    sum.extra_fen += row.extra_fen;
    sum.centre_fen += row.centre_fen;
    sum.doubles += row.doubles;
}

/// 党费公示表: who paid how much for which months. Neither base nor rate is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// One for each member who paid, in the order of ids.
    pub rows: Vec<NoticeRow>,
    /// Sum of dues.
    pub sum_fen: i64,
    /// Sum of voluntary extras.
    pub extra_fen: i64,
}

/// One line of the notice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeRow {
    /// Member's record id.
    pub member: String,
    /// Paid for the months of the period, whenever that was.
    pub amount_fen: i64,
    /// Voluntary extras, by their day.
    pub extra_fen: i64,
}

/// The notice on the months from one to another, both included.
pub fn notice(account: &Account, from_month: &str, to_month: &str) -> Notice {
    let mut rows: BTreeMap<&str, NoticeRow> = BTreeMap::new();
    for (_, payment) in account.payments() {
        let month = if payment.is_extra() { payment.on.get(..7).unwrap_or_default() } else { payment.month.as_str() };
        if !(from_month..=to_month).contains(&month) {
            continue;
        }
        let row = rows.entry(&payment.member).or_default();
        *(if payment.is_extra() { &mut row.extra_fen } else { &mut row.amount_fen }) += payment.amount_fen;
    }
    let mut out = Notice::default();
    for (member, row) in rows.into_iter().filter(|(_, row)| row.amount_fen != 0 || row.extra_fen != 0) {
        out.sum_fen += row.amount_fen;
        out.extra_fen += row.extra_fen;
        out.rows.push(NoticeRow { member: member.to_owned(), ..row });
    }
    out
}

/// 上缴 of a year: what was there, came in, went up and stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// In hand on 1 January: collected before, and neither remitted nor retained.
    pub opening_fen: i64,
    /// Collected in the year.
    pub collected_fen: i64,
    /// Remitted in the year.
    pub remitted_fen: i64,
    /// Retained in the year.
    pub retained_fen: i64,
}

impl Balance {
    /// Still in hand, neither remitted nor retained.
    pub fn in_hand_fen(&self) -> i64 {
        self.opening_fen + self.collected_fen - self.remitted_fen - self.retained_fen
    }
}

/// The balance of a year, of ordinary dues or of what goes wholly to the centre.
pub fn balance(account: &Account, year: i16, centre: bool) -> Balance {
    let mut out = Balance::default();
    let own = format!("{year:04}");
    let mut add = |day: &str, collected: i64, remitted: i64, retained: i64| match day
        .get(..4)
        .unwrap_or_default()
        .cmp(own.as_str())
    {
        std::cmp::Ordering::Less => out.opening_fen += collected - remitted - retained,
        std::cmp::Ordering::Equal => {
            out.collected_fen += collected;
            out.remitted_fen += remitted;
            out.retained_fen += retained;
        }
        std::cmp::Ordering::Greater => {}
    };
    for (_, payment) in account.payments().filter(|(_, payment)| (payment.kind == EXTRA_CENTRE) == centre) {
        add(&payment.on, payment.amount_fen, 0, 0);
    }
    for (_, one) in account.remittances().iter().filter(|(_, one)| one.centre == centre) {
        add(&one.on, 0, one.amount_fen, one.retained_fen);
    }
    out
}
