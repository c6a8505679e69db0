//! 日历: every deadline that is open, of this office and of those below, each with what follows and what helps. Nothing is kept:
//! it is made anew from the books whenever it is asked for.

mod flows;
mod items;
mod months;
mod people;
mod urge;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;
use ybz_domain::ids::OfficeId;
use ybz_domain::office::OfficeKind;
use ybz_domain::rules::{DeadlineRule, Deadlines, Said};

use crate::ErrorDto;
use crate::cases::org;
use crate::cx::Cx;
use crate::dto::calendar::{AbsentUnit, BothWords, Calendar, CalendarEntry, CalendarInput, CalendarUnit};
use crate::error::Answer;

pub(crate) use urge::urge;

/// Days of one answer at most.
const MOST_DAYS: i32 = 400;
/// How far back what is still open is looked for.
const BACK_MONTHS: i32 = 24;
/// The same of what comes with each period: afterwards it is history, and stands in the matrix.
const BACK_PERIODS: i32 = 3;
/// Days without a delivery after which an office counts as not synced.
const SILENT_DAYS: i32 = 7;

/// Something that one office owes on a day.
pub(crate) struct Due {
    pub(crate) day: Date,
    pub(crate) kind: &'static str,
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) office: OfficeId,
    pub(crate) record: Option<String>,
    pub(crate) count: u32,
    /// A delivery of this day or later would tell that it is done; none: whatever is known here is all there is.
    pub(crate) told_after: Option<Date>,
    /// Its source, where it is not that of the kind: an article of the rules, or words.
    pub(crate) source: Source,
}

/// Where a deadline comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// As the data about its kind say.
    #[default]
    Kind,
    /// An article of the rules.
    Article(String),
    /// In these words.
    Words(String),
}

impl Due {
    pub(crate) fn new(day: Date, kind: &'static str, office: OfficeId) -> Self {
        Self {
            day,
            kind,
            office,
            code: String::new(),
            title: String::new(),
            record: None,
            count: 0,
            told_after: None,
            source: Source::Kind,
        }
    }
}

/// What is asked for: days and offices.
pub(crate) struct Window {
    pub(crate) from: Date,
    pub(crate) to: Date,
    /// This office, where it is asked for.
    pub(crate) here: bool,
    /// Those below that are asked for.
    pub(crate) below: Vec<OfficeId>,
    /// Only one office was asked for, so that what is slow to find for all is found too.
    pub(crate) one: bool,
    /// First day for what comes with each period.
    pub(crate) periods_from: Date,
}

impl Window {
    pub(crate) fn has(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Everybody that is asked for.
    pub(crate) fn offices(&self, cx: &Cx<'_>) -> Vec<OfficeId> {
        let here = self.here.then_some(cx.office);
        self.below.iter().copied().chain(here).collect()
    }

    /// Months of which a day lies in the window, the first day of each, as far as periods are looked at.
    pub(crate) fn months(&self) -> Vec<Date> {
        let mut out = Vec::new();
        let mut month = self.periods_from.first_of_month();
        while month <= self.to {
            out.push(month);
            let Some(next) = month_later(month, 1) else { break };
            month = next;
        }
        out
    }
}

/// So many months later, or earlier.
pub(crate) fn month_later(day: Date, months: i32) -> Option<Date> {
    let span = jiff::Span::new().try_months(i64::from(months)).ok()?;
    day.checked_add(span).ok()
}

/// What is said of deadlines, read once.
pub(crate) fn words() -> Answer<&'static Deadlines> {
    static WORDS: OnceLock<Result<Deadlines, String>> = OnceLock::new();
    let read = WORDS.get_or_init(|| Deadlines::builtin().map_err(|error| error.to_string()));
    read.as_ref().map_err(|error| ErrorDto::internal("deadlines", error))
}

