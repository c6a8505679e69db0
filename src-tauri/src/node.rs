//! The only file of the window that knows how the node is opened, reached from outside, and closed.

use serde_json::Value;
use std::path::Path;
use tauri::async_runtime::JoinHandle;
use ybz_app::{ErrorDto, Node, OpenOptions, ServeOptions, host};
use ybz_hub::socket::{Door, Served, SocketKey};

/// Books that are open, and the door through which `ybz` on the same folder reaches them.
pub(crate) struct Open {
    /// The node.
    pub(crate) node: Node,
    /// Answers commands; none where the system has no place for the door.
    pub(crate) door: Option<JoinHandle<()>>,
}

/// Opens the books in `data` with the key from `key_file` or, without it, from the system's keychain. On a machine
/// without books both are made; a key is never made for books that exist. Then commands are let in and, unless
/// `offline`, neighbours are looked for.
///
/// # Errors
/// The coded reason: no key, wrong key, folder in use, newer schema, …
pub(crate) async fn open(data: &Path, key_file: Option<&Path>, offline: bool) -> Result<Open, ErrorDto> {
    let key = host::find_key(data, key_file, !data.join("ybz.db").exists())?;
    let socket_key = SocketKey::of(&key);
    let node = Node::open(OpenOptions {
        data: data.to_owned(),
        key,
        create: true,
        boot: host::boot_dir(),
        clock: host::system_clock,
        random: host::system_random,
    })?;
    // Commands without the door are told that the folder is in use, which is true.
    let door = Door::open(data).ok().map(|door| {
        let served = Served { node: node.clone(), mint: None };
        tauri::async_runtime::spawn(door.answer(served, socket_key))
    });
    if !offline {
        let mdns = host::may_look_around();
        node.look_around(mdns);
        // What failed is shown by the sync status: no address, and nobody reached. The books work all the same.
        let _ = node.serve(ServeOptions { listen: None, mdns }).await;
    }
    Ok(Open { node, door })
}

/// Closes the door, which takes its socket away, and then the node.
pub(crate) async fn close(node: &Node, door: Option<JoinHandle<()>>) {
    if let Some(door) = door {
        door.abort();
        // It was ended just now: there is nothing to tell.
        let _ = door.await;
    }
    node.close().await;
}

/// The window is one seat.
const SEAT: &str = "window";

/// Forwards a call.
///
/// # Errors
/// What the node answers.
pub(crate) async fn call(node: &Node, name: &str, office: Option<&str>, input: Value) -> Result<Value, ErrorDto> {
    node.call_from(SEAT, name, office, input).await
}
