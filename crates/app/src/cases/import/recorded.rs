//! What the office has already, as the engine compares it.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::RecordView;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{ASSESSMENT, Assessment, PAYMENT, Payment};
use ybz_domain::ledger::member::{Member, MemberKind as Kind, MemberPrivate};
use ybz_domain::ledger::session::{SESSION, Session};
use ybz_domain::ledger::visit::{INCOME_BASE, VISIT, VISIT_LINK, Visit};

use crate::cases::household::{self, open_sealed};
use crate::cases::member::{POSTS, private};
use crate::cases::period;
use crate::cx::Cx;
use crate::dto::import::{ImportKind, ImportMapping};
use crate::dto::meeting::Mark;
use crate::dto::member::MemberKind;
use crate::error::Answer;
use crate::import::Known;
use crate::import::known::{KnownAssessment, KnownHousehold, KnownMember, KnownPayment, KnownSession, KnownVisit};

/// Members, and what sheets of the mapped kinds are compared with.
pub(super) fn known(cx: &Cx<'_>, mappings: &[ImportMapping]) -> Answer<Known> {
    let wants = |kind| mappings.iter().any(|mapping| mapping.kind == kind);
    let mut known = Known { members: members(cx)?, closed: period::closed_periods(cx)?, ..Known::default() };
    if wants(ImportKind::Roster) {
        known.private_open = cx.may_keep_private();
        let mut all = if known.private_open { private::all(cx)? } else { BTreeMap::new() };
        for member in &mut known.members {
            let Some(opened) = member.id.parse().ok().and_then(|id: RecordId| all.remove(&id)) else { continue };
            member.private_closed = opened.is_none();
            member.private = opened.unwrap_or_default();
        }
    }
    if wants(ImportKind::Dues) {
        known.payments = payments(cx)?;
        known.assessments = assessments(cx)?;
    }
    if wants(ImportKind::Meetings) {
        known.sessions = sessions(cx)?;
    }
    if wants(ImportKind::Visits) {
        known.households = households(cx)?;
        known.visits = visits(cx)?;
    }
    Ok(known)
}

/// Those who have left too, in the order in which they were entered.
fn members(cx: &Cx<'_>) -> Answer<Vec<KnownMember>> {
    let mut members = cx.members()?;
    members.sort_by_key(|(id, _)| *id);
    Ok(members.into_iter().map(|(id, member)| of_member(id, member)).collect())
}

fn of_member(id: RecordId, member: Member) -> KnownMember {
    KnownMember {
        id: id.to_string(),
        name: member.name,
        sex: member.sex,
        birth_month: member.birth_month,
        kind: match member.kind {
            Kind::Full => MemberKind::Full,
            Kind::Probationary => MemberKind::Probationary,
        },
        joined: member.joined,
        group: member.group,
        private: MemberPrivate::default(),
        private_closed: false,
        posts: POSTS.iter().filter(|post| member.posts.contains(**post)).map(|post| (*post).to_owned()).collect(),
    }
}

fn payments(cx: &Cx<'_>) -> Answer<Vec<KnownPayment>> {
    // A month is paid for in any later year's book as well.
    let all: Vec<(String, Payment)> = cx
        .records(PAYMENT, None)?
        .iter()
        .filter_map(|stored| Some((stored.view.id.to_string(), Payment::read(&stored.view)?)))
        .collect();
    let reversed: BTreeSet<String> = all.iter().filter_map(|(_, payment)| payment.reverses.clone()).collect();
    Ok(all
        .into_iter()
        .filter(|(_, payment)| payment.reverses.is_none())
        .map(|(id, payment)| KnownPayment {
            reversed: reversed.contains(&id),
            member: payment.member,
            month: payment.month,
            amount_fen: payment.amount_fen,
        })
        .collect())
}

fn assessments(cx: &Cx<'_>) -> Answer<Vec<KnownAssessment>> {
    let bases: BTreeMap<String, i64> = cx
        .records(INCOME_BASE, None)?
        .iter()
        .filter_map(|stored| {
            let subject: RecordId = stored.view.str("subject").parse().ok()?;
            Some((stored.view.str("ref").to_owned(), open_sealed(cx, &stored.book, &stored.view, &subject)?))
        })
        .collect();
    Ok(cx
        .records(ASSESSMENT, None)?
        .iter()
        .filter_map(|stored| {
            let assessment = Assessment::read(&stored.view)?;
            Some(KnownAssessment {
                member: assessment.member,
                from_month: assessment.from_month,
                class: assessment.class.into(),
                base_fen: bases.get(&stored.view.id.to_string()).copied(),
                monthly_fen: assessment.monthly_fen,
            })
        })
        .collect())
}

fn sessions(cx: &Cx<'_>) -> Answer<Vec<KnownSession>> {
    Ok(cx
        .records(SESSION, None)?
        .iter()
        .filter_map(|stored| of_session(&stored.view, Session::read(&stored.view)?))
        .collect())
}

fn of_session(view: &RecordView, session: Session) -> Option<KnownSession> {
    Some(KnownSession {
        id: view.id.to_string(),
        date: session.date.parse().ok()?,
        kinds: session.kinds.iter().map(|kind| (*kind).into()).collect(),
        topic: session.topic,
        group: session.group,
        start: session.start,
        place: session.place,
        chair: session.chair,
        recorder: session.recorder,
        minutes: session.minutes,
        resolution: session.resolution,
        beside: session.beside,
        marks: session
            .roll
            .iter()
            // A person settles what devices marked differently; no ledger does.
            .map(|(id, entry)| (id.to_string(), if entry.conflict { disputed(view, id) } else { entry.mark.into() }))
            .collect(),
    })
}

/// One of the values of a mark that devices disagree on.
fn disputed(view: &RecordView, member: &RecordId) -> Mark {
    let word = view.str(&format!("mark/{member}"));
    serde_json::from_value(word.into()).ok().filter(|mark| *mark != Mark::Unconfirmed).unwrap_or(Mark::Absent)
}

fn households(cx: &Cx<'_>) -> Answer<Vec<KnownHousehold>> {
    Ok(household::homes(cx)?
        .all()
        .map(|household| KnownHousehold {
            id: household.id.to_string(),
            name: household.identity.name.clone(),
            door: household.identity.door.clone(),
            phone: household.identity.phone.clone(),
        })
        .collect())
}

fn visits(cx: &Cx<'_>) -> Answer<Vec<KnownVisit>> {
    let links: BTreeMap<String, String> = cx
        .records(VISIT_LINK, None)?
        .iter()
        .map(|link| (link.view.str("ref").to_owned(), link.view.str("household").to_owned()))
        .collect();
    Ok(cx
        .records(VISIT, None)?
        .iter()
        .filter_map(|stored| {
            let (id, visit) = (stored.view.id.to_string(), Visit::read(&stored.view)?);
            Some(KnownVisit {
                date: visit.date.parse().ok()?,
                household: links.get(&id).filter(|household| !household.is_empty()).cloned(),
                place: visit.place,
                theme: visit.theme,
                text: visit.situation_text,
                id,
            })
        })
        .collect())
}
