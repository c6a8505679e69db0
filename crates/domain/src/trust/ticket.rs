//! Tickets (邀请): what an inviter hands out as QR, text or file.

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, OfficeId, Serial, TreeId, tagged_hash};
use crate::office::OfficeKind;
use crate::trust::entry::Role;

/// What the ticket is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TicketKind {
    /// A subordinate office.
    Office {
        /// Name in the inviter's tree.
        name: String,
        /// Its kind.
        kind: OfficeKind,
    },
    /// Another device of the inviting office.
    Device {
        /// Its role.
        role: Role,
    },
}

/// An invitation. It expires at its issuer; nobody else judges its age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The slot in the inviter's tree.
    pub slot: Serial,
    /// One-time secret.
    pub secret: [u8; 16],
    /// The tree to pin.
    pub tree: Option<TreeId>,
    /// The inviting office.
    pub office: OfficeId,
    /// Its name.
    pub office_name: String,
    /// The inviter's device.
    pub device: DeviceId,
    /// Addresses `ip:port` to dial.
    pub addresses: Vec<String>,
    /// What it is for.
    pub kind: TicketKind,
}

/// A text that is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this text is no invitation of 一本账, or a part of it is missing")]
pub struct TicketError;

const PREFIX: &str = "YBZ1";
/// A ticket's text is at most this long.
const MAX_TEXT: usize = 4096;

impl Ticket {
    /// The ticket as text: prefix, base32, and a checksum against typing errors.
    pub fn to_text(&self) -> String {
        let mut bytes = postcard::to_stdvec(self).unwrap_or_default();
        let check = tagged_hash("ybz ticket 1", &[&bytes]);
        bytes.extend_from_slice(check.get(..4).unwrap_or_default());
        format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes))
    }

    /// Reads a ticket from text; spaces and line breaks do not matter.
    pub fn from_text(text: &str) -> Result<Self, TicketError> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        if text.len() > MAX_TEXT {
            return Err(TicketError);
        }
        let body = text.strip_prefix(PREFIX).ok_or(TicketError)?;
        let bytes = BASE32_NOPAD.decode(body.as_bytes()).map_err(|_| TicketError)?;
        let (bytes, check) = bytes.split_last_chunk::<4>().ok_or(TicketError)?;
        if tagged_hash("ybz ticket 1", &[bytes]).get(..4) != Some(check.as_slice()) {
            return Err(TicketError);
        }
        postcard::from_bytes(bytes).map_err(|_| TicketError)
    }
}

/// What each side adds to a comparison, drawn anew for every session. The joiner commits to its own before it hears the
/// inviter's, so neither side can search for digits within a session. The joiner knows them before it reveals, and may hang
/// up and try again: the inviter counts how often digits are drawn with a ticket, and refuses it after a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonces {
    /// The inviter's, said after the joiner's commitment.
    pub inviter: [u8; 32],
    /// The joiner's, revealed after the inviter's.
    pub joiner: [u8; 32],
}

/// What a joiner says first in place of its nonce.
pub fn join_commitment(slot: &Serial, joiner: &DeviceId, nonce: &[u8; 32]) -> [u8; 32] {
    tagged_hash("ybz join commitment 1", &[slot.as_bytes(), joiner.as_bytes(), nonce])
}

