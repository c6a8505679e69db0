//! Rates and deadlines of items of flows, added up in the read model.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{params, params_from_iter};
use ybz_domain::book::BookKind;
use ybz_domain::ids::{OfficeId, RecordId};

use crate::error::StoreError;
use crate::query::Filter;
use crate::reader::Reader;

/// Whose rates, of which months.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TallyQuery {
    /// The template.
    pub flow: String,
    /// Items in books of these offices; of none there are none.
    pub offices: Vec<OfficeId>,
    /// Only working papers, or none of them.
    pub desk: Option<bool>,
    /// First month of the items' own days (`2026-03`); none: from the first on.
    pub from_month: Option<String>,
    /// Last month, included.
    pub to_month: Option<String>,
    /// Units are not told apart: rows name none.
    pub any_unit: bool,
    /// Which record stands for each that is merged, itself included, as [`ybz_domain::ledger::desk::group::merged`] tells. A merged
    /// case counts once, where the one stands that stands for all; where that is not here, where the lowest that is.
    pub merged: BTreeMap<RecordId, RecordId>,
}

/// A rate of some items: those of one office, in the hands of one unit, of one month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FlowTally {
    /// The office in whose books they stand.
    pub office: OfficeId,
    /// The unit that has them in hand; empty where none was named.
    pub unit: String,
    /// The month of their own day; empty for those without a day.
    pub month: String,
    /// The rate.
    pub rate: String,
    /// Items that count.
    pub numerator: u32,
    /// Items of which.
    pub denominator: u32,
}

/// A deadline that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowDue {
    /// The day by which.
    pub by: Date,
    /// Which.
    pub deadline: String,
    /// The office in whose book the item stands.
    pub office: OfficeId,
    /// It is one of its working papers.
    pub desk: bool,
    /// The item.
    pub id: RecordId,
    /// Its template.
    pub flow: String,
    /// That one's version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Its state.
    pub state: String,
    /// Who has it in hand.
    pub person: String,
    /// The unit that does.
    pub unit: String,
}

/// What is counted together: office, unit, month.
type Cell = (OfficeId, String, String);

/// Numerator and denominator of each rate, by its word; few, so that a list is quicker than a map.
#[derive(Default)]
struct Sums(Vec<(String, i64, i64)>);

impl Sums {
    /// Adds so many items that count in the same way, as the table says it.
    fn add(&mut self, rates: &str, items: i64) {
        for (rate, with) in rates.split(' ').filter_map(|rate| rate.split_once(':')) {
            let numerator = if with == "1" { items } else { 0 };
            match self.0.iter_mut().find(|(known, ..)| known == rate) {
                Some((_, with, all)) => (*with, *all) = (*with + numerator, *all + items),
                None => self.0.push((rate.to_owned(), numerator, items)),
            }
        }
    }
}

