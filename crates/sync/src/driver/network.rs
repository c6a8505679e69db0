//! The network of a node: one endpoint, its addresses, who may come in, whom to dial.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use iroh::endpoint::{QuicTransportConfig, presets};
use iroh::{Endpoint, EndpointAddr, EndpointId, RelayMode, RelayUrl, SecretKey, Watcher};
use iroh_mdns_address_lookup::MdnsAddressLookup;
use tokio::sync::Semaphore;
use ybz_domain::ids::DeviceId;

use crate::driver::{Backoff, Connection};
use crate::limits::GLOBAL_CREDIT;
use crate::machine::Side;

/// The one protocol.
pub(super) const ALPN: &[u8] = b"ybz/1";
/// Service name on the local network: our nodes do not answer other programs' look-ups.
const MDNS_SERVICE: &str = "ybz1";
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes at once; more callers wait in the socket's queue.
const HANDSHAKES: usize = 64;
/// Calls going out at once.
const CALLS: usize = 16;
const IDLE: u32 = 30_000;
const KEEP_ALIVE: Duration = Duration::from_secs(5);
const STREAM_WINDOW: u32 = 1024 * 1024;

/// How to bind.
#[derive(Debug, Clone)]
pub struct BindOptions {
    /// The device's secret key: the endpoint id is the device id.
    pub secret: [u8; 32],
    /// Where to listen; none for any free port on all interfaces.
    pub listen: Option<SocketAddr>,
    /// Announce this node and look others up on the local network.
    pub mdns: bool,
    /// Address of an own relay.
    pub relay: Option<String>,
}

/// The endpoint could not be had.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, String),
    /// The relay's address is none.
    #[error("`{0}` is no address of a relay")]
    Relay(String),
    /// The endpoint does not come up.
    #[error("the network does not come up: {0}")]
    Bind(String),
}

/// A device that was not reached.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// The id is no public key.
    #[error("{0} is no device")]
    NoDevice(DeviceId),
    /// Nobody answered, or not as this device.
    #[error("{device} is not reached: {why}")]
    Unreached {
        /// Whom.
        device: DeviceId,
        /// As the transport says.
        why: String,
    },
}

/// The network of a node.
#[derive(Debug, Clone)]
pub struct Network {
    endpoint: Endpoint,
    credit: Arc<Semaphore>,
    calls: Arc<Semaphore>,
    handshakes: Arc<Semaphore>,
}

impl Network {
    /// Binds the endpoint. Works offline.
    pub async fn bind(options: BindOptions) -> Result<Self, NetError> {
        let secret = SecretKey::from_bytes(&options.secret);
        let relay = match &options.relay {
            None => RelayMode::Disabled,
            Some(url) => {
                let url: RelayUrl = url.parse().map_err(|_| NetError::Relay(url.clone()))?;
                RelayMode::custom([url])
            }
        };
        let mut builder = Endpoint::builder(presets::Minimal)
            .secret_key(secret)
            .alpns(vec![ALPN.to_vec()])
            .relay_mode(relay)
            .transport_config(transport());
        if let Some(listen) = options.listen {
            builder = builder
                .clear_ip_transports()
                .bind_addr(listen)
                .map_err(|error| NetError::Listen(listen, error.to_string()))?;
        }
        let endpoint = builder.bind().await.map_err(|error| NetError::Bind(error.to_string()))?;
        if options.mdns
            && let Err(why) = look_around(&endpoint)
        {
            // A network without multicast is no reason to stay offline.
            tracing::warn!(why, "nodes on the local network are not looked up");
        }
        Ok(Self {
            endpoint,
            credit: Arc::new(Semaphore::new(GLOBAL_CREDIT)),
            calls: Arc::new(Semaphore::new(CALLS)),
            handshakes: Arc::new(Semaphore::new(HANDSHAKES)),
        })
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        DeviceId(*self.endpoint.id().as_bytes())
    }

