//! `ybz doctor`: checks everything that is kept.

use serde_json::Value;
use ybz_app::{ErrorDto, Node};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Has a node that is open here check everything.
///
/// # Errors
/// What kept it from checking; what it found wrong is in the report.
pub(crate) async fn examine(node: &Node) -> Result<Value, ErrorDto> {
    let node = node.clone();
    let report = tokio::task::spawn_blocking(move || node.doctor()).await;
    let odd = |error: &dyn std::fmt::Display| ErrorDto::new("internal").with("what", "doctor").with("detail", error);
    let report = report.map_err(|error| odd(&error))??;
    serde_json::to_value(report).map_err(|error| odd(&error))
}

pub(super) async fn run(common: &Common) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let report = client.doctor().await;
    client.close().await;
    let report = report?;
    if common.json {
        print::json(&report);
    } else {
        print::out(print::doctor::report(&report));
    }
    Ok(if print::doctor::sound(&report) { Exit::Done } else { Exit::NotSound })
}
