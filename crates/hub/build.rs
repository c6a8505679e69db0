//! Readies what the loopback bridge serves.
//!
//! The page is built by npm into `ui/dist`. On a bare checkout that folder does not exist yet; a placeholder keeps the
//! build working there and tells a person what to run. The window's build does the same, with the same words: whichever
//! runs first leaves the file, and neither writes over a page that is there.

use std::io::Write;
use std::{fs, io, path::Path};

const PLACEHOLDER: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>一本账</title>\
<body><p>界面还没有构建:请先在 ui 目录运行 npm ci 和 npm run build,再重新编译。</p></body></html>\n";

fn main() -> io::Result<()> {
    let dist = Path::new("../../ui/dist");
    println!("cargo:rerun-if-changed={}", dist.display());
    fs::create_dir_all(dist)?;
    match fs::OpenOptions::new().write(true).create_new(true).open(dist.join("index.html")) {
        Ok(mut page) => page.write_all(PLACEHOLDER.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
