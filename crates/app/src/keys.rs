//! Where the key of a data directory is: with the system, or under a passphrase that a person types.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use ybz_store::{
    BackupError, DatabaseKey, Holder, KeyError, KeyFile, NewKey, OpenError, Restore, Secret, replace_private,
};
use zeroize::Zeroizing;

use crate::ErrorDto;
use crate::error::Answer;
use crate::host::system_random;
use crate::node::open_error;

/// A passphrase has this many characters at least.
const SHORTEST: usize = 8;
/// And this many at most.
const LONGEST: usize = 256;

/// Where the system keeps the key of a data directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    /// In its keychain, under this name.
    Keychain(String),
    /// In a file.
    File(PathBuf),
}

impl KeyPlace {
    /// The key file if one is named, else the keychain.
    pub fn of(data: &Path, key_file: Option<&Path>) -> Self {
        match key_file {
            Some(file) => Self::File(file.to_owned()),
            None => {
                let data = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
                Self::Keychain(data.display().to_string())
            }
        }
    }

    /// `keychain` or `file`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Keychain(_) => "keychain",
            Self::File(_) => "file",
        }
    }

    /// Where the next key stands while the database is being given one.
    fn next(&self) -> Self {
        match self {
            Self::Keychain(name) => Self::Keychain(format!("{name}#next")),
            Self::File(file) => {
                let mut name = file.as_os_str().to_owned();
                name.push(".next");
                Self::File(name.into())
            }
        }
    }

    fn entry(name: &str) -> Answer<keyring::Entry> {
        keyring::Entry::new("yibenzhang", name).map_err(unavailable)
    }

    fn missing(&self) -> ErrorDto {
        let file = match self {
            Self::Keychain(_) => "keychain".to_owned(),
            Self::File(file) => file.display().to_string(),
        };
        ErrorDto::new("key_missing").with("file", file)
    }

    /// The key kept there, if there is one.
    ///
    /// # Errors
    /// `key_unreadable`, `keychain_unavailable`.
    pub fn read(&self) -> Answer<Option<DatabaseKey>> {
        let unreadable =
            |file: String, detail: String| ErrorDto::new("key_unreadable").with("file", file).with("detail", detail);
        let expected = || "64 hexadecimal digits are expected".to_owned();
        match self {
            Self::Keychain(name) => match Self::entry(name)?.get_password().map(Zeroizing::new) {
                Ok(text) => decode(&text).map(Some).ok_or_else(|| unreadable("keychain".to_owned(), expected())),
                Err(keyring::Error::NoEntry) => Ok(None),
                Err(error) => Err(unavailable(error)),
            },
            Self::File(file) => match std::fs::read_to_string(file).map(Zeroizing::new) {
                Ok(text) => decode(&text).map(Some).ok_or_else(|| unreadable(file.display().to_string(), expected())),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(unreadable(file.display().to_string(), error.to_string())),
            },
        }
    }

    /// Puts a key there, and looks whether it is.
    ///
    /// # Errors
    /// `key_unreadable`, `keychain_unavailable`.
    pub fn write(&self, key: &DatabaseKey) -> Answer<()> {
        let text = Zeroizing::new(data_encoding::HEXLOWER.encode(key.as_bytes()));
        match self {
            Self::Keychain(name) => Self::entry(name)?.set_password(&text).map_err(unavailable)?,
            Self::File(file) => {
                // A key that is there is never half replaced.
                let folder = file.parent().map_or(Ok(()), std::fs::create_dir_all);
                folder.and_then(|()| replace_private(file, text.as_bytes())).map_err(|error| {
                    ErrorDto::new("key_unreadable").with("file", file.display()).with("detail", error)
                })?;
            }
        }
        match self.read()? {
            Some(read) if read.as_bytes() == key.as_bytes() => Ok(()),
            _ => Err(self.missing()),
        }
    }

    /// Takes the key away from there.
    ///
    /// # Errors
    /// `keychain_unavailable`, or a file that stays.
    pub fn remove(&self) -> Answer<()> {
        match self {
            Self::Keychain(name) => match Self::entry(name)?.delete_credential() {
                Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                Err(error) => Err(unavailable(error)),
            },
            Self::File(file) => match std::fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(ErrorDto::new("key_unreadable").with("file", file.display()).with("detail", error))
                }
                _ => Ok(()),
            },
        }
    }
}

