//! 合并台账: one ledger of all subordinates, filtered, sorted and grouped in the read model; who is absent from it, and why.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::date::month_text;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::checklist::ITEM;
use ybz_domain::ledger::visit::CONCERN;
use ybz_store::{GroupBy, LedgerGroup, RecordQuery, Sort};

use crate::ErrorDto;
use crate::cases::calendar::is_branch;
use crate::cases::committee::{record_type, sees_ledger};
use crate::cases::{org, submission};
use crate::cx::{Cx, Stored};
use crate::dto::Page;
use crate::dto::committee::{MergedAbsent, MergedGroup, MergedGroups, MergedGroupsInput, MergedInput, MergedRow};
use crate::dto::month::MonthState;
use crate::dto::snapshot::FileOutput;
use crate::error::Answer;
use crate::node::store_error;
use crate::sheet;

/// Days without a delivery after which a unit counts as not synced.
const SILENT_DAYS: i64 = 7;
/// Rows of an export at most.
const MOST_ROWS: u32 = 100_000;

/// A unit below in tree order; one that never joined has no id.
struct Unit {
    office: Option<OfficeId>,
    name: String,
    as_of: Option<Date>,
}

fn units(cx: &Cx<'_>, year: i16) -> Answer<Vec<Unit>> {
    let reads: BTreeSet<OfficeId> = cx.offices_below().into_iter().collect();
    let nodes = org::tree_on(cx, cx.end_of(year))?.into_iter().filter(|node| node.depth > 0);
    let units = nodes.map(|node| Unit {
        office: node.id.as_deref().and_then(|id| id.parse().ok()),
        as_of: node.last_received.as_deref().and_then(|day| day.parse().ok()),
        name: node.name,
    });
    Ok(units.filter(|unit| unit.office.is_none_or(|office| reads.contains(&office))).collect())
}

/// What list, groups and export ask for in common.
fn query(cx: &Cx<'_>, input: &MergedInput, units: &[Unit]) -> Answer<RecordQuery> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    sees_ledger(cx, &input.ledger)?;
    let all = cx.offices_below();
    let offices = match input.office.as_deref().filter(|id| !id.is_empty()) {
        None => {
            // As they stand in the tree; what was merged into this office stands nowhere in it, and comes last.
            let mut offices: Vec<OfficeId> = units.iter().filter_map(|unit| unit.office).collect();
            offices.extend(all.iter().filter(|office| !offices.contains(office)).copied().collect::<Vec<_>>());
            offices
        }
        Some(id) => {
            let office = id.parse::<OfficeId>().ok().filter(|office| all.contains(office));
            vec![office.ok_or_else(|| ErrorDto::new("office_unknown").at("office"))?]
        }
    };
    let (descending, column) = match input.sort.as_deref().unwrap_or_default() {
        sort if sort.starts_with('-') => (true, sort.trim_start_matches('-')),
        sort => (false, sort),
    };
    let sort = match (column, descending) {
        ("amountFen", false) => Sort::AmountAsc,
        ("amountFen", true) => Sort::AmountDesc,
        ("title", _) => Sort::Text,
        ("state", _) => Sort::State,
        ("office", _) => Sort::Office,
        ("", _) | ("date", true) => Sort::DateDesc,
        ("date", false) => Sort::DateAsc,
        _ => return Err(ErrorDto::new("invalid_input").at("sort").with("value", column)),
    };
    let some = |text: &Option<String>| text.clone().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let month = input.month.map(|month| format!("{year:04}-{month:02}"));
    Ok(RecordQuery {
        rtype: Some(record_type(&input.ledger)?.to_owned()),
        offices: Some(offices),
        year: Some(year),
        from: month.clone(),
        to: month.map(|month| format!("{month}-31")),
        text: some(&input.text).map(|text| text.to_lowercase()),
        stands: some(&input.state),
        kind: some(&input.kind),
        late: input.late,
        sort,
        offset: input.offset,
        limit: if input.limit == 0 { 50 } else { input.limit.min(500) },
        ..RecordQuery::default()
    })
}

/// `merged.list`: one ledger across all subordinates, page by page.
pub(crate) fn list(cx: &Cx<'_>, input: MergedInput) -> Answer<Page<MergedRow>> {
    let units = if input.sort.as_deref() == Some("office") { units(cx, year_of(cx, &input))? } else { Vec::new() };
    let query = query(cx, &input, &units)?;
    let (total, stored) = cx.query(&query)?;
    Ok(Page { total, rows: rows(cx, &input.ledger, &stored)? })
}

fn year_of(cx: &Cx<'_>, input: &MergedInput) -> i16 {
    input.year.unwrap_or_else(|| cx.today.year())
}

