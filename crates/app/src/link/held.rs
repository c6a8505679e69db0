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

fn count(received: &Received) -> u64 {
    match received {
        Received::Held { held, .. } => held.iter().map(|(_, hashes)| hashes.len() as u64).sum(),
        Received::Catalog { .. } | Received::Books(_) => 0,
    }
}

/// Whether that is another number than what is known of an office's books.
pub(super) fn is_news(store: &Store, office: &OfficeId, received: &Received) -> Result<bool, ErrorDto> {
    let known = store.setting(&held_above_setting(office)).map_err(store_error)?;
    let known = known.and_then(|value| value.as_u64()).unwrap_or_default();
    Ok(known != count(received))
}

/// Keeps how much of an office's books its superior says that it cannot read.
pub(super) fn note_held_above(store: &Store, office: &OfficeId, received: &Received) -> Result<(), ErrorDto> {
    if is_news(store, office, received)? {
        let setting = held_above_setting(office);
        store.put_setting(&setting, &serde_json::json!(count(received))).map_err(store_error)?;
    }
    Ok(())
}
