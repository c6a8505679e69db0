//! 完成情况: the matrix over subordinates' books; nothing here writes them. The ledgers side by side stand in `merged`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::date::month_text;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::checklist::ITEM;
use ybz_domain::ledger::dues::PAYMENT;
use ybz_domain::ledger::session::SESSION;
use ybz_domain::ledger::visit::{CONCERN, VISIT};

use crate::ErrorDto;
use crate::area::Area;
use crate::cases::org;
use crate::cases::submission;
use crate::cx::Cx;
use crate::dto::committee::{CellState, Matrix, MatrixCell, MatrixInput, MatrixRow};
use crate::dto::month::MonthState;
use crate::error::Answer;

pub(crate) fn record_type(ledger: &str) -> Answer<&'static str> {
    Ok(match ledger {
        "meetings" => SESSION,
        "dues" => PAYMENT,
        "visits" => VISIT,
        "concerns" => CONCERN,
        "checklists" => ITEM,
        _ => return Err(ErrorDto::new("invalid_input").at("ledger").with("value", ledger)),
    })
}

/// The day up to which something has to have come from an office, so that a month without records is one: the month's last,
/// or a week ago while it runs.
fn needed(cx: &Cx<'_>, year: i16, month: u8) -> Date {
    let first = i8::try_from(month).ok().and_then(|month| Date::new(year, month, 1).ok());
    let week_ago = cx.today.checked_sub(jiff::Span::new().days(7)).unwrap_or(cx.today);
    first.map_or(cx.today, Date::last_of_month).min(week_ago)
}

/// `matrix`: offices in tree order × months. A month that an office's last delivery does not cover is ?, which wins over ○:
/// absence is never read as not done.
pub(crate) fn matrix(cx: &Cx<'_>, input: MatrixInput) -> Answer<Matrix> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    sees_ledger(cx, &input.ledger)?;
    let counts = cx.month_counts(record_type(&input.ledger)?, year)?;
    let submitted = submission::states(cx, year)?;
    let reads: BTreeSet<OfficeId> = cx.offices_below().into_iter().collect();
    let mut rows = Vec::new();
    for node in org::tree_on(cx, cx.end_of(year))?.into_iter().filter(|node| node.depth > 0) {
        let office: Option<OfficeId> = node.id.as_deref().and_then(|id| id.parse().ok());
        let as_of = node.last_received.as_deref().and_then(|day| day.parse::<Date>().ok());
        let cells = (1..=12u8)
            .map(|month| {
                let (count, custodian) =
                    office.and_then(|office| counts.get(&(office, month))).copied().unwrap_or_default();
                let known = as_of.is_some_and(|as_of| as_of >= needed(cx, year, month));
                let handed_in = office
                    .filter(|office| reads.contains(office))
                    .and_then(|office| submitted.get(&(office, month_text(year, i8::try_from(month).ok()?))));
                let state = handed_in
                    .and_then(submitted_state)
                    .unwrap_or_else(|| state(cx, &input.ledger, year, month, known, count));
                MatrixCell { state, count, custodian }
            })
            .collect();
        rows.push(MatrixRow {
            office: node.id,
            name: node.name,
            state: node.state,
            as_of: as_of.map(|date| date.to_string()),
            cells,
        });
    }
    Ok(Matrix { ledger: input.ledger, year, rows })
}

/// A ledger that the profile at the screen does not see is not shown from below either.
pub(crate) fn sees_ledger(cx: &Cx<'_>, ledger: &str) -> Answer<()> {
    if ledger == "dues" && !cx.sees(&BookKind::dues()) {
        return Err(ErrorDto::new("profile_hides").with("area", Area::Dues.as_str()));
    }
    Ok(())
}

/// A month that was submitted and not taken back says so in all four ledgers.
fn submitted_state(state: &MonthState) -> Option<CellState> {
    match state {
        MonthState::Accepted => Some(CellState::Accepted),
        MonthState::Pending => Some(CellState::Submitted),
        MonthState::Returned => Some(CellState::Returned),
        MonthState::Withdrawn | MonthState::None => None,
    }
}

fn state(cx: &Cx<'_>, ledger: &str, year: i16, month: u8, known: bool, count: u32) -> CellState {
    let future = (year, i16::from(month)) > (cx.today.year(), i16::from(cx.today.month()));
    // Meetings and dues are due every month (《支部工作条例》, 党费按月); visits and checklists have no general rule.
    let required = matches!(ledger, "meetings" | "dues");
    match (count, known) {
        (1.., _) => CellState::Recorded,
        (0, _) if future => CellState::NotDue,
        (0, false) => CellState::Unknown,
        (0, true) if required => CellState::Missing,
        (0, true) => CellState::NotDue,
    }
}
