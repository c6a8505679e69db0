//! A key file that is named without a folder.

use ybz_store::{replace_private, write_new_private};

#[test]
fn a_file_without_a_folder_is_written_where_one_is() {
    let home = tempfile::tempdir().unwrap();
    std::env::set_current_dir(home.path()).unwrap();
    replace_private("key".as_ref(), b"1").unwrap();
    replace_private("key".as_ref(), b"2").unwrap();
    std::fs::write("key.new", b"left by a crash").unwrap();
    replace_private("key".as_ref(), b"3").unwrap();
    assert_eq!(std::fs::read("key").unwrap(), b"3");
    replace_private("other.new".as_ref(), b"mine").unwrap();
    assert_eq!(std::fs::read("other.new").unwrap(), b"mine", "whatever its ending");
    let left = std::fs::read_dir(".").unwrap().count();
    assert_eq!(left, 2, "nothing beside is left");
    let there = write_new_private("key".as_ref(), b"4").unwrap_err();
    assert_eq!(there.kind(), std::io::ErrorKind::AlreadyExists);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata("key").unwrap().permissions().mode() & 0o777, 0o600);
    }
}
