//! Opens the app on the world that the story made.

use super::{
    node::{Node, Running, Served},
    progress::say,
    story::Scene,
};
use crate::{Outcome, places::Places};
use std::{env, fs::File, thread, time::Duration};

/// Shows the street in the window where there is a display, else street and village in a browser; ends with the window,
/// or with Ctrl-C.
///
/// # Errors
/// When a node does not start again.
pub(super) fn open(places: &Places, scene: Scene) -> Outcome {
    let Scene { department, street: (street, served), villages, killed, .. } = scene;
    let village = villages.iter().enumerate().find(|(at, _)| killed != Some(*at)).map(|(_, node)| node);
    let village = match village {
        Some(node) => Some((node, node.serve(&["--listen", "127.0.0.1:0", "--ui", "127.0.0.1:0"])?)),
        None => None,
    };
    println!("\n━━ 打开 · open");
    let mut served = Some(served);
    if has_screen() {
        // Books are open once at a time; the villages find the street again at the same address later.
        let listen = served.take().map(|served| {
            let listen = served.listen.clone();
            served.stop();
            listen
        });
        show(&village);
        say(format!("{} 的窗口已打开,关上窗口就结束 · close the window to end", street.name));
        let mut window = street.program(&places.program("yibenzhang"), &[]);
        // What the window's libraries say is nobody's concern, unless there is no window.
        let log = street.log.with_file_name("window.log");
        if let Ok(file) = File::create(&log) {
            window.stderr(file);
        }
        let ended = Running::start(window).and_then(|mut window| window.wait());
        match ended {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => {
                say(format!("窗口打不开({status},见 {}),改用浏览器 · no window, so a browser", log.display()))
            }
            Err(error) => say(format!("窗口打不开({error}),改用浏览器 · no window, so a browser")),
        }
        let listen = listen.into_iter().flatten().next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
        served = Some(street.serve(&["--listen", &listen, "--ui", "127.0.0.1:0"])?);
    } else {
        show(&village);
    }
    if let Some(served) = &served {
        say_address(&street, served);
    }
    say("每个地址只用一次,只在本机有效 · each address is good once, on this machine only");
    say("按 Ctrl-C 结束,演示的程序全部停止 · Ctrl-C ends all of it");
    // Until then everything stays: the department, too.
    let _running = (department, served, village);
    loop {
        thread::sleep(Duration::from_secs(3600));
    }
}

fn show(village: &Option<(&Node, Served)>) {
    if let Some((node, served)) = village {
        say_address(node, served);
    }
}

fn say_address(node: &Node, served: &Served) {
    say(format!("{}  {}", node.name, served.ui.as_deref().unwrap_or("-")));
}

fn has_screen() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
