//! The window of 一本账: a web view, one `rpc` command, and nothing that decides anything.
//!
//! `main` reads the arguments and says why where no window can be shown; `display` finds that out; `node` is the only file
//! that knows how the node is opened; `rpc` is the bridge that the page calls; `notice` shows the day's summary; `window`
//! draws the window and saves files.
//! Whatever fails on the way to an open node is answered to the page, which can say it in Chinese, instead of ending
//! the program.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod display;
mod node;
mod notice;
mod rpc;
mod window;

use clap::Parser;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::Manager;

/// The window failed for another reason.
const FAILED: u8 = 1;
/// There is no display that the window could be shown on.
const NO_DISPLAY: u8 = 5;

/// 一本账 in a window.
#[derive(Debug, Parser)]
#[command(
    name = "yibenzhang",
    version,
    after_help = "Ends with 0 when the window is closed, 1 when it cannot be opened, 2 for unknown options, \
                  5 when there is no display."
)]
struct Arguments {
    /// Folder with the books [default: the user's application data folder]
    #[arg(long, value_name = "DIR", env = "YBZ_DATA")]
    data: Option<PathBuf>,
    /// Do not look for other computers
    #[arg(long)]
    offline: bool,
    /// File with the key of the books; without it the system's keychain is asked
    #[arg(long, value_name = "FILE", env = "YBZ_KEY_FILE")]
    key_file: Option<PathBuf>,
}

fn main() {
    let arguments = Arguments::parse();
    let ended = match display::missing() {
        None => run(arguments).map_err(|message| (message, FAILED)),
        Some(message) => Err((message, NO_DISPLAY)),
    };
    let code = ended.err().map_or(0, |(message, code)| {
        complain(&message);
        code
    });
    ybz_app::host::end_process(code)
}

/// Shows the window until the person closes it, then closes the books in order.
fn run(arguments: Arguments) -> Result<(), String> {
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![rpc::rpc, notice::notify])
        .build(tauri::generate_context!())
        .map_err(|error| cannot(&error))?;
    let data = match arguments.data {
        Some(data) => std::path::absolute(data).map_err(|error| cannot(&error))?,
        None => app.path().app_data_dir().map_err(|error| cannot(&error))?,
    };
    // The node's own tasks run where Tauri's do.
    let open = node::Open::new(data.clone(), arguments.key_file, arguments.offline);
    let open = Arc::new(tauri::async_runtime::block_on(open));
    app.manage(rpc::Opened(open.clone()));
    window::show(app.handle(), &data).map_err(|error| cannot(&error))?;
    app.run_return(|_, _| {});
    tauri::async_runtime::block_on(open.close());
    Ok(())
}

fn cannot(error: &dyn std::fmt::Display) -> String {
    format!("窗口打不开 (cannot open the window): {error}")
}

#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
fn complain(message: &str) {
    eprintln!("yibenzhang: {message}");
}
