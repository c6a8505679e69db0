//! Text that went through the wrong encoding (乱码).

use encoding_rs::GB18030;

/// Leftovers of a wrong decoding: UTF-8 marks read as GBK, and uninitialised memory read as GBK.
const LEFTOVERS: [&str; 4] = ["\u{fffd}", "锟斤拷", "烫烫烫", "屯屯屯"];

/// Whether one text is plainly garbled.
pub(super) fn is_garbled(text: &str) -> bool {
    LEFTOVERS.iter().any(|leftover| text.contains(leftover))
        || text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || latin(text)
}

/// UTF-8 or GBK read as Latin-1: `å¼ ä¸‰`, `ÕÅÈý`.
fn latin(text: &str) -> bool {
    let high = text
        .chars()
        .filter(|c| ('\u{80}'..='\u{ff}').contains(c) && !matches!(c, '·' | '×' | '¥' | '°' | '±' | '§'))
        .count();
    let cjk = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    high >= 3 && cjk == 0 && high * 2 >= text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether the text, written in GBK, would be UTF-8: then it was UTF-8 and was read as GBK (`寮犱笁` for `张三`).
pub(super) fn is_misread_utf8(text: &str) -> bool {
    let cjk: String = text.chars().filter(|c| !c.is_ascii()).collect();
    if cjk.chars().count() < 3 {
        return false;
    }
    let (bytes, _, lossy) = GB18030.encode(&cjk);
    if lossy {
        return false;
    }
    match std::str::from_utf8(&bytes) {
        Ok(_) => true,
        // An odd number of bytes was joined with the next character: allow a broken last one.
        Err(error) => error.error_len().is_none() && error.valid_up_to() + 3 >= bytes.len(),
    }
}

/// The first garbled text, when the texts of a file are garbled.
///
/// A single misread word may be chance (some names are valid both ways), so most of the texts must be.
pub(super) fn first_garbled<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if let Some(text) = texts.clone().find(|text| is_garbled(text)) {
        return Some(text);
    }
    let long = texts.filter(|text| text.chars().filter(|c| !c.is_ascii()).count() >= 3);
    let misread = long.clone().filter(|text| is_misread_utf8(text)).count();
    if misread > 0 && misread * 2 > long.clone().count() {
        return long.into_iter().find(|text| is_misread_utf8(text));
    }
    None
}
