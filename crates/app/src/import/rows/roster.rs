//! 党员名册

use ybz_domain::id_number::IdNumber;
use ybz_domain::ledger::member::MemberPrivate;

use super::{Origin, Source};
use crate::dto::member::MemberKind;
use crate::import::field::Field;
use crate::import::issue::Findings;
use crate::import::layout::DataRow;
use crate::import::value::{self, ValueError, date, private, terms};

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
    /// ID number and phone, as far as they hold.
    pub private: MemberPrivate,
    /// Where the ID number stands.
    pub id_origin: Origin,
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
    let number = id_number(source, row, sex, &birth_month, findings);
    let phone = told(source, row, Field::Phone, private::phone(source.cell(row, Field::Phone)), findings);
    // The number says both, where the roster says nothing.
    let sex = sex.or_else(|| number.as_ref().map(IdNumber::sex));
    let birth_month = match &number {
        Some(number) if birth_month.is_empty() => number.birth_month(),
        _ => birth_month,
    };
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
        private: MemberPrivate {
            id_number: number.map(|number| number.as_str().to_owned()).unwrap_or_default(),
            phone,
        },
        id_origin: source.origin(row, Field::IdNumber),
    })
}

/// A number that holds and does not contradict its row. One that is wrong is told and left out; the row is not.
fn id_number(
    source: &Source<'_>,
    row: &DataRow,
    sex: Option<u8>,
    birth_month: &str,
    findings: &mut Findings,
) -> Option<IdNumber> {
    let read = private::id_number(source.cell(row, Field::IdNumber));
    let number = told(source, row, Field::IdNumber, read, findings)?;
    let wrong = [
        ("birth_month", !birth_month.is_empty() && birth_month != number.birth_month()),
        ("sex", sex.is_some_and(|sex| sex != number.sex())),
    ];
    match wrong.into_iter().find(|(_, wrong)| *wrong) {
        Some((field, _)) => {
            let found = private::ends(number.as_str());
            let params = [("field", field.to_owned()), ("found", found)];
            source.warn(findings, row, Field::IdNumber, "id_number_contradicts", &params);
            None
        }
        None => Some(number),
    }
}

/// A value, or its default with what is wrong told as a warning: the row is imported without it.
fn told<T: Default>(
    source: &Source<'_>,
    row: &DataRow,
    field: Field,
    read: Result<T, ValueError>,
    findings: &mut Findings,
) -> T {
    read.unwrap_or_else(|error| {
        let params: Vec<(&str, String)> =
            error.params.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        source.warn(findings, row, field, error.code, &params);
        T::default()
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
