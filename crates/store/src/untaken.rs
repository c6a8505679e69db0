//! Handed-in concerns that wait for the office above: nobody there said a word, and none of its cases handles them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;
use ybz_domain::book::{BookKind, Scope};
use ybz_domain::ids::{OfficeId, RecordId};

use crate::error::StoreError;
use crate::query::{Filter, numbers};
use crate::reader::{Reader, StoredRecord};
use crate::table::records;

/// The template whose items handle concerns.
const CASE: &str = "case";

/// Whose concerns wait, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UntakenQuery {
    /// Handed in by these offices.
    pub offices: Vec<OfficeId>,
    /// The office that they wait for; its cases stand among its own papers.
    pub above: OfficeId,
    /// Which record stands for each that it merged, itself included. Of merged concerns one waits: the one that stands for all or,
    /// where that does not wait, the lowest that does; and none of them once a case handles any.
    pub merged: BTreeMap<RecordId, RecordId>,
    /// Concerns to leave out at the start.
    pub offset: u32,
    /// Most concerns to return; 0: only their number.
    pub limit: u32,
}

/// By which day concerns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConcernDay {
    /// The day on which they were raised.
    Raised,
    /// The day on which they were handed in.
    HandedIn,
}

fn list(ids: impl IntoIterator<Item = RecordId>) -> Sql {
    let ids: Vec<String> = ids.into_iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", ids.join(",")).into()
}

