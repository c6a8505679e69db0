//! 清单: lists of items, filtered, sorted and cut into pages in the read model.

use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::checklist::{DISPATCHED, Item, Progress, inspects, progress};
use ybz_domain::ledger::submission::{DECISION, ON_ITEM, Word};
use ybz_domain::ledger::verdict::Act;
use ybz_domain::ledger::visit::{STEP, Step};
use ybz_store::{FoundItem, ItemQuery, ItemSort};

use crate::ErrorDto;
use crate::cases::meeting::link;
use crate::cx::Cx;
use crate::dto::checklist::{ItemDecision, ItemListInput, ItemOrigin, ItemRow, ItemState};
use crate::dto::concern::ProgressRow;
use crate::dto::{IdInput, Page};
use crate::error::Answer;
use crate::node::store_error;

/// Every item.
pub(crate) fn all_items() -> ItemListInput {
    ItemListInput { limit: u32::MAX, ..ItemListInput::default() }
}

fn state_of(word: &str) -> ItemState {
    match word {
        "accepted" => ItemState::Accepted,
        "returned" => ItemState::Returned,
        "done" => ItemState::Done,
        "in_progress" => ItemState::InProgress,
        _ => ItemState::Open,
    }
}

/// Where a found item stands.
pub(crate) fn progress_of(found: &FoundItem) -> Progress {
    let of = |rtype: &'static str| found.about.iter().map(|one| &one.view).filter(move |view| view.rtype == rtype);
    progress(&found.item.view, of(STEP), of(DECISION))
}

/// An item with what was done and decided about it.
pub(crate) fn row(cx: &Cx<'_>, found: &FoundItem) -> Option<ItemRow> {
    let view = &found.item.view;
    let item = Item::read(view)?;
    let now = progress_of(found);
    let mut steps: Vec<_> = found.about.iter().filter_map(|one| Some((one.view.id, Step::read(&one.view)?))).collect();
    steps.sort_by(|(a, x), (b, y)| (&x.on, &x.recorded_on, a).cmp(&(&y.on, &y.recorded_on, b)));
    let mut words: Vec<_> = found.about.iter().filter_map(|one| Some((one.view.id, Word::read(&one.view)?))).collect();
    words.retain(|(_, word)| word.kind == ON_ITEM);
    words.sort_by(|(a, x), (b, y)| (&x.on, a).cmp(&(&y.on, b)));
    let mut decisions: Vec<ItemDecision> = words
        .into_iter()
        .map(|(_, word)| ItemDecision {
            accepted: word.state == "accepted",
            note: word.note,
            on: word.on,
            person: word.person,
        })
        .collect();
    let mut progress = Vec::new();
    for (_, step) in steps {
        match inspects(view, &step) {
            Some(act) => decisions.push(ItemDecision {
                accepted: act == Act::Accept,
                note: step.note,
                on: step.on,
                person: step.person,
            }),
            None => progress.push(ProgressRow { on: step.on, note: step.note, state: step.state }),
        }
    }
    Some(ItemRow {
        id: view.id.to_string(),
        office: found.item.office.to_string(),
        office_name: cx.name_of(&found.item.office),
        origin: match (view.rtype.as_str(), item.origin.as_str()) {
            (DISPATCHED, _) => ItemOrigin::Superior,
            (_, "rectification") => ItemOrigin::Rectification,
            _ => ItemOrigin::Own,
        },
        overdue: !now.finished && !item.deadline.is_empty() && item.deadline < cx.today_text(),
        // What was sent down names what it was sent together with, and no session.
        session: if view.rtype == DISPATCHED { None } else { link(cx, &item.about).unwrap_or_default() },
        title: item.title,
        measure: item.measure,
        problem: item.problem,
        leader: item.leader,
        person: now.person,
        deadline: (!item.deadline.is_empty()).then_some(item.deadline),
        state: state_of(now.state),
        finished: now.finished,
        acknowledged: now.acknowledged,
        disputed: now.outcome.disputed,
        decisions,
        template: item.template,
        progress,
        late: false,
        custodian: cx.is_custodian(view),
        conflict: found.item.row.conflict,
    })
}

