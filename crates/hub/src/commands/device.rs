//! `ybz device`: who serves this office, and how that ends.

use ybz_app::ErrorDto;
use ybz_app::dto::device::{Decided, DeviceInput, DeviceRow, RemoveInput, RemovePreview};

use super::Outcome;
use crate::args::{Common, Device};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, device: Device) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = act(&mut client, common, device).await;
    client.close().await;
    done
}

async fn act(client: &mut Client, common: &Common, device: Device) -> Outcome {
    let office = client.office(common).await?.id;
    let rows: Vec<DeviceRow> = client.ask("device.list", Some(&office), &serde_json::json!({})).await?;
    let named = |id: &str| find(&rows, id);
    let input = |row: &DeviceRow| DeviceInput { office: Some(row.office.clone()), device: row.device.clone() };
    match device {
        Device::List if common.json => print::json(&rows),
        Device::List => print::out(print::device::list(&rows)),
        Device::Remove { device, until, yes } => {
            let row = named(&device)?;
            let input = RemoveInput { office: Some(row.office.clone()), device: row.device.clone(), until };
            let preview: RemovePreview = client.ask("device.remove_preview", Some(&office), &input).await?;
            if yes {
                client.ask::<serde_json::Value>("device.remove", Some(&office), &input).await?;
            }
            match (common.json, yes) {
                (true, _) => print::json(&preview),
                (false, true) => print::out("已移除 Removed"),
                (false, false) => {
                    print::out(print::device::preview(&preview));
                    print::note(
                        "还没有移除。确认无误后加上 --yes 再运行。\nNothing was removed. Run it again with --yes.",
                    );
                }
            }
        }
        Device::Suspend { device } => {
            let row = named(&device)?;
            client.ask::<serde_json::Value>("device.suspend", Some(&office), &input(row)).await?;
            print::out(
                "已暂停:它不能再登记别的电脑,写的内容照常算数。\nSuspended: it registers nobody more; what it writes counts.",
            );
        }
        Device::Adopt { device } => {
            let done: Decided = client.ask("device.adopt", Some(&office), &input(named(&device)?)).await?;
            say(common, &done, "条已采纳 changes adopted");
        }
        Device::Discard { device } => {
            let done: Decided = client.ask("device.discard", Some(&office), &input(named(&device)?)).await?;
            say(common, &done, "条已弃用 changes discarded");
        }
    }
    Ok(Exit::Done)
}

fn say(common: &Common, done: &Decided, words: &str) {
    if common.json {
        print::json(done);
    } else {
        print::out(format!("{}{words}", done.changes));
    }
}

/// The device that an id, or its beginning, names; more than one is none.
fn find<'a>(rows: &'a [DeviceRow], id: &str) -> Result<&'a DeviceRow, ErrorDto> {
    let id = id.trim().to_lowercase();
    let mut found = rows.iter().filter(|row| id.len() >= 8 && row.device.starts_with(&id));
    match (found.next(), found.next()) {
        (Some(row), None) => Ok(row),
        _ => Err(ErrorDto::new("not_found").at("device")),
    }
}
