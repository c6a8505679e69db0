//! Where the door to a running node is: in the data directory, or where its path is too long or its file system knows no
//! sockets, under a short name in a folder of the user.

use std::io;
use std::path::Path;
#[cfg(unix)]
use std::path::PathBuf;

/// The hashed name of a data directory: the same for every way of writing its path.
pub(super) fn name(data: &Path) -> io::Result<String> {
    let data = data.canonicalize()?;
    let hash = blake3::hash(data.as_os_str().as_encoded_bytes()).to_hex();
    Ok(hash.chars().take(24).collect())
}

/// Places of the socket, best first.
#[cfg(unix)]
pub(super) fn places(data: &Path, user: u32) -> io::Result<Vec<PathBuf>> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let folders = runtime.into_iter().map(|dir| dir.join("yibenzhang"));
    let folders = folders.chain([std::env::temp_dir().join(format!("yibenzhang-{user}"))]);
    let file = format!("{}.sock", name(data)?);
    let inside = data.canonicalize()?.join("ybz.sock");
    let all = std::iter::once(inside).chain(folders.map(|folder| folder.join(&file)));
    Ok(all.filter(|place| place.as_os_str().len() <= LONGEST).collect())
}

/// Bytes of a socket's path: macOS takes 103, Linux 107.
#[cfg(unix)]
const LONGEST: usize = 100;

/// Makes the folder of a socket outside the data directory, for this user alone.
#[cfg(unix)]
pub(super) fn private_folder(folder: &Path, user: u32) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    // Someone else may have made it first, or put a link there.
    let found = std::fs::symlink_metadata(folder)?;
    if found.is_dir() && found.uid() == user && found.mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::PermissionDenied, format!("{} is not private", folder.display())))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::*;

    #[test]
    fn a_long_path_gets_a_short_place_elsewhere() {
        let dir = tempfile::tempdir().unwrap();
        let places_of = |data: &Path| places(data, 7).unwrap();
        assert_eq!(places_of(dir.path()).first().unwrap().file_name().unwrap(), "ybz.sock");
        let long = dir.path().join("很长的文件夹名字".repeat(5));
        std::fs::create_dir(&long).unwrap();
        let places = places_of(&long);
        assert!(!places.is_empty(), "there is a place for every data directory");
        for place in places {
            assert!(place.as_os_str().len() <= LONGEST && !place.starts_with(&long), "{}", place.display());
        }
    }

    #[test]
    fn one_directory_has_one_name_however_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("a")).unwrap();
        assert_eq!(name(dir.path()).unwrap(), name(&dir.path().join("a").join("..")).unwrap());
        assert_ne!(name(dir.path()).unwrap(), name(&dir.path().join("a")).unwrap());
    }

    #[test]
    fn a_folder_that_others_can_enter_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        let user = std::fs::metadata(dir.path()).unwrap().uid();
        let folder = dir.path().join("f");
        private_folder(&folder, user).unwrap();
        private_folder(&folder, user).unwrap();
        assert!(private_folder(&folder, user + 1).is_err(), "it belongs to someone else");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert!(private_folder(&folder, user).is_err());
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        assert!(private_folder(&link, user).is_err());
    }
}
