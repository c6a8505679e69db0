//! Collection, reversal, and the word that payments which look double are right. Entries are only ever added.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::date::{is_late, read_date};
use ybz_domain::ids::{RecordId, tagged_hash};
use ybz_domain::ledger::dues::{Account, EXTRA, EXTRA_CENTRE, MAX_AMOUNT_FEN, PAYMENT, Payment, Settlement, Way};
use ybz_domain::rules::DuesRules;

use super::{account, hand, near_month};
use crate::ErrorDto;
use crate::cx::{Cx, Edits, rule_in};
use crate::dto::Saved;
use crate::dto::dues::{BothRightInput, CollectEntry, CollectInput, CollectOutput, ReceiptRow, ReverseInput};
use crate::error::{Answer, optional, required};

/// How names of organizations end; they may neither advance nor deduct dues.
const ORGANIZATIONS: [&str; 9] = ["支部", "总支", "党委", "党工委", "村委会", "居委会", "村委", "街道办", "组织部"];

/// Digits of a receipt's number that stand for a device: none that look alike.
const DIGITS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A day as typed; empty: today.
fn day(cx: &Cx<'_>, text: &str) -> Answer<Date> {
    if text.trim().is_empty() {
        return Ok(cx.today);
    }
    read_date(text, cx.today).map_err(|_| ErrorDto::new("date_not_understood").at("on").with("text", text))
}

/// A day on which money was handed over, as typed; empty: today. Nobody has paid on a day to come, and a day of more than a
/// year ago is asked about once: a mistyped year would make the book of that year.
pub(super) fn paid_day(cx: &Cx<'_>, text: &str, confirmed: bool) -> Answer<Date> {
    let on = day(cx, text)?;
    if on > cx.today {
        return Err(ErrorDto::new("date_in_future").at("on").with("date", on));
    }
    cx.check_far(Ok(on), "on", confirmed)
}

/// `dues.collect`: payments of several members and months as one change. A second payment for a month is taken and shown as
/// 疑似重复; nothing is subtracted.
pub(crate) fn collect(cx: &Cx<'_>, input: CollectInput) -> Answer<CollectOutput> {
    let on = paid_day(cx, &input.on, input.confirm_date)?;
    if input.entries.is_empty() {
        return Err(ErrorDto::new("required").at("entries"));
    }
    let members: BTreeMap<String, (RecordId, String)> =
        cx.members()?.into_iter().map(|(id, member)| (id.to_string(), (id, member.name))).collect();
    let rules = cx.rules_on(&on.to_string())?;
    // Two calls at once must not draw one number.
    let _numbering = cx.node.receipts.lock().unwrap_or_else(PoisonError::into_inner);
    let mut numbers = Numbers::read(cx, on)?;
    let mut receipts: BTreeMap<(String, bool), ReceiptRow> = BTreeMap::new();
    let (mut edits, mut last, mut beyond) = (Edits::default(), None, BTreeSet::new());
    for (index, entry) in input.entries.iter().enumerate() {
        let at = |field: &str| format!("entries.{index}.{field}");
        let (member, name) = members
            .get(&entry.member)
            .ok_or_else(|| ErrorDto::new("not_found").at(&at("member")).with("id", &entry.member))?;
        let mut payment = checked(cx, &rules.dues, entry, &at)?;
        payment.on = on.to_string();
        payment.quarterly = input.quarterly && !entry.extra;
        if payment
            .months_late()
            .is_some_and(|months| months > i32::try_from(rules.dues.back_pay_months).unwrap_or(i32::MAX))
        {
            beyond.insert(payment.month.clone());
        }
        let receipt = receipts.entry((entry.member.clone(), entry.extra)).or_insert_with(|| ReceiptRow {
            number: numbers.next(),
            name: name.clone(),
            amount_fen: 0,
        });
        receipt.amount_fen += payment.amount_fen;
        payment.receipt.clone_from(&receipt.number);
        payment.member = member.to_string();
        let id = cx.new_id();
        last = Some(id);
        hand::seal(cx, &mut edits, id, *member, on.year(), &std::mem::take(&mut payment.handed_by))?;
        // A back-payment belongs to the year in which it is paid and names the month owed.
        edits.push(cx.book(BookKind::dues(), on.year()), payment.create(id));
    }
    cx.commit(edits)?;
    Ok(CollectOutput {
        id: last.map(|id| id.to_string()).unwrap_or_default(),
        late: is_late(on, cx.today),
        receipts: receipts.into_values().collect(),
        beyond: beyond.into_iter().collect(),
        rule: rule_in(rules, "dues_back_payment")?,
    })
}

