//! What most commands share: an open line to the books of one office, and one way to print what it answers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use ybz_app::ErrorDto;
use ybz_app::dto::{Nothing, Saved};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// An open line to the books of one office.
pub(super) struct Line {
    client: Client,
    office: String,
    json: bool,
}

impl Line {
    /// Reaches the node, and finds the office that is meant.
    pub(super) async fn open(common: &Common) -> Result<Self, ErrorDto> {
        let mut client = Client::reach(common, Books::Kept).await?;
        match client.office(common).await {
            Ok(office) => Ok(Self { client, office: office.id, json: common.json }),
            Err(error) => {
                client.close().await;
                Err(error)
            }
        }
    }

    pub(super) async fn ask<O: DeserializeOwned>(&mut self, call: &str, input: &impl Serialize) -> Result<O, ErrorDto> {
        self.client.ask(call, Some(&self.office), input).await
    }

    /// Prints an answer: as it is with `--json`, else in words.
    pub(super) fn tell<O: Serialize>(&self, answer: &O, text: impl FnOnce(&O) -> String) {
        if self.json {
            print::json(answer);
        } else {
            print::out(text(answer));
        }
    }

    /// Prints the id of what was saved.
    pub(super) async fn save(&mut self, call: &str, input: &impl Serialize) -> Result<(), ErrorDto> {
        let saved: Saved = self.ask(call, input).await?;
        self.tell(&saved, |saved| format!("{}\n", saved.id));
        Ok(())
    }

    /// A command that answers nothing.
    pub(super) async fn order(&mut self, call: &str, input: &impl Serialize) -> Result<(), ErrorDto> {
        let nothing: Nothing = self.ask(call, input).await?;
        self.tell(&nothing, |_| "已办 done\n".to_owned());
        Ok(())
    }

    /// Closes the line, whatever came of the command.
    pub(super) async fn end(self, done: Result<(), ErrorDto>) -> Outcome {
        self.client.close().await;
        done.map(|()| Exit::Done)
    }
}
