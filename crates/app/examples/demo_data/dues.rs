//! 党费台账

use rust_xlsxwriter::{Formula, Workbook, XlsxError};

use super::random::Random;
use super::village::{Class, Village};
use super::{Scope, boxed, letter, line, tall, title};

const FIRST_MONTH: u16 = 5;

fn yuan(fen: u32) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// `4,500元`
fn grouped(yuan: u32) -> String {
    if yuan >= 1000 { format!("{},{:03}元", yuan / 1000, yuan % 1000) } else { format!("{yuan}元") }
}

pub(crate) fn write(
    book: &mut Workbook,
    village: &Village,
    scope: &Scope,
    random: &mut Random,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("党费")?;
    let last = FIRST_MONTH + 13;
    title(sheet, 0, last, &format!("{}党支部{}年度党费收缴台账", village.name, scope.year))?;
    for (column, text) in (0u16..).zip(["序号", "姓 名", "缴费类别", "党费基数\n（元）", "月应缴\n（元）"])
    {
        tall(sheet, 1, column, text)?;
    }
    sheet.merge_range(1, FIRST_MONTH, 1, FIRST_MONTH + 11, "实缴情况", &boxed().set_bold())?;
    for month in 1..=12u16 {
        sheet.write_string_with_format(2, FIRST_MONTH + month - 1, format!("{month}月"), &boxed())?;
    }
    tall(sheet, 1, FIRST_MONTH + 12, "全年实缴")?;
    tall(sheet, 1, FIRST_MONTH + 13, "备注")?;
    let mut row = 3u32;
    let mut sums = [0u32; 12];
    for (at, member) in village.members.iter().enumerate() {
        sheet.write_number_with_format(row, 0, (at + 1) as f64, &boxed())?;
        let class = match member.class {
            Class::Salaried => "在职",
            Class::Retired => "离退休",
            Class::Farmer => "农民",
        };
        let base = member.base.map(grouped).unwrap_or_default();
        line(sheet, row, 1, &[&member.spaced(), class, &base])?;
        if at % 4 == 1 {
            sheet.write_string_with_format(row, 4, format!("{}元", yuan(member.monthly_fen)), &boxed())?;
        } else {
            sheet.write_number_with_format(row, 4, f64::from(member.monthly_fen) / 100.0, &boxed())?;
        }
        let behind = random.one_in(12);
        let mut paid = 0u32;
        for (month, sum) in (0u16..).zip(sums.iter_mut()).take(usize::from(scope.months)) {
            let column = FIRST_MONTH + month;
            if behind && month + 2 >= u16::from(scope.months) {
                let text = if random.one_in(2) { "×" } else { "" };
                sheet.write_string_with_format(row, column, text, &boxed())?;
                continue;
            }
            paid += member.monthly_fen;
            *sum += member.monthly_fen;
            match at % 3 {
                0 => sheet.write_number_with_format(row, column, f64::from(member.monthly_fen) / 100.0, &boxed())?,
                1 => sheet.write_string_with_format(row, column, "√", &boxed())?,
                _ => sheet.write_string_with_format(row, column, yuan(member.monthly_fen), &boxed())?,
            };
        }
        let (from, to) = (letter(FIRST_MONTH), letter(FIRST_MONTH + 11));
        let formula = Formula::new(format!("=SUM({from}{0}:{to}{0})", row + 1)).set_result(yuan(paid));
        sheet.write_formula_with_format(row, FIRST_MONTH + 12, formula, &boxed())?;
        sheet.write_string_with_format(row, FIRST_MONTH + 13, "", &boxed())?;
        row += 1;
    }
    sheet.merge_range(row, 0, row, 3, "合 计", &boxed())?;
    for (month, sum) in (0u16..).zip(sums).take(usize::from(scope.months)) {
        let column = letter(FIRST_MONTH + month);
        let formula = Formula::new(format!("=SUM({column}4:{column}{row})")).set_result(yuan(sum));
        sheet.write_formula_with_format(row, FIRST_MONTH + month, formula, &boxed())?;
    }
    sheet.write_string(row + 1, 0, format!("经办人：{}", village.name_at(2)))?;
    sheet.write_string(row + 1, 8, format!("支部书记：{}", village.name_at(0)))?;
    Ok(())
}
