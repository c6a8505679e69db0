//! Lines and numbers for calendars and overviews, read from the indexes of the read model without opening a record.

use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;
use ybz_domain::ids::{OfficeId, RecordId};

use crate::error::StoreError;
use crate::query::{Filter, RecordQuery, numbers};
use crate::reader::Reader;

/// Which checklist items, by deadline, then by id. Whatever is none filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineQuery {
    /// Of these offices.
    pub offices: Vec<OfficeId>,
    /// `own`, `rectification` or `superior`.
    pub origin: Option<String>,
    /// Of books of this year.
    pub year: Option<i16>,
    /// The record that they are about: of items sent down together the same one.
    pub about: Option<String>,
    /// Finished, or not.
    pub finished: Option<bool>,
    /// Deadline from this day on.
    pub from: Option<String>,
    /// Deadline up to this day, included.
    pub to: Option<String>,
}

/// An item as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    /// The item.
    pub id: RecordId,
    /// The office that works on it.
    pub office: OfficeId,
    /// `own`, `rectification` or `superior`.
    pub origin: String,
    /// Where it stands.
    pub state: String,
    /// 办结, or accepted by the superior.
    pub finished: bool,
    /// 已签收
    pub acknowledged: bool,
    /// Decisions disagree.
    pub disputed: bool,
    /// Deadline; empty: none.
    pub deadline: String,
    /// 事项
    pub title: String,
    /// 责任人
    pub person: String,
    /// The record that it is about; empty: none.
    pub about: String,
}

/// Numbers of records of one office, month, kind and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    /// The office whose books they stand in.
    pub office: OfficeId,
    /// Their month (`2026-03`); empty for those without a date.
    pub month: String,
    /// Their kinds, joined by `,`.
    pub kind: String,
    /// Their state word.
    pub state: String,
    /// How many.
    pub count: u32,
}

impl Reader<'_> {
    /// Items as lines.
    pub fn item_lines(&self, query: &LineQuery) -> Result<Vec<ItemLine>, StoreError> {
        let mut filter = Filter::default();
        filter.term(&format!("i.office IN ({})", vec!["?"; query.offices.len()].join(", ")));
        filter.values.extend(query.offices.iter().map(|office| Sql::from(office.0.to_vec())));
        filter.text("i.origin = ?", query.origin.as_deref());
        filter.text("r.about = ?", query.about.as_deref());
        filter.text("i.deadline >= ?", query.from.as_deref());
        filter.text("i.deadline <> '' AND i.deadline <= ?", query.to.as_deref());
        if let Some(year) = query.year {
            filter.term("i.year = ?");
            filter.values.push(i64::from(year).into());
        }
        if let Some(finished) = query.finished {
            filter.term("i.finished = ?");
            filter.values.push(i64::from(finished).into());
        }
        let sql = format!(
            "SELECT i.id, i.office, i.origin, i.state, i.finished, i.acknowledged, i.disputed, i.deadline, i.title,
                 i.person, r.about
             FROM items i JOIN records r ON r.id = i.id AND r.book = i.book{} ORDER BY i.deadline, i.id",
            filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), |row| {
            Ok(ItemLine {
                id: RecordId(row.get(0)?),
                office: OfficeId(row.get(1)?),
                origin: row.get(2)?,
                state: row.get(3)?,
                finished: row.get(4)?,
                acknowledged: row.get(5)?,
                disputed: row.get(6)?,
                deadline: row.get(7)?,
                title: row.get(8)?,
                person: row.get(9)?,
                about: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Numbers of a type's records by office, month, kind and state, as far as the query names offices, year, type and days.
    pub fn kind_counts(&self, query: &RecordQuery) -> Result<Vec<KindCount>, StoreError> {
        let Some(books) = self.books_for(query)? else { return Ok(Vec::new()) };
        let mut filter = Filter::default();
        filter.text("r.rtype = ?", query.rtype.as_deref());
        filter.text("r.date >= ?", query.from.as_deref());
        filter.text("r.date <= ?", query.to.as_deref());
        if let Some(books) = books.as_deref() {
            filter.term("r.book IN (SELECT value FROM json_each(?))");
            filter.values.push(numbers(books).into());
        }
        // Of one type all that is asked for stands in an index.
        let index = if query.rtype.is_some() { " INDEXED BY records_list" } else { "" };
        let sql = format!(
            "SELECT b.office, substr(r.date, 1, 7), r.kind, r.state, count(*)
             FROM records r{} JOIN books b ON b.id = r.book{} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            index, filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), |row| {
            Ok(KindCount {
                office: OfficeId(row.get(0)?),
                month: row.get(1)?,
                kind: row.get(2)?,
                state: row.get(3)?,
                count: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
