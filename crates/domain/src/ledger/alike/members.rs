//! One member on the rosters of two branches, or twice on one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Pair, Why, near, sorted};
use crate::ids::{OfficeId, RecordId};
use crate::pinyin::sound;

/// What the committee holds of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The member's record.
    pub id: RecordId,
    /// The branch.
    pub office: OfficeId,
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// `1980-05`, or empty.
    pub birth_month: String,
    /// A date or month, or empty.
    pub joined: String,
}

/// Points from which a pair is proposed: a name alone is not enough, since names are common.
const ENOUGH: i32 = 5;

/// Members who may be one person. `apart` holds pairs, the lower id first, of which somebody said that they are two.
pub fn members(all: &[Person], apart: &BTreeSet<(RecordId, RecordId)>) -> Vec<Pair> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let names: Vec<(String, String)> = all
        .iter()
        .map(|person| {
            let bare: String = person.name.chars().filter(|c| !c.is_whitespace() && *c != '·').collect();
            (sound(&bare), bare)
        })
        .collect();
    // What is alike stands together, so that it is near also where many share a key.
    order.sort_by_key(|at| {
        let person = all.get(*at);
        (names.get(*at), person.map(|one| (one.birth_month.as_str(), one.joined.as_str(), one.id)))
    });
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in order {
        let (Some(person), Some((sound, bare))) = (all.get(at), names.get(at)) else { continue };
        let family = bare.chars().next().map(|first| crate::pinyin::sound(&first.to_string())).unwrap_or_default();
        let mut keys = vec![format!("sound {sound}")];
        if !person.birth_month.is_empty() {
            keys.push(format!("born {} {family}", person.birth_month));
        }
        if !person.joined.is_empty() {
            keys.push(format!("joined {} {family}", person.joined));
        }
        for key in keys {
            blocks.entry(key).or_default().push(at);
        }
    }
    let found = near(&blocks).into_iter().filter_map(|(one, other)| {
        let (a, b) = (all.get(one)?, all.get(other)?);
        let (points, why) = alike((a, names.get(one)?), (b, names.get(other)?));
        let pair = Pair { one: a.id.min(b.id), other: a.id.max(b.id), why, points };
        (points >= ENOUGH && a.id != b.id).then_some(pair)
    });
    sorted(found.collect(), apart)
}

fn alike(one: (&Person, &(String, String)), other: (&Person, &(String, String))) -> (i32, BTreeSet<Why>) {
    let ((one, (one_sound, one_name)), (other, (other_sound, other_name))) = (one, other);
    let mut why = BTreeSet::new();
    let mut points = 0;
    let mut add = |said: i32, reason: Option<Why>| {
        points += said;
        why.extend(reason);
    };
    if one_name == other_name {
        add(4, Some(Why::Name));
    } else if one_sound == other_sound {
        add(3, Some(Why::Sound));
    } else if near_names(one_name, other_name) {
        add(2, Some(Why::NearName));
    } else {
        return (0, BTreeSet::new());
    }
    match (one.birth_month.as_str(), other.birth_month.as_str()) {
        ("", _) | (_, "") => {}
        (a, b) if a == b => add(3, Some(Why::BirthMonth)),
        (a, b) if a.get(..4) == b.get(..4) || one_apart(a, b) => add(-1, Some(Why::NearBirthMonth)),
        _ => add(-4, None),
    }
    match (one.joined.as_str(), other.joined.as_str()) {
        ("", _) | (_, "") => {}
        (a, b) if a == b => add(3, Some(Why::Joined)),
        // A day here, its month there.
        (a, b) if a.get(..7) == b.get(..7) => add(2, Some(Why::Joined)),
        _ => add(-2, None),
    }
    if one.sex.is_some() && other.sex.is_some() && one.sex != other.sex {
        add(-3, None);
    }
    (points, why)
}

/// One character is another, or two stand the wrong way round.
fn one_apart(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let differ: Vec<usize> = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    a.len() == b.len()
        && match differ.as_slice() {
            [_] => true,
            [first, second] => {
                second - first == 1 && a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first)
            }
            _ => false,
        }
}

