//! `ybz undo`, `ybz deleted`, `ybz at`.

use ybz_app::ErrorDto;
use ybz_app::dto::deleted::{DeletePreview, DeletedListInput, DeletedRow};
use ybz_app::dto::past::{PastPage, PastPageInput};
use ybz_app::dto::undo::{Actions, UndoApplyInput, UndoChoice, UndoInput, UndoListInput, UndoPreview, Undone};
use ybz_app::dto::{IdInput, Page};

use super::Outcome;
use super::line::Line;
use crate::args::Common;
use crate::args::back::{Back, Deleted, Undo};
use crate::print::back as shown;

pub(super) async fn run(common: &Common, command: Back) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = ask(&mut line, command).await;
    line.end(done).await
}

async fn ask(line: &mut Line, command: Back) -> Result<(), ErrorDto> {
    match command {
        Back::Undo(Undo::List { limit }) => {
            let actions: Actions = line.ask("undo.list", &UndoListInput { limit }).await?;
            line.tell(&actions, shown::actions);
        }
        Back::Undo(Undo::Preview { id }) => {
            let preview: UndoPreview = line.ask("undo.preview", &UndoInput { id }).await?;
            line.tell(&preview, shown::preview);
        }
        Back::Undo(Undo::Apply { id, back, leave }) => {
            let preview: UndoPreview = line.ask("undo.preview", &UndoInput { id }).await?;
            let choices = choices(&preview, &back, &leave);
            let seen = Some(preview.seen).filter(|seen| !seen.is_empty());
            let undone: Undone = line.ask("undo.apply", &UndoApplyInput { id, choices, seen }).await?;
            line.tell(&undone, shown::undone);
        }
        Back::Deleted(Deleted::List { year, text }) => {
            let input = DeletedListInput { year, text, offset: 0, limit: u32::MAX };
            let page: Page<DeletedRow> = line.ask("deleted.list", &input).await?;
            line.tell(&page, shown::deleted);
        }
        Back::Deleted(Deleted::Preview { id }) => {
            let marks: DeletePreview = line.ask("deleted.preview", &IdInput { id }).await?;
            line.tell(&marks, shown::marks);
        }
        Back::Deleted(Deleted::Mark { id }) => line.order("deleted.mark", &IdInput { id }).await?,
        Back::Deleted(Deleted::Restore { id }) => line.order("deleted.restore", &IdInput { id }).await?,
        Back::At { day, ledger, year, text, changed } => {
            let input = PastPageInput { day, ledger, year, text, changed_only: changed, offset: 0, limit: u32::MAX };
            let page: PastPage = line.ask("past.page", &input).await?;
            line.tell(&page, shown::past);
        }
    }
    Ok(())
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
