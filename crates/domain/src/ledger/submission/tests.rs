use super::*;
use crate::book::{FieldView, SeenValue};
use crate::ids::ActorId;
use crate::ledger::closing::CLOSING;

const OFFICE: OfficeId = OfficeId([1; 16]);

fn record(n: u8, rtype: &str, fields: &[(&str, &[Value])]) -> RecordView {
    let view = |values: &[Value]| FieldView {
        values: values
            .iter()
            .map(|value| SeenValue { value: value.clone(), actor: ActorId([0; 16]), change: None })
            .collect(),
    };
    let fields = fields.iter().map(|(name, values)| ((*name).to_owned(), view(values))).collect();
    RecordView { id: RecordId([n; 16]), rtype: rtype.to_owned(), fields }
}

fn visit(n: u8, place: &str) -> RecordView {
    record(n, "visit", &[("date", &["2026-03-05".into()]), ("place", &[place.into()]), ("minutes", &[Value::Int(90)])])
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

#[test]
fn hashes_are_part_of_the_format_and_never_change() {
    let row = visit(7, "村部");
    assert_eq!(hex(&row_hash(&row)), "1b2dc0b4bcf39add811a995530d0c5b0268dcd93ba48228a6ea1478236156650");
    let rows = Rows::of([&row, &visit(8, "老井边")]);
    let digest = rows.digest(&OFFICE, "2026-03", Ledger::Visits);
    assert_eq!(hex(&digest), "a550e2475b5a2b6ea32ee15851720cabc0ef055aa91df5a82ca83055a543158c");
    let part = Submission::part(&OFFICE, "2026-03", Ledger::Visits, &rows, vec![]);
    let one =
        Submission { month: "2026-03".to_owned(), parts: [(Ledger::Visits, part)].into(), ..Submission::default() };
    assert_eq!(hex(&one.digest(&OFFICE)), "9ef996dac3585f2725cea86d2c9ce063c560cee7b10e8fc296a7962ef4a02938");
}

#[test]
fn a_row_hash_tells_what_people_see_apart_and_nothing_else() {
    let row = row_hash(&visit(7, "村部"));
    for other in [
        visit(8, "村部"),
        visit(7, "村委"),
        record(
            7,
            "visit",
            &[("date", &["2026-03-05".into()]), ("place", &["村部".into()]), ("minutes", &["90".into()])],
        ),
        record(
            7,
            "visit",
            &[
                ("date", &["2026-03-05".into()]),
                ("place", &["村部".into(), "乙".into()]),
                ("minutes", &[Value::Int(90)]),
            ],
        ),
    ] {
        assert_ne!(row, row_hash(&other), "{other:?}");
    }
    let mut same = visit(7, "村部");
    for (name, value) in
        [("theme", Value::from("")), ("public_place", Value::Bool(false)), ("copied/on", "2026-03-01".into())]
    {
        same.fields.extend(record(7, "visit", &[(name, &[value])]).fields);
    }
    assert_eq!(row, row_hash(&same), "what reads as nothing, and where a record was copied from");
    let values = |values: &[Value]| row_hash(&record(1, "visit", &[("place", values)]));
    assert_eq!(values(&["甲".into(), "乙".into()]), values(&["乙".into(), "甲".into(), "甲".into()]));
}

#[test]
fn what_was_added_changed_and_removed_is_told_by_the_list_in_the_submission() {
    let then = Rows::of([&visit(1, "甲"), &visit(2, "乙"), &visit(3, "丙")]);
    let now = Rows::of([&visit(1, "甲"), &visit(2, "改"), &visit(4, "丁")]);
    let heads = vec![ChangeHash([9; 32]), ChangeHash([3; 32])];
    let parts = Ledger::ALL.map(|ledger| (ledger, Submission::part(&OFFICE, "2026-03", ledger, &then, heads.clone())));
    let made = Submission {
        month: "2026-03".to_owned(),
        on: "2026-03-31".to_owned(),
        person: "王某".to_owned(),
        after: [RecordId([5; 16])].into(),
        parts: parts.into(),
    };
    let RecordOp::Create { id, rtype, fields } = made.create(RecordId([6; 16])) else { panic!("it is made") };
    let fields: Vec<(String, [Value; 1])> = fields.into_iter().map(|(name, value)| (name, [value])).collect();
    let fields: Vec<(&str, &[Value])> = fields.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let mut view = record(0, &rtype, &fields);
    view.id = id;
    let read = Submission::read(&view).unwrap();
    assert_eq!(read, made, "it reads back as it was made");
    let part = &read.parts[&Ledger::Visits];
    assert_eq!(part.difference(&OFFICE, "2026-03", Ledger::Visits, &then), Some(Difference::default()));
    let found = part.difference(&OFFICE, "2026-03", Ledger::Visits, &now).unwrap();
    assert_eq!((found.added, found.changed), (vec![RecordId([4; 16])], vec![RecordId([2; 16])]));
    assert_eq!(found.removed, vec![id_end(&RecordId([3; 16]))]);

    for rows in ["", "!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA"] {
        view.fields.extend(record(0, "", &[("rows/visits", &[rows.into()])]).fields);
        let read = Submission::read(&view).unwrap();
        let told = read.parts[&Ledger::Visits].difference(&OFFICE, "2026-03", Ledger::Visits, &now);
        assert!(
            told.is_none_or(|told| !told.is_empty()),
            "a list that lies never hides that something differs: {rows}"
        );
    }
}

#[test]
fn of_more_rows_than_are_listed_the_digest_alone_tells() {
    let many = |last: &str| {
        let mut rows: Vec<RecordView> = (0..=MAX_ROWS).map(|_| visit(0, "村部")).collect();
        for (at, row) in rows.iter_mut().enumerate() {
            row.id.0[8..].copy_from_slice(&u64::try_from(at).unwrap().to_be_bytes());
        }
        rows.push(visit(9, last));
        Rows::of(&rows)
    };
    let part = Submission::part(&OFFICE, "2026-03", Ledger::Visits, &many("村部"), vec![]);
    assert_eq!(part.listed, None);
    let made = Submission { parts: [(Ledger::Visits, part)].into(), ..Submission::default() };
    let RecordOp::Create { rtype, fields, .. } = made.create(RecordId([6; 16])) else { panic!("it is made") };
    let fields: Vec<(&str, &[Value])> =
        fields.iter().map(|(name, value)| (name.as_str(), std::slice::from_ref(value))).collect();
    let read = Submission::read(&record(6, &rtype, &fields)).unwrap();
    let part = &read.parts[&Ledger::Visits];
    assert_eq!(part.difference(&OFFICE, "2026-03", Ledger::Visits, &many("村部")), Some(Difference::default()));
    let other = part.difference(&OFFICE, "2026-03", Ledger::Visits, &many("老井边"));
    assert_eq!(other, None, "that it differs is known, and not where: no row is called new that was there");
}

#[test]
fn what_is_about_submitting_is_no_row() {
    let rows = Rows::of([&record(1, SUBMISSION, &[]), &record(2, SUBMISSION_STEP, &[]), &record(3, CLOSING, &[])]);
    assert!(rows.is_empty());
    assert_eq!(Ledger::of_book(&BookKind::tasks()), Some(Ledger::Checklists));
    assert_eq!(Ledger::of_book(&BookKind::roster()), None);
}
