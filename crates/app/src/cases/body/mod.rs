//! 组织树: temporary, mobile and joint branches, attached units, groups, stations and alliances of an office, with their days.

mod notes;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::book::{BookKind, RecordOp, Value};
use ybz_domain::date::read_date;
use ybz_domain::ids::{OfficeId, RecordId};
use ybz_domain::ledger::contents::CUSTODIAN;
use ybz_domain::ledger::desk::body::{
    BASES, BODY, BODY_CHANGE, Body, BodyChange, BodyKind, CHANGES, EXCHANGES, GRADES, on_day, tree_on,
};
use ybz_domain::rules::Bodies;

use crate::ErrorDto;
use crate::cases::member::past_day;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits, Stored};
use crate::dto::body::{BodyChangeInput, BodyChangeRow, BodyInput, BodyKindRow, BodyList, BodyOffice, BodyRow};
use crate::dto::{IdInput, Nothing, Saved};
use crate::error::{Answer, optional, required};
use crate::natural;

pub(crate) use tree::tree;

/// Characters of a name.
const MAX_NAME: usize = 60;
/// Units that a body may name.
const MAX_UNITS: usize = 200;

pub(crate) fn rules() -> Answer<Bodies> {
    Bodies::builtin().map_err(|error| ErrorDto::internal("bodies", &error))
}

/// Bodies of an office, and what became of each.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) bodies: BTreeMap<RecordId, Body>,
    pub(crate) changes: BTreeMap<RecordId, Vec<(RecordId, BodyChange)>>,
    /// Records made in custody.
    custodian: BTreeSet<RecordId>,
}

impl Known {
    pub(crate) fn add(&mut self, stored: &Stored) {
        let id = stored.view.id;
        if let Some(body) = Body::read(&stored.view) {
            self.bodies.insert(id, body);
        } else if let Some(change) = BodyChange::read(&stored.view)
            && let Ok(of) = change.body.parse::<RecordId>()
        {
            self.changes.entry(of).or_default().push((id, change));
        }
        if stored.view.flag(CUSTODIAN) {
            self.custodian.insert(id);
        }
    }

