//! `ybz profile`: people who share this computer. Whoever has the key of the books needs no PIN for it.

use ybz_app::ErrorDto;
use ybz_app::dto::profile::{ProfileInput, ProfileRow, ProfileState};
use ybz_app::dto::{IdInput, Nothing, Saved};

use super::Outcome;
use crate::args::Common;
use crate::args::people::Profile;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::{pin, print};

pub(super) async fn run(common: &Common, profile: Profile) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = act(&mut client, common, profile).await;
    client.close().await;
    done.map(|()| Exit::Done)
}

async fn act(client: &mut Client, common: &Common, profile: Profile) -> Result<(), ErrorDto> {
    let known: ProfileState = client.ask("profile.list", None, &Nothing {}).await?;
    let find = |name: &str| known.profiles.iter().find(|one| one.name == name || one.id == name);
    match profile {
        Profile::List if common.json => print::json(&known),
        Profile::List => known.profiles.iter().for_each(|one| print::out(line(one))),
        Profile::Save { name, hide, keep_pin } => {
            let pin = if keep_pin { None } else { Some(pin::read()?) };
            let hidden = hide.into_iter().map(|area| area.word().to_owned()).collect();
            let id = find(&name).map(|one| one.id.clone());
            let saved: Saved = client.ask("profile.save", None, &ProfileInput { id, name, pin, hidden }).await?;
            match common.json {
                true => print::json(&saved),
                false => print::out(format!("已存 Saved: {}", saved.id)),
            }
        }
        Profile::Remove { name } => {
            let missing = || ErrorDto::new("not_found").at("profile").with("name", &name);
            let id = find(&name).map(|one| one.id.clone()).ok_or_else(missing)?;
            let done: Nothing = client.ask("profile.remove", None, &IdInput { id }).await?;
            match common.json {
                true => print::json(&done),
                false => print::out(format!("已删去 Removed: {name}")),
            }
        }
    }
    Ok(())
}

fn line(one: &ProfileRow) -> String {
    let hidden =
        if one.hidden.is_empty() { String::new() } else { format!(" · 看不到 hidden: {}", one.hidden.join(", ")) };
    let wait = if one.wait_s > 0 { format!(" · 要等 wait: {} s", one.wait_s) } else { String::new() };
    format!("{} ({}){hidden}{wait}", one.name, one.id)
}
