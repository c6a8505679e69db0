//! The context of a call: one office of this node, its day, and the few ways into its books.

mod carriers;
mod edits;
mod marked;
mod reading;
mod rules;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError};

use jiff::civil::Date;
use ybz_domain::book::{BookKey, BookKind, RecordView, Scope};
use ybz_domain::date::{CLOCK_FLOOR, DateError, is_far};
use ybz_domain::ids::{OfficeId, RecordId, Serial, TreeId};
use ybz_domain::ledger::contents::{CUSTODIAN, misplaced};
use ybz_domain::office::OfficeKind;
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::DeviceKey;
use ybz_domain::trust::{Founding, Membership, Reader, may_write};
use ybz_store::{BookEdit, Committed, LogEntry, StoreError};

use crate::ErrorDto;
use crate::area::{Area, hides};
use crate::dto::{ListInput, Page};
use crate::error::Answer;
use crate::natural;
use crate::node::{Inner, store_error};
use crate::seat::Who;

pub(crate) use edits::{Edits, Names};
pub(crate) use marked::Call;
pub(crate) use reading::{Below, Stored};
pub(crate) use rules::{Layer, rule_in};
pub(crate) use ybz_store::Carrier;

/// One office of this node, on one day.
pub(crate) struct Cx<'a> {
    pub(crate) node: &'a Arc<Inner>,
    pub(crate) office: OfficeId,
    pub(crate) today: Date,
    /// Who asks, as far as it was said.
    pub(crate) who: Arc<Who>,
    /// The call that is answered.
    pub(crate) call: Call,
    membership: Arc<Membership>,
    /// Private records wait since a restore.
    locked: bool,
    /// Rule packs of this office, read when a rule is first asked for.
    layers: OnceLock<Arc<rules::Layers>>,
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
        let locked = node.store.private_locked(&office).map_err(store_error)?;
        let (today, who, call) = (node.today(), Arc::default(), Call::default());
        Ok(Self { node, office, today, who, call, membership, locked, layers: OnceLock::new() })
    }

    /// The same without a profile's limits, for checks whose outcome may not depend on who is at the screen.
    pub(crate) fn unlimited(&self) -> Self {
        let Self { node, office, today, call, membership, locked, .. } = self;
        let (office, today, call, locked, membership) = (*office, *today, *call, *locked, membership.clone());
        Self { node, office, today, who: Arc::default(), call, membership, locked, layers: self.layers.clone() }
    }

    /// The same as membership is known now, for the same person.
    pub(crate) fn anew(&self) -> Answer<Self> {
        Ok(Self { who: self.who.clone(), call: self.call, ..Self::of(self.node, self.office)? })
    }

    /// Whether the profile at the screen sees books of a kind.
    pub(crate) fn sees(&self, kind: &BookKind) -> bool {
        !hides(&self.who.hidden, kind)
    }

    /// This device keeps the office's books in custody (代管).
    pub(crate) fn in_custody(&self) -> bool {
        self.membership.certificate(&self.office, &self.device().id()).is_some_and(|known| known.custody)
    }

    pub(crate) fn membership(&self) -> &Membership {
        &self.membership
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
        if self.membership.is_closed(&self.office) {
            return Err(ErrorDto::new("office_closed").with("office", self.office_name()));
        }
        let device = self.device().id();
        match self.membership.certificate(&self.office, &device) {
            Some(certificate) if certificate.removed.is_some() => Err(ErrorDto::new("device_removed")),
            Some(certificate) if certificate.retired.is_some() => Err(ErrorDto::new("device_retired")),
            Some(certificate) if certificate.role.writes() => Ok(()),
            // Its books came from a backup, and nobody has let this device in yet.
            None if self.node.store.restored(&self.office).map_err(store_error)?.is_some() => {
                Err(ErrorDto::new("restored_not_approved"))
            }
            _ => Err(ErrorDto::new("viewer_cannot_write")),
        }
    }

    /// Private records may be opened: since a restore this device has met somebody who knows what was erased.
    pub(crate) fn must_open_private(&self) -> Answer<()> {
        if self.locked { Err(ErrorDto::new("private_locked")) } else { Ok(()) }
    }

    /// A book of this office, in the generation that stands now.
    pub(crate) fn book(&self, kind: BookKind, year: i16) -> BookKey {
        self.membership.current(BookKey::new(self.office, kind, year))
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
    pub(crate) fn commit(&self, edits: Edits) -> Answer<()> {
        self.through_the_door(edits, |edits| {
            let Edits { books, side, .. } = edits;
            self.node.store.commit_as(self.today, self.who.name.as_deref(), books, side)
        })
    }

    /// The same for steps that are too many for one change of a book: several changes, still all of them or nothing.
    /// `goes_on` is asked before each.
    ///
    /// # Errors
    /// Also `import_cancelled` when it is not to go on.
    pub(crate) fn commit_parts(&self, edits: Edits, goes_on: &mut dyn FnMut() -> bool) -> Answer<()> {
        self.through_the_door(edits, |edits| {
            let Edits { mut books, side, .. } = edits;
            books.retain(|edit| !edit.ops.is_empty());
            self.node.store.commit_watched(self.today, self.who.name.as_deref(), books, side, goes_on)
        })
    }

    fn through_the_door(
        &self,
        mut edits: Edits,
        write: impl FnOnce(Edits) -> Result<Committed, StoreError>,
    ) -> Answer<()> {
        self.must_write()?;
        // Who retires names its last changes: none may slip in behind them.
        let _writes = match edits.books.is_empty() {
            true => None,
            false => {
                let writes = self.node.writing.read().unwrap_or_else(PoisonError::into_inner);
                Self::of(self.node, self.office)?.must_write()?;
                Some(writes)
            }
        };
        for edit in &edits.books {
            self.may_edit(&edit.key)?;
            // What no table lists is not written: the page of what leaves this machine is made from the same table.
            if let Some(field) = edit.ops.iter().find_map(|op| misplaced(&edit.key.kind, op)) {
                return Err(ErrorDto::internal("book", &format!("{field} does not belong into {}", edit.key.kind)));
            }
        }
        if !edits.settles {
            crate::cases::period::must_be_open(self, &edits.books)?;
        }
        crate::cases::upward::check_all(self, &mut edits)?;
        self.revive(&mut edits)?;
        if self.in_custody() {
            edits.mark_custodian();
        }
        edits.side.action = self.action(edits.undoes);
        self.beside(&mut edits);
        write(edits).map_err(store_error)?;
        Ok(())
    }

    /// Makes a new generation of a book and destroys the old one, in one transaction; each group of steps is one change. The
    /// order that allows it is part of the commit.
    pub(crate) fn commit_renewal(&self, mut edits: Edits, changes: Vec<BookEdit>) -> Result<(), StoreError> {
        self.beside(&mut edits);
        self.node.store.commit_each(self.today, self.who.name.as_deref(), changes, edits.side).map(|_| ())
    }

    /// Carries work over into a new generation and destroys the old one. Nothing is new in it, so nothing is asked again.
    pub(crate) fn commit_carried(&self, mut edits: Edits) -> Result<(), StoreError> {
        self.beside(&mut edits);
        self.node.store.commit(self.today, edits.books, edits.side).map(|_| ())
    }

    /// Keeps the rows of a commit that stand beside the books, and nothing else: this needs no right to write.
    pub(crate) fn commit_beside(&self, mut edits: Edits) -> Answer<()> {
        self.beside(&mut edits);
        self.node.store.commit(self.today, Vec::new(), edits.side).map_err(store_error)?;
        Ok(())
    }

    /// Keeps what stands beside the books in the form in which it is stored.
    fn beside(&self, edits: &mut Edits) {
        if let Some(profile) = &self.who.profile {
            for (_, params) in &mut edits.log {
                params.insert("profile".to_owned(), profile.clone());
            }
        }
        let drafts = std::mem::take(&mut edits.drafts);
        let log = std::mem::take(&mut edits.log);
        edits.side.delete_drafts.extend(drafts.into_iter().map(|(form, key)| (self.draft_form(&form), key)));
        edits.side.log.extend(log.into_iter().map(|(code, params)| LogEntry { on: self.today, code, params }));
    }

    /// This device may change a book of the kind, and the profile at the screen sees it.
    fn may_edit(&self, key: &BookKey) -> Answer<()> {
        let device = self.device().id();
        if !may_write(&self.membership, Reader { office: self.office, device }, key) {
            let compared = self.membership.certificate(&self.office, &device).is_some_and(|known| known.confirmed);
            let code = if key.kind.scope() == Scope::Own && compared { "grant_needed" } else { "not_allowed" };
            return Err(ErrorDto::new(code).with("book", &key.kind));
        }
        if !self.sees(&key.kind) {
            let area = if key.kind.scope() == Scope::Own { Area::Households } else { Area::Dues };
            return Err(ErrorDto::new("profile_hides").with("area", area.as_str()));
        }
        Ok(())
    }

    /// Residents' and members' sealed values may be opened and written here, by whoever is at the screen.
    pub(crate) fn may_keep_private(&self) -> bool {
        let book = self.book(BookKind::households(), self.today.year());
        self.must_open_private().is_ok() && self.may_edit(&book).is_ok()
    }

    /// A line of the local log of its own; no private word belongs into it.
    pub(crate) fn note(&self, code: &str, params: &[(&str, String)]) -> Answer<()> {
        let mut params: BTreeMap<String, String> =
            params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        params.extend(self.who.profile.iter().map(|profile| ("profile".to_owned(), profile.clone())));
        let line = LogEntry { on: self.today, code: code.to_owned(), params };
        self.node.store.log(&line).map_err(store_error)
    }

    /// Tells the local log that something private was opened: each record once a day for each profile, and many at once in
    /// one line.
    pub(crate) fn note_opened(&self, records: impl IntoIterator<Item = RecordId>) -> Answer<()> {
        let mut opened = self.node.opened.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        opened.retain(|(on, ..)| *on == self.today);
        let new = records.into_iter().filter(|record| opened.insert((self.today, *record, self.who.profile.clone())));
        let (name, value) = match new.collect::<Vec<_>>().as_slice() {
            [] => return Ok(()),
            [only] => ("record", only.to_string()),
            many => ("count", many.len().to_string()),
        };
        self.note("private_opened", &[(name, value)])
    }

    /// Drafts are kept per office, and per profile: a form that is not finished holds what another may not see.
    pub(crate) fn draft_form(&self, form: &str) -> String {
        draft_form(&self.office.to_string(), self.who.profile.as_deref(), form)
    }

    /// What the forms of drafts begin with.
    pub(crate) fn draft_prefix(&self) -> String {
        self.draft_form("")
    }

    /// Offices right below one, in the order in which people look for them.
    pub(crate) fn children(&self, office: &OfficeId) -> Vec<OfficeId> {
        let mut children = self.membership.children(office);
        children.sort_by_cached_key(|child| (natural::key(&self.name_of(child)), *child));
        children
    }

    /// The same on a day, with those that ended in its year.
    pub(crate) fn children_on(&self, office: &OfficeId, day: Date) -> Vec<OfficeId> {
        let mut children = self.membership.children_on(office, day);
        children.sort_by_cached_key(|child| (natural::key(&self.name_of(child)), *child));
        children
    }

    /// The last day of a year that is not to come.
    pub(crate) fn end_of(&self, year: i16) -> Date {
        self.today.min(Date::constant(year, 12, 31))
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
        let rows = self.keys_of(subject)?;
        rows.into_iter().find(|row| row.key_id == *key_id).map(|row| row.key)
    }

    fn keys_of(&self, subject: &RecordId) -> Option<Vec<ybz_store::HouseholdKeyRow>> {
        self.must_open_private().ok()?;
        self.node.store.keys_of_household(subject).ok()
    }

    /// Any key of a subject: the one with the highest id, so that devices pick the same once they have synced.
    pub(crate) fn household_key(&self, subject: &RecordId) -> Option<(Serial, HouseholdKey)> {
        let rows = self.keys_of(subject)?;
        rows.into_iter().max_by_key(|row| row.key_id).map(|row| (row.key_id, row.key))
    }

    /// Households whose keys were destroyed, with the day on which that was.
    pub(crate) fn erased(&self) -> Answer<BTreeMap<RecordId, String>> {
        let all = self.node.store.erased_households().map_err(store_error)?;
        Ok(all.into_iter().map(|erased| (erased.household, erased.on)).collect())
    }

    /// Last time's participants and kind of visit, from this machine's settings.
    pub(crate) fn last_participants(&self) -> (Vec<String>, String) {
        let kept = self.node.store.setting(&format!("last_visit/{}", self.office)).ok().flatten();
        kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }

    pub(crate) fn remember_participants(&self, edits: &mut Edits, participants: &[String], kind: &str) {
        edits.setting(&format!("last_visit/{}", self.office), serde_json::json!([participants, kind]));
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
        record.flag(CUSTODIAN)
    }
}

/// The form under which a draft of a profile, or of nobody, is kept.
pub(crate) fn draft_form(office: &str, profile: Option<&str>, form: &str) -> String {
    match profile {
        Some(profile) => format!("{office}@{profile}/{form}"),
        None => format!("{office}/{form}"),
    }
}

/// Setting that keeps the day of the last delivery from an office.
pub(crate) fn received_setting(office: &OfficeId) -> String {
    format!("received/{office}")
}
