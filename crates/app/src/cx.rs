//! The context of a call: one office of this node, its day, and the few ways into its books.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use ybz_domain::book::{BookKey, BookKind, RecordOp, RecordView, Scope, SeenValue};
use ybz_domain::date::{CLOCK_FLOOR, DateError, is_far};
use ybz_domain::ids::{ChangeHash, DeviceId, OfficeId, RecordId, Serial, TreeId};
use ybz_domain::ledger::IndexRow;
use ybz_domain::ledger::checklist::DISPATCHED;
use ybz_domain::ledger::dues::ASSESSMENT;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::office::OfficeKind;
use ybz_domain::rules::Rules;
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::{DeviceKey, Signed};
use ybz_domain::trust::{Body, Charter, Entry, Founding, Membership, Reader, Withheld, may_write, withhold};
use ybz_store::{
    BookEdit, CountQuery, HouseholdKeyRow, LogEntry, RecordQuery as Query, SideWrites, Sort, StoredRecord,
};

use crate::ErrorDto;
use crate::dto::meeting::RuleRef;
use crate::dto::{ListInput, Page};
use crate::error::Answer;
use crate::natural;
use crate::node::{Inner, store_error};

pub(crate) use ybz_store::Carrier;

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

/// One office of this node, on one day.
pub(crate) struct Cx<'a> {
    pub(crate) node: &'a Arc<Inner>,
    pub(crate) office: OfficeId,
    pub(crate) today: Date,
    membership: Arc<Membership>,
}

/// Steps collected for one commit, with the rows that go into the same transaction.
#[derive(Default)]
pub(crate) struct Edits {
    books: Vec<BookEdit>,
    side: SideWrites,
    drafts: Vec<(String, String)>,
    log: Vec<(String, BTreeMap<String, String>)>,
}

impl Edits {
    /// Adds a step to a book.
    pub(crate) fn push(&mut self, key: BookKey, op: RecordOp) {
        match self.books.iter_mut().find(|edit| edit.key == key) {
            Some(edit) => edit.ops.push(op),
            None => self.books.push(BookEdit { key, ops: vec![op] }),
        }
    }

    /// The draft that this commit finishes.
    pub(crate) fn finish_draft(&mut self, form: &str, key: &str) {
        self.drafts.push((form.to_owned(), key.to_owned()));
    }

    /// A key that this commit makes.
    pub(crate) fn new_key(&mut self, subject: RecordId, key_id: Serial, key: HouseholdKey) {
        self.side.household_keys.push(HouseholdKeyRow { household: subject, key_id, key });
    }

    /// The key made for a subject in this same commit.
    pub(crate) fn key_of(&self, subject: &RecordId) -> Option<(Serial, HouseholdKey)> {
        let row = self.side.household_keys.iter().find(|row| row.household == *subject)?;
        Some((row.key_id, row.key.clone()))
    }

    /// A line of the local log; no private word belongs into it.
    pub(crate) fn log(&mut self, code: &str, params: &[(&str, String)]) {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.log.push((code.to_owned(), params));
    }

    /// The invitation that this commit gives to a device.
    pub(crate) fn admit(&mut self, slot: Serial, device: DeviceId) {
        self.side.admits = Some((slot, device));
    }

    /// A setting to put.
    pub(crate) fn setting(&mut self, name: &str, value: serde_json::Value) {
        self.side.settings.push((name.to_owned(), value));
    }

    /// Entries of issuance logs to keep.
    pub(crate) fn entry(&mut self, entry: Signed<Entry>) {
        self.side.entries.push(entry);
    }
}

/// What proves offices to whoever knows the tree.
pub(crate) type Proof = (Vec<Signed<Charter>>, Vec<Signed<Entry>>, Vec<Withheld>);

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

impl<'a> Cx<'a> {
    /// The office named by its id; without one the only office of this node.
    pub(crate) fn new(node: &'a Arc<Inner>, office: Option<&str>) -> Answer<Self> {
        let offices = node.offices()?;
        let unknown = || ErrorDto::new("office_unknown");
        let office = match (office, offices.as_slice()) {
            (_, []) => return Err(ErrorDto::new("not_initialised")),
            (None, [only]) => *only,
            (None, _) => return Err(unknown()),
            (Some(id), offices) => {
                let id: OfficeId = id.parse().map_err(|_| unknown())?;
                *offices.iter().find(|office| **office == id).ok_or_else(unknown)?
            }
        };
        Self::of(node, office)
    }

    pub(crate) fn of(node: &'a Arc<Inner>, office: OfficeId) -> Answer<Self> {
        let membership = node.store.membership().map_err(store_error)?;
        Ok(Self { node, office, today: node.today(), membership })
    }

    pub(crate) fn membership(&self) -> &Membership {
        &self.membership
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.node.rules
    }

