//! Months, quarters and years in titles.

use super::half_width;

/// The month of a title: `1月`, `01月份`, `十二月`, `2026年3月`, `2026-03-01`.
pub(in crate::import) fn month(title: &str) -> Option<u8> {
    let title = title.trim();
    let year_less = match title.get(..4).and_then(|head| head.parse::<u16>().ok()) {
        Some(year) if (1990..2100).contains(&year) => {
            let rest = title.get(4..).unwrap_or("");
            let rest = rest.strip_prefix(['年', '-', '.', '/'])?;
            if !rest.contains('月') {
                let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
                let tail = rest.get(number.len()..).unwrap_or("");
                return number
                    .parse()
                    .ok()
                    .filter(|value| (1..=12).contains(value) && matches!(tail, "" | "-01" | "/1"));
            }
            rest
        }
        _ => title,
    };
    let (number, tail) = year_less.split_once('月')?;
    if !is_tail(tail.trim_start_matches('份')) {
        return None;
    }
    let value = match number {
        "一" => 1,
        "二" => 2,
        "三" => 3,
        "四" => 4,
        "五" => 5,
        "六" => 6,
        "七" => 7,
        "八" => 8,
        "九" => 9,
        "十" => 10,
        "十一" => 11,
        "十二" => 12,
        digits => digits.parse().ok()?,
    };
    (1..=12).contains(&value).then_some(value)
}

/// What may follow a month or a quarter whose payment the column has.
fn is_tail(tail: &str) -> bool {
    matches!(tail, "" | "实缴" | "实交" | "缴纳" | "党费" | "已缴" | "金额")
}

/// The quarter of a title, from 1: `一季度`, `第1季度`, `2026年第二季度实缴`, `Q3`.
pub(in crate::import) fn quarter(title: &str) -> Option<u8> {
    let title = title.trim();
    let title = match title.split_once('年') {
        Some((year, rest)) if year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()) => rest,
        _ => title,
    };
    if let Some(number) = title.strip_prefix(['Q', 'q']) {
        return number.parse().ok().filter(|value| (1..=4).contains(value));
    }
    let (number, tail) = title.strip_prefix('第').unwrap_or(title).split_once('季')?;
    if !is_tail(tail.strip_prefix('度').unwrap_or(tail)) {
        return None;
    }
    match number {
        "一" | "1" | "首" => Some(1),
        "二" | "2" => Some(2),
        "三" | "3" => Some(3),
        "四" | "4" => Some(4),
        _ => None,
    }
}

/// The year in a sheet's title or name: `2026年度党费台账`, `二〇二六年`.
pub(in crate::import) fn year(text: &str) -> Option<i16> {
    let text: String = text.chars().map(half_width).map(digit).collect();
    let chars: Vec<char> = text.chars().collect();
    let mut found = None;
    for (place, window) in chars.windows(4).enumerate() {
        let alone = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|c| !c.is_ascii_digit());
        if window.iter().all(char::is_ascii_digit) && alone(place.checked_sub(1)) && alone(Some(place + 4)) {
            let value = window.iter().collect::<String>().parse().ok().filter(|year| (1990..2100).contains(year));
            let marked = chars.get(place + 4) == Some(&'年');
            match (value, found) {
                (Some(value), _) if marked => return Some(value),
                (Some(value), None) => found = Some(value),
                _ => {}
            }
        }
    }
    found
}

fn digit(c: char) -> char {
    match c {
        '〇' | '○' | '零' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        other => other,
    }
}
