//! 组织关系转接: linked records under one transfer id. The branch writes out (`up/roster`), the committee passes on
//! (`down/dispatch` of the target) and tells the branch what became of it (`down/dispatch` of the branch), the target
//! takes in by a member record of its own that names the transfer and the record it continues.

mod elsewhere;

use std::collections::{BTreeMap, BTreeSet};

use super::made;
use super::member::Member;
use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;

pub use elsewhere::{ELSEWHERE, STAYS, told_elsewhere};

/// A member is on the way out, in `up/roster`. Its id is the transfer's id.
pub const TRANSFER_OUT: &str = "transfer_out";
/// The committee passes a member on, in `down/dispatch` of the target.
pub const TRANSFER_PASS: &str = "transfer_pass";
/// What became of a transfer. In `down/dispatch` of the branch that wrote out: `passed`, `recalled`, `returned` or `accepted`. About
/// one passing-on: in `down/dispatch` of the target `recalled`, `withdrawn`, [`ELSEWHERE`] or [`STAYS`], in `up/roster` of the target
/// `declined`.
pub const TRANSFER_WORD: &str = "transfer_word";

/// What travels of a member; no number and no phone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traveller {
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// `1980-05`, or empty.
    pub birth_month: String,
    /// `full` or `probationary`.
    pub kind: String,
    /// A date or month, or empty.
    pub joined: String,
}

impl Traveller {
    fn read(record: &RecordView) -> Self {
        Self {
            name: record.str("name").to_owned(),
            sex: record.int("sex").and_then(|sex| u8::try_from(sex).ok()),
            birth_month: record.str("birth_month").to_owned(),
            kind: record.str("kind").to_owned(),
            joined: record.str("joined").to_owned(),
        }
    }

    /// What a member takes along.
    pub fn of(member: &Member) -> Self {
        Self {
            name: member.name.clone(),
            sex: member.sex,
            birth_month: member.birth_month.clone(),
            kind: member.kind.as_str().to_owned(),
            joined: member.joined.clone(),
        }
    }
}

/// Written out, or passed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfer {
    /// The transfer's id; of a record that writes out its own.
    pub id: String,
    /// The member's record in the branch that writes out.
    pub member: String,
    /// Who.
    pub who: Traveller,
    /// ISO date.
    pub on: String,
    /// Office it goes to (written out) or comes from (passed on); empty: one that is not in the tree.
    pub office: String,
    /// Its name.
    pub place: String,
    /// 介绍信编号, or empty.
    pub letter: String,
    /// Taken back by the branch.
    pub withdrawn: bool,
    /// Day of entry.
    pub recorded_on: String,
}

impl Transfer {
    /// Reads either record; none when it is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        let out = record.rtype == TRANSFER_OUT;
        (out || record.rtype == TRANSFER_PASS).then(|| Self {
            id: if out { record.id.to_string() } else { record.str("transfer").to_owned() },
            member: record.str("ref").to_owned(),
            who: Traveller::read(record),
            on: record.str("date").to_owned(),
            office: record.str("office").to_owned(),
            place: record.str("place").to_owned(),
            letter: record.str("letter").to_owned(),
            withdrawn: record.flag("withdrawn"),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that writes out: the record's id becomes the transfer's.
    pub fn write_out(&self, id: RecordId) -> RecordOp {
        let withdrawn = self.withdrawn.then_some(("withdrawn", Value::Bool(true)));
        self.step(id, TRANSFER_OUT, "", withdrawn)
    }

    /// The step that passes on.
    pub fn pass_on(&self, id: RecordId) -> RecordOp {
        self.step(id, TRANSFER_PASS, &self.id, None)
    }

    fn step(&self, id: RecordId, rtype: &str, transfer: &str, more: Option<(&'static str, Value)>) -> RecordOp {
        let texts = [
            ("transfer", transfer),
            ("ref", self.member.as_str()),
            ("name", &self.who.name),
            ("birth_month", &self.who.birth_month),
            ("kind", &self.who.kind),
            ("joined", &self.who.joined),
            ("date", &self.on),
            ("office", &self.office),
            ("place", &self.place),
            ("letter", &self.letter),
            ("recorded_on", &self.recorded_on),
        ];
        let sex = self.who.sex.map(|sex| ("sex", Value::Int(sex.into())));
        made(id, rtype, texts, sex.into_iter().chain(more))
    }
}

/// What the committee tells the branch that wrote out or the target, or the target the committee.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// The transfer.
    pub transfer: String,
    /// The passing-on that it ends, of [`STAYS`] the word that it takes back; empty: it is about the transfer.
    pub pass: String,
    /// `passed`, `returned`, `accepted`, `recalled`, `withdrawn`, `declined`, [`ELSEWHERE`] or [`STAYS`].
    pub state: String,
    /// ISO date: of an acceptance and of [`ELSEWHERE`] the day from which the member belongs elsewhere.
    pub on: String,
    /// Comment, or the name of the office it was passed to.
    pub note: String,
    /// Day of entry.
    pub recorded_on: String,
}

impl Word {
    /// Reads a word; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        (record.rtype == TRANSFER_WORD).then(|| Self {
            transfer: record.str("transfer").to_owned(),
            pass: record.str("ref").to_owned(),
            state: record.str("state").to_owned(),
            on: record.str("date").to_owned(),
            note: record.str("note").to_owned(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    /// The step that tells it.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let texts = [
            ("transfer", self.transfer.as_str()),
            ("ref", &self.pass),
            ("state", &self.state),
            ("date", &self.on),
            ("note", &self.note),
            ("recorded_on", &self.recorded_on),
        ];
        made(id, TRANSFER_WORD, texts, None)
    }
}

/// The word that counts: an acceptance whatever else was said, since the member is counted there; else the latest.
pub fn latest<'a>(words: impl IntoIterator<Item = &'a (RecordId, Word)>) -> Option<&'a Word> {
    let rank = |word: &Word| word.state == "accepted";
    words.into_iter().max_by_key(|(id, word)| (rank(word), &word.on, &word.recorded_on, *id)).map(|(_, word)| word)
}

