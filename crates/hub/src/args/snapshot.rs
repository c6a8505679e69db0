//! `ybz snapshot`

use std::path::PathBuf;

use clap::Subcommand;

use super::Format;

/// `ybz snapshot`
#[derive(Debug, Subcommand)]
pub(crate) enum Snapshot {
    /// Sign the totals of a year for the superior
    Make {
        /// The year [default: the current one]
        #[arg(long, value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
    },
    /// Print the snapshots held here
    List,
    /// Fetch snapshots from subordinates, then print those held here
    Pull {
        /// Seconds at most
        #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
        timeout: u32,
    },
    /// Check signatures, certificates and sums; ends with 4 when something does not hold
    Verify {
        /// A file, or the id of a snapshot held here
        #[arg(value_name = "ID|FILE")]
        what: String,
        /// Tree id to check a file against, without any data directory
        #[arg(long, value_name = "TREEID")]
        tree: Option<String>,
    },
    /// Write a snapshot as a file
    Export {
        /// Its id
        id: String,
        /// Kind of file
        #[arg(long, value_enum)]
        format: Format,
        /// Where to [default: the suggested name, in the current folder]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}
