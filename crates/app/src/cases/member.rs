//! 党员: the roster, limited to what forms demand.

pub(crate) mod changes;
pub(crate) mod duplicates;
pub(crate) mod mobile;
pub(crate) mod private;
pub(crate) mod roster;
pub(crate) mod transfer;

use jiff::civil::Date;
use ybz_domain::book::BookKind;
use ybz_domain::date::{read_date, read_month};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, Member, MemberKind as Kind};
use ybz_domain::ledger::standing::on_day;

use crate::cx::{Cx, Edits};
use crate::dto::member::{MemberInput, MemberKind, MemberRow};
use crate::dto::member_file::PastInput;
use crate::dto::{IdInput, ListInput, Page, Saved};
use crate::error::{Answer, optional, required};
use crate::{ErrorDto, natural, pinyin};

/// 职务 codes.
pub(crate) const POSTS: [&str; 7] =
    ["secretary", "deputy_secretary", "organization", "publicity", "discipline", "committee_member", "group_leader"];

/// Reads a date or month as forms have it; empty stays empty.
fn date_or_month(field: &str, text: &str, today: Date) -> Answer<String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    if let Ok((year, month)) = read_month(text)
        && text.chars().filter(char::is_ascii_digit).count() <= 6
    {
        return Ok(ybz_domain::date::month_text(year, month));
    }
    read_date(text, today)
        .map(|date| date.to_string())
        .map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text))
}

/// Checks a form and makes a member of it.
pub(crate) fn checked(input: &MemberInput, today: Date) -> Answer<Member> {
    if let Some(post) = input.posts.iter().find(|post| !POSTS.contains(&post.as_str())) {
        return Err(ErrorDto::new("invalid_input").at("posts").with("value", post));
    }
    if !["", "on_probation_inside_party", "detained"].contains(&input.no_vote_reason.as_str()) {
        return Err(ErrorDto::new("invalid_input").at("noVoteReason").with("value", &input.no_vote_reason));
    }
    if input.sex.is_some_and(|sex| !(1..=2).contains(&sex)) {
        return Err(ErrorDto::new("invalid_input").at("sex").with("value", input.sex.unwrap_or_default()));
    }
    Ok(Member {
        merged_into: String::new(),
        transfer: String::new(),
        origin: String::new(),
        away: Vec::new(),
        name: required("name", &input.name, 40)?,
        sex: input.sex,
        birth_month: match input.birth_month.trim() {
            "" => String::new(),
            text => read_month(text)
                .map(|(year, month)| ybz_domain::date::month_text(year, month))
                .map_err(|_| ErrorDto::new("date_not_understood").at("birthMonth").with("text", text))?,
        },
        kind: match input.kind {
            MemberKind::Full => Kind::Full,
            MemberKind::Probationary => Kind::Probationary,
        },
        joined: date_or_month("joined", &input.joined, today)?,
        group: optional("group", &input.group, 40)?,
        posts: input.posts.iter().cloned().collect(),
        no_vote_reason: input.no_vote_reason.clone(),
        left_on: match input.left_on.as_deref().map(str::trim) {
            None | Some("") => String::new(),
            Some(text) => read_date(text, today)
                .map(|date| date.to_string())
                .map_err(|_| ErrorDto::new("date_not_understood").at("leftOn").with("text", text))?,
        },
    })
}

/// Names compare without spaces: `张 三` is `张三`.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let bare = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(a) == bare(b)
}

/// `member.save`. A second member of one name asks first.
pub(crate) fn save(cx: &Cx<'_>, input: MemberInput) -> Answer<Saved> {
    let member = checked(&input, cx.today)?;
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, MEMBER)?;
            let before = Member::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            for op in member.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let stands = |other: &Member| other.merged_into.is_empty();
            let twin =
                cx.members()?.into_iter().find(|(_, other)| stands(other) && same_name(&other.name, &member.name));
            if let Some((twin, _)) = twin.filter(|_| !input.distinct) {
                return Err(ErrorDto::new("member_duplicate").at("name").with("name", &member.name).with("id", twin));
            }
            let id = cx.new_id();
            edits.push(cx.book(BookKind::roster(), cx.today.year()), member.create(id, &cx.today_text()));
            id
        }
    };
    edits.finish_draft("member", input.id.as_deref().unwrap_or("new"));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

