//! `ybz key`: how the key of the books is kept.

use std::path::Path;

use serde_json::json;
use ybz_app::dto::Nothing;
use ybz_app::dto::security::{CurrentInput, KeyStatus, PassphraseInput, RecoverySheet};
use ybz_app::host::{self, KeyPlace};
use ybz_app::{ErrorDto, dto::node::NodeOverview};

use super::Outcome;
use crate::args::{Common, Key};
use crate::client::{Books, Client, key};
use crate::exit::Exit;
use crate::{print, secret};

pub(super) async fn run(common: &Common, command: Key) -> Outcome {
    match command {
        Key::Status => status(common).await,
        Key::SetPassphrase { new_passphrase_file } | Key::ChangePassphrase { new_passphrase_file } => {
            set(common, new_passphrase_file.as_deref()).await
        }
        Key::UseKeychain => {
            let input = |current| CurrentInput { current };
            change::<Nothing>(common, "key.use_keychain", input).await?;
            say(
                common,
                "钥匙已交给系统保管,口令不再需要。 The system keeps the key; no passphrase is needed any more.",
            );
            Ok(Exit::Done)
        }
        Key::RecoverySheet => {
            let sheet =
                change::<RecoverySheet>(common, "key.recovery_sheet", |current| CurrentInput { current }).await?;
            match common.json {
                true => print::json(&sheet),
                false => print::out(print::key::sheet(&sheet)),
            }
            Ok(Exit::Done)
        }
        Key::Rekey => rekey(common),
        Key::Recover { words_file, new_passphrase_file } => {
            recover(common, words_file.as_deref(), new_passphrase_file.as_deref())
        }
    }
}

fn say(common: &Common, text: &str) {
    match common.json {
        true => print::json(&Nothing {}),
        false => print::out(text),
    }
}

async fn status(common: &Common) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let status = client.ask::<KeyStatus>("key.status", None, &Nothing {}).await;
    client.close().await;
    let status = status?;
    match common.json {
        true => print::json(&status),
        false => print::out(print::key::status(&status)),
    }
    Ok(Exit::Done)
}

async fn set(common: &Common, file: Option<&Path>) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let passphrase = match secret::new_passphrase(file) {
        Ok(passphrase) => passphrase,
        Err(error) => {
            client.close().await;
            return Err(error);
        }
    };
    let current = secret::given().map(|given| given.to_string()).unwrap_or_default();
    let input = PassphraseInput { current, passphrase: passphrase.to_string() };
    let set = client.ask::<Nothing>("key.set_passphrase", None, &input).await;
    client.close().await;
    set?;
    say(common, "口令已设好,下次打开账本要输入它。 The passphrase is set; it opens the books from now on.");
    Ok(Exit::Done)
}

/// A call that asks for the passphrase in force.
async fn change<T: serde::de::DeserializeOwned>(
    common: &Common,
    name: &str,
    input: impl FnOnce(String) -> CurrentInput,
) -> Result<T, ErrorDto> {
    let mut client = Client::reach(common, Books::Kept).await?;
    // Books under a passphrase were opened by it just now.
    let current = secret::given().map(|given| given.to_string()).unwrap_or_default();
    let answer = client.ask(name, None, &input(current)).await;
    client.close().await;
    answer
}

fn rekey(common: &Common) -> Outcome {
    let old = key(common, Books::Kept)?;
    let (today, _) = host::system_clock();
    let by = secret::given();
    let place = KeyPlace::of(common.data(), common.key_file());
    let words = host::rekey(common.data(), &place, &old, by.as_ref().map(|text| text.as_str()), today)?;
    let sheet = RecoverySheet { words, number: String::new(), on: today.to_string(), offices: Vec::new() };
    match common.json {
        true => print::json(&json!({ "words": sheet.words, "on": sheet.on })),
        false => {
            print::out("已换钥匙。以前的恢复纸只能打开以前的备份;新的在下面。");
            print::out("The books have another key. Earlier sheets open earlier backups alone; this is the new one.");
            print::out(print::key::sheet(&sheet));
        }
    }
    Ok(Exit::Done)
}

fn recover(common: &Common, words_file: Option<&Path>, new_file: Option<&Path>) -> Outcome {
    let words = secret::words(words_file, secret::SHEET_WORDS)?;
    let passphrase = secret::new_passphrase(new_file)?;
    let (today, _) = host::system_clock();
    host::recover(common.data(), &words, &passphrase, today)?;
    // What the system held for these books is in force no more.
    if let Err(error) = KeyPlace::of(common.data(), common.key_file()).remove() {
        tracing::info!(code = %error.code, "the system's key stays");
    }
    say(common, "已用恢复纸打开,新口令从现在起有效。 The sheet opened the books; the new passphrase is in force.");
    Ok(Exit::Done)
}

/// Names of the offices, for people.
pub(super) fn names(node: &NodeOverview) -> String {
    node.offices.iter().map(|office| office.name.as_str()).collect::<Vec<_>>().join("、")
}
