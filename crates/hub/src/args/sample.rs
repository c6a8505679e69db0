//! `ybz sample`

use clap::Subcommand;

/// 示例: a made-up office to look at, apart from the real books
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Sample {
    /// Make it, with some months of records up to today
    Make,
    /// Remove it, with everything in it
    Remove,
}
