//! Keys, sheets and backups, for people.

use ybz_app::dto::security::{BackupStatus, KeyStatus, RecoverySheet};

use super::words::{fill, sentences};

/// How the key is kept.
pub(crate) fn status(status: &KeyStatus) -> String {
    let holder = match status.holder.as_str() {
        "passphrase" => "口令 a passphrase",
        "keychain" => "系统钥匙串 the system's keychain",
        "file" => "钥匙文件 a key file",
        _ => "不明 not known",
    };
    let sheet = match &status.sheet_on {
        Some(on) => format!("有,做于 made on {on}"),
        None => "没有。请运行 ybz key recovery-sheet 打印一张 none; print one with `ybz key recovery-sheet`".to_owned(),
    };
    let mut text = format!("钥匙 Key: {holder}\n恢复纸 Recovery sheet: {sheet}\n账本编号 Number: {}\n", status.number);
    for office in &status.waiting {
        text.push_str(&format!("从备份恢复,等待批准 Restored, waits to be let in: {office}\n"));
    }
    for office in &status.locked {
        text.push_str(&format!("私密记录暂锁 Private records locked: {office}\n"));
    }
    text
}

/// Words as they are written on paper: numbered, lines of four.
pub(crate) fn numbered(words: &[String]) -> String {
    let mut text = String::new();
    for (line, four) in words.chunks(4).enumerate() {
        for (column, word) in four.iter().enumerate() {
            text.push_str(&format!("{:>4}. {word:<10}", line * 4 + column + 1));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

/// The sheet as it is kept on paper.
pub(crate) fn sheet(sheet: &RecoverySheet) -> String {
    let mut text = "\n恢复纸 Recovery sheet\n".to_owned();
    if !sheet.offices.is_empty() {
        text.push_str(&format!("打开谁的账本 Opens the books of: {}\n", sheet.offices.join("、")));
    }
    if !sheet.number.is_empty() {
        text.push_str(&format!("账本编号 Number: {}\n", sheet.number));
    }
    text.push_str(&format!("日期 Made on: {}\n\n", sheet.on));
    text.push_str(&numbered(&sheet.words));
    text.push_str(
        "\n谁拿到这张纸和账本文件(或今后的备份),谁就能打开全部账本,包括住户和私密记录。锁进柜子,不要拍照。\n\
         只显示这一次;以前的恢复纸从现在起打不开本机的账本,只能打开以前的备份。\n\
         Whoever has this sheet and the books' files (or backups from now on) opens everything, private records too.\n\
         Lock it away, take no photo. It is shown this once; earlier sheets open earlier backups alone.\n",
    );
    text
}

/// How backups stand.
pub(crate) fn backups(status: &BackupStatus) -> String {
    let mut text = match &status.last {
        Some(last) => format!("最近备份 Last backup: {} · {}\n", last.on, last.file),
        None => "还没有备份过 No backup yet\n".to_owned(),
    };
    match &status.schedule {
        Some(plan) => text.push_str(&format!(
            "定期 Schedule: 每 every {} 天 days · 留 keep {} · {}\n",
            plan.every_days, plan.keep, plan.folder
        )),
        None => text.push_str("没有定期备份 No schedule\n"),
    }
    if let Some(trouble) = &status.trouble {
        let (chinese, english) = sentences(&trouble.code).unwrap_or(("没有备份成。", "No backup was made."));
        text.push_str(&format!("⚠ {} {}\n", fill(chinese, &trouble.params), fill(english, &trouble.params)));
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_on_paper_are_numbered() {
        let words: Vec<String> = (1..=24).map(|n| format!("word{n}")).collect();
        let text = super::numbered(&words);
        assert!(text.ends_with("\n  21. word21      22. word22      23. word23      24. word24\n"), "{text}");
        assert_eq!(text.lines().count(), 6);
    }
}