/// The word that ends a passing-on, with its id: several that crossed say in this order what became of it. None: it is open.
pub fn ended<'a>(
    pass: &RecordId,
    words: impl IntoIterator<Item = &'a (RecordId, Word)>,
) -> Option<&'a (RecordId, Word)> {
    const ENDS: [&str; 3] = ["withdrawn", "recalled", "declined"];
    let (pass, rank) = (pass.to_string(), |word: &Word| ENDS.iter().position(|end| *end == word.state));
    let about = words.into_iter().filter(|(_, word)| word.pass == pass && rank(word).is_some());
    about.min_by_key(|(id, word)| (rank(word), *id))
}

/// Members that a branch no longer counts because the committee told it that they were taken in elsewhere, each with the
/// day. The branch counts them until it is told; who adds up across branches uses [`counted_once`].
pub fn gone<'a>(records: impl IntoIterator<Item = &'a RecordView> + Clone) -> BTreeMap<RecordId, String> {
    let accepted: BTreeMap<String, String> = records
        .clone()
        .into_iter()
        .filter_map(Word::read)
        .filter(|word| word.state == "accepted")
        .map(|word| (word.transfer, word.on))
        .collect();
    let outs = records.into_iter().filter(|record| record.rtype == TRANSFER_OUT).filter_map(Transfer::read);
    outs.filter_map(|out| Some((out.member.parse().ok()?, accepted.get(&out.id)?.clone()))).collect()
}

