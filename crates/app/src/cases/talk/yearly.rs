//! 谈心谈话 with each member, so many times a year.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::talk::TALK;
use ybz_store::RecordQuery;

use super::Talked;
use crate::cases::unsealed::{self, Lines};
use crate::cx::Cx;
use crate::dto::talk::TalkDue;
use crate::error::Answer;

/// Members of today with whom fewer talks were had this year than the rule asks for, by name. With whom a talk was is known
/// where its note opens; one without a member counts for nobody.
pub(super) fn due(cx: &Cx<'_>) -> Answer<Vec<TalkDue>> {
    let (today, wanted) = (cx.today_text(), cx.rules().visits.talks_a_year);
    let query = RecordQuery { year: Some(cx.today.year()), ..RecordQuery::of_type(TALK) };
    let held: BTreeSet<RecordId> = cx.rows(BookKind::meetings(), query)?.into_iter().map(|(id, _)| id).collect();
    let mut talks: BTreeMap<String, u32> = BTreeMap::new();
    if !held.is_empty() {
        let merged = cx.merged()?;
        for line in unsealed::opened::<Lines<Talked>>(cx)?.0.iter().filter(|line| held.contains(&line.row.talk)) {
            let member = merged.get(&line.row.member).unwrap_or(&line.row.member).clone();
            *talks.entry(member).or_default() += 1;
        }
    }
    let rule = cx.rule(&cx.rules().visits.talk_article)?;
    let missing = |id: &String| talks.get(id).copied().unwrap_or_default() < wanted;
    let here = cx.members()?.into_iter().filter(|(_, member)| member.belongs_on(&today));
    let mut out: Vec<TalkDue> = here
        .map(|(id, member)| (id.to_string(), member.name))
        .filter(|(id, _)| missing(id))
        .map(|(member, name)| TalkDue { member, name, post: String::new(), since: String::new(), rule: rule.clone() })
        .collect();
    out.sort_by_cached_key(|row| (crate::pinyin::key(&row.name), row.member.clone()));
    Ok(out)
}
