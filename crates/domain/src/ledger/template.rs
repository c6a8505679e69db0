//! 清单模板: lists that items are made from in one action. Those that come with the program are data
//! (`rules/checklists.toml`); an office keeps its own as records in `up/tasks`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::book::{RecordOp, RecordView, Value};
use crate::ids::RecordId;
use crate::rules::Every;

/// Record type of an office's own template.
pub const TEMPLATE: &str = "item_template";
/// Lines of one template at most.
pub const MAX_ENTRIES: usize = 60;

const BUILTIN: &str = include_str!("../rules/checklists.toml");

/// The templates that come with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Templates {
    /// Version of the data.
    pub version: String,
    /// The lists.
    #[serde(rename = "template")]
    pub templates: Vec<Builtin>,
}

/// A template that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Builtin {
    /// Stable word.
    pub id: String,
    /// Its source.
    pub citation: String,
    /// What it holds.
    #[serde(flatten)]
    pub template: Template,
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Whose list: `secretary`, `deputy`, `committee_member`; empty: the branch's.
    #[serde(default)]
    pub role: String,
    /// For a `year` or a `month`.
    pub every: String,
    /// Its lines.
    #[serde(rename = "entry")]
    pub entries: Vec<TemplateEntry>,
    /// Day of entry, for an office's own.
    #[serde(skip)]
    pub recorded_on: String,
}

/// A line of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateEntry {
    /// 事项
    pub title: String,
    /// 措施
    #[serde(default)]
    pub measure: String,
    /// How often it comes: `month`, `quarter` or `year`.
    #[serde(default)]
    pub every: String,
    /// The month of a line that comes once a year.
    #[serde(default)]
    pub month: i8,
    /// The day by which it is due; 0 is the month's last, as is one that the month lacks.
    #[serde(default)]
    pub day: i8,
}

impl TemplateEntry {
    /// How often it comes; once a year where nothing is said.
    pub fn often(&self) -> Every {
        match self.every.as_str() {
            "month" => Every::Month,
            "quarter" => Every::Quarter,
            _ => Every::Year,
        }
    }

    /// A line of its own record: how often, month, day, what, how; tabs between them.
    fn line(&self) -> String {
        let plain = |text: &str| text.replace(['\t', '\n'], " ");
        format!("{}\t{}\t{}\t{}\t{}", self.every, self.month, self.day, plain(&self.title), plain(&self.measure))
    }

    fn parse(line: &str) -> Option<Self> {
        let parts: Vec<&str> = line.splitn(5, '\t').collect();
        let [every, month, day, title, measure] = parts.as_slice() else { return None };
        Some(Self {
            title: (*title).to_owned(),
            measure: (*measure).to_owned(),
            every: (*every).to_owned(),
            month: month.parse().ok().filter(|month| (0..=12).contains(month))?,
            day: day.parse().ok().filter(|day| (0..=31).contains(day))?,
        })
    }

    fn due_in(&self, month: i8) -> bool {
        match self.often() {
            Every::Month => true,
            Every::Quarter => month % 3 == 0,
            Every::Year => month == if self.month == 0 { 12 } else { self.month },
        }
    }
}

impl Templates {
    /// The data that come with the program.
    ///
    /// # Errors
    /// Data that do not parse.
    pub fn builtin() -> Result<Self, toml::de::Error> {
        toml::from_str(BUILTIN)
    }
}

impl Template {
    /// The lines that fall into a year, or into one month of it, with their deadlines, by deadline.
    pub fn expand(&self, year: i16, month: Option<i8>) -> Vec<(TemplateEntry, Date)> {
        let months = month.map_or(1..=12, |month| month..=month);
        let mut out = Vec::new();
        for month in months {
            let Ok(first) = Date::new(year, month, 1) else { continue };
            for entry in self.entries.iter().filter(|entry| entry.due_in(month)) {
                let day = Date::new(year, month, entry.day).unwrap_or_else(|_| first.last_of_month());
                out.push((entry.clone(), day));
            }
        }
        out.sort_by_key(|(_, due)| *due);
        out
    }

