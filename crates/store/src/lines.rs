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

impl LineQuery {
    /// The statement with its values. All of a line stands in an index: no row of the table is read, and none of the records.
    fn statement(&self) -> (String, Vec<Sql>) {
        let mut filter = Filter::default();
        filter.term(&format!("office IN ({})", vec!["?"; self.offices.len()].join(", ")));
        filter.values.extend(self.offices.iter().map(|office| Sql::from(office.0.to_vec())));
        filter.text("origin = ?", self.origin.as_deref());
        filter.text("about <> '' AND about = ?", self.about.as_deref());
        filter.text("deadline >= ?", self.from.as_deref());
        filter.text("deadline <> '' AND deadline <= ?", self.to.as_deref());
        if let Some(year) = self.year {
            filter.term("year = ?");
            filter.values.push(i64::from(year).into());
        }
        if let Some(finished) = self.finished {
            filter.term("finished = ?");
            filter.values.push(i64::from(finished).into());
        }
        // Without figures on the data SQLite would not know which finds fewest.
        let index = if self.about.is_some() { "items_about" } else { "items_list" };
        let sql = format!(
            "SELECT id, office, origin, state, finished, acknowledged, disputed, deadline, title, person, about
             FROM items INDEXED BY {index}{} ORDER BY deadline, id",
            filter.sql
        );
        (sql, filter.values)
    }
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
        let (sql, values) = query.statement();
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| {
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

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    fn plan(query: &LineQuery) -> String {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(crate::table::items::CREATE).unwrap();
        let (sql, values) = query.statement();
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        steps.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    }

    #[test]
    fn lines_come_out_of_an_index_without_a_scan() {
        let offices = vec![OfficeId([1; 16]), OfficeId([2; 16])];
        let all = || LineQuery { offices: offices.clone(), ..LineQuery::default() };
        let year = plan(&LineQuery { year: Some(2026), finished: Some(false), ..all() });
        assert!(
            year.contains("SEARCH items USING COVERING INDEX items_list (office=? AND year=? AND finished=?)"),
            "{year}"
        );
        let days = LineQuery { from: Some("2026-03-01".to_owned()), to: Some("2026-03-31".to_owned()), ..all() };
        let days = plan(&days);
        assert!(days.contains("SEARCH items USING COVERING INDEX items_list (office=?"), "{days}");
        let batch = plan(&LineQuery { about: Some("01".repeat(16)), ..all() });
        assert!(batch.contains("SEARCH items USING INDEX items_about (about=?"), "{batch}");
        for plan in [year, days, batch] {
            assert!(!plan.contains("SCAN"), "{plan}");
        }
    }
}
