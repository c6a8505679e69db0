//! `ybz alike`: what may be one, merged on the desk and taken back; `ybz decide`: what waits.

use ybz_app::ErrorDto;
use ybz_app::dto::alike::{
    AlikeApartInput, AlikeGroup, AlikeGroupsInput, AlikeList, AlikeListInput, AlikeMergeInput, AlikePreview,
};
use ybz_app::dto::decide::{DecideList, DecideListInput};
use ybz_app::dto::sync::OrgNode;
use ybz_app::dto::{IdInput, Nothing, Page, Saved};

use super::Outcome;
use crate::args::Common;
use crate::args::alike::{Alike, Decide, Merge};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// What was asked, or done.
enum Done {
    List(Box<AlikeList>),
    Preview(Box<AlikePreview>),
    Groups(Page<AlikeGroup>),
    Waiting(Box<DecideList>),
    Saved(Saved),
    Nothing,
}

pub(super) async fn run(common: &Common, command: Alike) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = ask(&mut client, common, command).await;
    client.close().await;
    told(common, done?)
}

pub(super) async fn decide(common: &Common, command: Decide) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = waiting(&mut client, common, command).await;
    client.close().await;
    told(common, done?)
}

fn told(common: &Common, done: Done) -> Outcome {
    match (done, common.json) {
        (Done::List(list), true) => print::json(&list),
        (Done::List(list), false) => print::out(print::alike::list(&list)),
        (Done::Preview(preview), true) => print::json(&preview),
        (Done::Preview(preview), false) => print::out(print::alike::preview(&preview)),
        (Done::Groups(page), true) => print::json(&page),
        (Done::Groups(page), false) => print::out(print::alike::groups(&page)),
        (Done::Waiting(list), true) => print::json(&list),
        (Done::Waiting(list), false) => print::out(print::alike::waiting(&list)),
        (Done::Saved(saved), true) => print::json(&saved),
        (Done::Saved(saved), false) => print::out(format!("{}\n", saved.id)),
        (Done::Nothing, true) => print::json(&Nothing {}),
        (Done::Nothing, false) => {}
    }
    Ok(Exit::Done)
}

async fn waiting(client: &mut Client, common: &Common, command: Decide) -> Result<Done, ErrorDto> {
    let office = client.office(common).await?;
    let Decide { kind, limit, offset } = command;
    let input = DecideListInput { kind: kind.map(Into::into), offset, limit };
    Ok(Done::Waiting(Box::new(client.ask("decide.list", Some(&office.id), &input).await?)))
}

async fn ask(client: &mut Client, common: &Common, command: Alike) -> Result<Done, ErrorDto> {
    let office = client.office(common).await?;
    let of = Some(office.id.as_str());
    Ok(match command {
        Alike::List { kind, office, limit, offset } => {
            let office = match office {
                Some(meant) => Some(below(client, of, meant).await?),
                None => None,
            };
            let input = AlikeListInput { kind: kind.into(), office, offset, limit };
            Done::List(Box::new(client.ask("alike.list", of, &input).await?))
        }
        Alike::Preview(merge) => Done::Preview(Box::new(client.ask("alike.preview", of, &input(merge)).await?)),
        Alike::Merge(merge) => Done::Saved(client.ask("alike.merge", of, &input(merge)).await?),
        Alike::Undo { id } => {
            let Nothing {} = client.ask("alike.undo", of, &IdInput { id }).await?;
            Done::Nothing
        }
        Alike::Apart { kind, one, other, back } => {
            let input = AlikeApartInput { kind: kind.into(), one, other, apart: !back };
            let Nothing {} = client.ask("alike.apart", of, &input).await?;
            Done::Nothing
        }
        Alike::Groups { kind, apart } => {
            let mut all = Page { total: 0, rows: Vec::new() };
            loop {
                let offset = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
                let input = AlikeGroupsInput { kind: kind.into(), apart, record: None, offset, limit: 200 };
                let page: Page<AlikeGroup> = client.ask("alike.groups", of, &input).await?;
                let last = page.rows.is_empty();
                all.total = page.total;
                all.rows.extend(page.rows);
                if last || all.rows.len() >= usize::try_from(all.total).unwrap_or(usize::MAX) {
                    break Done::Groups(all);
                }
            }
        }
    })
}

fn input(merge: Merge) -> AlikeMergeInput {
    let Merge { kind, main, parts, note } = merge;
    let parts = std::iter::once(main.clone()).chain(parts).collect();
    AlikeMergeInput { kind: kind.into(), main, parts, note }
}

/// The id of an office below, by id or name.
async fn below(client: &mut Client, of: Option<&str>, meant: String) -> Result<String, ErrorDto> {
    let tree: Vec<OrgNode> = client.ask("org.tree", of, &Nothing {}).await?;
    let named = |node: &&OrgNode| node.depth > 0 && (node.name == meant || node.id.as_deref() == Some(meant.as_str()));
    let mut fitting = tree.iter().filter(named).filter_map(|node| node.id.clone());
    match (fitting.next(), fitting.next()) {
        (Some(id), None) => Ok(id),
        _ => {
            let known: Vec<&str> = tree.iter().filter(|node| node.depth > 0).map(|node| node.name.as_str()).collect();
            Err(ErrorDto::new("office_not_below").with("office", &meant).with("known", known.join("、")))
        }
    }
}
