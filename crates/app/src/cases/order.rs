//! 机构调整: an office moves to another superior, is merged into another, or dissolved, by order of an office above all
//! concerned. Books, authorship and past snapshots stay what they are; who reads from then on follows the tree.

use jiff::civil::Date;
use ybz_domain::date::read_date;
use ybz_domain::ids::{DeviceId, OfficeId};
use ybz_domain::trust::{Body, Change, Role};

use super::issue::{issue, turn};
use super::org::must_keep;
use crate::ErrorDto;
use crate::cx::{Cx, Edits};
use crate::dto::Nothing;
use crate::dto::order::{OrderInput, OrderKind, OrderPreview};
use crate::error::Answer;
use crate::link::service::addresses_of;
use crate::node::store_error;

/// An order that can be given.
struct Ready {
    office: OfficeId,
    former: Option<OfficeId>,
    to: Option<OfficeId>,
    change: Change,
    from: Date,
}

/// `order.preview`: what the order would change, for whom.
pub(crate) fn preview(cx: &Cx<'_>, input: OrderInput) -> Answer<OrderPreview> {
    let ready = ready(cx, &input)?;
    let name = |office: &Option<OfficeId>| office.map(|office| cx.name_of(&office));
    let below = cx.children(&ready.office).iter().map(|child| cx.name_of(child)).collect();
    Ok(OrderPreview {
        office: cx.name_of(&ready.office),
        former: name(&ready.former),
        to: name(&ready.to),
        from: ready.from.to_string(),
        below,
    })
}

/// `order.give`: signs the order. It takes effect on each node when it arrives there.
pub(crate) fn give(cx: &Cx<'_>, input: OrderInput) -> Answer<Nothing> {
    must_keep(cx)?;
    let _turn = turn(cx.node);
    let cx = &cx.anew()?;
    let Ready { office, former, change, from, .. } = ready(cx, &input)?;
    let kept = cx.node.store.kept().map_err(store_error)?;
    let keeps = |device: &DeviceId| {
        former.and_then(|former| cx.membership().certificate(&former, device)).is_some_and(|c| c.role == Role::Keeper)
    };
    let logs = kept.heads.iter().filter(|head| keeps(&head.issuer)).map(|head| (head.issuer, head.seq)).collect();
    let mut edits = Edits::default();
    issue(cx, &mut edits, Body::Order { office, change, from, logs })?;
    let what = match input.kind {
        OrderKind::Move => "move",
        OrderKind::Merge => "merge",
        OrderKind::Dissolve => "dissolve",
    };
    edits.log("order_given", &[("office", office.to_string()), ("what", what.to_owned())]);
    cx.commit(edits)?;
    cx.node.link.refresh_all();
    Ok(Nothing {})
}

fn ready(cx: &Cx<'_>, input: &OrderInput) -> Answer<Ready> {
    let membership = cx.membership();
    let known = |text: &str, field: &str| {
        let unknown = || ErrorDto::new("office_unknown").at(field);
        let office: OfficeId = text.parse().map_err(|_| unknown())?;
        let below = office != cx.office && membership.is_above(&cx.office, &office);
        if below { Ok(office) } else { Err(unknown()) }
    };
    let office = known(&input.office, "office")?;
    let former = membership.parent(&office);
    let wrong = |why: &str| ErrorDto::new("order_impossible").with("why", why);
    if membership.is_closed(&office) {
        return Err(wrong("closed"));
    }
    let to = match (input.kind, input.to.as_deref()) {
        (OrderKind::Dissolve, _) => None,
        // The office that orders may take the office itself.
        (OrderKind::Move, Some(to)) if to == cx.office.to_string() => Some(cx.office),
        (_, Some(to)) => Some(known(to, "to")?),
        (_, None) => return Err(ErrorDto::new("required").at("to")),
    };
    let kind = |office: &OfficeId| membership.offices.get(office).map(|view| view.kind);
    let change = match (input.kind, to) {
        (OrderKind::Move, Some(parent)) => {
            let fits = kind(&parent).zip(kind(&office)).is_some_and(|(above, below)| above.may_adopt(below));
            if Some(parent) == former || !fits || membership.is_closed(&parent) || membership.is_above(&office, &parent)
            {
                return Err(wrong("superior").at("to"));
            }
            let devices = membership.offices.get(&parent).into_iter().flat_map(|view| &view.devices);
            let addresses = devices
                .filter(|(_, certificate)| certificate.removed.is_none())
                .map(|(device, _)| (*device, listens(cx, device)))
                .collect();
            Change::Move { parent, addresses }
        }
        (OrderKind::Merge, Some(into)) => {
            if into == office || kind(&into) != kind(&office) || membership.is_closed(&into) {
                return Err(wrong("merger").at("to"));
            }
            Change::Merge { into }
        }
        _ => {
            if !membership.children(&office).is_empty() {
                return Err(wrong("below"));
            }
            Change::Dissolve
        }
    };
    let from = match input.from.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => cx.check_far(read_date(text, cx.today), "from", false)?,
        None => cx.today,
    };
    // It takes effect when it arrives; one for a later day is given on that day.
    if from > cx.today {
        return Err(ErrorDto::new("order_too_early").at("from").with("date", from));
    }
    Ok(Ready { office, former, to, change, from })
}

fn listens(cx: &Cx<'_>, device: &DeviceId) -> Vec<String> {
    if *device == cx.device().id() {
        return cx.node.link.callable().iter().map(ToString::to_string).collect();
    }
    addresses_of(cx.node, device).iter().map(ToString::to_string).collect()
}
