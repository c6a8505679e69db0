//! Who wrote each value of a record, field by field, the newest first.

use ybz_app::dto::history::{CopiedFrom, HistoryField, HistoryValue, RecordHistory};

use super::status::short;

/// The whole history.
pub(crate) fn history(history: &RecordHistory) -> String {
    let year = history.year.map_or_else(String::new, |year| format!(" {year}"));
    let mut text = format!("{} {} ({}{year} · {})\n", history.record_type, history.title, history.kind, history.office);
    if let Some(from) = &history.copied {
        text.push_str(&format!("{}\n", copied(from)));
    }
    for field in &history.fields {
        text.push_str(&format!("{}\n", name(field)));
        for value in &field.values {
            text.push_str(&format!("  {}\n", line(value)));
        }
    }
    if history.omitted > 0 {
        let left_out = history.omitted;
        text.push_str(&format!("更早的 {left_out} 个值没有列出 {left_out} earlier values are left out\n"));
    }
    text.push_str(match history.custody.as_str() {
        "marked" => "代录 entered in custody\n",
        "false" => "标了代录,但写的电脑不是代管 Marked 代录, but its device keeps nothing in custody [false]\n",
        "missing" => "代管的电脑记的,却没有标代录 Made by a custodian and not marked [missing]\n",
        _ => "",
    });
    text.push_str(if history.sound {
        "每个值都有签名,签名的电脑有权写 Every value is signed by a device that may write it\n"
    } else {
        "有的值对不上签名或权限,见上 Some values are not vouched for; see above\n"
    });
    text
}

fn copied(from: &CopiedFrom) -> String {
    let device =
        from.device.as_deref().map(|device| format!("{}{}", short(device), if from.here { "(本机)" } else { "" }));
    let by: Vec<String> = from.holder.iter().cloned().chain(device).collect();
    let by = if by.is_empty() { "不知道是谁 unknown".to_owned() } else { by.join(" ") };
    let on = if from.on.is_empty() { "-" } else { &from.on };
    let mut text = format!("誊录自 Copied from: {by} · {on}");
    if !from.without.is_empty() {
        text.push_str(&format!(" · 已撤除 redacted: {}", from.without.join(" ")));
    }
    text
}

fn name(field: &HistoryField) -> String {
    match (&field.subject, field.field.split_once('/')) {
        (Some(subject), Some((prefix, _))) => format!("{prefix} {subject}"),
        _ => field.field.clone(),
    }
}

fn line(value: &HistoryValue) -> String {
    let written = match (&value.value, value.sealed) {
        (_, true) if value.opened.is_empty() => "🔒".to_owned(),
        (_, true) => {
            let parts: Vec<String> = value.opened.iter().map(|part| format!("{}: {}", part.name, part.value)).collect();
            format!("🔒 {}", parts.join(" · "))
        }
        (Some(text), false) => text.replace('\n', " "),
        (None, false) if value.standing == "reopened" => "─".to_owned(),
        (None, false) => "(清空)".to_owned(),
    };
    let device = value.device.as_deref().map(|device| {
        let here = if value.here { "(本机)" } else { "" };
        format!("{}{here}", short(device))
    });
    let role = value.role.as_deref().filter(|role| *role != "keeper").map(|role| match role {
        "custodian" => "代管".to_owned(),
        other => other.to_owned(),
    });
    let declared = value.profile.as_ref().map(|name| format!("声明 declared: {name}"));
    let by: Vec<String> = value.holder.iter().cloned().chain(device).chain(role).chain(declared).collect();
    let by = if by.is_empty() { "不知道是谁 unknown".to_owned() } else { by.join(" ") };
    let on = value.on.as_deref().unwrap_or("-");
    format!("{written} · {} · {by} · {on} · {}", standing(&value.standing), check(&value.check))
}

fn standing(word: &str) -> &str {
    match word {
        "stands" => "现在的值",
        "conflict" => "有冲突",
        "merged" => "已合并",
        "replaced" => "已被改写",
        "reopened" => "收回选择,重新待定",
        other => other,
    }
}

fn check(word: &str) -> &str {
    match word {
        "sound" => "相符",
        "unattested" => "没有签名 [unattested]",
        "broken" => "签名不对 [broken]",
        "unknown_device" => "这台电脑没有证书 [unknown_device]",
        "after_removal" => "停用以后写的 [after_removal]",
        "not_authorised" => "这台电脑无权写 [not_authorised]",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(check: &str, device: Option<&str>) -> HistoryValue {
        HistoryValue {
            value: Some("祠堂".into()),
            sealed: false,
            opened: Vec::new(),
            holder: device.map(|_| "王某".into()),
            device: device.map(str::to_owned),
            here: false,
            role: device.map(|_| "keeper".into()),
            profile: None,
            action: None,
            on: Some("2026-03-05".into()),
            standing: "stands".into(),
            check: check.into(),
        }
    }

    #[test]
    fn what_is_not_vouched_for_is_said_and_what_is_sealed_is_not_shown() {
        assert_eq!(
            line(&value("sound", Some("2eb2a03dbf7712"))),
            "祠堂 · 现在的值 · 王某 2eb2a03dbf · 2026-03-05 · 相符"
        );
        assert!(line(&value("unattested", None)).ends_with("不知道是谁 unknown · 2026-03-05 · 没有签名 [unattested]"));
        let declared = HistoryValue {
            role: Some("custodian".into()),
            profile: Some("王甲一".into()),
            ..value("sound", Some("2eb2a03dbf7712"))
        };
        assert!(line(&declared).contains("王某 2eb2a03dbf 代管 声明 declared: 王甲一 ·"), "{}", line(&declared));
        let sealed = HistoryValue { value: None, sealed: true, ..value("sound", None) };
        assert!(line(&sealed).starts_with("🔒 · "));
    }
}
