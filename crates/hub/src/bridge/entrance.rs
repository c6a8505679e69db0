//! Who may come in: tokens that are good once, and the cookies that they buy.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use data_encoding::HEXLOWER;

/// Tokens that wait to be used; the oldest gives way.
const TOKENS: usize = 16;
/// Browsers that are in; the oldest gives way.
const COOKIES: usize = 64;

/// The entrance of a bridge. Secrets are kept hashed and compared in constant time; they end with the process.
#[derive(Debug)]
pub(crate) struct Entrance {
    address: SocketAddr,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    tokens: VecDeque<blake3::Hash>,
    cookies: VecDeque<blake3::Hash>,
}

fn secret() -> String {
    let mut bytes = [0; 32];
    ybz_app::host::system_random(&mut bytes);
    HEXLOWER.encode(&bytes)
}

fn keep(list: &mut VecDeque<blake3::Hash>, secret: &str, most: usize) {
    if list.len() == most {
        list.pop_front();
    }
    list.push_back(blake3::hash(secret.as_bytes()));
}

impl Entrance {
    /// An entrance where nobody is in yet.
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, kept: Mutex::default() }
    }

    /// Makes a token and the address that holds it.
    pub(crate) fn mint(&self) -> String {
        let token = secret();
        keep(&mut self.lock().tokens, &token, TOKENS);
        format!("http://{}/?token={token}", self.address)
    }

    /// Takes a token, which is then used up, for a cookie's value.
    pub(super) fn redeem(&self, token: &str) -> Option<String> {
        let hash = blake3::hash(token.as_bytes());
        let mut kept = self.lock();
        let place = kept.tokens.iter().position(|known| *known == hash)?;
        kept.tokens.remove(place);
        let cookie = secret();
        keep(&mut kept.cookies, &cookie, COOKIES);
        Some(cookie)
    }

    /// Whether a browser with this value is in.
    pub(super) fn knows(&self, cookie: &str) -> bool {
        let hash = blake3::hash(cookie.as_bytes());
        self.lock().cookies.contains(&hash)
    }

    /// The cookie's name: cookies do not tell ports apart, two nodes on one machine do.
    pub(super) fn cookie_name(&self) -> String {
        format!("ybz-{}", self.address.port())
    }

    /// Whether a `Host` header means this bridge. A name that someone lets point to 127.0.0.1 does not.
    pub(super) fn is_host(&self, host: &str) -> bool {
        host == self.address.to_string() || host == format!("localhost:{}", self.address.port())
    }

    /// Whether an `Origin` header means a page of this bridge, as the browser that sent it names it.
    pub(super) fn is_origin(&self, origin: &str, host: &str) -> bool {
        self.is_host(host) && origin.strip_prefix("http://") == Some(host)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entrance() -> Entrance {
        Entrance::new("127.0.0.1:4180".parse().unwrap())
    }

    fn token(url: &str) -> &str {
        url.strip_prefix("http://127.0.0.1:4180/?token=").unwrap()
    }

    #[test]
    fn a_token_is_good_once() {
        let entrance = entrance();
        let url = entrance.mint();
        let cookie = entrance.redeem(token(&url)).expect("it is fresh");
        assert!(entrance.knows(&cookie));
        assert!(entrance.redeem(token(&url)).is_none(), "it is used up");
        assert!(entrance.knows(&cookie), "who is in stays in");
        assert!(!entrance.knows(token(&url)) && !entrance.knows(""), "a token is no cookie");
    }

    #[test]
    fn the_oldest_token_gives_way() {
        let entrance = entrance();
        let first = entrance.mint();
        let others: Vec<String> = (0..TOKENS).map(|_| entrance.mint()).collect();
        assert!(entrance.redeem(token(&first)).is_none());
        assert!(entrance.redeem(token(others.last().unwrap())).is_some());
    }

    #[test]
    fn only_this_machines_own_names_are_hosts() {
        let entrance = entrance();
        assert!(entrance.is_host("127.0.0.1:4180") && entrance.is_host("localhost:4180"));
        for host in ["127.0.0.1", "127.0.0.1:4181", "evil.example:4180", "127.0.0.1:4180.evil.example", ""] {
            assert!(!entrance.is_host(host), "{host}");
        }
        assert!(entrance.is_origin("http://localhost:4180", "localhost:4180"));
        for origin in ["https://localhost:4180", "http://127.0.0.1:4180", "null", "http://evil.example"] {
            assert!(!entrance.is_origin(origin, "localhost:4180"), "{origin}");
        }
    }
}
