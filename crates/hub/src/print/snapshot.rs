//! Signed totals: lists, what was signed, what was checked.

use ybz_app::dto::snapshot::{SnapshotCard, SnapshotInput, SnapshotView, VerifyReport};

use super::status::short;

/// A list, newest first.
pub(crate) fn cards(cards: &[SnapshotCard]) -> String {
    if cards.is_empty() {
        return "还没有汇总 No snapshots yet\n".to_owned();
    }
    let mut text = String::new();
    for card in cards {
        let verified = if card.verified { "已核验" } else { "未核验" };
        text.push_str(&format!(
            "{} {} {}年 {}制 · {} 家在内,缺 {} 家 · {verified}\n",
            short(&card.id),
            card.office_name,
            card.year,
            card.made_on,
            card.included,
            card.missing,
        ));
    }
    text
}

/// What was signed.
pub(crate) fn made(view: &SnapshotView) -> String {
    let id = view.id.as_deref().unwrap_or("-");
    let all = view.inputs.len();
    let mut text =
        format!("已签名 Signed: {} {}年\n{id}\n{}/{all} 已接收\n", view.office_name, view.year, view.included);
    for input in view.inputs.iter().filter(|input| input.cause.is_some()) {
        text.push_str(&format!("  缺 {}\n", missing(input)));
    }
    for row in view.rows.iter().filter(|row| row.month.is_none()) {
        let number = |figure: Option<i64>| figure.map_or_else(|| "—(隐去)".to_owned(), |figure| figure.to_string());
        let figure = match row.denominator {
            Some(_) if row.numerator.is_some() => format!("{}/{}", number(row.numerator), number(row.denominator)),
            _ => number(row.numerator),
        };
        text.push_str(&format!("  {} {figure} · 来源村数 {}\n", row.name, row.sources));
    }
    text
}

fn missing(input: &SnapshotInput) -> String {
    let cause = match input.cause.as_deref() {
        Some("never_joined") => "未加入",
        Some("never_synced" | "stale") => "未同步",
        Some(other) => other,
        None => "",
    };
    let since = input.as_of.as_ref().map(|on| format!("自 {on}")).unwrap_or_default();
    format!("{} {cause}{since}", input.name)
}

/// What was checked.
pub(crate) fn report(report: &VerifyReport) -> String {
    let mut text = String::new();
    for check in &report.checks {
        let held = if check.ok { "相符" } else { "不符" };
        text.push_str(&format!("{held} {} [{}] {}\n", name(&check.code), check.code, check.subject));
    }
    let ended = if report.ok {
        "全部相符 Everything holds"
    } else {
        "有不符的。不要采用,请与对方联系,请其重新签名。 Something does not hold: do not use it, ask for it again"
    };
    text.push_str(&format!("摘要 Digest: {}\n组织树 Tree: {}\n{ended}\n", report.digest, report.tree));
    text
}

fn name(code: &str) -> &str {
    match code {
        "digest" => "摘要",
        "charter" => "根章程",
        "committee_signature" => "街道签名",
        "committee_certificate" => "街道证书",
        "branch_signature" => "支部签名",
        "branch_certificate" => "支部证书",
        "totals" => "合计",
        "missing_listed" => "缺报已列明",
        "atoms" => "本村数字",
        "missing_office" => "漏列的单位",
        "issuer_forked" => "签发记录有两个版本",
        other => other,
    }
}
