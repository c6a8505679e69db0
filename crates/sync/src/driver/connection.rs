//! Connections: both ends proved to each other by their device keys.

use std::net::SocketAddr;

use ybz_domain::ids::DeviceId;

use crate::machine::Side;

/// A connection to a device.
#[derive(Debug, Clone)]
pub struct Connection {
    pub(super) inner: iroh::endpoint::Connection,
    pub(super) side: Side,
    /// Credit shared by all sessions of this node.
    pub(super) credit: std::sync::Arc<tokio::sync::Semaphore>,
}

/// Bytes on the wire, QUIC and its handshake included, without IP and UDP headers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes sent.
    pub sent: u64,
    /// Bytes received.
    pub received: u64,
    /// Datagrams sent.
    pub sent_datagrams: u64,
    /// Datagrams received.
    pub received_datagrams: u64,
}

impl Connection {
    /// The device at the other end.
    pub fn peer(&self) -> DeviceId {
        DeviceId(*self.inner.remote_id().as_bytes())
    }

    /// Which end this is.
    pub fn side(&self) -> Side {
        self.side
    }

    /// Bytes so far.
    pub fn traffic(&self) -> Traffic {
        let stats = self.inner.stats();
        Traffic {
            sent: stats.udp_tx.bytes,
            received: stats.udp_rx.bytes,
            sent_datagrams: stats.udp_tx.datagrams,
            received_datagrams: stats.udp_rx.datagrams,
        }
    }

    /// Address of the peer on the path in use, if it is a direct one.
    pub fn remote_address(&self) -> Option<SocketAddr> {
        self.inner.paths().iter().find(|path| path.is_selected()).and_then(|path| match path.remote_addr() {
            iroh::TransportAddr::Ip(address) => Some(*address),
            _ => None,
        })
    }

    /// Closes at once; the peer's session ends as cut.
    pub fn close(&self) {
        self.inner.close(0u32.into(), b"");
    }
}
