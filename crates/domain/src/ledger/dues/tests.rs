//! Single cases by hand, and many accounts against a calculation that shares nothing with the program but the numbers.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::book::{FieldView, SeenValue};
use crate::ids::ActorId;
use crate::ledger::member::Member;
use crate::rules::Rules;

#[test]
fn the_rate_applies_to_the_whole_base() {
    let rules = Rules::builtin().unwrap();
    let due = |base| assess(&rules, DuesClass::Salaried, Some(base), None).unwrap();
    assert_eq!(due(450_000).monthly_fen, 4_500, "4,500 → 45.00");
    assert_eq!(due(450_000).arithmetic, "4,500.00 × 1% = 45.00");
    assert_eq!(due(300_000).monthly_fen, 1_500, "3,000 is still in the first tier");
    assert_eq!(due(300_001).rate_bp, Some(100));
    assert_eq!(due(500_100).monthly_fen, 7_502, "5,001 × 1.5% rounds half up");
    assert!(due(6_000_000).capped, "1,200 a month is above the normal cap, which is shown");
    assert_eq!(assess(&rules, DuesClass::Retired, Some(500_000), None).unwrap().monthly_fen, 2_500);
    assert_eq!(assess(&rules, DuesClass::Student, None, None).unwrap().monthly_fen, 20);
    assert_eq!(assess(&rules, DuesClass::Salaried, None, None), Err(AssessError::BaseMissing));
    assert_eq!(assess(&rules, DuesClass::Farmer, None, Some(500)), Err(AssessError::OutOfRange { from: 20, to: 100 }));
}

#[test]
fn a_quarter_is_taken_by_its_mean_and_annual_pay_like_a_salary() {
    let rules = Rules::builtin().unwrap();
    assert_eq!(mean_of_quarter(&rules, 4_500_000), Some(1_500_000));
    assert_eq!(mean_of_quarter(&rules, 1_000_001), Some(333_334), "333,333.67 fen round up");
    assert_eq!(mean_of_quarter(&rules, -1), None);
    let due = |class| assess(&rules, class, Some(1_500_000), None).unwrap().monthly_fen;
    assert_eq!((due(DuesClass::SelfEmployed), due(DuesClass::AnnualSalary)), (30_000, 30_000));
}

fn id(number: u16) -> RecordId {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&number.to_be_bytes());
    RecordId(bytes)
}

fn view(op: RecordOp) -> RecordView {
    let RecordOp::Create { id, rtype, fields } = op else { panic!("records are created") };
    let seen = |value| FieldView { values: vec![SeenValue { value, actor: ActorId([1; 16]), change: None }] };
    RecordView { id, rtype, fields: fields.into_iter().map(|(name, value)| (name, seen(value))).collect() }
}

fn assessment(member: &str, from: &str, class: DuesClass, monthly_fen: i64) -> Assessment {
    Assessment {
        member: member.to_owned(),
        from_month: from.to_owned(),
        class,
        rate_bp: None,
        monthly_fen,
        decision: String::new(),
        rules: "1".to_owned(),
        recorded_on: "2026-01-01".to_owned(),
        over: BTreeSet::new(),
    }
}

