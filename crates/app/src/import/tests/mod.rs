//! Ledgers built as they really look. Nobody real is named: the given names are counting words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod csv;
mod demo;
mod dues;
mod files;
mod forms;
mod hostile;
mod layouts;
mod mappings;
mod meetings;
mod quarters;
mod roster;
mod values;
mod visits;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook as Writer, Worksheet};

use super::known::{KnownAssessment, KnownHousehold, KnownMember, KnownPayment, KnownSession, KnownVisit};
use super::mapping::propose;
use super::plan::Plan;
use super::plan::{HouseholdRef, PersonRef};
use super::sheet::{Cell, Sheet, Workbook};
use super::{Known, plan};
use crate::dto::import::{ImportIssue, ImportMapping};

pub(super) const TODAY: Date = date(2026, 6, 30);

/// One sound file of each format.
fn files_for_hostile() -> Vec<(&'static str, Vec<u8>)> {
    let text = "姓名,性别,出生年月\n赵 甲,男,1980.5\n钱乙二,女,2026.13\n";
    let book = xlsx("党费", |sheet| {
        title(sheet, 0, 5, "2026年党费");
        sheet.merge_range(1, 0, 2, 0, "姓名", &centred()).unwrap();
        sheet.merge_range(1, 1, 1, 3, "实缴", &centred()).unwrap();
        line(sheet, 2, &["", "1月", "2月", "3月"]);
        line(sheet, 3, &["赵甲", "0.20", "√", "×"]);
        sum(sheet, 3, 4, "SUM(B4:D4)", "0.2");
    });
    vec![
        ("a.xlsx", book),
        ("a.ods", files::sample_ods()),
        ("a.xls", include_bytes!("roster.xls").to_vec()),
        ("a.csv", encoding_rs::GBK.encode(text).0.into_owned()),
    ]
}

/// A workbook of one sheet, written by `fill`.
fn xlsx(name: &str, fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.set_name(name).unwrap();
    fill(sheet);
    writer.save_to_buffer().unwrap()
}

fn centred() -> Format {
    Format::new().set_align(FormatAlign::Center).set_bold()
}

/// A title merged over all columns.
fn title(sheet: &mut Worksheet, row: u32, last: u16, text: &str) {
    sheet.merge_range(row, 0, row, last, text, &centred()).unwrap();
}

/// Texts from the first column; empty ones stay unwritten.
fn line(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column as u16, *text).unwrap();
    }
}

fn sum(sheet: &mut Worksheet, row: u32, column: u16, formula: &str, result: &str) {
    sheet.write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
}

/// A sheet of plain texts, without merges.
fn grid(name: &str, rows: &[&[&str]]) -> Workbook {
    let cells = rows.iter().map(|row| row.iter().map(|text| Cell::of_text(text)).collect()).collect();
    Workbook { format: super::sheet::Format::Xlsx, sheets: vec![Sheet::new(name, cells, Vec::new())] }
}

/// The proposed mapping of every sheet.
fn proposed(workbook: &Workbook) -> Vec<ImportMapping> {
    workbook.sheets.iter().map(|sheet| propose(sheet, None, None).expect("the kind is guessed")).collect()
}

/// Plans with the proposed mappings and without answers.
fn planned(known: &Known, workbook: &Workbook) -> Plan {
    plan(known, workbook, &proposed(workbook), &BTreeMap::new(), TODAY)
}

/// Plans with answers chosen by `answer` from each open question.
fn answered(known: &Known, workbook: &Workbook, answer: impl Fn(usize, &[String]) -> String) -> Plan {
    let open = planned(known, workbook);
    let answers = open
        .questions
        .iter()
        .enumerate()
        .map(|(at, question)| {
            let values: Vec<String> = question.options.iter().map(|option| option.value.clone()).collect();
            (question.id.clone(), answer(at, &values))
        })
        .collect();
    plan(known, workbook, &proposed(workbook), &answers, TODAY)
}

/// Sheet, row, column and code, as a person would look for the cell.
fn at(issues: &[ImportIssue]) -> Vec<String> {
    issues.iter().map(|issue| format!("{} {} {} {}", issue.sheet, issue.row, issue.column, issue.code)).collect()
}

fn member(id: &str, name: &str, birth_month: &str, group: &str) -> KnownMember {
    KnownMember {
        id: id.to_owned(),
        name: name.to_owned(),
        sex: None,
        birth_month: birth_month.to_owned(),
        kind: crate::dto::member::MemberKind::Full,
        joined: String::new(),
        group: group.to_owned(),
        posts: Vec::new(),
        private: Default::default(),
        private_closed: false,
    }
}

fn known(names: &[&str]) -> Known {
    let members = names.iter().enumerate().map(|(at, name)| member(&format!("m{at}"), name, "", "")).collect();
    Known { members, ..Known::default() }
}

