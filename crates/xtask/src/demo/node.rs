//! One node: a data directory that only `ybz` processes open. What they say is JSON; how they fail is a coded error.

use crate::{Outcome, command::command};
use serde_json::Value;
use std::{
    fs::OpenOptions,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

/// No command of the demo takes nearly as long; one that hangs is ended and named.
const LIMIT: Duration = Duration::from_secs(180);
/// A node is ready long before that.
const READY: Duration = Duration::from_secs(60);
/// A node that was asked to end has ended long before that.
const END: Duration = Duration::from_secs(10);

/// A directory with the books of one office.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// What the office is called.
    pub(super) name: String,
    /// The data directory.
    pub(super) data: PathBuf,
    /// The key file.
    pub(super) key: PathBuf,
    /// Where boot tokens stand.
    pub(super) boot: PathBuf,
    /// What its long-running process says beside its results.
    pub(super) log: PathBuf,
    /// The program.
    pub(super) ybz: PathBuf,
    /// The folder that commands run in.
    pub(super) root: PathBuf,
}

/// How a command ended and what it printed.
struct Ended {
    status: ExitStatus,
    out: String,
    err: String,
}

impl Node {
    /// A program on these books.
    pub(super) fn program(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = command(program, args, &self.root);
        // A demo looks for nobody on the local network.
        command.env("YBZ_MDNS", "off");
        command.env("YBZ_DATA", &self.data).env("YBZ_KEY_FILE", &self.key).env("YBZ_BOOT_DIR", &self.boot);
        command
    }

    fn ybz(&self, args: &[&str]) -> Command {
        self.program(&self.ybz, args)
    }

    /// Runs a command and reads the JSON value that it prints.
    ///
    /// # Errors
    /// The command with its exit code and coded error.
    pub(super) fn json(&self, args: &[&str]) -> Outcome<Value> {
        self.json_with(args, &[0]).map(|(value, _)| value)
    }

    /// The same for a command that may end with any of these exit codes.
    ///
    /// # Errors
    /// The command with its exit code and coded error.
    pub(super) fn json_with(&self, args: &[&str], codes: &[i32]) -> Outcome<(Value, i32)> {
        let mut whole = args.to_vec();
        whole.push("--json");
        let ended = end(self.ybz(&whole)).map_err(|reason| self.failed(args, &reason))?;
        self.value(args, &ended, codes)
    }

    /// Runs a query or command of the table.
    ///
    /// # Errors
    /// The call with its coded error.
    pub(super) fn call(&self, name: &str, input: &Value) -> Outcome<Value> {
        self.json(&["rpc", name, &input.to_string()])
    }

    /// Runs a call that must be refused, and gives the code of its error.
    ///
    /// # Errors
    /// When it is not refused.
    pub(super) fn refused(&self, name: &str, input: &Value) -> Outcome<String> {
        let input = input.to_string();
        let args = ["rpc", name, &input];
        let ended = end(self.ybz(&args)).map_err(|reason| self.failed(&args, &reason))?;
        match coded(&ended.out) {
            Some(error) if !ended.status.success() => Ok(text(&error, "/code").to_owned()),
            _ => Err(self.failed(&args, &format!("should have been refused, but ended with {}", ended.status))),
        }
    }

    /// Starts a call and kills its process before it ends. Tries again when the process was faster.
    ///
    /// # Errors
    /// When it does not start, or was faster every time.
    pub(super) fn killed(&self, name: &str, input: &Value) -> Outcome<u32> {
        let args = ["rpc", name, "-"];
        for patience in [20, 10, 5, 2, 0] {
            let mut command = self.ybz(&args);
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().map_err(|error| self.failed(&args, &error.to_string()))?;
            let id = child.id();
            if let Some(mut pipe) = child.stdin.take() {
                // It may be gone already; then this is not the try that counts.
                let _ = pipe.write_all(input.to_string().as_bytes());
            }
            // Not a wait for anything: the moment of its death is meant to be arbitrary.
            thread::sleep(Duration::from_millis(patience));
            let _ = child.kill();
            let status = child.wait().map_err(|error| self.failed(&args, &error.to_string()))?;
            if status.code().is_none() || (cfg!(not(unix)) && !status.success()) {
                return Ok(id);
            }
        }
        Err(self.failed(&args, "ended before it could be killed"))
    }

