//! `ybz undo`, `ybz deleted`, `ybz at`: looking back and taking back.

use clap::Subcommand;

/// Looking back and taking back
#[derive(Debug, Subcommand)]
pub(crate) enum Back {
    /// What was done on this computer, and taking it back
    #[command(subcommand)]
    Undo(Undo),
    /// Records deleted as entered by mistake
    #[command(subcommand)]
    Deleted(Deleted),
    /// A ledger as it was at the end of a day
    At {
        /// The day, such as 2026-03-05
        #[arg(value_name = "DAY")]
        day: String,
        /// meetings, dues, visits, checklists, members or households
        #[arg(value_name = "LEDGER")]
        ledger: String,
        /// Books of this year [default: the year of the day]
        #[arg(long, value_name = "YEAR")]
        year: Option<i16>,
        /// Only what contains this text
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
        /// Only what differs now
        #[arg(long)]
        changed: bool,
    },
}

/// What was done on this computer, and taking it back
#[derive(Debug, Subcommand)]
pub(crate) enum Undo {
    /// What was done here, the newest first, with the numbers of actions
    List {
        /// Most actions
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u32,
    },
    /// What undoing an action would do
    Preview {
        /// Its number, as `undo list` prints it
        #[arg(value_name = "N")]
        id: i64,
    },
    /// Undo an action; undoing an undo brings it back
    Apply {
        /// Its number, as `undo list` prints it
        #[arg(value_name = "N")]
        id: i64,
        /// Put this field back although it was changed since; may be given again
        #[arg(long, value_name = "FIELD")]
        back: Vec<String>,
        /// Leave this field as it is now; may be given again
        #[arg(long, value_name = "FIELD")]
        leave: Vec<String>,
    },
}

/// Records deleted as entered by mistake
#[derive(Debug, Subcommand)]
pub(crate) enum Deleted {
    /// What was deleted, by whom and when
    List {
        /// Books of this year [default: all]
        #[arg(long, value_name = "YEAR")]
        year: Option<i16>,
        /// Only what contains this text
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
    },
    /// What would go along with a record, and what stops it
    Preview {
        /// Id of the record
        #[arg(value_name = "RECORD")]
        id: String,
    },
    /// Delete a record that was entered by mistake; it can be restored
    Mark {
        /// Id of the record
        #[arg(value_name = "RECORD")]
        id: String,
    },
    /// Bring a record back, with what went along
    Restore {
        /// Id of the record
        #[arg(value_name = "RECORD")]
        id: String,
    },
}
