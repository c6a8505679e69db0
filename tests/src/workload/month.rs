//! A month of a village, act by act in the order of days.

use jiff::civil::Date;
use serde_json::json;

use super::village::{Person, Village, rows};
use super::{Outcome, call, clock, words};

/// What happens on a day.
#[derive(Debug, Clone)]
enum Act {
    /// A session of these kinds, held and called; with hours it is training.
    Session { kinds: &'static [&'static str], group: Option<u8>, hours: Option<u32> },
    /// Class and base of each member for the year.
    Assess,
    /// A member pays for the month.
    Pay(usize),
    /// 夜谈 in a public place.
    NightTable,
    /// 入户, with a concern or without.
    Household { concern: bool },
    /// 慰问
    Consolation,
    /// A line of an earlier visit is put right.
    Correct,
    /// 上报 of the oldest concern that is kept.
    HandIn,
    /// A step on the concern handed in last.
    FollowUp { close: bool },
    /// A new item of the own list, or a rectification.
    Item { rectification: bool },
    /// A step on an item, by its place among this month's.
    Step { item: usize, last: bool },
    /// The roster is put right.
    Member,
}

/// What acts of this month build on.
#[derive(Default)]
struct Known {
    visits: Vec<serde_json::Value>,
    handed_in: Option<String>,
    items: Vec<String>,
}

impl Village {
    /// Records a whole year, month by month.
    ///
    /// # Errors
    /// The call that failed.
    pub async fn year(&mut self, year: i16) -> Outcome {
        for month in 1..=12 {
            self.month(year, month).await?;
        }
        Ok(())
    }

    /// Records a month of the year.
    ///
    /// # Errors
    /// The call that failed.
    pub async fn month(&mut self, year: i16, month: i8) -> Outcome {
        self.live(year, month, format!("{year:04}-{month:02}")).await
    }

    /// Records another December: some 300 changes on top of what is there. Dues are paid ahead for the next year.
    ///
    /// # Errors
    /// The call that failed.
    pub async fn offline_month(&mut self, year: i16) -> Outcome {
        self.live(year, 12, format!("{:04}-01", year + 1)).await
    }

    async fn live(&mut self, year: i16, month: i8, owed: String) -> Outcome {
        let mut known = Known::default();
        for (day, act) in self.plan(month) {
            clock::set_today(Date::constant(year, month, day));
            self.act(act, &owed, &mut known).await?;
        }
        Ok(())
    }

    fn plan(&mut self, month: i8) -> Vec<(i8, Act)> {
        let mut plan: Vec<(i8, Act)> = Vec::new();
        let quarter_end = month % 3 == 0;
        let session = |kinds, group, hours| Act::Session { kinds, group, hours };
        plan.push((4, session(&["committee_meeting"], None, None)));
        for group in 1..=3 {
            plan.push((8 + i8::try_from(group).unwrap_or_default(), session(&["group_meeting"], Some(group), None)));
        }
        // Training: a lesson a quarter, and the theme day of two months.
        plan.push((23, session(&["theme_day"], None, (month % 6 == 2).then_some(20))));
        if quarter_end {
            plan.push((15, session(&["lesson"], None, Some(30))));
        }
        if month % 3 == 2 {
            plan.push((18, session(&["members_meeting"], None, None)));
        }
        if month == 1 {
            plan.push((20, session(&["organization_life"], None, None)));
            plan.push((21, session(&["appraisal"], None, None)));
            plan.push((3, Act::Assess));
        }
        for member in 0..self.people.len() {
            plan.push((self.day(5, 22), Act::Pay(member)));
        }
        plan.push((self.day(2, 9), Act::NightTable));
        plan.push((self.day(16, 24), Act::NightTable));
        let concerns = if month % 2 == 0 { 1 } else { 2 };
        for number in 0..11 {
            plan.push((self.day(1, 20), Act::Household { concern: number < concerns }));
        }
        let consolations = if month % 5 == 0 {
            5
        } else if month <= 6 {
            6
        } else {
            5
        };
        for _ in 0..consolations {
            plan.push((self.day(1, 24), Act::Consolation));
        }
        for number in 0..concerns {
            let day = 21 + i8::try_from(number).unwrap_or_default();
            plan.push((day, Act::HandIn));
            plan.extend([1, 2, 4].map(|later| (day + later, Act::FollowUp { close: later == 4 })));
        }
        plan.extend((0..8).map(|number| (20 + number % 8, Act::Correct)));
        plan.push((self.day(2, 26), Act::Member));
        let own = (0..4).map(|_| (false, 4));
        let rectifications = (0..if month <= 8 { 2 } else { 1 }).map(|_| (true, 5));
        for (item, (rectification, steps)) in own.chain(rectifications).enumerate() {
            plan.push((2, Act::Item { rectification }));
            for step in 1..=steps {
                let day = 3 + i8::try_from(step * 24 / steps).unwrap_or_default();
                plan.push((day, Act::Step { item, last: step == steps }));
            }
        }
        plan.sort_by_key(|(day, _)| *day);
        plan
    }

