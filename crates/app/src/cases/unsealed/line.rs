//! Opened records as rows of a list, with the words by which they are looked for.

use ybz_domain::pinyin;
use zeroize::Zeroize;

use crate::dto::{ListInput, Page};

/// Overwrites what must not stay in memory.
pub(crate) trait Wipe {
    /// Overwrites every word that names somebody or tells about them.
    fn wipe(&mut self);
}

/// Between the forms of names: no name has it.
const APART: char = '\0';

/// Names as they are looked for: each as it is written, in syllables and in initials.
pub(crate) fn said(names: &[&str]) -> String {
    let mut out = String::new();
    for name in names {
        for form in std::iter::once(name.to_lowercase()).chain(pinyin::key(name).split(' ').map(str::to_owned)) {
            out.push(APART);
            out.push_str(&form);
        }
    }
    out
}

/// An opened record.
pub(crate) struct Line<R: Wipe> {
    /// As the list shows it.
    pub(crate) row: R,
    /// Its names, as [`said`].
    pub(crate) said: String,
    /// The year of its book.
    pub(crate) year: Option<i16>,
}

impl<R: Wipe> Line<R> {
    /// Whether a query in lowercase is part of one of its names.
    pub(crate) fn matches(&self, wanted: &str) -> bool {
        wanted.is_empty() || self.said.contains(wanted)
    }
}

impl<R: Wipe> Drop for Line<R> {
    fn drop(&mut self) {
        self.row.wipe();
        self.said.zeroize();
    }
}

/// Opened records in the order of their list.
pub(crate) struct Lines<R: Wipe>(pub(crate) Vec<Line<R>>);

impl<R: Wipe + Clone> Lines<R> {
    /// One page of those that are wanted: by a part of their names, and else.
    pub(crate) fn page(&self, input: &ListInput, wanted: impl Fn(&Line<R>) -> bool) -> Page<R> {
        let text = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
        let found: Vec<&Line<R>> = self.0.iter().filter(|line| wanted(line) && line.matches(&text)).collect();
        page_of(&found, input, |line| line.row.clone())
    }
}

/// Cuts a page out of rows that were found, and makes rows of that page alone.
pub(crate) fn page_of<T, R>(found: &[&T], input: &ListInput, row: impl Fn(&T) -> R) -> Page<R> {
    let limit = if input.limit == 0 { 50 } else { input.limit };
    let skip = usize::try_from(input.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    Page {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        rows: found.iter().skip(skip).take(take).map(|one| row(one)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_by_the_one_that_looks_at_each() {
        for name in ["张三", "吕四", "Anna 李", "  "] {
            for query in ["张", "zhang", "zs", "zhangs", "三", "lvsi", "anna", "li", "al", "gs", "nna l", " "] {
                assert_eq!(said(&[name]).contains(query), pinyin::matches(name, query), "{name} {query}");
            }
        }
        assert!(said(&["张三", "李四"]).contains("ls") && !said(&["张三", "李四"]).contains("sanl"));
    }
}
