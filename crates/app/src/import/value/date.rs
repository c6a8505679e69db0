//! Dates as they stand in ledgers: `2026.3`, `3月5日`, `20260305`, serial numbers of a spreadsheet.

use jiff::civil::Date;

use super::{ValueError, says_nothing, sound, with_note};
use crate::import::sheet::Cell;
use crate::import::words::half_width;

/// What a date is read against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    /// The sheet's year, for dates without one.
    pub year: Option<i16>,
    /// Today; years after the next one are refused.
    pub today: Date,
}

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The day.
    pub date: Date,
    /// Time of day `19:30`; empty when none stands there.
    pub start: String,
    /// A number such as 3.1 in which a zero may have been lost: 3 March 1st or 10th.
    pub doubtful: bool,
}

/// A date or a month that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Month {
    /// `2026-03` or `2026-03-05`.
    pub iso: String,
    /// See [`Moment::doubtful`].
    pub doubtful: bool,
}

enum Parts {
    Full(Date),
    Month(i16, i8),
}

struct Reading {
    parts: Parts,
    start: String,
    doubtful: bool,
}

/// Reads a day; `None` for a blank cell.
///
/// # Errors
/// `month_out_of_range`, `day_out_of_range`, `year_out_of_range`, `year_missing`, `date_needs_day`,
/// `date_is_range`, `date_not_understood`, `cell_is_error`.
pub(crate) fn date(cell: &Cell, context: Context) -> Result<Option<Moment>, ValueError> {
    let Some(reading) = read(cell, context, false)? else { return Ok(None) };
    match reading.parts {
        Parts::Full(date) => Ok(Some(Moment { date, start: reading.start, doubtful: reading.doubtful })),
        Parts::Month(..) => Err(ValueError::new("date_needs_day", &cell.text()).example("2026.3.5")),
    }
}

/// Reads a day or a month, as in joining and birth dates; `None` for a blank cell.
///
/// # Errors
/// As [`date`], without `date_needs_day`.
pub(crate) fn month_or_date(cell: &Cell, context: Context) -> Result<Option<Month>, ValueError> {
    let Some(reading) = read(cell, context, true)? else { return Ok(None) };
    let iso = match reading.parts {
        Parts::Full(date) => date.to_string(),
        Parts::Month(year, month) => format!("{year:04}-{month:02}"),
    };
    Ok(Some(Month { iso, doubtful: reading.doubtful }))
}

/// Reads a date out of a header such as `3月5日支部党员大会`; gives the rest of the header with it.
pub(crate) fn leading(text: &str, context: Context) -> Option<Result<(Moment, String), ValueError>> {
    let text: String = text.chars().map(half_width).collect();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, from) = text.split_at_checked(start)?;
    let end = from
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '年' | '月' | '日' | '号' | ' ')))
        .map_or(from.len(), |(at, _)| at);
    let (date_text, after) = from.split_at_checked(end)?;
    let date_text = date_text.trim_end_matches(['/', '-', '.', ' ']);
    if !date_text.contains(['.', '-', '/', '月']) && date_text.len() != 8 {
        return None;
    }
    let rest = format!("{before}{after}");
    match date(&Cell::of_text(date_text), context) {
        Ok(moment) => moment.map(|moment| Ok((moment, rest))),
        Err(error) => Some(Err(error)),
    }
}

