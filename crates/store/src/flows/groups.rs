//! Items of one template by what they belong to, and who has which: counted in the read model, without reading a record.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::params_from_iter;
use ybz_domain::ids::{OfficeId, RecordId};

use crate::error::StoreError;
use crate::flows::FlowQuery;
use crate::query::Filter;
use crate::reader::Reader;

/// An item by its id: whose it is, and whether it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowBrief {
    /// The item.
    pub id: RecordId,
    /// The office in whose book it stands.
    pub office: OfficeId,
    /// It counts as closed.
    pub closed: bool,
}

/// Items of one office that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowGroup {
    /// What they belong to.
    pub group: String,
    /// The office in whose book they stand.
    pub office: OfficeId,
    /// How many they are.
    pub items: u32,
    /// Of these, still in the first state of their template.
    pub at_start: u32,
    /// Of these, closed.
    pub closed: u32,
    /// Of these, past their running deadline.
    pub overdue: u32,
}

impl Reader<'_> {
    /// Items of a template in the books of these offices that leave them, in the order of their ids.
    pub fn flow_briefs(&self, offices: &[OfficeId], flow: &str) -> Result<Vec<FlowBrief>, StoreError> {
        let books = self.books_of_flows(offices, Some(false))?;
        if books.is_empty() {
            return Ok(Vec::new());
        }
        let mut filter = Filter::default();
        filter.books(&books.ids());
        filter.term("flow = ?");
        filter.values.push(flow.to_owned().into());
        let keys = self.all_books()?;
        let sql = format!("SELECT id, book, instr(counts, ',closed,') > 0 FROM flows{} ORDER BY id", filter.sql);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let book: i64 = row.get(1)?;
            let Some(book) = keys.get(&book) else { continue };
            out.push(FlowBrief { id: RecordId(row.get(0)?), office: book.key.office, closed: row.get(2)? });
        }
        Ok(out)
    }

    /// How many of the items that a query asks for belong together at each office, and how far they are on a day; its order and its
    /// pages are nothing here. What belongs to nothing is left out.
    pub fn flow_groups(&self, query: &FlowQuery, on: Date) -> Result<Vec<FlowGroup>, StoreError> {
        let books = self.books_asked(query, &query.offices)?;
        if books.is_empty() {
            return Ok(Vec::new());
        }
        let mut filter = query.filter(&books);
        filter.term("part_of <> ''");
        filter.values.insert(0, on.to_string().into());
        let keys = self.all_books()?;
        let sql = format!(
            "SELECT part_of, book, count(*), sum(place = 0), sum(instr(counts, ',closed,') > 0),
             sum(met = '' AND due <> '' AND due < ?) FROM flows{} GROUP BY part_of, book ORDER BY part_of, book",
            filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        // Books of two years hold one list.
        let mut out: BTreeMap<(String, OfficeId), FlowGroup> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (group, book): (String, i64) = (row.get(0)?, row.get(1)?);
            let Some(book) = keys.get(&book) else { continue };
            let office = book.key.office;
            let one = out.entry((group.clone(), office)).or_insert(FlowGroup {
                group,
                office,
                items: 0,
                at_start: 0,
                closed: 0,
                overdue: 0,
            });
            for (count, at) in
                [(&mut one.items, 2), (&mut one.at_start, 3), (&mut one.closed, 4), (&mut one.overdue, 5)]
            {
                *count += row.get::<_, u32>(at)?;
            }
        }
        Ok(out.into_values().collect())
    }
}
