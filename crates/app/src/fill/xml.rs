//! Walks through a part of the package, with the place of every tag in its bytes.
//!
//! Nothing is expanded but the five entities and characters by number; a part with a document type is refused.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::error::damaged;
use crate::error::Answer;

/// An opening or empty tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    inner: BytesStart<'a>,
    /// First byte.
    pub(super) start: usize,
    /// Behind the last byte.
    pub(super) end: usize,
    /// Closes itself.
    pub(super) empty: bool,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        let whole = self.inner.name().0;
        whole.rsplit(':').next().unwrap_or(whole)
    }

    /// The prefix with its colon, or nothing.
    pub(super) fn prefix(&self) -> String {
        let whole = self.inner.name().0;
        whole.rfind(':').and_then(|at| whole.get(..=at)).unwrap_or_default().to_owned()
    }

    /// The value of an attribute without prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.inner
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.0 == name)
            .and_then(|attribute| quick_xml::escape::unescape(&attribute.value).ok().map(Cow::into_owned))
    }

    /// The value of an attribute with any prefix, such as `r:id`.
    pub(super) fn get_prefixed(&self, name: &str) -> Option<String> {
        self.inner
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.0.split_once(':').is_some_and(|(_, local)| local == name))
            .and_then(|attribute| quick_xml::escape::unescape(&attribute.value).ok().map(Cow::into_owned))
    }

    /// A whole number of an attribute.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name).and_then(|text| text.trim().parse().ok())
    }

    /// A switch: absent is off.
    pub(super) fn on(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value == "1" || value == "true")
    }

    /// The name and all attributes but the ones named, as they stand in the part.
    pub(super) fn without(&self, names: &[&str]) -> Answer<String> {
        let mut out = self.inner.name().0.to_owned();
        for attribute in self.inner.attributes() {
            let attribute = attribute.map_err(|_| damaged())?;
            if names.contains(&attribute.key.0) {
                continue;
            }
            let quote = if attribute.value.contains('"') { '\'' } else { '"' };
            out.push_str(&format!(" {}={quote}{}{quote}", attribute.key.0, attribute.value));
        }
        Ok(out)
    }
}

/// A step of the walk.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An opening tag, or one that closes itself.
    Open(Tag<'a>),
    /// A closing tag: its first byte, and behind its last.
    Close(usize, usize),
    /// Characters between tags.
    Text(Cow<'a, str>),
    /// The part is over.
    End,
}

/// A walk through one part.
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    /// What the part begins with before its text.
    skipped: usize,
    depth: usize,
}

/// Nobody nests deeper.
const DEPTH: usize = 256;

impl<'a> Walk<'a> {
    /// Starts at the beginning of a part.
    ///
    /// # Errors
    /// `template_damaged` when it is not UTF-8.
    pub(super) fn new(part: &'a [u8]) -> Answer<Self> {
        let text = std::str::from_utf8(part).map_err(|_| damaged())?;
        let inner = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::from_str(inner);
        reader.config_mut().check_end_names = true;
        Ok(Self { reader, skipped: text.len() - inner.len(), depth: 0 })
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).saturating_add(self.skipped)
    }

    /// The next step.
    ///
    /// # Errors
    /// `template_damaged`.
    pub(super) fn next(&mut self) -> Answer<Step<'a>> {
        loop {
            let start = self.at();
            let event = self.reader.read_event().map_err(|_| damaged())?;
            let end = self.at();
            return Ok(match event {
                Event::Start(inner) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(damaged());
                    }
                    Step::Open(Tag { inner, start, end, empty: false })
                }
                Event::Empty(inner) => Step::Open(Tag { inner, start, end, empty: true }),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close(start, end)
                }
                Event::Text(text) => Step::Text(Cow::Owned(text.xml10_content().into_owned())),
                Event::CData(text) => Step::Text(Cow::Owned(text.xml10_content().into_owned())),
                Event::GeneralRef(entity) => {
                    let known = resolve_predefined_entity(&entity).map(|text| Cow::Owned(text.to_owned()));
                    let character = || entity.resolve_char_ref().ok().flatten().map(|c| Cow::Owned(c.to_string()));
                    Step::Text(known.or_else(character).ok_or_else(damaged)?)
                }
                Event::DocType(_) => return Err(damaged()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Eof if self.depth > 0 => return Err(damaged()),
                Event::Eof => Step::End,
            });
        }
    }

    /// Goes behind the element of a tag, gathering its text; answers the first byte of the closing tag and behind it.
    ///
    /// # Errors
    /// `template_damaged`.
    pub(super) fn skip(&mut self, tag: &Tag<'_>, mut text: impl FnMut(&str)) -> Answer<(usize, usize)> {
        if tag.empty {
            return Ok((tag.end, tag.end));
        }
        let depth = self.depth;
        loop {
            match self.next()? {
                Step::Text(piece) => text(&piece),
                Step::Close(start, end) if self.depth + 1 == depth => return Ok((start, end)),
                Step::End => return Err(damaged()),
                Step::Open(_) | Step::Close(..) => {}
            }
        }
    }
}

/// Text as it stands between tags. Characters that XML has no place for are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            '\r' | '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    out
}
