//! 夜谈走访: evenings in the homes, what was said there, and what of it goes up.

use super::{Secretary, set};
use crate::{
    Outcome,
    demo::node::{list, text},
};
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

impl Secretary<'_> {
    /// 夜谈: some evenings, a few homes each; one evening in a public place.
    pub(super) fn evenings(&mut self, village: usize) -> Outcome {
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
    pub(super) fn hand_in(&mut self) -> Outcome {
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
}
