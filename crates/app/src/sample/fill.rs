//! Fills the sample through the same use cases as the screens, each on its own day, so that nothing in it is 补录.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde_json::{Value, json};
use ybz_domain::date::month_text;

use super::people::{HOUSEHOLDS, MEMBERS, OFFICE, Person};
use super::words::{CONCERNS, ITEMS, MINUTES, RESOLUTION, SITUATIONS, TOPICS};
use crate::ErrorDto;
use crate::cx::Cx;
use crate::error::Answer;
use crate::node::Inner;
use crate::table::{Run, find};

/// Months of records before the one of today.
const MONTHS: i32 = 5;
/// A farmer's monthly due in fen.
const FARMER_FEN: i64 = 100;

/// One kind of thing that happens in a month: the day, and what is done on it.
type Act = fn(&mut Filling<'_>, Date) -> Answer<()>;

/// What happens in a month, in the order of days.
const MONTH: [(i8, Act); 9] = [
    (2, |filling, on| filling.begin_item(on)),
    (4, |filling, on| filling.committee(on)),
    (7, |filling, on| filling.visits(on)),
    (9, |filling, on| filling.groups(on)),
    (12, |filling, on| filling.dues(on)),
    (15, |filling, on| filling.theme_day(on)),
    (18, |filling, on| filling.members_meeting(on)),
    (22, |filling, on| filling.follow_up(on)),
    (25, |filling, on| filling.remit(on)),
];

/// Makes the office, and its records up to `today`; answers its id.
pub(super) fn fill(inner: &Arc<Inner>, today: Date) -> Answer<String> {
    let made = call_node(inner, "office.init", json!({"name": OFFICE, "kind": "branch"}))?;
    let office = text(&made, "office");
    let first = today.saturating_sub(MONTHS.months()).first_of_month();
    let mut filling =
        Filling { inner, office, members: Vec::new(), households: Vec::new(), items: Vec::new(), month: 0 };
    filling.begin(first)?;
    let mut month = first;
    while month <= today {
        if month > first && month.month() == 1 {
            filling.assess(month)?;
        }
        for (day, act) in MONTH {
            let on = Date::new(month.year(), month.month(), day).unwrap_or(month);
            if on <= today {
                act(&mut filling, on)?;
            }
        }
        filling.month += 1;
        month = month.saturating_add(1.month());
    }
    filling.end(today)?;
    Ok(filling.office)
}

fn call_node(inner: &Arc<Inner>, name: &str, input: Value) -> Answer<Value> {
    match find(name)?.run {
        Run::Node(run) => run(inner, input),
        _ => Err(ErrorDto::internal("sample", &name)),
    }
}

fn text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn pick<T: Copy>(all: &[T], at: usize) -> Option<T> {
    all.get(at % all.len().max(1)).copied()
}

struct Filling<'a> {
    inner: &'a Arc<Inner>,
    office: String,
    /// Ids, in the order of [`MEMBERS`].
    members: Vec<String>,
    households: Vec<String>,
    items: Vec<String>,
    /// Months so far.
    month: usize,
}

