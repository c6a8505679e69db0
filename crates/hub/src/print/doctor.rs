//! What the check of everything found.

use serde_json::Value;

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
    let problems = report.get("problems").and_then(Value::as_array);
    for problem in problems.into_iter().flatten().filter_map(Value::as_str) {
        text.push_str(&format!("不符 {problem}\n"));
    }
    text.push_str(if sound(report) {
        "全部完好 Sound\n"
    } else {
        "有不符的。请先停用本机的账本,用备份恢复,并把上面的内容告诉上级。\n\
         Not sound: stop using the books on this machine, restore a backup, and show the lines above to the superior.\n"
    });
    text
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
        let text = report(&json!({ "sound": false, "books": 2, "problems": ["book 0a: head unknown"] }));
        assert!(text.starts_with("账本 Books: 2\n") && text.contains("不符 book 0a: head unknown\n有不符的"), "{text}");
    }
}
