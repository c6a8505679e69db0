//! At the street, once the village's own computer is known to keep the books: what only the village may have goes from here.

use std::collections::BTreeSet;
use std::sync::{Arc, TryLockError};

use ybz_domain::book::Scope;
use ybz_domain::ids::OfficeId;
use ybz_domain::trust::Body;
use ybz_store::DropBook;

use super::{Handed, device, issue, must_keep, setting};
use crate::ErrorDto;
use crate::cx::{Cx, Edits, draft_form};
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// What settings of offices that were handed back begin with.
const PREFIX: &str = "hand_back/";

/// Finishes whatever is known to be taken over. Called whenever statements change.
pub(crate) fn settle(node: &Arc<Inner>) -> Answer<()> {
    for (id, value) in node.store.settings_under(PREFIX).map_err(store_error)? {
        let Ok(office) = id.parse::<OfficeId>() else { continue };
        let Ok(handed) = serde_json::from_value::<Handed>(value) else { continue };
        if handed.taken_on.is_none() {
            finish(node, office, &handed)?;
        }
    }
    Ok(())
}

fn finish(node: &Arc<Inner>, office: OfficeId, handed: &Handed) -> Answer<()> {
    let membership = node.store.membership().map_err(store_error)?;
    let carrier = membership.certificate(&office, &handed.device);
    // The carrier's last word stands behind the certificate of the village's own device.
    let Some(carrier) = carrier.filter(|known| known.retired.is_some()) else { return Ok(()) };
    // Whoever has the turn commits, and this is looked at again then.
    let _turn = match node.issuing.try_lock() {
        Ok(turn) => turn,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return Ok(()),
    };
    let mut edits = Edits::default();
    // Another copy of the file gives nobody a place any more: of the carrier what is known now stands, and nothing else.
    if let (Some(above), Some(serial), None) = (membership.parent(&office), carrier.serial, &carrier.removed)
        && node.offices()?.contains(&above)
    {
        let cx = Cx::of(node, above)?;
        if must_keep(&cx).is_ok() {
            let last = device::last(&cx, &handed.device, None)?;
            issue(&cx, &mut edits, Body::Remove { serial, cut: Vec::new(), last })?;
        }
    }
    forget(node, office, &mut edits)?;
    let today = node.today();
    let done = Handed { carrier: None, taken_on: Some(today.to_string()), ..handed.clone() };
    let done = serde_json::to_value(&done).map_err(|error| ErrorDto::internal("custody", &error))?;
    edits.setting(&setting(&office), done);
    edits.log("custody_over", &[("office", office.to_string())]);
    Cx::of(node, office)?.commit_beside(edits)?;
    node.feed.publish(["office", "sync"]);
    Ok(())
}

/// `own/` books, the keys of what is sealed in them, and what was typed and not saved.
fn forget(node: &Arc<Inner>, office: OfficeId, edits: &mut Edits) -> Answer<()> {
    let on = node.today().to_string();
    let books = node.store.read(|reader| reader.books()).map_err(store_error)?;
    let here: BTreeSet<OfficeId> = node.offices()?.into_iter().chain([office]).collect();
    for key in node.store.household_keys().map_err(store_error)? {
        // Of which office a key is, the books of the offices that are kept here say, not whoever else used the same id. One
        // whose record is in none of them, since it cannot be read in, goes too when nobody else is kept here.
        let mut of = BTreeSet::new();
        for book in books.iter().filter(|book| here.contains(&book.key.office)) {
            let record = node.store.read(|reader| reader.record(Some(&book.key.id()), &key.household));
            if record.map_err(store_error)?.is_some() {
                of.insert(book.key.office);
            }
        }
        if of == BTreeSet::from([office]) || (of.is_empty() && here.iter().all(|one| *one == office)) {
            edits.forget_key(key.household);
        }
    }
    for info in books {
        if info.key.office == office && info.key.kind.scope() == Scope::Own {
            edits.drop_book(DropBook { key: info.key, heads: info.heads.clone(), seen: info.heads, on: on.clone() });
        }
    }
    let (common, of_profiles) = (draft_form(&office.to_string(), None, ""), format!("{office}@"));
    for draft in node.store.drafts().map_err(store_error)? {
        if draft.form.starts_with(&common) || draft.form.starts_with(&of_profiles) {
            edits.discard_draft(draft.form, draft.key);
        }
    }
    edits.setting(&format!("last_visit/{office}"), serde_json::Value::Null);
    Ok(())
}
