//! 民主评议: grades of a session.

use std::collections::BTreeMap;

use ybz_domain::book::{RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::appraisal::{self, Appraised, excellence, standing};
use ybz_domain::ledger::member::{Member, MemberKind};
use ybz_domain::ledger::session::{SESSION, Session};

use crate::ErrorDto;
use crate::cases::meeting::same_names;
use crate::cx::{Cx, Edits};
use crate::dto::IdInput;
use crate::dto::appraisal::{AppraisalInput, AppraisalRow, AppraisalView, Grade};
use crate::error::Answer;

same_names!(Grade, appraisal::Grade: Excellent, Qualified, BasicallyQualified, Unqualified);

/// Everyone due, with the standing kept in the session; before the first grade, as the roster has it now.
fn everyone(session: &Session, members: &BTreeMap<RecordId, Member>) -> BTreeMap<RecordId, Appraised> {
    let full = |id: &RecordId| members.get(id).is_none_or(|member| member.kind == MemberKind::Full);
    let due = session.roll.iter().filter(|(_, entry)| entry.due);
    due.map(|(id, _)| {
        let kept = session.appraisal.get(id).copied();
        (*id, kept.unwrap_or_else(|| Appraised { full: full(id), ..Appraised::default() }))
    })
    .collect()
}

/// `appraisal.get`
pub(crate) fn get(cx: &Cx<'_>, input: IdInput) -> Answer<AppraisalView> {
    let stored = cx.own_record(&input.id, SESSION)?;
    let session = Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let members: BTreeMap<RecordId, Member> = cx.members()?.into_iter().collect();
    let all = everyone(&session, &members);
    let share = excellence(cx.rules(), all.values().copied());
    let mut rows: Vec<AppraisalRow> = all
        .iter()
        .map(|(id, one)| AppraisalRow {
            member: id.to_string(),
            name: members.get(id).map(|member| member.name.clone()).unwrap_or_default(),
            group: members.get(id).map(|member| member.group.clone()).unwrap_or_default(),
            full: one.full,
            grade: one.grade.map(Grade::from),
            conflict: one.conflict,
        })
        .collect();
    rows.sort_by_cached_key(|row| (crate::natural::key(&row.group), crate::pinyin::key(&row.name), row.member.clone()));
    Ok(AppraisalView {
        session: input.id,
        rows,
        full: share.full,
        excellent: share.excellent,
        most: share.most,
        over: share.over,
        rule: cx.rule(&cx.rules().appraisal.article)?,
    })
}

/// `appraisal.save`: grades as one change. Who is full and who is on probation is kept with the first of them.
///
/// # Errors
/// `not_found` for whoever was not due, `not_graded` for a probationary member.
pub(crate) fn save(cx: &Cx<'_>, input: AppraisalInput) -> Answer<AppraisalView> {
    let stored = cx.own_record(&input.id, SESSION)?;
    let session = Session::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let all = everyone(&session, &cx.members()?.into_iter().collect());
    let id = stored.view.id;
    let mut edits = Edits::default();
    let mut push = |op: RecordOp| edits.push(stored.book.clone(), op);
    for (member, one) in all.iter().filter(|(member, _)| !session.appraisal.contains_key(*member)) {
        push(RecordOp::Set { id, field: format!("standing/{member}"), value: standing(one.full).into() });
    }
    for (at, graded) in input.grades.iter().enumerate() {
        let field = format!("grades.{at}.member");
        let found = graded.member.parse::<RecordId>().ok().and_then(|id| Some((id, all.get(&id)?)));
        let (member, one) = found.ok_or_else(|| ErrorDto::new("not_found").at(&field))?;
        if !one.full {
            return Err(ErrorDto::new("not_graded").at(&field));
        }
        let field = format!("grade/{member}");
        match graded.grade.map(appraisal::Grade::from) {
            Some(grade) if one.conflict || one.grade != Some(grade) => {
                push(RecordOp::Set { id, field, value: Value::from(grade.as_str()) });
            }
            None if stored.view.get(&field).is_some() => push(RecordOp::Clear { id, field }),
            _ => {}
        }
    }
    cx.commit(edits)?;
    get(cx, IdInput { id: input.id })
}
