//! What every program that keeps a node open shares: the door through which `ybz` reaches it. `ybz serve` and the window
//! open it, the commands knock.

pub mod socket;
