//! One matter that several villages handed in.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Pair, Why, near, sorted};
use crate::ids::{OfficeId, RecordId};

/// A concern as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// Its record.
    pub id: RecordId,
    /// The branch.
    pub office: OfficeId,
    /// ISO date.
    pub on: String,
    /// 类别
    pub category: String,
    /// 上报内容
    pub text: String,
}

/// Rare pairs of characters of a text by which others are looked for: the names of places and the words for unusual things.
const KEYS: usize = 8;
/// Texts that share a pair of characters up to which it is as rare as can be: where few texts are known, all are.
const FEW: u32 = 4;
/// Characters of a text that are compared.
const LONGEST: usize = 600;
/// Days apart after which two are no longer taken for one.
const DAYS_APART: i32 = 180;
/// Likeness of 1,000 from which a pair is proposed.
const ENOUGH: i32 = 320;
/// The same category speaks for a pair, another against it.
const CATEGORY: i32 = 60;

struct Read {
    /// Pairs of neighbouring characters.
    bigrams: BTreeSet<(char, char)>,
    on: Option<Date>,
}

/// Concerns that may be one matter. `apart` holds pairs, the lower id first, of which somebody said that they are two.
pub fn concerns(all: &[Concern], apart: &BTreeSet<(RecordId, RecordId)>) -> Vec<Pair> {
    let read: Vec<Read> = all.iter().map(|one| Read { bigrams: bigrams(&one.text), on: one.on.parse().ok() }).collect();
    let mut seen: BTreeMap<(char, char), u32> = BTreeMap::new();
    for bigram in read.iter().flat_map(|one| &one.bigrams) {
        *seen.entry(*bigram).or_default() += 1;
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| all.get(*at).map(|one| (one.on.as_str(), one.id)));
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let rare = FEW + total / 500;
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in order {
        let Some(one) = read.get(at) else { continue };
        // What no other text has leads nowhere.
        let often = |bigram: &(char, char)| seen.get(bigram).copied().unwrap_or_default();
        let mut shared: Vec<(u32, (char, char))> = one
            .bigrams
            .iter()
            .map(|bigram| (often(bigram), *bigram))
            .filter(|(often, _)| (2..=rare).contains(often))
            .collect();
        shared.sort_unstable();
        for (_, (first, second)) in shared.into_iter().take(KEYS) {
            blocks.entry([first, second].iter().collect()).or_default().push(at);
        }
    }
    // The rarer what they share, the more it says: what everybody writes says next to nothing.
    let weight = |bigram: &(char, char)| {
        let often = seen.get(bigram).copied().unwrap_or_default().max(FEW);
        i64::from(1 + (total / often).max(1).ilog2()).pow(3)
    };
    let found = near(&blocks).into_iter().filter_map(|(one, other)| {
        let (a, b) = (all.get(one)?, all.get(other)?);
        let (mut points, mut why) = (likeness(read.get(one)?, read.get(other)?, weight)?, BTreeSet::from([Why::Text]));
        if a.category == b.category && !a.category.is_empty() {
            points += CATEGORY;
            why.insert(Why::Category);
        } else if !a.category.is_empty() && !b.category.is_empty() {
            points -= CATEGORY;
        }
        let pair = Pair { one: a.id.min(b.id), other: a.id.max(b.id), why, points };
        (points >= ENOUGH && a.id != b.id).then_some(pair)
    });
    sorted(found.collect(), apart)
}

/// Of 1,000: what two texts share, by weight, of what the shorter one has. None where their days are too far apart.
fn likeness(one: &Read, other: &Read, weight: impl Fn(&(char, char)) -> i64) -> Option<i32> {
    if let (Some(a), Some(b)) = (one.on, other.on)
        && a.until(b).is_ok_and(|span| span.get_days().abs() > DAYS_APART)
    {
        return None;
    }
    let both: i64 = one.bigrams.intersection(&other.bigrams).map(&weight).sum();
    let of = |read: &Read| read.bigrams.iter().map(&weight).sum::<i64>();
    i32::try_from((both * 1000).checked_div(of(one).min(of(other)))?).ok()
}

