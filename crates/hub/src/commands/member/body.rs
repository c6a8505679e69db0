//! `ybz body`

use ybz_app::ErrorDto;
use ybz_app::dto::body::{BodyChangeInput, BodyInput, BodyList, BodyTree, BodyTreeInput};
use ybz_app::dto::{IdInput, Nothing};

use super::{Line, only};
use crate::args::Common;
use crate::args::body::{Body, NewBody, word};
use crate::commands::Outcome;
use crate::print::body as shown;

pub(in crate::commands) async fn run(common: &Common, command: Body) -> Outcome {
    let mut desk = Line::open(common).await?;
    let done = ask(&mut desk, command).await;
    desk.end(done).await
}

async fn ask(desk: &mut Line, command: Body) -> Result<(), ErrorDto> {
    match command {
        Body::List => {
            let list = list(desk).await?;
            desk.tell(&list, shown::list);
            Ok(())
        }
        Body::Tree { on, sizes } => {
            let tree: BodyTree = desk.ask("body.tree", &BodyTreeInput { on, sizes }).await?;
            desk.tell(&tree, shown::tree);
            Ok(())
        }
        Body::Add(new) => {
            let input = filled(desk, new).await?;
            desk.save("body.save", &input).await
        }
        Body::Change { body, event, on, to, note } => {
            let known = list(desk).await?;
            let named = |text: String| only(text, known.rows.iter().map(|row| (row.id.clone(), row.name.clone())));
            let kind = word(&event);
            let to = if kind == "moved" && !to.is_empty() { named(to)? } else { to };
            let input = BodyChangeInput { body: named(body)?, on, kind, to, note, keep_matches: false };
            desk.save("body.change", &input).await
        }
        Body::Void { id } => desk.order("body.void", &IdInput { id }).await,
    }
}

async fn list(desk: &mut Line) -> Result<BodyList, ErrorDto> {
    desk.ask("body.list", &Nothing {}).await
}

async fn filled(desk: &mut Line, new: NewBody) -> Result<BodyInput, ErrorDto> {
    let known = list(desk).await?;
    let bodies = || known.rows.iter().map(|row| (row.id.clone(), row.name.clone()));
    let offices = || known.offices.iter().map(|office| (office.id.clone(), office.name.clone()));
    Ok(BodyInput {
        id: None,
        name: new.name,
        kind: word(&new.kind),
        basis: new.basis.as_ref().map(word).unwrap_or_default(),
        above: new.above.map(|text| only(text, bodies())).transpose()?.unwrap_or_default(),
        office: new.office.map(|text| only(text, offices())).transpose()?.unwrap_or_default(),
        units: new.unit,
        from: new.from,
        until: new.until,
        decision: new.decision,
        keep_matches: false,
    })
}
