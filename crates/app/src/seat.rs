//! Seats: where people sit, such as one browser or the window. A seat carries the chosen profile, and may be locked.
//!
//! **Invariant:** once there are profiles, a seat gets nothing before somebody has chosen one with its PIN, and nothing
//! while it is locked. Calls without a seat (the command line, which has the key of the books) are not held.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::ErrorDto;
use crate::area::{Area, area_of};
use crate::cases::frame;
use crate::dto::Nothing;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Seats that are remembered; the one that was used least lately gives way, and has to choose again.
const SEATS: usize = 64;

/// Bytes of a name that readers tell as declared.
const DECLARED: usize = 64;

/// Calls that a locked seat may make.
const OPEN: [&str; 3] = ["profile.list", "profile.choose", "profile.lock"];

/// Who sits there, as far as it was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Who {
    /// Id of the profile.
    pub(crate) profile: Option<String>,
    /// Its name, which changes declare; without profiles, the 记录人 of this machine.
    pub(crate) name: Option<String>,
    /// What it does not see.
    pub(crate) hidden: BTreeSet<Area>,
}

#[derive(Debug, Default)]
struct Held {
    profile: Option<String>,
    used: u64,
}

/// The seats of a node. They end with the process: after a start everybody chooses again.
#[derive(Debug, Default)]
pub(crate) struct Seats(Mutex<(u64, BTreeMap<String, Held>)>);

impl Seats {
    /// The profile that was chosen at a seat; none when it is locked.
    pub(crate) fn chosen(&self, seat: &str) -> Option<String> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (clock, seats) = &mut *kept;
        *clock += 1;
        let held = seats.get_mut(seat)?;
        held.used = *clock;
        held.profile.clone()
    }

    /// Lets a profile sit down, or (none) locks the seat.
    pub(crate) fn sit(&self, seat: &str, profile: Option<String>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (clock, seats) = &mut *kept;
        *clock += 1;
        if !seats.contains_key(seat)
            && seats.len() >= SEATS
            && let Some(least) = seats.iter().min_by_key(|(_, held)| held.used).map(|(seat, _)| seat.clone())
        {
            seats.remove(&least);
        }
        seats.insert(seat.to_owned(), Held { profile, used: *clock });
    }

    /// Everybody of a profile has to choose again: its PIN or its limits changed, or it is gone.
    pub(crate) fn stand_up(&self, profile: &str) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.retain(|_, held| held.profile.as_deref() != Some(profile));
    }
}

/// Lets a call from a seat through, as whom.
///
/// # Errors
/// `locked`, `profile_hides` with the area.
pub(crate) fn admit(inner: &Inner, seat: Option<&str>, call: &str) -> Answer<Arc<Who>> {
    let Some(seat) = seat else { return Ok(Arc::default()) };
    let chosen = inner.seats.chosen(seat);
    let profile = match &chosen {
        Some(id) => inner.store.profile(id).map_err(store_error)?,
        None => None,
    };
    let Some(profile) = profile else {
        let free = OPEN.contains(&call) || inner.store.profiles().map_err(store_error)?.is_empty();
        return if free { Ok(Arc::new(recorder(inner)?)) } else { Err(ErrorDto::new("locked")) };
    };
    let hidden: BTreeSet<Area> = profile.hidden.iter().filter_map(|word| Area::read(word)).collect();
    if let Some(area) = area_of(call).filter(|area| hidden.contains(area)) {
        return Err(ErrorDto::new("profile_hides").with("area", area.as_str()));
    }
    Ok(Arc::new(Who { profile: Some(profile.id), name: Some(profile.name), hidden }))
}

/// Where nobody chooses a profile the 记录人 of the settings is declared: the frame shows that name as who records here.
fn recorder(inner: &Inner) -> Answer<Who> {
    let settings = frame::settings(inner, Nothing {})?;
    let name = settings.recorder.map(|name| name.trim().to_owned()).filter(|name| (1..=DECLARED).contains(&name.len()));
    Ok(Who { name, ..Who::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_locked_again_when_it_is_left_or_its_profile_changes() {
        let seats = Seats::default();
        assert_eq!(seats.chosen("a"), None);
        seats.sit("a", Some("p".to_owned()));
        seats.sit("b", Some("q".to_owned()));
        seats.stand_up("p");
        assert_eq!((seats.chosen("a"), seats.chosen("b")), (None, Some("q".to_owned())));
        seats.sit("b", None);
        assert_eq!(seats.chosen("b"), None);
    }

    #[test]
    fn the_seat_used_least_lately_gives_way() {
        let seats = Seats::default();
        for number in 0..SEATS {
            seats.sit(&number.to_string(), Some("p".to_owned()));
        }
        assert!(seats.chosen("0").is_some());
        seats.sit("new", Some("p".to_owned()));
        assert!(seats.chosen("0").is_some() && seats.chosen("new").is_some());
        assert_eq!(seats.chosen("1"), None);
    }
}
