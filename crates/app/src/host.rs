//! What hosts need beside the table: the key of a data directory, the boot token's place, clock and randomness, and the
//! way out of a process that opened books.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
pub use ybz_store::{end_process, write_new_private};

pub use crate::keys::{KeyPlace, With, backup_key, find_key, recover, rekey, restore, unlock};

/// The system's clock: local date, and milliseconds since 1970.
pub fn system_clock() -> (Date, u64) {
    let now = jiff::Zoned::now();
    (now.date(), u64::try_from(now.timestamp().as_millisecond()).unwrap_or_default())
}

/// The system's randomness. A system without it cannot keep secrets, so the program ends.
pub fn system_random(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        std::process::abort();
    }
}

/// Where boot tokens stand: beside the user's other state, never in the data directory.
pub fn boot_dir() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from("YBZ_BOOT_DIR")
        .or_else(|| from("XDG_STATE_HOME").map(|state| state.join("yibenzhang")))
        .or_else(|| from("LOCALAPPDATA").map(|local| local.join("Yibenzhang").join("state")))
        .or_else(|| from("HOME").map(|home| home.join(".local").join("state").join("yibenzhang")))
        .unwrap_or_else(|| std::env::temp_dir().join("yibenzhang-state"))
        .join("boot")
}

/// Whether neighbours may be looked for on the local network: yes, unless the variable `YBZ_MDNS` is `off`.
pub fn may_look_around() -> bool {
    std::env::var_os("YBZ_MDNS").is_none_or(|value| value != "off")
}

/// Folders of sticks and other disks that are in now: where a backup may go, and may be found.
pub fn places() -> Vec<PathBuf> {
    let mut found = Vec::new();
    if cfg!(windows) {
        found.extend(('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).filter(|root| root.is_dir()));
    } else {
        let mut roots = vec![PathBuf::from("/Volumes")];
        if let Some(user) = std::env::var_os("USER").filter(|user| !user.is_empty()) {
            roots.extend(["/media", "/run/media"].map(|root| Path::new(root).join(&user)));
        }
        let inside = |root: PathBuf| std::fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
        found.extend(roots.into_iter().flat_map(inside).filter(|place| place.is_dir()));
    }
    found.sort();
    found
}
