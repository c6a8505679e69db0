//! 代管: a street founds the office of a village that has no computer on its own node, below itself, and hands it back in one
//! file when the village gets one.

mod finish;
mod hand_back;
mod take_over;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use ybz_domain::ids::{DeviceId, OfficeId, Serial};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Body, Founding};
use ybz_store::{LocalOffice, SideWrites};

use super::issue::{issue, turn};
use super::org::must_keep;
use super::{backup, device, handover};
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::custody::CustodyRow;
use crate::dto::node::InitOutput;
use crate::error::Answer;
use crate::node::{Inner, store_error};

pub(crate) use finish::settle;
#[cfg(test)]
pub(crate) use hand_back::Parcel;
pub(crate) use hand_back::hand_back;
pub(crate) use take_over::take_over;

/// What a street keeps of a village that it hands back: nothing of its books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Handed {
    /// Since when custody is over here, ISO.
    on: String,
    /// The key that the file carries: whoever opens it certifies the village's own device with it. Gone once that was done.
    carrier: Option<[u8; 32]>,
    /// Its device.
    device: DeviceId,
    /// Since when the village keeps its books itself, as far as it is known here, ISO.
    taken_on: Option<String>,
}

/// Setting that keeps it.
fn setting(office: &OfficeId) -> String {
    format!("hand_back/{office}")
}

fn handed(node: &Inner, office: &OfficeId) -> Answer<Option<Handed>> {
    let kept = node.store.setting(&setting(office)).map_err(store_error)?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()))
}

/// `custody.list`: villages right below this office that are kept on this machine, or were.
pub(crate) fn list(cx: &Cx<'_>) -> Answer<Vec<CustodyRow>> {
    let here = cx.node.offices()?;
    let mut rows = Vec::new();
    for office in cx.children(&cx.office) {
        let kept = here.contains(&office) && Cx::of(cx.node, office)?.in_custody();
        let (state, on) = match handed(cx.node, &office)? {
            Some(Handed { taken_on: Some(on), .. }) => ("taken", Some(on)),
            Some(Handed { on, .. }) => ("handed", Some(on)),
            None if kept => ("kept", None),
            None => continue,
        };
        rows.push(CustodyRow {
            office: office.to_string(),
            name: cx.name_of(&office),
            state: state.to_owned(),
            on,
            backup_on: backup::last_on(cx.node)?,
        });
    }
    Ok(rows)
}

/// `office.init` in custody: founds the office, says that its keeper is a custodian, and adopts it, all before its first
/// record.
pub(crate) fn found(
    node: &Arc<Inner>,
    name: String,
    kind: OfficeKind,
    region: Option<String>,
    superior: Option<&str>,
) -> Answer<InitOutput> {
    let _turn = turn(node);
    let above = above(node, kind, superior)?;
    let office = OfficeId(node.bytes());
    let founding = Founding { office, name: name.clone(), kind, region, on: node.today() };
    let mut edits = Edits::default();
    if let Some(above) = above {
        let keeper = node.store.device().id();
        let serial = Serial(node.bytes());
        let body = Body::Adopt { serial, office, name, kind, keeper, valid_from: node.today() };
        issue(&Cx::of(node, above)?, &mut edits, body)?;
        edits.log("office_adopted", &[("office", office.to_string())]);
    }
    issue(&Cx::of(node, office)?, &mut edits, Body::Custody)?;
    edits.log("custody_begun", &[("office", office.to_string())]);
    let side = SideWrites {
        foundings: vec![Signed::sign(&node.store.device(), &founding)],
        local_offices: vec![LocalOffice { office, joined: node.today() }],
        ..edits.into_side(node.today())
    };
    // Nothing or all: an office without the word that it is kept in custody would have unmarked records.
    node.store.commit(node.today(), Vec::new(), side).map_err(store_error)?;
    Ok(InitOutput { office: office.to_string(), recovery_words: None })
}

/// The office of this node that adopts: the one named, else the only one that may; none is there on a node of its own.
fn above(node: &Arc<Inner>, kind: OfficeKind, named: Option<&str>) -> Answer<Option<OfficeId>> {
    let mut fitting = Vec::new();
    for office in node.offices()? {
        let cx = Cx::of(node, office)?;
        if cx.kind().may_adopt(kind) && cx.tree().is_some() && must_keep(&cx).is_ok() {
            fitting.push(office);
        }
    }
    let unknown = || ErrorDto::new("office_unknown").at("superior");
    match (named, fitting.as_slice()) {
        (Some(id), _) => {
            let id: OfficeId = id.parse().map_err(|_| unknown())?;
            fitting.into_iter().find(|office| *office == id).map(Some).ok_or_else(unknown)
        }
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(*only)),
        (None, _) => Err(unknown()),
    }
}
