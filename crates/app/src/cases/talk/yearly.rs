//! 谈心谈话 with each member, so many times a year.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ledger::talk::{TALK, TALK_NOTE};

use super::opened;
use crate::cx::Cx;
use crate::dto::talk::TalkDue;
use crate::error::Answer;

/// Members of today with whom fewer talks were had this year than the rule asks for, by name. With whom a talk was is known
/// where its note opens; one without a member counts for nobody.
pub(super) fn due(cx: &Cx<'_>) -> Answer<Vec<TalkDue>> {
    let (year, today, wanted) = (cx.today.year(), cx.today_text(), cx.rules().visits.talks_a_year);
    let held: BTreeSet<String> = cx.records(TALK, Some(year))?.iter().map(|one| one.view.id.to_string()).collect();
    let merged = cx.merged()?;
    let mut talks: BTreeMap<String, u32> = BTreeMap::new();
    for note in cx.records(TALK_NOTE, Some(year))?.iter().filter(|note| held.contains(note.view.str("ref"))) {
        if let Some(opened) = opened(cx, note).filter(|note| !note.member.is_empty()) {
            let member = merged.get(&opened.member).unwrap_or(&opened.member).clone();
            *talks.entry(member).or_default() += 1;
        }
    }
    let rule = cx.rule(&cx.rules().visits.talk_article)?;
    let mut out: Vec<TalkDue> = cx
        .members()?
        .into_iter()
        .filter(|(id, member)| {
            member.belongs_on(&today) && talks.get(&id.to_string()).copied().unwrap_or_default() < wanted
        })
        .map(|(id, member)| TalkDue {
            member: id.to_string(),
            name: member.name,
            post: String::new(),
            since: String::new(),
            rule: rule.clone(),
        })
        .collect();
    out.sort_by_cached_key(|row| (crate::pinyin::key(&row.name), row.member.clone()));
    Ok(out)
}
