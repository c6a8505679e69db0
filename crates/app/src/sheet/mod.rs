//! 打印导出: sheets that are handed in, made of what already stands in the books. One model is the screen, the paper and the
//! workbook, so that they cannot differ.

mod board;
mod build;
mod dues;
mod handover;
mod items;
mod letter;
mod meetings;
mod merged;
mod period;
mod rectified;
mod visits;
mod words;
mod xlsx;

use ybz_domain::office::OfficeKind;

use crate::ErrorDto;
use crate::area::Area;
use crate::cx::Cx;
use crate::dto::sheet::{Sheet, SheetInput, SheetKind, SheetPart, SheetPeriod};
use crate::dto::snapshot::FileOutput;
use crate::error::Answer;
pub(crate) use merged::{ledger as ledger_word, sheet as merged_sheet};
use period::Period;
pub(crate) use words::session as session_word;

/// What a maker gives; the rest is the same for all.
#[derive(Default)]
struct Made {
    title: String,
    landscape: bool,
    private: bool,
    parts: Vec<SheetPart>,
    left_out: u32,
}

/// A kind of sheet.
struct Kind {
    name: &'static str,
    title: &'static str,
    period: SheetPeriod,
    of: Option<&'static str>,
    private: bool,
    /// A profile that does not see all of these gets no such sheet.
    areas: &'static [Area],
    /// Of every office, not of branches alone.
    of_all: bool,
    make: fn(&Cx<'_>, &Asked<'_>) -> Answer<Made>,
}

/// What was asked for, checked.
struct Asked<'a> {
    title: &'static str,
    period: Period,
    record: Option<&'a str>,
    limit: Option<u32>,
}

impl Asked<'_> {
    /// The title with what it covers.
    fn titled(&self) -> String {
        format!("{}{}", self.period.text(), self.title)
    }
}

const BRANCH: Kind = Kind {
    name: "",
    title: "",
    period: SheetPeriod::Months,
    of: None,
    private: false,
    areas: &[],
    of_all: false,
    make: |_, _| Ok(Made::default()),
};

/// Every kind, in the order of the list.
const KINDS: &[Kind] = &[
    Kind { name: "meetings", title: "三会一课记录本", of: Some("session"), make: meetings::make, ..BRANCH },
    Kind {
        name: "dues_ledger",
        title: "党费台账",
        period: SheetPeriod::Year,
        private: true,
        areas: &[Area::Dues],
        make: dues::ledger,
        ..BRANCH
    },
    Kind { name: "dues_notice", title: "党费公示表", areas: &[Area::Dues], make: dues::notice, ..BRANCH },
    Kind { name: "board", title: "党务公开栏", areas: &[Area::Dues], make: board::make, ..BRANCH },
    Kind {
        name: "visits",
        title: "走访记录",
        of: Some("visit"),
        private: true,
        areas: &[Area::Households],
        make: visits::forms,
        ..BRANCH
    },
    Kind {
        name: "visit_ledger",
        title: "走访台账",
        private: true,
        areas: &[Area::Households],
        make: visits::ledger,
        ..BRANCH
    },
    Kind {
        name: "rectification", title: "整改台账", period: SheetPeriod::Year, make: items::rectification, ..BRANCH
    },
    Kind { name: "checklist", title: "工作清单", period: SheetPeriod::Year, make: items::checklist, ..BRANCH },
    Kind {
        name: "letter",
        title: "6+X清单责任书",
        period: SheetPeriod::Year,
        of: Some("letter"),
        of_all: true,
        make: letter::make,
        ..BRANCH
    },
    Kind {
        name: "handover",
        title: "换届交接单",
        period: SheetPeriod::Today,
        areas: &[Area::Organisation],
        of_all: true,
        make: handover::make,
        ..BRANCH
    },
];

/// Kinds that this office has.
fn offered<'a>(cx: &'a Cx<'_>) -> impl Iterator<Item = &'static Kind> + 'a {
    let branch = matches!(cx.kind(), OfficeKind::Branch | OfficeKind::GeneralBranch);
    KINDS.iter().filter(move |kind| branch || kind.of_all)
}