    fn changes(&self, id: &RecordId) -> &[(RecordId, BodyChange)] {
        self.changes.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The body as it is on a day, or as it last was, or as it will begin; with a word for which of these.
    fn shown(&self, id: &RecordId, body: &Body, day: &str) -> (Body, &'static str) {
        if let Some(now) = on_day(body, self.changes(id), day) {
            return (now, "current");
        }
        if body.from.as_str() > day {
            return (body.clone(), "planned");
        }
        // As it was on its last days: whatever was entered for later days changes nothing.
        let told = self.changes(id).iter().filter(|(_, change)| !change.void && change.on.as_str() <= day);
        let days: BTreeSet<&str> = told.map(|(_, change)| change.on.as_str()).collect();
        let ends = days.into_iter().rev().map(str::to_owned).chain([body.until.clone()]);
        let before = |end: &String| end.parse::<Date>().ok()?.yesterday().ok();
        let mut last =
            ends.filter_map(|end| before(&end)).filter_map(|day| on_day(body, self.changes(id), &day.to_string()));
        let mut was = last.next().unwrap_or_else(|| body.clone());
        was.until = self.end(id, body, day);
        (was, "ended")
    }

    /// The first day on which the body is no more, by what is known on a day.
    fn end(&self, id: &RecordId, body: &Body, day: &str) -> String {
        let mut told: Vec<&(RecordId, BodyChange)> = self
            .changes(id)
            .iter()
            .filter(|(_, change)| !change.void && change.on.as_str() <= day)
            .filter(|(_, change)| ["extended", "ended"].contains(&change.kind.as_str()))
            .collect();
        told.sort_by_key(|(id, change)| (change.on.clone(), change.recorded_on.clone(), *id));
        told.last().map_or_else(
            || body.until.clone(),
            |(_, change)| if change.kind == "ended" { change.on.clone() } else { change.to.clone() },
        )
    }
}

/// This office's bodies.
pub(crate) fn known(cx: &Cx<'_>) -> Answer<Known> {
    let mut known = Known::default();
    for rtype in [BODY, BODY_CHANGE] {
        for stored in cx.records(rtype, None)?.iter().filter(|stored| stored.book.kind == BookKind::roster()) {
            known.add(stored);
        }
    }
    Ok(known)
}

/// A day as typed, which may lie ahead.
fn day(cx: &Cx<'_>, field: &str, text: &str) -> Answer<Date> {
    read_date(text, cx.today).map_err(|_| ErrorDto::new("date_not_understood").at(field).with("text", text.trim()))
}

fn units(input: &[String]) -> Answer<BTreeSet<String>> {
    let mut out = BTreeSet::new();
    for unit in input.iter().map(|unit| unit.trim()).filter(|unit| !unit.is_empty()) {
        out.insert(optional("units", unit, MAX_NAME)?);
    }
    if out.len() > MAX_UNITS {
        return Err(ErrorDto::new("too_many").at("units").with("max", MAX_UNITS));
    }
    Ok(out)
}

/// What a form says, checked against what is known.
pub(crate) fn read(cx: &Cx<'_>, known: &Known, input: &BodyInput, own: Option<RecordId>) -> Answer<Body> {
    let word = |field: &str, value: &str| ErrorDto::new("invalid_input").at(field).with("value", value);
    let name = required("name", &input.name, MAX_NAME)?;
    let kind = BodyKind::from_word(&input.kind).ok_or_else(|| word("kind", &input.kind))?;
    if !input.basis.is_empty() && !BASES.contains(&input.basis.as_str()) {
        return Err(word("basis", &input.basis));
    }
    if input.from.trim().is_empty() {
        return Err(ErrorDto::new("required").at("from"));
    }
    let from = day(cx, "from", &input.from)?.to_string();
    let until = match input.until.trim() {
        "" => String::new(),
        text => day(cx, "until", text)?.to_string(),
    };
    if !until.is_empty() && until <= from {
        return Err(ErrorDto::new("dates_reversed").at("until"));
    }
    let above = above(known, &input.above, own, &from, "above")?;
    let office = match input.office.trim() {
        "" => String::new(),
        text => {
            let unknown = || ErrorDto::new("office_unknown").at("office");
            let office: OfficeId = text.parse().map_err(|_| unknown())?;
            cx.membership().is_above(&cx.office, &office).then_some(office).ok_or_else(unknown)?.to_string()
        }
    };
    let decision = optional("decision", &input.decision, 200)?;
    let (basis, recorded_on) = (input.basis.clone(), cx.today_text());
    let units = units(&input.units)?;
    Ok(Body { name, kind: Some(kind), basis, above, office, units, from, until, decision, recorded_on })
}

/// The body above: one of this office, neither the body itself nor one that stands below it.
fn above(known: &Known, text: &str, own: Option<RecordId>, day: &str, field: &str) -> Answer<String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let id: RecordId = text.parse().map_err(|_| ErrorDto::new("not_found").at(field))?;
    if !known.bodies.contains_key(&id) {
        return Err(ErrorDto::new("not_found").at(field));
    }
    let mut at = Some(id);
    let mut seen = BTreeSet::new();
    while let Some(next) = at.filter(|next| seen.insert(*next)) {
        if Some(next) == own {
            return Err(ErrorDto::new("body_circle").at(field));
        }
        let now = known.bodies.get(&next).map(|body| known.shown(&next, body, day).0);
        at = now.and_then(|body| body.above.parse().ok());
    }
    Ok(id.to_string())
}

