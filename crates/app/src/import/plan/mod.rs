//! What an import would write: the rows of a file against what the branch has already.
//!
//! **Invariant:** a record has a natural key, so planning the same file again after its import yields only `same`.
//! Members: name with birth month and joining date. Payments: member, month and amount. Sessions: date, kinds, topic
//! and group. Visits: date, household (or place), theme and text. What is recorded is completed, never overwritten:
//! a difference is a warning and the recorded value stays.

mod dues;
mod meetings;
mod people;
mod roster;
mod visits;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::ledger::member::MemberPrivate;

use super::issue::Findings;
use super::known::{Known, KnownMember};
use super::rows::{self, MeetingRow, Origin, Rows, VisitRow};
use super::sheet::Workbook;
use super::value::{ValueError, squeezed};
use crate::dto::dues::DuesClass;
use crate::dto::import::{ImportIssue, ImportMapping, ImportOption, ImportQuestion};
use crate::dto::meeting::Mark;
use crate::dto::member::MemberInput;

/// Answers of a question that are not a record's id.
pub(super) const NEW: &str = "new";
pub(super) const SKIP: &str = "skip";

/// A person: recorded, or to be made by this plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PersonRef {
    /// Member id.
    Known(String),
    /// Place in [`Plan::members`].
    New(usize),
}

/// A household: recorded, or to be made by this plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HouseholdRef {
    /// Household id.
    Known(String),
    /// Place in [`Plan::households`].
    New(usize),
}

/// A member to make.
#[derive(Debug, Clone)]
pub(crate) struct NewMember {
    /// The member, without id.
    pub input: MemberInput,
    /// ID number and phone.
    pub private: MemberPrivate,
}

/// Blank fields of a recorded member that the file fills.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MemberCompletion {
    /// Member id.
    pub id: String,
    /// Set when it was blank.
    pub sex: Option<u8>,
    /// Set when it was blank.
    pub birth_month: Option<String>,
    /// Set when it was blank, or a month that the file knows to the day.
    pub joined: Option<String>,
    /// Set when it was blank.
    pub group: Option<String>,
    /// Set when there were none.
    pub posts: Option<Vec<String>>,
    /// What was blank of ID number and phone.
    pub private: MemberPrivate,
}

/// An assessment to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewAssessment {
    /// Where it stands.
    pub origin: Origin,
    /// Whose.
    pub member: PersonRef,
    /// January of the sheet's year, `2026-01`.
    pub from_month: String,
    /// Class.
    pub class: DuesClass,
    /// 基数
    pub base_fen: Option<i64>,
    /// 月应缴 as the ledger has it; what the rule makes of the base may differ.
    pub monthly_fen: Option<i64>,
}

/// A payment to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewPayment {
    /// Where it stands.
    pub origin: Origin,
    /// Who paid.
    pub member: PersonRef,
    /// The month owed, `2026-03`.
    pub month: String,
    /// Above 0.
    pub amount_fen: i64,
    /// Date of payment, where the ledger has one.
    pub on: Option<Date>,
    /// 代缴人
    pub handed_by: String,
}

/// Attendance of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedMark {
    /// Who.
    pub member: PersonRef,
    /// Never unconfirmed.
    pub mark: Mark,
    /// 请假事由
    pub reason: String,
}

/// A session to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewSession {
    /// The session; its own `marks` are those of the sheet, by name.
    pub row: MeetingRow,
    /// Marks by person.
    pub marks: Vec<PlannedMark>,
    /// 列席 of people who are not on the roster.
    pub beside: Vec<String>,
}

/// Blank fields and unconfirmed marks of a recorded session that the file fills.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SessionCompletion {
    /// Session id.
    pub id: String,
    /// Set when it was blank.
    pub start: Option<String>,
    /// Set when it was blank.
    pub place: Option<String>,
    /// Set when it was blank.
    pub chair: Option<String>,
    /// Set when it was blank.
    pub recorder: Option<String>,
    /// Set when it was blank.
    pub topic: Option<String>,
    /// Set when it was blank.
    pub minutes: Option<String>,
    /// Set when it was blank.
    pub resolution: Option<String>,
    /// Marks that were unconfirmed.
    pub marks: Vec<PlannedMark>,
    /// 列席 of people who are not on the roster and whom the record does not name.
    pub beside: Vec<String>,
}

/// A household to make, with the visit that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewHousehold {
    /// Where it stands first.
    pub origin: Origin,
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// 电话
    pub phone: String,
}

/// Blank fields of a recorded household that the file fills.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HouseholdCompletion {
    /// Household id.
    pub id: String,
    /// Set when it was blank.
    pub door: Option<String>,
    /// Set when it was blank.
    pub phone: Option<String>,
}

/// A visit to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewVisit {
    /// The visit.
    pub row: VisitRow,
    /// Whom; none for a public place.
    pub household: Option<HouseholdRef>,
}

/// What an import would write. Nothing of it may be written while [`Plan::questions`] are open.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// Members to make.
    pub members: Vec<NewMember>,
    /// Members to complete.
    pub member_completions: Vec<MemberCompletion>,
    /// Assessments to make.
    pub assessments: Vec<NewAssessment>,
    /// Payments to make.
    pub payments: Vec<NewPayment>,
    /// Sessions to make.
    pub sessions: Vec<NewSession>,
    /// Sessions to complete.
    pub session_completions: Vec<SessionCompletion>,
    /// Households to make.
    pub households: Vec<NewHousehold>,
    /// Households to complete.
    pub household_completions: Vec<HouseholdCompletion>,
    /// Visits to make.
    pub visits: Vec<NewVisit>,
    /// Records that would be made; households come with their visits and are not counted.
    pub new_rows: u32,
    /// Records of the file that exist already.
    pub same_rows: u32,
    /// Records that would be completed.
    pub changed_rows: u32,
    /// Rows with errors.
    pub skipped_rows: u32,
    /// Errors; they block only their own row.
    pub errors: Vec<ImportIssue>,
    /// Things to know.
    pub warnings: Vec<ImportIssue>,
    /// To be answered first.
    pub questions: Vec<ImportQuestion>,
    /// The first new records, in words.
    pub samples: Vec<String>,
}

