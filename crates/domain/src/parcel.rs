//! A parcel: books that change hands in one file, closed under a code that is told once. The code is drawn, never chosen: its
//! hundred bits need no slow hash. Nothing outside says whose books they are.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::ids::tagged_hash;

const MAGIC: &[u8; 4] = b"YBZH";
const VERSION: u8 = 1;
const NONCE: usize = 24;
const CHECK: usize = 8;
const SUM: usize = 32;
const HEAD: usize = 4 + 1 + NONCE + CHECK;

/// Letters and digits of a code: none that are mistaken for another.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs of a code.
const SIGNS_OF_CODE: usize = 20;

/// A file that is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// Another kind of file.
    #[error("not a parcel")]
    Form,
    /// Of a later version of the program.
    #[error("a parcel of a later version")]
    Newer,
    /// Cut off, damaged on the way, or written into.
    #[error("the parcel was altered")]
    Altered,
    /// Another code.
    #[error("the code does not open the parcel")]
    Code,
}

/// A code out of random bytes, in groups of four: `7K2M-…`.
pub fn code(random: [u8; SIGNS_OF_CODE]) -> String {
    let sign = |byte: &u8| SIGNS.get(usize::from(byte & 31)).copied().map(char::from);
    let groups: Vec<String> = random.chunks(4).map(|group| group.iter().filter_map(sign).collect()).collect();
    groups.join("-")
}

/// A code as typed: spaces, strokes and case do not matter, nor what looks alike. None: it is no code.
fn typed(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let plain = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—' | '–'));
    let mut out = Zeroizing::new(Vec::with_capacity(SIGNS_OF_CODE));
    for sign in plain {
        // Full-width letters come from an input method that is on.
        let sign = match u32::from(sign) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0)?,
            _ => sign,
        };
        let sign = match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let byte = u8::try_from(sign).ok().filter(|byte| SIGNS.contains(byte))?;
        out.push(byte);
    }
    (out.len() == SIGNS_OF_CODE).then_some(out)
}

fn keys(code: &[u8], nonce: &[u8]) -> (Zeroizing<[u8; 32]>, [u8; CHECK]) {
    let key = Zeroizing::new(tagged_hash("ybz parcel key 1", &[code, nonce]));
    let whole = tagged_hash("ybz parcel check 1", &[key.as_slice()]);
    let mut check = [0; CHECK];
    check.copy_from_slice(&whole[..CHECK]);
    (key, check)
}

/// Closes a parcel. `nonce` is random.
///
/// # Errors
/// [`ParcelError::Code`] where the code is none.
pub fn close(code: &str, nonce: [u8; NONCE], content: &[u8]) -> Result<Vec<u8>, ParcelError> {
    let code = typed(code).ok_or(ParcelError::Code)?;
    let (key, check) = keys(&code, &nonce);
    let mut out = Vec::with_capacity(HEAD + content.len() + 16 + SUM);
    out.extend_from_slice(MAGIC);
    out.push(VERSION);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&check);
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: content, aad: &out });
    out.extend(sealed.map_err(|_| ParcelError::Altered)?);
    let sum = tagged_hash("ybz parcel sum 1", &[&out]);
    out.extend_from_slice(&sum);
    Ok(out)
}

/// Opens a parcel. A damaged file is told from a wrong code.
///
/// # Errors
/// [`ParcelError`].
pub fn open(code: &str, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, ParcelError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(ParcelError::Form)?;
    match rest.first() {
        Some(&VERSION) => {}
        Some(version) if *version > VERSION => return Err(ParcelError::Newer),
        _ => return Err(ParcelError::Form),
    }
    let body = bytes.len().checked_sub(SUM).and_then(|at| bytes.split_at_checked(at));
    let (body, sum) = body.filter(|(body, _)| body.len() >= HEAD).ok_or(ParcelError::Altered)?;
    if tagged_hash("ybz parcel sum 1", &[body]).as_slice() != sum {
        return Err(ParcelError::Altered);
    }
    let (head, sealed) = body.split_at_checked(HEAD).ok_or(ParcelError::Altered)?;
    let nonce: [u8; NONCE] =
        head.get(5..5 + NONCE).and_then(|nonce| nonce.try_into().ok()).ok_or(ParcelError::Altered)?;
    let code = typed(code).ok_or(ParcelError::Code)?;
    let (key, check) = keys(&code, &nonce);
    if head.get(5 + NONCE..) != Some(check.as_slice()) {
        return Err(ParcelError::Code);
    }
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let plain = cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: head });
    plain.map(Zeroizing::new).map_err(|_| ParcelError::Altered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_code() -> String {
        code(std::array::from_fn(|at| u8::try_from(at * 13).unwrap_or(7)))
    }

    #[test]
    fn it_opens_with_its_code_however_that_is_typed() {
        let code = some_code();
        assert_eq!(code.len(), 24, "five groups of four");
        let parcel = close(&code, [5; NONCE], b"books").unwrap();
        let wide: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in [code.clone(), code.to_lowercase(), code.replace('-', " "), wide, code.replace('0', "o")] {
            assert_eq!(open(&typed, &parcel).unwrap().as_slice(), b"books", "{typed}");
        }
    }

    #[test]
    fn another_code_damage_and_another_file_are_told_apart() {
        let parcel = close(&some_code(), [5; NONCE], b"books").unwrap();
        let other = code([9; SIGNS_OF_CODE]);
        for wrong in [other.as_str(), "", "7K2M", "é"] {
            assert_eq!(open(wrong, &parcel), Err(ParcelError::Code), "{wrong}");
        }
        for at in 5..parcel.len() {
            let mut altered = parcel.clone();
            altered[at] ^= 1;
            assert_eq!(open(&some_code(), &altered), Err(ParcelError::Altered), "byte {at}");
        }
        for end in 5..parcel.len() {
            assert_eq!(open(&some_code(), &parcel[..end]), Err(ParcelError::Altered), "cut at {end}");
        }
        assert_eq!(open(&some_code(), b"YBZH\x02"), Err(ParcelError::Newer));
        for none in [&b""[..], b"YBZ", b"PK\x03\x04", b"YBZH", b"YBZH\x00"] {
            assert_eq!(open(&some_code(), none), Err(ParcelError::Form));
        }
    }

    #[test]
    fn whoever_writes_the_sum_anew_without_the_code_is_found_out() {
        let mut parcel = close(&some_code(), [5; NONCE], b"books").unwrap();
        let at = parcel.len() - SUM - 1;
        parcel[at] ^= 1;
        let end = parcel.len() - SUM;
        let sum = tagged_hash("ybz parcel sum 1", &[&parcel[..end]]);
        parcel[end..].copy_from_slice(&sum);
        assert_eq!(open(&some_code(), &parcel), Err(ParcelError::Altered));
    }
}
