//! 三会一课: meetings with their roll calls.

use super::{Secretary, set};
use crate::{
    Outcome,
    demo::node::{list, number, text},
};
use serde_json::{Value, json};

const TOPICS: [&str; 4] = ["学习上级文件精神", "讨论冬修水利", "通报党费收缴情况", "商议困难群众帮扶"];

impl Secretary<'_> {
    /// 三会一课: committee, members with a vote, groups, theme day with a lesson. One village has not come to the last.
    pub(super) fn meetings(&mut self, village: usize) -> Outcome {
        let day = |share: usize, today: usize| (today * share / 10).max(1);
        let mut groups: Vec<String> = Vec::new();
        for member in &self.members {
            let group = text(member, "/group");
            if !group.is_empty() && !groups.iter().any(|known| known == group) {
                groups.push(group.to_owned());
            }
        }
        self.meeting(json!({ "kinds": ["committee_meeting"], "topic": "研究本月支部工作" }), day(2, self.today))?;
        let topic = self.random.pick(&TOPICS);
        let members = json!({
            "kinds": ["members_meeting"], "topic": topic, "resolution": "到会有表决权的党员一致通过",
            "minutes": "书记通报上月工作,大家讨论后表决。",
        });
        self.meeting(members, day(4, self.today))?;
        for group in groups {
            self.meeting(
                json!({ "kinds": ["group_meeting"], "group": group, "topic": "小组学习" }),
                day(6, self.today),
            )?;
        }
        if village != self.late {
            let lesson = json!({ "kinds": ["theme_day", "lesson"], "topic": "乡村治理怎么干", "hours": 15 });
            self.meeting(lesson, day(8, self.today))?;
        }
        Ok(())
    }

    fn meeting(&mut self, mut session: Value, day: usize) -> Outcome {
        for (field, value) in [
            ("date", json!(self.date(day))),
            ("start", json!("19:30")),
            ("place", json!("党员活动室")),
            ("chair", json!(self.cadres.first())),
            ("recorder", json!(self.cadres.get(2))),
        ] {
            set(&mut session, field, value);
        }
        let saved = self.call("meeting.save", &session)?;
        let id = text(&saved, "/id").to_owned();
        let view = self.call("meeting.get", &json!({ "id": id }))?;
        let marks: Vec<Value> = list(&view, "/roll")
            .iter()
            .map(|row| {
                let (mark, reason) = match self.random.below(20) {
                    0 => ("absent", ""),
                    1 => ("excused", "外出务工"),
                    2 => ("excused", "病假"),
                    _ => ("present", ""),
                };
                json!({ "member": text(row, "/member"), "mark": mark, "reason": reason })
            })
            .collect();
        let closed = self.call("meeting.roll", &json!({ "id": id, "marks": marks, "close": true }))?;
        if number(&closed, "/row/unconfirmed") != 0 || closed.pointer("/row/closed") != Some(&Value::Bool(true)) {
            return Err(format!("{}: the roll call of {} did not close", self.node.name, text(&closed, "/row/topic")));
        }
        self.done.meetings += 1;
        Ok(())
    }
}
