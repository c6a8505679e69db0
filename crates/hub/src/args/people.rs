//! Roles of devices, `ybz profile` and `ybz log`

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

/// What a device may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Writes, and invites
    Keeper,
    /// Writes
    Clerk,
    /// Reads
    Viewer,
    /// Writes in the place of a village without a computer
    Custodian,
}

impl Role {
    /// As certificates name it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Keeper => "keeper",
            Self::Clerk => "clerk",
            Self::Viewer => "viewer",
            Self::Custodian => "custodian",
        }
    }
}

/// `ybz profile`
#[derive(Debug, Subcommand)]
pub(crate) enum Profile {
    /// Print them
    List,
    /// Make a profile, or change the one of this name; the PIN is read from YBZ_PIN or standard input
    Save {
        /// Name of the person; declared in what is changed, never proved
        #[arg(value_name = "NAME")]
        name: String,
        /// Hide a part of the program; may be given several times
        #[arg(long, value_enum, value_name = "AREA")]
        hide: Vec<Area>,
        /// The PIN stays as it is
        #[arg(long)]
        keep_pin: bool,
    },
    /// Remove a profile; what it declared stays
    Remove {
        /// Its name or id
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// Parts of the program that a profile may hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Area {
    /// Residents and talks
    Households,
    /// 党费
    Dues,
    /// 汇总
    Totals,
    /// Devices, invitations, profiles, the log
    Organisation,
}

impl Area {
    /// As `profile.save` names it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Dues => "dues",
            Self::Totals => "totals",
            Self::Organisation => "organisation",
        }
    }
}

/// `ybz log`
#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// Print lines, the newest first
    List {
        /// Lines at most
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
        /// Leave out so many of the newest
        #[arg(long, value_name = "N", default_value_t = 0)]
        offset: u32,
    },
    /// Check the chain; ends with 4 when a line was altered or is missing
    Verify {
        /// A file of `ybz log export`, checked without any folder; without it the log of the folder
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// A head that another computer read out of a receipt; may be given several times
        #[arg(long, value_name = "HASH")]
        anchor: Vec<String>,
    },
    /// Print what this computer knows of the logs of others, out of their receipts
    Anchors,
    /// Write the log as a file that anybody can check
    Export {
        /// Where to [default: the suggested name, in the current folder]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}
