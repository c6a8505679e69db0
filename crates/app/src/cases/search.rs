//! 搜索: one field for everything that this office keeps or reads. What is sealed is opened and looked through here, never
//! indexed; what the profile at the screen does not see is not looked for.

use ybz_domain::book::{BookKind, RecordView, Scope};
use ybz_domain::date::read_date;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::admission::{ADMISSION_DECISION, ADMISSION_STEP};
use ybz_domain::ledger::answer::ANSWER;
use ybz_domain::ledger::dues::{ASSESSMENT, PAYMENT, REASON, RELIEF, SETTLEMENT};
use ybz_domain::ledger::flow::FLOW_EVENT;
use ybz_domain::ledger::member::MEMBER;
use ybz_domain::ledger::standing::MEMBER_CHANGE;
use ybz_domain::ledger::visit::{HOUSEHOLD, KEPT_CONCERN, STEP};
use ybz_domain::pinyin;
use ybz_domain::search::expression;
use ybz_store::{SearchQuery, StoredRecord};

use super::{concern, household};
use crate::cx::Cx;
use crate::dto::search::{SearchHit, SearchInput};
use crate::error::Answer;
use crate::node::store_error;

/// Characters that are looked at; more is no search.
const LONGEST: usize = 100;
const DEFAULT_LIMIT: u32 = 20;
const MOST: u32 = 200;
/// Most members by their name, before everything that names one.
const PEOPLE: usize = 8;
/// Characters of a title.
const SHOWN: usize = 60;

/// `search`
pub(crate) fn search(cx: &Cx<'_>, input: SearchInput) -> Answer<Vec<SearchHit>> {
    let typed: String = input.text.trim().chars().take(LONGEST).collect();
    let limit = if input.limit == 0 { DEFAULT_LIMIT } else { input.limit.min(MOST) };
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let mut hits = private(cx, &typed)?;
    hits.extend(people(cx, &typed)?);
    let query = SearchQuery {
        words: expression(&typed),
        date: date(cx, &typed),
        amount: fen(&typed),
        offices: offices(cx),
        hidden: BookKind::known().into_iter().filter(|kind| !cx.sees(kind)).collect(),
        limit,
    };
    let found = cx.node.store.read(|reader| reader.search(&query)).map_err(store_error)?;
    // Private books of an office that is kept here in custody are looked through when that office is chosen.
    for record in found.iter().filter(|one| one.office == cx.office || one.key.kind.scope() != Scope::Own) {
        let hit = hit(cx, record, &typed)?;
        if !hits.iter().any(|known| known.id == hit.id && known.office == hit.office) {
            hits.push(hit);
        }
    }
    hits.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(hits)
}

/// This office and those whose records it reads.
fn offices(cx: &Cx<'_>) -> Vec<OfficeId> {
    let mut offices = vec![cx.office];
    offices.extend(cx.children(&cx.office));
    offices
}

/// A day as people type it. Fewer than three signs mean no day: somebody is still typing.
fn date(cx: &Cx<'_>, typed: &str) -> Option<String> {
    let long = typed.chars().count() >= 3;
    read_date(typed, cx.today).ok().filter(|_| long).map(|date| date.to_string())
}

