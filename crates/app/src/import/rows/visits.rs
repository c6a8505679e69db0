//! 走访记录

use jiff::civil::Date;

use super::{Origin, Source};
use crate::dto::visit::VisitKind;
use crate::import::field::Field;
use crate::import::issue::Findings;
use crate::import::layout::DataRow;
use crate::import::value::{self, ValueError, person, terms};

/// One visit as the record has it. Empty text: nothing stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VisitRow {
    /// Where it stands.
    pub origin: Origin,
    /// 日期
    pub date: Date,
    /// 类型
    pub kind: VisitKind,
    /// 户主; empty for a public place.
    pub household: String,
    /// 门牌
    pub door: String,
    /// 电话
    pub phone: String,
    /// 地点
    pub place: String,
    /// 主题
    pub theme: String,
    /// 走访人
    pub visitors: Vec<String>,
    /// 记录人
    pub recorder: String,
    /// 情况, with the difficulty behind it.
    pub situation: String,
    /// Something stands under 困难.
    pub difficulty: bool,
    /// 诉求
    pub concern: Option<Concern>,
    /// Minutes that it took.
    pub minutes: Option<u32>,
}

/// What the household asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Concern {
    /// Code of [`crate::dto::concern::ConcernInput::category`].
    pub category: String,
    /// 诉求
    pub text: String,
    /// 下一步
    pub next_step: String,
    /// 责任人
    pub owner: String,
    /// 时限; may lie ahead.
    pub deadline: Option<Date>,
    /// 后续: what was done.
    pub follow_up: String,
}

/// Who looks at a concern of which a ledger names nobody.
const NOBODY: &str = "书记";

pub(super) fn read(source: &Source<'_>, findings: &mut Findings) -> Vec<VisitRow> {
    source.layout.rows.iter().filter_map(|row| visit(source, row, findings)).collect()
}

fn visit(source: &Source<'_>, row: &DataRow, findings: &mut Findings) -> Option<VisitRow> {
    if source.is_blank(row) {
        return None;
    }
    let before = findings.errors.len();
    source.doubled(findings, row);
    source.loose(findings, row);
    let moment = source.day(findings, row);
    let words = |field| {
        let text = source.text(row, field);
        if value::says_nothing(&text) { String::new() } else { text }
    };
    let (household, note) = value::with_note(&words(Field::Household));
    let household = person::shown(household.trim_end_matches('户').trim_end_matches('家'));
    let place = words(Field::Place);
    let mut door = words(Field::Door);
    if door.is_empty() && note.chars().any(|c| c.is_ascii_digit()) {
        door = note;
    }
    if household.is_empty() && place.is_empty() {
        source.report(findings, row, Field::Household, ValueError::new("household_missing", ""));
    }
    let kind_text = source.text(row, Field::VisitKind);
    let kind = terms::visit_kind(&kind_text)
        .or_else(|| terms::visit_kind(&source.layout.title))
        .unwrap_or(VisitKind::Household);
    let visitors: Vec<String> = person::list(&words(Field::Visitors)).into_iter().map(|(name, _)| name).collect();
    let difficulty = words(Field::Difficulty);
    let mut situation = words(Field::Situation);
    if !difficulty.is_empty() && !situation.contains(&difficulty) {
        if !situation.is_empty() {
            situation.push('；');
        }
        situation.push_str("困难：");
        situation.push_str(&difficulty);
    }
    let recorder = person::shown(&words(Field::Recorder));
    let someone = visitors.first().unwrap_or(&recorder).clone();
    let concern = concern(source, row, &words, &someone, findings);
    let minutes = words(Field::Duration).trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    let moment = moment?;
    let (phone, theme) = (terms::phone(&source.text(row, Field::Phone)), words(Field::Theme));
    let mut texts = vec![
        (Field::Household, household.as_str(), 50),
        (Field::Door, &door, 100),
        (Field::Phone, &phone, 40),
        (Field::Place, &place, 100),
        (Field::Theme, &theme, 200),
        (Field::Situation, &situation, 500),
    ];
    if let Some(concern) = &concern {
        texts.extend([
            (Field::Request, concern.text.as_str(), 2_000),
            (Field::NextStep, &concern.next_step, 200),
            (Field::Owner, &concern.owner, 40),
            (Field::FollowUp, &concern.follow_up, 2_000),
        ]);
    }
    source.bounded(findings, row, &texts);
    if Source::failed(findings, before) {
        return None;
    }
    Some(VisitRow {
        origin: source.origin(row, Field::Date),
        date: moment.date,
        kind,
        household,
        door,
        phone,
        place,
        theme,
        visitors,
        recorder,
        situation,
        difficulty: !difficulty.is_empty(),
        concern,
        minutes,
    })
}

/// A concern of a ledger. Nothing open is without somebody and a day: where the ledger says neither, whoever visited looks at
/// it again by the end of next month, and the preview tells so.
fn concern(
    source: &Source<'_>,
    row: &DataRow,
    words: &impl Fn(Field) -> String,
    someone: &str,
    findings: &mut Findings,
) -> Option<Concern> {
    let text = words(Field::Request);
    let deadline_cell = source.shared(row, Field::Deadline);
    let deadline = value::date::date(deadline_cell, source.context());
    let deadline = source.take(findings, row, Field::Deadline, deadline).map(|moment| moment.date);
    if text.is_empty() {
        return None;
    }
    let category = words(Field::Category);
    let category = terms::category(if category.is_empty() { &text } else { &category });
    let mut owner = person::shown(&words(Field::Owner));
    let next_step = words(Field::NextStep);
    let complete = !owner.is_empty() && deadline.is_some();
    if owner.is_empty() {
        owner = if someone.is_empty() { NOBODY.to_owned() } else { someone.to_owned() };
    }
    let next_month = source.context().today.first_of_month().saturating_add(jiff::Span::new().months(1));
    let deadline = deadline.unwrap_or_else(|| next_month.last_of_month());
    if !complete {
        let params = [("owner", owner.clone()), ("deadline", deadline.to_string())];
        source.warn(findings, row, Field::Request, "concern_completed", &params);
    }
    let deadline = Some(deadline);
    Some(Concern { category: category.to_owned(), text, next_step, owner, deadline, follow_up: words(Field::FollowUp) })
}
