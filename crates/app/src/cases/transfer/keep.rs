//! A member whom two branches took in, because a recall crossed an acceptance: the committee says who keeps it, and whoever does not
//! is told to write the member out.

use ybz_domain::book::BookKey;
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::transfer::{ELSEWHERE, STAYS, Word};

use super::{Case, cases, taken_in_on, word};
use crate::cx::{Cx, Edits};
use crate::dto::Nothing;
use crate::dto::transfer::{TransferHolder, TransferPassInput};
use crate::error::Answer;
use crate::{ErrorDto, natural};

/// The branches on whose rosters the member is, where there are several.
pub(super) fn rows(cx: &Cx<'_>, case: &Case) -> Answer<Vec<TransferHolder>> {
    let row = |holder: &super::Holder| {
        Ok(TransferHolder {
            office: holder.office.to_string(),
            name: cx.name_of(&holder.office),
            on: taken_in_on(cx, holder.office, &holder.member)?,
            told: !holder.told.is_empty(),
        })
    };
    let mut rows = case.holders().into_iter().map(row).collect::<Answer<Vec<TransferHolder>>>()?;
    rows.sort_by_cached_key(|row| (natural::key(&row.name), row.office.clone()));
    Ok(rows)
}

/// `transfer.keep`: of the branches that have the member `to` keeps it. Each other one is told so, and `to` that it stays, should
/// somebody have told it otherwise. Until those that were told have written the member out, another may be named.
///
/// # Errors
/// `transfer_ended` unless several have the member, `office_unknown` at `to` when that one has not.
pub(crate) fn keep(cx: &Cx<'_>, input: TransferPassInput) -> Answer<Nothing> {
    let case = cases(cx)?.into_iter().find(|case| case.out.id == input.id);
    let case = case.ok_or_else(|| ErrorDto::new("not_found").with("id", &input.id))?;
    let holders = case.holders();
    if holders.is_empty() {
        return Err(ErrorDto::new("transfer_ended").with("state", case.state()));
    }
    let to: Option<OfficeId> = input.to.parse().ok();
    let kept = holders.iter().find(|holder| Some(holder.office) == to);
    let kept = kept.ok_or_else(|| ErrorDto::new("office_unknown").at("to"))?;
    let (name, today) = (cx.name_of(&kept.office), cx.today_text());
    let since = taken_in_on(cx, kept.office, &kept.member)?.unwrap_or_else(|| today.clone());
    let mut edits = Edits::default();
    for holder in &holders {
        let book = BookKey::dispatch(holder.office, cx.office, cx.today.year());
        if holder.office == kept.office {
            for told in &holder.told {
                let stays = Word { pass: told.to_string(), ..word(cx, &case, STAYS, String::new()) };
                edits.push(book.clone(), stays.create(cx.new_id()));
            }
        } else if holder.told.is_empty() {
            // About its own passing-on: what names none is for the branch that wrote out.
            let pass = case.passes.iter().rev().find(|pass| pass.to == holder.office);
            let pass = pass.map_or_else(|| holder.member.to_string(), |pass| pass.id.to_string());
            let leaves = Word { pass, on: since.clone(), ..word(cx, &case, ELSEWHERE, name.clone()) };
            edits.push(book, leaves.create(cx.new_id()));
        }
    }
    // The name of an office, which nobody typed.
    edits.checked.insert(name);
    cx.commit(edits)?;
    Ok(Nothing {})
}
