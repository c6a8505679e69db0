use jiff::civil::date as day;

use super::TODAY;
use crate::dto::meeting::Mark;
use crate::import::sheet::Cell;
use crate::import::value::date::{Context, date, month_or_date, time};
use crate::import::value::{amount, mark, person, terms};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn context(year: Option<i16>) -> Context {
    Context { year, today: TODAY }
}

#[test]
fn a_day_is_read_in_every_form_that_ledgers_have() {
    let forms = [
        "2026.3.5",
        "2026-03-05",
        "2026/3/5",
        "2026年3月5日",
        "2026年03月05号",
        "20260305",
        "2026 . 3 . 5",
        "２０２６．３．５",
        "3月5日",
        "3.5",
        "3-5",
        "0305",
        "26.3.5",
        "2026.3.5.",
        "2026年3月5日(星期四)",
        "2026年3月5日星期四",
        "二〇二六年三月五日",
        "三月五日",
        "2026-03-05 19:30",
        "2026年3月5日晚7点半",
        "3月5日下午3:20",
    ];
    for form in forms {
        let read = date(&text(form), context(Some(2026))).map(|moment| moment.map(|moment| moment.date));
        assert_eq!(read, Ok(Some(day(2026, 3, 5))), "{form}");
    }
    let serial = date(&Cell::Number(46086.8125), context(None)).unwrap().unwrap();
    assert_eq!((serial.date, serial.start.as_str()), (day(2026, 3, 5), "19:30"), "a serial number carries the time");
    assert_eq!(date(&text("—"), context(None)), Ok(None), "a dash is blank");
}

#[test]
fn a_month_stands_for_joining_and_birth() {
    for (form, iso) in [
        ("2026.3", "2026-03"),
        ("2026年3月", "2026-03"),
        ("2026-03", "2026-03"),
        ("198505", "1985-05"),
        ("1985.5", "1985-05"),
        ("85.6", "1985-06"),
        ("05.6", "2005-06"),
        ("85年6月", "1985-06"),
        ("1985.05.12", "1985-05-12"),
        ("一九八五年十二月", "1985-12"),
    ] {
        let read = month_or_date(&text(form), context(None)).map(|month| month.map(|month| month.iso));
        assert_eq!(read, Ok(Some(iso.to_owned())), "{form}");
    }
    let number = month_or_date(&Cell::Number(2005.7), context(None)).unwrap().unwrap();
    assert_eq!((number.iso.as_str(), number.doubtful), ("2005-07", false));
    let number = month_or_date(&Cell::Number(2005.1), context(None)).unwrap().unwrap();
    assert_eq!((number.iso.as_str(), number.doubtful), ("2005-01", true), "2005.10 typed as a number loses its zero");
}

#[test]
fn a_wrong_date_says_what_is_wrong_with_it() {
    for (form, year, code) in [
        ("2026.13", None, "month_out_of_range"),
        ("2026.13.5", None, "month_out_of_range"),
        ("2026.0", None, "month_out_of_range"),
        ("13月5日", Some(2026), "month_out_of_range"),
        ("20261305", None, "month_out_of_range"),
        ("2026.2.30", None, "day_out_of_range"),
        ("2月30日", Some(2026), "day_out_of_range"),
        ("3月5日", None, "year_missing"),
        ("2026.3", None, "date_needs_day"),
        ("2026年", None, "date_incomplete"),
        ("2062.3.5", None, "year_out_of_range"),
        ("1826.3.5", None, "year_out_of_range"),
        ("2026.3.5-3.7", None, "date_is_range"),
        ("3月5日至7日", Some(2026), "date_is_range"),
        ("3月5日、6日", Some(2026), "date_is_range"),
        ("正月初五", None, "date_not_understood"),
        ("上周", None, "date_not_understood"),
    ] {
        let error = date(&text(form), context(year)).expect_err(form);
        assert_eq!((error.code, error.params["found"].as_str()), (code, form));
    }
    let error = month_or_date(&Cell::Number(2026.13), context(None)).unwrap_err();
    assert_eq!((error.code, error.params["found"].as_str()), ("month_out_of_range", "2026.13"));
    let error = date(&Cell::Fault("#REF!".to_owned()), context(None)).unwrap_err();
    assert_eq!(error.code, "cell_is_error");
}

#[test]
fn a_time_of_day_is_read() {
    for (form, read) in
        [("19:30", "19:30"), ("晚上7:30", "19:30"), ("下午3点", "15:00"), ("9时05分", "09:05"), ("T08:00:00", "08:00")]
    {
        assert_eq!(time(form).as_deref(), Some(read), "{form}");
    }
    for form in ["", "晚", "25:00", "9", "7:75"] {
        assert_eq!(time(form), None, "{form}");
    }
}

