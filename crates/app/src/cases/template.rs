//! 清单模板: lists that items are made from in one action.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::checklist::{ITEM, Item};
use ybz_domain::ledger::closing::is_period;
use ybz_domain::ledger::template::{MAX_ENTRIES, TEMPLATE, Template, TemplateEntry, Templates};

use crate::ErrorDto;
use crate::cases::checklist::deadline;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::Saved;
use crate::dto::template::{
    ExpandInput, Expanded, ExpandedEntry, Made, MakeInput, TemplateInput, TemplateLine, TemplateRow,
};
use crate::error::{Answer, optional, required};

/// Items of one making at most.
const MAX_MADE: usize = 200;
/// Whose lists there are.
const ROLES: [&str; 4] = ["", "secretary", "deputy", "committee_member"];

fn builtin() -> Answer<Templates> {
    Templates::builtin().map_err(|error| ErrorDto::internal("templates", &error))
}

fn own(cx: &Cx<'_>) -> Answer<Vec<(RecordId, Template)>> {
    let all = cx.records(TEMPLATE, None)?;
    let read = all.iter().filter_map(|stored| Some((stored.view.id, Template::read(&stored.view)?)));
    // One whose lines were all taken out was given up.
    Ok(read.filter(|(_, template)| !template.entries.is_empty()).collect())
}

fn row(id: String, template: Template, source: Option<(String, String)>) -> TemplateRow {
    let own = source.is_none();
    let (citation, version) = source.unwrap_or_default();
    let line = |entry: TemplateEntry| TemplateLine {
        title: entry.title,
        measure: entry.measure,
        every: entry.every,
        month: entry.month,
        day: entry.day,
    };
    TemplateRow {
        id,
        own,
        name: template.name,
        role: template.role,
        every: template.every,
        citation,
        version,
        entries: template.entries.into_iter().map(line).collect(),
    }
}

/// `template.list`: the office's own first.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<TemplateRow>> {
    let mut rows: Vec<TemplateRow> =
        own(cx)?.into_iter().map(|(id, template)| row(id.to_string(), template, None)).collect();
    rows.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let Templates { version, templates } = builtin()?;
    rows.extend(templates.into_iter().map(|one| row(one.id, one.template, Some((one.citation, version.clone())))));
    Ok(rows)
}

fn find(cx: &Cx<'_>, id: &str) -> Answer<Template> {
    if let Some(one) = builtin()?.templates.into_iter().find(|one| one.id == id) {
        return Ok(one.template);
    }
    let stored = cx.own_record(id, TEMPLATE)?;
    Template::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").with("id", id))
}

/// `template.save`: the office's own.
pub(crate) fn save(cx: &Cx<'_>, input: TemplateInput) -> Answer<Saved> {
    let invalid = |field: &str, value: &str| ErrorDto::new("invalid_input").at(field).with("value", value);
    if !ROLES.contains(&input.role.as_str()) {
        return Err(invalid("role", &input.role));
    }
    if !["year", "month"].contains(&input.every.as_str()) {
        return Err(invalid("every", &input.every));
    }
    if input.entries.len() > MAX_ENTRIES {
        return Err(ErrorDto::new("too_many").at("entries").with("max", MAX_ENTRIES));
    }
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let name = required("name", &input.name, 60)?;
    upward.check("name", &name)?;
    let mut entries = Vec::new();
    for (n, line) in input.entries.iter().enumerate() {
        let at = |name: &str| format!("entries.{n}.{name}");
        let sound = (0..=12).contains(&line.month) && (0..=31).contains(&line.day);
        if !sound || !["month", "quarter", "year"].contains(&line.every.as_str()) {
            return Err(invalid(&at("every"), &line.every));
        }
        let entry = TemplateEntry {
            title: required(&at("title"), &line.title, 200)?,
            measure: optional(&at("measure"), &line.measure, 1_000)?,
            every: line.every.clone(),
            month: line.month,
            day: line.day,
        };
        upward.check(&at("title"), &entry.title)?;
        upward.check(&at("measure"), &entry.measure)?;
        entries.push(entry);
    }
    let template = Template { name, role: input.role, every: input.every, entries, recorded_on: cx.today_text() };
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, TEMPLATE)?;
            let before = Template::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
            for op in template.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None if template.entries.is_empty() => return Err(ErrorDto::new("required").at("entries")),
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::tasks(), cx.today.year()), template.create(id));
            id
        }
    };
    upward.log(&mut edits, id);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// A period as a year and, for one of a month, its month.
