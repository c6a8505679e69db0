//! What the check of everything found, and what a repair did.

use serde_json::Value;
use ybz_app::dto::doctor::RepairReport;

/// Whether everything was sound.
pub(crate) fn sound(report: &Value) -> bool {
    report.get("sound").and_then(Value::as_bool) == Some(true)
}

/// The report: what was checked, each problem with its place, and what to do.
pub(crate) fn report(report: &Value) -> String {
    let mut text = String::new();
    for (name, label) in LABELS {
        let count = report.get(name).and_then(Value::as_u64).unwrap_or_default();
        text.push_str(&format!("{label}: {count}\n"));
    }
    let list = |name: &str| report.get(name).and_then(Value::as_array).into_iter().flatten();
    let word = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let findings: Vec<&Value> = list("findings").collect();
    for problem in list("problems").filter_map(Value::as_str) {
        let finding = findings.iter().find(|finding| word(finding, "what") == problem);
        let named = finding.map(|finding| place(finding)).unwrap_or_default();
        let remedy = finding.map(|finding| remedy(&word(finding, "remedy"))).unwrap_or_default();
        text.push_str(&format!("不符 {named}{problem}{remedy}\n"));
    }
    for row in list("damaged") {
        let number = |name: &str| row.get(name).and_then(Value::as_u64).unwrap_or_default();
        let (rows, missing) = (number("rows"), number("missing"));
        text.push_str(&format!(
            "{}修复时留下 {rows} 处损坏的内容,其中 {missing} 个改动还没有从别处取回 {rows} damaged rows kept, {missing} changes not back yet\n",
            place(row)
        ));
    }
    let only_restore = findings.iter().any(|finding| word(finding, "remedy") == "restore");
    text.push_str(match (sound(report), only_restore) {
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
fn place(row: &Value) -> String {
    let kind = row.get("kind").and_then(Value::as_str).unwrap_or_default();
    let year = row.get("year").and_then(Value::as_i64).map_or_else(String::new, |year| format!(" {year}"));
    if kind.is_empty() { String::new() } else { format!("{kind}{year} · ") }
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

const LABELS: [(&str, &str); 5] = [
    ("books", "账本 Books"),
    ("changes", "改动 Changes"),
    ("attestations", "签名 Attestations"),
    ("records", "记录 Records"),
    ("held", "读不进来 Held"),
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_that_does_not_say_so_is_not_sound() {
        assert!(sound(&json!({ "sound": true })));
        assert!(!sound(&json!({ "sound": false })) && !sound(&json!({})));
        let finding = json!({ "kind": "up/visits", "year": 2026, "what": "book 0a: head unknown", "remedy": "repair" });
        let text = report(&json!({
            "sound": false, "books": 2, "problems": ["book 0a: head unknown"], "findings": [finding],
            "damaged": [{ "kind": "up/dues", "year": 2025, "rows": 3, "missing": 1 }],
        }));
        assert!(text.starts_with("账本 Books: 2\n"), "{text}");
        assert!(text.contains("不符 up/visits 2026 · book 0a: head unknown → ybz doctor --repair\n"), "{text}");
        assert!(text.contains("up/dues 2025 · 修复时留下 3 处") && text.contains("\n有不符的"), "{text}");
    }

    #[test]
    fn only_a_backup_helps_against_a_damaged_file() {
        let finding = json!({ "what": "the file is damaged: x", "remedy": "restore" });
        let text = report(&json!({ "sound": false, "problems": ["the file is damaged: x"], "findings": [finding] }));
        assert!(text.contains("→ 用备份恢复") && text.contains("\n文件本身坏了"), "{text}");
    }
}
