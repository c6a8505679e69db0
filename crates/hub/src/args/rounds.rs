//! `ybz interview`, `ybz common`, `ybz weak`, `ybz listed`, `ybz project`, `ybz letter`. Single steps are taken by `ybz flow act`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `ybz interview`
#[derive(Debug, Subcommand)]
pub(crate) enum Interview {
    /// A month's round: its units, what was found, and the months of the year without one
    Round {
        /// Such as 2026-03 [default: this month]
        #[arg(value_name = "MONTH")]
        month: Option<String>,
        /// Interviews of this office by its superior
        #[arg(long)]
        own: bool,
    },
    /// Put units into a month's round
    Plan {
        /// Such as 2026-03
        #[arg(value_name = "MONTH")]
        month: String,
        /// Names or ids of subordinates
        #[arg(value_name = "UNIT", required = true)]
        units: Vec<String>,
        /// Day of the interviews
        #[arg(long, value_name = "DATE")]
        on: String,
        /// Tell the units of the day
        #[arg(long)]
        notify: bool,
        /// Who tells them
        #[arg(long, value_name = "NAME", default_value = "")]
        person: String,
    },
    /// Send what was found as the unit's list; sent twice it is one
    Issue {
        /// Id of the interview, as `interview round` prints it
        #[arg(value_name = "ID")]
        id: String,
        /// Who sends it
        #[arg(long, value_name = "NAME", default_value = "")]
        person: String,
    },
    /// By which day each finding has to be rectified and reported
    Calendar {
        /// Year of the interviews [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
        /// What was found at this office
        #[arg(long)]
        own: bool,
    },
}

/// `ybz common`
#[derive(Debug, Subcommand)]
pub(crate) enum Common {
    /// Common problems with their units and tasks
    List {
        /// Year of the tasks [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
    },
    /// Problems of the units, with their ids
    Problems {
        /// Id of a group, or none for those in no group [default: all]
        #[arg(value_name = "GROUP|none")]
        group: Option<String>,
        /// Words that they contain
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
    },
    /// Put problems together
    Group {
        /// What it is called
        #[arg(value_name = "TITLE")]
        title: String,
        /// Ids of problems
        #[arg(value_name = "ID", required = true)]
        parts: Vec<String>,
        /// Why these
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Put problems into a group, or take them out
    Part {
        /// Id of the group
        #[arg(value_name = "GROUP")]
        group: String,
        /// Ids of problems
        #[arg(value_name = "ID", required = true)]
        parts: Vec<String>,
        /// Take them out
        #[arg(long)]
        out: bool,
    },
    /// Take a group back; tasks that were sent stay
    Undo {
        /// Its id
        #[arg(value_name = "GROUP")]
        group: String,
    },
    /// Send the year's task of each group to every unit; sent twice it is one
    Tasks {
        /// Ids of groups [default: all]
        #[arg(value_name = "GROUP")]
        groups: Vec<String>,
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
        /// Name or id of a unit; may be given several times [default: every subordinate]
        #[arg(long, value_name = "UNIT")]
        to: Vec<String>,
    },
}

/// Which rows of a list, in which order.
#[derive(Debug, Args)]
pub(crate) struct Rows {
    /// Words in title, text or those who have it in hand
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Only in this state
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// office, due, on, title, state, category or person; a leading - descends [default: office]
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    pub(crate) sort: Option<String>,
    /// Rows at most
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) limit: u32,
    /// Leave out so many at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
}

/// `ybz weak`
#[derive(Debug, Subcommand)]
pub(crate) enum Weak {
    /// The year's list, and how many the rule says
    List {
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
        /// What this office is told of itself
        #[arg(long)]
        own: bool,
        #[command(flatten)]
        rows: Rows,
    },
    /// Put bodies on the list
    Add {
        /// Names or ids of subordinates
        #[arg(value_name = "UNIT", required = true)]
        units: Vec<String>,
        /// Why, in words that they read
        #[arg(long, value_name = "TEXT")]
        why: String,
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
    },
}

/// `ybz listed`
#[derive(Debug, Subcommand)]
pub(crate) enum Listed {
    /// Lists that were sent, each with how far it is
    List {
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
        /// What was sent to this office
        #[arg(long)]
        own: bool,
    },
    /// Send a list to units; a line that a unit has stays as it is
    Send {
        /// Name of the list, such as 服务清单
        #[arg(value_name = "NAME")]
        name: String,
        /// Such as 2026 or 2026-04
        #[arg(value_name = "PERIOD")]
        period: String,
        /// File with the lines as JSON: [{"title":…,"measure":…,"leader":…,"person":…,"due":…}]
        #[arg(long, value_name = "FILE")]
        lines: PathBuf,
        /// Name or id of a unit; may be given several times
        #[arg(long, value_name = "UNIT", required = true)]
        to: Vec<String>,
        /// Whose role: 书记, 副书记, 委员
        #[arg(long, value_name = "ROLE", default_value = "")]
        role: String,
    },
}

/// `ybz project`
#[derive(Debug, Subcommand)]
pub(crate) enum Project {
    /// Projects with their reports, exchanges and reviews
    List {
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
        /// Those of subordinates
        #[arg(long)]
        below: bool,
        #[command(flatten)]
        rows: Rows,
    },
}

/// `ybz letter`
#[derive(Debug, Subcommand)]
pub(crate) enum Letter {
    /// Letters of a year, each with what is not as the rule says
    List {
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
        /// Those of subordinates
        #[arg(long)]
        below: bool,
        #[command(flatten)]
        rows: Rows,
    },
    /// Send the year's letter; one that was sent stays as it is
    Send {
        /// Names or ids of subordinates [default: all]
        #[arg(value_name = "UNIT")]
        units: Vec<String>,
        /// Name of a list that all have; may be given several times [default: those of the rule]
        #[arg(long, value_name = "LIST")]
        base: Vec<String>,
        /// Year [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
        year: Option<i16>,
    },
}
