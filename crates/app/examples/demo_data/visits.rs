//! 走访记录

use rust_xlsxwriter::{Workbook, XlsxError};

use super::random::Random;
use super::village::Village;
use super::{Scope, boxed, line, tall, title};

const SITUATIONS: [&str; 6] = [
    "家中三口，生活正常",
    "老两口在家，子女外出",
    "种田为主，收成尚可",
    "院落整洁，邻里和睦",
    "刚盖新房，手头紧",
    "家有学生两名",
];
const DIFFICULTIES: [&str; 4] = ["缺劳力", "看病花费大", "无", ""];
const CONCERNS: [(&str, &str, &str); 6] = [
    ("门前路灯不亮", "道路", "联系供电所检修"),
    ("灌溉渠堵塞", "用水", "组织党员清淤"),
    ("想了解高龄补贴怎样申请", "低保养老", "陪同到便民中心办理"),
    ("院墙与邻居有争执", "邻里纠纷", "两委上门调解"),
    ("垃圾桶太远", "环境卫生", "增设一处投放点"),
    ("想学养蜂技术", "农业", "报名镇里培训班"),
];
const HEADS: [&str; 9] = ["序号", "时间", "地点", "走访人", "户主", "门牌号", "联系电话", "情况", "困难"];

pub(crate) fn write(
    book: &mut Workbook,
    village: &Village,
    scope: &Scope,
    with_error: bool,
    random: &mut Random,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("走访记录")?;
    title(sheet, 0, 13, &format!("{}{}年圆桌夜谈走访记录", village.name, scope.year))?;
    for (column, text) in (0u16..).zip(HEADS) {
        tall(sheet, 1, column, text)?;
    }
    sheet.merge_range(1, 9, 1, 13, "群众诉求", &boxed().set_bold())?;
    line(sheet, 2, 9, &["诉求内容", "类别", "责任人", "时限", "后续"])?;
    let mut row = 3u32;
    let mut number = 0f64;
    let mut next = 0usize;
    let wrong_at = if with_error { 4 } else { usize::MAX };
    let mut evening = 0usize;
    for month in 1..=scope.months.clamp(1, 12) {
        for day in [6u8, 20] {
            let homes = 2 + random.below(4);
            let first = row;
            let names: Vec<&str> =
                village.committee().skip(evening % 3).take(2).map(|member| member.name.as_str()).collect();
            for _ in 0..homes {
                number += 1.0;
                let Some(home) = village.households.get(next % village.households.len()) else { continue };
                next += 1;
                let situation = random.pick(&SITUATIONS, "正常");
                let difficulty = random.pick(&DIFFICULTIES, "");
                sheet.write_number_with_format(row, 0, number, &boxed())?;
                line(sheet, row, 4, &[&home.name, &home.door, &home.phone, situation, difficulty])?;
                if random.one_in(4) {
                    let (text, category, step) = random.pick(&CONCERNS, ("", "", ""));
                    let deadline = format!("{}.{month}.28", scope.year);
                    line(sheet, row, 9, &[text, category, village.name_at(evening % 5), &deadline, step])?;
                } else {
                    line(sheet, row, 9, &["无", "", "", "", ""])?;
                }
                row += 1;
            }
            let date = match evening {
                at if at == wrong_at => format!("{}.13", scope.year),
                at if at % 2 == 0 => format!("{month}月{day}日"),
                _ => format!("{}.{month}.{day}", scope.year),
            };
            // One evening is one merged cell; the evening with the wrong date is cut to one row of its own.
            let place = if evening.is_multiple_of(2) { "村文化广场" } else { "党员活动室" };
            let shared = [(1u16, date), (2, place.to_owned()), (3, names.join("、"))];
            for (column, text) in shared {
                if evening == wrong_at {
                    line(sheet, first, column, &[&text])?;
                    for other in first + 1..row {
                        let good = if column == 1 { format!("{month}月{day}日") } else { text.clone() };
                        line(sheet, other, column, &[&good])?;
                    }
                } else {
                    sheet.merge_range(first, column, row - 1, column, &text, &boxed())?;
                }
            }
            evening += 1;
        }
    }
    sheet.merge_range(row, 0, row, 3, "合 计", &boxed())?;
    line(sheet, row, 4, &[&format!("{number}户次")])?;
    Ok(())
}

/// A list of consolation visits as an older program exports it.
pub(crate) fn consolation(village: &Village, scope: &Scope) -> String {
    let month = scope.months.clamp(1, 6);
    let mut text = format!("{}{}年七一慰问走访,,,,\r\n户主,门牌,时间,走访人,情况\r\n", village.name, scope.year);
    for home in village.households.iter().rev().take(6) {
        let name = village.name_at(0);
        text.push_str(&format!("{},{},{}/{month}/25,{name},送去慰问品\r\n", home.name, home.door, scope.year));
    }
    text.push_str("合计,6户,,,\r\n");
    text
}
