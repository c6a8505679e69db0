//! The account of an office: who owes what for a month, what was paid for it, and what came into the till on which day.

use std::collections::{BTreeMap, BTreeSet};

use super::payment::{month_number, month_of};
use super::{Assessment, DuesClass, EXTRA_CENTRE, Payment, Reason, Relief, Remittance, Settlement, in_force};
use crate::book::RecordView;
use crate::ids::RecordId;
use crate::ledger::member::Member;

type Kept<T> = Vec<(RecordId, T)>;

/// Entries by the record id of the member, each list in the order of ids or days, so that every device reads the same.
#[derive(Debug, Clone, Default)]
pub struct Account {
    assessments: BTreeMap<String, Kept<Assessment>>,
    reliefs: BTreeMap<String, Kept<Relief>>,
    /// By member and slot: the month owed, or the day of an extra.
    payments: BTreeMap<(String, String), Kept<Payment>>,
    settlements: BTreeMap<String, Vec<BTreeSet<String>>>,
    reasons: BTreeMap<String, Kept<Reason>>,
    remittances: Kept<Remittance>,
}

/// What a member owes for a month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// Fen owed.
    pub fen: i64,
    /// Fen by class and base, before any relief.
    pub full_fen: i64,
    /// The assessment in force.
    pub assessment: Option<RecordId>,
    /// The relief that holds, or the one that lacks a decision.
    pub relief: Option<RecordId>,
    /// A relief lacks one of its two decisions: the full due stands.
    pub incomplete: bool,
}

/// What was paid for a month, or as an extra on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot<'a> {
    /// Payments less reversals.
    pub paid_fen: i64,
    /// Every entry, oldest first.
    pub entries: &'a [(RecordId, Payment)],
    /// Ids of payments that were not reversed.
    pub standing: BTreeSet<String>,
    /// 疑似重复: more than one stands, and nobody said that they are right.
    pub double: bool,
}

/// What came into the till, by the day of payment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cash {
    /// For months of the year asked about.
    pub own_fen: i64,
    /// Back-payments for months of earlier years.
    pub earlier_fen: i64,
    /// For months of later years.
    pub later_fen: i64,
    /// Voluntary extras that stay with the ordinary dues.
    pub extra_fen: i64,
    /// Voluntary extras for the centre.
    pub centre_fen: i64,
}

impl Cash {
    /// All but what goes to the centre.
    pub fn ordinary_fen(&self) -> i64 {
        self.own_fen + self.earlier_fen + self.later_fen + self.extra_fen
    }

    /// All.
    pub fn total_fen(&self) -> i64 {
        self.ordinary_fen() + self.centre_fen
    }
}

/// Whether a member owes dues here for a month (`2026-03`): belongs to the branch on its first day, and joined the Party in it or
/// before; where the roster does not say when, the month in which the changes say that it was admitted decides
/// ([`crate::ledger::standing::note_away`]), and without either a member is a member. Of one who moves during a month the branch that was left has that month, and no other one asks for it.
pub fn owes(member: &Member, month: &str) -> bool {
    let joined = member.joined.get(..7).is_none_or(|joined| joined <= month);
    let first = format!("{month}-01");
    let away = member.away.iter().any(|(from, to)| from.as_str() <= first.as_str() && first.as_str() < to.as_str());
    joined && !away && member.belongs_on(&first)
}

/// Fen that one record may stand for: what anybody wrote is summed, and no sum may run over.
const MOST_FEN: i64 = 1_000_000_000_000;

fn bounded(fen: i64) -> i64 {
    fen.clamp(-MOST_FEN, MOST_FEN)
}

