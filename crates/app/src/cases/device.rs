//! 设备: which devices serve this office and those below, and how one of them is ended.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ybz_domain::book::Scope;
use ybz_domain::date::read_date;
use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::trust::{Body, Certificate, LinkHash, Mark, Role, Standing};
use ybz_store::Work;

use super::adoption;
use super::issue::{issue, turn};
use super::org::must_keep;
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Nothing;
use crate::dto::device::{DeviceInput, DeviceNotices, DeviceRow, DeviceState, DeviceWork, RemoveInput, RemovePreview};
use crate::error::Answer;
use crate::node::store_error;

/// Setting that keeps that a person here knows of a keeper enrolled from above.
fn known_setting(office: &OfficeId, device: &DeviceId) -> String {
    format!("knows_installed/{office}/{device}")
}

/// A device of an office, with its certificate.
pub(super) struct Place {
    pub(super) office: OfficeId,
    pub(super) device: DeviceId,
    pub(super) certificate: Certificate,
}

/// Finds a device of this office or of a direct subordinate.
pub(super) fn place(cx: &Cx<'_>, office: Option<&str>, device: &str) -> Answer<Place> {
    let missing = || ErrorDto::new("not_found").at("device");
    let office = match office.filter(|id| !id.is_empty()) {
        Some(id) => id.parse().map_err(|_| missing())?,
        None => cx.office,
    };
    let near = office == cx.office || cx.membership().parent(&office) == Some(cx.office);
    let device: DeviceId = device.parse().map_err(|_| missing())?;
    let certificate = cx.membership().certificate(&office, &device).filter(|_| near).cloned().ok_or_else(missing)?;
    Ok(Place { office, device, certificate })
}

pub(super) fn state(certificate: &Certificate) -> DeviceState {
    match certificate {
        known if known.removed.is_some() => DeviceState::Removed,
        known if known.retired.is_some() => DeviceState::Retired,
        known if known.suspended => DeviceState::Suspended,
        _ => DeviceState::Active,
    }
}

/// Whether this office may remove the device: its own clerks, viewers and keepers that have handed over; keepers below.
fn removable(cx: &Cx<'_>, place: &Place) -> bool {
    let Place { office, certificate, .. } = place;
    let within = match certificate.role {
        Role::Keeper => *office != cx.office || certificate.retired.is_some(),
        _ => *office == cx.office,
    };
    within && certificate.removed.is_none() && certificate.serial.is_some()
}

fn row(cx: &Cx<'_>, place: &Place, since: Option<String>, undecided: u32) -> DeviceRow {
    let Place { office, device, certificate } = place;
    let me = cx.device().id();
    let keeps = must_keep(cx).is_ok() && *device != me;
    DeviceRow {
        office: office.to_string(),
        office_name: cx.name_of(office),
        device: device.to_string(),
        me: *device == me,
        holder: certificate.holder.clone(),
        role: certificate.role.as_str().to_owned(),
        confirmed: certificate.confirmed,
        hub: certificate.hub,
        installed: certificate.installed,
        since,
        last_heard: cx.node.link.last_seen(&cx.node.store, device),
        state: state(certificate),
        undecided,
        may_remove: keeps && removable(cx, place),
        may_suspend: keeps
            && *office == cx.office
            && certificate.role == Role::Keeper
            && state(certificate) == DeviceState::Active,
    }
}

/// Day of the first entry that gave a device its place.
fn since(cx: &Cx<'_>, office: &OfficeId, device: &DeviceId) -> Answer<Option<String>> {
    let mut days: Vec<Date> = Vec::new();
    for entry in cx.node.store.entries().map_err(store_error)?.iter().filter_map(|signed| signed.peek().ok()) {
        let gives = match &entry.body {
            Body::Enrol { device: to, .. } => entry.office == *office && to == device,
            Body::Adopt { office: to, keeper, .. } => to == office && keeper == device,
            Body::Install { office: to, device: keeper, .. } => to == office && keeper == device,
            _ => false,
        };
        if gives {
            days.push(entry.on);
        }
    }
    for signed in cx.node.store.foundings().map_err(store_error)?.iter().filter(|signed| signed.signer == *device) {
        days.extend(signed.peek().ok().filter(|founding| founding.office == *office).map(|founding| founding.on));
    }
    Ok(days.into_iter().min().map(|on| on.to_string()))
}

pub(super) fn rows_of(cx: &Cx<'_>, office: &OfficeId, keepers_only: bool) -> Answer<Vec<DeviceRow>> {
    let Some(view) = cx.membership().offices.get(office) else { return Ok(Vec::new()) };
    let waiting = adoption::undecided(cx)?;
    let mut rows = Vec::new();
    for (device, certificate) in &view.devices {
        if keepers_only && certificate.role != Role::Keeper {
            continue;
        }
        let place = Place { office: *office, device: *device, certificate: certificate.clone() };
        let open = waiting.iter().filter(|one| one.book.writer() == *office && one.device == *device).count();
        rows.push(row(cx, &place, since(cx, office, device)?, u32::try_from(open).unwrap_or(u32::MAX)));
    }
    rows.sort_by_key(|row| (!row.me, row.state as u8, row.since.clone(), row.device.clone()));
    Ok(rows)
}

