//! 党费: assessment and the sheet of members × months.

pub(crate) mod arrears;
pub(crate) mod collect;
pub(crate) mod hand;
mod kept;
pub(crate) mod relief;
pub(crate) mod remit;
pub(crate) mod report;
pub(crate) mod year;

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKind, RecordOp};
use ybz_domain::date::{month_text, read_month};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{
    Account, AssessError, Assessed, Assessment, DuesClass as Class, MAX_AMOUNT_FEN, Payment, Slot, arithmetic, assess,
    mean_of_quarter,
};
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::visit::INCOME_BASE;
use ybz_domain::money::yuan;
use ybz_domain::rules::Rules;

use crate::ErrorDto;
use crate::cases::household::{open_sealed, plain_of, seal_for};
use crate::cx::{Cx, Edits, rule_in};
use crate::dto::ListInput;
use crate::dto::dues::{
    AssessInput, AssessOutput, DoublePlace, DuesCell, DuesClass, DuesMonthSum, DuesRow, DuesSheet, PaymentRow,
};
use crate::error::Answer;

pub(crate) use kept::{Accounts, account};

impl From<DuesClass> for Class {
    fn from(class: DuesClass) -> Self {
        match class {
            DuesClass::Salaried => Self::Salaried,
            DuesClass::Retired => Self::Retired,
            DuesClass::SelfEmployed => Self::SelfEmployed,
            DuesClass::Farmer => Self::Farmer,
            DuesClass::Student => Self::Student,
            DuesClass::Hardship => Self::Hardship,
            DuesClass::AnnualSalary => Self::AnnualSalary,
        }
    }
}

impl From<Class> for DuesClass {
    fn from(class: Class) -> Self {
        match class {
            Class::Salaried => Self::Salaried,
            Class::Retired => Self::Retired,
            Class::SelfEmployed => Self::SelfEmployed,
            Class::Farmer => Self::Farmer,
            Class::Student => Self::Student,
            Class::Hardship => Self::Hardship,
            Class::AnnualSalary => Self::AnnualSalary,
        }
    }
}

/// Computes a due, from the base or from a quarter's net income; with the base that was used.
fn computed(rules: &Rules, input: &AssessInput) -> Answer<(Assessed, Option<i64>)> {
    if input.class == DuesClass::Hardship {
        // Relief has two decisions and leaves the class as it is.
        return Err(ErrorDto::new("hardship_is_relief").at("class"));
    }
    let quarter = input.quarter_fen.filter(|_| input.class == DuesClass::SelfEmployed);
    let base = match quarter {
        Some(quarter) => Some(mean_of_quarter(rules, quarter).ok_or_else(|| {
            ErrorDto::new("amount_out_of_range").at("quarterFen").with("from", 0).with("to", 3 * MAX_AMOUNT_FEN)
        })?),
        None => input.base_fen,
    };
    let mut assessed = assess(rules, input.class.into(), base, input.fixed_fen).map_err(|error| match error {
        AssessError::BaseMissing => ErrorDto::new("required").at("baseFen"),
        AssessError::FixedMissing => ErrorDto::new("required").at("fixedFen"),
        AssessError::OutOfRange { from, to } => {
            let field = if input.class == DuesClass::Farmer { "fixedFen" } else { "baseFen" };
            ErrorDto::new("amount_out_of_range").at(field).with("from", from).with("to", to)
        }
    })?;
    if let Some(quarter) = quarter {
        assessed.arithmetic = format!("{} ÷ 3 → {}", yuan(quarter), assessed.arithmetic);
    }
    // A fixed due has no base, whatever was typed.
    let base = base.filter(|_| assessed.rate_bp.is_some());
    Ok((assessed, base))
}

