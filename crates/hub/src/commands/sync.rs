//! `ybz sync`: one round. It ends well only when the superior, if there is one, has receipted all.

use ybz_app::ErrorDto;
use ybz_app::dto::sync::{SyncNowInput, SyncOutcome};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, input: SyncNowInput) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = round(&mut client, common, &input).await;
    client.close().await;
    let (root, done) = done?;
    if common.json {
        print::json(&done);
    } else {
        print::out(print::status::round(&done, root));
    }
    let delivered = done.delivered || !done.has_superior;
    Ok(if delivered { Exit::Done } else { Exit::NotDelivered })
}

async fn round(client: &mut Client, common: &Common, input: &SyncNowInput) -> Result<(bool, SyncOutcome), ErrorDto> {
    let office = client.office(common).await?;
    let done = client.ask("sync.now", Some(&office.id), input).await?;
    Ok((print::status::is_root(&office), done))
}
