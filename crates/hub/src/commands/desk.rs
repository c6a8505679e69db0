//! `ybz calendar`, `ybz urge`; below: `ybz dispatch`, `ybz ledger`.

pub(super) mod dispatch;
pub(super) mod ledger;

use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::calendar::{Calendar, CalendarInput, Urge, UrgeInput};
use ybz_app::dto::sync::OrgNode;

use super::Outcome;
use crate::args::{Common, desk};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// The id of an office of the tree that is named or given by its id.
///
/// # Errors
/// `office_unknown`
async fn unit(client: &mut Client, of: Option<&str>, named: &str) -> Result<String, ErrorDto> {
    let tree: Vec<OrgNode> = client.ask("org.tree", of, &Nothing {}).await?;
    let fits = |node: &OrgNode| node.id.as_deref() == Some(named) || node.name == named;
    let found = tree.into_iter().find(fits).and_then(|node| node.id);
    found.ok_or_else(|| ErrorDto::new("office_unknown").at("office").with("office", named))
}

async fn unit_of(client: &mut Client, of: Option<&str>, named: Option<&str>) -> Result<Option<String>, ErrorDto> {
    match named {
        None => Ok(None),
        Some(named) => Ok(Some(unit(client, of, named).await?)),
    }
}

pub(super) async fn calendar(common: &Common, args: desk::Calendar) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = async {
        let office = client.office(common).await?;
        let of = Some(office.id.as_str());
        let input = CalendarInput {
            from: args.from.unwrap_or_default(),
            to: args.to.unwrap_or_default(),
            office: unit_of(&mut client, of, args.unit.as_deref()).await?,
            kinds: args.kind,
        };
        client.ask::<Calendar>("desk.calendar", of, &input).await
    }
    .await;
    client.close().await;
    match (done?, common.json) {
        (view, true) => print::json(&view),
        (view, false) => print::out(print::desk::calendar(&view)),
    }
    Ok(Exit::Done)
}

pub(super) async fn urge(common: &Common, args: desk::Urge) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = async {
        let office = client.office(common).await?;
        let of = Some(office.id.as_str());
        let input = UrgeInput {
            office: unit_of(&mut client, of, args.unit.as_deref()).await?,
            batch: args.batch,
            entry: None,
            day: None,
            ledger: args.ledger,
            year: args.year,
            month: args.month,
        };
        client.ask::<Urge>("desk.urge", of, &input).await
    }
    .await;
    client.close().await;
    match (done?, common.json) {
        (urge, true) => print::json(&urge),
        (urge, false) if urge.rows.is_empty() => print::out("没有要催的。 Nothing is late."),
        (urge, false) => print::out(urge.all),
    }
    Ok(Exit::Done)
}
