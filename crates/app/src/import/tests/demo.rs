//! The demo ledgers go through the import: what a person sees first must work.

use super::*;
use crate::import::{inspect, read};

#[path = "../../../examples/demo_data/mod.rs"]
mod demo_data;

use demo_data::Scope;

const SCOPE: Scope = Scope { seed: 7, villages: 3, year: 2026, months: 6 };

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let one = demo_data::files(&SCOPE).unwrap();
    assert_eq!(one.len(), 13, "four workbooks a village and one text file");
    assert!(one == demo_data::files(&SCOPE).unwrap());
    assert!(one != demo_data::files(&Scope { seed: 8, ..SCOPE }).unwrap());
}

#[test]
fn demo_ledgers_are_imported_with_one_error_and_no_question() {
    let mut errors = Vec::new();
    for village in demo_data::files(&SCOPE).unwrap().chunk_by(|one, other| one.0.parent() == other.0.parent()) {
        let mut known = Known::default();
        for (path, bytes) in village {
            let name = path.file_name().unwrap().to_str().unwrap();
            let workbook = read(name, bytes).unwrap();
            let inspection = inspect(&workbook, &BTreeMap::new(), &BTreeMap::new());
            assert!(inspection.sheets.iter().all(|sheet| sheet.kind.is_some()), "{path:?}");
            let plan = planned(&known, &workbook);
            assert!(plan.questions.is_empty(), "{path:?}: {:?}", plan.questions);
            let warnings: Vec<_> =
                at(&plan.warnings).into_iter().filter(|place| !place.ends_with("concern_completed")).collect();
            assert_eq!(warnings, Vec::<String>::new(), "{path:?}");
            errors.extend(at(&plan.errors).into_iter().map(|error| format!("{} {error}", path.display())));
            assert_second_time_changes_nothing(&known, &plan, &workbook);
            known = written(&known, &plan);
        }
        assert_eq!((known.members.len(), known.sessions.len()), (54, 34), "each session stands once");
        assert!(known.payments.len() > 54 * 5 && known.assessments.len() == 54);
        assert!((20..=40).contains(&known.households.len()), "{}", known.households.len());
        assert!(known.visits.len() > 24);
    }
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("示范一村/走访记录.xlsx 走访记录 "), "{errors:?}");
    assert!(errors[0].ends_with(" B 时间 month_out_of_range"), "{errors:?}");
}
