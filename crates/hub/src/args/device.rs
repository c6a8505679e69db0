//! `ybz device` and `ybz handover`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `ybz device`
#[derive(Debug, Subcommand)]
pub(crate) enum Device {
    /// Print the devices of this office and the keepers of its direct subordinates
    List,
    /// Remove a device for ever; shows what that does, and does it with --yes
    Remove {
        /// Its id, or the first eight digits or more
        device: String,
        /// Last day whose work counts [default: all that is here]
        #[arg(long, value_name = "YYYY-MM-DD")]
        until: Option<String>,
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Let another keeper of this office register nobody any more; what it writes counts
    Suspend {
        /// Its id, or the first eight digits or more
        device: String,
    },
    /// Let work count that a removed device made after its end
    Adopt {
        /// Its id, or the first eight digits or more
        device: String,
    },
    /// Have such work for good put aside, as long as nobody built on it
    Discard {
        /// Its id, or the first eight digits or more
        device: String,
    },
}

/// `ybz handover`
#[derive(Debug, Subcommand)]
pub(crate) enum Handover {
    /// Hand over: this device writes no more from now on, and its last changes count whenever they arrive
    Retire {
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Invite the successor's device; this one hands over when it is let in, unless a subordinate is named
    Install(Install),
    /// Print one page with what is open
    Sheet,
}

/// `ybz handover install`
#[derive(Debug, Args)]
pub(crate) struct Install {
    /// Name or id of the direct subordinate that gets a further keeper
    #[arg(long, value_name = "OFFICE")]
    pub(crate) below: Option<String>,
    /// Approve without comparing the six digits: for scripts and demos
    #[arg(long, requires = "below")]
    pub(crate) auto_approve: bool,
    /// Write the ticket into a new file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