/// What the branch has after the plan was written.
fn written(known: &Known, plan: &Plan) -> Known {
    let mut after = known.clone();
    let count = known.members.len();
    let person = |reference: &PersonRef| match reference {
        PersonRef::Known(id) => id.clone(),
        PersonRef::New(at) => format!("m{}", count + at),
    };
    for (at, new) in plan.members.iter().enumerate() {
        after.members.push(KnownMember {
            id: format!("m{}", count + at),
            name: new.input.name.clone(),
            sex: new.input.sex,
            birth_month: new.input.birth_month.clone(),
            kind: new.input.kind,
            joined: new.input.joined.clone(),
            group: new.input.group.clone(),
            posts: new.input.posts.clone(),
            private: new.private.clone(),
            private_closed: false,
        });
    }
    for completion in &plan.member_completions {
        let member = after.members.iter_mut().find(|member| member.id == completion.id).unwrap();
        member.sex = completion.sex.or(member.sex);
        member.birth_month = completion.birth_month.clone().unwrap_or(member.birth_month.clone());
        member.joined = completion.joined.clone().unwrap_or(member.joined.clone());
        member.group = completion.group.clone().unwrap_or(member.group.clone());
        member.posts = completion.posts.clone().unwrap_or(member.posts.clone());
        for (kept, read) in [
            (&mut member.private.id_number, &completion.private.id_number),
            (&mut member.private.phone, &completion.private.phone),
        ] {
            if !read.is_empty() {
                kept.clone_from(read);
            }
        }
    }
    for payment in &plan.payments {
        after.payments.push(KnownPayment {
            member: person(&payment.member),
            month: payment.month.clone(),
            amount_fen: payment.amount_fen,
            reversed: false,
        });
    }
    for assessment in &plan.assessments {
        after.assessments.push(KnownAssessment {
            member: person(&assessment.member),
            from_month: assessment.from_month.clone(),
            class: assessment.class,
            base_fen: assessment.base_fen,
            monthly_fen: assessment.monthly_fen.unwrap_or(0),
        });
    }
    for session in &plan.sessions {
        let row = &session.row;
        after.sessions.push(KnownSession {
            id: format!("s{}", after.sessions.len()),
            date: row.date,
            kinds: row.kinds.clone(),
            topic: row.topic.clone(),
            group: row.group.clone(),
            start: row.start.clone(),
            place: row.place.clone(),
            chair: row.chair.clone(),
            recorder: row.recorder.clone(),
            minutes: row.minutes.clone(),
            resolution: row.resolution.clone(),
            marks: session.marks.iter().map(|mark| (person(&mark.member), mark.mark)).collect(),
            beside: session.beside.iter().cloned().collect(),
        });
    }
    for completion in &plan.session_completions {
        let session = after.sessions.iter_mut().find(|session| session.id == completion.id).unwrap();
        session.topic = completion.topic.clone().unwrap_or(session.topic.clone());
        session.place = completion.place.clone().unwrap_or(session.place.clone());
        session.chair = completion.chair.clone().unwrap_or(session.chair.clone());
        session.beside.extend(completion.beside.iter().cloned());
        session.marks.extend(completion.marks.iter().map(|mark| (person(&mark.member), mark.mark)));
    }
    let homes = known.households.len();
    for household in &plan.households {
        after.households.push(KnownHousehold {
            id: format!("h{}", after.households.len()),
            name: household.name.clone(),
            door: household.door.clone(),
            phone: household.phone.clone(),
        });
    }
    for completion in &plan.household_completions {
        let household = after.households.iter_mut().find(|household| household.id == completion.id).unwrap();
        household.door = completion.door.clone().unwrap_or(household.door.clone());
        household.phone = completion.phone.clone().unwrap_or(household.phone.clone());
    }
    for visit in &plan.visits {
        after.visits.push(KnownVisit {
            id: format!("v{}", after.visits.len()),
            date: visit.row.date,
            household: visit.household.as_ref().map(|household| match household {
                HouseholdRef::Known(id) => id.clone(),
                HouseholdRef::New(at) => format!("h{}", homes + at),
            }),
            place: visit.row.place.clone(),
            theme: visit.row.theme.clone(),
            text: visit.row.situation.clone(),
        });
    }
    after
}

/// Writes the plan and plans the same file again: nothing may be new, changed or asked.
fn assert_second_time_changes_nothing(known: &Known, plan: &Plan, workbook: &Workbook) {
    let again = planned(&written(known, plan), workbook);
    assert_eq!(at(&again.errors), at(&plan.errors), "the same rows are refused again");
    assert!(again.questions.is_empty(), "what was settled is not asked again: {:?}", again.questions);
    assert_eq!((again.new_rows, again.changed_rows), (0, 0), "the second import changes nothing: {:?}", again.samples);
    assert!(again.is_empty(), "nothing is completed either: {:?}", again.household_completions);
}
