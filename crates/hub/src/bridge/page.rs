//! The files of the interface. Release builds carry them; debug builds read them from `ui/dist`.

use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
struct Files;

/// Names in this folder hold a hash of their content.
const HASHED: &str = "assets/";
const INDEX: &str = "index.html";

/// Answers with a file; every other path is a screen's, which the page itself draws.
pub(super) async fn page(method: Method, uri: Uri) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = if is_file { path } else { INDEX };
    let Some(file) = Files::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let cache = if name.starts_with(HASHED) { "private, max-age=31536000, immutable" } else { "no-cache" };
    let kind = match file.metadata.mimetype() {
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_owned(),
    };
    ([(header::CONTENT_TYPE, kind.as_str()), (header::CACHE_CONTROL, cache)], file.data).into_response()
}
