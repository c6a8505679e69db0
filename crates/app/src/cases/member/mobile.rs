//! 流动党员: stays elsewhere, the log of contacts, and what the rules say. A rule changes no status.

use std::collections::BTreeMap;

use ybz_domain::book::BookKind;
use ybz_domain::ledger::member::MEMBER;
use ybz_domain::ledger::mobile::{CONTACT, Contact, MOBILE, Mobile, verdict};

use super::past_day;
use crate::cases::upward::Upward;
use crate::cx::{Cx, Edits};
use crate::dto::member_file::{ContactInput, ContactRow, MobileInput, MobileRow};
use crate::dto::{ListInput, Page, Saved};
use crate::error::{Answer, optional, required};
use crate::{ErrorDto, pinyin};

/// `mobile.save`
pub(crate) fn save(cx: &Cx<'_>, input: MobileInput) -> Answer<Saved> {
    let since = past_day(cx, "since", &input.since)?;
    if input.since.trim().is_empty() {
        return Err(ErrorDto::new("required").at("since"));
    }
    let until = match input.until.trim() {
        "" => String::new(),
        text => {
            let until = past_day(cx, "until", text)?;
            if until < since {
                return Err(ErrorDto::new("dates_reversed").at("until"));
            }
            until.to_string()
        }
    };
    let stay = Mobile {
        member: cx.own_record(&input.member, MEMBER)?.view.id.to_string(),
        since: since.to_string(),
        until,
        region: required("region", &input.region, 60)?,
        place: optional("place", &input.place, 100)?,
        fixed: input.fixed,
        person: required("person", &input.person, 40)?,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    for (field, text) in [("region", &stay.region), ("place", &stay.place)] {
        upward.check(field, text)?;
    }
    let mut edits = Edits::default();
    let id = match &input.id {
        Some(id) => {
            let stored = cx.own_record(id, MOBILE)?;
            let before = Mobile::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found"))?;
            let stay = Mobile { member: before.member.clone(), ..stay };
            for op in stay.update(stored.view.id, &before) {
                edits.push(stored.book.clone(), op);
            }
            stored.view.id
        }
        None => {
            let id = cx.new_id();
            edits.push(cx.book(BookKind::roster(), cx.today.year()), stay.create(id));
            id
        }
    };
    upward.log(&mut edits, id);
    edits.finish_draft("mobile", input.id.as_deref().unwrap_or("new"));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: false })
}

/// `mobile.contact`
pub(crate) fn contact(cx: &Cx<'_>, input: ContactInput) -> Answer<Saved> {
    let on = past_day(cx, "on", &input.on)?;
    let contact = Contact {
        stay: cx.own_record(&input.stay, MOBILE)?.view.id.to_string(),
        on: on.to_string(),
        note: optional("note", &input.note, 200)?,
        recorded_on: cx.today_text(),
    };
    let mut upward = Upward::load(cx, input.keep_matches)?;
    upward.check("note", &contact.note)?;
    let mut edits = Edits::default();
    let id = cx.new_id();
    upward.log(&mut edits, id);
    edits.push(cx.book(BookKind::roster(), cx.today.year()), contact.create(id));
    cx.commit(edits)?;
    Ok(Saved { id: id.to_string(), late: ybz_domain::date::is_late(on, cx.today) })
}

/// `mobile.list`: those away first, the longest without contact first; then those who came back.
pub(crate) fn list(cx: &Cx<'_>, input: ListInput) -> Answer<Page<MobileRow>> {
    let names: BTreeMap<String, String> =
        cx.members()?.into_iter().map(|(id, member)| (id.to_string(), member.name)).collect();
    let mut contacts: BTreeMap<String, Vec<Contact>> = BTreeMap::new();
    for contact in cx.records(CONTACT, None)?.iter().filter_map(|stored| Contact::read(&stored.view)) {
        contacts.entry(contact.stay.clone()).or_default().push(contact);
    }
    let wanted = input.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let with_back = input.state.as_deref() == Some("back");
    let merged = cx.merged()?;
    let mut rows = Vec::new();
    for stored in cx.records(MOBILE, None)? {
        let Some(stay) = Mobile::read(&stored.view).filter(|stay| with_back || stay.until.is_empty()) else { continue };
        let member = merged.get(&stay.member).unwrap_or(&stay.member).clone();
        let name = names.get(&member).cloned().unwrap_or_default();
        let place = format!("{} {}", stay.region, stay.place).to_lowercase();
        if !(wanted.is_empty() || place.contains(&wanted) || pinyin::matches(&name, &wanted)) {
            continue;
        }
        let mut told = contacts.remove(&stored.view.id.to_string()).unwrap_or_default();
        told.sort_by(|a, b| (&b.on, &b.recorded_on).cmp(&(&a.on, &a.recorded_on)));
        let found = verdict(&cx.rules().mobile, &stay, &told, cx.today);
        // Of a page alone rows are made.
        rows.push((stored.view.id, member, name, stay, told, found));
    }
    rows.sort_by_cached_key(|(id, _, _, stay, _, found)| {
        (!stay.until.is_empty(), found.map(|found| found.last.to_string()), *id)
    });
    let page = cx.page(rows, &input);
    let rule = |is: bool, article: &str| if is { cx.rule(article).map(Some) } else { Ok(None) };
    let rows = page.rows.into_iter().map(|(id, member, name, stay, told, found)| {
        Ok(MobileRow {
            id: id.to_string(),
            member,
            name,
            since: stay.since,
            until: (!stay.until.is_empty()).then_some(stay.until),
            region: stay.region,
            place: stay.place,
            fixed: stay.fixed,
            person: stay.person,
            contacts: told.into_iter().map(|one| ContactRow { on: one.on, note: one.note }).collect(),
            last: found.map(|found| found.last.to_string()),
            transfer_rule: rule(found.is_some_and(|found| found.transfer), "mobile_transfer")?,
            lost_rule: rule(found.is_some_and(|found| found.lost), "mobile_lost")?,
        })
    });
    Ok(Page { total: page.total, rows: rows.collect::<Answer<_>>()? })
}
