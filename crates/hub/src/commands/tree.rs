//! `ybz tree`: cards by which others learn of the tree.

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::root::{TreeTakeInput, TreeTaken};
use ybz_app::dto::snapshot::FileOutput;

use super::{Outcome, files, root, tree_list};
use crate::args::{Common, Tree};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, tree: Tree) -> Outcome {
    match tree {
        Tree::Card { out } => {
            let mut client = Client::reach(common, Books::Kept).await?;
            let card = card(&mut client, common).await;
            client.close().await;
            let card = card?;
            let file = out.unwrap_or_else(|| card.name.clone().into());
            let odd = |error| ErrorDto::new("internal").with("what", "tree.card").with("detail", error);
            files::write_new(&file, &BASE64.decode(card.base64.as_bytes()).map_err(odd)?)?;
            match common.json {
                true => print::json(&serde_json::json!({ "file": file })),
                false => print::out(format!("卡片已写入 Card written: {}", file.display())),
            }
        }
        Tree::Import { file, out, phone, dry_run, answer } => {
            return tree_list::run(common, &file, out.as_deref(), phone, dry_run, answer).await;
        }
        Tree::Take { file } => {
            let base64 = BASE64.encode(&files::read(&file, root::MAX_CARD)?);
            let mut client = Client::reach(common, Books::Kept).await?;
            let taken = client.ask::<TreeTaken>("tree.take", None, &TreeTakeInput { base64 }).await;
            client.close().await;
            let taken = taken?;
            match common.json {
                true => print::json(&taken),
                false => print::out(format!(
                    "新知道 {} 项;根证书是第 {} 版。 {} statements learned; the charter is version {}.",
                    taken.learned, taken.version, taken.learned, taken.version
                )),
            }
        }
    }
    Ok(Exit::Done)
}

async fn card(client: &mut Client, common: &Common) -> Result<FileOutput, ErrorDto> {
    let office = client.office(common).await?;
    client.ask("tree.card", Some(&office.id), &Nothing {}).await
}
