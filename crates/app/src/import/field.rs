//! Fields that a column can be mapped to.

use crate::dto::import::ImportKind;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// A field of a row. Its code stands in [`crate::dto::import::ImportField::code`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Field {
            $($(#[$doc])* $variant,)*
            /// Dues paid for a month of the sheet's year, 1–12.
            Month(u8),
            /// Date on which a month's dues were paid.
            MonthOn(u8),
            /// Dues paid for a quarter of the sheet's year, 1–4.
            Quarter(u8),
            /// Date on which a quarter's dues were paid.
            QuarterOn(u8),
        }

        impl Field {
            fn plain_code(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($code),)*
                    Self::Month(_) | Self::MonthOn(_) | Self::Quarter(_) | Self::QuarterOn(_) => None,
                }
            }

            fn of_plain_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

fields! {
    /// 姓名
    Name = "name",
    /// 性别
    Sex = "sex",
    /// 出生年月
    BirthMonth = "birth_month",
    /// 类别: full or probationary.
    Kind = "kind",
    /// 入党时间
    Joined = "joined",
    /// 党小组
    Group = "group",
    /// 党内职务
    Posts = "posts",
    /// 公民身份号码
    IdNumber = "id_number",
    /// 缴费类别
    Class = "class",
    /// 党费基数
    Base = "base",
    /// 月应缴
    Monthly = "monthly",
    /// Date of payment for the whole row.
    PaidOn = "paid_on",
    /// 代缴人
    HandedBy = "handed_by",
    /// 会议类型
    Kinds = "kinds",
    /// 时间
    Date = "date",
    /// Time of day.
    Start = "start",
    /// 地点
    Place = "place",
    /// 主持人
    Chair = "chair",
    /// 记录人
    Recorder = "recorder",
    /// 议题
    Topic = "topic",
    /// 会议内容
    Minutes = "minutes",
    /// 决议
    Resolution = "resolution",
    /// 应到: compared with the marks.
    DueCount = "due_count",
    /// 实到: compared with the marks.
    PresentCount = "present_count",
    /// Names of those present.
    Present = "present",
    /// 缺席及原因
    Absent = "absent",
    /// 请假及原因
    Excused = "excused",
    /// 列席
    NonVoting = "non_voting",
    /// 学时
    Hours = "hours",
    /// One member's column of a roll call; the title is the name.
    Attendee = "attendee",
    /// One session's column of a roll call; the title is date and kind.
    Session = "session",
    /// 走访类型
    VisitKind = "visit_kind",
    /// 户主
    Household = "household",
    /// 门牌
    Door = "door",
    /// 电话
    Phone = "phone",
    /// 走访人
    Visitors = "visitors",
    /// 情况
    Situation = "situation",
    /// 困难
    Difficulty = "difficulty",
    /// 诉求
    Request = "request",
    /// 诉求类别
    Category = "category",
    /// 责任人
    Owner = "owner",
    /// 时限
    Deadline = "deadline",
    /// 下一步
    NextStep = "next_step",
    /// 后续
    FollowUp = "follow_up",
    /// 主题
    Theme = "theme",
    /// Minutes that it took.
    Duration = "duration",
}

impl Field {
    /// The stable code, such as `birth_month`, `month_03` or `quarter_1`.
    #[must_use]
    pub(crate) fn code(self) -> String {
        match self {
            Self::Month(month) => format!("month_{month:02}"),
            Self::MonthOn(month) => format!("month_{month:02}_on"),
            Self::Quarter(quarter) => format!("quarter_{quarter}"),
            Self::QuarterOn(quarter) => format!("quarter_{quarter}_on"),
            other => other.plain_code().unwrap_or_default().to_owned(),
        }
    }

    /// The field of a code.
    #[must_use]
    pub(crate) fn parse(code: &str) -> Option<Self> {
        let number = |rest: &str, last: u8| {
            let (digits, on) = rest.strip_suffix("_on").map_or((rest, false), |digits| (digits, true));
            let number = digits.parse::<u8>().ok().filter(|number| (1..=last).contains(number))?;
            Some((number, on))
        };
        if let Some(rest) = code.strip_prefix("month_") {
            return number(rest, 12).map(|(month, on)| if on { Self::MonthOn(month) } else { Self::Month(month) });
        }
        if let Some(rest) = code.strip_prefix("quarter_") {
            return number(rest, 4).map(|(of, on)| if on { Self::QuarterOn(of) } else { Self::Quarter(of) });
        }
        Self::of_plain_code(code)
    }

    /// Whether several columns may take the field.
    #[must_use]
    pub(crate) fn repeats(self) -> bool {
        matches!(self, Self::Attendee | Self::Session)
    }
}

/// The fields that a kind can take, and whether each must be mapped.
///
/// A roll call of members × sessions needs `name` and `session` instead of `date`; see [`required`].
#[must_use]
pub(crate) fn fields_of(kind: ImportKind) -> Vec<Field> {
    use Field as F;
    match kind {
        ImportKind::Roster => {
            vec![F::Name, F::Sex, F::BirthMonth, F::Kind, F::Joined, F::Group, F::Posts, F::IdNumber, F::Phone]
        }
        ImportKind::Dues => {
            let mut fields = vec![F::Name, F::Group, F::Class, F::Base, F::Monthly];
            fields.extend((1..=12).map(F::Month));
            fields.extend((1..=12).map(F::MonthOn));
            fields.extend((1..=4).map(F::Quarter));
            fields.extend((1..=4).map(F::QuarterOn));
            fields.extend([F::PaidOn, F::HandedBy]);
            fields
        }
        ImportKind::Meetings => vec![
            F::Date,
            F::Start,
            F::Kinds,
            F::Place,
            F::Chair,
            F::Recorder,
            F::Topic,
            F::Minutes,
            F::Resolution,
            F::Group,
            F::Hours,
            F::DueCount,
            F::PresentCount,
            F::Present,
            F::Absent,
            F::Excused,
            F::NonVoting,
            F::Attendee,
            F::Name,
            F::Session,
        ],
        ImportKind::Visits => vec![
            F::Date,
            F::VisitKind,
            F::Household,
            F::Door,
            F::Phone,
            F::Place,
            F::Theme,
            F::Visitors,
            F::Recorder,
            F::Situation,
            F::Difficulty,
            F::Request,
            F::Category,
            F::NextStep,
            F::Owner,
            F::Deadline,
            F::FollowUp,
            F::Duration,
        ],
    }
}

/// The fields without which no row of the sheet can be read.
#[must_use]
pub(crate) fn required(kind: ImportKind, mapped: &[Field]) -> Vec<Field> {
    match kind {
        ImportKind::Roster | ImportKind::Dues => vec![Field::Name],
        ImportKind::Meetings if mapped.contains(&Field::Session) => vec![Field::Name, Field::Session],
        ImportKind::Meetings | ImportKind::Visits => vec![Field::Date],
    }
}