fn output(cx: &Cx<'_>, input: &AssessInput, assessed: Assessed) -> Answer<AssessOutput> {
    let month = month(&input.from_month, "fromMonth")?;
    let account = account(cx)?;
    let own = month.get(..4).unwrap_or_default();
    let same_year = |one: &Assessment| one.from_month.starts_with(own) && one.from_month < month;
    Ok(AssessOutput {
        monthly_fen: assessed.monthly_fen,
        rate_bp: assessed.rate_bp,
        arithmetic: assessed.arithmetic,
        capped: assessed.capped,
        rule: rule_in(cx.rules_on(&first_day(&month))?, Class::from(input.class).article())?,
        within_year: account.assessments(&input.member).iter().any(|(_, one)| same_year(one)),
    })
}

/// `2026-03` out of what was typed.
fn month(text: &str, field: &str) -> Answer<String> {
    let (year, month) =
        read_month(text).map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text))?;
    Ok(month_text(year, month))
}

/// The same of a month that is written into a book: a mistyped year would make the book of that year. The next year's months may
/// be known already.
fn near_month(cx: &Cx<'_>, text: &str, field: &str) -> Answer<String> {
    let month = month(text, field)?;
    match year_of(&month).is_some_and(|year| year <= cx.today.year() + 1) {
        true => Ok(month),
        false => Err(ErrorDto::new("month_far").at(field).with("month", month)),
    }
}

/// The year of `2026-03`.
fn year_of(month: &str) -> Option<i16> {
    month.get(..4)?.parse().ok()
}

fn first_day(month: &str) -> String {
    format!("{month}-01")
}

/// `dues.assess_preview`
pub(crate) fn preview(cx: &Cx<'_>, input: AssessInput) -> Answer<AssessOutput> {
    let rules = cx.rules_on(&first_day(&month(&input.from_month, "fromMonth")?))?;
    let (assessed, _) = computed(rules, &input)?;
    output(cx, &input, assessed)
}

/// `dues.assess`: class, rate and due go up; the base stays here, sealed.
pub(crate) fn record(cx: &Cx<'_>, input: AssessInput) -> Answer<AssessOutput> {
    let member = cx.own_record(&input.member, MEMBER)?.view.id;
    let mut edits = Edits::default();
    let assessed = stage(cx, &mut edits, member, &input)?;
    let output = output(cx, &input, assessed)?;
    cx.commit(edits)?;
    Ok(output)
}

/// Adds the steps of an assessment to an edit. The rules are those of the first day for which it holds; their version is kept.
fn stage(cx: &Cx<'_>, edits: &mut Edits, member: RecordId, input: &AssessInput) -> Answer<Assessed> {
    let from_month = near_month(cx, &input.from_month, "fromMonth")?;
    let year = year_of(&from_month).unwrap_or_else(|| cx.today.year());
    let rules = cx.rules_on(&first_day(&from_month))?;
    let (assessed, base) = computed(rules, input)?;
    let member_id = member.to_string();
    let assessment = Assessment {
        over: account(cx)?.assessed_from(&member_id, &from_month),
        member: member_id,
        from_month,
        class: input.class.into(),
        rate_bp: assessed.rate_bp,
        monthly_fen: assessed.monthly_fen,
        decision: String::new(),
        rules: rules.version.clone(),
        recorded_on: cx.today_text(),
    };
    put(cx, edits, member, year, &assessment, base)?;
    Ok(assessed)
}

/// Adds an assessment with its sealed base.
pub(crate) fn put(
    cx: &Cx<'_>,
    edits: &mut Edits,
    member: RecordId,
    year: i16,
    assessment: &Assessment,
    base_fen: Option<i64>,
) -> Answer<()> {
    let id = cx.new_id();
    edits.push(cx.book(BookKind::dues(), year), assessment.create(id));
    if let Some(base) = base_fen {
        let book = cx.book(BookKind::households(), year);
        let record = cx.new_id();
        let sealed = seal_for(cx, edits, &book, record, member, &plain_of(&base)?)?;
        let fields = vec![
            ("ref".to_owned(), id.to_string().into()),
            ("subject".to_owned(), member.to_string().into()),
            ("sealed".to_owned(), sealed),
        ];
        edits.push(book, RecordOp::Create { id: record, rtype: INCOME_BASE.to_owned(), fields });
    }
    Ok(())
}

