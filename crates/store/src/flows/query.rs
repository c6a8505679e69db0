//! Which items of flows, in which order, as statements.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use rusqlite::types::Value as Sql;
use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::Side;

use crate::error::StoreError;
use crate::query::Filter;
use crate::reader::Reader;
use crate::table::books::BookRow;

/// Order of a list of items; equal ones by deadline, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlowSort {
    /// By running deadline; those whose deadline was met, and those without one, at the end.
    #[default]
    Due,
    /// By the item's own day.
    On,
    /// By title.
    Title,
    /// By template, then by the place of the state in it.
    State,
    /// In the order in which the query names the offices.
    Office,
    /// By category.
    Category,
    /// By whoever has it in hand.
    Person,
}

/// Which items, in which order. Whatever is none or empty filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowQuery {
    /// In books of these offices; of none there are none.
    pub offices: Vec<OfficeId>,
    /// Only working papers, or none of them.
    pub desk: Option<bool>,
    /// In books of this year.
    pub year: Option<i16>,
    /// In books that this office writes: what it sent down, or opened by itself.
    pub writer: Option<OfficeId>,
    /// In books that another office writes: what was sent down to it.
    pub not_writer: Option<OfficeId>,
    /// Of these templates.
    pub flows: Vec<String>,
    /// In one of these states.
    pub states: Vec<String>,
    /// That count as all of these.
    pub counts: Vec<String>,
    /// That count as none of these.
    pub not_counts: Vec<String>,
    /// Of this category.
    pub category: Option<String>,
    /// Of this manifestation.
    pub form: Option<String>,
    /// Come by this way.
    pub channel: Option<String>,
    /// Belonging to this.
    pub group: Option<String>,
    /// Belonging to what has this in its name.
    pub group_part: Option<String>,
    /// Citing this record.
    pub source: Option<String>,
    /// Citing one of these records.
    pub sources: Option<BTreeSet<RecordId>>,
    /// In the hands of this unit.
    pub unit: Option<String>,
    /// Of this leader.
    pub leader: Option<String>,
    /// In the hands of this person.
    pub person: Option<String>,
    /// Their own day from this one on.
    pub from: Option<Date>,
    /// Their own day up to this one, included.
    pub to: Option<Date>,
    /// Their own day from this one on, or not closed yet.
    pub since: Option<Date>,
    /// With a deadline that runs, from this day on.
    pub due_from: Option<Date>,
    /// With a deadline that runs, up to this day, included.
    pub due_to: Option<Date>,
    /// With a deadline that was over on this day and not met.
    pub overdue_on: Option<Date>,
    /// Disputed, or not.
    pub disputed: Option<bool>,
    /// That go on by the word of the office above alone, each by its own template, or not.
    pub awaits: Option<bool>,
    /// Whose template is here, or not.
    pub known: Option<bool>,
    /// Text that title, contents or those who have it in hand contain, in any case.
    pub text: Option<String>,
    /// Only these.
    pub ids: Option<BTreeSet<RecordId>>,
    /// None of these.
    pub not_ids: BTreeSet<RecordId>,
    /// Order.
    pub sort: FlowSort,
    /// The other way round.
    pub descending: bool,
    /// Items to leave out at the start.
    pub offset: u32,
    /// Most items to return; 0: only their number.
    pub limit: u32,
}

/// Row ids of books, each with the place of its office in the query.
pub(super) struct Books(Vec<(usize, i64)>);

impl Books {
    pub(super) fn ids(&self) -> Vec<i64> {
        self.0.iter().map(|(_, id)| *id).collect()
    }

    fn places(&self) -> Sql {
        let list: Vec<String> = self.0.iter().map(|(place, id)| format!("[{id},{place}]")).collect();
        format!("[{}]", list.join(",")).into()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Reader<'_> {
    /// Books of these offices in which items stand: only working papers, or none of them.
    pub(super) fn books_of_flows(&self, offices: &[OfficeId], desk: Option<bool>) -> Result<Books, StoreError> {
        self.books_asked(&FlowQuery { desk, ..FlowQuery::default() }, offices)
    }

    /// Books of these offices in which items that a query asks for may stand.
    pub(super) fn books_asked(&self, query: &FlowQuery, offices: &[OfficeId]) -> Result<Books, StoreError> {
        let places: HashMap<&OfficeId, usize> =
            offices.iter().enumerate().rev().map(|(place, office)| (office, place)).collect();
        let admits = |row: &BookRow| {
            let own = row.key.kind == BookKind::desk();
            Side::of_book(&row.key.kind).is_some()
                && query.desk.is_none_or(|desk| desk == own)
                && query.year.is_none_or(|year| row.key.year == Some(year))
                && query.writer.is_none_or(|writer| row.key.writer() == writer)
                && query.not_writer.is_none_or(|writer| row.key.writer() != writer)
        };
        let books = self.all_books()?;
        let admitted = books.values().filter(|row| admits(row));
        let mut found: Vec<(usize, i64)> =
            admitted.filter_map(|row| Some((*places.get(&row.key.office)?, row.id))).collect();
        found.sort_unstable();
        Ok(Books(found))
    }
}

/// Hex sorts as the bytes do; a blob has no place in JSON.
fn list(ids: &BTreeSet<RecordId>) -> Sql {
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", ids.join(",")).into()
}

impl FlowQuery {
    /// The table, by the index that finds fewest rows; without figures on the data SQLite would not know.
    pub(super) fn table(&self) -> &'static str {
        let given = |word: &Option<String>| word.as_ref().is_some_and(|word| !word.is_empty());
        if given(&self.source) || self.sources.is_some() {
            "flows INDEXED BY flows_source"
        } else if given(&self.group) {
            "flows INDEXED BY flows_part"
        } else {
            "flows INDEXED BY sqlite_autoindex_flows_1"
        }
    }

