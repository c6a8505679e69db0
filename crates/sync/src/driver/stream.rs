//! Frames from the stream. A header is read and checked before anything is allocated, and without credit nothing is read.

use std::sync::Arc;

use iroh::endpoint::RecvStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::MAX_RAW;
use crate::wire::{HEADER, Header, WireError};

/// A frame's bytes with the credit they hold.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) header: Header,
    pub(super) bytes: Vec<u8>,
    pub(super) credit: OwnedSemaphorePermit,
}

/// Why no frame comes.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// The peer's stream ended between two frames.
    #[error("the peer is through")]
    End,
    /// It ended elsewhere, or the connection broke.
    #[error("the stream broke: {0}")]
    Broken(String),
    /// The header is not to be believed.
    #[error(transparent)]
    Wire(#[from] WireError),
}

/// Reads one frame of at most `most` bytes. Gives the stream back, so that the future owns what it needs.
pub(super) async fn read_frame(
    mut stream: RecvStream,
    most: usize,
    credit: Arc<Semaphore>,
) -> (RecvStream, Result<Body, ReadError>) {
    let result = read(&mut stream, most, credit).await;
    (stream, result)
}

async fn read(stream: &mut RecvStream, most: usize, credit: Arc<Semaphore>) -> Result<Body, ReadError> {
    let mut header = [0; HEADER];
    fill(stream, &mut header, true).await?;
    let header = Header::read(header, most)?;
    // A compressed frame may grow to the bound: it waits until there is room for that.
    let need = if header.bulk { MAX_RAW } else { header.length.max(1) };
    let need = u32::try_from(need).unwrap_or(u32::MAX);
    let credit = credit.acquire_many_owned(need).await.map_err(|error| ReadError::Broken(error.to_string()))?;
    let mut bytes = vec![0; header.length];
    fill(stream, &mut bytes, false).await?;
    Ok(Body { header, bytes, credit })
}

async fn fill(stream: &mut RecvStream, mut bytes: &mut [u8], may_end: bool) -> Result<(), ReadError> {
    let mut first = may_end;
    while !bytes.is_empty() {
        match stream.read(bytes).await {
            Ok(Some(read)) => bytes = bytes.get_mut(read..).unwrap_or_default(),
            Ok(None) if first => return Err(ReadError::End),
            Ok(None) => return Err(ReadError::Broken("within a frame".to_owned())),
            Err(error) => return Err(ReadError::Broken(error.to_string())),
        }
        first = false;
    }
    Ok(())
}
