//! ID numbers and phones of members: sealed in `own/households`, shown masked, opened one by one and told to the local log.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp};
use ybz_domain::id_number::{IdNumber, IdNumberError, masked};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::{MEMBER, MEMBER_PRIVATE, Member, MemberPrivate};
use ybz_domain::ledger::visit::SEALED;

use crate::ErrorDto;
use crate::cases::household::{open_sealed, plain_of, seal_for};
use crate::cx::{Cx, Edits, Stored};
use crate::dto::IdInput;
use crate::dto::member_file::{PrivateInput, PrivateSaved, PrivateView, RevealInput, Revealed};
use crate::error::{Answer, optional};

/// Records about a member, oldest first: two devices may each have made one.
fn records(cx: &Cx<'_>, member: &RecordId) -> Answer<Vec<Stored>> {
    let mut found = cx.about(MEMBER_PRIVATE, &member.to_string())?;
    found.sort_by_key(|stored| stored.view.id);
    Ok(found)
}

fn opened(cx: &Cx<'_>, records: &[Stored], member: &RecordId) -> Vec<MemberPrivate> {
    records.iter().filter_map(|stored| open_sealed(cx, &stored.book, &stored.view, member)).collect()
}

/// ID numbers of members that open here.
pub(super) fn id_numbers(cx: &Cx<'_>) -> Answer<BTreeMap<RecordId, String>> {
    let mut out = BTreeMap::new();
    let mut all = cx.records(MEMBER_PRIVATE, None)?;
    all.sort_by_key(|stored| stored.view.id);
    for stored in all {
        let Ok(member) = stored.view.str("ref").parse::<RecordId>() else { continue };
        if let Some(private) = open_sealed::<MemberPrivate>(cx, &stored.book, &stored.view, &member)
            && !private.id_number.is_empty()
        {
            out.insert(member, private.id_number);
        }
    }
    Ok(out)
}

fn contradicts(number: &IdNumber, member: &Member) -> Vec<String> {
    let birth = !member.birth_month.is_empty() && member.birth_month != number.birth_month();
    let sex = member.sex.is_some_and(|sex| sex != number.sex());
    [("birth_month", birth), ("sex", sex)].into_iter().filter(|(_, is)| *is).map(|(what, _)| what.to_owned()).collect()
}

fn member(cx: &Cx<'_>, id: &str) -> Answer<(Stored, Member)> {
    let stored = cx.own_record(id, MEMBER)?;
    let member = Member::read(&stored.view).ok_or_else(|| ErrorDto::new("not_found").with("id", id))?;
    Ok((stored, member))
}

/// `member.private`: masked.
pub(crate) fn view(cx: &Cx<'_>, input: IdInput) -> Answer<PrivateView> {
    cx.must_open_private()?;
    let (stored, member) = member(cx, &input.id)?;
    let records = records(cx, &stored.view.id)?;
    let all = opened(cx, &records, &stored.view.id);
    let Some(private) = all.last() else {
        return Ok(PrivateView { closed: !records.is_empty(), ..PrivateView::default() });
    };
    let hidden = |text: &str| (!text.is_empty()).then(|| masked(text));
    let number = IdNumber::read(&private.id_number).ok();
    Ok(PrivateView {
        id_number: hidden(&private.id_number),
        phone: hidden(&private.phone),
        closed: false,
        differs: all.iter().any(|other| other != private),
        contradicts: number.map(|number| contradicts(&number, &member)).unwrap_or_default(),
    })
}

/// `member.reveal`: the log has the record and which value, never the value, before it is told.
pub(crate) fn reveal(cx: &Cx<'_>, input: RevealInput) -> Answer<Revealed> {
    cx.must_open_private()?;
    let (stored, _) = member(cx, &input.id)?;
    let id = stored.view.id;
    let private = opened(cx, &records(cx, &id)?, &id).pop().ok_or_else(|| ErrorDto::new("not_found").at("id"))?;
    let value = match input.what.as_str() {
        "id_number" => private.id_number,
        "phone" => private.phone,
        other => return Err(ErrorDto::new("invalid_input").at("what").with("value", other)),
    };
    cx.note("member_revealed", &[("record", id.to_string()), ("field", input.what)])?;
    Ok(Revealed { value })
}

