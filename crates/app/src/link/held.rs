//! What an addressee has accepted and cannot read is told back in its receipt.

use ybz_domain::ids::{BookId, OfficeId};
use ybz_domain::trust::Received;
use ybz_store::Store;

use super::same_heads;
use crate::ErrorDto;
use crate::cases::status::held_above_setting;
use crate::node::store_error;

/// What is received, without those of the books owed of which something is held here: that is told back.
pub(super) fn but_held(
    store: &Store,
    owed: impl Iterator<Item = BookId>,
    received: Received,
) -> Result<Received, ErrorDto> {
    let (mut sound, mut held) = (Vec::new(), Vec::new());
    for id in owed {
        let unread = store.held_changes(&id).map_err(store_error)?;
        match unread.is_empty() {
            true => sound.push((id, store.heads(&id).map_err(store_error)?)),
            false => held.push((id, unread)),
        }
    }
    if held.is_empty() {
        return Ok(received);
    }
    if let Received::Books(books) = &received {
        sound.retain(|(id, heads)| books.iter().any(|(book, listed)| book == id && same_heads(listed, heads)));
    }
    Ok(Received::Held { sound, held })
}

/// Keeps how much of an office's books its superior says that it cannot read. Returns whether that is new.
pub(super) fn note_held_above(store: &Store, office: &OfficeId, received: &Received) -> Result<bool, ErrorDto> {
    let held: u64 = match received {
        Received::Held { held, .. } => held.iter().map(|(_, hashes)| hashes.len() as u64).sum(),
        Received::Catalog { .. } | Received::Books(_) => 0,
    };
    let (setting, value) = (held_above_setting(office), serde_json::json!(held));
    let known = store.setting(&setting).map_err(store_error)?;
    if known == Some(value.clone()) || (known.is_none() && held == 0) {
        return Ok(false);
    }
    store.put_setting(&setting, &value).map_err(store_error)?;
    Ok(true)
}
