//! The only file of the window that knows how the node is opened and called.

use serde_json::Value;
use std::path::{Path, PathBuf};
use ybz_app::{ErrorDto, Node, OpenOptions, ServeOptions, host};

/// Opens the books in `data` with the key from `key_file` or, without it, from the system's keychain. On a machine
/// without books both are made; a key is never made for books that exist.
///
/// # Errors
/// The coded reason: no key, wrong key, folder in use, newer schema, …
pub(crate) fn open(data: PathBuf, key_file: Option<&Path>) -> Result<Node, ErrorDto> {
    let key = host::find_key(&data, key_file, !data.join("ybz.db").exists())?;
    Node::open(OpenOptions {
        data,
        key,
        create: true,
        boot: host::boot_dir(),
        clock: host::system_clock,
        random: host::system_random,
    })
}

/// Lets the node look for its neighbours. Without a network the books work all the same; the screen 同步 says so.
pub(crate) async fn serve(node: &Node) {
    // What failed is shown by the sync status: no address, and nobody reached.
    let _ = node.serve(ServeOptions { listen: None, mdns: true }).await;
}

/// Forwards a call.
///
/// # Errors
/// What the node answers.
pub(crate) async fn call(node: &Node, name: &str, office: Option<&str>, input: Value) -> Result<Value, ErrorDto> {
    node.call(name, office, input).await
}
