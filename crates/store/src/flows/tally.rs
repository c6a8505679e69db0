//! Rates and deadlines of items of flows, added up in the read model.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// What is counted together: book, unit, month.
type Cell = (i64, String, String);

impl Reader<'_> {
    /// Rates by office, unit and month, in that order, then by the rate's word.
    pub fn flow_tallies(&self, query: &TallyQuery) -> Result<Vec<FlowTally>, StoreError> {
        let books = self.books_of_flows(&query.offices, query.desk, None)?.ids();
        if books.is_empty() {
            return Ok(Vec::new());
        }
        let mut counted = self.cells(query, &books)?;
        for (cell, rates) in self.merged_away(query, &books)? {
            if let Some(count) = counted.get_mut(&cell).and_then(|of| of.get_mut(&rates)) {
                *count = count.saturating_sub(1);
            }
        }
        let keys = self.all_books()?;
        let mut sums: BTreeMap<(OfficeId, String, String, String), (u32, u32)> = BTreeMap::new();
        for ((book, unit, month), of) in counted {
            let Some(row) = keys.get(&book) else { continue };
            for (rates, count) in of.into_iter().filter(|(_, count)| *count > 0) {
                for (rate, with) in rates.split(' ').filter_map(|rate| rate.split_once(':')) {
                    let key = (row.key.office, unit.clone(), month.clone(), rate.to_owned());
                    let (numerator, denominator) = sums.entry(key).or_default();
                    *denominator += count;
                    *numerator += if with == "1" { count } else { 0 };
                }
            }
        }
        let rows = sums.into_iter().map(|((office, unit, month, rate), (numerator, denominator))| FlowTally {
            office,
            unit,
            month,
            rate,
            numerator,
            denominator,
        });
        Ok(rows.collect())
    }

    /// How many items of each cell count in the same way.
    fn cells(&self, query: &TallyQuery, books: &[i64]) -> Result<HashMap<Cell, BTreeMap<String, u32>>, StoreError> {
        let mut filter = Filter::default();
        filter.term("flow = ?");
        filter.values.push(query.flow.clone().into());
        // The sign keeps the rows in the order of the index, so that they are added up as they come.
        filter.books_in("+book", books);
        filter.term("rates <> ''");
        filter.text("month >= ?", query.from_month.as_deref());
        filter.text("month <= ?", query.to_month.as_deref());
        let sql = format!(
            "SELECT book, unit, month, rates, count(*) FROM flows INDEXED BY flows_tally{} GROUP BY book, unit, month, rates",
            filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        let mut out: HashMap<Cell, BTreeMap<String, u32>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let of = out.entry((row.get(0)?, row.get(1)?, row.get(2)?)).or_default();
            of.insert(row.get(3)?, row.get(4)?);
        }
        Ok(out)
    }

    /// Items that another stands for, each with its cell and how it would count.
    fn merged_away(&self, query: &TallyQuery, books: &[i64]) -> Result<Vec<(Cell, String)>, StoreError> {
        let wanted: BTreeSet<i64> = books.iter().copied().collect();
        let mut here: BTreeMap<RecordId, (Cell, String)> = BTreeMap::new();
        // Whoever stands for it may be of another month.
        let mut statement = self.conn.prepare_cached(
            "SELECT book, unit, month, rates FROM flows INDEXED BY flows_id WHERE id = ?1 AND flow = ?2 ORDER BY book",
        )?;
        for id in query.merged.keys() {
            let mut rows = statement.query(params![id.0, query.flow])?;
            while let Some(row) = rows.next()? {
                let book: i64 = row.get(0)?;
                if wanted.contains(&book) {
                    here.insert(*id, ((book, row.get(1)?, row.get(2)?), row.get(3)?));
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
        let books = self.books_of_flows(offices, None, None)?.ids();
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