fn rows(cx: &Cx<'_>, ledger: &str, stored: &[Stored]) -> Answer<Vec<MergedRow>> {
    let names: BTreeMap<OfficeId, String> = {
        let offices: BTreeSet<OfficeId> = stored.iter().map(|stored| stored.book.office).collect();
        offices.into_iter().map(|id| (id, cx.name_of(&id))).collect()
    };
    // Where a concern or an item stands follows from what was written about it.
    let derived = match record_type(ledger)? {
        rtype @ (CONCERN | ITEM) => {
            let ids: Vec<_> = stored.iter().map(|stored| stored.view.id).collect();
            cx.node.store.read(|reader| reader.stands(rtype, &ids)).map_err(store_error)?
        }
        _ => BTreeMap::new(),
    };
    let row = |stored: &Stored| MergedRow {
        id: stored.view.id.to_string(),
        office: stored.book.office.to_string(),
        office_name: names.get(&stored.book.office).cloned().unwrap_or_default(),
        date: stored.row.date.clone(),
        kind: stored.row.kind.clone(),
        title: title(stored),
        state: derived.get(&(stored.view.id, stored.book.office)).unwrap_or(&stored.row.state).clone(),
        amount_fen: (ledger == "dues").then_some(stored.row.amount),
        late: stored.row.late,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
    };
    Ok(stored.iter().map(row).collect())
}

fn title(stored: &Stored) -> String {
    let words: Vec<&str> = ["title", "theme", "place", "text", "month"]
        .iter()
        .map(|field| stored.view.str(field))
        .filter(|text| !text.is_empty())
        .collect();
    words.join(" · ")
}

fn as_list(input: MergedGroupsInput) -> MergedInput {
    MergedInput {
        ledger: input.ledger,
        office: input.office,
        month: input.month,
        year: input.year,
        text: input.text,
        state: input.state,
        kind: input.kind,
        late: input.late,
        sort: None,
        offset: 0,
        limit: 0,
    }
}

/// `merged.groups`
pub(crate) fn groups(cx: &Cx<'_>, input: MergedGroupsInput) -> Answer<MergedGroups> {
    let by = match input.by.as_str() {
        "" => GroupBy::Nothing,
        "unit" => GroupBy::Office,
        "month" => GroupBy::Month,
        "kind" => GroupBy::Kind,
        "state" => GroupBy::State,
        other => return Err(ErrorDto::new("invalid_input").at("by").with("value", other)),
    };
    let input = as_list(input);
    let year = year_of(cx, &input);
    let units = units(cx, year)?;
    let query = query(cx, &input, &units)?;
    let whole = RecordQuery {
        rtype: query.rtype.clone(),
        offices: query.offices.clone(),
        year: query.year,
        ..RecordQuery::default()
    };
    let read =
        |query: &RecordQuery, by| cx.node.store.read(|reader| reader.ledger_groups(query, by)).map_err(store_error);
    let group = |one: &LedgerGroup| MergedGroup {
        key: one.word.clone(),
        count: one.count,
        amount_fen: (input.ledger == "dues").then_some(one.amount),
        late: one.late,
        conflicts: one.conflicts,
        ..MergedGroup::default()
    };
    let absent = absent(cx, &input, &units)?;
    let total = read(&query, GroupBy::Nothing)?.first().map(group).unwrap_or_default();
    let found = if by == GroupBy::Nothing { Vec::new() } else { read(&query, by)? };
    let groups = match by {
        GroupBy::Nothing => Vec::new(),
        GroupBy::Office => by_unit(&input, &units, &found, &absent, group),
        GroupBy::Kind => by_kind(&found, group),
        GroupBy::Month | GroupBy::State => found.iter().map(group).collect(),
    };
    let kinds = read(&whole, GroupBy::Kind)?;
    let kinds: BTreeSet<String> = kinds.iter().flat_map(|one| one.word.split(',')).map(str::to_owned).collect();
    let states: BTreeSet<String> = read(&whole, GroupBy::State)?.into_iter().map(|one| one.word).collect();
    let words = |all: BTreeSet<String>| all.into_iter().filter(|word| !word.is_empty()).collect();
    Ok(MergedGroups { total, groups, kinds: words(kinds), states: words(states), absent })
}

/// Every unit that is asked for, in tree order, also one of which nothing is here.
fn by_unit(
    input: &MergedInput,
    units: &[Unit],
    found: &[LedgerGroup],
    absent: &[MergedAbsent],
    group: impl Fn(&LedgerGroup) -> MergedGroup,
) -> Vec<MergedGroup> {
    let mut counts: BTreeMap<OfficeId, &LedgerGroup> =
        found.iter().filter_map(|one| Some((one.office?, one))).collect();
    let only = input.office.as_deref().filter(|id| !id.is_empty());
    let mut out = Vec::new();
    for unit in units {
        let id = unit.office.map(|office| office.to_string());
        if only.is_some_and(|only| id.as_deref() != Some(only)) {
            continue;
        }
        let counted = unit.office.and_then(|office| counts.remove(&office));
        let state = absent.iter().find(|one| one.office == id && one.name == unit.name);
        let amount_fen = (input.ledger == "dues").then_some(0);
        out.push(MergedGroup {
            key: id.unwrap_or_default(),
            name: unit.name.clone(),
            absent: state.map(|one| one.state.clone()).unwrap_or_default(),
            ..counted.map(&group).unwrap_or(MergedGroup { amount_fen, ..MergedGroup::default() })
        });
    }
    out
}