/// Names of three characters that are one apart, or of which one lacks a character; of two characters one is too little to go
/// by.
fn near_names(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let without = |skip: usize| long.iter().enumerate().filter(move |(at, _)| *at != skip).map(|(_, c)| c);
    let lacks = long.len() == short.len() + 1 && short.len() > 1;
    (long.len() > 2 && one_apart(one, other)) || (lacks && (0..long.len()).any(|skip| without(skip).eq(short.iter())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::alike::testing::{Chance, measure};

    fn person(n: u8, name: &str, born: &str, joined: &str) -> Person {
        Person {
            id: RecordId([n; 16]),
            office: OfficeId([n; 16]),
            name: name.to_owned(),
            sex: None,
            birth_month: born.to_owned(),
            joined: joined.to_owned(),
        }
    }

    fn found(people: &[Person]) -> Vec<Vec<&'static str>> {
        let words = |pair: &Pair| pair.why.iter().map(|why| why.as_str()).collect();
        members(people, &BTreeSet::new()).iter().map(words).collect()
    }

    #[test]
    fn two_rosters_are_compared_by_name_birth_and_joining() {
        let one = person(1, "张林", "1980-05", "2008-07-01");
        for (other, expected) in [
            (person(2, "张 林", "1980-05", ""), vec!["name", "birth_month"]),
            (person(2, "章琳", "1980-05", ""), vec!["sound", "birth_month"]),
            (person(2, "张木林", "1980-05", "2008-07"), vec!["near_name", "birth_month", "joined"]),
            (person(2, "张林", "1980-06", "2008-07-01"), vec!["name", "near_birth_month", "joined"]),
            (person(2, "张林", "", "2008-07-01"), vec!["name", "joined"]),
        ] {
            assert_eq!(found(&[one.clone(), other.clone()]), [expected], "{}", other.name);
        }
        for other in [
            person(2, "张林", "", ""),
            person(2, "张林", "1975-11", "2008-07-01"),
            person(2, "李林", "1980-05", "2008-07-01"),
            Person { sex: Some(2), ..person(2, "章琳", "1980-05", "") },
        ] {
            assert!(found(&[Person { sex: Some(1), ..one.clone() }, other]).is_empty());
        }
        let both = [one, person(2, "张林", "1980-05", "2008-07-01")];
        assert!(members(&both, &[(both[0].id, both[1].id)].into()).is_empty(), "a person said that they are two");
    }

    const FAMILY: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
    const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志文辉春梅玉珍荣海云峰斌红波宁东生";
    /// Characters that are typed for one another.
    const SOUNDS: [(char, char); 10] = [
        ('张', '章'),
        ('英', '瑛'),
        ('芳', '方'),
        ('伟', '卫'),
        ('静', '敬'),
        ('丽', '莉'),
        ('明', '铭'),
        ('华', '桦'),
        ('梅', '玫'),
        ('林', '琳'),
    ];

    fn somebody(chance: &mut Chance, n: u32) -> Person {
        let mut name = chance.of(FAMILY).to_string();
        for _ in 0..chance.below(2) + 1 {
            name.push(chance.of(GIVEN));
        }
        let (year, month) = (1945 + chance.below(60), 1 + chance.below(12));
        let joined = year + 20 + chance.below(15);
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        Person {
            id: RecordId(id),
            office: OfficeId([u8::try_from(chance.below(200)).unwrap(); 16]),
            name,
            sex: Some(u8::try_from(chance.below(2) + 1).unwrap()),
            birth_month: if chance.percent(8) { String::new() } else { format!("{year}-{month:02}") },
            joined: if chance.percent(10) {
                String::new()
            } else {
                format!("{joined}-{:02}-{:02}", 1 + chance.below(12), 1 + chance.below(28))
            },
        }
    }

    /// The same person as another branch wrote it.
    fn again(chance: &mut Chance, one: &Person, n: u32) -> Person {
        let mut other = Person { office: OfficeId([201; 16]), ..one.clone() };
        other.id.0[..4].copy_from_slice(&n.to_be_bytes());
        if chance.percent(30) {
            let typed = |c: char| SOUNDS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
            other.name = one.name.chars().map(typed).collect();
        }
        if chance.percent(10) {
            other.name.insert(one.name.chars().next().map_or(0, char::len_utf8), ' ');
        }
        if chance.percent(6) && one.name.chars().count() == 3 {
            other.name = one.name.chars().enumerate().filter(|(at, _)| *at != 1).map(|(_, c)| c).collect();
        }
        if chance.percent(8) {
            other.birth_month.clear();
        } else if chance.percent(4) && !other.birth_month.is_empty() {
            other.birth_month = format!("{}-{:02}", &other.birth_month[..4], 1 + chance.below(9));
        }
        if chance.percent(30) && other.joined.len() == 10 {
            other.joined.truncate(7);
        } else if chance.percent(8) {
            other.joined.clear();
        }
        other
    }

    /// 16,000 members of 300 branches, 800 of whom stand there twice.
    #[test]
    fn of_a_streets_members_nearly_all_that_stand_twice_are_found() {
        let mut chance = Chance(20_260_305);
        let mut all: Vec<Person> = (0..16_000).map(|n| somebody(&mut chance, n)).collect();
        let mut true_pairs = BTreeSet::new();
        for n in 0..800u32 {
            let one = all[usize::try_from(chance.below(16_000)).unwrap()].clone();
            let other = again(&mut chance, &one, 20_000 + n);
            // Of a person who stands there three times each pair is one.
            let known: Vec<RecordId> = true_pairs
                .iter()
                .filter_map(|(a, b): &(RecordId, RecordId)| if *a == one.id { Some(*b) } else { None })
                .collect();
            true_pairs.extend(known.into_iter().map(|before| (before.min(other.id), before.max(other.id))));
            true_pairs.insert((one.id.min(other.id), one.id.max(other.id)));
            all.push(other);
        }
        let pairs = members(&all, &BTreeSet::new());
        let (recall, precision) = measure(&pairs, &true_pairs);
        println!("members: {recall} found, {precision} right of {} pairs", true_pairs.len());
        assert!(recall >= 950, "found {recall} of 1,000");
        assert!(precision >= 930, "{precision} of 1,000 proposed are right");
        let mut turned = all;
        turned.reverse();
        assert_eq!(members(&turned, &BTreeSet::new()), pairs, "the order says nothing");
    }

    #[test]
    fn many_of_one_name_cost_what_they_cost_and_no_more() {
        let people: Vec<Person> = (0..5_000u32)
            .map(|n| {
                let mut id = [0; 16];
                id[..4].copy_from_slice(&n.to_be_bytes());
                Person { id: RecordId(id), ..person(1, "张伟", "1980-05", "2008-07-01") }
            })
            .collect();
        let pairs = members(&people, &BTreeSet::new());
        assert!(pairs.len() <= 5_000 * super::super::NEIGHBOURS);
    }
}
