//! 流动党员: where a member is, since when, who keeps contact and when there was contact. Two rules are shown beside it;
//! neither changes anything.

use jiff::Span;
use jiff::civil::Date;

use super::made;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::rules::MobileRules;

/// A member is away, in `up/roster`.
pub const MOBILE: &str = "mobile";
/// There was contact, in `up/roster`.
pub const CONTACT: &str = "contact";

/// A stay elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mobile {
    /// The member's record.
    pub member: String,
    /// First day away, ISO.
    pub since: String,
    /// Day of return, or empty.
    pub until: String,
    /// 流入地
    pub region: String,
    /// 具体地点或单位
    pub place: String,
    /// Place or employer stay the same (地点相对固定).
    pub fixed: bool,
    /// 联系人: who of the branch keeps contact.
    pub person: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Mobile {
    /// Reads a stay; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == MOBILE).then(|| Self {
            member: record.str("ref").to_owned(),
            since: record.str("date").to_owned(),
            until: record.str("until").to_owned(),
            region: record.str("region").to_owned(),
            place: record.str("place").to_owned(),
            fixed: record.flag("fixed"),
            person: record.str("person").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    fn texts(&self) -> [(&'static str, &str); 7] {
        [
            ("ref", &self.member),
            ("date", &self.since),
            ("until", &self.until),
            ("region", &self.region),
            ("place", &self.place),
            ("person", &self.person),
            ("recorded_on", &self.recorded_on),
        ]
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        made(id, MOBILE, self.texts(), [("fixed", Value::Bool(self.fixed))])
    }

    /// Steps that change only what differs from `before`; the day of entry stays.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let set = |field: &str, value: Value| RecordOp::Set { id, field: field.to_owned(), value };
        let pairs = self.texts().into_iter().zip(before.texts());
        let differ = pairs.filter(|((field, new), (_, old))| *field != "recorded_on" && new != old);
        let mut ops: Vec<RecordOp> = differ.map(|((field, new), _)| set(field, new.into())).collect();
        ops.extend((self.fixed != before.fixed).then(|| set("fixed", Value::Bool(self.fixed))));
        ops
    }
}

/// There was contact on a day; only ever added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The stay.
    pub stay: String,
    /// ISO date.
    pub on: String,
    /// How, and what was agreed.
    pub note: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Contact {
    /// Reads a contact; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == CONTACT).then(|| Self {
            stay: record.str("ref").to_owned(),
            on: record.str("date").to_owned(),
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts =
            [("ref", self.stay.as_str()), ("date", &self.on), ("note", &self.note), ("recorded_on", &self.recorded_on)];
        made(id, CONTACT, texts, None)
    }
}

/// What the rules say of a stay on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Away this long at a fixed place: the membership should be transferred.
    pub transfer: bool,
    /// No contact this long: a matter for the branch meeting.
    pub lost: bool,
    /// Day of the last contact, or of leaving while there was none.
    pub last: Date,
}

/// Asks the rules about a stay that has not ended. None: it has, or its days do not read.
pub fn verdict(rules: &MobileRules, stay: &Mobile, contacts: &[Contact], today: Date) -> Option<Verdict> {
    let since: Date = stay.since.parse().ok()?;
    if !stay.until.is_empty() {
        return None;
    }
    let days = contacts.iter().filter_map(|contact| contact.on.parse::<Date>().ok());
    let last = days.filter(|day| *day <= today).chain([since]).max()?;
    let passed = |from: Date, months: u32| {
        from.checked_add(Span::new().months(i64::from(months))).is_ok_and(|limit| limit <= today)
    };
    Some(Verdict {
        transfer: stay.fixed && passed(since, rules.transfer_months),
        lost: passed(last, rules.lost_months),
        last,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const RULES: MobileRules = MobileRules { transfer_months: 6, lost_months: 6 };

    #[test]
    fn both_limits_are_met_on_the_day_itself_and_not_before() {
        let stay = Mobile { since: "2025-08-31".to_owned(), fixed: true, ..Mobile::default() };
        let at = |stay: &Mobile, contacts: &[Contact], day| verdict(&RULES, stay, contacts, day).unwrap();
        // Six months after the 31st of August is the last day of February.
        let before = at(&stay, &[], date(2026, 2, 27));
        assert!(!before.transfer && !before.lost);
        let reached = at(&stay, &[], date(2026, 2, 28));
        assert!(reached.transfer && reached.lost && reached.last == date(2025, 8, 31));
        let heard = Contact { on: "2025-12-01".to_owned(), ..Contact::default() };
        let reached = at(&stay, std::slice::from_ref(&heard), date(2026, 2, 28));
        assert!(reached.transfer && !reached.lost && reached.last == date(2025, 12, 1));
        let moving = Mobile { fixed: false, ..stay.clone() };
        assert!(!at(&moving, &[heard], date(2026, 3, 20)).transfer);
        let back = Mobile { until: "2026-01-01".to_owned(), ..stay };
        assert_eq!(verdict(&RULES, &back, &[], date(2026, 3, 20)), None);
    }
}
