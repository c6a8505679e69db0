//! `ybz dispatch`: what is sent down, and where it stands at each addressee.

use ybz_app::ErrorDto;
use ybz_app::dto::checklist::DispatchInput;
use ybz_app::dto::month::DecideInput;
use ybz_app::dto::sent::{SentBatch, SentListInput, SentView, UnitGroupInput, UnitGroupRow};
use ybz_app::dto::sync::OrgNode;
use ybz_app::dto::{IdInput, Nothing, Page, Saved};

use super::super::Outcome;
use super::unit;
use crate::args::Common;
use crate::args::desk::Dispatch;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// What was asked, or done.
enum Done {
    List(Page<SentBatch>),
    One(SentView),
    Groups(Vec<UnitGroupRow>),
    Saved(Saved),
}

pub(crate) async fn run(common: &Common, command: Dispatch) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = ask(&mut client, common, command).await;
    client.close().await;
    match (done?, common.json) {
        (Done::List(page), true) => print::json(&page),
        (Done::List(page), false) => print::out(print::desk::sent(&page)),
        (Done::One(view), true) => print::json(&view),
        (Done::One(view), false) => print::out(print::desk::batch(&view)),
        (Done::Groups(groups), true) => print::json(&groups),
        (Done::Groups(groups), false) => print::out(print::desk::groups(&groups)),
        (Done::Saved(saved), true) => print::json(&saved),
        (Done::Saved(saved), false) => print::out(format!("{}\n", saved.id)),
    }
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common, command: Dispatch) -> Result<Done, ErrorDto> {
    let office = client.office(common).await?;
    let of = Some(office.id.as_str());
    Ok(match command {
        Dispatch::Send { title, to, group, all, deadline, measure } => {
            let to = addressees(client, of, &to, &group, all).await?;
            let input = DispatchInput { to, title, measure, deadline, confirm_date: true, keep_matches: false };
            Done::Saved(client.ask("dispatch.send", of, &input).await?)
        }
        Dispatch::List { year, state } => {
            let input = SentListInput { year, state, limit: u32::MAX, ..SentListInput::default() };
            Done::List(client.ask("dispatch.sent", of, &input).await?)
        }
        Dispatch::Show { id } => Done::One(client.ask("dispatch.batch", of, &IdInput { id }).await?),
        Dispatch::Accept { id, note } => Done::Saved(decide(client, of, id, note, true).await?),
        Dispatch::Return { id, note } => Done::Saved(decide(client, of, id, note, false).await?),
        Dispatch::Groups => Done::Groups(client.ask("dispatch.groups", of, &Nothing {}).await?),
        Dispatch::Group { name, unit: named } => {
            let mut units = Vec::new();
            for one in &named {
                units.push(unit(client, of, one).await?);
            }
            let known: Vec<UnitGroupRow> = client.ask("dispatch.groups", of, &Nothing {}).await?;
            let id = known.into_iter().find(|group| group.name == name).map(|group| group.id);
            Done::Saved(client.ask("dispatch.group_save", of, &UnitGroupInput { id, name, units }).await?)
        }
    })
}

async fn decide(
    client: &mut Client,
    of: Option<&str>,
    id: String,
    note: String,
    accept: bool,
) -> Result<Saved, ErrorDto> {
    client
        .ask("dispatch.decide", of, &DecideInput { id, accept, note, digest: String::new(), keep_matches: false })
        .await
}

/// Offices by their names or ids, those of saved groups, or all right below; each once.
async fn addressees(
    client: &mut Client,
    of: Option<&str>,
    to: &[String],
    groups: &[String],
    all: bool,
) -> Result<Vec<String>, ErrorDto> {
    let mut out = Vec::new();
    if all {
        let tree: Vec<OrgNode> = client.ask("org.tree", of, &Nothing {}).await?;
        out.extend(
            tree.into_iter().filter(|node| node.depth == 1 && node.state == "joined").filter_map(|node| node.id),
        );
    }
    for named in to {
        out.push(unit(client, of, named).await?);
    }
    if !groups.is_empty() {
        let known: Vec<UnitGroupRow> = client.ask("dispatch.groups", of, &Nothing {}).await?;
        for named in groups {
            let found = known.iter().find(|group| group.name == *named || group.id == *named);
            let found = found.ok_or_else(|| ErrorDto::new("not_found").at("group").with("id", named))?;
            out.extend(found.units.iter().map(|unit| unit.id.clone()));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|id| seen.insert(id.clone()));
    Ok(out)
}
