//! 党员: members of a branch, in `up/roster`. Phones, ID numbers and income bases are not here: they stand sealed in
//! `own/households`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

/// Record type.
pub const MEMBER: &str = "member";
/// What is private about a member, in `own/households`, sealed under the member's own key.
pub const MEMBER_PRIVATE: &str = "member_private";

/// What [`MEMBER_PRIVATE`] seals: only where a form demands it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPrivate {
    /// 公民身份号码, or empty.
    pub id_number: String,
    /// 手机, or empty.
    pub phone: String,
}

impl std::fmt::Debug for MemberPrivate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemberPrivate(…)")
    }
}

/// Kind of membership.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// 正式党员
    #[default]
    Full,
    /// 预备党员: no vote.
    Probationary,
}

impl MemberKind {
    /// Stable word in books.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Probationary => "probationary",
        }
    }
}

/// A member.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// `1980-05`, or empty.
    pub birth_month: String,
    /// Kind.
    pub kind: MemberKind,
    /// A date or month, or empty.
    pub joined: String,
    /// 党小组
    pub group: String,
    /// 职务 codes.
    pub posts: BTreeSet<String>,
    /// Why a full member has no vote; empty: votes.
    pub no_vote_reason: String,
    /// ISO date, or empty.
    pub left_on: String,
    /// The record that stands for the same person instead of this one; empty: this one does.
    pub merged_into: String,
    /// Transfer by which the member came, or empty.
    pub transfer: String,
    /// The member's record in the branch that it came from, or empty.
    pub origin: String,
    /// Stretches in which the member belonged elsewhere or was none yet: from one day to the day before another (ISO dates; the first
    /// empty: since ever). No field of the record: it follows from the changes ([`super::standing::note_away`]).
    pub away: Vec<(String, String)>,
}

impl Member {
    /// Reads a member; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == MEMBER).then(|| Self {
            name: record.str("name").to_owned(),
            sex: record.int("sex").and_then(|sex| u8::try_from(sex).ok()),
            birth_month: record.str("birth_month").to_owned(),
            kind: if record.str("kind") == "probationary" { MemberKind::Probationary } else { MemberKind::Full },
            joined: record.str("joined").to_owned(),
            group: record.str("group").to_owned(),
            posts: record
                .below("post/")
                .filter(|(_, field)| field.shown() == Some(&Value::Bool(true)))
                .map(|(post, _)| post.to_owned())
                .collect(),
            no_vote_reason: record.str("no_vote_reason").to_owned(),
            left_on: record.str("left_on").to_owned(),
            merged_into: record.str("merged_into").to_owned(),
            transfer: record.str("transfer").to_owned(),
            origin: record.str("origin").to_owned(),
            away: Vec::new(),
        })
    }

    /// Has a vote: full, not suspended from voting, not gone. (《支部工作条例》: probationary members have none.)
    pub fn votes(&self) -> bool {
        self.kind == MemberKind::Full && self.no_vote_reason.is_empty()
    }

    /// Belongs to the branch on a day (ISO date). A record that was merged into another stands for nobody.
    pub fn belongs_on(&self, day: &str) -> bool {
        self.merged_into.is_empty() && (self.left_on.is_empty() || self.left_on.as_str() > day)
    }

    /// Sits on the branch committee (支委).
    pub fn on_committee(&self) -> bool {
        const POSTS: [&str; 6] =
            ["secretary", "deputy_secretary", "organization", "publicity", "discipline", "committee_member"];
        POSTS.iter().any(|post| self.posts.contains(*post))
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields: Vec<(String, Value)> = vec![
            ("name".to_owned(), self.name.as_str().into()),
            ("birth_month".to_owned(), self.birth_month.as_str().into()),
            ("kind".to_owned(), self.kind.as_str().into()),
            ("joined".to_owned(), self.joined.as_str().into()),
            ("group".to_owned(), self.group.as_str().into()),
            ("no_vote_reason".to_owned(), self.no_vote_reason.as_str().into()),
            ("left_on".to_owned(), self.left_on.as_str().into()),
        ];
        fields.extend(self.sex.map(|sex| ("sex".to_owned(), Value::Int(sex.into()))));
        fields.extend(self.posts.iter().map(|post| (format!("post/{post}"), Value::Bool(true))));
        fields
    }

    /// Steps that make a new record.
    pub fn create(&self, id: RecordId, recorded_on: &str) -> RecordOp {
        let mut fields = self.fields();
        fields.push(("transfer".to_owned(), self.transfer.as_str().into()));
        fields.push(("origin".to_owned(), self.origin.as_str().into()));
        fields.retain(|(_, value)| *value != Value::Str(String::new()));
        fields.push(("recorded_on".to_owned(), recorded_on.into()));
        RecordOp::Create { id, rtype: MEMBER.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let old = before.fields();
        let mut ops: Vec<RecordOp> = self
            .fields()
            .into_iter()
            .filter(|field| !old.contains(field))
            .map(|(field, value)| RecordOp::Set { id, field, value })
            .collect();
        for post in before.posts.difference(&self.posts) {
            ops.push(RecordOp::Set { id, field: format!("post/{post}"), value: Value::Bool(false) });
        }
        ops
    }
}

/// Two devices may have merged two records in opposite directions, and three in a ring: then the one with the lowest id
/// stands for all, so that nobody disappears.
pub fn settle_merges(members: &mut [(RecordId, Member)]) {
    let into: BTreeMap<RecordId, RecordId> =
        members.iter().filter_map(|(id, member)| Some((*id, member.merged_into.parse().ok()?))).collect();
    for (id, member) in members.iter_mut().filter(|(_, member)| !member.merged_into.is_empty()) {
        let ring: BTreeSet<RecordId> =
            std::iter::successors(into.get(id).copied(), |at| into.get(at).filter(|_| at != id).copied())
                .take(into.len())
                .collect();
        if ring.contains(id) && ring.first() == Some(id) {
            member.merged_into.clear();
        }
    }
}

/// Records of members that others stand for, each with the one that stands for it in the end. Rings are broken before
/// ([`settle_merges`]).
pub fn stood_for(members: &[(RecordId, Member)]) -> BTreeMap<String, String> {
    let into: BTreeMap<String, &String> = members
        .iter()
        .filter(|(_, member)| !member.merged_into.is_empty())
        .map(|(id, member)| (id.to_string(), &member.merged_into))
        .collect();
    let last = |start: &String| {
        let chain = std::iter::successors(Some(start), |at| into.get(*at).copied());
        chain.take(into.len() + 1).last().unwrap_or(start).clone()
    };
    into.keys().map(|id| (id.clone(), last(id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_merged_in_a_ring_leave_one_that_stands() {
        let id = |n: u8| RecordId([n; 16]);
        let member = |into: u8| Member {
            merged_into: if into == 0 { String::new() } else { id(into).to_string() },
            ..Member::default()
        };
        let mut all =
            [(id(1), member(2)), (id(2), member(3)), (id(3), member(2)), (id(4), member(5)), (id(5), member(0))];
        settle_merges(&mut all);
        let standing: Vec<u8> =
            all.iter().filter(|(_, member)| member.belongs_on("2026-01-01")).map(|(id, _)| id.0[0]).collect();
        assert_eq!(standing, [2, 5]);
    }
}
