//! 党员名册

use rust_xlsxwriter::{ExcelDateTime, Workbook, XlsxError};

use super::village::{GROUPS, Member, Village};
use super::{Scope, boxed, line, title};

pub(crate) fn write(book: &mut Workbook, village: &Village, scope: &Scope) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("党员名册")?;
    title(sheet, 0, 8, &format!("{}党支部党员名册", village.name))?;
    sheet.merge_range(1, 0, 1, 8, &format!("截至{}年{}月", scope.year, scope.months), &super::centred())?;
    let heads =
        ["序号", "姓  名", "性别", "出生\n年月", "类别\n(正式/预备)", "入党时间", "所在党小组", "党内职务", "备注"];
    line(sheet, 2, 0, &heads)?;
    let date_format = boxed().set_num_format("yyyy-mm-dd");
    let mut row = 3u32;
    let mut number = 0f64;
    for (group, group_name) in GROUPS.iter().enumerate() {
        let first = row;
        for (at, member) in village.members.iter().enumerate().filter(|(_, member)| member.group == group) {
            number += 1.0;
            sheet.write_number_with_format(row, 0, number, &boxed())?;
            let kind = if member.probationary { "预备" } else { "正式" };
            let sex = if member.woman { "女" } else { "男" };
            line(sheet, row, 1, &[&member.spaced(), sex, &birth(member, at), kind])?;
            let (year, month, day) = member.joined;
            match at % 4 {
                0 => {
                    let date = ExcelDateTime::from_ymd(year.unsigned_abs(), month, day)?;
                    sheet.write_datetime_with_format(row, 5, &date, &date_format)?;
                }
                1 => line(sheet, row, 5, &[&format!("{year}.{month}.{day}")])?,
                2 => line(sheet, row, 5, &[&format!("{year}年{month}月")])?,
                _ => line(sheet, row, 5, &[&format!("{year}-{month:02}-{day:02}")])?,
            }
            line(sheet, row, 7, &[member.post, ""])?;
            row += 1;
        }
        sheet.merge_range(first, 6, row - 1, 6, group_name, &boxed())?;
    }
    sheet.merge_range(row, 0, row, 1, "合  计", &boxed())?;
    line(sheet, row, 2, &[&format!("{}人", village.members.len())])?;
    let signed = [format!("制表人：{}", village.name_at(2)), format!("审核人：{}", village.name_at(0))];
    sheet.write_string(row + 1, 0, &signed[0])?;
    sheet.write_string(row + 1, 5, &signed[1])?;
    Ok(())
}

fn birth(member: &Member, at: usize) -> String {
    let (year, month) = member.birth;
    match at % 3 {
        0 => format!("{year}.{month}"),
        1 => format!("{year}年{month}月"),
        _ => format!("{year}{month:02}"),
    }
}
