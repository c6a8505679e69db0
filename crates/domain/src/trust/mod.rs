//! Trust: who may do what, and how anyone can check it offline.
//!
//! A *tree* is named by its first charter. Certificates are entries of hash-linked logs, one log per issuing device.
//! They end by removal, never by a clock.

mod audience;
mod charter;
#[cfg(test)]
mod endings;
mod entry;
mod erasure;
#[cfg(test)]
mod grants;
mod log;
mod membership;
mod receipt;
#[cfg(test)]
mod renewals;
mod restored;
mod roles;
mod scope;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod ticket;

pub use audience::{Audience, audience};
pub use charter::{Charter, ChartersError, Ended, RecoveryKey, charter_chain, check_charters, tree_id};
pub use entry::{Body, Change, Entry, EntryHash, Founding, LogHead, Mark, Role};
pub use erasure::{ERASURE, EraseRight, Erasure, ErasureMark};
pub use log::{Link, LinkHash, Withheld, log_heads, withhold};
pub use membership::{
    Adoption, Certificate, Closed, Course, Cut, Former, Membership, OfficeView, Placed, Renewal, Standing,
};
pub use receipt::{Receipt, Received};
pub use restored::{Restored, succession};
pub use roles::{Act, ActRow, BookRow, Rights, RoleCase, acts, markdown, rights};
pub use scope::{Reader, may_have_written, may_read, may_write};
pub use ticket::{Nonces, Ticket, TicketError, TicketKind, compare_code, join_commitment, paper_code};
