//! What an entry of the table is, and how its input and output pass.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::Config;

use super::Types;
use crate::ErrorDto;
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::Inner;

/// Reads, or changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Changes nothing.
    Query,
    /// Changes something; asks for the right to write where it touches books.
    Command,
}

type Later = Pin<Box<dyn Future<Output = Answer<Value>> + Send>>;

/// How an entry runs.
pub(crate) enum Run {
    /// On the books of one office, on a thread that may block.
    Books(fn(&Cx<'_>, Value) -> Answer<Value>),
    /// On the node as a whole, on a thread that may block.
    Node(fn(&Arc<Inner>, Value) -> Answer<Value>),
    /// On the node as a whole, for the seat from which it is called (none: the command line).
    Seat(fn(&Arc<Inner>, Option<&str>, Value) -> Answer<Value>),
    /// Waits for the network or for time; for one office if one is named.
    Later(fn(Arc<Inner>, Option<String>, Value) -> Later),
    /// The same, on the node as a whole.
    LaterNode(fn(Arc<Inner>, Option<String>, Value) -> Later),
}

/// One query or command.
pub struct Entry {
    /// Name such as `visit.save`.
    pub name: &'static str,
    /// Query or command.
    pub kind: Kind,
    /// What a query depends on, or a command touches; `*` is everything.
    pub tags: &'static [&'static str],
    pub(crate) run: Run,
    pub(super) input: fn(&mut Types) -> String,
    pub(super) output: fn(&mut Types) -> String,
}

impl Entry {
    /// Whether it is about the books of one office, so that a host that was told none has to choose one.
    pub fn of_an_office(&self) -> bool {
        matches!(self.run, Run::Books(_) | Run::Later(_))
    }

    /// TypeScript names of input and output.
    pub fn types(&self) -> (String, String) {
        let mut types = Types::new(Config::new());
        ((self.input)(&mut types), (self.output)(&mut types))
    }
}

pub(super) fn parse<I: DeserializeOwned>(input: Value) -> Answer<I> {
    let input = if input.is_null() { Value::Object(serde_json::Map::new()) } else { input };
    serde_json::from_value(input).map_err(|error| ErrorDto::new("invalid_input").with("detail", error))
}

pub(super) fn answer<O: Serialize>(output: Answer<O>) -> Answer<Value> {
    output.and_then(|value| serde_json::to_value(value).map_err(|error| ErrorDto::internal("answer", &error)))
}
