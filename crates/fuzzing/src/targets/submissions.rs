//! A month that a branch hands in, as the street reads it out of `up/tasks`: lists of rows, digests and heads that anybody of the
//! branch may have written. Lines of a name, a tab and a value are the record's fields.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::book::{FieldView, RecordOp, RecordView, SeenValue, Value};
use ybz_domain::ids::{ActorId, OfficeId, RecordId};
use ybz_domain::ledger::submission::{Ledger, MAX_ROWS, Rows, SUBMISSION, Submission, id_end};

/// Four lists of [`MAX_ROWS`] rows in a tree, their text and bytes beside them, and once more as they are written again.
pub const BOUND: usize = 16 << 20;

const OFFICE: OfficeId = OfficeId([3; 16]);
const MONTH: &str = "2026-03";

fn view(id: u8, rtype: &str, fields: impl IntoIterator<Item = (String, Value)>) -> RecordView {
    let seen = |value| FieldView { values: vec![SeenValue { value, actor: ActorId([1; 16]), change: None }] };
    let fields: BTreeMap<String, FieldView> = fields.into_iter().map(|(name, value)| (name, seen(value))).collect();
    RecordView { id: RecordId([id; 16]), rtype: rtype.to_owned(), fields }
}

/// What stands in the branch's ledger now: as many rows.
fn now(count: u8) -> Rows {
    let text = |name: &str, value: &str| (name.to_owned(), Value::from(value));
    let row = |id| view(id, "visit", [text("date", "2026-03-05"), text("place", "村部")]);
    let rows: Vec<RecordView> = (1..=count).map(row).collect();
    Rows::of(&rows)
}

/// Reads the fields, compares what they list with what stands there now, and writes them again.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let fields = text.lines().filter_map(|line| {
        let (name, value) = line.split_once('\t')?;
        let number = value.parse().ok().filter(|_| name.starts_with("count/"));
        Some((name.to_owned(), number.map_or_else(|| Value::from(value), Value::Int)))
    });
    let Some(read) = Submission::read(&view(9, SUBMISSION, fields)) else { return };
    let rows = now(3);
    let here: BTreeSet<[u8; 8]> = (1..=3).map(|id| id_end(&RecordId([id; 16]))).collect();
    for (ledger, part) in &read.parts {
        let Some(difference) = part.difference(&OFFICE, &read.month, *ledger, &rows) else { continue };
        let (told, of) = (difference.added.len() + difference.changed.len(), rows.len());
        assert!(told <= of && difference.removed.len() <= MAX_ROWS, "{told} of {of} rows are new or other");
        assert!(difference.removed.iter().all(|id| !here.contains(id)), "what is here is not gone");
    }
    let _ = read.digest(&OFFICE);
    let RecordOp::Create { rtype, fields, .. } = read.create(RecordId([9; 16])) else { return };
    let again = Submission::read(&view(9, &rtype, fields)).unwrap_or_default();
    for (ledger, part) in &read.parts {
        let told = again.parts.get(ledger);
        // A list that was not understood is written as none.
        let same = told.is_some_and(|told| told == part || (part.listed.is_none() && told.count == part.count));
        assert!(same, "written and read again it says the same");
    }
}

/// Submissions of the very rows, of fewer and of more of them, and of none.
pub fn seeds() -> Vec<Vec<u8>> {
    let seed = |count: u8| {
        let part = |ledger| (ledger, Submission::part(&OFFICE, MONTH, ledger, &now(count), Vec::new()));
        let submission = Submission {
            month: MONTH.to_owned(),
            on: "2026-03-31".to_owned(),
            person: "赵甲一".to_owned(),
            after: BTreeSet::from([RecordId([8; 16])]),
            parts: Ledger::ALL.into_iter().map(part).collect(),
        };
        let RecordOp::Create { fields, .. } = submission.create(RecordId([9; 16])) else { return Vec::new() };
        let line = |(name, value): (String, Value)| match value {
            Value::Int(number) => format!("{name}\t{number}\n"),
            value => format!("{name}\t{}\n", value.as_str().unwrap_or_default()),
        };
        fields.into_iter().map(line).collect::<String>().into_bytes()
    };
    [3, 2, 5, 0].map(seed).to_vec()
}
