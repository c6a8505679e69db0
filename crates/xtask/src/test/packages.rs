//! System packages: C libraries, a browser, a display without a screen. Installed on Debian and its kin; elsewhere
//! the names are printed.

use crate::{
    Outcome,
    command::{command, output, run},
};
use std::path::Path;

/// Debian's names of what the programs are built from, each with what wants it.
pub(crate) const BUILD: &[(&str, &str)] = &[
    ("build-essential", "C parts: SQLCipher, OpenSSL, zstd"),
    ("pkg-config", "finding the libraries below"),
    ("perl", "OpenSSL's build"),
    ("libwebkit2gtk-4.1-dev", "the window"),
    ("libdbus-1-dev", "the window"),
    ("fonts-noto-cjk", "the interface: Chinese letters"),
];

/// Debian's names of what the tests want beside it.
pub(crate) const TEST: &[(&str, &str)] = &[
    ("webkit2gtk-driver", "window test: drives the window"),
    ("xvfb", "window test: a display"),
    ("dbus-daemon", "window test: a desktop that shows notices"),
    ("chromium", "browser tests"),
    ("libreoffice-calc-nogui", "forms of higher bodies: opens what was filled"),
];

/// The oldest Node.js that the user interface builds with.
const NODE: (u32, u32) = (20, 19);

/// Installs what is missing of these lists.
///
/// # Errors
/// When something is missing that cannot be installed without asking the person.
pub(crate) fn install(lists: &[&[(&'static str, &str)]]) -> Outcome<String> {
    check_node()?;
    if !cfg!(target_os = "linux") {
        return Ok(String::new());
    }
    let missing = missing(lists);
    if missing.is_empty() {
        return Ok(String::new());
    }
    let names = missing.join(" ");
    let by_hand = format!("apt-get update && apt-get install -y --no-install-recommends {names}");
    let here = Path::new("/");
    if output(command("apt-get", &["--version"], here)).is_none() {
        return Err(format!("please install what your system calls these Debian packages: {names}"));
    }
    let root = output(command("id", &["-u"], here)).is_some_and(|id| id.trim() == "0");
    if !root && output(command("sudo", &["-n", "true"], here)).is_none() {
        return Err(format!("some packages are missing; please run, as root: {by_hand}"));
    }
    println!("{by_hand}");
    let apt = |args: &[&str]| {
        let mut whole = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        whole.extend_from_slice(args);
        if root {
            run(command("env", whole.get(1..).unwrap_or_default(), here))
        } else {
            run(command("sudo", &whole, here))
        }
    };
    apt(&["update", "-q"])?;
    let mut install = vec!["install", "-y", "-q", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install)?;
    Ok(String::new())
}

fn missing(lists: &[&[(&'static str, &str)]]) -> Vec<&'static str> {
    let wanted: Vec<&'static str> = lists.iter().flat_map(|list| list.iter().map(|(name, _)| *name)).collect();
    let mut args = vec!["-W", "-f", "${db:Status-Status} ${Package}\n"];
    args.extend(&wanted);
    // dpkg-query fails as soon as one package is unknown to it, and still prints the others.
    let known = command("dpkg-query", &args, Path::new("/"))
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let installed = |name: &str| known.lines().any(|line| line == format!("installed {name}"));
    wanted.into_iter().filter(|name| !installed(name)).collect()
}

fn check_node() -> Outcome {
    let version = output(command("node", &["--version"], Path::new("/"))).unwrap_or_default();
    let mut numbers = version.trim().trim_start_matches('v').split('.').map(|number| number.parse().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found >= NODE {
        return Ok(());
    }
    let found = if version.is_empty() { "none".to_owned() } else { version.trim().to_owned() };
    Err(format!("Node.js {}.{} or newer with npm is needed; found: {found}", NODE.0, NODE.1))
}
