//! `POST /rpc`: `{name, office, input}` goes in, `{"ok": …}` or `{"err": …}` comes out, as in the window.

use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ybz_app::{ErrorDto, Node};

use super::{BODY, names::NAMES};

/// One call.
#[derive(Debug, Deserialize)]
pub(super) struct Call {
    name: String,
    #[serde(default)]
    office: Option<String>,
    #[serde(default)]
    input: Value,
}

/// Where the call comes from: the browser's cookie, hashed.
#[derive(Debug, Clone)]
pub(super) struct Seat(pub(super) String);

/// The answer to a call, in the form that every host uses.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answer {
    /// What the call returned.
    Ok(Value),
    /// Why it failed.
    Err(ErrorDto),
}

/// Forwards a call that the screens make. A call that the node refuses is an answer like any other.
pub(super) async fn rpc(
    State(node): State<Node>,
    Extension(Seat(seat)): Extension<Seat>,
    call: Result<Json<Call>, JsonRejection>,
) -> Response {
    let call = match call {
        Ok(Json(call)) => call,
        Err(rejection) => return refused(&rejection),
    };
    if !NAMES.contains(&call.name.as_str()) {
        return Json(Answer::Err(ErrorDto::new("not_found").with("name", call.name))).into_response();
    }
    let result = node.call_from(&seat, &call.name, call.office.as_deref(), call.input).await;
    Json(result.map_or_else(Answer::Err, Answer::Ok)).into_response()
}

fn refused(rejection: &JsonRejection) -> Response {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    let error = ErrorDto::new("invalid_input").with("detail", rejection.body_text());
    (rejection.status(), Json(Answer::Err(error))).into_response()
}

/// The answer to a request above the limit.
pub(super) fn too_large() -> Response {
    let error = ErrorDto::new("file_too_large").with("max", BODY);
    (StatusCode::PAYLOAD_TOO_LARGE, Json(Answer::Err(error))).into_response()
}