fn window(cx: &Cx<'_>, input: &CalendarInput) -> Answer<Window> {
    let read = |field: &str, text: &str| {
        text.parse::<Date>().map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text))
    };
    let from = match input.from.trim() {
        "" => cx.today.first_of_month(),
        text => read("from", text)?,
    };
    let to = match input.to.trim() {
        "" => from.last_of_month(),
        text => read("to", text)?,
    };
    if to < from {
        return Err(ErrorDto::new("dates_reversed").at("to"));
    }
    if from.until(to).map_or(i32::MAX, |span| span.get_days()) > MOST_DAYS {
        return Err(ErrorDto::new("too_many").at("to").with("max", MOST_DAYS));
    }
    let all = cx.offices_below();
    let office = input.office.as_deref().filter(|id| !id.is_empty());
    let (here, below) = match office {
        None => (true, all),
        Some(id) => match id.parse::<OfficeId>() {
            Ok(office) if office == cx.office => (true, Vec::new()),
            Ok(office) if all.contains(&office) => (false, vec![office]),
            _ => return Err(ErrorDto::new("office_unknown").at("office")),
        },
    };
    Ok(Window { from, to, here, one: office.is_some() || below.is_empty(), below, periods_from: from })
}

/// Everything that is open in a window.
fn gather(cx: &Cx<'_>, window: &Window, kinds: &[String]) -> Answer<Vec<Due>> {
    let mut out = items::due(cx, window)?;
    out.extend(months::due(cx, window)?);
    out.extend(people::due(cx, window)?);
    out.extend(flows::due(cx, window)?);
    out.retain(|due| window.has(due.day) && (kinds.is_empty() || kinds.iter().any(|kind| kind == due.kind)));
    Ok(out)
}

/// `desk.calendar`
pub(crate) fn calendar(cx: &Cx<'_>, input: CalendarInput) -> Answer<Calendar> {
    let asked = window(cx, &input)?;
    let tree = Tree::read(cx)?;
    let entries = fold(cx, &tree, gather(cx, &asked, &input.kinds)?)?;
    let mut earlier = Vec::new();
    if asked.has(cx.today) {
        let back = month_later(asked.from, -BACK_MONTHS).unwrap_or(asked.from);
        if let Ok(to) = asked.from.yesterday() {
            let periods_from = month_later(asked.from, -BACK_PERIODS).unwrap_or(asked.from);
            let (here, one, below) = (asked.here, asked.one, asked.below.clone());
            let before = Window { from: back, to, here, below, one, periods_from };
            earlier = fold(cx, &tree, gather(cx, &before, &input.kinds)?)?;
        }
    }
    Ok(Calendar {
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        today: cx.today_text(),
        entries,
        earlier,
        absent: tree.absent.into_iter().filter(|unit| asked.asks(unit)).collect(),
    })
}

impl Window {
    fn asks(&self, unit: &AbsentUnit) -> bool {
        let id = unit.office.as_deref().and_then(|id| id.parse::<OfficeId>().ok());
        id.map_or(!self.one, |id| self.below.contains(&id))
    }
}

/// Offices below in tree order, with what is known of each.
pub(crate) struct Tree {
    place: BTreeMap<OfficeId, usize>,
    pub(crate) as_of: BTreeMap<OfficeId, Date>,
    pub(crate) absent: Vec<AbsentUnit>,
}

impl Tree {
    pub(crate) fn read(cx: &Cx<'_>) -> Answer<Self> {
        let mut tree = Self { place: BTreeMap::new(), as_of: BTreeMap::new(), absent: Vec::new() };
        let reads: BTreeSet<OfficeId> = cx.offices_below().into_iter().collect();
        for node in org::tree(cx)?.into_iter().filter(|node| node.depth > 0) {
            let office = node.id.as_deref().and_then(|id| id.parse::<OfficeId>().ok());
            // What lies deeper than a general branch delivers to its own committee.
            if office.is_some_and(|office| !reads.contains(&office)) {
                continue;
            }
            let as_of = node.last_received.as_deref().and_then(|day| day.parse::<Date>().ok());
            if let Some(office) = office {
                tree.place.insert(office, tree.place.len());
                tree.as_of.extend(as_of.map(|day| (office, day)));
            }
            let days = as_of.and_then(|day| day.until(cx.today).ok()).map(|span| span.get_days());
            let state = match (office, days) {
                (None, _) => "never_joined",
                (Some(_), None) => "never_synced",
                (Some(_), Some(days)) if days >= SILENT_DAYS => "not_synced",
                (Some(_), Some(_)) => continue,
            };
            tree.absent.push(AbsentUnit {
                office: node.id,
                name: node.name,
                state: state.to_owned(),
                as_of: node.last_received,
            });
        }
        Ok(tree)
    }

