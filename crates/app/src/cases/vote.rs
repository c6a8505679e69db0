//! 表决: votes of a session, with the light before them. What comes out is told and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{Member, MemberKind};
use ybz_domain::ledger::session::{SESSION, Session, SessionKind};
use ybz_domain::ledger::vote::{self, Choice, MAX_CHOICES, VOTE, Vote};

use crate::ErrorDto;
use crate::cases::meeting::same_names;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::vote::{DropInput, Exclusion, VoteChoiceRow, VoteInput, VotePerson, VoteQuorum, VoteRow, VoteRule};
use crate::dto::{IdInput, Nothing, Saved};
use crate::error::{Answer, optional, required};

same_names!(VoteRule, vote::VoteRule: Ordinary, Committee, Admission, Election);
same_names!(Exclusion, vote::Exclusion: Bedridden, Abroad, ServingSentence, ShouldHaveTransferred);

type Members = BTreeMap<RecordId, Member>;

/// `vote.list`: votes of a session as they were made, those taken back included.
pub(crate) fn list(cx: &Cx<'_>, input: IdInput) -> Answer<Vec<VoteRow>> {
    let (stored, session) = read_session(cx, &input.id)?;
    of_session(cx, &stored.view.id, &session, &cx.members()?.into_iter().collect())
}

/// Votes of a session that was read already, as they were made, those taken back included.
pub(crate) fn of_session(cx: &Cx<'_>, id: &RecordId, session: &Session, members: &Members) -> Answer<Vec<VoteRow>> {
    let mut found = cx.about(VOTE, &id.to_string())?;
    found.sort_by_key(|stored| stored.view.id);
    found
        .iter()
        .filter_map(|stored| Vote::read(&stored.view).map(|vote| (stored, vote)))
        .map(|(stored, vote)| row(cx, Some(stored), &vote, session, members))
        .collect()
}

/// `vote.check`: the same vote as `vote.save` would keep it, with its light and what comes out. Nothing is kept.
pub(crate) fn check(cx: &Cx<'_>, input: VoteInput) -> Answer<VoteRow> {
    let (_, session) = read_session(cx, &input.session)?;
    let members: Members = cx.members()?.into_iter().collect();
    let stored = input.id.as_ref().map(|id| cx.own_record(id, VOTE)).transpose()?;
    let mut vote = read_input(cx, &input, &session)?;
    vote.electors = electors(&vote, stored.as_ref(), &session, &members);
    row(cx, stored.as_ref(), &vote, &session, &members)
}

/// `vote.save`
///
/// # Errors
/// `required`, `ballots_exceed` when more ballots came back than went out, `votes_exceed` when more votes than ballots are
/// entered, `not_found` for a member who has no vote on the roll, and those of texts that go up.
pub(crate) fn save(cx: &Cx<'_>, input: VoteInput) -> Answer<Saved> {
    let (session_at, session) = read_session(cx, &input.session)?;
    let members: Members = cx.members()?.into_iter().collect();
    let mut vote = read_input(cx, &input, &session)?;
    vote.subject = required("subject", &input.subject, 200)?;
    consistent(&vote)?;
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("subject", &vote.subject)?;
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, VOTE)?;
            let before = Vote::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            vote.electors = electors(&vote, Some(&stored), &session, &members);
            vote.dropped = before.dropped;
            for op in vote.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            vote.electors = electors(&vote, None, &session, &members);
            let id = cx.new_id();
            edits.push(session_at.book.clone(), vote.create(id));
            id
        }
    };
    upward.log(&mut edits, id);
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `vote.drop`: taken back (作废), or that is taken back. It stays readable.
pub(crate) fn set_dropped(cx: &Cx<'_>, input: DropInput) -> Answer<Nothing> {
    drop_record(cx, VOTE, &input)
}