/// A session of several kinds counts under each.
fn by_kind(found: &[LedgerGroup], group: impl Fn(&LedgerGroup) -> MergedGroup) -> Vec<MergedGroup> {
    let mut out: BTreeMap<String, MergedGroup> = BTreeMap::new();
    for one in found {
        for kind in one.word.split(',') {
            let of = group(one);
            let into = out.entry(kind.to_owned()).or_insert_with(|| MergedGroup {
                key: kind.to_owned(),
                amount_fen: of.amount_fen.map(|_| 0),
                ..MergedGroup::default()
            });
            into.count = into.count.saturating_add(of.count);
            into.late = into.late.saturating_add(of.late);
            into.conflicts = into.conflicts.saturating_add(of.conflicts);
            into.amount_fen = into.amount_fen.zip(of.amount_fen).map(|(a, b)| a.saturating_add(b));
        }
    }
    out.into_values().collect()
}

/// Units whose records of the period are not here, or not all of them, in tree order.
fn absent(cx: &Cx<'_>, input: &MergedInput, units: &[Unit]) -> Answer<Vec<MergedAbsent>> {
    let year = year_of(cx, input);
    let month = |number: u8| Date::new(year, i8::try_from(number).ok()?, 1).ok();
    let months: Vec<u8> = match input.month {
        Some(month) => vec![month],
        None => (1..=12).collect(),
    };
    let ended: Vec<(u8, Date)> = months
        .iter()
        .filter_map(|number| Some((*number, month(*number)?.last_of_month())))
        .filter(|(_, end)| *end < cx.today)
        .collect();
    let end = months.last().and_then(|last| month(*last)).map_or(cx.today, Date::last_of_month);
    let week_ago = cx.today.checked_sub(jiff::Span::new().days(SILENT_DAYS)).unwrap_or(cx.today);
    let needed = end.min(week_ago);
    let submitted = submission::states(cx, year)?;
    let only = input.office.as_deref().filter(|id| !id.is_empty());
    let mut out = Vec::new();
    for unit in units {
        let id = unit.office.map(|office| office.to_string());
        if only.is_some_and(|only| id.as_deref() != Some(only)) {
            continue;
        }
        let open = unit.office.map(|office| not_submitted(cx, office, year, &ended, &submitted)).unwrap_or_default();
        let state = match (unit.office, unit.as_of) {
            (None, _) => "never_joined",
            (Some(_), None) => "never_synced",
            (Some(_), Some(as_of)) if as_of < needed => "not_synced",
            _ if !open.is_empty() => "not_submitted",
            _ => continue,
        };
        out.push(MergedAbsent {
            office: id,
            name: unit.name.clone(),
            state: state.to_owned(),
            as_of: unit.as_of.map(|day| day.to_string()),
            months: open,
        });
    }
    Ok(out)
}

/// Months that have ended, in which the unit had its place, and that it did not submit.
fn not_submitted(
    cx: &Cx<'_>,
    office: OfficeId,
    year: i16,
    ended: &[(u8, Date)],
    submitted: &BTreeMap<(OfficeId, String), MonthState>,
) -> Vec<u8> {
    let Some(view) = cx.membership().offices.get(&office).filter(|view| is_branch(view.kind)) else {
        return Vec::new();
    };
    let since = view.adoption.as_ref().map(|adoption| adoption.valid_from);
    let open = |(month, end): &&(u8, Date)| {
        let month = month_text(year, i8::try_from(*month).unwrap_or(1));
        let stands = submitted.get(&(office, month)).copied();
        since.is_some_and(|since| since <= *end)
            && matches!(stands, None | Some(MonthState::Withdrawn | MonthState::Returned | MonthState::None))
    };
    ended.iter().filter(open).map(|(month, _)| *month).collect()
}

/// `merged.export`: every row that the list would show, and who is absent, as a workbook.
pub(crate) fn export(cx: &Cx<'_>, input: MergedInput) -> Answer<FileOutput> {
    let year = year_of(cx, &input);
    let units = units(cx, year)?;
    let sort = input.sort.clone().filter(|sort| !sort.is_empty()).unwrap_or_else(|| "office".to_owned());
    let input = MergedInput { sort: Some(sort), ..input };
    let query = RecordQuery { offset: 0, limit: MOST_ROWS, ..query(cx, &input, &units)? };
    let (total, stored) = cx.query(&query)?;
    if total > MOST_ROWS {
        return Err(ErrorDto::new("too_many").at("ledger").with("max", MOST_ROWS));
    }
    let rows = rows(cx, &input.ledger, &stored)?;
    let period = input.month.map_or_else(|| format!("{year}年"), |month| format!("{year}年{month}月"));
    let title = format!("{period}{}合并台账", sheet::ledger_word(&input.ledger));
    let sheet = sheet::merged_sheet(cx, &input.ledger, title, &rows, &absent(cx, &input, &units)?);
    sheet::file(cx, sheet)
}
