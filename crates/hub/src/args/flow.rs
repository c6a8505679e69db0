//! `ybz flow` and `ybz case`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::keep::Keep;

/// Items of flows: cases, rectification, lists, projects
#[derive(Debug, Subcommand)]
pub(crate) enum Flow {
    /// The templates that hold today
    Templates {
        /// For an office right below, by its id
        #[arg(long, value_name = "OFFICE")]
        to: Option<String>,
        /// For the office's own papers
        #[arg(long, conflicts_with = "to")]
        desk: bool,
    },
    /// Items of this office, or of those below, what is due first
    List(FlowList),
    /// One item: where it stands, what happened, what can be done now
    Show {
        /// Its id, as `flow list` prints it
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Open an item, for this office or once for each office right below that is named
    Open(FlowOpen),
    /// Take a step on an item as it stands now
    Do(FlowDo),
    /// Rates, each with its numerator, its denominator and its day
    Rates(FlowRates),
}

/// Which items.
#[derive(Debug, Args)]
pub(crate) struct FlowList {
    /// Items of offices below
    #[arg(long)]
    pub(crate) below: bool,
    /// One office below, by its id
    #[arg(long, value_name = "OFFICE", requires = "below")]
    pub(crate) office: Option<String>,
    /// The office's own papers alone
    #[arg(long)]
    pub(crate) desk: bool,
    /// Of this template; may be given several times
    #[arg(long = "flow", value_name = "FLOW")]
    pub(crate) flows: Vec<String>,
    /// In this state; may be given several times
    #[arg(long = "state", value_name = "STATE")]
    pub(crate) states: Vec<String>,
    /// Those that are not closed
    #[arg(long)]
    pub(crate) open: bool,
    /// Those whose deadline is over
    #[arg(long)]
    pub(crate) overdue: bool,
    /// Those on which steps of two sides crossed
    #[arg(long)]
    pub(crate) disputed: bool,
    /// Text in title or content
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
}

/// A new item.
#[derive(Debug, Args)]
pub(crate) struct FlowOpen {
    /// The template, as `flow templates` prints it
    #[arg(value_name = "FLOW")]
    pub(crate) flow: String,
    /// What it is called
    #[arg(value_name = "TITLE")]
    pub(crate) title: String,
    /// An office right below that gets it, by its id; may be given several times
    #[arg(long, value_name = "OFFICE")]
    pub(crate) to: Vec<String>,
    /// Keep it among the office's own papers; otherwise an own item goes up
    #[arg(long, conflicts_with = "to")]
    pub(crate) desk: bool,
    /// Its content
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    /// Category
    #[arg(long, value_name = "WORD", default_value = "")]
    pub(crate) category: String,
    /// Manifestation within the category
    #[arg(long, value_name = "WORD", default_value = "")]
    pub(crate) form: String,
    /// Where it comes from
    #[arg(long, value_name = "WORD", default_value = "")]
    pub(crate) channel: String,
    /// Its own day [default: today]
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) on: String,
    /// The day by which it is due
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) due: String,
    /// The leader in charge
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) leader: String,
    /// Who has it in hand
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) person: String,
    /// The unit that has it in hand
    #[arg(long, value_name = "UNIT", default_value = "")]
    pub(crate) unit: String,
    /// What it belongs to
    #[arg(long, value_name = "ID", default_value = "")]
    pub(crate) group: String,
    #[command(flatten)]
    pub(crate) keep: Keep,
}

/// A step.
#[derive(Debug, Args)]
pub(crate) struct FlowDo {
    /// The item, as `flow list` prints it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The step, as `flow show` prints it
    #[arg(value_name = "STEP")]
    pub(crate) event: String,
    /// Day [default: today]
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) on: String,
    /// Who
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) person: String,
    /// In which role
    #[arg(long, value_name = "ROLE", default_value = "")]
    pub(crate) role: String,
    /// A day that it sets
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) due: String,
    /// One of the template's values
    #[arg(long, value_name = "VALUE", default_value = "")]
    pub(crate) value: String,
    /// In words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
    /// What else the template asks for, as KEY=TEXT; may be given several times
    #[arg(long = "say", value_name = "KEY=TEXT", value_parser = pair)]
    pub(crate) said: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) keep: Keep,
}

