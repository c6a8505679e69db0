//! A device's database below its node, for stories that look at what is held.

use scenarios::Device;
use ybz_store::{DatabaseKey, Options, Store};

/// The database of a device, whose node ends.
pub fn store_of(device: Device) -> (Store, tempfile::TempDir) {
    let Device { node, folder } = device;
    drop(node);
    let options = Options {
        dir: folder.path().join("data"),
        key: DatabaseKey::from_bytes([7; 32]),
        boot_dir: folder.path().join("boot"),
        today: jiff::civil::Date::constant(2026, 3, 20),
        random: ybz_app::host::system_random,
        cache_bytes: 1 << 20,
    };
    // Sessions end in the background: wait for the lock that the node holds on its directory.
    let lock = std::fs::File::open(folder.path().join("data").join("ybz.lock")).unwrap();
    lock.lock().unwrap();
    lock.unlock().unwrap();
    (Store::open(options).expect("the database opens again"), folder)
}
