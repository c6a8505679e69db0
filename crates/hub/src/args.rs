//! The command line: names, options and what they accept. People script it, so it is kept stable.

pub(crate) mod alike;
pub(crate) mod back;
pub(crate) mod body;
pub(crate) mod desk;
mod device;
pub(crate) mod dues;
pub(crate) mod fill;
pub(crate) mod flow;
mod joining;
pub(crate) mod keep;
pub(crate) mod member;
pub(crate) mod month;
pub(crate) mod people;
pub(crate) mod rounds;
mod sample;
mod security;
pub(crate) mod sheet;
mod snapshot;
mod tree;
mod words;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, Parser, Subcommand};

pub(crate) use device::{Device, Handover};
pub(crate) use joining::{Bundle, Invite, InviteMany, Request};
pub(crate) use people::Role;
pub(crate) use sample::Sample;
pub(crate) use security::{Backup, Key, RestoreArgs, RestoreWith};
pub(crate) use snapshot::Snapshot;
pub(crate) use tree::{Order, Root, Tree};
pub(crate) use words::{Format, Kind, KindBelow, SheetKind};

/// 一本账: the headless node and command line.
#[derive(Debug, Parser)]
#[command(name = "ybz", version, max_term_width = 110, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folder with the books
    #[arg(long, global = true, value_name = "DIR", env = "YBZ_DATA")]
    data: Option<PathBuf>,
    /// File with the key of the books; without it the system's keychain is asked
    #[arg(long, global = true, value_name = "FILE", env = "YBZ_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// File with the passphrase, where one keeps the key; - reads a line of standard input, as without a terminal
    #[arg(long, global = true, value_name = "FILE", env = "YBZ_PASSPHRASE_FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Name or id of the office meant, when the folder holds several
    #[arg(long = "for", global = true, value_name = "OFFICE")]
    pub(crate) meant: Option<String>,
    /// Act as this profile; its PIN is read from YBZ_PIN or standard input
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Print JSON, one value a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Common {
    /// The data directory; without one the program ends with a usage error.
    pub(crate) fn data(&self) -> &Path {
        match self.data.as_deref().filter(|data| !data.as_os_str().is_empty()) {
            Some(data) => data,
            None => usage("--data DIR is needed (or the variable YBZ_DATA): the folder with the books"),
        }
    }

    /// The key file, if one is named.
    pub(crate) fn key_file(&self) -> Option<&Path> {
        self.key_file.as_deref().filter(|file| !file.as_os_str().is_empty())
    }
}