    pub(super) fn filter(&self, books: &Books) -> Filter {
        let mut filter = Filter::default();
        filter.books(&books.ids());
        let mut put = |term: &str, value: Sql| {
            filter.term(term);
            filter.values.push(value);
        };
        let words = [
            ("category = ?", &self.category),
            ("form = ?", &self.form),
            ("channel = ?", &self.channel),
            ("part_of <> '' AND part_of = ?", &self.group),
            ("source <> '' AND source = ?", &self.source),
            ("part_of <> '' AND instr(part_of, ?) > 0", &self.group_part),
            ("unit = ?", &self.unit),
            ("leader = ?", &self.leader),
            ("person = ?", &self.person),
        ];
        for (term, word) in words {
            if let Some(word) = word.as_ref().filter(|word| !word.is_empty()) {
                put(term, word.clone().into());
            }
        }
        let days = [
            ("day >= ?", self.from),
            ("day <> '' AND day <= ?", self.to),
            ("(day >= ? OR instr(counts, ',open,') > 0)", self.since),
            ("met = '' AND due <> '' AND due >= ?", self.due_from),
            ("met = '' AND due <> '' AND due <= ?", self.due_to),
            ("met = '' AND due <> '' AND due < ?", self.overdue_on),
        ];
        for (term, day) in days {
            if let Some(day) = day {
                put(term, day.to_string().into());
            }
        }
        for (term, flag) in [("disputed = ?", self.disputed), ("awaits = ?", self.awaits), ("known = ?", self.known)] {
            if let Some(flag) = flag {
                put(term, i64::from(flag).into());
            }
        }
        for (term, words) in [("instr(counts, ?) > 0", &self.counts), ("instr(counts, ?) = 0", &self.not_counts)] {
            for word in words {
                put(term, format!(",{word},").into());
            }
        }
        for (column, words) in [("flow", &self.flows), ("state", &self.states)] {
            if !words.is_empty() {
                filter.term(&format!("{column} IN ({})", vec!["?"; words.len()].join(", ")));
                filter.values.extend(words.iter().map(|word| Sql::from(word.clone())));
            }
        }
        if let Some(sources) = &self.sources {
            filter.term("source <> '' AND source IN (SELECT value FROM json_each(?))");
            filter.values.push(list(sources));
        }
        if let Some(ids) = &self.ids {
            filter.term("lower(hex(id)) IN (SELECT value FROM json_each(?))");
            filter.values.push(list(ids));
        }
        if !self.not_ids.is_empty() {
            filter.term("lower(hex(id)) NOT IN (SELECT value FROM json_each(?))");
            filter.values.push(list(&self.not_ids));
        }
        let text = self.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
        if let Some(text) = text {
            filter.term("(id, book) IN (SELECT id, book FROM flow_words WHERE instr(words, ?) > 0)");
            filter.values.push(text.into());
        }
        filter
    }

    /// What comes before the statement and behind its table, where the order is that of the offices.
    pub(super) fn places(&self, books: &Books, filter: &mut Filter) -> (&'static str, &'static str) {
        if self.sort != FlowSort::Office {
            return ("", "");
        }
        filter.values.insert(0, books.places());
        (
            "WITH places AS MATERIALIZED (SELECT value ->> 0 AS of_book, value ->> 1 AS office_place FROM json_each(?)) ",
            " CROSS JOIN places ON of_book = book",
        )
    }

    /// The order.
    pub(super) fn order(&self) -> String {
        let way = if self.descending { " DESC" } else { "" };
        let mut columns = match self.sort {
            FlowSort::Due => vec![],
            FlowSort::On => vec!["day"],
            FlowSort::Title => vec!["title"],
            FlowSort::State => vec!["flow", "place", "state"],
            FlowSort::Category => vec!["category"],
            FlowSort::Person => vec!["person"],
            FlowSort::Office => vec!["office_place"],
        };
        // What nobody waits for any more comes after what is due.
        columns.extend(["(due = '' OR met <> '')", "due", "id", "book"]);
        columns.iter().map(|column| format!("{column}{way}")).collect::<Vec<_>>().join(", ")
    }
}
