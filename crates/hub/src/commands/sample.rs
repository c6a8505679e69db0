//! `ybz sample`: the made-up office that is never delivered.

use serde_json::json;
use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::node::SampleMade;

use super::Outcome;
use crate::args::{Common, Sample};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, sample: Sample) -> Outcome {
    let mut client = Client::reach(common, Books::KeptOrNew).await?;
    let done = match sample {
        Sample::Make => make(&mut client).await.map(Some),
        Sample::Remove => client.ask::<Nothing>("sample.remove", None, &Nothing {}).await.map(|_| None),
    };
    client.close().await;
    match (done?, common.json) {
        (made, true) => print::json(&json!({ "office": made.map(|made| made.office) })),
        (Some(made), false) => print::out(format!(
            "示例已做好 The sample is there: {}\n看它:--for 示例村党支部,或在窗口左上角选它。Name it with --for, or choose it in the window.",
            made.office
        )),
        (None, false) => print::out("示例已删除。The sample is gone."),
    }
    Ok(Exit::Done)
}

async fn make(client: &mut Client) -> Result<SampleMade, ErrorDto> {
    client.ask("sample.make", None, &Nothing {}).await
}
