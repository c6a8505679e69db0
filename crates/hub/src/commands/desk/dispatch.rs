//! `ybz dispatch`: what is sent down, and where it stands at each addressee.

use ybz_app::ErrorDto;
use ybz_app::dto::checklist::DispatchInput;
use ybz_app::dto::month::DecideInput;
use ybz_app::dto::sent::{SentBatch, SentListInput, SentView, UnitGroupInput, UnitGroupRow};
use ybz_app::dto::sync::OrgNode;
use ybz_app::dto::{IdInput, Nothing, Page};

use super::super::Outcome;
use super::super::line::Line;
use super::unit;
use crate::args::Common;
use crate::args::desk::Dispatch;
use crate::args::keep::Keep;
use crate::print::desk as shown;

pub(crate) async fn run(common: &Common, command: Dispatch) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = ask(&mut line, command).await;
    line.end(done).await
}

async fn ask(line: &mut Line, command: Dispatch) -> Result<(), ErrorDto> {
    match command {
        Dispatch::Send { title, to, group, all, deadline, measure, keep } => {
            let to = addressees(line, &to, &group, all).await?;
            let input = DispatchInput { to, title, measure, deadline, confirm_date: true, keep_matches: keep.names };
            line.save("dispatch.send", &input).await?;
        }
        Dispatch::List { year, state } => {
            let input = SentListInput { year, state, limit: u32::MAX, ..SentListInput::default() };
            let page: Page<SentBatch> = line.ask("dispatch.sent", &input).await?;
            line.tell(&page, shown::sent);
        }
        Dispatch::Show { id } => {
            let view: SentView = line.ask("dispatch.batch", &IdInput { id }).await?;
            line.tell(&view, shown::batch);
        }
        Dispatch::Accept { id, note, keep } => decide(line, id, note, (true, keep)).await?,
        Dispatch::Return { id, note, keep } => decide(line, id, note, (false, keep)).await?,
        Dispatch::Groups => {
            let groups: Vec<UnitGroupRow> = line.ask("dispatch.groups", &Nothing {}).await?;
            line.tell(&groups, |groups| shown::groups(groups));
        }
        Dispatch::Group { name, unit: named } => {
            let mut units = Vec::new();
            for one in &named {
                units.push(unit(line, one).await?);
            }
            let known: Vec<UnitGroupRow> = line.ask("dispatch.groups", &Nothing {}).await?;
            let id = known.into_iter().find(|group| group.name == name).map(|group| group.id);
            line.save("dispatch.group_save", &UnitGroupInput { id, name, units }).await?;
        }
    }
    Ok(())
}

async fn decide(line: &mut Line, id: String, note: String, (accept, keep): (bool, Keep)) -> Result<(), ErrorDto> {
    let input = DecideInput { id, accept, note, digest: String::new(), keep_matches: keep.names };
    line.save("dispatch.decide", &input).await
}

/// Offices by their names or ids, those of saved groups, or all right below; each once.
async fn addressees(line: &mut Line, to: &[String], groups: &[String], all: bool) -> Result<Vec<String>, ErrorDto> {
    let mut out = Vec::new();
    if all {
        let tree: Vec<OrgNode> = line.ask("org.tree", &Nothing {}).await?;
        out.extend(
            tree.into_iter().filter(|node| node.depth == 1 && node.state == "joined").filter_map(|node| node.id),
        );
    }
    for named in to {
        out.push(unit(line, named).await?);
    }
    if !groups.is_empty() {
        let known: Vec<UnitGroupRow> = line.ask("dispatch.groups", &Nothing {}).await?;
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
