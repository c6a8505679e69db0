//! 党员名册

use super::{Origin, Source};
use crate::dto::member::MemberKind;
use crate::import::field::Field;
use crate::import::issue::Findings;
use crate::import::layout::DataRow;
use crate::import::value::{self, ValueError, date, terms};

/// One member as the roster has it. Empty text: nothing stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MemberRow {
    /// Where it stands.
    pub origin: Origin,
    /// 姓名, without inner spaces.
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// `1980-05`
    pub birth_month: String,
    /// 类别
    pub kind: MemberKind,
    /// `2005-07` or `2005-07-01`.
    pub joined: String,
    /// 党小组
    pub group: String,
    /// Codes of [`crate::dto::member::MemberInput::posts`].
    pub posts: Vec<String>,
}

pub(super) fn read(source: &Source<'_>, findings: &mut Findings) -> Vec<MemberRow> {
    if !source.has(Field::Kind) {
        findings.warn(&source.sheet.name, source.header_line(), "", "kind_assumed_full", &[]);
    }
    source.layout.rows.iter().filter_map(|row| member(source, row, findings)).collect()
}

fn member(source: &Source<'_>, row: &DataRow, findings: &mut Findings) -> Option<MemberRow> {
    if source.is_blank(row) {
        return None;
    }
    let before = findings.errors.len();
    let name = source.person(findings, row);
    let sex = source.take(findings, row, Field::Sex, terms::sex(&source.text(row, Field::Sex)));
    let birth_month: String = month(source, row, Field::BirthMonth, findings).chars().take(7).collect();
    let joined = month(source, row, Field::Joined, findings);
    let kind = source.take(findings, row, Field::Kind, terms::member_kind(&source.text(row, Field::Kind)));
    let group = value::squeezed(&source.text(row, Field::Group));
    let group = if group.is_empty() { row.section.clone() } else { group };
    let (posts, unknown) = terms::posts(&source.text(row, Field::Posts));
    for found in unknown {
        source.warn(findings, row, Field::Posts, "post_not_known", &[("found", found)]);
    }
    if let Some(years) = years_between(&birth_month, &joined).filter(|years| *years < 18) {
        source.warn(findings, row, Field::Joined, "joined_before_18", &[("years", years.to_string())]);
    }
    let (name, note) = name?;
    source.bounded(findings, row, &[(Field::Name, &name, 40), (Field::Group, &group, 40)]);
    if Source::failed(findings, before) {
        return None;
    }
    let probationary = note.contains("预备");
    Some(MemberRow {
        origin: source.origin(row, Field::Name),
        name,
        sex,
        birth_month,
        kind: kind.unwrap_or(if probationary { MemberKind::Probationary } else { MemberKind::Full }),
        joined,
        group,
        posts,
    })
}

fn month(source: &Source<'_>, row: &DataRow, field: Field, findings: &mut Findings) -> String {
    let cell = source.cell(row, field);
    // These dates carry their own year; the sheet's year means something else.
    let context = date::Context { year: None, today: source.today };
    let Some(month) = source.take(findings, row, field, date::month_or_date(cell, context)) else {
        return String::new();
    };
    let today = source.today.to_string();
    if month.iso.as_str() > today.get(..month.iso.len()).unwrap_or(&today) {
        source.report(findings, row, field, ValueError::new("date_in_future", &cell.text()));
        return String::new();
    }
    if month.doubtful {
        source.warn(findings, row, field, "number_lost_zero", &[("found", cell.text()), ("read", month.iso.clone())]);
    }
    month.iso
}

/// Whole years from one month to another.
fn years_between(from: &str, to: &str) -> Option<i32> {
    let months = |iso: &str| -> Option<i32> {
        let (year, rest) = iso.split_once('-')?;
        Some(year.parse::<i32>().ok()? * 12 + rest.get(..2)?.parse::<i32>().ok()?)
    };
    Some((months(to)? - months(from)?) / 12)
}
