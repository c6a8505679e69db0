//! Months and submissions, in lines.

use ybz_app::dto::month::{MonthCheck, MonthState, SubmissionCard};

fn state(state: MonthState, disputed: bool) -> String {
    let word = match state {
        MonthState::None => "未提交 not submitted",
        MonthState::Pending => "已提交 submitted",
        MonthState::Accepted => "已接收 accepted",
        MonthState::Returned => "已退回 returned",
        MonthState::Withdrawn => "已撤回 withdrawn",
    };
    if disputed { format!("{word}, 两边同时办理,待商定 decisions crossed") } else { word.to_owned() }
}

/// A month of this office.
pub(crate) fn check(check: &MonthCheck) -> String {
    let disputed = check.submission.as_ref().is_some_and(|one| one.disputed);
    let mut text = format!("{} {}\n", check.month, state(check.state, disputed));
    for one in &check.ledgers {
        let gaps: Vec<String> = one.gaps.iter().map(|gap| format!("{} {}", gap.code, gap.count)).collect();
        text.push_str(&format!("{:<12}{:>6}  {}\n", one.ledger, one.count, gaps.join(", ")));
    }
    text.push_str(&format!(
        "未办完 open {}  未确认 unconfirmed {}  冲突 conflicts {}  草稿 drafts {}\n",
        check.open_count,
        check.unconfirmed.len(),
        check.conflicts,
        check.drafts
    ));
    if let Some(one) = check.submission.as_ref().filter(|one| one.different > 0) {
        text.push_str(&format!("与提交的有出入 {} 条 rows differ from the submission\n", one.different));
    }
    if let Some(period) = &check.closed {
        text.push_str(&format!("{period} 已锁定 closed\n"));
    }
    text
}

/// A month of every subordinate.
pub(crate) fn list(cards: &[SubmissionCard]) -> String {
    let mut text = String::new();
    for card in cards {
        let id = card.id.as_deref().unwrap_or("-");
        let differs =
            if card.different > 0 { format!("  有出入 {} rows differ", card.different) } else { String::new() };
        text.push_str(&format!(
            "{id}  {} {}  {}{differs}\n",
            card.office_name,
            card.month,
            state(card.state, card.disputed)
        ));
    }
    text
}
