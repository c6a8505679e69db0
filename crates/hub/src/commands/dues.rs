//! `ybz dues` and `ybz rules`.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use ybz_app::ErrorDto;
use ybz_app::dto::dues::{ArrearsSheet, DuesLedger, DuesNotice, NoticeInput, RemitSheet};
use ybz_app::dto::rules::{PackInput, PackOutput, PackText, RulesList, RulesView};
use ybz_app::dto::{ListInput, Nothing};

use super::Outcome;
use crate::args::Common;
use crate::args::dues::{Dues, Rules};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;
use crate::print::dues as shown;

/// `ybz dues`
pub(super) async fn run(common: &Common, command: Dues) -> Outcome {
    let of_year = |year| ListInput { year, ..ListInput::default() };
    match command {
        Dues::Ledger { year } => tell::<_, DuesLedger>(common, "dues.ledger", of_year(year), shown::ledger).await,
        Dues::Notice { from, to } => {
            let input = NoticeInput { to_month: to.unwrap_or_else(|| from.clone()), from_month: from };
            tell::<_, DuesNotice>(common, "dues.notice", input, shown::notice).await
        }
        Dues::Arrears => tell::<_, ArrearsSheet>(common, "dues.arrears", Nothing {}, shown::arrears).await,
        Dues::Remit { year } => tell::<_, RemitSheet>(common, "dues.remittances", of_year(year), shown::remit).await,
    }
}

/// `ybz rules`
pub(super) async fn rules(common: &Common, command: Rules) -> Outcome {
    match command {
        Rules::List => tell::<_, RulesList>(common, "rules.list", Nothing {}, shown::rules).await,
        Rules::Template => tell::<_, PackText>(common, "rules.template", Nothing {}, |out| out.text.clone()).await,
        Rules::Check { file } => {
            let input = PackInput { text: read(&file)?, to: Vec::new(), own: false };
            tell::<_, RulesView>(common, "rules.preview", input, shown::view).await
        }
        Rules::Send { file, own } => {
            let input = PackInput { text: read(&file)?, to: Vec::new(), own };
            tell::<_, PackOutput>(common, "rules.send", input, shown::sent).await
        }
    }
}

fn read(file: &Path) -> Result<String, ErrorDto> {
    let unread =
        |detail: String| ErrorDto::new("rules_not_understood").at("text").with("kind", "form").with("detail", detail);
    let bytes = std::fs::read(file).map_err(|error| unread(format!("{}: {error}", file.display())))?;
    String::from_utf8(bytes).map_err(|_| unread(format!("{}: UTF-8", file.display())))
}

async fn tell<I: Serialize, O: DeserializeOwned + Serialize>(
    common: &Common,
    call: &str,
    input: I,
    text: impl Fn(&O) -> String,
) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let answer = ask::<I, O>(&mut client, common, call, &input).await;
    client.close().await;
    let answer = answer?;
    if common.json {
        print::json(&answer);
    } else {
        print::out(text(&answer));
    }
    Ok(Exit::Done)
}

async fn ask<I: Serialize, O: DeserializeOwned>(
    client: &mut Client,
    common: &Common,
    call: &str,
    input: &I,
) -> Result<O, ErrorDto> {
    let office = client.office(common).await?;
    client.ask(call, Some(&office.id), input).await
}
