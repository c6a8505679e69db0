//! 党籍变动: what happened to a member's place in the branch, each with its day, so that a past roster can be asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::made;
use super::member::{Member, MemberKind, stood_for};
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// Record type, in `up/roster`.
pub const MEMBER_CHANGE: &str = "member_change";

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// 接收为预备党员
    Probationary,
    /// 转正
    Full,
    /// 延长预备期
    Extended,
    /// 取消预备党员资格
    Disqualified,
    /// 转入
    TransferredIn,
    /// 转出
    TransferredOut,
    /// 去世
    Died,
    /// 退党
    Withdrew,
    /// 除名
    Removed,
    /// 开除党籍
    Expelled,
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 10] = [
        Self::Probationary,
        Self::Full,
        Self::Extended,
        Self::Disqualified,
        Self::TransferredIn,
        Self::TransferredOut,
        Self::Died,
        Self::Withdrew,
        Self::Removed,
        Self::Expelled,
    ];

    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Probationary => "probationary",
            Self::Full => "full",
            Self::Extended => "extended",
            Self::Disqualified => "disqualified",
            Self::TransferredIn => "transferred_in",
            Self::TransferredOut => "transferred_out",
            Self::Died => "died",
            Self::Withdrew => "withdrew",
            Self::Removed => "removed",
            Self::Expelled => "expelled",
        }
    }

    /// Reads the word of a book.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == word)
    }

    /// The member belongs to the branch from here on.
    pub fn enters(self) -> bool {
        matches!(self, Self::Probationary | Self::TransferredIn)
    }

    /// The member belongs to it no more.
    pub fn leaves(self) -> bool {
        !self.enters() && !matches!(self, Self::Full | Self::Extended)
    }

    /// The kind before it, where it says so.
    fn before(self) -> Option<MemberKind> {
        matches!(self, Self::Full | Self::Extended | Self::Disqualified).then_some(MemberKind::Probationary)
    }

    /// The kind after it, where it says so.
    fn after(self) -> Option<MemberKind> {
        match self {
            Self::Probationary | Self::Extended | Self::Disqualified => Some(MemberKind::Probationary),
            Self::Full => Some(MemberKind::Full),
            _ => None,
        }
    }
}

/// A dated change. One that was entered by mistake is marked void and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The member's record.
    pub member: String,
    /// ISO date.
    pub on: String,
    /// What happened; none: a newer program wrote it.
    pub event: Option<Event>,
    /// Last day of an extended probation, or empty.
    pub until: String,
    /// Decision, letter or number, or empty.
    pub note: String,
    /// Entered by mistake.
    pub void: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Change {
    /// Reads a change; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == MEMBER_CHANGE).then(|| Self {
            member: record.str("ref").to_owned(),
            on: record.str("date").to_owned(),
            event: Event::from_word(record.str("kind")),
            until: record.str("until").to_owned(),
            note: record.str("note").to_owned(),
            void: record.flag("void"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that records it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts = [
            ("ref", self.member.as_str()),
            ("date", &self.on),
            ("kind", self.event.map_or("", Event::as_str)),
            ("until", &self.until),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ];
        made(id, MEMBER_CHANGE, texts, self.void.then_some(("void", Value::Bool(true))))
    }
}

/// A member's place in the branch on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Belongs to the branch.
    pub belongs: bool,
    /// Kind.
    pub kind: MemberKind,
}

/// What a member was on a day (ISO date), by the changes about that member in whatever order. Before the first change it
/// was what that change says it was; without one, what the roster says.
pub fn on_day(member: &Member, changes: &[(RecordId, Change)], day: &str) -> Standing {
    let told = told(changes);
    let mut kind = told.iter().find_map(|(_, event)| event.before()).unwrap_or(member.kind);
    let mut belongs = told.first().is_none_or(|(_, event)| !event.enters());
    let mut entered = "";
    for (on, event) in told.iter().filter(|(on, _)| *on <= day) {
        kind = event.after().unwrap_or(kind);
        if event.enters() {
            (belongs, entered) = (true, on);
        } else if event.leaves() {
            belongs = false;
        }
    }
    // An end that stands in the roster alone, as an import or the form has it.
    let ended = !member.left_on.is_empty() && member.left_on.as_str() <= day && member.left_on.as_str() > entered;
    Standing { belongs: belongs && !ended && member.merged_into.is_empty(), kind }
}

