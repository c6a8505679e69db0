//! The TypeScript types of the interface are the ones of the RPC table.

#![allow(clippy::unwrap_used, reason = "a test may end at what it cannot read")]

use std::collections::BTreeMap;
use std::path::Path;

fn files(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(file, text)| (format!("{name}/{file}"), text)));
        } else {
            found.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    found
}

#[test]
fn the_generated_types_are_current() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/api/generated");
    let fresh = tempfile::tempdir().unwrap();
    ybz_app::write_types(fresh.path()).unwrap();
    if std::env::var_os("YBZ_WRITE_TYPES").is_some() {
        let _ = std::fs::remove_dir_all(&kept);
        ybz_app::write_types(&kept).unwrap();
    }
    let (kept, fresh) = (files(&kept), files(fresh.path()));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    let hint = "run `YBZ_WRITE_TYPES=1 cargo test -p ybz-app --test export_types`";
    assert_eq!(names(&kept), names(&fresh), "types were added or removed: {hint}");
    for (name, text) in &fresh {
        assert_eq!(&kept[name], text, "{name} is not current: {hint}");
    }
}