/// An item of this office or of one below, as it stands in the read model.
pub(crate) fn find(cx: &Cx<'_>, id: &str) -> Answer<FoundItem> {
    let missing = || ErrorDto::new("not_found").with("id", id);
    let record = id.parse().map_err(|_| missing())?;
    let mut offices = cx.offices_below();
    offices.push(cx.office);
    let found = cx.node.store.read(|reader| reader.item(&offices, &record)).map_err(store_error)?;
    found.ok_or_else(missing)
}

/// `checklist.get`: one item of whatever year.
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<ItemRow> {
    let found = find(cx, &input.id)?;
    row(cx, &found).ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))
}

/// Runs a query.
pub(crate) fn page(cx: &Cx<'_>, query: &ItemQuery) -> Answer<Page<ItemRow>> {
    let (total, found) = cx.node.store.read(|reader| reader.items(query)).map_err(store_error)?;
    Ok(Page { total, rows: found.iter().filter_map(|found| row(cx, found)).collect() })
}

fn offices_of(cx: &Cx<'_>, input: &ItemListInput) -> Answer<Vec<OfficeId>> {
    if !input.below {
        return Ok(vec![cx.office]);
    }
    let all = cx.offices_below();
    match input.office.as_deref().filter(|office| !office.is_empty()) {
        None => Ok(all),
        Some(office) => {
            let office = office.parse().ok().filter(|office| all.contains(office));
            Ok(vec![office.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?])
        }
    }
}

/// `checklist.list`. Items that earlier years left unfinished stay in view until they are done.
pub(crate) fn list(cx: &Cx<'_>, input: ItemListInput) -> Answer<Page<ItemRow>> {
    let offices = offices_of(cx, &input)?;
    if offices.is_empty() {
        return Ok(Page { total: 0, rows: Vec::new() });
    }
    let (descending, column) = match input.sort.as_deref().unwrap_or_default() {
        sort if sort.starts_with('-') => (true, sort.trim_start_matches('-')),
        sort => (false, sort),
    };
    let sort = match column {
        "" => ItemSort::Due,
        "deadline" => ItemSort::Deadline,
        "title" => ItemSort::Title,
        "leader" => ItemSort::Leader,
        "person" => ItemSort::Person,
        "state" => ItemSort::State,
        "office" => ItemSort::Office,
        _ => return Err(ErrorDto::new("invalid_input").at("sort").with("value", column)),
    };
    let mut query = ItemQuery {
        year: Some(input.year.unwrap_or_else(|| cx.today.year())),
        from: input.from,
        to: input.to,
        leader: input.leader,
        person: input.person,
        sort,
        descending,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit },
        ..ItemQuery::default()
    };
    query.origin = input.origin.map(|origin| match origin {
        ItemOrigin::Own => "own".to_owned(),
        ItemOrigin::Rectification => "rectification".to_owned(),
        ItemOrigin::Superior => "superior".to_owned(),
    });
    match input.state.as_deref().unwrap_or_default() {
        "" => {}
        "unfinished" => query.finished = Some(false),
        "finished" => query.finished = Some(true),
        "disputed" => query.disputed = Some(true),
        "awaits_acceptance" => {
            let asked = query.origin.replace("rectification".to_owned());
            // Of other items nobody asks for it: a state that none has.
            let other = asked.is_some_and(|origin| origin != "rectification");
            query.states = vec![if other { "awaits_acceptance" } else { "done" }.to_owned()];
        }
        "not_acknowledged" => (query.acknowledged, query.finished) = (Some(false), Some(false)),
        state => match state.strip_prefix("origin:") {
            Some(origin) => query.origin = Some(origin.to_owned()),
            None => query.states = vec![state.to_owned()],
        },
    }
    if input.overdue == Some(true) {
        let yesterday = cx.today.yesterday().map_or_else(|_| cx.today_text(), |day| day.to_string());
        query.to = Some(query.to.filter(|to| *to < yesterday).unwrap_or(yesterday));
        query.finished = Some(false);
    }
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    if !wanted.is_empty() {
        let people = cx.node.store.read(|reader| reader.item_people(&offices)).map_err(store_error)?;
        // A list of names in a statement has its bounds; more is found by more letters.
        query.people = people.into_iter().filter(|name| crate::pinyin::matches(name, &wanted)).take(200).collect();
        query.text = Some(wanted);
    }
    query.offices = offices;
    page(cx, &query)
}
