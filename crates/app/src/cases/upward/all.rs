//! Every free text of a commit that goes up or down, whoever wrote the case.

use std::collections::BTreeSet;

use ybz_domain::book::{BookKey, BookKind, RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::contents::free_text;

use super::{Private, Upward};
use crate::cx::{Cx, Edits, Names};
use crate::dto::concern::CleanInput;
use crate::error::Answer;
use crate::node::store_error;

/// Looks through every free text that a commit writes into books that go up or down, and that its case has not looked through: whoever
/// adds a type of record or a field has nothing to remember. What a text had before is not asked about again.
///
/// # Errors
/// As [`Private::check`] at the record's field, without the person's word.
pub(crate) fn check_all(cx: &Cx<'_>, edits: &mut Edits) -> Answer<()> {
    if edits.names == Names::Stood {
        return Ok(());
    }
    let mut left: Vec<(BookKey, RecordId, String, String)> = Vec::new();
    for (key, op) in edits.steps().filter(|(key, _)| key.writer() == cx.office) {
        // An id is what no person types, and its digits are nobody's phone.
        let typed = |text: &str| !edits.checked.contains(text) && text.parse::<RecordId>().is_err();
        let new = free_text(&key.kind, op).into_iter().filter(|(.., text)| typed(text));
        left.extend(new.map(|(id, field, text)| (key.clone(), id, field.to_owned(), text.to_owned())));
    }
    if left.is_empty() {
        return Ok(());
    }
    let private = Private::load(cx)?;
    if edits.names == Names::Replace {
        replace(&private, edits);
        return Ok(());
    }
    let mut passed: BTreeSet<(RecordId, &'static str)> = BTreeSet::new();
    let mut check = Upward::of(private, cx.call.keep);
    for (key, id, field, text) in left {
        let stood = before(cx, &key, &id, &field)?;
        let stays = |text: &str, stood: &str| {
            let known = check.private.matches(stood);
            !known.is_empty() && check.private.matches(text).iter().all(|found| known.contains(found))
        };
        if stood == text || stays(&text, &stood) {
            continue;
        }
        let asked = if key.kind == BookKind::meetings() { without_members(cx, &check.private, text)? } else { text };
        check.passed.clear();
        check.check(&camel(field.split('/').next().unwrap_or(&field)), &asked)?;
        passed.extend(check.passed.iter().map(|code| (id, *code)));
    }
    for (id, code) in passed {
        edits.log_once(code, &[("record", id.to_string())]);
    }
    Ok(())
}

/// What is said of a meeting without the names of members: they take part in it and go up with its roll, also where one of them
/// is the head of a household that was visited.
fn without_members(cx: &Cx<'_>, private: &Private, mut text: String) -> Answer<String> {
    if private.matches(&text).is_empty() {
        return Ok(text);
    }
    for (_, member) in cx.members()? {
        if !member.name.is_empty() {
            text = text.replace(&member.name, " ");
        }
    }
    Ok(text)
}

/// The name of a field as forms have it: `next_step` is `nextStep`.
fn camel(field: &str) -> String {
    let mut parts = field.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut name, part| {
        let mut letters = part.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}

/// `names.clean`: 改为"该户". Texts that are too many or too long are left as they are.
pub(crate) fn clean(cx: &Cx<'_>, input: CleanInput) -> Answer<Vec<String>> {
    let mut private = Private::load(cx)?;
    for word in input.also.iter().take(20).filter(|word| word.len() <= 400) {
        private.add(word, word);
    }
    let most = |text: &String| text.len() <= 64 * 1024;
    Ok(input.texts.into_iter().take(500).map(|text| if most(&text) { private.without(&text) } else { text }).collect())
}

/// A text as it stands in the book before the commit; empty when there is none.
fn before(cx: &Cx<'_>, key: &BookKey, id: &RecordId, field: &str) -> Answer<String> {
    let book = key.id();
    let stored = cx.node.store.read(|reader| reader.record(Some(&book), id)).map_err(store_error)?;
    Ok(stored.map(|stored| stored.view.str(field).to_owned()).unwrap_or_default())
}

/// Writes "that household" in place of what is known; where households do not open, the log tells that nothing was checked.
fn replace(private: &Private, edits: &mut Edits) {
    let clean = |text: &mut String| {
        if !private.matches(text).is_empty() {
            *text = private.without(text);
        }
    };
    let mut unchecked = BTreeSet::new();
    for (key, op) in edits.steps_mut() {
        let texts: Vec<String> = free_text(&key.kind, op).into_iter().map(|(_, field, _)| field.to_owned()).collect();
        if texts.is_empty() {
            continue;
        }
        unchecked.extend(private.unopened.then(|| op.record()));
        match op {
            RecordOp::Create { fields, .. } => {
                for (_, value) in fields.iter_mut().filter(|(name, _)| texts.contains(name)) {
                    if let Value::Str(text) | Value::Text(text) = value {
                        clean(text);
                    }
                }
            }
            RecordOp::Set { value: Value::Str(text), .. } | RecordOp::EditText { text, .. } => clean(text),
            RecordOp::Set { .. } | RecordOp::Clear { .. } => {}
        }
    }
    if let Some(count) = (!unchecked.is_empty()).then(|| unchecked.len().to_string()) {
        edits.log("private_unchecked_kept", &[("count", count)]);
    }
}
