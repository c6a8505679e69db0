//! 大党委, 三缘 and mobile bodies: temporary, mobile and joint branches, attached units, groups, stations, alliances. A body is a
//! record in `up/roster` of the office that runs it; what becomes of it are records of their own with their days, so that a
//! view of a past day shows it as it was. An office of the tree that is such a body says so by its id.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::made;

/// A body, in `up/roster`.
pub const BODY: &str = "body";
/// What becomes of a body, in `up/roster`.
pub const BODY_CHANGE: &str = "body_change";

/// Kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// 临时党支部
    Temporary,
    /// 流动党员党支部
    Mobile,
    /// 联合党支部
    Joint,
    /// 挂靠单位: outside the line.
    Attached,
    /// 党小组
    Group,
    /// 驿站
    Station,
    /// 党建联盟
    Alliance,
}

impl BodyKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Temporary, Self::Mobile, Self::Joint, Self::Attached, Self::Group, Self::Station, Self::Alliance];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Temporary => "temporary",
            Self::Mobile => "mobile",
            Self::Joint => "joint",
            Self::Attached => "attached",
            Self::Group => "group",
            Self::Station => "station",
            Self::Alliance => "alliance",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What binds the people of a body: 三缘.
pub const BASES: [&str; 3] = ["place", "trade", "interest"];

/// Kinds of change that say how a body stands from a day on.
pub const CHANGES: [&str; 6] = ["renamed", "moved", "joined", "left", "extended", "ended"];

/// What passes between the office and a unit outside its line, each a change that alters nothing of the body: its promise (承诺),
/// its comment and the office's (双向评价), its review of the office and the office's of it (双向评议).
pub const EXCHANGES: [&str; 5] = ["promised", "comment_by", "comment_on", "review_by", "review_on"];

/// Outcomes of a review, the best first.
pub const GRADES: [&str; 3] = ["good", "fair", "poor"];