#[test]
fn assessments_that_did_not_know_of_each_other_stand_side_by_side_until_one_is_entered_over_them() {
    let one = |number: u16, monthly_fen: i64, over: &[u16]| {
        let over = over.iter().map(|other| id(*other).to_string()).collect();
        let of = Assessment { over, ..assessment("m", "2026-03", DuesClass::Salaried, monthly_fen) };
        view(of.create(id(number)))
    };
    let rivals = |records: &[RecordView]| -> Vec<Vec<RecordId>> {
        Account::read(records).rivals().into_iter().map(|list| list.into_iter().map(|(id, _)| *id).collect()).collect()
    };
    let earlier = view(assessment("m", "2026-01", DuesClass::Farmer, 50).create(id(9)));
    let (first, mended) = (one(1, 4000, &[]), one(2, 4200, &[1]));
    assert_eq!(
        rivals(&[earlier.clone(), first.clone(), mended.clone()]),
        Vec::<Vec<RecordId>>::new(),
        "put right by whoever saw it"
    );
    let other = one(3, 4500, &[1]);
    let all = [earlier, first, mended, other];
    assert_eq!(rivals(&all), [vec![id(2), id(3)]]);
    assert_eq!(Account::read(&all).due("m", None, "2026-03").fen, 4500, "the newest counts until then");
    assert_eq!(Account::read(&all).assessed_from("m", "2026-03").len(), 3);
    let same = [all.as_slice(), &[one(4, 4200, &[1, 2, 3])]].concat();
    assert_eq!(rivals(&same), Vec::<Vec<RecordId>>::new());
    assert_eq!(Account::read(&same).due("m", None, "2026-03").fen, 4200);
    assert_eq!(
        rivals(&[one(1, 4000, &[]), one(2, 4000, &[])]),
        Vec::<Vec<RecordId>>::new(),
        "what says the same is no conflict"
    );
}

#[test]
fn a_relief_holds_once_both_decisions_are_there() {
    let mut relief = Relief {
        member: "a".to_owned(),
        from_month: "2026-03".to_owned(),
        to_month: "2026-12".to_owned(),
        monthly_fen: 0,
        decided_on: "2026-02-20".to_owned(),
        ..Relief::default()
    };
    let full = view(assessment("a", "2026-01", DuesClass::Salaried, 4_500).create(id(1)));
    let due = |relief: &Relief, month: &str| {
        let due = Account::read([&full, &view(relief.create(id(2)))]).due("a", None, month);
        (due.fen, due.full_fen, due.incomplete)
    };
    assert_eq!(due(&relief, "2026-02"), (4_500, 4_500, false));
    assert_eq!(due(&relief, "2026-03"), (4_500, 4_500, true), "without the approval the full due stands");
    relief.approved_on = "2026-03-05".to_owned();
    assert_eq!(due(&relief, "2026-03"), (0, 4_500, false));
    assert_eq!(due(&relief, "2027-01"), (4_500, 4_500, false), "a relief ends");
    relief.withdrawn_on = "2026-06-01".to_owned();
    assert_eq!(due(&relief, "2026-03"), (4_500, 4_500, false));
}

#[test]
fn six_months_without_payment_or_reason_are_counted_and_a_reason_ends_the_count() {
    let owed = view(assessment("a", "2025-06", DuesClass::Farmer, 100).create(id(1)));
    let pay = |number, month: &str| {
        let payment =
            Payment { member: "a".to_owned(), month: month.to_owned(), amount_fen: 100, ..Payment::default() };
        view(payment.create(id(number)))
    };
    let (june, july) = (pay(2, "2025-06"), pay(3, "2025-07"));
    let account = Account::read([&owed, &june, &july]);
    assert_eq!(account.unpaid_run("a", None, "2026-01"), 6);
    assert_eq!(account.open_months("a", None, "2026-01").len(), 6);
    let reason = Reason {
        member: "a".to_owned(),
        from_month: "2025-12".to_owned(),
        to_month: "2025-12".to_owned(),
        code: "away".to_owned(),
        ..Reason::default()
    };
    let account = Account::read([&owed, &june, &july, &view(reason.create(id(4)))]);
    assert_eq!(account.unpaid_run("a", None, "2026-01"), 1);
    assert_eq!(account.open_months("a", None, "2026-01").len(), 6, "a reason pays nothing");
}

/// One step of a made-up account; months are counted from 0 for 2025-01 to 35 for 2027-12.
#[derive(Debug, Clone)]
enum Step {
    Assess { member: usize, from: usize, base: i64 },
    Pay { member: usize, owed: usize, paid: usize, fen: i64 },
    Extra { member: usize, paid: usize, fen: i64, centre: bool },
    Reverse { of: usize, paid: usize },
    Remit { paid: usize, fen: i64, kept: i64, centre: bool },
}

