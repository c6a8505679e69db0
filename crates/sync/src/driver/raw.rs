//! Frames and bytes as a hostile peer says them, on a real connection: for tests of the side that listens.

use std::sync::Arc;

use iroh::endpoint::{RecvStream, SendStream};
use tokio::sync::Semaphore;

use crate::driver::run::open;
use crate::driver::stream::read_frame;
use crate::driver::{Connection, DriverError};
use crate::limits::MAX_FRAME;
use crate::wire::{Codec, Frame};

/// A connection without a machine: what is said follows no rule.
#[derive(Debug)]
pub struct Raw {
    send: SendStream,
    receive: Option<RecvStream>,
    codec: Codec,
    credit: Arc<Semaphore>,
}

impl Raw {
    /// Opens the stream of a session.
    ///
    /// # Errors
    /// The connection is gone.
    pub async fn open(connection: &Connection) -> Result<Self, DriverError> {
        let (send, receive) = open(connection).await?;
        Ok(Self { send, receive: Some(receive), codec: Codec::default(), credit: Arc::clone(&connection.credit) })
    }

    /// Says a frame. False when it does not encode or nobody is there any more.
    pub async fn say(&mut self, frame: Frame) -> bool {
        match self.codec.encode(frame) {
            Ok(encoded) => self.say_bytes(&encoded.bytes).await,
            Err(_) => false,
        }
    }

    /// Says bytes that need not be frames. False when nobody is there any more.
    pub async fn say_bytes(&mut self, bytes: &[u8]) -> bool {
        self.send.write_all(bytes).await.is_ok()
    }

    /// Says that nothing more comes, as an honest end does when its session is over.
    pub fn finish(&mut self) {
        // Whoever is gone needs no end.
        let _ = self.send.finish();
    }

    /// Hears the next frame; none once the other side has hung up.
    pub async fn hear(&mut self) -> Option<Frame> {
        let stream = self.receive.take()?;
        let (stream, read) = read_frame(stream, MAX_FRAME, Arc::clone(&self.credit)).await;
        let body = read.ok()?;
        self.receive = Some(stream);
        self.codec.decode(body.header, &body.bytes).ok()
    }
}