impl Filling<'_> {
    fn call(&self, on: Date, name: &str, input: Value) -> Answer<Value> {
        let Run::Books(run) = find(name)?.run else { return Err(ErrorDto::internal("sample", &name)) };
        let mut cx = Cx::new(self.inner, Some(&self.office))?;
        cx.today = on;
        run(&cx, input).map_err(|error| error.with("call", name))
    }

    fn save(&self, on: Date, name: &str, input: Value) -> Answer<String> {
        self.call(on, name, input).map(|saved| text(&saved, "id"))
    }

    fn person(&self, at: usize) -> (String, &'static str) {
        let at = at % MEMBERS.len();
        (self.members.get(at).cloned().unwrap_or_default(), MEMBERS.get(at).map_or("", |person| person.name))
    }

    fn household(&self, at: usize) -> String {
        self.households.get(at % HOUSEHOLDS.len()).cloned().unwrap_or_default()
    }

    /// Roster, assessment, households, and what stands all the year.
    fn begin(&mut self, on: Date) -> Answer<()> {
        for (at, Person { name, sex, born, joined, group, posts, .. }) in MEMBERS.iter().enumerate() {
            let last = at + 1 == MEMBERS.len();
            let joined = if last { on.saturating_sub(2.months()).to_string() } else { (*joined).to_owned() };
            let input = json!({
                "name": name, "sex": sex, "birthMonth": born, "kind": if last { "probationary" } else { "full" },
                "joined": joined, "group": format!("第{}党小组", if *group == 1 { "一" } else { "二" }), "posts": posts,
            });
            let id = self.save(on, "member.save", input)?;
            self.members.push(id);
        }
        self.assess(on)?;
        for (name, door, phone) in HOUSEHOLDS {
            let id = self.save(on, "household.save", json!({"name": name, "door": door, "phone": phone}))?;
            self.households.push(id);
        }
        for at in 0..2 {
            let input =
                json!({"household": self.household(at + 4), "cadre": self.person(at).1, "note": "每月上门一次"});
            self.save(on, "pairing.save", input)?;
        }
        let start = on.saturating_sub(Span::new().years(2)).to_string();
        self.save(on, "term.save", json!({"start": start, "size": 3}))?;
        let (member, _) = self.person(13);
        let stay = json!({
            "member": member, "since": on.to_string(), "region": "外省某市", "place": "建筑工地", "person": self.person(1).1,
        });
        let stay = self.save(on, "mobile.save", stay)?;
        self.save(on, "mobile.contact", json!({"stay": stay, "note": "打电话问了近况"}))?;
        let applied = on.saturating_sub(3.months()).to_string();
        let applicant = json!({
            "name": "许丁三", "sex": 2, "birthMonth": "1998-04", "applied": applied, "group": "第一党小组",
            "person": self.person(1).1,
        });
        self.save(on, "admission.save", applicant)?;
        let matter = self.save(on, "matter.save", json!({"title": "修三组机耕路"}))?;
        let step = json!({"id": matter, "step": "proposal", "on": on.to_string(), "note": "党支部提议"});
        self.call(on, "matter.step", step)?;
        Ok(())
    }

    fn assess(&mut self, on: Date) -> Answer<()> {
        let from = month_text(on.year(), on.month());
        for (at, person) in MEMBERS.iter().enumerate() {
            let (id, _) = self.person(at);
            let input = match person.base_fen {
                Some(base) => json!({"member": id, "fromMonth": from, "class": "salaried", "baseFen": base}),
                None => json!({"member": id, "fromMonth": from, "class": "farmer", "fixedFen": FARMER_FEN}),
            };
            self.call(on, "dues.assess", input)?;
        }
        Ok(())
    }

    /// A session with its roll call; every fourth month one is excused.
    fn session(&self, on: Date, kinds: &[&str], due: &[usize], more: Value) -> Answer<String> {
        let mut input = json!({
            "kinds": kinds, "date": on.to_string(), "start": "19:30", "place": "村会议室", "chair": self.person(0).1,
            "recorder": self.person(1).1, "minutes": MINUTES, "resolution": RESOLUTION,
        });
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let id = self.save(on, "meeting.save", input)?;
        let marks: Vec<Value> = due
            .iter()
            .map(|at| match (at + self.month) % 9 {
                8 => json!({"member": self.person(*at).0, "mark": "excused", "reason": "外出务工"}),
                _ => json!({"member": self.person(*at).0, "mark": "present"}),
            })
            .collect();
        self.call(on, "meeting.roll", json!({"id": id, "marks": marks, "close": true}))?;
        Ok(id)
    }

    fn everyone() -> Vec<usize> {
        (0..MEMBERS.len()).collect()
    }

    fn committee(&mut self, on: Date) -> Answer<()> {
        let topic = pick(&TOPICS, self.month).unwrap_or_default();
        self.session(on, &["committee_meeting"], &[0, 1, 2], json!({"topic": topic})).map(|_| ())
    }

    fn groups(&mut self, on: Date) -> Answer<()> {
        for (group, name) in [(1, "第一党小组"), (2, "第二党小组")] {
            let due: Vec<usize> =
                MEMBERS.iter().enumerate().filter(|(_, person)| person.group == group).map(|(at, _)| at).collect();
            self.session(on, &["group_meeting"], &due, json!({"topic": "学习文件,讨论小组分工", "group": name}))?;
        }
        Ok(())
    }

    fn theme_day(&mut self, on: Date) -> Answer<()> {
        self.session(on, &["theme_day"], &Self::everyone(), json!({"topic": "打扫公共区域"})).map(|_| ())
    }

    /// A members' meeting in the second month of a quarter, a lesson in the third.
    fn members_meeting(&mut self, on: Date) -> Answer<()> {
        let due = Self::everyone();
        match on.month() % 3 {
            2 => self.session(on, &["members_meeting"], &due, json!({"topic": "通报工作,讨论计划"})).map(|_| ()),
            0 => self.session(on, &["lesson"], &due, json!({"topic": "书记讲党课", "hours": 20})).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// A round table and two households; in some months one of them has a concern.
    fn visits(&mut self, on: Date) -> Answer<()> {
        let (chip, line) = pick(&SITUATIONS, self.month).unwrap_or(("normal", ""));
        let people = [self.person(0).1, self.person(1 + self.month % 4).1];
        let table = json!({
            "date": on.to_string(), "kind": "round_table", "publicPlace": true, "participants": people,
            "place": "村口凉亭", "theme": "听大家说说近况", "minutes": 60, "situation": ["normal"], "situationText": "来了十来个人",
        });
        self.save(on, "visit.save", table)?;
        for second in 0..2 {
            let at = self.month * 2 + second;
            let asks = second == 0 && self.month.is_multiple_of(2);
            let concern = asks.then(|| pick(&CONCERNS, self.month / 2)).flatten().map(|(category, text)| {
                json!({
                    "category": category, "text": text, "privateNote": "(示例)只留在本村的备注", "nextStep": "请街道帮助协调",
                    "owner": self.person(1).1, "deadline": on.saturating_add(190.days()).to_string(),
                })
            });
            let visit = json!({
                "date": on.to_string(), "kind": "household", "household": self.household(at), "participants": people,
                "situation": [chip], "situationText": line, "concern": concern,
            });
            self.save(on, "visit.save", visit)?;
        }
        Ok(())
    }

    /// The month's dues of all but one, and in the first month of all.
    fn dues(&mut self, on: Date) -> Answer<()> {
        let month = month_text(on.year(), on.month());
        let left = (self.month > 0).then_some((self.month * 5) % MEMBERS.len());
        let entries: Vec<Value> = (0..MEMBERS.len())
            .filter(|at| Some(*at) != left)
            .map(|at| json!({"member": self.person(at).0, "month": month, "amountFen": due_fen(at)}))
            .collect();
        self.call(on, "dues.collect", json!({"entries": entries})).map(|_| ())
    }

    /// 上缴 of the month before, once a quarter is over.
    fn remit(&mut self, on: Date) -> Answer<()> {
        if self.month == 0 || on.month() % 3 != 1 {
            return Ok(());
        }
        let before = on.first_of_month().saturating_sub(1.months());
        let month = month_text(before.year(), before.month());
        let sum: i64 = (0..MEMBERS.len()).map(due_fen).sum();
        let input = json!({"fromMonth": month, "amountFen": sum - FARMER_FEN, "slip": format!("示例-{month}")});
        self.save(on, "dues.remit", input).map(|_| ())
    }

    fn begin_item(&mut self, on: Date) -> Answer<()> {
        let Some((title, _)) = pick(&ITEMS, self.month) else { return Ok(()) };
        let input = json!({
            "title": title, "origin": "own", "leader": self.person(0).1, "person": self.person(2).1,
            "deadline": on.saturating_add(40.days()).to_string(),
        });
        let id = self.save(on, "checklist.save", input)?;
        self.items.push(id);
        Ok(())
    }

    /// This month's item is begun, the one before is done.
    fn follow_up(&mut self, on: Date) -> Answer<()> {
        let steps = [(self.month, "in_progress"), (self.month.wrapping_sub(1), "done")];
        for (at, state) in steps {
            let (Some(id), Some((_, done))) = (self.items.get(at).cloned(), ITEMS.get(at % ITEMS.len())) else {
                continue;
            };
            self.save(on, "checklist.progress", json!({"id": id, "note": done, "state": state}))?;
        }
        Ok(())
    }

    /// What is of these days: a session that is arranged, one that is being called, something due, and a talk.
    fn end(&mut self, today: Date) -> Answer<()> {
        let plan = json!({"entries": [
            {"kinds": ["theme_day"], "date": today.saturating_add(9.days()).to_string(), "topic": "义务植树", "lead": self.person(2).1},
        ]});
        self.call(today, "meeting.plan_save", plan)?;
        let open = json!({
            "kinds": ["members_meeting"], "date": today.to_string(), "start": "19:30", "place": "村会议室",
            "chair": self.person(0).1, "recorder": self.person(1).1, "topic": "(示例)今晚的会,可以试着点名",
        });
        self.save(today, "meeting.save", open)?;
        let item = json!({
            "title": "整改:会议记录不全", "origin": "rectification", "problem": "检查发现有一次会议没有决议",
            "measure": "补齐记录", "leader": self.person(0).1, "person": self.person(1).1,
            "deadline": today.saturating_add(2.days()).to_string(),
        });
        self.save(today, "checklist.save", item)?;
        let (member, _) = self.person(5);
        let talk = json!({
            "date": today.to_string(), "trigger": "difficulty", "member": member, "by": self.person(0).1,
            "place": "家里", "text": "(示例)说了身体情况", "followUp": "下月再去看看",
        });
        self.save(today, "talk.save", talk)?;
        let training = json!({
            "date": today.to_string(), "topic": "镇上的集中培训", "hours": 8, "concentrated": true,
            "members": [self.person(0).0, self.person(1).0],
        });
        self.save(today, "training.save", training).map(|_| ())
    }
}

/// The monthly due of a member, as the built-in tiers have it: below 3,000 yuan 0.5%, up to 5,000 yuan 1%.
fn due_fen(at: usize) -> i64 {
    match MEMBERS.get(at).and_then(|person| person.base_fen) {
        Some(base) if base > 300_000 => base / 100,
        Some(base) => base / 200,
        None => FARMER_FEN,
    }
}