    /// Whether something may be done at an office and not told: nothing has come since the day on which it had to be done, or for
    /// a week while that day is to come.
    fn lacks(&self, cx: &Cx<'_>, office: &OfficeId, day: Date) -> bool {
        let week_ago = cx.today.checked_sub(jiff::Span::new().days(i64::from(SILENT_DAYS))).unwrap_or(cx.today);
        let needed = if day <= cx.today { day } else { week_ago };
        self.as_of.get(office).is_none_or(|as_of| *as_of < needed)
    }

    /// This office first, then those below as they stand in the tree.
    pub(crate) fn place(&self, cx: &Cx<'_>, office: &OfficeId) -> usize {
        if *office == cx.office { 0 } else { self.place.get(office).map_or(usize::MAX, |place| place + 1) }
    }
}

/// The same thing of several offices on one day is one entry.
fn fold(cx: &Cx<'_>, tree: &Tree, all: Vec<Due>) -> Answer<Vec<CalendarEntry>> {
    type Key = (Date, usize, String, String, Source);
    let mut by: BTreeMap<Key, Vec<(usize, CalendarUnit)>> = BTreeMap::new();
    let order = |kind: &str| ybz_domain::rules::DEADLINE_KINDS.iter().position(|one| *one == kind);
    for due in all {
        let as_of = tree.as_of.get(&due.office).copied();
        let here = due.office == cx.office;
        let unit = CalendarUnit {
            name: cx.name_of(&due.office),
            here,
            record: due.record,
            count: due.count,
            as_of: as_of.map(|day| day.to_string()),
            unknown: !here && due.told_after.is_some_and(|after| tree.lacks(cx, &due.office, after)),
            office: due.office.to_string(),
        };
        let key = (due.day, order(due.kind).unwrap_or(usize::MAX), due.code, due.title, due.source);
        by.entry(key).or_default().push((tree.place(cx, &due.office), unit));
    }
    let words = words()?;
    let mut out = Vec::new();
    for ((day, kind, code, title, source), mut units) in by {
        units.sort_by(|(a, x), (b, y)| (a, &x.record).cmp(&(b, &y.record)));
        let Some(kind) = ybz_domain::rules::DEADLINE_KINDS.get(kind) else { continue };
        let rule = words.rule(kind).ok_or_else(|| ErrorDto::internal("deadlines", kind))?;
        out.push(entry(cx, rule, (day, code, title, source), units.into_iter().map(|(_, unit)| unit).collect())?);
    }
    Ok(out)
}

fn both(said: &Said) -> BothWords {
    BothWords { zh: said.zh.clone(), en: said.en.clone() }
}

fn entry(
    cx: &Cx<'_>,
    said: &DeadlineRule,
    (day, code, title, source): (Date, String, String, Source),
    units: Vec<CalendarUnit>,
) -> Answer<CalendarEntry> {
    let (article, citation) = match source {
        Source::Kind => (said.article.clone(), said.citation.clone()),
        Source::Article(article) => (article, String::new()),
        Source::Words(words) => (String::new(), words),
    };
    let rule = if article.is_empty() { None } else { Some(cx.rule(&article)?) };
    let named = blake3::hash(format!("{day}\n{}\n{code}\n{title}\n{citation}", said.id).as_bytes()).to_hex();
    Ok(CalendarEntry {
        key: named.get(..16).unwrap_or_default().to_owned(),
        days: cx.today.until(day).map_or(0, |span| span.get_days()),
        day: day.to_string(),
        kind: said.id.clone(),
        code,
        title,
        units,
        name: both(&said.name),
        consequence: both(&said.consequence),
        remedy: both(&said.remedy),
        citation: rule.as_ref().map_or(citation, |rule| rule.citation.clone()),
        rule,
    })
}

/// Whether an office holds branch life: sessions, dues, months that are submitted.
pub(crate) fn is_branch(kind: OfficeKind) -> bool {
    matches!(kind, OfficeKind::Branch | OfficeKind::GeneralBranch)
}
