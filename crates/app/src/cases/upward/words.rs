//! Names and phones in the form in which texts are looked through for them.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{HOUSEHOLD, HouseholdIdentity};
use ybz_store::RecordQuery;
use zeroize::Zeroize;

use crate::cases::unsealed::{self, Opened, Opener, Wipe, homes::Homes};
use crate::cx::Cx;
use crate::error::Answer;

/// A name of one character would match everything and is left out.
const MIN_NAME: usize = 2;
/// Digits from which a number is taken for a phone.
const MIN_PHONE: usize = 7;

/// A character of a text as it is compared, with the bytes of the text from which it comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    is: char,
    from: usize,
    to: usize,
}

/// A text in the form in which it is compared: full-width letters and digits are plain ones, letters small.
fn glyphs(text: &str) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(text.len() / 2);
    for (from, character) in text.char_indices() {
        let to = from + character.len_utf8();
        out.extend(character.nfkc().flat_map(char::to_lowercase).map(|is| Glyph { is, from, to }));
    }
    out
}

/// Stands inside a name without making it another: spaces, dots between names, and what cannot be seen.
fn is_filler(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '·' | '•' | '・' | '.' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '〇' | '零' => Some('0'),
        '一' | '幺' => Some('1'),
        '二' => Some('2'),
        '三' => Some('3'),
        '四' => Some('4'),
        '五' => Some('5'),
        '六' => Some('6'),
        '七' => Some('7'),
        '八' => Some('8'),
        '九' => Some('9'),
        _ => None,
    }
}

pub(super) fn letters(text: &str) -> Vec<Glyph> {
    glyphs(text).into_iter().filter(|glyph| !is_filler(glyph.is)).collect()
}

/// Whatever stands between digits, they are read as one row: too much is found rather than too little.
pub(super) fn digits(text: &str) -> Vec<Glyph> {
    glyphs(text).into_iter().filter_map(|glyph| digit(glyph.is).map(|is| Glyph { is, ..glyph })).collect()
}

fn plain(glyphs: &[Glyph]) -> Vec<char> {
    glyphs.iter().map(|glyph| glyph.is).collect()
}

/// The phones in a field that may hold several: each part, and parts that only together make one.
fn phones(field: &str) -> BTreeSet<Vec<char>> {
    let mut out = BTreeSet::new();
    let parts = field.split([',', '\u{ff0c}', '、', ';', '\u{ff1b}', '/', '\u{ff0f}', '\n', '或']);
    for part in parts {
        // A number within one area is said without its code.
        let words = part.split(|c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')'));
        let words = words.map(|word| plain(&digits(word)));
        for mut phone in words.chain([plain(&digits(part))]) {
            if phone.len() == 13 && phone.starts_with(&['8', '6']) {
                phone.drain(..2);
            }
            if phone.len() >= MIN_PHONE {
                out.insert(phone);
            }
        }
    }
    out
}

/// A name or phone.
pub(super) struct Word {
    pub(super) kind: &'static str,
    chars: Vec<char>,
    /// As it was typed.
    pub(super) shown: String,
}

/// Where a word stands in a text, in bytes.
pub(super) struct Found<'a> {
    pub(super) word: &'a Word,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Names and phones, by what all of them are at least as long as: each place of a text is compared with a few of them, also where
/// all phones of a village begin alike.
#[derive(Default)]
pub(super) struct Words {
    names: BTreeMap<Vec<char>, Vec<Word>>,
    phones: BTreeMap<Vec<char>, Vec<Word>>,
}

impl Words {
    pub(super) fn add(&mut self, name: &str, phone: &str) {
        let chars = plain(&letters(name));
        put(&mut self.names, MIN_NAME, Word { kind: "name", chars, shown: name.trim().to_owned() });
        for chars in phones(phone) {
            put(&mut self.phones, MIN_PHONE, Word { kind: "phone", chars, shown: phone.trim().to_owned() });
        }
    }

    /// Where they stand in a text, of which these are the letters and the digits.
    pub(super) fn find<'a>(&'a self, letters: &[Glyph], digits: &[Glyph]) -> Vec<Found<'a>> {
        let mut out = Vec::new();
        for (words, row, least) in [(&self.names, letters, MIN_NAME), (&self.phones, digits, MIN_PHONE)] {
            let chars = plain(row);
            for (at, first) in chars.windows(least).enumerate() {
                for word in words.get(first).into_iter().flatten() {
                    let to = at + word.chars.len();
                    if let (true, Some([first, .., last])) = (chars.get(at..to) == Some(&word.chars), row.get(at..to)) {
                        out.push(Found { word, from: first.from, to: last.to });
                    }
                }
            }
        }
        out
    }
}

/// Keeps a word that is long enough.
fn put(words: &mut BTreeMap<Vec<char>, Vec<Word>>, least: usize, word: Word) {
    if let Some(first) = word.chars.get(..least) {
        words.entry(first.to_vec()).or_default().push(word);
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        for words in [&mut self.names, &mut self.phones] {
            while let Some((mut first, _)) = words.pop_first() {
                first.zeroize();
            }
        }
    }
}

impl Drop for Word {
    fn drop(&mut self) {
        self.chars.zeroize();
        self.shown.zeroize();
    }
}

/// Names and phones of an office's households, those among them that were deleted as entered by mistake: they are somebody's all
/// the same.
#[derive(Default)]
pub(super) struct HomeWords {
    pub(super) words: Words,
    /// Households that do not open here.
    pub(super) closed: Vec<RecordId>,
}

impl Opened for HomeWords {
    const MADE_OF: &'static [&'static str] = &[];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let homes = unsealed::opened::<Homes>(cx)?;
        let mut out = Self::default();
        for home in homes.all() {
            out.words.add(&home.identity.name, &home.identity.phone);
        }
        // What does not open, or came a moment ago, and what was deleted.
        let rows = cx.rows(BookKind::households(), RecordQuery::of_type(HOUSEHOLD))?;
        let left: Vec<RecordId> = rows.into_iter().map(|(id, _)| id).filter(|id| homes.get(id).is_none()).collect();
        let left = cx.find_each(&left)?.into_values().chain(cx.deleted_records(RecordQuery::of_type(HOUSEHOLD))?);
        let opener = Opener::new(cx)?;
        for stored in left {
            match opener.open::<HouseholdIdentity>(&stored, &stored.view.id) {
                Some(mut identity) => {
                    out.words.add(&identity.name, &identity.phone);
                    identity.wipe();
                }
                None => out.closed.push(stored.view.id),
            }
        }
        Ok(out)
    }
}