fn checked(cx: &Cx<'_>, id: RecordId, member: &Member, text: &str, keep: bool) -> Answer<Option<IdNumber>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = IdNumber::read(text).map_err(|error| {
        let why = match error {
            IdNumberError::Form => "form",
            IdNumberError::Birth => "birth",
            IdNumberError::Check => "check",
        };
        ErrorDto::new(&format!("id_number_{why}")).at("idNumber")
    })?;
    if keep {
        return Ok(Some(number));
    }
    if let Some(what) = contradicts(&number, member).first() {
        return Err(ErrorDto::new(&format!("id_number_other_{what}")).at("idNumber"));
    }
    let merged = cx.merged()?;
    let same = |other: &RecordId| *other != id && merged.get(&other.to_string()) != Some(&id.to_string());
    let twin = id_numbers(cx)?.into_iter().find(|(other, theirs)| same(other) && theirs == number.as_str());
    if let Some((twin, _)) = twin {
        let name = cx.members()?.into_iter().find(|(other, _)| *other == twin).map(|(_, member)| member.name);
        let error = ErrorDto::new("id_number_duplicate").at("idNumber");
        return Err(error.with("name", name.unwrap_or_default()).with("id", twin));
    }
    Ok(Some(number))
}

/// `member.private_save`: what the number says of birth and sex is put into the roster where nothing stands.
pub(crate) fn save(cx: &Cx<'_>, input: PrivateInput) -> Answer<PrivateSaved> {
    let (stored, before) = member(cx, &input.id)?;
    let id = stored.view.id;
    let records = records(cx, &id)?;
    let mut private = match opened(cx, &records, &id).pop() {
        // What does not open here would be lost.
        None if !records.is_empty() => return Err(ErrorDto::new("member_private_closed")),
        found => found.unwrap_or_default(),
    };
    if let Some(phone) = &input.phone {
        private.phone = optional("phone", phone, 40)?;
    }
    let mut edits = Edits::default();
    let mut filled = Vec::new();
    if let Some(text) = &input.id_number {
        let number = checked(cx, id, &before, text, input.keep)?;
        let mut after = before.clone();
        if let Some(number) = &number {
            if after.birth_month.is_empty() {
                after.birth_month = number.birth_month();
                filled.push("birth_month".to_owned());
            }
            if after.sex.is_none() {
                after.sex = Some(number.sex());
                filled.push("sex".to_owned());
            }
        }
        private.id_number = number.map(|number| number.as_str().to_owned()).unwrap_or_default();
        for op in after.update(id, &before) {
            edits.push(stored.book.clone(), op);
        }
    }
    put(cx, &mut edits, &records, id, &private)?;
    cx.commit(edits)?;
    Ok(PrivateSaved { filled })
}

/// Seals what is known of a member into all records about that, or into a new one.
fn put(cx: &Cx<'_>, edits: &mut Edits, records: &[Stored], id: RecordId, private: &MemberPrivate) -> Answer<()> {
    let plain = plain_of(private)?;
    for one in records {
        // All of them say the same from here on, whichever device made them.
        let value = seal_for(cx, edits, &one.book, one.view.id, id, &plain)?;
        edits.push(one.book.clone(), RecordOp::Set { id: one.view.id, field: SEALED.to_owned(), value });
    }
    if records.is_empty() {
        let book = cx.book(BookKind::households(), cx.today.year());
        let record = cx.new_id();
        let fields = vec![
            ("ref".to_owned(), id.to_string().into()),
            ("subject".to_owned(), id.to_string().into()),
            (SEALED.to_owned(), seal_for(cx, edits, &book, record, id, &plain)?),
            ("recorded_on".to_owned(), cx.today_text().into()),
        ];
        edits.push(book, RecordOp::Create { id: record, rtype: MEMBER_PRIVATE.to_owned(), fields });
    }
    Ok(())
}

/// Adds what an import has read, where nothing stands yet. It was checked there.
pub(crate) fn add(cx: &Cx<'_>, edits: &mut Edits, id: RecordId, read: &MemberPrivate) -> Answer<()> {
    let records = records(cx, &id)?;
    let mut private = match opened(cx, &records, &id).pop() {
        None if !records.is_empty() => return Err(ErrorDto::new("member_private_closed")),
        found => found.unwrap_or_default(),
    };
    for (kept, read) in [(&mut private.id_number, &read.id_number), (&mut private.phone, &read.phone)] {
        if kept.is_empty() {
            kept.clone_from(read);
        }
    }
    put(cx, edits, &records, id, &private)
}

/// What opens here of each member; none for one whose records do not open.
pub(crate) fn all(cx: &Cx<'_>) -> Answer<BTreeMap<RecordId, Option<MemberPrivate>>> {
    let mut out = BTreeMap::new();
    let mut all = cx.records(MEMBER_PRIVATE, None)?;
    all.sort_by_key(|stored| stored.view.id);
    for stored in all {
        let Ok(member) = stored.view.str("ref").parse::<RecordId>() else { continue };
        let opened = open_sealed::<MemberPrivate>(cx, &stored.book, &stored.view, &member);
        let known: &mut Option<MemberPrivate> = out.entry(member).or_default();
        *known = opened.or(known.take());
    }
    Ok(out)
}
