//! Search as typed, over the words of every open record.

use rusqlite::{Connection, params};
use ybz_domain::book::BookKind;
use ybz_domain::ids::OfficeId;

use crate::error::StoreError;
use crate::reader::{Reader, StoredRecord};
use crate::table::books::BookRow;
use crate::table::records::{self, Stored, columns};

/// What to look for, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Words, as [`ybz_domain::search::expression`] makes them.
    pub words: Option<String>,
    /// Or records of this day (`2026-03-05`).
    pub date: Option<String>,
    /// Or records of this amount, in fen.
    pub amount: Option<i64>,
    /// In books of these offices.
    pub offices: Vec<OfficeId>,
    /// In no books of these kinds.
    pub hidden: Vec<BookKind>,
    /// Most records.
    pub limit: u32,
}

impl SearchQuery {
    fn admits(&self, row: &BookRow) -> bool {
        self.offices.contains(&row.key.office) && !self.hidden.contains(&row.key.kind)
    }

    /// Records of the day and of the amount, then those with the words; the newest first in each.
    fn run(&self, conn: &Connection, books: &[i64]) -> Result<Vec<Stored>, StoreError> {
        let list: Vec<String> = books.iter().map(i64::to_string).collect();
        let list = format!("[{}]", list.join(","));
        let mut found: Vec<Stored> = Vec::new();
        if let Some(date) = &self.date {
            let sql = concat!(
                "SELECT ",
                columns!(),
                " FROM records INDEXED BY records_date
                 WHERE date <> '' AND date = ?1 AND book IN (SELECT value FROM json_each(?2)) ORDER BY id DESC LIMIT ?3"
            );
            add(&mut found, conn.prepare_cached(sql)?.query_map(params![date, list, self.limit], records::read)?)?;
        }
        if let Some(amount) = self.amount.filter(|amount| *amount != 0) {
            let sql = concat!(
                "SELECT ",
                columns!(),
                " FROM records INDEXED BY records_amount
                 WHERE amount <> 0 AND amount = ?1 AND book IN (SELECT value FROM json_each(?2))
                 ORDER BY date DESC, id DESC LIMIT ?3"
            );
            add(&mut found, conn.prepare_cached(sql)?.query_map(params![amount, list, self.limit], records::read)?)?;
        }
        if let Some(words) = &self.words {
            // Row by row from the newest, so that a word that stands everywhere costs no more than a page.
            let sql = concat!(
                "SELECT ",
                columns!(),
                " FROM search JOIN records ON records.n = search.rowid
                 WHERE search MATCH ?1 AND book IN (SELECT value FROM json_each(?2))
                 ORDER BY search.rowid DESC LIMIT ?3"
            );
            add(&mut found, conn.prepare_cached(sql)?.query_map(params![words, list, self.limit], records::read)?)?;
        }
        found.truncate(usize::try_from(self.limit).unwrap_or(usize::MAX));
        Ok(found)
    }
}

type Read = (i64, ybz_domain::ledger::IndexRow, Vec<u8>);

fn add(found: &mut Vec<Stored>, rows: impl Iterator<Item = rusqlite::Result<Read>>) -> Result<(), StoreError> {
    for row in rows {
        let one = records::stored(row?)?;
        if !found.iter().any(|known| known.view.id == one.view.id && known.book == one.book) {
            found.push(one);
        }
    }
    Ok(())
}

impl Reader<'_> {
    /// Records that a query finds, at most as many as it asks for.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<StoredRecord>, StoreError> {
        let books = self.books_where(|row| query.admits(row))?;
        query.run(self.conn, &books)?.into_iter().map(|stored| self.named(stored)).collect()
    }
}
