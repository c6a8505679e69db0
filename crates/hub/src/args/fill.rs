//! `ybz fill`

use std::path::PathBuf;

use clap::Subcommand;

/// `ybz fill`
#[derive(Debug, Subcommand)]
pub(crate) enum Fill {
    /// Forms that are kept here
    List,
    /// Keep a form; --replace takes over what was mapped, where the cells are the same
    Add {
        /// The form, as the higher body sent it
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Kind of the sheet that fills it, as `ybz rpc sheet.list` names it
        #[arg(long, value_name = "KIND", required_unless_present = "replace")]
        kind: Option<String>,
        /// What to call it [default: the file's name]
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Name or id of the form whose new version this is
        #[arg(long, value_name = "FORM")]
        replace: Option<String>,
    },
    /// A form's cells, what is mapped, and what can be
    Show {
        /// Its name or id
        #[arg(value_name = "FORM")]
        form: String,
        /// Sheet of the form [default: the first]
        #[arg(long, value_name = "SHEET")]
        sheet: Option<String>,
    },
    /// Say which cells take what; places that are not named stay
    Map {
        /// Its name or id
        #[arg(value_name = "FORM")]
        form: String,
        /// Such as fact/date=Sheet1!B3, or column/roll/name=Sheet1!A5:30 down to row 30
        #[arg(value_name = "KEY=SHEET!CELL[:ROW]", value_parser = place)]
        places: Vec<(String, String, String, Option<u32>)>,
        /// Take away the place of this key; may be given several times
        #[arg(long, value_name = "KEY")]
        drop: Vec<String>,
        /// Take what the labels of the form propose
        #[arg(long)]
        suggested: bool,
    },
    /// Fill a form from the books
    Make {
        /// Its name or id
        #[arg(value_name = "FORM")]
        form: String,
        /// Year of the books [default: the current one]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1921..=2200))]
        year: Option<i32>,
        /// Only this month
        #[arg(long, value_name = "MONTH", value_parser = clap::value_parser!(u8).range(1..=12))]
        month: Option<u8>,
        /// Only this record, for forms that are filled for each
        #[arg(long, value_name = "ID")]
        record: Option<String>,
        /// Folder for the workbooks [default: the current one]
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        /// Stop at the preview: nothing is written
        #[arg(long)]
        dry_run: bool,
    },
    /// Forget a form and what was mapped
    Remove {
        /// Its name or id
        #[arg(value_name = "FORM")]
        form: String,
    },
}

/// Key, sheet, cell and last row.
type Place = (String, String, String, Option<u32>);

fn place(text: &str) -> Result<Place, String> {
    let wrong = || "expected KEY=SHEET!CELL or KEY=SHEET!CELL:ROW".to_owned();
    let (key, at) = text.split_once('=').ok_or_else(wrong)?;
    let (sheet, cell) = at.rsplit_once('!').ok_or_else(wrong)?;
    let (cell, last) = match cell.split_once(':') {
        Some((cell, row)) => (cell, Some(row.parse().map_err(|_| wrong())?)),
        None => (cell, None),
    };
    let given = [key, sheet, cell].iter().all(|part| !part.is_empty());
    if given { Ok((key.to_owned(), sheet.to_owned(), cell.to_owned(), last)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        let of =
            |key: &str, sheet: &str, cell: &str, last| Ok((key.to_owned(), sheet.to_owned(), cell.to_owned(), last));
        assert_eq!(place("fact/date=表一!B3"), of("fact/date", "表一", "B3", None));
        assert_eq!(place("column/roll/name=a!b!A5:30"), of("column/roll/name", "a!b", "A5", Some(30)));
        for text in ["", "fact/date", "fact/date=B3", "=a!B3", "fact/date=!B3", "k=a!", "k=a!B3:x"] {
            assert!(place(text).is_err(), "{text}");
        }
    }
}