fn unavailable(error: keyring::Error) -> ErrorDto {
    ErrorDto::new("keychain_unavailable").with("detail", error)
}

fn decode(text: &str) -> Option<DatabaseKey> {
    let bytes = Zeroizing::new(data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?);
    Some(DatabaseKey::from_bytes(bytes.as_slice().try_into().ok()?))
}

fn fresh() -> DatabaseKey {
    let mut bytes = Zeroizing::new([0; 32]);
    system_random(bytes.as_mut_slice());
    DatabaseKey::from_bytes(*bytes)
}

/// Finds the database key: the key file if one is named, else the system's keychain. With `create` a missing key is made
/// and kept there.
///
/// # Errors
/// `passphrase_needed` where a person keeps it, see [`unlock`]; `key_missing` when there is none, `key_unreadable` when it is
/// not 32 bytes in hexadecimal, `keychain_unavailable`.
pub fn find_key(data: &Path, key_file: Option<&Path>, create: bool) -> Answer<DatabaseKey> {
    let held = KeyFile::read(data).map_err(|error| open_error(&error))?;
    if held.is_some_and(|file| file.holder == Holder::Passphrase) {
        return Err(ErrorDto::new("passphrase_needed"));
    }
    let place = KeyPlace::of(data, key_file);
    let found = place.read()?;
    if let Some(key) = newer(data, &place, found.as_ref())? {
        return Ok(key);
    }
    match found {
        Some(key) => Ok(key),
        None if create => {
            let key = fresh();
            place.write(&key)?;
            Ok(key)
        }
        None => Err(place.missing()),
    }
}

/// The key that the database was being given when the change was cut short, if that one opens it and not the one that was
/// found.
fn newer(data: &Path, place: &KeyPlace, found: Option<&DatabaseKey>) -> Answer<Option<DatabaseKey>> {
    // Only a file tells at no cost; the keychain is asked where a change is known to be under way, and where what it holds
    // does not open the books: the change was over then, and the new key not yet in its place.
    let under_way = || {
        std::fs::read(data.join("ybz.json")).is_ok_and(|text| {
            serde_json::from_slice::<serde_json::Value>(&text).is_ok_and(|header| header.get("next").is_some())
        })
    };
    let unfit = || data.join("ybz.db").exists() && !found.is_some_and(|key| ybz_store::fits(data, key));
    if matches!(place, KeyPlace::Keychain(_)) && !under_way() && !unfit() {
        return Ok(None);
    }
    let Some(key) = place.next().read()? else { return Ok(None) };
    if !ybz_store::fits(data, &key) {
        return Ok(None);
    }
    put_in_place(place, &key);
    Ok(Some(key))
}

/// Puts a key that opens the books where it is looked for. While that fails it stays beside, where [`newer`] finds it.
fn put_in_place(place: &KeyPlace, key: &DatabaseKey) {
    if let Err(error) = place.write(key).and_then(|()| place.next().remove()) {
        tracing::warn!(code = %error.code, "the new key stays beside its place");
    }
}

/// A passphrase as it is used: signs of one meaning are one, as an input method may give either width.
///
/// # Errors
/// `passphrase_short`, `text_too_long`.
pub(crate) fn passphrase(text: &str, field: &str) -> Answer<Zeroizing<String>> {
    let text = spelled(text);
    let length = text.chars().count();
    match length {
        0 => Err(ErrorDto::new("required").at(field)),
        1..SHORTEST => Err(ErrorDto::new("passphrase_short").at(field).with("min", SHORTEST)),
        _ if length > LONGEST => {
            Err(ErrorDto::new("text_too_long").at(field).with("max", LONGEST).with("length", length))
        }
        _ => Ok(text),
    }
}