    fn day(&mut self, from: i8, to: i8) -> i8 {
        let span = usize::try_from(to - from + 1).unwrap_or(1);
        from + i8::try_from(self.random.below(span)).unwrap_or_default()
    }

    async fn act(&mut self, act: Act, owed: &str, known: &mut Known) -> Outcome {
        match act {
            Act::Session { kinds, group, hours } => self.session(kinds, group, hours).await,
            Act::Assess => self.assess().await,
            Act::Pay(member) => self.pay(member, owed).await,
            Act::NightTable => {
                let mut visit = self.visit("round_table");
                visit["publicPlace"] = true.into();
                visit["theme"] = words::theme(&mut self.random).into();
                visit["minutes"] = (60 + self.random.below(60)).into();
                self.save("visit.save", visit).await.map(|_| ())
            }
            Act::Household { concern } => {
                let visit = self.visit_household("household", concern);
                let id = self.save("visit.save", visit.clone()).await?;
                if !concern {
                    let mut visit = visit;
                    visit["id"] = id.into();
                    known.visits.push(visit);
                }
                Ok(())
            }
            Act::Consolation => {
                let visit = self.visit_household("consolation", false);
                self.save("visit.save", visit).await.map(|_| ())
            }
            Act::Correct => match known.visits.pop() {
                Some(mut visit) => {
                    visit["situationText"] = words::situation(&mut self.random).into();
                    self.save("visit.save", visit).await.map(|_| ())
                }
                None => Ok(()),
            },
            Act::HandIn => self.hand_in(known).await,
            Act::FollowUp { close } => match known.handed_in.clone() {
                Some(id) => {
                    let input = json!({"id": id, "note": words::step(&mut self.random), "close": close});
                    self.save("concern.progress", input).await.map(|_| ())
                }
                None => Ok(()),
            },
            Act::Item { rectification } => self.item(rectification, known).await,
            Act::Step { item, last } => match known.items.get(item).cloned() {
                Some(id) => {
                    let state = if last { "done" } else { "in_progress" };
                    let input = json!({"id": id, "note": words::step(&mut self.random), "state": state});
                    self.save("checklist.progress", input).await.map(|_| ())
                }
                None => Ok(()),
            },
            Act::Member => self.put_right().await,
        }
    }

    /// A session: convened, called mark by mark as people come in, minuted, closed.
    async fn session(&mut self, kinds: &[&str], group: Option<u8>, hours: Option<u32>) -> Outcome {
        let group = group.map(|group| format!("第{group}党小组")).unwrap_or_default();
        let committee = kinds == ["committee_meeting"];
        let (chair, recorder) = (self.cadre(), self.cadre());
        let topic = words::topic(&mut self.random);
        let mut input = json!({
            "kinds": kinds, "date": clock::today().to_string(), "start": "19:30", "place": words::place(&mut self.random),
            "chair": chair, "recorder": recorder, "topic": topic, "group": group, "hours": hours,
        });
        let id = self.save("meeting.save", input.clone()).await?;
        let due =
            |person: &&Person| if committee { person.committee } else { group.is_empty() || person.group == group };
        let mut due: Vec<String> = self.people.iter().filter(due).map(|person| person.id.clone()).collect();
        self.random.shuffle(&mut due);
        while !due.is_empty() {
            // Mostly one by one; now and then a family comes in together.
            let together = if self.random.percent(95) { 1 } else { 2 + self.random.below(2) };
            let marks: Vec<_> = due
                .drain(..together.min(due.len()))
                .map(|member| match self.random.below(100) {
                    0..82 => json!({"member": member, "mark": "present"}),
                    82..95 => json!({"member": member, "mark": "excused", "reason": self.random.pick(&["外出务工", "生病", "照顾老人"])}),
                    _ => json!({"member": member, "mark": "absent"}),
                })
                .collect();
            self.save("meeting.roll", json!({"id": id, "marks": marks, "close": due.is_empty()})).await?;
        }
        let names: Vec<String> = self.people.iter().map(|person| person.name.clone()).collect();
        input["id"] = id.into();
        // Somebody visited may have the name of a member.
        input["keepMatches"] = true.into();
        input["minutes"] = words::minutes(&mut self.random, &names).into();
        input["resolution"] = words::resolution(&mut self.random).into();
        self.save("meeting.save", input).await.map(|_| ())
    }

