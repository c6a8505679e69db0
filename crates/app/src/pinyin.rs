//! Pinyin for search as typed: full syllables and initials.

use pinyin::ToPinyin;

/// `zhangsan zs` for `张三`; other characters stand as they are, in lowercase.
pub(crate) fn key(name: &str) -> String {
    let (mut full, mut initials) = (String::new(), String::new());
    for (c, syllable) in name.chars().zip(name.to_pinyin()) {
        match syllable {
            Some(syllable) => {
                full.push_str(syllable.plain());
                initials.push_str(syllable.first_letter());
            }
            None => {
                full.extend(c.to_lowercase());
                initials.extend(c.to_lowercase());
            }
        }
    }
    format!("{full} {initials}")
}

/// Whether a lowercase query is part of the name, its pinyin or its initials.
pub(crate) fn matches(name: &str, query: &str) -> bool {
    name.to_lowercase().contains(query) || key(name).split(' ').any(|form| form.contains(query))
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
    }
}
