//! Draws the window and puts saved files where the person looks for them.
//!
//! The page saves a file as it would in any browser: a link with `download` and a `blob:` address. The window sends
//! it to the user's download folder, never over an existing file, and tells the page by the event `file-saved`.

use serde::Serialize;
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};
use tauri::{AppHandle, Emitter, Manager, Runtime, Url, Webview, WebviewWindowBuilder, webview::DownloadEvent};

/// What the page hears when a file was saved, or could not be.
#[derive(Debug, Clone, Serialize)]
struct FileSaved {
    /// Where it lies; none when the system did not say.
    path: Option<PathBuf>,
    /// Whether all of it was written.
    complete: bool,
}

/// Opens the main window; `data` also holds what the web view itself keeps.
///
/// # Errors
/// When the system cannot show a web view.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>, data: &Path) -> tauri::Result<()> {
    let config = app.config().app.windows.first().ok_or(tauri::Error::WindowNotFound)?;
    WebviewWindowBuilder::from_config(app, config)?
        .data_directory(data.join("window"))
        .on_navigation(is_ours)
        .on_download(|webview, event| {
            save(&webview, event);
            true
        })
        .build()?;
    Ok(())
}

/// Only the page itself is shown: a link to anywhere else does nothing.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" | "blob" | "about" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn save<R: Runtime>(webview: &Webview<R>, event: DownloadEvent<'_>) {
    match event {
        DownloadEvent::Requested { destination, .. } => {
            let paths = webview.path();
            if let Ok(folder) = paths.download_dir().or_else(|_| paths.document_dir()).or_else(|_| paths.home_dir()) {
                // A fresh account may not have the folder yet; if it cannot be made, the download reports it.
                let _ = std::fs::create_dir_all(&folder);
                *destination = free_name(&folder, destination.file_name());
            }
        }
        DownloadEvent::Finished { path, success, .. } => {
            // A page that is gone needs no word.
            let _ = webview.emit("file-saved", FileSaved { path, complete: success });
        }
        _ => {}
    }
}

/// `name` in `folder`, or `name (2)`, `name (3)`, … when it is taken.
fn free_name(folder: &Path, name: Option<&OsStr>) -> PathBuf {
    let name = Path::new(name.unwrap_or(OsStr::new("一本账")));
    let wanted = folder.join(name);
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let ending = name.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    std::iter::once(wanted.clone())
        .chain((2..1000).map(|n| folder.join(format!("{stem} ({n}){ending}"))))
        .find(|path| !path.exists())
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_itself_can_be_shown() {
        for (url, ours) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/today", true),
            ("blob:tauri://localhost/1", true),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_ours(&url.parse().unwrap()), ours, "{url}");
        }
    }

    #[test]
    fn a_saved_file_never_replaces_another() {
        let folder = std::env::temp_dir().join(format!("ybz-window-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let first = free_name(&folder, Some(OsStr::new("党费.xlsx")));
        std::fs::write(&first, "1").unwrap();
        let second = free_name(&folder, Some(OsStr::new("党费.xlsx")));
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(first, folder.join("党费.xlsx"));
        assert_eq!(second, folder.join("党费 (2).xlsx"));
    }
}
