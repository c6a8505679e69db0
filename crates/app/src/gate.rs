//! The gate of a window: books that may be locked, and the few calls that are answered before they are open.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::ErrorDto;
use crate::cases::backup;
use crate::dto::security::{RecoverInput, RestoreInput, UnlockInput};
use crate::error::Answer;
use crate::host::{self, KeyPlace, With};
use crate::node::{Node, OpenOptions, blocking, open_error, store_error};

/// The window is one seat.
const SEAT: &str = "window";

/// How long a restore waits for calls on the empty books to end.
const ENDS: std::time::Duration = std::time::Duration::from_secs(10);

/// What a gate needs.
#[derive(Clone)]
pub struct GateOptions {
    /// The data directory.
    pub data: PathBuf,
    /// The key file; none: the keychain.
    pub key_file: Option<PathBuf>,
    /// Where the boot token stands.
    pub boot: PathBuf,
    /// Today, and milliseconds since 1970.
    pub clock: fn() -> (Date, u64),
}

/// Open books, or why they are not.
pub struct Gate {
    options: GateOptions,
    state: Mutex<Answer<Node>>,
}

impl Gate {
    /// Opens the books, where no person has to be asked. On a machine without books both they and their key are made; a key
    /// is never made for books that exist.
    pub async fn open(options: GateOptions) -> Self {
        let given = options.clone();
        let opened = blocking(move || {
            let new = !given.data.join("ybz.db").exists();
            let key = host::find_key(&given.data, given.key_file.as_deref(), new)?;
            enter(&given, key)
        });
        let state = Mutex::new(opened.await);
        Self { options, state }
    }

    /// The open node, or why there is none.
    ///
    /// # Errors
    /// `passphrase_needed`, or what opening said.
    pub async fn node(&self) -> Answer<Node> {
        self.state.lock().await.clone()
    }

    /// Answers a call, and the node that it opened, if it did: whoever hosts it lets others in from then on.
    ///
    /// # Errors
    /// What the node answers; before it is open why it is not.
    pub async fn call(&self, name: &str, office: Option<&str>, input: Value) -> Answer<(Value, Option<Node>)> {
        match name {
            "node.unlock" => self.unlock(parse(input)?).await,
            "key.recover" => self.recover(parse(input)?).await,
            "backup.restore" => self.restore(parse(input)?).await,
            // From the first office on it is a call like others: a seat may be locked.
            "backup.found" => match self.with_office().await? {
                Some(node) => node.call_from(SEAT, name, office, input).await.map(|value| (value, None)),
                None => {
                    let found = blocking(|| Ok(backup::lying_in(&host::places()))).await?;
                    Ok((json!(found), None))
                }
            },
            _ => {
                let node = self.node().await?;
                node.call_from(SEAT, name, office, input).await.map(|value| (value, None))
            }
        }
    }

    /// The open node, if its books have an office.
    async fn with_office(&self) -> Answer<Option<Node>> {
        let Ok(node) = self.node().await else { return Ok(None) };
        let look = node.clone();
        let empty = blocking(move || Ok(look.0.offices()?.is_empty())).await?;
        Ok((!empty).then_some(node))
    }

    async fn unlock(&self, input: UnlockInput) -> Answer<(Value, Option<Node>)> {
        let mut state = self.state.lock().await;
        if state.is_ok() {
            return Ok((json!({}), None));
        }
        let given = self.options.clone();
        let node = blocking(move || enter(&given, host::unlock(&given.data, &input.passphrase)?)).await?;
        *state = Ok(node.clone());
        Ok((json!({}), Some(node)))
    }

    async fn recover(&self, input: RecoverInput) -> Answer<(Value, Option<Node>)> {
        let mut state = self.state.lock().await;
        if state.is_ok() {
            return Err(ErrorDto::new("books_are_open"));
        }
        let given = self.options.clone();
        let node = blocking(move || {
            let today = (given.clock)().0;
            let key = host::recover(&given.data, &input.words, &input.passphrase, today)?;
            // Where the system held another key, or a broken one, it is not asked again.
            let _ = KeyPlace::of(&given.data, given.key_file.as_deref()).remove();
            enter(&given, key)
        });
        let node = node.await?;
        *state = Ok(node.clone());
        Ok((json!({}), Some(node)))
    }

