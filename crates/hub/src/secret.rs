//! Secrets that people type: never an argument, which others on the machine can see.

use std::io::{BufRead, IsTerminal, Read};
use std::path::Path;
use std::sync::OnceLock;

use ybz_app::ErrorDto;
use zeroize::Zeroizing;

use crate::args::Common;
use crate::print;

/// The passphrase that opened the books: asked for once in a command.
static GIVEN: OnceLock<Zeroizing<String>> = OnceLock::new();

/// Asks for the words of a recovery sheet.
pub(crate) const SHEET_WORDS: &str = "恢复纸上的 24 个词,用空格分开 The 24 words of the sheet: ";

/// Words of a paper.
const WORDS: usize = 24;

/// A secret is no longer than this.
const LONGEST: u64 = 4096;

/// The passphrase in force: from the file that is named, else typed without echo, else a line of standard input.
///
/// # Errors
/// `file_unreadable`
pub(crate) fn passphrase(common: &Common) -> Result<Zeroizing<String>, ErrorDto> {
    if let Some(given) = given() {
        return Ok(given);
    }
    let text = ask(common.passphrase_file.as_deref(), "口令 Passphrase: ")?;
    Ok(GIVEN.get_or_init(|| text).clone())
}

/// The passphrase that opened the books, if one did.
pub(crate) fn given() -> Option<Zeroizing<String>> {
    GIVEN.get().cloned()
}

/// A new passphrase; at a terminal it is typed twice.
///
/// # Errors
/// `file_unreadable`, `passphrases_differ`
pub(crate) fn new_passphrase(file: Option<&Path>) -> Result<Zeroizing<String>, ErrorDto> {
    let first = ask(file, "新口令 New passphrase: ")?;
    if file.is_none() && std::io::stdin().is_terminal() {
        let again = ask(None, "再输一遍 Again: ")?;
        if *again != *first {
            return Err(ErrorDto::new("passphrases_differ"));
        }
    }
    Ok(first)
}

/// The 24 words of a paper, named by `prompt`: on one line or several, until there are as many or an empty line comes.
///
/// # Errors
/// `file_unreadable`
pub(crate) fn words(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, ErrorDto> {
    match file.filter(|file| *file != Path::new("-")) {
        Some(file) => read(file),
        None => {
            // On paper they stand on several lines, and are typed and pasted so.
            let mut words = ask(None, prompt)?;
            while count(&words) < WORDS {
                let line = ask(None, "")?;
                if line.trim().is_empty() {
                    break;
                }
                words.push(' ');
                words.push_str(&line);
            }
            Ok(words)
        }
    }
}

/// Words of a paper, without their numbers.
fn count(text: &str) -> usize {
    text.split_whitespace().filter(|part| !part.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit())).count()
}

/// One line that opens something else than the books.
///
/// # Errors
/// `file_unreadable`
pub(crate) fn line(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, ErrorDto> {
    ask(file, prompt)
}

fn ask(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, ErrorDto> {
    let unreadable = |error| ErrorDto::new("file_unreadable").with("file", "-").with("detail", error);
    let text = match file.filter(|file| *file != Path::new("-")) {
        Some(file) => {
            let text = read(file)?;
            return Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()));
        }
        None if std::io::stdin().is_terminal() => {
            print::prompt(prompt);
            Zeroizing::new(rpassword::read_password().map_err(unreadable)?)
        }
        None => {
            let mut line = Zeroizing::new(String::new());
            std::io::stdin().lock().take(LONGEST).read_line(&mut line).map_err(unreadable)?;
            line
        }
    };
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn read(file: &Path) -> Result<Zeroizing<String>, ErrorDto> {
    let unreadable =
        |error: std::io::Error| ErrorDto::new("file_unreadable").with("file", file.display()).with("detail", error);
    let mut text = Zeroizing::new(String::new());
    std::fs::File::open(file).map_err(unreadable)?.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_on_the_paper_are_no_words() {
        assert_eq!(super::count("   1. able        2. acid"), 2);
        assert_eq!(super::count("able acid\n"), 2);
        assert_eq!(super::count(" "), 0);
    }
}
