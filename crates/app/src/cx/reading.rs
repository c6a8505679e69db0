//! The ways into the read model: records of this office, records of subordinates, what was not sent yet.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{BookKey, BookKind, RecordView, Scope, SeenValue, is_deleted};
use ybz_domain::ids::{ChangeHash, OfficeId, RecordId};
use ybz_domain::ledger::IndexRow;
use ybz_domain::ledger::contents::contents;
use ybz_domain::ledger::dues::{ASSESSMENT, RELIEF};
use ybz_domain::ledger::member::{MEMBER, Member, settle_merges, stood_for};
use ybz_domain::ledger::standing::{Event, MEMBER_CHANGE, note_away};
use ybz_domain::ledger::transfer::{TRANSFER_OUT, TRANSFER_WORD, gone};
use ybz_domain::ledger::twice::{MERGED, merged_away};
use ybz_domain::office::OfficeKind;
use ybz_store::{Author, ConcernQuery, RecordQuery as Query, RowHash, Sort, StoredRecord};

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

impl Cx<'_> {
    pub(crate) fn query(&self, query: &Query) -> Answer<(u32, Vec<Stored>)> {
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

    pub(crate) fn own_query(&self, query: &Query) -> Answer<Vec<Stored>> {
        Ok(self.query(query)?.1.into_iter().filter(|stored| self.ours(stored)).collect())
    }

    /// Records of a type in this office's books; of one book year, or of all.
    pub(crate) fn records(&self, rtype: &str, year: Option<i16>) -> Answer<Vec<Stored>> {
        let query = Query { rtype: Some(rtype.to_owned()), offices: Some(vec![self.office]), year, ..Query::default() };
        self.own_query(&query)
    }

    /// Records of a type with a day in a year, whichever year's book they stand in: a day that was corrected across New Year
    /// leaves a record in the book in which it was opened.
    pub(crate) fn dated(&self, rtype: &str, year: i16) -> Answer<Vec<Stored>> {
        let of_year = format!("{year:04}");
        let query = Query {
            rtype: Some(rtype.to_owned()),
            offices: Some(vec![self.office]),
            around: Some(year),
            from: Some(of_year.clone()),
            to: Some(of_year),
            ..Query::default()
        };
        self.own_query(&query)
    }

    /// All records of this office's books of a kind, of every year.
    pub(crate) fn of_kind(&self, kind: BookKind) -> Answer<Vec<Stored>> {
        let query =
            Query { offices: Some(vec![self.office]), book_kind: Some(kind), sort: Sort::Id, ..Query::default() };
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

    /// Records about another in the books of an office that this one reads: its own, or one below it.
    pub(crate) fn about_in(&self, rtype: &str, office: OfficeId, about: &str) -> Answer<Vec<Stored>> {
        let query = Query {
            rtype: Some(rtype.to_owned()),
            offices: Some(vec![office]),
            about: Some(about.to_owned()),
            ..Query::default()
        };
        Ok(self.query(&query)?.1)
    }

    /// Handed-in concerns by where they stand.
    pub(crate) fn concerns(&self, query: &ConcernQuery) -> Answer<(u32, Vec<Stored>)> {
        let (total, found) = self.node.store.read(|reader| reader.concerns(query)).map_err(store_error)?;
        Ok((total, found.into_iter().map(Stored::from).collect()))
    }

    /// One page of this office's records, with the number of all.
    pub(crate) fn own_page(&self, query: Query) -> Answer<(u32, Vec<Stored>)> {
        let query = Query { offices: Some(vec![self.office]), ..query };
        let (total, found) = self.query(&query)?;
        Ok((total, found.into_iter().filter(|stored| self.ours(stored)).collect()))
    }

    /// All records of this office for a year: books of that year and the years next to it, evergreen ones, and every
    /// assessment and relief, which hold whichever year's book they stand in, and every word on a transfer.
    pub(crate) fn all_records(&self, year: i16) -> Answer<Vec<Stored>> {
        let query = Query { offices: Some(vec![self.office]), around: Some(year), sort: Sort::Id, ..Query::default() };
        let mut all = self.own_query(&query)?;
        let far = |stored: &Stored| stored.book.year.is_some_and(|of| of.abs_diff(year) > 1);
        for rtype in [ASSESSMENT, RELIEF, TRANSFER_WORD] {
            all.extend(self.records(rtype, None)?.into_iter().filter(far));
        }
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

    /// The same by their hashes alone, without what is about submitting itself: nothing of a record is read.
    pub(crate) fn month_hashes(&self, offices: &[OfficeId], kind: &BookKind, month: &str) -> Answer<Vec<RowHash>> {
        let read = |reader: &ybz_store::Reader<'_>| reader.row_hashes(offices, kind, month);
        let found = self.node.store.read(read).map_err(store_error)?;
        let stands = |row: &RowHash| self.membership.current(row.key.clone()) == row.key;
        Ok(found.into_iter().filter(stands).collect())
    }

    /// Records of subordinates.
    pub(crate) fn below(&self, rtype: &str, year: Option<i16>) -> Answer<Vec<Stored>> {
        let offices = Some(self.offices_below());
        let query = Query { rtype: Some(rtype.to_owned()), offices, year, ..Query::default() };
        Ok(self.query(&query)?.1)
    }

    /// A record by its id in a book of an office below this one.
    pub(crate) fn below_record(&self, id: &RecordId) -> Answer<Option<Stored>> {
        let below = self.offices_below();
        let query = |book: Option<&ybz_domain::ids::BookId>| {
            let found = self.node.store.read(|reader| reader.record(book, id)).map_err(store_error)?;
            let seen = |stored: &Stored| {
                below.contains(&stored.book.office)
                    && stored.book.writer() == stored.book.office
                    && !is_deleted(&stored.view.rtype)
                    && self.sees(&stored.book.kind)
            };
            Ok::<_, ErrorDto>(found.map(Stored::from).filter(seen))
        };
        if let Some(stored) = query(None)? {
            return Ok(Some(stored));
        }
        // Another book may hold a record of the same id: it must not hide the one that is meant.
        for (key, _) in self.catalog()?.iter().filter(|(key, _)| below.contains(&key.office)) {
            if let Some(stored) = query(Some(&key.id()))? {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }

    /// Records by (office, month) for the matrix: how many, and whether any was entered under a custodian's certificate.
    pub(crate) fn month_counts(&self, rtype: &str, year: i16) -> Answer<BTreeMap<(OfficeId, u8), (u32, bool)>> {
        let offices: BTreeSet<OfficeId> = self.offices_below().into_iter().collect();
        let (from, to) = (format!("{year:04}-01"), format!("{year:04}-12"));
        let counts = self.node.store.read(|reader| reader.month_counts(rtype, &from, &to)).map_err(store_error)?;
        let mut out: BTreeMap<(OfficeId, u8), (u32, bool)> = BTreeMap::new();
        let mut merged = BTreeSet::new();
        for count in counts.into_iter().filter(|count| offices.contains(&count.office)) {
            let Some(month) = count.month.get(5..7).and_then(|month| month.parse().ok()) else { continue };
            let cell = out.entry((count.office, month)).or_default();
            cell.1 |= count.custodian;
            // A session that was entered twice counts once.
            if count.state == MERGED {
                merged.insert(count.office);
            } else {
                cell.0 = cell.0.saturating_add(count.count);
            }
        }
        if merged.is_empty() {
            return Ok(out);
        }
        for stored in self.merged_below(rtype, year, merged.into_iter().collect())? {
            if let Some(month) = stored.row.date.get(5..7).and_then(|month| month.parse().ok()) {
                out.entry((stored.book.office, month)).or_default().0 += 1;
            }
        }
        Ok(out)
    }

    /// Of subordinates' records that say they were merged into another, those that count nevertheless: two may name each other.
    fn merged_below(&self, rtype: &str, year: i16, offices: Vec<OfficeId>) -> Answer<Vec<Stored>> {
        let (rtype, state) = (Some(rtype.to_owned()), Some(MERGED.to_owned()));
        let query = Query { rtype, offices: Some(offices), year: Some(year), state, ..Query::default() };
        let found = self.query(&query)?.1;
        let target = |stored: &Stored| stored.view.str("merged_into").parse::<RecordId>().ok();
        // What does not say so itself stands.
        let mut into: BTreeMap<RecordId, Option<RecordId>> =
            found.iter().filter_map(target).map(|target| (target, None)).collect();
        into.extend(found.iter().map(|stored| (stored.view.id, target(stored))));
        let away = merged_away(&into);
        Ok(found.into_iter().filter(|stored| !away.contains(&stored.view.id)).collect())
    }

    /// A record by its id in any book of this office, unless it is marked as deleted.
    pub(crate) fn find(&self, id: &str) -> Answer<Option<Stored>> {
        Ok(self.find_any(id)?.filter(|stored| !is_deleted(&stored.view.rtype)))
    }

    /// The same, deleted ones included.
    pub(crate) fn find_any(&self, id: &str) -> Answer<Option<Stored>> {
        let Ok(id) = id.parse::<RecordId>() else { return Ok(None) };
        // Another book may hold a record of the same id: it must not hide this office's own.
        let found = self.node.store.read(|reader| reader.records_of(&[id])).map_err(store_error)?;
        Ok(found.into_iter().map(Stored::from).find(|stored| self.ours(stored)))
    }

    /// Records by their ids in any book of this office, unless they are marked as deleted.
    pub(crate) fn find_each(&self, ids: &[RecordId]) -> Answer<BTreeMap<RecordId, Stored>> {
        let found = self.node.store.read(|reader| reader.records_of(ids)).map_err(store_error)?;
        let ours = |stored: &Stored| self.ours(stored) && !is_deleted(&stored.view.rtype);
        let mut out = BTreeMap::new();
        for stored in found.into_iter().map(Stored::from).filter(ours) {
            out.entry(stored.view.id).or_insert(stored);
        }
        Ok(out)
    }

    /// What a query asks for in this office's books of a kind, by ids and what lists filter and sort by: no record is read.
    pub(crate) fn rows(&self, kind: BookKind, query: Query) -> Answer<Vec<(RecordId, IndexRow)>> {
        if !self.sees(&kind) {
            return Ok(Vec::new());
        }
        let query = Query { offices: Some(vec![self.office]), book_kind: Some(kind), ..query };
        self.node.store.read(|reader| reader.rows(&query)).map_err(store_error)
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

    /// Members with their ids, left ones included, and those that were taken in elsewhere with the day of that.
    pub(crate) fn members(&self) -> Answer<Vec<(RecordId, Member)>> {
        Ok(self.roster()?.into_iter().map(|(id, member, _)| (id, member)).collect())
    }

    /// The same, each with whether a field has concurrent values.
    pub(crate) fn roster(&self) -> Answer<Vec<(RecordId, Member, bool)>> {
        let gone = self.gone()?;
        let records = self.records(MEMBER, None)?;
        let mut members: Vec<(RecordId, Member)> = records
            .iter()
            .filter_map(|stored| Some((stored.view.id, Member::read(&stored.view)?)))
            .map(|(id, member)| (id, since_gone(&gone, id, member)))
            .collect();
        settle_merges(&mut members);
        // Who came neither from elsewhere nor a second time was never away, and most changes are about neither.
        let came = |event| self.changes_of_kind(event).map(|changes| !changes.is_empty());
        if came(Event::TransferredIn)? || came(Event::Probationary)? {
            let changes = self.records(MEMBER_CHANGE, None)?;
            note_away(&mut members, changes.iter().map(|stored| &stored.view));
        }
        let conflicted = records.iter().filter(|stored| stored.row.conflict).map(|stored| stored.view.id);
        let conflicted: BTreeSet<RecordId> = conflicted.collect();
        Ok(members.into_iter().map(|(id, member)| (id, member, conflicted.contains(&id))).collect())
    }

    fn changes_of_kind(&self, event: Event) -> Answer<Vec<Stored>> {
        let (rtype, kind) = (Some(MEMBER_CHANGE.to_owned()), Some(event.as_str().to_owned()));
        self.own_query(&Query { rtype, kind, offices: Some(vec![self.office]), ..Query::default() })
    }

    /// Members that the committee told were taken in elsewhere, with the day.
    pub(crate) fn gone(&self) -> Answer<BTreeMap<RecordId, String>> {
        let mut records = self.records(TRANSFER_OUT, None)?;
        if records.is_empty() {
            return Ok(BTreeMap::new());
        }
        records.extend(self.records(TRANSFER_WORD, None)?);
        Ok(gone(records.iter().map(|stored| &stored.view)))
    }

    /// Records of members that others stand for, each with the one that stands for it in the end.
    pub(crate) fn merged(&self) -> Answer<BTreeMap<String, String>> {
        Ok(stood_for(&self.members()?))
    }

    /// The same by ids, for what is counted by person.
    pub(crate) fn stood_for(&self) -> Answer<BTreeMap<RecordId, RecordId>> {
        Ok(self.merged()?.into_iter().filter_map(|(of, by)| Some((of.parse().ok()?, by.parse().ok()?))).collect())
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

    /// The device that wrote a value, with the day and the declared name.
    pub(crate) fn writer(&self, book: &BookKey, seen: &SeenValue) -> Answer<Option<Author>> {
        self.node.store.author(&book.id(), &seen.actor, seen.change.as_ref()).map_err(store_error)
    }

    /// Who wrote a value, and on which day.
    pub(crate) fn author(&self, book: &BookKey, seen: &SeenValue) -> Answer<(String, String)> {
        let Some(Author { device, on, .. }) = self.writer(book, seen)? else {
            return Ok((String::new(), String::new()));
        };
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

fn since_gone(gone: &BTreeMap<RecordId, String>, id: RecordId, mut member: Member) -> Member {
    if let Some(on) = gone.get(&id).filter(|_| member.left_on.is_empty()) {
        on.clone_into(&mut member.left_on);
    }
    member
}
