//! Lists of checklist items: filtered, sorted and cut into pages in the read model.

use rusqlite::types::Value as Sql;
use rusqlite::{params, params_from_iter};
use ybz_domain::ids::{OfficeId, RecordId};

use crate::error::StoreError;
use crate::reader::{Reader, StoredRecord};
use crate::table::{books, items, records};

/// Order of a list of items; equal ones by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItemSort {
    /// Unfinished ones first, by deadline.
    #[default]
    Due,
    /// By deadline.
    Deadline,
    /// By title.
    Title,
    /// By responsible leader.
    Leader,
    /// By responsible person.
    Person,
    /// By state.
    State,
    /// By office.
    Office,
}

/// Which items, in which order. Whatever is none or empty filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemQuery {
    /// Of these offices.
    pub offices: Vec<OfficeId>,
    /// Of books of this year, with what earlier years left unfinished.
    pub year: Option<i16>,
    /// Of exactly this year's books.
    pub only_year: Option<i16>,
    /// `own`, `rectification` or `superior`.
    pub origin: Option<String>,
    /// One of these states.
    pub states: Vec<String>,
    /// Finished, or not.
    pub finished: Option<bool>,
    /// 已签收, or not.
    pub acknowledged: Option<bool>,
    /// With decisions that disagree.
    pub disputed: Option<bool>,
    /// Deadline from this day on.
    pub from: Option<String>,
    /// Deadline up to this day, included.
    pub to: Option<String>,
    /// Text that title, measure or problem contain, in any case, or the person is one of `people`.
    pub text: Option<String>,
    /// See `text`.
    pub people: Vec<String>,
    /// This responsible leader.
    pub leader: Option<String>,
    /// This responsible person.
    pub person: Option<String>,
    /// Order.
    pub sort: ItemSort,
    /// The other way round.
    pub descending: bool,
    /// Items to leave out at the start.
    pub offset: u32,
    /// Most items to return.
    pub limit: u32,
}

/// An item with what was written about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundItem {
    /// The item.
    pub item: StoredRecord,
    /// Steps in the office's own books and decisions from above.
    pub about: Vec<StoredRecord>,
}

#[derive(Default)]
struct Filter {
    sql: String,
    values: Vec<Sql>,
}

impl Filter {
    fn term(&mut self, term: &str, values: impl IntoIterator<Item = Sql>) {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        self.sql.push_str(term);
        self.values.extend(values);
    }

    fn any(&mut self, column: &str, values: Vec<Sql>) {
        if !values.is_empty() {
            self.term(&format!("{column} IN ({})", vec!["?"; values.len()].join(", ")), values);
        }
    }
}

impl ItemQuery {
    fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        filter.any("office", self.offices.iter().map(|office| office.0.to_vec().into()).collect());
        if let Some(year) = self.year {
            let year: Sql = i64::from(year).into();
            filter.term("(year = ? OR (year < ? AND finished = 0))", [year.clone(), year]);
        }
        let texts = [
            ("origin = ?", &self.origin),
            ("deadline >= ?", &self.from),
            ("deadline <> '' AND deadline <= ?", &self.to),
            ("leader = ?", &self.leader),
            ("person = ?", &self.person),
        ];
        for (term, value) in texts {
            if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
                filter.term(term, [value.clone().into()]);
            }
        }
        if let Some(year) = self.only_year {
            filter.term("year = ?", [i64::from(year).into()]);
        }
        for (term, flag) in
            [("finished = ?", self.finished), ("acknowledged = ?", self.acknowledged), ("disputed = ?", self.disputed)]
        {
            if let Some(flag) = flag {
                filter.term(term, [i64::from(flag).into()]);
            }
        }
        filter.any("state", self.states.iter().map(|state| state.clone().into()).collect());
        let text = self.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
        if let Some(text) = text {
            let marks = vec!["?"; self.people.len()].join(", ");
            let mut values: Vec<Sql> = vec![text.into()];
            for _ in 0..2 {
                values.extend(self.people.iter().map(|name| Sql::from(name.clone())));
            }
            filter.term(&format!("(instr(words, ?) > 0 OR person IN ({marks}) OR leader IN ({marks}))"), values);
        }
        filter
    }

    fn order(&self) -> String {
        let column = match self.sort {
            ItemSort::Due => "finished",
            ItemSort::Deadline => "deadline",
            ItemSort::Title => "title",
            ItemSort::Leader => "leader",
            ItemSort::Person => "person",
            ItemSort::State => "state",
            ItemSort::Office => "office",
        };
        let way = if self.descending { " DESC" } else { "" };
        format!("{column}{way}, deadline{way}, id{way}")
    }
}

impl Reader<'_> {
    /// One page of items, with the number of all.
    pub fn items(&self, query: &ItemQuery) -> Result<(u32, Vec<FoundItem>), StoreError> {
        let mut filter = query.filter();
        let total = self.count(&filter)?;
        let sql = format!("SELECT id, book FROM items{} ORDER BY {} LIMIT ? OFFSET ?", filter.sql, query.order());
        filter.values.extend([query.limit.into(), query.offset.into()]);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params_from_iter(&filter.values), |row| Ok((RecordId(row.get(0)?), row.get(1)?)))?;
        let page: Vec<(RecordId, i64)> = rows.collect::<Result<_, _>>()?;
        let found = page.into_iter().map(|(id, book)| self.found(book, &id));
        Ok((total, found.collect::<Result<_, _>>()?))
    }

    /// How many items a query finds.
    pub fn count_items(&self, query: &ItemQuery) -> Result<u32, StoreError> {
        self.count(&query.filter())
    }

    /// An item by its id: of these offices, wherever it stands.
    pub fn item(&self, offices: &[OfficeId], id: &RecordId) -> Result<Option<FoundItem>, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT book, office FROM items WHERE id = ?1 ORDER BY book")?;
        let rows = statement.query_map(params![id.0], |row| Ok((row.get::<_, i64>(0)?, OfficeId(row.get(1)?))))?;
        let rows: Vec<(i64, OfficeId)> = rows.collect::<Result<_, _>>()?;
        let book = rows.into_iter().find(|(_, office)| offices.contains(office)).map(|(book, _)| book);
        book.map(|book| self.found(book, id)).transpose()
    }

    /// Names that stand as responsible leader or person in items of these offices.
    pub fn item_people(&self, offices: &[OfficeId]) -> Result<Vec<String>, StoreError> {
        let query = ItemQuery { offices: offices.to_vec(), ..ItemQuery::default() };
        let filter = query.filter();
        let sql = format!(
            "SELECT leader FROM items INDEXED BY items_leader{0} UNION SELECT person FROM items INDEXED BY items_person{0}",
            filter.sql
        );
        let values = [filter.values.clone(), filter.values].concat();
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(0))?;
        let names = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(names.into_iter().filter(|name| !name.is_empty()).collect())
    }

    fn count(&self, filter: &Filter) -> Result<u32, StoreError> {
        let sql = format!("SELECT count(*) FROM items{}", filter.sql);
        Ok(self.conn.prepare_cached(&sql)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?)
    }

    fn found(&self, book: i64, id: &RecordId) -> Result<FoundItem, StoreError> {
        let garbled = || StoreError::Garbled("items");
        let row = books::by_row(self.conn, book)?.ok_or_else(garbled)?;
        let about = items::about(self.conn, &row.key, id)?;
        let stored = records::get(self.conn, book, id)?.ok_or_else(garbled)?;
        Ok(FoundItem {
            item: self.named(stored)?,
            about: about.into_iter().map(|stored| self.named(stored)).collect::<Result<_, _>>()?,
        })
    }
}
