//! `ybz`: the headless node and command line of 一本账, over `ybz-app`.
//!
//! `args` is what people type, `client` the way to the node (one that runs, or the database itself), `commands` one file
//! a command, `print` what they say; `bridge` shows the interface in a browser. The library beside it holds the door through which
//! commands reach a running node. Nothing here decides anything about ledgers.

mod args;
mod bridge;
mod client;
mod commands;
mod exit;
mod pin;
mod print;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::Arguments;
use exit::Exit;

/// What is logged without `YBZ_LOG`: our own warnings, and only errors of the network's inner layers.
const QUIET: &str = "warn,noq=error,noq_proto=error,iroh=error";

fn main() {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_env("YBZ_LOG").unwrap_or_else(|_| EnvFilter::new(QUIET));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    let json = arguments.common.json || matches!(arguments.command, args::Command::Rpc(_));
    let result = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => {
            let result = runtime.block_on(commands::run(arguments));
            // Work that still waits for time or the network is not waited for; what a thread has begun may end.
            runtime.shutdown_timeout(std::time::Duration::from_secs(2));
            result
        }
        Err(error) => Err(ybz_app::ErrorDto::new("internal").with("what", "runtime").with("detail", error)),
    };
    let exit = result.unwrap_or_else(|error| {
        print::failure::say(&error, json);
        Exit::Failed
    });
    ybz_app::host::end_process(exit.number())
}
