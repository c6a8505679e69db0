//! Free text that goes up or down. Every text in an `up/` or `down/` book counts as free unless it is listed here as something else, so that a new
//! field of a new type is checked for names of households until somebody says that it need not be.

use crate::book::{BookKind, COPIED, DELETED, RecordOp, Scope, UNDECIDED, Value};
use crate::ids::RecordId;
use crate::ledger::desk::case::CASE_TOLD;
use crate::ledger::rule_pack::RULE_PACK;
use crate::ledger::transfer::TRANSFER_PASS;

/// Days, months and times of day.
const DAYS: &[&str] = &[
    "date",
    "until",
    "recorded_on",
    "start",
    "month",
    "to_month",
    "deadline",
    "due",
    "joined",
    "birth_month",
    "left_on",
    "decided_on",
    "approved_on",
    "withdrawn_on",
    "withdrawn_from",
    "withdrawn",
    "trained",
    "on/",
];
/// Records, hashes, versions, numbers of papers.
const NAMES: &[&str] = &[
    "ref",
    "step",
    "session",
    "session/",
    "transfer",
    "origin",
    "merged_into",
    "distinct/",
    "apart/",
    "over/",
    "reverses",
    "payments",
    "member",
    "template",
    "seen/",
    "after",
    "digest",
    "digest/",
    "heads/",
    "rows/",
    "count/",
    "rules",
    "version",
    "erased_mark",
    "receipt",
    "office",
    "slip",
    "letter",
];
/// Words out of a list.
const WORDS: &[&str] = &[
    "kind",
    "kind/",
    "state",
    "sex",
    "every",
    "way",
    "occasion",
    "whom",
    "mark/",
    "due/",
    "roll_of",
    "grade/",
    "standing/",
    "elector/",
    "post/",
    "quarterly",
    "void",
    "value",
];
/// People who take part: names that are known above.
const PEOPLE: &[&str] = &["name", "person", "leader", "owner", "chair", "recorder", "with/", "beside/", "choice/"];
/// The word stands in the name of the field: somebody typed it, and it is checked like the text of any other.
const IN_NAME: &[&str] = &["situation/", "unit/"];

/// Types in which nobody types anything: rules are data of the program; what is passed on of a member is as the branch wrote it;
/// 随单告知 is there to name somebody, beside an event that says why.
const TYPES: &[&str] = &[RULE_PACK, TRANSFER_PASS, CASE_TOLD];

/// Whether a field of an `up/` or `down/` book holds words that somebody typed.
pub fn is_free_text(field: &str) -> bool {
    let listed = |names: &[&str]| {
        names.iter().any(|name| match name.strip_suffix('/') {
            Some(_) => field.starts_with(name),
            None => field == *name,
        })
    };
    let structure = field == DELETED || field.starts_with(UNDECIDED) || COPIED.contains(&field);
    !structure && ![DAYS, NAMES, WORDS, PEOPLE].into_iter().any(listed)
}

/// The free text that a step writes into a book that goes up or down: record, field and text. Nothing for other books.
pub fn free_text<'a>(kind: &BookKind, op: &'a RecordOp) -> Vec<(RecordId, &'a str, &'a str)> {
    if kind.scope() == Scope::Own {
        return Vec::new();
    }
    let words = |field: &'a str, value: &'a Value| -> Option<(&'a str, &'a str)> {
        let text = match (IN_NAME.iter().find_map(|name| field.strip_prefix(name)), value) {
            (Some(word), Value::Bool(true)) => word,
            _ => value.as_str()?,
        };
        (is_free_text(field) && !text.trim().is_empty()).then_some((field, text))
    };
    match op {
        RecordOp::Create { rtype, .. } if TYPES.contains(&rtype.as_str()) => Vec::new(),
        RecordOp::Create { id, fields, .. } => fields
            .iter()
            .filter_map(|(name, value)| words(name, value))
            .map(|(field, text)| (*id, field, text))
            .collect(),
        RecordOp::Set { id, field, value } => {
            words(field, value).map(|(field, text)| (*id, field, text)).into_iter().collect()
        }
        RecordOp::EditText { id, field, text } if !text.trim().is_empty() => vec![(*id, field.as_str(), text.as_str())],
        RecordOp::EditText { .. } | RecordOp::Clear { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::create;
    use crate::ledger::contents::contents;

    const ID: RecordId = RecordId([1; 16]);

    #[test]
    fn what_is_not_listed_is_text_and_what_is_listed_stands_in_some_book() {
        assert!(is_free_text("something_new") && is_free_text("note") && is_free_text("note/2"));
        for known in ["date", "ref", "kind/x", "person", "with/王某", "undecided/title", "deleted", "copied/on"] {
            assert!(!is_free_text(known), "{known}");
        }
        let types = BookKind::known();
        let fields: Vec<&str> = types.iter().flat_map(contents).flat_map(|one| one.fields.iter().copied()).collect();
        for name in [DAYS, NAMES, WORDS, PEOPLE].concat() {
            assert!(fields.contains(&name), "{name} stands in no book");
        }
    }

    #[test]
    fn texts_are_found_in_books_that_go_up_or_down_alone() {
        let step =
            create(ID, "dues_payment", [("note", "代缴".into()), ("ref", "x".into()), ("way", "relative".into())]);
        assert_eq!(free_text(&BookKind::dues(), &step), [(ID, "note", "代缴")]);
        assert_eq!(free_text(&BookKind::private(), &step), []);
        let minutes = RecordOp::EditText { id: ID, field: "minutes".to_owned(), text: "开会".to_owned() };
        assert_eq!(free_text(&BookKind::meetings(), &minutes), [(ID, "minutes", "开会")]);
        let chip = create(ID, "visit", [("situation/家里有事", Value::Bool(true)), ("with/王某", Value::Bool(true))]);
        assert_eq!(free_text(&BookKind::visits(), &chip), [(ID, "situation/家里有事", "家里有事")]);
        let body = create(ID, "body", [("name", "流动党支部".into()), ("unit/王某家庭农场", Value::Bool(true))]);
        assert_eq!(free_text(&BookKind::roster(), &body), [(ID, "unit/王某家庭农场", "王某家庭农场")]);
        let pack = create(ID, RULE_PACK, [("text", "a = 1".into())]);
        assert_eq!(free_text(&BookKind::tasks(), &pack), []);
        let answer = create(ID, "answer", [("text", "已修".into()), ("ref", "x".into()), ("unit", "城管队".into())]);
        assert_eq!(free_text(&BookKind::dispatch(), &answer), [(ID, "text", "已修"), (ID, "unit", "城管队")]);
        let item = create(ID, "dispatched_item", [("title", "防汛".into()), ("measure", "排查".into())]);
        assert_eq!(free_text(&BookKind::dispatch(), &item), [(ID, "title", "防汛"), (ID, "measure", "排查")]);
        let word = create(ID, "decision", [("note", "缺签名".into()), ("person", "钱乙二".into())]);
        assert_eq!(free_text(&BookKind::dispatch(), &word), [(ID, "note", "缺签名")]);
        for rtype in [RULE_PACK, TRANSFER_PASS, CASE_TOLD] {
            let silent = create(ID, rtype, [("contact", "x".into()), ("place", "x".into()), ("text", "x".into())]);
            assert_eq!(free_text(&BookKind::dispatch(), &silent), [], "{rtype}");
        }
    }
}
