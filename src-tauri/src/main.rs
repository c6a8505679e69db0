//! The window of 一本账: a web view, one `rpc` command, and nothing that decides anything.
//!
//! `main` reads the arguments and refuses early where no window can be shown; `node` is the only file that knows the
//! `ybz-app` crate; `rpc` is the bridge that the page calls; `window` draws the window and saves files.
//! Whatever fails on the way to an open node is answered to the page, which can say it in Chinese, instead of ending
//! the program.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod node;
mod rpc;
mod window;

use clap::Parser;
use std::{path::PathBuf, process::ExitCode};
use tauri::Manager;

/// 一本账 in a window.
#[derive(Debug, Parser)]
#[command(name = "yibenzhang", version)]
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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match no_screen().map_or_else(|| run(arguments), Err) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            complain(&message);
            ExitCode::FAILURE
        }
    }
}

/// Shows the window until the person closes it.
fn run(arguments: Arguments) -> Result<(), String> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            let data = match arguments.data {
                Some(data) => std::path::absolute(data)?,
                None => app.path().app_data_dir()?,
            };
            // The node's own tasks run where Tauri's do.
            let opened = tauri::async_runtime::block_on(async {
                let node = node::open(data.clone(), arguments.key_file.as_deref())?;
                if !arguments.offline {
                    node::serve(&node).await;
                }
                Ok(node)
            });
            app.manage(rpc::Opened(opened));
            window::show(app.handle(), &data)?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .map_err(|error| format!("窗口打不开 (cannot open the window): {error}"))
}

/// Why no window can be shown here, if so: GTK would end the program without a word that helps.
fn no_screen() -> Option<String> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    (cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY")).then(|| {
        "没有图形界面 (DISPLAY and WAYLAND_DISPLAY are not set). \
         请在桌面中运行,或运行 `ybz serve --ui` 后用浏览器打开。"
            .to_owned()
    })
}

#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
fn complain(message: &str) {
    eprintln!("yibenzhang: {message}");
}
