//! The wire: frames, how they are packed, and how they are cut from a stream of bytes.

mod codec;
mod frame;
mod pack;
mod paper;

pub use codec::{Codec, Encoded, HEADER, Header, WireError};
pub use frame::{
    Ack, Announced, Blob, Changes, Frame, Hello, HelloData, JoinGrant, JoinRequest, KeyRow, Listing, Reply, Statements,
    Versions, Want, join_proof,
};
pub use paper::{GrantPaper, RequestPaper};
