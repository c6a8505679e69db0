//! A machine with folders of books, and the program run on them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) struct Machine {
    dir: TempDir,
}

/// What a command printed and how it ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        Self { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\nout: {}\nerr: {}", self.out, self.err))
    }

    /// The JSON of a command that did its work.
    pub(crate) fn done(&self) -> Value {
        assert_eq!(self.code, 0, "out: {}\nerr: {}", self.out, self.err);
        self.json()
    }
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder for the test") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The program on the books of `who`.
    pub(crate) fn command(&self, who: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ybz"));
        command.args(args).arg("--data").arg(self.path(who)).arg("--key-file").arg(self.path(&format!("{who}.key")));
        // Neighbours are not looked for; memory that is freed is overwritten, so that whoever still uses it fails.
        command.env_clear().env("YBZ_MDNS", "off").env("MALLOC_PERTURB_", "165");
        command.env("YBZ_BOOT_DIR", self.path("boot")).env("XDG_RUNTIME_DIR", self.path("run"));
        command.current_dir(self.dir.path()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn ybz(&self, who: &str, args: &[&str]) -> Ended {
        Ended::of(&self.command(who, args).output().expect("the program starts"))
    }

    /// The program fed from standard input.
    pub(crate) fn feed(&self, who: &str, args: &[&str], input: &str) -> Ended {
        let mut child = self.command(who, args).stdin(Stdio::piped()).spawn().expect("the program starts");
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ended::of(&child.wait_with_output().unwrap())
    }

    /// Starts an office.
    pub(crate) fn init(&self, who: &str, name: &str, kind: &str) -> Value {
        self.ybz(who, &["init", "--office", name, "--kind", kind, "--json"]).done()
    }

    /// Runs the node of `who` until the test drops it.
    pub(crate) fn serve(&self, who: &str, more: &[&str]) -> Process {
        let mut args = vec!["serve", "--listen", "127.0.0.1:0"];
        args.extend(more);
        let mut process = Process::start(&mut self.command(who, &args));
        let ready = process.line();
        let mut words = ready.split(' ');
        assert_eq!(words.next(), Some("ready"), "{ready}");
        process.ready =
            words.filter_map(|word| word.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect();
        process
    }
}

/// A command that goes on.
pub(crate) struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// What the ready line says.
    pub(crate) ready: BTreeMap<String, String>,
}

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, ready: BTreeMap::new() }
    }

    /// The next line that it prints; waits for it.
    pub(crate) fn line(&mut self) -> String {
        match self.lines.next() {
            Some(line) => line.unwrap(),
            None => {
                let mut err = String::new();
                std::io::Read::read_to_string(self.child.stderr.as_mut().unwrap(), &mut err).unwrap();
                panic!("it ended: {err}")
            }
        }
    }

    /// Sends a signal; it has to end by itself.
    pub(crate) fn signal(&mut self, signal: &str) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.wait()
    }

    pub(crate) fn wait(&mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
