//! The order in which people look for names of places: numbers by their value, characters by their sound.

use ybz_domain::pinyin::syllable;

/// One step of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// `十二`, `12`, also in wide digits.
    Number(u64),
    /// Its sound, then itself; what has no sound stands for itself.
    Sign(String, char),
}

/// Sorts names so that 二村 comes before 三村 and 十二村 after both. Names that sound and count alike keep the order of their
/// characters, so that the order is the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NaturalKey(Vec<Part>, String);

/// The key of a name.
pub(crate) fn key(name: &str) -> NaturalKey {
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = Vec::new();
    let mut rest = chars.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let arabic = run(rest, |c| arabic(c).is_some());
        let chinese = run(rest, |c| digit(c).is_some() || unit(c).is_some());
        if let Some((number, after)) = arabic {
            parts.push(Part::Number(positional(number, arabic_digit)));
            rest = after;
        } else if let Some((number, after)) = chinese {
            parts.push(Part::Number(spoken(number)));
            rest = after;
        } else {
            let sound = syllable(*first).unwrap_or_else(|| first.to_lowercase().collect());
            parts.push(Part::Sign(sound, *first));
            rest = after;
        }
    }
    NaturalKey(parts, name.to_owned())
}

/// The longest start whose characters all fit, and what follows it.
fn run(chars: &[char], fits: impl Fn(char) -> bool) -> Option<(&[char], &[char])> {
    let end = chars.iter().position(|c| !fits(*c)).unwrap_or(chars.len());
    (end > 0).then(|| chars.split_at(end))
}

fn arabic(c: char) -> Option<u64> {
    let wide = u32::from(c).checked_sub(u32::from('\u{ff10}')).filter(|digit| *digit < 10);
    wide.or_else(|| c.to_digit(10)).map(u64::from)
}

fn arabic_digit(c: char) -> u64 {
    arabic(c).unwrap_or_default()
}

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        _ => return None,
    })
}

fn positional(chars: &[char], value: impl Fn(char) -> u64) -> u64 {
    chars.iter().fold(0u64, |number, c| number.saturating_mul(10).saturating_add(value(*c)))
}

/// `一百零八` with its units, `二〇二六` digit by digit.
fn spoken(chars: &[char]) -> u64 {
    if !chars.iter().any(|c| unit(*c).is_some()) {
        return positional(chars, |c| digit(c).unwrap_or_default());
    }
    let (mut sum, mut digits) = (0u64, None);
    for c in chars {
        match unit(*c) {
            Some(unit) => sum = sum.saturating_add(unit.saturating_mul(digits.take().unwrap_or(1))),
            // The zero of 一百零八 counts nothing, and says nothing about a unit after it.
            None => digits = digit(*c).filter(|digit| *digit > 0),
        }
    }
    sum.saturating_add(digits.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
        names.sort_by_cached_key(|name| key(name));
        names
    }

    #[test]
    fn villages_stand_in_the_order_of_their_numbers() {
        let names = ["示范十二村", "示范三村", "示范二村", "示范十村", "示范一村", "示范二十一村", "示范十一村"];
        let order = ["示范一村", "示范二村", "示范三村", "示范十村", "示范十一村", "示范十二村", "示范二十一村"];
        assert_eq!(sorted(names), order);
        assert_eq!(sorted(["第三党小组", "第一党小组", "第二党小组"]), ["第一党小组", "第二党小组", "第三党小组"]);
    }

    #[test]
    fn digits_of_any_kind_count_and_doors_are_compared_piece_by_piece() {
        assert_eq!(sorted(["3组12号", "3组2号", "12组1号", "2组9号"]), ["2组9号", "3组2号", "3组12号", "12组1号"]);
        assert_eq!(sorted(["10村", "二村", "\u{ff19}村"]), ["二村", "\u{ff19}村", "10村"]);
        assert_eq!(sorted(["3-12", "3-2"]), ["3-2", "3-12"]);
    }

    #[test]
    fn spoken_numbers_are_read() {
        let of = |text: &str| spoken(&text.chars().collect::<Vec<_>>());
        for (text, number) in [
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零八", 108),
            ("一百一十", 110),
            ("两千零二十六", 2026),
            ("二〇二六", 2026),
            ("三", 3),
            ("零", 0),
        ] {
            assert_eq!(of(text), number, "{text}");
        }
        of(&"千".repeat(100));
        positional(&['9'; 40], arabic_digit);
    }

    #[test]
    fn without_numbers_names_stand_by_their_sound() {
        assert_eq!(sorted(["张家村", "李家村", "安河村"]), ["安河村", "李家村", "张家村"]);
        assert_eq!(sorted(["东 一村", "东二村"]), ["东 一村", "东二村"], "spaces do not count");
        assert!(key("一村") != key("1村"), "names that count alike stay two");
    }
}
