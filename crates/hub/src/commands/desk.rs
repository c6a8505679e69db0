//! `ybz calendar`, `ybz urge`; below: `ybz dispatch`, `ybz ledger`.

pub(super) mod dispatch;
pub(super) mod ledger;

use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::calendar::{Calendar, CalendarInput, Urge, UrgeInput};
use ybz_app::dto::sync::OrgNode;

use super::Outcome;
use super::line::Line;
use crate::args::{Common, desk};
use crate::print;

/// The id of an office of the tree that is named or given by its id.
///
/// # Errors
/// `office_unknown`
async fn unit(line: &mut Line, named: &str) -> Result<String, ErrorDto> {
    let tree: Vec<OrgNode> = line.ask("org.tree", &Nothing {}).await?;
    let fits = |node: &OrgNode| node.id.as_deref() == Some(named) || node.name == named;
    let found = tree.into_iter().find(fits).and_then(|node| node.id);
    found.ok_or_else(|| ErrorDto::new("office_unknown").at("office").with("office", named))
}

async fn unit_of(line: &mut Line, named: Option<&str>) -> Result<Option<String>, ErrorDto> {
    match named {
        None => Ok(None),
        Some(named) => Ok(Some(unit(line, named).await?)),
    }
}

pub(super) async fn calendar(common: &Common, args: desk::Calendar) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = days(&mut line, args).await;
    line.end(done).await
}

async fn days(line: &mut Line, args: desk::Calendar) -> Result<(), ErrorDto> {
    let input = CalendarInput {
        from: args.from.unwrap_or_default(),
        to: args.to.unwrap_or_default(),
        office: unit_of(line, args.unit.as_deref()).await?,
        kinds: args.kind,
    };
    let view: Calendar = line.ask("desk.calendar", &input).await?;
    line.tell(&view, print::desk::calendar);
    Ok(())
}

pub(super) async fn urge(common: &Common, args: desk::Urge) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = words(&mut line, args).await;
    line.end(done).await
}

async fn words(line: &mut Line, args: desk::Urge) -> Result<(), ErrorDto> {
    let input = UrgeInput {
        office: unit_of(line, args.unit.as_deref()).await?,
        batch: args.batch,
        entry: None,
        day: None,
        ledger: args.ledger,
        year: args.year,
        month: args.month,
    };
    let urge: Urge = line.ask("desk.urge", &input).await?;
    line.tell(&urge, |urge| match urge.rows.is_empty() {
        true => "没有要催的。 Nothing is late.".to_owned(),
        false => urge.all.clone(),
    });
    Ok(())
}
