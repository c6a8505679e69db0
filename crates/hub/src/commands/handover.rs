//! `ybz handover`

use ybz_app::ErrorDto;
use ybz_app::dto::handover::{HandoverSheet, InstallInput};
use ybz_app::dto::sync::{OrgNode, Ticket};

use super::{Outcome, files, invite};
use crate::args::{Common, Handover};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, handover: Handover) -> Outcome {
    if let Handover::Install(install) = &handover {
        // A ticket that cannot be written would be open for nobody.
        install.out.as_deref().map_or(Ok(()), files::is_new)?;
    }
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = act(&mut client, common, handover).await;
    client.close().await;
    done
}

async fn act(client: &mut Client, common: &Common, handover: Handover) -> Outcome {
    let office = client.office(common).await?.id;
    let nothing = serde_json::json!({});
    match handover {
        Handover::Retire { yes: false } => print::note(
            "交接以后,本机不能再记账、不能再邀请;已写的内容全部算数,以后送到也算。确认无误后加上 --yes 再运行。\n\
             After this, this device writes and invites no more; all it wrote counts, whenever it arrives. Run it again with --yes.",
        ),
        Handover::Retire { yes: true } => {
            client.ask::<serde_json::Value>("handover.retire", Some(&office), &nothing).await?;
            print::out("已交接 Handed over");
        }
        Handover::Install(install) => {
            let below = match &install.below {
                Some(meant) => Some(subordinate(client, &office, meant).await?),
                None => None,
            };
            let input = InstallInput { office: below, auto_approve: install.auto_approve };
            let ticket: Ticket = client.ask("handover.install", Some(&office), &input).await?;
            invite::say(common, &ticket, install.out.as_deref())?;
        }
        Handover::Sheet => {
            let sheet: HandoverSheet = client.ask("handover.sheet", Some(&office), &nothing).await?;
            if common.json {
                print::json(&sheet);
            } else {
                print::out(print::device::sheet(&sheet));
            }
        }
    }
    Ok(Exit::Done)
}

/// Id of the direct subordinate that is meant.
async fn subordinate(client: &mut Client, office: &str, meant: &str) -> Result<String, ErrorDto> {
    let tree: Vec<OrgNode> = client.ask("org.tree", Some(office), &serde_json::json!({})).await?;
    let mut found = tree.into_iter().filter(|node| node.depth == 1).filter_map(|node| {
        let id = node.id?;
        (id == meant || node.name == meant).then_some(id)
    });
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        _ => Err(ErrorDto::new("not_found").at("below")),
    }
}
