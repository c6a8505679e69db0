//! The door as a Unix socket that only this user may open; the system tells who is on the other side.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use super::place::{places, private_folder};

/// A connection.
pub(super) type Stream = UnixStream;

/// An open door; closing it removes the socket.
#[derive(Debug)]
pub(super) struct Listener {
    listener: UnixListener,
    place: PathBuf,
    user: u32,
}

/// This process's user, as the system would tell it to a peer.
fn user() -> io::Result<u32> {
    let (ours, _) = UnixStream::pair()?;
    Ok(ours.peer_cred()?.uid())
}

impl Listener {
    /// Opens the door of a data directory. The caller holds the directory's lock, so a socket that is there is a stale one.
    pub(super) fn open(data: &Path) -> io::Result<Self> {
        let user = user()?;
        let inside = data.canonicalize()?;
        let mut last = io::Error::new(io::ErrorKind::Unsupported, "no place for a socket");
        for place in places(data, user)? {
            let ready = match place.parent() {
                Some(folder) if folder != inside => private_folder(folder, user),
                _ => Ok(()),
            };
            match ready.and_then(|()| bind(&place)) {
                Ok(listener) => return Ok(Self { listener, place, user }),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Waits for a process of the same user; others are turned away without a word.
    pub(super) async fn accept(&mut self) -> io::Result<Stream> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            if stream.peer_cred().is_ok_and(|peer| peer.uid() == self.user) {
                return Ok(stream);
            }
            tracing::warn!("another user knocked and was turned away");
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // What cannot be removed is stale from now on, and the next door is opened over it.
        let _ = std::fs::remove_file(&self.place);
    }
}

fn bind(place: &Path) -> io::Result<UnixListener> {
    match std::fs::remove_file(place) {
        Ok(()) => tracing::info!("removed a stale socket"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let listener = UnixListener::bind(place)?;
    std::fs::set_permissions(place, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Knocks; `None` when nobody is there.
pub(super) async fn knock(data: &Path) -> io::Result<Option<Stream>> {
    let user = user()?;
    for place in places(data, user)? {
        if let Ok(stream) = UnixStream::connect(&place).await
            && stream.peer_cred().is_ok_and(|peer| peer.uid() == user)
        {
            return Ok(Some(stream));
        }
    }
    Ok(None)
}
