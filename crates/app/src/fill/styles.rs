//! What a cell's number format wants: a date, text, or anything.

use std::collections::BTreeMap;

use super::error::too_much;
use super::limits;
use super::xml::{Step, Walk};
use crate::error::Answer;

/// What a format does to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    /// Numbers stay numbers; a date would be shown as a number.
    #[default]
    General,
    /// Everything is text (`@`).
    Text,
    /// A number is shown as a day.
    Date,
}

/// Formats by the number that cells name them by.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles(Vec<Format>);

impl Styles {
    /// Reads `styles.xml`.
    ///
    /// # Errors
    /// `template_damaged`, `template_too_large`.
    pub(super) fn read(part: &[u8]) -> Answer<Self> {
        let mut walk = Walk::new(part)?;
        let (mut codes, mut formats, mut in_cells) = (BTreeMap::new(), Vec::new(), false);
        let mut depth_of_cells = 0usize;
        loop {
            match walk.next()? {
                Step::End => return Ok(Self(formats)),
                Step::Open(tag) => match tag.name() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                            codes.insert(id, of_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = !tag.empty,
                    "xf" if in_cells => {
                        let id = tag.number("numFmtId").unwrap_or_default();
                        formats.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
                        depth_of_cells += usize::from(!tag.empty);
                    }
                    _ if in_cells => depth_of_cells += usize::from(!tag.empty),
                    _ => {}
                },
                Step::Close(..) if in_cells && depth_of_cells == 0 => in_cells = false,
                Step::Close(..) if in_cells => depth_of_cells -= 1,
                Step::Close(..) | Step::Text(_) => {}
            }
            if formats.len() > limits::STYLES || codes.len() > limits::STYLES {
                return Err(too_much("styles", limits::STYLES));
            }
        }
    }

    /// The format of a cell that names this style.
    pub(super) fn format(&self, style: u32) -> Format {
        usize::try_from(style).ok().and_then(|place| self.0.get(place)).copied().unwrap_or_default()
    }
}

fn built_in(id: u32) -> Format {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Date,
        49 => Format::Text,
        _ => Format::General,
    }
}

/// A format that a file brings: a day is shown by letters for years or days outside quotes and brackets.
fn of_code(code: &str) -> Format {
    if code.trim() == "@" {
        return Format::Text;
    }
    let (mut quoted, mut bracket, mut literal) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if literal => literal = false,
            '\\' | '_' | '*' if !quoted => literal = true,
            '"' if !bracket => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if bracket => bracket = false,
            'y' | 'Y' | 'd' | 'D' if !quoted && !bracket => return Format::Date,
            // Only the first section says what positive numbers look like.
            ';' if !quoted && !bracket => break,
            _ => {}
        }
    }
    Format::General
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_days_are_told_from_others() {
        for code in ["yyyy\"年\"m\"月\"d\"日\"", "yyyy-mm-dd", "[$-804]yyyy/m/d;@", "d"] {
            assert_eq!(of_code(code), Format::Date, "{code}");
        }
        for code in ["0.00", "#,##0.00\"元\"", "[Red]0", "\"day\"0", "\\d0", "0.00E+00", "General", "0;yyyy"] {
            assert_eq!(of_code(code), Format::General, "{code}");
        }
        assert_eq!(of_code("@"), Format::Text);
        let part = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy.mm.dd"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="49"/></cellXfs><dxfs/></styleSheet>"#;
        let styles = Styles::read(part).unwrap();
        let found: Vec<Format> = (0..4).map(|style| styles.format(style)).collect();
        assert_eq!(found, [Format::General, Format::Date, Format::Text, Format::General]);
    }
}