/// What the roster itself has to say once these changes are known: kind, and the day of the end or nothing. None: no change
/// tells, and the roster stays as it is.
pub fn now(member: &Member, changes: &[(RecordId, Change)]) -> Option<(MemberKind, String)> {
    let told = told(changes);
    let kind = told.iter().rev().find_map(|(_, event)| event.after()).unwrap_or(member.kind);
    let place = told.iter().rev().find(|(_, event)| event.enters() || event.leaves());
    let left_on = match place {
        Some((on, event)) if event.leaves() => (*on).to_owned(),
        Some(_) => String::new(),
        None => member.left_on.clone(),
    };
    (!told.is_empty()).then_some((kind, left_on))
}

/// Stretches in which a member belonged elsewhere, by the changes: before a transfer in, and between leaving and coming back. Each
/// from a day to the day before another; the first day empty: since ever.
pub fn away(changes: &[(RecordId, Change)]) -> Vec<(String, String)> {
    let told = told(changes);
    let mut places = told.iter().filter(|(_, event)| event.enters() || event.leaves()).peekable();
    // Who is admitted here was nowhere before.
    let mut left = places.peek().is_some_and(|(_, event)| *event == Event::TransferredIn).then_some("");
    let mut out = Vec::new();
    for (on, event) in places {
        if event.leaves() {
            left = left.or(Some(on));
        } else if let Some(from) = left.take() {
            out.push((from.to_owned(), (*on).to_owned()));
        }
    }
    out
}

/// Notes at members where they were by the changes among the records. Of members that others stand for, the one that stands for
/// them has all changes.
pub fn note_away<'a>(members: &mut [(RecordId, Member)], records: impl IntoIterator<Item = &'a RecordView>) {
    let mut of: BTreeMap<String, Vec<(RecordId, Change)>> = BTreeMap::new();
    for record in records {
        if let Some(change) = Change::read(record) {
            of.entry(change.member.clone()).or_default().push((record.id, change));
        }
    }
    if of.is_empty() {
        return;
    }
    for (merged, into) in stood_for(members) {
        let changes = of.remove(&merged).unwrap_or_default();
        of.entry(into).or_default().extend(changes);
    }
    for (id, member) in members {
        let changes = of.remove(&id.to_string()).unwrap_or_default();
        member.away = away(&changes);
        // The roster does not say since when; whoever was admitted here was no member before the month of it.
        let admitted = member.joined.is_empty().then(|| admitted(&changes)).flatten();
        if let Some(month) = admitted.as_deref().and_then(|on| on.get(..7)) {
            member.away.insert(0, (String::new(), format!("{month}-01")));
        }
    }
}

/// The day on which a member was admitted (接收为预备党员), where that is how the member came to be here.
fn admitted(changes: &[(RecordId, Change)]) -> Option<String> {
    let told = told(changes);
    let (on, event) = told.iter().find(|(_, event)| event.enters() || event.leaves())?;
    (*event == Event::Probationary).then(|| (*on).to_owned())
}

