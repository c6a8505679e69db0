//! `ybz ui-url`: lets another browser of this machine in.

use serde_json::json;
use ybz_app::ErrorDto;
use ybz_hub::socket::{Line, SocketKey};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, key};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common) -> Outcome {
    let data = common.data();
    let key = SocketKey::of(&key(common, Books::Kept)?);
    let line = Line::reach(data, &key).await?;
    let mut line = line.ok_or_else(|| ErrorDto::new("node_not_running").with("data", data.display()))?;
    let url = line.ui_url().await?;
    if common.json {
        print::json(&json!({ "ui": url }));
    } else {
        print::out(url.as_str().unwrap_or_default());
    }
    Ok(Exit::Done)
}
