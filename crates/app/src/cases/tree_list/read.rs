//! The list itself: which column is which, and what stands in each row. Nothing is made of it here.

use ybz_domain::ledger::desk::body::BodyKind;
use ybz_domain::office::OfficeKind;

use crate::ErrorDto;
use crate::cases::bulk::list::{CONTACTS, KINDS, NAMES, key};
use crate::error::Answer;
use crate::import::sheet::{Cell, Sheet, Workbook, letter};

/// Rows in which a header is looked for.
const HEADER_ROWS: usize = 10;
/// Rows of one list.
const MAX_ROWS: usize = 5_000;

const ABOVE: &[&str] = &[
    "上级",
    "上级名称",
    "上级组织",
    "上级党组织",
    "上级党组织名称",
    "隶属",
    "隶属党组织",
    "所属",
    "所属党组织",
    "parent",
    "superior",
];
const LEVELS: &[&str] = &["层级", "级别", "级次", "level"];
const REGIONS: &[&str] = &["区划代码", "行政区划代码", "统计用区划代码", "地区代码", "region"];
const FROM: &[&str] = &["成立时间", "成立日期", "起", "起始", "开始日期", "from"];
const UNTIL: &[&str] = &["撤销时间", "撤销日期", "止", "到期", "届满日期", "until"];
const UNITS: &[&str] = &["覆盖单位", "成员单位", "组成单位", "units"];
const BASIS: &[&str] = &["三缘", "纽带", "basis"];
const CUSTODY: &[&str] = &["代管", "是否代管", "custody"];

/// What a list may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Office(OfficeKind),
    Body(BodyKind),
}

impl Kind {
    /// Every kind, as an answer names it.
    pub(super) fn all() -> Vec<Self> {
        let offices = [OfficeKind::Branch, OfficeKind::GeneralBranch, OfficeKind::Committee];
        offices.into_iter().map(Self::Office).chain(BodyKind::ALL.into_iter().map(Self::Body)).collect()
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Office(kind) => kind.as_str(),
            Self::Body(kind) => kind.as_str(),
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::all().into_iter().find(|kind| kind.word() == word)
    }

    /// The kind that a text names in so many words; none: it has to be asked. The longer words stand first.
    pub(super) fn named(text: &str) -> Option<Self> {
        const WORDS: &[(&str, Kind)] = &[
            ("临时党支部", Kind::Body(BodyKind::Temporary)),
            ("临时支部", Kind::Body(BodyKind::Temporary)),
            ("流动党员党支部", Kind::Body(BodyKind::Mobile)),
            ("流动党支部", Kind::Body(BodyKind::Mobile)),
            ("流动支部", Kind::Body(BodyKind::Mobile)),
            ("联合党支部", Kind::Body(BodyKind::Joint)),
            ("联合支部", Kind::Body(BodyKind::Joint)),
            ("挂靠", Kind::Body(BodyKind::Attached)),
            ("共建单位", Kind::Body(BodyKind::Attached)),
            ("党小组", Kind::Body(BodyKind::Group)),
            ("驿站", Kind::Body(BodyKind::Station)),
            ("联盟", Kind::Body(BodyKind::Alliance)),
            ("党总支", Kind::Office(OfficeKind::GeneralBranch)),
            ("总支", Kind::Office(OfficeKind::GeneralBranch)),
            ("党工委", Kind::Office(OfficeKind::Committee)),
            ("党委", Kind::Office(OfficeKind::Committee)),
            ("党支部", Kind::Office(OfficeKind::Branch)),
            ("支部", Kind::Office(OfficeKind::Branch)),
        ];
        let text = key(text);
        if let Some(kind) = Self::from_word(&text) {
            return Some(kind);
        }
        WORDS.iter().find(|(word, _)| text.contains(word)).map(|(_, kind)| *kind)
    }
}

/// A text with the place where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) text: String,
    pub(super) cell: String,
}

