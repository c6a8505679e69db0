//! Pinyin for search as typed: full syllables and initials.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use pinyin::ToPinyin;

/// How a character is typed: its syllable without tone, `v` for `ü`; none for what is no Chinese character.
pub fn syllable(c: char) -> Option<String> {
    Some(typed(c.to_pinyin()?.plain()))
}

fn typed(syllable: &str) -> String {
    syllable.replace('ü', "v")
}

/// `zhangsan zs` for `张三`; other characters stand as they are, in lowercase.
pub fn key(name: &str) -> String {
    let (mut full, mut initials) = (String::new(), String::new());
    for c in name.chars() {
        match syllable(c) {
            Some(syllable) => {
                full.push_str(&syllable);
                initials.extend(syllable.chars().next());
            }
            None => {
                full.extend(c.to_lowercase());
                initials.extend(c.to_lowercase());
            }
        }
    }
    format!("{full} {initials}")
}

/// A name as it sounds to somebody who types by ear: without tones, and with what is often confused made one.
pub fn sound(name: &str) -> String {
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let full = key(&bare).split(' ').next().unwrap_or_default().to_owned();
    let near = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("l", "n")];
    near.into_iter().fold(full, |text, (from, to)| text.replace(from, to))
}

/// Whether a lowercase query is part of the name, its pinyin or its initials.
pub fn matches(name: &str, query: &str) -> bool {
    name.to_lowercase().contains(query) || key(name).split(' ').any(|form| form.contains(query))
}

/// Letters of one word that are read as syllables: no name or title is longer.
const LONGEST: usize = 60;

/// Every syllable that stands for a character.
fn syllables() -> &'static BTreeSet<String> {
    static ALL: OnceLock<BTreeSet<String>> = OnceLock::new();
    ALL.get_or_init(|| ('\u{4e00}'..='\u{9fff}').filter_map(syllable).collect())
}

/// Ways in which letters can be read as syllables, at most `most`. The last syllable of each may be only begun: a person is
/// still typing.
pub fn readings(letters: &str, most: usize) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    if letters.len() <= LONGEST && letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        read(letters, &mut Vec::new(), &mut found, most, &mut BTreeSet::new());
    }
    found
}

/// Tries what can follow. `dead` holds how many letters were left where no reading goes on, so that none is tried twice.
fn read(rest: &str, so_far: &mut Vec<String>, found: &mut Vec<Vec<String>>, most: usize, dead: &mut BTreeSet<usize>) {
    if found.len() >= most || rest.is_empty() || dead.contains(&rest.len()) {
        return;
    }
    let before = found.len();
    let begun = syllables().range(rest.to_owned()..).next().is_some_and(|syllable| syllable.starts_with(rest));
    if begun {
        found.push([so_far.as_slice(), &[rest.to_owned()]].concat());
    }
    // The longest first: `xian` is one syllable before it is two.
    for length in (1..rest.len().min(7)).rev() {
        let (syllable, after) = rest.split_at(length);
        if syllables().contains(syllable) {
            so_far.push(syllable.to_owned());
            read(after, so_far, found, most, dead);
            so_far.pop();
        }
    }
    if found.len() == before {
        dead.insert(rest.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_character_syllable_and_initial() {
        for query in ["张", "zhang", "zs", "zhangs", "三"] {
            assert!(matches("张三", query), "{query}");
        }
        assert!(!matches("张三", "ls"));
        assert!(matches("吕四", "lvsi"), "ü is typed as v");
    }

    #[test]
    fn letters_are_read_as_syllables_in_every_way() {
        let said = |letters: &str| -> Vec<String> { readings(letters, 16).iter().map(|one| one.join(" ")).collect() };
        assert!(said("zhangs").contains(&"zhang s".to_owned()), "the last one is only begun");
        assert_eq!(said("xian"), ["xian", "xia n", "xi an", "xi a n"], "the longest first");
        assert!(said("bcd").is_empty() && said("Zhang").is_empty() && said("").is_empty());
        assert_eq!(readings(&"xian".repeat(8), 16).len(), 16, "what somebody types is bounded");
        // Two ways at each step, and none that ends: each place is tried once.
        assert!(said(&format!("{}vv", "an".repeat(25))).is_empty());
        assert!(said(&"a".repeat(64)).is_empty());
    }
}
