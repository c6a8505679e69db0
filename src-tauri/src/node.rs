//! The only file of the window that knows how the node is opened and called.

use serde_json::Value;
use std::{path::PathBuf, sync::Arc};
use ybz_app::dto::ErrorDto;

/// Stands in until `ybz_app::host::Node` exists.
pub(crate) struct Node;

/// Opens the books in `data` with the key from `key_file` or, without it, from the system's keychain.
///
/// # Errors
/// The coded reason: no key, wrong key, folder in use, newer schema, …
pub(crate) async fn open(data: PathBuf, key_file: Option<PathBuf>) -> Result<Arc<Node>, ErrorDto> {
    let _ = (data, key_file);
    Ok(Arc::new(Node))
}

/// Forwards a call.
///
/// # Errors
/// What the node answers.
pub(crate) async fn call(_node: &Node, name: &str, _office: Option<&str>, _input: Value) -> Result<Value, ErrorDto> {
    Err(ErrorDto { code: "internal".into(), field: None, params: [("call".to_owned(), name.to_owned())].into() })
}
