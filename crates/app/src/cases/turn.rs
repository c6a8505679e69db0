//! 年度结转: what is left of a year. Nothing is copied.

use std::collections::BTreeSet;

use ybz_domain::date::month_text;
use ybz_domain::ledger::dues::ASSESSMENT;
use ybz_domain::ledger::plan::{PLANNED, Planned};
use ybz_store::ItemQuery;

use crate::cases::submission::{self, Known};
use crate::cases::{dues, item_list, period};
use crate::cx::Cx;
use crate::dto::ListInput;
use crate::dto::month::{Arrears, MonthCard, MonthState, YearInput, YearTurn};
use crate::error::Answer;

/// `turn.year`: without a year the one that ends next, or that has just ended.
pub(crate) fn year(cx: &Cx<'_>, input: YearInput) -> Answer<YearTurn> {
    let just_begun = cx.today.month() <= 3;
    let year = input.year.unwrap_or_else(|| if just_begun { cx.today.year() - 1 } else { cx.today.year() });
    let known = submission::load(cx, false, year)?;
    let mut months = Vec::new();
    for month in 1..=12 {
        let month = month_text(year, month);
        let one = known.get(&(cx.office, month.clone()));
        months.push(MonthCard {
            state: one.map_or(MonthState::None, Known::state),
            disputed: one.is_some_and(|known| known.outcome.disputed),
            closed: period::covering(cx, &month)?.is_some(),
            month,
        });
    }
    let open = ItemQuery {
        offices: vec![cx.office],
        only_year: Some(year),
        finished: Some(false),
        limit: 50,
        ..ItemQuery::default()
    };
    let open = item_list::page(cx, &open)?;
    let closed = period::covering(cx, &format!("{year:04}"))?.is_some();
    let next = cx.records(ASSESSMENT, Some(year + 1))?;
    let assessed: BTreeSet<&str> = next.iter().map(|stored| stored.view.str("ref")).collect();
    // Held ones among them: they were arranged all the same.
    let planned = cx.dated(PLANNED, year + 1)?;
    let planned = planned.iter().filter_map(|stored| Planned::read(&stored.view)).filter(|one| !one.dropped).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(YearTurn {
        year,
        months,
        open_items: open.rows,
        open_count: open.total,
        arrears: arrears(cx, year)?,
        closed,
        may_close: !closed && open.total == 0 && cx.today.year() >= year,
        next_sessions: count(planned),
        next_assessed: count(assessed.len()),
    })
}

fn arrears(cx: &Cx<'_>, year: i16) -> Answer<Vec<Arrears>> {
    if !cx.sees(&ybz_domain::book::BookKind::dues()) {
        return Ok(Vec::new());
    }
    let sheet = dues::sheet(cx, ListInput { year: Some(year), limit: u32::MAX, ..ListInput::default() })?;
    let last = if year < cx.today.year() { 12 } else { i16::from(cx.today.month()) };
    let owed = sheet.rows.into_iter().filter_map(|row| {
        let owed: Vec<i64> = row
            .months
            .iter()
            .filter(|cell| i16::from(cell.month) <= last)
            .map(|cell| cell.due_fen.saturating_sub(cell.paid_fen))
            .filter(|owed| *owed > 0)
            .collect();
        (!owed.is_empty()).then(|| Arrears {
            member: row.member,
            name: row.name,
            months: u32::try_from(owed.len()).unwrap_or(u32::MAX),
            owed_fen: owed.into_iter().fold(0, i64::saturating_add),
        })
    });
    Ok(owed.collect())
}
