//! `ybz month`

use clap::Subcommand;

use super::keep::Keep;

/// Months: checked and submitted below, accepted or returned above
#[derive(Debug, Subcommand)]
pub(crate) enum Month {
    /// What a month has in each ledger, what the rules miss, and where it stands
    Check {
        /// Such as 2026-03 [default: this month]
        #[arg(value_name = "MONTH")]
        month: Option<String>,
    },
    /// Submit a month
    Submit {
        /// Such as 2026-03 [default: this month]
        #[arg(value_name = "MONTH")]
        month: Option<String>,
    },
    /// At the superior: a month of every subordinate, with the ids of submissions
    List {
        /// Such as 2026-03 [default: the month before]
        #[arg(value_name = "MONTH")]
        month: Option<String>,
    },
    /// At the superior: accept a submission
    Accept {
        /// Its id, as `month list` prints it
        #[arg(value_name = "ID")]
        id: String,
        /// A comment
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        #[command(flatten)]
        keep: Keep,
    },
    /// At the superior: return a submission
    Return {
        /// Its id, as `month list` prints it
        #[arg(value_name = "ID")]
        id: String,
        /// What is to be changed
        #[arg(long, value_name = "TEXT")]
        note: String,
        #[command(flatten)]
        keep: Keep,
    },
}
