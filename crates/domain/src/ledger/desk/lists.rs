//! 三个清单, 6+X清单: lists that are sent down line by line, and the year's letter of responsibility of a unit. Whatever is sent
//! twice is the same record, so that two devices, or a second press, make it once.

use super::{Off, off};
use crate::ids::{OfficeId, RecordId};
use crate::ledger::flow::{Flow, Item};

/// The event by which a unit chooses its own lists.
pub const CHOOSE: &str = "choose";
/// The event by which the letter is signed.
pub const SIGN: &str = "sign";
/// The event by which the unit pledges in public.
pub const PLEDGE: &str = "pledge";
/// Between the names of lists, as people write them.
const BETWEEN: [char; 6] = ['、', ',', '\u{ff0c}', ';', '\u{ff1b}', '\n'];

/// A list that is sent: what it is called, whose role it is for, and the month or year that it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// 工作清单, 服务清单, 月度项目清单, or another name
    pub name: String,
    /// 书记, 副书记, 委员; empty: for all of the unit.
    pub role: String,
    /// `2026` or `2026-03`.
    pub period: String,
}

impl Heading {
    /// What its lines have in common, on every device.
    pub fn group(&self) -> String {
        let Self { name, role, period } = self;
        if role.is_empty() { format!("{name}/{period}") } else { format!("{name}/{period}/{role}") }
    }

    /// The list that a line belongs to; none where it belongs to something else, such as a common problem.
    pub fn of(line: &Item) -> Option<Self> {
        let mut parts = line.group.split('/');
        let (name, period) = (parts.next()?, parts.next()?);
        let role = parts.next().unwrap_or_default();
        let known = crate::ledger::closing::is_period(period) && !name.is_empty() && parts.next().is_none();
        known.then(|| Self { name: name.to_owned(), role: role.to_owned(), period: period.to_owned() })
    }
}

/// A line of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// 事项
    pub title: String,
    /// 措施, 要求
    pub measure: String,
    /// 责任领导
    pub leader: String,
    /// 责任人
    pub person: String,
    /// 完成时限, ISO.
    pub due: String,
}

/// A line as it is sent to a unit.
pub fn sent(listed: &Flow, between: (&OfficeId, &OfficeId), list: &Heading, line: &Line, on: &str) -> (RecordId, Item) {
    let (by, unit) = between;
    let id = RecordId::natural("ybz listed line 1", &[&by.0, &unit.0, list.group().as_bytes(), line.title.as_bytes()]);
    let item = Item {
        flow: listed.id.clone(),
        version: listed.version.clone(),
        title: line.title.clone(),
        text: line.measure.clone(),
        category: list.name.clone(),
        form: list.role.clone(),
        on: on.to_owned(),
        due: line.due.clone(),
        leader: line.leader.clone(),
        person: line.person.clone(),
        group: list.group(),
        recorded_on: on.to_owned(),
        ..Item::default()
    };
    (id, item)
}

/// Whether a list is as long as the template says that lists of its name are at most; none for other names.
pub fn check_length(listed: &Flow, name: &str, lines: u32) -> Option<Off> {
    let figure = match listed.words.get("lists")?.iter().position(|known| known == name)? {
        1 => "service_items",
        2 => "monthly_items",
        _ => return None,
    };
    off(listed, figure, lines, |has, says| has <= says)
}

/// The letter of a unit for a year, with the lists that all have in common.
pub fn letter(flow: &Flow, between: (&OfficeId, &OfficeId), year: i16, base: &[String], on: &str) -> (RecordId, Item) {
    let (by, unit) = between;
    let id = RecordId::natural("ybz letter 1", &[&by.0, &unit.0, &year.to_le_bytes()]);
    let item = Item {
        flow: flow.id.clone(),
        version: flow.version.clone(),
        title: format!("{year}年{}", flow.name),
        text: base.join("\n"),
        on: on.to_owned(),
        due: format!("{year:04}-12-31"),
        group: format!("{year:04}"),
        recorded_on: on.to_owned(),
        ..Item::default()
    };
    (id, item)
}

/// Names of lists as they were written in one text, each once.
pub fn names_in(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in text.split(BETWEEN).map(str::trim).filter(|name| !name.is_empty()) {
        if out.iter().all(|known| known != name) {
            out.push(name.to_owned());
        }
    }
    out
}

