//! How deliveries stand, in the words of the screen: a colour is always said, green only with a receipt.

use ybz_app::dto::node::{OfficeCard, OfficeKindDto};
use ybz_app::dto::sync::{
    BookStatus, Invited, PendingJoin, ReceiptInfo, StatusLight, SyncExchange, SyncOutcome, SyncStatus,
};

use crate::commands::status::{OfficeStatus, Status};

/// Whether an office has nobody above it.
pub(crate) fn is_root(office: &OfficeCard) -> bool {
    office.kind == OfficeKindDto::OrganizationDepartment
}

/// The status of each office.
pub(crate) fn status(status: &Status) -> String {
    let mut text = String::new();
    for office in &status.offices {
        if !text.is_empty() {
            text.push('\n');
        }
        one(&mut text, office);
    }
    if status.offices.is_empty() {
        text.push_str("本机还没有建账 No office here yet\n");
    }
    let node = if status.running { "正在运行 running" } else { "没有运行 not running" };
    text.push_str(&format!("程序 Node: {node} · {} · 本机 {}\n", status.version, short(&status.device)));
    text
}

fn one(text: &mut String, office: &OfficeStatus) {
    let card = &office.office;
    text.push_str(&format!("{} ({}, {})\n", card.name, kind(card.kind), card.role));
    text.push_str(&format!("  {}\n", light(&office.sync, is_root(card))));
    if let Some(superior) = &card.superior {
        let reachable = match office.sync.superior_reachable {
            Some(true) => "连着",
            Some(false) => "没有连着",
            None => "-",
        };
        text.push_str(&format!("  上级 Superior: {superior} · {reachable}\n"));
    }
    if office.sync.held_above > 0 {
        text.push_str(&format!(
            "  上级收到 {} 条但读不出,不算送达。请上级升级程序。 {} changes cannot be read by the superior.\n",
            office.sync.held_above, office.sync.held_above
        ));
    }
    if !office.sync.addresses.is_empty() {
        text.push_str(&format!("  地址 Listens on: {}\n", office.sync.addresses.join(" ")));
    }
    for book in &office.sync.books {
        text.push_str(&format!("  {}\n", of_book(book)));
    }
    for peer in &office.sync.peers {
        let seen = match (&peer.last_seen, peer.connected) {
            (_, true) => "连着".to_owned(),
            (Some(on), false) => format!("最近一次 {on}"),
            (None, false) => "还没有联系过".to_owned(),
        };
        text.push_str(&format!("  对方 Peer: {} {} · {seen}\n", peer.office, short(&peer.device)));
    }
    for pending in &office.pending {
        if pending.by_file {
            text.push_str(&format!(
                "  待批准 To approve: {} · ybz request approve FILE --out FILE\n",
                who_asks(pending)
            ));
            continue;
        }
        text.push_str(&format!(
            "  待批准 To approve: {} · 六位数 {} · ybz rpc join.approve '{{\"id\":\"{}\"}}'\n",
            who_asks(pending),
            pending.code,
            pending.id
        ));
    }
}

/// What asks to join: an office, or a device of this one with what it may do; the holder is declared, not proved.
fn who_asks(pending: &PendingJoin) -> String {
    let mut words = match pending.invites {
        Invited::Office => format!("{} ({})", pending.office_name, kind(pending.kind)),
        Invited::Device => format!("本单位的电脑 device ({})", pending.role),
    };
    if let Some(name) = &pending.invited_as {
        words.push_str(&format!(" · 邀请时称 invited as {name}"));
    }
    if let Some(holder) = &pending.holder {
        words.push_str(&format!(" · 自报 declared {holder}"));
    }
    words
}

fn of_book(book: &BookStatus) -> String {
    let year = book.year.map_or_else(|| "长期".to_owned(), |year| year.to_string());
    let mut line = format!("账本 Book: {} {} {year} · {}条", book.office, book.kind, book.changes);
    if book.never_leaves {
        line.push_str(" · 🔒不外传");
    } else if book.unsent > 0 {
        line.push_str(&format!(" · {}条待送", book.unsent));
    }
    if book.held > 0 {
        line.push_str(&format!(" · {}条读不进来", book.held));
    }
    line
}

