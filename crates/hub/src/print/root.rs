//! The keepers of the root, for people.

use ybz_app::dto::root::RootState;

/// Keepers with what they issued.
pub(crate) fn state(state: &RootState) -> String {
    let mut out =
        format!("{} 第 {} 版 charter version {}\n树 tree {}\n", state.office, state.version, state.version, state.tree);
    for keeper in &state.keepers {
        let mut marks = Vec::new();
        if keeper.here {
            marks.push("本机 this device");
        }
        if keeper.in_charter {
            marks.push("在根证书上 in the charter");
        }
        if keeper.ended {
            marks.push("已停用 shut out");
        }
        let holder = keeper.holder.as_deref().unwrap_or_default();
        out.push_str(&format!("\n{} {holder} {}\n", keeper.device, marks.join(" · ")));
        for entry in &keeper.issued {
            let what = match entry.what.as_str() {
                "adopt" => "接纳 adopted",
                "enrol" => "登记 enrolled",
                "remove" => "停用 removed",
                "order" => "调整 ordered",
                "install" => "登记下级书记 enrolled below",
                "suspend" => "暂停登记 suspended",
                "retire" => "交接 handed over",
                "vouch" => "采纳 adopted changes",
                "grant" => "许可看住户 granted own books",
                "custody" => "代管 custody",
                "renew" => "换新账本 renewed a book",
                "discard" => "弃用 discarded changes",
                _ => "其他 other",
            };
            out.push_str(&format!("  {:>4}  {}  {what} {}\n", entry.seq, entry.on, entry.about));
        }
    }
    out.truncate(out.trim_end().len());
    out
}
