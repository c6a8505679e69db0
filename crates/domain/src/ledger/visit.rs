//! 圆桌夜谈 and visits. In `up/visits`: visits by their own ids, concerns as handed in, follow-up. In `own/private`: which
//! household or member a visit was to, concerns not yet handed in, private notes (sealed). In `own/households`: identities
//! (sealed). An evening is one round table and the visits that name it in `ref`.

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// A visit, in `up/visits`.
pub const VISIT: &str = "visit";
/// A concern as handed in, in `up/visits`.
pub const CONCERN: &str = "concern";
/// A step of follow-up, in the book of what it is about.
pub const STEP: &str = "step";
/// Link from a visit to its household, in `own/private`.
pub const VISIT_LINK: &str = "visit_link";
/// A concern kept here with its private note, in `own/private`, sealed.
pub const KEPT_CONCERN: &str = "kept_concern";
/// A household, in `own/households`, sealed.
pub const HOUSEHOLD: &str = "household";
/// A member's income base, in `own/households`, sealed.
pub const INCOME_BASE: &str = "income_base";
/// The field of every sealed record.
pub const SEALED: &str = "sealed";

/// Kind of a visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    /// 夜谈
    #[default]
    RoundTable,
    /// 入户
    Household,
    /// 慰问
    Consolation,
}

impl VisitKind {
    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RoundTable => "round_table",
            Self::Household => "household",
            Self::Consolation => "consolation",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::RoundTable, Self::Household, Self::Consolation].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A visit: nothing in it names a resident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// ISO date.
    pub date: String,
    /// Kind.
    pub kind: VisitKind,
    /// Cadres, by name, in the order of their names.
    pub participants: Vec<String>,
    /// 情况 chips.
    pub situation: Vec<String>,
    /// 情况, one line.
    pub situation_text: String,
    /// 地点
    pub place: String,
    /// 主题
    pub theme: String,
    /// Minutes.
    pub minutes: Option<u32>,
    /// 公共场所
    pub public_place: bool,
    /// The round table of the same evening that this visit belongs to.
    pub table: String,
    /// Start, `19:30`.
    pub start: String,
    /// 记录人
    pub recorder: String,
    /// 慰问: at which occasion, a code of the rules such as `spring_festival`.
    pub occasion: String,
    /// 慰问: whom, `household`, `member_difficulty` or `old_member`; never a name.
    pub whom: String,
    /// 外单位: the unit outside this line whose cadres came.
    pub unit: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Visit {
    /// Reads a visit; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let marked = |prefix: &str| -> Vec<String> {
            record
                .below(prefix)
                .filter(|(_, field)| field.shown() == Some(&Value::Bool(true)))
                .map(|(key, _)| key.to_owned())
                .collect()
        };
        (record.rtype == VISIT).then(|| Self {
            date: record.str("date").to_owned(),
            kind: VisitKind::from_word(record.str("kind")).unwrap_or_default(),
            participants: marked("with/"),
            situation: marked("situation/"),
            situation_text: record.str("text").to_owned(),
            place: record.str("place").to_owned(),
            theme: record.str("theme").to_owned(),
            minutes: record.int("minutes").and_then(|minutes| u32::try_from(minutes).ok()),
            public_place: record.flag("public_place"),
            table: record.str("ref").to_owned(),
            start: record.str("start").to_owned(),
            recorder: record.str("recorder").to_owned(),
            occasion: record.str("occasion").to_owned(),
            whom: record.str("whom").to_owned(),
            unit: record.str("unit").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields: Vec<(String, Value)> = vec![
            ("date".to_owned(), self.date.as_str().into()),
            ("kind".to_owned(), self.kind.as_str().into()),
            ("text".to_owned(), self.situation_text.as_str().into()),
            ("place".to_owned(), self.place.as_str().into()),
            ("theme".to_owned(), self.theme.as_str().into()),
            ("ref".to_owned(), self.table.as_str().into()),
            ("start".to_owned(), self.start.as_str().into()),
            ("recorder".to_owned(), self.recorder.as_str().into()),
            ("occasion".to_owned(), self.occasion.as_str().into()),
            ("whom".to_owned(), self.whom.as_str().into()),
            ("unit".to_owned(), self.unit.as_str().into()),
        ];
        fields.extend(self.minutes.map(|minutes| ("minutes".to_owned(), Value::Int(minutes.into()))));
        if self.public_place {
            fields.push(("public_place".to_owned(), Value::Bool(true)));
        }
        fields.extend(self.participants.iter().map(|name| (format!("with/{name}"), Value::Bool(true))));
        fields.extend(self.situation.iter().map(|chip| (format!("situation/{chip}"), Value::Bool(true))));
        fields
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.retain(|(_, value)| *value != Value::Str(String::new()));
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: VISIT.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let (old, new) = (before.fields(), self.fields());
        let mut ops: Vec<RecordOp> = new
            .iter()
            .filter(|field| !old.contains(field))
            .map(|(field, value)| RecordOp::Set { id, field: field.clone(), value: value.clone() })
            .collect();
        for (field, value) in old {
            if !new.iter().any(|(name, _)| *name == field) {
                // Marks are taken back by writing, so that a concurrent edit is seen as a conflict and not lost.
                ops.push(match value {
                    Value::Bool(true) => RecordOp::Set { id, field, value: Value::Bool(false) },
                    _ => RecordOp::Clear { id, field },
                });
            }
        }
        ops
    }
}

