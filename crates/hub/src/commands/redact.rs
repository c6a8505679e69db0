//! `ybz redact`: takes texts that the superior has out of a record.

use ybz_app::ErrorDto;
use ybz_app::dto::redact::{RedactInput, RedactPreview, Redacted};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// What would go, or what went.
enum Done {
    Preview(RedactPreview),
    Redacted(Redacted),
}

pub(super) async fn run(common: &Common, book: String, record: String, fields: Vec<String>) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = ask(&mut client, common, RedactInput { record, book: Some(book), fields }).await;
    client.close().await;
    match (done?, common.json) {
        (Done::Preview(preview), true) => print::json(&preview),
        (Done::Preview(preview), false) => print::out(print::forget::texts(&preview)),
        (Done::Redacted(redacted), true) => print::json(&redacted),
        (Done::Redacted(redacted), false) => print::out(print::forget::redacted(&redacted)),
    }
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common, input: RedactInput) -> Result<Done, ErrorDto> {
    let office = client.office(common).await?;
    if input.fields.is_empty() {
        return client.ask("record.redact_preview", Some(&office.id), &input).await.map(Done::Preview);
    }
    client.ask("record.redact", Some(&office.id), &input).await.map(Done::Redacted)
}
