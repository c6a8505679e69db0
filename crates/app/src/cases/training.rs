//! 学时: hours of a year by member.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKind;
use ybz_domain::date::{is_late, read_date};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::session::Session;
use ybz_domain::ledger::training::{Hours, TRAINING, Training, hours, wanted};

use crate::ErrorDto;
use crate::cases::meeting::counting;
use crate::cases::upward::Upward;
use crate::cases::vote::drop_record;
use crate::cx::{Cx, Edits, Stored, WHOLE};
use crate::dto::training::{HoursRow, TrainingInput, TrainingRow, TrainingTable};
use crate::dto::vote::DropInput;
use crate::dto::{ListInput, Nothing, Page, Saved};
use crate::error::{Answer, required};
use crate::{natural, pinyin};

/// Tenths of an hour of one entry, at most: a training of a fortnight and more.
const MOST: u32 = 2_400;

/// `training.table`
pub(crate) fn table(cx: &Cx<'_>, input: ListInput) -> Answer<TrainingTable> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let members: BTreeMap<RecordId, Member> = cx.members()?.into_iter().collect();
    let found = of_year(cx, year)?;
    let sessions = counting(cx, year)?;
    let stood = cx.stood_for()?;
    let heard: Vec<Session> = sessions.iter().map(|(_, session)| session.with_people(&stood)).collect();
    let given: Vec<Training> = found.iter().map(|(_, one)| one.with_people(&stood)).collect();
    let sums = hours(&heard, &given, year);
    let day = cx.end_of(year).to_string();
    let text = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut listed: Vec<(&RecordId, &Member)> = members
        .iter()
        .filter(|(id, member)| member.belongs_on(&day) || sums.contains_key(*id))
        .filter(|(_, member)| text.is_empty() || pinyin::matches(&member.name, &text))
        .collect();
    listed.sort_by_cached_key(|(id, member)| {
        (!member.on_committee(), natural::key(&member.group), pinyin::key(&member.name), id.to_string())
    });
    let page = cx.page_whole(listed, &input);
    let of = |(id, member): (&RecordId, &Member)| hours_row(cx, id, member, sums.get(id).copied().unwrap_or_default());
    let rows = page.rows.into_iter().map(of).collect();
    let newest = found.iter().take(usize::try_from(WHOLE).unwrap_or(usize::MAX));
    let entries = newest.map(|(stored, training)| row(cx, stored, training, &members)).collect();
    Ok(TrainingTable { year, rows, total: page.total, entries, rule: cx.rule(&cx.rules().hours.article)? })
}

/// Training of a year, the newest first.
fn of_year(cx: &Cx<'_>, year: i16) -> Answer<Vec<(Stored, Training)>> {
    let mut found: Vec<(Stored, Training)> = cx
        .dated(TRAINING, year)?
        .into_iter()
        .filter_map(|stored| Training::read(&stored.view).map(|training| (stored, training)))
        .collect();
    found.sort_by(|(a, one), (b, other)| (&other.date, b.view.id).cmp(&(&one.date, a.view.id)));
    Ok(found)
}

/// `training.list`: training of a year apart from sessions, the newest first.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<TrainingRow>> {
    let members: BTreeMap<RecordId, Member> = cx.members()?.into_iter().collect();
    let page = cx.page(of_year(cx, input.year.unwrap_or_else(|| cx.today.year()))?, &input);
    let rows = page.rows.iter().map(|(stored, training)| row(cx, stored, training, &members)).collect();
    Ok(Page { total: page.total, rows })
}

fn hours_row(cx: &Cx<'_>, id: &RecordId, member: &Member, sum: Hours) -> HoursRow {
    let leads = member.on_committee();
    let wanted = wanted(cx.rules(), leads);
    HoursRow {
        id: id.to_string(),
        name: member.name.clone(),
        group: member.group.clone(),
        leads,
        sessions: sum.sessions,
        training: sum.training,
        concentrated: sum.concentrated,
        wanted: wanted.hours,
        wanted_concentrated: wanted.concentrated,
        reached: sum.total() >= wanted.hours && sum.concentrated >= wanted.concentrated,
    }
}

fn row(cx: &Cx<'_>, stored: &Stored, training: &Training, members: &BTreeMap<RecordId, Member>) -> TrainingRow {
    let mut names: Vec<String> =
        training.members.iter().filter_map(|id| members.get(id)).map(|member| member.name.clone()).collect();
    names.sort_by_cached_key(|name| pinyin::key(name));
    TrainingRow {
        id: stored.view.id.to_string(),
        date: training.date.clone(),
        topic: training.topic.clone(),
        hours: training.hours,
        concentrated: training.concentrated,
        members: training.members.iter().map(ToString::to_string).collect(),
        names,
        dropped: training.dropped,
        late: stored.row.late,
        custodian: cx.is_custodian(&stored.view),
        conflict: stored.row.conflict,
    }
}

/// `training.save`
pub(crate) fn save(cx: &Cx<'_>, input: TrainingInput) -> Answer<Saved> {
    let date = cx.check_far(read_date(&input.date, cx.today), "date", input.confirm_date)?;
    if input.hours == 0 || input.hours > MOST {
        return Err(ErrorDto::new("hours_out_of_range").at("hours").with("max", MOST / 10));
    }
    let known: BTreeSet<RecordId> = cx.members()?.into_iter().map(|(id, _)| id).collect();
    let mut members = BTreeSet::new();
    for (at, member) in input.members.iter().enumerate() {
        let found = member.parse().ok().filter(|id| known.contains(id));
        members.insert(found.ok_or_else(|| ErrorDto::new("not_found").at(&format!("members.{at}")))?);
    }
    if members.is_empty() {
        return Err(ErrorDto::new("required").at("members"));
    }
    let mut training = Training {
        date: date.to_string(),
        topic: required("topic", &input.topic, 200)?,
        hours: input.hours,
        concentrated: input.concentrated,
        members,
        dropped: false,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("topic", &training.topic)?;
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, TRAINING)?;
            let before = Training::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            training.dropped = before.dropped;
            for op in training.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::meetings(), date.year()), training.create(id));
            id
        }
    };
    upward.log(&mut edits, id);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: is_late(date, cx.today) })
}

/// `training.drop`: taken back, or that is taken back.
pub(crate) fn set_dropped(cx: &Cx<'_>, input: DropInput) -> Answer<Nothing> {
    drop_record(cx, TRAINING, &input)
}