fn bigrams(text: &str) -> BTreeSet<(char, char)> {
    let plain: Vec<char> =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(LONGEST).collect();
    plain.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::alike::testing::{Chance, measure};

    fn concern(n: u32, category: &str, on: &str, text: &str) -> Concern {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        Concern {
            id: RecordId(id),
            office: OfficeId([u8::try_from(n % 200).unwrap(); 16]),
            on: on.to_owned(),
            category: category.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn texts_that_say_the_same_are_proposed_and_others_are_not() {
        let one = concern(1, "照明", "2026-03-01", "村东头路灯坏了三盏，晚上出行不便，希望尽快维修。");
        let alike = concern(2, "照明", "2026-03-09", "村东头三盏路灯坏了，晚上出行不便，希望维修");
        let late = concern(3, "照明", "2026-12-09", "村东头三盏路灯坏了，晚上出行不便，希望维修");
        let other = concern(4, "水利", "2026-03-05", "三组水渠淤塞，灌溉困难，希望尽快清淤。");
        let pairs = concerns(&[one.clone(), alike.clone(), late, other], &BTreeSet::new());
        let ids: Vec<(RecordId, RecordId)> = pairs.iter().map(|pair| (pair.one, pair.other)).collect();
        assert_eq!(ids, [(one.id, alike.id)], "months later it is another matter");
        assert_eq!(pairs[0].why, [Why::Text, Why::Category].into());
        assert!(concerns(&[one.clone(), alike.clone()], &[(one.id, alike.id)].into()).is_empty());
        assert!(concerns(&[concern(1, "", "", ""), concern(2, "", "", "")], &BTreeSet::new()).is_empty());
    }

    /// Of two of these and a last word a place is named: 青柳路, 石桥巷.
    const NAMES: &str = "青柳石沙河杨槐松岭荷竹梅溪枫林茶山桃金银杏红旗东西南北新";
    const LAST: [&str; 6] = ["路", "桥", "渠", "塘", "坡", "巷"];
    /// What it is about, in two ways, with its category.
    const THINGS: [(&str, &str, &str); 20] = [
        ("路灯", "照明灯", "照明"),
        ("路面", "水泥路面", "道路"),
        ("护栏", "防护栏", "道路"),
        ("灌溉水渠", "水渠", "水利"),
        ("排水沟", "沟渠", "水利"),
        ("垃圾桶", "垃圾箱", "环境"),
        ("公厕", "公共厕所", "环境"),
        ("自来水管", "水管", "供水"),
        ("高压电线", "电线", "供电"),
        ("变压器", "台区变压器", "供电"),
        ("下水道", "污水管道", "环境"),
        ("健身器材", "健身设施", "文体"),
        ("停车位", "车位", "交通"),
        ("公交站牌", "站牌", "交通"),
        ("通信基站", "手机信号", "通信"),
        ("监控探头", "摄像头", "治安"),
        ("行道树", "路边大树", "绿化"),
        ("围墙", "院墙", "住建"),
        ("危桥", "老桥", "道路"),
        ("水井", "机井", "供水"),
    ];
    /// What is the matter with it, in two ways.
    const TROUBLES: [(&str, &str); 15] = [
        ("坏了好久", "损坏多日"),
        ("破损严重", "破得厉害"),
        ("堵塞不通", "堵住了"),
        ("被人占用", "长期被占"),
        ("没有人管", "无人管理"),
        ("数量太少", "不够用"),
        ("位置不合理", "设得不是地方"),
        ("有安全隐患", "不安全"),
        ("被车撞歪", "让车撞了"),
        ("漏水冒水", "一直漏水"),
        ("夜里噪音大", "半夜有噪声"),
        ("被大风刮倒", "刮风倒了"),
        ("年久失修", "多年没修过"),
        ("建了一半停工", "半截子工程"),
        ("收费不清楚", "乱收费"),
    ];

    fn place(n: u32) -> String {
        let name = |n: u32| NAMES.chars().nth(usize::try_from(n % 28).unwrap()).unwrap();
        format!("{}{}{}", name(n), name(n / 28), LAST[usize::try_from(n / 784).unwrap()])
    }

    const EFFECTS: [&str; 8] = [
        "晚上出行不便",
        "老人孩子不安全",
        "群众意见很大",
        "影响生产",
        "已经一个多月",
        "反映多次未解决",
        "雨天更严重",
        "存在隐患",
    ];
    const ASKS: [&str; 6] =
        ["希望尽快维修", "请有关部门处理", "盼早日解决", "建议上门查看", "要求马上整治", "希望给个说法"];

    fn told(chance: &mut Chance, place: &str, thing: &str, trouble: &str) -> String {
        let (effect, ask) = (chance.pick(&EFFECTS), chance.pick(&ASKS));
        match chance.below(4) {
            0 => format!("{place}{thing}{trouble}，{effect}，{ask}。"),
            1 => format!("群众反映{place}{thing}{trouble}，{ask}"),
            2 => format!("我村靠近{place}的{thing}{trouble}；{effect}。"),
            _ => format!("{thing}{trouble}，在{place}，{ask}"),
        }
    }

    /// 4,000 concerns about 20 things with 15 troubles at 4,704 places, so that each thing and trouble comes a dozen times elsewhere;
    /// one in twenty was handed in once more, in another order and now and then in other words.
    #[test]
    fn of_a_streets_concerns_nearly_all_that_were_handed_in_twice_are_found() {
        let mut chance = Chance(20_260_714);
        let (mut all, mut wanted, mut taken) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let at = |n: u32| usize::try_from(n).unwrap();
        while all.len() < 4_000 {
            let (which, thing, trouble) = (chance.below(4_704), chance.below(20), chance.below(15));
            let on = jiff::civil::date(2026, 1, 1).saturating_add(jiff::Span::new().days(chance.below(360)));
            if !taken.insert((which, thing, trouble)) {
                continue;
            }
            let (what, otherwise, category) = THINGS[at(thing)];
            let (is, is_too) = TROUBLES[at(trouble)];
            let n = u32::try_from(taken.len()).unwrap();
            let first = concern(n, category, &on.to_string(), &told(&mut chance, &place(which), what, is));
            if n % 20 == 0 {
                let again = on.saturating_add(jiff::Span::new().days(chance.below(90)));
                let what = if chance.percent(20) { otherwise } else { what };
                let is = if chance.percent(20) { is_too } else { is };
                let category = if chance.percent(10) { "其他" } else { category };
                let text = told(&mut chance, &place(which), what, is);
                let second = concern(100_000 + n, category, &again.to_string(), &text);
                wanted.insert((first.id, second.id));
                all.push(second);
            }
            all.push(first);
        }
        let pairs = concerns(&all, &BTreeSet::new());
        let (recall, precision) = measure(&pairs, &wanted);
        let (_, first) = measure(&pairs[..wanted.len().min(pairs.len())], &wanted);
        println!("concerns: {recall} found, {precision} right of all, {first} of the first {}", wanted.len());
        assert!(recall >= 950, "found {recall} of 1,000; {precision} of 1,000 proposed are right");
        // Low, since the set is hard; the best come first. Stated in docs/desk.md.
        assert!(precision >= 30 && first >= 600, "{precision} of 1,000 are right, {first} of those that come first");
        let mut turned = all;
        turned.reverse();
        assert_eq!(concerns(&turned, &BTreeSet::new()), pairs, "the order says nothing");
    }
}