fn hidden(cx: &Cx<'_>, kind: &Kind) -> Option<Area> {
    kind.areas.iter().copied().find(|area| cx.who.hidden.contains(area))
}

/// `sheet.list`: what this office can print and the profile at the screen may see.
pub(crate) fn kinds(cx: &Cx<'_>) -> Answer<Vec<SheetKind>> {
    let seen = offered(cx).filter(|kind| hidden(cx, kind).is_none());
    Ok(seen
        .map(|kind| SheetKind {
            kind: kind.name.to_owned(),
            title: kind.title.to_owned(),
            period: kind.period,
            of: kind.of.map(str::to_owned),
            private: kind.private,
        })
        .collect())
}

/// `sheet.get`
pub(crate) fn get(cx: &Cx<'_>, input: SheetInput) -> Answer<Sheet> {
    make(cx, &input)
}

/// `sheet.export`: the whole sheet as a workbook, whatever limit is named. The local log learns of the kind alone.
pub(crate) fn export(cx: &Cx<'_>, input: SheetInput) -> Answer<FileOutput> {
    let sheet = make(cx, &SheetInput { limit: None, ..input })?;
    file(cx, sheet)
}

/// A sheet as a workbook. The local log learns of the kind alone.
pub(crate) fn file(cx: &Cx<'_>, sheet: Sheet) -> Answer<FileOutput> {
    let kind = sheet.kind.clone();
    // Neither a record nor a person is in the name: it ends up in lists of files.
    let plain =
        |text: &str| text.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).collect::<String>();
    let name = format!("{}-{}-{}.xlsx", plain(&sheet.title), plain(&sheet.office), sheet.made_on);
    let bytes = xlsx::workbook(sheet).map_err(|error| ErrorDto::internal("export", &error))?;
    cx.note("sheet_exported", &[("kind", kind)])?;
    Ok(FileOutput { name, base64: data_encoding::BASE64.encode(&bytes) })
}

/// A sheet out of the books as they are now.
///
/// # Errors
/// `sheet_unknown` for a kind that this office does not have, `profile_hides` where the profile may not see what it shows,
/// `invalid_input` and `months_reversed` for what it covers, `not_found` for a record that is not in it.
pub(crate) fn make(cx: &Cx<'_>, input: &SheetInput) -> Answer<Sheet> {
    let kind = offered(cx)
        .find(|kind| kind.name == input.kind)
        .ok_or_else(|| ErrorDto::new("sheet_unknown").at("kind").with("kind", &input.kind))?;
    if let Some(area) = hidden(cx, kind) {
        return Err(ErrorDto::new("profile_hides").with("area", area.as_str()));
    }
    let record = input.record.as_deref().filter(|record| !record.is_empty());
    if record.is_some() && kind.of.is_none() {
        return Err(ErrorDto::new("invalid_input").at("record").with("value", &input.kind));
    }
    let period = Period::read(input, cx.today, kind.period)?;
    let asked = Asked { title: kind.title, period, record, limit: input.limit.filter(|limit| *limit > 0) };
    let made = (kind.make)(cx, &asked)?;
    let mut sheet = Sheet {
        kind: kind.name.to_owned(),
        title: made.title,
        office: cx.office_name(),
        made_on: cx.today_text(),
        landscape: made.landscape,
        private: made.private,
        left_out: made.left_out,
        parts: made.parts,
    };
    if let Some(limit) = asked.limit {
        cut(&mut sheet, limit);
    }
    Ok(sheet)
}

/// Leaves out what is beyond the limit, and counts it.
fn cut(sheet: &mut Sheet, limit: u32) {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut gone = sheet.parts.len().saturating_sub(most);
    sheet.parts.truncate(most);
    for table in sheet.parts.iter_mut().flat_map(|part| &mut part.tables) {
        gone = gone.saturating_add(table.rows.len().saturating_sub(most));
        table.rows.truncate(most);
    }
    sheet.left_out = sheet.left_out.saturating_add(u32::try_from(gone).unwrap_or(u32::MAX));
}