/// Ends the program like any other usage error, with exit code 2.
pub(crate) fn usage(message: &str) -> ! {
    Arguments::command().error(clap::error::ErrorKind::MissingRequiredArgument, message).exit()
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start an office in this folder; at an organization department, print the 24 recovery words once
    Init(Init),
    /// Invite a subordinate office, or another device of this office
    Invite(Invite),
    /// Bring this office under its superior by a ticket, or start the office that the ticket is for
    Join {
        /// The ticket's text, or a file that holds it
        #[arg(value_name = "TICKET|FILE")]
        ticket: String,
    },
    /// Run the node until it is stopped; prints one line when ready
    Serve(Serve),
    /// One round with the superior and reachable subordinates; ends with 3 when the superior has not receipted all
    Sync {
        /// Seconds at most
        #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
        timeout: u32,
        /// With this device alone
        #[arg(long, value_name = "DEVICE")]
        with: Option<String>,
    },
    /// Carry deliveries on a stick, where there is no network
    #[command(subcommand)]
    Bundle(Bundle),
    /// Join without a network: a request goes to the inviting office, its certificate comes back
    #[command(subcommand)]
    Request(Request),
    /// How deliveries stand
    Status,
    /// Read a sheet (xlsx, xls, ods, csv) into the books
    Import(Import),
    /// One query or command of the table
    Rpc(Rpc),
    /// Make, fetch, check and export signed totals
    #[command(subcommand)]
    Snapshot(Snapshot),
    /// Devices of this office: list, remove, suspend, adopt, discard
    #[command(subcommand)]
    Device(Device),
    /// Hand this office over to a successor
    #[command(subcommand)]
    Handover(Handover),
    /// Check every page, hash, attestation and certificate; ends with 4 when something is not sound
    Doctor {
        /// Keep what verifies of damaged books, put the rest aside, and let others send it again
        #[arg(long)]
        repair: bool,
        /// Repair this book alone: its id, or its kind with or without the year
        #[arg(value_name = "BOOK", requires = "repair")]
        book: Option<String>,
    },
    /// Households
    #[command(subcommand)]
    Household(Household),
    /// Take texts that the superior has out of a record: the book goes on without them, and the old one is destroyed
    Redact {
        /// Id of the book, or its kind with or without the year, such as up/visits/2026
        #[arg(value_name = "BOOK")]
        book: String,
        /// Id of the record
        #[arg(value_name = "RECORD")]
        record: String,
        /// Fields whose text goes; without any, those there are are printed
        #[arg(value_name = "FIELD")]
        fields: Vec<String>,
    },
    /// Who wrote each value of a record, and on which day; ends with 4 when a value is not vouched for
    Who {
        /// Id of the book, or its kind with or without the year, such as up/visits/2026
        #[arg(value_name = "BOOK")]
        book: String,
        /// Id of the record
        #[arg(value_name = "RECORD")]
        record: String,
    },
    /// What each role may do
    Roles,
    /// 党费: ledger, notice, arrears, remittances
    #[command(subcommand)]
    Dues(dues::Dues),
    /// Forms of a higher body: keep, map, fill
    #[command(subcommand)]
    Fill(fill::Fill),
    /// What is handed in on paper, made of the books: printed, or as a workbook
    Sheet(sheet::Sheet),
    /// 党员: the roster, files, changes, members away from home
    #[command(subcommand)]
    Member(member::Member),
    /// 发展党员: applicants and their stages, the committee's decisions
    #[command(subcommand)]
    Admission(member::Admission),
    /// 组织关系转接: out, passed on, in
    #[command(subcommand)]
    Transfer(member::Transfer),
    /// 任期和职务
    #[command(subcommand)]
    Term(member::Term),
    /// 组织树: temporary, mobile and joint branches, attached units, groups, stations, alliances
    #[command(subcommand)]
    Body(body::Body),
    /// 代管: villages whose books are kept here, and how they get them back
    #[command(subcommand)]
    Custody(body::Custody),
    /// The rules that hold here, and packs for the offices below
    #[command(subcommand)]
    Rules(dues::Rules),
    /// Let a device of this office read residents and talks
    Grant {
        /// Its key, as `ybz rpc device.readers` names it
        #[arg(value_name = "DEVICE")]
        device: String,
    },
    /// People who share this computer
    #[command(subcommand)]
    Profile(people::Profile),
    /// What was done on this computer, in a chain that shows any change
    #[command(subcommand)]
    Log(people::Log),
    /// A new address for another browser on this machine; the node must be running with --ui
    UiUrl,
    /// Months: checked and submitted below, accepted or returned above
    #[command(subcommand)]
    Month(month::Month),
    /// 日历: every deadline here and below, with what follows and what helps
    Calendar(desk::Calendar),
    /// 催办文字: a polite text to each office about what is late
    Urge(desk::Urge),
    /// 交办: to one office, to several, to a saved group
    #[command(subcommand)]
    Dispatch(desk::Dispatch),
    /// 下级台账: ledgers of the offices below, side by side
    #[command(subcommand)]
    Ledger(desk::Ledger),
    /// 疑似重复: records of several branches that may be one, merged here and taken back
    #[command(subcommand)]
    Alike(alike::Alike),
    /// 待我决定: everything that waits for this office
    Decide(alike::Decide),
    /// Items of flows: cases, rectification, lists, projects
    #[command(subcommand)]
    Flow(flow::Flow),
    /// Cases: taken in, passed up or down, answered
    #[command(subcommand)]
    Case(flow::Case),
    #[command(flatten)]
    Back(back::Back),
    /// 约谈: a month's round, its list, the two months
    #[command(subcommand)]
    Interview(rounds::Interview),
    /// 共性问题: problems of several units put together, the year's tasks that they become
    #[command(subcommand)]
    Common(rounds::Common),
    /// 薄弱支部: the year's list, with first secretary, helper and plan
    #[command(subcommand)]
    Weak(rounds::Weak),
    /// 三个清单: lists sent to units line by line
    #[command(subcommand)]
    Listed(rounds::Listed),
    /// 项目: reports, exchanges and reviews
    #[command(subcommand)]
    Project(rounds::Project),
    /// 6+X清单责任书
    #[command(subcommand)]
    Letter(rounds::Letter),
    /// Move, merge or dissolve an office below this one
    #[command(subcommand)]
    Order(Order),
    /// The keepers of the tree's root, and the next charter when one is lost
    #[command(subcommand)]
    Root(Root),
    /// How the key of the books is kept: passphrase, keychain, recovery sheet
    #[command(subcommand)]
    Key(Key),
    /// Make, schedule and check backups
    #[command(subcommand)]
    Backup(Backup),
    /// Restore a backup into an empty folder, as a new device
    Restore(RestoreArgs),
    /// What this node knows of the tree, as a file for others
    #[command(subcommand)]
    Tree(Tree),
    /// 示例: a made-up office to look at, apart from the real books
    #[command(subcommand)]
    Sample(Sample),
}

