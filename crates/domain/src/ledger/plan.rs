//! 年度计划: planned sessions in `up/meetings`, and what each period of a year asks for by the frequency rules.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::session::{Session, SessionKind};
use crate::rules::{Every, Frequency, Period, Rules};

/// Record type.
pub const PLANNED: &str = "planned_session";

/// A planned session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// Kinds.
    pub kinds: Vec<SessionKind>,
    /// ISO date.
    pub date: String,
    /// 议题
    pub topic: String,
    /// 负责人
    pub lead: String,
    /// 党小组
    pub group: String,
    /// The session that was held.
    pub session: String,
    /// 取消
    pub dropped: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Planned {
    /// Reads a planned session; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == PLANNED).then(|| Self {
            kinds: SessionKind::ALL
                .into_iter()
                .filter(|kind| record.flag(&format!("kind/{}", kind.as_str())))
                .collect(),
            date: record.str("date").to_owned(),
            topic: record.str("title").to_owned(),
            lead: record.str("person").to_owned(),
            group: record.str("group").to_owned(),
            session: record.str("ref").to_owned(),
            dropped: record.flag("dropped"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: PLANNED.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        super::changed(id, &before.fields(), self.fields())
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields = super::words([
            ("date", &self.date),
            ("title", &self.topic),
            ("person", &self.lead),
            ("group", &self.group),
            ("ref", &self.session),
        ]);
        fields.extend(self.kinds.iter().map(|kind| (format!("kind/{}", kind.as_str()), Value::Bool(true))));
        fields.extend(self.dropped.then(|| ("dropped".to_owned(), Value::Bool(true))));
        fields
    }

    /// Neither held nor given up.
    pub fn stands(&self) -> bool {
        !self.dropped && self.session.is_empty()
    }
}

/// What one period asks for, and what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Kind of session.
    pub kind: SessionKind,
    /// Group, for group meetings; else empty.
    pub group: String,
    /// The period.
    pub period: Period,
    /// Its source.
    pub article: String,
    /// Sessions with a day up to today.
    pub held: Vec<RecordId>,
    /// Sessions and planned ones that are to come or were not turned into a session.
    pub planned: Vec<RecordId>,
    /// A day that suits; none when the period is over.
    pub suggested: Option<Date>,
}

/// Sessions and plans of a year, as far as they count.
pub struct Year<'a> {
    /// The year.
    pub year: i16,
    /// Today.
    pub today: Date,
    /// Groups of the branch; none: one group meeting for all.
    pub groups: &'a BTreeSet<String>,
    /// Sessions that were not merged into others.
    pub sessions: &'a [(RecordId, Session)],
    /// Planned sessions.
    pub planned: &'a [(RecordId, Planned)],
}

/// Derives what each period of the year asks for. Nothing is written by it.
pub fn slots(rules: &Rules, year: &Year<'_>) -> Vec<Slot> {
    let mut out = Vec::new();
    for frequency in &rules.frequency {
        let grouped = frequency.kind == SessionKind::GroupMeeting && !year.groups.is_empty();
        let groups: Vec<&str> = if grouped { year.groups.iter().map(String::as_str).collect() } else { vec![""] };
        for period in frequency.every.periods(year.year) {
            out.extend(groups.iter().map(|group| slot(frequency, &period, group, year)));
        }
    }
    out
}

fn slot(frequency: &Frequency, period: &Period, group: &str, year: &Year<'_>) -> Slot {
    let today = year.today.to_string();
    let fits = |kinds: &[SessionKind], date: &str, of: &str| {
        kinds.contains(&frequency.kind)
            && (group.is_empty() || of == group)
            && date >= period.from.to_string().as_str()
            && date <= period.to.to_string().as_str()
    };
    let mut slot = Slot {
        kind: frequency.kind,
        group: group.to_owned(),
        period: period.clone(),
        article: frequency.article.clone(),
        held: Vec::new(),
        planned: Vec::new(),
        suggested: suggested(frequency, period, year.today),
    };
    for (id, session) in year.sessions {
        if fits(&session.kinds, &session.date, &session.group) {
            if session.date <= today { slot.held.push(*id) } else { slot.planned.push(*id) }
        }
    }
    for (id, planned) in year.planned.iter().filter(|(_, planned)| planned.stands()) {
        if fits(&planned.kinds, &planned.date, &planned.group) {
            slot.planned.push(*id);
        }
    }
    slot
}