    /// Assesses each member for the year: one in three by a salary, the others by a fixed amount.
    ///
    /// # Errors
    /// The call that failed.
    pub async fn assess(&mut self) -> Outcome {
        let month = format!("{:04}-01", clock::today().year());
        let ids: Vec<String> = self.people.iter().map(|person| person.id.clone()).collect();
        for id in ids {
            let input = match self.random.below(3) {
                0 => {
                    let base = 300_000 + self.random.below(500) * 1000;
                    json!({"member": id, "fromMonth": month, "class": "salaried", "baseFen": base})
                }
                _ => {
                    json!({"member": id, "fromMonth": month, "class": "farmer", "fixedFen": 20 + self.random.below(81)})
                }
            };
            self.save("dues.assess", input).await?;
        }
        Ok(())
    }

    async fn pay(&mut self, member: usize, owed: &str) -> Outcome {
        let id = self.people[member].id.clone();
        let mut entry = json!({"member": id, "month": owed, "amountFen": 20 + self.random.below(9_000)});
        if self.random.percent(10) {
            entry["handedBy"] = self.someone().name.into();
            entry["way"] = "member".into();
            entry["consent"] = true.into();
        }
        self.save("dues.collect", json!({"entries": [entry]})).await.map(|_| ())
    }

    fn visit(&mut self, kind: &str) -> serde_json::Value {
        let participants = [self.cadre(), self.someone().name];
        json!({
            "date": clock::today().to_string(), "kind": kind, "participants": participants,
            "situation": [self.random.pick(&["normal", "elderly", "ill", "away", "difficulty"])],
            "situationText": words::situation(&mut self.random), "place": words::place(&mut self.random),
        })
    }

    /// A visit to a household, as the form sends it.
    pub(super) fn visit_household(&mut self, kind: &str, concern: bool) -> serde_json::Value {
        let mut visit = self.visit(kind);
        visit["household"] = self.household().into();
        if concern {
            visit["concern"] = json!({
                "category": self.random.pick(&["roads", "water", "housing", "farming", "welfare", "environment"]),
                "text": words::wish(&mut self.random), "privateNote": words::situation(&mut self.random),
                "nextStep": words::step(&mut self.random), "owner": self.someone().name,
                "deadline": format!("{}-12-31", clock::today().year()),
            });
        }
        visit
    }

    /// A visit to a household as the form sends it; one of ten has a concern.
    pub fn next_visit(&mut self) -> serde_json::Value {
        let concern = self.random.percent(10);
        self.visit_household("household", concern)
    }

    async fn hand_in(&mut self, known: &mut Known) -> Outcome {
        let kept = call(&self.node, "concern.hand_in_preview", json!({})).await?;
        let Some(item) = kept["items"].as_array().and_then(|items| items.first()) else { return Ok(()) };
        let before = item["date"].clone();
        let choice = json!({"id": item["id"], "text": item["suggestion"], "keepMatches": true});
        self.save("concern.hand_in", json!({"items": [choice]})).await?;
        let listed = call(&self.node, "concern.list", json!({"state": "handed_in", "limit": 100})).await?;
        known.handed_in =
            rows(&listed).find(|row| row["date"] == before).and_then(|row| row["id"].as_str()).map(str::to_owned);
        Ok(())
    }

    async fn item(&mut self, rectification: bool, known: &mut Known) -> Outcome {
        let mut input = json!({
            "title": words::chore(&mut self.random), "origin": if rectification { "rectification" } else { "own" },
            "measure": words::step(&mut self.random), "leader": self.cadre(), "person": self.someone().name,
            "deadline": format!("{}-12-31", clock::today().year()),
        });
        if rectification {
            input["problem"] = words::wish(&mut self.random).into();
        }
        let id = self.save("checklist.save", input).await?;
        known.items.push(id);
        Ok(())
    }

    /// A member's month of birth is put right.
    async fn put_right(&mut self) -> Outcome {
        let person = self.someone();
        let listed = call(&self.node, "member.list", json!({"text": person.name})).await?;
        let Some(row) = rows(&listed).find(|row| row["id"] == person.id.as_str()) else { return Ok(()) };
        let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
        let birth = format!("{}-{:02}", 1945 + self.random.below(58), self.random.below(12) + 1);
        let input = json!({
            "id": person.id, "name": person.name, "sex": row["sex"], "birthMonth": birth, "kind": row["kind"],
            "joined": text("joined"), "group": text("group"), "posts": row["posts"], "distinct": true,
        });
        self.save("member.save", input).await.map(|_| ())
    }
}
