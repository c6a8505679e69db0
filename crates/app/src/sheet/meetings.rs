//! 三会一课记录本: a page for each session, as the paper book has it.

use std::collections::BTreeMap;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::session::{Mark, Session, SessionKind};

use super::build::{day, fact, number, several, text, wide, words};
use super::{Asked, Made};
use crate::ErrorDto;
use crate::cases::meeting::counting;
use crate::cases::vote;
use crate::cx::{Cx, Stored};
use crate::dto::sheet::{SheetFact, SheetPart};
use crate::dto::vote::{VoteChoiceRow, VoteRow};
use crate::error::Answer;

type Members = BTreeMap<RecordId, Member>;

/// Of what was entered twice the session that stays.
pub(super) fn make(cx: &Cx<'_>, asked: &Asked<'_>) -> Answer<Made> {
    let year = match asked.record {
        // A record says itself when it was.
        Some(id) => year_of(&cx.own(id)?).unwrap_or(asked.period.year),
        None => asked.period.year,
    };
    let mut all = counting(cx, year)?;
    match asked.record {
        Some(id) => {
            all.retain(|(stored, _)| stored.view.id.to_string() == id);
            if all.is_empty() {
                return Err(ErrorDto::new("not_found").with("id", id));
            }
        }
        None => all.retain(|(_, session)| asked.period.has(&session.date)),
    }
    all.sort_by(|(a, one), (b, other)| (&one.date, &one.start, a.view.id).cmp(&(&other.date, &other.start, b.view.id)));
    let members: Members = cx.members()?.into_iter().collect();
    let parts = all.iter().map(|(stored, session)| part(cx, stored, session, &members)).collect::<Answer<Vec<_>>>()?;
    let title = if asked.record.is_some() { asked.title.to_owned() } else { asked.titled() };
    Ok(Made { title, parts, ..Made::default() })
}

/// The year of a record's day; the book may be of another once the day was corrected.
fn year_of(stored: &Stored) -> Option<i16> {
    stored.view.str("date").get(..4).and_then(|year| year.parse().ok()).or(stored.book.year)
}

fn part(cx: &Cx<'_>, stored: &Stored, session: &Session, members: &Members) -> Answer<SheetPart> {
    let kinds: Vec<&str> = session.kinds.iter().map(|kind| super::words::session(*kind)).collect();
    let votes = vote::of_session(cx, &stored.view.id, session, members)?;
    let votes: Vec<VoteRow> = votes.into_iter().filter(|vote| !vote.dropped).collect();
    let mut facts = vec![
        fact("kinds", "会议类别", text(kinds.join("、"))),
        fact("date", "日期", day(&session.date)),
        fact("start", "时间", text(&session.start)),
        fact("place", "地点", text(&session.place)),
        fact("chair", "主持人", text(&session.chair)),
        fact("recorder", "记录人", text(&session.recorder)),
    ];
    if session.kinds.contains(&SessionKind::GroupMeeting) {
        facts.push(fact("group", "党小组", text(&session.group)));
    }
    if let Some(tenths) = session.hours {
        let hours = format!("{}.{}", tenths / 10, tenths % 10);
        facts.push(fact("hours", "学时", text(hours.trim_end_matches(".0"))));
    }
    facts.extend(roll(session, members));
    facts.push(wide("topic", "议题", text(&session.topic)));
    facts.push(wide("minutes", "发言和会议记录", text(&session.minutes)));
    if session.kinds.iter().any(|kind| matches!(kind, SessionKind::OrganizationLife | SessionKind::Appraisal)) {
        facts.push(fact("talks", "会前谈心谈话(次)", session.talks.map_or_else(|| text(""), number)));
        facts.push(wide("problems", "查摆的问题", text(&session.problems)));
        facts.push(wide("measures", "整改措施", text(&session.measures)));
    }
    facts.push(wide("dissent", "不同意见", text(dissent(&votes))));
    facts.push(wide("votes", "表决情况", text(votes.iter().map(vote_line).collect::<Vec<_>>().join("\n"))));
    facts.push(wide("resolution", "决议", text(&session.resolution)));
    Ok(SheetPart {
        record: Some(stored.view.id.to_string()),
        heading: kinds.join("、"),
        facts,
        signatures: words(&["主持人", "记录人"]),
        ..SheetPart::default()
    })
}