/// The usual day of the rule, in the middle of a quarter; not before today.
fn suggested(frequency: &Frequency, period: &Period, today: Date) -> Option<Date> {
    let month = match frequency.every {
        Every::Month => period.from.month(),
        Every::Quarter => period.from.month() + 1,
        Every::Year => frequency.month.unwrap_or(12).clamp(1, 12),
    };
    let first = Date::new(period.from.year(), month, 1).ok()?;
    let day = frequency.day.unwrap_or(15).clamp(1, first.last_of_month().day());
    let usual = Date::new(first.year(), month, day).ok()?.max(today);
    (usual <= period.to).then_some(usual)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn session(kinds: &[SessionKind], date: &str, group: &str) -> Session {
        Session { kinds: kinds.to_vec(), date: date.to_owned(), group: group.to_owned(), ..Session::default() }
    }

    #[test]
    fn a_year_asks_for_each_kind_by_its_frequency_and_a_combined_session_counts_for_each_kind() {
        let rules = Rules::builtin().unwrap();
        let id = |n: u8| RecordId([n; 16]);
        let sessions = [
            (id(1), session(&[SessionKind::MembersMeeting, SessionKind::Lesson], "2026-02-10", "")),
            (id(2), session(&[SessionKind::GroupMeeting], "2026-03-02", "一组")),
            (id(3), session(&[SessionKind::CommitteeMeeting], "2026-04-07", "")),
        ];
        let plan = |date: &str, dropped, session: &str| Planned {
            kinds: vec![SessionKind::ThemeDay],
            date: date.to_owned(),
            dropped,
            session: session.to_owned(),
            ..Planned::default()
        };
        let planned = [
            (id(11), plan("2026-05-08", false, "")),
            (id(12), plan("2026-06-08", true, "")),
            (id(13), plan("2026-07-08", false, "x")),
        ];
        let groups: BTreeSet<String> = ["一组".to_owned(), "二组".to_owned()].into();
        let year =
            Year { year: 2026, today: date(2026, 3, 20), groups: &groups, sessions: &sessions, planned: &planned };
        let slots = slots(&rules, &year);
        // 4 members' meetings, 12 committee, 2 × 12 group, 4 lessons, 12 theme days, 1 + 1 a year, 12 study days.
        assert_eq!(slots.len(), 4 + 12 + 24 + 4 + 12 + 1 + 1 + 12);
        let at = |kind, label: &str, group: &str| {
            slots.iter().find(|one| one.kind == kind && one.period.label == label && one.group == group).unwrap()
        };
        assert_eq!(at(SessionKind::MembersMeeting, "2026-Q1", "").held, [id(1)]);
        assert_eq!(at(SessionKind::Lesson, "2026-Q1", "").held, [id(1)]);
        assert_eq!(at(SessionKind::GroupMeeting, "2026-03", "一组").held, [id(2)]);
        assert!(at(SessionKind::GroupMeeting, "2026-03", "二组").held.is_empty());
        let april = at(SessionKind::CommitteeMeeting, "2026-04", "");
        assert_eq!((april.held.len(), april.planned.as_slice()), (0, [id(3)].as_slice()), "its day is to come");
        assert_eq!(at(SessionKind::ThemeDay, "2026-05", "").planned, [id(11)]);
        assert!(at(SessionKind::ThemeDay, "2026-06", "").planned.is_empty(), "given up");
        assert!(at(SessionKind::ThemeDay, "2026-07", "").planned.is_empty(), "turned into a session");
        assert_eq!(at(SessionKind::StudyDay, "2026-03", "").suggested, Some(date(2026, 3, 23)));
        assert_eq!(at(SessionKind::StudyDay, "2026-02", "").suggested, None, "the month is over");
        let quarter = at(SessionKind::MembersMeeting, "2026-Q2", "").suggested.unwrap();
        assert_eq!((quarter.year(), quarter.month()), (2026, 5));
        assert_eq!(
            at(SessionKind::MembersMeeting, "2026-Q1", "").suggested,
            Some(date(2026, 3, 20)),
            "not before today"
        );
    }
}
