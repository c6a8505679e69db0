//! What the rules say of bodies and offices. They are shown with their source and refuse nothing: the books say what was done.

use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::admission::ADMISSION_STEP;
use ybz_domain::ledger::desk::body::Body;
use ybz_domain::ledger::dues::{ASSESSMENT, PAYMENT};
use ybz_domain::ledger::standing::{Event, MEMBER_CHANGE};
use ybz_domain::ledger::term::TERM;
use ybz_domain::rules::{Bodies, BodyOff};
use ybz_store::RecordQuery;

use crate::cx::Cx;
use crate::dto::body::BodyNote;
use crate::dto::meeting::RuleRef;
use crate::error::Answer;

/// A rule as it is shown: its source stands before the colon, its words after.
pub(super) fn rule(rules: &Bodies, id: &str, citation: &str) -> RuleRef {
    let (source, text) = citation.split_once('：').unwrap_or((citation, citation));
    RuleRef {
        id: format!("bodies.{id}"),
        version: rules.version.clone(),
        citation: source.to_owned(),
        text: text.to_owned(),
    }
}

fn note(rules: &Bodies, off: &BodyOff, duty: Option<&str>) -> BodyNote {
    BodyNote {
        code: off.code.to_owned(),
        duty: duty.map(str::to_owned),
        has: off.has,
        says: off.says,
        rule: rule(rules, off.code, &off.citation),
    }
}

/// What the rules say of a body as it is: how many units it covers, and what the office that it is has done nevertheless.
pub(super) fn of_body(cx: &Cx<'_>, rules: &Bodies, body: &Body) -> Answer<Vec<BodyNote>> {
    let Some(kind) = body.kind else { return Ok(Vec::new()) };
    let mut out: Vec<BodyNote> =
        rules.units_off(kind, body.units.len()).iter().map(|off| note(rules, off, None)).collect();
    let Ok(office) = body.office.parse::<OfficeId>() else { return Ok(out) };
    for (duty, rtypes) in
        [("dues", &[ASSESSMENT, PAYMENT][..]), ("admission", &[ADMISSION_STEP]), ("election", &[TERM])]
    {
        let Some(kept) = rules.keeps_from(kind, duty) else { continue };
        let mut has = 0u32;
        for rtype in rtypes {
            has = has.saturating_add(entries(cx, office, body, rtype, None)?);
        }
        if has > 0 {
            let off = BodyOff { code: "kept_from", has, says: 0, citation: kept.citation.clone() };
            out.push(note(rules, &off, Some(duty)));
        }
    }
    if let Some(kept) = rules.keeps_from(kind, "discipline") {
        let mut has = 0u32;
        for event in [Event::Expelled, Event::Disqualified] {
            has = has.saturating_add(entries(cx, office, body, MEMBER_CHANGE, Some(event.as_str()))?);
        }
        if has > 0 {
            let off = BodyOff { code: "kept_from", has, says: 0, citation: kept.citation.clone() };
            out.push(note(rules, &off, Some("discipline")));
        }
    }
    Ok(out)
}

/// Entries of a type in an office's own books, within the days of the body that it is.
fn entries(cx: &Cx<'_>, office: OfficeId, body: &Body, rtype: &str, kind: Option<&str>) -> Answer<u32> {
    let query = RecordQuery {
        rtype: Some(rtype.to_owned()),
        offices: Some(vec![office]),
        from: Some(body.from.clone()),
        kind: kind.map(str::to_owned),
        ..RecordQuery::default()
    };
    let ended = |day: &str| !body.until.is_empty() && body.until.as_str() <= day;
    let found = cx.query(&query)?.1;
    let count = found
        .iter()
        .filter(|stored| stored.book.writer() == office && !stored.view.flag("void"))
        .filter(|stored| !ended(&stored.row.date));
    Ok(u32::try_from(count.count()).unwrap_or(u32::MAX))
}

/// What the rule about sizes says of a branch.
pub(super) fn of_size(rules: &Bodies, full_members: usize) -> Option<BodyNote> {
    rules.size_off(full_members).map(|off| note(rules, &off, None))
}
