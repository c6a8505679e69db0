//! Parcels, in which books change hands: whatever the bytes, opening one ends with its content or a reason.

use ybz_domain::parcel::{close, open};

/// A parcel is copied once as it is opened.
pub const BOUND: usize = 1 << 20;

const CODE: &str = "0123-4567-89AB-CDEF-GHJK";

/// Opens the bytes as a parcel, and takes them as a code and as the content of one.
pub fn run(data: &[u8]) {
    let _ = open(CODE, data);
    let text = String::from_utf8_lossy(data);
    if let Ok(parcel) = close(&text, [7; 24], b"books") {
        assert_eq!(
            open(&text, &parcel).map(|content| content.to_vec()),
            Ok(b"books".to_vec()),
            "its own code opens it"
        );
    }
    if let Ok(parcel) = close(CODE, [7; 24], data) {
        assert_eq!(open(CODE, &parcel).map(|content| content.to_vec()), Ok(data.to_vec()), "what went in comes out");
    }
}

/// A parcel, and codes as they are typed.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut out: Vec<Vec<u8>> = close(CODE, [7; 24], b"the books of a village").into_iter().collect();
    out.extend([CODE, "0123 4567 89ab cdef ghjk", "oi2345678９ABCDEFGHJK"].map(|code| code.as_bytes().to_vec()));
    out
}
