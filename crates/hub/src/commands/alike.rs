//! `ybz alike`: what may be one, merged on the desk and taken back; `ybz decide`: what waits.

use ybz_app::ErrorDto;
use ybz_app::dto::alike::{
    AlikeApartInput, AlikeGroup, AlikeGroupsInput, AlikeList, AlikeListInput, AlikeMergeInput, AlikePreview,
};
use ybz_app::dto::decide::{DecideList, DecideListInput};
use ybz_app::dto::sync::OrgNode;
use ybz_app::dto::{IdInput, Nothing, Page};

use super::Outcome;
use super::line::Line;
use crate::args::Common;
use crate::args::alike::{Alike, Decide, Merge};
use crate::print::alike as shown;

pub(super) async fn run(common: &Common, command: Alike) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = ask(&mut line, command).await;
    line.end(done).await
}

pub(super) async fn decide(common: &Common, command: Decide) -> Outcome {
    let mut line = Line::open(common).await?;
    let Decide { kind, limit, offset } = command;
    let input = DecideListInput { kind: kind.map(Into::into), offset, limit };
    let done = line.ask("decide.list", &input).await.map(|list: DecideList| line.tell(&list, shown::waiting));
    line.end(done).await
}

async fn ask(line: &mut Line, command: Alike) -> Result<(), ErrorDto> {
    match command {
        Alike::List { kind, office, limit, offset } => {
            let office = match office {
                Some(meant) => Some(below(line, meant).await?),
                None => None,
            };
            let input = AlikeListInput { kind: kind.into(), office, offset, limit };
            let list: AlikeList = line.ask("alike.list", &input).await?;
            line.tell(&list, shown::list);
        }
        Alike::Preview(merge) => {
            let preview: AlikePreview = line.ask("alike.preview", &input(merge)).await?;
            line.tell(&preview, shown::preview);
        }
        Alike::Merge(merge) => line.save("alike.merge", &input(merge)).await?,
        Alike::Undo { id } => line.order("alike.undo", &IdInput { id }).await?,
        Alike::Apart { kind, one, other, back } => {
            let input = AlikeApartInput { kind: kind.into(), one, other, apart: !back };
            line.order("alike.apart", &input).await?;
        }
        Alike::Groups { kind, apart } => {
            let mut all = Page { total: 0, rows: Vec::new() };
            loop {
                let offset = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
                let input = AlikeGroupsInput { kind: kind.into(), apart, record: None, offset, limit: 200 };
                let page: Page<AlikeGroup> = line.ask("alike.groups", &input).await?;
                let last = page.rows.is_empty();
                all.total = page.total;
                all.rows.extend(page.rows);
                if last || all.rows.len() >= usize::try_from(all.total).unwrap_or(usize::MAX) {
                    break;
                }
            }
            line.tell(&all, shown::groups);
        }
    }
    Ok(())
}

fn input(merge: Merge) -> AlikeMergeInput {
    let Merge { kind, main, parts, note } = merge;
    let parts = std::iter::once(main.clone()).chain(parts).collect();
    AlikeMergeInput { kind: kind.into(), main, parts, note }
}

/// The id of an office below, by id or name.
async fn below(line: &mut Line, meant: String) -> Result<String, ErrorDto> {
    let tree: Vec<OrgNode> = line.ask("org.tree", &Nothing {}).await?;
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