/// A row with a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) sheet: String,
    pub(super) name: Place,
    /// How far the name stands in.
    pub(super) indent: usize,
    pub(super) kind: Place,
    pub(super) above: Place,
    pub(super) level: Place,
    pub(super) region: Place,
    pub(super) from: Place,
    pub(super) until: Place,
    pub(super) units: Place,
    pub(super) basis: Place,
    pub(super) custody: Place,
    pub(super) contact: String,
}

/// The rows of a list, and what it has to tell what stands below what.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) rows: Vec<Row>,
    pub(super) has_above: bool,
    pub(super) has_levels: bool,
    /// Places of rows that have something and no name.
    pub(super) nameless: Vec<(String, Place)>,
}

/// Rows of every sheet that has a column of names.
pub(super) fn read(workbook: &Workbook) -> Answer<List> {
    let (mut list, mut found) = (List::default(), false);
    for sheet in &workbook.sheets {
        let Some(columns) = Columns::find(sheet) else { continue };
        found = true;
        list.has_above |= columns.above.is_some();
        list.has_levels |= columns.level.is_some();
        for row in columns.header + 1..sheet.cells.len() {
            if (0..sheet.width()).all(|column| sheet.cell(row, column).is_empty()) {
                continue;
            }
            let read = columns.row(sheet, row);
            if key(&read.name.text).is_empty() {
                list.nameless.push((sheet.name.clone(), read.name));
            } else {
                list.rows.push(read);
            }
            if list.rows.len() + list.nameless.len() > MAX_ROWS {
                return Err(ErrorDto::new("too_many_rows").at("file").with("max", MAX_ROWS));
            }
        }
    }
    if found { Ok(list) } else { Err(ErrorDto::new("list_without_names").at("file")) }
}

struct Columns {
    header: usize,
    name: usize,
    kind: Option<usize>,
    above: Option<usize>,
    level: Option<usize>,
    region: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
    units: Option<usize>,
    basis: Option<usize>,
    custody: Option<usize>,
    contacts: Vec<usize>,
}

impl Columns {
    fn find(sheet: &Sheet) -> Option<Self> {
        (0..sheet.cells.len().min(HEADER_ROWS)).find_map(|row| {
            let titled =
                |column: usize, titles: &[&str]| titles.contains(&key(&sheet.cell(row, column).text()).as_str());
            let column = |titles: &[&str]| (0..sheet.width()).find(|column| titled(*column, titles));
            Some(Self {
                header: row,
                name: column(NAMES).or_else(|| column(&["组织名称", "党组织全称"]))?,
                kind: column(KINDS).or_else(|| column(&["组织类别", "组织类型"])),
                above: column(ABOVE),
                level: column(LEVELS),
                region: column(REGIONS),
                from: column(FROM),
                until: column(UNTIL),
                units: column(UNITS),
                basis: column(BASIS),
                custody: column(CUSTODY),
                contacts: (0..sheet.width()).filter(|column| titled(*column, CONTACTS)).collect(),
            })
        })
    }

    fn row(&self, sheet: &Sheet, row: usize) -> Row {
        let place = |column: Option<usize>| match column {
            Some(column) => {
                Place { text: plain(&sheet.cell(row, column).text()), cell: format!("{}{}", letter(column), row + 1) }
            }
            None => Place { text: String::new(), cell: format!("{}{}", letter(self.name), row + 1) },
        };
        let contact: Vec<String> = self.contacts.iter().map(|column| sheet.cell(row, *column).text()).collect();
        let contact: Vec<&str> = contact.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        Row {
            sheet: sheet.name.clone(),
            name: place(Some(self.name)),
            indent: indent(sheet.cell(row, self.name)),
            kind: place(self.kind),
            above: place(self.above),
            level: place(self.level),
            region: place(self.region),
            from: place(self.from),
            until: place(self.until),
            units: place(self.units),
            basis: place(self.basis),
            custody: place(self.custody),
            contact: contact.join(" ").chars().take(60).collect(),
        }
    }
}

/// On one line, with single spaces.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Blanks before a name; a wide one counts twice.
fn indent(cell: &Cell) -> usize {
    let Cell::Text(text) = cell else { return 0 };
    let blanks = text.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if matches!(c, '\u{3000}' | '\t') { 2 } else { 1 }).sum()
}
