//! `ybz grant`: lets a device of this office read residents and talks.

use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::sync::DeviceInput;

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, device: String) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let input = DeviceInput { device };
    let done = grant(&mut client, common, &input).await;
    client.close().await;
    done?;
    match common.json {
        true => print::json(&input),
        false => print::out("已许可。它同步以后就有住户和谈话记录。Granted: it has them once it has synced."),
    }
    Ok(Exit::Done)
}

async fn grant(client: &mut Client, common: &Common, input: &DeviceInput) -> Result<Nothing, ErrorDto> {
    let office = client.office(common).await?;
    client.ask("device.grant", Some(&office.id), input).await
}