/// Which rates.
#[derive(Debug, Args)]
pub(crate) struct FlowRates {
    /// The template
    #[arg(value_name = "FLOW", default_value = "case")]
    pub(crate) flow: String,
    /// Of offices below, each for itself
    #[arg(long)]
    pub(crate) below: bool,
    /// First month, such as 2026-01
    #[arg(long, value_name = "MONTH")]
    pub(crate) from: Option<String>,
    /// Last month
    #[arg(long, value_name = "MONTH")]
    pub(crate) to: Option<String>,
    /// As it was at the end of this day [default: today]
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) as_of: String,
    /// Rows by office, unit or month; may be given several times
    #[arg(long, value_name = "WHAT", value_parser = ["office", "unit", "month"])]
    pub(crate) by: Vec<String>,
}

/// Cases: taken in, passed up or down, answered
#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Take in what a branch brought, or what reached this office by itself
    Accept(CaseAccept),
    /// Pass a case up, or down to an office, with words that name nobody
    Pass(CasePass),
    /// Tell the branch that handles a case who asked; the local log has it
    Tell {
        /// The case as it was sent down
        #[arg(value_name = "ID")]
        id: String,
        /// Who tells it
        #[arg(long, value_name = "NAME")]
        person: String,
        /// Why the branch has to know
        #[arg(long, value_name = "TEXT")]
        note: String,
        /// Tell the phone too
        #[arg(long)]
        phone: bool,
        /// Tell the address too
        #[arg(long)]
        address: bool,
        /// Yes: the name goes down
        #[arg(long)]
        yes: bool,
    },
    /// Who asked, as far as it is known here; the local log has it
    Who {
        /// The case
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Answer a case; the answer goes to whoever brought it
    Answer {
        /// The case
        #[arg(value_name = "ID")]
        id: String,
        /// The answer
        #[arg(value_name = "TEXT")]
        note: String,
        /// Day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
        /// Who
        #[arg(long, value_name = "NAME", default_value = "")]
        person: String,
        /// The unit that did it
        #[arg(long, value_name = "UNIT", default_value = "")]
        unit: String,
        /// It cannot be done; the answer says why
        #[arg(long)]
        declined: bool,
        #[command(flatten)]
        keep: Keep,
    },
    /// Take over the answer of a linked case
    AnswerBack {
        /// The case that was passed on
        #[arg(value_name = "ID")]
        id: String,
        /// The linked case, as `flow show` prints it [default: the one whose answer waits]
        #[arg(value_name = "LINKED")]
        linked: Option<String>,
        /// Other words than those that came
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// Who
        #[arg(long, value_name = "NAME", default_value = "")]
        person: String,
        #[command(flatten)]
        keep: Keep,
    },
}

/// A case that is taken in.
#[derive(Debug, Args)]
pub(crate) struct CaseAccept {
    /// The concern or the case of a branch; without one it came to this office by itself
    #[arg(value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    /// What it is called [default: the beginning of the source's text]
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) title: String,
    /// Its content [default: the source's]
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    /// Category [default: the source's]
    #[arg(long, value_name = "WORD", default_value = "")]
    pub(crate) category: String,
    /// visit, walk_in, hotline, letter, online
    #[arg(long, value_name = "WORD", default_value = "")]
    pub(crate) channel: String,
    /// Day on which it was taken in [default: today]
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) on: String,
    /// The day by which it has to be answered
    #[arg(long, value_name = "DAY")]
    pub(crate) due: String,
    /// Who has it in hand
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) person: String,
    /// The unit that has it in hand
    #[arg(long, value_name = "UNIT", default_value = "")]
    pub(crate) unit: String,
    /// A file with who asked: name, phone, address and note, a line each; - reads standard input. They are sealed
    #[arg(long, value_name = "FILE")]
    pub(crate) caller: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) keep: Keep,
}

/// A case that is passed on.
#[derive(Debug, Args)]
pub(crate) struct CasePass {
    /// The case
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// up, or the id of an office right below
    #[arg(value_name = "up|OFFICE")]
    pub(crate) to: String,
    /// What it is called there
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: String,
    /// What is said there
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    /// The day by which it has to be answered
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) due: String,
    /// Who there has to handle it; it is assigned at once
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) person: String,
    /// The unit there
    #[arg(long, value_name = "UNIT", default_value = "")]
    pub(crate) unit: String,
    #[command(flatten)]
    pub(crate) keep: Keep,
}

fn pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(key, _)| !key.is_empty())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .ok_or_else(|| "write KEY=TEXT".to_owned())
}
