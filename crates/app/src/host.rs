//! What hosts need beside the table: the key of a data directory, the boot token's place, clock and randomness, and the
//! way out of a process that opened books.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use ybz_store::DatabaseKey;
pub use ybz_store::end_process;

use crate::ErrorDto;
use crate::error::Answer;

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

/// Finds the database key: the key file if one is named, else the system's keychain. With `create` a missing key is made
/// and kept there.
///
/// # Errors
/// `key_missing` when there is none, `key_unreadable` when it is not 32 bytes in hexadecimal, `keychain_unavailable`.
pub fn find_key(data: &Path, key_file: Option<&Path>, create: bool) -> Answer<DatabaseKey> {
    match key_file {
        Some(file) => key_from_file(file, create),
        None => key_from_keychain(data, create),
    }
}

fn fresh() -> [u8; 32] {
    let mut bytes = [0; 32];
    system_random(&mut bytes);
    bytes
}

fn decode(text: &str) -> Option<DatabaseKey> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?;
    Some(DatabaseKey::from_bytes(bytes.try_into().ok()?))
}

fn key_from_file(file: &Path, create: bool) -> Answer<DatabaseKey> {
    let unreadable = |detail: &dyn std::fmt::Display| {
        ErrorDto::new("key_unreadable").with("file", file.display()).with("detail", detail)
    };
    match std::fs::read_to_string(file) {
        Ok(text) => decode(&text).ok_or_else(|| unreadable(&"64 hexadecimal digits are expected")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && create => {
            let bytes = fresh();
            write_private(file, &data_encoding::HEXLOWER.encode(&bytes)).map_err(|error| unreadable(&error))?;
            Ok(DatabaseKey::from_bytes(bytes))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(ErrorDto::new("key_missing").with("file", file.display()))
        }
        Err(error) => Err(unreadable(&error)),
    }
}

/// Writes a new file that only the user reads.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut out = options.open(file)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()
}

fn key_from_keychain(data: &Path, create: bool) -> Answer<DatabaseKey> {
    let unavailable = |error: keyring::Error| ErrorDto::new("keychain_unavailable").with("detail", error);
    let account = std::path::absolute(data).unwrap_or_else(|_| data.to_owned()).display().to_string();
    let entry = keyring::Entry::new("yibenzhang", &account).map_err(unavailable)?;
    match entry.get_password() {
        Ok(text) => decode(&text).ok_or_else(|| ErrorDto::new("key_unreadable").with("file", "keychain")),
        Err(keyring::Error::NoEntry) if create => {
            let bytes = fresh();
            entry.set_password(&data_encoding::HEXLOWER.encode(&bytes)).map_err(unavailable)?;
            Ok(DatabaseKey::from_bytes(bytes))
        }
        Err(keyring::Error::NoEntry) => Err(ErrorDto::new("key_missing").with("file", "keychain")),
        Err(error) => Err(unavailable(error)),
    }
}