const MEMBERS: usize = 5;
const MONTHS: usize = 36;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let member = || 0..MEMBERS;
    let month = || 0..MONTHS;
    let step = prop_oneof![
        3 => (member(), month(), 0..2_000_000i64).prop_map(|(member, from, base)| Step::Assess { member, from, base }),
        6 => (member(), month(), month(), 1..9_000i64).prop_map(|(member, owed, paid, fen)| Step::Pay { member, owed, paid, fen }),
        1 => (member(), month(), 1..300_000i64, any::<bool>())
            .prop_map(|(member, paid, fen, centre)| Step::Extra { member, paid, fen, centre }),
        2 => (0..60usize, month()).prop_map(|(of, paid)| Step::Reverse { of, paid }),
        1 => (month(), 0..50_000i64, 0..9_000i64, any::<bool>())
            .prop_map(|(paid, fen, kept, centre)| Step::Remit { paid, fen, kept, centre }),
    ];
    prop::collection::vec(step, 0..60)
}

fn month_name(month: usize) -> String {
    format!("{}-{:02}", 2025 + month / 12, month % 12 + 1)
}

/// The due of a base by the regulation, written out once more by hand.
fn naive_due(base: i64) -> i64 {
    let tenths_of_percent = match base {
        ..=300_000 => 5,
        300_001..=500_000 => 10,
        500_001..=1_000_000 => 15,
        _ => 20,
    };
    let thousandths = base * tenths_of_percent;
    thousandths / 1_000 + i64::from(thousandths % 1_000 >= 500)
}

/// Member, month owed (none: an extra), month of payment, fen, for the centre, which payment it takes back.
type NaivePaid = (usize, Option<usize>, usize, i64, bool, Option<usize>);

/// What stands of the steps: payments that are not reversed count once, reversed ones twice and cancel out.
#[derive(Default)]
struct Naive {
    assessed: Vec<(usize, usize, i64)>,
    paid: Vec<NaivePaid>,
    remitted: Vec<(usize, i64, i64, bool)>,
}

impl Naive {
    fn due(&self, member: usize, month: usize) -> i64 {
        let mut found: Option<(usize, i64)> = None;
        for (_, from, base) in self.assessed.iter().filter(|one| one.0 == member && one.1 <= month) {
            if found.is_none_or(|(latest, _)| latest <= *from) {
                found = Some((*from, naive_due(*base)));
            }
        }
        found.map_or(0, |(_, fen)| fen)
    }

    fn paid_for(&self, member: usize, month: usize) -> i64 {
        self.paid.iter().filter(|one| one.0 == member && one.1 == Some(month)).map(|one| one.3).sum()
    }

    fn standing(&self, member: usize, month: usize) -> usize {
        let back: Vec<usize> = self.paid.iter().filter_map(|one| one.5).collect();
        let all = self.paid.iter().enumerate().filter(|(_, one)| one.0 == member && one.1 == Some(month));
        all.filter(|(at, one)| one.5.is_none() && !back.contains(at)).count()
    }

    fn cash(&self, member: Option<usize>, year: usize, centre: bool) -> i64 {
        let mine = self.paid.iter().filter(|one| member.is_none_or(|member| member == one.0));
        mine.filter(|one| one.2 / 12 == year && one.4 == centre).map(|one| one.3).sum()
    }
}

