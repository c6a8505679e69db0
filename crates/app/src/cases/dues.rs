//! 党费: assessment, collection, reversals.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp};
use ybz_domain::date::{month_text, read_date, read_month};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{
    ASSESSMENT, AssessError, Assessed, Assessment, DuesClass as Class, MAX_AMOUNT_FEN, PAYMENT, Payment, assess,
    in_force,
};
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::visit::INCOME_BASE;

use crate::ErrorDto;
use crate::cases::household::{open_sealed, plain_of, seal_for};
use crate::cx::{Cx, Edits};
use crate::dto::dues::{
    AssessInput, AssessOutput, CollectInput, DuesCell, DuesClass, DuesRow, DuesSheet, PaymentRow, ReverseInput,
};
use crate::dto::{ListInput, Saved};
use crate::error::{Answer, optional, required};

impl From<DuesClass> for Class {
    fn from(class: DuesClass) -> Self {
        match class {
            DuesClass::Salaried => Self::Salaried,
            DuesClass::Retired => Self::Retired,
            DuesClass::SelfEmployed => Self::SelfEmployed,
            DuesClass::Farmer => Self::Farmer,
            DuesClass::Student => Self::Student,
            DuesClass::Hardship => Self::Hardship,
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
        }
    }
}

fn computed(cx: &Cx<'_>, input: &AssessInput) -> Answer<Assessed> {
    assess(cx.rules(), input.class.into(), input.base_fen, input.fixed_fen).map_err(|error| match error {
        AssessError::BaseMissing => ErrorDto::new("required").at("baseFen"),
        AssessError::FixedMissing => ErrorDto::new("required").at("fixedFen"),
        AssessError::OutOfRange { from, to } => {
            let field = if input.fixed_fen.is_some() { "fixedFen" } else { "baseFen" };
            ErrorDto::new("amount_out_of_range").at(field).with("from", from).with("to", to)
        }
    })
}

fn output(cx: &Cx<'_>, input: &AssessInput, assessed: Assessed) -> Answer<AssessOutput> {
    Ok(AssessOutput {
        monthly_fen: assessed.monthly_fen,
        rate_bp: assessed.rate_bp,
        arithmetic: assessed.arithmetic,
        capped: assessed.capped,
        rule: cx.rule(Class::from(input.class).article())?,
    })
}

/// `dues.assess_preview`
pub(crate) fn preview(cx: &Cx<'_>, input: AssessInput) -> Answer<AssessOutput> {
    let assessed = computed(cx, &input)?;
    output(cx, &input, assessed)
}

/// `dues.assess`: class, rate and due go up; the base stays here, sealed.
pub(crate) fn record(cx: &Cx<'_>, input: AssessInput) -> Answer<AssessOutput> {
    let mut edits = Edits::default();
    let assessed = stage(cx, &mut edits, &input)?;
    cx.commit(edits)?;
    output(cx, &input, assessed)
}

