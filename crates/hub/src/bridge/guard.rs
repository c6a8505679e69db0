//! What every request passes, and the headers that every answer carries.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use ybz_app::ErrorDto;

use super::{BODY, Entrance, rpc};

/// What the browser is told about every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
         frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

const TURNED_AWAY: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>一本账</title>\
<body><h1>请用新地址打开</h1><p>这个地址已经用过,或不完整。请在本机运行 <code>ybz ui-url --data 账本文件夹</code>,\
用它给出的新地址打开。</p><p lang=\"en\">This address was used before or is incomplete. Run <code>ybz ui-url --data \
DIR</code> on this machine and open the address it prints.</p>";

/// Lets a request through to the page or the table, or turns it away.
pub(super) async fn guard(State(entrance): State<Arc<Entrance>>, mut request: Request, next: Next) -> Response {
    // One browser, one seat: whoever unlocks it elsewhere unlocks nothing here.
    if let Some(value) = cookie(request.headers(), &entrance.cookie_name()) {
        let seat = rpc::Seat(format!("browser {}", blake3::hash(value.as_bytes())));
        request.extensions_mut().insert(seat);
    }
    let mut response = match admit(&entrance, &request) {
        // What announces itself as too large is not waited for.
        Admitted::Yes if announced(request.headers()) > BODY as u64 => rpc::too_large(),
        Admitted::Yes => next.run(request).await,
        Admitted::With(cookie) => into_the_page(&entrance, &cookie),
        Admitted::No(reason) => turned_away(&request, reason),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

enum Admitted {
    Yes,
    /// A token was used up for this cookie.
    With(String),
    No(&'static str),
}

fn admit(entrance: &Entrance, request: &Request) -> Admitted {
    let headers = request.headers();
    let Some(host) = text(headers, header::HOST).filter(|host| entrance.is_host(host)) else {
        return Admitted::No("host");
    };
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let origin = text(headers, header::ORIGIN);
    // A browser names the origin of every request that may change something; without one it is none of ours.
    if !origin.map_or(reading && !headers.contains_key(header::ORIGIN), |origin| entrance.is_origin(origin, host)) {
        return Admitted::No("origin");
    }
    let known = cookie(headers, &entrance.cookie_name()).is_some_and(|value| entrance.knows(value));
    match token(request) {
        Some(_) if known => Admitted::With(String::new()),
        Some(token) => entrance.redeem(token).map_or(Admitted::No("token"), Admitted::With),
        None if known => Admitted::Yes,
        None => Admitted::No("cookie"),
    }
}

fn announced(headers: &HeaderMap) -> u64 {
    text(headers, header::CONTENT_LENGTH).and_then(|length| length.parse().ok()).unwrap_or_default()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(only), None) => only.to_str().ok(),
        _ => None,
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

fn token(request: &Request) -> Option<&str> {
    let query = request.uri().query().filter(|_| request.method() == Method::GET && request.uri().path() == "/")?;
    query.split('&').find_map(|pair| pair.strip_prefix("token="))
}

/// Takes the token out of the address bar. An empty cookie means that the browser has one already.
fn into_the_page(entrance: &Entrance, cookie: &str) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
    let line = format!("{}={cookie}; Path=/; HttpOnly; SameSite=Strict", entrance.cookie_name());
    if let Some(line) = HeaderValue::from_str(&line).ok().filter(|_| !cookie.is_empty()) {
        response.headers_mut().insert(header::SET_COOKIE, line);
    }
    response
}

fn turned_away(request: &Request, reason: &'static str) -> Response {
    tracing::warn!(reason, "a request was turned away");
    if request.uri().path() == "/rpc" {
        let error = ErrorDto::new("not_allowed").with("reason", reason);
        (StatusCode::FORBIDDEN, Json(rpc::Answer::Err(error))).into_response()
    } else {
        (StatusCode::FORBIDDEN, Html(TURNED_AWAY)).into_response()
    }
}
