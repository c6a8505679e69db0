//! 截至某日: a ledger as it was at the end of a day, read out of the book's changes. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use ybz_domain::book::{BookKind, COPIED, FieldView, Past, RecordView, Scope, Value, is_deleted, plain_type};
use ybz_domain::date::read_date;
use ybz_domain::ids::{BookId, RecordId};
use ybz_domain::ledger::contents::CUSTODIAN;
use ybz_domain::ledger::dues::PAYMENT;
use ybz_domain::ledger::member::{MEMBER, Member};
use ybz_domain::ledger::submission::{Ledger, is_row};
use ybz_domain::ledger::visit::HOUSEHOLD;
use ybz_domain::trust::{ERASURE, Reader, may_read};
use ybz_store::{Marked, RecordQuery};

use crate::ErrorDto;
use crate::cases::history::{open, title};
use crate::cx::{Cx, Stored};
use crate::dto::past::{PastField, PastPage, PastPageInput, PastRow};
use crate::error::Answer;
use crate::node::store_error;

/// Fields that say nothing to people.
const UNTOLD: [&str; 3] = ["recorded_on", CUSTODIAN, "deleted"];

fn kind_of(ledger: &str) -> Answer<BookKind> {
    let known = Ledger::ALL.into_iter().find(|one| one.as_str() == ledger).map(Ledger::book);
    match (known, ledger) {
        (Some(kind), _) => Ok(kind),
        (None, "members") => Ok(BookKind::roster()),
        (None, "households") => Ok(BookKind::households()),
        _ => Err(ErrorDto::new("invalid_input").at("ledger").with("value", ledger)),
    }
}