/// The one line that the frame shows too.
pub(crate) fn light(sync: &SyncStatus, root: bool) -> String {
    match sync.light {
        StatusLight::Grey if root => "灰 已存本机".to_owned(),
        StatusLight::Grey => "灰 未加入上级 · 已存本机".to_owned(),
        StatusLight::Blue => match (&sync.sending, &sync.last_receipt) {
            (Some(sending), _) => format!("蓝 正在送 {}/{}", sending.done, sending.total),
            (None, Some(receipt)) => format!("蓝 {}条待送 · 上次签收{}", sync.unsent, when(receipt)),
            (None, None) => format!("蓝 {}条待送 · 还没有签收过", sync.unsent),
        },
        StatusLight::Green => match &sync.last_receipt {
            Some(receipt) => format!("绿 已全部签收 · {} · {}", when(receipt), receipt.by),
            None => "绿 已全部签收".to_owned(),
        },
        StatusLight::Yellow => format!("黄 {}条需处理 · 其余照常", sync.problems),
        StatusLight::Red => format!("红 停住了:{}", stopped(sync.stopped.as_deref())),
    }
}

fn stopped(code: Option<&str>) -> String {
    match code {
        Some("disk_full") => "硬盘已满。清出空间后再运行 ybz sync;已写的内容没有丢".to_owned(),
        Some("clock") => "电脑日期不对。改对后再运行 ybz sync;已写的内容没有丢".to_owned(),
        Some(code) => format!("{code}。运行 ybz doctor 查看"),
        None => "原因不明。运行 ybz doctor 查看".to_owned(),
    }
}

/// `3月5日21:04`
fn when(receipt: &ReceiptInfo) -> String {
    let mut parts = receipt.on.splitn(3, '-').skip(1).map(|part| part.trim_start_matches('0'));
    match (parts.next(), parts.next()) {
        (Some(month), Some(day)) => format!("{month}月{day}日{}", receipt.at),
        _ => format!("{} {}", receipt.on, receipt.at),
    }
}

/// What a round did.
pub(crate) fn round(done: &SyncOutcome, root: bool) -> String {
    let ended = match (done.has_superior, done.delivered) {
        (false, _) => "没有上级,内容都在本机 No superior; everything is kept here".to_owned(),
        (true, true) => "上级已全部签收 The superior has receipted everything".to_owned(),
        (true, false) => {
            let why = reason(done.reason.as_deref());
            format!(
                "还没有送达:{why}。内容都在本机,联上网后再送。\nNot delivered yet; everything is kept here, sync again later."
            )
        }
    };
    let moved =
        format!("送出 {} 条,收到 {} 条 sent {}, received {}", done.sent, done.received, done.sent, done.received);
    let with: String = done.exchanged.iter().map(|one| format!("  {}\n", exchanged(one))).collect();
    format!("{ended}\n{moved}\n{with}{}\n", light(&done.status, root))
}

/// What a round did with one device.
fn exchanged(one: &SyncExchange) -> String {
    let whose = if one.superior { "上级 superior" } else { "对方 peer" };
    let how = match (one.reached, one.complete) {
        (false, _) => "没有联系上 not reached".to_owned(),
        (true, true) => format!("送出 {} 条,收到 {} 条", one.sent, one.received),
        // What a session moved is counted at its end: one that did not come to it has no numbers.
        (true, false) if one.sent == 0 && one.received == 0 => {
            "时间到或中断,送了多少没有计 out of time or interrupted, not counted".to_owned()
        }
        (true, false) => format!("中断,送出 {} 条,收到 {} 条 interrupted", one.sent, one.received),
    };
    format!("{whose}: {} {} · {how}", one.office, short(&one.device))
}

