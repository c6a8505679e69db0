//! Whether a window can be shown at all. Asked before anything else: later GTK would end the program with a panic.

/// Why there is no display, and what to do; `None` when there is one.
#[cfg(target_os = "linux")]
pub(crate) fn missing() -> Option<String> {
    let named =
        |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty()).map(|at| format!("{name}={at}"));
    let named: Vec<String> = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().filter_map(named).collect();
    if named.is_empty() {
        return Some(sentence(
            "没有图形界面,变量 DISPLAY 和 WAYLAND_DISPLAY 都没有设置",
            "there is no display: DISPLAY and WAYLAND_DISPLAY are not set",
        ));
    }
    let named = named.join(" ");
    gtk::init()
        .err()
        .map(|_| sentence(&format!("连不上图形界面({named})"), &format!("the display does not answer ({named})")))
}

/// Windows and macOS always have one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn missing() -> Option<String> {
    None
}

#[cfg(target_os = "linux")]
fn sentence(chinese: &str, english: &str) -> String {
    format!(
        "窗口打不开:{chinese}。请在桌面中运行,或运行 `ybz serve --ui`,用浏览器打开它给出的地址。\n\
         yibenzhang: cannot show the window: {english}. Run it on a desktop, or run `ybz serve --ui` and open the address \
         that it prints in a browser."
    )
}
