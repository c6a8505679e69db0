//! `ybz transfer`

use ybz_app::ErrorDto;
use ybz_app::dto::sync::OrgNode;
use ybz_app::dto::transfer::{
    TransferAcceptInput, TransferOutInput, TransferPassInput, TransferReturnInput, TransferRow,
};
use ybz_app::dto::{IdInput, ListInput, Nothing, Page};

use super::Line;
use crate::args::Common;
use crate::args::member::Transfer;
use crate::commands::Outcome;
use crate::print::member as shown;

pub(in crate::commands) async fn run(common: &Common, command: Transfer) -> Outcome {
    let mut desk = Line::open(common).await?;
    let done = ask(&mut desk, command).await;
    desk.end(done).await
}

async fn ask(desk: &mut Line, command: Transfer) -> Result<(), ErrorDto> {
    match command {
        Transfer::List => {
            let all = ListInput { limit: u32::MAX, ..ListInput::default() };
            let page: Page<TransferRow> = desk.ask("transfer.list", &all).await?;
            desk.tell(&page.rows, |rows| shown::transfers(rows));
            Ok(())
        }
        Transfer::Waiting => waiting(desk).await,
        Transfer::Out { member, place, letter, outside, on } => {
            let member = desk.member(member).await?;
            desk.save("transfer.out", &TransferOutInput { member, place, outside, letter, on }).await
        }
        Transfer::Withdraw { id } => desk.order("transfer.withdraw", &IdInput { id }).await,
        Transfer::Accept { id, group, on } => {
            desk.save("transfer.accept", &TransferAcceptInput { id, on, group }).await
        }
        Transfer::Pass { id, to } => {
            let to = below(desk, to).await?;
            desk.order("transfer.pass", &TransferPassInput { id, to }).await
        }
        Transfer::Return { id, note } => desk.order("transfer.return", &TransferReturnInput { id, note }).await,
        Transfer::Recall { id, note } => desk.order("transfer.recall", &TransferReturnInput { id, note }).await,
        Transfer::Decline { id, note } => desk.order("transfer.decline", &TransferReturnInput { id, note }).await,
        Transfer::Keep { id, to } => {
            let to = below(desk, to).await?;
            desk.order("transfer.keep", &TransferPassInput { id, to }).await
        }
        Transfer::Leave { id } => desk.save("transfer.leave", &IdInput { id }).await,
        Transfer::Told { id } => desk.order("transfer.told", &IdInput { id }).await,
    }
}

async fn waiting(desk: &mut Line) -> Result<(), ErrorDto> {
    let rows: Vec<TransferRow> = desk.ask("transfer.waiting", &Nothing {}).await?;
    desk.tell(&rows, |rows| shown::transfers(rows));
    Ok(())
}

/// The id of an office below, by id or name.
async fn below(desk: &mut Line, meant: String) -> Result<String, ErrorDto> {
    let tree: Vec<OrgNode> = desk.ask("org.tree", &Nothing {}).await?;
    let known: Vec<&str> = tree.iter().filter(|node| node.depth > 0).map(|node| node.name.as_str()).collect();
    let named = |node: &&OrgNode| node.depth > 0 && (node.name == meant || node.id.as_deref() == Some(meant.as_str()));
    let mut fitting = tree.iter().filter(named).filter_map(|node| node.id.clone());
    match (fitting.next(), fitting.next()) {
        (Some(id), None) => Ok(id),
        _ => Err(ErrorDto::new("office_not_below").with("office", &meant).with("known", known.join("、"))),
    }
}