impl Plan {
    /// Whether the plan may be written.
    #[must_use]
    pub(crate) fn is_answered(&self) -> bool {
        self.questions.is_empty()
    }

    /// Records to make or complete, households that are completed not counted.
    #[must_use]
    pub(crate) fn records(&self) -> usize {
        self.members.len()
            + self.member_completions.len()
            + self.households.len()
            + self.assessments.len()
            + self.payments.len()
            + self.sessions.len()
            + self.session_completions.len()
            + self.visits.len()
    }

    /// Whether writing the plan would change nothing.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.new_rows == 0 && self.changed_rows == 0 && self.household_completions.is_empty()
    }
}

/// Plan under construction.
struct Draft<'a> {
    known: &'a Known,
    answers: &'a BTreeMap<String, String>,
    today: Date,
    findings: Findings,
    plan: Plan,
    asked: BTreeSet<String>,
    members_by_id: BTreeMap<&'a str, &'a KnownMember>,
}

const SAMPLES_OF_A_KIND: usize = 3;

impl<'a> Draft<'a> {
    fn known_member(&self, id: &str) -> Option<&'a KnownMember> {
        self.members_by_id.get(id).copied()
    }

    fn sample(&mut self, count_so_far: usize, words: impl FnOnce() -> String) {
        if count_so_far < SAMPLES_OF_A_KIND {
            self.plan.samples.push(words());
        }
    }

    /// The user's answer to a question; without a valid one the question is put on the list.
    fn ask(
        &mut self,
        code: &str,
        origin: &Origin,
        id: String,
        name: &str,
        options: Vec<ImportOption>,
    ) -> Option<String> {
        let answer = self.answers.get(&id).filter(|answer| options.iter().any(|option| option.value == **answer));
        if answer.is_none() && self.asked.insert(id.clone()) {
            let params =
                BTreeMap::from([("name".to_owned(), name.to_owned()), ("column".to_owned(), origin.column.clone())]);
            self.plan.questions.push(ImportQuestion {
                id,
                sheet: origin.sheet.clone(),
                row: origin.row,
                code: code.to_owned(),
                params,
                options,
            });
            return None;
        }
        answer.cloned()
    }

    fn warn(&mut self, origin: &Origin, code: &'static str, params: &[(&str, String)]) {
        self.findings.warn(&origin.sheet, origin.row, &origin.column, code, params);
    }

    /// Refuses what lies in a closed month or year, with its place; answers whether it does.
    fn is_closed(&mut self, origin: &Origin, date: &str) -> bool {
        let Some(period) = self.known.closed_over(date).map(str::to_owned) else { return false };
        let mut error = ValueError::new("period_closed", date);
        error.params.insert("period".to_owned(), period);
        self.findings.error(&origin.sheet, origin.row, &origin.column, error);
        true
    }

    fn error(&mut self, origin: &Origin, code: &'static str, found: &str) {
        self.findings.error(&origin.sheet, origin.row, &origin.column, ValueError::new(code, found));
    }
}

/// Plans the import of a workbook: pure, and the same for the same input.
///
/// `mappings` name the sheets to take; `answers` are by question id; `today` bounds dates.
#[must_use]
pub(crate) fn plan(
    known: &Known,
    workbook: &Workbook,
    mappings: &[ImportMapping],
    answers: &BTreeMap<String, String>,
    today: Date,
) -> Plan {
    let mut draft = Draft {
        known,
        answers,
        today,
        findings: Findings::default(),
        plan: Plan::default(),
        asked: BTreeSet::new(),
        members_by_id: known.members.iter().map(|member| (member.id.as_str(), member)).collect(),
    };
    let (mut rosters, mut dues, mut meetings, mut visits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for mapping in mappings {
        let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == mapping.sheet) else {
            draft.findings.error(&mapping.sheet, 1, "", ValueError::new("sheet_not_found", &mapping.sheet));
            continue;
        };
        match rows::read(sheet, mapping, today, &mut draft.findings) {
            Rows::Roster(rows) => rosters.extend(rows),
            Rows::Dues(rows) => dues.extend(rows),
            Rows::Meetings(rows) => meetings.extend(rows),
            Rows::Visits(rows) => visits.extend(rows),
        }
    }
    // The roster first: the other ledgers name people that it may bring.
    let mut people = people::People::of(known);
    roster::plan(&mut draft, &mut people, rosters);
    dues::plan(&mut draft, &people, dues);
    meetings::plan(&mut draft, &people, meetings);
    visits::plan(&mut draft, visits);
    let Draft { findings, mut plan, .. } = draft;
    let blocked = u32::try_from(findings.blocked.len()).unwrap_or(u32::MAX);
    plan.skipped_rows = plan.skipped_rows.saturating_add(blocked);
    plan.errors = findings.errors;
    plan.warnings = findings.warnings;
    plan
}

/// Whether two texts say the same, or one of them says nothing.
fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (squeezed(one), squeezed(other));
    one.is_empty() || other.is_empty() || one == other
}

/// The file's text where nothing is recorded.
fn filled(recorded: &str, read: &str) -> Option<String> {
    (squeezed(recorded).is_empty() && !squeezed(read).is_empty()).then(|| read.to_owned())
}
