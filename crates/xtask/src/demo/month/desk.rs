//! What is done at the desk: 党费 and 清单.

use super::{Secretary, set};
use crate::{
    Outcome,
    demo::node::{list, number, text},
};
use serde_json::json;

/// 事项, 措施.
const ITEMS: [(&str, &str); 6] = [
    ("清理村道两侧杂物", "党员分片包干,每周一查"),
    ("冬修水渠三百米", "请施工队报价,党员带头出工"),
    ("独居老人每周探望", "排班到人,记入走访"),
    ("路灯巡查", "逐盏登记,坏一盏报一盏"),
    ("移风易俗宣讲", "结合主题党日宣讲一次"),
    ("农资价格公示", "每月初张榜"),
];
/// 问题, 事项, 措施.
const FAULTS: [(&str, &str, &str); 3] = [
    ("会议记录有两次缺主持人", "补齐会议记录", "对照签到表补记"),
    ("公开栏两个月没有更新", "更新公开栏", "每月5日前更新"),
    ("两名党员欠缴党费", "上门提醒补缴", "支委分头上门"),
];

impl Secretary<'_> {
    /// 党费: one new base, then the month is collected on two evenings; a few still owe.
    pub(super) fn dues(&mut self) -> Outcome {
        let sheet = self.call("dues.sheet", &json!({ "limit": 1000 }))?;
        let month = self.month.clone();
        if let Some(row) = list(&sheet, "/rows").iter().find(|row| text(row, "/class") == "salaried") {
            let base = 300_000 + 10_000 * self.random.below(30);
            let assess =
                json!({ "member": text(row, "/member"), "fromMonth": month, "class": "salaried", "baseFen": base });
            self.call("dues.assess", &assess)?;
        }
        let sheet = self.call("dues.sheet", &json!({ "limit": 1000 }))?;
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for row in list(&sheet, "/rows") {
            let fen = number(row, "/monthlyFen");
            if fen <= 0 || self.random.one_in(9) {
                continue;
            }
            self.done.paid += 1;
            self.done.fen += fen;
            let entry = json!({ "member": text(row, "/member"), "month": month, "amountFen": fen });
            if self.random.one_in(3) { late.push(entry) } else { early.push(entry) }
        }
        for (entries, day) in [(early, (self.today / 2).max(1)), (late, self.today)] {
            if !entries.is_empty() {
                let on = self.date(day);
                self.call("dues.collect", &json!({ "entries": entries, "on": on }))?;
            }
        }
        Ok(())
    }

    /// 清单: own items and one rectification; some move on.
    pub(super) fn checklists(&mut self) -> Outcome {
        let first = self.random.below(ITEMS.len());
        let (problem, title, measure) = FAULTS.get(self.random.below(FAULTS.len())).copied().unwrap_or_default();
        let mut items =
            vec![json!({ "title": title, "origin": "rectification", "measure": measure, "problem": problem })];
        for (title, measure) in ITEMS.iter().cycle().skip(first).take(3 + self.random.below(2)) {
            items.push(json!({ "title": title, "origin": "own", "measure": measure }));
        }
        for (at, mut item) in items.into_iter().enumerate() {
            let person = self.cadre();
            set(&mut item, "person", json!(person));
            set(&mut item, "leader", json!(self.cadres.first()));
            let deadline = if at < 3 { self.date(self.month_end) } else { self.deadline.clone() };
            set(&mut item, "deadline", json!(deadline));
            let saved = self.call("checklist.save", &item)?;
            let (note, state) = match at {
                0 => ("已经办完,支委看过", "done"),
                1 | 2 => ("已开始,完成一半", "in_progress"),
                _ => continue,
            };
            let on = self.date(self.today);
            self.call(
                "checklist.progress",
                &json!({ "id": text(&saved, "/id"), "note": note, "state": state, "on": on }),
            )?;
        }
        self.done.items = list(&self.call("checklist.list", &json!({ "limit": 1000 }))?, "/rows").len();
        Ok(())
    }
}