/// Adds the steps of an assessment to an edit.
pub(crate) fn stage(cx: &Cx<'_>, edits: &mut Edits, input: &AssessInput) -> Answer<Assessed> {
    let member = cx.own_record(&input.member, MEMBER)?.view.id;
    let (year, month) = read_month(&input.from_month)
        .map_err(|_| ErrorDto::new("date_not_understood").at("fromMonth").with("text", &input.from_month))?;
    let assessed = computed(cx, input)?;
    if input.class == DuesClass::Hardship {
        required("decision", &input.decision, 500)?;
    }
    let assessment = Assessment {
        member: member.to_string(),
        from_month: month_text(year, month),
        class: input.class.into(),
        rate_bp: assessed.rate_bp,
        monthly_fen: assessed.monthly_fen,
        decision: optional("decision", &input.decision, 500)?,
        rules: cx.rules().version.clone(),
        recorded_on: cx.today_text(),
    };
    put(cx, edits, member, year, &assessment, input.base_fen)?;
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

/// `dues.collect`: payments of several members and months as one change. A second payment for a month is taken and shown as
/// 疑似重复; nothing is subtracted.
pub(crate) fn collect(cx: &Cx<'_>, input: CollectInput) -> Answer<Saved> {
    let on = if input.on.trim().is_empty() {
        cx.today
    } else {
        read_date(&input.on, cx.today)
            .map_err(|_| ErrorDto::new("date_not_understood").at("on").with("text", &input.on))?
    };
    if input.entries.is_empty() {
        return Err(ErrorDto::new("required").at("entries"));
    }
    let mut edits = Edits::default();
    let mut last = cx.new_id();
    for (index, entry) in input.entries.iter().enumerate() {
        let at = |field: &str| format!("entries.{index}.{field}");
        let member = cx.own_record(&entry.member, MEMBER).map_err(|error| error.at(&at("member")))?.view.id;
        let (year, month) = read_month(&entry.month)
            .map_err(|_| ErrorDto::new("date_not_understood").at(&at("month")).with("text", &entry.month))?;
        if !(1..=MAX_AMOUNT_FEN).contains(&entry.amount_fen) {
            let error = ErrorDto::new("amount_out_of_range").at(&at("amountFen"));
            return Err(error.with("from", 1).with("to", MAX_AMOUNT_FEN));
        }
        let payment = Payment {
            member: member.to_string(),
            month: month_text(year, month),
            amount_fen: entry.amount_fen,
            on: on.to_string(),
            handed_by: optional(&at("handedBy"), &entry.handed_by, 40)?,
            reverses: None,
            note: String::new(),
            recorded_on: cx.today_text(),
        };
        last = cx.new_id();
        // A back-payment belongs to the year in which it is paid and names the month owed.
        edits.push(cx.book(BookKind::dues(), on.year()), payment.create(last));
    }
    cx.commit(edits)?;
    Ok(Saved { id: last.to_string(), late: ybz_domain::date::is_late(on, cx.today) })
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

/// Payments by (member, month owed).
pub(crate) type Payments = BTreeMap<(String, String), Vec<(RecordId, Payment)>>;

/// Payments for the months of a year, reversals included, oldest first. They stand in the books of the years in which they
/// were paid: back-payments in any later one, payments ahead in any earlier one.
pub(crate) fn payments(cx: &Cx<'_>, year: i16) -> Answer<Payments> {
    let owed_in = format!("{year:04}-");
    let mut by_cell: Payments = BTreeMap::new();
    let merged = cx.merged()?;
    for stored in cx.records(PAYMENT, None)? {
        if let Some(payment) = Payment::read(&stored.view).filter(|payment| payment.month.starts_with(&owed_in)) {
            let member = merged.get(&payment.member).unwrap_or(&payment.member);
            let cell = (member.clone(), payment.month.clone());
            by_cell.entry(cell).or_default().push((stored.view.id, payment));
        }
    }
    for list in by_cell.values_mut() {
        list.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
    }
    Ok(by_cell)
}

/// Assessments by member, of this year and all before it that this node holds.
pub(crate) fn assessments(cx: &Cx<'_>) -> Answer<BTreeMap<String, Vec<(RecordId, Assessment)>>> {
    let mut by_member: BTreeMap<String, Vec<(RecordId, Assessment)>> = BTreeMap::new();
    let merged = cx.merged()?;
    for stored in cx.records(ASSESSMENT, None)? {
        if let Some(assessment) = Assessment::read(&stored.view) {
            let member = merged.get(&assessment.member).unwrap_or(&assessment.member);
            by_member.entry(member.clone()).or_default().push((stored.view.id, assessment));
        }
    }
    Ok(by_member)
}

/// `dues.sheet`: members × months. Arrears run up to the current month.
pub(crate) fn sheet(cx: &Cx<'_>, input: ListInput) -> Answer<DuesSheet> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let assessments = assessments(cx)?;
    let mut payments = payments(cx, year)?;
    let bases: BTreeMap<String, i64> = cx
        .records(INCOME_BASE, None)?
        .iter()
        .filter_map(|stored| {
            let subject: RecordId = stored.view.str("subject").parse().ok()?;
            Some((stored.view.str("ref").to_owned(), open_sealed(cx, &stored.book, &stored.view, &subject)?))
        })
        .collect();
    let this_month = month_text(cx.today.year(), cx.today.month());
    let mut rows = Vec::new();
    for (id, member) in cx.members()? {
        let list = assessments.get(&id.to_string()).map(Vec::as_slice).unwrap_or_default();
        let mut row = member_row(&id, &member, list, year, &this_month, &mut payments);
        if !member.belongs_on(&format!("{year:04}-01-01")) && row.due_fen == 0 && row.paid_fen == 0 {
            continue;
        }
        let newest = list.iter().rfind(|(_, a)| in_force(list, &month_text(year, 12)) == Some(a));
        if let Some((assessment, content)) = newest {
            row.base_fen = bases.get(&assessment.to_string()).copied();
            let article = cx.rules().article(content.class.article());
            row.reason = article.map(|article| article.citation.clone()).unwrap_or_default();
        }
        rows.push(row);
    }
    rows.sort_by_key(|row| (crate::pinyin::key(&row.name), row.member.clone()));
    let due_fen = rows.iter().map(|row| row.due_fen).sum();
    let paid_fen = rows.iter().map(|row| row.paid_fen).sum();
    // 欠 counts months that have come and are not paid: neither the surplus of others nor what is paid ahead sets it off.
    let come = |cell: &&DuesCell| format!("{year:04}-{:02}", cell.month) <= this_month;
    let cells = rows.iter().flat_map(|row| row.months.iter().filter(come));
    let owed_fen = cells.map(|cell| (cell.due_fen - cell.paid_fen).max(0)).sum();
    Ok(DuesSheet { year, rows, due_fen, paid_fen, owed_fen })
}

fn member_row(
    id: &RecordId,
    member: &Member,
    list: &[(RecordId, Assessment)],
    year: i16,
    this_month: &str,
    payments: &mut Payments,
) -> DuesRow {
    let (mut due_fen, mut paid_fen) = (0, 0);
    let months = (1..=12u8)
        .map(|month| {
            let text = format!("{year:04}-{month:02}");
            let due = in_force(list, &text)
                .filter(|_| member.belongs_on(&format!("{text}-01")))
                .map_or(0, |assessment| assessment.monthly_fen);
            let cell = cell(month, due, payments.remove(&(id.to_string(), text.clone())).unwrap_or_default());
            if text.as_str() <= this_month {
                due_fen += due;
            }
            paid_fen += cell.paid_fen;
            cell
        })
        .collect();
    let current = in_force(list, &format!("{year:04}-12"));
    DuesRow {
        member: id.to_string(),
        name: member.name.clone(),
        class: current.map(|assessment| assessment.class.into()),
        base_fen: None,
        rate_bp: current.and_then(|assessment| assessment.rate_bp),
        monthly_fen: current.map_or(0, |assessment| assessment.monthly_fen),
        months,
        due_fen,
        paid_fen,
        reason: String::new(),
    }
}

fn cell(month: u8, due_fen: i64, list: Vec<(RecordId, Payment)>) -> DuesCell {
    let reversed: Vec<String> = list.iter().filter_map(|(_, payment)| payment.reverses.clone()).collect();
    let standing =
        list.iter().filter(|(id, payment)| payment.reverses.is_none() && !reversed.contains(&id.to_string())).count();
    DuesCell {
        month,
        due_fen,
        paid_fen: list.iter().map(|(_, payment)| payment.amount_fen).sum(),
        double: standing > 1,
        payments: list
            .into_iter()
            .map(|(id, payment)| PaymentRow {
                reversed: reversed.contains(&id.to_string()),
                id: id.to_string(),
                amount_fen: payment.amount_fen,
                on: payment.on,
                handed_by: payment.handed_by,
                reverses: payment.reverses,
                note: payment.note,
            })
            .collect(),
    }
}