    /// Puts the books of a backup in the place of empty ones. Books with an office are never replaced.
    async fn restore(&self, input: RestoreInput) -> Answer<(Value, Option<Node>)> {
        let mut state = self.state.lock().await;
        let given = self.options.clone();
        if let Ok(node) = state.as_ref() {
            if !node.0.offices()?.is_empty() {
                return Err(ErrorDto::new("books_are_open"));
            }
        } else if given.data.join("ybz.db").exists() {
            return Err(ErrorDto::new("directory_not_empty").with("folder", given.data.display()));
        }
        let place = KeyPlace::of(&given.data, given.key_file.as_deref());
        let (look, asked) = (given.clone(), input.clone());
        let at = place.clone();
        // The whole backup is looked at before anything goes.
        blocking(move || {
            if !asked.words.trim().is_empty() {
                crate::keys::passphrase(&asked.new_passphrase, "newPassphrase")?;
            }
            let key = host::backup_key(Path::new(&asked.file), &at, with(&asked))?;
            let checked = ybz_store::verify_backup(Path::new(&asked.file), &key, &look.data);
            checked.map_err(|error| crate::keys::backup_error(&error, ybz_store::Secret::Passphrase)).map(|_| ())
        })
        .await?;
        let mut replaced = None;
        if let Ok(node) = std::mem::replace(&mut *state, Err(ErrorDto::new("passphrase_needed"))) {
            replaced = Some(node.key());
            node.close().await;
            // Calls that wait for news end now, and the books are let go of with the last of them.
            node.0.feed.publish(["*"]);
            drop(node);
        }
        let (now, asked) = (given.clone(), input);
        let restored = free(&given.data).await;
        let restored = match restored {
            Ok(()) => {
                let at = place.clone();
                blocking(move || {
                    if let Some(key) = replaced {
                        must_be_nobodys(&now, key)?;
                    }
                    for name in ["ybz.db", "ybz.db-wal", "ybz.db-shm", "ybz.json", "ybz.keys.json"] {
                        let _ = std::fs::remove_file(now.data.join(name));
                    }
                    let today = (now.clock)().0;
                    let by = with(&asked);
                    let key = host::restore(Path::new(&asked.file), &now.data, &at, by, &now.boot, today)?;
                    if !matches!(by, With::System) {
                        at.remove()?;
                    }
                    enter(&now, key)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match restored {
            Ok(node) => {
                *state = Ok(node.clone());
                Ok((json!({}), Some(node)))
            }
            Err(error) => {
                // Empty books again, as before.
                let opened = blocking(move || {
                    let new = !given.data.join("ybz.db").exists();
                    enter(&given, host::find_key(&given.data, given.key_file.as_deref(), new)?)
                });
                *state = opened.await;
                Err(error)
            }
        }
    }
}

fn with(input: &RestoreInput) -> With<'_> {
    match (input.passphrase.is_empty(), input.words.trim().is_empty()) {
        (_, false) => With::Words(&input.words, &input.new_passphrase),
        (false, true) => With::Passphrase(&input.passphrase),
        (true, true) => With::System,
    }
}

/// Closed books that go have no office still: one may have been started while calls on them came to their end.
fn must_be_nobodys(options: &GateOptions, key: ybz_store::DatabaseKey) -> Answer<()> {
    let opened = ybz_store::Store::open(ybz_store::Options {
        dir: options.data.clone(),
        key,
        boot_dir: options.boot.clone(),
        today: (options.clock)().0,
        random: host::system_random,
        cache_bytes: ybz_store::DEFAULT_CACHE,
    });
    let store = opened.map_err(|error| open_error(&error))?;
    let offices = store.local_offices().map_err(store_error)?;
    if offices.is_empty() { Ok(()) } else { Err(ErrorDto::new("books_are_open")) }
}

/// Waits until nobody has the directory open.
async fn free(data: &Path) -> Answer<()> {
    let file = data.join("ybz.lock");
    let waited = tokio::time::timeout(ENDS, async {
        loop {
            let free = std::fs::File::options().create(true).truncate(false).write(true).open(&file);
            if free.is_ok_and(|file| file.try_lock().is_ok()) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    waited.await.map_err(|_| ErrorDto::new("directory_in_use"))
}

fn enter(options: &GateOptions, key: ybz_store::DatabaseKey) -> Answer<Node> {
    let node = Node::open(OpenOptions {
        data: options.data.clone(),
        key,
        create: true,
        boot: options.boot.clone(),
        clock: options.clock,
        random: host::system_random,
    })?;
    node.key_kept_in(KeyPlace::of(&options.data, options.key_file.as_deref()));
    Ok(node)
}

fn parse<I: DeserializeOwned>(input: Value) -> Answer<I> {
    serde_json::from_value(input).map_err(|error| ErrorDto::new("invalid_input").with("detail", error))
}

#[cfg(test)]
mod tests;
