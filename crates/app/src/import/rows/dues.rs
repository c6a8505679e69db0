//! 党费台账

use jiff::civil::Date;

use super::{Origin, Source};
use crate::dto::dues::DuesClass;
use crate::import::field::Field;
use crate::import::issue::Findings;
use crate::import::layout::DataRow;
use crate::import::sheet::Cell;
use crate::import::value::{self, ValueError, amount, date, person, terms};

/// One member's year as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DuesRow {
    /// Where it stands.
    pub origin: Origin,
    /// The sheet's year.
    pub year: i16,
    /// 姓名
    pub name: String,
    /// 党小组; tells people of one name apart.
    pub group: String,
    /// 缴费类别
    pub class: Option<DuesClass>,
    /// 基数
    pub base_fen: Option<i64>,
    /// 月应缴
    pub monthly_fen: Option<i64>,
    /// Months with a payment.
    pub paid: Vec<PaidMonth>,
    /// Quarters with a payment, in a ledger by quarters.
    pub quarters: Vec<PaidQuarter>,
    /// 代缴人
    pub handed_by: String,
}

/// The payment for one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaidMonth {
    /// 1–12.
    pub month: u8,
    /// Above 0.
    pub amount_fen: i64,
    /// Date of payment, where the ledger has one.
    pub on: Option<Date>,
    /// Letter and title of the cell's column.
    pub column: String,
}

/// The payment for one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaidQuarter {
    /// 1–4.
    pub quarter: u8,
    /// Above 0.
    pub amount_fen: i64,
    /// Date of payment, where the ledger has one.
    pub on: Option<Date>,
    /// Letter and title of the cell's column.
    pub column: String,
}

pub(super) fn read(source: &Source<'_>, findings: &mut Findings) -> Vec<DuesRow> {
    let Some(year) = source.year else {
        findings.error(&source.sheet.name, source.header_line(), "", ValueError::new("year_missing", ""));
        return Vec::new();
    };
    source.layout.rows.iter().filter_map(|row| member(source, row, year, findings)).collect()
}

fn member(source: &Source<'_>, row: &DataRow, year: i16, findings: &mut Findings) -> Option<DuesRow> {
    if source.is_blank(row) {
        return None;
    }
    let before = findings.errors.len();
    let name = source.person(findings, row);
    let class = source.take(findings, row, Field::Class, terms::dues_class(&source.text(row, Field::Class)));
    let base_fen = source.take(findings, row, Field::Base, amount::amount(source.cell(row, Field::Base)));
    let monthly_fen = source.take(findings, row, Field::Monthly, amount::amount(source.cell(row, Field::Monthly)));
    let row_date = source.past_day(findings, row, Field::PaidOn).map(|moment| moment.date);
    let mut paid = Vec::new();
    for month in 1..=12u8 {
        let field = Field::Month(month);
        if !source.has(field) {
            continue;
        }
        let on = source.past_day(findings, row, Field::MonthOn(month)).map(|moment| moment.date).or(row_date);
        match payment(source.cell(row, field), monthly_fen, source) {
            Ok(None) => {}
            Ok(Some((amount_fen, day))) => {
                paid.push(PaidMonth { month, amount_fen, on: day.or(on), column: source.place(field) });
            }
            Err(error) => source.report(findings, row, field, error),
        }
    }
    let quarters = quarters(source, row, monthly_fen, &paid, row_date, findings);
    let (name, _) = name?;
    let handed_by = person::shown(&source.text(row, Field::HandedBy));
    source.bounded(findings, row, &[(Field::HandedBy, &handed_by, 40)]);
    if Source::failed(findings, before) {
        return None;
    }
    let group = value::squeezed(&source.text(row, Field::Group));
    Some(DuesRow {
        origin: source.origin(row, Field::Name),
        year,
        name,
        group: if group.is_empty() { row.section.clone() } else { group },
        class,
        base_fen: base_fen.filter(|fen| *fen > 0),
        monthly_fen: monthly_fen.filter(|fen| *fen > 0),
        paid,
        quarters,
        handed_by,
    })
}

/// What was paid for quarters. Where the row has payments for a quarter's months, those count and the quarter is their sum;
/// where it says something else, that is worth knowing.
fn quarters(
    source: &Source<'_>,
    row: &DataRow,
    monthly_fen: Option<i64>,
    by_month: &[PaidMonth],
    row_date: Option<Date>,
    findings: &mut Findings,
) -> Vec<PaidQuarter> {
    let mut paid = Vec::new();
    for quarter in 1..=4u8 {
        let field = Field::Quarter(quarter);
        if !source.has(field) {
            continue;
        }
        let read = payment(source.cell(row, field), monthly_fen.map(|fen| 3 * fen), source);
        let sum_fen: i64 = by_month
            .iter()
            .filter(|paid| months_of(quarter).any(|month| month == paid.month))
            .map(|paid| paid.amount_fen)
            .sum();
        if sum_fen > 0 {
            if let Ok(Some((amount_fen, _))) = read
                && amount_fen != sum_fen
            {
                let params = [("found", source.text(row, field)), ("sum", amount::yuan(sum_fen))];
                source.warn(findings, row, field, "quarter_sum_differs", &params);
            }
            continue;
        }
        let on = source.past_day(findings, row, Field::QuarterOn(quarter)).map(|moment| moment.date).or(row_date);
        match read {
            Ok(None) => {}
            Ok(Some((amount_fen, day))) => {
                paid.push(PaidQuarter { quarter, amount_fen, on: day.or(on), column: source.place(field) });
            }
            Err(error) => source.report(findings, row, field, error),
        }
    }
    paid
}

/// The months of a quarter.
pub(crate) fn months_of(quarter: u8) -> impl Iterator<Item = u8> {
    3 * quarter - 2..=3 * quarter
}

/// A month's or a quarter's cell: an amount, a tick for the whole amount, or the date on which that was paid.
fn payment(
    cell: &Cell,
    whole_fen: Option<i64>,
    source: &Source<'_>,
) -> Result<Option<(i64, Option<Date>)>, ValueError> {
    let shown = cell.text();
    let whole = |on| match whole_fen.filter(|fen| *fen > 0) {
        Some(fen) => Ok(Some((fen, on))),
        None => Err(ValueError::new("amount_missing_for_tick", &shown).example("45.00")),
    };
    match cell {
        Cell::Moment(moment) => whole(Some(moment.date())),
        Cell::Bool(true) => whole(None),
        Cell::Text(text) => {
            let (head, note) = value::with_note(text);
            let on = date::date(&Cell::of_text(&note), source.context()).ok().flatten().map(|moment| moment.date);
            match value::squeezed(&head).as_str() {
                "√" | "✓" | "✔" | "☑" | "已缴" | "已交" | "缴" | "交" | "是" => whole(on),
                "×" | "✗" | "✘" | "x" | "X" | "未缴" | "未交" | "欠" | "欠缴" | "否" => Ok(None),
                _ => Ok(amount::amount(cell)?.filter(|fen| *fen > 0).map(|fen| (fen, on))),
            }
        }
        _ => Ok(amount::amount(cell)?.filter(|fen| *fen > 0).map(|fen| (fen, None))),
    }
}