/// Events that count with their days, oldest first; of one day in the order of entry.
fn told(changes: &[(RecordId, Change)]) -> Vec<(&str, Event)> {
    let mut told: Vec<(&str, &str, &RecordId, Event)> = changes
        .iter()
        .filter(|(_, change)| !change.void)
        .filter_map(|(id, change)| Some((change.on.as_str(), change.recorded_on.as_str(), id, change.event?)))
        .collect();
    told.sort();
    told.into_iter().map(|(on, _, _, event)| (on, event)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{FieldView, SeenValue};
    use crate::ids::ActorId;

    fn changes(told: &[(&str, Event)]) -> Vec<(RecordId, Change)> {
        let change = |(n, (on, event)): (usize, &(&str, Event))| {
            let id = RecordId([u8::try_from(n).unwrap(); 16]);
            (id, Change { on: (*on).to_owned(), event: Some(*event), ..Change::default() })
        };
        told.iter().enumerate().map(change).collect()
    }

    fn at(member: &Member, told: &[(RecordId, Change)], day: &str) -> (bool, MemberKind) {
        let Standing { belongs, kind } = on_day(member, told, day);
        (belongs, kind)
    }

    #[test]
    fn a_past_day_is_answered_by_what_had_happened_until_then() {
        use Event::{Extended, Full, Probationary, TransferredIn, TransferredOut};
        use MemberKind::{Full as F, Probationary as P};
        let member = Member::default();
        let told = changes(&[
            ("2026-06-01", TransferredIn),
            ("2024-03-01", Probationary),
            ("2025-03-01", Extended),
            ("2025-09-01", Full),
            ("2026-01-10", TransferredOut),
        ]);
        for (day, expected) in [
            ("2024-02-29", (false, P)),
            ("2024-03-01", (true, P)),
            ("2025-08-31", (true, P)),
            ("2025-09-01", (true, F)),
            ("2026-01-09", (true, F)),
            ("2026-01-10", (false, F)),
            ("2026-06-01", (true, F)),
        ] {
            assert_eq!(at(&member, &told, day), expected, "{day}");
        }
        assert_eq!(now(&member, &told), Some((F, String::new())));
        assert_eq!(now(&member, &told[1..]), Some((F, "2026-01-10".to_owned())));
        assert_eq!(now(&member, &[]), None);
    }

    #[test]
    fn the_roster_answers_where_no_change_was_recorded() {
        let left = Member { left_on: "2026-02-01".to_owned(), ..Member::default() };
        assert_eq!(at(&left, &[], "2026-01-31"), (true, MemberKind::Full));
        assert_eq!(at(&left, &[], "2026-02-01"), (false, MemberKind::Full));
        let full = changes(&[("2025-07-01", Event::Full)]);
        assert_eq!(at(&Member::default(), &full, "2025-06-30"), (true, MemberKind::Probationary));
        let merged = Member { merged_into: "x".to_owned(), ..Member::default() };
        assert!(!on_day(&merged, &[], "2026-01-01").belongs);
    }

    #[test]
    fn a_member_was_away_before_a_transfer_in_and_between_leaving_and_coming_back() {
        use Event::{Full, Probationary, TransferredIn, TransferredOut};
        let away_by = |told: &[(&str, Event)]| away(&changes(told));
        let stretch = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(away_by(&[("2024-03-01", Probationary), ("2025-03-01", Full)]), []);
        let came = [("1999-07-01", Full), ("2026-06-10", TransferredIn)];
        assert_eq!(away_by(&came), [stretch("", "2026-06-10")]);
        let back = [("2024-03-01", Probationary), ("2025-01-10", TransferredOut), ("2026-06-01", TransferredIn)];
        assert_eq!(away_by(&back), [stretch("2025-01-10", "2026-06-01")]);
        assert_eq!(away_by(&back[..2]), [], "the roster has the day on which the member left");
        let mut void = changes(&came);
        void[1].1.void = true;
        assert_eq!(away(&void), []);
    }

    #[test]
    fn who_was_admitted_here_was_no_member_before_that_month_even_where_the_roster_has_no_day() {
        let member = |joined: &str| Member { joined: joined.to_owned(), ..Member::default() };
        let id = RecordId([7; 16]);
        let record = |(own, change): (RecordId, Change)| {
            let seen = |value: Value| SeenValue { value, actor: ActorId([1; 16]), change: None };
            let texts =
                [("ref", id.to_string()), ("date", change.on), ("kind", change.event.unwrap().as_str().to_owned())];
            let fields = texts.map(|(name, text)| (name.to_owned(), FieldView { values: vec![seen(text.into())] }));
            RecordView { id: own, rtype: MEMBER_CHANGE.to_owned(), fields: fields.into() }
        };
        let about = |told: &[(&str, Event)]| changes(told).into_iter().map(record).collect::<Vec<_>>();
        let away_of = |joined: &str, told: &[(&str, Event)]| {
            let mut members = [(id, member(joined))];
            note_away(&mut members, &about(told));
            members[0].1.away.clone()
        };
        let admitted = [("2026-05-20", Event::Probationary)];
        assert_eq!(away_of("", &admitted), [(String::new(), "2026-05-01".to_owned())]);
        assert_eq!(away_of("2026-05-20", &admitted), [], "the roster says it");
        let came = [("2026-04-02", Event::TransferredIn), ("2026-05-20", Event::Full)];
        assert_eq!(away_of("", &came), [(String::new(), "2026-04-02".to_owned())], "a member of elsewhere before");
        assert_eq!(away_of("", &[("2026-05-20", Event::Full)]), []);
    }

    #[test]
    fn what_was_entered_by_mistake_counts_no_more() {
        let mut told = changes(&[("2025-07-01", Event::Died)]);
        assert!(!on_day(&Member::default(), &told, "2026-01-01").belongs);
        told[0].1.void = true;
        assert!(on_day(&Member::default(), &told, "2026-01-01").belongs);
        assert_eq!(now(&Member::default(), &told), None);
    }

    #[test]
    fn every_event_reads_back_and_either_enters_leaves_or_stays() {
        for event in Event::ALL {
            assert_eq!(Event::from_word(event.as_str()), Some(event));
            assert!(!(event.enters() && event.leaves()));
        }
    }
}
