//! Where this node's own joining stands, kept across restarts until it is decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ybz_domain::ids::OfficeId;
use ybz_store::Store;

use crate::ErrorDto;
use crate::dto::sync::JoinState;
use crate::node::store_error;

/// Setting that keeps it. The ticket and its secret are not in it: whoever goes on needs the ticket again.
const JOINING: &str = "joining";

/// The state of a joining whose request lies in a file.
pub(super) const BY_FILE: &str = "by_file";

/// Offices of this node, each with its name and its superior's.
type Places = BTreeMap<String, (String, Option<String>)>;

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    state: JoinState,
    /// As they were when the state was kept.
    places: Places,
}

fn places(store: &Store) -> Result<Places, ErrorDto> {
    let membership = store.membership().map_err(store_error)?;
    let name = |office: &OfficeId| membership.offices.get(office).map(|view| view.name.clone()).unwrap_or_default();
    let of = |office: &OfficeId| (name(office), membership.parent(office).map(|parent| name(&parent)));
    let local = store.local_offices().map_err(store_error)?;
    Ok(local.into_iter().map(|local| (local.office.to_string(), of(&local.office))).collect())
}

/// The answer came, and the node was closed before that was noted: an office hangs below the inviter since then, or the
/// inviting office itself is here.
fn arrived(before: &Places, now: &Places, inviter: Option<&str>) -> bool {
    now.iter().any(|(office, (name, superior))| match before.get(office) {
        Some((_, old)) => old != superior && superior.as_deref() == inviter,
        None => Some(name.as_str()) == inviter,
    })
}

/// The connection broke while the inviter had still to decide, as it does when the program is closed: the request waits there
/// all the same, and that is what must be known afterwards.
pub(super) fn still_waits(before: Option<&JoinState>, now: Option<&JoinState>) -> bool {
    let code = now.and_then(|now| now.error.as_ref()).map(|error| error.code.as_str());
    before.is_some_and(|before| before.state == "waiting_approval")
        && matches!(code, Some("join_interrupted" | "superior_unreachable"))
}

/// Keeps a state that is not decided, or that failed; one that has joined leaves nothing to remember.
pub(super) fn keep(store: &Store, state: Option<&JoinState>) {
    if let Err(error) = try_keep(store, state) {
        tracing::warn!(code = %error.code, "where joining stands was not kept");
    }
}

fn try_keep(store: &Store, state: Option<&JoinState>) -> Result<(), ErrorDto> {
    let kept = match state.filter(|state| state.state != "joined") {
        // The digits are good for one session; those of a file for as long as it lies somewhere.
        Some(state) => {
            let code = state.code.clone().filter(|_| state.state == BY_FILE);
            Some(Kept { state: JoinState { code, ..state.clone() }, places: places(store)? })
        }
        None => None,
    };
    let value = serde_json::to_value(&kept).map_err(|error| ErrorDto::internal("joining", &error))?;
    store.put_setting(JOINING, &value).map_err(store_error)
}

/// What was kept, as it stands after the node was closed: nobody asks any more, the inviter may still decide.
pub(super) fn kept(store: &Store) -> Option<JoinState> {
    let value = store.setting(JOINING).ok().flatten()?;
    let Kept { mut state, places: before } = serde_json::from_value::<Option<Kept>>(value).ok()??;
    if state.state == "failed" {
        return Some(state);
    }
    let by_file = state.state == BY_FILE;
    if places(store).is_ok_and(|now| arrived(&before, &now, state.superior.as_deref())) {
        state.state = "joined".to_owned();
        return Some(state);
    }
    if by_file {
        return Some(state);
    }
    if state.state == "connecting" {
        state.state = "failed".to_owned();
    }
    state.error = Some(ErrorDto::new("join_interrupted"));
    Some(state)
}

/// The state of one that has joined.
pub(crate) fn joined(superior: String) -> JoinState {
    JoinState { state: "joined".to_owned(), code: None, superior: Some(superior), error: None }
}
