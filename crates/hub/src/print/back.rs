//! What was done, what was deleted, and ledgers on a day, in lines.

use ybz_app::dto::Page;
use ybz_app::dto::deleted::{DeletePart, DeletePreview, DeletedRow};
use ybz_app::dto::past::PastPage;
use ybz_app::dto::undo::{Actions, UndoField, UndoPreview, Undone};

use super::words::{fill, sentences};

/// Actions, the newest first.
pub(crate) fn actions(actions: &Actions) -> String {
    let mut text = String::new();
    for row in &actions.rows {
        let mark = match (row.undoes, row.undone) {
            (Some(of), _) => format!("  撤销 undid {of}"),
            (None, true) => "  已撤销 undone".to_owned(),
            (None, false) => String::new(),
        };
        text.push_str(&format!("{:>5}  {}  {}  {} {}{mark}\n", row.id, row.on, row.call, row.record_type, row.title));
    }
    let number = |id: Option<i64>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    text.push_str(&format!("撤销 undo {}  重做 redo {}\n", number(actions.next_undo), number(actions.next_redo)));
    text
}

/// What undoing would do.
pub(crate) fn preview(preview: &UndoPreview) -> String {
    let mut text = format!("{} {} {}\n", preview.action.call, preview.action.record_type, preview.action.title);
    for one in &preview.refused {
        text.push_str(&format!("{}  {} {}\n", sentence(&one.code), one.record_type, one.title));
    }
    for record in &preview.records {
        let what = match record.what.as_str() {
            "delete" => "标为已删除 deleted",
            "delete_changed" => "标为已删除,后来改过 deleted, changed since [--back record]",
            "keep" => "保留 stays",
            _ => "",
        };
        text.push_str(&format!("{} {}  {what}\n", record.record_type, record.title));
        record.fields.iter().for_each(|field| text.push_str(&line(field)));
    }
    text
}

fn line(field: &UndoField) -> String {
    let words = |values: &[String]| match (field.sealed, values) {
        (true, _) => "🔒".to_owned(),
        (false, []) => "(清空)".to_owned(),
        (false, some) => some.join(" | ").replace('\n', " "),
    };
    let since = match field.standing.as_str() {
        "changed" => "  后来改过 changed since [--back / --leave]",
        "merged" => "  只去掉这一步写的 later words stay",
        _ => "",
    };
    format!("  {}: {} → {}{since}\n", field.field, words(&field.now), words(&field.was))
}

/// That it was undone.
pub(crate) fn undone(undone: &Undone) -> String {
    match undone.id {
        Some(id) => format!("已撤销 undone ({id})\n"),
        None => "没有要改回的 nothing to put back\n".to_owned(),
    }
}

/// Deleted records.
pub(crate) fn deleted(page: &Page<DeletedRow>) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let how = if row.how == "dropped" { "  作废 void" } else { "" };
        let along = if row.along > 0 { format!("  +{}", row.along) } else { String::new() };
        text.push_str(&format!("{}  {} {}  {} {}{along}{how}\n", row.id, row.record_type, row.title, row.on, row.by));
    }
    text.push_str(&format!("共 {} 条 in all\n", page.total));
    text
}

/// What deleting would do.
pub(crate) fn marks(preview: &DeletePreview) -> String {
    let line = |one: &DeletePart| format!("  {} {}  {}\n", one.record_type, one.title, one.record);
    let mut text = line(&preview.record);
    if !preview.refused.is_empty() {
        text.push_str(&format!("{}\n", sentence(&preview.refused).replace('?', &preview.period)));
    }
    if !preview.along.is_empty() {
        text.push_str("跟着删除 goes along:\n");
        preview.along.iter().for_each(|one| text.push_str(&line(one)));
    }
    if !preview.stops.is_empty() {
        text.push_str("还用着它,不能删除 still used by:\n");
        preview.stops.iter().for_each(|one| text.push_str(&line(one)));
    }
    text
}

fn sentence(code: &str) -> String {
    let none = std::collections::BTreeMap::new();
    sentences(code).map_or_else(
        || code.to_owned(),
        |(chinese, english)| format!("{} {} [{code}]", fill(chinese, &none), fill(english, &none)),
    )
}

/// A ledger on a day.
pub(crate) fn past(page: &PastPage) -> String {
    let mut text = format!("截至 as of {}\n", page.day);
    if page.renewed {
        let from = page.from.as_deref().unwrap_or("-");
        text.push_str(&format!("这本账在 {from} 誊新过 this book was copied anew on {from}\n"));
    }
    for row in &page.rows {
        let amount = row.amount_fen.map(|fen| format!("  {}.{:02}", fen / 100, (fen % 100).abs())).unwrap_or_default();
        let since = match row.since.as_str() {
            "changed" => "  后来改过 changed since",
            "deleted" => "  后来删除 deleted since",
            "gone" => "  现在没有 not here now",
            _ => "",
        };
        text.push_str(&format!("{}  {:<10}  {} {}{amount}{since}\n", row.id, row.date, row.record_type, row.title));
    }
    if let Some(fen) = page.paid_fen {
        text.push_str(&format!("已收 paid {}.{:02}\n", fen / 100, (fen % 100).abs()));
    }
    text.push_str(&format!("共 {} 条 in all; 以后新记 recorded since {}\n", page.total, page.added_since));
    text
}
