//! Attacks and their outcomes: a peer that follows no rule, on the real wire, against nodes as they ship.

#[path = "../database/mod.rs"]
mod database;

mod certificates;
mod changes;
mod deliver;
mod disks;
mod forge;
mod puppet;
mod superior;
mod tickets;
mod wire;
mod world;
