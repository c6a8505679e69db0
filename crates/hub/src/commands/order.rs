//! `ybz order`: moves, mergers and dissolutions of offices below.

use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::order::{OrderInput, OrderKind, OrderPreview};
use ybz_app::dto::sync::OrgNode;

use super::Outcome;
use crate::args::{Common, Order};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, order: Order) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let given = give(&mut client, common, order).await;
    client.close().await;
    let preview = given?;
    if common.json {
        print::json(&preview);
        return Ok(Exit::Done);
    }
    let to = preview.to.as_deref().unwrap_or("—");
    print::out(format!("已下达:{} → {to},自 {} 起。 Ordered, from that day.", preview.office, preview.from));
    if let Some(former) = &preview.former {
        print::note(format!("{former} 保留已有的资料,以后的不再收到。 It keeps what it has and gets nothing new."));
    }
    Ok(Exit::Done)
}

async fn give(client: &mut Client, common: &Common, order: Order) -> Result<OrderPreview, ErrorDto> {
    let mine = client.office(common).await?.id;
    let tree: Vec<OrgNode> = client.ask("org.tree", Some(&mine), &Nothing {}).await?;
    let named = |text: &str| {
        let fits = |node: &&OrgNode| node.name == text || node.id.as_deref() == Some(text);
        let mut fitting = tree.iter().filter(fits).filter_map(|node| node.id.clone());
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Ok(only),
            _ => {
                let known: Vec<&str> = tree.iter().map(|node| node.name.as_str()).collect();
                Err(ErrorDto::new("office_not_below").with("office", text).with("known", known.join("、")))
            }
        }
    };
    let (kind, office, to, from) = match order {
        Order::Move { office, to, from } => (OrderKind::Move, office, Some(to), from),
        Order::Merge { office, into, from } => (OrderKind::Merge, office, Some(into), from),
        Order::Dissolve { office, from } => (OrderKind::Dissolve, office, None, from),
    };
    let input = OrderInput { kind, office: named(&office)?, to: to.as_deref().map(named).transpose()?, from };
    let preview = client.ask("order.preview", Some(&mine), &input).await?;
    client.ask::<Nothing>("order.give", Some(&mine), &input).await?;
    Ok(preview)
}