/// `ybz init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Its name
    #[arg(long, value_name = "NAME")]
    pub(crate) office: String,
    /// Its kind
    #[arg(long, value_enum)]
    pub(crate) kind: Kind,
    /// 12-digit region code
    #[arg(long, value_name = "CODE", value_parser = region)]
    pub(crate) region: Option<String>,
    /// 代管: keep its books here in the place of its people, below the office of this folder
    #[arg(long)]
    pub(crate) custody: bool,
}

/// `ybz serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address for other devices [default: every address, any free port]
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Show the interface to browsers of this machine; port 0 takes a free one
    #[arg(long, value_name = "127.0.0.1:PORT", num_args = 0..=1, default_missing_value = "127.0.0.1:0", value_parser = loopback)]
    pub(crate) ui: Option<SocketAddr>,
}

/// `ybz import`
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The sheet
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What it holds; without it the headers tell
    #[arg(long, value_enum)]
    pub(crate) kind: Option<SheetKind>,
    /// Year for dates without one
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1921..=2200))]
    pub(crate) year: Option<i16>,
    /// Stop at the preview: nothing is written
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Answer a question of the preview; may be given several times
    #[arg(long, value_name = "ID=VALUE", value_parser = answer)]
    pub(crate) answer: Vec<(String, String)>,
}

/// `ybz rpc`
#[derive(Debug, Args)]
pub(crate) struct Rpc {
    /// Name of the call, such as visit.list
    #[arg(required_unless_present = "list")]
    pub(crate) name: Option<String>,
    /// Its input as JSON; - reads it from standard input [default: {}]
    #[arg(value_name = "JSON|-")]
    pub(crate) input: Option<String>,
    /// Print every name with its types
    #[arg(long, conflicts_with = "name")]
    pub(crate) list: bool,
}

/// `ybz household`
#[derive(Debug, Subcommand)]
pub(crate) enum Household {
    /// Destroy everything that opens a household's private data, on all devices of the office, for ever
    Erase {
        /// Id of the household
        id: String,
        /// Do it; without this, what would become unreadable is printed
        #[arg(long)]
        yes: bool,
    },
}

fn region(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("a region code has 12 digits".to_owned())
    }
}

/// The interface never leaves this machine.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|_| "write an address such as 127.0.0.1:0".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("the interface is shown on this machine only: 127.0.0.1 or [::1]".to_owned())
    }
}

fn answer(text: &str) -> Result<(String, String), String> {
    // Ids hold names of sheets, which may hold `=`; values are ids and never do.
    match text.rsplit_once('=') {
        Some((id, value)) if !id.is_empty() && !value.is_empty() => Ok((id.to_owned(), value.to_owned())),
        _ => Err("write ID=VALUE as the preview shows them".to_owned()),
    }
}

#[cfg(test)]
mod tests;
