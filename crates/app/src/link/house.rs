//! Offices of one node that stand above one another (代管): their books lie in one database, and no session carries them.

use std::sync::Arc;

use ybz_domain::book::{BookKey, Scope};
use ybz_domain::ids::OfficeId;
use ybz_domain::trust::Received;

use super::answer::delivery::local_time;
use super::held::{but_held, note_held_above};
use crate::ErrorDto;
use crate::cases::status::receipt_setting;
use crate::cx::{Cx, received_setting};
use crate::dto::sync::ReceiptInfo;
use crate::node::{Inner, store_error};

/// Signs receipts of superiors that are kept here for subordinates that are kept here as well. The signature says what any
/// receipt says: this hub holds the changes durably.
pub(crate) fn deliver(inner: &Arc<Inner>) -> Result<(), ErrorDto> {
    let offices = inner.offices()?;
    let me = inner.store.device().id();
    for office in &offices {
        let cx = Cx::of(inner, *office)?;
        let Some((tree, superior)) = cx.tree().zip(cx.superior()).filter(|(_, above)| offices.contains(above)) else {
            continue;
        };
        if !cx.membership().is_hub(&superior, &me) {
            continue;
        }
        let received = received(inner, office, &superior)?;
        let news = note_held_above(&inner.store, office, &received)?;
        let sound = match &received {
            Received::Books(sound) | Received::Held { sound, .. } => !sound.is_empty(),
            Received::Catalog { .. } => true,
        };
        let shown = inner.store.setting(&receipt_setting(office)).map_err(store_error)?.is_some();
        if shown && !sound && !news {
            continue;
        }
        let today = inner.today();
        let beside = (received_setting(office), serde_json::json!(today.to_string()));
        let receipt =
            inner.store.sign_receipt(tree, superior, *office, today, received, Some(&beside)).map_err(store_error)?;
        let info = ReceiptInfo { on: today.to_string(), at: local_time((inner.clock)().1), by: cx.name_of(&superior) };
        let info = serde_json::to_value(&info).map_err(|error| ErrorDto::internal("receipt", &error))?;
        inner.store.put_receipt(&receipt, &[], Some(&(receipt_setting(office), info))).map_err(store_error)?;
    }
    Ok(())
}

/// The books of an office whose heads its superior has not signed for, and what of its books cannot be read.
fn received(inner: &Inner, office: &OfficeId, superior: &OfficeId) -> Result<Received, ErrorDto> {
    let up = |key: &BookKey| key.office == *office && key.kind.scope() == Scope::Up;
    let (mut all, mut owed) = (Vec::new(), Vec::new());
    for (key, heads) in inner.store.catalog(&up).map_err(store_error)? {
        all.push(key.id());
        if inner.store.unsent(&key.id(), Some(superior)).map_err(store_error)? > 0 {
            owed.push((key.id(), heads));
        }
    }
    but_held(&inner.store, all.into_iter(), Received::Books(owed))
}
