//! Items as the books hold them, filtered and sorted here.

use jiff::civil::Date;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::flow::{FLOW_ITEM, course};
use ybz_store::{RecordQuery, Sort};

use super::read::{Found, as_found, events_of};
use crate::cx::Cx;
use crate::error::Answer;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum FlowSort {
    #[default]
    Due,
    On,
    Title,
    State,
    Office,
    Category,
    Person,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct FlowQuery {
    pub(crate) offices: Vec<OfficeId>,
    pub(crate) desk: Option<bool>,
    pub(crate) year: Option<i16>,
    pub(crate) flows: Vec<String>,
    pub(crate) states: Vec<String>,
    pub(crate) counts: Vec<String>,
    pub(crate) not_counts: Vec<String>,
    pub(crate) category: Option<String>,
    pub(crate) form: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) leader: Option<String>,
    pub(crate) person: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) due_from: Option<Date>,
    pub(crate) due_to: Option<Date>,
    pub(crate) overdue_on: Option<Date>,
    pub(crate) disputed: Option<bool>,
    pub(crate) text: Option<String>,
    pub(crate) sort: FlowSort,
    pub(crate) descending: bool,
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

pub(crate) fn flows(cx: &Cx<'_>, query: &FlowQuery) -> Answer<(u32, Vec<Found>)> {
    let records = RecordQuery {
        rtype: Some(FLOW_ITEM.to_owned()),
        offices: Some(query.offices.clone()),
        year: query.year,
        sort: Sort::Id,
        ..RecordQuery::default()
    };
    let known = cx.known_flows();
    let is = |wanted: &Option<String>, has: &str| wanted.as_deref().is_none_or(|word| word.is_empty() || word == has);
    let mut out = Vec::new();
    for stored in cx.query(&records)?.1 {
        let about = events_of(cx, &stored)?;
        let Some(found) = as_found(stored, about) else { continue };
        let item = &found.item;
        let desk = found.stored.book.kind == ybz_domain::book::BookKind::desk();
        let now = found.flow(&known).map(|flow| course(flow, &found.events));
        let due = now.as_ref().and_then(|now| now.running(&item.on, &item.due)).filter(|due| due.met_on.is_none());
        let counts = now.as_ref().map(|now| now.counts()).unwrap_or_default();
        let state = now.as_ref().map(|now| now.state.clone()).unwrap_or_default();
        let text = query.text.as_deref().unwrap_or_default().trim().to_lowercase();
        let by = due.as_ref().map(|due| due.by);
        let day = item.on.parse::<Date>().ok();
        let keep = query.desk.is_none_or(|wanted| wanted == desk)
            && (query.flows.is_empty() || query.flows.contains(&item.flow))
            && (query.states.is_empty() || query.states.contains(&state))
            && query.counts.iter().all(|word| counts.contains(word.as_str()))
            && !query.not_counts.iter().any(|word| counts.contains(word.as_str()))
            && is(&query.category, &item.category)
            && is(&query.form, &item.form)
            && is(&query.channel, &item.channel)
            && is(&query.group, &item.group)
            && is(&query.source, &item.source)
            && is(&query.unit, &item.unit)
            && is(&query.leader, &item.leader)
            && is(&query.person, &item.person)
            && query.from.is_none_or(|from| day.is_some_and(|day| day >= from))
            && query.to.is_none_or(|to| day.is_some_and(|day| day <= to))
            && query.due_from.is_none_or(|from| by.is_some_and(|by| by >= from))
            && query.due_to.is_none_or(|to| by.is_some_and(|by| by <= to))
            && query.overdue_on.is_none_or(|on| by.is_some_and(|by| by < on))
            && query.disputed.is_none_or(|wanted| now.as_ref().is_some_and(|now| now.disputed) == wanted)
            && (text.is_empty()
                || item.title.to_lowercase().contains(&text)
                || item.text.to_lowercase().contains(&text));
        let place = query.offices.iter().position(|office| *office == found.stored.book.office);
        let key = match query.sort {
            FlowSort::Due => by.map_or("~".to_owned(), |by| by.to_string()),
            FlowSort::On => item.on.clone(),
            FlowSort::Title => item.title.clone(),
            FlowSort::State => state,
            FlowSort::Office => format!("{:08}", place.unwrap_or_default()),
            FlowSort::Category => item.category.clone(),
            FlowSort::Person => item.person.clone(),
        };
        if keep {
            out.push((key, found));
        }
    }
    out.sort_by(|(a, x), (b, y)| (a, x.id()).cmp(&(b, y.id())));
    if query.descending {
        out.reverse();
    }
    let total = u32::try_from(out.len()).unwrap_or(u32::MAX);
    let page = out.into_iter().skip(query.offset as usize).take(query.limit as usize).map(|(_, found)| found);
    Ok((total, page.collect()))
}
