//! Keys, backups and restores.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `ybz key`
#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// How the key is kept, and whether there is a recovery sheet
    Status,
    /// Keep the key under a passphrase; the system forgets it
    SetPassphrase {
        /// File with the new passphrase [default: typed, or a line of standard input]
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Another passphrase; backups made before go on opening with the one of their day
    ChangePassphrase {
        /// File with the new passphrase [default: typed, or a line of standard input]
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Let the system keep the key (or the key file, if one is named); the passphrase opens nothing any more
    UseKeychain,
    /// Another key for the books, and a new recovery sheet; no node may run
    Rekey,
    /// Print 24 new words that open the books; those before open them no more
    RecoverySheet,
    /// Open the books with the words of the recovery sheet, and set a new passphrase
    Recover {
        /// File with the words [default: typed, or a line of standard input]
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
        /// File with the new passphrase [default: typed, or a line of standard input]
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// `ybz backup`
#[derive(Debug, Subcommand)]
pub(crate) enum Backup {
    /// Write a backup into a folder and check it
    Make {
        /// The folder, such as one on a stick
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// The last backup, and the schedule
    Status,
    /// Let a running node back up by itself
    Schedule {
        /// The folder
        #[arg(value_name = "FOLDER", required_unless_present = "off")]
        folder: Option<PathBuf>,
        /// End the schedule
        #[arg(long, conflicts_with = "folder")]
        off: bool,
        /// Days between two
        #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
        every_days: u32,
        /// Backups kept in the folder; older ones are deleted
        #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=365))]
        keep: u32,
    },
    /// Read a backup of these books to its end, and open it
    Verify {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// `ybz restore`
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What opens it
    #[arg(long, value_enum, default_value = "passphrase")]
    pub(crate) with: RestoreWith,
    /// File with the words of the recovery sheet [default: typed, or a line of standard input]
    #[arg(long, value_name = "FILE")]
    pub(crate) words_file: Option<PathBuf>,
    /// File with the passphrase from now on, where words open the backup [default: typed, or a line of standard input]
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// What opens a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RestoreWith {
    /// The passphrase of its day
    Passphrase,
    /// The words of the recovery sheet of its day; a new passphrase is set
    Words,
    /// The key file, or the key that this machine's keychain has for the folder
    Key,
}
