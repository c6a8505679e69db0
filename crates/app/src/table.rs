//! The RPC table: every query and command with its types and tags. Hosts forward names to it and hold no logic.

mod entry;
mod types;

use crate::ErrorDto;
use crate::cases::{
    admission, adoption, alike, answer, appraisal, backup, body, bulk, calendar, care, case, checklist, committee,
    concern, conflict, custody, decide, deleted, device, dues, erase, fill, flow, frame, grant, handover, history,
    household, import, invite, item_list, key, leaves, log, matter, meeting, member, merged, month, office, order, org,
    past, period, plan, profile, redact, reminder, resolve, roles, root, rounds, rules, search, sent, snapshot, status,
    talk, template, term, texts, timeline, today, training, transfer, tree_list, troubles, turn, twice, undo, units,
    upward, visit, vote,
};
use crate::dto;
use crate::dto::Nothing;
use crate::error::Answer;
use crate::link::{bundle, paper};
use crate::{doctor, join_start, sample, sheet, sync_now};

pub(crate) use entry::Run;
pub use entry::{Entry, Kind};
pub(crate) use types::Types;
pub use types::write_types;

use entry::{answer, parse};

macro_rules! run {
    (books, $input:ty, $call:expr) => {
        Run::Books(|cx, input| answer(($call)(cx, parse::<$input>(input)?)))
    };
    (plain, $input:ty, $call:expr) => {
        Run::Books(|cx, input| parse::<$input>(input).and_then(|_| answer(($call)(cx))))
    };
    (node, $input:ty, $call:expr) => {
        Run::Node(|node, input| answer(($call)(node, parse::<$input>(input)?)))
    };
    (seat, $input:ty, $call:expr) => {
        Run::Seat(|node, seat, input| answer(($call)(node, seat, parse::<$input>(input)?)))
    };
    (later, $input:ty, $call:expr) => {
        Run::Later(|node, office, input| run!(waits node, office, input, $input, $call))
    };
    (later_node, $input:ty, $call:expr) => {
        Run::LaterNode(|node, office, input| run!(waits node, office, input, $input, $call))
    };
    (waits $node:ident, $office:ident, $given:ident, $input:ty, $call:expr) => {
        Box::pin(async move { answer(($call)($node, $office, parse::<$input>($given)?).await) })
    };
}

macro_rules! table {
    ($($name:literal $kind:ident $how:ident $input:ty => $output:ty, [$($tag:literal),*], $call:expr;)*) => {
        /// Every query and command.
        pub const TABLE: &[Entry] = &[$(Entry {
            name: $name,
            kind: Kind::$kind,
            tags: &[$($tag),*],
            run: run!($how, $input, $call),
            input: |types| types.name::<$input>(),
            output: |types| types.name::<$output>(),
        }),*];
    };
}