    /// A rule as verdicts show it.
    pub(crate) fn rule(&self, article: &str) -> Answer<RuleRef> {
        let rules = self.rules();
        let found = rules.article(article).ok_or_else(|| ErrorDto::internal("rules", &article))?;
        Ok(RuleRef {
            id: found.id.clone(),
            version: rules.version.clone(),
            citation: found.citation.clone(),
            text: found.text.clone(),
        })
    }

    pub(crate) fn today_text(&self) -> String {
        self.today.to_string()
    }

    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        self.node.bytes()
    }

    pub(crate) fn new_id(&self) -> RecordId {
        RecordId::new((self.node.clock)().1, self.random())
    }

    pub(crate) fn device(&self) -> DeviceKey {
        self.node.store.device()
    }

    pub(crate) fn kind(&self) -> OfficeKind {
        self.membership.offices.get(&self.office).map_or(OfficeKind::Branch, |view| view.kind)
    }

    pub(crate) fn office_name(&self) -> String {
        self.name_of(&self.office)
    }

    pub(crate) fn name_of(&self, office: &OfficeId) -> String {
        self.membership.offices.get(office).map(|view| view.name.clone()).unwrap_or_default()
    }

    pub(crate) fn superior(&self) -> Option<OfficeId> {
        self.membership.parent(&self.office)
    }

    pub(crate) fn superior_name(&self) -> Option<String> {
        self.superior().map(|superior| self.name_of(&superior))
    }

    /// The pinned tree, once this office belongs to it.
    pub(crate) fn tree(&self) -> Option<TreeId> {
        self.membership.tree.filter(|_| self.membership.joined(&self.office))
    }

    pub(crate) fn founding(&self) -> Answer<Option<Founding>> {
        let all = self.node.store.foundings().map_err(store_error)?;
        Ok(all.iter().filter_map(|signed| signed.peek().ok()).find(|founding| founding.office == self.office))
    }

    /// This device may change the office's books.
    pub(crate) fn must_write(&self) -> Answer<()> {
        let device = self.device().id();
        match self.membership.certificate(&self.office, &device) {
            Some(certificate) if certificate.removed.is_none() && certificate.role.writes() => Ok(()),
            _ => Err(ErrorDto::new("viewer_cannot_write")),
        }
    }

    /// A book of this office.
    pub(crate) fn book(&self, kind: BookKind, year: i16) -> BookKey {
        BookKey::new(self.office, kind, year)
    }

    /// A date that was understood; one more than a year away must have been confirmed.
    pub(crate) fn check_far(&self, date: Result<Date, DateError>, field: &str, confirmed: bool) -> Answer<Date> {
        let date = date.map_err(|error| match error {
            DateError::Empty => ErrorDto::new("required").at(field),
            DateError::Form(text) | DateError::Calendar(text) => {
                ErrorDto::new("date_not_understood").at(field).with("text", text)
            }
        })?;
        if is_far(date, self.today) && !confirmed {
            return Err(ErrorDto::new("date_far").at(field).with("date", date));
        }
        Ok(date)
    }

    /// The one door for changes: everything in one transaction, or nothing.
    pub(crate) fn commit(&self, mut edits: Edits) -> Answer<()> {
        self.must_write()?;
        let device = self.device().id();
        for edit in &edits.books {
            if !may_write(&self.membership, Reader { office: self.office, device }, &edit.key) {
                return Err(ErrorDto::new("not_allowed").with("book", &edit.key.kind));
            }
        }
        edits.side.delete_drafts = edits.drafts.into_iter().map(|(form, key)| (self.draft_form(&form), key)).collect();
        edits.side.log =
            edits.log.into_iter().map(|(code, params)| LogEntry { on: self.today, code, params }).collect();
        self.node.store.commit(self.today, edits.books, edits.side).map_err(store_error)?;
        Ok(())
    }

    /// Drafts are kept per office.
    pub(crate) fn draft_form(&self, form: &str) -> String {
        format!("{}/{form}", self.office)
    }

    fn query(&self, query: &Query) -> Answer<(u32, Vec<Stored>)> {
        let (total, found) = self.node.store.read(|reader| reader.query(query)).map_err(store_error)?;
        Ok((total, found.into_iter().map(Stored::from).collect()))
    }

    /// What stands in this office's own books, or was sent down to it as an item. Nothing else that a superior writes into
    /// a dispatch book counts as the office's record.
    fn ours(&self, stored: &Stored) -> bool {
        stored.book.office == self.office && (stored.book.writer() == self.office || stored.view.rtype == DISPATCHED)
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

    /// Offices right below one, in the order in which people look for them.
    pub(crate) fn children(&self, office: &OfficeId) -> Vec<OfficeId> {
        let mut children = self.membership.children(office);
        children.sort_by_cached_key(|child| (natural::key(&self.name_of(child)), *child));
        children
    }

    /// Offices whose `up/` books reach this one.
    fn offices_below(&self) -> Vec<OfficeId> {
        let mut out = Vec::new();
        let mut next = self.membership.children(&self.office);
        while let Some(office) = next.pop() {
            let passes = self.membership.offices.get(&office).is_some_and(|v| v.kind == OfficeKind::GeneralBranch);
            if passes {
                next.extend(self.membership.children(&office));
            }
            out.push(office);
        }
        out.sort();
        out
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
        Ok(all.into_iter().map(Stored::from).filter(|stored| self.ours(stored)).collect())
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

    /// Day of the last delivery from a subordinate.
    pub(crate) fn last_received(&self, office: &OfficeId) -> Answer<Option<Date>> {
        let kept = self.node.store.setting(&received_setting(office)).map_err(store_error)?;
        Ok(kept.and_then(|value| value.as_str().and_then(|text| text.parse().ok())))
    }

    pub(crate) fn clock_floor(&self) -> Answer<Date> {
        Ok(self.node.store.clock_floor().map_err(store_error)?.unwrap_or(CLOCK_FLOOR))
    }

    /// The key of a subject by its id.
    pub(crate) fn key(&self, subject: &RecordId, key_id: &Serial) -> Option<HouseholdKey> {
        let rows = self.node.store.keys_of_household(subject).ok()?;
        rows.into_iter().find(|row| row.key_id == *key_id).map(|row| row.key)
    }

    /// Any key of a subject: the one with the highest id, so that devices pick the same once they have synced.
    pub(crate) fn household_key(&self, subject: &RecordId) -> Option<(Serial, HouseholdKey)> {
        let rows = self.node.store.keys_of_household(subject).ok()?;
        rows.into_iter().max_by_key(|row| row.key_id).map(|row| (row.key_id, row.key))
    }

    /// Last time's participants and kind of visit, from this machine's settings.
    pub(crate) fn last_participants(&self) -> (Vec<String>, String) {
        let kept = self.node.store.setting(&format!("last_visit/{}", self.office)).ok().flatten();
        kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }

    pub(crate) fn remember_participants(&self, edits: &mut Edits, participants: &[String], kind: &str) {
        edits.setting(&format!("last_visit/{}", self.office), serde_json::json!([participants, kind]));
    }

    /// A carrier of a period; the one signed last.
    pub(crate) fn carrier(&self, kind: &str, office: &OfficeId, period: &str) -> Answer<Option<Carrier>> {
        let all = self.node.store.carriers_for(kind, office, period).map_err(store_error)?;
        Ok(all.into_iter().next())
    }

    pub(crate) fn put_carrier(&self, carrier: Carrier) -> Answer<()> {
        self.node.store.put_carrier(&carrier).map_err(store_error)?;
        Ok(())
    }

    /// Every carrier of a kind, with bytes.
    pub(crate) fn carriers(&self, kind: &str) -> Answer<Vec<Carrier>> {
        let mut out = Vec::new();
        let mut seen = BTreeSet::new();
        for listed in self.node.store.carriers(kind, None).map_err(store_error)? {
            if seen.insert((listed.office, listed.period.clone())) {
                out.extend(self.node.store.carriers_for(kind, &listed.office, &listed.period).map_err(store_error)?);
            }
        }
        Ok(out)
    }

    /// Charters and the entries that anyone needs to check this office and those below it: the way from the root with its
    /// devices, the adoptions below, the devices below that signed something, and removals. Nothing about other offices.
    pub(crate) fn proof_below(&self, signers: &BTreeSet<DeviceId>) -> Answer<Proof> {
        let membership = &self.membership;
        let on_the_way = |office: &OfficeId| membership.is_above(office, &self.office);
        let below = |office: &OfficeId| membership.is_above(&self.office, office);
        let mut entries = self.node.store.entries().map_err(store_error)?;
        entries.retain(|signed| {
            signed.peek().is_ok_and(|entry| match &entry.body {
                Body::Adopt { office, .. } => on_the_way(office) || below(office),
                Body::Enrol { device, .. } => {
                    on_the_way(&entry.office) || (below(&entry.office) && signers.contains(device))
                }
                Body::Remove { .. } => true,
            })
        });
        let all = self.node.store.entries().map_err(store_error)?;
        let links = self.node.store.log_links().map_err(store_error)?;
        let withheld = withhold(&entries, &all, &links, |issuer| membership.ended_at(issuer));
        Ok((self.node.store.charters().map_err(store_error)?, entries, withheld))
    }

    /// Cuts a page out of a list.
    pub(crate) fn page<T>(&self, rows: Vec<T>, input: &ListInput) -> Page<T> {
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let limit = if input.limit == 0 { 50 } else { input.limit };
        let skip = usize::try_from(input.offset).unwrap_or(usize::MAX);
        let take = usize::try_from(limit).unwrap_or(usize::MAX);
        Page { total, rows: rows.into_iter().skip(skip).take(take).collect() }
    }

    /// 代录: entered under a custodian's certificate.
    pub(crate) fn is_custodian(&self, record: &RecordView) -> bool {
        record.flag("custodian")
    }
}

/// Setting that keeps the day of the last delivery from an office.
pub(crate) fn received_setting(office: &OfficeId) -> String {
    format!("received/{office}")
}
