//! `ybz status`

use serde::Serialize;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::node::OfficeCard;
use ybz_app::dto::sync::{PendingJoin, SyncStatus};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// What `ybz status --json` prints.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    /// A node runs on the directory.
    pub(crate) running: bool,
    /// This device's public key.
    pub(crate) device: String,
    /// Program version.
    pub(crate) version: String,
    /// Each office, or the one that `--for` names.
    pub(crate) offices: Vec<OfficeStatus>,
}

/// One office.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfficeStatus {
    /// Which.
    pub(crate) office: OfficeCard,
    /// How its deliveries stand.
    pub(crate) sync: SyncStatus,
    /// Who waits to be approved.
    pub(crate) pending: Vec<PendingJoin>,
}

pub(super) async fn run(common: &Common) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let status = ask(&mut client, common).await;
    client.close().await;
    let status = status?;
    if common.json {
        print::json(&status);
    } else {
        print::out(print::status::status(&status));
    }
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common) -> Result<Status, ErrorDto> {
    let node = client.overview().await?;
    let chosen = match common.meant {
        Some(_) => vec![client.office(common).await?],
        None => node.offices.into_iter().filter(|office| !office.sample).collect(),
    };
    let mut offices = Vec::new();
    for office in chosen {
        let sync = client.ask("sync.status", Some(&office.id), &Nothing {}).await?;
        let pending = client.ask("join.pending", Some(&office.id), &Nothing {}).await?;
        offices.push(OfficeStatus { office, sync, pending });
    }
    Ok(Status { running: client.runs(), device: node.device, version: node.version, offices })
}
