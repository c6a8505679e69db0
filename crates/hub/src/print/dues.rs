//! Dues and the rules that they are assessed by, as lines; columns are set off by tabs.

use ybz_app::dto::dues::{ArrearsSheet, DuesBalance, DuesLedger, DuesNotice, RemitSheet};
use ybz_app::dto::rules::{PackOutput, RulesList, RulesView, TierRow};
use ybz_app::yuan;

/// 党费台账: no., name, base, monthly due, due and paid for the year.
pub(crate) fn ledger(ledger: &DuesLedger) -> String {
    let mut text = String::from("序号 No.\t姓名 Name\t基数 Base\t月应缴 Monthly\t全年应缴 Due\t全年实缴 Paid\n");
    for row in &ledger.rows {
        let base = row.base_fen.map_or_else(|| "-".to_owned(), yuan);
        let monthly: Vec<String> =
            row.monthly.iter().map(|span| format!("{}-{}:{}", span.from, span.to, yuan(span.fen))).collect();
        let (due, paid) = (yuan(row.due_fen), yuan(row.paid_fen));
        text.push_str(&format!("{}\t{}\t{base}\t{}\t{due}\t{paid}\n", row.no, row.name, monthly.join(" ")));
    }
    text.push_str(&format!("合计 Sum\t\t\t\t{}\t{}\n", yuan(ledger.due_fen), yuan(ledger.paid_fen)));
    text.push_str(&format!("本年收款 Cash of the year\t{}\n", yuan(ledger.cash.total_fen)));
    if ledger.doubles > 0 {
        text.push_str(&format!(
            "疑似重复 {} 处,没有扣减 {0} places look double; nothing is subtracted\n",
            ledger.doubles
        ));
    }
    text
}

/// 公示表
pub(crate) fn notice(notice: &DuesNotice) -> String {
    let mut text = format!("{} {} - {}\n", notice.office_name, notice.from_month, notice.to_month);
    for row in &notice.rows {
        text.push_str(&format!("{}\t{}\n", row.name, yuan(row.amount_fen + row.extra_fen)));
    }
    text.push_str(&format!("合计 Sum\t{}\n", yuan(notice.sum_fen + notice.extra_fen)));
    text
}

/// Who owes, with the rule where it is to be shown.
pub(crate) fn arrears(sheet: &ArrearsSheet) -> String {
    let mut text = String::new();
    for row in &sheet.rows {
        let months: Vec<&str> = row.months.iter().map(|month| month.month.as_str()).collect();
        text.push_str(&format!("{}\t{}\t{}\n", row.name, yuan(row.owed_fen), months.join(" ")));
    }
    text.push_str(&format!("合计 Sum\t{}\n", yuan(sheet.owed_fen)));
    if sheet.rows.iter().any(|row| row.remind) {
        text.push_str(&format!("{} {}\n", sheet.rule.text, sheet.rule.citation));
    }
    text
}

/// 上缴
pub(crate) fn remit(sheet: &RemitSheet) -> String {
    let balance = |name: &str, balance: &DuesBalance| {
        let parts = [balance.opening_fen, balance.collected_fen, balance.remitted_fen, balance.retained_fen];
        let [opening, collected, remitted, retained] = parts.map(yuan);
        let in_hand = yuan(balance.in_hand_fen);
        format!(
            "{name}\t结余 in {opening}\t收缴 collected {collected}\t上缴 remitted {remitted}\t留存 retained {retained}\t在手 in hand {in_hand}\n"
        )
    };
    let mut text = balance("党费 Dues", &sheet.ordinary);
    text.push_str(&balance("上缴中央 For the centre", &sheet.centre));
    for row in &sheet.rows {
        let (amount, retained) = (yuan(row.amount_fen), yuan(row.retained_fen));
        text.push_str(&format!(
            "{}\t{amount}\t{retained}\t{}\t{} - {}\n",
            row.on, row.slip, row.from_month, row.to_month
        ));
    }
    text
}

fn tiers(name: &str, tiers: &[TierRow]) -> String {
    let one = |tier: &TierRow| {
        let limit = tier.up_to_fen.map_or_else(|| "以上 above".to_owned(), |fen| format!("≤ {}", yuan(fen)));
        format!("{limit} {}.{:02}%", tier.rate_bp / 100, tier.rate_bp % 100)
    };
    format!("{name}\t{}\n", tiers.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// Rules in numbers.
pub(crate) fn view(rules: &RulesView) -> String {
    let from = [rules.from.as_str(), rules.citation.as_str()].join(" ");
    let mut text = format!("{} {} {}\n", rules.version, rules.source, from.trim());
    text.push_str(&tiers("工资 Salaried", &rules.salaried));
    text.push_str(&tiers("离退休 Retired", &rules.retired));
    let farmer = [rules.farmer_min_fen, rules.farmer_max_fen].map(yuan);
    text.push_str(&format!("农民 Farmers\t{} - {}\n", farmer[0], farmer[1]));
    text.push_str(&format!("学生等 Relief\t{}\n取整 Rounding\t{}\n", yuan(rules.relief_fen), rules.rounding));
    text
}

/// What holds, and the packs.
pub(crate) fn rules(list: &RulesList) -> String {
    let mut text = view(&list.current);
    for pack in &list.packs {
        let state = match (pack.fault.is_empty(), pack.holds) {
            (false, _) => format!("看不懂,没有采用 not applied [{}] {}", pack.fault, pack.detail),
            (true, true) => "现行 in force".to_owned(),
            (true, false) => String::new(),
        };
        text.push_str(&format!("{}\t{}\t{}\t{state}\n", pack.version, pack.valid_from, pack.from));
    }
    text
}

/// What sending did.
pub(crate) fn sent(out: &PackOutput) -> String {
    format!("已发 sent {} · 早已有 had it {}\n", out.sent, out.already)
}