    /// Starts the node and waits until it is ready.
    ///
    /// # Errors
    /// Why it is not.
    pub(super) fn serve(&self, args: &[&str]) -> Outcome<Served> {
        let mut whole = vec!["serve", "--json"];
        whole.extend_from_slice(args);
        let failed = |reason: &str| self.failed(&whole, reason);
        let log = OpenOptions::new().create(true).append(true).open(&self.log);
        let log = log.map_err(|error| failed(&format!("{}: {error}", self.log.display())))?;
        let mut command = self.ybz(&whole);
        command.stdout(Stdio::piped()).stderr(log);
        let mut running = Running::start(command).map_err(|reason| failed(&reason))?;
        let lines = running.child.stdout.take().map(lines).ok_or_else(|| failed("has no output"))?;
        let first = lines.recv_timeout(READY).map_err(|_| {
            failed(&format!("was not ready\n{}", std::fs::read_to_string(&self.log).unwrap_or_default().trim_end()))
        })?;
        let ready: Value = serde_json::from_str(&first).map_err(|_| failed(&format!("said: {first}")))?;
        if let Some(error) = coded(&first) {
            return Err(failed(&in_words(&error)));
        }
        let listen = list(&ready, "/listen").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let ui = ready.pointer("/ui").and_then(Value::as_str).map(str::to_owned);
        Ok(Served { running, lines, listen, ui })
    }

    fn value(&self, args: &[&str], ended: &Ended, codes: &[i32]) -> Outcome<(Value, i32)> {
        let code = ended.status.code().unwrap_or(-1);
        if codes.contains(&code) {
            let last = ended.out.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("null");
            let value =
                serde_json::from_str(last).map_err(|error| self.failed(args, &format!("said no JSON: {error}")))?;
            return Ok((value, code));
        }
        let said = match coded(&ended.out) {
            Some(error) => in_words(&error),
            None => format!("{}\n{}", cut(ended.out.trim(), 1500), cut(ended.err.trim(), 1500)).trim().to_owned(),
        };
        Err(self.failed(args, &format!("ended with {}\n  {said}", ended.status)))
    }

    fn failed(&self, args: &[&str], reason: &str) -> String {
        format!("{}: ybz {} --data {}\n  {reason}", self.name, cut(&args.join(" "), 300), self.data.display())
    }
}

/// The error that a command printed as JSON.
fn coded(out: &str) -> Option<Value> {
    let last = out.lines().rev().find(|line| !line.trim().is_empty())?;
    serde_json::from_str::<Value>(last).ok()?.pointer("/err").cloned()
}

/// `[code] at field: name=value, …`
fn in_words(error: &Value) -> String {
    let mut words = format!("[{}]", text(error, "/code"));
    if let Some(field) = error.pointer("/field").and_then(Value::as_str) {
        words.push_str(&format!(" at {field}"));
    }
    for (name, value) in error.pointer("/params").and_then(Value::as_object).into_iter().flatten() {
        words.push_str(&format!(" {name}={}", value.as_str().unwrap_or_default()));
    }
    words
}

/// Runs a command to its end, at most `LIMIT` long.
fn end(mut command: Command) -> Outcome<Ended> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running::start_unguarded(command)?;
    let (Some(out), Some(err)) = (running.child.stdout.take(), running.child.stderr.take()) else {
        return Err("has no output".to_owned());
    };
    let (out, err) = (whole(out), whole(err));
    let until = Instant::now() + LIMIT;
    let mut take = |from: Receiver<String>| {
        from.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|_| {
            let _ = running.child.kill();
            format!("did not end within {} seconds", LIMIT.as_secs())
        })
    };
    let (out, err) = (take(out)?, take(err)?);
    let status = running.child.wait().map_err(|error| error.to_string())?;
    Ok(Ended { status, out, err })
}

