//! Genesis: the fixed first change of every book, per kind and version.
//!
//! **Invariant:** genesis bytes are checked in, never made anew, and accepted by literal hash only; otherwise two devices
//! would each make a `records` map and automerge would hide one of them.

use crate::book::BookKind;
use crate::ids::ChangeHash;

/// Version of the containers that genesis makes. A new container means a new version and a new generation.
pub const GENESIS_VERSION: u32 = 1;

/// One uncompressed change chunk: root map `records`, and `version`. The same for every kind of version 1, since a kind is
/// part of the book's id and not of its content.
const BYTES: &[u8] = include_bytes!("../../genesis/book-1.bin");

/// Hash of that change, as a literal.
const HASH: ChangeHash = ChangeHash(GENESIS_HASH);
const GENESIS_HASH: [u8; 32] = [
    57, 87, 115, 248, 180, 173, 36, 18, 225, 174, 173, 158, 138, 79, 110, 81, 200, 151, 174, 186, 66, 92, 167, 119,
    235, 27, 179, 43, 197, 243, 254, 149,
];

/// The first change of a book of this kind, as an uncompressed change chunk.
pub fn genesis(_kind: &BookKind) -> &'static [u8] {
    BYTES
}

/// The hash of the first change of a book of this kind.
pub fn genesis_hash(_kind: &BookKind) -> ChangeHash {
    HASH
}

/// Whether this is the hash of some genesis.
pub fn is_genesis(hash: &ChangeHash) -> bool {
    *hash == HASH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checked_in_bytes_have_the_literal_hash() {
        let change = automerge::Change::from_bytes(BYTES.to_vec()).unwrap();
        assert_eq!(change.hash().0, HASH.0, "genesis bytes may never be made anew");
        assert!(change.deps().is_empty());
        assert_eq!(change.seq(), 1);
    }
}
