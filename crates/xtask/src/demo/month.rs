//! A month of a village as its secretary records it, evening by evening, each step a command of its own. Nobody in it is
//! real; what happens hangs on the seed.

mod calendar;
mod desk;
mod evenings;
mod meetings;

use super::{
    node::{Node, list, text},
    random::Random,
    story::VILLAGES,
};
use crate::Outcome;
use calendar::{in_next_month, last_day};
use serde_json::{Value, json};

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
