//! Who lives in the sample. Names are counting words behind a surname, phone numbers and doors are invented: nobody is real.

/// Name of the office.
pub(super) const OFFICE: &str = "示例村党支部";

/// A member: name, sex (1 男, 2 女), month of birth, joined, group, posts, monthly base in fen (none: a farmer's fixed due).
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) sex: u8,
    pub(super) born: &'static str,
    pub(super) joined: &'static str,
    pub(super) group: u8,
    pub(super) posts: &'static [&'static str],
    pub(super) base_fen: Option<i64>,
}

const fn person(name: &'static str, sex: u8, born: &'static str, joined: &'static str, group: u8) -> Person {
    Person { name, sex, born, joined, group, posts: &[], base_fen: None }
}

/// The members, those of the committee first; the last one is a probationary member.
pub(super) const MEMBERS: [Person; 15] = [
    Person { posts: &["secretary"], base_fen: Some(450_000), ..person("张甲一", 1, "1979-05", "2003-07", 1) },
    Person { posts: &["organization"], ..person("李乙二", 2, "1985-11", "2009-06", 1) },
    Person { posts: &["publicity"], ..person("王丙三", 1, "1990-02", "2014-12", 2) },
    Person { posts: &["group_leader"], ..person("赵丁一", 1, "1968-09", "1995-07", 1) },
    Person { posts: &["group_leader"], ..person("陈戊二", 2, "1972-03", "1999-07", 2) },
    person("刘己三", 1, "1956-08", "1984-07", 1),
    person("杨庚一", 1, "1961-01", "1990-05", 1),
    Person { base_fen: Some(280_000), ..person("黄辛二", 2, "1988-06", "2012-06", 1) },
    person("周壬三", 1, "1975-12", "2001-07", 2),
    person("吴癸一", 2, "1993-04", "2016-11", 2),
    Person { base_fen: Some(320_000), ..person("徐甲二", 1, "1983-10", "2008-07", 2) },
    person("孙乙三", 1, "1949-07", "1976-03", 1),
    person("马丙一", 2, "1970-05", "1998-07", 2),
    person("朱丁二", 1, "1995-08", "2019-06", 1),
    person("胡戊三", 1, "1999-01", "", 2),
];

/// Households: name, door, phone.
pub(super) const HOUSEHOLDS: [(&str, &str, &str); 8] = [
    ("林己一", "一组3号", "13000000001"),
    ("郭庚二", "一组8号", "13000000002"),
    ("何辛三", "一组15号", "13000000003"),
    ("高壬一", "二组2号", "13000000004"),
    ("罗癸二", "二组6号", "13000000005"),
    ("梁甲三", "二组11号", "13000000006"),
    ("宋乙一", "三组4号", "13000000007"),
    ("唐丙二", "三组9号", "13000000008"),
];
