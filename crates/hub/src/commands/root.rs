//! `ybz root`: the keepers of the root, and the next charter.

use std::path::Path;

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::root::{LostKeeper, RootRenewInput, RootRenewed, RootState, RootWordsInput};

use super::{Outcome, files};
use crate::args::{Common, Root};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::{print, secret};

/// Bytes of a card.
pub(super) const MAX_CARD: u64 = 4 << 20;

pub(super) async fn run(common: &Common, root: Root) -> Outcome {
    match root {
        Root::Status => status(common).await,
        Root::Renew { words_file, lost, card } => {
            let cards = card.iter().map(|file| Ok(BASE64.encode(&files::read(file, MAX_CARD)?)));
            let cards: Vec<String> = cards.collect::<Result<_, ErrorDto>>()?;
            let lost = lost.into_iter().map(|(device, last_seq)| LostKeeper { device, last_seq }).collect();
            renew(common, words_file.as_deref(), lost, cards).await
        }
        Root::CheckWords { words_file } => {
            let mut client = Client::reach(common, Books::Kept).await?;
            let checked = check(&mut client, common, words_file.as_deref()).await;
            client.close().await;
            checked?;
            match common.json {
                true => print::json(&Nothing {}),
                false => print::out("恢复词正确。 The words are those of this tree."),
            }
            Ok(Exit::Done)
        }
    }
}

async fn check(client: &mut Client, common: &Common, file: Option<&Path>) -> Result<Nothing, ErrorDto> {
    let office = client.office(common).await?;
    client.ask("root.words", Some(&office.id), &RootWordsInput { words: words(file)? }).await
}

/// The recovery words; asked for once the books are open, so that a passphrase comes before them on standard input too.
fn words(file: Option<&Path>) -> Result<String, ErrorDto> {
    Ok(secret::words(file, "24 个恢复词,用空格分开 The 24 recovery words: ")?.to_string())
}

async fn status(common: &Common) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let state = ask(&mut client, common).await;
    client.close().await;
    let state = state?;
    match common.json {
        true => print::json(&state),
        false => print::out(print::root::state(&state)),
    }
    Ok(Exit::Done)
}

async fn ask(client: &mut Client, common: &Common) -> Result<RootState, ErrorDto> {
    let office = client.office(common).await?;
    client.ask("root.state", Some(&office.id), &Nothing {}).await
}

async fn renew(common: &Common, file: Option<&Path>, lost: Vec<LostKeeper>, cards: Vec<String>) -> Outcome {
    // A machine that holds nothing of the tree yet becomes a root device by the words and a card.
    let mut client = Client::reach(common, Books::KeptOrNew).await?;
    let renewed = match words(file) {
        Ok(words) => client.ask::<RootRenewed>("root.renew", None, &RootRenewInput { words, lost, cards }).await,
        Err(error) => Err(error),
    };
    client.close().await;
    let renewed = renewed?;
    if common.json {
        print::json(&renewed);
        return Ok(Exit::Done);
    }
    print::out(format!("新的根证书是第 {} 版。 The charter is now version {}.", renewed.version, renewed.version));
    print::out(format!("直属下级 Directly below: {}", renewed.below.join("、")));
    print::note(
        "名单里少了哪个单位,就请它用 ybz tree card 交一份卡片,再运行一次本命令。下级联网后自己会知道;不联网的,用 ybz tree card 写一份带去。\n\
         If an office is missing from the list, take a card of it (`ybz tree card`) and run this again. Subordinates learn of it when they connect, or from a card of this node.",
    );
    Ok(Exit::Done)
}
