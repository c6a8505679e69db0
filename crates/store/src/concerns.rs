//! Lists of concerns by where they stand, which was derived from the branch's steps and the answers from above.

use rusqlite::params_from_iter;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::visit::CONCERN;

use crate::error::StoreError;
use crate::query::{Filter, RecordQuery};
use crate::reader::{Reader, StoredRecord};
use crate::table::records::{self, columns};

/// Which handed-in concerns, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConcernQuery {
    /// Books of these offices.
    pub offices: Vec<OfficeId>,
    /// Books of this year; none: of any.
    pub year: Option<i16>,
    /// A word of [`ybz_domain::ledger::answer::Standing`], or `open` for all but closed ones; none: any.
    pub state: Option<String>,
    /// Text that the concern or its date contains.
    pub text: Option<String>,
    /// Concerns to leave out at the start.
    pub offset: u32,
    /// Most concerns to return.
    pub limit: u32,
}

/// Where the concern `c` stands, as it was derived.
pub(crate) fn standing() -> String {
    "SELECT standing FROM concern_states s WHERE s.id = c.id AND s.book = c.book".to_owned()
}

impl Reader<'_> {
    /// Handed-in concerns that a query asks for, with their number in total.
    pub fn concerns(&self, query: &ConcernQuery) -> Result<(u32, Vec<StoredRecord>), StoreError> {
        let wanted = RecordQuery {
            rtype: Some(CONCERN.to_owned()),
            offices: Some(query.offices.clone()),
            year: query.year,
            ..RecordQuery::default()
        };
        let Some(books) = self.books_for(&wanted)? else { return Ok((0, Vec::new())) };
        let mut filter = Filter::default();
        filter.text("rtype = ?", Some(CONCERN));
        filter.books(books.as_deref().unwrap_or_default());
        let text = query.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
        if let Some(text) = text {
            filter.contains(&text, &[]);
        }
        match query.state.as_deref().filter(|state| !state.is_empty()) {
            None => {}
            Some("open") => filter.term(&format!("({}) <> 'closed'", standing())),
            Some(state) => {
                filter.term(&format!("({}) = ?", standing()));
                filter.values.push(state.to_owned().into());
            }
        }
        let total = format!("SELECT count(*) FROM records c{}", filter.sql);
        let total: u32 =
            self.conn.prepare_cached(&total)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?;
        if query.limit == 0 || total <= query.offset {
            return Ok((total, Vec::new()));
        }
        let list = format!(
            concat!("SELECT ", columns!(), " FROM records c{} ORDER BY date DESC, id DESC LIMIT ? OFFSET ?"),
            filter.sql
        );
        filter.values.push(query.limit.into());
        filter.values.push(query.offset.into());
        let mut statement = self.conn.prepare_cached(&list)?;
        let rows = statement.query_map(params_from_iter(&filter.values), records::read)?;
        let found = rows.map(|row| self.named(records::stored(row?)?)).collect::<Result<_, _>>()?;
        Ok((total, found))
    }
}
