//! Stories across several devices, told by calls of the table. One program, since linking one for each takes minutes and
//! gigabytes; each test runs in a process of its own.

mod adversary;
mod at_rest;
mod canaries;
mod care;
mod database;
mod devices;
mod dues;
mod dues_year;
mod evening;
mod evenings;
mod filling;
mod forgetting;
mod handover;
mod history;
mod importing;
mod joining;
mod lists;
mod local_log;
mod long_lists;
mod meetings;
mod members;
mod month_end;
mod orders;
mod privacy;
mod profiles;
mod repair;
mod restored;
mod revocation;
mod roles;
mod root;
mod scheduled;
mod search;
mod sheets;
mod stick;
mod year;
