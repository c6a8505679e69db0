//! What is wrong or worth knowing about one cell, always with the place and with what to do.

use std::collections::{BTreeMap, BTreeSet};

use super::value::ValueError;
use crate::dto::import::ImportIssue;

/// What to do about a code; the screen has a sentence for each.
fn todo(code: &str) -> &'static str {
    match code {
        "column_not_mapped" | "column_mapped_twice" | "sheet_not_found" | "header_not_found" => "map_columns",
        "year_missing" => "set_year",
        "person_unknown" => "import_roster_first",
        "not_a_member" | "row_repeated" => "remove_row",
        "cell_is_error" => "replace_formula",
        "number_lost_zero"
        | "joined_before_18"
        | "count_differs"
        | "name_left_out"
        | "quarter_sum_differs"
        | "text_left_out"
        | "id_number_contradicts" => "check_cell",
        "kind_assumed_full" | "class_assumed" | "class_missing" | "monthly_missing" | "post_not_known" => {
            "complete_later"
        }
        "name_similar"
        | "value_differs_kept"
        | "mark_differs_kept"
        | "paid_differs_kept"
        | "payment_was_reversed"
        | "assessment_differs_kept"
        | "private_differs_kept" => "change_in_app",
        "period_closed" => "reopen_period",
        "private_left_out" | "id_number_taken" => "complete_later",
        "names_not_listed" | "concern_completed" => "complete_later",
        _ => "correct_cell",
    }
}

/// Errors and warnings as they come up, and the rows that they block.
#[derive(Debug, Clone, Default)]
pub(super) struct Findings {
    /// They block their own row.
    pub(super) errors: Vec<ImportIssue>,
    /// Things to know.
    pub(super) warnings: Vec<ImportIssue>,
    /// Sheet and row of each error.
    pub(super) blocked: BTreeSet<(String, u32)>,
}

impl Findings {
    /// Records an error at a place; `row` counts from 1.
    pub(super) fn error(&mut self, sheet: &str, row: u32, column: &str, error: ValueError) {
        self.error_in(sheet, row, row, column, error);
    }

    /// The same for a place on a page that begins in another row and is blocked as a whole.
    pub(super) fn error_in(&mut self, sheet: &str, page: u32, row: u32, column: &str, error: ValueError) {
        self.blocked.insert((sheet.to_owned(), page));
        self.errors.push(issue(sheet, row, column, error.code, error.params));
    }

    /// Records a warning at a place.
    pub(super) fn warn(&mut self, sheet: &str, row: u32, column: &str, code: &'static str, params: &[(&str, String)]) {
        let params = params.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        self.warnings.push(issue(sheet, row, column, code, params));
    }
}

fn issue(sheet: &str, row: u32, column: &str, code: &str, mut params: BTreeMap<String, String>) -> ImportIssue {
    params.insert("todo".to_owned(), todo(code).to_owned());
    ImportIssue { sheet: sheet.to_owned(), row, column: column.to_owned(), code: code.to_owned(), params }
}
