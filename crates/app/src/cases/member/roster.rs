//! The roster of a day: who belonged to the branch then, and as what.

use std::collections::BTreeMap;

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::standing::on_day;

use super::changes::{Changes, by_member};
use crate::cx::Cx;
use crate::error::Answer;

/// Members with the changes about each, to be asked for days.
pub(crate) struct Roster {
    members: Vec<(RecordId, Member)>,
    changes: BTreeMap<String, Changes>,
}

impl Roster {
    /// This office's.
    pub(crate) fn load(cx: &Cx<'_>) -> Answer<Self> {
        Self::of(cx, cx.members()?)
    }

    /// The same of members that are not all in the books yet.
    pub(crate) fn of(cx: &Cx<'_>, members: Vec<(RecordId, Member)>) -> Answer<Self> {
        Ok(Self { members, changes: by_member(cx)? })
    }

    /// Who belonged to the branch on a day (ISO date), each of the kind of that day. Groups, posts and reasons for having no
    /// vote are those of now: no day is known of them.
    pub(crate) fn on(&self, day: &str) -> Vec<(RecordId, Member)> {
        let of_day = |(id, member): &(RecordId, Member)| {
            let told = self.changes.get(&id.to_string()).map_or(&[][..], Vec::as_slice);
            let standing = on_day(member, told, day);
            standing.belongs.then(|| (*id, Member { kind: standing.kind, ..member.clone() }))
        };
        self.members.iter().filter_map(of_day).collect()
    }
}