table! {
    "node.overview" Query node Nothing => dto::node::NodeOverview, ["office"], office::overview;
    "office.init" Command node dto::node::InitInput => dto::node::InitOutput, ["office"], office::init;
    "node.unlock" Command node dto::security::UnlockInput => Nothing, ["*"], key::unlock;
    "key.status" Query node Nothing => dto::security::KeyStatus, ["key", "office", "sync"], key::status;
    "key.set_passphrase" Command node dto::security::PassphraseInput => Nothing, ["key"], key::set_passphrase;
    "key.use_keychain" Command node dto::security::CurrentInput => Nothing, ["key"], key::use_keychain;
    "key.recovery_sheet" Command node dto::security::CurrentInput => dto::security::RecoverySheet, ["key"], key::recovery_sheet;
    "key.recover" Command node dto::security::RecoverInput => Nothing, ["*"], key::recover;
    "backup.status" Query node Nothing => dto::security::BackupStatus, ["backup"], backup::status;
    "backup.make" Command node dto::security::BackupInput => dto::security::BackupRow, ["backup", "sync"], backup::make;
    "backup.schedule" Command node dto::security::BackupSchedule => Nothing, ["backup"], backup::schedule;
    "backup.verify" Query node dto::security::BackupFileInput => dto::security::BackupRow, [], backup::verify;
    "backup.found" Query node Nothing => Vec<dto::security::BackupRow>, ["backup"], backup::found;
    "backup.restore" Command node dto::security::RestoreInput => Nothing, ["*"], key::restore;
    "settings.get" Query node Nothing => dto::node::Settings, ["settings"], frame::settings;
    "settings.set" Command node dto::node::Settings => Nothing, ["settings"], frame::set_settings;
    "reminder.take" Command seat dto::node::ReminderInput => dto::node::ReminderTaken, [], reminder::take;
    "sample.make" Command node Nothing => dto::node::SampleMade, ["*"], sample::make;
    "sample.remove" Command node Nothing => Nothing, ["*"], sample::remove;
    "today" Query books dto::node::TodayInput => dto::node::Today, ["*"], today::today;
    "date.read" Query node dto::node::DateInput => dto::node::DateOutput, [], frame::date;
    "changes.wait" Query later_node dto::node::WaitInput => dto::node::Changes, [], frame::wait;
    "draft.list" Query plain Nothing => Vec<dto::node::DraftRow>, ["draft"], frame::drafts;
    "draft.save" Command books dto::node::DraftInput => Nothing, ["draft"], frame::save_draft;
    "conflict.list" Query plain Nothing => Vec<dto::conflict::ConflictRow>, ["conflict"], conflict::list;
    "conflict.settle" Command books dto::conflict::SettleInput => dto::conflict::Settled, ["conflict"], conflict::settle;
    "conflict.reopen" Command books dto::conflict::ReopenInput => Nothing, ["conflict"], conflict::reopen;
    "search" Query books dto::search::SearchInput => Vec<dto::search::SearchHit>, ["*"], search::search;
    "conflict.texts" Query plain Nothing => Vec<dto::twice::TextMerge>, ["conflict", "session"], texts::list;
    "conflict.text_seen" Command books dto::twice::TextSeenInput => Nothing, ["conflict", "session"], texts::seen;
    "visit.defaults" Query plain Nothing => dto::visit::VisitDefaults, ["visit"], visit::defaults;
    "visit.list" Query books dto::ListInput => dto::Page<dto::visit::VisitRow>, ["visit"], visit::list;
    "visit.get" Query books dto::IdInput => dto::visit::VisitView, ["visit"], visit::get;
    "visit.save" Command books dto::visit::VisitInput => dto::Saved, ["visit", "household", "concern"], visit::save;
    "visit.record" Query books dto::IdInput => dto::visit::VisitRecord, ["visit", "concern"], visit::record;
    "visit.records" Query books dto::ListInput => dto::Page<dto::visit::VisitRecord>, ["visit", "concern"], visit::records;
    "visit.cadence" Query plain Nothing => dto::visit::VisitCadence, ["visit"], visit::cadence;
    "visit.set_cadence" Command books dto::visit::VisitCadence => Nothing, ["visit"], visit::set_cadence;
    "household.get" Query books dto::IdInput => dto::care::HouseholdView, ["household", "visit", "concern", "care", "talk"], timeline::get;
    "household.list" Query books dto::ListInput => dto::Page<dto::visit::HouseholdRow>, ["household"], household::list;
    "household.save" Command books dto::visit::HouseholdInput => dto::Saved, ["household"], household::save;
    "household.erase_preview" Query books dto::IdInput => dto::erase::ErasePreview, ["household"], erase::preview;
    "household.erase" Command books dto::IdInput => dto::erase::Erased, ["*"], erase::erase;
    "record.redact_preview" Query books dto::redact::RedactInput => dto::redact::RedactPreview, ["*"], redact::preview;
    "record.redact" Command books dto::redact::RedactInput => dto::redact::Redacted, ["*"], redact::redact;
    "doctor.check" Query node Nothing => dto::doctor::CheckReport, ["*"], doctor::check;
    "doctor.repair" Command node dto::doctor::RepairInput => dto::doctor::RepairReport, ["*"], doctor::repair;
    "concern.list" Query books dto::ListInput => dto::Page<dto::concern::ConcernRow>, ["concern"], concern::list;
    "concern.get" Query books dto::IdInput => dto::concern::ConcernRow, ["concern"], concern::get;
    "concern.add" Command books dto::concern::ConcernAddInput => dto::Saved, ["concern", "visit"], concern::add;
    "concern.hand_in_preview" Query plain Nothing => dto::concern::HandInPreview, ["concern"], concern::preview;
    "concern.hand_in" Command books dto::concern::HandInInput => Nothing, ["concern", "visit"], concern::hand_in;
    "concern.progress" Command books dto::concern::ConcernProgressInput => dto::Saved, ["concern", "visit"], concern::add_progress;
    "concern.plan" Command books dto::concern::ConcernPlanInput => dto::Saved, ["concern", "visit"], concern::plan;
    "concern.tell" Command books dto::concern::ConcernTellInput => dto::Saved, ["concern", "visit"], concern::tell;
    "answer.list" Query books dto::concern::AnswerListInput => dto::Page<dto::concern::ConcernRow>, ["concern"], answer::list;
    "answer.get" Query books dto::IdInput => dto::concern::ConcernRow, ["concern"], answer::get;
    "answer.save" Command books dto::concern::AnswerInput => dto::Saved, ["concern"], answer::save;
    "pairing.list" Query books dto::ListInput => dto::Page<dto::care::PairingRow>, ["care", "visit", "household"], care::pairings;
    "pairing.save" Command books dto::care::PairingInput => dto::Saved, ["care"], care::save_pairing;
    "aid.list" Query books dto::ListInput => dto::Page<dto::care::AidRow>, ["care", "household"], care::aids;
    "aid.save" Command books dto::care::AidInput => dto::Saved, ["care"], care::save_aid;
    "care.list" Query books dto::care::CareListInput => dto::care::CareList, ["care", "visit", "household", "member"], care::list;
    "care.save" Command books dto::care::CareInput => dto::Saved, ["care"], care::save_care;
    "talk.list" Query books dto::ListInput => dto::Page<dto::talk::TalkRow>, ["talk", "household", "member"], talk::list;
    "talk.get" Query books dto::IdInput => dto::talk::TalkRow, ["talk"], talk::get;
    "talk.save" Command books dto::talk::TalkInput => dto::Saved, ["talk"], talk::save;
    "talk.due" Query plain Nothing => Vec<dto::talk::TalkDue>, ["talk", "member"], talk::due;
    "meeting.list" Query books dto::ListInput => dto::Page<dto::meeting::SessionRow>, ["session"], meeting::list;
    "meeting.get" Query books dto::IdInput => dto::meeting::SessionView, ["session"], meeting::get;
    "meeting.save" Command books dto::meeting::SessionInput => dto::Saved, ["session"], meeting::save;
    "meeting.roll" Command books dto::meeting::RollInput => dto::meeting::SessionView, ["session"], meeting::roll;
    "meeting.reroll" Command books dto::IdInput => dto::meeting::SessionView, ["session"], meeting::reroll;
    "meeting.plan" Query books dto::ListInput => dto::plan::YearPlan, ["session", "member"], plan::plan;
    "meeting.plan_save" Command books dto::plan::PlanInput => Vec<dto::Saved>, ["session"], plan::save;
    "meeting.plan_drop" Command books dto::vote::DropInput => Nothing, ["session"], plan::set_dropped;
    "meeting.plan_hold" Command books dto::plan::PlanHoldInput => dto::Saved, ["session"], plan::hold;
    "meeting.resolve" Command books dto::twice::ResolveInput => Vec<dto::Saved>, ["session", "checklist"], resolve::resolve;
    "meeting.tasks" Query books dto::IdInput => Vec<dto::checklist::ItemRow>, ["checklist"], resolve::tasks;
    "meeting.twice" Query books dto::ListInput => Vec<dto::twice::TwicePair>, ["session"], twice::list;
    "meeting.merge" Command books dto::twice::MergeInput => Nothing, ["session", "conflict"], twice::merge;
    "meeting.unmerge" Command books dto::IdInput => Nothing, ["session", "conflict"], twice::unmerge;
    "meeting.apart" Command books dto::twice::ApartInput => Nothing, ["session"], twice::apart;
    "vote.list" Query books dto::IdInput => Vec<dto::vote::VoteRow>, ["session"], vote::list;
    "vote.check" Query books dto::vote::VoteInput => dto::vote::VoteRow, ["session"], vote::check;
    "vote.save" Command books dto::vote::VoteInput => dto::Saved, ["session"], vote::save;
    "vote.drop" Command books dto::vote::DropInput => Nothing, ["session"], vote::set_dropped;
    "appraisal.get" Query books dto::IdInput => dto::appraisal::AppraisalView, ["session"], appraisal::get;
    "appraisal.save" Command books dto::appraisal::AppraisalInput => dto::appraisal::AppraisalView, ["session"], appraisal::save;
    "training.table" Query books dto::ListInput => dto::training::TrainingTable, ["session", "member"], training::table;
    "training.save" Command books dto::training::TrainingInput => dto::Saved, ["session"], training::save;
    "training.drop" Command books dto::vote::DropInput => Nothing, ["session"], training::set_dropped;
    "matter.list" Query books dto::ListInput => Vec<dto::matter::MatterRow>, ["session"], matter::list;
    "matter.get" Query books dto::IdInput => dto::matter::MatterRow, ["session"], matter::get;
    "matter.save" Command books dto::matter::MatterInput => dto::Saved, ["session"], matter::save;
    "matter.step" Command books dto::matter::MatterStepInput => Nothing, ["session"], matter::step;
    "matter.drop" Command books dto::vote::DropInput => Nothing, ["session"], matter::set_dropped;
    "dues.sheet" Query books dto::ListInput => dto::dues::DuesSheet, ["dues"], dues::sheet;
    "dues.assess" Command books dto::dues::AssessInput => dto::dues::AssessOutput, ["dues"], dues::record;
    "dues.assess_preview" Query books dto::dues::AssessInput => dto::dues::AssessOutput, ["dues"], dues::preview;
    "dues.year_preview" Query books dto::dues::YearAssessInput => dto::dues::YearAssessment, ["dues", "member"], dues::year::preview;
    "dues.assess_year" Command books dto::dues::YearAssessInput => dto::dues::YearOutput, ["dues"], dues::year::assess;
    "dues.relief" Command books dto::dues::ReliefInput => dto::Saved, ["dues"], dues::relief::save;
    "dues.reason" Command books dto::dues::ReasonInput => dto::Saved, ["dues"], dues::relief::reason;
    "dues.collect" Command books dto::dues::CollectInput => dto::dues::CollectOutput, ["dues"], dues::collect::collect;
    "dues.reverse" Command books dto::dues::ReverseInput => dto::Saved, ["dues"], dues::collect::reverse;
    "dues.both_right" Command books dto::dues::BothRightInput => dto::Saved, ["dues"], dues::collect::both_right;
    "dues.arrears" Query plain Nothing => dto::dues::ArrearsSheet, ["dues", "member"], dues::arrears::arrears;
    "dues.member" Query books dto::dues::DuesMemberInput => dto::dues::DuesMember, ["dues", "member"], dues::arrears::member;
    "dues.ledger" Query books dto::ListInput => dto::dues::DuesLedger, ["dues", "member"], dues::report::book;
    "dues.notice" Query books dto::dues::NoticeInput => dto::dues::DuesNotice, ["dues", "member"], dues::report::published;
    "dues.remit" Command books dto::dues::RemitInput => dto::Saved, ["dues"], dues::remit::remit;
    "dues.remit_reverse" Command books dto::dues::ReverseInput => dto::Saved, ["dues"], dues::remit::reverse;
    "dues.remittances" Query books dto::ListInput => dto::dues::RemitSheet, ["dues"], dues::remit::sheet;
    "rules.list" Query plain Nothing => dto::rules::RulesList, ["checklist", "office"], rules::list;
    "rules.template" Query plain Nothing => dto::rules::PackText, [], rules::template;
    "rules.preview" Query books dto::rules::PackInput => dto::rules::RulesView, [], rules::preview;
    "rules.send" Command books dto::rules::PackInput => dto::rules::PackOutput, ["checklist", "dues"], rules::send;
    "rules.sent" Query plain Nothing => Vec<dto::rules::SentPack>, ["checklist", "office"], rules::sent;
    "checklist.list" Query books dto::checklist::ItemListInput => dto::Page<dto::checklist::ItemRow>, ["checklist"], item_list::list;
    "checklist.get" Query books dto::IdInput => dto::checklist::ItemRow, ["checklist"], item_list::get;
    "checklist.save" Command books dto::checklist::ItemInput => dto::Saved, ["checklist"], checklist::save;
    "checklist.progress" Command books dto::checklist::ItemProgressInput => dto::Saved, ["checklist"], checklist::add_progress;
    "checklist.accept" Command books dto::checklist::ItemAcceptInput => dto::Saved, ["checklist"], checklist::accept;
    "dispatch.send" Command books dto::checklist::DispatchInput => dto::Saved, ["checklist"], checklist::dispatch;
    "dispatch.sent" Query books dto::sent::SentListInput => dto::Page<dto::sent::SentBatch>, ["checklist", "sync"], sent::list;
    "dispatch.batch" Query books dto::IdInput => dto::sent::SentView, ["checklist", "sync"], sent::batch;
    "dispatch.groups" Query plain Nothing => Vec<dto::sent::UnitGroupRow>, ["checklist", "office"], units::list;
    "dispatch.group_save" Command books dto::sent::UnitGroupInput => dto::Saved, ["checklist"], units::save;
    "desk.calendar" Query books dto::calendar::CalendarInput => dto::calendar::Calendar, ["*"], calendar::calendar;
    "desk.urge" Query books dto::calendar::UrgeInput => dto::calendar::Urge, ["*"], calendar::urge;
    "dispatch.decide" Command books dto::month::DecideInput => dto::Saved, ["checklist"], checklist::decide;
    "flow.templates" Query books dto::flow::FlowTemplatesInput => Vec<dto::flow::FlowTemplate>, ["flow", "checklist"], flow::templates;
    "flow.list" Query books dto::flow::FlowListInput => dto::Page<dto::flow::FlowRow>, ["flow"], flow::list;
    "flow.get" Query books dto::IdInput => dto::flow::FlowView, ["flow", "concern"], flow::get;
    "flow.open" Command books dto::flow::FlowOpenInput => dto::flow::FlowOpened, ["flow"], flow::open;
    "flow.act" Command books dto::flow::FlowActInput => dto::Saved, ["flow", "concern"], flow::act;
    "flow.rates" Query books dto::flow::FlowRatesInput => dto::flow::FlowRates, ["flow"], flow::rates;
    "case.accept" Command books dto::case::CaseAcceptInput => dto::Saved, ["flow", "concern"], case::accept;
    "case.pass" Command books dto::case::CasePassInput => dto::case::CasePassed, ["flow"], case::pass;
    "case.tell" Command books dto::case::CaseTellInput => dto::Saved, ["flow", "log"], case::tell;
    "case.private" Query books dto::IdInput => dto::case::CasePrivate, ["flow"], case::private;
    "case.answer" Command books dto::case::CaseAnswerInput => dto::case::CaseAnswered, ["flow", "concern"], case::answer;
    "case.answer_back" Command books dto::case::CaseAnswerBackInput => dto::Saved, ["flow"], case::answer_back;
    "interview.round" Query books dto::interview::RoundInput => dto::interview::Round, ["flow", "office"], rounds::interview::round;
    "interview.plan" Command books dto::interview::InterviewPlanInput => dto::interview::MadeOnce, ["flow"], rounds::interview::plan;
    "interview.issue" Command books dto::interview::InterviewIssueInput => dto::interview::MadeOnce, ["flow"], rounds::issue::issue;
    "interview.calendar" Query books dto::interview::InterviewCalendarInput => dto::interview::InterviewCalendar, ["flow", "office"], rounds::calendar::calendar;
    "common.list" Query books dto::common_problem::CommonInput => dto::common_problem::CommonList, ["flow", "office"], rounds::common::list;
    "common.problems" Query books dto::common_problem::ProblemsInput => dto::common_problem::ProblemPage, ["flow", "office"], rounds::common::page;
    "common.group" Command books dto::common_problem::CommonGroupInput => dto::Saved, ["flow"], rounds::group::group;
    "common.part" Command books dto::common_problem::CommonPartInput => Nothing, ["flow"], rounds::group::part;
    "common.undo" Command books dto::IdInput => Nothing, ["flow"], rounds::group::undo;
    "common.tasks" Command books dto::common_problem::CommonTasksInput => dto::interview::MadeOnce, ["flow"], rounds::common::tasks;
    "weak.list" Query books dto::common_problem::WeakInput => dto::common_problem::WeakList, ["flow", "office"], rounds::weak::list;
    "weak.add" Command books dto::common_problem::WeakAddInput => dto::interview::MadeOnce, ["flow"], rounds::weak::add;
    "listed.lists" Query books dto::listed::ListedInput => dto::listed::Lists, ["flow", "office"], rounds::listed::lists;
    "listed.send" Command books dto::listed::ListedSendInput => dto::interview::MadeOnce, ["flow"], rounds::listed::send;
    "project.list" Query books dto::project::ProjectInput => dto::project::ProjectList, ["flow", "office"], rounds::project::list;
    "letter.list" Query books dto::letter::LetterListInput => dto::letter::LetterList, ["flow", "office"], rounds::letter::list;
    "letter.send" Command books dto::letter::LetterSendInput => dto::interview::MadeOnce, ["flow"], rounds::letter::send;
    "template.list" Query plain Nothing => Vec<dto::template::TemplateRow>, ["checklist"], template::list;
    "template.save" Command books dto::template::TemplateInput => dto::Saved, ["checklist"], template::save;
    "template.expand" Query books dto::template::ExpandInput => dto::template::Expanded, ["checklist"], template::expand;
    "template.make" Command books dto::template::MakeInput => dto::template::Made, ["checklist"], template::make;
    "month.check" Query books dto::month::MonthInput => dto::month::MonthCheck, ["*"], month::check;
    "month.get" Query books dto::IdInput => dto::month::SubmissionView, ["*"], month::get;
    "month.submit" Command books dto::month::MonthInput => dto::Saved, ["checklist"], month::submit;
    "month.withdraw" Command books dto::month::SaidInput => dto::Saved, ["checklist"], month::withdraw;
    "month.stand" Command books dto::month::SaidInput => dto::Saved, ["checklist"], month::stand;
    "month.explain" Command books dto::month::SaidInput => dto::Saved, ["checklist"], month::explain;
    "submission.list" Query books dto::month::SubmissionListInput => Vec<dto::month::SubmissionCard>, ["*"], decide::list;
    "submission.get" Query books dto::IdInput => dto::month::SubmissionView, ["*"], decide::get;
    "submission.decide" Command books dto::month::DecideInput => dto::Saved, ["checklist"], decide::decide;
    "decide.list" Query books dto::decide::DecideListInput => dto::decide::DecideList, ["*"], decide::everything;
    "alike.list" Query books dto::alike::AlikeListInput => dto::alike::AlikeList, ["alike", "member", "concern"], alike::list;
    "alike.preview" Query books dto::alike::AlikeMergeInput => dto::alike::AlikePreview, ["alike", "member", "concern"], alike::preview;
    "alike.merge" Command books dto::alike::AlikeMergeInput => dto::Saved, ["alike", "member", "concern"], alike::merge;
    "alike.undo" Command books dto::IdInput => Nothing, ["alike", "member", "concern"], alike::undo;
    "alike.apart" Command books dto::alike::AlikeApartInput => Nothing, ["alike"], alike::apart;
    "alike.groups" Query books dto::alike::AlikeGroupsInput => dto::Page<dto::alike::AlikeGroup>, ["alike", "member", "concern"], alike::groups;
    "period.list" Query books dto::month::PeriodListInput => Vec<dto::month::PeriodRow>, ["checklist"], period::list;
    "period.close" Command books dto::month::PeriodInput => Nothing, ["*"], period::close;
    "period.reopen" Command books dto::month::PeriodInput => Nothing, ["*"], period::reopen;
    "turn.year" Query books dto::month::YearInput => dto::month::YearTurn, ["*"], turn::year;
    "member.list" Query books dto::ListInput => dto::Page<dto::member::MemberRow>, ["member"], member::list;
    "member.get" Query books dto::IdInput => dto::member::MemberRow, ["member"], member::get;
    "member.groups" Query plain Nothing => Vec<String>, ["member"], member::groups;
    "member.save" Command books dto::member::MemberInput => dto::Saved, ["member"], member::save;
    "member.past" Query books dto::member_file::PastInput => dto::Page<dto::member::MemberRow>, ["member"], member::past;
    "member.file" Query books dto::IdInput => dto::member_file::MemberFile, ["member", "dues", "session"], member::changes::file;
    "member.change" Command books dto::member_file::ChangeInput => dto::Saved, ["member"], member::changes::change;
    "member.change_void" Command books dto::IdInput => Nothing, ["member"], member::changes::void;
    "member.private" Query books dto::IdInput => dto::member_file::PrivateView, ["member", "household"], member::private::view;
    "member.private_save" Command books dto::member_file::PrivateInput => dto::member_file::PrivateSaved, ["member", "household"], member::private::save;
    "member.reveal" Command books dto::member_file::RevealInput => dto::member_file::Revealed, ["log"], member::private::reveal;
    "member.duplicates" Query plain Nothing => Vec<dto::member_file::DuplicateRow>, ["member"], member::duplicates::list;
    "member.merge" Command books dto::member_file::PairInput => Nothing, ["member", "dues"], member::duplicates::merge;
    "member.unmerge" Command books dto::IdInput => Nothing, ["member", "dues"], member::duplicates::unmerge;
    "member.keep_apart" Command books dto::member_file::PairInput => Nothing, ["member"], member::duplicates::keep_apart;
    "member.below" Query plain Nothing => dto::transfer::MembersBelow, ["*"], transfer::below;
    "mobile.list" Query books dto::ListInput => dto::Page<dto::member_file::MobileRow>, ["member"], member::mobile::list;
    "mobile.save" Command books dto::member_file::MobileInput => dto::Saved, ["member"], member::mobile::save;
    "mobile.contact" Command books dto::member_file::ContactInput => dto::Saved, ["member"], member::mobile::contact;
    "transfer.list" Query plain Nothing => Vec<dto::transfer::TransferRow>, ["member"], member::transfer::list;
    "transfer.out" Command books dto::transfer::TransferOutInput => dto::Saved, ["member"], member::transfer::out;
    "transfer.withdraw" Command books dto::IdInput => Nothing, ["member"], member::transfer::withdraw;
    "transfer.accept" Command books dto::transfer::TransferAcceptInput => dto::Saved, ["member"], member::transfer::accept;
    "transfer.waiting" Query plain Nothing => Vec<dto::transfer::TransferRow>, ["*"], transfer::waiting;
    "transfer.pass" Command books dto::transfer::TransferPassInput => Nothing, ["member"], transfer::pass;
    "transfer.return" Command books dto::transfer::TransferReturnInput => Nothing, ["member"], transfer::give_back;
    "transfer.told" Command books dto::IdInput => Nothing, ["member"], transfer::told;
    "transfer.recall" Command books dto::transfer::TransferReturnInput => Nothing, ["member"], transfer::recall;
    "transfer.decline" Command books dto::transfer::TransferReturnInput => Nothing, ["member"], member::transfer::decline;
    "admission.list" Query books dto::ListInput => dto::Page<dto::admission::ApplicantRow>, ["member"], admission::list;
    "admission.get" Query books dto::IdInput => dto::admission::AdmissionView, ["member"], admission::get;
    "admission.save" Command books dto::admission::ApplicantInput => dto::Saved, ["member"], admission::save;
    "admission.step" Command books dto::admission::AdmissionStepInput => dto::Saved, ["member"], admission::step;
    "admission.void" Command books dto::IdInput => Nothing, ["member"], admission::void;
    "admission.enrol" Command books dto::IdInput => dto::Saved, ["member"], admission::enrol;
    "admission.cases" Query plain Nothing => Vec<dto::admission::CaseRow>, ["*"], admission::committee::cases;
    "admission.decide" Command books dto::admission::AdmissionDecideInput => dto::Saved, ["member"], admission::committee::decide;
    "term.list" Query plain Nothing => dto::term::TermView, ["member"], term::list;
    "term.save" Command books dto::term::TermInput => dto::Saved, ["member"], term::save;
    "term.post" Command books dto::term::PostInput => dto::Saved, ["member"], term::post;
    "fund.list" Query books dto::ListInput => dto::term::FundView, ["member"], term::fund_list;
    "fund.save" Command books dto::term::FundInput => dto::Saved, ["member"], term::fund_save;
    "fund.reverse" Command books dto::IdInput => Nothing, ["member"], term::fund_reverse;
    "import.inspect" Query books dto::import::InspectInput => dto::import::ImportInspection, [], import::inspect;
    "import.preview" Query books dto::import::ImportRequest => dto::import::ImportPreview, [], import::preview;
    "import.commit" Command books dto::import::ImportRequest => dto::import::ImportResult, ["member", "session", "dues", "visit", "household"], import::commit;
    "import.progress" Query node dto::import::ImportToken => dto::import::ImportProgress, [], import::progress;
    "import.cancel" Command node dto::import::ImportToken => Nothing, [], import::cancel;
    "sync.status" Query plain Nothing => dto::sync::SyncStatus, ["sync"], status::status;
    "sync.now" Command later dto::sync::SyncNowInput => dto::sync::SyncOutcome, ["sync"], sync_now::sync_now;
    "bundle.list_targets" Query plain Nothing => Vec<dto::bundle::BundleTarget>, ["office"], bundle::list_targets;
    "bundle.export" Command later dto::bundle::BundleExportInput => dto::bundle::BundleExport, ["sync"], bundle::export;
    "bundle.import" Command later_node dto::bundle::BundleImportInput => dto::bundle::BundleImport, ["*"], bundle::import;
    "sync.troubles" Query plain Nothing => Vec<dto::troubles::TroubleRow>, ["sync", "office"], troubles::list;
    "sync.retry_troubles" Command plain Nothing => dto::troubles::RetryOutcome, ["*"], troubles::retry;
    "sync.leaves" Query node dto::leaves::LeavesInput => dto::leaves::Leaves, ["office"], leaves::leaves;
    "record.history" Query books dto::history::HistoryInput => dto::history::RecordHistory, ["*"], history::history;
    "undo.list" Query books dto::undo::UndoListInput => dto::undo::Actions, ["*"], undo::list;
    "undo.preview" Query books dto::undo::UndoInput => dto::undo::UndoPreview, ["*"], undo::preview;
    "undo.apply" Command books dto::undo::UndoApplyInput => dto::undo::Undone, ["*"], undo::apply;
    "deleted.list" Query books dto::deleted::DeletedListInput => dto::Page<dto::deleted::DeletedRow>, ["*"], deleted::list;
    "deleted.preview" Query books dto::IdInput => dto::deleted::DeletePreview, ["*"], deleted::preview;
    "deleted.mark" Command books dto::IdInput => Nothing, ["*"], deleted::delete;
    "deleted.restore" Command books dto::IdInput => Nothing, ["*"], deleted::restore;
    "names.clean" Query books dto::concern::CleanInput => Vec<String>, [], upward::clean;
    "past.page" Query books dto::past::PastPageInput => dto::past::PastPage, ["*"], past::page;
    "invite.office" Command books dto::sync::InviteOfficeInput => dto::sync::Ticket, ["join", "office"], invite::office;
    "invite.device" Command books dto::sync::InviteDeviceInput => dto::sync::Ticket, ["join"], invite::device;
    "invite.bulk" Command books dto::bulk::BulkInput => dto::bulk::BulkOutput, ["join", "office"], bulk::invite;
    "invite.list" Query plain Nothing => Vec<dto::sync::Invitation>, ["join"], invite::list;
    "invite.withdraw" Command books dto::IdInput => Nothing, ["join", "office"], invite::withdraw;
    "join.start" Command later_node dto::sync::JoinInput => dto::sync::JoinState, ["join", "office"], join_start::join_start;
    "join.state" Query node Nothing => dto::sync::JoinState, ["join"], org::join_state;
    "join.pending" Query plain Nothing => Vec<dto::sync::PendingJoin>, ["join"], org::pending;
    "join.approve" Command books dto::IdInput => Nothing, ["join", "office"], org::approve;
    "join.refuse" Command books dto::IdInput => Nothing, ["join"], org::refuse;
    "device.grant" Command books dto::device::DeviceInput => Nothing, ["office"], grant::device;
    "device.readers" Query plain Nothing => Vec<dto::roles::DeviceReader>, ["office"], grant::readers;
    "roles" Query node Nothing => dto::roles::Roles, [], roles::listed;
    "profile.list" Query seat Nothing => dto::profile::ProfileState, ["profile", "settings"], profile::list;
    "profile.save" Command node dto::profile::ProfileInput => dto::Saved, ["profile"], profile::save;
    "profile.remove" Command node dto::IdInput => Nothing, ["profile"], profile::remove;
    "profile.choose" Command seat dto::profile::ChooseInput => Nothing, ["profile"], profile::choose;
    "profile.lock" Command seat Nothing => Nothing, ["profile"], profile::lock;
    "profile.lock_after" Command node dto::profile::LockAfterInput => Nothing, ["profile"], profile::lock_after;
    "log.list" Query node dto::log::LogInput => dto::log::LogPage, ["log"], log::list;
    "log.verify" Query node dto::log::LogVerifyInput => dto::log::LogReport, ["log"], log::verify;
    "log.anchors" Query node Nothing => Vec<dto::log::LogAnchorRow>, ["sync"], log::anchors;
    "log.export" Command node Nothing => dto::snapshot::FileOutput, ["log"], log::export;
    "request.make" Command later_node dto::sync::JoinInput => dto::request::RequestFile, ["join", "office"], paper::make;
    "request.open" Command books dto::request::PaperInput => dto::request::RequestView, ["join", "office"], paper::open;
    "request.approve" Command books dto::IdInput => dto::snapshot::FileOutput, ["join", "office"], paper::approve;
    "request.take" Command later_node dto::request::PaperInput => dto::sync::JoinState, ["*"], paper::take;
    "device.list" Query plain Nothing => Vec<dto::device::DeviceRow>, ["office", "sync"], device::list;
    "device.notices" Query plain Nothing => dto::device::DeviceNotices, ["office", "settings"], device::notices;
    "device.acknowledge" Command books dto::device::DeviceInput => Nothing, ["office"], device::acknowledge;
    "device.remove_preview" Query books dto::device::RemoveInput => dto::device::RemovePreview, ["office", "sync"], device::preview;
    "device.remove" Command books dto::device::RemoveInput => Nothing, ["*"], device::remove;
    "device.suspend" Command books dto::device::DeviceInput => Nothing, ["office"], device::suspend;
    "device.adopt" Command books dto::device::DeviceInput => dto::device::Decided, ["*"], adoption::adopt;
    "device.discard" Command books dto::device::DeviceInput => dto::device::Decided, ["*"], adoption::discard;
    "handover.retire" Command books Nothing => Nothing, ["*"], handover::retire;
    "handover.install" Command books dto::handover::InstallInput => dto::sync::Ticket, ["join", "office"], handover::install;
    "handover.sheet" Query plain Nothing => dto::handover::HandoverSheet, ["*"], handover::sheet;
    "org.tree" Query plain Nothing => Vec<dto::sync::OrgNode>, ["office", "join"], org::tree;
    "body.list" Query plain Nothing => dto::body::BodyList, ["member", "office"], body::list;
    "body.save" Command books dto::body::BodyInput => dto::Saved, ["member"], body::save;
    "body.change" Command books dto::body::BodyChangeInput => dto::Saved, ["member"], body::change;
    "body.void" Command books dto::IdInput => Nothing, ["member"], body::void;
    "body.tree" Query books dto::body::BodyTreeInput => dto::body::BodyTree, ["member", "office"], body::tree;
    "org.list_preview" Query books dto::tree_list::TreeListInput => dto::tree_list::TreeListOutput, ["office", "join", "member"], tree_list::preview;
    "org.list_import" Command books dto::tree_list::TreeListInput => dto::tree_list::TreeListOutput, ["office", "join", "member"], tree_list::make;
    "custody.list" Query plain Nothing => Vec<dto::custody::CustodyRow>, ["office", "sync"], custody::list;
    "custody.hand_back" Command books dto::custody::HandBackInput => dto::custody::HandBack, ["*"], custody::hand_back;
    "custody.take_over" Command later_node dto::custody::TakeOverInput => dto::custody::TakenOver, ["*"], custody::take_over;
    "order.preview" Query books dto::order::OrderInput => dto::order::OrderPreview, ["office"], order::preview;
    "order.give" Command books dto::order::OrderInput => Nothing, ["*"], order::give;
    "root.state" Query plain Nothing => dto::root::RootState, ["office"], root::state;
    "root.renew" Command node dto::root::RootRenewInput => dto::root::RootRenewed, ["*"], root::renew;
    "root.words" Query books dto::root::RootWordsInput => Nothing, [], root::words;
    "tree.card" Query plain Nothing => dto::snapshot::FileOutput, ["office"], root::card;
    "tree.take" Command node dto::root::TreeTakeInput => dto::root::TreeTaken, ["*"], root::take;
    "matrix" Query books dto::committee::MatrixInput => dto::committee::Matrix, ["*"], committee::matrix;
    "merged.list" Query books dto::committee::MergedInput => dto::Page<dto::committee::MergedRow>, ["*"], merged::list;
    "merged.groups" Query books dto::committee::MergedGroupsInput => dto::committee::MergedGroups, ["*"], merged::groups;
    "merged.export" Query books dto::committee::MergedInput => dto::snapshot::FileOutput, ["*"], merged::export;
    "snapshot.preview" Query books dto::snapshot::SnapshotPreviewInput => dto::snapshot::SnapshotView, ["*"], snapshot::preview;
    "snapshot.make" Command books dto::snapshot::SnapshotPreviewInput => dto::snapshot::SnapshotView, ["snapshot"], snapshot::make;
    "snapshot.list" Query plain Nothing => Vec<dto::snapshot::SnapshotCard>, ["snapshot"], snapshot::list;
    "snapshot.get" Query books dto::IdInput => dto::snapshot::SnapshotView, ["snapshot"], snapshot::get;
    "snapshot.pull" Command later dto::sync::SyncNowInput => Vec<dto::snapshot::SnapshotCard>, ["snapshot"], sync_now::pull;
    "snapshot.verify" Query books dto::snapshot::VerifyInput => dto::snapshot::VerifyReport, ["snapshot"], snapshot::verify;
    "sheet.list" Query plain Nothing => Vec<dto::sheet::SheetKind>, ["office"], sheet::kinds;
    "sheet.get" Query books dto::sheet::SheetInput => dto::sheet::Sheet, ["*"], sheet::get;
    "sheet.export" Query books dto::sheet::SheetInput => dto::snapshot::FileOutput, ["*"], sheet::export;
    "fill.list" Query plain Nothing => Vec<dto::fill::FillTemplate>, ["settings"], fill::list;
    "fill.add" Command books dto::fill::FillAddInput => dto::fill::FillAdded, ["settings"], fill::add;
    "fill.grid" Query books dto::fill::FillGridInput => dto::fill::FillGrid, ["settings"], fill::grid;
    "fill.map" Command books dto::fill::FillMapInput => dto::fill::FillMapped, ["settings"], fill::map;
    "fill.remove" Command books dto::IdInput => Nothing, ["settings"], fill::remove;
    "fill.preview" Query books dto::fill::FillMakeInput => dto::fill::FillPreview, ["*"], fill::preview;
    "fill.make" Query books dto::fill::FillMakeInput => dto::fill::FillOutput, ["*"], fill::make;
    "snapshot.export" Query books dto::snapshot::SnapshotExportInput => dto::snapshot::FileOutput, ["snapshot"], crate::export::snapshot;
}

/// Finds an entry.
pub(crate) fn find(name: &str) -> Answer<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name).ok_or_else(|| ErrorDto::new("not_found").with("name", name))
}
