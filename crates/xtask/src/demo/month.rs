//! A month of a village as its secretary records it, evening by evening, each step a command of its own. Nobody in it is
//! real; what happens hangs on the seed.

use super::{
    node::{Node, list, number, text},
    random::Random,
    story::VILLAGES,
};
use crate::Outcome;
use serde_json::{Value, json};

const SITUATIONS: [&str; 8] = [
    "老两口在家,身体硬朗",
    "子女在外打工,逢年过节回来",
    "今年晚稻收成不错",
    "院落整洁,邻里和睦",
    "刚收完橘子,正在找销路",
    "家有学生两名,成绩不错",
    "近来腿脚不便,少出门",
    "新屋刚封顶,手头紧",
];
const CHIPS: [&str; 5] = ["normal", "elderly", "ill", "away", "difficulty"];
const THEMES: [&str; 4] = ["冬修水利怎么干", "村道路灯", "移风易俗", "秋粮销售"];
/// Category, what goes up, next step.
const CONCERNS: [(&str, &str, &str); 8] = [
    ("roads", "门前路灯不亮,晚上走路不方便", "联系供电所检修"),
    ("water", "灌溉渠堵塞,下游两块田进不了水", "组织党员清淤"),
    ("welfare", "想了解高龄补贴怎样申请", "陪同到便民中心办理"),
    ("environment", "垃圾桶太远,老人不方便", "增设一处投放点"),
    ("farming", "想学养蜂技术", "报名镇里培训班"),
    ("health", "慢性病取药要跑县城", "请村医代取"),
    ("housing", "屋顶漏雨,想申请修缮", "到现场看后报镇里"),
    ("dispute", "院墙边界有争执", "两委上门调解"),
];
const TOPICS: [&str; 4] = ["学习上级文件精神", "讨论冬修水利", "通报党费收缴情况", "商议困难群众帮扶"];
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

/// What was recorded.
#[derive(Debug, Default)]
pub(super) struct Month {
    /// Evenings out.
    pub(super) evenings: usize,
    /// Visits of these evenings.
    pub(super) visits: usize,
    /// Meetings held.
    pub(super) meetings: usize,
    /// Members who paid.
    pub(super) paid: usize,
    /// What they paid.
    pub(super) fen: i64,
    /// Checklist items.
    pub(super) items: usize,
    /// Concerns written down.
    pub(super) concerns: usize,
    /// Of them handed in.
    pub(super) handed_in: usize,
    /// Households' names that were caught before they went up.
    pub(super) caught: usize,
    /// Private words that must not be found anywhere above.
    pub(super) secrets: Vec<String>,
    /// Commands that this took.
    pub(super) commands: usize,
}

/// A village in the middle of its month.
struct Secretary<'a> {
    node: &'a Node,
    random: Random,
    /// `2026-11`
    month: String,
    /// Day of today.
    today: usize,
    /// The village whose theme day is still to come.
    late: usize,
    /// Last day of the month.
    month_end: usize,
    /// A date in the next month.
    deadline: String,
    members: Vec<Value>,
    /// Names of those with a post, the secretary first.
    cadres: Vec<String>,
    done: Month,
}

/// Records the current month, up to today.
///
/// # Errors
/// The first command that is not taken.
pub(super) fn record(node: &Node, seed: u64, village: usize, today: &str) -> Outcome<Month> {
    let (month, day) = today.rsplit_once('-').ok_or_else(|| format!("today is said to be {today}"))?;
    let mut members = list(&node.call("member.list", &json!({ "limit": 1000 }))?, "/rows").to_vec();
    members.retain(|member| member.pointer("/leftOn").is_none_or(Value::is_null));
    let cadres = cadres(&members);
    if cadres.len() < 3 {
        return Err(format!("{}: of {} members {} have a post", node.name, members.len(), cadres.len()));
    }
    let mut secretary = Secretary {
        node,
        random: Random::new(seed, village),
        month: month.to_owned(),
        today: day.parse().map_err(|_| format!("today is said to be {today}"))?,
        late: Random::new(seed, VILLAGES.len()).below(VILLAGES.len()),
        month_end: last_day(month),
        deadline: in_next_month(month),
        members,
        cadres,
        done: Month { commands: 1, ..Month::default() },
    };
    secretary.evenings(village)?;
    secretary.hand_in()?;
    secretary.meetings(village)?;
    secretary.dues()?;
    secretary.checklists()?;
    Ok(secretary.done)
}

