//! Devices and the page of a handover, in words.

use ybz_app::dto::device::{DeviceRow, DeviceState, RemovePreview};
use ybz_app::dto::handover::HandoverSheet;

fn state(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Active => "使用中 active",
        DeviceState::Suspended => "已暂停登记 suspended",
        DeviceState::Retired => "已交接 retired",
        DeviceState::Removed => "已移除 removed",
    }
}

fn short(device: &str) -> &str {
    device.get(..12).unwrap_or(device)
}

fn line(row: &DeviceRow) -> String {
    let mut words = vec![short(&row.device).to_owned(), row.holder.clone().unwrap_or_else(|| "-".to_owned())];
    words.extend([row.role.clone(), state(row.state).to_owned()]);
    words.extend(row.me.then(|| "本机 this device".to_owned()));
    words.extend((!row.confirmed).then(|| "未核对 not confirmed".to_owned()));
    words.extend(row.installed.then(|| "上级登记 from above".to_owned()));
    words.extend(row.hub.then(|| "签收 receipts".to_owned()));
    words.extend(row.since.as_ref().map(|on| format!("{on}起 since")));
    words.extend(row.last_heard.as_ref().map(|on| format!("最近 last {on}")));
    words.extend((row.undecided > 0).then(|| format!("{}条待定 to decide", row.undecided)));
    words.join(" · ")
}

/// Devices, under the name of each office.
pub(crate) fn list(rows: &[DeviceRow]) -> String {
    let (mut text, mut office) = (String::new(), "");
    for row in rows {
        if row.office != office {
            text.push_str(&format!("{}\n", row.office_name));
            office = &row.office;
        }
        text.push_str(&format!("  {}\n", line(row)));
    }
    text
}

/// What a removal would do.
pub(crate) fn preview(preview: &RemovePreview) -> String {
    let mut text = format!("{}\n  {}\n", preview.device.office_name, line(&preview.device));
    let upto = preview.last_on.as_ref().map(|on| format!(",写到 {on} up to {on}")).unwrap_or_default();
    text.push_str(&format!("  保留 Kept: {}条{upto}\n", preview.kept));
    text.push_str(&format!("  不再算数 Cut: {}条\n", preview.cut));
    if preview.built_on > 0 {
        text.push_str(&format!(
            "  其中{}条已有别人接着写,先留着,等书记采纳。Of these others built on {}: they stay until a keeper adopts them.\n",
            preview.built_on, preview.built_on
        ));
    }
    for book in &preview.books {
        let year = book.year.map_or_else(|| "长期".to_owned(), |year| year.to_string());
        text.push_str(&format!("    {} {year}: {} / {}\n", book.kind, book.kept, book.cut));
    }
    if preview.own_elsewhere {
        text.push_str(
            "  不外传的账不在本机,由该单位的书记决定。The own/ books are not here: its keepers decide about those.\n",
        );
    }
    text.push_str(
        "  移除以后不能恢复;要再用,须作为新电脑重新邀请。For ever: to come back it is invited as a new device.\n",
    );
    text
}

/// The page of a handover.
pub(crate) fn sheet(sheet: &HandoverSheet) -> String {
    let mut text = format!("{} 交接单 Handover · {}\n", sheet.office, sheet.on);
    if let Some(superior) = &sheet.superior {
        text.push_str(&format!("上级 Superior: {superior}\n"));
    }
    text.push_str(&format!("\n未办结的清单 Open items: {}\n", sheet.items.len()));
    for item in &sheet.items {
        let from = if item.from_above { "(上级交办)" } else { "" };
        text.push_str(&format!("  {} {}{from}\n", item.deadline.as_deref().unwrap_or("-"), item.title));
    }
    let open: u32 = sheet.concerns.iter().map(|one| one.count).fold(0, u32::saturating_add);
    text.push_str(&format!("\n未办结的诉求 Open concerns: {open} (未上报 not handed in: {})\n", sheet.concerns_kept));
    for one in &sheet.concerns {
        text.push_str(&format!("  {}: {}\n", one.category, one.count));
    }
    text.push_str(&format!(
        "\n党费欠缴 Dues in arrears: {}人 {}个月 {}.{:02}元\n",
        sheet.arrears_members,
        sheet.arrears_months,
        sheet.arrears_fen / 100,
        sheet.arrears_fen % 100
    ));
    text.push_str(&format!(
        "待送 Unsent: {} · 草稿 Drafts: {} · 待处理 To settle: {}\n",
        sheet.unsent, sheet.drafts, sheet.problems
    ));
    text.push_str(&format!(
        "最近备份 Last backup: {}\n",
        sheet.last_backup.as_deref().unwrap_or("没有记录 none known")
    ));
    text.push_str("\n电脑 Devices:\n");
    for row in &sheet.devices {
        text.push_str(&format!("  {}\n", line(row)));
    }
    text.push_str(
        "\n移交人 Handed over by: ____________  接收人 Taken over by: ____________  监交人 Witness: ____________\n",
    );
    text
}
