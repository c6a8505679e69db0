//! What an import would write, what stands in its way, and what it wrote.

use ybz_app::dto::import::{ImportIssue, ImportKind, ImportMapping, ImportPreview, ImportQuestion, ImportResult};

use super::issue;

/// Issues of a kind shown; the JSON form has all.
const SHOWN: usize = 200;

/// The preview.
pub(crate) fn preview(mappings: &[ImportMapping], preview: &ImportPreview) -> String {
    let mut text = String::new();
    for mapping in mappings {
        text.push_str(&format!("“{}”:{},{} 列 columns\n", mapping.sheet, kind(mapping.kind), mapping.columns.len()));
    }
    text.push_str(&format!(
        "新增 {} 条,补全 {} 条,已有 {} 条 new {}, completed {}, already there {}\n",
        preview.new_rows,
        preview.changed_rows,
        preview.same_rows,
        preview.new_rows,
        preview.changed_rows,
        preview.same_rows
    ));
    for sample in &preview.samples {
        text.push_str(&format!("  {sample}\n"));
    }
    issues(&mut text, "有差错的行(只不写这几行) Rows with errors, which are not written", &preview.errors);
    issues(&mut text, "请留意 Please note", &preview.warnings);
    if !preview.questions.is_empty() {
        text.push_str("请先回答,没有回答的行不写 Questions; rows without an answer are not written:\n");
        preview.questions.iter().for_each(|question| ask(&mut text, question));
    }
    text
}

fn issues(text: &mut String, title: &str, list: &[ImportIssue]) {
    if list.is_empty() {
        return;
    }
    text.push_str(&format!("{title}: {}\n", list.len()));
    for one in list.iter().take(SHOWN) {
        text.push_str(&format!("  “{}”第{}行 {}: {}\n", one.sheet, one.row, one.column, issue::sentence(one)));
    }
    if let Some(more) = list.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!("  另有 {more} 处,见 --json\n"));
    }
}

fn ask(text: &mut String, question: &ImportQuestion) {
    let name = question.params.get("name").map_or("", String::as_str);
    let sentence = match question.code.as_str() {
        "which_person" => format!("名册里有几位“{name}”,这一行是哪一位?"),
        "which_household" => format!("有几户“{name}”,这一行是哪一户?"),
        "same_person" => format!("“{name}”和名册里的是同一人吗?"),
        "quarter_months" => format!("“{name}”按季度缴的这笔党费,算哪几个月的?"),
        other => format!("{other} {name}"),
    };
    text.push_str(&format!("  “{}”第{}行 {sentence}\n", question.sheet, question.row));
    for option in &question.options {
        text.push_str(&format!("    --answer '{}={}'  {}\n", question.id, option.value, option.label));
    }
}

/// What was written.
pub(crate) fn result(result: &ImportResult, unanswered: usize) -> String {
    let mut text = format!(
        "已写入 Written: 新增 {} 条,补全 {} 条,已有 {} 条,有差错未写入 {} 行\n",
        result.new_rows, result.changed_rows, result.same_rows, result.skipped_rows
    );
    if unanswered > 0 {
        text.push_str(&format!(
            "{unanswered} 个问题没有回答,那几行没有写 rows of {unanswered} open questions were left out\n"
        ));
    }
    text
}

fn kind(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Roster => "党员名册",
        ImportKind::Dues => "党费台账",
        ImportKind::Meetings => "三会一课记录",
        ImportKind::Visits => "走访记录",
    }
}