/// `past.page`
///
/// # Errors
/// `past_future` for a day that is not over, `past_before` for one that the book cannot tell of.
pub(crate) fn page(cx: &Cx<'_>, input: PastPageInput) -> Answer<PastPage> {
    let day = cx.check_far(read_date(&input.day, cx.today), "day", true)?;
    if day > cx.today {
        return Err(ErrorDto::new("past_future").at("day"));
    }
    let kind = kind_of(&input.ledger)?;
    let key = cx.book(kind.clone(), input.year.unwrap_or_else(|| day.year()));
    let me = Reader { office: cx.office, device: cx.device().id() };
    if !may_read(cx.membership(), me, &key) {
        return Err(ErrorDto::new("not_allowed").with("book", &kind));
    }
    if !cx.sees(&kind) {
        return Err(
            ErrorDto::new("profile_hides").with("area", if kind.scope() == Scope::Own { "households" } else { "dues" })
        );
    }
    if kind.scope() == Scope::Own {
        cx.must_open_private()?;
    }
    let renewed = key.generation > 0;
    let mut out = PastPage {
        day: day.to_string(),
        total: 0,
        rows: Vec::new(),
        paid_fen: None,
        added_since: 0,
        from: None,
        renewed,
    };
    let Some(book) = kept(cx, &key.id(), day)? else { return Ok(out) };
    out.from = book.first.map(|first| first.to_string());
    if renewed && book.first.is_some_and(|first| day < first) {
        return Err(ErrorDto::new("past_before").at("day").with("date", book.first.unwrap_or(Date::MIN)));
    }
    let query = RecordQuery { book: Some(key.id()), marked: Marked::Either, ..RecordQuery::default() };
    let (_, now) = cx.node.store.read(|reader| reader.query(&query)).map_err(store_error)?;
    let now: BTreeMap<RecordId, RecordView> = now.into_iter().map(|stored| (stored.view.id, stored.view)).collect();
    let standing = |view: &&RecordView| !is_deleted(&view.rtype) && is_row(&view.rtype) && view.rtype != ERASURE;
    let then: Vec<&RecordView> = book.records.iter().filter(standing).collect();
    if kind == BookKind::dues() {
        let paid = then.iter().filter(|view| view.rtype == PAYMENT).filter_map(|view| view.int("amount"));
        out.paid_fen = Some(paid.fold(0i64, i64::saturating_add));
    }
    let known: BTreeSet<RecordId> = then.iter().map(|view| view.id).collect();
    let added = now.values().filter(|view| standing(view) && !known.contains(&view.id)).count();
    out.added_since = u32::try_from(added).unwrap_or(u32::MAX);
    let names = names(cx)?;
    let private = kind.scope() == Scope::Own;
    let mut rows: Vec<(PastRow, String)> = Vec::new();
    for view in then {
        // Of books that never leave only the households are told; the rest has screens of its own.
        if private && view.rtype != HOUSEHOLD {
            continue;
        }
        let stored = Stored { book: key.clone(), view: view.clone(), row: ybz_domain::ledger::index_row(view) };
        let row = told(cx, &names, &stored, now.get(&view.id));
        let words = format!("{} {} {}", row.date, row.title, stored.row.text).to_lowercase();
        rows.push((row, words));
    }
    let text = input.text.as_deref().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    rows.retain(|(row, words)| {
        text.as_ref().is_none_or(|text| words.contains(text)) && (!input.changed_only || row.since != "same")
    });
    rows.sort_by(|(a, _), (b, _)| b.date.cmp(&a.date).then(a.title.cmp(&b.title)).then(b.id.cmp(&a.id)));
    out.total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let skip = usize::try_from(input.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(if input.limit == 0 { 50 } else { input.limit }).unwrap_or(usize::MAX);
    out.rows = rows.into_iter().map(|(row, _)| row).skip(skip).take(take).collect();
    if private {
        cx.note_opened(out.rows.iter().filter_map(|row| row.id.parse().ok()))?;
    }
    Ok(out)
}

/// The book on a day that was looked at last: whoever turns its pages has it loaded once. What is sealed stays sealed in it.
#[derive(Default)]
pub(crate) struct LastPast {
    /// Goes on with every change of books.
    turn: AtomicU64,
    kept: Mutex<Option<Looked>>,
}

/// A book on a day, as seen today.
struct Looked {
    book: BookId,
    day: Date,
    today: Date,
    past: Arc<Past>,
}

impl LastPast {
    /// The books changed, as the store tells it.
    pub(crate) fn changed(&self, tags: &BTreeSet<String>) {
        if tags.iter().any(|tag| tag.contains('/') || tag == "trust") {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            self.turn.fetch_add(1, Ordering::SeqCst);
            *kept = None;
        }
    }
}

fn kept(cx: &Cx<'_>, book: &BookId, day: Date) -> Answer<Option<Arc<Past>>> {
    let last = &cx.node.past;
    let turn = last.turn.load(Ordering::SeqCst);
    let same = |one: &&Looked| (one.book, one.day, one.today) == (*book, day, cx.today);
    if let Some(one) = last.kept.lock().unwrap_or_else(PoisonError::into_inner).as_ref().filter(same) {
        return Ok(Some(Arc::clone(&one.past)));
    }
    let Some(past) = cx.node.store.past(book, day, cx.today).map_err(store_error)?.map(Arc::new) else {
        return Ok(None);
    };
    let mut kept = last.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if last.turn.load(Ordering::SeqCst) == turn {
        *kept = Some(Looked { book: *book, day, today: cx.today, past: Arc::clone(&past) });
    }
    Ok(Some(past))
}

fn names(cx: &Cx<'_>) -> Answer<BTreeMap<String, String>> {
    let all = cx.records(MEMBER, None)?;
    Ok(all.iter().filter_map(|one| Some((one.view.id.to_string(), Member::read(&one.view)?.name))).collect())
}

fn told(cx: &Cx<'_>, names: &BTreeMap<String, String>, then: &Stored, now: Option<&RecordView>) -> PastRow {
    let view = &then.view;
    let texts = |field: &FieldView| -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for seen in &field.values {
            let text = match &seen.value {
                Value::Str(text) | Value::Text(text) => names.get(text).unwrap_or(text).clone(),
                Value::Int(number) => number.to_string(),
                Value::Bool(flag) => flag.to_string(),
                Value::Bytes(_) | Value::Unknown => continue,
            };
            if !out.contains(&text) {
                out.push(text);
            }
        }
        out.sort();
        out
    };
    let here = now.filter(|now| !is_deleted(&now.rtype));
    let mut fields = Vec::new();
    let mut same = true;
    let untold = |name: &str| UNTOLD.contains(&name) || COPIED.contains(&name);
    for (name, field) in view.fields.iter().filter(|(name, _)| !untold(name)) {
        let (values, later) = (texts(field), here.and_then(|now| now.fields.get(name)));
        let differs = here.is_some() && !later.is_some_and(|later| alike(field, later));
        same &= !differs;
        if values.is_empty() {
            continue;
        }
        let now = differs.then(|| later.map(texts).unwrap_or_default());
        let subject = name.split_once('/').and_then(|(_, member)| names.get(member)).cloned();
        fields.push(PastField { field: name.clone(), subject, values, now });
    }
    if let Some(now) = here {
        same &= now.fields.keys().filter(|name| !untold(name)).all(|name| view.fields.contains_key(name));
    }
    PastRow {
        id: view.id.to_string(),
        record_type: plain_type(&view.rtype).to_owned(),
        date: view.str("date").to_owned(),
        title: called(cx, names, then),
        fields,
        amount_fen: view.int("amount"),
        since: match (now, here, same) {
            (None, ..) => "gone",
            (Some(_), None, _) => "deleted",
            (Some(_), Some(_), true) => "same",
            (Some(_), Some(_), false) => "changed",
        }
        .to_owned(),
    }
}

/// Equal values, whoever wrote them.
fn alike(a: &FieldView, b: &FieldView) -> bool {
    let values = |view: &FieldView| {
        let mut all: Vec<Value> = view.values.iter().map(|seen| seen.value.clone()).collect();
        all.sort();
        all.dedup();
        all
    };
    values(a) == values(b)
}

fn called(cx: &Cx<'_>, names: &BTreeMap<String, String>, then: &Stored) -> String {
    if then.view.rtype == HOUSEHOLD {
        let id = then.view.id;
        let sealed = then.view.bytes("sealed").map(|bytes| open(cx, &then.book, &id, "sealed", &[id], bytes));
        let parts = sealed.unwrap_or_default();
        let of = |name: &str| parts.iter().find(|part| part.name == name).map(|part| part.value.clone());
        return [of("name"), of("door")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    let titled = title(&then.view).trim_start_matches(then.view.str("date")).trim().to_owned();
    // A step has no title; what it tells stands for it.
    let named = if titled.is_empty() { then.view.str("note").to_owned() } else { titled };
    match names.get(then.view.str("ref")) {
        Some(name) => format!("{name} {named}").trim().to_owned(),
        None => named,
    }
}
