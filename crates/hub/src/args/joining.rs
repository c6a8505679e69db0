//! `ybz invite`, `ybz bundle`, `ybz request`: joining, and delivering by stick.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{KindBelow, Role};

/// `ybz invite`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("invited").required(true))]
#[command(subcommand_negates_reqs = true)]
pub(crate) struct Invite {
    /// Many at once
    #[command(subcommand)]
    pub(crate) many: Option<InviteMany>,
    /// Name of the subordinate office
    #[arg(long, value_name = "NAME", group = "invited", requires = "kind")]
    pub(crate) office: Option<String>,
    /// Its kind
    #[arg(long, value_enum, requires = "office")]
    pub(crate) kind: Option<KindBelow>,
    /// Another device of this office
    #[arg(long, group = "invited")]
    pub(crate) device: bool,
    /// What the device may do [default: clerk]
    #[arg(long, value_enum, requires = "device", conflicts_with = "office")]
    pub(crate) role: Option<Role>,
    /// The clerk's or custodian's device may read residents and talks, once the digits were compared
    #[arg(long, requires = "device", conflicts_with_all = ["office", "auto_approve"])]
    pub(crate) own_books: bool,
    /// Approve without comparing the six digits: for scripts and demos
    #[arg(long)]
    pub(crate) auto_approve: bool,
    /// Write the ticket into a new file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// `ybz invite bulk`
#[derive(Debug, Subcommand)]
pub(crate) enum InviteMany {
    /// Invite every village of a list (xlsx, csv) that has not joined and has no open invitation
    Bulk {
        /// The list, with a column 名称 or name
        #[arg(value_name = "LIST")]
        list: PathBuf,
        /// A new folder for the tickets and the pages to print
        #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
        out: Option<PathBuf>,
        /// Telephone on which the digits are compared; it is printed
        #[arg(long, value_name = "TEXT", default_value = "")]
        phone: String,
        /// Only look: nothing is invited
        #[arg(long)]
        dry_run: bool,
    },
}

/// `ybz bundle`
#[derive(Debug, Subcommand)]
pub(crate) enum Bundle {
    /// Print the offices and devices that a file can be made for
    Targets,
    /// Write what an office lacks into a file that only its devices open
    Export {
        /// Name or id of the office, or id of another device of this one
        #[arg(long, value_name = "OFFICE")]
        to: String,
        /// A new file, or a folder for it [default: the current folder]
        #[arg(long, value_name = "DIR|FILE")]
        out: Option<PathBuf>,
        /// Everything again, also what was receipted
        #[arg(long)]
        whole: bool,
    },
    /// Read a file that was brought; twice does no harm
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `ybz request`
#[derive(Debug, Subcommand)]
pub(crate) enum Request {
    /// At the office that joins: write the request, and print the digits to read out
    Make {
        /// The ticket's text, or a file that holds it
        #[arg(long, value_name = "TEXT|FILE")]
        ticket: String,
        /// A new file for the request
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// At the inviting office: see who asks; with the digits heard over the phone, write the certificate
    Approve {
        /// The request
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The fifteen digits that the other side reads out
        #[arg(long, value_name = "DIGITS")]
        code: Option<String>,
        /// A new file for the certificate
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// At the office that joins: keep the certificate; then it has joined
    Take {
        /// The certificate
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}
