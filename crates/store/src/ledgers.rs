//! 合并台账 in numbers: how many records of a type there are by office, month, kind or state.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::checklist::ITEM;
use ybz_domain::ledger::visit::CONCERN;

use crate::concerns::standing;
use crate::error::StoreError;
use crate::query::RecordQuery;
use crate::reader::Reader;

/// By what records are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupBy {
    /// Not at all: one number.
    #[default]
    Nothing,
    /// By the office whose books they stand in.
    Office,
    /// By month.
    Month,
    /// By their kinds, as they stand together.
    Kind,
    /// By where they stand.
    State,
}

/// A group of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerGroup {
    /// The office, where they are grouped by it.
    pub office: Option<OfficeId>,
    /// Month, kinds or state, where they are grouped by these.
    pub word: String,
    /// How many.
    pub count: u32,
    /// Sum of their amounts, in fen.
    pub amount: i64,
    /// How many of them were entered late.
    pub late: u32,
    /// How many of them have conflicting values.
    pub conflicts: u32,
}

/// Where a record of `records c` stands.
pub(crate) fn stands(rtype: &str) -> String {
    match rtype {
        CONCERN => standing(),
        ITEM => "SELECT i.state FROM items i WHERE i.id = c.id AND i.book = c.book".to_owned(),
        _ => "c.state".to_owned(),
    }
}

/// Records asked for in one statement.
const CHUNK: usize = 400;

impl Reader<'_> {
    /// Where records of a type stand, by record and office.
    pub fn stands(&self, rtype: &str, ids: &[RecordId]) -> Result<BTreeMap<(RecordId, OfficeId), String>, StoreError> {
        let mut out = BTreeMap::new();
        for chunk in ids.chunks(CHUNK) {
            let sql = format!(
                // The sign keeps SQLite from going through all records of the type.
                "SELECT c.id, b.office, coalesce(({}), '') FROM records c JOIN books b ON b.id = c.book
                 WHERE +c.rtype = ? AND c.id IN ({})",
                stands(rtype),
                vec!["?"; chunk.len()].join(", ")
            );
            let mut values: Vec<Sql> = vec![rtype.to_owned().into()];
            values.extend(chunk.iter().map(|id| Sql::from(id.0.to_vec())));
            let mut statement = self.conn.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(values), |row| {
                Ok(((RecordId(row.get(0)?), OfficeId(row.get(1)?)), row.get::<_, String>(2)?))
            })?;
            for row in rows {
                out.extend([row?]);
            }
        }
        Ok(out)
    }

    /// Groups of the records that a query asks for, whatever page it names.
    pub fn ledger_groups(&self, query: &RecordQuery, by: GroupBy) -> Result<Vec<LedgerGroup>, StoreError> {
        let Some(books) = self.books_for(query)? else { return Ok(Vec::new()) };
        let filter = query.filter(books.as_deref());
        let state = format!("coalesce(({}), '')", stands(query.rtype.as_deref().unwrap_or_default()));
        let (office, word) = match by {
            GroupBy::Nothing => ("NULL", "''"),
            GroupBy::Office => ("(SELECT b.office FROM books b WHERE b.id = c.book)", "''"),
            GroupBy::Month => ("NULL", "substr(date, 1, 7)"),
            GroupBy::Kind => ("NULL", "kind"),
            GroupBy::State => ("NULL", state.as_str()),
        };
        let sql = format!(
            "SELECT {office}, {word}, count(*), coalesce(sum(amount), 0), coalesce(sum(late), 0), coalesce(sum(conflict), 0)
             FROM records c INDEXED BY records_list{} GROUP BY 1, 2 ORDER BY 1, 2",
            filter.sql
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), |row| {
            Ok(LedgerGroup {
                office: row.get::<_, Option<[u8; 16]>>(0)?.map(OfficeId),
                word: row.get(1)?,
                count: row.get(2)?,
                amount: row.get(3)?,
                late: row.get(4)?,
                conflicts: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