fn reason(code: Option<&str>) -> String {
    match code {
        Some("superior_unreachable") => "联系不上上级 [superior_unreachable]".to_owned(),
        Some("timeout") => "时间不够,没送完 [timeout]".to_owned(),
        Some("refused") => "对方没有接收 [refused]".to_owned(),
        Some("not_receipted") => "上级还没有签收 [not_receipted]".to_owned(),
        Some(other) => format!("[{other}]"),
        None => "原因不明".to_owned(),
    }
}

/// An office's kind in words.
fn kind(kind: OfficeKindDto) -> &'static str {
    match kind {
        OfficeKindDto::OrganizationDepartment => "组织部",
        OfficeKindDto::Committee => "党(工)委",
        OfficeKindDto::GeneralBranch => "党总支",
        OfficeKindDto::Branch => "党支部",
    }
}

/// The start of an id: enough to compare by eye.
pub(super) fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use ybz_app::dto::sync::Sending;

    use super::*;

    fn sync(light: StatusLight) -> SyncStatus {
        SyncStatus {
            light,
            unsent: 12,
            sending: None,
            last_receipt: Some(ReceiptInfo { on: "2026-03-05".into(), at: "21:04".into(), by: "××街道".into() }),
            problems: 3,
            reading: 0,
            held_above: 0,
            stopped: Some("disk_full".into()),
            superior_reachable: None,
            books: Vec::new(),
            peers: Vec::new(),
            addresses: Vec::new(),
        }
    }

    #[test]
    fn the_words_are_those_of_the_screen() {
        assert_eq!(light(&sync(StatusLight::Grey), false), "灰 未加入上级 · 已存本机");
        assert_eq!(light(&sync(StatusLight::Blue), false), "蓝 12条待送 · 上次签收3月5日21:04");
        let sending = SyncStatus { sending: Some(Sending { done: 5, total: 12 }), ..sync(StatusLight::Blue) };
        assert_eq!(light(&sending, false), "蓝 正在送 5/12");
        assert_eq!(light(&sync(StatusLight::Green), false), "绿 已全部签收 · 3月5日21:04 · ××街道");
        assert_eq!(light(&sync(StatusLight::Yellow), false), "黄 3条需处理 · 其余照常");
        assert!(light(&sync(StatusLight::Red), false).starts_with("红 停住了:硬盘已满"));
    }

    fn exchange(office: &str, superior: bool, complete: bool, moved: (u32, u32)) -> SyncExchange {
        let (device, office) = ("2eb2a03dbf77".to_owned(), office.to_owned());
        SyncExchange { device, office, superior, reached: complete, complete, sent: moved.0, received: moved.1 }
    }

    #[test]
    fn nothing_undelivered_is_called_delivered() {
        let mut done = SyncOutcome {
            delivered: false,
            has_superior: true,
            sent: 0,
            received: 0,
            reason: Some("superior_unreachable".into()),
            exchanged: vec![
                exchange("赵家湾村党支部", false, true, (7, 2)),
                SyncExchange { complete: false, ..exchange("钱家坝村党支部", false, true, (0, 0)) },
                exchange("××街道", true, false, (0, 0)),
            ],
            status: sync(StatusLight::Blue),
        };
        let said = round(&done, false);
        assert!(said.starts_with("还没有送达:联系不上上级 [superior_unreachable]"));
        assert!(said.contains("  对方 peer: 赵家湾村党支部 2eb2a03dbf · 送出 7 条,收到 2 条\n"), "{said}");
        let unfinished = "  对方 peer: 钱家坝村党支部 2eb2a03dbf · 时间到或中断,送了多少没有计";
        assert!(said.contains(unfinished), "{said}");
        assert!(!said.contains("送出 0 条,收到 0 条 interrupted"), "{said}");
        assert!(said.contains("  上级 superior: ××街道 2eb2a03dbf · 没有联系上 not reached\n"), "{said}");
        done.has_superior = false;
        assert!(round(&done, true).starts_with("没有上级"));
    }
}
