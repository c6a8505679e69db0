//! `flow.rates`: 办结率, 满意率. A merged case counts once here; each village goes on counting its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::date::read_date;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::group::counted;
use ybz_domain::ledger::flow::{Flow, Tally, as_of, course};
use ybz_domain::office::OfficeKind;

use super::list::{desk_of, offices_of};
use super::read::{Found, merges};
use super::store::{FlowQuery, flows};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::flow::{FlowRate, FlowRateRow, FlowRates, FlowRatesInput, FlowWord};
use crate::error::Answer;

/// Office, unit and month, each empty where rows are not by it.
type Key = (Option<OfficeId>, String, String);

fn month_end(field: &str, month: &str, last: bool) -> Answer<Date> {
    let wrong = || ErrorDto::new("date_not_understood").at(field).with("text", month);
    let first: Date = format!("{month}-01").parse().map_err(|_| wrong())?;
    Ok(if last { first.last_of_month() } else { first })
}

fn told(flow: &Flow, tally: &Tally, on: &str) -> Vec<FlowRate> {
    let rate = |id: &String| {
        let rate = tally.rate(id, on);
        let tenths = rate.tenths();
        FlowRate { id: id.clone(), numerator: rate.numerator, denominator: rate.denominator, tenths }
    };
    flow.rates.iter().map(|spec| rate(&spec.id)).collect()
}

/// `flow.rates`
pub(crate) fn rates(cx: &Cx<'_>, input: FlowRatesInput) -> Answer<FlowRates> {
    let known = cx.known_flows();
    let flow =
        known.current(&input.flow).ok_or_else(|| ErrorDto::new("flow_unknown").at("flow").with("flow", &input.flow))?;
    if let Some(by) = input.by.iter().find(|by| !["office", "unit", "month"].contains(&by.as_str())) {
        return Err(ErrorDto::new("invalid_input").at("by").with("value", by));
    }
    let on = match input.as_of.trim() {
        "" => cx.today,
        text => cx.check_far(read_date(text, cx.today), "asOf", true)?.min(cx.today),
    };
    // What a committee passed on stands among its papers and once more where it went: here it counts once.
    let papers = input.desk.or_else(|| (!input.below && cx.kind() != OfficeKind::Branch).then_some(true));
    let text =
        |month: &Option<String>| month.as_deref().map(str::trim).filter(|month| !month.is_empty()).map(str::to_owned);
    let query = FlowQuery {
        offices: offices_of(cx, input.below, input.office.as_deref())?,
        desk: desk_of(cx, papers),
        flows: vec![input.flow.clone()],
        from: text(&input.from).map(|month| month_end("from", &month, false)).transpose()?,
        to: text(&input.to).map(|month| month_end("to", &month, true)).transpose()?,
        limit: u32::MAX,
        ..FlowQuery::default()
    };
    let found: Vec<Found> = flows(cx, &query)?.1;
    let into = if input.below { BTreeMap::new() } else { merges(cx)? };
    let items: BTreeMap<RecordId, _> = found.iter().map(|one| (one.id(), one.item.clone())).collect();
    let once: BTreeSet<RecordId> = counted(&items, &into);
    let day = on.to_string();
    let mut total = Tally::default();
    let mut rows: BTreeMap<Key, Tally> = BTreeMap::new();
    let by = |word: &str| input.by.iter().any(|by| by == word);
    for one in found.iter().filter(|one| once.contains(&one.id()) && one.item.on.as_str() <= day.as_str()) {
        let Some(flow) = one.flow(&known) else { continue };
        let events = as_of(&one.events, &day);
        let now = course(flow, &events);
        let unit = if by("unit") { now.charge(&one.item).unit } else { String::new() };
        let month = if by("month") { one.item.on.get(..7).unwrap_or_default().to_owned() } else { String::new() };
        let key = (by("office").then_some(one.stored.book.office), unit, month);
        let counts = now.counts();
        total.add(flow, &counts);
        rows.entry(key).or_default().add(flow, &counts);
    }
    let place = |office: &Option<OfficeId>| query.offices.iter().position(|one| Some(*one) == *office);
    let mut ordered: Vec<(Key, Tally)> = if input.by.is_empty() { Vec::new() } else { rows.into_iter().collect() };
    ordered.sort_by(|((a, unit, month), _), ((b, other, later), _)| {
        (place(a), unit, month).cmp(&(place(b), other, later))
    });
    let row = |((office, unit, month), tally): (Key, Tally)| FlowRateRow {
        office: office.map(|office| office.to_string()).unwrap_or_default(),
        office_name: office.map(|office| cx.name_of(&office)).unwrap_or_default(),
        unit,
        month,
        rates: told(flow, &tally, &day),
    };
    Ok(FlowRates {
        flow: flow.id.clone(),
        name: flow.name.clone(),
        as_of: day.clone(),
        rates: flow.rates.iter().map(|rate| FlowWord { id: rate.id.clone(), name: rate.name.clone() }).collect(),
        total: told(flow, &total, &day),
        rows: ordered.into_iter().map(row).collect(),
    })
}
