//! 使用者: people who share a computer choose a profile with a PIN. Declared, not proved: the PIN keeps colleagues apart and
//! is no key to anything; whoever has the key of the books needs none.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::HEXLOWER;
use ybz_domain::book::MAX_DECLARED;
use ybz_store::{Draft, DraftFate, LogEntry, Profile};

use crate::ErrorDto;
use crate::area::Area;
use crate::cases::frame;
use crate::cx::draft_form;
use crate::dto::profile::{ChooseInput, LockAfterInput, ProfileInput, ProfileRow, ProfileState};
use crate::dto::{IdInput, Nothing, Saved};
use crate::error::{Answer, required};
use crate::node::{Inner, store_error};

/// Profiles at most.
const MOST: usize = 32;
/// Wrong PINs before one has to wait.
const TRIES: u32 = 5;
/// The first wait; each further wrong PIN doubles it.
const FIRST_WAIT_MS: u64 = 30_000;
/// The longest wait.
const LONGEST_WAIT_MS: u64 = 3_600_000;
/// Memory of one hash in KiB and rounds over it: a PIN has few digits, and the wait guards it more than the hash does.
const MEMORY_KIB: u32 = 4096;
const ROUNDS: u32 = 3;
const SALT: usize = 16;
const HASH: usize = 32;
/// Setting with the minutes after which screens lock.
const LOCK_AFTER: &str = "lock_after";

fn hash(pin: &str, salt: &[u8]) -> Answer<[u8; HASH]> {
    let failed = |error: argon2::Error| ErrorDto::internal("pin", &error);
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, Some(HASH)).map_err(failed)?;
    let mut out = [0; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, &mut out)
        .map_err(failed)?;
    Ok(out)
}

fn sealed(node: &Inner, pin: &str) -> Answer<Vec<u8>> {
    let salt: [u8; SALT] = node.bytes();
    Ok([salt.as_slice(), &hash(pin, &salt)?].concat())
}

fn fits(profile: &Profile, pin: &str) -> Answer<bool> {
    let Some((salt, kept)) = profile.pin.split_at_checked(SALT) else { return Ok(false) };
    let Ok(kept) = <[u8; HASH]>::try_from(kept) else { return Ok(false) };
    // Compared in constant time.
    Ok(blake3::Hash::from(hash(pin, salt)?) == blake3::Hash::from(kept))
}

fn now(node: &Inner) -> u64 {
    (node.clock)().1
}

/// Milliseconds left to wait. A clock that was set back makes the wait begin anew and no longer.
fn left(profile: &Profile, now: u64) -> u64 {
    let wait = profile.wait.min(LONGEST_WAIT_MS);
    now.checked_sub(profile.since).map_or(wait, |passed| wait.saturating_sub(passed))
}

fn seconds(millis: u64) -> u32 {
    u32::try_from(millis.div_ceil(1000)).unwrap_or(u32::MAX)
}

fn line(node: &Inner, code: &str, params: &[(&str, String)]) -> LogEntry {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    LogEntry { on: node.today(), code: code.to_owned(), params }
}

fn find(node: &Inner, id: &str) -> Answer<Profile> {
    node.store.profile(id).map_err(store_error)?.ok_or_else(|| ErrorDto::new("not_found").at("id"))
}

/// `profile.list`
pub(crate) fn list(node: &Arc<Inner>, seat: Option<&str>, _: Nothing) -> Answer<ProfileState> {
    let profiles = node.store.profiles().map_err(store_error)?;
    let current = seat.and_then(|seat| node.seats.chosen(seat));
    let current = current.filter(|id| profiles.iter().any(|profile| profile.id == *id));
    let now = now(node);
    let settings = frame::settings(node, Nothing {})?;
    let all = node.store.drafts().map_err(store_error)?;
    let drafts =
        |id: &str| all.iter().filter(|draft| owner(draft).is_some_and(|(_, whose, _)| whose == Some(id))).count();
    // Those of the last profile stay when it goes.
    let shared = profiles.len() > 1;
    Ok(ProfileState {
        locked: seat.is_some() && !profiles.is_empty() && current.is_none(),
        current,
        lock_minutes: lock_minutes(node)?,
        language: settings.language,
        large_type: settings.large_type,
        theme: settings.theme,
        profiles: profiles
            .into_iter()
            .map(|profile| ProfileRow {
                wait_s: seconds(left(&profile, now)),
                drafts: if shared { u32::try_from(drafts(&profile.id)).unwrap_or(u32::MAX) } else { 0 },
                id: profile.id,
                name: profile.name,
                hidden: profile.hidden,
            })
            .collect(),
    })
}