fn parts(period: &str) -> Answer<(i16, Option<i8>)> {
    let invalid = || ErrorDto::new("invalid_input").at("period").with("value", period);
    if !is_period(period) {
        return Err(invalid());
    }
    let year = period.get(..4).and_then(|year| year.parse().ok()).ok_or_else(invalid)?;
    Ok((year, period.get(5..7).and_then(|month| month.parse().ok())))
}

/// `template.expand`: what items it makes for a period, to be looked over before they are made.
pub(crate) fn expand(cx: &Cx<'_>, input: ExpandInput) -> Answer<Expanded> {
    let (year, month) = parts(&input.period)?;
    let template = find(cx, &input.id)?;
    let mark = mark(&input.id, &input.period);
    let before = cx.records(ITEM, None)?.iter().filter(|stored| stored.view.str("template") == mark).count();
    let entries = (1..).zip(template.expand(year, month)).map(|(line, (entry, due))| ExpandedEntry {
        line,
        title: entry.title,
        measure: entry.measure,
        leader: String::new(),
        person: String::new(),
        deadline: due.to_string(),
    });
    Ok(Expanded { entries: entries.collect(), made_before: u32::try_from(before).unwrap_or(u32::MAX) })
}

/// The items of a template's lines for a period: made on two devices, each is one.
fn line_ids(template: &Template, mark: &str, year: i16, month: Option<i8>) -> Vec<RecordId> {
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    let lines = template.expand(year, month).into_iter().map(|(entry, due)| (entry.title, due.to_string()));
    lines
        .map(|line| {
            // A template may have one line twice.
            let times = seen.entry(line.clone()).or_default();
            *times += 1;
            let parts = [mark.as_bytes(), line.0.as_bytes(), line.1.as_bytes(), &times.to_be_bytes()];
            RecordId::natural("ybz template item 1", &parts)
        })
        .collect()
}

fn mark(id: &str, period: &str) -> String {
    format!("{id}/{period}")
}

/// `template.make`: items as one change, in the book of the period's year.
pub(crate) fn make(cx: &Cx<'_>, input: MakeInput) -> Answer<Made> {
    let (year, month) = parts(&input.period)?;
    let lines = line_ids(&find(cx, &input.id)?, &mark(&input.id, &input.period), year, month);
    if input.entries.is_empty() {
        return Err(ErrorDto::new("required").at("entries"));
    }
    if input.entries.len() > MAX_MADE {
        return Err(ErrorDto::new("too_many").at("entries").with("max", MAX_MADE));
    }
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let (mut edits, mut made) = (Edits::default(), BTreeSet::new());
    for (n, entry) in input.entries.iter().enumerate() {
        let at = |name: &str| format!("entries.{n}.{name}");
        let due = deadline(cx, &entry.deadline, input.confirm_date).map_err(|error| error.at(&at("deadline")))?;
        let item = Item {
            title: required(&at("title"), &entry.title, 200)?,
            origin: "own".to_owned(),
            measure: optional(&at("measure"), &entry.measure, 1_000)?,
            leader: optional(&at("leader"), &entry.leader, 40)?,
            person: required(&at("person"), &entry.person, 40)?,
            deadline: due.to_string(),
            template: mark(&input.id, &input.period),
            recorded_on: cx.today_text(),
            ..Item::default()
        };
        upward.check(&at("title"), &item.title)?;
        upward.check(&at("measure"), &item.measure)?;
        let place = usize::try_from(entry.line).ok().and_then(|line| line.checked_sub(1));
        let id = place.and_then(|place| lines.get(place)).copied().unwrap_or_else(|| cx.new_id());
        // What was made before stands as it is, with whatever was done about it.
        if cx.find(&id.to_string())?.is_some() || !made.insert(id) {
            continue;
        }
        upward.log(&mut edits, id);
        edits.push(cx.book(BookKind::tasks(), year), item.create(id, ITEM));
    }
    cx.commit(edits)?;
    Ok(Made { count: u32::try_from(made.len()).unwrap_or(u32::MAX) })
}
