//! 6+X清单责任书: the letter of each unit on a page of its own, with room to sign.

use super::build::{day, fact, number, several, table, text, wide, words};
use super::{Asked, Made};
use crate::ErrorDto;
use crate::cases::rounds::letter;
use crate::cx::Cx;
use crate::dto::interview::OffRow;
use crate::dto::letter::LetterRow;
use crate::dto::sheet::SheetPart;
use crate::error::Answer;

/// What does not hold, in words, with the rule.
fn off(off: &OffRow) -> String {
    let OffRow { figure, has, says, citation } = off;
    let what = match figure.as_str() {
        "base_lists" => format!("共性清单{has}张,规定{says}张"),
        "chosen_min" => format!("自选清单{has}张,规定至少{says}张"),
        "chosen_max" => format!("自选清单{has}张,规定最多{says}张"),
        other => format!("{other}:{has},规定{says}"),
    };
    format!("{what}。依据:{citation}")
}

fn part(row: LetterRow, rule: &str) -> SheetPart {
    let lists = row.base.iter().map(|name| (name, "共性")).chain(row.chosen.iter().map(|name| (name, "自选")));
    let lists: Vec<_> =
        (1u32..).zip(lists).map(|(no, (name, kind))| vec![number(no), text(name.as_str()), text(kind)]).collect();
    let notes = if row.offs.is_empty() { vec![format!("依据:{rule}")] } else { row.offs.iter().map(off).collect() };
    SheetPart {
        record: Some(row.item.id.clone()),
        heading: row.item.office_name.clone(),
        facts: vec![
            fact("unit", "责任单位", text(row.item.office_name.as_str())),
            fact("state", "进度", text(row.item.state_name.as_str())),
            fact("sent_on", "下发日期", day(&row.item.on)),
            fact("due", "年度", text(row.item.group.as_str())),
            fact("signed_on", "签订日期", day(row.signed_on.as_deref().unwrap_or_default())),
            fact("signed_by", "签订人", text(several([row.signed_by.as_str(), row.signed_for_unit.as_str()]))),
            fact("pledged_on", "公开承诺日期", day(row.pledged_on.as_deref().unwrap_or_default())),
            fact("published_at", "公开处", text(row.published_at.as_str())),
            wide("pledge", "承诺", text("本单位按以下清单履行责任,逐项落实,公开接受监督。")),
        ],
        tables: vec![table("lists", "清单", &[("no", "序号", 4u16), ("list", "清单", 24), ("kind", "类别", 8)], lists)],
        notes,
        signatures: words(&["上级党组织负责人", "责任单位负责人", "日期"]),
    }
}

/// Letters of a year: those of the units at whoever sends them, the office's own below.
pub(super) fn make(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let rule = letter::rule(cx)?;
    let mut rows = letter::letters(cx, asked.period.year, true)?;
    rows.extend(letter::letters(cx, asked.period.year, false)?);
    let mut parts: Vec<SheetPart> = rows.iter().map(|told| part(letter::row(told), &rule)).collect();
    if let Some(record) = asked.record {
        parts.retain(|part| part.record.as_deref() == Some(record));
        if parts.is_empty() {
            return Err(ErrorDto::new("not_found").with("id", record));
        }
    }
    Ok(Made { title: asked.titled(), parts, ..Made::default() })
}
