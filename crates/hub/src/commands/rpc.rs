//! `ybz rpc`: any query or command of the table.

use std::io::Read;

use serde_json::{Value, json};
use ybz_app::{ErrorDto, TABLE};

use super::Outcome;
use crate::args::{Common, Rpc};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

/// Calls that are about the node as a whole, or that start an office: none is chosen for them.
const OF_THE_NODE: &[&str] = &[
    "node.overview",
    "office.init",
    "settings.get",
    "settings.set",
    "date.read",
    "changes.wait",
    "join.start",
    "join.state",
    "request.make",
    "request.take",
    "bundle.import",
    "sync.leaves",
    "node.unlock",
    "key.status",
    "key.set_passphrase",
    "key.use_keychain",
    "key.recovery_sheet",
    "key.recover",
    "backup.status",
    "backup.make",
    "backup.schedule",
    "backup.verify",
    "backup.found",
    "backup.restore",
    "roles",
    "profile.list",
    "profile.save",
    "profile.remove",
    "profile.choose",
    "profile.lock",
    "profile.lock_after",
    "log.list",
    "log.verify",
    "log.anchors",
    "log.export",
    "doctor.check",
    "doctor.repair",
    "root.renew",
    "tree.take",
];

pub(super) async fn run(common: &Common, rpc: Rpc) -> Outcome {
    let Some(name) = rpc.name.filter(|_| !rpc.list) else {
        list(common.json);
        return Ok(Exit::Done);
    };
    let input = input(rpc.input.as_deref())?;
    let mut client = Client::reach(common, Books::Kept).await?;
    let answer = call(&mut client, common, &name, input).await;
    client.close().await;
    print::json(&answer?);
    Ok(Exit::Done)
}

async fn call(client: &mut Client, common: &Common, name: &str, input: Value) -> Result<Value, ErrorDto> {
    let of_the_node = OF_THE_NODE.contains(&name) || !TABLE.iter().any(|entry| entry.name == name);
    let office = match &common.meant {
        None if of_the_node => None,
        _ => Some(client.office(common).await?.id),
    };
    client.call(name, office.as_deref(), input).await
}

fn input(text: Option<&str>) -> Result<Value, ErrorDto> {
    let invalid = |error: &dyn std::fmt::Display| ErrorDto::new("json_invalid").with("detail", error);
    let read = match text {
        None => return Ok(json!({})),
        Some("-") => {
            let mut read = String::new();
            std::io::stdin().lock().read_to_string(&mut read).map_err(|error| invalid(&error))?;
            read
        }
        Some(text) => text.to_owned(),
    };
    serde_json::from_str(&read).map_err(|error| invalid(&error))
}

fn list(as_json: bool) {
    if as_json {
        let rows = TABLE.iter().map(|entry| {
            let (input, output) = entry.types();
            json!({ "name": entry.name, "kind": entry.kind, "input": input, "output": output, "tags": entry.tags })
        });
        print::json(&rows.collect::<Vec<_>>());
        return;
    }
    let widest = TABLE.iter().map(|entry| entry.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for entry in TABLE {
        let (input, output) = entry.types();
        text.push_str(&format!("{:<widest$}  {input} -> {output}\n", entry.name));
    }
    print::out(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_json_and_empty_when_left_out() {
        assert_eq!(input(None).unwrap(), json!({}));
        assert_eq!(input(Some("{\"year\": 2026}")).unwrap(), json!({"year": 2026}));
        assert_eq!(input(Some("year=2026")).unwrap_err().code, "json_invalid");
    }

    #[test]
    fn calls_of_the_node_are_in_the_table() {
        for name in OF_THE_NODE {
            assert!(TABLE.iter().any(|entry| entry.name == *name), "{name}");
        }
    }

    #[test]
    fn whatever_runs_on_the_node_has_no_office_chosen_for_it() {
        // How an entry runs is no affair of hosts, so the table does not tell: its text does.
        let text = include_str!("../../../app/src/table.rs");
        let mut seen = 0;
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let (name, kind, how) = (words.next(), words.next(), words.next());
            let name = name.unwrap_or_default().trim_matches('"');
            if !matches!(kind, Some("Query" | "Command")) || !TABLE.iter().any(|entry| entry.name == name) {
                continue;
            }
            seen += 1;
            match how {
                Some("node" | "seat") => assert!(OF_THE_NODE.contains(&name), "{name}"),
                Some("books" | "plain") => assert!(!OF_THE_NODE.contains(&name), "{name}"),
                _ => {}
            }
        }
        assert_eq!(seen, TABLE.len());
    }
}
