//! `ybz doctor`: checks everything that is kept.

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

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
