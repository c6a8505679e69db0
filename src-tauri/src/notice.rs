//! System notices beside the window, for the day's summary. Where the system shows none, nothing happens: what is due
//! stands under 今日 all the same.

use notify_rust::Notification;
use tauri::{AppHandle, Runtime};

/// Characters at most of a title and of a text: a summary is one line each.
const TITLE: usize = 80;
const BODY: usize = 200;

/// Plain text of one line: some systems read markup in a notice.
fn plain(text: &str, most: usize) -> String {
    text.chars().map(|c| if c.is_control() || "<>&".contains(c) { ' ' } else { c }).take(most).collect()
}

/// Shows a notice. Where the system tells that it was pressed, the window comes to the front and hears `notice-pressed`.
///
/// # Errors
/// When the system shows no notices; the page goes on without.
#[tauri::command]
pub(crate) async fn notify<R: Runtime>(app: AppHandle<R>, title: String, body: String) -> Result<(), ()> {
    let mut notice = Notification::new();
    notice.appname("一本账").summary(&plain(&title, TITLE)).body(&plain(&body, BODY));
    // The system's service may be slow to answer, and waits for the person after that.
    std::thread::Builder::new().name("notice".to_owned()).spawn(move || show(&app, notice)).map_err(|_| ())?;
    Ok(())
}

#[cfg(target_os = "linux")]
fn show<R: Runtime>(app: &AppHandle<R>, mut notice: Notification) {
    use tauri::{Emitter, Manager};

    notice.action("default", "打开");
    let Ok(shown) = notice.show() else { return };
    shown.wait_for_action(|action| {
        if action != "default" {
            return;
        }
        if let Some(window) = app.get_webview_window("main") {
            let _ = window.unminimize();
            let _ = window.set_focus();
        }
        let _ = app.emit("notice-pressed", ());
    });
}

/// Windows and macOS bring the program to the front by themselves.
#[cfg(not(target_os = "linux"))]
fn show<R: Runtime>(_: &AppHandle<R>, notice: Notification) {
    // A system that shows none has been told by the person not to.
    let _ = notice.show();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_one_plain_line() {
        assert_eq!(plain("会议 2 件\n<b>党费</b>", 100), "会议 2 件  b 党费 /b ");
        assert_eq!(plain("一二三四", 2), "一二");
    }
}