/// An amount in yuan: `45`, `45.5`, `45.00元`, `1,200`.
fn fen(typed: &str) -> Option<i64> {
    let text = typed.trim_start_matches('¥').trim_end_matches('元').replace(',', "");
    let (yuan, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || yuan.len() > 9 || rest.len() > 2 || !digits(yuan) || !digits(rest) {
        return None;
    }
    let rest: i64 = format!("{rest:0<2}").parse().ok()?;
    Some(yuan.parse::<i64>().ok()? * 100 + rest)
}

fn hit(cx: &Cx<'_>, record: &StoredRecord, typed: &str) -> Answer<SearchHit> {
    let view = &record.view;
    // Steps and payments have no screen of their own.
    let about = match view.rtype.as_str() {
        STEP | PAYMENT | ASSESSMENT | RELIEF | REASON | SETTLEMENT | ANSWER | MEMBER_CHANGE | ADMISSION_STEP
        | ADMISSION_DECISION | FLOW_EVENT => cx.find(&record.row.about)?.map(|stored| stored.view),
        _ => None,
    };
    let target = about.as_ref().unwrap_or(view);
    let said = title(view, typed);
    let named = about.as_ref().map(|about| title(about, typed)).unwrap_or_default();
    let own = record.office == cx.office;
    Ok(SearchHit {
        id: view.id.to_string(),
        rtype: view.rtype.clone(),
        target: target.id.to_string(),
        target_type: target.rtype.clone(),
        office: record.office.to_string(),
        office_name: if own { String::new() } else { cx.name_of(&record.office) },
        date: record.row.date.clone(),
        title: if said.is_empty() { named } else { said },
        kind: record.row.kind.clone(),
        amount: record.row.amount,
        private: record.key.kind.scope() == Scope::Own,
    })
}

/// What a record is called; a field in which the words stand comes before its name.
fn title(view: &RecordView, typed: &str) -> String {
    let fields = ["title", "name", "text", "theme", "problem", "place", "note", "minutes", "resolution"];
    let wanted = typed.to_lowercase();
    let texts = || fields.iter().map(|field| view.str(field)).filter(|text| !text.is_empty());
    let holds = texts().find(|text| text.to_lowercase().contains(&wanted));
    holds.or_else(|| texts().next()).map(|text| excerpt(text, &wanted)).unwrap_or_default()
}

/// A piece of a text, from a little before the words on.
fn excerpt(text: &str, wanted: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = text.to_lowercase().find(wanted).map_or(0, |at| text.get(..at).map_or(0, |before| before.chars().count()));
    let start = if at < SHOWN / 2 { 0 } else { at - 10 };
    let piece: String = text.chars().skip(start).take(SHOWN).collect();
    let cut = start + SHOWN < text.chars().count();
    format!("{}{piece}{}", if start > 0 { "…" } else { "" }, if cut { "…" } else { "" })
}

/// Members whose name was typed: who looks for a person is not shown first where the person took part.
fn people(cx: &Cx<'_>, typed: &str) -> Answer<Vec<SearchHit>> {
    if !cx.sees(&BookKind::roster()) {
        return Ok(Vec::new());
    }
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(bool, SearchHit)> = Vec::new();
    for stored in cx.records(MEMBER, None)? {
        let name = stored.view.str("name");
        if !words.iter().all(|word| pinyin::matches(name, word)) {
            continue;
        }
        let hit = SearchHit {
            date: stored.row.date.clone(),
            kind: stored.row.kind.clone(),
            private: false,
            ..sealed(cx, stored.view.id.to_string(), MEMBER, name.to_owned())
        };
        found.push((!name.eq_ignore_ascii_case(typed), hit));
    }
    found.sort_by(|a, b| (a.0, &a.1.title).cmp(&(b.0, &b.1.title)));
    Ok(found.into_iter().map(|(_, hit)| hit).take(PEOPLE).collect())
}

/// What was opened and looked through here: it leads to itself.
fn sealed(cx: &Cx<'_>, id: String, rtype: &str, title: String) -> SearchHit {
    SearchHit {
        target: id.clone(),
        id,
        rtype: rtype.to_owned(),
        target_type: rtype.to_owned(),
        office: cx.office.to_string(),
        office_name: String::new(),
        date: String::new(),
        title,
        kind: String::new(),
        amount: 0,
        private: true,
    }
}

/// Households, and concerns that were not handed in, as they open here.
fn private(cx: &Cx<'_>, typed: &str) -> Answer<Vec<SearchHit>> {
    if !cx.sees(&BookKind::households()) || cx.must_open_private().is_err() {
        return Ok(Vec::new());
    }
    let wanted: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let all = |texts: &[&str]| wanted.iter().all(|word| texts.iter().any(|text| pinyin::matches(text, word)));
    let mut hits = Vec::new();
    let homes = household::homes(cx)?;
    for one in homes.all() {
        let known = &one.identity;
        if all(&[&known.name, &known.door, &known.phone, &known.note]) {
            let title = [known.name.as_str(), known.door.as_str()].join(" ").trim().to_owned();
            hits.push(sealed(cx, one.id.to_string(), HOUSEHOLD, title));
        }
    }
    let kept = concern::Kept::load(cx, None)?;
    let found = kept.newest().filter(|(_, one)| all(&[&one.concern.private_note]));
    let rows: Vec<_> = found.map(|(day, one)| one.row(cx, day)).collect();
    cx.note_opened(rows.iter().filter_map(|row| row.id.parse().ok()))?;
    for row in rows {
        let title = excerpt(&row.private_note, &wanted.join(" "));
        hits.push(SearchHit { date: row.date, ..sealed(cx, row.id, KEPT_CONCERN, title) });
    }
    Ok(hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_yuan() {
        for (typed, wanted) in [("45", 4_500), ("45.5", 4_550), ("45.02元", 4_502), ("1,200", 120_000), ("¥0.20", 20)]
        {
            assert_eq!(fen(typed), Some(wanted), "{typed}");
        }
        for typed in ["", "路灯", "4.555", "4..5", "-3", "2026-03-05", "99999999999"] {
            assert_eq!(fen(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_title_is_cut_around_the_words() {
        let text = format!("{}路灯坏了{}", "前".repeat(50), "后".repeat(50));
        let shown = excerpt(&text, "路灯");
        assert!(shown.starts_with("…前") && shown.contains("路灯坏了") && shown.ends_with('…'), "{shown}");
        assert_eq!(excerpt("路灯", "路灯"), "路灯");
    }
}
