//! `ybz calendar`, `ybz urge`, `ybz dispatch`, `ybz ledger`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::keep::Keep;

/// What one looks at: days and an office.
#[derive(Debug, Args)]
pub(crate) struct Calendar {
    /// First day [default: the first of this month]
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// Last day [default: the last of that month]
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<String>,
    /// Only this office, by its name or id
    #[arg(long, value_name = "OFFICE")]
    pub(crate) unit: Option<String>,
    /// Only these kinds, such as submission or term
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
}

/// About what, and to whom.
#[derive(Debug, Args)]
pub(crate) struct Urge {
    /// Only to this office, by its name or id
    #[arg(long, value_name = "OFFICE")]
    pub(crate) unit: Option<String>,
    /// About what was sent down together, by the id that `dispatch send` prints
    #[arg(long, value_name = "ID", conflicts_with = "ledger")]
    pub(crate) batch: Option<String>,
    /// About months of a ledger that have nothing: meetings, dues, visits, checklists
    #[arg(long, value_name = "LEDGER")]
    pub(crate) ledger: Option<String>,
    /// Only this month of the ledger
    #[arg(long, value_name = "M", requires = "ledger", value_parser = clap::value_parser!(u8).range(1..=12))]
    pub(crate) month: Option<u8>,
    /// Year of the ledger
    #[arg(long, value_name = "YEAR", requires = "ledger")]
    pub(crate) year: Option<i16>,
}

/// 交办: to one office, to several, to a saved group
#[derive(Debug, Subcommand)]
pub(crate) enum Dispatch {
    /// Send an item down
    Send {
        /// 事项
        #[arg(value_name = "TITLE")]
        title: String,
        /// To this office, by its name or id; may be given several times
        #[arg(long, value_name = "OFFICE")]
        to: Vec<String>,
        /// To the offices of this saved group
        #[arg(long, value_name = "GROUP")]
        group: Vec<String>,
        /// To every office right below
        #[arg(long, conflicts_with_all = ["to", "group"])]
        all: bool,
        /// 时限
        #[arg(long, value_name = "DAY")]
        deadline: String,
        /// 要求
        #[arg(long, value_name = "TEXT", default_value = "")]
        measure: String,
        #[command(flatten)]
        keep: Keep,
    },
    /// What was sent down, with how many acknowledged it, work on it, reported it, were accepted
    List {
        /// Year [default: this one]
        #[arg(long, value_name = "YEAR")]
        year: Option<i16>,
        /// open, late, waiting or finished
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
    },
    /// One of them, addressee by addressee, by what synchronising brought
    Show {
        /// Its id, as `dispatch send` and `dispatch list` print it
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Accept what an addressee reported
    Accept {
        /// The item, as `dispatch show` prints it
        #[arg(value_name = "ITEM")]
        id: String,
        /// A comment
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        #[command(flatten)]
        keep: Keep,
    },
    /// Return it
    Return {
        /// The item, as `dispatch show` prints it
        #[arg(value_name = "ITEM")]
        id: String,
        /// What is to be changed
        #[arg(long, value_name = "TEXT")]
        note: String,
        #[command(flatten)]
        keep: Keep,
    },
    /// Saved groups
    Groups,
    /// Keep a group of offices, or change the one of that name
    Group {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// Every office in it, by name or id
        #[arg(long, value_name = "OFFICE", required = true)]
        unit: Vec<String>,
    },
}

/// Which records of a ledger.
#[derive(Debug, Args)]
pub(crate) struct Part {
    /// meetings, dues, visits, concerns or checklists
    #[arg(value_name = "LEDGER")]
    pub(crate) ledger: String,
    /// Year [default: this one]
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// Only this month
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u8).range(1..=12))]
    pub(crate) month: Option<u8>,
    /// Only this office, by its name or id
    #[arg(long, value_name = "OFFICE")]
    pub(crate) unit: Option<String>,
    /// Only this kind or category
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Only in this state
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Only with this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
}

/// 下级台账: ledgers of the offices below, side by side
#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    /// 完成情况: offices by months
    Matrix {
        /// meetings, dues, visits or checklists
        #[arg(value_name = "LEDGER")]
        ledger: String,
        /// Year [default: this one]
        #[arg(long, value_name = "YEAR")]
        year: Option<i16>,
    },
    /// 合并台账: the records of all of them
    List {
        #[command(flatten)]
        part: Part,
        /// office, date, title, state or amountFen; a leading - descends [default: -date]
        #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
        sort: Option<String>,
        /// Rows at most
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
    },
    /// The same in numbers, and who is absent
    Groups {
        #[command(flatten)]
        part: Part,
        /// unit, month, kind or state
        #[arg(long, value_name = "BY", default_value = "unit")]
        by: String,
    },
    /// The same as a workbook
    Export {
        #[command(flatten)]
        part: Part,
        /// The file
        #[arg(long, value_name = "FILE")]
        xlsx: PathBuf,
    },
}
