//! 公民身份号码 (GB 11643): its check character, and what it says of birth and sex. It is collected only where a form
//! demands it, stands sealed in `own/households`, and is shown by its first and last character.

use jiff::civil::Date;

use crate::date::month_text;

const LENGTH: usize = 18;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// A number that cannot be one. Says what is wrong with it and never the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not 17 digits and a check character.
    #[error("not 17 digits and a digit or X")]
    Form,
    /// The eight digits in its middle are no day.
    #[error("the day of birth is not in the calendar")]
    Birth,
    /// The last character does not follow from the others.
    #[error("the check character is another one")]
    Check,
}

/// A number whose check character holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdNumber {
    text: String,
    birth: Date,
    sex: u8,
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

impl IdNumber {
    /// Reads a number as typed: spaces are left out, `x` is `X`, full-width digits are plain ones.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, IdNumberError> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
        let signs: Vec<char> = text.chars().collect();
        let [body @ .., check] = signs.as_slice() else { return Err(IdNumberError::Form) };
        let digits: Vec<u32> = body.iter().filter_map(|sign| sign.to_digit(10)).collect();
        if signs.len() != LENGTH || digits.len() != WEIGHTS.len() || !(check.is_ascii_digit() || *check == 'X') {
            return Err(IdNumberError::Form);
        }
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        if usize::try_from(sum % 11).ok().and_then(|place| CHECKS.get(place)) != Some(check) {
            return Err(IdNumberError::Check);
        }
        // All is ASCII from here on, so bytes are characters.
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let birth = match (part(6, 10).parse::<i16>(), part(10, 12).parse::<i8>(), part(12, 14).parse::<i8>()) {
            (Ok(year @ 1800..=2200), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
            _ => None,
        };
        let odd = digits.last().is_some_and(|digit| digit % 2 == 1);
        Ok(Self { birth: birth.ok_or(IdNumberError::Birth)?, sex: if odd { 1 } else { 2 }, text })
    }

    /// All eighteen characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Day of birth.
    pub fn birth(&self) -> Date {
        self.birth
    }

    /// Month of birth, `1949-12`.
    pub fn birth_month(&self) -> String {
        month_text(self.birth.year(), self.birth.month())
    }

    /// 1 男, 2 女 (GB/T 2261.1).
    pub fn sex(&self) -> u8 {
        self.sex
    }
}

fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        'x' | 'ｘ' | 'Ｘ' => 'X',
        other => other,
    }
}

/// The first and the last character, the others as `*`; of one or two characters nothing.
pub fn masked(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    match signs.as_slice() {
        [first, middle @ .., last] if !middle.is_empty() => {
            format!("{first}{}{last}", "*".repeat(middle.len()))
        }
        few => "*".repeat(few.len()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const VALID: &str = "11010519491231002X";

    #[test]
    fn the_example_of_the_standard_is_read() {
        let number = IdNumber::read(" 110105 19491231 002x").unwrap();
        assert_eq!(number.as_str(), VALID);
        assert_eq!((number.birth(), number.birth_month().as_str(), number.sex()), (date(1949, 12, 31), "1949-12", 2));
        assert_eq!(IdNumber::read("１１０１０５１９４９１２３１００２Ｘ").unwrap(), number);
        assert!(!format!("{number:?}").contains("1949"));
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        assert_eq!(IdNumber::read(""), Err(IdNumberError::Form));
        assert_eq!(IdNumber::read("11010519491231002"), Err(IdNumberError::Form));
        assert_eq!(IdNumber::read("X1010519491231002X"), Err(IdNumberError::Form));
        assert_eq!(IdNumber::read("110105194912310021"), Err(IdNumberError::Check));
        // 1949-13-31 with the check character that follows from it.
        assert_eq!(IdNumber::read("110105194913310023"), Err(IdNumberError::Check));
        let wrong = (0..11).map(|n| format!("11010519491331002{}", CHECKS[n])).map(|text| IdNumber::read(&text));
        assert_eq!(wrong.filter(|read| *read == Err(IdNumberError::Birth)).count(), 1);
    }

    #[test]
    fn only_the_ends_are_shown() {
        assert_eq!(masked(VALID), "1****************X");
        assert_eq!(masked("13900000001"), "1*********1");
        assert_eq!((masked("12").as_str(), masked("").as_str()), ("**", ""));
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_found(place in 0usize..17, digit in 0u32..10) {
            let mut signs: Vec<char> = VALID.chars().collect();
            let sign = char::from_digit(digit, 10).unwrap();
            prop_assume!(signs[place] != sign);
            signs[place] = sign;
            let text: String = signs.into_iter().collect();
            prop_assert!(IdNumber::read(&text).is_err());
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,24}") {
            let _ = IdNumber::read(&text);
            prop_assert_eq!(masked(&text).chars().count(), text.chars().count());
        }
    }
}
