//! 搜索: one field for everything that this office keeps or reads. What is sealed is opened and looked through here, never
//! indexed; what the profile at the screen does not see is not looked for.

mod sealed;

use ybz_domain::book::{BookKind, RecordView, Scope};
use ybz_domain::date::read_date;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::admission::{ADMISSION_DECISION, ADMISSION_STEP};
use ybz_domain::ledger::answer::ANSWER;
use ybz_domain::ledger::dues::{ASSESSMENT, HANDED_IN, PAYMENT, REASON, RELIEF, SETTLEMENT};
use ybz_domain::ledger::flow::FLOW_EVENT;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::standing::MEMBER_CHANGE;
use ybz_domain::ledger::visit::{CONCERN, HOUSEHOLD, KEPT_CONCERN, STEP};
use ybz_domain::pinyin;
use ybz_domain::search::expression;
use ybz_store::{SearchQuery, StoredRecord};

use sealed::{Sealed, holds};

use super::care::Subjects;
use super::concern;
use super::unsealed::{self, Lines};
use crate::cx::Cx;
use crate::dto::search::{SearchHit, SearchInput};
use crate::error::Answer;
use crate::node::store_error;

/// Characters that are looked at; more is no search.
const LONGEST: usize = 100;
const DEFAULT_LIMIT: u32 = 20;
const MOST: u32 = 200;
/// Characters of a title.
const SHOWN: usize = 60;

/// `search`
pub(crate) fn search(cx: &Cx<'_>, input: SearchInput) -> Answer<Vec<SearchHit>> {
    let typed: String = input.text.trim().chars().take(LONGEST).collect();
    let limit = if input.limit == 0 { DEFAULT_LIMIT } else { input.limit.min(MOST) };
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let query = SearchQuery {
        words: expression(&typed),
        date: date(cx, &typed),
        amount: fen(&typed),
        offices: offices(cx),
        hidden: BookKind::known().into_iter().filter(|kind| !cx.sees(kind)).collect(),
        limit,
    };
    let found = cx.node.store.read(|reader| reader.search(&query)).map_err(store_error)?;
    let mut open = Vec::new();
    // Private books of an office that is kept here in custody are looked through when that office is chosen.
    for record in found.iter().filter(|one| one.office == cx.office || one.key.kind.scope() != Scope::Own) {
        open.push(hit(cx, record, &typed)?);
    }
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let people = people(cx, &typed, most)?;
    let (homes, told) = private(cx, &typed, most)?;
    Ok(in_turn([people, homes, told, open], most))
}

/// One of each sort after the other, so that many of one sort leave none of another out; each record once.
fn in_turn<const N: usize>(sorts: [Vec<SearchHit>; N], most: usize) -> Vec<SearchHit> {
    let mut out: Vec<SearchHit> = Vec::new();
    let mut sorts = sorts.map(Vec::into_iter);
    loop {
        let before = sorts.iter().map(ExactSizeIterator::len).sum::<usize>();
        for hit in sorts.iter_mut().filter_map(Iterator::next) {
            if out.iter().all(|known| (&known.id, &known.office) != (&hit.id, &hit.office)) {
                out.push(hit);
            }
        }
        if before == 0 || out.len() >= most {
            out.truncate(most);
            return out;
        }
    }
}

/// This office and those whose records it reads: those below a general branch are read through it.
fn offices(cx: &Cx<'_>) -> Vec<OfficeId> {
    let mut offices = vec![cx.office];
    offices.extend(cx.offices_below());
    offices
}

