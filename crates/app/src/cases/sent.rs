//! 已交办: what was sent down, together as it was sent, and where it stands at each addressee by what synchronising brought.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::checklist::{DISPATCHED, Item};
use ybz_store::{ItemLine, LineQuery};

use crate::ErrorDto;
use crate::cases::calendar::Tree;
use crate::cx::Cx;
use crate::dto::sent::{SentBatch, SentListInput, SentRow, SentView};
use crate::dto::{IdInput, Page};
use crate::error::Answer;
use crate::node::store_error;

/// What was sent at once has one id in common; what an older program sent stands alone.
fn batch_of(line: &ItemLine) -> String {
    if line.about.is_empty() { line.id.to_string() } else { line.about.clone() }
}

fn lines(cx: &Cx<'_>, query: LineQuery) -> Answer<Vec<ItemLine>> {
    let offices = cx.offices_below();
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let query = LineQuery { offices, origin: Some("superior".to_owned()), ..query };
    cx.node.store.read(|reader| reader.item_lines(&query)).map_err(store_error)
}

/// `dispatch.sent`: what has somebody who did not finish it first, by deadline; then the rest, the latest deadline first.
pub(crate) fn list(cx: &Cx<'_>, input: SentListInput) -> Answer<Page<SentBatch>> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let mut by: BTreeMap<String, SentBatch> = BTreeMap::new();
    for line in lines(cx, LineQuery { year: Some(year), ..LineQuery::default() })? {
        let id = batch_of(&line);
        let batch = by.entry(id.clone()).or_insert_with(|| SentBatch {
            id,
            title: line.title.clone(),
            days: line.deadline.parse::<Date>().ok().and_then(|day| days(cx, day)),
            deadline: Some(line.deadline.clone()).filter(|day| !day.is_empty()),
            count: 0,
            acknowledged: 0,
            in_progress: 0,
            done: 0,
            accepted: 0,
            returned: 0,
            disputed: 0,
        });
        batch.count += 1;
        batch.acknowledged += u32::from(line.acknowledged);
        batch.disputed += u32::from(line.disputed);
        match line.state.as_str() {
            "in_progress" => batch.in_progress += 1,
            "done" => batch.done += 1,
            "accepted" => batch.accepted += 1,
            "returned" => batch.returned += 1,
            _ => {}
        }
    }
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let keeps = |batch: &SentBatch| match input.state.as_deref().unwrap_or_default() {
        "" => true,
        "open" => batch.accepted < batch.count,
        "late" => batch.accepted + batch.done < batch.count && batch.days.is_some_and(|days| days < 0),
        "waiting" => batch.done > 0 || batch.disputed > 0,
        "finished" => batch.accepted == batch.count,
        _ => false,
    };
    let mut rows: Vec<SentBatch> = by.into_values().filter(keeps).collect();
    rows.retain(|batch| wanted.is_empty() || batch.title.to_lowercase().contains(&wanted));
    rows.sort_by(|a, b| {
        let over = |batch: &SentBatch| batch.accepted == batch.count;
        let day = |batch: &SentBatch| batch.deadline.clone().unwrap_or_default();
        over(a).cmp(&over(b)).then_with(|| match over(a) {
            false => day(a).cmp(&day(b)),
            true => day(b).cmp(&day(a)),
        })
    });
    let list = crate::dto::ListInput { offset: input.offset, limit: input.limit, ..crate::dto::ListInput::default() };
    Ok(cx.page(rows, &list))
}

fn days(cx: &Cx<'_>, day: Date) -> Option<i32> {
    cx.today.until(day).ok().map(|span| span.get_days())
}

/// `dispatch.batch`
pub(crate) fn batch(cx: &Cx<'_>, input: IdInput) -> Answer<SentView> {
    let missing = || ErrorDto::new("not_found").with("id", &input.id);
    let mut found = lines(cx, LineQuery { about: Some(input.id.clone()), ..LineQuery::default() })?;
    if found.is_empty() {
        let alone = input.id.parse().map_err(|_| missing())?;
        found = lines(cx, LineQuery::default())?.into_iter().filter(|line| line.id == alone).collect();
    }
    let first = found.first().ok_or_else(missing)?;
    let stored = cx
        .node
        .store
        .read(|reader| reader.item(&[first.office], &first.id))
        .map_err(store_error)?
        .filter(|one| one.item.view.rtype == DISPATCHED)
        .ok_or_else(missing)?;
    let item = Item::read(&stored.item.view).ok_or_else(missing)?;
    let sent_on: Option<Date> = item.recorded_on.parse().ok();
    let tree = Tree::read(cx)?;
    let mut rows: Vec<(usize, SentRow)> = found.iter().map(|line| row(cx, &tree, line, sent_on)).collect();
    rows.sort_by(|(a, x), (b, y)| (a, &x.office_name, &x.id).cmp(&(b, &y.office_name, &y.id)));
    Ok(SentView {
        id: input.id,
        title: item.title,
        measure: item.measure,
        deadline: Some(item.deadline).filter(|day| !day.is_empty()),
        on: item.recorded_on,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}

fn row(cx: &Cx<'_>, tree: &Tree, line: &ItemLine, sent_on: Option<Date>) -> (usize, SentRow) {
    let office: OfficeId = line.office;
    let as_of = tree.as_of.get(&office).copied();
    let due: Option<Date> = line.deadline.parse().ok();
    let reported = line.finished || line.state == "done";
    let row = SentRow {
        id: line.id.to_string(),
        office: office.to_string(),
        office_name: cx.name_of(&office),
        state: line.state.clone(),
        acknowledged: line.acknowledged,
        finished: line.finished,
        disputed: line.disputed,
        person: line.person.clone(),
        // Of one day nobody can tell which came first: what was acknowledged was seen.
        unknown: !line.acknowledged && as_of.is_none_or(|as_of| sent_on.is_some_and(|on| as_of <= on)),
        as_of: as_of.map(|day| day.to_string()),
        overdue: !reported && due.is_some_and(|due| due < cx.today),
    };
    (tree.place(cx, &office), row)
}
