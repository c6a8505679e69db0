//! A device's database below its node, for stories that look at what is held.

use std::path::Path;

use rusqlite::types::ValueRef;
use scenarios::Device;
use ybz_store::{DatabaseKey, Options, Store};

/// The database of a device, whose node ends.
pub fn store_of(device: Device) -> (Store, tempfile::TempDir) {
    let folder = ended(device);
    let options = Options {
        dir: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        boot_dir: folder.path().join("boot"),
        today: scenarios::today(),
        random: ybz_app::host::system_random,
        cache_bytes: 1 << 20,
    };
    (Store::open(options).expect("the database opens again"), folder)
}

/// Ends a node and waits until its directory is free.
pub fn ended(device: Device) -> tempfile::TempDir {
    let Device { node, folder } = device;
    drop(node);
    // Sessions end in the background: wait for the lock that the node holds on its directory.
    let lock = std::fs::File::open(folder.path().join("data").join("ybz.lock")).unwrap();
    lock.lock().unwrap();
    lock.unlock().unwrap();
    folder
}

/// The rows of a database below the store. No node may have it open.
pub fn rows_of(folder: &Path) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(folder.join("data").join("ybz.db")).unwrap();
    conn.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\"", "07".repeat(32))).unwrap();
    conn
}

/// Every value of every row, decrypted, one after the other.
pub fn dump(conn: &rusqlite::Connection) -> Vec<u8> {
    let mut tables =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut out = Vec::new();
    for table in tables {
        let mut rows = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => out.extend_from_slice(bytes),
                    _ => {}
                }
                out.push(0);
            }
        }
    }
    out
}

/// Everything a database holds of books and beside them, the text of compacted changes included.
pub fn everything(device: Device) -> (Vec<u8>, tempfile::TempDir) {
    let (store, folder) = store_of(device);
    let mut bytes = Vec::new();
    for (key, _) in store.catalog(&|_| true).unwrap() {
        for change in store.missing_for(&key.id(), &[]).unwrap().changes {
            bytes.extend(change);
        }
    }
    drop(store);
    bytes.extend(dump(&rows_of(folder.path())));
    (bytes, folder)
}

/// Whether a word stands anywhere in bytes.
pub fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}