/// Takes back an entry of a type that has the field `dropped`.
pub(crate) fn drop_record(cx: &Cx<'_>, rtype: &str, input: &DropInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, rtype)?;
    let mut edits = Edits::default();
    if stored.view.flag("dropped") != input.dropped {
        let value = Value::Bool(input.dropped);
        edits.push(stored.book.clone(), RecordOp::Set { id: stored.view.id, field: "dropped".to_owned(), value });
    }
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// The votes of a session move to its new day, so that they are rows of the same month.
pub(crate) fn move_with(cx: &Cx<'_>, edits: &mut Edits, session: &Stored, date: &str) -> Answer<()> {
    for stored in cx.about(VOTE, &session.view.id.to_string())? {
        let id = stored.view.id;
        edits.push(stored.book, RecordOp::Set { id, field: "date".to_owned(), value: date.into() });
    }
    Ok(())
}

fn read_session(cx: &Cx<'_>, id: &str) -> Answer<(Stored, Session)> {
    let stored = cx.own_record(id, SESSION)?;
    let session = Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    Ok((stored, session))
}

fn read_input(cx: &Cx<'_>, input: &VoteInput, session: &Session) -> Answer<Vote> {
    let rule = vote::VoteRule::from(input.rule);
    let named = matches!(rule, vote::VoteRule::Admission | vote::VoteRule::Election);
    let most = if rule == vote::VoteRule::Election { MAX_CHOICES } else { 1 };
    if input.choices.is_empty() || input.choices.len() > most {
        return Err(ErrorDto::new("one_candidate_at_a_time").at("choices").with("max", most));
    }
    let mut choices = Vec::with_capacity(input.choices.len());
    for (at, choice) in input.choices.iter().enumerate() {
        let field = format!("choices.{at}.name");
        let name = if named { required(&field, &choice.name, 40)? } else { optional(&field, &choice.name, 40)? };
        let (in_favour, against, abstain) = (choice.in_favour, choice.against, choice.abstain);
        choices.push(Choice { name, in_favour, against, abstain });
    }
    let mut excluded = BTreeMap::new();
    for (at, one) in input.excluded.iter().enumerate() {
        let voter = |id: &RecordId| session.roll.get(id).is_some_and(|entry| entry.due && entry.votes);
        let member: RecordId = one
            .member
            .parse()
            .ok()
            .filter(voter)
            .ok_or_else(|| ErrorDto::new("not_found").at(&format!("excluded.{at}.member")))?;
        excluded.insert(member, one.reason.into());
    }
    let election = rule == vote::VoteRule::Election;
    let admission = rule == vote::VoteRule::Admission;
    Ok(Vote {
        session: input.session.clone(),
        date: session.date.clone(),
        rule,
        subject: optional("subject", &input.subject, 200)?,
        choices,
        secret: input.secret,
        issued: input.issued,
        returned: input.returned,
        written_for: input.written_for.filter(|_| admission),
        written_against: input.written_against.filter(|_| admission),
        excluded: if election { excluded } else { BTreeMap::new() },
        consent: if election { optional("consent", &input.consent, 100)? } else { String::new() },
        approved: election && input.approved,
        electors: BTreeSet::new(),
        dropped: false,
        recorded_on: cx.today_text(),
    })
}

/// Numbers of one form that cannot all be right.
fn consistent(vote: &Vote) -> Answer<()> {
    if let (Some(issued), Some(returned)) = (vote.issued, vote.returned)
        && returned > issued
    {
        return Err(ErrorDto::new("ballots_exceed").at("returned").with("issued", issued).with("returned", returned));
    }
    for (at, choice) in vote.choices.iter().enumerate() {
        let cast = [choice.in_favour, choice.against, choice.abstain].into_iter().flatten().map(u64::from).sum::<u64>();
        if let Some(returned) = vote.returned.filter(|returned| cast > u64::from(*returned)) {
            let field = format!("choices.{at}.inFavour");
            return Err(ErrorDto::new("votes_exceed").at(&field).with("votes", cast).with("returned", returned));
        }
    }
    Ok(())
}

/// Who may vote in the committee where the session was of others as well: its members when the vote was entered.
fn electors(vote: &Vote, stored: Option<&Stored>, session: &Session, members: &Members) -> BTreeSet<RecordId> {
    if vote.rule != vote::VoteRule::Committee || session.kinds == [SessionKind::CommitteeMeeting] {
        return BTreeSet::new();
    }
    let before = stored.and_then(|stored| Vote::read(&stored.view)).map(|before| before.electors).unwrap_or_default();
    if !before.is_empty() {
        return before;
    }
    let sits = |id: &RecordId| members.get(id).is_some_and(Member::on_committee);
    session.roll.keys().copied().filter(sits).collect()
}

fn row(cx: &Cx<'_>, stored: Option<&Stored>, vote: &Vote, session: &Session, members: &Members) -> Answer<VoteRow> {
    let name = |id: &RecordId| members.get(id).map(|member| member.name.clone()).unwrap_or_default();
    let person =
        |id: &RecordId, reason: &str| VotePerson { member: id.to_string(), name: name(id), reason: reason.to_owned() };
    let people = |all: &[(RecordId, vote::Exclusion)]| -> Vec<VotePerson> {
        all.iter().map(|(id, reason)| person(id, reason.as_str())).collect()
    };
    let light = vote::light(cx.rules(), vote, &session.roll);
    let verdicts = vote::verdicts(vote, &light);
    let choices = vote.choices.iter().zip(verdicts).map(|(choice, (verdict, in_favour_all))| VoteChoiceRow {
        name: choice.name.clone(),
        in_favour: choice.in_favour,
        against: choice.against,
        abstain: choice.abstain,
        in_favour_all,
        verdict: verdict.as_str().to_owned(),
    });
    let without = session.roll.iter().filter(|(_, entry)| entry.due && !entry.votes);
    let excluded: Vec<(RecordId, vote::Exclusion)> = vote.excluded.iter().map(|(id, reason)| (*id, *reason)).collect();
    Ok(VoteRow {
        id: stored.map(|stored| stored.view.id.to_string()),
        session: vote.session.clone(),
        rule: vote.rule.into(),
        subject: vote.subject.clone(),
        choices: choices.collect(),
        secret: vote.secret,
        issued: vote.issued,
        returned: vote.returned,
        written_for: vote.written_for,
        written_against: vote.written_against,
        excluded: people(&excluded),
        consent: vote.consent.clone(),
        approved: vote.approved,
        quorum: VoteQuorum {
            light: light.light.into(),
            due: light.due,
            present: light.present,
            written: light.written,
            needed_to_open: light.needed_to_open,
            needed_to_pass: light.needed_to_pass,
            missing: light.missing.iter().map(|id| person(id, "")).collect(),
            excluded: people(&light.excluded),
            not_excluded_yet: people(&light.not_excluded_yet),
            no_vote: without.map(|(id, _)| person(id, why_no_vote(members.get(id)))).collect(),
            roll_of_other: session.roll_of_other(),
            rule: cx.rule(&light.article)?,
        },
        dropped: vote.dropped,
        custodian: stored.is_some_and(|stored| cx.is_custodian(&stored.view)),
        conflict: stored.is_some_and(|stored| stored.row.conflict),
    })
}

/// Why somebody on the roll has no vote, as the roster says it now; empty when it says nothing.
fn why_no_vote(member: Option<&Member>) -> &str {
    match member {
        Some(member) if !member.no_vote_reason.is_empty() => &member.no_vote_reason,
        Some(member) if member.kind == MemberKind::Probationary => "probationary",
        _ => "",
    }
}