/// `device.list`: devices of this office; where it has subordinates their keepers follow.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<DeviceRow>> {
    let mut rows = rows_of(cx, &cx.office, false)?;
    for child in cx.children(&cx.office) {
        rows.extend(rows_of(cx, &child, true)?);
    }
    Ok(rows)
}

/// How far a removal lets each actor's work count: up to the last change before the first of a later day.
fn marks(work: &[Work], office: &OfficeId, until: Option<Date>) -> Vec<Mark> {
    let mut out = Vec::new();
    for Work { book, actor, changes } in work.iter().filter(|work| work.book.writer() == *office) {
        let late = |on: &Option<Date>| on.zip(until).is_some_and(|(on, until)| on > until);
        let kept = changes.iter().take_while(|(_, _, on)| !late(on)).last();
        out.extend(kept.map(|(seq, hash, _)| (book.id(), *actor, *seq, *hash)));
    }
    out
}

/// The last entry of a device that stands, as far as its log is known here: up to that day, where one is given.
pub(super) fn last(cx: &Cx<'_>, device: &DeviceId, until: Option<Date>) -> Answer<Option<(u64, LinkHash)>> {
    let kept = cx.node.store.kept().map_err(store_error)?;
    let Some(until) = until else {
        return Ok(kept.heads.iter().find(|head| head.issuer == *device).map(|head| (head.seq, head.hash)));
    };
    let valid: BTreeSet<_> = cx.membership().valid.iter().collect();
    let own = kept.entries.iter().filter(|signed| signed.signer == *device && valid.contains(&signed.hash()));
    let in_time = own.filter_map(|signed| Some((signed, signed.peek().ok().filter(|entry| entry.on <= until)?)));
    let links = in_time.map(|(signed, entry)| (entry.seq, ybz_domain::trust::Link::of(signed, &entry).hash()));
    Ok(links.max_by_key(|(seq, _)| *seq))
}

fn day(cx: &Cx<'_>, until: Option<&str>) -> Answer<Option<Date>> {
    let Some(text) = until.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let date = cx.check_far(read_date(text, cx.today), "until", true)?;
    Ok(Some(date).filter(|date| *date < cx.today))
}

/// `device.remove_preview`
pub(crate) fn preview(cx: &Cx<'_>, input: RemoveInput) -> Answer<RemovePreview> {
    let place = place(cx, input.office.as_deref(), &input.device)?;
    let until = day(cx, input.until.as_deref())?;
    let store = &cx.node.store;
    let work = store.work_of(&place.device).map_err(store_error)?;
    let marks = marks(&work, &place.office, until);
    let mut books: Vec<DeviceWork> = Vec::new();
    let mut last_on: Option<Date> = None;
    for Work { book, actor, changes } in work.iter().filter(|work| work.book.writer() == place.office) {
        let named = marks.iter().find(|(id, of, ..)| *id == book.id() && of == actor).map_or(0, |mark| mark.2);
        let kept = changes.iter().filter(|(seq, ..)| *seq <= named);
        let (kept_count, total) = (count(kept.clone().count()), count(changes.len()));
        last_on = kept.filter_map(|(_, _, on)| *on).max().max(last_on);
        let days: Vec<Date> = changes.iter().filter_map(|(_, _, on)| *on).collect();
        let cut = total.saturating_sub(kept_count);
        let (first, last) = (days.iter().min().map(Date::to_string), days.iter().max().map(Date::to_string));
        match books.iter_mut().find(|known| known.kind == book.kind.to_string() && known.year == book.year) {
            Some(known) => {
                known.kept = known.kept.saturating_add(kept_count);
                known.cut = known.cut.saturating_add(cut);
                known.first_on = known.first_on.clone().into_iter().chain(first).min();
                known.last_on = known.last_on.clone().into_iter().chain(last).max();
            }
            None => books.push(DeviceWork {
                kind: book.kind.to_string(),
                year: book.year,
                kept: kept_count,
                cut,
                first_on: first,
                last_on: last,
            }),
        }
    }
    books.sort_by(|a, b| (&a.kind, a.year).cmp(&(&b.kind, b.year)));
    let limit = |key: &ybz_domain::book::BookKey, _: &DeviceId, actor: &ybz_domain::ids::ActorId| {
        let named = marks.iter().find(|(book, of, ..)| *book == key.id() && of == actor);
        match named {
            Some((_, _, seq, hash)) => Standing::UpTo(*seq, *hash),
            None if key.writer() == place.office => Standing::Closed,
            None => Standing::Open,
        }
    };
    let beyond = store.beyond(&[place.device].into(), &limit).map_err(store_error)?;
    let issued = last(cx, &place.device, until)?.map_or(0, |(seq, _)| seq);
    Ok(RemovePreview {
        kept: books.iter().map(|book| book.kept).fold(0, u32::saturating_add),
        cut: books.iter().map(|book| book.cut).fold(0, u32::saturating_add),
        built_on: count(beyond.iter().filter(|one| one.built_on).count()),
        books,
        last_on: last_on.map(|on| on.to_string()),
        issued: u32::try_from(issued).unwrap_or(u32::MAX),
        own_elsewhere: place.office != cx.office && !work.iter().any(|work| work.book.kind.scope() == Scope::Own),
        unconfirms: unconfirms(cx, &place)?,
        device: row(cx, &place, since(cx, &place.office, &place.device)?, 0),
    })
}