/// 6+X: whether a unit's year has the common lists and as many of its own choice as the template says. A list that is common
/// anyway is none of the unit's own choice.
pub fn check_lists(letter: &Flow, base: &[String], chosen: &[String]) -> Vec<Off> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let own = count(chosen.iter().filter(|name| !base.contains(name)).count());
    let found = [
        off(letter, "base_lists", count(base.len()), |has, says| has == says),
        off(letter, "chosen_min", own, |has, says| has >= says),
        off(letter, "chosen_max", own, |has, says| has <= says),
    ];
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::flow::testing::flow;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn six_lists_are_common_and_one_or_two_are_chosen() {
        let letter = flow("letter");
        let base = letter.words["base"].clone();
        assert_eq!(base.len(), 6);
        let figures = |base: &[String], chosen: &[&str]| -> Vec<String> {
            check_lists(&letter, base, &words(chosen)).into_iter().map(|off| off.figure).collect()
        };
        assert!(figures(&base, &["产业清单"]).is_empty() && figures(&base, &["产业清单", "治理清单"]).is_empty());
        assert_eq!(figures(&base, &[]), ["chosen_min"]);
        assert_eq!(figures(&base, &["共性清单一"]), ["chosen_min"], "one of the six is none of its own");
        assert_eq!(figures(&base[..5], &["甲", "乙", "丙"]), ["base_lists", "chosen_max"]);
        let first = &check_lists(&letter, &base[..5], &words(&["甲"]))[0];
        assert_eq!((first.has, first.says), (5, 6));
        assert_eq!(first.citation, letter.citation, "what is said to a person names its source");
        assert_eq!(names_in("产业清单、 治理清单,产业清单;\n"), ["产业清单", "治理清单"]);
    }

    #[test]
    fn a_line_sent_twice_is_one_and_another_role_or_month_another() {
        let listed = flow("listed");
        let (street, village, other) = (OfficeId([1; 16]), OfficeId([2; 16]), OfficeId([3; 16]));
        let list = Heading { name: "月度项目清单".to_owned(), role: String::new(), period: "2026-04".to_owned() };
        let line = Line { title: "修渠".to_owned(), due: "2026-04-30".to_owned(), ..Line::default() };
        let (id, item) = sent(&listed, (&street, &village), &list, &line, "2026-04-01");
        assert_eq!(sent(&listed, (&street, &village), &list, &line, "2026-04-02").0, id, "sent twice is one");
        assert_eq!(Heading::of(&item), Some(list.clone()));
        let role = Heading { role: "书记".to_owned(), ..list.clone() };
        let may = Heading { period: "2026-05".to_owned(), ..list.clone() };
        let ids = [
            id,
            sent(&listed, (&street, &other), &list, &line, "2026-04-01").0,
            sent(&listed, (&street, &village), &role, &line, "2026-04-01").0,
            sent(&listed, (&street, &village), &may, &line, "2026-04-01").0,
        ];
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert_eq!(sent(&listed, (&street, &village), &role, &line, "2026-04-01").1.form, "书记");
        for group in ["", "abc", "/2026", "甲/2026-13", "甲/2026/书记/x"] {
            let item = Item { group: group.to_owned(), ..Item::default() };
            assert_eq!(Heading::of(&item), None, "{group}");
        }
    }

    #[test]
    fn a_list_that_is_longer_than_the_template_says_is_told_with_its_source() {
        let listed = flow("listed");
        assert_eq!(check_length(&listed, "服务清单", 40), None);
        let off = check_length(&listed, "服务清单", 41).unwrap();
        assert_eq!((off.figure.as_str(), off.has, off.says), ("service_items", 41, 40));
        assert_eq!(check_length(&listed, "月度项目清单", 11).unwrap().says, 10);
        assert_eq!(check_length(&listed, "工作清单", 500), None, "no length is said");
        assert_eq!(check_length(&listed, "别的", 500), None);
    }

    #[test]
    fn a_units_letter_of_a_year_is_one() {
        let flow = flow("letter");
        let (street, village) = (OfficeId([1; 16]), OfficeId([2; 16]));
        let (id, item) = letter(&flow, (&street, &village), 2026, &flow.words["base"], "2026-01-08");
        assert_eq!((item.title.as_str(), item.due.as_str()), ("2026年6+X清单责任书", "2026-12-31"));
        assert_eq!(names_in(&item.text), flow.words["base"]);
        assert_eq!(letter(&flow, (&street, &village), 2026, &[], "2026-02-01").0, id);
        assert_ne!(letter(&flow, (&street, &village), 2027, &[], "2027-01-08").0, id);
    }
}
