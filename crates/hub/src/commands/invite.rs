//! `ybz invite`

use ybz_app::dto::sync::{InviteDeviceInput, InviteOfficeInput, Ticket};

use super::{Outcome, files};
use crate::args::{Common, Invite, Role};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, mut invite: Invite) -> Outcome {
    if let Some(many) = invite.many.take() {
        return super::bulk::run(common, many).await;
    }
    // A ticket that cannot be written would be open for nobody.
    invite.out.as_deref().map_or(Ok(()), files::is_new)?;
    let mut client = Client::reach(common, Books::Kept).await?;
    let ticket = make(&mut client, common, &invite).await;
    client.close().await;
    let ticket = ticket?;
    if let Some(file) = &invite.out {
        files::write_new(file, format!("{}\n", ticket.text).as_bytes())?;
    }
    match &invite.out {
        _ if common.json => print::json(&ticket),
        Some(file) => print::out(format!("邀请已写入 Ticket written: {}", file.display())),
        // Alone on standard output, so that it can be piped.
        None => print::out(&ticket.text),
    }
    if !common.json {
        print::note(format!("有效期至 Valid until {}。一张邀请只用一次 A ticket is good once.", ticket.expires_on));
    }
    if ticket.addresses.is_empty() {
        print::note(
            "邀请里没有本机地址:对方只能在同一局域网里找到本机。先运行 ybz serve 再邀请,地址就写在里面。\n\
             The ticket holds no address of this machine. Run `ybz serve` first, then invite.",
        );
    }
    Ok(Exit::Done)
}

async fn make(client: &mut Client, common: &Common, invite: &Invite) -> Result<Ticket, ybz_app::ErrorDto> {
    let office = client.office(common).await?.id;
    match (&invite.office, invite.kind) {
        (Some(name), Some(kind)) => {
            let input = InviteOfficeInput { name: name.clone(), kind: kind.into(), auto_approve: invite.auto_approve };
            client.ask("invite.office", Some(&office), &input).await
        }
        _ => {
            let role = invite.role.unwrap_or(Role::Clerk).word().to_owned();
            let input = InviteDeviceInput { role, auto_approve: invite.auto_approve, own_books: invite.own_books };
            client.ask("invite.device", Some(&office), &input).await
        }
    }
}
