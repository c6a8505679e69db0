//! The ways into the read model: records of this office, records of subordinates, what was not sent yet.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKey, BookKind, RecordView, Scope, SeenValue};
use ybz_domain::ids::{ChangeHash, OfficeId, RecordId};
use ybz_domain::ledger::IndexRow;
use ybz_domain::ledger::contents::contents;
use ybz_domain::ledger::dues::ASSESSMENT;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::office::OfficeKind;
use ybz_store::{CountQuery, RecordQuery as Query, Sort, StoredRecord};

use super::Cx;
use crate::ErrorDto;
use crate::error::Answer;
use crate::node::store_error;

/// A record of the read model with the book it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) book: BookKey,
    pub(crate) view: RecordView,
    pub(crate) row: IndexRow,
}

impl From<StoredRecord> for Stored {
    fn from(stored: StoredRecord) -> Self {
        Self { book: stored.key, view: stored.view, row: stored.row }
    }
}

/// What a committee's list of subordinates' records asks for.
pub(crate) struct Below {
    pub(crate) rtype: &'static str,
    pub(crate) year: i16,
    pub(crate) office: Option<OfficeId>,
    pub(crate) month: Option<u8>,
    pub(crate) text: String,
    pub(crate) sort: String,
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

impl Cx<'_> {
    fn query(&self, query: &Query) -> Answer<(u32, Vec<Stored>)> {
        let (total, found) = self.node.store.read(|reader| reader.query(query)).map_err(store_error)?;
        let seen = found.into_iter().map(Stored::from).filter(|stored| self.sees(&stored.book.kind));
        Ok((total, seen.collect()))
    }

    /// What stands in this office's own books, or was sent down to it as one of the types of a dispatch book. Nothing else
    /// that a superior writes there counts as the office's record.
    fn ours(&self, stored: &Stored) -> bool {
        let sent_down = || contents(&BookKind::dispatch()).iter().any(|one| one.name == stored.view.rtype);
        stored.book.office == self.office && (stored.book.writer() == self.office || sent_down())
    }

    fn own_query(&self, query: &Query) -> Answer<Vec<Stored>> {
        Ok(self.query(query)?.1.into_iter().filter(|stored| self.ours(stored)).collect())
    }

    /// Records of a type in this office's books; of one book year, or of all.
    pub(crate) fn records(&self, rtype: &str, year: Option<i16>) -> Answer<Vec<Stored>> {
        let query = Query { rtype: Some(rtype.to_owned()), offices: Some(vec![self.office]), year, ..Query::default() };
        self.own_query(&query)
    }

    /// Records of this office that are about another.
    pub(crate) fn about(&self, rtype: &str, about: &str) -> Answer<Vec<Stored>> {
        let query = Query {
            rtype: Some(rtype.to_owned()),
            offices: Some(vec![self.office]),
            about: Some(about.to_owned()),
            ..Query::default()
        };
        self.own_query(&query)
    }

    /// All records of this office for a year: books of that year and the years next to it, evergreen ones, and every
    /// assessment, which holds until the next one whichever year's book it stands in.
    pub(crate) fn all_records(&self, year: i16) -> Answer<Vec<Stored>> {
        let query = Query { offices: Some(vec![self.office]), around: Some(year), sort: Sort::Id, ..Query::default() };
        let mut all = self.own_query(&query)?;
        let far = |stored: &Stored| stored.book.year.is_some_and(|of| of.abs_diff(year) > 1);
        all.extend(self.records(ASSESSMENT, None)?.into_iter().filter(far));
        Ok(all)
    }

    /// Offices whose `up/` books reach this one.
    pub(crate) fn offices_below(&self) -> Vec<OfficeId> {
        let mut out = Vec::new();
        // Those that ended this year are still looked at; what was merged into this office is its own to read.
        let mut next = self.membership.children_on(&self.office, self.today);
        next.extend(self.membership.predecessors(&self.office));
        while let Some(office) = next.pop() {
            let passes = self.membership.offices.get(&office).is_some_and(|v| v.kind == OfficeKind::GeneralBranch);
            if passes {
                next.extend(self.membership.children_on(&office, self.today));
            }
            out.push(office);
        }
        out.sort();
        out
    }

    /// Records of books of a kind that lie in a month, by what the books of these offices are now; whoever is at the screen,
    /// since what is submitted and compared may not depend on it.
    pub(crate) fn month_rows(&self, offices: &[OfficeId], kind: &BookKind, month: &str) -> Answer<Vec<Stored>> {
        let query = Query {
            offices: Some(offices.to_vec()),
            book_kind: Some(kind.clone()),
            from: Some(month.to_owned()),
            to: Some(month.to_owned()),
            sort: Sort::Id,
            ..Query::default()
        };
        let (_, found) = self.node.store.read(|reader| reader.query(&query)).map_err(store_error)?;
        let stands = |key: &BookKey| self.membership.current(key.clone()) == *key;
        Ok(found.into_iter().map(Stored::from).filter(|stored| stands(&stored.book)).collect())
    }

    /// Records of subordinates.
    pub(crate) fn below(&self, rtype: &str, year: Option<i16>) -> Answer<Vec<Stored>> {
        let offices = Some(self.offices_below());
        let query = Query { rtype: Some(rtype.to_owned()), offices, year, ..Query::default() };
        Ok(self.query(&query)?.1)
    }

