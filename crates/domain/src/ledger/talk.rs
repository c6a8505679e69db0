//! 五必谈 and other talks. In `up/meetings`: that a talk took place, with its date and trigger. In `own/private`: with whom and
//! about what, sealed.

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView};
use crate::ids::RecordId;

/// That a talk took place, in `up/meetings`.
pub const TALK: &str = "talk";
/// With whom and about what, in `own/private`, sealed.
pub const TALK_NOTE: &str = "talk_note";

/// Why people talk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// 困难
    Difficulty,
    /// 矛盾
    Conflict,
    /// 失误
    Mistake,
    /// 问题
    Problem,
    /// 升迁
    Promotion,
    /// 新任职
    NewPost,
    /// 岗位变动
    ChangeOfPost,
    /// 日常谈心谈话
    #[default]
    Ordinary,
}

impl Trigger {
    /// All, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Difficulty,
        Self::Conflict,
        Self::Mistake,
        Self::Problem,
        Self::Promotion,
        Self::NewPost,
        Self::ChangeOfPost,
        Self::Ordinary,
    ];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Difficulty => "difficulty",
            Self::Conflict => "conflict",
            Self::Mistake => "mistake",
            Self::Problem => "problem",
            Self::Promotion => "promotion",
            Self::NewPost => "new_post",
            Self::ChangeOfPost => "change_of_post",
            Self::Ordinary => "ordinary",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trigger| trigger.as_str() == word)
    }

    /// About somebody's post: whoever takes one is talked to.
    pub fn is_about_post(self) -> bool {
        matches!(self, Self::Promotion | Self::NewPost | Self::ChangeOfPost)
    }
}

/// That a talk took place: nothing tells with whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Talk {
    /// ISO date.
    pub date: String,
    /// Trigger.
    pub trigger: Trigger,
    /// Day of entry.
    pub recorded_on: String,
}

impl Talk {
    /// Reads a talk; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == TALK).then(|| Self {
            date: record.str("date").to_owned(),
            trigger: Trigger::from_word(record.str("kind")).unwrap_or_default(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let fields = vec![
            ("date".to_owned(), self.date.as_str().into()),
            ("kind".to_owned(), self.trigger.as_str().into()),
            ("recorded_on".to_owned(), self.recorded_on.as_str().into()),
        ];
        RecordOp::Create { id, rtype: TALK.to_owned(), fields }
    }
}

/// With whom and about what; sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TalkNote {
    /// A member's record id; empty: no member.
    pub member: String,
    /// A household's record id; empty: no household.
    pub household: String,
    /// Whom, by name, where it is neither.
    pub name: String,
    /// 谈话人
    pub by: String,
    /// 地点
    pub place: String,
    /// 内容
    pub text: String,
    /// 后续
    pub follow_up: String,
}
