//! `ybz serve`: runs the node until it is stopped.

use std::sync::Arc;

use serde_json::json;
use ybz_app::{ServeOptions, host};
use ybz_hub::socket::{Door, Mint, Served, SocketKey};

use super::Outcome;
use super::stop::Stop;
use crate::args::{Common, Serve};
use crate::bridge::{Bridge, Entrance};
use crate::client::{Books, Client, key, open};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, serve: Serve) -> Outcome {
    let data = common.data();
    let key = key(common, Books::KeptOrNew)?;
    let socket_key = SocketKey::of(&key);
    let node = open(common, key, Books::KeptOrNew).await?;
    let bridge = match serve.ui {
        Some(address) => Some(Bridge::listen(address).await?),
        None => None,
    };
    let door = Door::open(data)?;
    // Who listens on this machine alone has no neighbours to look for.
    let mdns = host::may_look_around() && serve.listen.is_none_or(|listen| !listen.ip().is_loopback());
    let addresses = node.serve(ServeOptions { listen: serve.listen, mdns }).await?;
    let offices = Client::here(node.clone()).overview().await?.offices;
    let entrance = bridge.as_ref().map(|bridge| bridge.entrance.clone());

    let mut tasks = tokio::task::JoinSet::new();
    let mint = entrance.clone().map(|entrance| -> Mint { Arc::new(move || entrance.mint()) });
    tasks.spawn(door.answer(Served { node: node.clone(), mint }, socket_key));
    if let Some(bridge) = bridge {
        let node = node.clone();
        tasks.spawn(async move {
            if let Err(error) = bridge.run(node).await {
                tracing::error!(%error, "the bridge ended");
            }
        });
    }
    let offices: Vec<String> = offices.into_iter().filter(|office| !office.sample).map(|office| office.id).collect();
    // Whoever reads the ready line may stop the node at once.
    let mut stop = Stop::listen()?;
    say_ready(common.json, &addresses, entrance.as_deref(), &offices);
    stop.wait().await;
    // Dropping the tasks closes the door and the bridge, also for a browser that waits for changes.
    tasks.shutdown().await;
    node.close().await;
    Ok(Exit::Done)
}

fn say_ready(as_json: bool, addresses: &[String], entrance: Option<&Entrance>, offices: &[String]) {
    let ui = entrance.map(Entrance::mint);
    if as_json {
        print::json(&json!({ "listen": addresses, "ui": ui, "offices": offices }));
        return;
    }
    let list = |items: &[String]| if items.is_empty() { "-".to_owned() } else { items.join(",") };
    let ui = ui.as_deref().unwrap_or("-");
    print::out(format!("ready listen={} ui={ui} office={}", list(addresses), list(offices)));
}