/// Members of this office by name: who was entered long ago stands behind whatever was written since.
fn people(cx: &Cx<'_>, typed: &str, most: usize) -> Answer<Vec<SearchHit>> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let named = |member: &Member| words.iter().all(|word| pinyin::matches(&member.name, word));
    let all = cx.members()?.into_iter().filter(|(_, member)| member.merged_into.is_empty());
    let mut found: Vec<_> = all.filter(|(_, member)| named(member)).collect();
    // The whole name first, and who belongs to the office today before who left.
    found.sort_by_cached_key(|(id, member)| {
        (member.name != typed, !member.left_on.is_empty(), pinyin::key(&member.name), *id)
    });
    let hit = |(id, member): (RecordId, Member)| SearchHit { title: member.name, ..own(cx, id.to_string(), MEMBER) };
    Ok(found.into_iter().take(most).map(hit).collect())
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

/// A record of this office that is opened itself.
fn own(cx: &Cx<'_>, id: String, rtype: &str) -> SearchHit {
    SearchHit {
        target: id.clone(),
        id,
        rtype: rtype.to_owned(),
        target_type: rtype.to_owned(),
        office: cx.office.to_string(),
        office_name: String::new(),
        date: String::new(),
        title: String::new(),
        kind: String::new(),
        amount: 0,
        private: false,
    }
}

/// Households, and everything else that is sealed, as it opens here.
fn private(cx: &Cx<'_>, typed: &str, most: usize) -> Answer<(Vec<SearchHit>, Vec<SearchHit>)> {
    if !cx.sees(&BookKind::households()) || cx.must_open_private().is_err() {
        return Ok(Default::default());
    }
    let wanted: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let all = unsealed::opened::<Lines<Sealed>>(cx)?;
    // Who handed dues in is told with the payment, to whoever sees that.
    let dues = cx.sees(&BookKind::dues());
    let found = |home: bool| {
        let of_sort = all.0.iter().filter(move |line| (line.row.rtype == HOUSEHOLD) == home);
        let of_sort = of_sort.filter(move |line| dues || line.row.rtype != HANDED_IN);
        of_sort.filter(|line| holds(line, &wanted)).take(most).map(|line| &line.row)
    };
    let homes = found(true).map(|one| SearchHit {
        title: one.texts.first().cloned().unwrap_or_default(),
        private: true,
        ..own(cx, one.id.to_string(), HOUSEHOLD)
    });
    let homes: Vec<SearchHit> = homes.collect();
    let rest: Vec<&Sealed> = found(false).collect();
    if rest.is_empty() {
        return Ok((homes, Vec::new()));
    }
    cx.note_opened(rest.iter().map(|one| one.id))?;
    let subjects = Subjects::load(cx)?;
    // What was handed in is opened as such; the others have the day of what they stand beside.
    let about = rest.iter().flat_map(|one| [Some(concern::handed_id(&one.id)), one.beside]);
    let about = cx.find_each(&about.flatten().collect::<Vec<_>>())?;
    let mut told = Vec::new();
    for one in rest {
        let known = subjects.get(&one.subject).map(|subject| subject.name).unwrap_or_default();
        let mut hit = SearchHit {
            rtype: one.rtype.to_owned(),
            date: one.date.clone(),
            title: named(&one.texts, &wanted, &known),
            private: true,
            ..own(cx, one.id.to_string(), one.target_type)
        };
        hit.target.clone_from(&one.target);
        if let Some(beside) = one.beside.and_then(|id| about.get(&id)).filter(|_| hit.date.is_empty()) {
            hit.date.clone_from(&beside.row.date);
        }
        if let Some(concern) = about.get(&concern::handed_id(&one.id)).filter(|_| one.rtype == KEPT_CONCERN) {
            hit.target = concern.view.id.to_string();
            hit.target_type = CONCERN.to_owned();
            hit.date.clone_from(&concern.row.date);
        }
        told.push(hit);
    }
    Ok((homes, told))
}

/// The text in which the words stand, else the first, else whom it is about.
fn named(texts: &[String], wanted: &[String], known: &str) -> String {
    let first = wanted.first().map(String::as_str).unwrap_or_default();
    let holds = texts.iter().find(|text| pinyin::matches(text, first)).or_else(|| texts.first());
    holds.map_or_else(|| known.to_owned(), |text| excerpt(text, &wanted.join(" ")))
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
    fn sorts_of_hits_come_in_turn_and_each_record_once() {
        let hit = |id: &str| SearchHit { id: id.to_owned(), office: "o".to_owned(), ..SearchHit::default() };
        let many: Vec<SearchHit> = (0..30).map(|n| hit(&format!("home {n}"))).collect();
        let ids = |hits: Vec<SearchHit>| hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>();
        let mixed = ids(in_turn([vec![hit("member")], many.clone(), Vec::new(), vec![hit("visit"), hit("member")]], 5));
        assert_eq!(mixed, ["member", "home 0", "visit", "home 1", "home 2"]);
        assert_eq!(ids(in_turn([Vec::new(), many], 30)).len(), 30);
        assert!(in_turn::<2>([Vec::new(), Vec::new()], 5).is_empty());
    }

    #[test]
    fn a_title_is_cut_around_the_words() {
        let text = format!("{}路灯坏了{}", "前".repeat(50), "后".repeat(50));
        let shown = excerpt(&text, "路灯");
        assert!(shown.starts_with("…前") && shown.contains("路灯坏了") && shown.ends_with('…'), "{shown}");
        assert_eq!(excerpt("路灯", "路灯"), "路灯");
    }
}