    /// Reads an office's own template; none when the record is of another type.
    pub fn read(record: &RecordView) -> Option<Self> {
        if record.rtype != TEMPLATE {
            return None;
        }
        let lines = record
            .below("entry/")
            .take(MAX_ENTRIES)
            .filter_map(|(_, field)| TemplateEntry::parse(field.shown().and_then(Value::as_str)?));
        Some(Self {
            name: record.str("title").to_owned(),
            role: record.str("kind").to_owned(),
            every: record.str("every").to_owned(),
            entries: lines.collect(),
            recorded_on: record.str("recorded_on").to_owned(),
        })
    }

    fn fields(&self) -> Vec<(String, Value)> {
        let mut fields: Vec<(String, Value)> = [("title", &self.name), ("kind", &self.role), ("every", &self.every)]
            .into_iter()
            .map(|(name, word)| (name.to_owned(), word.as_str().into()))
            .collect();
        for (n, entry) in self.entries.iter().take(MAX_ENTRIES).enumerate() {
            fields.push((format!("entry/{n:02}"), entry.line().into()));
        }
        fields
    }

    /// The step that makes a new record.
    pub fn create(&self, id: RecordId) -> RecordOp {
        let mut fields = self.fields();
        fields.push(("recorded_on".to_owned(), self.recorded_on.as_str().into()));
        RecordOp::Create { id, rtype: TEMPLATE.to_owned(), fields }
    }

    /// Steps that change only what differs from `before`; a line that went is emptied.
    pub fn update(&self, id: RecordId, before: &Self) -> Vec<RecordOp> {
        let old = before.fields();
        let mut new = self.fields();
        let gone = old.iter().filter(|(name, _)| new.iter().all(|(other, _)| other != name));
        let gone: Vec<(String, Value)> = gone.map(|(name, _)| (name.clone(), "".into())).collect();
        new.extend(gone);
        new.into_iter()
            .filter(|field| !old.contains(field))
            .map(|(field, value)| RecordOp::Set { id, field, value })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_lists_of_the_program_cite_their_sources_and_have_days_that_come() {
        let all = Templates::builtin().unwrap().templates;
        let roles: std::collections::BTreeSet<&str> = all.iter().map(|one| one.template.role.as_str()).collect();
        assert_eq!(roles, ["", "committee_member", "deputy", "secretary"].into());
        for Builtin { id, citation, template } in &all {
            assert!(citation.contains('《'), "{id} cites its source");
            assert!(["year", "month"].contains(&template.every.as_str()), "{id}");
            assert!(!template.entries.is_empty() && template.entries.len() <= MAX_ENTRIES, "{id}");
            let month = (template.every == "month").then_some(3);
            assert!(!template.expand(2026, month).is_empty(), "{id} makes items");
            for entry in &template.entries {
                assert!(!entry.title.is_empty() && (0..=12).contains(&entry.month) && (0..=31).contains(&entry.day));
                assert!(["month", "quarter", "year"].contains(&entry.every.as_str()), "{id} {}", entry.title);
            }
        }
        let ids: std::collections::BTreeSet<&String> = all.iter().map(|one| &one.id).collect();
        assert_eq!(ids.len(), all.len());
    }

    #[test]
    fn lines_come_as_often_as_they_say_on_days_that_exist() {
        let line = |title: &str, every: &str, month: i8, day: i8| TemplateEntry {
            title: title.to_owned(),
            measure: String::new(),
            every: every.to_owned(),
            month,
            day,
        };
        let entries = vec![line("月", "month", 0, 31), line("季", "quarter", 0, 20), line("年", "year", 6, 30)];
        let list = Template { every: "year".to_owned(), entries, ..Template::default() };
        let year = list.expand(2026, None);
        assert_eq!(year.len(), 12 + 4 + 1);
        let march: Vec<(String, Date)> = list.expand(2026, Some(3)).into_iter().map(|(e, on)| (e.title, on)).collect();
        assert_eq!(march, [("季".to_owned(), date(2026, 3, 20)), ("月".to_owned(), date(2026, 3, 31))]);
        assert_eq!(list.expand(2026, Some(2))[0].1, date(2026, 2, 28), "a day that the month lacks is its last");
        assert_eq!(list.expand(2026, Some(6)).len(), 3);
    }
}
