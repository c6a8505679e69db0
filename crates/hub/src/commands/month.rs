//! `ybz month`: months are checked and submitted below, accepted or returned above.

use ybz_app::ErrorDto;
use ybz_app::dto::IdInput;
use ybz_app::dto::month::{DecideInput, MonthCheck, MonthInput, SubmissionCard, SubmissionListInput, SubmissionView};

use super::Outcome;
use super::line::Line;
use crate::args::Common;
use crate::args::keep::Keep;
use crate::args::month::Month;
use crate::print;

pub(super) async fn run(common: &Common, command: Month) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = ask(&mut line, command).await;
    line.end(done).await
}

async fn ask(line: &mut Line, command: Month) -> Result<(), ErrorDto> {
    match command {
        Month::Check { month } => {
            let check: MonthCheck = line.ask("month.check", &MonthInput { month: month.unwrap_or_default() }).await?;
            line.tell(&check, print::month::check);
        }
        Month::Submit { month } => {
            line.save("month.submit", &MonthInput { month: month.unwrap_or_default() }).await?;
        }
        Month::List { month } => {
            let input = SubmissionListInput { month: month.unwrap_or_default() };
            let cards: Vec<SubmissionCard> = line.ask("submission.list", &input).await?;
            line.tell(&cards, |cards| print::month::list(cards));
        }
        Month::Accept { id, note, keep } => decide(line, id, note, (true, keep)).await?,
        Month::Return { id, note, keep } => decide(line, id, note, (false, keep)).await?,
    }
    Ok(())
}

/// Decides on what stands there now.
async fn decide(line: &mut Line, id: String, note: String, (accept, keep): (bool, Keep)) -> Result<(), ErrorDto> {
    let view: SubmissionView = line.ask("submission.get", &IdInput { id: id.clone() }).await?;
    let input = DecideInput { id, accept, note, digest: view.digest, keep_matches: keep.names };
    line.save("submission.decide", &input).await
}
