//! `ybz who`: who wrote each value of a record.

use ybz_app::ErrorDto;
use ybz_app::dto::history::{HistoryInput, RecordHistory};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, book: String, record: String) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let history = ask(&mut client, common, HistoryInput { id: record, book: Some(book) }).await;
    client.close().await;
    let history = history?;
    if common.json {
        print::json(&history);
    } else {
        print::out(print::who::history(&history));
    }
    Ok(if history.sound { Exit::Done } else { Exit::NotSound })
}

async fn ask(client: &mut Client, common: &Common, input: HistoryInput) -> Result<RecordHistory, ErrorDto> {
    let office = client.office(common).await?;
    client.ask("record.history", Some(&office.id), &input).await
}