/// Reads a time of day, `19:30` or `晚7点半`; `None` when it is none.
#[must_use]
pub(crate) fn time(text: &str) -> Option<String> {
    let text: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_start_matches(['T', '日', '号']);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, digits) = text.split_at_checked(start)?;
    let late = match before {
        "" | "上午" | "早上" | "早" | "凌晨" | "中午" => false,
        "下午" | "晚上" | "晚" | "傍晚" | "夜" | "夜里" => true,
        _ => return None,
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (hour, rest) = digits.split_at_checked(end)?;
    let hour: u8 = hour.parse().ok()?;
    let sign = rest.chars().next()?;
    let rest = rest.get(sign.len_utf8()..)?;
    let minute = match (sign, rest) {
        ('点' | '时', "" | "整" | "钟") => 0,
        ('点' | '时', "半") => 30,
        (':' | '点' | '时', rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (minute, tail) = rest.split_at_checked(end)?;
            let ends = tail.is_empty() || tail == "分" || tail.starts_with([':', '-', '~', '—', '至', 'Z', '.']);
            if !ends {
                return None;
            }
            minute.parse().ok()?
        }
        _ => return None,
    };
    let hour = if late && hour < 12 { hour + 12 } else { hour };
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

fn not_understood(found: &str) -> ValueError {
    ValueError::new("date_not_understood", found).example("2026.3.5")
}

fn read(cell: &Cell, context: Context, month_only: bool) -> Result<Option<Reading>, ValueError> {
    let shown = cell.text();
    match cell {
        Cell::Empty => Ok(None),
        Cell::Bool(_) => Err(not_understood(&shown)),
        Cell::Moment(moment) => {
            let midnight = moment.time() == jiff::civil::Time::midnight();
            let start = if midnight { String::new() } else { moment.strftime("%H:%M").to_string() };
            known_year(moment.date().year(), context, &shown)?;
            Ok(Some(Reading { parts: Parts::Full(moment.date()), start, doubtful: false }))
        }
        Cell::Number(number) if (10_000.0..80_000.0).contains(number) => serial(*number, context, &shown).map(Some),
        Cell::Number(number) => {
            let mut reading = of_text(&shown, context, month_only)?;
            // 2026.1 may have been 2026.10, and 3.2 may have been 3.20.
            let decimals = shown.split_once('.').map(|(_, decimals)| decimals);
            reading.doubtful = match (decimals, *number >= 1000.0) {
                (Some("1"), true) | (Some("1" | "2" | "3"), false) => true,
                _ => reading.doubtful,
            };
            Ok(Some(reading))
        }
        Cell::Text(_) | Cell::Fault(_) => {
            let text = sound(cell)?;
            if says_nothing(&text) { Ok(None) } else { of_text(&text, context, month_only).map(Some) }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by the caller")]
fn serial(number: f64, context: Context, shown: &str) -> Result<Reading, ValueError> {
    let days = jiff::Span::new().days(number.floor() as i64);
    let date = Date::constant(1899, 12, 30).checked_add(days).map_err(|_| not_understood(shown))?;
    known_year(date.year(), context, shown)?;
    let minutes = (number.fract() * 1440.0).round() as i64;
    let start = if minutes == 0 { String::new() } else { format!("{:02}:{:02}", (minutes / 60) % 24, minutes % 60) };
    Ok(Reading { parts: Parts::Full(date), start, doubtful: false })
}

fn known_year(year: i16, context: Context, found: &str) -> Result<i16, ValueError> {
    if (1900..=context.today.year() + 1).contains(&year) {
        Ok(year)
    } else {
        Err(ValueError::new("year_out_of_range", found).example("2026.3.5"))
    }
}

/// A number of a date, as written, and the sign behind it.
struct Token {
    value: i32,
    digits: usize,
    sign: char,
}

/// Numbers of the date at the start of the text, and what follows them.
fn tokens(text: &str) -> (Vec<Token>, String) {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0usize;
    let skip_spaces = |mut at: usize| {
        while chars.get(at) == Some(&' ') {
            at += 1;
        }
        at
    };
    while tokens.len() < 3 {
        let start = skip_spaces(at);
        let digits: String = chars.iter().skip(start).take_while(|c| c.is_ascii_digit()).collect();
        let Ok(value) = digits.parse::<i32>() else { break };
        let after = start + digits.len();
        let sign_at = skip_spaces(after);
        let sign =
            chars.get(sign_at).copied().filter(|c| matches!(c, '.' | '-' | '/' | '年' | '月' | '日' | '号' | '、'));
        // `5 19:30`: the last number before a time; `7:30` and `7点` are times already.
        if tokens.len() > 1 && matches!(chars.get(after), Some(':' | '点' | '时')) {
            break;
        }
        tokens.push(Token { value, digits: digits.len(), sign: sign.unwrap_or('\0') });
        at = sign.map_or(after, |_| sign_at + 1);
        if sign.is_none() || matches!(sign, Some('日' | '号')) {
            break;
        }
    }
    (tokens, chars.iter().skip(at).collect::<String>().trim().to_owned())
}

/// Chinese numerals to digits: `二〇二六年三月十五日`.
fn numerals(text: &str) -> String {
    let mut out = String::new();
    let mut run: Vec<u32> = Vec::new();
    let flush = |run: &mut Vec<u32>, out: &mut String| {
        if run.contains(&10) {
            let tens = run.iter().position(|value| *value == 10).unwrap_or(0);
            let ten = tens.checked_sub(1).and_then(|at| run.get(at)).copied().unwrap_or(1);
            out.push_str(&(ten * 10 + run.get(tens + 1).copied().unwrap_or(0)).to_string());
        } else {
            run.iter().for_each(|value| out.push_str(&value.to_string()));
        }
        run.clear();
    };
    for c in text.chars() {
        match "〇一二三四五六七八九十".chars().position(|numeral| numeral == c || c == '零' && numeral == '〇')
        {
            Some(value) => run.push(u32::try_from(value).unwrap_or(0)),
            None => {
                flush(&mut run, &mut out);
                out.push(c);
            }
        }
    }
    flush(&mut run, &mut out);
    out
}

fn of_text(raw: &str, context: Context, month_only: bool) -> Result<Reading, ValueError> {
    let (head, _weekday) = with_note(raw);
    let mut text: String = head.chars().map(half_width).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.contains(['年', '月']) && text.chars().any(|c| "一二三四五六七八九十".contains(c)) {
        let date = text.split_once("星期").or_else(|| text.split_once('周')).map_or(text.as_str(), |(date, _)| date);
        text = numerals(date);
    }
    for day in ["星期", "周"] {
        if let Some((before, after)) = text.split_once(day) {
            let rest: String = after.chars().skip(1).collect();
            text = format!("{before} {rest}");
        }
    }
    let text = text.trim().trim_end_matches(['.', '。']).to_owned();
    let (tokens, rest) = tokens(&text);
    let start = if rest.is_empty() {
        String::new()
    } else if rest.starts_with(['-', '~', '—', '至', '到', '、'])
        || tokens.last().is_some_and(|token| matches!(token.sign, '-' | '、'))
    {
        return Err(ValueError::new("date_is_range", raw).example("2026.3.5"));
    } else {
        time(&rest).ok_or_else(|| not_understood(raw))?
    };
    let parts = parts(&tokens, raw, context, month_only)?;
    Ok(Reading { parts, start, doubtful: false })
}

fn parts(tokens: &[Token], raw: &str, context: Context, month_only: bool) -> Result<Parts, ValueError> {
    match tokens {
        [one] if one.digits == 8 => full(one.value / 10_000, one.value / 100 % 100, one.value % 100, raw, context),
        [one] if one.digits == 6 && (190_000..210_000).contains(&one.value) => {
            month(one.value / 100, one.value % 100, raw, context)
        }
        [one] if one.digits == 4 && one.sign != '年' && !(1900..2100).contains(&one.value) => {
            day_of_sheet_year(one.value / 100, one.value % 100, raw, context)
        }
        [one] if one.sign == '月' && month_only => {
            let year = context.year.ok_or_else(|| ValueError::new("year_missing", raw))?;
            month(i32::from(year), one.value, raw, context)
        }
        [one] if one.digits == 4 || one.sign == '月' => {
            Err(ValueError::new("date_incomplete", raw).example("2026.3.5"))
        }
        [first, second] if first.digits == 4 => month(first.value, second.value, raw, context),
        [first, second]
            if first.digits == 2
                && first.sign != '月'
                && (first.sign == '年' || month_only && matches!(second.sign, '\0' | '月')) =>
        {
            month(century(first.value, context), second.value, raw, context)
        }
        [first, second] if first.digits <= 2 => day_of_sheet_year(first.value, second.value, raw, context),
        [first, second, third] if first.digits == 4 => full(first.value, second.value, third.value, raw, context),
        [first, second, third] if first.digits == 2 && third.digits <= 2 => {
            full(century(first.value, context), second.value, third.value, raw, context)
        }
        _ => Err(not_understood(raw)),
    }
}

/// Two-digit years up to this one are of this century.
fn century(short: i32, context: Context) -> i32 {
    if short <= i32::from(context.today.year()) % 100 { 2000 + short } else { 1900 + short }
}

fn month(year: i32, month: i32, raw: &str, context: Context) -> Result<Parts, ValueError> {
    let year = i16::try_from(year).map_err(|_| not_understood(raw))?;
    let month = month_in_range(month, raw)?;
    Ok(Parts::Month(known_year(year, context, raw)?, month))
}

fn month_in_range(month: i32, raw: &str) -> Result<i8, ValueError> {
    i8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month))
        .ok_or_else(|| ValueError::new("month_out_of_range", raw).example("2026.3"))
}

fn day_of_sheet_year(month: i32, day: i32, raw: &str, context: Context) -> Result<Parts, ValueError> {
    month_in_range(month, raw)?;
    let year = context.year.ok_or_else(|| ValueError::new("year_missing", raw).example("2026.3.5"))?;
    full(i32::from(year), month, day, raw, context)
}

fn full(year: i32, month: i32, day: i32, raw: &str, context: Context) -> Result<Parts, ValueError> {
    let year = i16::try_from(year).map_err(|_| not_understood(raw))?;
    let month = month_in_range(month, raw)?;
    let year = known_year(year, context, raw)?;
    let day = i8::try_from(day).unwrap_or(0);
    Date::new(year, month, day)
        .map(Parts::Full)
        .map_err(|_| ValueError::new("day_out_of_range", raw).example("2026.3.5"))
}
