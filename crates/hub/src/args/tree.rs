//! `ybz order`, `ybz root`, `ybz tree`: what concerns the tree of offices.

use std::path::PathBuf;

use clap::Subcommand;

/// `ybz order`
#[derive(Debug, Subcommand)]
pub(crate) enum Order {
    /// Another superior
    Move {
        /// Name or id of the office
        #[arg(value_name = "OFFICE")]
        office: String,
        /// Name or id of the new superior
        #[arg(long, value_name = "OFFICE")]
        to: String,
        /// From which day, not a later one [default: today]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
    },
    /// Part of another office, which goes on and reads its books
    Merge {
        /// Name or id of the office
        #[arg(value_name = "OFFICE")]
        office: String,
        /// Name or id of the office that goes on
        #[arg(long, value_name = "OFFICE")]
        into: String,
        /// From which day, not a later one [default: today]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
    },
    /// The office ends
    Dissolve {
        /// Name or id of the office
        #[arg(value_name = "OFFICE")]
        office: String,
        /// From which day, not a later one [default: today]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
    },
}

/// `ybz root`
#[derive(Debug, Subcommand)]
pub(crate) enum Root {
    /// Print the keepers of the root and what they issued
    Status,
    /// Make the next charter with the 24 recovery words: this device becomes a keeper of the root
    Renew {
        /// File with the words; without it, or with -, they are read from standard input
        #[arg(long, value_name = "FILE|-")]
        words_file: Option<PathBuf>,
        /// Shut out a lost keeper; :SEQ names its last good entry [default: the last one known]
        #[arg(long, value_name = "DEVICE[:SEQ]", value_parser = lost)]
        lost: Vec<(String, Option<u32>)>,
        /// Card of a subordinate, for a machine that holds nothing of the tree; may be given several times
        #[arg(long, value_name = "FILE")]
        card: Vec<PathBuf>,
    },
    /// Check that the words written down are those of this tree
    CheckWords {
        /// File with the words; without it, or with -, they are read from standard input
        #[arg(long, value_name = "FILE|-")]
        words_file: Option<PathBuf>,
    },
}

/// `ybz tree`
#[derive(Debug, Subcommand)]
pub(crate) enum Tree {
    /// Write a card: charters, certificates and addresses as known here
    Card {
        /// Where to [default: the suggested name, in the current folder]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Make a whole tree out of a list (xlsx, xls, ods, csv): bodies, villages in custody, invitations; ends with 4 when a
    /// question is open or a row cannot be used
    Import {
        /// The list
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// New folder for the invitations
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Telephone on which digits are compared; it is printed
        #[arg(long, value_name = "NUMBER", default_value = "")]
        phone: String,
        /// Stop at the preview: nothing is made
        #[arg(long)]
        dry_run: bool,
        /// Answer a question of the preview; may be given several times
        #[arg(long, value_name = "ID=VALUE", value_parser = super::answer)]
        answer: Vec<(String, String)>,
    },
    /// Learn from a card
    Take {
        /// The card
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

fn lost(text: &str) -> Result<(String, Option<u32>), String> {
    match text.split_once(':') {
        None => Ok((text.to_owned(), None)),
        Some((device, seq)) => match seq.parse() {
            Ok(seq) => Ok((device.to_owned(), Some(seq))),
            Err(_) => Err("write DEVICE or DEVICE:SEQ".to_owned()),
        },
    }
}
