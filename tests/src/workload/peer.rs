//! A node in a process of its own: it serves on loopback and takes calls line by line.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use jiff::civil::Date;
use serde_json::{Value, json};
use ybz_app::ServeOptions;

use super::{Outcome, call, clock, village};

/// First argument of a process that is to be such a node.
pub const NODE_ARGUMENT: &str = "--node";

/// A node in another process.
pub struct Peer {
    child: Child,
    lines: BufReader<ChildStdout>,
    input: Option<ChildStdin>,
    /// Where it listens.
    pub addresses: Vec<String>,
}

impl Peer {
    /// Starts this program again as a node on a folder, living on a day. What it draws hangs on the seed, which must not
    /// be used twice on one folder.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(folder: &Path, today: Date, seed: u64) -> Outcome<Self> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut child = Command::new(program)
            .arg(NODE_ARGUMENT)
            .arg(folder)
            .args([today.to_string(), seed.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let input = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().ok_or("no pipe")?);
        let mut peer = Self { child, lines, input, addresses: Vec::new() };
        let ready = peer.read()?;
        peer.addresses =
            ready.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect();
        Ok(peer)
    }

    /// Calls the node for its only office.
    ///
    /// # Errors
    /// The failure of the call.
    pub fn call(&mut self, name: &str, input: Value) -> Outcome<Value> {
        let pipe = self.input.as_mut().ok_or("the node is gone")?;
        writeln!(pipe, "{}", json!([name, input])).map_err(|error| error.to_string())?;
        self.read()
    }

    fn read(&mut self) -> Outcome<Value> {
        let mut line = String::new();
        self.lines.read_line(&mut line).map_err(|error| error.to_string())?;
        let said: Value = serde_json::from_str(&line).map_err(|_| "the node ended".to_owned())?;
        match said.get("error") {
            Some(error) => Err(error.to_string()),
            None => Ok(said["answer"].clone()),
        }
    }

    /// Process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Lets it close its books and end.
    ///
    /// # Errors
    /// When it did not end well.
    pub fn stop(mut self) -> Outcome {
        self.input = None;
        let status = self.child.wait().map_err(|error| error.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("the node ended with {status}")) }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

/// Is such a node, until standard input ends. `arguments` follow [`NODE_ARGUMENT`].
///
/// # Errors
/// When it does not come up.
pub async fn serve_lines(arguments: &[String]) -> Outcome {
    let [folder, today, seed] = arguments else { return Err("a folder, a day and a seed".to_owned()) };
    clock::set_today(today.parse().map_err(|error| format!("{today}: {error}"))?);
    clock::seed_nodes(seed.parse().map_err(|error| format!("{seed}: {error}"))?, "node");
    let node = village::open(Path::new(folder))?;
    let options = ServeOptions { listen: Some(([127, 0, 0, 1], 0).into()), mdns: false };
    let addresses = node.serve(options).await.map_err(|error| error.to_string())?;
    let say = |value: Value| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{value}").and_then(|()| out.flush()).map_err(|error| error.to_string())
    };
    say(json!({"answer": addresses}))?;
    // This thread may wait: the network has threads of its own.
    for line in std::io::stdin().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let (name, input): (String, Value) = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        match call(&node, &name, input).await {
            Ok(answer) => say(json!({"answer": answer}))?,
            Err(error) => say(json!({"error": error}))?,
        }
    }
    node.shutdown().await;
    drop(node);
    // Work in the background still uses the database; a process must not end below it.
    village::wait_closed(Path::new(folder));
    Ok(())
}
