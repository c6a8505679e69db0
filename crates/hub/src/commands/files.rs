//! Files that commands read and write.

use std::io::Read;
use std::path::Path;

use ybz_app::ErrorDto;
use ybz_app::host::write_new_private;

/// Reads a file of at most `max` bytes.
///
/// # Errors
/// `file_unreadable` with its name, `file_too_large`.
pub(super) fn read(file: &Path, max: u64) -> Result<Vec<u8>, ErrorDto> {
    let opened = std::fs::File::open(file).map_err(|error| unreadable(file, error))?;
    bounded(file, opened, max)
}

/// The same; `-` is standard input.
///
/// # Errors
/// As [`read`].
pub(super) fn read_or_piped(file: &Path, max: u64) -> Result<Vec<u8>, ErrorDto> {
    if file == Path::new("-") { bounded(file, std::io::stdin().lock(), max) } else { read(file, max) }
}

fn unreadable(file: &Path, error: std::io::Error) -> ErrorDto {
    ErrorDto::new("file_unreadable").with("file", file.display()).with("detail", error)
}

fn bounded(file: &Path, from: impl Read, max: u64) -> Result<Vec<u8>, ErrorDto> {
    let mut bytes = Vec::new();
    from.take(max + 1).read_to_end(&mut bytes).map_err(|error| unreadable(file, error))?;
    if bytes.len() as u64 > max {
        return Err(ErrorDto::new("file_too_large").with("file", file.display()).with("max", max));
    }
    Ok(bytes)
}

/// Refuses early when a new file cannot be there.
///
/// # Errors
/// `file_exists` with its name.
pub(super) fn is_new(file: &Path) -> Result<(), ErrorDto> {
    if file.exists() { Err(ErrorDto::new("file_exists").with("file", file.display())) } else { Ok(()) }
}

/// Writes a new file; one that is there already stays as it is.
///
/// # Errors
/// `file_exists`, `file_not_written`, both with its name.
pub(super) fn write_new(file: &Path, bytes: &[u8]) -> Result<(), ErrorDto> {
    let failed = |error: std::io::Error| {
        let code = match error.kind() {
            std::io::ErrorKind::AlreadyExists => "file_exists",
            std::io::ErrorKind::StorageFull => "disk_full",
            _ => "file_not_written",
        };
        match code {
            "file_exists" => ErrorDto::new(code).with("file", file.display()),
            _ => ErrorDto::new(code).with("file", file.display()).with("detail", error),
        }
    };
    // A ticket lets its holder in, a snapshot is for those it was given to.
    write_new_private(file, bytes).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("t");
        write_new(&file, b"1").unwrap();
        assert_eq!(write_new(&file, b"2").unwrap_err().code, "file_exists");
        assert_eq!(read(&file, 1).unwrap(), b"1");
        assert_eq!(read(&file, 0).unwrap_err().code, "file_too_large");
        assert_eq!(read(&dir.path().join("none"), 9).unwrap_err().code, "file_unreadable");
    }
}
