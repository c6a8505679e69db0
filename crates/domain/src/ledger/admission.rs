//! 发展党员: an applicant (`up/tasks`), the branch's steps (`up/tasks`) and the committee's decisions (`down/dispatch`).
//! What is due when follows from rule data; nothing is recorded or decided by itself.

mod course;

pub use course::{Stage, StageState, course, timing};

use super::made;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// Somebody who applied, in `up/tasks`.
pub const APPLICANT: &str = "applicant";
/// A step of the branch, in `up/tasks`.
pub const ADMISSION_STEP: &str = "admission_step";
/// A decision of the committee, in `down/dispatch`.
pub const ADMISSION_DECISION: &str = "admission_decision";

/// Somebody who applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applicant {
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// `1990-05`, or empty.
    pub birth_month: String,
    /// Day of the application, ISO.
    pub applied: String,
    /// 党小组, or empty.
    pub group: String,
    /// 培养联系人 or 入党介绍人, or empty.
    pub person: String,
    /// The member's record once entered on the roster.
    pub member: String,
    /// Why the flow ended without admission; empty: it goes on.
    pub closed: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Applicant {
    /// Reads an applicant; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == APPLICANT).then(|| Self {
            name: record.str("name").to_owned(),
            sex: record.int("sex").and_then(|sex| u8::try_from(sex).ok()),
            birth_month: record.str("birth_month").to_owned(),
            applied: record.str("date").to_owned(),
            group: record.str("group").to_owned(),
            person: record.str("person").to_owned(),
            member: record.str("member").to_owned(),
            closed: record.str("closed_reason").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    fn texts(&self) -> [(&'static str, &str); 8] {
        [
            ("name", &self.name),
            ("birth_month", &self.birth_month),
            ("date", &self.applied),
            ("group", &self.group),
            ("person", &self.person),
            ("member", &self.member),
            ("closed_reason", &self.closed),
            ("recorded_on", &self.recorded_on),
        ]
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        made(id, APPLICANT, self.texts(), self.sex.map(|sex| ("sex", Value::Int(sex.into()))))
    }

    /// Steps that change only what differs from `before`; the day of entry stays.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let set = |field: &str, value: Value| RecordOp::Set { id, field: field.to_owned(), value };
        let pairs = self.texts().into_iter().zip(before.texts());
        let differ = pairs.filter(|((field, new), (_, old))| *field != "recorded_on" && new != old);
        let mut ops: Vec<RecordOp> = differ.map(|((field, new), _)| set(field, new.into())).collect();
        if let Some(sex) = self.sex.filter(|_| self.sex != before.sex) {
            ops.push(set("sex", Value::Int(sex.into())));
        }
        ops
    }
}

/// Counts of a vote: never who voted how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Votes {
    /// 应到会有表决权
    pub due: u32,
    /// 实到会有表决权
    pub present: u32,
    /// 会前书面意见: they count as votes and not as attendance.
    pub written: u32,
    /// 赞成, written opinions included.
    pub in_favour: u32,
}

impl Votes {
    /// Attendance exceeds half of those due.
    pub fn open(self) -> bool {
        u64::from(self.present) * 2 > u64::from(self.due)
    }

    /// Open, and more than half of those due are in favour.
    pub fn passed(self) -> bool {
        self.open() && u64::from(self.in_favour) * 2 > u64::from(self.due)
    }

    /// Nobody counts twice, and nobody who is not due.
    pub fn sound(self) -> bool {
        let cast = u64::from(self.present) + u64::from(self.written);
        self.due > 0 && cast <= u64::from(self.due) && u64::from(self.in_favour) <= cast
    }
}

/// A step of the branch; only ever added. One that was entered by mistake is marked void and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdmissionStep {
    /// The applicant.
    pub applicant: String,
    /// Code of the step, as in the rule data.
    pub code: String,
    /// ISO date.
    pub on: String,
    /// Who talked, introduced or recommended, or empty.
    pub person: String,
    /// Remark, or empty.
    pub note: String,
    /// Why it was taken outside its time, or empty.
    pub reason: String,
    /// Training: days.
    pub days: Option<u32>,
    /// Training: tenths of an hour. Extension: months.
    pub amount: Option<u32>,
    /// The session of a vote, or empty.
    pub session: String,
    /// Counts of a vote.
    pub votes: Option<Votes>,
    /// Entered by mistake.
    pub void: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl AdmissionStep {
    /// Reads a step; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let number = |field: &str| record.int(field).and_then(|number| u32::try_from(number).ok());
        (record.rtype == ADMISSION_STEP).then(|| Self {
            applicant: record.str("ref").to_owned(),
            code: record.str("kind").to_owned(),
            on: record.str("date").to_owned(),
            person: record.str("person").to_owned(),
            note: record.str("note").to_owned(),
            reason: record.str("reason").to_owned(),
            days: number("days"),
            amount: number("hours"),
            session: record.str("session").to_owned(),
            votes: number("votes_due").map(|due| Votes {
                due,
                present: number("votes_present").unwrap_or_default(),
                written: number("votes_written").unwrap_or_default(),
                in_favour: number("votes_for").unwrap_or_default(),
            }),
            void: record.flag("void"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts = [
            ("ref", self.applicant.as_str()),
            ("kind", &self.code),
            ("date", &self.on),
            ("person", &self.person),
            ("note", &self.note),
            ("reason", &self.reason),
            ("session", &self.session),
            ("recorded_on", &self.recorded_on),
        ];
        let votes = self.votes.map(|votes| {
            [
                ("votes_due", votes.due),
                ("votes_present", votes.present),
                ("votes_written", votes.written),
                ("votes_for", votes.in_favour),
            ]
        });
        let numbers = [("days", self.days), ("hours", self.amount)];
        let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name, number?)));
        let numbers =
            numbers.chain(votes.into_iter().flatten()).map(|(name, number)| (name, Value::Int(number.into())));
        made(id, ADMISSION_STEP, texts, numbers.chain(self.void.then_some(("void", Value::Bool(true)))))
    }
}

/// A decision of the committee on what a branch asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// The applicant.
    pub applicant: String,
    /// The step that asked.
    pub step: String,
    /// Code of the stage, as in the rule data.
    pub code: String,
    /// ISO date.
    pub on: String,
    /// 通过
    pub passed: bool,
    /// Comment; a refusal has one.
    pub note: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Decision {
    /// Reads a decision; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == ADMISSION_DECISION).then(|| Self {
            applicant: record.str("ref").to_owned(),
            step: record.str("step").to_owned(),
            code: record.str("kind").to_owned(),
            on: record.str("date").to_owned(),
            passed: record.str("state") == "passed",
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts = [
            ("ref", self.applicant.as_str()),
            ("step", &self.step),
            ("kind", &self.code),
            ("date", &self.on),
            ("state", if self.passed { "passed" } else { "refused" }),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ];
        made(id, ADMISSION_DECISION, texts, None)
    }
}
