//! A person's word past what was found in a text that leaves the office.

use clap::Args;

/// Whether a name or phone that was found stays.
#[derive(Debug, Default, Args)]
pub(crate) struct Keep {
    /// 保留: leave names and phones that were found in the text as they are; the local log says so
    #[arg(long = "keep-names")]
    pub(crate) names: bool,
}