fn lock_minutes(node: &Inner) -> Answer<Option<u32>> {
    let kept = node.store.setting(LOCK_AFTER).map_err(store_error)?;
    Ok(kept.and_then(|value| value.as_u64()).and_then(|minutes| u32::try_from(minutes).ok()))
}

/// `profile.lock_after`
pub(crate) fn lock_after(node: &Arc<Inner>, input: LockAfterInput) -> Answer<Nothing> {
    if input.minutes.is_some_and(|minutes| !(1..=240).contains(&minutes)) {
        return Err(ErrorDto::new("invalid_input").at("minutes"));
    }
    node.store.put_setting(LOCK_AFTER, &serde_json::json!(input.minutes)).map_err(store_error)?;
    node.feed.publish(["profile"]);
    Ok(Nothing {})
}

/// `profile.save`: whoever made the first one has to choose it from now on.
pub(crate) fn save(node: &Arc<Inner>, input: ProfileInput) -> Answer<Saved> {
    let name = required("name", &input.name, 20)?;
    if name.len() > MAX_DECLARED || name.chars().any(char::is_control) {
        return Err(ErrorDto::new("text_too_long").at("name").with("max", 20).with("length", name.chars().count()));
    }
    let mut hidden: Vec<Area> = Vec::new();
    for word in &input.hidden {
        let area = Area::read(word).ok_or_else(|| ErrorDto::new("invalid_input").at("hidden").with("value", word))?;
        if !hidden.contains(&area) {
            hidden.push(area);
        }
    }
    hidden.sort();
    let pin = input.pin.as_deref().map(str::trim).filter(|pin| !pin.is_empty());
    if let Some(pin) = pin
        && !((4..=12).contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(ErrorDto::new("pin_form").at("pin"));
    }
    let all = node.store.profiles().map_err(store_error)?;
    if all.iter().any(|other| other.name == name && input.id.as_deref() != Some(&other.id)) {
        return Err(ErrorDto::new("profile_name_taken").at("name"));
    }
    if input.id.is_none() && all.len() >= MOST {
        return Err(ErrorDto::new("too_many").at("name").with("max", MOST));
    }
    let known = input.id.as_deref().map(|id| find(node, id)).transpose()?;
    let id = known.as_ref().map_or_else(|| HEXLOWER.encode(&node.bytes::<8>()), |known| known.id.clone());
    keeps_a_way(&all, &id, !hidden.contains(&Area::Organisation))?;
    let pin = match (pin, known) {
        (Some(pin), _) => sealed(node, pin)?,
        (None, Some(known)) => known.pin,
        (None, None) => return Err(ErrorDto::new("required").at("pin")),
    };
    let hidden = hidden.into_iter().map(|area| area.as_str().to_owned()).collect();
    // Whoever saves it knows the PIN: a wait ends.
    let profile = Profile { id: id.clone(), name, pin, hidden, wrong: 0, since: 0, wait: 0 };
    let told = line(node, "profile_saved", &[("profile", id.clone())]);
    // Whoever makes the first profile is the one who sat here: unfinished entries are that person's.
    let first = |draft: &Draft| {
        let (office, whose, form) = owner(draft)?;
        whose.is_none().then(|| DraftFate::Under(draft_form(office, Some(&id), form)))
    };
    node.store.put_profile(&profile, Some(&told), &first).map_err(store_error)?;
    node.seats.stand_up(&id);
    node.unsealed.forget();
    node.feed.publish(["profile"]);
    Ok(Saved { id, late: false })
}

/// Somebody must be left who may change profiles, or nobody ever could on the screen.
fn keeps_a_way(all: &[Profile], changed: &str, organises: bool) -> Answer<()> {
    let closed = |profile: &Profile| profile.hidden.iter().any(|word| word == Area::Organisation.as_str());
    let others = all.iter().filter(|profile| profile.id != changed).any(|profile| !closed(profile));
    if organises || others { Ok(()) } else { Err(ErrorDto::new("profile_last_organiser").at("hidden")) }
}

/// Office, profile and form of a draft.
fn owner(draft: &Draft) -> Option<(&str, Option<&str>, &str)> {
    let (owner, form) = draft.form.split_once('/')?;
    let (office, whose) = owner.split_once('@').map_or((owner, None), |(office, whose)| (office, Some(whose)));
    Some((office, whose, form))
}