/// A passphrase that is tried.
pub(crate) fn spelled(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.trim().nfkc().collect())
}

/// The entropy of 24 words, as they are typed from paper.
///
/// # Errors
/// `words_wrong`
pub(crate) fn words(text: &str) -> Answer<Zeroizing<Vec<u8>>> {
    let wrong = || ErrorDto::new("words_wrong").at("words");
    let text = Zeroizing::new(text.nfkc().collect::<String>().to_lowercase());
    // Numbers of the printed sheet may be typed too.
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    if words.len() != 24 {
        return Err(wrong());
    }
    let joined = Zeroizing::new(words.join(" "));
    let phrase = bip39::Mnemonic::parse_normalized(&joined).map_err(|_| wrong())?;
    Ok(Zeroizing::new(phrase.to_entropy()))
}

/// A key failure as a coded error: the secret that was tried is named, and nothing of it.
pub(crate) fn key_error(error: &KeyError, kind: Secret) -> ErrorDto {
    match (error, kind) {
        (KeyError::Wrong, Secret::Passphrase) => ErrorDto::new("wrong_passphrase").at("passphrase"),
        (KeyError::Wrong, Secret::Words) => ErrorDto::new("words_wrong").at("words"),
        (KeyError::NoWrap, Secret::Passphrase) => ErrorDto::new("no_passphrase"),
        (KeyError::NoWrap, Secret::Words) => ErrorDto::new("no_sheet"),
        (KeyError::Form, _) => ErrorDto::new("key_unreadable").with("file", "ybz.keys.json"),
        (KeyError::Open(error), _) => open_error(error),
    }
}

/// Finds the key of closed books by their passphrase.
///
/// # Errors
/// `wrong_passphrase`, `no_passphrase`
pub fn unlock(data: &Path, text: &str) -> Answer<DatabaseKey> {
    let found = ybz_store::unlock(data, Secret::Passphrase, spelled(text).as_bytes());
    found.map_err(|error| key_error(&error, Secret::Passphrase))
}

/// Finds the key of closed books by the words of their recovery sheet, and keeps it under a new passphrase.
///
/// # Errors
/// `words_wrong`, `no_sheet`, `passphrase_short`, `directory_in_use`; nothing is changed then.
pub fn recover(data: &Path, text: &str, new: &str, today: Date) -> Answer<DatabaseKey> {
    let new = passphrase(new, "passphrase")?;
    let entropy = words(text)?;
    let wrong = |error: &KeyError| key_error(error, Secret::Words);
    let key = ybz_store::unlock(data, Secret::Words, &entropy).map_err(|error| wrong(&error))?;
    ybz_store::keep_under_passphrase(data, &key, new.as_bytes(), today, system_random)
        .map_err(|error| wrong(&error))?;
    Ok(key)
}

/// Gives closed books another key and a new recovery sheet, whose words are returned. With a passphrase it goes on opening
/// them, else the system holds the new key.
///
/// # Errors
/// `wrong_key`, `directory_in_use`, `disk_full`; the old key opens the books then.
pub fn rekey(data: &Path, place: &KeyPlace, old: &DatabaseKey, by: Option<&str>, today: Date) -> Answer<Vec<String>> {
    let (entropy, words) = fresh_words()?;
    let passphrase = by.map(spelled);
    let key = fresh();
    if passphrase.is_none() {
        place.next().write(&key)?;
    }
    let new = NewKey {
        key: key.clone(),
        passphrase: passphrase.as_ref().map(|text| text.as_bytes()),
        words: Some(entropy.as_slice()),
        today,
        random: system_random,
    };
    ybz_store::rekey(data, old, &new).map_err(|error| key_error(&error, Secret::Passphrase))?;
    // The new key opens the books from here on: whatever else fails, the words of its sheet are not lost.
    if passphrase.is_none() {
        put_in_place(place, &key);
    }
    Ok(words)
}

