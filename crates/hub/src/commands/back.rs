//! `ybz undo`, `ybz deleted`, `ybz at`.

use ybz_app::ErrorDto;
use ybz_app::dto::deleted::{DeletePreview, DeletedListInput, DeletedRow};
use ybz_app::dto::past::{PastPage, PastPageInput};
use ybz_app::dto::undo::{Actions, UndoApplyInput, UndoChoice, UndoInput, UndoListInput, UndoPreview, Undone};
use ybz_app::dto::{IdInput, Nothing, Page};

use super::Outcome;
use crate::args::Common;
use crate::args::back::{Back, Deleted, Undo};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// What was asked, or done.
enum Done {
    Actions(Actions),
    Preview(Box<UndoPreview>),
    Undone(Undone),
    Deleted(Page<DeletedRow>),
    Marks(Box<DeletePreview>),
    Nothing(Nothing),
    Past(PastPage),
}

pub(super) async fn run(common: &Common, command: Back) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = ask(&mut client, common, command).await;
    client.close().await;
    match (done?, common.json) {
        (Done::Actions(actions), true) => print::json(&actions),
        (Done::Actions(actions), false) => print::out(print::back::actions(&actions)),
        (Done::Preview(preview), true) => print::json(&preview),
        (Done::Preview(preview), false) => print::out(print::back::preview(&preview)),
        (Done::Undone(undone), true) => print::json(&undone),
        (Done::Undone(undone), false) => print::out(print::back::undone(&undone)),
        (Done::Deleted(page), true) => print::json(&page),
        (Done::Deleted(page), false) => print::out(print::back::deleted(&page)),
        (Done::Marks(preview), true) => print::json(&preview),
        (Done::Marks(preview), false) => print::out(print::back::marks(&preview)),
        (Done::Nothing(nothing), true) => print::json(&nothing),
        (Done::Nothing(_), false) => {}
        (Done::Past(page), true) => print::json(&page),
        (Done::Past(page), false) => print::out(print::back::past(&page)),
    }
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common, command: Back) -> Result<Done, ErrorDto> {
    let office = client.office(common).await?;
    let of = Some(office.id.as_str());
    Ok(match command {
        Back::Undo(Undo::List { limit }) => Done::Actions(client.ask("undo.list", of, &UndoListInput { limit }).await?),
        Back::Undo(Undo::Preview { id }) => {
            Done::Preview(Box::new(client.ask("undo.preview", of, &UndoInput { id }).await?))
        }
        Back::Undo(Undo::Apply { id, back, leave }) => {
            let preview: UndoPreview = client.ask("undo.preview", of, &UndoInput { id }).await?;
            let choices = choices(&preview, &back, &leave);
            let seen = Some(preview.seen).filter(|seen| !seen.is_empty());
            Done::Undone(client.ask("undo.apply", of, &UndoApplyInput { id, choices, seen }).await?)
        }
        Back::Deleted(Deleted::List { year, text }) => {
            let input = DeletedListInput { year, text, offset: 0, limit: u32::MAX };
            Done::Deleted(client.ask("deleted.list", of, &input).await?)
        }
        Back::Deleted(Deleted::Preview { id }) => {
            Done::Marks(Box::new(client.ask("deleted.preview", of, &IdInput { id }).await?))
        }
        Back::Deleted(Deleted::Mark { id }) => Done::Nothing(client.ask("deleted.mark", of, &IdInput { id }).await?),
        Back::Deleted(Deleted::Restore { id }) => {
            Done::Nothing(client.ask("deleted.restore", of, &IdInput { id }).await?)
        }
        Back::At { day, ledger, year, text, changed } => {
            let input = PastPageInput { day, ledger, year, text, changed_only: changed, offset: 0, limit: u32::MAX };
            Done::Past(client.ask("past.page", of, &input).await?)
        }
    })
}

/// What was decided of each field by its name; of what the action made, `--back record` says that it goes though it was changed.
fn choices(preview: &UndoPreview, back: &[String], leave: &[String]) -> Vec<UndoChoice> {
    let mut out = Vec::new();
    for record in &preview.records {
        let names = record.fields.iter().map(|field| field.field.as_str());
        let whole = (record.what == "delete_changed").then_some("");
        for field in names.chain(whole) {
            let named = |list: &[String]| list.iter().any(|one| one == field || (field.is_empty() && one == "record"));
            if named(back) || named(leave) {
                out.push(UndoChoice { record: record.record.clone(), field: field.to_owned(), back: named(back) });
            }
        }
    }
    out
}