/// Plays the steps into records and into the naive account.
fn play(steps: &[Step]) -> (Vec<RecordView>, Naive) {
    let rules = Rules::builtin().unwrap();
    let (mut records, mut naive) = (Vec::new(), Naive::default());
    let mut entries: Vec<(RecordId, Payment)> = Vec::new();
    for (number, step) in (1..).zip(steps) {
        let record = id(number);
        match *step {
            Step::Assess { member, from, base } => {
                let due = assess(&rules, DuesClass::Salaried, Some(base), None).unwrap();
                let one = assessment(&id_of(member), &month_name(from), DuesClass::Salaried, due.monthly_fen);
                records.push(view(one.create(record)));
                naive.assessed.push((member, from, base));
            }
            Step::Pay { member, owed, paid, fen } => {
                let (month, on) = (month_name(owed), format!("{}-15", month_name(paid)));
                let payment = Payment { member: id_of(member), month, amount_fen: fen, on, ..Payment::default() };
                entries.push((record, payment));
                naive.paid.push((member, Some(owed), paid, fen, false, None));
            }
            Step::Extra { member, paid, fen, centre } => {
                let kind = if centre { EXTRA_CENTRE } else { EXTRA }.to_owned();
                let on = format!("{}-15", month_name(paid));
                entries
                    .push((record, Payment { member: id_of(member), kind, amount_fen: fen, on, ..Payment::default() }));
                naive.paid.push((member, None, paid, fen, centre, None));
            }
            Step::Reverse { of, paid } => {
                let known = naive.paid.get(of).copied();
                let Some((member, owed, _, fen, centre, None)) = known else { continue };
                if naive.paid.iter().any(|one| one.5 == Some(of)) {
                    continue;
                }
                let (first, payment) = entries[of].clone();
                let on = format!("{}-20", month_name(paid));
                entries.push((record, Payment { amount_fen: -fen, on, reverses: Some(first.to_string()), ..payment }));
                naive.paid.push((member, owed, paid, -fen, centre, Some(of)));
            }
            Step::Remit { paid, fen, kept, centre } => {
                let on = format!("{}-28", month_name(paid));
                let one = Remittance { on, amount_fen: fen, retained_fen: kept, centre, ..Remittance::default() };
                records.push(view(one.create(record)));
                naive.remitted.push((paid, fen, kept, centre));
            }
        }
    }
    records.extend(entries.into_iter().map(|(id, payment)| view(payment.create(id))));
    (records, naive)
}

fn id_of(member: usize) -> String {
    id(60_000 + u16::try_from(member).unwrap()).to_string()
}

proptest! {
    #[test]
    fn every_sheet_agrees_with_a_naive_calculation_to_the_fen(steps in steps()) {
        let (records, naive) = play(&steps);
        let account = Account::read(&records);
        let members: BTreeMap<String, Member> = (0..MEMBERS).map(|member| (id_of(member), Member::default())).collect();
        for member in 0..MEMBERS {
            for month in 0..MONTHS {
                let (who, name) = (id_of(member), month_name(month));
                prop_assert_eq!(account.due(&who, members.get(&who), &name).fen, naive.due(member, month));
                let slot = account.paid(&who, &name);
                prop_assert_eq!(slot.paid_fen, naive.paid_for(member, month));
                prop_assert_eq!(slot.double, naive.standing(member, month) > 1);
            }
        }
        let mut hand = [0i64; 2];
        for year in 0..3usize {
            let of = i16::try_from(2025 + year).unwrap();
            let book = ledger(&account, &members, of);
            for row in &book.rows {
                let member = (0..MEMBERS).find(|member| id_of(*member) == row.member).unwrap();
                let months = year * 12..year * 12 + 12;
                prop_assert_eq!(row.due_fen, months.clone().map(|month| naive.due(member, month)).sum::<i64>());
                prop_assert_eq!(row.paid_fen, months.clone().map(|month| naive.paid_for(member, month)).sum::<i64>());
                let cash = naive.cash(Some(member), year, false) + naive.cash(Some(member), year, true);
                prop_assert_eq!(row.cash_fen(), cash);
                let by_month: i64 = row.monthly.iter().map(|(from, to, fen)| i64::from(to - from + 1) * fen).sum();
                prop_assert_eq!(by_month, row.due_fen);
            }
            // Nobody who owes or paid is missing, so the sums are those of all.
            let all = |of: &dyn Fn(usize, usize) -> i64| -> i64 {
                (0..MEMBERS).flat_map(|member| (year * 12..year * 12 + 12).map(move |month| (member, month))).map(|(member, month)| of(member, month)).sum()
            };
            prop_assert_eq!(book.sum.due_fen, all(&|member, month| naive.due(member, month)));
            prop_assert_eq!(book.sum.paid_fen, all(&|member, month| naive.paid_for(member, month)));
            let came = [naive.cash(None, year, false), naive.cash(None, year, true)];
            prop_assert_eq!(book.cash.total_fen(), came[0] + came[1]);
            prop_assert_eq!(book.sum.cash_fen(), book.cash.total_fen());
            // The notice of the year says what the ledger says, and so do its quarters together.
            let whole = notice(&account, &format!("{of}-01"), &format!("{of}-12"));
            prop_assert_eq!(whole.sum_fen, book.sum.paid_fen);
            let quarters: i64 = (0..4)
                .map(|quarter| notice(&account, &format!("{of}-{:02}", quarter * 3 + 1), &format!("{of}-{:02}", quarter * 3 + 3)).sum_fen)
                .sum();
            prop_assert_eq!(quarters, whole.sum_fen);
            for (centre, came) in came.into_iter().enumerate() {
                let went: i64 = naive.remitted.iter().filter(|one| one.0 / 12 == year && one.3 == (centre == 1)).map(|one| one.1 + one.2).sum();
                let stood = balance(&account, of, centre == 1);
                prop_assert_eq!(stood.opening_fen, hand[centre]);
                hand[centre] += came - went;
                prop_assert_eq!(stood.in_hand_fen(), hand[centre]);
            }
        }
    }

    #[test]
    fn payments_that_a_person_called_right_are_not_shown_as_double_until_another_comes(steps in steps()) {
        let (mut records, _) = play(&steps);
        let first = Account::read(&records).doubles().first().and_then(|(_, slot)| Some(slot.entries.first()?.1.clone()));
        let words: Vec<RecordView> = Account::read(&records)
            .doubles()
            .into_iter()
            .map(|(member, slot)| Settlement { member: member.to_owned(), payments: slot.standing.into_iter().collect(), ..Settlement::default() })
            .map(|settlement| view(settlement.create()))
            .collect();
        let settled = words.len();
        records.extend(words);
        prop_assert_eq!(Account::read(&records).doubles().len(), 0);
        if let Some(mut again) = first {
            again.reverses = None;
            records.push(view(again.create(id(50_000))));
            prop_assert_eq!(Account::read(&records).doubles().len(), 1, "{} settled", settled);
        }
    }
}

