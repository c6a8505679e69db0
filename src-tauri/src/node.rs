//! The only file of the window that knows how the node is opened, reached from outside, and closed.

use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tauri::async_runtime::JoinHandle;
use ybz_app::{ErrorDto, Gate, GateOptions, Node, ServeOptions, host};
use ybz_hub::socket::{Door, Served, SocketKey};

/// The books behind their gate, and the door through which `ybz` on the same folder reaches them once they are open.
pub(crate) struct Open {
    gate: Gate,
    data: PathBuf,
    offline: bool,
    /// Answers commands; none where the system has no place for the door, and while the books are locked.
    door: Mutex<Option<JoinHandle<()>>>,
}

impl Open {
    /// Opens the books in `data` with the key from `key_file` or, without it, from the system's keychain. On a machine
    /// without books both are made; a key is never made for books that exist. Where a passphrase keeps the key, the page
    /// asks for it. Once the books are open, commands are let in and, unless `offline`, neighbours are looked for.
    pub(crate) async fn new(data: PathBuf, key_file: Option<PathBuf>, offline: bool) -> Self {
        let options = GateOptions { data: data.clone(), key_file, boot: host::boot_dir(), clock: host::system_clock };
        let open = Self { gate: Gate::open(options).await, data, offline, door: Mutex::new(None) };
        if let Ok(node) = open.gate.node().await {
            open.let_in(&node).await;
        }
        open
    }

    /// Forwards a call.
    ///
    /// # Errors
    /// What the node answers, or why it is not open.
    pub(crate) async fn call(&self, name: &str, office: Option<&str>, input: Value) -> Result<Value, ErrorDto> {
        let replaces = name == "backup.restore";
        if replaces {
            // The door holds the books too, and they are let go of first.
            self.shut().await;
        }
        match self.gate.call(name, office, input).await {
            Ok((value, opened)) => {
                if let Some(node) = opened {
                    self.let_in(&node).await;
                }
                Ok(value)
            }
            Err(error) => {
                if let (true, Ok(node)) = (replaces, self.gate.node().await) {
                    self.open_door(&node);
                }
                Err(error)
            }
        }
    }

    fn open_door(&self, node: &Node) {
        let key = SocketKey::of(&node.key());
        // Commands without the door are told that the folder is in use, which is true.
        let door = Door::open(&self.data).ok().map(|door| {
            let served = Served { node: node.clone(), mint: None };
            tauri::async_runtime::spawn(door.answer(served, key))
        });
        *self.door.lock().unwrap_or_else(PoisonError::into_inner) = door;
    }

    async fn let_in(&self, node: &Node) {
        self.shut().await;
        self.open_door(node);
        if !self.offline {
            let mdns = host::may_look_around();
            node.look_around(mdns);
            // What failed is shown by the sync status: no address, and nobody reached. The books work all the same.
            let _ = node.serve(ServeOptions { listen: None, mdns }).await;
        }
    }

    async fn shut(&self) {
        let door = self.door.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(door) = door {
            door.abort();
            // It was ended just now: there is nothing to tell.
            let _ = door.await;
        }
    }

    /// Closes the door, which takes its socket away, and then the node.
    pub(crate) async fn close(&self) {
        self.shut().await;
        if let Ok(node) = self.gate.node().await {
            node.close().await;
        }
    }
}
