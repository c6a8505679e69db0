//! `ybz sheet`

use std::path::PathBuf;

use clap::Args;

/// `ybz sheet`
#[derive(Debug, Args)]
pub(crate) struct Sheet {
    /// Which sheet; without it the kinds are listed
    #[arg(value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Year; the current one when left out
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1921..=2200))]
    pub(crate) year: Option<i32>,
    /// A month, or the first and the last one, such as 3 or 1-3
    #[arg(long, value_name = "M[-M]", value_parser = months)]
    pub(crate) month: Option<(u8, u8)>,
    /// One session or visit alone
    #[arg(long, value_name = "ID")]
    pub(crate) record: Option<String>,
    /// Write a workbook instead of printing
    #[arg(long, value_name = "FILE", requires = "kind")]
    pub(crate) xlsx: Option<PathBuf>,
}

fn months(text: &str) -> Result<(u8, u8), String> {
    let month = |text: &str| text.trim().parse::<u8>().ok().filter(|month| (1..=12).contains(month));
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (month(from), month(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err("write a month such as 3, or two such as 1-3".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_one_or_two_in_order() {
        assert_eq!(months("3"), Ok((3, 3)));
        assert_eq!(months("1-12"), Ok((1, 12)));
        for wrong in ["0", "13", "4-3", "", "-", "1-", "三"] {
            assert!(months(wrong).is_err(), "{wrong}");
        }
    }
}
