//! Limits: nothing that a peer sends makes this side hold or do more than is written here.

/// Oldest protocol spoken.
pub const OLDEST: u16 = 1;
/// Newest protocol spoken. A node speaks with the version before and after its own.
pub const NEWEST: u16 = 1;
/// Bytes of a frame on the wire.
pub const MAX_FRAME: usize = 1024 * 1024;
/// Bytes of a frame from a peer that has proved nothing yet.
pub const MAX_FIRST_FRAME: usize = 64 * 1024;
/// Bytes that a compressed frame may decompress to.
pub const MAX_RAW: usize = 1024 * 1024;
/// Bytes of changes after which a frame is full; a single change may be as large again.
pub const BATCH_BYTES: usize = 256 * 1024;
/// Changes in one frame.
pub const MAX_CHANGES: usize = 8_192;
/// Attestations in one frame.
pub const MAX_ATTESTATIONS: usize = 1_024;
/// Books that a peer may announce in one session.
pub const MAX_BOOKS: usize = 4_096;
/// Offices that a peer may announce in one session.
pub const MAX_OFFICES: usize = 4_096;
/// Heads, or other hashes, in one place of one frame.
pub const MAX_HASHES: usize = 1_024;
/// Carriers that a peer may offer in one session.
pub const MAX_CARRIERS: usize = 4_096;
/// Bytes of a carrier in one frame.
pub const BLOB_BYTES: usize = 512 * 1024;
/// Rows of household keys in one frame.
pub const MAX_KEY_ROWS: usize = 4_096;
/// Bytes received and not judged yet: with as many no frame is read.
pub const SESSION_CREDIT: usize = 1024 * 1024;
/// The same over all sessions of a node.
pub const GLOBAL_CREDIT: usize = 64 * 1024 * 1024;
/// Bytes handed to the writer and not written yet: with as many no further batch is fetched.
pub const WRITE_AHEAD: usize = 512 * 1024;
/// Bytes not written yet with which no frame is read: the peer does not take our answers.
pub const WRITE_STALL: usize = 4 * 1024 * 1024;
/// Times that a book's missing dependencies are asked for in one burst.
pub const MAX_NEEDS: u32 = 32;
/// Books beyond which a catalog is compared office by office first.
pub const LISTING_DIRECT: usize = 64;
/// Refusals told to the sender in one acknowledgement.
pub const MAX_REFUSALS: usize = 64;
