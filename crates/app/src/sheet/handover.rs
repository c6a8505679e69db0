//! 换届交接单: what is open on the day of a handover, in counts and categories.

use super::build::{day, fact, number, table, text, words};
use super::{Asked, Made};
use crate::cases::handover;
use crate::cx::Cx;
use crate::dto::sheet::{SheetCell, SheetPart};
use crate::error::Answer;

pub(super) fn make(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let sheet = handover::sheet(cx)?;
    let count = |value: u32| number(value);
    let items = (1u32..).zip(sheet.items).map(|(no, item)| {
        vec![
            number(no),
            text(item.title),
            day(item.deadline.as_deref().unwrap_or_default()),
            text(if item.from_above { "上级交办" } else { "本支部" }),
            text(if item.begun { "已开始" } else { "未开始" }),
        ]
    });
    let concerns =
        sheet.concerns.iter().map(|one| vec![text(super::words::category(&one.category)), number(one.count)]);
    let open: i64 = sheet.concerns.iter().map(|one| i64::from(one.count)).sum();
    let devices = sheet.devices.iter().map(|row| {
        vec![
            text(row.holder.clone().unwrap_or_default()),
            text(super::words::role(&row.role)),
            text(super::words::device(row.state)),
            text(row.device.chars().take(8).collect::<String>()),
        ]
    });
    let part = SheetPart {
        facts: vec![
            fact("on", "交接日期", day(&sheet.on)),
            fact("superior", "上级", text(sheet.superior.unwrap_or_default())),
            fact("arrears_members", "党费欠缴(人)", count(sheet.arrears_members)),
            fact("arrears_months", "欠缴(月)", count(sheet.arrears_months)),
            fact("arrears", "欠缴(元)", SheetCell::Fen(sheet.arrears_fen)),
            fact("concerns_kept", "没有上报的诉求", count(sheet.concerns_kept)),
            fact("unsent", "还没送到上级", count(sheet.unsent)),
            fact("drafts", "没写完的草稿", count(sheet.drafts)),
            fact("problems", "要处理的", count(sheet.problems)),
            fact("last_backup", "最近备份", day(sheet.last_backup.as_deref().unwrap_or("本机没有记录"))),
        ],
        tables: vec![
            table(
                "items",
                "没办完的清单",
                &[
                    ("no", "序号", 4u16),
                    ("title", "事项", 24),
                    ("deadline", "时限", 9),
                    ("origin", "来源", 8),
                    ("state", "进度", 7),
                ],
                items.collect(),
            ),
            crate::dto::sheet::SheetTable {
                total: Some(vec![text("合计"), number(open)]),
                ..table(
                    "concerns",
                    "没办结的诉求",
                    &[("category", "类别", 20u16), ("count", "件数", 6)],
                    concerns.collect(),
                )
            },
            table(
                "devices",
                "电脑",
                &[("holder", "使用人", 12u16), ("role", "用途", 8), ("state", "状态", 8), ("device", "编号", 10)],
                devices.collect(),
            ),
        ],
        signatures: words(&["移交人", "接收人", "监交人"]),
        ..SheetPart::default()
    };
    Ok(Made { title: asked.titled(), parts: vec![part], ..Made::default() })
}