/// The six digits that inviter and joiner compare: over the whole ticket, the joining device, the office for which it
/// asks (none: a further device of the inviting office) and both nonces.
pub fn compare_code(ticket: &Ticket, joiner: &DeviceId, office: Option<&OfficeId>, nonces: &Nonces) -> String {
    let ticket = postcard::to_stdvec(ticket).unwrap_or_default();
    let office = office.map(|office| office.as_bytes().to_vec()).unwrap_or_default();
    let parts = [ticket.as_slice(), joiner.as_bytes(), &office, &nonces.inviter, &nonces.joiner];
    let hash = tagged_hash("ybz compare 1", &parts);
    let number = hash.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// Times that a request's hash is hashed again for its digits.
const PAPER_ROUNDS: u32 = 1 << 16;

/// The fifteen digits that both sides compare when a request to join travels in a file: over the whole ticket and the signed
/// request.
///
/// Nobody draws a nonce after the other has committed here, so whoever holds the ticket too can make requests until one shows
/// digits of its choice. Six digits would fall to a million tries. Fifteen are 10^15, and each try costs 2^16 hashes one after
/// the other: some 2^66 in all, for one ticket that is open for seven days. And what must be met are the digits on the
/// joiner's screen, which stand in no file.
pub fn paper_code(ticket: &Ticket, request: &[u8; 32]) -> String {
    let ticket = postcard::to_stdvec(ticket).unwrap_or_default();
    let mut hash = tagged_hash("ybz paper compare 1", &[&ticket, request]);
    for _ in 0..PAPER_ROUNDS {
        hash = *blake3::hash(&hash).as_bytes();
    }
    let number = hash.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    let digits = format!("{:015}", number % 1_000_000_000_000_000);
    let group = |at: usize| digits.get(at..at + 5).unwrap_or_default();
    format!("{} {} {}", group(0), group(5), group(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket() -> Ticket {
        Ticket {
            slot: Serial([1; 16]),
            secret: [2; 16],
            tree: Some(TreeId([3; 32])),
            office: OfficeId([4; 16]),
            office_name: "某街道".to_owned(),
            device: DeviceId([5; 32]),
            addresses: vec!["127.0.0.1:4000".to_owned()],
            kind: TicketKind::Office { name: "示范一村".to_owned(), kind: OfficeKind::Branch },
        }
    }

    #[test]
    fn everything_that_both_sides_know_of_a_join_moves_the_digits() {
        let (joiner, office) = (DeviceId([6; 32]), OfficeId([7; 16]));
        let nonces = Nonces { inviter: [8; 32], joiner: [9; 32] };
        let code = compare_code(&ticket(), &joiner, Some(&office), &nonces);
        assert_eq!(code, compare_code(&ticket(), &joiner, Some(&office), &nonces));
        assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
        let others = [
            compare_code(&Ticket { secret: [0; 16], ..ticket() }, &joiner, Some(&office), &nonces),
            compare_code(&Ticket { device: DeviceId([0; 32]), ..ticket() }, &joiner, Some(&office), &nonces),
            compare_code(&ticket(), &DeviceId([0; 32]), Some(&office), &nonces),
            compare_code(&ticket(), &joiner, None, &nonces),
            compare_code(&ticket(), &joiner, Some(&OfficeId([0; 16])), &nonces),
            compare_code(&ticket(), &joiner, Some(&office), &Nonces { inviter: [0; 32], ..nonces }),
            compare_code(&ticket(), &joiner, Some(&office), &Nonces { joiner: [0; 32], ..nonces }),
        ];
        assert!(others.iter().all(|other| *other != code), "{code} among {others:?}");
    }

    #[test]
    fn a_file_is_compared_by_digits_of_its_own() {
        let code = paper_code(&ticket(), &[1; 32]);
        assert_eq!(code, PAPER_GOLDEN, "both sides of any version show the same");
        assert_ne!(code, paper_code(&ticket(), &[2; 32]));
        assert_ne!(code, paper_code(&Ticket { secret: [0; 16], ..ticket() }, &[1; 32]));
    }

    const PAPER_GOLDEN: &str = "66239 29507 45468";

    #[test]
    fn a_ticket_survives_spaces_and_lower_case_and_refuses_a_missing_part() {
        let ticket = ticket();
        let text = ticket.to_text();
        let typed = format!("  {}\n{}", &text[..20].to_lowercase(), &text[20..]);
        assert_eq!(Ticket::from_text(&typed), Ok(ticket));
        assert_eq!(Ticket::from_text(&text[..text.len() - 1]), Err(TicketError));
        assert_eq!(Ticket::from_text(""), Err(TicketError));
    }
}