    /// One page of subordinates' records, with the number of all.
    pub(crate) fn below_page(&self, below: &Below) -> Answer<(u32, Vec<Stored>)> {
        let all = self.offices_below();
        let offices = match below.office {
            Some(office) if all.contains(&office) => vec![office],
            Some(_) => return Err(ErrorDto::new("office_unknown").at("office")),
            None => all,
        };
        let (descending, column) = match below.sort.strip_prefix('-') {
            Some(column) => (true, column),
            None => (false, below.sort.as_str()),
        };
        let sort = match (column, descending) {
            ("amountFen", false) => Sort::AmountAsc,
            ("amountFen", true) => Sort::AmountDesc,
            ("title", _) => Sort::Text,
            ("state", _) => Sort::State,
            ("", _) | ("date", true) => Sort::DateDesc,
            ("date", false) => Sort::DateAsc,
            _ => return Err(ErrorDto::new("invalid_input").at("sort").with("value", column)),
        };
        let month = below.month.map(|month| format!("{:04}-{month:02}", below.year));
        let query = Query {
            rtype: Some(below.rtype.to_owned()),
            offices: Some(offices),
            year: Some(below.year),
            from: month.clone(),
            to: month.map(|month| format!("{month}-31")),
            text: (!below.text.is_empty()).then(|| below.text.clone()),
            sort,
            offset: below.offset,
            limit: below.limit,
            ..Query::default()
        };
        self.query(&query)
    }

    /// Records by (office, month) for the matrix.
    pub(crate) fn month_counts(&self, rtype: &str, year: i16) -> Answer<BTreeMap<(OfficeId, u8), u32>> {
        let offices = self.offices_below();
        let query = CountQuery {
            rtypes: vec![rtype.to_owned()],
            from: Some(format!("{year:04}-01")),
            to: Some(format!("{year:04}-12-31")),
        };
        let counts = self.node.store.read(|reader| reader.counts(&query)).map_err(store_error)?;
        let mut out: BTreeMap<(OfficeId, u8), u32> = BTreeMap::new();
        for count in counts.into_iter().filter(|count| offices.contains(&count.office)) {
            if let Some(month) = count.month.get(5..7).and_then(|month| month.parse().ok()) {
                *out.entry((count.office, month)).or_default() += count.count;
            }
        }
        Ok(out)
    }

    /// A record by its id in any book of this office.
    pub(crate) fn find(&self, id: &str) -> Answer<Option<Stored>> {
        let Ok(id) = id.parse::<RecordId>() else { return Ok(None) };
        let found = self.node.store.read(|reader| reader.record(None, &id)).map_err(store_error)?;
        if let Some(stored) = found.map(Stored::from).filter(|stored| self.ours(stored)) {
            return Ok(Some(stored));
        }
        // Another book may hold a record of the same id: it must not hide this office's own.
        for (key, _) in self.catalog()?.iter().filter(|(key, _)| key.office == self.office) {
            let book = key.id();
            let found = self.node.store.read(|reader| reader.record(Some(&book), &id)).map_err(store_error)?;
            if let Some(stored) = found.map(Stored::from).filter(|stored| self.ours(stored)) {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }

    pub(crate) fn own(&self, id: &str) -> Answer<Stored> {
        self.find(id)?.ok_or_else(|| ErrorDto::new("not_found").with("id", id))
    }

    /// A record of a type in this office's books.
    pub(crate) fn own_record(&self, id: &str, rtype: &str) -> Answer<Stored> {
        self.find(id)?
            .filter(|stored| stored.view.rtype == rtype)
            .ok_or_else(|| ErrorDto::new("not_found").with("id", id).with("type", rtype))
    }

    /// Records of this office with open conflicts.
    pub(crate) fn conflicted(&self) -> Answer<Vec<Stored>> {
        let all = self.node.store.read(|reader| reader.conflicts()).map_err(store_error)?;
        let seen = |stored: &Stored| self.ours(stored) && self.sees(&stored.book.kind);
        Ok(all.into_iter().map(Stored::from).filter(seen).collect())
    }

    /// Members with their ids, left ones included.
    pub(crate) fn members(&self) -> Answer<Vec<(RecordId, Member)>> {
        let records = self.records(MEMBER, None)?;
        Ok(records.iter().filter_map(|s| Member::read(&s.view).map(|member| (s.view.id, member))).collect())
    }

    /// Book years that hold anything, and the current one.
    pub(crate) fn years(&self) -> Answer<Vec<i16>> {
        let mut years: Vec<i16> = self
            .catalog()?
            .iter()
            .filter(|(key, _)| key.office == self.office)
            .filter_map(|(key, _)| key.year)
            .chain([self.today.year()])
            .collect();
        years.sort_unstable();
        years.dedup();
        Ok(years)
    }

    /// Every book here with its heads.
    pub(crate) fn catalog(&self) -> Answer<Vec<(BookKey, Vec<ChangeHash>)>> {
        self.node.store.catalog(&|_| true).map_err(store_error)
    }

    /// Who wrote a value, and on which day.
    pub(crate) fn author(&self, book: &BookKey, seen: &SeenValue) -> Answer<(String, String)> {
        let written = self.node.store.author(&book.id(), &seen.actor, seen.change.as_ref()).map_err(store_error)?;
        let Some((device, on)) = written else { return Ok((String::new(), String::new())) };
        let holder = self.membership.certificate(&book.writer(), &device).and_then(|c| c.holder.clone());
        let short = || device.to_string().chars().take(8).collect();
        Ok((holder.unwrap_or_else(short), on.map(|on| on.to_string()).unwrap_or_default()))
    }

    /// Changes of this office that its superior has not receipted; none are owed before it has one.
    pub(crate) fn unsent(&self) -> Answer<u32> {
        let Some(superior) = self.superior() else { return Ok(0) };
        let mut unsent = 0u32;
        for (key, _) in self.catalog()? {
            if key.office == self.office && key.kind.scope() == Scope::Up {
                unsent =
                    unsent.saturating_add(self.node.store.unsent(&key.id(), Some(&superior)).map_err(store_error)?);
            }
        }
        Ok(unsent)
    }
}
