//! How a value that none of the devices wrote is typed (另填): read as the form of the field reads it.

use ybz_domain::book::{FieldView, Value};
use ybz_domain::date::{month_text, read_date, read_deadline, read_month};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::contents::is_free_text;

use crate::ErrorDto;
use crate::cx::Cx;
use crate::error::{Answer, required};

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Text,
    Date,
    Month,
    /// Fen.
    Amount,
    /// Tenths of an hour.
    Hours,
    Number,
}

/// Words and numbers that are no free text and are typed nevertheless.
const TYPED: &[&str] =
    &["name", "person", "leader", "owner", "chair", "recorder", "handed_by", "start", "receipt", "slip", "letter"];
/// Words out of a list, and measures with forms of their own: only chosen among.
const CHOSEN: &[&str] =
    &["category", "form", "channel", "region", "basis", "no_vote_reason", "fixed", "concentrated", "sex", "rate_bp"];
/// The largest number that a field takes: fen of a million yuan.
const MOST: i64 = 100_000_000;

impl Entry {
    /// How a field is typed, by its name and by the values that stand in it; none: it is chosen among those.
    pub(super) fn of(field: &str, view: &FieldView) -> Option<Self> {
        let name = field.split('/').next().unwrap_or_default();
        if CHOSEN.contains(&name) {
            return None;
        }
        if view.values.iter().all(|seen| matches!(seen.value, Value::Int(_))) {
            return Some(match name {
                "amount" | "retained" => Self::Amount,
                "hours" => Self::Hours,
                _ => Self::Number,
            });
        }
        let mut texts = Vec::new();
        for seen in &view.values {
            match &seen.value {
                Value::Str(text) if text.is_empty() => {}
                Value::Str(text) => texts.push(text.as_str()),
                _ => return None,
            }
        }
        if texts.is_empty() || texts.iter().any(|text| text.parse::<RecordId>().is_ok()) {
            return None;
        }
        if TYPED.contains(&name) || is_free_text(field) {
            return Some(Self::Text);
        }
        // The same name is a day in one type of record and a month in another: what stands there tells.
        let day = |text: &&str| text.parse::<jiff::civil::Date>().is_ok();
        let month = |text: &&str| text.len() == 7 && read_month(text).is_ok();
        match () {
            () if texts.iter().all(day) => Some(Self::Date),
            () if texts.iter().all(month) => Some(Self::Month),
            () => None,
        }
    }

    /// Stable word, also used in JSON.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::Month => "month",
            Self::Amount => "amount",
            Self::Hours => "hours",
            Self::Number => "number",
        }
    }

    /// A typed value as it stands in the book; errors are at `value`.
    pub(super) fn read(self, cx: &Cx<'_>, field: &str, text: &str, confirmed: bool) -> Answer<Value> {
        let field = field.split('/').next().unwrap_or_default();
        let number = |most: i64| {
            let read = text.trim().parse::<i64>().ok().filter(|number| (0..=most).contains(number));
            let wrong = || ErrorDto::new("invalid_input").at("value").with("value", text);
            read.map(Value::Int).ok_or_else(wrong)
        };
        match self {
            Self::Text => required("value", text, longest(field)).map(Value::Str),
            Self::Date => {
                let ahead = ["deadline", "due", "until"].contains(&field);
                let date = if ahead { read_deadline(text, cx.today) } else { read_date(text, cx.today) };
                Ok(Value::Str(cx.check_far(date, "value", confirmed)?.to_string()))
            }
            Self::Month => {
                let wrong = || ErrorDto::new("date_not_understood").at("value").with("text", text);
                let (year, month) = read_month(text).map_err(|_| wrong())?;
                Ok(Value::Str(month_text(year, month)))
            }
            Self::Amount => number(MOST),
            Self::Hours => number(240),
            Self::Number => number(MOST),
        }
    }
}

/// Characters that the forms let into a field.
fn longest(field: &str) -> usize {
    match field {
        "name" | "person" | "leader" | "owner" | "chair" | "recorder" | "handed_by" | "group" | "receipt" | "slip" => {
            40
        }
        "start" => 20,
        "place" | "unit" => 100,
        "title" => 200,
        _ => 2_000,
    }
}

#[cfg(test)]
mod tests {
    use ybz_domain::book::SeenValue;
    use ybz_domain::ids::ActorId;

    use super::*;

    fn entry(field: &str, values: &[Value]) -> Option<Entry> {
        let seen = |value: &Value| SeenValue { value: value.clone(), actor: ActorId([1; 16]), change: None };
        Entry::of(field, &FieldView { values: values.iter().map(seen).collect() })
    }

    #[test]
    fn a_field_is_typed_as_what_stands_in_it() {
        let texts = |field: &str, values: [&str; 2]| entry(field, &values.map(Value::from));
        assert_eq!(texts("date", ["2026-03-05", "2026-03-06"]), Some(Entry::Date));
        assert_eq!(texts("date", ["2026-03", "2026-04"]), Some(Entry::Month), "an assessment stands from a month on");
        assert_eq!(texts("until", ["", "2026-04-01"]), Some(Entry::Date));
        assert_eq!(texts("place", ["2026-03-05", "2026-03-06"]), Some(Entry::Text), "a place may be called anything");
        assert_eq!(texts("recorder", ["王甲一", "李乙二"]), Some(Entry::Text));
        assert_eq!(texts("start", ["09:00", "10:00"]), Some(Entry::Text));
        assert_eq!(entry("amount", &[Value::Int(1), Value::Int(2)]), Some(Entry::Amount));
        assert_eq!(entry("hours", &[Value::Int(1), Value::Int(2)]), Some(Entry::Hours));
        for (field, values) in [
            ("mark/0011", ["present", "excused"]),
            ("kind", ["full", "probationary"]),
            ("category", ["roads", "water"]),
            ("ref", ["00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"]),
            ("household", ["00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"]),
            ("deleted", ["", "00112233445566778899aabbccddeeff"]),
        ] {
            assert_eq!(texts(field, values), None, "{field}");
        }
        assert_eq!(entry("consent", &[Value::Bool(true), Value::Bool(false)]), None);
        assert_eq!(entry("sealed", &[Value::Bytes(vec![1]), Value::Bytes(vec![2])]), None);
    }
}
