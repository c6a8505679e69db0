//! The command's side of the door.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use ybz_app::ErrorDto;

use super::proof::{Met, SocketKey, answer};
use super::{Ask, Reply, frame, system};

/// Time for the greeting.
const PATIENCE: Duration = Duration::from_secs(5);

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// A line to a running node.
pub struct Line(Box<dyn Wire>);

fn broken(error: impl std::fmt::Display) -> ErrorDto {
    ErrorDto::new("node_unreachable").with("detail", error)
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line(…)")
    }
}

impl Line {
    /// Reaches the node that runs on a data directory; `None` when none does.
    ///
    /// # Errors
    /// `wrong_key` when it holds another key, `node_unreachable` when it does not answer.
    pub async fn reach(data: &Path, key: &SocketKey) -> Result<Option<Self>, ErrorDto> {
        let Some(mut stream) = system::knock(data).await.map_err(broken)? else { return Ok(None) };
        let met = tokio::time::timeout(PATIENCE, answer(&mut stream, key)).await.map_err(broken)?;
        match met.map_err(broken)? {
            Met::Same => Ok(Some(Self(Box::new(stream)))),
            Met::Stranger => Err(ErrorDto::new("wrong_key").with("data", data.display())),
        }
    }

    /// Runs one call of the table.
    ///
    /// # Errors
    /// What the call answers; `node_unreachable` when the node is gone.
    pub async fn call(&mut self, name: &str, office: Option<&str>, input: Value) -> Result<Value, ErrorDto> {
        let (name, office) = (name.to_owned(), office.map(str::to_owned));
        self.ask(Ask::Call { name, office, input }).await
    }

    /// Runs one call as the profile that was chosen on this line.
    ///
    /// # Errors
    /// What the call answers; `node_unreachable` when the node is gone.
    pub async fn call_from(&mut self, name: &str, office: Option<&str>, input: Value) -> Result<Value, ErrorDto> {
        let (name, office) = (name.to_owned(), office.map(str::to_owned));
        self.ask(Ask::CallFrom { name, office, input }).await
    }

    /// A new address for a browser.
    ///
    /// # Errors
    /// `ui_not_shown`, `node_unreachable`.
    pub async fn ui_url(&mut self) -> Result<Value, ErrorDto> {
        self.ask(Ask::UiUrl).await
    }

    async fn ask(&mut self, ask: Ask) -> Result<Value, ErrorDto> {
        frame::write(&mut self.0, &ask, frame::CALL).await.map_err(broken)?;
        match frame::read::<Reply>(&mut self.0, frame::CALL).await.map_err(broken)? {
            Some(reply) => reply.into(),
            None => Err(broken("it stopped")),
        }
    }
}
