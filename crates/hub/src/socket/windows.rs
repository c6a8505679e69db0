//! The door as a named pipe of this machine. Windows lets the user who made the pipe, and administrators, write to it;
//! the greeting keeps out everyone without the key.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, PipeMode, ServerOptions};

use super::place::name;

/// A connection of the node.
pub(super) type Stream = NamedPipeServer;

/// `ERROR_PIPE_BUSY`: every instance is taken for the moment.
const BUSY: i32 = 231;

/// An open door.
#[derive(Debug)]
pub(super) struct Listener {
    pipe: OsString,
    next: NamedPipeServer,
}

fn pipe(data: &Path) -> io::Result<OsString> {
    Ok(format!(r"\\.\pipe\yibenzhang-{}", name(data)?).into())
}

fn instance(pipe: &OsString, first: bool) -> io::Result<NamedPipeServer> {
    // Being the first one means that nobody else set up a pipe of this name before.
    ServerOptions::new().first_pipe_instance(first).reject_remote_clients(true).pipe_mode(PipeMode::Byte).create(pipe)
}

impl Listener {
    /// Opens the door of a data directory.
    pub(super) fn open(data: &Path) -> io::Result<Self> {
        let pipe = pipe(data)?;
        let next = instance(&pipe, true)?;
        Ok(Self { pipe, next })
    }

    /// Waits for a process.
    pub(super) async fn accept(&mut self) -> io::Result<Stream> {
        self.next.connect().await?;
        let fresh = instance(&self.pipe, false)?;
        Ok(std::mem::replace(&mut self.next, fresh))
    }
}

/// Knocks; `None` when nobody is there.
pub(super) async fn knock(data: &Path) -> io::Result<Option<NamedPipeClient>> {
    let pipe = pipe(data)?;
    for _ in 0..50 {
        match ClientOptions::new().open(&pipe) {
            Ok(stream) => return Ok(Some(stream)),
            Err(error) if error.raw_os_error() == Some(BUSY) => {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}
