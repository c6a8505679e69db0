//! What every month has: sessions with their rolls, an evening with two visits, the collection of dues, items finished.

use scenarios::Device;
use serde_json::{Value, json};

use super::{Story, live};

/// Somebody who was not there.
pub type Away = (&'static str, &'static str);

/// A session with its roll: everybody due was there but those named.
pub async fn hold(device: &Device, session: Value, away: &[Away]) -> Value {
    let id = device.ok("meeting.save", session).await["id"].clone();
    let view = device.ok("meeting.get", json!({"id": id})).await;
    let mark = |row: &Value| {
        let name = row["name"].as_str().unwrap();
        let mark = away.iter().find(|(who, _)| *who == name).map_or("present", |(_, mark)| mark);
        json!({"member": row["member"], "mark": mark})
    };
    let marks: Vec<Value> = view["roll"].as_array().unwrap().iter().map(mark).collect();
    device.ok("meeting.roll", json!({"id": id, "marks": marks, "close": true})).await;
    id
}

/// The day of a month.
pub fn day(month: u8, day: u8) -> String {
    format!("2026-{month:02}-{day:02}")
}

impl Story {
    /// The 5th: 支委会. Three sit on the committee.
    pub async fn committee(&self, month: u8, topic: &str) -> Value {
        live(&day(month, 5));
        let away: &[Away] = if month == 8 { &[("孙丙三", "excused")] } else { &[] };
        hold(&self.computer, json!({"kinds": ["committee_meeting"], "date": day(month, 5), "topic": topic}), away).await
    }

    /// The 8th: everybody, theme day and study day in one, at a quarter's end also 党员大会 and 党课. Two hours, or three.
    pub async fn everybody(&self, month: u8) -> Value {
        live(&day(month, 8));
        let (kinds, hours) = if month.is_multiple_of(3) {
            (json!(["members_meeting", "lesson", "theme_day", "study_day"]), 30)
        } else {
            (json!(["theme_day", "study_day"]), 20)
        };
        let away: &[Away] = match month {
            2..=10 => &[("陈癸十", "excused")],
            11 => &[("陈癸十", "excused"), ("周戊五", "absent")],
            _ => &[],
        };
        let session =
            json!({"kinds": kinds, "date": day(month, 8), "topic": format!("{month}月主题党日"), "hours": hours});
        hold(&self.computer, session, away).await
    }

    /// The 10th: the groups, on the laptop. The second one does not meet in August.
    pub async fn groups(&self, month: u8) -> Value {
        live(&day(month, 10));
        let of =
            |group: &str| json!({"kinds": ["group_meeting"], "date": day(month, 10), "topic": "学习", "group": group});
        let away: &[Away] = if month == 2 { &[("李丁四", "absent")] } else { &[] };
        let first = hold(&self.laptop, of("第一党小组"), away).await;
        if month != 8 {
            let away: &[Away] = if (2..=11).contains(&month) { &[("陈癸十", "excused")] } else { &[] };
            hold(&self.laptop, of("第二党小组"), away).await;
        }
        first
    }

    /// The 15th: the collection, which comes to so much with so many receipts.
    pub async fn dues(&self, month: u8, sum: i64, receipts: usize) {
        live(&day(month, 15));
        assert_eq!(self.collect(month).await, (sum, receipts), "the collection of month {month}");
    }

    /// The 20th: a round table, on the laptop. Answers it.
    pub async fn table(&self, month: u8) -> Value {
        live(&day(month, 20));
        let table = json!({"date": day(month, 20), "kind": "round_table", "publicPlace": true, "place": "村部",
                           "participants": ["赵甲一", "钱乙二"], "theme": "听民声"});
        self.laptop.ok("visit.save", table).await["id"].clone()
    }

    /// The same evening at one household; with a concern or without. Answers the concern's id.
    pub async fn visit(&self, month: u8, table: &Value, home: usize, concern: Option<&str>) -> Value {
        let mut visit = json!({"date": day(month, 20), "kind": "household", "table": table, "household": self.homes[home],
                               "participants": ["赵甲一"], "situation": ["normal"]});
        if let Some(text) = concern {
            visit["concern"] = json!({"category": "roads", "text": text, "privateNote": "家里有病人", "nextStep": "核实",
                                      "owner": "赵甲一", "deadline": "2026-12-31"});
        }
        let saved = self.laptop.ok("visit.save", visit).await;
        self.laptop.ok("visit.get", json!({"id": saved["id"]})).await["concern"]["id"].clone()
    }

    /// A round table with two visits and nothing asked for.
    pub async fn quiet_evening(&self, month: u8) {
        let table = self.table(month).await;
        for home in [0, 1] {
            self.visit(month, &table, home, None).await;
        }
    }

    /// The 28th: own items whose day has come are finished, but not the secretary's report. Answers how many.
    pub async fn finish(&self, month: u8) -> usize {
        live(&day(month, 28));
        let due = json!({"origin": "own", "state": "unfinished", "to": format!("2026-{month:02}-31"), "limit": 100});
        let page = self.computer.ok("checklist.list", due).await;
        let mut done = 0;
        for row in page["rows"].as_array().unwrap().iter().filter(|row| row["title"] != "支部书记述职") {
            let step = json!({"id": row["id"], "note": "已完成", "state": "done"});
            self.computer.ok("checklist.progress", step).await;
            done += 1;
        }
        done
    }

    /// 提交
    pub async fn submit(&self, months: &[&str]) {
        for month in months {
            self.computer.ok("month.submit", json!({"month": month})).await;
        }
    }
}
