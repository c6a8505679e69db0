//! `ybz household erase`: destroys what opens a household's private data.

use ybz_app::ErrorDto;
use ybz_app::dto::IdInput;
use ybz_app::dto::erase::{ErasePreview, Erased};

use super::Outcome;
use crate::args::{Common, Household};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, household: Household) -> Outcome {
    let Household::Erase { id, yes } = household;
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = erase(&mut client, common, id, yes).await;
    client.close().await;
    let (preview, erased) = done?;
    match (common.json, erased) {
        (true, Some(erased)) => print::json(&erased),
        (true, None) => print::json(&preview),
        (false, Some(erased)) => print::out(print::forget::erased(&preview, &erased)),
        (false, None) => print::out(print::forget::preview(&preview)),
    }
    Ok(Exit::Done)
}

async fn erase(
    client: &mut Client,
    common: &Common,
    id: String,
    yes: bool,
) -> Result<(ErasePreview, Option<Erased>), ErrorDto> {
    let office = client.office(common).await?;
    let input = IdInput { id };
    let preview = client.ask("household.erase_preview", Some(&office.id), &input).await?;
    let erased = match yes {
        true => Some(client.ask("household.erase", Some(&office.id), &input).await?),
        false => None,
    };
    Ok((preview, erased))
}