/// `profile.remove`: what it declared stays in the histories. Its unfinished entries go with it (`drafts` tells how many);
/// those of the last one stay, for whoever sits here then.
pub(crate) fn remove(node: &Arc<Inner>, input: IdInput) -> Answer<Nothing> {
    find(node, &input.id)?;
    let all = node.store.profiles().map_err(store_error)?;
    // The last one may go: then nobody has to choose.
    if all.len() > 1 {
        keeps_a_way(&all, &input.id, false)?;
    }
    let told = line(node, "profile_removed", &[("profile", input.id.clone())]);
    let fates = |last: bool, draft: &Draft| {
        let (office, whose, form) = owner(draft)?;
        (whose == Some(&input.id)).then(|| match last {
            true => DraftFate::Under(draft_form(office, None, form)),
            false => DraftFate::Gone,
        })
    };
    node.store.delete_profile(&input.id, &told, &fates).map_err(store_error)?;
    node.seats.stand_up(&input.id);
    node.unsealed.forget();
    node.feed.publish(["profile"]);
    Ok(Nothing {})
}

/// `profile.choose`: sits down at the seat, or unlocks it.
pub(crate) fn choose(node: &Arc<Inner>, seat: Option<&str>, input: ChooseInput) -> Answer<Nothing> {
    let seat = seat.ok_or_else(|| ErrorDto::new("not_allowed").with("reason", "seat"))?;
    // One at a time: tries in parallel are counted too.
    let _turn = node.choosing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let profile = find(node, &input.id)?;
    let now = now(node);
    let wait = left(&profile, now);
    if wait > 0 {
        return Err(ErrorDto::new("pin_wait").at("pin").with("seconds", seconds(wait)));
    }
    if !fits(&profile, input.pin.trim())? {
        let wrong = profile.wrong.saturating_add(1);
        let doubled = wrong.checked_sub(TRIES).map(|over| FIRST_WAIT_MS.saturating_mul(1 << over.min(20)));
        let wait = doubled.unwrap_or_default().min(LONGEST_WAIT_MS);
        let told = line(node, "profile_wrong_pin", &[("profile", profile.id.clone()), ("wrong", wrong.to_string())]);
        // A few mistyped digits are nothing to tell.
        let told = (wait > 0).then_some(&told);
        node.store
            .put_profile(&Profile { wrong, since: now, wait, ..profile }, told, &|_| None)
            .map_err(store_error)?;
        return Err(match seconds(wait) {
            0 => ErrorDto::new("pin_wrong").at("pin").with("left", TRIES - wrong.min(TRIES)),
            seconds => ErrorDto::new("pin_wait").at("pin").with("seconds", seconds),
        });
    }
    let told = line(node, "profile_chosen", &[("profile", profile.id.clone())]);
    node.store
        .put_profile(&Profile { wrong: 0, since: 0, wait: 0, ..profile }, Some(&told), &|_| None)
        .map_err(store_error)?;
    node.seats.sit(seat, Some(input.id));
    node.unsealed.forget();
    Ok(Nothing {})
}

/// `profile.lock`: the seat gets nothing until somebody chooses again. The node goes on in the background.
pub(crate) fn lock(node: &Arc<Inner>, seat: Option<&str>, _: Nothing) -> Answer<Nothing> {
    let seat = seat.ok_or_else(|| ErrorDto::new("not_allowed").with("reason", "seat"))?;
    if node.store.profiles().map_err(store_error)?.is_empty() {
        return Err(ErrorDto::new("profile_none"));
    }
    node.seats.sit(seat, None);
    node.unsealed.forget();
    Ok(Nothing {})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(since: u64, wait: u64) -> Profile {
        Profile { id: String::new(), name: String::new(), pin: Vec::new(), hidden: Vec::new(), wrong: 9, since, wait }
    }

    #[test]
    fn a_wait_passes_with_the_clock_and_never_grows_when_it_is_set_back() {
        let profile = waiting(100_000, 30_000);
        assert_eq!([100_000, 115_000, 130_000, 999_000].map(|now| left(&profile, now)), [30_000, 15_000, 0, 0]);
        assert_eq!(left(&profile, 5), 30_000);
        assert_eq!(left(&waiting(0, u64::MAX), 0), LONGEST_WAIT_MS, "a row from elsewhere locks nobody out for ever");
    }

    #[test]
    fn a_row_that_is_no_hash_fits_no_pin() {
        for pin in [Vec::new(), vec![0; SALT], vec![0; SALT + HASH + 1]] {
            assert!(!fits(&Profile { pin, ..waiting(0, 0) }, "1234").unwrap());
        }
    }
}
