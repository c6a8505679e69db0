//! `ybz month`: months are checked and submitted below, accepted or returned above.

use ybz_app::ErrorDto;
use ybz_app::dto::month::{DecideInput, MonthCheck, MonthInput, SubmissionCard, SubmissionListInput, SubmissionView};
use ybz_app::dto::{IdInput, Saved};

use super::Outcome;
use crate::args::Common;
use crate::args::keep::Keep;
use crate::args::month::Month;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// What was asked, or done.
enum Done {
    Check(Box<MonthCheck>),
    List(Vec<SubmissionCard>),
    Saved(Saved),
}

pub(super) async fn run(common: &Common, command: Month) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = ask(&mut client, common, command).await;
    client.close().await;
    match (done?, common.json) {
        (Done::Check(check), true) => print::json(&check),
        (Done::Check(check), false) => print::out(print::month::check(&check)),
        (Done::List(cards), true) => print::json(&cards),
        (Done::List(cards), false) => print::out(print::month::list(&cards)),
        (Done::Saved(saved), true) => print::json(&saved),
        (Done::Saved(saved), false) => print::out(format!("{}\n", saved.id)),
    }
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common, command: Month) -> Result<Done, ErrorDto> {
    let office = client.office(common).await?;
    let of = Some(office.id.as_str());
    Ok(match command {
        Month::Check { month } => {
            let input = MonthInput { month: month.unwrap_or_default() };
            Done::Check(client.ask("month.check", of, &input).await?)
        }
        Month::Submit { month } => {
            let input = MonthInput { month: month.unwrap_or_default() };
            Done::Saved(client.ask("month.submit", of, &input).await?)
        }
        Month::List { month } => {
            let input = SubmissionListInput { month: month.unwrap_or_default() };
            Done::List(client.ask("submission.list", of, &input).await?)
        }
        Month::Accept { id, note, keep } => Done::Saved(decide(client, of, (id, note), true, &keep).await?),
        Month::Return { id, note, keep } => Done::Saved(decide(client, of, (id, note), false, &keep).await?),
    })
}

/// Decides on what stands there now.
async fn decide(
    client: &mut Client,
    of: Option<&str>,
    (id, note): (String, String),
    accept: bool,
    keep: &Keep,
) -> Result<Saved, ErrorDto> {
    let view: SubmissionView = client.ask("submission.get", of, &IdInput { id: id.clone() }).await?;
    let input = DecideInput { id, accept, note, digest: view.digest, keep_matches: keep.names };
    client.ask("submission.decide", of, &input).await
}