/// Reads all on a thread of its own, so that neither channel of a program is ever full.
fn whole(mut from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

/// Reads line by line on a thread of its own.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// A node that runs. It ends with this value.
#[derive(Debug)]
pub(super) struct Served {
    running: Running,
    lines: Receiver<String>,
    /// Where other devices reach it.
    pub(super) listen: Vec<String>,
    /// Where a browser reaches it, once.
    pub(super) ui: Option<String>,
}

impl Served {
    /// Asks it to end, and waits until it has.
    pub(super) fn stop(mut self) {
        self.running.ask();
        let until = Instant::now() + END;
        // Its output ends when it does.
        while self.lines.recv_timeout(until.saturating_duration_since(Instant::now())).is_ok() {}
    }
}

/// A process that ends with this value, and also when this program is killed.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    guard: Option<(Child, Option<ChildStdin>)>,
}

impl Running {
    /// Starts it.
    ///
    /// # Errors
    /// When it does not start.
    pub(super) fn start(command: Command) -> Outcome<Self> {
        let mut running = Self::start_unguarded(command)?;
        running.guard = guard(running.child.id());
        Ok(running)
    }

    /// Starts a command that ends by itself.
    fn start_unguarded(mut command: Command) -> Outcome<Self> {
        let child = command.spawn().map_err(|error| format!("does not start: {error}"))?;
        Ok(Self { child, guard: None })
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// When waiting fails.
    pub(super) fn wait(&mut self) -> Outcome<ExitStatus> {
        self.child.wait().map_err(|error| error.to_string())
    }

    /// Asks it to end.
    fn ask(&mut self) {
        match &mut self.guard {
            // The guard hears the end of this pipe and passes it on.
            Some((_, pipe)) => drop(pipe.take()),
            None => {
                let _ = self.child.kill();
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some((mut guard, pipe)) = self.guard.take() {
            // It only waits for its pipe. It must not end a stranger who got the number of our process.
            let _ = guard.kill();
            drop(pipe);
            let _ = guard.wait();
        }
    }
}

/// A shell that outlives this program by a moment: when our end of its pipe is gone, however that came, it asks the
/// process to end. Without it, a demo that is killed would leave nodes behind.
fn guard(process: u32) -> Option<(Child, Option<ChildStdin>)> {
    if cfg!(not(unix)) {
        return None;
    }
    let script = "trap '' INT HUP TERM; read -r _; kill -TERM \"$0\" 2>/dev/null";
    let mut command = command("sh", &["-c", script, &process.to_string()], Path::new("/"));
    let mut guard = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let pipe = guard.stdin.take();
    Some((guard, pipe))
}

/// Text at a place, or nothing.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// A number at a place, or 0.
pub(super) fn number(value: &Value, pointer: &str) -> i64 {
    value.pointer(pointer).and_then(Value::as_i64).unwrap_or_default()
}

/// A list at a place, or an empty one.
pub(super) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// At most so many characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coded_error_is_said_with_its_field_and_values() {
        let said = "{\"x\":1}\n{\"err\":{\"code\":\"date_far\",\"field\":\"date\",\"params\":{\"text\":\"0305\"}}}\n";
        assert_eq!(in_words(&coded(said).unwrap()), "[date_far] at date text=0305");
        assert!(coded("{\"id\":1}").is_none() && coded("").is_none());
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(cut("夜谈走访", 2), "夜谈…");
        assert_eq!(cut("夜谈", 2), "夜谈");
    }

    #[cfg(unix)]
    #[test]
    fn a_guarded_process_ends_when_it_is_asked_to() {
        let mut running = Running::start(command("sleep", &["60"], Path::new("/"))).unwrap();
        running.ask();
        let status = running.wait().unwrap();
        assert!(status.code().is_none(), "ended by a signal: {status}");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_command_says_is_kept_apart() {
        let ended = end(command("sh", &["-c", "echo one; echo two >&2; exit 4"], Path::new("/"))).unwrap();
        assert_eq!((ended.out.trim(), ended.err.trim(), ended.status.code()), ("one", "two", Some(4)));
    }
}
