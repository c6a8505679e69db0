//! 三会一课: sessions with who was due, attendance, the quorum light. In `up/meetings`.

mod roll;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::book::{FieldView, RecordView, Value};
use crate::ids::RecordId;
use crate::ledger::appraisal::{self, Appraised};
use crate::ledger::member::Member;
use crate::rules::Rules;

pub use roll::RollDiff;

/// Record type.
pub const SESSION: &str = "session";

/// Kind of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// 支部党员大会
    MembersMeeting,
    /// 支委会
    CommitteeMeeting,
    /// 党小组会
    GroupMeeting,
    /// 党课
    Lesson,
    /// 主题党日
    ThemeDay,
    /// 组织生活会
    OrganizationLife,
    /// 民主评议
    Appraisal,
    /// 学习日
    StudyDay,
}

impl SessionKind {
    /// All kinds, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::MembersMeeting,
        Self::CommitteeMeeting,
        Self::GroupMeeting,
        Self::Lesson,
        Self::ThemeDay,
        Self::OrganizationLife,
        Self::Appraisal,
        Self::StudyDay,
    ];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MembersMeeting => "members_meeting",
            Self::CommitteeMeeting => "committee_meeting",
            Self::GroupMeeting => "group_meeting",
            Self::Lesson => "lesson",
            Self::ThemeDay => "theme_day",
            Self::OrganizationLife => "organization_life",
            Self::Appraisal => "appraisal",
            Self::StudyDay => "study_day",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether a member is due at a session of this kind (`group`: the session's group).
    pub fn due(self, member: &Member, group: &str) -> bool {
        match self {
            Self::CommitteeMeeting => member.on_committee(),
            Self::GroupMeeting => member.group == group,
            _ => true,
        }
    }

    /// Takes votes, so that the quorum light is shown.
    pub fn votes(self) -> bool {
        matches!(self, Self::MembersMeeting | Self::CommitteeMeeting)
    }
}

/// Attendance of one person. Never present by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 未确认
    #[default]
    Unconfirmed,
    /// 到
    Present,
    /// 假
    Excused,
    /// 缺
    Absent,
    /// 列席
    NonVoting,
}

impl Mark {
    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Present => "present",
            Self::Excused => "excused",
            Self::Absent => "absent",
            Self::NonVoting => "non_voting",
        }
    }

    fn from_word(word: &str) -> Self {
        [Self::Present, Self::Excused, Self::Absent, Self::NonVoting]
            .into_iter()
            .find(|mark| mark.as_str() == word)
            .unwrap_or_default()
    }
}

/// One person of the roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollEntry {
    /// Was due when the session was made.
    pub due: bool,
    /// Had a vote then.
    pub votes: bool,
    /// Attendance; 未确认 while devices disagree.
    pub mark: Mark,
    /// 请假事由
    pub reason: String,
    /// Devices marked differently.
    pub conflict: bool,
}

/// A session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// Kinds; a combined session counts for each.
    pub kinds: Vec<SessionKind>,
    /// ISO date.
    pub date: String,
    /// `19:30`
    pub start: String,
    /// 地点
    pub place: String,
    /// 主持人
    pub chair: String,
    /// 记录人
    pub recorder: String,
    /// 议题
    pub topic: String,
    /// 党小组
    pub group: String,
    /// 记录
    pub minutes: String,
    /// 决议
    pub resolution: String,
    /// 学时 in tenths of an hour.
    pub hours: Option<u32>,
    /// 结束点名
    pub closed: bool,
    /// Day of entry.
    pub recorded_on: String,
    /// Roll by member.
    pub roll: BTreeMap<RecordId, RollEntry>,
    /// 谈心谈话: how many there were before an organization-life meeting.
    pub talks: Option<u32>,
    /// 查摆的问题
    pub problems: String,
    /// 整改措施
    pub measures: String,
    /// Entered twice: the session that stays. It may itself say the same, see [`super::twice::merged_away`].
    pub merged_into: Option<RecordId>,
    /// Sessions of which a person said that they are not this one.
    pub apart: BTreeSet<RecordId>,
    /// 民主评议: grade and standing by member.
    pub appraisal: BTreeMap<RecordId, Appraised>,
    /// 列席 of people who are not on the roster: their names.
    pub beside: BTreeSet<String>,
    /// What the roll was made for ([`Session::roll_word`]), once kinds, day or group were changed after that; else empty.
    pub roll_of: String,
}

/// Numbers of a roll.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RollCount {
    /// 应到
    pub due: u32,
    /// 实到 (of those due)
    pub present: u32,
    /// 请假
    pub excused: u32,
    /// 缺席
    pub absent: u32,
    /// 未确认
    pub unconfirmed: u32,
    /// 有表决权 of those due
    pub voters_due: u32,
    /// Of them present
    pub voters_present: u32,
    /// 列席: members who are not due, and people who are not on the roster.
    pub beside: u32,
}