/// One more visit, for a process that is killed while it saves it.
pub(super) fn last_visit(today: &str, cadre: &str) -> Value {
    json!({ "date": today, "kind": "round_table", "publicPlace": true, "participants": [cadre], "place": "村文化广场" })
}

/// Names of those with a post, the secretary first.
fn cadres(members: &[Value]) -> Vec<String> {
    let rank = |member: &Value| match text(member, "/posts/0") {
        "secretary" => Some(0),
        "deputy_secretary" => Some(1),
        "" | "group_leader" => None,
        _ => Some(2),
    };
    let mut found: Vec<(u8, String)> =
        members.iter().filter_map(|member| Some((rank(member)?, text(member, "/name").to_owned()))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, name)| name).collect()
}

/// Year and month of `2026-11`.
fn parts(month: &str) -> (usize, usize) {
    let mut parts = month.split('-').map(|part| part.parse().unwrap_or(1));
    (parts.next().unwrap_or(1), parts.next().unwrap_or(1))
}

/// The 28th of the month after `2026-11`.
fn in_next_month(month: &str) -> String {
    match parts(month) {
        (year, 12..) => format!("{}-01-28", year + 1),
        (year, month) => format!("{year}-{:02}-28", month + 1),
    }
}

/// How many days `2026-11` has.
fn last_day(month: &str) -> usize {
    match parts(month) {
        (year, 2) if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        (_, 2) => 28,
        (_, 4 | 6 | 9 | 11) => 30,
        _ => 31,
    }
}