/// Bases by the id of the assessment, as far as they open here; only those asked for are opened.
pub(crate) fn bases(cx: &Cx<'_>, wanted: &BTreeSet<String>) -> Answer<BTreeMap<String, i64>> {
    let all = cx.records(INCOME_BASE, None)?;
    let opened = all.iter().filter(|stored| wanted.contains(stored.view.str("ref"))).filter_map(|stored| {
        let subject: RecordId = stored.view.str("subject").parse().ok()?;
        Some((stored.view.str("ref").to_owned(), open_sealed(cx, &stored.book, &stored.view, &subject)?))
    });
    Ok(opened.collect())
}

/// `dues.sheet`: members × months. Arrears run up to the current month.
pub(crate) fn sheet(cx: &Cx<'_>, input: ListInput) -> Answer<DuesSheet> {
    let account = account(cx)?;
    sheet_of(cx, &account, &cx.members()?, &input)
}

/// The sheet out of an account that was read already. Sums are made of all members; rows with their payments of those alone
/// that are asked for.
pub(crate) fn sheet_of(
    cx: &Cx<'_>,
    account: &Account,
    members: &[(RecordId, Member)],
    input: &ListInput,
) -> Answer<DuesSheet> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let this_month = month_text(cx.today.year(), cx.today.month());
    let first = format!("{year:04}-01-01");
    let text = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let months = (1..=12u8).map(|month| DuesMonthSum { month, ..DuesMonthSum::default() });
    let mut sheet = DuesSheet {
        year,
        rows: Vec::new(),
        total: 0,
        months: months.collect(),
        due_fen: 0,
        paid_fen: 0,
        owed_fen: 0,
        doubles: double_places(account, members),
    };
    let mut listed: Vec<&(RecordId, Member)> = Vec::new();
    for one in members {
        let own = months_of(account, one, year);
        let come = own.iter().take_while(|sum| format!("{year:04}-{:02}", sum.month) <= this_month).count();
        let due_fen: i64 = own.iter().take(come).map(|sum| sum.due_fen).sum();
        let paid_fen: i64 = own.iter().map(|sum| sum.paid_fen).sum();
        if !one.1.belongs_on(&first) && due_fen == 0 && paid_fen == 0 {
            continue;
        }
        sheet.due_fen += due_fen;
        sheet.paid_fen += paid_fen;
        // 欠 counts months that have come and are not paid: neither the surplus of others nor what is paid ahead sets it off.
        sheet.owed_fen += own.iter().take(come).map(|sum| sum.owed_fen).sum::<i64>();
        for (all, own) in sheet.months.iter_mut().zip(&own) {
            all.due_fen += own.due_fen;
            all.paid_fen += own.paid_fen;
            all.owed_fen += own.owed_fen;
        }
        if text.is_empty() || crate::pinyin::matches(&one.1.name, &text) {
            listed.push(one);
        }
    }
    listed.sort_by_cached_key(|(id, member)| (crate::pinyin::key(&member.name), id.to_string()));
    let page = cx.page_whole(listed, input);
    sheet.total = page.total;
    let hands = hand::names(cx)?;
    let mut wanted = BTreeMap::new();
    for (id, member) in page.rows {
        let mut row = member_row(account, (id, member), year, &this_month, &hands);
        if let Some((assessment, content)) = account.assessment(&row.member, &month_text(year, 12)) {
            wanted.insert(row.member.clone(), (assessment.to_string(), content));
            row.rules.clone_from(&content.rules);
            let rules = cx.rules_of(&content.rules)?.unwrap_or_else(|| cx.rules());
            let article = rules.article(content.class.article());
            row.reason = article.map(|article| article.citation.clone()).unwrap_or_default();
        }
        sheet.rows.push(row);
    }
    let bases = bases(cx, &wanted.values().map(|(id, _)| id.clone()).collect())?;
    for row in &mut sheet.rows {
        if let Some((id, content)) = wanted.get(&row.member) {
            row.base_fen = bases.get(id).copied();
            row.arithmetic = arithmetic(content, row.base_fen);
        }
    }
    Ok(sheet)
}

