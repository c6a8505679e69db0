//! ID numbers and phones of a roster against those recorded. No issue has one: by its ends at most.

use std::collections::BTreeMap;

use ybz_domain::ledger::member::MemberPrivate;

use crate::import::known::KnownMember;
use crate::import::plan::Draft;
use crate::import::rows::MemberRow;
use crate::import::value::person;
use crate::import::value::private::ends;

/// Leaves out what cannot be written on this device, and numbers that are somebody else's.
pub(super) fn look(draft: &mut Draft<'_>, rows: &mut [MemberRow]) {
    let with = rows.iter().find(|row| row.private != MemberPrivate::default());
    if let Some(first) = with.map(|row| row.id_origin.clone()).filter(|_| !draft.known.private_open) {
        draft.warn(&first, "private_left_out", &[]);
        rows.iter_mut().for_each(|row| row.private = MemberPrivate::default());
        return;
    }
    let mut holders: BTreeMap<String, String> = draft
        .known
        .members
        .iter()
        .filter(|member| !member.private.id_number.is_empty())
        .map(|member| (member.private.id_number.clone(), member.name.clone()))
        .collect();
    for row in rows.iter_mut().filter(|row| !row.private.id_number.is_empty()) {
        match holders.get(&row.private.id_number) {
            // The same name is the same person, or a question of its own.
            Some(holder) if person::key(holder) != person::key(&row.name) => {
                let params = [("name", holder.clone()), ("found", ends(&row.private.id_number))];
                draft.warn(&row.id_origin, "id_number_taken", &params);
                row.private.id_number.clear();
            }
            Some(_) => {}
            None => drop(holders.insert(row.private.id_number.clone(), row.name.clone())),
        }
    }
}

/// What the file fills in; what differs stays as it is recorded, and is told.
pub(super) fn complete(draft: &mut Draft<'_>, row: &MemberRow, member: &KnownMember) -> MemberPrivate {
    if row.private == MemberPrivate::default() {
        return MemberPrivate::default();
    }
    if member.private_closed {
        draft.warn(&row.id_origin, "private_left_out", &[]);
        return MemberPrivate::default();
    }
    let mut one = |field: &str, recorded: &str, read: &str| {
        if !read.is_empty() && !recorded.is_empty() && recorded != read {
            let params = [
                ("name", row.name.clone()),
                ("field", field.to_owned()),
                ("recorded", ends(recorded)),
                ("found", ends(read)),
            ];
            draft.warn(&row.id_origin, "private_differs_kept", &params);
        }
        if recorded.is_empty() { read.to_owned() } else { String::new() }
    };
    MemberPrivate {
        id_number: one("id_number", &member.private.id_number, &row.private.id_number),
        phone: one("phone", &member.private.phone, &row.private.phone),
    }
}
