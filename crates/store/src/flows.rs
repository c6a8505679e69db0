//! Lists of items of flows: filtered, sorted and cut into pages in the read model.

mod groups;
#[cfg(test)]
mod many;
mod query;
mod tally;

use jiff::civil::Date;
use rusqlite::{Row, params, params_from_iter};
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::flow::{Charge, Flows};

use crate::error::StoreError;
use crate::listen::Tags;
use crate::reader::{Reader, StoredRecord};
use crate::store::Store;
use crate::table::flow_templates::Turn;
use crate::table::{books, flows, records};

pub use groups::{FlowBrief, FlowGroup};
pub use query::{FlowQuery, FlowSort};
pub use tally::{FlowDue, FlowTally, TallyQuery};

/// Where an item stands, by its template and the events that are here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowRow {
    /// Its state; empty where the template is not known.
    pub state: String,
    /// Events that crossed lead to different states, and nobody has settled it.
    pub disputed: bool,
    /// The running deadline with its day.
    pub due: Option<(String, Date)>,
    /// The day on which the running deadline was met.
    pub met_on: Option<Date>,
    /// What it counts as.
    pub counts: Vec<String>,
    /// Who has it in hand.
    pub charge: Charge,
    /// The template of its version is here.
    pub known: bool,
}

/// An item with what was written about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFlow {
    /// The item.
    pub item: StoredRecord,
    /// Events about it in the books that speak about it, those that do not count included; whose hand each is from is told by
    /// [`ybz_domain::ledger::flow::Side::of_book`].
    pub events: Vec<StoredRecord>,
    /// Where it stands.
    pub row: FlowRow,
}

/// Columns of [`read`], in its order.
const COLUMNS: &str = "id, book, state, disputed, deadline, due, met, counts, leader, person, unit, known";

fn read(row: &Row<'_>) -> rusqlite::Result<(RecordId, i64, FlowRow)> {
    let day = |at: usize| row.get_ref(at).map(|day| day.as_str().ok().and_then(|day| day.parse::<Date>().ok()));
    let deadline: String = row.get(4)?;
    let counts: String = row.get(7)?;
    let stands = FlowRow {
        state: row.get(2)?,
        disputed: row.get(3)?,
        due: day(5)?.map(|by| (deadline, by)),
        met_on: day(6)?,
        counts: counts.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        charge: Charge { leader: row.get(8)?, person: row.get(9)?, unit: row.get(10)? },
        known: row.get(11)?,
    };
    Ok((RecordId(row.get(0)?), row.get(1)?, stands))
}

impl Store {
    /// Lets exactly these templates be known: those that come with the program and those of the rule packs that hold here.
    /// Items whose templates changed are derived anew; it costs nothing where nothing did.
    pub fn set_flows(&self, flows: &Flows) -> Result<(), StoreError> {
        if self.0.pool.with(|conn| Turn::to(conn, flows))?.is_nothing() {
            return Ok(());
        }
        let tags = ["up/tasks", "down/dispatch", "own/desk"].map(str::to_owned);
        // Looked at once more: another may have set them meanwhile.
        self.write_tagged(Tags::from(tags), |conn| Turn::to(conn, flows)?.make(conn))
    }
}

impl Reader<'_> {
    /// One page of items, with the number of all.
    pub fn flows(&self, query: &FlowQuery) -> Result<(u32, Vec<FoundFlow>), StoreError> {
        let books = self.books_asked(query, &query.offices)?;
        if books.is_empty() {
            return Ok((0, Vec::new()));
        }
        let mut filter = query.filter(&books);
        let table = query.table();
        let sql = format!("SELECT count(*) FROM {table}{}", filter.sql);
        let total: u32 =
            self.conn.prepare_cached(&sql)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?;
        if query.limit == 0 || total <= query.offset {
            return Ok((total, Vec::new()));
        }
        let (with, join) = query.places(&books, &mut filter);
        let order = query.order();
        let sql = format!("{with}SELECT {COLUMNS} FROM {table}{join}{} ORDER BY {order} LIMIT ? OFFSET ?", filter.sql);
        filter.values.extend([query.limit.into(), query.offset.into()]);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&filter.values), read)?;
        let page: Vec<(RecordId, i64, FlowRow)> = rows.collect::<Result<_, _>>()?;
        let found = page.into_iter().map(|one| self.found_flow(one));
        Ok((total, found.collect::<Result<_, _>>()?))
    }

    /// An item by its id: of these offices, in the first of their books that has it.
    pub fn flow(&self, offices: &[OfficeId], id: &RecordId) -> Result<Option<FoundFlow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM flows WHERE id = ?1 ORDER BY book");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![id.0], read)?;
        for row in rows {
            let row = row?;
            let book = books::by_row(self.conn, row.1)?.ok_or(StoreError::Garbled("flows"))?;
            if offices.contains(&book.key.office) {
                return self.found_flow(row).map(Some);
            }
        }
        Ok(None)
    }

    fn found_flow(&self, (id, book, row): (RecordId, i64, FlowRow)) -> Result<FoundFlow, StoreError> {
        let garbled = || StoreError::Garbled("flows");
        let item = self.named(records::get(self.conn, book, &id)?.ok_or_else(garbled)?)?;
        let events = flows::events(self.conn, &item.key, &id)?;
        let events = events.into_iter().map(|(stored, _)| self.named(stored)).collect::<Result<_, _>>()?;
        Ok(FoundFlow { item, events, row })
    }
}