/// 24 new words and their entropy.
pub(crate) fn fresh_words() -> Answer<(Zeroizing<Vec<u8>>, Vec<String>)> {
    let mut entropy = Zeroizing::new(vec![0; 32]);
    system_random(&mut entropy);
    let phrase = bip39::Mnemonic::from_entropy(&entropy).map_err(|error| ErrorDto::internal("words", &error))?;
    Ok((entropy, phrase.words().map(str::to_owned).collect()))
}

/// What a backup is opened with.
#[derive(Clone, Copy)]
pub enum With<'a> {
    /// The key that the system keeps for the directory.
    System,
    /// The passphrase of the day on which it was made.
    Passphrase(&'a str),
    /// The words of the sheet of that day; the books get a new passphrase.
    Words(&'a str, &'a str),
}

/// Finds the key of a backup.
///
/// # Errors
/// `wrong_passphrase`, `words_wrong`, `no_passphrase`, `no_sheet`, `key_missing`, and what is wrong with the file.
pub fn backup_key(file: &Path, place: &KeyPlace, with: With<'_>) -> Answer<DatabaseKey> {
    let (kind, secret) = match with {
        With::System => {
            let key = place.read()?.ok_or_else(|| place.missing());
            // Without a key there is nothing to say about a file that is none.
            ybz_store::read_backup_header(file).map_err(|error| backup_error(&error, Secret::Passphrase))?;
            return key;
        }
        With::Passphrase(text) => (Secret::Passphrase, Zeroizing::new(spelled(text).as_bytes().to_vec())),
        With::Words(text, _) => (Secret::Words, words(text)?),
    };
    ybz_store::unlock_backup(file, kind, &secret).map_err(|error| backup_error(&error, kind))
}

/// Restores a backup into an empty directory, as a new device.
///
/// # Errors
/// What [`backup_key`] says; `not_a_backup`, `backup_damaged`, `backup_newer`, `newer_schema`, `directory_not_empty`,
/// `disk_full`. Nothing is overwritten.
pub fn restore(
    file: &Path,
    data: &Path,
    place: &KeyPlace,
    with: With<'_>,
    boot_dir: &Path,
    today: Date,
) -> Answer<DatabaseKey> {
    let new = match with {
        With::Words(_, new) => Some(passphrase(new, "newPassphrase")?),
        _ => None,
    };
    let key = backup_key(file, place, with)?;
    let restored = ybz_store::restore(&Restore {
        file,
        dir: data.to_owned(),
        key: key.clone(),
        holder: if matches!(with, With::System) { Holder::System } else { Holder::Passphrase },
        passphrase: new.as_ref().map(|new| new.as_bytes()),
        boot_dir,
        today,
        random: system_random,
    });
    restored.map_err(|error| backup_error(&error, Secret::Passphrase))?;
    Ok(key)
}

/// A failure of a backup as a coded error.
pub(crate) fn backup_error(error: &BackupError, kind: Secret) -> ErrorDto {
    match error {
        BackupError::NoFolder(folder) => ErrorDto::new("backup_folder_missing").with("folder", folder.display()),
        BackupError::NotABackup(file) => ErrorDto::new("not_a_backup").with("file", file.display()),
        BackupError::Newer { found, .. } => ErrorDto::new("backup_newer").with("version", found),
        BackupError::Damaged(file) => ErrorDto::new("backup_damaged").with("file", file.display()),
        BackupError::WrongKey(_) => ErrorDto::new("backup_of_another"),
        BackupError::NotEmpty(folder) => ErrorDto::new("directory_not_empty").with("folder", folder.display()),
        BackupError::Key(error) => key_error(error, kind),
        BackupError::Open(OpenError::Io { what: "read", path, .. }) => {
            ErrorDto::new("file_unreadable").with("file", path.display())
        }
        BackupError::Open(OpenError::Io { what: "write" | "rename", path, .. }) => {
            ErrorDto::new("file_not_written").with("file", path.display())
        }
        BackupError::Open(error) => open_error(error),
    }
}
