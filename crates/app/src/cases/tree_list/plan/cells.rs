//! What the cells of a row say of it: its kind, and by that its days, units, basis, region and custody.

use ybz_domain::date::read_date;
use ybz_domain::office::OfficeKind;

use super::super::place::Above;
use super::super::read::{Kind, Place, Row};
use super::{Action, MAX_NAME, Planned, Reading, SKIP, choice};
use crate::cases::bulk::list::key;
use crate::dto::tree_list::TreeListChoice;

impl Reading<'_> {
    /// Asks whether a cell that cannot be used is taken as `instead`, or the row is left out; tells whether it is.
    fn settled(&mut self, row: &Row, place: &Place, code: &str, instead: &str, planned: &mut Planned) -> bool {
        match self.ask(row, place, code, vec![choice(instead), choice(SKIP)]).as_deref() {
            None => planned.action = Action::Asked,
            Some(SKIP) => planned.action = Action::Skipped,
            Some(_) => return true,
        }
        false
    }

    pub(super) fn kind(&mut self, row: &Row, planned: &mut Planned) {
        let said = Kind::named(&row.kind.text);
        let from_name = if row.kind.text.is_empty() { Kind::named(&row.name.text) } else { None };
        planned.kind_from_name = said.is_none() && from_name.is_some();
        planned.kind = said.or(from_name);
        if planned.kind.is_some() {
            return;
        }
        let mut choices: Vec<TreeListChoice> = Kind::all().into_iter().map(|kind| choice(kind.word())).collect();
        choices.push(choice(SKIP));
        let code = if row.kind.text.is_empty() { "kind_missing" } else { "kind_unknown" };
        match self.ask(row, &row.kind, code, choices).as_deref() {
            None => planned.action = Action::Asked,
            Some(SKIP) => planned.action = Action::Skipped,
            Some(word) => planned.kind = Kind::from_word(word),
        }
    }

    pub(super) fn body(&mut self, row: &Row, planned: &mut Planned) {
        planned.from = match read_date(&row.from.text, self.known.today) {
            Ok(day) => Some(day),
            Err(_) => {
                let code = if row.from.text.is_empty() { "from_missing" } else { "date_unknown" };
                self.settled(row, &row.from, code, "today", planned).then_some(self.known.today)
            }
        };
        if !row.until.text.is_empty() {
            match read_date(&row.until.text, self.known.today) {
                Ok(day) if planned.from.is_some_and(|from| day <= from) => {
                    self.fault(&row.sheet, &row.until, "dates_reversed");
                    planned.action = Action::Fault;
                }
                Ok(day) => planned.until = Some(day),
                Err(_) => {
                    self.settled(row, &row.until, "date_unknown", "none", planned);
                }
            }
        }
        let units =
            row.units.text.split(['、', ',', '，', ';', '；', '\n']).map(str::trim).filter(|unit| !unit.is_empty());
        planned.units = units.map(str::to_owned).collect();
        if planned.units.iter().any(|unit| unit.chars().count() > MAX_NAME) || planned.units.len() > 200 {
            self.fault(&row.sheet, &row.units, "units_unusable");
            planned.action = Action::Fault;
        }
        let named = |word: &str| key(&row.basis.text).contains(word);
        planned.basis = match () {
            () if row.basis.text.is_empty() => "",
            () if named("地缘") || named("place") => "place",
            () if named("业缘") || named("trade") => "trade",
            () if named("趣缘") || named("interest") => "interest",
            () => {
                let choices = ["place", "trade", "interest", "none", SKIP].into_iter().map(choice).collect();
                match self.ask(row, &row.basis, "basis_unknown", choices).as_deref() {
                    Some("place") => "place",
                    Some("trade") => "trade",
                    Some("interest") => "interest",
                    Some(SKIP) => {
                        planned.action = Action::Skipped;
                        ""
                    }
                    Some(_) => "",
                    None => {
                        planned.action = Action::Asked;
                        ""
                    }
                }
            }
        };
    }

    pub(super) fn office(&mut self, row: &Row, kind: OfficeKind, planned: &mut Planned) {
        let region = row.region.text.trim();
        if region.len() == 12 && region.bytes().all(|digit| digit.is_ascii_digit()) {
            planned.region = Some(region.to_owned());
        } else if !region.is_empty() {
            self.settled(row, &row.region, "region_form", "without", planned);
        }
        let custody = match key(&row.custody.text).as_str() {
            "" | "否" | "无" | "不" | "n" | "no" | "0" | "×" | "false" => false,
            "是" | "代管" | "有" | "√" | "y" | "yes" | "1" | "true" => true,
            _ => match self.ask(row, &row.custody, "custody_unknown", vec![choice("yes"), choice("no")]).as_deref() {
                None => {
                    planned.action = Action::Asked;
                    false
                }
                Some(answer) => answer == "yes",
            },
        };
        let branch = matches!(kind, OfficeKind::Branch | OfficeKind::GeneralBranch);
        if planned.action == Action::NotHere && planned.above == Above::Own {
            planned.action = if custody && branch { Action::Custody } else { Action::Invite };
        }
    }
}
