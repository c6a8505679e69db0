//! Places in a sheet as people write them: `B3`, `A1:F20`.

use std::fmt;

use super::limits::{LAST_COLUMN, LAST_ROW};
use crate::import::sheet::letter;

/// One cell, row and column from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    /// From 1.
    pub(super) row: u32,
    /// From 1.
    pub(super) column: u32,
}

impl Place {
    /// Reads `B3` or `$B$3`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let (word, rest) = text.split_at(letters);
        let rest = rest.strip_prefix('$').unwrap_or(rest);
        if !(1..=3).contains(&word.len()) || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let column = word.bytes().fold(0u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = rest.parse().ok()?;
        ((1..=LAST_COLUMN).contains(&column) && (1..=LAST_ROW).contains(&row)).then_some(Self { row, column })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = usize::try_from(self.column.saturating_sub(1)).unwrap_or_default();
        write!(f, "{}{}", letter(column), self.row)
    }
}

/// Cells from one corner to the other, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// Top left.
    pub(super) from: Place,
    /// Bottom right.
    pub(super) to: Place,
}

impl Area {
    /// Reads `A1:F20`, or one cell.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (one, other) = text.split_once(':').unwrap_or((text, text));
        let (one, other) = (Place::read(one)?, Place::read(other)?);
        let from = Place { row: one.row.min(other.row), column: one.column.min(other.column) };
        let to = Place { row: one.row.max(other.row), column: one.column.max(other.column) };
        Some(Self { from, to })
    }

    /// Whether a cell lies in it.
    pub(super) fn has(&self, place: Place) -> bool {
        (self.from.row..=self.to.row).contains(&place.row)
            && (self.from.column..=self.to.column).contains(&place.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for text in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(Place::read(text).map(|place| place.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Place::read("$c$4"), Some(Place { row: 4, column: 3 }));
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1x", "A-1", "中1"] {
            assert_eq!(Place::read(text), None, "{text}");
        }
        let area = Area::read("C9:A2").unwrap();
        assert_eq!((area.from, area.to), (Place { row: 2, column: 1 }, Place { row: 9, column: 3 }));
        assert!(area.has(Place { row: 9, column: 3 }) && !area.has(Place { row: 10, column: 3 }));
        assert_eq!(Area::read("B2").map(|area| area.from == area.to), Some(true));
    }
}
