//! `ybz request`: joining by files.

use std::path::Path;

use data_encoding::BASE64;
use ybz_app::ErrorDto;
use ybz_app::dto::IdInput;
use ybz_app::dto::request::{PaperInput, RequestFile, RequestView};
use ybz_app::dto::snapshot::FileOutput;
use ybz_app::dto::sync::{JoinInput, JoinState, PendingJoin};

use super::{Outcome, bundle, files, join};
use crate::args::{Common, Request};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Bytes of a request or of a certificate.
const LARGEST: u64 = 4 * 1024 * 1024;

pub(super) async fn run(common: &Common, command: Request) -> Outcome {
    // A certificate that cannot be written would be issued for nothing.
    match &command {
        Request::Make { out, .. } | Request::Approve { out, .. } => files::is_new(out)?,
        Request::Take { .. } => {}
    }
    let books = if matches!(command, Request::Make { .. }) { Books::KeptOrNew } else { Books::Kept };
    let mut client = Client::reach(common, books).await?;
    let outcome = match command {
        Request::Make { ticket, out } => make(&mut client, common, &ticket, &out).await,
        Request::Approve { file, code, out } => approve(&mut client, common, &file, code.as_deref(), &out).await,
        Request::Take { file } => take(&mut client, common, &file).await,
    };
    client.close().await;
    outcome
}

async fn make(client: &mut Client, common: &Common, ticket: &str, out: &Path) -> Outcome {
    let ticket = join::read(ticket)?;
    // An office that is there already is named; a node without any starts the one that the ticket is for.
    let none = client.overview().await?.offices.iter().all(|office| office.sample);
    let office = if none && common.meant.is_none() { None } else { Some(client.office(common).await?.id) };
    let input = JoinInput { ticket, name: None };
    let made: RequestFile = client.ask("request.make", office.as_deref(), &input).await?;
    bundle::keep(&made.file, Some(out))?;
    if common.json {
        print::json(&serde_json::json!({
            "file": out.display().to_string(), "code": made.code, "superior": made.superior,
        }));
    } else {
        print::out(format!(
            "申请已写入 Request written: {}\n请送到 {},并打电话念这十五位数字:{}\n\
             Carry it to {} and read out these digits over the phone.",
            out.display(),
            made.superior,
            made.code,
            made.superior
        ));
    }
    Ok(Exit::Done)
}

fn paper(file: &Path) -> Result<PaperInput, ErrorDto> {
    Ok(PaperInput { base64: BASE64.encode(&files::read(file, LARGEST)?) })
}

async fn approve(client: &mut Client, common: &Common, file: &Path, code: Option<&str>, out: &Path) -> Outcome {
    let office = client.office(common).await?.id;
    let view: RequestView = client.ask("request.open", Some(&office), &paper(file)?).await?;
    let certificate = match (view.certificate, view.pending) {
        (Some(certificate), _) => certificate,
        (None, Some(pending)) => match code {
            Some(code) => compared(client, &office, &pending, code).await?,
            None => {
                asks(common, &pending);
                return Ok(Exit::Failed);
            }
        },
        (None, None) => return Err(ErrorDto::new("not_found")),
    };
    bundle::keep(&certificate, Some(out))?;
    if common.json {
        print::json(&serde_json::json!({ "file": out.display().to_string() }));
    } else {
        print::out(format!("证书已写入,请带回给对方 Certificate written: {}", out.display()));
    }
    Ok(Exit::Done)
}

/// The digits were typed as they were heard: that they are the same is the person's approval.
async fn compared(
    client: &mut Client,
    office: &str,
    pending: &PendingJoin,
    code: &str,
) -> Result<FileOutput, ErrorDto> {
    if digits(code) != digits(&pending.code) {
        return Err(ErrorDto::new("code_differs").at("code"));
    }
    client.ask("request.approve", Some(office), &IdInput { id: pending.id.clone() }).await
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Who asks. The digits are not printed: they are to be heard, and not copied from one line to the next.
fn asks(common: &Common, pending: &PendingJoin) {
    if common.json {
        print::json(&PendingJoin { code: String::new(), ..pending.clone() });
        return;
    }
    let holder = pending.holder.as_deref().unwrap_or("-");
    print::out(format!(
        "{} 申请加入(自报 {holder},电脑 {})\n请打电话,让对方念屏幕上的十五位数字,再加上 --code 运行同一条命令。\n\
         Call them, have the fifteen digits on their screen read out, and run this again with --code.",
        pending.office_name,
        pending.device.get(..8).unwrap_or(&pending.device),
    ));
}

async fn take(client: &mut Client, common: &Common, file: &Path) -> Outcome {
    let state: JoinState = client.ask("request.take", None, &paper(file)?).await?;
    if common.json {
        print::json(&state);
    } else {
        print::out(format!("已加入 Joined {}", state.superior.as_deref().unwrap_or_default()));
    }
    Ok(Exit::Done)
}