impl Reader<'_> {
    /// Rates by office, unit and month, in that order, then by the rate's word.
    pub fn flow_tallies(&self, query: &TallyQuery) -> Result<Vec<FlowTally>, StoreError> {
        let books = self.books_of_flows(&query.offices, query.desk)?.ids();
        if books.is_empty() {
            return Ok(Vec::new());
        }
        let mut counted = self.cells(query, &books)?;
        for (cell, rates) in self.merged_away(query, &books)? {
            // Of a month that is not asked for nothing was counted.
            if let Some(sums) = counted.get_mut(&cell) {
                sums.add(&rates, -1);
            }
        }
        let number = |sum: i64| u32::try_from(sum).unwrap_or_default();
        let mut out = Vec::with_capacity(counted.len() * 2);
        for ((office, unit, month), Sums(mut sums)) in counted {
            sums.sort();
            let rows = sums.into_iter().filter(|(.., all)| *all > 0).map(|(rate, with, all)| FlowTally {
                office,
                unit: unit.clone(),
                month: month.clone(),
                rate,
                numerator: number(with),
                denominator: number(all),
            });
            out.extend(rows);
        }
        Ok(out)
    }

    /// Whether an item that is asked for is dated after a day. Few are, so that they are found by their day.
    pub fn flows_dated_after(&self, query: &TallyQuery, day: Date) -> Result<bool, StoreError> {
        let books = self.books_of_flows(&query.offices, query.desk)?.ids();
        let mut filter = Filter::default();
        filter.text("day > ?", Some(&day.to_string()));
        filter.text("flow = ?", Some(&query.flow));
        filter.books_in("+book", &books);
        filter.text("month >= ?", query.from_month.as_deref());
        filter.text("month <= ?", query.to_month.as_deref());
        let sql = format!("SELECT EXISTS (SELECT 1 FROM flows INDEXED BY flows_day{})", filter.sql);
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params_from_iter(&filter.values), |row| row.get(0))?)
    }

    fn cells(&self, query: &TallyQuery, books: &[i64]) -> Result<BTreeMap<Cell, Sums>, StoreError> {
        let mut filter = Filter::default();
        filter.term("flow = ?");
        filter.values.push(query.flow.clone().into());
        // The sign keeps the rows in the order of the index, so that they are added up as they come.
        filter.books_in("+book", books);
        filter.term("rates <> ''");
        filter.text("month >= ?", query.from_month.as_deref());
        filter.text("month <= ?", query.to_month.as_deref());
        let (unit, by_unit) = if query.any_unit { ("''", "") } else { ("unit", ", unit") };
        let sql = format!(
            "SELECT book, {unit}, month, rates, count(*) FROM flows INDEXED BY flows_tally{} GROUP BY book, month, rates{by_unit}",
            filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        let keys = self.all_books()?;
        let mut out: BTreeMap<Cell, Sums> = BTreeMap::new();
        let text = |_| StoreError::Garbled("flows");
        // Where units are not told apart, rows of one cell follow one another: it is looked for once.
        let mut last: Option<(i64, String, String, Sums)> = None;
        let mut keep = |last: Option<(i64, String, String, Sums)>| {
            let Some((book, unit, month, sums)) = last else { return };
            let Some(book) = keys.get(&book) else { return };
            let into = out.entry((book.key.office, unit, month)).or_default();
            for (rate, with, all) in sums.0 {
                match into.0.iter_mut().find(|(known, ..)| *known == rate) {
                    Some(of) => (of.1, of.2) = (of.1 + with, of.2 + all),
                    None => into.0.push((rate, with, all)),
                }
            }
        };
        while let Some(row) = rows.next()? {
            let (book, items): (i64, i64) = (row.get(0)?, row.get(4)?);
            let [unit, month, rates] = [row.get_ref(1)?, row.get_ref(2)?, row.get_ref(3)?];
            let (unit, month) = (unit.as_str().map_err(text)?, month.as_str().map_err(text)?);
            let same = last.as_ref().is_some_and(|(of, other, at, _)| *of == book && other == unit && at == month);
            if !same {
                let next = (book, unit.to_owned(), month.to_owned(), Sums::default());
                keep(last.replace(next));
            }
            if let Some((.., sums)) = last.as_mut() {
                sums.add(rates.as_str().map_err(text)?, items);
            }
        }
        keep(last);
        Ok(out)
    }

    /// Items that another stands for, each with its cell and how it would count.
    fn merged_away(&self, query: &TallyQuery, books: &[i64]) -> Result<Vec<(Cell, String)>, StoreError> {
        let wanted: BTreeSet<i64> = books.iter().copied().collect();
        let keys = self.all_books()?;
        let mut here: BTreeMap<RecordId, (Cell, String)> = BTreeMap::new();
        // Whoever stands for it may be of another month.
        let mut statement = self.conn.prepare_cached(
            "SELECT book, iif(?3, '', unit), month, rates FROM flows INDEXED BY flows_id WHERE id = ?1 AND flow = ?2 ORDER BY book",
        )?;
        for id in query.merged.keys() {
            let mut rows = statement.query(params![id.0, query.flow, query.any_unit])?;
            while let Some(row) = rows.next()? {
                let book: i64 = row.get(0)?;
                if let Some(of) = keys.get(&book).filter(|_| wanted.contains(&book)) {
                    here.insert(*id, ((of.key.office, row.get(1)?, row.get(2)?), row.get(3)?));
                    break;
                }
            }
        }
        let mut stands: BTreeMap<RecordId, RecordId> = BTreeMap::new();
        for id in here.keys() {
            let main = query.merged.get(id).copied().unwrap_or(*id);
            stands.entry(main).or_insert(if here.contains_key(&main) { main } else { *id });
        }
        let counts: BTreeSet<RecordId> = stands.into_values().collect();
        Ok(here.into_iter().filter(|(id, _)| !counts.contains(id)).map(|(_, one)| one).collect())
    }

    /// Deadlines that run and are not met, of items in books of these offices, in a range of days (both included), by day. What
    /// is overdue is found by days that are over.
    pub fn flow_dues(&self, offices: &[OfficeId], from: Date, to: Date) -> Result<Vec<FlowDue>, StoreError> {
        let books = self.books_of_flows(offices, None)?.ids();
        let mut filter = Filter::default();
        filter.text("due <> '' AND due >= ?", Some(&from.to_string()));
        filter.text("due <= ?", Some(&to.to_string()));
        filter.term("met = ''");
        filter.books(&books);
        let sql = format!(
            "SELECT due, deadline, book, id, flow, version, title, state, person, unit FROM flows INDEXED BY flows_due{}
             ORDER BY due, book, id",
            filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        let keys = self.all_books()?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let by = row.get_ref(0)?.as_str().ok().and_then(|day| day.parse().ok());
            let (Some(by), Some(book)) = (by, keys.get(&row.get::<_, i64>(2)?)) else { continue };
            out.push(FlowDue {
                by,
                deadline: row.get(1)?,
                office: book.key.office,
                desk: book.key.kind == BookKind::desk(),
                id: RecordId(row.get(3)?),
                flow: row.get(4)?,
                version: row.get(5)?,
                title: row.get(6)?,
                state: row.get(7)?,
                person: row.get(8)?,
                unit: row.get(9)?,
            });
        }
        Ok(out)
    }
}
