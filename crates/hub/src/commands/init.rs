//! `ybz init`

use serde_json::json;
use ybz_app::dto::node::{InitInput, InitOutput};

use super::Outcome;
use crate::args::{Common, Init};
use crate::client::{Books, Client, key, open};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, init: Init) -> Outcome {
    let key = key(common, Books::KeptOrNew)?;
    let mut client = Client::here(open(common, key, Books::KeptOrNew).await?);
    let superior = match common.meant.as_ref().filter(|_| init.custody) {
        Some(_) => match client.office(common).await {
            Ok(office) => Some(office.id),
            Err(error) => {
                client.close().await;
                return Err(error);
            }
        },
        None => None,
    };
    let (kind, custody) = (init.kind.into(), init.custody);
    let input = InitInput { name: init.office.clone(), kind, region: init.region, custody, superior };
    let made = client.ask::<InitOutput>("office.init", None, &input).await;
    client.close().await;
    let made = made?;
    if common.json {
        print::json(&json!({
            "office": made.office,
            "name": init.office.trim(),
            "kind": input.kind,
            "recoveryWords": made.recovery_words,
        }));
        return Ok(Exit::Done);
    }
    print::out(format!("已建账 Books made: {} {}", init.office.trim(), made.office));
    if let Some(words) = made.recovery_words {
        print::out(paper(&words));
    }
    Ok(Exit::Done)
}

/// The recovery words as they are written on paper.
fn paper(words: &[String]) -> String {
    let mut text = "\n恢复词(24 个)只显示这一次。请抄在纸上,锁好,不要拍照,不要存进电脑。\n\
                    根设备丢失或损坏时,只有它能换新的。\n\
                    The 24 recovery words are shown this once. Write them on paper and lock it away; take no photo, keep no file.\n\
                    Nothing else can replace a root device that is lost.\n\n"
        .to_owned();
    text.push_str(&print::key::numbered(words));
    text.push_str(
        "\n请再登记一台根设备,放在另一个地方:ybz invite --device --role keeper。\n\
         Enrol a second root device and keep it elsewhere: `ybz invite --device --role keeper`.\n",
    );
    text
}
