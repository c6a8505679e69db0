//! `ybz rpc`: any query or command of the table.

use std::io::Read;

use serde_json::{Value, json};
use ybz_app::{ErrorDto, TABLE};

use super::Outcome;
use crate::args::{Common, Rpc};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;

pub(super) async fn run(common: &Common, rpc: Rpc) -> Outcome {
    let Some(name) = rpc.name.filter(|_| !rpc.list) else {
        list(common.json);
        return Ok(Exit::Done);
    };
    // What is given as an argument is looked at before anybody is asked for a passphrase; standard input, on which that may
    // come first, behind it.
    let given = rpc.input.as_deref().filter(|text| *text != "-").map(parse).transpose()?;
    let mut client = Client::reach(common, Books::Kept).await?;
    let input = match (given, &rpc.input) {
        (Some(given), _) => Ok(given),
        (None, Some(_)) => piped(),
        (None, None) => Ok(json!({})),
    };
    let answer = match input {
        Ok(input) => call(&mut client, common, &name, input).await,
        Err(error) => Err(error),
    };
    client.close().await;
    print::json(&answer?);
    Ok(Exit::Done)
}

async fn call(client: &mut Client, common: &Common, name: &str, input: Value) -> Result<Value, ErrorDto> {
    let of_an_office = TABLE.iter().any(|entry| entry.name == name && entry.of_an_office());
    let office = match &common.meant {
        None if !of_an_office => None,
        _ => Some(client.office(common).await?.id),
    };
    client.call(name, office.as_deref(), input).await
}

fn invalid(error: &dyn std::fmt::Display) -> ErrorDto {
    ErrorDto::new("json_invalid").with("detail", error)
}

fn parse(text: &str) -> Result<Value, ErrorDto> {
    serde_json::from_str(text).map_err(|error| invalid(&error))
}

fn piped() -> Result<Value, ErrorDto> {
    let mut read = String::new();
    std::io::stdin().lock().read_to_string(&mut read).map_err(|error| invalid(&error))?;
    parse(&read)
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
    fn an_input_is_json() {
        assert_eq!(parse("{\"year\": 2026}").unwrap(), json!({"year": 2026}));
        assert_eq!(parse("year=2026").unwrap_err().code, "json_invalid");
    }
}
