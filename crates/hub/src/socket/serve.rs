//! The node's side of the door: one task a connection, one call at a time on it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use ybz_app::{ErrorDto, Node};

use super::proof::{Met, SocketKey, greet};
use super::system::Listener;
use super::{Ask, Reply, frame};

/// Connections at a time.
const CONNECTIONS: usize = 32;
/// Time for the greeting.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes a new address for a browser.
pub type Mint = Arc<dyn Fn() -> String + Send + Sync>;

/// What is behind the door.
#[derive(Clone)]
pub struct Served {
    /// The node.
    pub node: Node,
    /// Lets browsers in, when the interface is shown to them.
    pub mint: Option<Mint>,
}

/// An open door; dropping it closes it.
#[derive(Debug)]
pub struct Door(Listener);

impl std::fmt::Debug for Served {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Served(…)")
    }
}

impl Door {
    /// Opens the door of a data directory whose lock the caller holds.
    ///
    /// # Errors
    /// `internal` when the system has no place for it.
    pub fn open(data: &Path) -> Result<Self, ErrorDto> {
        let failed = |error| ErrorDto::new("internal").with("what", "socket").with("detail", error);
        Listener::open(data).map(Self).map_err(failed)
    }

    /// Answers until the task is dropped.
    pub async fn answer(mut self, served: Served, key: SocketKey) {
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        let mut guests = tokio::task::JoinSet::new();
        while let Ok(permit) = free.clone().acquire_owned().await {
            while guests.try_join_next().is_some() {}
            match self.0.accept().await {
                Ok(stream) => {
                    let (served, key) = (served.clone(), key.clone());
                    guests.spawn(async move {
                        if let Err(error) = guest(stream, &served, &key).await {
                            tracing::debug!(%error, "a connection ended early");
                        }
                        drop(permit);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }
}

async fn guest(mut stream: impl AsyncRead + AsyncWrite + Unpin, served: &Served, key: &SocketKey) -> io::Result<()> {
    let late = |_| io::Error::from(io::ErrorKind::TimedOut);
    if tokio::time::timeout(PATIENCE, greet(&mut stream, key)).await.map_err(late)?? == Met::Stranger {
        tracing::warn!("a command without the key was turned away");
        return Ok(());
    }
    let seat = seat();
    while let Some(ask) = frame::read::<Ask>(&mut stream, frame::CALL).await? {
        let reply: Reply = answer(ask, served, &seat).await.into();
        if let Err(error) = frame::write(&mut stream, &reply, frame::CALL).await {
            if error.kind() != io::ErrorKind::InvalidData {
                return Err(error);
            }
            let large = ErrorDto::new("file_too_large").with("max", frame::CALL);
            frame::write(&mut stream, &Reply::Err(large), frame::CALL).await?;
        }
    }
    Ok(())
}

/// A connection is a seat of its own.
fn seat() -> String {
    let mut bytes = [0; 16];
    ybz_app::host::system_random(&mut bytes);
    format!("line {}", data_encoding::HEXLOWER.encode(&bytes))
}

async fn answer(ask: Ask, served: &Served, seat: &str) -> Result<serde_json::Value, ErrorDto> {
    match ask {
        Ask::Call { name, office, input } => served.node.call(&name, office.as_deref(), input).await,
        Ask::CallFrom { name, office, input } => served.node.call_from(seat, &name, office.as_deref(), input).await,
        Ask::UiUrl => match &served.mint {
            Some(mint) => Ok(mint().into()),
            None => Err(ErrorDto::new("ui_not_shown")),
        },
    }
}
