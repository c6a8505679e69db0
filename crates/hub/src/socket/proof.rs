//! The greeting: both sides show that they hold the database key, over fresh nonces of both, without telling it.
//!
//! ```text
//! node    → command  nonce N
//! command → node     nonce C, proof of (command, N, C)
//! node    → command  proof of (node, N, C), or nothing
//! ```

use std::io;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncWrite};
use ybz_app::DatabaseKey;

use super::frame::{GREETING, read, write};

const CONTEXT: &str = "yibenzhang 2025 socket greeting 1";
const OF_COMMAND: &[u8] = b"command";
const OF_NODE: &[u8] = b"node";

/// A key made from the database key for this purpose alone.
#[derive(Clone)]
pub struct SocketKey([u8; 32]);

type Nonce = [u8; 32];

#[derive(Serialize, Deserialize)]
struct Greeting {
    protocol: String,
    nonce: String,
}

#[derive(Serialize, Deserialize)]
struct Response {
    nonce: String,
    proof: String,
}

#[derive(Serialize, Deserialize)]
struct Verdict {
    /// None: the command's proof is wrong.
    proof: Option<String>,
}

/// How a greeting ended, when nothing went wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// Both hold the key.
    Same,
    /// The other side does not hold it.
    Stranger,
}

impl SocketKey {
    /// Derives it.
    pub fn of(key: &DatabaseKey) -> Self {
        Self(blake3::derive_key(CONTEXT, key.as_bytes()))
    }

    fn proof(&self, of: &[u8], node: &Nonce, command: &Nonce) -> blake3::Hash {
        blake3::Hasher::new_keyed(&self.0).update(node).update(command).update(of).finalize()
    }
}

impl std::fmt::Debug for SocketKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SocketKey(…)")
    }
}

fn nonce() -> Nonce {
    let mut bytes = [0; 32];
    ybz_app::host::system_random(&mut bytes);
    bytes
}

fn decode(text: &str) -> io::Result<Nonce> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a greeting that is not understood"))
}

fn ended<T>() -> io::Result<T> {
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// The node's side.
pub(super) async fn greet(peer: &mut (impl AsyncRead + AsyncWrite + Unpin), key: &SocketKey) -> io::Result<Met> {
    let ours = nonce();
    let greeting = Greeting { protocol: "ybz 1".to_owned(), nonce: HEXLOWER.encode(&ours) };
    write(peer, &greeting, GREETING).await?;
    let Some(response) = read::<Response>(peer, GREETING).await? else { return ended() };
    let theirs = decode(&response.nonce)?;
    // Hashes compare in constant time.
    if blake3::Hash::from_bytes(decode(&response.proof)?) != key.proof(OF_COMMAND, &ours, &theirs) {
        write(peer, &Verdict { proof: None }, GREETING).await?;
        return Ok(Met::Stranger);
    }
    let proof = key.proof(OF_NODE, &ours, &theirs).to_hex().to_string();
    write(peer, &Verdict { proof: Some(proof) }, GREETING).await?;
    Ok(Met::Same)
}

/// The command's side.
pub(super) async fn answer(peer: &mut (impl AsyncRead + AsyncWrite + Unpin), key: &SocketKey) -> io::Result<Met> {
    let Some(greeting) = read::<Greeting>(peer, GREETING).await? else { return ended() };
    let theirs = decode(&greeting.nonce)?;
    let ours = nonce();
    let proof = key.proof(OF_COMMAND, &theirs, &ours).to_hex().to_string();
    write(peer, &Response { nonce: HEXLOWER.encode(&ours), proof }, GREETING).await?;
    let Some(verdict) = read::<Verdict>(peer, GREETING).await? else { return ended() };
    let Some(proof) = verdict.proof else { return Ok(Met::Stranger) };
    let right = blake3::Hash::from_bytes(decode(&proof)?) == key.proof(OF_NODE, &theirs, &ours);
    Ok(if right { Met::Same } else { Met::Stranger })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SocketKey {
        SocketKey::of(&DatabaseKey::from_bytes([byte; 32]))
    }

    #[tokio::test]
    async fn two_that_hold_the_key_meet() {
        let (mut node, mut command) = tokio::io::duplex(4096);
        let (key, same) = (key(1), key(1));
        let met = tokio::join!(greet(&mut node, &key), answer(&mut command, &same));
        assert_eq!((met.0.unwrap(), met.1.unwrap()), (Met::Same, Met::Same));
    }

    #[tokio::test]
    async fn a_command_without_the_key_is_a_stranger_and_learns_no_proof() {
        let (mut node, mut command) = tokio::io::duplex(4096);
        let (key, other) = (key(1), key(2));
        let met = tokio::join!(greet(&mut node, &key), answer(&mut command, &other));
        assert_eq!((met.0.unwrap(), met.1.unwrap()), (Met::Stranger, Met::Stranger));
    }

    #[tokio::test]
    async fn a_node_that_hands_the_proof_back_is_a_stranger() {
        let (mut node, mut command) = tokio::io::duplex(4096);
        let key = key(1);
        let false_node = async {
            let greeting = Greeting { protocol: "ybz 1".to_owned(), nonce: HEXLOWER.encode(&nonce()) };
            write(&mut node, &greeting, GREETING).await.unwrap();
            let response: Response = read(&mut node, GREETING).await.unwrap().unwrap();
            write(&mut node, &Verdict { proof: Some(response.proof) }, GREETING).await.unwrap();
        };
        let met = tokio::join!(false_node, answer(&mut command, &key));
        assert_eq!(met.1.unwrap(), Met::Stranger);
    }
}
