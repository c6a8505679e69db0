//! Who handed a payment in for another. That it was a relative or another member goes up with the payment, and that the member
//! consented; the name does not: it is sealed here under the key of the member who owed.

use std::collections::BTreeMap;

use ybz_domain::book::{BookKind, RecordOp};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{HANDED_IN, HandedIn};
use ybz_domain::ledger::visit::SEALED;

use crate::cases::household::{open_sealed, plain_of, seal_for};
use crate::cx::{Cx, Edits};
use crate::error::Answer;

/// Adds the sealed name beside a payment; nothing where nobody was named.
pub(crate) fn seal(
    cx: &Cx<'_>,
    edits: &mut Edits,
    payment: RecordId,
    member: RecordId,
    year: i16,
    name: &str,
) -> Answer<()> {
    if name.is_empty() {
        return Ok(());
    }
    let (id, book) = (HandedIn::id(&payment), cx.book(BookKind::private(), year));
    let sealed = seal_for(cx, edits, &book, id, member, &plain_of(&HandedIn { name: name.to_owned() })?)?;
    let fields = vec![
        ("ref".to_owned(), payment.to_string().into()),
        ("subject".to_owned(), member.to_string().into()),
        (SEALED.to_owned(), sealed),
        ("recorded_on".to_owned(), cx.today_text().into()),
    ];
    edits.push(book, RecordOp::Create { id, rtype: HANDED_IN.to_owned(), fields });
    Ok(())
}

/// Names by the id of the payment, as far as they open here.
pub(super) fn names(cx: &Cx<'_>) -> Answer<BTreeMap<String, String>> {
    let all = cx.records(HANDED_IN, None)?;
    let opened = all.iter().filter_map(|stored| {
        let subject: RecordId = stored.view.str("subject").parse().ok()?;
        let handed: HandedIn = open_sealed(cx, &stored.book, &stored.view, &subject)?;
        Some((stored.view.str("ref").to_owned(), handed.name))
    });
    Ok(opened.collect())
}
