//! Items of flows, cases and rates, as lines; columns are set off by tabs.

use ybz_app::dto::Page;
use ybz_app::dto::case::{CaseAnswered, CaseAnsweredTo, CasePrivate};
use ybz_app::dto::flow::{FlowDue, FlowDueState, FlowEventRow, FlowLink, FlowMay, FlowRate, FlowRates, FlowRow};
use ybz_app::dto::flow::{FlowTemplate, FlowView};

/// Templates with their states and steps.
pub(crate) fn templates(all: &[FlowTemplate]) -> String {
    let mut text = String::new();
    for one in all {
        let own = if one.builtin { "" } else { "\t规则包 from a rule pack" };
        text.push_str(&format!("{}\t{}\t{}\t{}{own}\n", one.id, one.version, one.name, one.rows.join(",")));
        for event in &one.events {
            text.push_str(&format!("\t{}\t{}\t{}\n", event.id, event.name, event.needs.join(",")));
        }
    }
    text
}

fn due(due: &FlowDue) -> String {
    let state = match due.state {
        FlowDueState::Ahead => format!("还有 {} 天 days left", due.days),
        FlowDueState::Overdue => format!("超期 {} 天 days over", due.days),
        FlowDueState::Met => "按时 in time".to_owned(),
        FlowDueState::Late => format!("晚 {} 天 days late", due.days),
    };
    format!("{} {} {state}", due.name, due.by)
}

fn state(row: &FlowRow) -> String {
    let crossed = if row.disputed { " 两边同时办理,待商定 steps crossed" } else { "" };
    if row.known {
        format!("{}{crossed}", row.state_name)
    } else {
        format!("模板未到 template not here ({})", row.version)
    }
}

fn item(row: &FlowRow) -> String {
    let due = row.deadline.as_ref().map_or_else(|| "-".to_owned(), due);
    format!("{}\t{}\t{}\t{}\t{}\t{due}\n", row.id, row.office_name, row.flow_name, row.title, state(row))
}

/// Items: id, office, template, title, state, deadline.
pub(crate) fn list(page: &Page<FlowRow>) -> String {
    let mut text: String = page.rows.iter().map(item).collect();
    text.push_str(&format!("共 {} 件 {0} items\n", page.total));
    text
}

fn event(event: &FlowEventRow) -> String {
    let mut said: Vec<&str> = [&event.person, &event.role, &event.value_name, &event.note]
        .into_iter()
        .chain(event.data.values())
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    said.extend(event.due.as_deref());
    let counts = match (event.counted, event.crossed) {
        (false, _) => "\t不算 does not count",
        (true, true) => "\t与别的步骤同时办理 crossed another",
        (true, false) => "",
    };
    format!("{}\t{}\t{}\t{}{counts}\n", event.on, event.office_name, event.name, said.join(" "))
}

fn may(may: &FlowMay) -> String {
    let values: Vec<&str> = may.values.iter().map(|value| value.id.as_str()).collect();
    let values = if values.is_empty() { String::new() } else { format!(" ({})", values.join("|")) };
    format!("可办 may\t{}\t{} → {}\t{}{values}\n", may.event, may.name, may.leads_to_name, may.needs.join(","))
}

fn link(link: &FlowLink) -> String {
    let kind = match (link.kind.as_str(), link.way.as_str()) {
        ("source", _) => "来自 from",
        ("merged", _) => "并入 merged in",
        ("merged_into", _) => "已并入 merged into",
        (_, "up") => "上交为 passed up as",
        _ => "下交为 passed down as",
    };
    let answer = link.answer.as_ref().map_or(String::new(), |answer| {
        let waits = if answer.waiting { "待收 waits: " } else { "" };
        format!("\t{waits}{} {}", answer.on, answer.note)
    });
    format!("{kind}\t{}\t{}\t{}\t{}{answer}\n", link.id, link.office_name, link.title, link.state_name)
}

/// One item with all that happened to it.
pub(crate) fn view(view: &FlowView) -> String {
    let mut text = item(&view.row);
    if !view.row.text.is_empty() {
        text.push_str(&format!("{}\n", view.row.text));
    }
    for one in &view.deadlines {
        text.push_str(&format!("{}\t{}\n", due(one), one.citation));
    }
    text.extend(view.links.iter().map(link));
    text.extend(view.events.iter().map(event));
    text.extend(view.may.iter().map(may));
    text
}

fn rate(rate: &FlowRate) -> String {
    let percent = rate.tenths.map_or_else(|| "-".to_owned(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10));
    format!("{percent}\t{}/{}", rate.numerator, rate.denominator)
}

/// Rates: percent and numerator over denominator, of all and then row by row.
pub(crate) fn rates(rates: &FlowRates) -> String {
    let mut text = format!("{}\t截至 as of {}\n", rates.name, rates.as_of);
    for (name, one) in rates.rates.iter().zip(&rates.total) {
        text.push_str(&format!("{}\t{}\n", name.name, rate(one)));
    }
    for row in &rates.rows {
        let of: Vec<&str> = [&row.office_name, &row.unit, &row.month].into_iter().map(String::as_str).collect();
        let cells: Vec<String> = row.rates.iter().map(rate).collect();
        text.push_str(&format!("{}\t{}\n", of.join("\t"), cells.join("\t")));
    }
    text
}

/// Who asked.
pub(crate) fn private(private: &CasePrivate) -> String {
    let mut text = String::new();
    if let Some(caller) = &private.caller {
        text.push_str(&format!("{}\t{}\t{}\t{}\n", caller.name, caller.phone, caller.address, caller.note));
    }
    if private.closed {
        text.push_str("本机打不开 does not open on this device\n");
    }
    for told in &private.told {
        let (office, on) = (&told.office_name, &told.on);
        text.push_str(&format!("已告知 told\t{office}\t{on}\t{}\t{}\t{}\n", told.name, told.contact, told.reason));
    }
    text
}

/// To whom an answer went.
pub(crate) fn answered(answered: &CaseAnswered) -> String {
    let to = |word: &str, to: &CaseAnsweredTo| format!("{word}\t{}\t{}\n", to.office_name, to.record);
    let mut text = format!("{}\n", answered.event);
    text.extend(answered.told.iter().map(|one| to("已答复 told", one)));
    text.extend(answered.missed.iter().map(|one| to("没有答复到 not told", one)));
    text
}