impl Account {
    /// Reads every entry of the account out of records; others are passed over.
    pub fn read<'a>(records: impl IntoIterator<Item = &'a RecordView>) -> Self {
        Self::of(records, &BTreeMap::new())
    }

    /// The same, with what is about a member's record under the one that stands for it.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a RecordView>, stood_for: &BTreeMap<String, String>) -> Self {
        let mut account = Self::default();
        for record in records {
            account.add(record, stood_for);
        }
        account.sort();
        account
    }

    fn add(&mut self, record: &RecordView, stood_for: &BTreeMap<String, String>) {
        let id = record.id;
        let whose = |member: String| stood_for.get(&member).cloned().unwrap_or(member);
        if let Some(mut payment) = Payment::read(record) {
            payment.member = whose(payment.member);
            payment.amount_fen = bounded(payment.amount_fen);
            let slot = if payment.is_extra() { format!("extra/{}", payment.on) } else { payment.month.clone() };
            self.payments.entry((payment.member.clone(), slot)).or_default().push((id, payment));
        } else if let Some(mut one) = Assessment::read(record) {
            one.member = whose(one.member);
            one.monthly_fen = bounded(one.monthly_fen);
            self.assessments.entry(one.member.clone()).or_default().push((id, one));
        } else if let Some(mut one) = Relief::read(record) {
            one.member = whose(one.member);
            one.monthly_fen = bounded(one.monthly_fen);
            self.reliefs.entry(one.member.clone()).or_default().push((id, one));
        } else if let Some(one) = Settlement::read(record) {
            self.settlements.entry(whose(one.member)).or_default().push(one.payments.into_iter().collect());
        } else if let Some(mut one) = Reason::read(record) {
            one.member = whose(one.member);
            self.reasons.entry(one.member.clone()).or_default().push((id, one));
        } else if let Some(mut one) = Remittance::read(record) {
            one.amount_fen = bounded(one.amount_fen);
            one.retained_fen = bounded(one.retained_fen);
            self.remittances.push((id, one));
        }
    }

    fn sort(&mut self) {
        // A reversal belongs beside what it reverses, also when that is an extra of another day.
        let places: BTreeMap<String, (String, String)> = self
            .payments
            .iter()
            .flat_map(|(place, list)| list.iter().map(|(id, _)| (id.to_string(), place.clone())))
            .collect();
        let mut moved = Vec::new();
        for (place, list) in &mut self.payments {
            list.retain(|(id, payment)| {
                let to = payment.reverses.as_ref().and_then(|of| places.get(of)).filter(|to| *to != place);
                if let Some(to) = to {
                    moved.push((to.clone(), (*id, payment.clone())));
                }
                to.is_none()
            });
        }
        for (place, entry) in moved {
            self.payments.entry(place).or_default().push(entry);
        }
        self.payments.retain(|_, list| !list.is_empty());
        for list in self.payments.values_mut() {
            list.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
        }
        self.remittances.sort_by(|(a_id, a), (b_id, b)| (&a.on, a_id).cmp(&(&b.on, b_id)));
        for list in self.reasons.values_mut() {
            list.sort_by_key(|(id, _)| *id);
        }
        for list in self.assessments.values_mut() {
            list.sort_by(|(a_id, a), (b_id, b)| {
                (&a.from_month, &a.recorded_on, a_id).cmp(&(&b.from_month, &b.recorded_on, b_id))
            });
        }
    }

    /// Assessments of a member, by the month from which they hold.
    pub fn assessments(&self, member: &str) -> &[(RecordId, Assessment)] {
        self.assessments.get(member).map(Vec::as_slice).unwrap_or_default()
    }

    /// Assessments of one member from one month on, each entered without knowing of the others, that do not say the same. Until
    /// one is entered over all of them the newest counts (`in_force`).
    pub fn rivals(&self) -> Vec<Vec<&(RecordId, Assessment)>> {
        let mut found = Vec::new();
        for list in self.assessments.values() {
            let named: BTreeSet<&str> = list.iter().flat_map(|(_, one)| &one.over).map(String::as_str).collect();
            for same in list.chunk_by(|(_, a), (_, b)| a.from_month == b.from_month) {
                let stand = same.iter().filter(|(id, _)| !named.contains(id.to_string().as_str()));
                let stand: Vec<_> = if same.len() > 1 { stand.collect() } else { Vec::new() };
                let differ = stand.windows(2).any(|pair| match pair {
                    [(_, a), (_, b)] => (a.class, a.monthly_fen) != (b.class, b.monthly_fen),
                    _ => false,
                });
                if differ {
                    found.push(stand);
                }
            }
        }
        found
    }

    /// Ids of the assessments of a member from a month on: what a new one is meant instead of.
    pub fn assessed_from(&self, member: &str, month: &str) -> BTreeSet<String> {
        self.assessments(member)
            .iter()
            .filter(|(_, one)| one.from_month == month)
            .map(|(id, _)| id.to_string())
            .collect()
    }

    /// Reliefs of a member.
    pub fn reliefs(&self, member: &str) -> &[(RecordId, Relief)] {
        self.reliefs.get(member).map(Vec::as_slice).unwrap_or_default()
    }

    /// Remittances and their reversals, by day.
    pub fn remittances(&self) -> &[(RecordId, Remittance)] {
        &self.remittances
    }

    /// Every payment and reversal.
    pub fn payments(&self) -> impl Iterator<Item = &(RecordId, Payment)> {
        self.payments.values().flatten()
    }

    /// Members of whom there is any entry.
    pub fn members(&self) -> BTreeSet<&str> {
        let paid = self.payments.keys().map(|(member, _)| member.as_str());
        paid.chain(self.assessments.keys().map(String::as_str)).collect()
    }

    /// The assessment in force for a month.
    pub fn assessment(&self, member: &str, month: &str) -> Option<&(RecordId, Assessment)> {
        let list = self.assessments(member);
        let found = in_force(list, month)?;
        list.iter().rfind(|(_, one)| std::ptr::eq(one, found))
    }

    /// What is owed for a month (`2026-03`); without a member known it is taken as owing.
    pub fn due(&self, member: &str, who: Option<&Member>, month: &str) -> Due {
        if who.is_some_and(|who| !owes(who, month)) {
            return Due::default();
        }
        let Some((id, assessment)) = self.assessment(member, month) else { return Due::default() };
        let mut due = Due {
            fen: assessment.monthly_fen,
            full_fen: assessment.monthly_fen,
            assessment: Some(*id),
            ..Due::default()
        };
        if assessment.class == DuesClass::Hardship {
            // Ledgers of before have no days of the two decisions: the class that was before it holds.
            due.incomplete = true;
            let full = self.assessments(member).iter().filter(|(_, one)| one.class != DuesClass::Hardship);
            if let Some(full) = in_force(full, month) {
                (due.fen, due.full_fen) = (full.monthly_fen, full.monthly_fen);
            }
        }
        let covering = self.reliefs(member).iter().filter(|(_, relief)| relief.covers(month));
        let newest =
            covering.max_by_key(|(id, relief)| (relief.complete(), &relief.from_month, &relief.recorded_on, *id));
        if let Some((id, relief)) = newest {
            due.relief = Some(*id);
            due.incomplete = !relief.complete();
            if relief.complete() {
                due.fen = relief.monthly_fen.min(due.full_fen);
            }
        }
        due
    }

    /// What was paid for a month.
    pub fn paid(&self, member: &str, month: &str) -> Slot<'_> {
        let entries = self.payments.get(&(member.to_owned(), month.to_owned())).map(Vec::as_slice).unwrap_or_default();
        self.slot(member, entries)
    }

    /// Extras of a member in a year, by day.
    pub fn extras(&self, member: &str, year: i16) -> Vec<Slot<'_>> {
        let (from, to) = (format!("extra/{year:04}-"), format!("extra/{year:04}."));
        let range = (member.to_owned(), from)..(member.to_owned(), to);
        self.payments.range(range).map(|(_, entries)| self.slot(member, entries)).collect()
    }

    fn slot<'a>(&self, member: &str, entries: &'a [(RecordId, Payment)]) -> Slot<'a> {
        let reversed: BTreeSet<&str> = entries.iter().filter_map(|(_, one)| one.reverses.as_deref()).collect();
        let standing: BTreeSet<String> = entries
            .iter()
            .filter(|(_, one)| one.reverses.is_none())
            .map(|(id, _)| id.to_string())
            .filter(|id| !reversed.contains(id.as_str()))
            .collect();
        let right = self.settlements.get(member).is_some_and(|all| all.iter().any(|one| standing.is_subset(one)));
        Slot {
            paid_fen: entries.iter().map(|(_, one)| one.amount_fen).sum(),
            entries,
            double: standing.len() > 1 && !right,
            standing,
        }
    }

    /// Every place with payments that look double: the member, and the payments.
    pub fn doubles(&self) -> Vec<(&str, Slot<'_>)> {
        let slots = self.payments.iter().map(|((member, _), list)| (member.as_str(), self.slot(member, list)));
        slots.filter(|(_, slot)| slot.double).collect()
    }

    /// Months up to one (included) for which less was paid than is owed, with what is open, oldest first.
    pub fn open_months(&self, member: &str, who: Option<&Member>, to: &str) -> Vec<(String, i64)> {
        let first = self.assessments(member).iter().filter_map(|(_, one)| month_number(&one.from_month)).min();
        let (Some(first), Some(last)) = (first, month_number(to)) else { return Vec::new() };
        let months = (first..=last).map(month_of);
        months
            .filter_map(|month| {
                let open = self.due(member, who, &month).fen - self.paid(member, &month).paid_fen;
                (open > 0).then_some((month, open))
            })
            .collect()
    }

    /// How many months in a row, ending with one (included), nothing was paid although something is owed, and no reason is
    /// known.
    pub fn unpaid_run(&self, member: &str, who: Option<&Member>, to: &str) -> u32 {
        let Some(last) = month_number(to) else { return 0 };
        let unpaid = |month: &String| {
            self.due(member, who, month).fen > 0
                && self.paid(member, month).paid_fen <= 0
                && self.reason(member, month).is_none()
        };
        let run = (0..=last).rev().map(month_of).take_while(unpaid).take(1_200).count();
        u32::try_from(run).unwrap_or(u32::MAX)
    }

    /// The reason that is known for a month.
    pub fn reason(&self, member: &str, month: &str) -> Option<&Reason> {
        let list = self.reasons.get(member)?;
        list.iter().rev().map(|(_, one)| one).find(|one| one.covers(month))
    }

    /// What came in on days of the months from one to another, both included; split by the year asked about.
    pub fn cash(&self, from_month: &str, to_month: &str, year: i16) -> Cash {
        let (mut cash, own) = (Cash::default(), format!("{year:04}"));
        for (_, payment) in self.payments() {
            let paid_in = payment.on.get(..7).unwrap_or_default();
            if !(from_month..=to_month).contains(&paid_in) {
                continue;
            }
            let owed_in = payment.month.get(..4).unwrap_or_default();
            let sum = match payment.kind.as_str() {
                EXTRA_CENTRE => &mut cash.centre_fen,
                _ if payment.is_extra() => &mut cash.extra_fen,
                _ if owed_in == own => &mut cash.own_fen,
                _ if owed_in < own.as_str() => &mut cash.earlier_fen,
                _ => &mut cash.later_fen,
            };
            *sum += payment.amount_fen;
        }
        cash
    }
}