/// What a household is called and where it lives; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdIdentity {
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// 电话
    pub phone: String,
    /// 备注
    pub note: String,
}

/// A concern as kept in the village; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptConcern {
    /// 类别
    pub category: String,
    /// 上报内容, until it is handed in and ever after as typed.
    pub text: String,
    /// 私密备注
    pub private_note: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天, ISO.
    pub deadline: String,
    /// 归口单位: the owner of the matter, where it is another unit.
    #[serde(default)]
    pub unit: String,
}

/// A concern as handed in (上报): the text was previewed and chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concern {
    /// The visit.
    pub visit: String,
    /// Date of the visit.
    pub date: String,
    /// 类别
    pub category: String,
    /// 上报内容
    pub text: String,
    /// 下一步
    pub next_step: String,
    /// 谁
    pub owner: String,
    /// 哪天, ISO.
    pub deadline: String,
    /// 归口单位: the owner of the matter, where it is another unit.
    pub unit: String,
    /// A person let a private match through.
    pub kept_match: bool,
    /// Day of hand-in.
    pub recorded_on: String,
}

impl Concern {
    /// Reads a concern; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == CONCERN).then(|| Self {
            visit: record.str("ref").to_owned(),
            date: record.str("date").to_owned(),
            category: record.str("kind").to_owned(),
            text: record.str("text").to_owned(),
            next_step: record.str("next_step").to_owned(),
            owner: record.str("owner").to_owned(),
            deadline: record.str("deadline").to_owned(),
            unit: record.str("unit").to_owned(),
            kept_match: record.flag("kept_match"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that hands it in.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields: Vec<(String, Value)> = [
            ("ref", &self.visit),
            ("date", &self.date),
            ("kind", &self.category),
            ("text", &self.text),
            ("next_step", &self.next_step),
            ("owner", &self.owner),
            ("deadline", &self.deadline),
            ("unit", &self.unit),
            ("recorded_on", &self.recorded_on),
        ]
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| (name.to_owned(), word.as_str().into()))
        .collect();
        if self.kept_match {
            fields.push(("kept_match".to_owned(), Value::Bool(true)));
        }
        RecordOp::Create { id, rtype: CONCERN.to_owned(), fields }
    }
}

/// A step of follow-up on a concern or checklist item; only ever added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Record it is about.
    pub about: String,
    /// ISO date.
    pub on: String,
    /// What was done.
    pub note: String,
    /// State from here on: `in_progress`, `done` or `closed`.
    pub state: String,
    /// 责任人, where the step names one.
    pub person: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Step {
    /// Reads a step; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == STEP).then(|| Self {
            about: record.str("ref").to_owned(),
            on: record.str("date").to_owned(),
            note: record.str("note").to_owned(),
            state: record.str("state").to_owned(),
            person: record.str("person").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let fields = [
            ("ref", &self.about),
            ("date", &self.on),
            ("note", &self.note),
            ("state", &self.state),
            ("person", &self.person),
            ("recorded_on", &self.recorded_on),
        ]
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| (name.to_owned(), word.as_str().into()))
        .collect();
        RecordOp::Create { id, rtype: STEP.to_owned(), fields }
    }
}

/// The step that counts: the latest by date, then day of entry, then record id, so that every device agrees.
pub fn latest<'a>(steps: impl IntoIterator<Item = &'a (RecordId, Step)>) -> Option<&'a Step> {
    steps.into_iter().max_by_key(|(id, step)| (&step.on, &step.recorded_on, *id)).map(|(_, step)| step)
}
