//! What is forgotten: households and texts at the superior.

use ybz_app::dto::erase::{ErasePreview, Erased};
use ybz_app::dto::redact::{RedactPreview, Redacted};

/// What this program cannot reach.
const BEYOND: &str = "这些管不到:以前的备份和 U 盘、打印的纸、导出的表格、抄走的内容\n\
     Out of reach: earlier backups and sticks, paper, exported sheets, whatever was copied\n";

/// What erasing a household would do.
pub(crate) fn preview(preview: &ErasePreview) -> String {
    let ErasePreview { name, door, visits, kept, others, drafts, devices, upward, .. } = preview;
    let mut text = format!("{name} {door}\n");
    text.push_str(&format!("走访不再显示是哪一户 Visits without a household: {visits}\n"));
    text.push_str(&format!("未上报的诉求和私密备注打不开 Private notes lost: {kept}\n"));
    text.push_str(&format!("结对、救助、慰问对象和谈话内容打不开 Pairings, aid, care and talks lost: {others}\n"));
    text.push_str(&format!("草稿一并丢弃 Drafts thrown away: {drafts}\n"));
    if !devices.is_empty() {
        let names = devices.join("、");
        text.push_str(&format!("这些设备同步后也会删除 These devices erase once they sync: {names}\n"));
    }
    for one in upward {
        let record = format!("{} {} {}", one.record_type, one.record, one.field);
        text.push_str(&format!(
            "上级已有,不受影响 Stays at the superior ({record}): {}\n",
            one.text.replace('\n', " ")
        ));
    }
    text.push_str(BEYOND);
    text.push_str("没有删除。确认删除请加 --yes Nothing was erased: add --yes to do it\n");
    text
}

/// A household was erased.
pub(crate) fn erased(preview: &ErasePreview, erased: &Erased) -> String {
    let mut text = format!("已删除 {} Erased {}\n", erased.on, preview.id);
    if !preview.upward.is_empty() {
        let count = preview.upward.len();
        text.push_str(&format!(
            "上级还有 {count} 处提到这一户,用 ybz redact 撤除 The superior still has {count} texts: ybz redact\n"
        ));
    }
    text.push_str(BEYOND);
    text
}

/// The texts of a record that can be taken out.
pub(crate) fn texts(preview: &RedactPreview) -> String {
    let mut text = String::new();
    for one in &preview.fields {
        text.push_str(&format!("{}: {}\n", one.field, one.text.replace('\n', " ")));
    }
    if preview.conflicts > 0 {
        text.push_str(&format!(
            "先选定 {} 条有冲突的记录 Settle {} conflicts first\n",
            preview.conflicts, preview.conflicts
        ));
    }
    if !preview.keeper {
        text.push_str("要在管理员的设备上撤除 Only a keeper's device may do it\n");
    }
    text.push_str("没有撤除。写上要撤除的项目 Nothing was taken out: name the fields\n");
    text
}

/// Texts were taken out.
pub(crate) fn redacted(redacted: &Redacted) -> String {
    format!(
        "已撤除 {} Taken out; the book goes on as {}\n同步后上级也会销毁旧本 The superior destroys the old one once it syncs\n{BEYOND}",
        redacted.on, redacted.book
    )
}
