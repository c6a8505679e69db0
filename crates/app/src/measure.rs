//! Measured rounds: one round with the superior as `sync.now` makes it, with what it cost on the wire.

use std::net::SocketAddr;

use ybz_domain::ids::DeviceId;
use ybz_sync::Network;
use ybz_sync::machine::{Reason, Session};

use crate::ErrorDto;
use crate::error::Answer;
use crate::link::service::{bind, neighbours, run};
use crate::link::sheets;
use crate::node::{Node, blocking, store_error};

/// An endpoint from which a node that does not serve calls its superior.
#[derive(Debug)]
pub struct Line {
    network: Network,
    superior: DeviceId,
    addresses: Vec<SocketAddr>,
}

/// How long a ring lasts.
const RING: std::time::Duration = std::time::Duration::from_millis(10);

/// What one round brought about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// The superior has receipted everything.
    pub delivered: bool,
    /// Changes sent and received.
    pub changes: u64,
    /// Bytes on the wire, both ways; without IP and UDP headers.
    pub wire_bytes: u64,
    /// Datagrams, both ways.
    pub datagrams: u64,
}

impl Node {
    /// Readies a line to the superior, which listens at these addresses.
    ///
    /// # Errors
    /// `not_joined` without a superior, `network_unavailable`.
    pub async fn line(&self, addresses: &[String]) -> Answer<Line> {
        let look = self.0.clone();
        let superior = blocking(move || {
            let membership = look.store.membership().map_err(store_error)?;
            let offices = look.offices()?;
            let above = |device: &DeviceId| {
                let serves =
                    |office| membership.parent(office).is_some_and(|up| membership.certificate(&up, device).is_some());
                offices.iter().any(serves)
            };
            neighbours(&look)?.into_iter().find(above).ok_or_else(|| ErrorDto::new("not_joined"))
        })
        .await?;
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let network = bind(&self.0, Some(listen), false).await?;
        let addresses = addresses.iter().filter_map(|text| text.parse().ok()).collect();
        Ok(Line { network, superior, addresses })
    }

    /// Does now what a serving node does behind every change: makes fact sheets current.
    ///
    /// # Errors
    /// The disk.
    pub async fn rest(&self) -> Answer<()> {
        let node = self.0.clone();
        blocking(move || sheets::refresh(&node)).await
    }

    /// Dials, says nothing and hangs up; returns the bytes on the wire, both ways: what no round can be below.
    ///
    /// # Errors
    /// `superior_unreachable`
    pub async fn ring(&self, line: &Line) -> Answer<u64> {
        let dialled = line.network.dial(line.superior, &line.addresses).await;
        let connection = dialled.map_err(|error| ErrorDto::new("superior_unreachable").with("detail", error))?;
        // As long as a round with nothing to say lasts.
        tokio::time::sleep(RING).await;
        connection.close();
        let traffic = connection.traffic();
        Ok(traffic.sent + traffic.received)
    }

    /// Dials and runs one round to its end.
    ///
    /// # Errors
    /// `superior_unreachable`; `round_ended` with the reason when it was not complete.
    pub async fn round(&self, line: &Line) -> Answer<Round> {
        let dialled = line.network.dial(line.superior, &line.addresses).await;
        let connection = dialled.map_err(|error| ErrorDto::new("superior_unreachable").with("detail", error))?;
        let report = run(&self.0, &connection, Session::dial(line.superior, false), None).await?;
        if report.reason != Reason::Complete {
            return Err(ErrorDto::new("round_ended").with("reason", format!("{:?}", report.reason)));
        }
        Ok(Round {
            delivered: report.outcome.delivered,
            changes: report.outcome.sent + report.outcome.received,
            wire_bytes: report.traffic.sent + report.traffic.received,
            datagrams: report.traffic.sent_datagrams + report.traffic.received_datagrams,
        })
    }
}

impl Line {
    /// Ends the endpoint.
    pub async fn close(self) {
        self.network.close().await;
    }
}
