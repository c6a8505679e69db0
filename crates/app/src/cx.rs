//! The context of a call: one office of this node, its day, and the few ways into its books.

mod carriers;
mod door;
mod edits;
mod flows;
mod marked;
mod reading;
mod rules;
mod turns;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use ybz_domain::book::{BookKey, BookKind, RecordView};
use ybz_domain::date::{CLOCK_FLOOR, DateError, is_far};
use ybz_domain::ids::{OfficeId, RecordId, Serial, TreeId};
use ybz_domain::ledger::contents::CUSTODIAN;
use ybz_domain::office::OfficeKind;
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::DeviceKey;
use ybz_domain::trust::{Founding, Membership};
use ybz_store::LogEntry;

use crate::ErrorDto;
use crate::area::hides;
use crate::dto::{ListInput, Page};
use crate::error::Answer;
use crate::natural;
use crate::node::{Inner, store_error};
use crate::seat::Who;

pub(crate) use edits::{Edits, Names};
pub(crate) use flows::{KnownFlows, learn_flows, may_bring_packs};
pub(crate) use marked::Call;
pub(crate) use reading::Stored;
pub(crate) use rules::{Layer, Layers, rule_in};
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
    layers: OnceLock<Arc<Layers>>,
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
        // What is written on this very node is here as it is written.
        if self.node.offices()?.contains(office) {
            return Ok(Some(self.today));
        }
        let kept = self.node.store.setting(&received_setting(office)).map_err(store_error)?;
        Ok(kept.and_then(|value| value.as_str().and_then(|text| text.parse().ok())))
    }

    /// The same of every office.
    pub(crate) fn all_last_received(&self) -> Answer<BTreeMap<OfficeId, Date>> {
        let kept = self.node.store.settings_under(RECEIVED).map_err(store_error)?;
        let day =
            |(office, value): (String, serde_json::Value)| Some((office.parse().ok()?, value.as_str()?.parse().ok()?));
        let mut all: BTreeMap<OfficeId, Date> = kept.into_iter().filter_map(day).collect();
        all.extend(self.node.offices()?.into_iter().map(|office| (office, self.today)));
        Ok(all)
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

    /// The same of a list that is whole as long as it is short: with no limit up to `WHOLE` rows.
    pub(crate) fn page_whole<T>(&self, rows: Vec<T>, input: &ListInput) -> Page<T> {
        let limit = if input.limit == 0 { WHOLE } else { input.limit };
        self.page(rows, &ListInput { offset: input.offset, limit, ..ListInput::default() })
    }

    /// 代录: entered under a custodian's certificate.
    pub(crate) fn is_custodian(&self, record: &RecordView) -> bool {
        record.flag(CUSTODIAN)
    }
}

/// Rows of what is asked for as a whole: a sheet of all members, a year's plan. A branch has some fifty members and rarely more
/// than a hundred; beyond this the answer is a page, and says how many there are.
pub(crate) const WHOLE: u32 = 300;

/// The form under which a draft of a profile, or of nobody, is kept.
pub(crate) fn draft_form(office: &str, profile: Option<&str>, form: &str) -> String {
    match profile {
        Some(profile) => format!("{office}@{profile}/{form}"),
        None => format!("{office}/{form}"),
    }
}

/// Before an office's id in the names of such settings.
const RECEIVED: &str = "received/";

/// Setting that keeps the day of the last delivery from an office.
pub(crate) fn received_setting(office: &OfficeId) -> String {
    format!("{RECEIVED}{office}")
}