/// One payment of the form, without day, number and member.
fn checked(cx: &Cx<'_>, rules: &DuesRules, entry: &CollectEntry, at: &dyn Fn(&str) -> String) -> Answer<Payment> {
    let owed = if entry.extra { String::new() } else { near_month(cx, &entry.month, &at("month"))? };
    if !(1..=MAX_AMOUNT_FEN).contains(&entry.amount_fen) {
        let error = ErrorDto::new("amount_out_of_range").at(&at("amountFen"));
        return Err(error.with("from", 1).with("to", MAX_AMOUNT_FEN));
    }
    let handed_by = optional(&at("handedBy"), &entry.handed_by, 40)?;
    let way = match entry.way.as_str() {
        "" => Way::Own,
        "relative" => Way::Relative,
        "member" => Way::Member,
        "organization" => return Err(by_organization(cx, &at("way"))),
        other => return Err(ErrorDto::new("invalid_input").at(&at("way")).with("value", other)),
    };
    if way == Way::Own && !handed_by.is_empty() {
        return Err(ErrorDto::new("dues_way_missing").at(&at("way")));
    }
    if way != Way::Own {
        let above = cx.superior_name();
        if handed_by == cx.office_name()
            || above.as_ref() == Some(&handed_by)
            || ORGANIZATIONS.iter().any(|end| handed_by.ends_with(end))
        {
            return Err(by_organization(cx, &at("handedBy")));
        }
        if !entry.consent {
            return Err(ErrorDto::new("dues_consent_missing").at(&at("consent")));
        }
    }
    Ok(Payment {
        month: owed,
        kind: match entry.extra {
            false => "",
            true if entry.amount_fen >= rules.centre_extra_fen => EXTRA_CENTRE,
            true => EXTRA,
        }
        .to_owned(),
        amount_fen: entry.amount_fen,
        handed_by,
        way,
        consent: entry.consent && way != Way::Own,
        recorded_on: cx.today_text(),
        ..Payment::default()
    })
}

fn by_organization(cx: &Cx<'_>, field: &str) -> ErrorDto {
    let error = ErrorDto::new("dues_not_by_organization").at(field);
    match cx.rule("dues_no_advance") {
        Ok(rule) => error.with("citation", rule.citation),
        Err(_) => error,
    }
}

/// Numbers of receipts: year, device, count. The part for the device makes them differ although devices count offline.
struct Numbers {
    prefix: String,
    last: u32,
}

impl Numbers {
    fn read(cx: &Cx<'_>, on: Date) -> Answer<Self> {
        // A copied database is another life of the same device, and counts for itself.
        let life = cx.node.store.incarnation();
        let hash = tagged_hash("ybz receipt 1", &[&cx.office.0, &cx.device().id().0, &life.0]);
        let digit = |byte: &u8| DIGITS.get(usize::from(byte % 32)).copied().map_or('2', char::from);
        let prefix = format!("{:04}-{}-", on.year(), hash.iter().take(5).map(digit).collect::<String>());
        let taken = cx.records(PAYMENT, Some(on.year()))?;
        let number = |stored: &crate::cx::Stored| stored.view.str("receipt").strip_prefix(&prefix)?.parse().ok();
        let last = taken.iter().filter_map(number).max().unwrap_or(0);
        Ok(Self { prefix, last })
    }

    fn next(&mut self) -> String {
        self.last = self.last.saturating_add(1);
        format!("{}{:04}", self.prefix, self.last)
    }
}

/// `dues.reverse` (冲正): a negative entry beside the payment. Two devices that reverse one payment make one entry.
pub(crate) fn reverse(cx: &Cx<'_>, input: ReverseInput) -> Answer<Saved> {
    let stored = cx.own_record(&input.payment, PAYMENT)?;
    let payment = Payment::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").at("payment"))?;
    let id = RecordId::natural("ybz reversal 1", &[stored.view.id.as_bytes()]);
    if payment.reverses.is_some() || cx.find(&id.to_string())?.is_some() {
        return Err(ErrorDto::new("already_reversed").at("payment"));
    }
    let reversal = Payment {
        amount_fen: -payment.amount_fen,
        on: cx.today_text(),
        reverses: Some(stored.view.id.to_string()),
        note: required("reason", &input.reason, 200)?,
        recorded_on: cx.today_text(),
        ..payment
    };
    let mut edits = Edits::default();
    edits.push(stored.book, reversal.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `dues.both_right`: a person's word on payments that look double. It names them; another payment for the same month is
/// shown again.
pub(crate) fn both_right(cx: &Cx<'_>, input: BothRightInput) -> Answer<Saved> {
    let named: BTreeSet<String> = input.payments.iter().cloned().collect();
    let account = account(cx)?;
    let doubles = Account::doubles(&account);
    // What came in the meantime was not on the screen: the person has to look again.
    let (member, slot) = doubles
        .into_iter()
        .find(|(_, slot)| slot.standing == named)
        .ok_or_else(|| ErrorDto::new("dues_not_double").at("payments"))?;
    let settlement = Settlement {
        member: member.to_owned(),
        payments: slot.standing.into_iter().collect(),
        note: optional("note", &input.note, 200)?,
        recorded_on: cx.today_text(),
    };
    let mut edits = Edits::default();
    edits.push(cx.book(BookKind::dues(), cx.today.year()), settlement.create());
    cx.commit(edits)?;
    Ok(Saved { id: settlement.id().to_string(), late: false })
}
