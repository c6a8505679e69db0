//! Whom to visit at the next occasion.

use std::collections::BTreeSet;

use ybz_domain::ledger::care::{CARE, Care};
use ybz_domain::ledger::visit::{Visit, VisitKind};
use ybz_domain::pinyin;
use zeroize::Zeroize;

use super::{Subject, all_of};
use crate::ErrorDto;
use crate::cases::unsealed::{self, Line, Lines, Opened, Wipe, links};
use crate::cx::Cx;
use crate::dto::ListInput;
use crate::dto::care::{CareList, CareListInput, CareRow};
use crate::error::Answer;

impl Wipe for CareRow {
    fn wipe(&mut self) {
        [&mut self.name, &mut self.place, &mut self.reason].into_iter().for_each(Zeroize::zeroize);
    }
}

impl Opened for Lines<CareRow> {
    const MADE_OF: &'static [&'static str] = &["own/private", "up/roster"];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let all = all_of::<Care>(cx, CARE)?.into_iter().filter(|(_, frame, ..)| frame.ended.is_empty());
        let lines = all.map(|(stored, _, content, who)| Line {
            row: care_row(stored.view.id.to_string(), who, content),
            said: String::new(),
            year: stored.book.year,
        });
        let mut lines: Vec<Line<CareRow>> = lines.collect();
        lines.sort_by_cached_key(|line| (line.row.whom.clone(), pinyin::key(&line.row.name), line.row.id.clone()));
        Ok(Self(lines))
    }
}

fn care_row(id: String, who: Subject, content: Care) -> CareRow {
    CareRow {
        id,
        subject: who.id.to_string(),
        name: who.name,
        place: who.place,
        whom: content.whom,
        reason: content.reason,
        last: None,
        visited: false,
    }
}

/// `care.list`: whom to visit at the next occasion, those on the list first. Members for many years are proposed by the rule;
/// nobody is put on the list but by a person.
pub(crate) fn list(cx: &Cx<'_>, input: CareListInput) -> Answer<CareList> {
    cx.must_open_private()?;
    let rules = &cx.rules().visits;
    let (occasion, day) = rules.next(cx.today).ok_or_else(|| ErrorDto::internal("rules", &"no occasion"))?;
    let listed = unsealed::opened::<Lines<CareRow>>(cx)?;
    let proposed = proposed(cx, &listed)?;
    let wanted = |row: &&CareRow| input.subject.as_ref().is_none_or(|subject| row.subject == *subject);
    let rows: Vec<&CareRow> = listed.0.iter().map(|line| &line.row).chain(&proposed).filter(wanted).collect();
    let page = ListInput { offset: input.offset, limit: input.limit, ..ListInput::default() };
    let mut page = unsealed::page_of(&rows, &page, CareRow::clone);
    // A visit belongs to the occasion when it says so, within half a year of its day.
    let (occasion, since) = (occasion.as_str(), day.checked_sub(jiff::Span::new().days(180)));
    let since = since.map_or_else(|_| cx.today_text(), |day| day.to_string());
    let visits = links::visits(cx, page.rows.iter().map(|row| row.subject.clone()).collect(), None)?;
    for row in &mut page.rows {
        let of = visits.to(&row.subject).filter_map(|stored| Visit::read(&stored.view));
        for visit in of.filter(|visit| visit.kind == VisitKind::Consolation) {
            row.visited |= visit.occasion == occasion && visit.date >= since;
            row.last = row.last.take().max(Some(visit.date));
        }
    }
    Ok(CareList { occasion: occasion.to_owned(), day: day.to_string(), total: page.total, rows: page.rows })
}

/// Members for many years who are not on the list.
fn proposed(cx: &Cx<'_>, listed: &Lines<CareRow>) -> Answer<Vec<CareRow>> {
    let years = cx.rules().visits.old_member_years;
    let listed: BTreeSet<&str> = listed.0.iter().map(|line| line.row.subject.as_str()).collect();
    let mut rows = Vec::new();
    for (id, member) in cx.members()?.into_iter().filter(|(_, member)| member.belongs_on(&cx.today_text())) {
        let joined: Option<i16> = member.joined.get(..4).and_then(|year| year.parse().ok());
        let long = joined.is_some_and(|joined| cx.today.year() - joined >= years);
        if long && !listed.contains(id.to_string().as_str()) {
            let who = Subject { id, name: member.name, place: member.group };
            let content = Care { whom: "old_member".to_owned(), reason: String::new() };
            rows.push(care_row(String::new(), who, content));
        }
    }
    rows.sort_by_cached_key(|row| pinyin::key(&row.name));
    Ok(rows)
}
