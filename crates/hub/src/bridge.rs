//! The loopback bridge: the interface in any browser of this machine, and `POST /rpc` behind it.
//!
//! **Invariant:** it listens on 127.0.0.1 or ::1 only; whoever comes in showed a one-time token first and the cookie that
//! it bought ever after; a page of another origin gets nothing, whatever name it gives this machine.

mod entrance;
mod guard;
mod names;
mod page;
mod rpc;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use tokio::net::TcpListener;
use ybz_app::{ErrorDto, Node};

pub(crate) use entrance::Entrance;

/// Bytes of a request: a file to import, in base64.
const BODY: usize = 64 * 1024 * 1024;

/// A bridge that listens already and answers once it is run.
pub(crate) struct Bridge {
    listener: TcpListener,
    /// Lets browsers in.
    pub(crate) entrance: Arc<Entrance>,
}

impl Bridge {
    /// Listens. Port 0 takes a free one.
    ///
    /// # Errors
    /// `not_allowed` for an address that other machines reach, `address_in_use`.
    pub(crate) async fn listen(address: SocketAddr) -> Result<Self, ErrorDto> {
        if !address.ip().is_loopback() {
            return Err(ErrorDto::new("not_allowed").with("address", address));
        }
        let failed =
            |error: std::io::Error| ErrorDto::new("address_in_use").with("address", address).with("detail", error);
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let entrance = Arc::new(Entrance::new(listener.local_addr().map_err(failed)?));
        Ok(Self { listener, entrance })
    }

    /// Answers until the task is dropped.
    ///
    /// # Errors
    /// What the system says when it takes the socket away.
    pub(crate) async fn run(self, node: Node) -> std::io::Result<()> {
        axum::serve(self.listener, router(node, self.entrance)).await
    }
}

fn router(node: Node, entrance: Arc<Entrance>) -> Router {
    Router::new()
        .route("/rpc", post(rpc::rpc))
        .with_state(node)
        .fallback(page::page)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(entrance, guard::guard))
}

#[cfg(test)]
mod tests;
