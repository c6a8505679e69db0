//! Lists of concerns by where they stand, which follows from the branch's steps and the answers from above.

use rusqlite::params_from_iter;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::answer::{ANSWER, REOPENED};
use ybz_domain::ledger::visit::{CONCERN, STEP};

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

/// The same as [`ybz_domain::ledger::answer::standing`]. A step counts in a book of the same office, an answer in a dispatch
/// book to it, so that nobody speaks for another. Both orders are by day, then by id.
pub(crate) fn standing() -> String {
    let latest = |rtype: &str, which: &str, kind: &str| {
        format!(
            "(SELECT {which} FROM records s INDEXED BY records_about CROSS JOIN books b ON b.id = s.book
               WHERE s.about <> '' AND s.about = lower(hex(c.id)) AND s.rtype = '{rtype}' AND b.kind {kind}
                 AND b.office = (SELECT office FROM books WHERE id = c.book)
               ORDER BY s.date DESC, s.id DESC LIMIT 1)"
        )
    };
    let key = "s.date || hex(s.id)";
    let (step, stepped) = (latest(STEP, "s.state", "LIKE 'up/%'"), latest(STEP, key, "LIKE 'up/%'"));
    let (answer, answered) = (latest(ANSWER, "s.state", "LIKE 'down/%'"), latest(ANSWER, key, "LIKE 'down/%'"));
    format!(
        "CASE WHEN {step} = 'closed' THEN 'closed'
              WHEN {answer} IN ('answered', 'declined')
                   AND NOT (coalesce({step}, '') = '{REOPENED}' AND {stepped} > {answered}) THEN 'answered'
              WHEN coalesce({step}, '') = '' AND {answer} IS NULL THEN 'handed_in'
              ELSE 'in_progress' END"
    )
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
