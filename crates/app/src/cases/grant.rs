//! 许可: a keeper lets one clerk's device read residents and talks.

use ybz_domain::ids::DeviceId;
use ybz_domain::trust::{Body, Role};

use super::issue::{issue, turn};
use super::org::must_keep;
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Nothing;
use crate::dto::roles::DeviceReader;
use crate::dto::sync::DeviceInput;
use crate::error::Answer;

/// `device.grant`: for ever, as long as its certificate holds; it is taken back by removing the device.
pub(crate) fn device(cx: &Cx<'_>, input: DeviceInput) -> Answer<Nothing> {
    must_keep(cx)?;
    let _turn = turn(cx.node);
    let cx = &cx.anew()?;
    let missing = || ErrorDto::new("not_found").at("device");
    let device: DeviceId = input.device.parse().map_err(|_| missing())?;
    let known = cx.membership().certificate(&cx.office, &device).filter(|known| known.removed.is_none());
    let known = known.ok_or_else(missing)?;
    if known.granted {
        return Ok(Nothing {});
    }
    let serial = known
        .serial
        .filter(|_| grantable(known.role))
        .ok_or_else(|| ErrorDto::new("not_allowed").at("device").with("role", known.role.as_str()))?;
    let me = cx.membership().certificate(&cx.office, &cx.device().id());
    if !me.is_some_and(|me| me.confirmed) {
        return Err(ErrorDto::new("not_allowed").with("need", "confirmed"));
    }
    let mut edits = Edits::default();
    issue(cx, &mut edits, Body::Grant { serial })?;
    edits.log("own_books_granted", &[("device", device.to_string())]);
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// A keeper needs none, and a viewer gets none.
pub(crate) fn grantable(role: Role) -> bool {
    matches!(role, Role::Clerk | Role::Custodian)
}

/// `device.readers`: devices of this office, this one first.
pub(crate) fn readers(cx: &Cx<'_>) -> Answer<Vec<DeviceReader>> {
    let me = cx.device().id();
    let Some(view) = cx.membership().offices.get(&cx.office) else { return Ok(Vec::new()) };
    let mut rows: Vec<DeviceReader> = view
        .devices
        .iter()
        .filter(|(_, known)| known.removed.is_none())
        .map(|(device, known)| DeviceReader {
            device: device.to_string(),
            holder: known.holder.clone(),
            here: *device == me,
            role: known.role.as_str().to_owned(),
            custody: known.custody,
            compared: known.confirmed,
            granted: known.granted,
            reads: known.reads_own(),
            may_be_granted: grantable(known.role) && !known.granted,
        })
        .collect();
    rows.sort_by_key(|row| (!row.here, row.holder.clone(), row.device.clone()));
    Ok(rows)
}