/// What one member owes and has paid, month by month.
fn months_of(account: &Account, (id, member): &(RecordId, Member), year: i16) -> Vec<DuesMonthSum> {
    let id = id.to_string();
    let of = |month: u8| {
        let text = format!("{year:04}-{month:02}");
        let (due_fen, paid_fen) = (account.due(&id, Some(member), &text).fen, account.paid(&id, &text).paid_fen);
        DuesMonthSum { month, due_fen, paid_fen, owed_fen: (due_fen - paid_fen).max(0) }
    };
    (1..=12u8).map(of).collect()
}

/// Where payments of members on the roster look double, also in years that the sheet is not of: 今日 counts them, and each has to
/// be found.
pub(crate) fn double_places(account: &Account, members: &[(RecordId, Member)]) -> Vec<DoublePlace> {
    let names: BTreeMap<String, &str> = members.iter().map(|(id, one)| (id.to_string(), one.name.as_str())).collect();
    let place = |(member, slot): (&str, Slot<'_>)| {
        let (_, first) = slot.entries.first()?;
        let extra = first.month.is_empty();
        let day = if extra { &first.on } else { &first.month };
        let mut parts = day.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok().filter(|_| !extra);
        Some(DoublePlace { member: member.to_owned(), name: (*names.get(member)?).to_owned(), year, month })
    };
    let mut places: Vec<DoublePlace> = account.doubles().into_iter().filter_map(place).collect();
    places.sort_by_cached_key(|one| (-one.year, crate::pinyin::key(&one.name), one.month, one.member.clone()));
    places
}

fn member_row(
    account: &Account,
    (id, member): (&RecordId, &Member),
    year: i16,
    this_month: &str,
    hands: &BTreeMap<String, String>,
) -> DuesRow {
    let id = id.to_string();
    let (mut due_fen, mut paid_fen) = (0, 0);
    let months: Vec<DuesCell> = (1..=12u8)
        .map(|month| {
            let text = format!("{year:04}-{month:02}");
            let (due, slot) = (account.due(&id, Some(member), &text), account.paid(&id, &text));
            if text.as_str() <= this_month {
                due_fen += due.fen;
            }
            paid_fen += slot.paid_fen;
            DuesCell {
                month,
                due_fen: due.fen,
                paid_fen: slot.paid_fen,
                full_fen: due.full_fen,
                incomplete: due.incomplete,
                payments: payment_rows(&slot, hands),
                double: slot.double,
            }
        })
        .collect();
    let current = account.assessment(&id, &format!("{year:04}-12")).map(|(_, assessment)| assessment);
    DuesRow {
        name: member.name.clone(),
        class: current.map(|assessment| assessment.class.into()),
        base_fen: None,
        rate_bp: current.and_then(|assessment| assessment.rate_bp),
        monthly_fen: current.map_or(0, |assessment| assessment.monthly_fen),
        incomplete: months.iter().any(|cell| cell.incomplete),
        months,
        due_fen,
        paid_fen,
        reason: String::new(),
        arithmetic: String::new(),
        rules: String::new(),
        member: id,
    }
}

/// Entries with the names of those who handed them in: sealed ones, or as ledgers of before have them.
fn payment_rows(slot: &Slot<'_>, hands: &BTreeMap<String, String>) -> Vec<PaymentRow> {
    let row = |(id, payment): &(RecordId, Payment)| PaymentRow {
        id: id.to_string(),
        amount_fen: payment.amount_fen,
        on: payment.on.clone(),
        month: payment.month.clone(),
        kind: payment.kind.clone(),
        handed_by: hands.get(&id.to_string()).unwrap_or(&payment.handed_by).clone(),
        way: payment.way.as_str().to_owned(),
        quarterly: payment.quarterly,
        receipt: payment.receipt.clone(),
        late_months: payment.months_late().and_then(|months| u32::try_from(months).ok()).unwrap_or_default(),
        reversed: payment.reverses.is_none() && !slot.standing.contains(&id.to_string()),
        reverses: payment.reverses.clone(),
        note: payment.note.clone(),
    };
    slot.entries.iter().map(row).collect()
}
