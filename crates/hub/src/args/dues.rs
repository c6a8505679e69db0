//! `ybz dues` and `ybz rules`

use std::path::PathBuf;

use clap::Subcommand;

/// `ybz dues`
#[derive(Debug, Subcommand)]
pub(crate) enum Dues {
    /// 党费台账 of a year, with the base where it opens on this device
    Ledger {
        /// Year; the current one when left out
        #[arg(long, value_name = "YEAR")]
        year: Option<i16>,
    },
    /// 公示表 of some months: names and sums alone
    Notice {
        /// First month, such as 2026-01
        #[arg(value_name = "FROM")]
        from: String,
        /// Last month; the same when left out
        #[arg(value_name = "TO")]
        to: Option<String>,
    },
    /// Who owes which months
    Arrears,
    /// 上缴 of a year, reconciled with what was collected
    Remit {
        /// Year; the current one when left out
        #[arg(long, value_name = "YEAR")]
        year: Option<i16>,
    },
}

/// `ybz rules`
#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// What holds here, and every pack that was set
    List,
    /// Print what holds now as a text to begin from
    Template,
    /// Read a pack and say what it would set, or what is wrong with it
    Check {
        /// TOML
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Send a pack to every office below that lacks it
    Send {
        /// TOML
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// For this office itself, which has no superior
        #[arg(long)]
        own: bool,
    },
}
