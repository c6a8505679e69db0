//! What the check of everything found, and what a repair did.

use ybz_app::dto::doctor::{CheckReport, DamagedRow, RepairReport};

/// The report: what was checked, each problem with its place, and what to do.
pub(crate) fn report(report: &CheckReport) -> String {
    let mut text = String::new();
    for (label, count) in [
        ("账本 Books", report.books),
        ("改动 Changes", report.changes),
        ("签名 Attestations", report.attestations),
        ("记录 Records", report.records),
        ("读不进来 Held", report.held),
    ] {
        text.push_str(&format!("{label}: {count}\n"));
    }
    for finding in &report.findings {
        let place = place(finding.kind.as_deref(), finding.year);
        let (what, remedy) = (word(&finding.code), remedy(&finding.remedy));
        text.push_str(&format!("不符 {place}{what}({}){remedy}\n", finding.what));
    }
    for row in &report.damaged {
        let DamagedRow { rows, missing, .. } = row;
        text.push_str(&format!(
            "{}修复时留下 {rows} 处损坏的内容,其中 {missing} 个改动还没有从别处取回 {rows} damaged rows kept, {missing} changes not back yet\n",
            place(row.kind.as_deref(), row.year)
        ));
    }
    let only_restore = report.findings.iter().any(|finding| finding.remedy == "restore");
    text.push_str(match (report.sound, only_restore) {
        (true, _) => "全部完好 Sound\n",
        (false, true) => {
            "文件本身坏了。请先停用本机的账本,用备份恢复,并告诉上级。\n\
             The file itself is damaged: stop using the books on this machine, restore a backup, and tell the superior.\n"
        }
        (false, false) => {
            "有不符的。运行 ybz doctor --repair:完好的留下,损坏的另存,缺的由别的设备和上级重新送来。\n\
             Not sound. Run ybz doctor --repair: what verifies stays, the rest is put aside, and others send what is missing.\n"
        }
    });
    text
}

/// What a finding is, in Chinese; the rest of the line says it in English.
fn word(code: &str) -> &'static str {
    match code {
        "file" => "文件损坏",
        "page" => "有一页被改动",
        "change" => "有个改动与目录不符",
        "chain" => "改动的顺序断了",
        "attestation" => "缺少有效的签名",
        "not_authorised" => "写它的设备没有权限",
        "heads" => "最新版本的标记不符",
        "document" => "账本打不开或内容不全",
        "record" => "列表里的记录与账本不符",
        "log" => "本机日志断了",
        _ => "",
    }
}

/// What a repair did, book by book.
pub(crate) fn repaired(report: &RepairReport) -> String {
    let mut text = String::new();
    for one in &report.books {
        let year = one.year.map_or_else(String::new, |year| format!(" {year}"));
        let (kept, waiting, lost) = (one.kept, one.waiting, one.lost);
        text.push_str(&format!(
            "{}{year}: 完好 {kept},等待 {waiting},缺 {lost} kept {kept}, waiting {waiting}, lost {lost}\n",
            one.kind
        ));
    }
    text.push_str(match (report.books.is_empty(), report.sound) {
        (true, true) => "没有要修复的 Nothing to repair\n",
        (false, true) => "修复好了。同步以后,缺的会重新送来 Repaired; what is missing comes back with the next sync\n",
        (_, false) => "还有不符的,运行 ybz doctor 查看 Something is still not sound: run ybz doctor\n",
    });
    text
}

/// The book that a line is about.
fn place(kind: Option<&str>, year: Option<i16>) -> String {
    let year = year.map_or_else(String::new, |year| format!(" {year}"));
    kind.map_or_else(String::new, |kind| format!("{kind}{year} · "))
}

fn remedy(word: &str) -> &'static str {
    match word {
        "restore" => " → 用备份恢复 restore a backup",
        "repair" => " → ybz doctor --repair",
        "certificate" => " → 等证书送到,或告诉上级 wait for the certificate, or tell the superior",
        "report" => " → 告诉上级 tell the superior",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use ybz_app::dto::doctor::Finding;

    use super::*;

    fn found(code: &str, remedy: &str, kind: Option<&str>) -> CheckReport {
        let finding = Finding {
            book: None,
            kind: kind.map(str::to_owned),
            year: kind.map(|_| 2026),
            code: code.to_owned(),
            what: "in English".to_owned(),
            remedy: remedy.to_owned(),
        };
        let damaged =
            DamagedRow { book: String::new(), kind: Some("up/dues".to_owned()), year: Some(2025), rows: 3, missing: 1 };
        CheckReport {
            sound: false,
            books: 2,
            changes: 9,
            records: 5,
            attestations: 1,
            held: 0,
            findings: vec![finding],
            damaged: vec![damaged],
        }
    }

    #[test]
    fn a_finding_has_its_place_its_words_and_what_helps() {
        let text = report(&found("heads", "repair", Some("up/visits")));
        assert!(text.starts_with("账本 Books: 2\n"), "{text}");
        let line = "不符 up/visits 2026 · 最新版本的标记不符(in English) → ybz doctor --repair\n";
        assert!(text.contains(line), "{text}");
        assert!(text.contains("up/dues 2025 · 修复时留下 3 处") && text.contains("\n有不符的"), "{text}");
    }

    #[test]
    fn only_a_backup_helps_against_a_damaged_file() {
        let text = report(&found("file", "restore", None));
        assert!(text.contains("→ 用备份恢复") && text.contains("\n文件本身坏了"), "{text}");
    }
}
