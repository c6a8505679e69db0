//! `flow.rates`: 办结率, 满意率. A merged case counts once here; each village goes on counting its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::date::{month_text, read_date};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::desk::group::counted;
use ybz_domain::ledger::flow::{Flow, Tally, as_of, course};
use ybz_domain::office::OfficeKind;
use ybz_store::TallyQuery;

use super::list::{desk_of, offices_of};
use super::read::{Found, merges};
use super::store::{FlowQuery, flows};
use crate::ErrorDto;
use crate::area::Area;
use crate::cx::Cx;
use crate::dto::flow::{FlowRate, FlowRateRow, FlowRates, FlowRatesInput, FlowWord};
use crate::error::Answer;
use crate::node::store_error;

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

/// Which items are counted, and how they are laid out.
struct Asked {
    flow: String,
    offices: Vec<OfficeId>,
    desk: Option<bool>,
    from: Option<Date>,
    to: Option<Date>,
    /// Which record stands for each that is merged.
    into: BTreeMap<RecordId, RecordId>,
    /// By office, by unit, by month.
    by: [bool; 3],
}

impl Asked {
    fn key(&self, office: OfficeId, unit: String, month: String) -> Key {
        let [by_office, by_unit, by_month] = self.by;
        let word = |by: bool, word: String| if by { word } else { String::new() };
        (by_office.then_some(office), word(by_unit, unit), word(by_month, month))
    }

    fn query(&self) -> TallyQuery {
        let month = |day: Option<Date>| day.map(|day| month_text(day.year(), day.month()));
        TallyQuery {
            flow: self.flow.clone(),
            offices: self.offices.clone(),
            desk: self.desk,
            from_month: month(self.from),
            to_month: month(self.to),
            any_unit: !self.by[1],
            merged: self.into.clone(),
        }
    }

    fn now(&self, cx: &Cx<'_>) -> Answer<BTreeMap<Key, Tally>> {
        let query = self.query();
        let mut rows: BTreeMap<Key, Tally> = BTreeMap::new();
        for one in cx.node.store.read(|reader| reader.flow_tallies(&query)).map_err(store_error)? {
            let key = self.key(one.office, one.unit, one.month);
            rows.entry(key).or_default().put(&one.rate, one.numerator, one.denominator);
        }
        Ok(rows)
    }

    /// Whether anything is dated after today, as what somebody planned or another computer's clock had wrong: it does not count
    /// yet, and what is kept by the month does not tell days apart.
    fn ahead(&self, cx: &Cx<'_>) -> Answer<bool> {
        cx.node.store.read(|reader| reader.flows_dated_after(&self.query(), cx.today)).map_err(store_error)
    }

    fn then(&self, cx: &Cx<'_>, day: &str) -> Answer<BTreeMap<Key, Tally>> {
        let query = FlowQuery {
            offices: self.offices.clone(),
            desk: self.desk,
            flows: vec![self.flow.clone()],
            from: self.from,
            to: self.to,
            limit: u32::MAX,
            ..FlowQuery::default()
        };
        let found: Vec<Found> = flows(cx, &query)?.1;
        let items: BTreeMap<RecordId, _> = found.iter().map(|one| (one.id(), one.item.clone())).collect();
        let once: BTreeSet<RecordId> = counted(&items, &self.into);
        let known = cx.known_flows();
        let mut rows: BTreeMap<Key, Tally> = BTreeMap::new();
        for one in found.iter().filter(|one| once.contains(&one.id()) && one.item.on.as_str() <= day) {
            let Some(flow) = one.flow(&known) else { continue };
            let events = as_of(&one.events, day);
            let now = course(flow, &events);
            let month = one.item.on.get(..7).unwrap_or_default().to_owned();
            let key = self.key(one.stored.book.office, now.charge(&one.item).unit, month);
            rows.entry(key).or_default().add(flow, &now.counts());
        }
        Ok(rows)
    }
}

/// `flow.rates`
pub(crate) fn rates(cx: &Cx<'_>, input: FlowRatesInput) -> Answer<FlowRates> {
    let known = cx.known_flows();
    // One that only a pack brought is nobody's current one here, and its items count all the same.
    let flow = known.current(&input.flow).or_else(|| known.versions().filter(|flow| flow.id == input.flow).last());
    let flow = flow.ok_or_else(|| ErrorDto::new("flow_unknown").at("flow").with("flow", &input.flow))?;
    if let Some(by) = input.by.iter().find(|by| !["office", "unit", "month"].contains(&by.as_str())) {
        return Err(ErrorDto::new("invalid_input").at("by").with("value", by));
    }
    let on = match input.as_of.trim() {
        "" => cx.today,
        text => cx.check_far(read_date(text, cx.today), "asOf", true)?.min(cx.today),
    };
    // What a committee passed on stands among its papers and once more where it went: here it counts once.
    let papers = input.desk.or_else(|| (!input.below && cx.kind() != OfficeKind::Branch).then_some(true));
    if papers == Some(true) && desk_of(cx, papers) != papers {
        return Err(ErrorDto::new("profile_hides").with("area", Area::Households.as_str()));
    }
    let text =
        |month: &Option<String>| month.as_deref().map(str::trim).filter(|month| !month.is_empty()).map(str::to_owned);
    let asked = Asked {
        flow: input.flow.clone(),
        offices: offices_of(cx, input.below, input.office.as_deref())?,
        desk: desk_of(cx, papers),
        from: text(&input.from).map(|month| month_end("from", &month, false)).transpose()?,
        to: text(&input.to).map(|month| month_end("to", &month, true)).transpose()?,
        into: if input.below { BTreeMap::new() } else { merges(cx)? },
        by: ["office", "unit", "month"].map(|word| input.by.iter().any(|by| by == word)),
    };
    let day = on.to_string();
    // Of today they stand in the read model; of a past day each item is looked at as it stood then.
    let rows = if on == cx.today && !asked.ahead(cx)? { asked.now(cx)? } else { asked.then(cx, &day)? };
    let mut total = Tally::default();
    rows.values().for_each(|tally| total.join(tally));
    let places: BTreeMap<OfficeId, usize> = asked.offices.iter().copied().zip(0..).collect();
    let place = |office: &Option<OfficeId>| office.and_then(|office| places.get(&office).copied());
    let mut ordered: Vec<(Key, Tally)> = if input.by.is_empty() { Vec::new() } else { rows.into_iter().collect() };
    // Rows of one office are in order already, and stay so.
    ordered.sort_by_cached_key(|((office, ..), _)| place(office));
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
