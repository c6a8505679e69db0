//! ID numbers and phones of members. What is wrong with one is told without the number: by its ends at most.

use ybz_domain::id_number::{IdNumber, IdNumberError, masked};

use super::{ValueError, says_nothing, sound, squeezed};
use crate::import::sheet::Cell;

/// Characters that a phone may have, as in the member's form.
const PHONE_CHARS: usize = 40;

/// An ID number whose check character holds; none where nothing stands.
pub(crate) fn id_number(cell: &Cell) -> Result<Option<IdNumber>, ValueError> {
    if let Cell::Number(number) = cell
        && *number >= 1e15
    {
        // A spreadsheet keeps fifteen digits of a number; the others are gone.
        return Err(ValueError::new("id_number_rounded", ""));
    }
    let text = squeezed(&sound(cell)?);
    let text = text.trim_start_matches(['\'', '’', '`']);
    if says_nothing(text) {
        return Ok(None);
    }
    IdNumber::read(text).map(Some).map_err(|error| {
        let code = match error {
            IdNumberError::Form => "id_number_form",
            IdNumberError::Birth => "id_number_birth",
            IdNumberError::Check => "id_number_check",
        };
        ValueError::new(code, &ends(text))
    })
}

/// A phone as it is written, without spaces; empty where nothing stands.
pub(crate) fn phone(cell: &Cell) -> Result<String, ValueError> {
    let text = squeezed(&sound(cell)?);
    if says_nothing(&text) {
        return Ok(String::new());
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits < 5 || text.chars().count() > PHONE_CHARS {
        return Err(ValueError::new("phone_not_understood", &ends(&text)));
    }
    Ok(text)
}

/// Enough to find the cell again, and no more.
pub(crate) fn ends(text: &str) -> String {
    masked(text).chars().take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_what_is_wrong_is_told_without_them() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let read = |cell: &Cell| id_number(cell).map(|number| number.map(|number| number.as_str().to_owned()));
        assert_eq!(read(&text(" 110105 19491231 002x")), Ok(Some("11010519491231002X".to_owned())));
        assert_eq!(read(&text("'11010519491231002X")), Ok(Some("11010519491231002X".to_owned())));
        assert_eq!(read(&text("无")), Ok(None));
        assert_eq!(read(&Cell::Empty), Ok(None));
        for (cell, code) in [
            (text("110105194912310021"), "id_number_check"),
            (text("1101051949123100"), "id_number_form"),
            (Cell::Number(110_105_194_912_310_020.0), "id_number_rounded"),
        ] {
            let error = id_number(&cell).map(|_| ()).unwrap_err();
            assert_eq!(error.code, code);
            assert!(!error.params["found"].contains("1949"), "{:?}", error.params);
        }
        assert_eq!(phone(&Cell::Number(13_800_000_000.0)), Ok("13800000000".to_owned()));
        assert_eq!(phone(&text("0571-8888 0000")), Ok("0571-88880000".to_owned()));
        assert_eq!(phone(&text("没有")), Ok(String::new()));
        assert_eq!(phone(&text("在外")).map_err(|error| error.code), Err("phone_not_understood"));
    }
}