fn row(id: RecordId, member: Member, conflict: bool) -> MemberRow {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    MemberRow {
        id: id.to_string(),
        pinyin: pinyin::key(&member.name),
        sex: member.sex,
        birth_month: some(&member.birth_month),
        kind: match member.kind {
            Kind::Full => MemberKind::Full,
            Kind::Probationary => MemberKind::Probationary,
        },
        joined: some(&member.joined),
        group: some(&member.group),
        votes: member.votes(),
        no_vote_reason: some(&member.no_vote_reason),
        left_on: some(&member.left_on),
        posts: POSTS.iter().filter(|post| member.posts.contains(**post)).map(|post| (*post).to_owned()).collect(),
        conflict,
        merged_into: some(&member.merged_into),
        name: member.name,
    }
}

/// `member.get`: one member, also one who has left.
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<MemberRow> {
    let stored = cx.own_record(&input.id, MEMBER)?;
    let found = cx.roster()?.into_iter().find(|(id, ..)| *id == stored.view.id);
    let (id, member, conflict) = found.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))?;
    Ok(row(id, member, conflict))
}

/// `member.groups`: 党小组 that members are in or were, each once.
pub(crate) fn groups(cx: &Cx<'_>) -> Answer<Vec<String>> {
    let members = cx.members()?;
    let mut groups: Vec<String> =
        members.into_iter().map(|(_, member)| member.group).filter(|group| !group.is_empty()).collect();
    groups.sort_by_cached_key(|group| natural::key(group));
    groups.dedup();
    Ok(groups)
}

/// By group, then posts, then name.
fn sort(rows: &mut [MemberRow]) {
    let rank =
        |row: &MemberRow| POSTS.iter().position(|post| row.posts.iter().any(|p| p == post)).unwrap_or(POSTS.len());
    let group = |row: &MemberRow| row.group.as_deref().map(natural::key);
    rows.sort_by_cached_key(|row| (group(row), rank(row), row.pinyin.clone(), row.id.clone()));
}

/// A query is part of the name, its pinyin, its initials or the group.
fn found(member: &Member, wanted: &str) -> bool {
    wanted.is_empty() || member.group.to_lowercase().contains(wanted) || pinyin::matches(&member.name, wanted)
}

/// `member.list`, by group, then posts, then name.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<MemberRow>> {
    let with_left = input.state.as_deref() == Some("left");
    let today = cx.today_text();
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let mut rows: Vec<MemberRow> = cx
        .roster()?
        .into_iter()
        .filter(|(_, member, _)| with_left && member.merged_into.is_empty() || member.belongs_on(&today))
        .filter(|(_, member, _)| found(member, &wanted))
        .map(|(id, member, conflict)| row(id, member, conflict))
        .collect();
    sort(&mut rows);
    Ok(cx.page(rows, &input))
}

/// `member.past`: who belonged to the branch on a day, of which kind, by the changes recorded until now.
pub(crate) fn past(cx: &Cx<'_>, input: PastInput) -> Answer<Page<MemberRow>> {
    let day = past_day(cx, "on", &input.on)?.to_string();
    let wanted = input.text.trim().to_lowercase();
    let mut changes = changes::by_member(cx)?;
    let mut found_rows = Vec::new();
    for (id, mut member, conflict) in cx.roster()?.into_iter().filter(|(_, member, _)| found(member, &wanted)) {
        let standing = on_day(&member, &changes.remove(&id.to_string()).unwrap_or_default(), &day);
        if standing.belongs {
            member.kind = standing.kind;
            found_rows.push(row(id, member, conflict));
        }
    }
    sort(&mut found_rows);
    let page = ListInput { offset: input.offset, limit: input.limit, ..ListInput::default() };
    Ok(cx.page(found_rows, &page))
}

/// A day as typed that is not to come; empty: today.
pub(crate) fn past_day(cx: &Cx<'_>, field: &str, text: &str) -> Answer<Date> {
    if text.trim().is_empty() {
        return Ok(cx.today);
    }
    let day = read_date(text, cx.today)
        .map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text.trim()))?;
    if day > cx.today { Err(ErrorDto::new("date_in_future").at(field).with("date", day)) } else { Ok(day) }
}