impl Reader<'_> {
    /// Ids of the concerns that these offices handed in, of days from one to another, both included and as far as they are given
    /// (`2026-03-05`, or `2026` for all that begins so). No record is read.
    pub fn concern_ids(
        &self,
        offices: &[OfficeId],
        by: ConcernDay,
        from: &str,
        to: &str,
    ) -> Result<BTreeSet<RecordId>, StoreError> {
        let books = self.books_of(|key| key.kind.scope() == Scope::Up && offices.contains(&key.office))?;
        let mut filter = Filter::default();
        let (column, index) = match by {
            ConcernDay::Raised => ("day", "concerns_day"),
            ConcernDay::HandedIn => ("recorded", "concerns_recorded"),
        };
        filter.term(&format!("{column} >= ? AND {column} < ? || '~'"));
        filter.values.extend([from.to_owned().into(), to.to_owned().into()]);
        // The sign keeps the day at the head of the index.
        filter.books_in("+book", &books);
        let sql = format!("SELECT id FROM concern_states INDEXED BY {index}{}", filter.sql);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), |row| Ok(RecordId(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One page of concerns that wait, with the number of all.
    pub fn untaken(&self, query: &UntakenQuery) -> Result<(u32, Vec<StoredRecord>), StoreError> {
        let from = self.books_of(|key| key.kind.scope() == Scope::Up && query.offices.contains(&key.office))?;
        if from.is_empty() {
            return Ok((0, Vec::new()));
        }
        let desk = self.books_of(|key| key.kind == BookKind::desk() && key.office == query.above)?;
        let ended = self.ended(&desk, &query.merged)?;
        let mut filter = Filter::default();
        filter.term("waits = 1");
        filter.books(&from);
        filter.term(
            "NOT EXISTS (SELECT 1 FROM flows f INDEXED BY flows_source WHERE f.source <> '' AND f.source = lower(hex(s.id))
                 AND f.flow = ? AND f.book IN (SELECT value FROM json_each(?)) AND instr(f.counts, ',closed,') = 0
                 AND lower(hex(f.id)) NOT IN (SELECT value FROM json_each(?)))",
        );
        filter.values.extend([CASE.to_owned().into(), numbers(&desk).into(), list(ended.iter().copied())]);
        if !query.merged.is_empty() {
            let hidden = self.hidden(&desk, &ended, query, &filter)?;
            filter.term("lower(hex(id)) NOT IN (SELECT value FROM json_each(?))");
            filter.values.push(list(hidden));
        }
        let table = "concern_states s INDEXED BY concerns_waiting";
        let sql = format!("SELECT count(*) FROM {table}{}", filter.sql);
        let total: u32 =
            self.conn.prepare_cached(&sql)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?;
        if query.limit == 0 || total <= query.offset {
            return Ok((total, Vec::new()));
        }
        let sql = format!("SELECT book, id FROM {table}{} ORDER BY day, id, book LIMIT ? OFFSET ?", filter.sql);
        filter.values.extend([query.limit.into(), query.offset.into()]);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params_from_iter(&filter.values), |row| Ok((row.get(0)?, RecordId(row.get(1)?))))?;
        let page: Vec<(i64, RecordId)> = rows.collect::<Result<_, _>>()?;
        let mut out = Vec::with_capacity(page.len());
        for (book, id) in page {
            let stored = records::get(self.conn, book, &id)?.ok_or(StoreError::Garbled("concern_states"))?;
            out.push(self.named(stored)?);
        }
        Ok((total, out))
    }

    /// Cases that others stand for which were closed: they handle nothing any more, whatever was written about them.
    fn ended(&self, desk: &[i64], merged: &BTreeMap<RecordId, RecordId>) -> Result<BTreeSet<RecordId>, StoreError> {
        if merged.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM flows INDEXED BY flows_id WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND flow = ?2
                 AND book IN (SELECT value FROM json_each(?3)) AND instr(counts, ',closed,') > 0",
        )?;
        let mains: BTreeSet<RecordId> = merged.values().copied().collect();
        let values = [list(mains), CASE.to_owned().into(), numbers(desk).into()];
        let rows = statement.query_map(params_from_iter(values), |row| Ok(RecordId(row.get(0)?)))?;
        let closed: BTreeSet<RecordId> = rows.collect::<Result<_, _>>()?;
        Ok(merged.iter().filter(|(_, main)| closed.contains(main)).map(|(id, _)| *id).collect())
    }

    /// Of merged concerns those that wait in the shadow of another, or that a case of another handles.
    fn hidden(
        &self,
        desk: &[i64],
        ended: &BTreeSet<RecordId>,
        query: &UntakenQuery,
        filter: &Filter,
    ) -> Result<BTreeSet<RecordId>, StoreError> {
        let all = list(query.merged.keys().copied());
        let sql =
            format!("SELECT id FROM concern_states s{} AND id IN (SELECT unhex(value) FROM json_each(?))", filter.sql);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let values = filter.values.iter().chain([&all]);
        let rows = statement.query_map(params_from_iter(values), |row| Ok(RecordId(row.get(0)?)))?;
        let waiting: BTreeSet<RecordId> = rows.collect::<Result<_, _>>()?;
        let mut statement = self.conn.prepare_cached(
            "SELECT source FROM flows INDEXED BY flows_source WHERE source <> ''
                 AND source IN (SELECT value FROM json_each(?1)) AND flow = ?2
                 AND book IN (SELECT value FROM json_each(?3)) AND instr(counts, ',closed,') = 0
                 AND lower(hex(id)) NOT IN (SELECT value FROM json_each(?4))",
        )?;
        let values = [all.clone(), CASE.to_owned().into(), numbers(desk).into(), list(ended.iter().copied())];
        let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(0))?;
        let mut handled = BTreeSet::new();
        for source in rows {
            let main = source?.parse().ok().and_then(|source: RecordId| query.merged.get(&source));
            handled.extend(main.copied());
        }
        let mut shown: BTreeMap<RecordId, RecordId> = BTreeMap::new();
        for id in &waiting {
            let Some(main) = query.merged.get(id).filter(|main| !handled.contains(main)) else { continue };
            shown.entry(*main).or_insert(if waiting.contains(main) { *main } else { *id });
        }
        let shown: BTreeSet<RecordId> = shown.into_values().collect();
        Ok(waiting.difference(&shown).copied().collect())
    }
}
