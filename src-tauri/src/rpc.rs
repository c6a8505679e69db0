//! The one bridge between page and node: `{name, office, input}` goes in, `{"ok": …}` or `{"err": …}` comes out.

use crate::node::Open;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use ybz_app::ErrorDto;

/// The books, open or not; the page is told why for every call that needs them.
pub(crate) struct Opened(pub(crate) Arc<Open>);

/// The answer to a call, in the form that every host uses.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    /// What the call returned.
    Ok(Value),
    /// Why it failed.
    Err(ErrorDto),
}

/// Forwards one call to the node.
///
/// # Errors
/// Never: failures of the node are part of the answer. Tauri asks async commands with a borrow for a `Result`.
#[tauri::command]
pub(crate) async fn rpc(
    opened: tauri::State<'_, Opened>,
    name: String,
    office: Option<String>,
    input: Value,
) -> Result<Answer, ()> {
    let result = opened.0.call(&name, office.as_deref(), input).await;
    Ok(result.map_or_else(Answer::Err, Answer::Ok))
}
