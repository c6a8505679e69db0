//! `ybz doctor`: checks everything that is kept, and repairs what is damaged.

use ybz_app::dto::Nothing;
use ybz_app::dto::doctor::{CheckReport, RepairInput, RepairReport};

use super::Outcome;
use crate::args::Common;
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let report: Result<CheckReport, _> = client.ask("doctor.check", None, &Nothing {}).await;
    client.close().await;
    let report = report?;
    if common.json {
        print::json(&report);
    } else {
        print::out(print::doctor::report(&report));
    }
    Ok(if report.sound { Exit::Done } else { Exit::NotSound })
}

/// `ybz doctor --repair`
pub(super) async fn repair(common: &Common, book: Option<String>) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let report: Result<RepairReport, _> = client.ask("doctor.repair", None, &RepairInput { book }).await;
    client.close().await;
    let report = report?;
    if common.json {
        print::json(&report);
    } else {
        print::out(print::doctor::repaired(&report));
    }
    Ok(if report.sound { Exit::Done } else { Exit::NotSound })
}