/// Who would lose the private books by this removal, since it goes on from this device's backup by another keeper's word.
fn unconfirms(cx: &Cx<'_>, removed: &Place) -> Answer<Vec<DeviceRow>> {
    let lost = cx.membership().rest_on(&removed.office, &removed.device, &cx.device().id());
    let lost = lost.iter().map(|device| {
        let place = place(cx, Some(&removed.office.to_string()), &device.to_string())?;
        Ok(row(cx, &place, since(cx, &place.office, &place.device)?, 0))
    });
    lost.collect()
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// `device.remove`: for ever. What of its work is here up to that day goes on to count, and what it issued up to then.
pub(crate) fn remove(cx: &Cx<'_>, input: RemoveInput) -> Answer<Nothing> {
    let _turn = turn(cx.node);
    let cx = &cx.anew()?;
    must_keep(cx)?;
    let place = place(cx, input.office.as_deref(), &input.device)?;
    let serial: Serial = match place.certificate.serial {
        Some(serial) if removable(cx, &place) && place.device != cx.device().id() => serial,
        _ => return Err(ErrorDto::new("removed_above")),
    };
    let until = day(cx, input.until.as_deref())?;
    let work = cx.node.store.work_of(&place.device).map_err(store_error)?;
    let cut = marks(&work, &place.office, until);
    // Of who retired all entries stand: a removal that names an earlier one would undo the retirement on which it rests.
    let mut last = last(cx, &place.device, until)?;
    if place.certificate.retired.is_some() {
        last = self::last(cx, &place.device, None)?;
    }
    let mut edits = Edits::default();
    issue(cx, &mut edits, Body::Remove { serial, cut, last })?;
    edits.log("device_removed", &[("device", place.device.to_string())]);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `device.suspend`: another keeper of this office registers nobody any more; the superior decides what follows.
pub(crate) fn suspend(cx: &Cx<'_>, input: DeviceInput) -> Answer<Nothing> {
    let _turn = turn(cx.node);
    let cx = &cx.anew()?;
    must_keep(cx)?;
    let place = place(cx, input.office.as_deref(), &input.device)?;
    let own = place.office == cx.office && place.device != cx.device().id();
    if !own || place.certificate.role != Role::Keeper || state(&place.certificate) != DeviceState::Active {
        return Err(ErrorDto::new("not_allowed"));
    }
    let last = last(cx, &place.device, None)?;
    let mut edits = Edits::default();
    issue(cx, &mut edits, Body::Suspend { device: place.device, last })?;
    edits.log("device_suspended", &[("device", place.device.to_string())]);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `device.notices`
pub(crate) fn notices(cx: &Cx<'_>) -> Answer<DeviceNotices> {
    let me = cx.device().id();
    let mut installed = Vec::new();
    for (device, certificate) in cx.membership().offices.get(&cx.office).into_iter().flat_map(|view| &view.devices) {
        let known = || cx.node.store.setting(&known_setting(&cx.office, device)).map_err(store_error);
        if certificate.installed && *device != me && certificate.is_active() && known()?.is_none() {
            let place = Place { office: cx.office, device: *device, certificate: certificate.clone() };
            installed.push(row(cx, &place, since(cx, &cx.office, device)?, 0));
        }
    }
    Ok(DeviceNotices { state: cx.membership().certificate(&cx.office, &me).map(state), installed })
}

/// `device.acknowledge`: a person at this device knows of a keeper enrolled from above.
pub(crate) fn acknowledge(cx: &Cx<'_>, input: DeviceInput) -> Answer<Nothing> {
    let place = place(cx, input.office.as_deref(), &input.device)?;
    let setting = known_setting(&place.office, &place.device);
    cx.node.store.put_setting(&setting, &serde_json::json!(cx.today_text())).map_err(store_error)?;
    Ok(Nothing {})
}
