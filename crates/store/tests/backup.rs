//! Keys at rest, backups and restores: what opens, what does not, and that what fails changes nothing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Home, OFFICE, TODAY, commit, counted, home, options, place, visit};
use ybz_domain::office::OfficeKind;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Founding, Role};
use ybz_store::{
    BackupError, DatabaseKey, Holder, KeyError, LocalOffice, NewKey, OpenError, Restore, Secret, SideWrites, Store,
    read_backup_header, rekey, restore, unlock, unlock_backup, verify_backup,
};

const PASSPHRASE: &[u8] = "清晨五点半 open".as_bytes();
const WORDS: &[u8] = &[8; 32];

/// What, keys file, header, database, the one made beside it, and which key opens.
type Cut<'a> = (&'a str, &'a [u8], &'a [u8], &'a [u8], Option<&'a [u8]>, u8);

/// What, the file's bytes, and the error.
type Case = (&'static str, Vec<u8>, fn(&BackupError) -> bool);

fn key(byte: u8) -> DatabaseKey {
    DatabaseKey::from_bytes([byte; 32])
}

/// An office whose key is kept under a passphrase and a recovery sheet, and a folder for backups.
fn village() -> (Home, PathBuf) {
    let home = home();
    let founding =
        Founding { office: OFFICE, name: "示范一村".to_owned(), kind: OfficeKind::Branch, region: None, on: TODAY };
    let side = SideWrites {
        foundings: vec![Signed::sign(&home.device(), &founding)],
        local_offices: vec![LocalOffice { office: OFFICE, joined: TODAY }],
        ..SideWrites::default()
    };
    home.put_side(&side).unwrap();
    home.keep_under(Secret::Passphrase, PASSPHRASE, TODAY).unwrap();
    home.keep_under(Secret::Words, WORDS, TODAY).unwrap();
    commit(&home, vec![visit(1, "村部")]);
    let folder = home.dir.path().join("stick");
    fs::create_dir(&folder).unwrap();
    (home, folder)
}

fn into<'a>(file: &'a Path, dir: &Path, boot_dir: &'a Path) -> Restore<'a> {
    Restore {
        file,
        dir: dir.to_owned(),
        key: key(1),
        holder: Holder::Passphrase,
        passphrase: None,
        boot_dir,
        today: TODAY,
        random: counted,
    }
}

#[test]
fn passphrase_and_words_open_the_same_key_and_nothing_else_does() {
    let (home, _) = village();
    let dir = home.dir.path().join("data");
    for (kind, secret) in [(Secret::Passphrase, PASSPHRASE), (Secret::Words, WORDS)] {
        assert_eq!(unlock(&dir, kind, secret).unwrap().as_bytes(), key(1).as_bytes());
        assert!(matches!(unlock(&dir, kind, b"another"), Err(KeyError::Wrong)));
    }
    home.drop_passphrase(TODAY).unwrap();
    assert!(matches!(unlock(&dir, Secret::Passphrase, PASSPHRASE), Err(KeyError::NoWrap)));
    unlock(&dir, Secret::Words, WORDS).unwrap();
    let file = home.key_file().unwrap().unwrap();
    assert_eq!((file.holder, file.slot().unwrap().passphrase.is_none()), (Holder::System, true));
    let text = fs::read_to_string(dir.join("ybz.keys.json")).unwrap();
    for secret in ["清晨五点半", &data_encoding::HEXLOWER.encode(&[1; 32])] {
        assert!(!text.contains(secret));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(dir.join("ybz.keys.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads it");
    }
}

#[test]
fn another_key_opens_the_same_books_and_the_old_one_and_its_sheet_open_nothing() {
    let (home, _) = village();
    let dir = home.dir.path().join("data");
    let new =
        NewKey { key: key(2), passphrase: Some(PASSPHRASE), words: Some(&[9; 32]), today: TODAY, random: counted };
    assert!(matches!(rekey(&dir, &key(1), &new), Err(KeyError::Open(OpenError::InUse { .. }))));
    let Home { dir: folder, store } = home;
    let device = store.device().id();
    drop(store);
    assert!(matches!(rekey(&dir, &key(3), &new), Err(KeyError::Open(OpenError::WrongKey { .. }))));
    rekey(&dir, &key(1), &new).unwrap();
    assert!(matches!(Store::open(options(folder.path(), 1)), Err(OpenError::WrongKey { .. })));
    assert!(matches!(unlock(&dir, Secret::Words, WORDS), Err(KeyError::Wrong)));
    assert_eq!(unlock(&dir, Secret::Words, &[9; 32]).unwrap().as_bytes(), &[2; 32]);
    assert_eq!(unlock(&dir, Secret::Passphrase, PASSPHRASE).unwrap().as_bytes(), &[2; 32]);
    let store = Store::open(options(folder.path(), 2)).unwrap();
    assert_eq!((place(&store, 1).as_str(), store.device().id()), ("村部", device));
    assert!(store.notices().is_empty());
}

/// Every file of the directory as it stood, put back.
fn put_back(dir: &Path, files: &[(PathBuf, Vec<u8>)]) {
    for entry in fs::read_dir(dir).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    for (path, bytes) in files {
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn wherever_a_change_of_keys_is_cut_one_of_the_two_keys_opens_the_books() {
    let (home, _) = village();
    let dir = home.dir.path().join("data");
    let Home { dir: folder, store } = home;
    drop(store);
    let read = |name: &str| fs::read(dir.join(name)).unwrap();
    let all = || {
        let paths = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path());
        paths.map(|path| (path.clone(), fs::read(&path).unwrap())).collect::<Vec<_>>()
    };
    let before = all();
    let (old_db, old_header) = (read("ybz.db"), read("ybz.json"));
    let new = NewKey { key: key(2), passphrase: Some(PASSPHRASE), words: None, today: TODAY, random: counted };
    rekey(&dir, &key(1), &new).unwrap();
    let (new_db, new_header, new_keys) = (read("ybz.db"), read("ybz.json"), read("ybz.keys.json"));
    // The middle of the change: both wraps, and a header that knows both keys.
    let mut keys: serde_json::Value = serde_json::from_slice(&before_of(&before, "ybz.keys.json")).unwrap();
    let after: serde_json::Value = serde_json::from_slice(&new_keys).unwrap();
    keys["slots"].as_array_mut().unwrap().push(after["slots"][0].clone());
    let mut header: serde_json::Value = serde_json::from_slice(&old_header).unwrap();
    header["next"] = serde_json::from_slice::<serde_json::Value>(&new_header).unwrap()["check"].clone();
    let both_keys = serde_json::to_vec(&keys).unwrap();
    let both_header = serde_json::to_vec(&header).unwrap();
    let half = new_db[..new_db.len() / 2].to_vec();
    let cuts: [Cut<'_>; 6] = [
        ("the wraps are written", &both_keys, &old_header, &old_db, None, 1),
        ("the header knows both", &both_keys, &both_header, &old_db, None, 1),
        ("the copy is half written", &both_keys, &both_header, &old_db, Some(&half), 1),
        ("the copy is written", &both_keys, &both_header, &old_db, Some(&new_db), 1),
        ("the copy is in its place", &both_keys, &both_header, &new_db, None, 2),
        ("the wraps are settled", &new_keys, &both_header, &new_db, None, 2),
    ];
    for (cut, keys, header, database, copy, opens) in cuts {
        put_back(&dir, &before);
        fs::write(dir.join("ybz.keys.json"), keys).unwrap();
        fs::write(dir.join("ybz.json"), header).unwrap();
        fs::write(dir.join("ybz.db"), database).unwrap();
        if let Some(copy) = copy {
            fs::write(dir.join("ybz.db.new"), copy).unwrap();
        }
        let found = unlock(&dir, Secret::Passphrase, PASSPHRASE).unwrap();
        assert_eq!(found.as_bytes(), key(opens).as_bytes(), "{cut}");
        assert!(
            matches!(Store::open(options(folder.path(), 3 - opens)), Err(OpenError::WrongKey { .. })) || opens == 1
        );
        let store = Store::open(options(folder.path(), opens)).unwrap_or_else(|error| panic!("{cut}: {error}"));
        assert_eq!(place(&store, 1), "村部", "{cut}");
        drop(store);
        assert_eq!(unlock(&dir, Secret::Passphrase, PASSPHRASE).unwrap().as_bytes(), key(opens).as_bytes(), "{cut}");
    }
}

fn before_of(files: &[(PathBuf, Vec<u8>)], name: &str) -> Vec<u8> {
    files.iter().find(|(path, _)| path.ends_with(name)).unwrap().1.clone()
}

#[test]
fn a_backup_restores_as_another_device_that_the_old_one_vouches_for() {
    let (home, folder) = village();
    let made = home.back_up(&folder, TODAY).unwrap();
    assert_eq!(home.backups_in(&folder).unwrap(), std::slice::from_ref(&made.file));
    let start = fs::read(&made.file).unwrap();
    assert!(!start.windows(6).any(|part| part == b"SQLite"), "the copy in it is encrypted");
    commit(&home, vec![visit(2, "later")]);
    let (old, incarnation) = (home.device().id(), home.incarnation());
    let found = unlock_backup(&made.file, Secret::Passphrase, PASSPHRASE).unwrap();
    assert_eq!(found.as_bytes(), key(1).as_bytes());
    unlock_backup(&made.file, Secret::Words, WORDS).unwrap();
    assert_eq!(verify_backup(&made.file, &found, &folder).unwrap().made, TODAY.to_string());

    let there = tempfile::tempdir().unwrap();
    let boot = there.path().join("boot");
    restore(&into(&made.file, &there.path().join("data"), &boot)).unwrap();
    let store = Store::open(options(there.path(), 1)).unwrap();
    assert_eq!(place(&store, 1), "村部");
    assert!(store.read(|r| r.record(None, &common::id(2))).unwrap().is_none(), "what came later is not in it");
    assert!(store.notices().is_empty(), "a restore is no copy that nobody knows of");
    assert_ne!((store.device().id(), store.incarnation()), (old, incarnation));
    let said = store.restored(&OFFICE).unwrap().unwrap().open().unwrap();
    assert_eq!((said.old, said.new, said.office), (old, store.device().id(), OFFICE));
    let membership = store.membership().unwrap();
    let certificate = membership.certificate(&OFFICE, &store.device().id()).unwrap();
    assert!(certificate.role == Role::Keeper && certificate.confirmed, "nobody else could let it in");
    assert!(!store.private_locked(&OFFICE).unwrap(), "nobody else can know of erasures");
    assert_eq!(unlock(store.dir(), Secret::Passphrase, PASSPHRASE).unwrap().as_bytes(), &[1; 32]);
    commit(&store, vec![visit(3, "祠堂")]);
    common::assert_sound(&store);
}

#[test]
fn what_is_no_sound_backup_says_which_and_leaves_nothing() {
    let (home, folder) = village();
    let made = home.back_up(&folder, TODAY).unwrap();
    let whole = fs::read(&made.file).unwrap();
    commit(&home, vec![visit(2, "祠堂")]);
    let other = fs::read(home.back_up(&folder, TODAY.tomorrow().unwrap()).unwrap().file).unwrap();
    let damaged: fn(&BackupError) -> bool = |error| matches!(error, BackupError::Damaged(_));
    let foreign: fn(&BackupError) -> bool = |error| matches!(error, BackupError::NotABackup(_));
    let newer: fn(&BackupError) -> bool = |error| matches!(error, BackupError::Newer { found: 9, .. });
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut later = whole.clone();
    later[16] = 9;
    let mut longer = whole.clone();
    longer.push(0);
    // The header of one and the database of the other: both of this database, both under one key.
    let head = 24 + u32::from_le_bytes(whole[20..24].try_into().unwrap()) as usize;
    let swapped = [&whole[..head], &other[head..]].concat();
    let pages = {
        let mut pages = whole.clone();
        pages[head + 4096..head + 8192].copy_from_slice(&other[head + 4096..head + 8192]);
        pages
    };
    let text = String::from_utf8_lossy(&whole[24..head]).into_owned();
    let said = |from: &str, to: &str| {
        let json = text.replace(from, to);
        let length = u32::try_from(json.len()).unwrap().to_le_bytes();
        [&whole[..20], &length, json.as_bytes(), &whole[head..]].concat()
    };
    let cases: Vec<Case> = vec![
        ("empty", Vec::new(), foreign),
        ("a picture", vec![0x89; 4096], foreign),
        ("a plain database", b"SQLite format 3\0".repeat(64), foreign),
        ("a newer format", later, newer),
        ("cut in the header", whole[..40].to_vec(), damaged),
        ("cut in the middle", whole[..middle].to_vec(), damaged),
        ("cut at the end", whole[..whole.len() - 1].to_vec(), damaged),
        ("one bit", flipped, damaged),
        ("something behind", longer, damaged),
        ("header and database of two backups", swapped, damaged),
        ("a page of another backup", pages, damaged),
        ("another day in the header", said("2026-03-09", "2026-03-10"), damaged),
        ("a path in its id", said("\"id\":\"", "\"id\":\"../"), damaged),
    ];
    for (case, bytes, wanted) in cases {
        let there = tempfile::tempdir().unwrap();
        let file = there.path().join("x.ybzb");
        fs::write(&file, bytes).unwrap();
        let (data, boot) = (there.path().join("data"), there.path().join("boot"));
        let Err(error) = restore(&into(&file, &data, &boot)) else { panic!("{case}") };
        assert!(wanted(&error), "{case}: {error}");
        let left: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "ybz.lock"), "{case}: {left:?}");
        assert!(verify_backup(&file, &key(1), there.path()).is_err(), "{case}");
    }
}

#[test]
fn a_restore_needs_the_right_key_an_empty_place_and_a_program_that_is_new_enough() {
    let (home, folder) = village();
    let made = home.back_up(&folder, TODAY).unwrap();
    let there = tempfile::tempdir().unwrap();
    let (data, boot) = (there.path().join("data"), there.path().join("boot"));
    let error = restore(&Restore { key: key(5), ..into(&made.file, &data, &boot) }).unwrap_err();
    assert!(matches!(error, BackupError::WrongKey(_)), "{error}");
    let error = unlock_backup(&made.file, Secret::Passphrase, b"not this one").unwrap_err();
    assert!(matches!(error, BackupError::Key(KeyError::Wrong)), "{error}");
    fs::write(data.join("书.txt"), "mine").unwrap();
    let error = restore(&into(&made.file, &data, &boot)).unwrap_err();
    assert!(matches!(error, BackupError::NotEmpty(_)), "{error}");
    assert_eq!(fs::read_to_string(data.join("书.txt")).unwrap(), "mine");
    fs::remove_file(data.join("书.txt")).unwrap();
    restore(&into(&made.file, &data, &boot)).unwrap();
    let error = restore(&into(&made.file, &data, &boot)).unwrap_err();
    assert!(matches!(error, BackupError::NotEmpty(_)), "books that are there are never overwritten: {error}");
    let missing = folder.join("gone");
    assert!(matches!(home.back_up(&missing, TODAY), Err(BackupError::NoFolder(_))));
    assert!(!missing.exists(), "a folder on a stick that is not in is not made");
    assert_eq!(read_backup_header(&made.file).unwrap().id, home.database_id().unwrap());
}

#[test]
fn words_restore_under_a_new_passphrase_and_the_system_can_hold_the_key() {
    let (home, folder) = village();
    let made = home.back_up(&folder, TODAY).unwrap();
    let there = tempfile::tempdir().unwrap();
    let (data, boot) = (there.path().join("data"), there.path().join("boot"));
    let found = unlock_backup(&made.file, Secret::Words, WORDS).unwrap();
    restore(&Restore { key: found, passphrase: Some(b"another one"), ..into(&made.file, &data, &boot) }).unwrap();
    unlock(&data, Secret::Passphrase, b"another one").unwrap();
    unlock(&data, Secret::Words, WORDS).unwrap();
    assert!(matches!(unlock(&data, Secret::Passphrase, PASSPHRASE), Err(KeyError::Wrong)));
    let held = there.path().join("held");
    restore(&Restore { holder: Holder::System, ..into(&made.file, &held, &boot) }).unwrap();
    assert!(matches!(unlock(&held, Secret::Passphrase, PASSPHRASE), Err(KeyError::NoWrap)));
}
