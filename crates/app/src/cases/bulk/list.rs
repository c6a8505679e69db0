//! The list itself: which column is which, and which rows can be used.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use ybz_domain::office::OfficeKind;

use crate::ErrorDto;
use crate::dto::bulk::BulkFault;
use crate::error::Answer;
use crate::import::sheet::{Sheet, Workbook, letter};

/// Rows in which a header is looked for.
const HEADER_ROWS: usize = 10;
/// Villages of one list.
const MAX_VILLAGES: usize = 2_000;

pub(crate) const NAMES: &[&str] = &[
    "名称",
    "村名",
    "村",
    "单位",
    "单位名称",
    "机构",
    "机构名称",
    "支部",
    "党支部",
    "支部名称",
    "党支部名称",
    "下级",
    "下级名称",
    "党组织",
    "党组织名称",
    "name",
];
pub(crate) const KINDS: &[&str] = &["类别", "类型", "单位类别", "机构类别", "党组织类别", "kind"];
pub(crate) const CONTACTS: &[&str] = &["联系人", "联系方式", "电话", "联系电话", "手机", "书记", "contact"];

/// A row that can be used.
pub(crate) struct Village {
    pub(crate) cell: String,
    pub(crate) name: String,
    pub(crate) kind: OfficeKind,
    pub(crate) contact: String,
}

/// What makes two writings of a name one: width, spaces and case do not.
pub(crate) fn key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

struct Columns {
    header: usize,
    name: usize,
    kind: Option<usize>,
    contacts: Vec<usize>,
}

fn columns(sheet: &Sheet) -> Option<Columns> {
    let titled =
        |row: usize, column: usize, titles: &[&str]| titles.contains(&key(&sheet.cell(row, column).text()).as_str());
    (0..sheet.cells.len().min(HEADER_ROWS)).find_map(|row| {
        let all = || 0..sheet.width();
        let name = all().find(|column| titled(row, *column, NAMES))?;
        let kind = all().find(|column| titled(row, *column, KINDS));
        let contacts = all().filter(|column| titled(row, *column, CONTACTS)).collect();
        Some(Columns { header: row, name, kind, contacts })
    })
}

/// The villages of every sheet that has a column of names, and the rows that are none.
pub(super) fn read(above: OfficeKind, workbook: &Workbook) -> Answer<(Vec<Village>, Vec<BulkFault>)> {
    let (mut villages, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut found = false;
    for sheet in &workbook.sheets {
        let Some(columns) = columns(sheet) else { continue };
        found = true;
        for row in columns.header + 1..sheet.cells.len() {
            if (0..sheet.width()).all(|column| sheet.cell(row, column).is_empty()) {
                continue;
            }
            match village(above, sheet, &columns, row, &mut seen) {
                Ok(village) => villages.push(village),
                Err(fault) => faults.push(fault),
            }
            if villages.len() + faults.len() > MAX_VILLAGES {
                return Err(ErrorDto::new("too_many_rows").at("file").with("max", MAX_VILLAGES));
            }
        }
    }
    if found { Ok((villages, faults)) } else { Err(ErrorDto::new("list_without_names").at("file")) }
}

fn village(
    above: OfficeKind,
    sheet: &Sheet,
    columns: &Columns,
    row: usize,
    seen: &mut BTreeSet<String>,
) -> Result<Village, BulkFault> {
    let place = |column: usize| format!("{}{}", letter(column), row + 1);
    let text = |column: usize| sheet.cell(row, column).text();
    let fault = |column: usize, code: &str| BulkFault {
        sheet: sheet.name.clone(),
        cell: place(column),
        code: code.to_owned(),
        text: text(column).chars().take(40).collect(),
    };
    let name: String = text(columns.name).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if key(&name).is_empty() {
        return Err(fault(columns.name, "name_missing"));
    }
    if name.chars().count() > 60 {
        return Err(fault(columns.name, "name_too_long"));
    }
    let said = columns.kind.map(text).unwrap_or_default();
    let kind = match kind_of(&said) {
        Some(kind) => kind,
        None if said.is_empty() => kind_of_name(above, &name),
        None => return Err(fault(columns.kind.unwrap_or(columns.name), "kind_unknown")),
    };
    if !above.may_adopt(kind) {
        return Err(fault(columns.kind.unwrap_or(columns.name), "kind_not_below"));
    }
    if !seen.insert(key(&name)) {
        return Err(fault(columns.name, "name_twice"));
    }
    let contact: Vec<String> =
        columns.contacts.iter().map(|column| text(*column)).filter(|text| !text.is_empty()).collect();
    let contact = contact.join(" ").chars().take(60).collect();
    Ok(Village { cell: place(columns.name), name, kind, contact })
}

/// What a cell calls a kind.
fn kind_of(text: &str) -> Option<OfficeKind> {
    let text = key(text);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.is_empty() {
        None
    } else if has(&["总支", "general-branch"]) {
        Some(OfficeKind::GeneralBranch)
    } else if has(&["党委", "党工委", "街道", "镇", "乡", "committee"]) {
        Some(OfficeKind::Committee)
    } else if has(&["支部", "村", "社区", "branch"]) {
        Some(OfficeKind::Branch)
    } else {
        None
    }
}

/// What stands below an office as a rule, unless the name says otherwise.
fn kind_of_name(above: OfficeKind, name: &str) -> OfficeKind {
    match above {
        OfficeKind::OrganizationDepartment => OfficeKind::Committee,
        _ if name.contains("总支") && above.may_adopt(OfficeKind::GeneralBranch) => OfficeKind::GeneralBranch,
        _ => OfficeKind::Branch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_csv(above: OfficeKind, text: &str) -> Answer<(Vec<Village>, Vec<BulkFault>)> {
        read(above, &crate::import::read("名单.csv", text.as_bytes()).unwrap())
    }

    #[test]
    fn rows_that_cannot_be_used_are_named_by_their_cells() {
        let text = "某街道各村名单,,\n名称,类别,联系电话\n示范一村,支部,0830-123\n,支部,1\n示范二村,车间,\n 示范一村 ,,\n示范三村党总支,,\n";
        let (villages, faults) = read_csv(OfficeKind::Committee, text).unwrap();
        let named: Vec<_> = villages.iter().map(|one| (one.cell.as_str(), one.name.as_str(), one.kind)).collect();
        assert_eq!(
            named,
            [("A3", "示范一村", OfficeKind::Branch), ("A7", "示范三村党总支", OfficeKind::GeneralBranch)]
        );
        assert_eq!(villages[0].contact, "0830-123");
        let faults: Vec<_> = faults.iter().map(|one| (one.cell.as_str(), one.code.as_str())).collect();
        assert_eq!(faults, [("A4", "name_missing"), ("B5", "kind_unknown"), ("A6", "name_twice")]);
        let (villages, faults) = read_csv(OfficeKind::GeneralBranch, "名称,类别\n河东街道,街道\n").unwrap();
        assert_eq!((villages.len(), faults[0].cell.as_str(), faults[0].code.as_str()), (0, "B2", "kind_not_below"));
    }

    #[test]
    fn a_list_without_names_is_none() {
        let error = read_csv(OfficeKind::Committee, "甲,乙\n1,2\n").map(|_| ()).unwrap_err();
        assert_eq!(error.code, "list_without_names");
    }
}