#[test]
fn amounts_are_whole_fen() {
    for (form, fen) in [
        ("4,500元", 450_000),
        ("4500", 450_000),
        ("45.00", 4500),
        ("45.5", 4550),
        ("￥45", 4500),
        ("¥1,000,000.00", 100_000_000),
        ("４５．５０元", 4550),
        ("45元整", 4500),
        ("0.20", 20),
        ("0.2元/月", 20),
        ("45.000", 4500),
        ("45（3月5日）", 4500),
    ] {
        assert_eq!(amount::amount(&text(form)), Ok(Some(fen)), "{form}");
    }
    assert_eq!(amount::amount(&Cell::Number(67.499_999_999_999_99)), Ok(Some(6750)), "noise of a formula is no amount");
    for form in ["—", "免", "无", "-"] {
        assert_eq!(amount::amount(&text(form)), Ok(None), "{form}");
    }
    for (form, code) in [
        ("4500.005", "amount_too_many_decimals"),
        ("-45", "amount_negative"),
        ("4,50", "amount_not_understood"),
        ("四十五元", "amount_not_understood"),
        ("0.45万元", "amount_not_understood"),
        ("45,5", "amount_not_understood"),
        ("99999999999999", "amount_too_large"),
        ("1000000.01", "amount_too_large"),
        ("1.2.3", "amount_not_understood"),
    ] {
        assert_eq!(amount::amount(&text(form)).unwrap_err().code, code, "{form}");
    }
    assert_eq!(amount::amount(&Cell::Number(75.015)).unwrap_err().code, "amount_too_many_decimals");
    assert_eq!(amount::amount(&Cell::Number(-1.0)).unwrap_err().code, "amount_negative");
}

#[test]
fn marks_are_read_and_a_blank_is_never_present() {
    for (form, mark, reason) in [
        ("√", Mark::Present, ""),
        ("✓", Mark::Present, ""),
        (" 到 ", Mark::Present, ""),
        ("是", Mark::Present, ""),
        ("1", Mark::Present, ""),
        ("×", Mark::Absent, ""),
        ("缺", Mark::Absent, ""),
        ("旷", Mark::Absent, ""),
        ("假", Mark::Excused, ""),
        ("请假", Mark::Excused, ""),
        ("事假", Mark::Excused, "事假"),
        ("病假", Mark::Excused, "病假"),
        ("病", Mark::Excused, "病假"),
        ("假（住院）", Mark::Excused, "住院"),
        ("请假：外出务工", Mark::Excused, "外出务工"),
        ("列席", Mark::NonVoting, ""),
        ("-", Mark::Unconfirmed, ""),
    ] {
        assert_eq!(mark::mark(&text(form)), Ok((mark, reason.to_owned())), "{form}");
    }
    assert_eq!(mark::mark(&Cell::Empty), Ok((Mark::Unconfirmed, String::new())));
    assert_eq!(mark::mark(&Cell::Number(1.0)), Ok((Mark::Present, String::new())));
    assert_eq!(mark::mark(&text("？")).unwrap_err().code, "mark_not_understood");
}

#[test]
fn names_are_compared_without_spaces() {
    let read = |form: &str| person::name(&text(form)).map(|name| name.map(|(name, _)| name));
    for form in ["张 三", "张　三", "张三", " 张三 ", "张三同志", "张三（预备）"] {
        assert_eq!(read(form), Ok(Some("张三".to_owned())), "{form}");
    }
    assert_eq!(read("阿甲•乙丙"), Ok(Some("阿甲·乙丙".to_owned())), "the middle dot is kept, in one form");
    assert_eq!(read("Anna Li"), Ok(Some("Anna Li".to_owned())), "Latin names keep their space");
    for form in ["张3", "张", "13800000000", "?"] {
        assert_eq!(read(form).unwrap_err().code, "name_not_understood", "{form}");
    }
}

#[test]
fn a_list_of_names_is_divided_as_people_write_it() {
    let names = |text: &str| person::list(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    for form in ["赵甲一、钱乙二", "赵甲一，钱乙二", "赵甲一 钱乙二", "赵甲一\n钱乙二", "赵甲一;钱乙二"]
    {
        assert_eq!(names(form), ["赵甲一", "钱乙二"], "{form}");
    }
    assert_eq!(names("张 三、李 四"), ["张三", "李四"]);
    assert_eq!(names("张 三 李四"), ["张三", "李四"]);
    let reasons = person::list("赵甲一（病假，住院）、钱乙二：外出务工");
    assert_eq!(
        reasons,
        [("赵甲一".to_owned(), "病假，住院".to_owned()), ("钱乙二".to_owned(), "外出务工".to_owned())],
        "a comma inside brackets belongs to the reason"
    );
}

#[test]
fn words_with_a_fixed_meaning_are_read() {
    assert_eq!(terms::sex("男"), Ok(Some(1)));
    assert_eq!(terms::sex("未知").unwrap_err().code, "sex_not_understood");
    assert_eq!(terms::member_kind("入党积极分子").unwrap_err().code, "not_a_member");
    assert_eq!(terms::posts("支部书记、村委会主任").0, ["secretary"]);
    assert_eq!(terms::posts("支部书记、村委会主任").1, ["村委会主任"]);
    assert_eq!(terms::posts("副书记兼组织委员").0, ["deputy_secretary", "organization"]);
    assert_eq!(terms::session_kinds("支部党员大会暨主题党日").len(), 2, "a combined session counts for each kind");
    assert_eq!(terms::dues_class("离退休").unwrap(), Some(crate::dto::dues::DuesClass::Retired));
    assert_eq!(terms::category("门前道路坑洼"), "roads");
    assert_eq!(terms::phone("138 0000 0000"), "13800000000");
}