/// A body as it began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// Its name at the beginning.
    pub name: String,
    /// Kind; none: a newer program wrote it.
    pub kind: Option<BodyKind>,
    /// One of [`BASES`], or empty.
    pub basis: String,
    /// The body that it stands below; empty: the office itself.
    pub above: String,
    /// The office of the tree that it is, or empty.
    pub office: String,
    /// Units in it at the beginning, by name.
    pub units: BTreeSet<String>,
    /// First day, ISO.
    pub from: String,
    /// First day on which it is no more, as it was set up; empty: without end.
    pub until: String,
    /// The decision that it rests on.
    pub decision: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Body {
    /// Reads a body; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let units = record.below("unit/").filter(|(_, field)| field.shown() == Some(&Value::Bool(true)));
        (record.rtype == BODY).then(|| Self {
            name: record.str("name").to_owned(),
            kind: BodyKind::from_word(record.str("kind")),
            basis: record.str("basis").to_owned(),
            above: record.str("ref").to_owned(),
            office: record.str("office").to_owned(),
            units: units.map(|(unit, _)| unit.to_owned()).collect(),
            from: record.str("date").to_owned(),
            until: record.str("until").to_owned(),
            decision: record.str("decision").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let words = [
            ("name", self.name.as_str()),
            ("kind", self.kind.map_or("", BodyKind::as_str)),
            ("basis", &self.basis),
            ("ref", &self.above),
            ("office", &self.office),
            ("date", &self.from),
            ("until", &self.until),
            ("decision", &self.decision),
            ("recorded_on", &self.recorded_on),
        ];
        let mut op = made(id, BODY, words, None);
        if let RecordOp::Create { fields, .. } = &mut op {
            fields.extend(self.units.iter().map(|unit| (format!("unit/{unit}"), Value::Bool(true))));
        }
        op
    }
}

/// What becomes of a body. One that was entered by mistake is marked void and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyChange {
    /// The body.
    pub body: String,
    /// From which day, ISO.
    pub on: String,
    /// One of [`CHANGES`] or [`EXCHANGES`].
    pub kind: String,
    /// The new name, the body above, the unit, the new end, or the outcome of a review.
    pub to: String,
    /// The decision that it rests on, or what was promised or said.
    pub note: String,
    /// Entered by mistake.
    pub void: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl BodyChange {
    /// Reads a change; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == BODY_CHANGE).then(|| Self {
            body: record.str("ref").to_owned(),
            on: record.str("date").to_owned(),
            kind: record.str("kind").to_owned(),
            to: record.str("to").to_owned(),
            note: record.str("note").to_owned(),
            void: record.flag("void"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let words = [
            ("ref", self.body.as_str()),
            ("date", &self.on),
            ("kind", &self.kind),
            ("to", &self.to),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ];
        made(id, BODY_CHANGE, words, self.void.then_some(("void", Value::Bool(true))))
    }
}

/// A body as it was on a day (ISO), by the changes about it in whatever order; none where it was not yet or no more. Of one day
/// the change entered last counts.
pub fn on_day(body: &Body, changes: &[(RecordId, BodyChange)], day: &str) -> Option<Body> {
    let mut told: Vec<(&str, &str, &RecordId, &BodyChange)> = changes
        .iter()
        .filter(|(_, change)| !change.void && change.on.as_str() <= day)
        .map(|(id, change)| (change.on.as_str(), change.recorded_on.as_str(), id, change))
        .collect();
    told.sort_unstable_by_key(|(on, recorded_on, id, _)| (*on, *recorded_on, **id));
    let mut now = body.clone();
    for (on, _, _, change) in told {
        match change.kind.as_str() {
            "renamed" => now.name.clone_from(&change.to),
            "moved" => now.above.clone_from(&change.to),
            "joined" => {
                now.units.insert(change.to.clone());
            }
            "left" => {
                now.units.remove(&change.to);
            }
            "extended" => now.until.clone_from(&change.to),
            "ended" => on.clone_into(&mut now.until),
            // A newer program's word.
            _ => {}
        }
    }
    (now.from.as_str() <= day && (now.until.is_empty() || day < now.until.as_str())).then_some(now)
}

/// Bodies of an office on a day, each after the one that it stands below, with its depth. What stands below a body that is not
/// there on that day, or in a circle, stands below the office.
pub fn tree_on(
    bodies: &BTreeMap<RecordId, Body>,
    changes: &BTreeMap<RecordId, Vec<(RecordId, BodyChange)>>,
    day: &str,
) -> Vec<(RecordId, usize, Body)> {
    let none = Vec::new();
    let there: BTreeMap<RecordId, Body> = bodies
        .iter()
        .filter_map(|(id, body)| Some((*id, on_day(body, changes.get(id).unwrap_or(&none), day)?)))
        .collect();
    let above = |id: &RecordId| {
        let above: RecordId = there.get(id)?.above.parse().ok()?;
        there.contains_key(&above).then_some(above)
    };
    let mut below: BTreeMap<Option<RecordId>, Vec<RecordId>> = BTreeMap::new();
    for id in there.keys() {
        // Up to the office, or round in a circle.
        let mut seen = BTreeSet::from([*id]);
        let mut at = above(id);
        while let Some(next) = at.filter(|next| seen.insert(*next)) {
            at = above(&next);
        }
        below.entry(if at.is_none() { above(id) } else { None }).or_default().push(*id);
    }
    let mut out = Vec::new();
    let mut next: Vec<(RecordId, usize)> =
        below.remove(&None).unwrap_or_default().iter().rev().map(|id| (*id, 0)).collect();
    while let Some((id, depth)) = next.pop() {
        let under = below.remove(&Some(id)).unwrap_or_default();
        next.extend(under.iter().rev().map(|id| (*id, depth + 1)));
        out.extend(there.get(&id).map(|body| (id, depth, body.clone())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::flow::testing::id;

    fn change(n: u8, on: &str, kind: &str, to: &str) -> (RecordId, BodyChange) {
        let change =
            BodyChange { on: on.to_owned(), kind: kind.to_owned(), to: to.to_owned(), ..BodyChange::default() };
        (id(n), change)
    }

    fn body(name: &str, from: &str, until: &str, above: Option<u8>) -> Body {
        let above = above.map(|n| id(n).to_string()).unwrap_or_default();
        Body { name: name.to_owned(), from: from.to_owned(), until: until.to_owned(), above, ..Body::default() }
    }

    #[test]
    fn a_body_is_shown_as_it_was_on_the_day() {
        let alliance = body("沿河联盟", "2025-03-01", "2026-03-01", None);
        let mut changes = vec![
            change(3, "2026-02-01", "extended", "2027-03-01"),
            change(1, "2025-06-01", "renamed", "沿江联盟"),
            change(2, "2025-07-01", "joined", "学校"),
            change(4, "2026-05-01", "left", "学校"),
            change(5, "2026-09-01", "ended", ""),
        ];
        let at = |changes: &[(RecordId, BodyChange)], day: &str| {
            on_day(&alliance, changes, day).map(|body| (body.name, body.units.len()))
        };
        assert_eq!(at(&changes, "2025-02-28"), None, "not yet");
        assert_eq!(at(&changes, "2025-05-31"), Some(("沿河联盟".to_owned(), 0)));
        assert_eq!(at(&changes, "2025-07-01"), Some(("沿江联盟".to_owned(), 1)));
        assert_eq!(at(&changes, "2026-03-01"), Some(("沿江联盟".to_owned(), 1)), "extended in time");
        assert_eq!(at(&changes, "2026-08-31"), Some(("沿江联盟".to_owned(), 0)));
        assert_eq!(at(&changes, "2026-09-01"), None);
        changes[0].1.void = true;
        assert_eq!(at(&changes, "2026-03-01"), None, "the extension was a mistake");
    }

    #[test]
    fn the_tree_of_a_day_has_who_was_there_and_nobody_in_a_circle_is_lost() {
        let bodies: BTreeMap<RecordId, Body> = [
            (id(1), body("一支部", "2025-01-01", "", None)),
            (id(2), body("一组", "2025-01-01", "", Some(1))),
            (id(3), body("驿站", "2025-06-01", "", Some(2))),
            (id(4), body("临时支部", "2025-01-01", "2025-07-01", None)),
            (id(5), body("随队小组", "2025-01-01", "", Some(4))),
            (id(6), body("甲", "2025-01-01", "", Some(7))),
            (id(7), body("乙", "2025-01-01", "", Some(6))),
        ]
        .into();
        let moved = [(id(3), vec![change(9, "2025-09-01", "moved", &id(1).to_string())])].into();
        let at = |day: &str| -> Vec<(u8, usize)> {
            tree_on(&bodies, &moved, day).into_iter().map(|(id, depth, _)| (id.0[0], depth)).collect()
        };
        assert_eq!(at("2025-03-01"), [(1, 0), (2, 1), (4, 0), (5, 1), (6, 0), (7, 0)]);
        assert_eq!(at("2025-08-01"), [(1, 0), (2, 1), (3, 2), (5, 0), (6, 0), (7, 0)]);
        assert_eq!(at("2025-09-01"), [(1, 0), (2, 1), (3, 1), (5, 0), (6, 0), (7, 0)]);
        assert!(at("2024-12-31").is_empty());
    }

    #[test]
    fn every_kind_reads_back() {
        for kind in BodyKind::ALL {
            assert_eq!(BodyKind::from_word(kind.as_str()), Some(kind));
        }
    }
}
