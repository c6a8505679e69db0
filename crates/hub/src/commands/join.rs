//! `ybz join`: waits until the inviting office has approved. Stopped and run again, it goes on waiting.

use std::path::Path;

use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::node::{Changes, WaitInput};
use ybz_app::dto::sync::{JoinInput, JoinState};

use super::stop::Stop;
use super::{Outcome, files};
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a ticket file.
const TICKET: u64 = 64 * 1024;
/// How long one wait for news lasts at most.
const WAIT_MS: u32 = 1_000;

pub(super) async fn run(common: &Common, ticket: &str) -> Outcome {
    let ticket = read(ticket)?;
    let mut client = Client::reach(common, Books::KeptOrNew).await?;
    let mut stop = Stop::listen()?;
    let outcome = tokio::select! {
        joined = join(&mut client, common, ticket) => joined.map(Some),
        () = stop.wait() => Ok(None),
    };
    client.close().await;
    let Some((state, before)) = outcome? else {
        print::note("已停。再运行同一条命令就接着等。 Stopped; run the same command to go on waiting.");
        return Ok(Exit::Interrupted);
    };
    if common.json {
        print::json(&state);
    } else {
        let said = if before { "以前已经加入,不用再加入 Joined before" } else { "已加入 Joined" };
        print::out(format!("{said}: {}", state.superior.as_deref().unwrap_or("-")));
    }
    Ok(Exit::Done)
}

/// The ticket itself, or the content of the file that is named.
pub(super) fn read(ticket: &str) -> Result<String, ErrorDto> {
    let file = Path::new(ticket);
    if !file.is_file() {
        return Ok(ticket.trim().to_owned());
    }
    let bytes = files::read(file, TICKET)?;
    let text = String::from_utf8(bytes).map_err(|_| ErrorDto::new("ticket_invalid").with("file", ticket))?;
    Ok(text.trim().to_owned())
}

/// Where joining ended, and whether it had before this command.
async fn join(client: &mut Client, common: &Common, ticket: String) -> Result<(JoinState, bool), ErrorDto> {
    // An office that is there already is named; a node without any starts the one that the ticket is for.
    let none = client.overview().await?.offices.iter().all(|office| office.sample);
    let office = if none && common.meant.is_none() { None } else { Some(client.office(common).await?.id) };
    let input = JoinInput { ticket, name: None };
    let mut state: JoinState = client.ask("join.start", office.as_deref(), &input).await?;
    if state.state == "joined" {
        return Ok((state, true));
    }
    let (mut cursor, mut shown) = (0, None);
    loop {
        match state.state.as_str() {
            "joined" => return Ok((state, false)),
            "failed" => return Err(state.error.unwrap_or_else(|| ErrorDto::new("ticket_invalid"))),
            _ => {}
        }
        if state.state == "waiting_approval" && state.code != shown {
            show(&state, common.json);
            shown.clone_from(&state.code);
        }
        // Asking after the wait began misses nothing: what happens in between ends the wait.
        let wait = WaitInput { cursor, timeout_ms: if cursor == 0 { 0 } else { WAIT_MS } };
        let news: Changes = client.ask("changes.wait", None, &wait).await?;
        cursor = news.cursor.max(1);
        state = client.ask("join.state", None, &Nothing {}).await?;
    }
}

fn show(state: &JoinState, json: bool) {
    if json {
        print::json(state);
        return;
    }
    let code = state.code.as_deref().unwrap_or_default();
    let superior = state.superior.as_deref().unwrap_or("上级");
    print::out(format!(
        "{superior} 的屏幕上应显示同样的六位数:{code}\n请打电话核对,由对方点“同意”。本命令等到同意为止,可以随时按 Ctrl-C 停下。\n\
         Compare the six digits with {superior} and let them approve; this waits until then."
    ));
}
