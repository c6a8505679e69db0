//! Bodies and the tree of a day, as lines; columns are set off by tabs.

use ybz_app::dto::body::{BodyList, BodyNote, BodyTree, TreeLine};

fn kind(word: &str) -> &str {
    match word {
        "temporary" => "临时党支部",
        "mobile" => "流动党员党支部",
        "joint" => "联合党支部",
        "attached" => "挂靠单位",
        "group" => "党小组",
        "station" => "驿站",
        "alliance" => "党建联盟",
        other => other,
    }
}

/// What a rule says, with its source.
fn note(note: &BodyNote) -> String {
    let (has, says) = (note.has, note.says);
    let said = match (note.code.as_str(), note.duty.as_deref()) {
        ("units_many", _) => format!("单位{has}个,一般不超过{says}个 {has} units, {says} as a rule"),
        ("few_members", _) => format!("正式党员{has}人,不足{says}人 {has} full members of {says}"),
        ("many_members", _) => format!("正式党员{has}人,一般不超过{says}人 {has} full members, {says} as a rule"),
        ("committee_size", _) => format!("正式党员{has}人,{says}人以上可按程序设党委 {has} full members"),
        (_, Some("dues")) => format!("账上有党费{has}笔 {has} entries of dues"),
        (_, Some("admission")) => format!("账上有发展党员{has}步 {has} steps of admissions"),
        (_, Some("discipline")) => format!("账上有党籍处理{has}项 {has} expulsions or disqualifications"),
        (_, Some("election")) => format!("账上有换届{has}届 {has} terms"),
        (code, _) => code.to_owned(),
    };
    format!("\t! {said} ({})\n", note.rule.citation)
}

/// Bodies: id, name, kind, days, state; below each what became of it.
pub(crate) fn list(list: &BodyList) -> String {
    let mut text = String::new();
    for row in &list.rows {
        let until = row.until.as_deref().unwrap_or("-");
        let kind = kind(&row.kind);
        text.push_str(&format!("{}\t{}\t{kind}\t{}\t{until}\t{}\n", row.id, row.name, row.from, row.state));
        text.extend(row.notes.iter().map(note));
        for change in &row.changes {
            let void = if change.void { "\t作废 void" } else { "" };
            text.push_str(&format!(
                "\t{}\t{}\t{}\t{}\t{}{void}\n",
                change.id, change.on, change.kind, change.to, change.note
            ));
        }
    }
    text
}

fn line(line: &TreeLine) -> String {
    let indent = "  ".repeat(usize::try_from(line.depth).unwrap_or_default());
    let kind = match (&line.body_kind, line.office_kind) {
        (Some(word), _) => format!(" [{}]", kind(word)),
        (None, _) => String::new(),
    };
    let full = line.full_members.map(|full| format!(" · {full}")).unwrap_or_default();
    let units = if line.units.is_empty() { String::new() } else { format!(" · {}", line.units.join("、")) };
    let mut text = format!("{indent}{}{kind}{full}{units}\n", line.name);
    text.extend(line.notes.iter().map(note));
    text
}

/// The tree, indented.
pub(crate) fn tree(tree: &BodyTree) -> String {
    let mut text = format!("{}\n", tree.on);
    text.extend(tree.lines.iter().map(line));
    text
}
