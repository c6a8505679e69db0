//! The table of texts that cells share.

use super::error::too_much;
use super::limits;
use super::xml::{Step, Walk};
use crate::error::Answer;

/// Reads `sharedStrings.xml`: the plain text of each entry, without signs of pronunciation.
///
/// # Errors
/// `template_damaged`, `template_too_large`.
pub(super) fn read(part: &[u8]) -> Answer<Vec<String>> {
    let mut walk = Walk::new(part)?;
    let mut out: Vec<String> = Vec::new();
    loop {
        match walk.next()? {
            Step::End => return Ok(out),
            Step::Open(tag) => match tag.name() {
                "si" => out.push(String::new()),
                "rPh" => drop(walk.skip(&tag, |_| {})?),
                "t" => {
                    let mut text = String::new();
                    walk.skip(&tag, |piece| text.push_str(piece))?;
                    if let Some(last) = out.last_mut() {
                        last.push_str(&text);
                    }
                }
                _ => {}
            },
            Step::Close(..) | Step::Text(_) => {}
        }
        if out.len() > limits::STRINGS {
            return Err(too_much("strings", limits::STRINGS));
        }
    }
}