/// Who counts on a day when records of several branches are added up: of all records that continue one another by
/// transfers, one alone. It is the last of them, because whoever takes a member in counts it from then on, and whoever
/// wrote it out counts it until then; should two continue the same one, the lower id. Nothing but the member records is
/// needed, so it holds whatever part of each branch's book has come.
pub fn counted_once(members: &BTreeMap<RecordId, Member>, day: &str) -> BTreeSet<RecordId> {
    let origin = |member: &Member| member.origin.parse::<RecordId>().ok();
    let continued: BTreeSet<RecordId> = members.values().filter_map(origin).collect();
    let mut last: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    for (id, _) in members.iter().filter(|(id, _)| !continued.contains(id)) {
        let (mut root, mut at) = (*id, *id);
        // A circle, which nobody makes by hand, ends after as many steps as there are records.
        for _ in 0..members.len() {
            let Some(before) = members.get(&at).and_then(origin) else { break };
            (root, at) = (before, before);
        }
        last.entry(root).and_modify(|kept| *kept = (*kept).min(*id)).or_insert(*id);
    }
    last.into_values().filter(|id| members.get(id).is_some_and(|member| member.belongs_on(day))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: &str = "2026-03-20";
    const OFFICES: usize = 4;

    /// The world of a proptest: what each branch wrote, in order, and how much of it the committee has.
    #[derive(Default)]
    struct World {
        wrote: [Vec<(RecordId, Member)>; OFFICES],
        next: u8,
    }

    impl World {
        fn enter(&mut self, office: usize, origin: Option<RecordId>) -> RecordId {
            self.next += 1;
            let id = RecordId([self.next; 16]);
            let origin = origin.map(|id| id.to_string()).unwrap_or_default();
            self.wrote[office].push((id, Member { origin, ..Member::default() }));
            id
        }

        fn held(&self, upto: [usize; OFFICES]) -> BTreeMap<RecordId, Member> {
            self.wrote.iter().zip(upto).flat_map(|(wrote, upto)| wrote.iter().take(upto).cloned()).collect()
        }
    }

    proptest! {
        /// One member moves on and on, back to where it was too; now and then two branches take the same one in. Whatever
        /// prefix of each branch's book has come, it counts once as soon as any of its records is here.
        #[test]
        fn a_member_on_the_way_counts_once_whatever_has_come(
            moves in prop::collection::vec((0usize..OFFICES, any::<bool>()), 0..12),
            upto in prop::array::uniform4(0usize..12),
            others in 0usize..5,
        ) {
            let mut world = World::default();
            let mut at = world.enter(0, None);
            for (office, twice) in moves {
                let next = world.enter(office, Some(at));
                if twice {
                    world.enter((office + 1) % OFFICES, Some(at));
                }
                at = next;
            }
            let moving = world.held(upto);
            // Beside it stand members who move nowhere.
            let mut all = moving.clone();
            for n in 0..others {
                all.insert(RecordId([100 + u8::try_from(n).unwrap(); 16]), Member::default());
            }
            let counted = counted_once(&all, DAY);
            let of_mover = counted.iter().filter(|id| moving.contains_key(*id)).count();
            // Records whose forerunner has not come hang together with nothing: with gaps in the chain, each part that
            // is here by itself would count, so a gap is only possible between branches.
            let parts = parts(&moving);
            prop_assert_eq!(of_mover, parts);
            prop_assert_eq!(counted.len() - of_mover, others);
        }

        /// In the order of a committee that passes on only what it has, no gap can be: it holds every forerunner.
        #[test]
        fn a_committee_that_passes_on_what_it_has_counts_exactly_once(
            moves in prop::collection::vec((0usize..OFFICES, any::<bool>()), 1..12),
            delivered in prop::collection::vec(0usize..OFFICES, 0..40),
        ) {
            let mut world = World::default();
            let mut upto = [0; OFFICES];
            let mut at = world.enter(0, None);
            let (mut home, mut deliveries) = (0, delivered.into_iter());
            upto[0] = 1;
            for (office, wait) in moves {
                prop_assert_eq!(counted_once(&world.held(upto), DAY).len(), 1);
                // Written out there and passed on here: the committee has the record that is continued.
                upto[home] = world.wrote[home].len();
                at = world.enter(office, Some(at));
                home = office;
                // Some branch or other delivers meanwhile; perhaps the one that took in, perhaps weeks later.
                for branch in deliveries.by_ref().take(if wait { 1 } else { 3 }) {
                    upto[branch] = world.wrote[branch].len();
                    prop_assert_eq!(counted_once(&world.held(upto), DAY).len(), 1);
                }
            }
            upto = world.wrote.each_ref().map(Vec::len);
            prop_assert_eq!(counted_once(&world.held(upto), DAY).len(), 1);
        }
    }

    /// Groups of records that are linked through records or missing forerunners that both name.
    fn parts(held: &BTreeMap<RecordId, Member>) -> usize {
        let mut roots = BTreeSet::new();
        for id in held.keys() {
            let mut at = *id;
            while let Some(before) = held.get(&at).and_then(|member| member.origin.parse().ok()) {
                at = before;
            }
            roots.insert(at);
        }
        roots.len()
    }

    #[test]
    fn whoever_has_the_last_word_on_a_member_decides_whether_it_counts() {
        let a = RecordId([1; 16]);
        let b = RecordId([2; 16]);
        let taken_in = Member { origin: a.to_string(), left_on: "2026-03-01".to_owned(), ..Member::default() };
        let members = BTreeMap::from([(a, Member::default()), (b, taken_in)]);
        assert_eq!(counted_once(&members, "2026-02-28"), BTreeSet::from([b]));
        assert_eq!(counted_once(&members, DAY), BTreeSet::new(), "left the branch that took it in: nobody counts it");
        let circle = Member { origin: b.to_string(), ..Member::default() };
        let circle = BTreeMap::from([(a, circle), (b, Member { origin: a.to_string(), ..Member::default() })]);
        assert!(counted_once(&circle, DAY).is_empty());
    }

    #[test]
    fn a_passing_on_is_open_until_a_word_names_it() {
        let pass = RecordId([9; 16]);
        let word = |n: u8, state: &str, about: &RecordId| {
            (RecordId([n; 16]), Word { pass: about.to_string(), state: state.to_owned(), ..Word::default() })
        };
        let state = |words: &[(RecordId, Word)]| ended(&pass, words).map(|(_, word)| word.state.clone());
        let (other, none) = (RecordId([8; 16]), Word { state: "recalled".to_owned(), ..Word::default() });
        assert_eq!(
            state(&[word(1, "declined", &other), (RecordId([2; 16]), none)]),
            None,
            "about another, or the transfer"
        );
        assert_eq!(state(&[word(1, "accepted", &pass)]), None, "that ends nothing");
        let crossed = [word(1, "declined", &pass), word(2, "withdrawn", &pass), word(3, "recalled", &pass)];
        assert_eq!(state(&crossed).as_deref(), Some("withdrawn"));
        assert_eq!(state(&crossed[..1]).as_deref(), Some("declined"));
    }

    #[test]
    fn an_acceptance_counts_whatever_else_is_said() {
        let word = |n: u8, state: &str, on: &str| {
            let (state, on) = (state.to_owned(), on.to_owned());
            (RecordId([n; 16]), Word { state, on, ..Word::default() })
        };
        let words =
            [word(1, "passed", "2026-03-01"), word(2, "accepted", "2026-03-02"), word(3, "returned", "2026-03-05")];
        assert_eq!(latest(&words).map(|word| word.state.as_str()), Some("accepted"));
        assert_eq!(latest(&words[..1]).map(|word| word.state.as_str()), Some("passed"));
        assert_eq!(latest(&[]), None);
    }
}