    /// Where this node can be reached, as far as it knows: for tickets.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        let mut addresses: Vec<SocketAddr> = self.endpoint.addr().ip_addrs().copied().collect();
        for bound in self.endpoint.bound_sockets() {
            if !bound.ip().is_unspecified() && !addresses.contains(&bound) {
                addresses.push(bound);
            }
        }
        addresses
    }

    /// The same, but waits a while for the first one: just after binding, interfaces are still being looked at.
    pub async fn addresses_within(&self, patience: Duration) -> Vec<SocketAddr> {
        let mut watch = self.endpoint.watch_addr();
        let found = async {
            while self.addresses().is_empty() {
                if watch.updated().await.is_err() {
                    break;
                }
            }
        };
        // Without an interface there is no address, and that is an answer too.
        let _ = tokio::time::timeout(patience, found).await;
        self.addresses()
    }

    /// Waits for the next node that calls. None once the network is closed.
    pub async fn accept(&self) -> Option<Incoming> {
        let permit = Arc::clone(&self.handshakes).acquire_owned().await.ok()?;
        let incoming = self.endpoint.accept().await?;
        Some(Incoming { incoming, _permit: permit, credit: Arc::clone(&self.credit) })
    }

    /// Calls a device once: at the addresses given, and where mDNS or the relay knows it.
    pub async fn dial(&self, device: DeviceId, addresses: &[SocketAddr]) -> Result<Connection, DialError> {
        let unreached = |why: String| DialError::Unreached { device, why };
        let id = EndpointId::from_bytes(device.as_bytes()).map_err(|_| DialError::NoDevice(device))?;
        let mut address = EndpointAddr::new(id);
        for ip in addresses {
            address = address.with_ip_addr(*ip);
        }
        for relay in self.endpoint.addr().relay_urls() {
            address = address.with_relay_url(relay.clone());
        }
        let _permit = self.calls.acquire().await.map_err(|error| unreached(error.to_string()))?;
        let call = self.endpoint.connect(address, ALPN);
        match tokio::time::timeout(HANDSHAKE, call).await {
            Ok(Ok(inner)) => Ok(Connection { inner, side: Side::Dialer, credit: Arc::clone(&self.credit) }),
            Ok(Err(error)) => Err(unreached(error.to_string())),
            Err(_) => Err(unreached("no answer".to_owned())),
        }
    }

    /// Calls a device until it is reached, with waits that grow and scatter. Drop the future to give up.
    pub async fn dial_until(
        &self,
        device: DeviceId,
        addresses: &[SocketAddr],
        backoff: &mut Backoff,
    ) -> Result<Connection, DialError> {
        loop {
            match self.dial(device, addresses).await {
                Err(DialError::Unreached { why, .. }) if !self.endpoint.is_closed() => {
                    tracing::debug!(%device, why, "not reached");
                    tokio::time::sleep(backoff.wait()).await;
                }
                result => return result,
            }
        }
    }

    /// Ends all sessions and the endpoint.
    pub async fn close(&self) {
        self.endpoint.close().await;
    }
}

/// A node that calls; nothing is known of it yet.
#[derive(Debug)]
pub struct Incoming {
    incoming: iroh::endpoint::Incoming,
    _permit: tokio::sync::OwnedSemaphorePermit,
    credit: Arc<Semaphore>,
}

impl Incoming {
    /// Finishes the handshake: proves both device keys.
    pub async fn connect(self) -> Option<Connection> {
        let inner = tokio::time::timeout(HANDSHAKE, self.incoming).await.ok()?.ok()?;
        Some(Connection { inner, side: Side::Acceptor, credit: self.credit })
    }
}

fn look_around(endpoint: &Endpoint) -> Result<(), String> {
    let mdns = MdnsAddressLookup::builder().service_name(MDNS_SERVICE).build(endpoint.id());
    let services = endpoint.address_lookup().map_err(|error| error.to_string())?;
    services.add(mdns.map_err(|error| error.to_string())?);
    Ok(())
}

fn transport() -> QuicTransportConfig {
    let window = STREAM_WINDOW.into();
    QuicTransportConfig::builder()
        .max_concurrent_bidi_streams(1u32.into())
        .max_concurrent_uni_streams(0u32.into())
        .stream_receive_window(window)
        .receive_window(window)
        .send_window(STREAM_WINDOW.into())
        .max_idle_timeout(Some(iroh::endpoint::VarInt::from_u32(IDLE).into()))
        .keep_alive_interval(KEEP_ALIVE)
        .datagram_receive_buffer_size(None)
        .mtu_discovery_config(None)
        .build()
}
