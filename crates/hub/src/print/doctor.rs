//! What the check of everything found.

use serde_json::Value;

/// Whether everything was sound.
pub(crate) fn sound(report: &Value) -> bool {
    report.get("sound").and_then(Value::as_bool) == Some(true)
}

/// The report: each finding with its place, and what to do.
pub(crate) fn report(report: &Value) -> String {
    let mut text = String::new();
    if let Value::Object(parts) = report {
        for (name, part) in parts.iter().filter(|(name, _)| *name != "sound") {
            match part {
                Value::Array(list) => list.iter().for_each(|one| text.push_str(&format!("{name}: {}\n", plain(one)))),
                other => text.push_str(&format!("{name}: {}\n", plain(other))),
            }
        }
    }
    text.push_str(if sound(report) {
        "全部完好 Sound\n"
    } else {
        "有损坏。请先停用本机,用备份恢复,并把上面的内容告诉上级。\n\
         Not sound: stop using this machine's books, restore a backup, and show the lines above to the superior.\n"
    });
    text
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(parts) => {
            parts.iter().map(|(name, part)| format!("{name}={}", plain(part))).collect::<Vec<_>>().join(" ")
        }
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}
