//! Invitations as text: what is read is written back as it was.

use data_encoding::BASE32_NOPAD;
use ybz_domain::ids::{DeviceId, OfficeId, Serial, TreeId, tagged_hash};
use ybz_domain::office::OfficeKind;
use ybz_domain::trust::{Role, Ticket, TicketKind};

/// A text of 4 KiB stands for at most 2.5 KiB; texts are copied while they are read.
pub const BOUND: usize = 1 << 20;

/// Reads the bytes as text, and as what such a text says, with the checksum right.
pub fn run(data: &[u8]) {
    read(&String::from_utf8_lossy(data));
    let mut content = data.to_vec();
    let check = tagged_hash("ybz ticket 1", &[&content]);
    content.extend(check.iter().take(4));
    read(&format!("YBZ1{}", BASE32_NOPAD.encode(&content)));
}

fn read(text: &str) {
    if let Ok(ticket) = Ticket::from_text(text) {
        assert_eq!(Ticket::from_text(&ticket.to_text()), Ok(ticket), "what was read is not what is written");
    }
}

/// Tickets, as text and as content.
pub fn seeds() -> Vec<Vec<u8>> {
    let office = TicketKind::Office { name: "示范一村".to_owned(), kind: OfficeKind::Branch };
    let kinds = [office, TicketKind::Device { role: Role::Clerk }];
    let tickets = kinds.map(|kind| Ticket {
        slot: Serial([1; 16]),
        secret: [2; 16],
        tree: Some(TreeId([3; 32])),
        office: OfficeId([4; 16]),
        office_name: "某街道".to_owned(),
        device: DeviceId([5; 32]),
        addresses: vec!["127.0.0.1:4000".to_owned(), "[::1]:4000".to_owned()],
        kind,
    });
    let mut out: Vec<Vec<u8>> = tickets.iter().map(|ticket| ticket.to_text().into_bytes()).collect();
    out.extend(tickets.iter().filter_map(|ticket| postcard::to_stdvec(ticket).ok()));
    out
}