impl Session {
    /// Reads a session; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != SESSION {
            return None;
        }
        let mut roll: BTreeMap<RecordId, RollEntry> = BTreeMap::new();
        for (member, field) in record.below("due/") {
            if let Ok(id) = member.parse() {
                let entry = roll.entry(id).or_default();
                entry.due = field.shown().is_some();
                entry.votes = field.shown().and_then(Value::as_str) == Some("votes");
            }
        }
        for (member, field) in record.below("mark/") {
            if let Ok(id) = member.parse() {
                let entry = roll.entry(id).or_default();
                entry.conflict = field.conflicted();
                entry.mark = mark_of(field);
            }
        }
        for (member, field) in record.below("reason/") {
            if let Ok(id) = member.parse()
                && let Some(entry) = roll.get_mut(&id)
            {
                entry.reason = field.shown().and_then(Value::as_str).unwrap_or_default().to_owned();
            }
        }
        Some(Self {
            kinds: SessionKind::ALL
                .into_iter()
                .filter(|kind| record.flag(&format!("kind/{}", kind.as_str())))
                .collect(),
            date: record.str("date").to_owned(),
            start: record.str("start").to_owned(),
            place: record.str("place").to_owned(),
            chair: record.str("chair").to_owned(),
            recorder: record.str("recorder").to_owned(),
            topic: record.str("title").to_owned(),
            group: record.str("group").to_owned(),
            minutes: record.str("minutes").to_owned(),
            resolution: record.str("resolution").to_owned(),
            hours: record.int("hours").and_then(|hours| u32::try_from(hours).ok()),
            closed: record.flag("closed"),
            recorded_on: record.str("recorded_on").to_owned(),
            roll,
            talks: super::count(record, "talks"),
            problems: record.str("problems").to_owned(),
            measures: record.str("measures").to_owned(),
            merged_into: record.str("merged_into").parse().ok(),
            apart: super::flags(record, "apart/"),
            appraisal: appraisal::read(record),
            beside: record
                .below("beside/")
                .filter(|(_, field)| field.shown() == Some(&Value::Bool(true)))
                .map(|(name, _)| name.to_owned())
                .collect(),
            roll_of: record.str("roll_of").to_owned(),
        })
    }

    /// Who of those due was there.
    pub fn present(&self) -> BTreeSet<RecordId> {
        let here = |entry: &RollEntry| entry.due && entry.mark == Mark::Present;
        self.roll.iter().filter(|(_, entry)| here(entry)).map(|(id, _)| *id).collect()
    }

    /// First fields of a new record; `due` are the members due, each with whether it votes.
    pub fn fields(&self, due: &[(RecordId, bool)]) -> Vec<(String, Value)> {
        let mut fields: Vec<(String, Value)> = vec![
            ("date".to_owned(), self.date.as_str().into()),
            ("recorded_on".to_owned(), self.recorded_on.as_str().into()),
            ("minutes".to_owned(), Value::Text(self.minutes.clone())),
            ("resolution".to_owned(), Value::Text(self.resolution.clone())),
        ];
        fields.extend(self.kinds.iter().map(|kind| (format!("kind/{}", kind.as_str()), Value::Bool(true))));
        let words = [
            ("start", &self.start),
            ("place", &self.place),
            ("chair", &self.chair),
            ("recorder", &self.recorder),
            ("title", &self.topic),
            ("group", &self.group),
            ("problems", &self.problems),
            ("measures", &self.measures),
        ];
        fields.extend(
            words
                .into_iter()
                .filter(|(_, word)| !word.is_empty())
                .map(|(name, word)| (name.to_owned(), word.as_str().into())),
        );
        fields.extend(self.hours.map(|hours| ("hours".to_owned(), Value::Int(hours.into()))));
        fields.extend(self.talks.map(|talks| ("talks".to_owned(), Value::Int(talks.into()))));
        fields.extend(due.iter().map(|(member, votes)| (format!("due/{member}"), roll::due_word(*votes))));
        fields
    }
}

fn mark_of(field: &FieldView) -> Mark {
    // Devices that disagree: 未确认 until a person settles it.
    if field.conflicted() {
        return Mark::Unconfirmed;
    }
    Mark::from_word(field.shown().and_then(Value::as_str).unwrap_or_default())
}

/// 法定人数灯
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Opens, and a vote can pass.
    Green,
    /// Opens, but even all votes of those here cannot pass.
    Yellow,
    /// Too few people.
    Red,
}

/// What the light shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// Colour.
    pub light: Light,
    /// Voters that must be here.
    pub needed_to_open: u32,
    /// Votes in favour that are needed: more than half of those due with a vote.
    pub needed_to_pass: u32,
}

/// The ordinary vote (《支部工作条例》第十一条): 半数以上 of those due with a vote open, more than half of them pass.
pub fn quorum(rules: &Rules, voters_due: u32, voters_present: u32) -> Quorum {
    let needed_to_pass = voters_due / 2 + 1;
    let needed_to_open = if rules.vote.half_opens { voters_due.div_ceil(2) } else { needed_to_pass };
    let light = if voters_due == 0 || voters_present < needed_to_open {
        Light::Red
    } else if voters_present < needed_to_pass {
        Light::Yellow
    } else {
        Light::Green
    };
    Quorum { light, needed_to_open, needed_to_pass }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quorum_light_follows_the_rule() {
        let rules = Rules::builtin().unwrap();
        let light = |present| quorum(&rules, 48, present).light;
        assert_eq!(quorum(&rules, 48, 31), Quorum { light: Light::Green, needed_to_open: 24, needed_to_pass: 25 });
        assert_eq!((light(25), light(24), light(23)), (Light::Green, Light::Yellow, Light::Red));
        assert_eq!(quorum(&rules, 0, 0).light, Light::Red, "nobody due with a vote never opens");
        let mut strict = rules;
        strict.vote.half_opens = false;
        assert_eq!(quorum(&strict, 48, 24).light, Light::Red, "a committee may ask for more than half to open");
    }
}
