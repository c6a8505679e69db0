//! `tickets`: invitations handed out here. Each opens once, and expires here and nowhere else.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::{DeviceId, Serial};
use ybz_domain::trust::Ticket;

use crate::error::StoreError;
use crate::table::{date, decode, encode};

pub(crate) const CREATE: &str = "
CREATE TABLE tickets (
    slot    BLOB NOT NULL PRIMARY KEY CHECK (length(slot) = 16),
    ticket  BLOB NOT NULL,
    expires TEXT NOT NULL, -- last day on which it opens
    used_by BLOB NOT NULL -- device; empty: nobody yet
) STRICT, WITHOUT ROWID;";

/// A slot in this office's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketSlot {
    /// The invitation.
    pub ticket: Ticket,
    /// Last day on which it opens.
    pub expires: Date,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
}

/// What comes of presenting a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketUse {
    /// It is this device's, or free for it.
    Open(Box<Ticket>),
    /// No such slot, or another secret. Both look alike to who asks.
    Unknown,
    /// Too late.
    Expired,
    /// Another device was first.
    Used(DeviceId),
}

pub(crate) fn put(conn: &Connection, slot: &TicketSlot) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO tickets (slot, ticket, expires, used_by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (slot) DO UPDATE SET ticket = excluded.ticket, expires = excluded.expires",
    )?;
    let used_by = slot.used_by.map(|device| device.0.to_vec()).unwrap_or_default();
    statement.execute(params![
        slot.ticket.slot.0,
        encode(&slot.ticket, "tickets")?,
        slot.expires.to_string(),
        used_by
    ])?;
    Ok(())
}

pub(crate) fn get(conn: &Connection, slot: &Serial) -> Result<Option<TicketSlot>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT ticket, expires, used_by FROM tickets WHERE slot = ?1")?;
    let row = statement.query_row(params![slot.0], read).optional()?;
    row.map(slot_of).transpose()
}

pub(crate) fn all(conn: &Connection) -> Result<Vec<TicketSlot>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT ticket, expires, used_by FROM tickets ORDER BY expires, slot")?;
    let rows = statement.query_map([], read)?;
    rows.map(|row| slot_of(row?)).collect()
}

type Raw = (Vec<u8>, String, Vec<u8>);

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn slot_of((ticket, expires, used_by): Raw) -> Result<TicketSlot, StoreError> {
    Ok(TicketSlot {
        ticket: decode(&ticket, "tickets")?,
        expires: date(&expires, "tickets")?,
        used_by: DeviceId::from_slice(&used_by).ok(),
    })
}

/// Whether a slot is open to a device. The secret is compared without telling by time how much of it is right.
pub(crate) fn check(
    conn: &Connection,
    slot: &Serial,
    secret: &[u8; 16],
    device: &DeviceId,
    today: Date,
) -> Result<TicketUse, StoreError> {
    let Some(found) = get(conn, slot)? else { return Ok(TicketUse::Unknown) };
    let differ = found.ticket.secret.iter().zip(secret).fold(0, |differ, (a, b)| differ | (a ^ b));
    if differ != 0 {
        return Ok(TicketUse::Unknown);
    }
    match found.used_by {
        Some(other) if other != *device => Ok(TicketUse::Used(other)),
        None if found.expires < today => Ok(TicketUse::Expired),
        Some(_) | None => Ok(TicketUse::Open(Box::new(found.ticket))),
    }
}

/// Takes a slot for a device, in the transaction that gives it its place.
pub(crate) fn take(conn: &Connection, slot: &Serial, device: &DeviceId) -> Result<(), StoreError> {
    let mut statement = conn
        .prepare_cached("UPDATE tickets SET used_by = ?2 WHERE slot = ?1 AND (used_by = ?2 OR length(used_by) = 0)")?;
    match statement.execute(params![slot.0, device.0.as_slice()])? {
        0 => Err(StoreError::TicketTaken(*slot)),
        _ => Ok(()),
    }
}

pub(crate) fn delete(conn: &Connection, slot: &Serial) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("DELETE FROM tickets WHERE slot = ?1")?.execute(params![slot.0])? > 0)
}
