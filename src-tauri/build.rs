//! Readies what the window embeds.
//!
//! The page is built by npm into `ui/dist`. On a bare checkout that folder does not exist yet; a placeholder keeps
//! `cargo build` and `cargo clippy` working there and tells a person what to run.

use std::{fs, io, path::Path};

const PLACEHOLDER: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>一本账</title>\
<body><p>界面还没有构建:请先在 ui 目录运行 npm ci 和 npm run build,再重新编译。</p></body></html>\n";

fn main() -> io::Result<()> {
    let dist = Path::new("../ui/dist");
    println!("cargo:rerun-if-changed={}", dist.display());
    let page = dist.join("index.html");
    if !page.exists() {
        fs::create_dir_all(dist)?;
        fs::write(&page, PLACEHOLDER)?;
    }
    tauri_build::try_build(tauri_build::Attributes::new()).map_err(io::Error::other)
}
