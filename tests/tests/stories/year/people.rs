//! Who belongs to the branch, and what each owes a month.

use serde_json::{Value, json};

use super::Story;

/// Twelve at the year's start: name, group, party since, post, class with its base or amount, monthly fen, arithmetic.
pub struct Person {
    pub name: &'static str,
    pub group: &'static str,
    pub joined: &'static str,
    pub post: &'static str,
    pub assessed: (&'static str, &'static str, i64),
    pub monthly_fen: i64,
    pub arithmetic: &'static str,
}

const ONE: &str = "第一党小组";
const TWO: &str = "第二党小组";

/// In the order in which they were entered.
pub const PEOPLE: [Person; 12] = [
    person("赵甲一", ONE, "2001-07", "secretary", ("salaried", "baseFen", 450_000), 4_500, "4,500.00 × 1% = 45.00"),
    // 5,001.00 × 1.5% is 75.015: exactly half a fen, up.
    person(
        "钱乙二",
        ONE,
        "2003-07",
        "organization",
        ("annual_salary", "baseFen", 500_100),
        7_502,
        "5,001.00 × 1.5% = 75.02",
    ),
    person("孙丙三", TWO, "1998-07", "discipline", ("farmer", "fixedFen", 100), 100, ""),
    person(
        "李丁四",
        ONE,
        "2010-07",
        "",
        ("self_employed", "quarterFen", 4_500_000),
        30_000,
        "45,000.00 ÷ 3 → 15,000.00 × 2% = 300.00",
    ),
    person("周戊五", ONE, "2019-07", "", ("student", "", 0), 20, ""),
    person("吴己六", TWO, "1970-07", "", ("retired", "baseFen", 500_000), 2_500, "5,000.00 × 0.5% = 25.00"),
    // 5,000.01 × 1% is 50.0001.
    person("郑庚七", TWO, "1988-07", "", ("retired", "baseFen", 500_001), 5_000, "5,000.01 × 1% = 50.00"),
    person("王辛八", TWO, "2005-07", "", ("salaried", "baseFen", 300_000), 1_500, "3,000.00 × 0.5% = 15.00"),
    person("冯壬九", ONE, "2012-07", "", ("farmer", "fixedFen", 20), 20, ""),
    person("陈癸十", TWO, "2015-07", "", ("student", "", 0), 20, ""),
    person("褚子一", ONE, "2008-07", "", ("salaried", "baseFen", 1_000_000), 15_000, "10,000.00 × 1.5% = 150.00"),
    // 10,000.01 × 2% is 200.0002.
    person("卫丑二", TWO, "2009-07", "", ("salaried", "baseFen", 1_000_001), 20_000, "10,000.01 × 2% = 200.00"),
];

const fn person(
    name: &'static str,
    group: &'static str,
    joined: &'static str,
    post: &'static str,
    assessed: (&'static str, &'static str, i64),
    monthly_fen: i64,
    arithmetic: &'static str,
) -> Person {
    Person { name, group, joined, post, assessed, monthly_fen, arithmetic }
}

impl Story {
    /// Enters the roster and seven households on the computer.
    pub async fn roster(&mut self) {
        for person in &PEOPLE {
            let posts: Vec<&str> = Some(person.post).into_iter().filter(|post| !post.is_empty()).collect();
            let member = json!({"name": person.name, "kind": "full", "group": person.group, "joined": person.joined, "posts": posts});
            let saved = self.computer.ok("member.save", member).await;
            self.members.insert(person.name.to_owned(), saved["id"].clone());
        }
        for (at, name) in ["魏巳一", "陶午二", "姜未三", "戚申四", "谢酉五", "邹戌六", "喻亥七"].into_iter().enumerate()
        {
            let home = json!({"name": name, "door": format!("{}-1", at + 1)});
            self.homes.push(self.computer.ok("household.save", home).await["id"].clone());
        }
    }

    /// The year's assessment as it is typed.
    pub fn assessment(&self) -> Value {
        let row = |person: &Person| {
            let (class, field, value) = person.assessed;
            let mut row = json!({"member": self.id(person.name), "class": class});
            if !field.is_empty() {
                row[field] = json!(value);
            }
            row
        };
        json!({"year": 2026, "rows": PEOPLE.iter().map(row).collect::<Vec<_>>()})
    }
}

/// What somebody pays for a month when nothing is special.
fn owed(name: &str, month: u8) -> i64 {
    match (name, month) {
        // From July on 5,200.00 × 1.5%.
        ("赵甲一", 7..) => 7_800,
        // Relief from May on.
        ("王辛八", 5..) => 500,
        ("蒋寅三", _) => 20,
        ("沈卯四", _) => 50,
        _ => PEOPLE.iter().find(|person| person.name == name).unwrap().monthly_fen,
    }
}

/// The months that somebody pays at the collection of a month.
fn months_paid(name: &str, month: u8) -> Vec<u8> {
    match (name, month) {
        // By the quarter, see `collect`.
        ("李丁四", _) => vec![],
        // Forgets February, and pays it in May.
        ("孙丙三", 2) => vec![],
        ("孙丙三", 5) => vec![2, 5],
        // Far away from February to August.
        ("陈癸十", 2..=8) => vec![],
        ("陈癸十", 9) => (2..=9).collect(),
        ("周戊五", 11..) | ("冯壬九", 10..) | ("蒋寅三", ..=4) | ("沈卯四", ..=9) => vec![],
        _ => vec![month],
    }
}

impl Story {
    /// The collection of the 15th: one entry for each member and month, the quarter apart. Answers the sum and the receipts.
    pub async fn collect(&self, month: u8) -> (i64, usize) {
        let mut entries = Vec::new();
        for (name, id) in &self.members {
            for of in months_paid(name, month) {
                let mut entry = json!({"member": id, "month": format!("2026-{of:02}"), "amountFen": owed(name, of)});
                if name == "王辛八" {
                    entry["handedBy"] = json!("王小八");
                    entry["way"] = json!("relative");
                    entry["consent"] = json!(true);
                }
                entries.push(entry);
            }
        }
        let mut given = vec![json!({"entries": entries})];
        if month.is_multiple_of(3) {
            let quarter = (month - 2..=month)
                .map(|of| json!({"member": self.id("李丁四"), "month": format!("2026-{of:02}"), "amountFen": 30_000}));
            given.push(json!({"entries": quarter.collect::<Vec<_>>(), "quarterly": true}));
        }
        let (mut sum, mut receipts) = (0, 0);
        for input in given {
            let out = self.computer.ok("dues.collect", input).await;
            let list = out["receipts"].as_array().unwrap();
            sum += list.iter().map(|receipt| receipt["amountFen"].as_i64().unwrap()).sum::<i64>();
            receipts += list.len();
        }
        (sum, receipts)
    }
}