/// `body.save`
pub(crate) fn save(cx: &Cx<'_>, input: BodyInput) -> Answer<Saved> {
    let known = known(cx)?;
    let mut edits = Edits::default();
    let mut upward = Upward::load(cx, input.keep_matches)?;
    let before = input.id.as_deref().map(|id| cx.own_record(id, BODY)).transpose()?;
    let own = before.as_ref().map(|stored| stored.view.id);
    let body = read(cx, &known, &input, own)?;
    upward.check("decision", &body.decision)?;
    for unit in &body.units {
        upward.check("units", unit)?;
    }
    let id = own.unwrap_or_else(|| cx.new_id());
    upward.log(&mut edits, id);
    match before {
        None => edits.push(cx.book(BookKind::roster(), cx.today.year()), body.create(id)),
        Some(stored) => {
            let was = Body::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            for op in corrected(id, &was, &body) {
                edits.push(stored.book.clone(), op);
            }
        }
    }
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

fn corrected(id: RecordId, was: &Body, now: &Body) -> Vec<RecordOp> {
    let kind = |body: &Body| body.kind.map_or("", BodyKind::as_str).to_owned();
    let words = |body: &Body| {
        [
            ("name", body.name.clone()),
            ("kind", kind(body)),
            ("basis", body.basis.clone()),
            ("ref", body.above.clone()),
            ("office", body.office.clone()),
            ("date", body.from.clone()),
            ("until", body.until.clone()),
            ("decision", body.decision.clone()),
        ]
    };
    let set = |field: String, value: Value| RecordOp::Set { id, field, value };
    let mut ops: Vec<RecordOp> = words(was)
        .into_iter()
        .zip(words(now))
        .filter(|(was, now)| was != now)
        .map(|(_, (field, text))| set(field.to_owned(), text.into()))
        .collect();
    for unit in was.units.symmetric_difference(&now.units) {
        ops.push(set(format!("unit/{unit}"), Value::Bool(now.units.contains(unit))));
    }
    ops
}

/// `body.change`
pub(crate) fn change(cx: &Cx<'_>, input: BodyChangeInput) -> Answer<Saved> {
    let known = known(cx)?;
    let stored = cx.own_record(&input.body, BODY)?;
    let of = stored.view.id;
    let body = Body::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
    let kind = input.kind.as_str();
    let exchange = EXCHANGES.contains(&kind);
    if !exchange && !CHANGES.contains(&kind) {
        return Err(ErrorDto::new("invalid_input").at("kind").with("value", kind));
    }
    if exchange && body.kind != Some(BodyKind::Attached) {
        return Err(ErrorDto::new("body_not_attached").at("kind"));
    }
    let on = match input.on.trim() {
        "" => cx.today,
        // What was said was said; a decision may be for a day ahead.
        text if exchange => past_day(cx, "on", text)?,
        text => day(cx, "on", text)?,
    };
    let on = on.to_string();
    let now = on_day(&body, known.changes(&of), &on).filter(|_| body.from <= on);
    // What is over can be made to go on from its end.
    let Some(now) = now.or_else(|| (kind == "extended" && body.from <= on).then(|| known.shown(&of, &body, &on).0))
    else {
        return Err(ErrorDto::new("body_not_then").at("on").with("date", on));
    };
    let to = match kind {
        "renamed" => required("to", &input.to, MAX_NAME)?,
        "moved" => above(&known, &input.to, Some(of), &on, "to")?,
        "joined" | "left" => {
            let unit = required("to", &input.to, MAX_NAME)?;
            if (kind == "joined") == now.units.contains(&unit) {
                return Err(ErrorDto::new("body_unit").at("to").with("unit", unit));
            }
            unit
        }
        "extended" => match input.to.trim() {
            "" => String::new(),
            text => {
                let until = day(cx, "to", text)?.to_string();
                if until <= on {
                    return Err(ErrorDto::new("dates_reversed").at("to"));
                }
                until
            }
        },
        "review_by" | "review_on" if !GRADES.contains(&input.to.as_str()) => {
            return Err(ErrorDto::new("required").at("to"));
        }
        "review_by" | "review_on" => input.to.clone(),
        _ => String::new(),
    };
    let note = match kind {
        "promised" | "comment_by" | "comment_on" => required("note", &input.note, 500)?,
        _ => optional("note", &input.note, 500)?,
    };
    let mut edits = Edits::default();
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("to", &to)?;
    upward.check("note", &note)?;
    let id = cx.new_id();
    upward.log(&mut edits, id);
    let (kind, recorded_on) = (kind.to_owned(), cx.today_text());
    let change = BodyChange { body: of.to_string(), on, kind, to, note, void: false, recorded_on };
    edits.push(stored.book, change.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `body.void`: a change that was entered by mistake stays, struck out.
pub(crate) fn void(cx: &Cx<'_>, input: IdInput) -> Answer<Nothing> {
    let stored = cx.own_record(&input.id, BODY_CHANGE)?;
    let id = stored.view.id;
    let mut edits = Edits::default();
    edits.push(stored.book, RecordOp::Set { id, field: "void".to_owned(), value: Value::Bool(true) });
    cx.commit(edits)?;
    Ok(Nothing {})
}

/// `body.list`
pub(crate) fn list(cx: &Cx<'_>) -> Answer<BodyList> {
    let (known, rules, today) = (known(cx)?, rules()?, cx.today_text());
    let name_of = |id: &str| {
        let id: RecordId = id.parse().ok()?;
        known.bodies.get(&id).map(|body| known.shown(&id, body, &today).0.name)
    };
    let mut rows = Vec::new();
    for (id, body) in &known.bodies {
        let (now, state) = known.shown(id, body, &today);
        let mut changes: Vec<&(RecordId, BodyChange)> = known.changes(id).iter().collect();
        changes.sort_by(|(a_id, a), (b_id, b)| (&b.on, &b.recorded_on, b_id).cmp(&(&a.on, &a.recorded_on, a_id)));
        let changes = changes.into_iter().map(|(id, change)| BodyChangeRow {
            id: id.to_string(),
            on: change.on.clone(),
            kind: change.kind.clone(),
            to: if change.kind == "moved" { name_of(&change.to).unwrap_or_default() } else { change.to.clone() },
            note: change.note.clone(),
            void: change.void,
            recorded_on: change.recorded_on.clone(),
            custodian: known.custodian.contains(id),
        });
        let office = now.office.parse::<OfficeId>().ok();
        rows.push(BodyRow {
            id: id.to_string(),
            notes: notes::of_body(cx, &rules, &now)?,
            kind: now.kind.map_or("", BodyKind::as_str).to_owned(),
            above_name: name_of(&now.above).unwrap_or_default(),
            office_name: office.map(|office| cx.name_of(&office)).unwrap_or_default(),
            units: now.units.iter().cloned().collect(),
            until: Some(now.until.clone()).filter(|until| !until.is_empty()),
            state: state.to_owned(),
            entered: entered(id, body),
            custodian: known.custodian.contains(id),
            changes: changes.collect(),
            name: now.name,
            basis: now.basis,
            above: now.above,
            office: now.office,
            from: now.from,
            decision: now.decision,
        });
    }
    let rank = |row: &BodyRow| ["current", "planned", "ended"].iter().position(|state| *state == row.state);
    rows.sort_by_cached_key(|row| (rank(row), natural::key(&row.name), row.id.clone()));
    let kinds = rules.bodies.iter().map(|rule| BodyKindRow {
        kind: rule.kind.as_str().to_owned(),
        branch: rule.branch,
        may_not: rule.may_not.iter().cloned().collect(),
        units_max: rule.units_max,
        rule: notes::rule(&rules, rule.kind.as_str(), &rule.citation),
    });
    let below = cx.children(&cx.office).into_iter();
    let offices = below.map(|office| BodyOffice { id: office.to_string(), name: cx.name_of(&office) });
    Ok(BodyList { rows, kinds: kinds.collect(), offices: offices.collect() })
}

fn entered(id: &RecordId, body: &Body) -> BodyInput {
    BodyInput {
        id: Some(id.to_string()),
        name: body.name.clone(),
        kind: body.kind.map_or("", BodyKind::as_str).to_owned(),
        basis: body.basis.clone(),
        above: body.above.clone(),
        office: body.office.clone(),
        units: body.units.iter().cloned().collect(),
        from: body.from.clone(),
        until: body.until.clone(),
        decision: body.decision.clone(),
        keep_matches: false,
    }
}
