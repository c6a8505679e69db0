//! A village that does not exist: members named by surname, heavenly stem and number.

use super::random::Random;

const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const NUMBERS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
const MEMBER_SURNAMES: [&str; 12] = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫"];
const HOUSEHOLD_SURNAMES: [&str; 8] = ["何", "吕", "施", "张", "孔", "曹", "严", "华"];
const MEMBERS: usize = 54;

/// Who pays by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Salaried,
    Retired,
    Farmer,
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub name: String,
    pub woman: bool,
    pub birth: (i16, u8),
    pub joined: (i16, u8, u8),
    pub probationary: bool,
    /// From 0.
    pub group: usize,
    pub post: &'static str,
    pub class: Class,
    /// Yuan.
    pub base: Option<u32>,
    pub monthly_fen: u32,
}

impl Member {
    /// The name with a space inside when it has two characters, as ledgers align them.
    pub(crate) fn spaced(&self) -> String {
        let mut chars = self.name.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(first), Some(second), None) => format!("{first} {second}"),
            _ => self.name.clone(),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Household {
    pub name: String,
    pub door: String,
    pub phone: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Village {
    /// `示范一村`
    pub name: String,
    pub members: Vec<Member>,
    pub households: Vec<Household>,
}

/// 1 to 99 in Chinese.
pub(crate) fn numeral(number: usize) -> String {
    let digit = |value: usize| value.checked_sub(1).and_then(|at| NUMBERS.get(at)).copied().unwrap_or("");
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

pub(crate) const GROUPS: [&str; 3] = ["第一党小组", "第二党小组", "第三党小组"];

/// The salaried rate applies to the whole base.
fn salaried(base: u32) -> u32 {
    match base {
        0..=3000 => base / 2,
        3001..=5000 => base,
        5001..=10_000 => base / 2 * 3,
        _ => base * 2,
    }
}

impl Village {
    pub(crate) fn new(number: usize, random: &mut Random) -> Self {
        let members = (0..MEMBERS).map(|at| member(at, number, random)).collect();
        let count = 20 + random.below(21);
        let households = (0..count)
            .map(|at| {
                let surname = HOUSEHOLD_SURNAMES.get((at + number) % HOUSEHOLD_SURNAMES.len()).copied().unwrap_or("何");
                let stem = STEMS.get(at / HOUSEHOLD_SURNAMES.len()).copied().unwrap_or("甲");
                let last = NUMBERS.get(at % NUMBERS.len()).copied().unwrap_or("一");
                let phone = if random.one_in(3) { String::new() } else { format!("1000000{number:02}{at:02}") };
                Household { name: format!("{surname}{stem}{last}"), door: format!("{}号", at + 1), phone }
            })
            .collect();
        Self { name: format!("示范{}村", numeral(number)), members, households }
    }

    pub(crate) fn committee(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().take(5)
    }

    /// The name of the member at a place, for signatures.
    pub(crate) fn name_at(&self, place: usize) -> &str {
        self.members.get(place).map_or("", |member| member.name.as_str())
    }
}

fn member(at: usize, village: usize, random: &mut Random) -> Member {
    let surname = MEMBER_SURNAMES.get((at + village) % MEMBER_SURNAMES.len()).copied().unwrap_or("赵");
    let stem = STEMS.get(at / MEMBER_SURNAMES.len() + (village % 2) * 5).copied().unwrap_or("甲");
    // Every fifth name has two characters.
    let name = if at % 5 == 4 {
        format!("{surname}{stem}")
    } else {
        format!("{surname}{stem}{}", NUMBERS.get(at % NUMBERS.len()).copied().unwrap_or("一"))
    };
    let birth_year = 1950 + random.below(48) as i16;
    let joined_year = birth_year + 20 + random.below(8) as i16;
    let probationary = at >= MEMBERS - 2;
    let class = match random.below(10) {
        0 | 1 => Class::Salaried,
        2 if birth_year < 1962 => Class::Retired,
        _ => Class::Farmer,
    };
    let (base, monthly_fen) = match class {
        Class::Salaried => {
            let base = 2400 + 200 * random.below(25) as u32;
            (Some(base), salaried(base))
        }
        Class::Retired => {
            let base = 2000 + 200 * random.below(20) as u32;
            (Some(base), if base <= 5000 { base / 2 } else { base })
        }
        Class::Farmer => (None, random.pick(&[20u32, 20, 50, 100], 20)),
    };
    let post = match at {
        0 => "支部书记",
        1 => "副书记",
        2 => "组织委员",
        3 => "宣传委员",
        4 => "纪检委员",
        5..=7 => "党小组长",
        _ => "",
    };
    Member {
        name,
        woman: random.one_in(3),
        birth: (birth_year, 1 + random.below(12) as u8),
        joined: if probationary {
            (2025, 7, 1)
        } else {
            (joined_year, 1 + random.below(12) as u8, 1 + random.below(28) as u8)
        },
        probationary,
        group: at % GROUPS.len(),
        post,
        class,
        base,
        monthly_fen,
    }
}
