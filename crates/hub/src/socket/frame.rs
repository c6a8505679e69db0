//! Frames: four bytes of length, most significant first, then JSON. A frame longer than the bound is refused unread.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Bound of the greeting, before the peer has proved anything.
pub(super) const GREETING: u32 = 1024;
/// Bound of a call and its answer: a file of 64 MiB as base64 with its envelope.
pub(super) const CALL: u32 = 96 * 1024 * 1024;

fn bad(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

/// Reads a frame; `None` when the peer is done.
pub(super) async fn read<T: DeserializeOwned>(from: &mut (impl AsyncRead + Unpin), max: u32) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length).await {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_be_bytes(length);
    if length > max {
        return Err(bad(format!("a frame of {length} bytes, at most {max} are read")));
    }
    // The buffer grows with what arrives, not with what is announced.
    let mut bytes = Vec::new();
    from.take(length.into()).read_to_end(&mut bytes).await?;
    if u32::try_from(bytes.len()) != Ok(length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_slice(&bytes).map(Some).map_err(bad)
}

/// Writes a frame.
pub(super) async fn write(to: &mut (impl AsyncWrite + Unpin), value: &impl Serialize, max: u32) -> io::Result<()> {
    let bytes = serde_json::to_vec(value).map_err(bad)?;
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= max);
    let length = length.ok_or_else(|| bad(format!("a frame of {} bytes, at most {max} are sent", bytes.len())))?;
    to.write_all(&length.to_be_bytes()).await?;
    to.write_all(&bytes).await?;
    to.flush().await
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[tokio::test]
    async fn what_was_written_is_read() {
        let mut wire = Vec::new();
        write(&mut wire, &json!({"字": 1}), GREETING).await.unwrap();
        let mut from = wire.as_slice();
        assert_eq!(read::<Value>(&mut from, GREETING).await.unwrap(), Some(json!({"字": 1})));
        assert_eq!(read::<Value>(&mut from, GREETING).await.unwrap(), None, "the peer is done");
    }

    #[tokio::test]
    async fn a_frame_above_the_bound_is_refused_by_its_length_alone() {
        let wire = (GREETING + 1).to_be_bytes();
        let error = read::<Value>(&mut wire.as_slice(), GREETING).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        let long = "x".repeat(GREETING as usize);
        assert!(write(&mut Vec::new(), &long, GREETING).await.is_err());
    }

    #[tokio::test]
    async fn a_frame_cut_off_is_an_error() {
        let mut wire = 10_u32.to_be_bytes().to_vec();
        wire.extend(b"{\"a\":");
        assert!(read::<Value>(&mut wire.as_slice(), GREETING).await.is_err());
    }
}
