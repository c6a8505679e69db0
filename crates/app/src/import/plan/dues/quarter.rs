//! Payments for a quarter: the months that they are for, known or asked for, never guessed.

use super::{Books, month_of};
use crate::dto::import::ImportOption;
use crate::import::plan::people::Person;
use crate::import::plan::{Draft, PersonRef, SKIP};
use crate::import::rows::{DuesRow, Origin, PaidMonth, PaidQuarter, months_of};
use crate::import::value::amount::yuan;

/// How a quarter's payment falls on its months.
const ASKED: &str = "quarter_months";
/// A third for each month.
const EVEN: &str = "even";
/// Whole months from the first on.
const FIRST: &str = "first";
/// Whole months up to the last.
const LAST: &str = "last";

/// The payments by month that a quarter's payment stands for; none when it is recorded, or not known to be for which.
pub(super) fn months(
    draft: &mut Draft<'_>,
    books: &Books<'_>,
    row: &DuesRow,
    person: &Person,
    paid: &PaidQuarter,
) -> Vec<PaidMonth> {
    let origin = Origin { column: paid.column.clone(), ..row.origin.clone() };
    let standing_fen = books.standing_in(row, &person.reference, paid.quarter);
    if standing_fen > 0 {
        draft.plan.same_rows += 1;
        if standing_fen != paid.amount_fen {
            let params = [
                ("name", row.name.clone()),
                ("month", format!("{}—{:02}", month_of(row, 3 * paid.quarter - 2), 3 * paid.quarter)),
                ("recorded", yuan(standing_fen)),
                ("found", yuan(paid.amount_fen)),
            ];
            draft.warn(&origin, "paid_differs_kept", &params);
        }
        return Vec::new();
    }
    let monthly_fen = row.monthly_fen.or_else(|| recorded_monthly(books, row, person, paid.quarter));
    if monthly_fen.is_some_and(|fen| 3 * fen == paid.amount_fen) {
        return split(paid, EVEN, monthly_fen);
    }
    let id = format!("{ASKED}|{}|{}|{}", origin.sheet, origin.row, paid.quarter);
    let answer = draft.ask(ASKED, &origin, id, &row.name, options(paid, monthly_fen));
    answer.map(|answer| split(paid, &answer, monthly_fen)).unwrap_or_default()
}

/// The monthly amount that is recorded for the quarter.
fn recorded_monthly(books: &Books<'_>, row: &DuesRow, person: &Person, quarter: u8) -> Option<i64> {
    let PersonRef::Known(id) = &person.reference else { return None };
    let first = month_of(row, 3 * quarter - 2);
    let before = books.assessments.get(id.as_str())?.iter().filter(|known| known.from_month <= first);
    before.max_by(|one, other| one.from_month.cmp(&other.from_month)).map(|known| known.monthly_fen)
}

/// Months that the amount pays in full, when they are fewer than three.
fn whole_months(paid: &PaidQuarter, monthly_fen: Option<i64>) -> Option<usize> {
    let fen = monthly_fen.filter(|fen| *fen > 0 && paid.amount_fen % fen == 0)?;
    usize::try_from(paid.amount_fen / fen).ok().filter(|months| *months < 3)
}

fn options(paid: &PaidQuarter, monthly_fen: Option<i64>) -> Vec<ImportOption> {
    let mut options = Vec::new();
    if paid.amount_fen % 3 == 0 {
        let amount = yuan(paid.amount_fen / 3);
        let label = format!("三个月各{amount}元");
        options.push(ImportOption::coded("even", EVEN, label, &[("amount", amount)]));
    }
    if let (Some(months), Some(fen)) = (whole_months(paid, monthly_fen), monthly_fen) {
        for word in [FIRST, LAST] {
            // One month is offered below by its name.
            if months > 1 {
                let listed: Vec<String> =
                    split(paid, word, monthly_fen).iter().map(|paid| paid.month.to_string()).collect();
                let (first, last) = (listed.first().cloned(), listed.last().cloned());
                let label = format!("{}月各{}元", listed.join("、"), yuan(fen));
                let params =
                    [("first", first.unwrap_or_default()), ("last", last.unwrap_or_default()), ("amount", yuan(fen))];
                options.push(ImportOption::coded("two_months", word, label, &params));
            }
        }
    }
    for month in months_of(paid.quarter) {
        let amount = yuan(paid.amount_fen);
        let label = format!("全部记在{month}月:{amount}元");
        let params = [("month", month.to_string()), ("amount", amount)];
        options.push(ImportOption::coded("one_month", &format!("{month:02}"), label, &params));
    }
    options.push(ImportOption::skip(SKIP));
    options
}

fn split(paid: &PaidQuarter, answer: &str, monthly_fen: Option<i64>) -> Vec<PaidMonth> {
    let months: Vec<u8> = months_of(paid.quarter).collect();
    let count = whole_months(paid, monthly_fen).unwrap_or(0);
    let chosen: Vec<u8> = match answer {
        EVEN => months,
        FIRST => months.into_iter().take(count).collect(),
        LAST => months.into_iter().skip(3 - count).collect(),
        month => months.into_iter().filter(|one| format!("{one:02}") == month).collect(),
    };
    let parts = i64::try_from(chosen.len()).unwrap_or(1).max(1);
    let each =
        |month| PaidMonth { month, amount_fen: paid.amount_fen / parts, on: paid.on, column: paid.column.clone() };
    chosen.into_iter().map(each).collect()
}