#[test]
fn what_was_entered_over_another_counts_whatever_the_clocks_said() {
    let id = |n: u8| RecordId([n; 16]);
    let one = |n: u8, fen: i64, day: &str, over: &[u8]| {
        let over = over.iter().map(|n| id(*n).to_string()).collect();
        let day = day.to_owned();
        let start = "2026-01".to_owned();
        let member = id(9).to_string();
        let class = DuesClass::Farmer;
        let (rate_bp, decision, rules) = (None, String::new(), String::new());
        (
            id(n),
            Assessment {
                member,
                from_month: start,
                class,
                rate_bp,
                monthly_fen: fen,
                decision,
                rules,
                recorded_on: day,
                over,
            },
        )
    };
    let counts = |all: &[(RecordId, Assessment)]| in_force(all, "2026-03").map(|one| one.monthly_fen);
    // The laptop's clock was a day ahead; the choice was made on the computer, whose clock was right.
    let (ahead, other, chosen) =
        (one(8, 4_500, "2026-03-21", &[]), one(7, 4_200, "2026-03-20", &[]), one(3, 4_200, "2026-03-20", &[7, 8]));
    assert_eq!(counts(&[ahead.clone(), other.clone()]), Some(4_500), "nobody has chosen yet: the one entered last");
    assert_eq!(counts(&[ahead.clone(), other, chosen]), Some(4_200));
    let circle = [one(1, 100, "2026-01-02", &[2]), one(2, 200, "2026-01-03", &[1])];
    assert_eq!(counts(&circle), Some(200), "of a circle all are looked at");
    let later = (id(1), Assessment { from_month: "2026-02".to_owned(), ..ahead.1 });
    assert_eq!(counts(&[later, one(2, 100, "2026-12-31", &[1])]), Some(4_500), "a later start is no rival");
}
