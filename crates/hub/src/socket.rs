//! The way into a running node for other commands of the same user on the same machine.
//!
//! `place` says where the door is, `unix` and `windows` open it, `proof` shows both sides that the other one holds the
//! database key, `frame` bounds what is read, `serve` answers and `line` asks.
//!
//! **Invariant:** nothing but the greeting is read from or told to a peer of another user or without the key.

mod frame;
mod line;
mod place;
mod proof;
mod serve;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ybz_app::ErrorDto;

pub use line::Line;
pub use proof::SocketKey;
pub use serve::{Door, Mint, Served};

/// What a command asks a running node.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
enum Ask {
    /// One call of the table.
    Call { name: String, office: Option<String>, input: Value },
    /// The same from the seat of this connection: as the profile that was chosen on it.
    CallFrom { name: String, office: Option<String>, input: Value },
    /// A new address for a browser.
    UiUrl,
}

/// What the node answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    /// What the call returned.
    Ok(Value),
    /// Why it failed.
    Err(ErrorDto),
}

impl From<Result<Value, ErrorDto>> for Reply {
    fn from(result: Result<Value, ErrorDto>) -> Self {
        result.map_or_else(Self::Err, Self::Ok)
    }
}

impl From<Reply> for Result<Value, ErrorDto> {
    fn from(reply: Reply) -> Self {
        match reply {
            Reply::Ok(value) => Ok(value),
            Reply::Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
