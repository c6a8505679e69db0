//! How the key of the books is kept: passphrase, keychain, recovery sheet. Whatever was given out earlier opens what was
//! copied earlier: a changed passphrase changes no old backup.

use std::sync::Arc;

use ybz_store::{Holder, LogEntry, Secret, SideWrites};

use crate::ErrorDto;
use crate::dto::Nothing;
use crate::dto::security::{
    CurrentInput, KeyStatus, PassphraseInput, RecoverInput, RecoverySheet, RestoreInput, UnlockInput,
};
use crate::error::Answer;
use crate::keys::{fresh_words, key_error, passphrase, spelled};
use crate::node::{Inner, open_error, store_error};

/// The number of these books, for people: the start of their id.
pub(crate) fn number(node: &Inner) -> Answer<String> {
    let id = node.store.database_id().map_err(|error| open_error(&error))?;
    Ok(id.get(..8).unwrap_or_default().to_owned())
}

/// `key.status`
pub(crate) fn status(node: &Arc<Inner>, _: Nothing) -> Answer<KeyStatus> {
    let file = node.store.key_file().map_err(|error| open_error(&error))?;
    let slot = file.as_ref().and_then(|file| file.slot());
    let under_passphrase = file.as_ref().is_some_and(|file| file.holder == Holder::Passphrase);
    let place = node.key_place();
    let system = place.as_ref().map_or("unknown", |place| place.word());
    let membership = node.store.membership().map_err(store_error)?;
    let me = node.store.device().id();
    let (mut waiting, mut locked) = (Vec::new(), Vec::new());
    for office in node.offices()? {
        let name = membership.offices.get(&office).map(|view| view.name.clone()).unwrap_or_default();
        let lost = membership.certificate(&office, &me).is_none();
        if lost && node.store.restored(&office).map_err(store_error)?.is_some() {
            waiting.push(name.clone());
        }
        if node.store.private_locked(&office).map_err(store_error)? {
            locked.push(name);
        }
    }
    Ok(KeyStatus {
        holder: if under_passphrase { "passphrase" } else { system }.to_owned(),
        passphrase_on: slot.and_then(|slot| slot.passphrase.as_ref()).map(|wrap| wrap.made.clone()),
        sheet_on: slot.and_then(|slot| slot.words.as_ref()).map(|wrap| wrap.made.clone()),
        number: number(node)?,
        waiting,
        locked,
    })
}

/// Whoever changes how the key is kept knows the passphrase in force: an open window alone is not enough.
fn must_know(node: &Inner, current: &str) -> Answer<()> {
    let file = node.store.key_file().map_err(|error| open_error(&error))?;
    if file.is_none_or(|file| file.slot().is_none_or(|slot| slot.passphrase.is_none())) {
        return Ok(());
    }
    let checked = node.store.check_secret(Secret::Passphrase, spelled(current).as_bytes());
    checked.map_err(|error| ErrorDto { field: Some("current".to_owned()), ..key_error(&error, Secret::Passphrase) })
}

fn log(node: &Inner, code: &str) -> Answer<()> {
    let entry = LogEntry { on: node.today(), code: code.to_owned(), params: std::collections::BTreeMap::new() };
    let side = SideWrites { log: vec![entry], ..SideWrites::default() };
    node.store.put_side(&side).map_err(store_error)
}

/// `key.set_passphrase`: the key is kept under it from now on, and the system forgets the key.
pub(crate) fn set_passphrase(node: &Arc<Inner>, input: PassphraseInput) -> Answer<Nothing> {
    let new = passphrase(&input.passphrase, "passphrase")?;
    must_know(node, &input.current)?;
    let kept = node.store.keep_under(Secret::Passphrase, new.as_bytes(), node.today());
    kept.map_err(|error| key_error(&error, Secret::Passphrase))?;
    log(node, "passphrase_set")?;
    // The wrap is on disk: whatever happens now, the passphrase opens the books.
    if let Some(place) = node.key_place() {
        place.remove()?;
    }
    node.feed.publish(["key"]);
    Ok(Nothing {})
}

/// `key.use_keychain`: the system keeps the key again, and the passphrase opens nothing any more.
pub(crate) fn use_keychain(node: &Arc<Inner>, input: CurrentInput) -> Answer<Nothing> {
    must_know(node, &input.current)?;
    let place = node.key_place().ok_or_else(|| ErrorDto::new("keychain_unavailable"))?;
    place.write(&node.store.key())?;
    node.store.drop_passphrase(node.today()).map_err(|error| key_error(&error, Secret::Passphrase))?;
    log(node, "keychain_used")?;
    node.feed.publish(["key"]);
    Ok(Nothing {})
}

/// `key.recovery_sheet`: 24 new words that open these books; those of the sheet before open them no more.
pub(crate) fn recovery_sheet(node: &Arc<Inner>, input: CurrentInput) -> Answer<RecoverySheet> {
    must_know(node, &input.current)?;
    let (entropy, words) = fresh_words()?;
    let kept = node.store.keep_under(Secret::Words, &entropy, node.today());
    kept.map_err(|error| key_error(&error, Secret::Words))?;
    log(node, "recovery_sheet_made")?;
    node.feed.publish(["key"]);
    let membership = node.store.membership().map_err(store_error)?;
    let name = |office: &_| membership.offices.get(office).map(|view| view.name.clone());
    let offices = node.offices()?.iter().filter_map(name).collect();
    Ok(RecoverySheet { words, number: number(node)?, on: node.today().to_string(), offices })
}

/// `node.unlock`: books that answer are open. Where they are not, the host answers instead.
pub(crate) fn unlock(_: &Arc<Inner>, _: UnlockInput) -> Answer<Nothing> {
    Ok(Nothing {})
}

/// `key.recover` on books that are open: a passphrase is forgotten on a closed door.
pub(crate) fn recover(_: &Arc<Inner>, _: RecoverInput) -> Answer<Nothing> {
    Err(ErrorDto::new("books_are_open"))
}

/// `backup.restore` on books that are open, in a host that cannot exchange them.
pub(crate) fn restore(_: &Arc<Inner>, _: RestoreInput) -> Answer<Nothing> {
    Err(ErrorDto::new("books_are_open"))
}