impl Secretary<'_> {
    fn call(&mut self, name: &str, input: &Value) -> Outcome<Value> {
        self.done.commands += 1;
        self.node.call(name, input)
    }

    fn date(&self, day: usize) -> String {
        format!("{}-{day:02}", self.month)
    }

    fn cadre(&mut self) -> String {
        let at = self.random.below(self.cadres.len());
        self.cadres.get(at).cloned().unwrap_or_default()
    }

    /// 夜谈: some evenings, a few homes each; one evening in a public place.
    fn evenings(&mut self, village: usize) -> Outcome {
        let homes = list(&self.call("household.list", &json!({ "limit": 1000 }))?, "/rows").to_vec();
        if homes.is_empty() {
            return Err(format!("{}: no household was imported", self.node.name));
        }
        let count = 6 + self.random.below(5);
        let days = self.random.days(count, self.today);
        let mut next = self.random.below(homes.len());
        for (evening, day) in days.iter().enumerate() {
            let date = self.date(*day);
            let participants: Vec<&String> = self.cadres.iter().cycle().skip(evening).take(2).collect();
            let participants = json!(participants);
            if evening == 1 {
                let theme = self.random.pick(&THEMES);
                let visit = json!({
                    "date": date, "kind": "round_table", "publicPlace": true, "participants": participants,
                    "place": "村文化广场", "theme": theme, "minutes": 90, "situation": ["normal"],
                    "situationText": "到场二十余人,大家谈得热烈",
                });
                self.call("visit.save", &visit)?;
                self.done.visits += 1;
                continue;
            }
            for home in 0..2 + self.random.below(3) {
                let mut visit = json!({
                    "date": date, "participants": participants,
                    "kind": if evening % 4 == 3 { "household" } else { "round_table" },
                    "situation": [self.random.pick(&CHIPS)], "situationText": self.random.pick(&SITUATIONS),
                    "place": "家中", "minutes": 20 + 10 * self.random.below(4),
                });
                let mut name = String::new();
                if evening == 0 && home == 0 {
                    name = format!("施新{village}");
                    let new = json!({ "name": name, "door": "新村99号", "phone": format!("1000000{village}999") });
                    set(&mut visit, "newHousehold", new);
                } else if let Some(home) = homes.get(next % homes.len()) {
                    next += 1;
                    text(home, "/name").clone_into(&mut name);
                    set(&mut visit, "household", json!(text(home, "/id")));
                }
                // The first home always has something to say, and says it with its name.
                let first = self.done.concerns == 0;
                if first || self.random.one_in(4) {
                    let concern = self.concern(first.then_some(name.as_str()));
                    set(&mut visit, "concern", concern);
                }
                self.call("visit.save", &visit)?;
                self.done.visits += 1;
            }
        }
        self.done.evenings = days.len();
        Ok(())
    }

    fn concern(&mut self, named: Option<&str>) -> Value {
        let (category, about, step) = CONCERNS.get(self.random.below(CONCERNS.len())).copied().unwrap_or_default();
        let about = named.map_or_else(|| about.to_owned(), |name| format!("{name}家反映:{about}"));
        let secret = format!("只留本村的话{}号{}", self.done.secrets.len() + 1, 1000 + self.random.below(9000));
        self.done.concerns += 1;
        self.done.secrets.push(secret.clone());
        json!({
            "category": category, "text": about, "privateNote": secret, "nextStep": step, "owner": self.cadre(),
            "deadline": self.deadline,
        })
    }

    /// 上报: what leaves the village is looked at first; a name in it stops it. One concern stays in the village.
    fn hand_in(&mut self) -> Outcome {
        let preview = self.call("concern.hand_in_preview", &json!({}))?;
        let month = self.month.clone();
        let this_month = |item: &&Value| text(item, "/date").starts_with(&month);
        let items: Vec<Value> = list(&preview, "/items").iter().filter(this_month).cloned().collect();
        let kept = usize::from(items.len() > 2);
        let mut choices = Vec::new();
        // Those with a name in them come first: they are to be seen, not the one that stays.
        let (named, plain): (Vec<Value>, Vec<Value>) =
            items.into_iter().partition(|item| !list(item, "/matches").is_empty());
        for item in &named {
            let raw = json!({ "items": [{ "id": text(item, "/id"), "text": text(item, "/text") }] });
            self.done.commands += 1;
            let code = self.node.refused("concern.hand_in", &raw)?;
            if code != "name_private_match" {
                return Err(format!("{}: a name in a concern was refused as [{code}]", self.node.name));
            }
            self.done.caught += 1;
        }
        if self.done.caught == 0 {
            return Err(format!("{}: the name of a household in a concern was not found", self.node.name));
        }
        for item in named.iter().chain(plain.iter().skip(kept)) {
            choices.push(json!({ "id": text(item, "/id"), "text": text(item, "/suggestion") }));
        }
        self.done.handed_in = choices.len();
        self.call("concern.hand_in", &json!({ "items": choices }))?;
        let handed = self.call("concern.list", &json!({ "state": "handed_in", "limit": 1000 }))?;
        for (at, concern) in list(&handed, "/rows").iter().filter(this_month).take(2).enumerate() {
            let note = if at == 0 { "已上门看过,办好了" } else { "已联系,等回话" };
            self.call("concern.progress", &json!({ "id": text(concern, "/id"), "note": note, "close": at == 0 }))?;
        }
        Ok(())
    }

    /// 三会一课: committee, members with a vote, groups, theme day with a lesson. One village has not come to the last.
    fn meetings(&mut self, village: usize) -> Outcome {
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

    /// 党费: one new base, then the month is collected on two evenings; a few still owe.
    fn dues(&mut self) -> Outcome {
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
    fn checklists(&mut self) -> Outcome {
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

fn set(object: &mut Value, field: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(field.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_days_that_exist() {
        assert_eq!(in_next_month("2026-11"), "2026-12-28");
        assert_eq!(in_next_month("2026-12"), "2027-01-28");
        assert_eq!(["2026-11", "2026-12", "2026-02", "2028-02", "2100-02"].map(last_day), [30, 31, 28, 29, 28]);
    }

    #[test]
    fn the_secretary_comes_first_and_group_leaders_do_not_count() {
        let member = |name: &str, posts: &[&str]| json!({ "name": name, "posts": posts });
        let members = [
            member("甲", &[]),
            member("乙", &["publicity"]),
            member("丙", &["group_leader"]),
            member("丁", &["secretary"]),
        ];
        assert_eq!(cadres(&members), ["丁", "乙"]);
    }
}