/// 应到, 实到, 列席, 请假, 缺席: numbers, and names where somebody was missing or beside.
fn roll(session: &Session, members: &Members) -> Vec<SheetFact> {
    let count = session.count();
    let names = |keep: &dyn Fn(bool, Mark) -> bool| {
        let mut found: Vec<(String, &str)> = session
            .roll
            .iter()
            .filter(|(_, entry)| keep(entry.due, entry.mark))
            .map(|(id, entry)| {
                let name = members.get(id).map(|member| member.name.clone()).unwrap_or_default();
                (name, entry.reason.as_str())
            })
            .collect();
        found.sort_by_cached_key(|(name, _)| crate::pinyin::key(name));
        let said = found.into_iter().map(|(name, reason)| match reason {
            "" => name,
            reason => format!("{name}({reason})"),
        });
        said.collect::<Vec<_>>()
    };
    let listed = |names: Vec<String>| text(several(names.iter().map(String::as_str)));
    // A mark of 列席 on somebody who is due says nothing about attendance: such a one is not confirmed.
    let open = |due: bool, mark: Mark| due && matches!(mark, Mark::Unconfirmed | Mark::NonVoting);
    let mut beside = names(&|due, mark| !due && mark == Mark::NonVoting);
    beside.extend(session.beside.iter().cloned());
    vec![
        fact("due", "应到", number(count.due)),
        fact("present", "实到", number(count.present)),
        fact("excused_count", "请假", number(count.excused)),
        fact("absent_count", "缺席", number(count.absent)),
        fact("unconfirmed_count", "未确认", number(count.unconfirmed)),
        fact("non_voting_count", "列席", number(count.beside)),
        fact("voters", "有表决权(到/应到)", text(format!("{}/{}", count.voters_present, count.voters_due))),
        wide("present_names", "到会人员", listed(names(&|due, mark| due && mark == Mark::Present))),
        wide("excused", "请假人员及事由", listed(names(&|due, mark| due && mark == Mark::Excused))),
        wide("absent", "缺席人员", listed(names(&|due, mark| due && mark == Mark::Absent))),
        wide("unconfirmed", "未确认人员", listed(names(&open))),
        wide("non_voting", "列席人员", listed(beside)),
    ]
}

fn votes_of(choice: &VoteChoiceRow) -> String {
    let part = |label: &str, votes: Option<u32>| votes.map(|votes| format!("{label}{votes}票"));
    let parts = [part("赞成", choice.in_favour), part("反对", choice.against), part("弃权", choice.abstain)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("、")
}

/// A vote as one line: what, who could vote, how, and what came out.
fn vote_line(vote: &VoteRow) -> String {
    let quorum = &vote.quorum;
    let mut line = format!("{}:有表决权{}人,到会{}人", vote.subject, quorum.due, quorum.present);
    let ballots = [("发出选票", vote.issued), ("收回选票", vote.returned)];
    for (label, count) in ballots {
        if let Some(count) = count {
            line.push_str(&format!(",{label}{count}张"));
        }
    }
    if quorum.written > 0 {
        let (in_favour, against) = (vote.written_for.unwrap_or(0), vote.written_against.unwrap_or(0));
        line.push_str(&format!(",会前书面意见{}份(赞成{in_favour}、反对{against})", quorum.written));
    }
    if vote.secret {
        line.push_str(",无记名投票");
    }
    for choice in &vote.choices {
        let name = if choice.name.is_empty() { String::new() } else { format!("{} ", choice.name) };
        let cast = votes_of(choice);
        let comma = if cast.is_empty() { "" } else { "," };
        line.push_str(&format!(";{name}{cast}{comma}{}", super::words::verdict(&choice.verdict)));
    }
    line
}

/// Votes against and abstentions as they were counted; nobody is named. What was said stands in the minutes.
fn dissent(votes: &[VoteRow]) -> String {
    let mut lines = Vec::new();
    for vote in votes {
        for choice in &vote.choices {
            let (against, abstain) = (choice.against.unwrap_or(0), choice.abstain.unwrap_or(0));
            if against > 0 || abstain > 0 {
                let name = if choice.name.is_empty() { String::new() } else { format!("({})", choice.name) };
                lines.push(format!("{}{name}:反对{against}票、弃权{abstain}票", vote.subject));
            }
        }
    }
    lines.join("\n")
}
